"""Upgrading: every released schema, killed anywhere, and files that are not ours to open."""

import sqlite3
import zipfile
from pathlib import Path

import pytest

from kecamatan_desk import __version__
from kecamatan_desk.__main__ import open_for_window
from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.domain.progress import Cancelled
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.generations import KEPT, MARK, OLD, generations
from kecamatan_desk.persistence.schema import APPLICATION_ID, HEAD, SCRIPTS
from kecamatan_desk.persistence.vault import Vault
from kecamatan_desk.usecases.backup_values import BEFORE_UPGRADE, UnsoundError
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.jobs import document_bytes
from kecamatan_desk.usecases.views import documents_of
from tests.builders import PASSWORD, SettableClock, registered
from tests.reliability.backup_tools import LONGER, Stopper, counters, events, files_of, in_child

SCHEMAS = Path(__file__).parents[1] / "fixtures" / "schemas"
RELEASED = sorted(path.stem for path in SCHEMAS.glob("*.zip"))
OLDER = [revision for revision in RELEASED if revision < HEAD]


@pytest.fixture
def released(place: Place, request: pytest.FixtureRequest) -> Place:
    """A place as a program of another revision has left it."""
    with zipfile.ZipFile(SCHEMAS / f"{request.param}.zip") as packed:
        packed.extractall(place.root)
    return place


def revision_of(place: Place) -> str:
    connection = sqlite3.connect(f"{place.current_database.as_uri()}?mode=ro", uri=True)
    found = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    connection.close()
    return found


def tamper(place: Place, *statements: str) -> None:
    connection = sqlite3.connect(place.current_database)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_every_schema_has_a_fixture() -> None:
    made = {path.name[:4] for path in SCRIPTS.glob("versions/[0-9]*.py")}

    assert set(RELEASED) == made


@pytest.mark.parametrize("released", RELEASED, indirect=True)
def test_every_schema_is_upgraded_and_worked_on(released: Place, clock: SettableClock) -> None:
    before, given = events(released.current_database), counters(released.current_database)
    old = released.current_database

    office = open_place(released, clock=clock)

    try:
        assert revision_of(released) == HEAD
        assert events(released.current_database) == before
        assert counters(released.current_database) == given
        report = check_place(released)
        assert report.ok, report.findings
        assert report.checked["event"] == len(before)
        desks = {}

        def desk_of(role: Role) -> object:
            return desks.setdefault(role, office.sign_in(role.value, PASSWORD))

        clock.advance(days=1)
        receipt = registered(desk_of, nik="9901014101900009", nama="Agnes Monika")  # type: ignore[arg-type]
        assert receipt.number == given["sktm", "2026"] + 1
        register = desks[Role.REGISTER]
        letter = register.ask(documents_of, 1)[0]  # type: ignore[attr-defined]
        assert document_bytes(register, letter.id).startswith(b"%PDF")  # type: ignore[arg-type]
        assert check_place(released).ok
    finally:
        office.close()
    if old != released.current_database:
        assert old.is_file()  # the program of the old version could go on with it
        assert (old.parent / MARK).is_file()
        assert events(old) == before


@pytest.mark.parametrize("released", OLDER, indirect=True)
def test_before_an_upgrade_stands_a_backup(released: Place) -> None:
    head = events(released.current_database)[-1]
    schema = revision_of(released)

    open_place(released).close()

    (seal,) = Vault(released.backups).sealed()
    assert (seal.reason, seal.schema) == (BEFORE_UPGRADE, schema)
    assert (seal.seq, seal.head) == (head[0], head[2])
    assert Vault(released.backups).verify(seal) == []


def test_a_new_file_bears_our_marks(office: object, place: Place) -> None:
    connection = sqlite3.connect(f"{place.current_database.as_uri()}?mode=ro", uri=True)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (int(HEAD),)
    told = connection.execute("SELECT value FROM setting WHERE name = 'program'").fetchone()
    assert __version__ in told[0]
    connection.close()


@pytest.mark.parametrize("released", OLDER, indirect=True)
def test_an_upgraded_file_bears_them_too(released: Place) -> None:
    open_place(released).close()

    test_a_new_file_bears_our_marks(None, released)


@pytest.mark.parametrize("released", OLDER[-1:], indirect=True)
@pytest.mark.parametrize("write", [True, False])
def test_a_file_of_another_program_is_refused(released: Place, write: bool) -> None:
    tamper(released, "PRAGMA application_id = 1234567")
    before = files_of(released.root)

    with pytest.raises(MachineError, match="milik program lain"):
        open_place(released, write=write)

    assert files_of(released.root) == before


@pytest.mark.parametrize("released", RELEASED[-1:], indirect=True)
@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(
    ("told", "said"),
    [
        ('{"version": "7.3.1"}', r"lebih baru \(versi 7.3.1\)"),
        ("[]", "lebih baru. Data"),
        ("", "baru"),
    ],
)
def test_a_newer_file_is_refused_and_the_version_named(
    released: Place, write: bool, told: str, said: str
) -> None:
    tamper(
        released,
        "UPDATE alembic_version SET version_num = '9999'",
        f"INSERT OR REPLACE INTO setting (name, value) VALUES ('program', '{told}')",  # noqa: S608
    )
    before = files_of(released.root)

    with pytest.raises(MachineError, match=said):
        open_place(released, write=write)

    assert files_of(released.root) == before


