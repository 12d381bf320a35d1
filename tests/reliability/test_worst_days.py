"""Backup, restore and proof on the worst days: a lost paper, a wrong clock, a stick gone bad."""

import os
import shutil
import sqlite3
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text

from kecamatan_desk.bootstrap import held, open_place
from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.journal import NumberJournal
from kecamatan_desk.persistence.numbers import MINUTES, take_number
from kecamatan_desk.persistence.scans import ScanStore
from kecamatan_desk.persistence.vault import Vault
from kecamatan_desk.usecases.attachments import add_file, erase_due
from kecamatan_desk.usecases.backup_rounds import bring_out, first_round
from kecamatan_desk.usecases.backup_values import BackupChoices, PapersLostError
from kecamatan_desk.usecases.backups import back_up_now, save_choices
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.drill import drill
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.number_proof import prove_numbers, why_held
from kecamatan_desk.usecases.recovery import adopt, new_key
from kecamatan_desk.usecases.restore_planning import plan_restore
from kecamatan_desk.usecases.restore_values import Restorer
from kecamatan_desk.usecases.restoring import carry_out
from tests.builders import (
    PASSWORD,
    PROFILE,
    SettableClock,
    checked,
    handed_over,
    op,
    registered,
    taken_in,
    user_input,
)

DeskOf = Callable[[Role], Desk]
SCHEMAS = Path(__file__).parents[1] / "fixtures" / "schemas"
ADMIN = Restorer(10, "Putri Handayani", "akun")


@pytest.fixture
def worked(desk_of: DeskOf) -> Desk:
    """The administrator's desk of an office with two letters."""
    registered(desk_of)
    handed_over(desk_of, nik="9901011206850002", nama="Siti Maimunah")
    return desk_of(Role.ADMIN)


