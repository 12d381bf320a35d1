"""Register books as files: work of many short transactions, so that the counter goes on."""

from collections.abc import Callable, Iterator
from pathlib import Path

from kecamatan_desk.documents.book_values import BookForm, BookLine
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.usecases.book_cells import book_line
from kecamatan_desk.usecases.book_forms import COMMON, REGISTER_BOOKS
from kecamatan_desk.usecases.book_notes import changes_since
from kecamatan_desk.usecases.book_prints import (
    BookPrintRef,
    book_print_bytes,
    book_prints,
    print_continuation,
)
from kecamatan_desk.usecases.book_surroundings import book_values
from kecamatan_desk.usecases.closing_marks import ClosedBook, closed_book
from kecamatan_desk.usecases.courtesy import counter_first
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.office_books import OFFICE_BOOKS
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import Mark, mark_of
from kecamatan_desk.usecases.reserved_lines import read_book

__all__ = [
    "COMMON",
    "BookPrintRef",
    "Period",
    "Progress",
    "book_forms",
    "book_print_bytes",
    "book_prints",
    "export_book",
    "form_of",
    "print_book",
    "print_continuation",
]

Progress = Callable[[int], bool]


def book_forms() -> tuple[BookForm, ...]:
    """Give every book of the office: the common register, the services', the further ones."""
    return (
        *(book.form for book in REGISTER_BOOKS.values()),
        *(form for form, _ in OFFICE_BOOKS.values()),
    )


def form_of(book_code: str) -> BookForm:
    """Give a book's form; InputError for a code that is none."""
    if book_code in REGISTER_BOOKS:
        return REGISTER_BOOKS[book_code].form
    if book_code in OFFICE_BOOKS:
        return OFFICE_BOOKS[book_code][0]
    raise InputError(
        f"Buku “{book_code}” tidak ada. Tidak ada yang dicetak; pilih salah satu: "
        f"{', '.join(form.code for form in book_forms())}."
    )


def print_book(
    desk: Desk, book_code: str, period: Period, target: Path, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Write a book to *target* as PDF; *book_code* is one of ``book_forms()``.

    A closed book of the register prints as at its closing; what has changed since follows it.
    ``progress`` gets the lines written so far and answers whether to go on; Cancelled when not.
    Gives the files: more than one when the book runs over 500 pages.
    """
    from kecamatan_desk.documents.books import write_book

    values = desk.ask(book_values, form_of(book_code), period)
    closed = desk.ask(closed_book, period) if book_code in REGISTER_BOOKS else None
    lines = _lines(desk, book_code, period, closed.mark if closed else None)
    changes = _changes(desk, book_code, period, closed)
    with counter_first():
        return write_book(target, lines, values, progress, changes=changes)


def export_book(
    desk: Desk, book_code: str, period: Period, target: Path, progress: Progress | None = None
) -> Path:
    """Write a book to *target* as XLSX, with the same lines and columns as on paper.

    A closed book of the register stands there as at its closing, with a further sheet of what has
    changed since. Cancelled leaves nothing behind.
    """
    from kecamatan_desk.documents.book_sheet import write_book_sheet

    values = desk.ask(book_values, form_of(book_code), period)
    closed = desk.ask(closed_book, period) if book_code in REGISTER_BOOKS else None
    lines = _lines(desk, book_code, period, closed.mark if closed else None)
    changes = _changes(desk, book_code, period, closed) if closed else None
    with counter_first():
        return write_book_sheet(target, lines, values, progress, changes=changes)


def _changes(
    desk: Desk, book_code: str, period: Period, closed: ClosedBook | None
) -> Iterator[BookLine]:
    """Read what became of a closed book's lines since; nothing of an open one."""
    if closed is None:
        return
    service = REGISTER_BOOKS[book_code].form.service
    yield from changes_since(desk, service, period, closed.mark, desk.ask(mark_of))


def _lines(
    desk: Desk, book_code: str, period: Period, mark: Mark | None = None
) -> Iterator[BookLine]:
    """Read a book's lines in its order, as they stood at a mark; None: as they stand now."""
    mark = mark or desk.ask(mark_of)
    if book_code in OFFICE_BOOKS:
        return OFFICE_BOOKS[book_code][1](desk, period, mark)
    return register_book_lines(desk, book_code, period, mark)


def register_book_lines(
    desk: Desk, book_code: str, period: Period, mark: Mark
) -> Iterator[BookLine]:
    """Read the lines of a book of the register, as its columns show them."""
    book = REGISTER_BOOKS[book_code]
    for line in read_book(desk, book.form.service, period, mark):
        yield book_line(book, line)
