"""From ten working days before the wedding on no dispensation is needed (domain facts §9.1)."""

from datetime import date, timedelta

import pytest

from kecamatan_desk.domain.calendar import WorkingCalendar
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.warnings import check_values
from kecamatan_desk.workflows.catalog import SERVICES
from tests.walking import DeskOf, filled


def calendar_and_day(work: UnitOfWork) -> tuple[WorkingCalendar, date]:
    return work.calendar, work.today


@pytest.mark.parametrize(("days", "told"), [(8, False), (9, False), (10, True), (11, True)])
def test_the_tenth_working_day_is_the_first_that_needs_none(
    desk_of: DeskOf, days: int, told: bool
) -> None:
    desk = desk_of(Role.PELAYANAN)
    calendar, today = desk.ask(calendar_and_day)
    wedding, left = today, days
    while left:
        wedding += timedelta(days=1)
        left -= calendar.is_working_day(wedding)
    values = filled(SERVICES["dispensasi-nikah"], "terima", akad_tanggal=wedding.isoformat())

    notes = desk.ask(check_values, "dispensasi-nikah", values)

    found = [note.message for note in notes if note.field == "akad-tanggal"]
    assert found == ([f"Akad masih {days} hari kerja lagi."] if told else [])