def test_numbers_given_while_they_are_proved_are_no_fault(
    desk_of: DeskOf, worked: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = worked.ask

    def between(usecase: Any, *args: Any) -> Any:
        found = ask(usecase, *args)
        if usecase.__name__ == "_stands" and args[0] == "berkas":
            taken_in(desk_of, nik="9901012301780003", nama="Yohanes Surya")
        return found

    monkeypatch.setattr(worked, "ask", between)

    assert prove_numbers(worked) == ()
    assert why_held(worked) == ""


def test_a_restore_without_some_papers_does_not_end_all_backups(
    office: Office, worked: Desk, place: Place, clock: SettableClock
) -> None:
    saved = back_up_now(worked).local.path
    office.close()
    paper = next(place.documents.rglob("*.pdf"))
    paper.unlink()
    for blob in (place.backups / "blobs").rglob(paper.stem):
        blob.unlink()
    with held(place):
        plan = plan_restore(place, saved, now=clock())
        carry_out(place, plan, ADMIN, accept_missing=True, now=clock())

    again = open_place(place, clock=clock)
    try:
        desk = again.sign_in(Role.ADMIN.value, PASSWORD)
        with pytest.raises(PapersLostError, match="sudah dibuat, tetapi tanpa 1 surat") as told:
            back_up_now(desk)
        assert [finding.id for finding in told.value.findings] == [paper.stem]
        made = back_up_now(desk).local  # told once; the check goes on telling
        assert made.seq > plan.seq
        assert drill(desk).ok
        desk.call(save_choices, op(), BackupChoices(""))
    finally:
        again.close()
    with held(place):  # and what was saved comes back, its gap named
        plan = plan_restore(place, made.path, now=clock())
        assert [Path(name).name for name in plan.missing_papers] == [paper.name]
        done = carry_out(place, plan, ADMIN, accept_missing=True, now=clock())
    assert done.missing_papers == 1


def test_a_backup_of_a_clock_that_ran_ahead_hides_no_later_one(
    worked: Desk, desk_of: DeskOf, clock: SettableClock, place: Place, tmp_path: Path
) -> None:
    now = clock()
    clock.set(now + timedelta(days=400))
    ahead = back_up_now(worked).local
    clock.set(now + timedelta(days=20))
    (tmp_path / "second").mkdir()
    worked.call(save_choices, op(), BackupChoices(str(tmp_path / "second")))

    made = back_up_now(worked).local

    assert made.deep  # a deep one of the future proves nothing of these days
    assert ahead.name != made.name
    assert [one.copied and one.copied.name for one in bring_out(worked)] == [made.name]
    assert drill(worked).name == made.name
    with held(Place(tmp_path / "bare", "test")) as _:
        plan = plan_restore(Place(tmp_path / "bare", "test"), place.backups, now=clock())
        assert plan.name == made.name


@pytest.mark.parametrize("broken", ["mark", "disk"])
def test_a_second_device_gone_bad_stops_no_backup_here(
    worked: Desk, tmp_path: Path, place: Place, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    (second / "vault.json").write_text("{")
    worked.call(save_choices, op(), BackupChoices(str(second)))
    if broken == "disk":
        sound = Path.iterdir

        def failing(folder: Path) -> Iterator[Path]:
            if folder == second:
                raise OSError(5, "Input/output error")
            return sound(folder)

        (second / "vault.json").unlink()
        (second / "x").touch()
        monkeypatch.setattr(Path, "iterdir", failing)
    (place.journal / "number.log").unlink()

    told = first_round(worked)

    assert Vault(place.backups).sealed()
    assert told.failed
    assert (place.journal / "number.log").read_text().count("\n") >= 4


def test_old_data_damaged_in_part_still_tell_their_counters(
    office: Office, worked: Desk, desk_of: DeskOf, place: Place, clock: SettableClock
) -> None:
    saved = back_up_now(worked).local.path
    later = registered(desk_of, nik="9901012301780003", nama="Yohanes Surya")
    office.close()
    assert later.agenda_number == 3
    database = place.current_database
    connection = sqlite3.connect(database)
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    pages = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE tbl_name = 'register_line' AND rootpage > 0"
    ).fetchall()
    connection.close()
    with database.open("rb+") as file:
        for (page,) in pages:
            file.seek((page - 1) * size)
            file.write(b"\xff" * size)
    (place.journal / "number.log").unlink()

    with held(place):
        plan = plan_restore(place, saved, now=clock())
        assert plan.history == "rusak"
        done = carry_out(place, plan, ADMIN, now=clock())

    assert ("SKTM", 3, 3) in [(b.label, b.first, b.last) for b in done.blocks]


def test_a_bad_year_of_the_journal_spoils_no_other(
    office: Office, worked: Desk, desk_of: DeskOf, place: Place, clock: SettableClock
) -> None:
    saved = back_up_now(worked).local.path
    registered(desk_of, nik="9901012301780003", nama="Yohanes Surya")
    office.close()
    place.current_database.write_bytes(b"")
    (place.journal / "number-2024.log").mkdir()  # nothing of it can be read

    with held(place):
        plan = plan_restore(place, saved, now=clock())
        done = carry_out(place, plan, ADMIN, now=clock())

    assert ("SKTM", 3, 3) in [(b.label, b.first, b.last) for b in done.blocks]


def test_a_damaged_paper_on_a_stick_is_written_again(
    worked: Desk, tmp_path: Path, clock: SettableClock
) -> None:
    key = new_key()
    adopt(worked, op(), key.secret, key.secret)
    target = tmp_path / "stick"
    copied = back_up_now(worked, target, encrypt=True).copied
    assert copied is not None
    paper = next((target / "blobs").rglob("*.age"))
    paper.write_bytes(paper.read_bytes()[:-1] + b"?")
    vault = Vault(target)
    assert vault.verify(vault.sealed()[-1])

    clock.advance(days=8)
    back_up_now(worked, target, encrypt=True)

    assert vault.verify(vault.sealed()[-1]) == []


def test_what_a_killed_job_left_goes_at_the_next_start(
    office: Office, worked: Desk, place: Place, clock: SettableClock
) -> None:
    office.close()
    left = [place.root / "gen-000002.half", place.backups / "uji-pulih", place.backups / "kerja"]
    half = next(place.documents.iterdir()) / ("0" * 64 + ".123-456.half")
    for folder in left:
        folder.mkdir(parents=True)
        (folder / "desk.db").write_bytes(b"data of persons")
    half.write_bytes(b"a letter")
    yesterday = time.time() - 25 * 3600
    for path in (*left, half):
        os.utime(path, (yesterday, yesterday))
    drilling = place.backups / "kerja"
    os.utime(drilling)  # a backup of the command line is at work

    again = open_place(place, clock=clock)
    erase_due(again.sign_in(Role.ADMIN.value, PASSWORD), op())
    again.close()

    assert [path for path in (*left, half) if path.exists()] == [drilling]


def test_a_place_opened_and_never_set_up_is_backed_up_after_an_upgrade(
    place: Place, clock: SettableClock
) -> None:
    with zipfile.ZipFile(SCHEMAS / "0002.zip") as packed:
        packed.extractall(place.root)
    connection = sqlite3.connect(place.current_database)
    kept = {"alembic_version", "instance", "setting"}
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    told = guards.fetchall()
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for name, _ in told:
        connection.execute(f"DROP TRIGGER {name}")
    for (name,) in tables:
        if name not in kept and not name.startswith("request_search_"):
            connection.execute(f"DELETE FROM {name}")  # noqa: S608 - our own tables
    for _, sql in told:
        connection.execute(sql)
    connection.commit()
    connection.close()
    shutil.rmtree(place.backups, ignore_errors=True)

    opened = open_place(place, clock=clock)
    try:
        desk = opened.first_setup(PROFILE, user_input(Role.ADMIN))
        assert back_up_now(desk).local.seq > 0
    finally:
        opened.close()


def test_a_scan_lost_for_two_files_is_accepted_once(
    office: Office, worked: Desk, desk_of: DeskOf, place: Place, clock: SettableClock
) -> None:
    scan = Image.new("RGB", (40, 40), "white")
    path = place.root.parent / "ktp.png"
    scan.save(path)
    one = taken_in(desk_of, nik="9901012301780003", nama="Yohanes Surya")
    two = taken_in(desk_of, nik="9901016507990004", nama="Ni Luh Putu")
    for request in (one, two):
        add_file(desk_of(Role.PELAYANAN), op(), request.request_id, path)
    saved = back_up_now(worked).local.path
    office.close()
    (lying,) = [file for file in place.attachments.rglob("*") if file.is_file()]
    lying.unlink()
    (place.backups / "blobs" / lying.name[:2] / lying.name).unlink()

    with held(place):
        plan = plan_restore(place, saved, now=clock())
        assert len(plan.missing_papers) == 1
        assert carry_out(place, plan, ADMIN, accept_missing=True, now=clock()).missing_papers == 1


def test_a_rotten_paper_on_the_only_stick_does_not_keep_the_register_away(
    office: Office, worked: Desk, clock: SettableClock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    copied = back_up_now(worked, stick).copied
    assert copied is not None
    office.close()
    rotten = next(path for path in (stick / "blobs").rglob("*") if path.is_file())
    rotten.write_bytes(rotten.read_bytes()[:-1])
    bare = Place(tmp_path / "bare", "test")

    with held(bare):
        plan = plan_restore(bare, copied.path, now=clock())
        assert [Path(name).stem for name in plan.missing_papers] == [rotten.name]
        done = carry_out(bare, plan, ADMIN, accept_missing=True, now=clock())

    assert done.missing_papers == 1
    assert len(list(bare.documents.rglob("*.pdf"))) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows writes folders by itself")
def test_every_new_folder_is_synced_into_the_one_above(
    worked: Desk, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    owed: set[Path] = set()
    mkdir, fsync = Path.mkdir, os.fsync

    def noted(folder: Path, *args: Any, **kwargs: Any) -> None:
        new = not folder.exists()
        mkdir(folder, *args, **kwargs)
        if new and not {"kerja", "uji-pulih"} & set(folder.parts):
            made.append(folder)
            owed.add(folder.parent)

    def synced(handle: int) -> None:
        fsync(handle)
        owed.discard(Path(os.readlink(f"/proc/self/fd/{handle}")))  # noqa: PTH115

    monkeypatch.setattr(Path, "mkdir", noted)
    monkeypatch.setattr(os, "fsync", synced)

    back_up_now(worked, tmp_path / "stick" / "cadangan")
    ScanStore(tmp_path / "new" / "attachments").keep(b"a scan")
    NumberJournal(place.journal / "second").note([("sktm", "2026", 1)], "0" * 64)
    with held(Place(tmp_path / "far" / "bare", "test")):
        pass

    assert len(made) > 5
    assert owed == set()


@pytest.mark.parametrize("series", ["berkas", "antrian"])
def test_no_number_is_given_in_a_series_that_is_not_whole(
    worked: Desk, desk_of: DeskOf, series: str
) -> None:
    worked.call(executed, "DROP TRIGGER guard_number_issue_delete")
    delete = "DELETE FROM number_issue WHERE number = 1 AND series = :series"
    worked.call(executed, delete, series)
    assert {fault.series for fault in prove_numbers(worked)} == {series}

    with pytest.raises(RuleError, match="Nomor tidak dapat diberikan"):
        checked(desk_of, nik="9901012301780003", nama="Yohanes Surya")


def test_intake_goes_on_while_a_book_is_not_whole(worked: Desk, desk_of: DeskOf) -> None:
    worked.call(executed, "DROP TRIGGER guard_number_issue_delete")
    waiting = checked(desk_of, nik="9901016507990004", nama="Ni Luh Putu")
    worked.call(executed, "DELETE FROM number_issue WHERE series = 'sktm'")
    assert prove_numbers(worked)

    taken_in(desk_of, nik="9901012301780003", nama="Yohanes Surya")

    with pytest.raises(RuleError, match="Nomor tidak dapat diberikan"):
        registered(desk_of, waiting)
    with pytest.raises(RuleError, match="Nomor tidak dapat diberikan"):
        worked.call(_minutes)


def _minutes(work: UnitOfWork) -> None:
    take_number(work.session, work.link(), MINUTES, "2026", None)


def executed(work: UnitOfWork, statement: str, series: str = "") -> None:
    work.session.execute(text(statement), {"series": series} if series else {})
