"""What the commands do in a practice place, where nobody is asked."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kecamatan_desk.__main__ import main, open_to_practise
from kecamatan_desk.cli.practice import make_practice
from kecamatan_desk.documents.pictures import page_count
from kecamatan_desk.paths import Place
from tests.cli.conftest import Run

YEAR = str(datetime.now(ZoneInfo("Asia/Jakarta")).year)
Said = pytest.CaptureFixture[str]


def listed(practice: Path, said: Said, *more: str) -> list[dict[str, Any]]:
    said.readouterr()
    assert main(["--data", str(practice), "requests", "list", "--json", *more]) == 0
    found: list[dict[str, Any]] = json.loads(said.readouterr().out)
    return found


def test_the_requests_are_listed_without_names(practice: Path, capsys: Said) -> None:
    requests = listed(practice, capsys)

    assert len(requests) == 60
    assert list(requests[0]) == [
        "file_code",
        "service",
        "status",
        "step",
        "queue_number",
        "agenda_number",
        "letter_number",
    ]


def test_the_requests_of_one_service_are_listed(practice: Path, capsys: Said) -> None:
    everything = listed(practice, capsys)
    one = listed(practice, capsys, "--service", "sktm")

    assert one == [request for request in everything if request["service"] == "sktm"]
    assert one


def test_people_get_a_line_for_each_request(practice: Path, capsys: Said) -> None:
    capsys.readouterr()
    assert main(["--data", str(practice), "requests", "list"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 61
    assert lines[-1] == "60 permohonan."


def test_a_letter_is_printed_as_it_was_frozen(practice: Path, tmp_path: Path, capsys: Said) -> None:
    done = next(r for r in listed(practice, capsys) if r["letter_number"] and r["step"])
    paper = tmp_path / "letter.pdf"

    words = ["--data", str(practice), "letter", "print", done["file_code"], "-o", str(paper)]
    assert main(words) == 0

    kept = [path.read_bytes() for path in (practice / "documents").rglob("*.pdf")]
    assert paper.read_bytes() in kept


def test_there_is_no_letter_before_registration(
    practice: Path, tmp_path: Path, capsys: Said
) -> None:
    waiting = next(r for r in listed(practice, capsys) if r["step"] == "verifikasi")
    paper = tmp_path / "letter.pdf"

    words = ["--data", str(practice), "letter", "print", waiting["file_code"], "-o", str(paper)]
    assert main(words) == 1

    assert "belum ada" in capsys.readouterr().err
    assert not paper.exists()


@pytest.mark.parametrize(("code", "said"), [("26-999999-X", "bukan kode"), ("abc", "bukan kode")])
def test_a_mistyped_file_code_is_told(
    practice: Path, tmp_path: Path, capsys: Said, code: str, said: str
) -> None:
    paper = tmp_path / "letter.pdf"

    assert main(["--data", str(practice), "letter", "print", code, "-o", str(paper)]) == 1

    assert said in capsys.readouterr().err
    assert not paper.exists()


@pytest.mark.parametrize("more", [[], ["--service", "sktm"]])
def test_a_book_is_printed(practice: Path, tmp_path: Path, more: list[str]) -> None:
    book = tmp_path / "book.pdf"

    words = ["--data", str(practice), "register", "print", "--year", YEAR, *more, "-o", str(book)]
    assert main(words) == 0

    assert page_count(book.read_bytes()) >= 1


def test_a_folder_that_does_not_exist_is_told(practice: Path, capsys: Said) -> None:
    book = practice / "none" / "book.pdf"

    words = ["--data", str(practice), "register", "print", "--year", YEAR, "-o", str(book)]
    assert main(words) == 1

    assert "tidak dapat ditulis" in capsys.readouterr().err


def test_a_backup_is_checked_and_restored(practice: Path, tmp_path: Path, capsys: Said) -> None:
    before = listed(practice, capsys)
    target, new = tmp_path / "copies" / "today", tmp_path / "restored"

    assert main(["--data", str(practice), "backup", str(target)]) == 0
    assert main(["--data", str(target), "check"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Utuh."
    assert main(["restore", str(target), "--into", str(new)]) == 0
    assert "Dipulihkan" in capsys.readouterr().out
    assert main(["--data", str(new), "check"]) == 0
    capsys.readouterr()
    assert listed(new, capsys) == before


def test_a_backup_is_added_to_what_lies_there(practice: Path, tmp_path: Path, capsys: Said) -> None:
    target = tmp_path / "vault"
    for _ in range(2):
        assert main(["--data", str(practice), "backup", str(target), "--json"]) == 0
    told = json.loads(capsys.readouterr().out.split("\n}\n")[0] + "}")
    assert Path(told["file"]).is_file()
    assert not told["encrypted"]

    assert main(["--data", str(practice), "backup", str(target), "--list", "--json"]) == 0
    sets = json.loads(capsys.readouterr().out)
    assert len(sets) == 2
    assert sets[1]["file"] == told["file"]


def test_a_changed_backup_is_noticed(practice: Path, tmp_path: Path, capsys: Said) -> None:
    target = tmp_path / "vault"
    assert main(["--data", str(practice), "backup", str(target)]) == 0
    paper = next(target.glob("blobs/*/*"))
    paper.write_bytes(paper.read_bytes()[:-1])

    assert main(["--data", str(target), "check"]) == 1
    assert "berubah dalam cadangan" in capsys.readouterr().out


def test_a_copy_never_overwrites(practice: Path, tmp_path: Path, capsys: Said) -> None:
    mine = tmp_path / "used" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")

    assert main(["--data", str(practice), "backup", str(mine.parent)]) == 1
    assert main(["--data", str(practice), "backup", str(practice / "documents" / "new")]) == 1

    assert [path.name for path in mine.parent.iterdir()] == ["mine.txt"]
    assert not (practice / "documents" / "new").exists()


def test_a_copy_of_damaged_papers_is_reported(practice: Path, tmp_path: Path, capsys: Said) -> None:
    paper = next((practice / "documents").rglob("*.pdf"))
    paper.write_bytes(paper.read_bytes() + b"x")

    assert main(["--data", str(practice), "backup", str(tmp_path / "copy")]) == 1

    assert "TEMUAN" in capsys.readouterr().out


def test_a_directory_in_use_is_never_made_into_a_practice_place(
    practice: Path, capsys: Said
) -> None:
    before = listed(practice, capsys)

    assert main(["--data", str(practice), "practice", "--requests", "5"]) == 1

    assert listed(practice, capsys) == before


def test_a_practice_place_of_its_own_lies_beside_the_offices(tmp_path: Path, run: Run) -> None:
    office = tmp_path / "office"

    made = run("practice", "--requests", "2", KECAMATAN_DESK_DATA=str(office))

    assert made.returncode == 0
    assert not office.exists()
    assert run("--data", tmp_path / "office-latihan", "check").returncode == 0


def test_several_processes_add_requests_at_once(practice: Path, capsys: Said, run: Run) -> None:
    words = [sys.executable, "-m", "kecamatan_desk", "--data", str(practice), "practice"]
    workers = [
        subprocess.Popen(
            [*words, "--more", "6", "--acks"], stdout=subprocess.PIPE, encoding="utf-8"
        )
        for _ in range(3)
    ]
    lines = [line for worker in workers for line in worker.communicate(timeout=120)[0].splitlines()]
    given = [json.loads(line) for line in lines]

    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert len(given) == 18
    assert {tuple(one) for one in given} == {("file_code", "series", "period", "number")}
    assert len({(one["series"], one["period"], one["number"]) for one in given}) == 18
    agenda = {r["file_code"]: r["agenda_number"] for r in listed(practice, capsys)}
    assert all(agenda[one["file_code"]] == one["number"] for one in given)
    assert run("--data", practice, "check").returncode == 0


def test_nothing_is_added_to_a_place_that_is_not_there(tmp_path: Path) -> None:
    assert main(["--data", str(tmp_path / "none"), "practice", "--more", "1"]) == 1

    assert not (tmp_path / "none").exists()


def test_the_window_makes_the_practice_office_when_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def small(place: Place, requests: int, progress: object = None) -> None:
        make_practice(place, min(requests, 3))

    monkeypatch.setattr("kecamatan_desk.cli.practice.make_practice", small)
    place = Place(tmp_path / "office-latihan", "test")

    for _ in range(2):  # made the first time, only opened the second
        office = open_to_practise(place)
        assert (office.practice, office.needs_setup) == (True, False)
        office.close()


def test_what_was_acknowledged_survives_a_killed_process(
    practice: Path, capsys: Said, run: Run
) -> None:
    words = [sys.executable, "-m", "kecamatan_desk", "--data", str(practice), "practice"]
    worker = subprocess.Popen(
        [*words, "--more", "500", "--acks"], stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert worker.stdout is not None
    given = [json.loads(worker.stdout.readline()) for _ in range(5)]
    worker.kill()
    worker.communicate(timeout=60)

    agenda = {r["file_code"]: r["agenda_number"] for r in listed(practice, capsys)}
    assert [agenda[one["file_code"]] for one in given] == [one["number"] for one in given]
    assert run("--data", practice, "check").returncode == 0
