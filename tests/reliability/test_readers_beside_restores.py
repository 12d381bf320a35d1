"""A command opened before a restore or an upgrade never writes into the data it replaced."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kecamatan_desk.bootstrap import held, open_place
from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import AlreadyOpenError, Place
from kecamatan_desk.persistence.database import as_opened
from kecamatan_desk.persistence.generations import point_to
from kecamatan_desk.usecases.backups import back_up_now
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.exports import EXPORT, record_output
from kecamatan_desk.usecases.reasons import Reason
from kecamatan_desk.usecases.restore_planning import plan_restore
from kecamatan_desk.usecases.restore_values import Restorer
from kecamatan_desk.usecases.restoring import carry_out
from tests.builders import PASSWORD, SettableClock, op, registered
from tests.reliability.backup_tools import events
from tests.walking import DeskOf

REFUSED = "dipulihkan dari cadangan.*tidak ada yang hilang; jalankan perintahnya sekali lagi"


@pytest.fixture
def saved(office: Office, desk_of: DeskOf) -> Path:
    """A backup of an office whose window is closed."""
    registered(desk_of)
    made = back_up_now(desk_of(Role.ADMIN)).local.path
    office.close()
    return made


@pytest.fixture
def reader(saved: Path, place: Place, clock: SettableClock) -> Iterator[Office]:
    """The office as a command opens it, beside whatever else is done in the place."""
    opened = open_place(place, write=False, clock=clock)
    yield opened
    opened.close()


def write(desk: Desk) -> None:
    told = {"what": "buku", "service": "sktm"}
    desk.call(record_output, op(), EXPORT, (Role.ADMIN,), told, reason=Reason("arsip"))


def restore(place: Place, saved: Path, clock: SettableClock) -> None:
    with held(place):
        plan = plan_restore(place, saved, now=clock())
        carry_out(place, plan, Restorer(0, "Admin", "akun"), now=clock())


def test_what_comes_after_a_restore_is_refused_and_goes_into_neither(
    reader: Office, saved: Path, place: Place, clock: SettableClock
) -> None:
    desk = reader.sign_in(Role.ADMIN.value, PASSWORD)
    write(desk)
    replaced = place.current_database
    before = events(replaced)

    restore(place, saved, clock)

    restored = events(place.current_database)
    with pytest.raises(MachineError, match=REFUSED):
        write(desk)
    with pytest.raises(MachineError, match=REFUSED):
        reader.sign_in(Role.ADMIN.value, PASSWORD)
    assert place.current_database != replaced
    assert events(replaced) == before
    assert events(place.current_database) == restored

    again = open_place(place, write=False, clock=clock)
    try:
        write(again.sign_in(Role.ADMIN.value, PASSWORD))
    finally:
        again.close()
    assert len(events(place.current_database)) == len(restored) + 1


def test_a_restore_between_opening_and_the_first_deed_is_seen_too(
    reader: Office, saved: Path, place: Place, clock: SettableClock
) -> None:
    restore(place, saved, clock)

    with pytest.raises(MachineError, match=REFUSED):
        reader.sign_in(Role.ADMIN.value, PASSWORD)


def test_a_pointer_that_names_the_same_data_or_none(reader: Office, place: Place) -> None:
    desk = reader.sign_in(Role.ADMIN.value, PASSWORD)
    point_to(place, place.current_database.parent.name)
    write(desk)

    place.pointer.unlink()  # an office nobody has worked in gives way to a restore

    with pytest.raises(MachineError, match=REFUSED):
        write(desk)


def test_the_window_needs_no_look(office: Office, desk_of: DeskOf, place: Place) -> None:
    """It holds the place: who wants to replace its data is refused before he touches them."""
    assert desk_of(Role.ADMIN).store.may_write is as_opened
    with pytest.raises(AlreadyOpenError), held(place):
        pass
