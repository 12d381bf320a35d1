"""A growing book printed page after page (lanjutan), and the pages kept as they were printed.

Each print is one file of the byte store and one archive row, which knows what its pages show: the
next print begins behind it. Nothing that was printed is laid out again.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, tuple_

from kecamatan_desk.documents.book_values import BookForm, BookLine, BookValues
from kecamatan_desk.domain.errors import RuleError, StaleError
from kecamatan_desk.domain.roles import ON_FILES
from kecamatan_desk.persistence.chain import canonical
from kecamatan_desk.persistence.tables import BookPrintRecord, LineRecord, table_of
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.book_cells import RegisterBook, book_line
from kecamatan_desk.usecases.book_forms import REGISTER_BOOKS
from kecamatan_desk.usecases.book_notes import (
    PagesOf,
    Printed,
    inserted_since,
    notes_since,
)
from kecamatan_desk.usecases.book_secrecy import refuse_named_since
from kecamatan_desk.usecases.book_surroundings import book_values
from kecamatan_desk.usecases.closing_marks import closed_book
from kecamatan_desk.usecases.courtesy import counter_first
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, command, earlier_answer
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import (
    Mark,
    Place,
    RegisterLine,
    kept_place,
    mark_of,
    order_of,
)
from kecamatan_desk.usecases.reserved_lines import filled_places, read_book, reserved_in_book

if TYPE_CHECKING:
    from kecamatan_desk.documents.book_continuing import Continued, Since

PRINT_BOOK = "cetak-buku"  # the act in the chain
#: Kinds of prints: with new lines, of notes alone, and the one that closes the book.
PAGES, NOTES, CLOSED = "lanjutan", "susulan", "penutup"
#: Lines of one print, about 500 pages: a print is held in memory.
MOST_LINES = 4000
Progress = Callable[[int], bool]

_PRINT = table_of(BookPrintRecord)
_LINE = table_of(LineRecord)


@dataclass(frozen=True, slots=True)
class BookPrintRef:
    """One print of a growing book, as lists show it."""

    id: int
    book: str
    title: str
    year: int
    kind: str  # lanjutan, susulan, penutup
    first_page: int
    last_page: int
    lines: int  # printed so far
    at: datetime  # by the office's clock
    user_name: str


@dataclass(frozen=True, slots=True)
class NextPrint:
    """What the next print of a growing book would hold; nothing is made by asking."""

    first_page: int
    printed: int  # lines printed so far
    lines: int  # new ones
    notes: int  # in the supplement
    closes: bool  # it would close the book

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to print."""
        return not (self.lines or self.notes or self.closes)


@dataclass(frozen=True, slots=True)
class _State:
    """What all prints of a book so far show, and the moment the next one is made of."""

    newest: int  # id of the newest print; 0: none
    page: int
    lines: int
    number: str
    period: tuple[int, int] | None
    closed: bool
    act: int  # the year's closing in force; 0: the book is open
    printed: Printed
    filled: frozenset[int]  # lines that have filled in a row printed before, in the common register
    mark: Mark
    values: BookValues


def book_prints(work: UnitOfWork, book_code: str, year: int) -> tuple[BookPrintRef, ...]:
    """List the prints of a growing book, the oldest first."""
    work.require(*ON_FILES)
    return tuple(_ref(work, row) for row in _rows(work, book_code, year))


def book_print_bytes(desk: Desk, print_id: int) -> bytes:
    """Give the pages of a print as they were, proved unchanged: a lost page is printed again.

    NotAllowedError when they name a reporter who has asked for secrecy since, but for his lanes.
    """
    return desk.files.get(desk.ask(_sha256, print_id))


def next_print(desk: Desk, book_code: str, year: int) -> NextPrint:
    """Tell what `print_continuation` would print now; RuleError where it would not print at all."""
    book = _growing(book_code)
    state, left = _start(desk, book, year)
    lines = min(left, MOST_LINES)
    notes = sum(1 for _ in _notes(desk, book, year, state))
    closes = state.values.closing is not None
    return NextPrint(state.page + 1, state.lines, lines, notes, closes)


def print_continuation(
    desk: Desk, op_id: str, book_code: str, year: int, progress: Progress | None = None
) -> BookPrintRef:
    """Print what a book got since its last print, and keep the pages; give the print.

    New lines take new pages, at most 4,000 lines a print: what is left comes with the next. What
    became of printed lines stands in a supplement in front of them. The first print after the
    year's end that holds the last line closes the book. RuleError when the book is not
    printed this way or has nothing new; StaleError when another PC printed meanwhile; Cancelled
    when ``progress`` says no: nothing is kept then.
    """
    from kecamatan_desk.documents.book_continuing import continue_book

    earlier = desk.ask(_done, op_id)
    if earlier is not None:
        return desk.ask(_one, earlier)
    book = _growing(book_code)
    state, _ = _start(desk, book, year)
    lines = islice(_new_lines(desk, book, year, state), MOST_LINES)
    notes = _notes(desk, book, year, state)
    first, note = next(lines, None), next(notes, None)
    if first is None and note is None and state.values.closing is None:
        raise RuleError(
            f"Belum ada yang baru dalam {book.form.title} {year} sejak cetakan terakhir (halaman "
            f"{state.page}). Tidak ada yang dicetak; untuk halaman yang hilang, cetak lagi "
            "cetakan yang tersimpan."
        )
    with counter_first():
        since = _since(desk, book, year, state, first)
        new, noted = _again(first, lines), _again(note, notes)
        done = continue_book(new, noted, state.values, since, progress)
    sha256 = desk.files.put(done.content)
    kind = NOTES if first is None else PAGES
    kind = kind if state.values.closing is None else CLOSED
    kept = desk.call(keep_book_print, op_id, book_code, year, state, done, kind, sha256)
    return desk.ask(_one, kept)


