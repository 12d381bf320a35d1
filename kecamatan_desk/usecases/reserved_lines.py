"""Numbers set aside as the book shows them: a line that says so, until somebody fills it in.

They are no rows of the register; they stand where their line will stand. In the common register,
which goes by day, they lead the day on which they were set aside.
"""

import heapq
from collections.abc import Iterator
from datetime import date

from kecamatan_desk.documents.book_values import RESERVED as OPEN
from kecamatan_desk.persistence.tables import BlockRecord, table_of
from kecamatan_desk.usecases.blocks import LOST, reserved_numbers
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.lost_inserted import lost_numbers
from kecamatan_desk.usecases.number_values import ReservedNumber
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import Mark, Place, RegisterLine, read_lines
from kecamatan_desk.usecases.series import service_of_series

#: What stands under Keterangan until the line is there, by kind of block.
WAITS = "Cadangan, belum diisi"
WAITS_LOST = "Terpakai, data hilang \u2013 isi dari arsip kertas"
_BLOCK_OF = 10**6  # above any number: the lines of a block stay together
_BEFORE_ALL = 10**15  # above any id, so that these lines lead their day
_BLOCK = table_of(BlockRecord)


def reserved_in_book(
    work: UnitOfWork, service_code: str | None, year: int, period: Period, mark: Mark
) -> tuple[RegisterLine, ...]:
    """Give the open numbers of a book's year and days as lines, in the order of the book.

    A service's book shows those of its own series; the common register (None) shows all.
    """
    wanted = [_BLOCK.c.period == str(year), _BLOCK.c.event_seq <= mark.event]
    if service_code is not None:
        wanted.append(_BLOCK.c.series == service_code)
    found = reserved_numbers(work, *wanted, newest_line=mark.line)
    found += lost_numbers(
        work, str(year), service_code, newest_line=mark.line, newest_event=mark.event
    )
    lines = [
        _line(one, common=service_code is None)
        for one in found
        if period.first <= _day_of(one) <= period.last
    ]
    return tuple(sorted(lines, key=by_place))


def read_book(
    desk: Desk, service_code: str | None, period: Period, mark: Mark, after: Place | None = None
) -> Iterator[RegisterLine]:
    """Yield the lines of a book with its open numbers between them, behind a place if given.

    Pages that are printed as a book grows (``after``) go by number: in the common register, which
    goes by day, a number filled in later takes a line of its own day, so none is set aside there.
    """
    for year in range(period.first.year, period.last.year + 1):
        part = _part(period, year)
        waiting = desk.ask(reserved_in_book, service_code, year, part, mark)
        written = read_lines(desk, service_code, part, mark, after)
        shown = [line for line in waiting if after is None or line.place > after]
        yield from heapq.merge(written, shown, key=by_place)


def by_place(line: RegisterLine) -> Place:
    """Give where a line stands in its book."""
    return line.place


def _part(period: Period, year: int) -> Period:
    whole = Period.of_year(year)
    return Period(max(period.first, whole.first), min(period.last, whole.last))


def _day_of(one: ReservedNumber) -> date:
    """Give the day it stands under: that of its year, where its data were restored later."""
    return one.day if str(one.day.year) == one.period else date(int(one.period), 12, 31)


def _line(one: ReservedNumber, *, common: bool) -> RegisterLine:
    day = _day_of(one)
    place: Place = (one.number, one.suffix, one.series)
    if common:
        place = (day.isoformat(), one.block_id * _BLOCK_OF + one.number - _BEFORE_ALL)
    return RegisterLine(
        id=0,
        place=place,
        agenda=one.label,
        registered=day,
        written=None,
        written_by="",
        queue="",
        name="",
        nik="",
        sex="",
        address="",
        village="",
        service=service_of_series(one.series),
        purpose="",
        intro_number="",
        intro_date=None,
        letter_number="",
        letter_date=None,
        signatory="",
        handed=None,
        receiver="",
        handed_by="",
        note=WAITS_LOST if one.kind == LOST else WAITS,
        state=OPEN,
        inserted=bool(one.suffix),
        file_code="",
        facts={},
    )
