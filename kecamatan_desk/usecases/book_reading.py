"""A book on screen: its last lines first, the earlier ones as they are asked for.

The lines are those that print: same order, same cells, same count. Each call is a few short
transactions however long the book is, so that the counter goes on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_

from kecamatan_desk.documents.book_values import HANDED, VOID, BookForm, BookLine
from kecamatan_desk.domain.roles import ON_FILES
from kecamatan_desk.persistence.tables import (
    EventRecord,
    LineRecord,
    LineStatusRecord,
    RequestRecord,
    table_of,
)
from kecamatan_desk.usecases.book_cells import book_line
from kecamatan_desk.usecases.book_forms import COMMON, REGISTER_BOOKS
from kecamatan_desk.usecases.booking import writes_letter
from kecamatan_desk.usecases.delivery_book import delivery_window
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.line_services import LINE_SERVICES
from kecamatan_desk.usecases.office_books import OFFICE_BOOKS
from kecamatan_desk.usecases.office_form import DELIVERY, OUTGOING, RETURNED, WINDOW
from kecamatan_desk.usecases.outgoing_book import minutes_lines, sent_line
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import (
    CHUNK,
    Mark,
    Place,
    lines_by_id,
    mark_of,
    order_of,
)
from kecamatan_desk.usecases.reserved_lines import reserved_in_book
from kecamatan_desk.usecases.returned_book import RETURNS, events_of, return_window
from kecamatan_desk.workflows.catalog import SERVICES

_LINE, _STATUS, _EVENT, _REQUEST = map(
    table_of, (LineRecord, LineStatusRecord, EventRecord, RequestRecord)
)
_KEYS = 2000  # places in the book's order looked at in one short transaction
_SPAN = 500  # status rows looked through at once for lines to show
_COUNTED = 10_000  # status rows counted in one short transaction


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as it prints, with what a deed needs."""

    number: int  # as the book counts its lines
    line: BookLine
    request_id: int = 0  # 0: not of the register, so it cannot be void
    name: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """Where the lines shown begin. What is written later is not seen by those asked for next."""

    mark: Mark
    at: Any  # where to go on; the book's own affair
    left: int  # lines in front
    total: int
    voided: int


@dataclass(frozen=True, slots=True)
class BookPart:
    """Lines of a book in its order, and how many the whole of it has."""

    lines: tuple[ReadLine, ...]
    total: int
    voided: int
    before: Before | None  # ask with this for the lines in front; None: there are none


@dataclass(frozen=True, slots=True)
class BookChoice:
    """A book in the list to choose from."""

    form: BookForm
    keywords: str
    lines: int | None  # of the year; None: not counted


_Read = tuple[list[ReadLine], Any]  # lines, where to go on (None: at the beginning)


def book_choices(work: UnitOfWork, year: int) -> tuple[tuple[BookChoice, ...], int]:
    """List the books, the common register first, then the most used of the year.

    Also the first year anything was written in (this one, when nothing was).
    """
    work.require(*ON_FILES)
    counted: dict[str, int] = dict(
        work.session.execute(
            select(_LINE.c.service, func.count())
            .where(_LINE.c.service.in_(LINE_SERVICES), _LINE.c.period == str(year))
            .group_by(_LINE.c.service)
        ).all()
    )
    letters = sum(counted.get(code, 0) for code in SERVICES if writes_letter(SERVICES[code]))
    ranks: dict[str, float] = dict(counted)
    ranks |= {COMMON: float("inf"), OUTGOING: letters, DELIVERY: letters - 0.1, RETURNED: 0.1}
    choices = [
        *(_choice(book.form, counted) for book in REGISTER_BOOKS.values()),
        *(BookChoice(form, "", None) for form, _ in OFFICE_BOOKS.values()),
    ]
    choices.sort(key=lambda choice: -ranks.get(choice.form.code, 0))
    first = work.session.scalar(select(func.min(_LINE.c.period)))
    return tuple(choices), int(first or work.today.year)


