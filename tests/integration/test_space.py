"""Room on the disk: a warning in time, nothing new on a full disk, and room for what has begun."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.errors import DiskFullError, MachineError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence import space as module
from kecamatan_desk.persistence.database import sqlite_driver
from kecamatan_desk.persistence.files import ByteStore
from kecamatan_desk.persistence.space import STOP, WARNING, Space, free_bytes
from kecamatan_desk.persistence.tables import ContentRecord
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.intake import pass_at_counter, save_draft, take_in
from kecamatan_desk.usecases.processing import approve, give_agenda_number, hand_over, pass_check
from kecamatan_desk.usecases.room import room_warning
from kecamatan_desk.usecases.values import Answer, Handover, Seen
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import (
    PASSWORD,
    PROFILE,
    QUICK,
    SKTM,
    DeskOf,
    checked,
    op,
    registered,
    seen,
    taken_in,
    user_input,
)
from tests.walking import drafted, dump, miscounted, rows

MB = 1 << 20
PAPERS = [Answer(r.code, "ada", r.kind, 1) for r in SERVICES["sktm"].requirements]


class Disk:
    """A disk that has as many free bytes as a test says, and counts who asks."""

    def __init__(self, free: int = 100 * WARNING) -> None:
        self.free = free
        self.asked = 0

    def __call__(self, _folder: Path | None = None) -> int:
        self.asked += 1
        return self.free


@pytest.fixture
def filling(desk_of: DeskOf) -> Disk:
    """The disk of the office; every desk asks it."""
    disk = Disk()
    for role in (Role.PELAYANAN, Role.KASI, Role.REGISTER, Role.SEKCAM):
        desk_of(role).room = disk
    return disk


# What stops, and what goes on


def test_nothing_new_begins_on_a_disk_that_is_nearly_full(desk_of: DeskOf, filling: Disk) -> None:
    waiting = checked(desk_of)
    draft = desk_of(Role.PELAYANAN).call(save_draft, op(), DraftInput("sktm", SKTM))
    filling.free = STOP - 1
    before = dump(desk_of(Role.REGISTER).store.path)

    with pytest.raises(MachineError) as told:
        desk_of(Role.PELAYANAN).call(save_draft, op(), DraftInput("sktm", SKTM))
    with pytest.raises(MachineError, match="nomor tidak terpakai"):
        desk_of(Role.REGISTER).call(give_agenda_number, op(), seen(waiting))

    assert "sisa 199 MB" in str(told.value)
    assert "lebih dari 200 MB" in str(told.value)
    assert dump(desk_of(Role.REGISTER).store.path) == before
    kept = DraftInput("sktm", {**SKTM, "keperluan": "Berobat"}, id=draft.id)
    saved = desk_of(Role.PELAYANAN).call(save_draft, op(), kept)
    assert desk_of(Role.PELAYANAN).call(take_in, op(), Seen(saved.id, saved.version), kept)
    filling.free = STOP
    assert desk_of(Role.REGISTER).call(give_agenda_number, op(), seen(waiting)).agenda_number == 1


def test_what_has_begun_is_brought_to_its_end_on_a_full_disk(
    desk_of: DeskOf, filling: Disk
) -> None:
    letter, unchecked = registered(desk_of), taken_in(desk_of, nik="9901015404910002")
    filling.free = 0

    signed = desk_of(Role.SEKCAM).call(approve, op(), seen(letter))
    receiver = Handover("Asep Kurniawan", "Keluarga", "KTP")
    done = desk_of(Role.PELAYANAN).call(hand_over, op(), seen(signed), receiver)
    desk_of(Role.KASI).call(pass_check, op(), seen(unchecked), PAPERS)

    assert done.status == "selesai"


def test_a_file_decided_at_the_counter_takes_no_line_on_a_full_disk(
    desk_of: DeskOf, filling: Disk
) -> None:
    """OSS and complaints are booked when they are taken in."""
    desk = desk_of(SERVICES["pengaduan"].steps[1].officer)
    saved, draft = drafted(desk_of, "pengaduan")
    desk.room = Disk(0)
    before = dump(desk.store.path)

    with pytest.raises(MachineError, match="hampir penuh"):
        desk.call(pass_at_counter, op(), Seen(saved.id, saved.version), draft)

    assert dump(desk.store.path) == before


# What the window says


@pytest.mark.parametrize(
    ("free", "said"),
    [
        (WARNING, ""),
        (50 * WARNING, ""),
        (WARNING - 1, "Ruang cakram tinggal 1023 MB"),
        (STOP, "Ruang cakram tinggal 200 MB"),
        (STOP - 1, "Cakram hampir penuh: sisa 199 MB"),
        (0, "Cakram hampir penuh: sisa 0 MB"),
        (-5, "Cakram hampir penuh: sisa 0 MB"),
    ],
)
def test_the_window_is_told_in_time_what_to_do(desk_of: DeskOf, free: int, said: str) -> None:
    desk = desk_of(Role.PELAYANAN)
    desk.room = Disk(free)

    warning = desk.ask(room_warning)

    assert warning.startswith(said)
    assert bool(warning) is bool(said)
    assert len(warning) < 200


# The reserve


class Seconds:
    """A clock of seconds that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_system_is_asked_every_few_seconds_at_most(tmp_path: Path) -> None:
    disk, time = Disk(7 * WARNING), Seconds()
    space = Space(tmp_path, free=disk, time=time)
    for _ in range(50):
        assert space.free() == 7 * WARNING
    assert disk.asked == 1
    disk.free = 3
    time.now += 6

    assert space.free() == 3


