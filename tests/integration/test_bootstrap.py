"""Opening a place: made once, held by one, and every refusal of the machine put into words."""

import errno
import hashlib
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kecamatan_desk import bootstrap
from kecamatan_desk.bootstrap import kind_at, open_place
from kecamatan_desk.domain.errors import DeskError, MachineError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import AlreadyOpenError, Place
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.office import profile
from tests.builders import PASSWORD, QUICK, SettableClock, taken_in

HOLD = """
import sys
from pathlib import Path
from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.paths import Place
office = open_place(Place(Path(sys.argv[1]), "test"))
print("open", flush=True)
sys.stdin.read()
"""


def files(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def make(place: Place, kind: bootstrap.Kind = "office") -> None:
    open_place(place, create=kind, cost=QUICK).close()


def test_a_new_place_has_all_its_parts_for_its_owner_alone(place: Place) -> None:
    make(place)

    assert place.pointer.read_text() == "gen-000001\n"
    assert {p.name for p in place.current_database.parent.iterdir()} <= {
        "desk.db",
        "desk.db-journal",
    }
    for folder in (place.documents, place.attachments, place.journal, place.backups, place.logs):
        assert folder.is_dir()
    if os.name != "nt":
        modes = {path.stat().st_mode & 0o077 for path in (place.root, place.documents)}
        assert modes == {0}
        assert place.current_database.stat().st_mode & 0o077 == 0


def test_a_place_keeps_what_was_done_in_it(office: Office, place: Place) -> None:
    office.close()

    again = open_place(place)

    assert again.sign_in("admin", PASSWORD).ask(profile).name == "Sukamaju"
    again.close()


@pytest.mark.parametrize("died_after", ["mkdir", "tables", "everything"])
def test_a_place_half_made_when_the_power_went_is_finished(
    place: Place, monkeypatch: pytest.MonkeyPatch, died_after: str
) -> None:
    class PowerCutError(Exception):
        pass

    def cut(*_: object) -> None:
        raise PowerCutError

    at = {"mkdir": "bring_up_to_date", "tables": "begin", "everything": "_point_to"}[died_after]
    with monkeypatch.context() as patched:
        patched.setattr(bootstrap, at, cut)
        with pytest.raises(PowerCutError):
            make(place)
    assert not place.exists

    make(place)

    office = open_place(place)
    assert office.needs_setup
    office.close()


def test_a_lost_pointer_is_found_again_but_never_guessed(office: Office, place: Place) -> None:
    office.close()
    place.pointer.unlink()

    again = open_place(place, create="office")
    assert not again.needs_setup
    again.close()

    place.pointer.unlink()
    (place.root / "gen-000002").mkdir()
    with pytest.raises(MachineError, match="CURRENT hilang"):
        open_place(place, create="office")


def test_an_empty_place_is_not_made_unasked(place: Place) -> None:
    for write in (True, False):
        with pytest.raises(RuleError, match="belum ada data"):
            open_place(place, write=write)

    assert not place.root.exists()


@pytest.mark.parametrize("kind", ["office", "practice"])
def test_a_folder_with_other_files_is_left_alone(place: Place, kind: bootstrap.Kind) -> None:
    place.root.mkdir()
    (place.root / "foto.jpg").write_bytes(b"x")

    with pytest.raises(RuleError, match="berkas lain"):
        open_place(place, create=kind)

    assert [path.name for path in place.root.iterdir()] == ["foto.jpg"]


@pytest.mark.parametrize(("made", "wanted"), [("office", "practice"), ("practice", "office")])
def test_office_and_practice_are_never_mistaken(
    place: Place, made: bootstrap.Kind, wanted: bootstrap.Kind
) -> None:
    make(place, made)
    before = files(place.root)

    with pytest.raises(RuleError, match=r"Folder ini berisi data"):
        open_place(place, create=wanted)

    assert files(place.root) == before
    assert kind_at(place) == made
    assert kind_at(Place(place.root / "none", "test")) is None


def test_a_second_opening_is_told_apart_from_other_refusals(office: Office, place: Place) -> None:
    with pytest.raises(AlreadyOpenError):
        open_place(place)

    office.close()
    open_place(place).close()


def test_readers_open_beside_a_window(office: Office, place: Place) -> None:
    reader = open_place(place, write=False)

    assert reader.profile().name == "Sukamaju"
    reader.close()
    with pytest.raises(AlreadyOpenError):
        open_place(place)


def test_a_process_that_dies_leaves_no_lock_behind(office: Office, place: Place) -> None:
    office.close()
    command = [sys.executable, "-c", HOLD, str(place.root)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(AlreadyOpenError):
            open_place(place)
        other.kill()

    open_place(place).close()


def test_several_processes_share_a_practice_but_never_an_office(
    office: Office, place: Place, tmp_path: Path
) -> None:
    practice = Place(tmp_path / "latihan", "test")
    make(practice, "practice")
    window = open_place(practice)
    others = [open_place(practice, shared=True) for _ in range(3)]
    for opened in (*others, window):
        assert opened.practice
        opened.close()
    office.close()

    with pytest.raises(RuleError, match="sebenarnya"):
        open_place(place, shared=True)
    with pytest.raises(RuleError, match="belum ada data"):
        open_place(Place(tmp_path / "none", "test"), shared=True, create="practice")


def tampered(place: Place, statement: str) -> None:
    connection = sqlite3.connect(place.current_database)
    connection.execute(statement)
    connection.commit()
    connection.close()


def newer(place: Place) -> None:
    tampered(place, "UPDATE alembic_version SET version_num = '9999'")


def foreign(place: Place) -> None:
    place.current_database.unlink()
    tampered(place, "CREATE TABLE song (name TEXT)")


def garbage(place: Place) -> None:
    place.current_database.write_bytes(b"Bukan basis data. " * 300)


def missing(place: Place) -> None:
    place.current_database.unlink()


def lost_generation(place: Place) -> None:
    shutil.rmtree(place.current_database.parent)


def wrong_pointer(place: Place) -> None:
    place.pointer.write_text("../../etc\n")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (newer, "lebih baru"),
        (foreign, "bukan data Kecamatan Desk"),
        (garbage, "bukan milik program ini"),
        (missing, "tidak ada"),
        (lost_generation, "tidak ada"),
        (wrong_pointer, "CURRENT"),
    ],
)
@pytest.mark.parametrize("write", [True, False])
def test_what_cannot_be_opened_is_told_and_left_as_it_is(
    office: Office, place: Place, damage: Callable[[Place], None], said: str, write: bool
) -> None:
    office.close()
    damage(place)
    before = files(place.root)

    with pytest.raises(MachineError, match=said):
        open_place(place, write=write)

    assert files(place.root) == before
    with pytest.raises(MachineError, match=said):
        open_place(place, write=write)  # nor is the lock kept