def _choice(form: BookForm, counted: dict[str, int]) -> BookChoice:
    if form.service is None:
        return BookChoice(form, "umum semua layanan", sum(counted.values()))
    service = SERVICES[form.service]
    return BookChoice(form, f"{service.label} {form.code}", counted.get(form.code, 0))


def read_back(
    desk: Desk, book_code: str, period: Period, before: Before | None, least: int
) -> BookPart:
    """Give the last lines of a book, or those in front of ``before``: ``least`` or some more."""
    if before is None:
        mark = desk.ask(mark_of)
        total, voided = _totals(desk, book_code, period, mark)
        at, left = None, total
    else:
        mark, at, left = before.mark, before.at, before.left
        total, voided = before.total, before.voided
    if not left:
        return BookPart((), total, voided, None)
    found, at = _reader_of(book_code)(desk, period, mark, at, least)
    number = left - len(found)
    lines = tuple(
        ReadLine(number + n, one.line, one.request_id, one.name) for n, one in enumerate(found, 1)
    )
    begins = at is None or number <= 0
    return BookPart(
        lines, total, voided, None if begins else Before(mark, at, number, total, voided)
    )


def _reader_of(book_code: str) -> Callable[[Desk, Period, Mark, Any, int], _Read]:
    if book_code in REGISTER_BOOKS:
        return _Register(book_code)
    return {OUTGOING: _outgoing, DELIVERY: _delivered, RETURNED: _returned}[book_code]


# --- books of the register -----------------------------------------------------------------------


class _Register:
    """Reads a register book from its end, chunk by chunk, the latest year first."""

    def __init__(self, book_code: str) -> None:
        self._book = REGISTER_BOOKS[book_code]

    def __call__(self, desk: Desk, period: Period, mark: Mark, at: Any, least: int) -> _Read:
        year, last = at or (period.last.year, None)
        found: list[ReadLine] = []
        while year >= period.first.year and len(found) < least:
            wanted = least - len(found)
            lines, before, more = desk.ask(self._chunk, period, mark, year, last, wanted)
            open_ones = self._open(desk, period, mark, year, last, before if more else None)
            found = sorted([*lines, *open_ones], key=_place_of) + found
            last = before
            if not more:
                year, last = year - 1, None
        return found, (year, last) if year >= period.first.year else None

    def _open(
        self, desk: Desk, period: Period, mark: Mark, year: int, above: Any, below: Any
    ) -> list[ReadLine]:
        """Give the numbers set aside that stand in front of a place and not before another."""
        found = desk.ask(reserved_in_book, self._book.form.service, year, period, mark)
        return [
            ReadLine(0, book_line(self._book, line))
            for line in found
            if (above is None or line.place < above) and (below is None or line.place >= below)
        ]

    def _chunk(
        self, work: UnitOfWork, period: Period, mark: Mark, year: int, last: Any, wanted: int
    ) -> tuple[list[ReadLine], Any, bool]:
        """Look at a bounded number of rows along the index of the book's own order."""
        service = self._book.form.service
        order = order_of(service)
        query = select(_LINE.c.id, _LINE.c.request_id, _LINE.c.service, _LINE.c.day, *order)
        query = query.where(_LINE.c.period == str(year))
        if service is None:
            first, until = period.first.isoformat(), period.last.isoformat()
            query = query.where(_LINE.c.day >= first, _LINE.c.day <= until)
        else:
            query = query.where(_LINE.c.service == service)
        if last is not None:
            query = query.where(tuple_(*order) < last)
        descending = [column.desc() for column in order]
        whole = service is None or (
            _within(period, f"{year}-01-01") and _within(period, f"{year}-12-31")
        )
        limit = min(wanted, _KEYS) if whole else _KEYS
        rows = work.session.execute(query.order_by(*descending).limit(limit)).all()
        kept: list[Any] = []
        seen = 0
        for row in rows:
            if len(kept) == wanted:
                break
            seen += 1
            if row.id <= mark.line and service in (None, row.service) and _within(period, row.day):
                kept.append(row)
        end = tuple(getattr(rows[seen - 1], column.key) for column in order) if seen else last
        ids = [row.id for row in kept]
        lines = lines_by_id(work, ids, mark, common=service is None) if ids else {}
        found = [
            ReadLine(
                0, book_line(self._book, lines[row.id]), row.request_id or 0, lines[row.id].name
            )
            for row in reversed(kept)
        ]
        return found, end, seen < len(rows) or len(rows) == limit


