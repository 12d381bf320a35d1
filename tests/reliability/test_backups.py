"""Backups: verified before they count, encrypted where they can be lost, thinned out by rule."""

import json
import random
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kecamatan_desk.domain.errors import MachineError, NotAllowedError, RuleError
from kecamatan_desk.domain.progress import Cancelled
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.vault import Vault
from kecamatan_desk.usecases import backups as usecase
from kecamatan_desk.usecases.backup_making import facts_of
from kecamatan_desk.usecases.backup_values import BackupChoices, PapersLostError, UnsoundError
from kecamatan_desk.usecases.backups import (
    after_closing,
    back_up_now,
    back_up_when_due,
    due,
    save_choices,
    state,
    verify_again,
)
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.recovery import adopt, new_key
from tests.builders import SettableClock, handed_over, op, registered, taken_in
from tests.reliability.backup_tools import Stopper, events, files_of, flipped, in_child

DeskOf = Callable[[Role], Desk]


@pytest.fixture
def worked(desk_of: DeskOf) -> Desk:
    """The administrator's desk of an office with two letters."""
    registered(desk_of)
    handed_over(desk_of, nik="9901011206850002", nama="Siti Maimunah")
    return desk_of(Role.ADMIN)


@pytest.fixture
def with_key(worked: Desk) -> tuple[Desk, str]:
    """The same with a recovery key: its secret."""
    key = new_key()
    adopt(worked, op(), key.secret, key.secret)
    return worked, key.secret


def test_a_set_holds_all_that_is_needed_and_no_key(worked: Desk, place: Place) -> None:
    made = back_up_now(worked).local

    with zipfile.ZipFile(made.path) as packed:
        assert sorted(packed.namelist()) == ["desk.db", "manifest.json"]
        manifest = json.loads(packed.read("manifest.json"))
    last = events(place.current_database)[-1]
    assert (manifest["seq"], manifest["head"]) == (last[0], last[2])
    assert manifest["anchor"].startswith(f"{last[0]} 12-05-2026 {last[2][:4].upper()} ")
    assert manifest["series"]["sktm/2026"] == [2, 2]
    assert (manifest["kind"], manifest["schema"]) == (
        "office",
        facts_of(place.current_database).schema,
    )
    kept = {str(p.relative_to(place.root)) for p in place.documents.rglob("*.pdf")}
    assert set(manifest["papers"]) == kept
    assert {p.name for p in (place.backups / "blobs").rglob("*") if p.is_file()} == {
        Path(name).stem for name in kept
    }
    assert not [p for p in place.backups.rglob("*") if p.suffix == ".pem"]
    assert not list(place.backups.glob("kerja*"))


def test_sets_follow_one_another(worked: Desk, place: Place, clock: SettableClock) -> None:
    first = back_up_now(worked).local
    clock.advance(hours=3)
    second = back_up_now(worked).local

    seals = Vault(place.backups).sealed()
    assert [seal.name for seal in seals] == [first.name, second.name]
    with zipfile.ZipFile(second.path) as packed:
        assert json.loads(packed.read("manifest.json"))["previous"] == seals[0].manifest_sha256
    assert back_up_now(worked).local.name != second.name  # in the same second too


def test_the_local_vault_shares_papers_with_the_place(worked: Desk, place: Place) -> None:
    back_up_now(worked)

    for paper in place.documents.rglob("*.pdf"):
        shared = place.backups / "blobs" / paper.stem[:2] / paper.stem
        assert shared.stat().st_ino == paper.stat().st_ino


