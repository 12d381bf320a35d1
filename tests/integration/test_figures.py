"""The figures, from requests that went through the real use-cases."""

from datetime import UTC, datetime

import pytest

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.figures import month_figures, office_today
from kecamatan_desk.usecases.office import save_absence
from kecamatan_desk.usecases.office_values import OfficeToday, ServiceFigures
from kecamatan_desk.usecases.processing import cancel, fail_check, pause
from kecamatan_desk.usecases.values import Answer
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import (
    DeskOf,
    SettableClock,
    checked,
    handed_over,
    op,
    registered,
    seen,
    taken_in,
)


def sktm(desk_of: DeskOf, year: int = 2026, month: int = 5) -> ServiceFigures:
    rows = desk_of(Role.CAMAT).ask(month_figures, year, month)
    return next(row for row in rows if row.service == "sktm")


def today(desk_of: DeskOf) -> OfficeToday:
    return desk_of(Role.CAMAT).ask(office_today)


def test_a_month_without_work_lists_every_service_with_nothing(desk_of: DeskOf) -> None:
    rows = desk_of(Role.CAMAT).ask(month_figures, 2026, 5)

    assert [row.service for row in rows] == list(SERVICES)
    assert sktm(desk_of) == ServiceFigures("sktm", 0, 0, 0, 0, 0, None, 0)


def test_what_came_was_done_is_left_and_was_refused(desk_of: DeskOf, clock: SettableClock) -> None:
    handed_over(desk_of)
    handed_over(desk_of)
    taken_in(desk_of)
    desk_of(Role.PELAYANAN).call(cancel, op(), seen(taken_in(desk_of)), "Dicabut pemohon")

    assert sktm(desk_of) == ServiceFigures("sktm", 4, 2, 0, 1, 1, 0.0, 2)


def test_a_returned_file_counts_as_left(desk_of: DeskOf) -> None:
    missing = SERVICES["sktm"].requirements[0]
    papers = [Answer(missing.code, "tidak-ada", reason="Belum dibawa")]
    desk_of(Role.KASI).call(fail_check, op(), seen(taken_in(desk_of)), papers)

    assert (sktm(desk_of).open, sktm(desk_of).failed) == (1, 0)


def test_minutes_are_those_the_officers_spent(desk_of: DeskOf, clock: SettableClock) -> None:
    waiting = taken_in(desk_of)
    clock.advance(minutes=20)
    handed_over(desk_of, registered(desk_of, checked(desk_of, waiting)))
    handed_over(desk_of)

    figures = sktm(desk_of)
    assert figures.average_minutes == 10
    assert figures.within_norm == 1


def test_months_are_the_offices_own_and_keep_what_was_left_then(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    clock.set(datetime(2026, 5, 31, 16, 30, tzinfo=UTC))  # 23.30 WIB on the last day of May
    taken_in(desk_of)
    clock.set(datetime(2026, 5, 31, 17, 30, tzinfo=UTC))  # 00.30 WIB on 1 June
    waiting = taken_in(desk_of)
    desk_of(Role.PELAYANAN).call(cancel, op(), seen(waiting), "Dicabut pemohon")

    assert (sktm(desk_of).came, sktm(desk_of).open) == (1, 1)
    june = sktm(desk_of, month=6)
    assert (june.came, june.refused, june.open) == (1, 1, 1)
    assert sktm(desk_of, month=4).open == 0
    assert sktm(desk_of, 2026, 12).open == 1


def test_the_office_on_one_page(desk_of: DeskOf, clock: SettableClock) -> None:
    oldest = taken_in(desk_of, nama="Iis Komariah")
    clock.advance(days=1)
    handed_over(desk_of)
    taken_in(desk_of)

    page = today(desk_of)

    assert (page.came, page.done, page.open) == (2, 1, 2)
    assert page.waiting_for == ((Role.KASI, 2),)
    assert page.oldest is not None
    assert page.oldest.id == oldest.request_id
    assert page.late == 1


@pytest.mark.parametrize("stopped_by", ["pause", "absence"])
def test_a_file_that_is_paused_is_not_late(
    desk_of: DeskOf, clock: SettableClock, stopped_by: str
) -> None:
    waiting = taken_in(desk_of)
    kasi = desk_of(Role.KASI)
    if stopped_by == "pause":
        kasi.call(pause, op(), seen(waiting), "Listrik padam")
    else:
        day = clock.now.date()
        desk_of(Role.ADMIN).call(save_absence, op(), kasi.user.id, day, day, "Rapat")

    clock.advance(hours=2)

    assert today(desk_of).late == 0