def test_the_reserve_is_made_of_real_blocks_while_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RESERVE", MB)
    disk, time = Disk(STOP + MB - 1), Seconds()
    space = Space(tmp_path, keeps=True, free=disk, time=time)
    space.free()
    assert not space.file.exists()
    disk.free += 1
    time.now += 6
    space.free()

    made = space.file.stat()
    assert made.st_size == MB
    if os.name != "nt":
        assert made.st_blocks * 512 >= MB
    assert [path.name for path in tmp_path.iterdir()] == ["reserve"]


@pytest.mark.skipif(os.name == "nt", reason="blocks are taken otherwise there")
def test_a_file_system_that_cannot_set_blocks_aside_gets_them_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "not supported")

    monkeypatch.setattr(module, "RESERVE", 3 * MB)
    monkeypatch.setattr(os, "posix_fallocate", unknown)
    space = Space(tmp_path, keeps=True, free=Disk())
    space.free()

    assert space.file.stat().st_blocks * 512 >= 3 * MB


def test_a_reserve_let_go_of_is_made_again_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RESERVE", MB)
    disk, time = Disk(), Seconds()
    space = Space(tmp_path, keeps=True, free=disk, time=time)
    space.free()
    disk.free = 0

    assert space.release()
    assert not space.release()  # once

    space.free()
    assert not space.file.exists()
    disk.free, time.now = 100 * WARNING, time.now + 6
    space.free()
    assert space.file.exists()


def test_a_reader_keeps_nothing_back(tmp_path: Path) -> None:
    Space(tmp_path, free=Disk()).free()
    assert list(tmp_path.iterdir()) == []


def test_a_system_that_does_not_tell_stops_nobody(tmp_path: Path) -> None:
    def unknown(_folder: Path) -> int:
        raise OSError(errno.EIO, "input/output error")

    assert Space(tmp_path, keeps=True, free=unknown).free() == WARNING
    assert free_bytes(tmp_path) > 0


def test_an_office_and_a_practice_keep_their_reserves(place: Place, tmp_path: Path) -> None:
    open_place(place, create="office", cost=QUICK).close()
    practice = Place(tmp_path / "coba", "test")
    open_place(practice, create="practice", cost=QUICK).close()

    assert (place.root / "reserve").stat().st_size == module.RESERVE
    assert (practice.root / "reserve").stat().st_size == module.RESERVE
    place.pointer.unlink()
    open_place(place, create="office").close()  # it is no foreign file


# A disk that is full