def _place_of(read: ReadLine) -> Place:
    return read.line.place


def _within(period: Period, day: str) -> bool:
    return period.first.isoformat() <= day <= period.last.isoformat()


# --- the office's further books ------------------------------------------------------------------


def _outgoing(desk: Desk, period: Period, mark: Mark, at: Any, least: int) -> _Read:
    """Letters of the register and Berita Acara, merged by day and number."""
    minutes = [((*key, 1), line) for key, line in desk.ask(minutes_lines, period, mark)]
    keyed = [one for one in minutes if at is None or one[0] < at]
    year, last = int(at[0][:4]) if at else period.last.year, at
    wanted = least
    while year >= period.first.year and wanted > 0:
        lines, last = desk.ask(_letters, period, mark, year, last, wanted)
        keyed += lines
        wanted -= len(lines)
        if last is None:
            year -= 1
    keyed.sort(key=_by_place)
    shown = keyed[-least:]  # of those in front of them, letters may not have been looked at yet
    all_shown = len(shown) == len(keyed) and year < period.first.year
    return [ReadLine(0, line) for _, line in shown], None if all_shown else shown[0][0]


def _by_place(keyed: tuple[Place, BookLine]) -> Place:
    return keyed[0]


def _letters(
    work: UnitOfWork, period: Period, mark: Mark, year: int, at: Place | None, wanted: int
) -> tuple[list[tuple[Place, BookLine]], Place | None]:
    """Give letters in front of a place, and where to go on; None: the year has no more."""
    order = (_LINE.c.day, _LINE.c.number, _LINE.c.suffix, _LINE.c.id)
    query = select(*order).where(*_numbered(period, [year]))
    if at is not None:
        place = tuple_(*order)
        in_front = place <= at[:4] if at[4] else place < at[:4]  # letters before Berita Acara
        query = query.where(_LINE.c.day <= at[0], in_front)
    descending = [column.desc() for column in order]
    limit = min(wanted, CHUNK)
    rows = work.session.execute(query.order_by(*descending).limit(limit)).all()
    lines = lines_by_id(work, [row.id for row in rows if row.id <= mark.line], mark)
    keyed = [((*row, 0), sent_line(lines[row.id])) for row in rows if row.id in lines]
    return keyed, (*rows[-1], 0) if len(rows) == limit else None


def _delivered(desk: Desk, period: Period, mark: Mark, at: Any, least: int) -> _Read:
    until = mark.status if at is None else at
    found: list[ReadLine] = []
    while until > 0 and len(found) < least:
        after = max(until - _SPAN, 0)
        lines = desk.ask(delivery_window, period, mark, after, until)
        found = [ReadLine(0, line) for line in lines] + found
        until = after
    return found, until or None


def _returned(desk: Desk, period: Period, mark: Mark, at: Any, least: int) -> _Read:
    first, last = desk.ask(events_of, period, mark)
    until = last if at is None else at
    found: list[ReadLine] = []
    while until >= first and len(found) < least:
        after = max(until - WINDOW, first - 1)
        found = [ReadLine(0, one) for one in desk.ask(return_window, mark, after, until)] + found
        until = after
    return found, until if until >= first else None


# --- counting ------------------------------------------------------------------------------------


