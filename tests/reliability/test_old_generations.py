"""Generations set aside by restores and upgrades go when no backup of their months is kept."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kecamatan_desk.domain import retention
from kecamatan_desk.domain.progress import Gauge
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.generations import OLD, mark_replaced
from kecamatan_desk.persistence.vault import Vault
from kecamatan_desk.usecases.backup_making import make_set
from tests.builders import SettableClock

MONTHS = 3  # of backups are kept in these tests


@pytest.fixture
def aside(
    _office_template: Path, place: Place, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A generation that was set aside; the current one is a later one. Little is kept."""
    monkeypatch.setattr(retention, "DAYS", 1)
    monkeypatch.setattr(retention, "WEEKS", 1)
    monkeypatch.setattr(retention, "MONTHS", MONTHS)
    shutil.copytree(_office_template, place.root)
    current = place.current_database.parent
    current.rename(place.root / "gen-000005")
    place.pointer.write_text("gen-000005\n")
    return _set_aside(place, "gen-000001", clock())


def _set_aside(place: Place, name: str, replaced_at: datetime | None) -> Path:
    folder = place.backups / OLD / name
    folder.mkdir(parents=True)
    shutil.copy(place.current_database, folder / "desk.db")
    if replaced_at is not None:
        mark_replaced(folder, f"{replaced_at.isoformat()}: diganti gen-000002")
    return folder


def _months_of_backups(place: Place, clock: SettableClock, amount: int) -> None:
    """Make a backup in each of so many months to come."""
    for _ in range(amount):
        clock.advance(days=31)
        make_set(place, clock(), "otomatis", Gauge(None))


def test_it_goes_with_the_last_backup_of_its_month(
    aside: Path, place: Place, clock: SettableClock
) -> None:
    make_set(place, clock(), "otomatis", Gauge(None))
    first = Vault(place.backups).sealed()[0].name
    _months_of_backups(place, clock, MONTHS - 1)
    assert first in {seal.name for seal in Vault(place.backups).sealed()}
    assert (aside / "desk.db").is_file()

    _months_of_backups(place, clock, 1)

    assert first not in {seal.name for seal in Vault(place.backups).sealed()}
    assert not aside.exists()
    assert place.current_database.is_file()


def test_a_wrong_clock_and_a_closed_office_take_none_away(
    aside: Path, place: Place, clock: SettableClock
) -> None:
    for _ in range(2):
        make_set(place, clock(), "otomatis", Gauge(None))
        clock.advance(days=4000)

    assert (aside / "desk.db").is_file()


def test_what_is_no_older_generation_stays(aside: Path, place: Place, clock: SettableClock) -> None:
    newer = _set_aside(place, "gen-000006", clock())  # somebody went back by hand
    current = _set_aside(place, "gen-000005-123", clock())
    foreign = _set_aside(place, "simpanan", clock())
    later = _set_aside(place, "gen-000004", clock() + timedelta(days=400))
    beside = place.root / "gen-000004"
    shutil.copytree(aside, beside)
    _months_of_backups(place, clock, MONTHS + 1)

    assert not aside.exists()
    assert all((left / "desk.db").is_file() for left in (newer, current, foreign, later, beside))


def test_one_without_a_mark_counts_from_when_it_was_last_touched(
    aside: Path, place: Place, clock: SettableClock
) -> None:
    old, young = (_set_aside(place, f"gen-00000{n}", None) for n in (2, 3))
    (young / "DIGANTI.txt").write_text("?")
    os.utime(old, (0, datetime(2026, 5, 12, tzinfo=UTC).timestamp()))
    os.utime(young, (0, datetime(2027, 5, 12, tzinfo=UTC).timestamp()))
    _months_of_backups(place, clock, MONTHS + 1)

    assert not old.exists()
    assert (young / "desk.db").is_file()


def test_one_that_cannot_be_removed_ends_no_backup_and_goes_the_next_time(
    aside: Path, place: Place, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    _months_of_backups(place, clock, MONTHS - 1)

    sound = shutil.rmtree

    def refusing(path: Path, **named: Any) -> None:
        if Path(path) == aside:
            raise PermissionError(13, "Permission denied")
        sound(path, **named)

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", refusing)
        _months_of_backups(place, clock, 1)
    assert aside.is_dir()
    assert not (aside / "desk.db").exists()

    _months_of_backups(place, clock, 1)

    assert not aside.exists()