def test_what_does_not_pass_the_check_is_no_backup(worked: Desk, place: Place) -> None:
    good = back_up_now(worked).local
    connection = sqlite3.connect(place.current_database)
    connection.execute("DROP TRIGGER guard_register_line_update")
    connection.execute("UPDATE register_line SET name = 'Orang Lain' WHERE id = 1")
    connection.commit()
    connection.close()

    with pytest.raises(UnsoundError) as refused:
        back_up_now(worked)

    assert {finding.table for finding in refused.value.findings} >= {"register_line"}
    assert [seal.name for seal in Vault(place.backups).sealed()] == [good.name]
    assert not list((place.backups / "sets").glob("*.half"))


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_a_paper_that_is_not_whole_is_told(worked: Desk, place: Place, damage: str) -> None:
    paper = next(place.documents.rglob("*.pdf"))
    content = paper.read_bytes()
    paper.unlink()
    if damage == "changed":
        paper.write_bytes(content + b"x")

    with pytest.raises(PapersLostError) as told:
        back_up_now(worked)

    assert [finding.id for finding in told.value.findings] == [paper.stem]
    (made,) = Vault(place.backups).sealed()  # the book and the other papers are saved all the same
    assert (made.papers, made.lost) == (1, 1)
    assert Vault(place.backups).verify(made) == []


def test_a_backup_is_due_after_two_hours_of_change(
    worked: Desk, clock: SettableClock, desk_of: DeskOf
) -> None:
    assert due(worked)
    assert back_up_when_due(worked) is not None
    assert not due(worked)
    clock.advance(hours=5)
    assert not due(worked)  # nothing has changed

    taken_in(desk_of, nik="9901012301780003", nama="Yohanes Surya")
    assert due(worked)
    assert back_up_when_due(worked) is not None
    taken_in(desk_of, nik="9901016507990004", nama="Ni Luh Putu Ayu")
    assert not due(worked)
    clock.advance(hours=2)
    assert due(worked)
    assert back_up_when_due(desk_of(Role.PELAYANAN)) is not None


def test_a_clock_that_was_wrong_does_not_stop_backups(
    worked: Desk, clock: SettableClock, desk_of: DeskOf
) -> None:
    clock.advance(days=900)
    back_up_now(worked)
    clock.advance(days=-900)

    assert due(worked) is False  # nothing has changed since
    taken_in(desk_of, nik="9901012301780003", nama="Yohanes Surya")
    assert due(worked)
    assert back_up_when_due(worked) is not None
    assert not due(worked)
    assert state(worked).local_level == ""


def test_the_start_screen_knows_how_old_backups_are(
    worked: Desk, clock: SettableClock, desk_of: DeskOf
) -> None:
    fresh = state(worked)
    assert (fresh.local_at, fresh.outside_at, fresh.drill_at) == (None, None, None)
    assert (fresh.local_level, fresh.outside_level, fresh.drill_level) == (
        "merah",
        "merah",
        "kuning",
    )

    back_up_now(worked)
    assert state(worked).local_level == ""
    clock.advance(days=30)
    assert state(worked).local_level == ""  # nobody has worked since
    clock.advance(days=-30)
    taken_in(desk_of, nik="9901012301780003", nama="Yohanes Surya")
    levels = []
    for _ in range(8):
        clock.advance(days=1)
        levels.append(state(worked).local_level)
    assert levels == ["", "", *["kuning"] * 4, "merah", "merah"]


def test_removable_backups_need_a_key_and_are_encrypted(
    worked: Desk, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk_of: DeskOf
) -> None:
    monkeypatch.setattr(usecase, "must_encrypt", lambda folder: True)
    stick = tmp_path / "stick"
    with pytest.raises(RuleError, match="kunci pemulihan"):
        back_up_now(worked, stick)
    assert not stick.exists()

    key = new_key()
    adopt(worked, op(), key.secret, key.secret)
    copied = back_up_now(desk_of(Role.PELAYANAN), stick).copied

    assert copied is not None
    assert copied.encrypted
    assert state(worked).outside_at is not None
    everything = b"".join(p.read_bytes() for p in stick.rglob("*") if p.is_file())
    names = " ".join(str(p) for p in stick.rglob("*"))
    for word in (b"Siti", b"Kusumawardhani", b"9901011206850002", b"SQLite format", b"%PDF"):
        assert word not in everything
        assert word.decode() not in names
    assert key.secret not in everything.decode("latin-1")


def test_no_secret_of_the_key_stays_on_the_pc(with_key: tuple[Desk, str], place: Place) -> None:
    secret = with_key[1]

    for path in place.root.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes()