def _growing(book_code: str) -> RegisterBook:
    book = REGISTER_BOOKS.get(book_code)
    if book is None or not book.form.continues:
        raise RuleError(
            "Buku ini tidak dicetak sebagai lanjutan. Tidak ada yang dicetak; cetak buku untuk "
            "masa yang dipilih."
        )
    return book


def _again(first: BookLine | None, rest: Iterator[BookLine]) -> Iterable[BookLine]:
    return rest if first is None else chain((first,), rest)


# --- what was printed, and what is new -----------------------------------------------------------


def _start(desk: Desk, book: RegisterBook, year: int) -> tuple[_State, int]:
    """Give what is printed and how many lines are not; only the last of them close the book."""
    state = desk.ask(_state, book.form, year)
    left = desk.ask(_count_new, book.form, year, state)
    if left > MOST_LINES:
        state = replace(state, values=replace(state.values, closing=None))
    return state, left


def _state(work: UnitOfWork, form: BookForm, year: int) -> _State:
    mark, rows = mark_of(work), _rows(work, form.code, year)
    if not rows and not _any_line(work, form, year):
        raise RuleError(
            f"{form.title} {year} belum berisi nomor. Tidak ada yang dicetak; cetak setelah nomor "
            "pertama diberikan."
        )
    told = [json.loads(row.last_line) for row in rows]
    last = told[-1] if told else {}
    book = closed_book(work, Period.of_year(year))
    # a book that was opened again is closed anew, by an act of its own
    closed = any(one["closed"] is True or (book and one["closed"] == book.act) for one in told)
    values = book_values(work, form, Period.of_year(year))
    if book is not None and not closed:
        mark = book.mark  # the pages that close it show it as at its closing
    printed = _printed(form.service, told, rows[-1].last_status if rows else 0)
    filled = _filled(work, form, year, told, printed, mark)
    return _State(
        newest=rows[-1].id if rows else 0,
        page=rows[-1].last_page if rows else 0,
        lines=rows[-1].lines if rows else 0,
        number=last.get("number", ""),
        period=tuple(last["month"]) if last.get("month") else None,
        closed=closed,
        act=book.act if book else 0,
        printed=printed.with_filled(filled),
        filled=frozenset(filled),
        mark=mark,
        values=replace(values, closing=None) if closed else values,
    )


def _filled(
    work: UnitOfWork,
    form: BookForm,
    year: int,
    told: Sequence[dict[str, Any]],
    printed: Printed,
    mark: Mark,
) -> dict[int, int]:
    """Give the lines whose number stands as a row to be filled in on a printed page: line, page.

    Only in the common register: a service's book goes by number, so that such a line stands where
    its row is.
    """
    if form.service is not None or not told:
        return {}
    found = {}
    for line, place in filled_places(work, year, mark.line).items():
        by = next((one for one in told if one["place"] and tuple(one["place"]) >= place), None)
        if by is not None and line > by["line"]:  # the row was printed before the line was there
            found[line] = printed.pages.page(0, place)
    return found


def _any_line(work: UnitOfWork, form: BookForm, year: int) -> bool:
    query = select(_LINE.c.id).where(_LINE.c.period == str(year)).limit(1)
    if form.service is not None:
        query = query.where(_LINE.c.service == form.service)
    return work.session.execute(query).first() is not None


def _printed(service: str | None, told: Sequence[dict[str, Any]], status: int) -> Printed:
    starts = [(kept_place(place, service), page) for one in told for page, place in one["starts"]]
    noted = {line: page for one in told for page, line in one["noted"]}
    return Printed(
        line=told[-1]["line"] if told else 0,
        status=status,
        place=kept_place(told[-1]["place"], service) if told else (),
        pages=PagesOf(
            tuple(place for place, _ in starts), tuple(page for _, page in starts), noted
        ),
    )


def _new_lines(desk: Desk, book: RegisterBook, year: int, state: _State) -> Iterator[BookLine]:
    after = state.printed.place or None
    for line in _read(desk, book, year, state, after):
        if line.id not in state.filled:
            yield book_line(book, line)


def _read(
    desk: Desk, book: RegisterBook, year: int, state: _State, after: Place | None = None
) -> Iterator[RegisterLine]:
    return read_book(desk, book.form.service, Period.of_year(year), state.mark, after)


