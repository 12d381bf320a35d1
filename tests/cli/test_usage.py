"""Wrong usage, help and output: in Indonesian, in any terminal, without loading the window."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kecamatan_desk.__main__ import main
from kecamatan_desk.documents.pictures import page_count
from tests.cli.conftest import Run

ENGLISH = re.compile(
    r"\b(the|argument|arguments|required|invalid|choice|choose|unrecognized|expected|usage|error|"
    r"options|optional|positional|this)\b"
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["terbang"], "“terbang” tidak ada"),
        (["sop"], "belum ditulis: PERINTAH"),
        (["letter", "print"], "belum ditulis: KODEBERKAS"),
        (["sop", "list", "--yaml"], "tidak dikenal: --yaml"),
        (["sop", "sheet", "sktm", "-o"], "isinya belum ditulis"),
        (["register", "print", "--year", "besok", "-o", "x"], "“besok” bukan angka"),
        (["register", "print", "--year", "2026", "--month", "13", "-o", "x"], "antara 1 dan 12"),
        (["requests", "list", "--service", "ktm"], "layanan “ktm” tidak ada"),
        (["practice", "--requests", "-5"], "--requests"),
        (["practice", "--seed", "1.5"], "bukan angka"),
        (["practice", "--acks"], "--acks: hanya bersama --more"),
        (["--data"], "--data: isinya belum ditulis"),
        (["sop", "list", "--json=1"], "--json"),
    ],
)
def test_wrong_usage_is_told_in_indonesian(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)

    told = capsys.readouterr()
    assert (stopped.value.code, told.out) == (2, "")
    assert said in told.err
    assert not ENGLISH.search(told.err)


@pytest.mark.parametrize(
    "words",
    [[], ["sop"], ["sop", "sheet"], ["practice"], ["requests", "list"], ["register", "print"],
     ["letter", "print"], ["check"], ["backup"], ["restore"]],
)  # fmt: skip
def test_every_command_explains_itself_in_indonesian(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*words, "--help"])

    told = capsys.readouterr().out
    assert stopped.value.code == 0
    assert "pilihan:" in told
    assert not ENGLISH.search(told)


def test_an_ascii_terminal_gets_indonesian_all_the_same(run: Run) -> None:
    result = run("letter", "print", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    shown = run("sop", "show", "ktp", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert (result.returncode, shown.returncode) == (2, 0)
    assert "Perintah ini tidak dikenal" in result.stderr


def test_an_sop_is_printed_without_any_data(tmp_path: Path, run: Run) -> None:
    sheet = tmp_path / "sop.pdf"

    result = run("--data", tmp_path / "none", "sop", "sheet", "sktm", "-o", sheet)

    assert result.returncode == 0
    assert page_count(sheet.read_bytes()) >= 1
    assert not (tmp_path / "none").exists()


def test_no_command_loads_the_window(practice: Path) -> None:
    code = (
        "import sys; from kecamatan_desk.__main__ import main; "
        f"main(['--data', {str(practice)!r}, 'requests', 'list']); "
        f"main(['--data', {str(practice)!r}, 'check']); "
        "print([m for m in sys.modules if m in ('PySide6', 'reportlab', 'alembic')])"
    )

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )

    assert result.stdout.splitlines()[-1] == "[]"


def test_a_reader_that_stops_early_is_no_fault(practice: Path) -> None:
    words = [sys.executable, "-m", "kecamatan_desk", "sop", "list", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()  # as `head` does
        said = process.stderr.read().decode()
    assert "Traceback" not in said
    assert "kesalahan program" not in said
    assert process.returncode == 0


def test_a_fault_names_its_place_and_not_what_was_in_hand(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_arguments: object) -> int:
        raise ValueError("Raden Roro 9901015404910001")

    monkeypatch.setattr("kecamatan_desk.cli.main", broken)
    assert main(["sop", "list"]) == 3
    said = capsys.readouterr().err
    assert "9901015404910001" not in said
    assert "Raden" not in said
    assert "kesalahan program (ValueError)" in said
    assert "in broken" in said  # a reading command has no log: the technician sees it here