def test_an_open_copy_is_for_the_administrator(
    worked: Desk, desk_of: DeskOf, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowedError):
        back_up_now(desk_of(Role.REGISTER), tmp_path / "disk")
    assert not (tmp_path / "disk").exists()

    assert back_up_now(worked, tmp_path / "disk").copied is not None
    with pytest.raises(RuleError, match="di dalam folder data"):
        back_up_now(worked, worked.place.documents / "new")


def test_a_folder_with_other_files_or_another_office_is_left_alone(
    worked: Desk, tmp_path: Path
) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "foto.jpg").write_bytes(b"x")
    with pytest.raises(RuleError, match="berkas lain"):
        back_up_now(worked, tmp_path / "used")
    Vault(tmp_path / "other").claim("0123456789abcdef", "office")
    before = files_of(tmp_path)
    with pytest.raises(RuleError, match="kantor lain"):
        back_up_now(worked, tmp_path / "other")

    assert files_of(tmp_path) == before


def test_papers_are_copied_once_and_dropped_with_the_last_set(
    worked: Desk, tmp_path: Path, clock: SettableClock, desk_of: DeskOf
) -> None:
    disk = tmp_path / "disk"
    back_up_now(worked, disk)
    before = {p: p.stat().st_mtime_ns for p in (disk / "blobs").rglob("*") if p.is_file()}
    clock.advance(hours=3)
    registered(desk_of, nik="9901012301780003", nama="Yohanes Surya")
    back_up_now(worked, disk)
    after = {p: p.stat().st_mtime_ns for p in (disk / "blobs").rglob("*") if p.is_file()}

    assert len(after) == len(before) + 1
    assert {p: t for p, t in after.items() if p in before} == before

    vault = Vault(disk)
    assert vault.drop([vault.sealed()[1].name]) == 1
    assert set(before) == {p for p in (disk / "blobs").rglob("*") if p.is_file()}


def test_retention_thins_out_but_keeps_year_closings(
    worked: Desk, place: Place, clock: SettableClock
) -> None:
    names = [after_closing(worked, year=True).local.name]
    for _ in range(3):
        clock.advance(minutes=1)
        names.append(back_up_now(worked).local.name)
    clock.advance(days=40)

    last = back_up_now(worked)

    assert last.removed == 2
    kept = [seal.name for seal in Vault(place.backups).sealed()]
    assert kept == [names[0], names[3], last.local.name]


@pytest.mark.parametrize("encrypted", [False, True])
def test_every_flipped_bit_is_noticed(
    with_key: tuple[Desk, str], tmp_path: Path, encrypted: bool
) -> None:
    desk, _ = with_key
    disk = tmp_path / "disk"
    back_up_now(desk, disk, encrypt=encrypted)
    vault, luck = Vault(disk), random.Random(7)
    assert verify_again(desk, disk) == ()
    parts = [p for p in (*disk.glob("sets/*"), *disk.glob("blobs/*/*")) if p.is_file()]
    weights = [p.stat().st_size for p in parts]
    noticed = 0
    for path in (*parts * 10, *luck.choices(parts, weights, k=200 - 10 * len(parts))):
        before = flipped(path, luck)
        sealed = vault.sealed()
        noticed += not sealed or bool(vault.verify(sealed[-1]))
        path.write_bytes(before)
    assert noticed == 200
    assert verify_again(desk, disk) == ()


def test_cancelled_anywhere_it_leaves_nothing(
    with_key: tuple[Desk, str], place: Place, tmp_path: Path, clock: SettableClock
) -> None:
    desk, _ = with_key
    stick = tmp_path / "stick"
    back_up_now(desk, stick, encrypt=True)
    clock.advance(hours=1)
    whole = Stopper()
    back_up_now(desk, stick, encrypt=True, progress=whole)
    assert whole.told == sorted(whole.told)
    assert whole.told[-1] == 100
    for after in range(0, len(whole.told), 2):
        clock.advance(hours=1)
        outside = [seal.name for seal in Vault(stick).sealed()]
        with pytest.raises(Cancelled):
            back_up_now(desk, stick, encrypt=True, progress=Stopper(after))
        assert [seal.name for seal in Vault(stick).sealed()] == outside
        for root in (place.backups, stick):
            assert not list(root.rglob("*.half"))
            assert not (root / "kerja").exists()
    assert verify_again(desk) == ()
    assert verify_again(desk, stick) == ()