def _count_new(work: UnitOfWork, form: BookForm, year: int, state: _State) -> int:
    """Count what `_new_lines` yields."""
    query = select(func.count()).where(
        _LINE.c.id <= state.mark.line,
        _LINE.c.period == str(year),
    )
    if form.service is not None:
        query = query.where(_LINE.c.service == form.service)
    if state.printed.place:
        order = order_of(form.service)
        query = query.where(tuple_(*order) > state.printed.place[: len(order)])
    if state.filled:
        query = query.where(_LINE.c.id.not_in(state.filled))
    written = work.session.scalar(query) or 0
    waiting = reserved_in_book(work, form.service, year, Period.of_year(year), state.mark)
    return written + sum(line.place > state.printed.place for line in waiting)


def _notes(desk: Desk, book: RegisterBook, year: int, state: _State) -> Iterator[BookLine]:
    if not state.newest:
        return
    yield from inserted_since(desk, book, year, state.printed, state.mark)
    yield from notes_since(desk, book.form.service, year, state.printed, state.mark)


def _since(
    desk: Desk, book: RegisterBook, year: int, state: _State, first: BookLine | None
) -> "Since":
    """Give where the earlier pages end, with what their lines add up to where it will be shown."""
    from kecamatan_desk.documents.book_closing import Sums
    from kecamatan_desk.documents.book_continuing import Since

    month, sums = Sums(), Sums()
    ends = first is not None and (first.day.year, first.day.month) != state.period
    if state.newest and (ends or book.form.summed or state.values.closing is not None):
        for line in _earlier(desk, book, year, state):
            sums.count(line)
            if (line.day.year, line.day.month) == state.period:
                month.count(line)
    return Since(state.page, state.lines, state.number, state.period, month, sums)


def _earlier(desk: Desk, book: RegisterBook, year: int, state: _State) -> Iterator[BookLine]:
    """Yield the lines up to the last printed one as they stand now, inserted ones included."""
    for line in _read(desk, book, year, state):
        if line.place <= state.printed.place or line.id in state.filled:
            yield book_line(book, line)
        elif not state.filled:
            return


# --- keeping -------------------------------------------------------------------------------------


@command
def keep_book_print(
    work: UnitOfWork,
    op_id: str,
    book_code: str,
    year: int,
    state: _State,
    done: "Continued",
    kind: str,
    sha256: str,
) -> int:
    """Enter a print whose bytes lie on disk, if none has come in between."""
    role = work.require(*ON_FILES)
    rows = _rows(work, book_code, year)
    if (rows[-1].id if rows else 0) != state.newest:
        raise StaleError(
            "Buku ini baru saja dicetak dari komputer lain. Tidak ada yang tercatat dua kali dan "
            "lembar ini belum ada; buka lagi daftar cetakannya."
        )
    link = work.link()
    print_id = link.add(
        BookPrintRecord,
        book=book_code,
        period=str(year),
        kind=kind,
        first_page=done.first_page,
        last_page=done.last_page,
        lines=done.lines,
        last_line=canonical(
            {
                "place": done.place or state.printed.place,
                "line": state.mark.line,
                "number": done.number,
                "month": done.period,
                "starts": done.starts,
                "noted": done.noted,
                "closed": state.act if state.closed or kind == CLOSED else 0,
            }
        ),
        last_status=state.mark.status,
        sha256=sha256,
        created_at=stamp(work.now),
        user_name=work.user.name,
    )
    payload = {
        "book": book_code,
        "year": year,
        "kind": kind,
        "first_page": done.first_page,
        "last_page": done.last_page,
        "sha256": sha256,
    }
    work.close_event(link, op_id, PRINT_BOOK, role, payload=payload)
    return print_id


def _rows(work: UnitOfWork, book_code: str, year: int) -> Sequence[Any]:
    query = select(_PRINT).where(_PRINT.c.book == book_code, _PRINT.c.period == str(year))
    return work.session.execute(query.order_by(_PRINT.c.id)).all()


def _ref(work: UnitOfWork, row: Any) -> BookPrintRef:
    return BookPrintRef(
        id=row.id,
        book=row.book,
        title=REGISTER_BOOKS[row.book].form.title,
        year=int(row.period),
        kind=row.kind,
        first_page=row.first_page,
        last_page=row.last_page,
        lines=row.lines,
        at=moment(row.created_at).astimezone(work.zone),
        user_name=row.user_name,
    )


def _one(work: UnitOfWork, print_id: int) -> BookPrintRef:
    return _ref(work, work.session.execute(select(_PRINT).where(_PRINT.c.id == print_id)).one())


def _sha256(work: UnitOfWork, print_id: int) -> str:
    work.require(*ON_FILES)
    refuse_named_since(work, print_id)
    query = select(_PRINT.c.sha256).where(_PRINT.c.id == print_id)
    return str(work.session.execute(query).scalar_one())


def _done(work: UnitOfWork, op_id: str) -> int | None:
    """Give the print this very act has made before; None when it is new."""
    work.require(*ON_FILES)
    return earlier_answer(work, op_id, keep_book_print)