def test_data_of_an_older_program_is_not_upgraded_by_a_reader(office: Office, place: Place) -> None:
    office.close()
    tampered(place, "UPDATE alembic_version SET version_num = '0000'")

    with pytest.raises(MachineError, match="lebih lama"):
        open_place(place, write=False)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "Cakram penuh"),
        (errno.EROFS, "izin"),
        (errno.EACCES, "izin"),
    ],
)
def test_what_the_system_refuses_is_told_with_the_way_out(
    place: Place, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "mkdir", refused)

    with pytest.raises(MachineError, match=said):
        open_place(place, create="office")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_that_is_read_only_is_told(office: Office, place: Place) -> None:
    office.close()
    place.root.chmod(0o500)
    place.current_database.parent.chmod(0o500)
    place.current_database.chmod(0o400)

    with pytest.raises(MachineError, match="izin"):
        open_place(place)


def test_a_file_in_place_of_the_directory_is_told(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_text("x")

    with pytest.raises(MachineError, match="izin"):
        open_place(Place(path, "test"), create="office")


def test_the_log_tells_of_a_bug_but_not_what_was_typed(
    office: Office, place: Place, clock: SettableClock
) -> None:
    def failing(nik: str) -> int:
        return int(f"NIK {nik}")

    try:
        failing("9901015404910001")
    except ValueError:
        logging.getLogger("kecamatan_desk.test").exception("program fault")

    written = (place.logs / "desk.log").read_text(encoding="utf-8")
    assert "builtins.ValueError" in written
    assert "in failing" in written
    assert "9901015404910001" not in written


def test_a_days_work_leaves_nobodys_name_in_the_log(
    office: Office, place: Place, desk_of: Callable[[Role], Desk]
) -> None:
    taken_in(desk_of)
    with pytest.raises(DeskError):
        office.sign_in("camat", "sandi yang salah")
    office.close()

    written = (place.logs / "desk.log").read_text(encoding="utf-8")
    assert written
    assert not any(word in written for word in ("9901", "Raden", "sandi", "Sari"))


def test_a_closed_place_writes_no_log_any_more(office: Office, place: Place) -> None:
    office.close()
    before = (place.logs / "desk.log").read_text(encoding="utf-8")

    logging.getLogger("kecamatan_desk").warning("after closing")

    assert (place.logs / "desk.log").read_text(encoding="utf-8") == before