def test_killed_anywhere_what_was_sealed_stays(
    with_key: tuple[Desk, str], place: Place, tmp_path: Path, clock: SettableClock
) -> None:
    """The program is gone at every step of writing: as after kill -9, nothing is tidied up."""
    desk, _ = with_key
    good = back_up_now(desk).local.name
    script = """
import os, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
import filelock
import kecamatan_desk.domain.anchors
from kecamatan_desk.domain.progress import Gauge
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.vault import Vault
from kecamatan_desk.usecases.backup_making import make_set

place, counted = Place(Path(sys.argv[1]), "x"), 0

def count_or_die(event, words):
    global counted
    if event in ("open", "os.rename", "os.link", "os.remove", "os.mkdir", "shutil.rmtree"):
        counted += 1
        if counted == last:
            os._exit(9)

def back_up(minute):
    when = datetime(2026, 5, 12, 5, tzinfo=UTC) + timedelta(minutes=minute)
    make_set(place, when, "otomatis", Gauge(), deep=True)

last = 0
sys.addaudithook(count_or_die)
back_up(0)
steps = counted
died = 0
for step in range(1, steps, max(steps // 24, 1)):
    counted, last = 0, step
    child = os.fork()
    if child == 0:
        back_up(step)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    last = 0
    vault = Vault(place.backups)
    sets = vault.sealed()
    assert sets[0].name == sys.argv[2], sets
    assert not vault.verify(sets[0]) and not vault.verify(sets[-1])
    assert code == 9, code
    died += 1
print(died, len(sets))
"""
    child = in_child(script, place.root, good)
    assert child.returncode == 0, child.stderr
    died, sets = map(int, child.stdout.split())
    assert died > 20
    assert sets >= 2
    clock.advance(hours=9)
    back_up_now(desk)
    assert not list(place.backups.rglob("*.half"))
    assert verify_again(desk) == ()


def test_a_full_disk_leaves_the_old_backups(worked: Desk, place: Place) -> None:
    pytest.importorskip("resource")
    good = back_up_now(worked).local.name
    before = files_of(place.backups)
    script = """
import os, resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.domain.progress import Gauge
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.backup_making import make_set

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
nine = datetime(2026, 5, 12, 9, tzinfo=UTC)
for most in (0, 100, 5_000, 40_000, 300_000):
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        try:
            make_set(Place(Path(sys.argv[1]), "x"), nine, "diminta", Gauge())
        except MachineError as error:
            os._exit(7 if "tidak berubah" in str(error) else 8)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7, most
"""
    child = in_child(script, place.root)
    assert child.returncode == 0, child.stderr
    assert files_of(place.backups) == before
    assert [seal.name for seal in Vault(place.backups).sealed()] == [good]


def test_without_room_nothing_is_begun(
    worked: Desk, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 9, 1))  # type: ignore[attr-defined] # noqa: SLF001
    with pytest.raises(MachineError, match="Ruang cakram kurang 1 MB"):
        back_up_now(worked)
    assert not (place.backups / "sets").exists()


def test_a_second_folder_gets_the_automatic_backups(
    with_key: tuple[Desk, str], tmp_path: Path, clock: SettableClock
) -> None:
    desk, _ = with_key
    second = tmp_path / "disk2"
    second.mkdir()
    desk.call(save_choices, op(), BackupChoices(second=str(second)))

    first = back_up_when_due(desk)
    assert first is not None
    assert first.copied is not None
    usecase.bring_journal_up(desk)
    assert (second / "journal" / "number.log").is_file()

    second.rename(tmp_path / "pulled")
    clock.advance(hours=3)
    desk.call(save_choices, op(), BackupChoices(second=str(second)))
    again = back_up_when_due(desk)
    assert again is not None
    assert again.copied is None
    assert not second.exists()
    assert state(desk).failed == ""
    assert timedelta(0) == clock() - again.local.made_at
