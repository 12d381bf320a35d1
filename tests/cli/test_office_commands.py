"""What the commands ask in an office: who, with which right; and what they leave behind."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from kecamatan_desk.__main__ import main
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import EventRecord
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.entrance import Office
from tests.builders import PASSWORD
from tests.cli.conftest import Ran, Run

YEAR = "2026"

#: Why something is taken out.
WHY = "arsip kantor"


def events(desk: Desk, act: str) -> list[tuple[str, str]]:
    def read(work: UnitOfWork) -> list[tuple[str, str]]:
        found = work.session.scalars(select(EventRecord).where(EventRecord.act == act))
        return [(event.user_name, event.role) for event in found]

    return desk.ask(read)


def commands(root: Path, tmp_path: Path) -> list[list[str]]:
    return [
        ["--data", str(root), "requests", "list", "--json"],
        ["--data", str(root), "register", "print", "--year", YEAR, "-o", str(tmp_path / "b.pdf")],
        ["--data", str(root), "letter", "print", "26-000001-0", "-o", str(tmp_path / "l.pdf")],
        ["--data", str(root), "backup", str(tmp_path / "copy")],
    ]


def test_nothing_is_opened_without_a_user(
    office: Office, place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in commands(place.root, tmp_path):
        assert main(words) == 1

        said = capsys.readouterr()
        assert (said.out, "--user" in said.err) == ("", True)
    assert not any((tmp_path / name).exists() for name in ("b.pdf", "l.pdf", "copy"))


@pytest.mark.parametrize("typed", ["wrong words here\n", "", "\n"])
def test_a_wrong_password_opens_nothing(
    office: Office, place: Place, tmp_path: Path, run: Run, typed: str
) -> None:
    for words in commands(place.root, tmp_path)[:2]:
        result = run(*words, "--user", "register", typed=typed)

        assert (result.returncode, result.stdout) == (1, "")
    assert not (tmp_path / "b.pdf").exists()


def print_book(run: Run, place: Place, target: Path, user: str) -> Ran:
    words = ("--data", place.root, "register", "print", "--year", YEAR, "-o", target)
    return run(*words, "--reason", WHY, "--user", user, typed=PASSWORD + "\n")


def test_a_book_is_printed_beside_the_window_and_noted(
    office: Office, place: Place, desk_of: Callable[[Role], Desk], tmp_path: Path, run: Run
) -> None:
    result = print_book(run, place, tmp_path / "b.pdf", "register")

    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
    assert events(desk_of(Role.REGISTER), "cetak") == [("Dewi Anggraini", "register")]


def test_the_administrator_may_not_read_the_books(
    office: Office, place: Place, admin_desk: Desk, tmp_path: Path, run: Run
) -> None:
    result = print_book(run, place, tmp_path / "b.pdf", "admin")

    assert (result.returncode, result.stdout) == (1, "")
    assert not (tmp_path / "b.pdf").exists()
    assert events(admin_desk, "cetak") == []


def test_only_the_administrator_copies_everything(
    office: Office, place: Place, admin_desk: Desk, tmp_path: Path, run: Run
) -> None:
    words = ("--data", place.root, "backup", tmp_path / "copy", "--user")

    refused = run(*words, "register", typed=PASSWORD + "\n")
    done = run(*words, "admin", typed=PASSWORD + "\n")

    assert (refused.returncode, done.returncode) == (1, 0)
    assert [role for _, role in events(admin_desk, "ekspor")] == ["admin"]


def test_an_office_is_never_added_to_as_practice(
    office: Office, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    office.close()

    assert main(["--data", str(place.root), "practice", "--more", "1"]) == 1

    assert "bukan latihan" in capsys.readouterr().err
