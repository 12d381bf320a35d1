"""Numbers set aside as the book shows them: a line that says so, until somebody fills it in.

They are no rows of the register; they stand where their line will stand. In the common register,
which goes by day, they stand behind the last line written before they were set aside.
"""

import heapq
from collections.abc import Iterator

from sqlalchemy import select

from kecamatan_desk.documents.book_values import RESERVED as OPEN
from kecamatan_desk.persistence.tables import (
    BlockRecord,
    BookActRecord,
    EventRecord,
    LineRecord,
    table_of,
)
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.blocks import LOST, TO_FILL, reserved_numbers
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.lost_inserted import lost_numbers
from kecamatan_desk.usecases.number_values import ReservedNumber, in_its_year
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import (
    Mark,
    Place,
    RegisterLine,
    order_of,
    read_lines,
)
from kecamatan_desk.usecases.series import service_of_series

#: What stands under Keterangan until the line is there, by kind of block.
WAITS = "Cadangan, belum diisi"
WAITS_LOST = "Terpakai, data hilang \u2013 isi dari arsip kertas"
_BLOCK, _ACT, _LINE, _EVENT = map(table_of, (BlockRecord, BookActRecord, LineRecord, EventRecord))


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
    behind = _Behind(work)
    lines = [
        _line(one, behind.place(one) if service_code is None else None)
        for one in found
        if period.first <= one.day <= period.last
    ]
    return tuple(sorted(lines, key=by_place))


def read_book(
    desk: Desk, service_code: str | None, period: Period, mark: Mark, after: Place | None = None
) -> Iterator[RegisterLine]:
    """Yield the lines of a book with its open numbers between them, behind a place if given."""
    for year in range(period.first.year, period.last.year + 1):
        part = _part(period, year)
        waiting = desk.ask(reserved_in_book, service_code, year, part, mark)
        of_line = after[: len(order_of(service_code))] if after is not None else None
        written = read_lines(desk, service_code, part, mark, of_line)
        shown = [line for line in waiting if after is None or line.place > after]
        yield from heapq.merge(written, shown, key=by_place)


def by_place(line: RegisterLine) -> Place:
    """Give where a line stands in its book."""
    return line.place


def _part(period: Period, year: int) -> Period:
    whole = Period.of_year(year)
    return Period(max(period.first, whole.first), min(period.last, whole.last))


class _Behind:
    """Where numbers set aside stand in the common register: behind the lines written before."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._line: dict[int, int] = {}  # by block: the newest line when it was laid down

    def place(self, one: ReservedNumber) -> Place:
        """Give the place; it begins as that of the line in front, so it sorts behind it."""
        if one.block_id not in self._line:
            self._line[one.block_id] = self._newest_before(one.block_id)
        return (one.day.isoformat(), self._line[one.block_id], one.block_id, one.number)

    def _newest_before(self, block_id: int) -> int:
        source = _ACT if block_id < 0 else _BLOCK
        event = select(source.c.event_seq).where(source.c.id == abs(block_id)).scalar_subquery()
        newest = select(_LINE.c.id).where(_LINE.c.event_seq < event).order_by(_LINE.c.id.desc())
        return int(self._work.session.scalar(newest.limit(1)) or 0)


def filled_places(work: UnitOfWork, year: int, newest_line: int) -> dict[int, Place]:
    """Give the lines on numbers that were set aside, with the place of the row they have filled.

    Of the common register, where a line goes by its own day and not by its number.
    """
    period, behind = str(year), _Behind(work)
    blocks = work.session.execute(
        select(_BLOCK, _EVENT.c.at)
        .join(_EVENT, _EVENT.c.seq == _BLOCK.c.event_seq)
        .where(_BLOCK.c.period == period, _BLOCK.c.kind.in_(TO_FILL))
    ).all()
    found: dict[int, Place] = {}
    for block in blocks:
        day = in_its_year(moment(block.at).astimezone(work.zone).date(), period)
        lines = work.session.execute(
            select(_LINE.c.id, _LINE.c.number).where(
                _LINE.c.series == block.series,
                _LINE.c.period == period,
                _LINE.c.number.between(block.first, block.last),
                _LINE.c.suffix == "",
                _LINE.c.id <= newest_line,
            )
        )
        for line in lines:
            one = ReservedNumber(block.id, block.series, period, line.number, block.kind, day)
            found[line.id] = behind.place(one)
    return found


def _line(one: ReservedNumber, of_common: Place | None) -> RegisterLine:
    place: Place = of_common or (one.number, one.suffix, one.series)
    return RegisterLine(
        id=0,
        place=place,
        agenda=one.label,
        registered=one.day,
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