@pytest.mark.parametrize("released", OLDER, indirect=True)
@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE register_line SET name = 'Orang Lain' WHERE id = 1",
        "UPDATE counter SET last = last + 1 WHERE series = 'sktm'",
        "DELETE FROM event WHERE seq = 5",
        "UPDATE number_issue SET request_id = 999 WHERE id = 1",
    ],
)
def test_what_does_not_pass_the_check_is_not_upgraded(released: Place, damage: str) -> None:
    connection = sqlite3.connect(released.current_database)
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(damage)
    connection.commit()
    connection.close()
    current = released.pointer.read_text()

    with pytest.raises(UnsoundError):
        open_place(released)

    assert released.pointer.read_text() == current
    assert revision_of(released) != HEAD
    assert generations(released) == ["gen-000001"]


@pytest.mark.parametrize("released", OLDER[-1:], indirect=True)
def test_an_upgrade_without_room_is_not_begun(
    released: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 9, 1))  # type: ignore[attr-defined] # noqa: SLF001
    before = files_of(released.root)

    with pytest.raises(MachineError, match="Ruang cakram kurang"):
        open_place(released)

    assert {
        k: v for k, v in files_of(released.root).items() if not k.startswith("reserve")
    } == before


@pytest.mark.parametrize("released", OLDER[-1:], indirect=True)
def test_progress_is_told_and_may_say_no(released: Place) -> None:
    heard = Stopper(3)
    with pytest.raises(Cancelled):
        open_place(released, progress=heard)
    assert revision_of(released) != HEAD
    assert not list(released.root.glob("*.half"))

    heard = Stopper()
    open_place(released, progress=heard).close()

    assert heard.told == sorted(heard.told)
    assert heard.told[-1] == 100
    assert len(set(heard.told)) > 8
    again = Stopper()
    open_place(released, progress=again).close()
    assert again.told == []


@pytest.mark.parametrize("released", OLDER[-1:], indirect=True)
def test_the_window_is_told_the_share_and_may_give_up(released: Place) -> None:
    class ClosingError(Exception):
        pass

    def closing(part: float) -> None:
        if part > 0.3:
            raise ClosingError

    with pytest.raises(ClosingError):
        open_for_window(released, closing)
    assert revision_of(released) != HEAD

    told: list[float] = []
    open_for_window(released, told.append).close()

    assert told[-1] == 1
    assert revision_of(released) == HEAD


@pytest.mark.parametrize("released", OLDER[-1:], indirect=True)
def test_old_generations_are_set_aside(released: Place) -> None:
    """Three stay; older ones lie in backups/ and are still whole."""
    content = released.current_database.read_bytes()
    for _ in range(KEPT + 2):
        open_place(released).close()
        released.current_database.write_bytes(content)  # old again: the next start upgrades anew

    assert len(generations(released)) == KEPT
    aside = sorted((released.backups / OLD).iterdir())
    assert len(aside) == 3
    assert all((folder / "desk.db").is_file() for folder in aside)


#: Upgrades copies of a place: half of the children die at another touch of a file each, half are
#: killed after another time each, in the middle of a migration too.
KILLS = """
import os, shutil, signal, sys, time
from pathlib import Path
from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.paths import Place

TOUCHES = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "shutil.rmtree"}
source, kills = Path(sys.argv[1]), int(sys.argv[2])
counted = last = 0

def count_or_die(event, words):
    global counted
    if event in TOUCHES:
        counted += 1
        if counted == last:
            os._exit(9)

def copied(name):
    place = Place(Path(sys.argv[3]) / name, "x")
    shutil.copytree(source, place.root)
    return place

open_place(copied("warm")).close()  # what is imported once
sys.addaudithook(count_or_die)
place, counted, began = copied("count"), 0, time.monotonic()
open_place(place).close()
steps, took, died = counted, time.monotonic() - began, 0
for kill in range(kills):
    place, counted = copied(str(kill)), 0
    last = 1 + kill * steps // kills if kill % 2 else 0
    child = os.fork()
    if child == 0:
        open_place(place).close()
        os._exit(0)
    if not kill % 2:
        time.sleep(took * kill / kills)
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 9, -9), code
    last, died = 0, died + (code != 0)
print(died)
"""


@pytest.mark.parametrize("released", OLDER[-1:], indirect=True)
def test_killed_anywhere_the_place_is_old_or_new(released: Place, tmp_path: Path) -> None:
    before = events(released.current_database)
    old = revision_of(released)
    kills = 16 * LONGER
    child = in_child(KILLS, released.root, kills, tmp_path / "killed")
    assert child.returncode == 0, child.stderr
    assert int(child.stdout) >= kills - 4
    found = []
    for number in range(kills):
        place = Place(tmp_path / "killed" / str(number), "test")
        found.append(revision_of(place))
        assert events(place.current_database) == before
        open_place(place).close()  # the second start succeeds always
        assert revision_of(place) == HEAD
        assert not list(place.root.glob("*.half"))
    assert set(found) <= {old, HEAD}
    assert old in found


@pytest.mark.parametrize("released", OLDER[-1:], indirect=True)
def test_a_full_disk_leaves_the_old_generation(released: Place) -> None:
    pytest.importorskip("resource")
    script = """
import os, resource, signal, sys
from pathlib import Path
import kecamatan_desk.usecases.upgrading
from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.paths import Place

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for most in (2_000, 60_000, 200_000, 330_000, 360_000):
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        try:
            open_place(Place(Path(sys.argv[1]), "x"))
        except MachineError:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7, most
"""
    current = released.pointer.read_text()
    before = events(released.current_database)

    child = in_child(script, released.root)

    assert child.returncode == 0, child.stderr
    assert released.pointer.read_text() == current
    assert events(released.current_database) == before
    open_place(released).close()
    assert revision_of(released) == HEAD
