"""Where data lies: the order of what decides, and never two places mixed up."""

import sys
from pathlib import Path

import pytest

from kecamatan_desk import paths
from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.paths import Place, office_place, practice_place


@pytest.fixture(autouse=True)
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program folder and a home of their own, nothing set."""
    folder = tmp_path / "program"
    folder.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "kecamatan-desk"))
    monkeypatch.delenv(paths.VARIABLE, raising=False)
    for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return folder


def test_the_users_own_folder_is_the_default(tmp_path: Path) -> None:
    place = office_place()

    assert place.chosen == "default"
    assert place.root.is_relative_to(tmp_path / "home")
    assert place.root.name == "kecamatan-desk"


def test_the_file_beside_the_program_wins_over_the_default(program: Path, tmp_path: Path) -> None:
    (program / paths.POINTER).write_bytes(b"\xef\xbb\xbf" + f"{tmp_path / 'a b'}\r\n".encode())

    assert office_place() == Place(tmp_path / "a b", "data-dir.txt")


def test_the_file_may_name_a_folder_beside_it_or_a_variable(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program / paths.POINTER).write_text("data\n")
    assert office_place().root == program / "data"

    monkeypatch.setenv("SHARED", str(tmp_path / "shared"))
    (program / paths.POINTER).write_text("$SHARED/desk\n")
    assert office_place().root == tmp_path / "shared" / "desk"


def test_an_empty_file_decides_nothing(program: Path) -> None:
    (program / paths.POINTER).write_text("\n  \n")

    assert office_place().chosen == "default"


def test_an_unreadable_file_is_told_not_ignored(program: Path) -> None:
    (program / paths.POINTER).write_bytes(b"\xff\xfe\x00")

    with pytest.raises(MachineError, match=r"data-dir\.txt"):
        office_place()


def test_the_variable_wins_over_the_file_and_the_option_over_all(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program / paths.POINTER).write_text(str(tmp_path / "file"))
    monkeypatch.setenv(paths.VARIABLE, str(tmp_path / "variable"))

    assert office_place() == Place(tmp_path / "variable", paths.VARIABLE)
    assert office_place(tmp_path / "option") == Place(tmp_path / "option", "--data")


def test_a_relative_folder_is_made_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert office_place(Path("x/../data")).root == tmp_path / "data"


def test_practice_lies_beside_the_office_and_never_in_it(tmp_path: Path) -> None:
    office, practice = office_place(tmp_path / "desa"), practice_place(tmp_path / "desa")

    assert practice.root == tmp_path / "desa-latihan"
    assert practice.root.parent == office.root.parent
    assert practice.signal_name != office.signal_name


def test_from_a_checkout_the_program_folder_is_the_checkout(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(sys, "frozen")

    assert (paths.program_folder() / "pyproject.toml").is_file()


def test_the_database_is_the_one_that_current_names(tmp_path: Path) -> None:
    place = Place(tmp_path, "test")
    assert not place.exists
    (tmp_path / "CURRENT").write_text("gen-000007\n")

    assert place.exists
    assert place.current_database == tmp_path / "gen-000007" / "desk.db"


@pytest.mark.parametrize(
    "named", ["", "gen-7", "../gen-000001", "gen-000001/x", "\ufeffgen-000001"]
)
def test_a_pointer_that_names_no_generation_is_told(tmp_path: Path, named: str) -> None:
    (tmp_path / "CURRENT").write_text(named, encoding="utf-8")

    with pytest.raises(MachineError):
        _ = Place(tmp_path, "test").current_database