def _totals(desk: Desk, book_code: str, period: Period, mark: Mark) -> tuple[int, int]:
    """Give how many lines the book has at the mark, and how many of them are void."""
    match book_code:
        case _ if book_code in REGISTER_BOOKS:
            service = REGISTER_BOOKS[book_code].form.service
            return desk.ask(_count_lines, service, period, mark)
        case _ if book_code == OUTGOING:
            return desk.ask(_count_letters, period, mark)
        case _ if book_code == DELIVERY:
            spans = range(0, mark.status, _COUNTED)
            return sum(desk.ask(_count_delivered, period, mark, start) for start in spans), 0
    return desk.ask(_count_returned, period, mark), 0


def _count_lines(
    work: UnitOfWork, service: str | None, period: Period, mark: Mark
) -> tuple[int, int]:
    of_book = _written(period)
    if service is not None:
        of_book.append(_LINE.c.service == service)
    total, voided = _count(work, of_book, mark)
    years = range(period.first.year, period.last.year + 1)
    waiting = [reserved_in_book(work, service, year, period, mark) for year in years]
    return total + sum(len(lines) for lines in waiting), voided


def _count(work: UnitOfWork, of_book: Sequence[ColumnElement[bool]], mark: Mark) -> tuple[int, int]:
    kept = (_LINE.c.id <= mark.line, *of_book)
    total = work.session.scalar(select(func.count()).select_from(_LINE).where(*kept))
    line = select(_LINE.c.id).where(_LINE.c.id == _STATUS.c.line_id, *kept)
    voided = work.session.scalar(
        select(func.count(_STATUS.c.id)).where(
            _STATUS.c.kind == VOID, _STATUS.c.id <= mark.status, line.exists()
        )
    )
    return total or 0, voided or 0


def _written(period: Period, years: Sequence[int] = ()) -> list[ColumnElement[bool]]:
    """Give what makes a line one of a period; of whole years the index alone tells."""
    years = years or range(period.first.year, period.last.year + 1)
    of_years = _LINE.c.period.in_([str(year) for year in years])
    if (period.first, period.last) == (
        Period.of_year(period.first.year).first,
        Period.of_year(period.last.year).last,
    ):
        return [of_years]
    first, last = period.first.isoformat(), period.last.isoformat()
    return [and_(of_years, _LINE.c.day >= first, _LINE.c.day <= last)]


def _numbered(period: Period, years: Sequence[int] = ()) -> list[ColumnElement[bool]]:
    first, last = period.first.isoformat(), period.last.isoformat()
    days = and_(_LINE.c.day >= first, _LINE.c.day <= last)
    return [*_written(period, years), days, _LINE.c.letter_number.is_not(None)]


def _count_letters(work: UnitOfWork, period: Period, mark: Mark) -> tuple[int, int]:
    total, voided = _count(work, _numbered(period), mark)
    minutes = minutes_lines(work, period, mark)
    return total + len(minutes), voided + sum(line.state == VOID for _, line in minutes)


def _count_delivered(work: UnitOfWork, period: Period, mark: Mark, after: int) -> int:
    minutes = func.json_extract(_STATUS.c.facts, '$.later."berita-acara"')
    query = (
        select(func.count())
        .select_from(_STATUS.join(_LINE, _LINE.c.id == _STATUS.c.line_id))
        .where(
            _STATUS.c.id > after,
            _STATUS.c.id <= min(after + _COUNTED, mark.status),
            _STATUS.c.kind == HANDED,
            _STATUS.c.day >= period.first.isoformat(),
            _STATUS.c.day <= period.last.isoformat(),
            or_(_LINE.c.letter_number.is_not(None), func.coalesce(minutes, "") != ""),
        )
    )
    return work.session.scalar(query) or 0


def _count_returned(work: UnitOfWork, period: Period, mark: Mark) -> int:
    first, last = events_of(work, period, mark)
    query = (
        select(func.count())
        .select_from(_EVENT.join(_REQUEST, _REQUEST.c.id == _EVENT.c.request_id))
        .where(_EVENT.c.seq >= first, _EVENT.c.seq <= last, _EVENT.c.act.in_(RETURNS))
    )
    return work.session.scalar(query) or 0