@pytest.fixture
def brim(office: Office, desk_of: DeskOf) -> Iterator[tuple[Desk, Seen, list[str]]]:
    """A letter that waits for its signature on a disk without a page more, but with its reserve."""
    letter = registered(desk_of)
    desk = desk_of(Role.SEKCAM)
    engine = desk.store._writer  # noqa: SLF001 - the only way to its connections
    asked: list[str] = []
    real = desk.store.relieve

    def full(connection: Any, _record: object, _proxy: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {2**30 if asked else pages}")

    def relieve() -> bool:
        asked.append("asked")
        return real()

    event.listen(engine, "checkout", full)
    desk.store.relieve = relieve
    yield desk, seen(letter), asked
    event.remove(engine, "checkout", full)
    desk.store.relieve = real


def test_the_act_in_hand_is_written_with_the_reserve(
    brim: tuple[Desk, Seen, list[str]], place: Place
) -> None:
    desk, letter, asked = brim
    assert (place.root / "reserve").exists()

    while not asked:  # until the free room within the last pages is used up
        desk.call(_note)
    receipt = desk.call(approve, op(), letter)

    assert receipt.version == letter.version + 1
    assert asked == ["asked"]
    assert not (place.root / "reserve").exists()
    assert miscounted(desk.store.path) == []


def _note(work: Any) -> None:
    link = work.link()
    link.add(ContentRecord, kind="catatan", body="x" * 1500)
    work.close_event(link, op(), "uji", Role.SEKCAM)


def test_without_a_reserve_a_full_disk_is_told_once(
    brim: tuple[Desk, Seen, list[str]], place: Place
) -> None:
    desk, _, asked = brim
    (place.root / "reserve").unlink()

    def write_on() -> None:
        for _ in range(100):
            desk.call(_note)

    with pytest.raises(DiskFullError, match="nomor tidak terpakai"):
        write_on()

    assert asked == ["asked"]


def test_a_letter_that_finds_no_room_gets_the_reserve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, real = [True], os.fsync

    def fsync(handle: int) -> None:
        if full[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    def relieve() -> bool:
        was, full[0] = full[0], False
        return was

    monkeypatch.setattr(os, "fsync", fsync)
    assert ByteStore(tmp_path, relieve).get(ByteStore(tmp_path, relieve).put(b"surat")) == b"surat"
    full[0] = True
    with pytest.raises(MachineError, match="Nomor tetap tercatat"):
        ByteStore(tmp_path).put(b"surat kedua")
    assert not list(tmp_path.rglob("*.half"))


FILLED = """
import os, sys
from pathlib import Path
from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.errors import DeskError, MachineError
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence import space
from kecamatan_desk.usecases import desk as desks
from kecamatan_desk.usecases.intake import save_draft
from kecamatan_desk.usecases.draft_values import DraftInput
from tests.builders import PASSWORD, SKTM, op
root = Path(sys.argv[1])
space.RESERVE, space.STOP = 2 << 20, 0
from kecamatan_desk.usecases import room
room.STOP = 0
office = open_place(Place(root, "test"))
assert (root / "reserve").stat().st_size == 2 << 20
desk = office.sign_in("pelayanan", PASSWORD)
desk.call(save_draft, op(), DraftInput("sktm", SKTM))
with (root.parent / "film").open("wb", buffering=0) as film:
    try:
        while True:
            film.write(os.urandom(4096))
    except OSError:
        pass
saved, refused = 1, 0
for _ in range(400):
    try:
        desk.call(save_draft, op(), DraftInput("sktm", SKTM))
        saved += 1
    except MachineError as error:
        assert "penuh" in str(error), error
        refused += 1
print(saved, refused, (root / "reserve").exists())
(root.parent / "film").unlink()
print(desk.call(save_draft, op(), DraftInput("sktm", SKTM)).file_code)
office.close()
"""


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount a small disk"
)
def test_a_disk_that_is_really_full_loses_nothing_and_the_next_number_follows(
    office: Office, place: Place, tmp_path: Path
) -> None:
    office.close()
    disk = tmp_path / "disk"
    disk.mkdir()
    size = sum(path.stat().st_size for path in place.root.rglob("*") if path.is_file())
    options = f"size={size // MB + 6}m"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        root = disk / "data"
        subprocess.run(["cp", "-r", str(place.root), str(root)], check=True)
        (root / "reserve").unlink(missing_ok=True)
        done = subprocess.run(
            [sys.executable, "-c", FILLED, str(root)],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        counts, code = done.stdout.splitlines()
        saved, refused, reserve = counts.split()
        assert int(refused) > 0
        assert int(saved) > 1  # the reserve carried some
        assert reserve == "False"
        assert code.startswith(f"{code[:3]}{int(saved) + 1:06d}")
        path = Place(root, "test").current_database
        assert rows(path, "SELECT COUNT(*) AS n FROM request")[0]["n"] == int(saved) + 1
        assert miscounted(path) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("kind", ["office", "practice"])
def test_signing_in_works_on_a_full_disk_with_the_room_kept_back(
    office: Office, tmp_path: Path, kind: str
) -> None:
    """Nobody may be locked out of closing the day, nor of learning how: the reserve is let go."""
    who = Role.ADMIN.value
    if kind == "practice":
        office = open_place(Place(tmp_path / "coba", "test"), create="practice", cost=QUICK)
        office.first_setup(PROFILE, user_input(Role.ADMIN))
    store = office._store  # noqa: SLF001
    engine, asked, real = store._writer, [], store.relieve  # noqa: SLF001

    def failing(connection: Any) -> None:
        if not asked:
            raise sqlite_driver().OperationalError("database or disk is full")
        commit(connection)

    def relieve() -> bool:
        asked.append(1)
        return real()

    commit = engine.dialect.do_commit
    engine.dialect.do_commit = failing  # type: ignore[method-assign]
    store.relieve = relieve

    entered = office.sign_in(who, PASSWORD)

    assert entered.user.username == who
    assert asked == [1]
    office.close()
