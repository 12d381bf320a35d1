"""Numbers set aside or lost in one year and written down in the next: they stay in their year."""

from datetime import UTC, date, datetime

import pytest

from kecamatan_desk.domain.errors import ClockDoubtError, InputError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.numbers import take_block
from kecamatan_desk.usecases import closing
from kecamatan_desk.usecases.blocks import LOST, open_reserved
from kecamatan_desk.usecases.clock_guard import confirm_clock
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.manual_letters import manual_number
from kecamatan_desk.usecases.number_values import ReservedNumber
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import mark_of
from kecamatan_desk.usecases.reserved_lines import read_book
from kecamatan_desk.usecases.reserving import declare_unused, set_start, waiting_numbers
from tests.builders import DeskOf, SettableClock, op, registered
from tests.reserving import findings, letter, recorded, set_aside
from tests.walking import dump, rows

BEFORE_NEW_YEAR = datetime(2026, 12, 30, 2, 0, tzinfo=UTC)
AFTER_NEW_YEAR = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)


def turned(desk: Desk, clock: SettableClock, now: datetime) -> None:
    clock.set(now)
    desk.call(confirm_clock, op())


def lost_last_year(desk: Desk, clock: SettableClock) -> tuple[ReservedNumber, ...]:
    """Restore a disk in January: two numbers of December stand on paper alone."""
    turned(desk, clock, AFTER_NEW_YEAR)

    def laid_down(work: UnitOfWork) -> None:
        link = work.link()
        take_block(work.session, link, "umum", "2026", 2, LOST, "Data hilang")
        work.close_event(link, op(), "uji", Role.REGISTER)

    desk.call(laid_down)
    return desk.ask(waiting_numbers)


def agendas(desk: Desk, year: int) -> list[str]:
    mark = desk.ask(mark_of)
    return sorted(line.agenda for line in read_book(desk, None, Period.of_year(year), mark))


def test_a_number_set_aside_in_december_is_on_no_letter_of_january(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    desk = desk_of(Role.REGISTER)
    turned(desk, clock, BEFORE_NEW_YEAR)
    number, _ = set_aside(desk_of, "umum", 2)
    turned(desk, clock, AFTER_NEW_YEAR)
    own = {"block_id": number.block_id, "number": number.number}
    before = dump(desk.store.path)
    january = letter(letter_day=date(2027, 1, 5), **own)
    with pytest.raises(InputError, match="milik tahun 2026"):
        desk.ask(manual_number, january)
    with pytest.raises(InputError, match="milik tahun 2026") as refused:
        recorded(desk_of, letter_day=date(2027, 1, 5), **own)
    assert refused.value.field == "letter_day"
    assert dump(desk.store.path) == before

    recorded(desk_of, letter_day=date(2026, 12, 31), **own)
    (line,) = rows(desk.store.path, "SELECT day, letter_number FROM register_line")
    assert line["day"] == "2026-12-31"
    assert line["letter_number"].endswith("/XII/2026")


def test_a_letter_lost_in_december_and_written_down_in_january_stands_in_decembers_book(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    desk = desk_of(Role.REGISTER)
    first, second = lost_last_year(desk, clock)
    assert agendas(desk, 2026) == ["001", "002"]
    recorded(desk_of, block_id=first.block_id, number=first.number, letter_day=date(2026, 12, 28))
    assert agendas(desk, 2026) == ["001", "002"]
    assert agendas(desk, 2027) == []
    desk.call(declare_unused, op(), ((second.block_id, second.number),), "Dicari di arsip")
    assert agendas(desk, 2026) == ["001", "002"]
    assert desk.ask(waiting_numbers) == ()


def test_a_year_does_not_close_over_numbers_that_were_lost_with_a_disk(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    registered(desk_of)
    desk = desk_of(Role.REGISTER)
    lost = lost_last_year(desk, clock)
    closing.close_in_order(desk, op(), 2026)
    assert desk.ask(open_reserved, "2026-12") == lost
    assert desk.ask(open_reserved, "2027-01") == ()
    for deed in (
        lambda: desk.call(closing.close_month, op(), 2026, 12),
        lambda: desk.call(closing.close_year, op(), 2026),
    ):
        with pytest.raises(RuleError, match="tidak ditutup"):
            deed()
    unused = tuple((one.block_id, one.number) for one in lost)
    desk.call(declare_unused, op(), unused, "Dicari di arsip")
    desk.call(closing.close_month, op(), 2026, 12)
    desk.call(closing.close_year, op(), 2026)
    assert findings(desk) == []


def test_a_paper_book_does_not_go_on_in_the_year_of_a_doubtful_clock(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    registered(desk_of)
    clock.set(datetime(2028, 1, 5, 2, 0, tzinfo=UTC))
    with pytest.raises(ClockDoubtError):
        desk_of(Role.REGISTER).call(set_start, op(), "skck", 40)
    assert rows(desk_of(Role.REGISTER).store.path, "SELECT id FROM number_block") == []
