"""What users get works: the installed wheel and the frozen program pass the same trial."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kecamatan_desk import __version__
from kecamatan_desk.documents.pictures import page_count
from tests.packaging.conftest import Program

REQUESTS = 40


@pytest.fixture(scope="session")
def practice(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice office that the program itself has made."""
    folder = tmp_path_factory.mktemp("practice") / "data"
    program("--data", folder, "practice", "--requests", str(REQUESTS), "--seed", "1")
    return folder


@pytest.fixture(scope="session")
def requests(program: Program, practice: Path) -> list[dict[str, Any]]:
    """The requests of the practice office, as the program lists them."""
    listed: list[dict[str, Any]] = json.loads(
        program("--data", practice, "requests", "list", "--json")
    )
    return listed


def test_it_knows_its_version(program: Program) -> None:
    assert program("--version").split()[-1] == __version__


def test_it_lists_the_twenty_sops(program: Program) -> None:
    assert len(json.loads(program("sop", "list", "--json"))) == 20


def test_it_prints_an_sop(program: Program, tmp_path: Path) -> None:
    program("sop", "sheet", "sktm", "-o", tmp_path / "sop.pdf")

    assert page_count((tmp_path / "sop.pdf").read_bytes()) == 2  # identity page and chart


def test_a_practice_office_is_whole(
    program: Program, practice: Path, requests: list[dict[str, Any]]
) -> None:
    report = json.loads(program("--data", practice, "check", "--json"))

    assert report["ok"]
    assert report["findings"] == []
    assert len(requests) == REQUESTS


def test_it_prints_the_register_book(program: Program, practice: Path, tmp_path: Path) -> None:
    year = str(datetime.now(UTC).astimezone().year)

    program("--data", practice, "register", "print", "--year", year, "-o", tmp_path / "book.pdf")

    assert page_count((tmp_path / "book.pdf").read_bytes()) >= 2  # cover and a page


def test_it_prints_a_letter(
    program: Program, practice: Path, requests: list[dict[str, Any]], tmp_path: Path
) -> None:
    code = next(found["file_code"] for found in requests if found["letter_number"])

    program("--data", practice, "letter", "print", code, "-o", tmp_path / "letter.pdf")

    assert page_count((tmp_path / "letter.pdf").read_bytes()) >= 1


def test_it_opens_its_window(program: Program, practice: Path) -> None:
    program("--data", practice, "--exit-when-ready")


def test_what_is_not_there_is_refused(program: Program, tmp_path: Path) -> None:
    program("--data", tmp_path / "absent", "check", status=1)
