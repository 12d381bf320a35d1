"""``letter copy``: a counted copy of a letter that was handed over, or of a void one."""

from pathlib import Path
from typing import Any

import pytest

from kecamatan_desk.__main__ import main
from tests.cli.test_practice_commands import listed
from tests.proving import words_of

Said = pytest.CaptureFixture[str]


def ended(practice: Path, said: Said, status: str) -> dict[str, Any]:
    return next(
        request
        for request in listed(practice, said)
        if request["letter_number"] and request["status"] == status
    )


def copy(practice: Path, code: str, target: Path, reason: str = "hilang") -> int:
    words = ["--data", str(practice), "letter", "copy", code, "--reason", reason]
    return main([*words, "-o", str(target)])


def test_each_copy_has_the_next_number_and_nothing_else_changes(
    practice: Path, tmp_path: Path, capsys: Said
) -> None:
    request = ended(practice, capsys, "selesai")
    kept = {path.name for path in (practice / "documents").rglob("*.pdf")}
    for number in (1, 2):
        target = tmp_path / f"copy-{number}.pdf"
        assert copy(practice, request["file_code"], target, f"hilang ke-{number}") == 0
        text = words_of(target.read_bytes())
        assert f"SALINAN ke-{number}" in text
        assert f"hilang ke-{number}" in text
        assert request["letter_number"] in text
    assert {path.name for path in (practice / "documents").rglob("*.pdf")} == kept
    assert main(["--data", str(practice), "check"]) == 0


def test_before_hand_over_there_is_no_copy(practice: Path, tmp_path: Path, capsys: Said) -> None:
    waiting = next(r for r in listed(practice, capsys) if r["step"] == "tanda-tangan")
    target = tmp_path / "copy.pdf"

    assert copy(practice, waiting["file_code"], target) == 1

    assert "belum diserahkan" in capsys.readouterr().err
    assert not target.exists()


def test_where_nothing_can_be_written_no_number_is_spent(
    practice: Path, tmp_path: Path, capsys: Said
) -> None:
    request = ended(practice, capsys, "selesai")

    assert copy(practice, request["file_code"], tmp_path / "none" / "copy.pdf") == 1

    assert "tidak dapat ditulis" in capsys.readouterr().err
    target = tmp_path / "copy.pdf"
    assert copy(practice, request["file_code"], target) == 0
    assert "SALINAN ke-1" in words_of(target.read_bytes())


def test_the_help_tells_which_bytes_a_print_gives(capsys: Said) -> None:
    with pytest.raises(SystemExit):
        main(["letter", "--help"])

    said = " ".join(capsys.readouterr().out.split())
    assert "bita arsipnya" in said
    assert "SALINAN ke-n" in said
