"""``letter verify`` and ``letter key``: exit codes, words, JSON, standard input, who may ask."""

import json
from pathlib import Path

import pytest

from kecamatan_desk.__main__ import main
from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.documents.pictures import page_count, page_sizes
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.worklist import list_requests
from tests.builders import PASSWORD, DeskOf, handed_over, registered, voided
from tests.cli.conftest import Run
from tests.proving import codes, words_of

Said = pytest.CaptureFixture[str]


def code_with(practice: Path, status: str) -> str:
    """Give the code of a letter of a practice file that stands so."""
    place = open_place(Place(practice, "test"), write=False)
    try:
        desk = place.practice_desk(Role.REGISTER)
        for request in desk.ask(list_requests, None, 0):
            found = codes(desk, request["id"]) if request["status"] == status else []
            if found:
                return found[-1]
    finally:
        place.close()
    raise AssertionError(f"no letter of a file that is {status}")


def test_a_good_letter_exits_with_0(practice: Path, capsys: Said) -> None:
    code = code_with(practice, "selesai")
    assert main(["--data", str(practice), "letter", "verify", code.lower()]) == 0

    said = capsys.readouterr().out
    assert said.startswith("BENAR DAN BERLAKU.")
    assert "Diserahkan" in said


def test_a_machine_gets_json(practice: Path, capsys: Said) -> None:
    code = code_with(practice, "selesai")
    assert main(["--data", str(practice), "letter", "verify", "--json", code]) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["valid"], told["verdict"]) == (True, "berlaku")
    assert told["code"]["last_four"].isdigit()
    assert told["register"]["file_code"] == told["code"]["file_code"]
    assert not {"name", "nik", "request_id"} & {*told["register"], *told["code"]}


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_everything_else_exits_with_1_and_the_reason(
    practice: Path, capsys: Said, as_json: list[str]
) -> None:
    code = code_with(practice, "selesai")
    for typed, word in (
        (code[:-9] + ("2" if code[-9] != "2" else "3") + code[-8:], "tidak cocok dengan isinya"),
        (code[:40], "tidak utuh"),
        (":".join(code.split(":")[:2]), "tidak membuktikan apa pun"),
        (code.replace("KDX1", "KD1"), "kantor yang sesungguhnya"),
        ("halo", "bukan kode surat"),
        ("", "bukan kode surat"),
    ):
        assert main(["--data", str(practice), "letter", "verify", *as_json, "--", typed]) == 1
        assert word in capsys.readouterr().out


def test_a_void_letter_exits_with_1(desk_of: DeskOf, place: Place, run: Run) -> None:
    receipt = registered(desk_of)
    (code,) = codes(desk_of(Role.REGISTER), receipt.request_id)
    voided(desk_of, receipt, "Pemohon menarik diri")
    words = ("--data", place.root, "letter", "verify", code, "--user", "register")
    told = run(*words, typed=f"{PASSWORD}\n")

    assert told.returncode == 1
    assert "Dibatalkan 12 Mei 2026" in told.stdout


def test_a_code_is_read_from_standard_input(practice: Path, run: Run) -> None:
    code = code_with(practice, "selesai")
    result = run("--data", practice, "letter", "verify", "-", typed=f"{code}\n")

    assert (result.returncode, result.stderr) == (0, "")


def test_an_office_asks_who_wants_to_know(
    desk_of: DeskOf, place: Place, run: Run, capsys: Said
) -> None:
    code = codes(desk_of(Role.REGISTER), handed_over(desk_of).request_id)[-1]

    assert main(["--data", str(place.root), "letter", "verify", code]) == 1
    said = capsys.readouterr()
    assert (said.out, "--user" in said.err) == ("", True)
    words = ("--data", place.root, "letter", "verify", "-", "--user")
    told = run(*words, "pelayanan", typed=f"{PASSWORD}\n{code}\n")
    assert (told.returncode, told.stderr) == (0, "")
    assert "Kusumawardhani" not in told.stdout
    refused = run(*words, "admin", typed=f"{PASSWORD}\n{code}\n")
    assert (refused.returncode, refused.stdout) == (1, "")


def test_the_notice_bears_the_print_of_the_key(
    practice: Path, tmp_path: Path, capsys: Said
) -> None:
    paper = tmp_path / "notice.pdf"
    assert main(["--data", str(practice), "letter", "key", "--json", "-o", str(paper)]) == 0

    (key,) = json.loads(capsys.readouterr().out)
    pdf = paper.read_bytes()
    assert (page_count(pdf), page_sizes(pdf)) == (1, ((210.0, 297.0),))
    assert all(group in words_of(pdf) for group in key["fingerprint"].split())
    assert "PRIVATE" not in str(key)


def test_the_key_is_the_same_every_time(practice: Path, capsys: Said) -> None:
    for _ in range(2):
        assert main(["--data", str(practice), "letter", "key"]) == 0
    first, second = (part for part in capsys.readouterr().out.split("Dipakai")[1:])
    assert first == second
