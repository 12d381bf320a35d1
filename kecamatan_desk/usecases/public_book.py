"""Salinan untuk umum: a register book as anybody may see it, and never the office's own book.

NIK and KK numbers are masked wherever they stand, mobile telephone numbers too, and nobody learns
who has complained, nor about whom. The copy bears its words at head and foot, has neither closing
statement nor appendix, and is no print of the book: no continuation begins behind it, and the
chain tells it apart. It shows the book as it stands now, since it states nothing about a closing.

It asks for no reason. Numbers of persons leave with a reason because they can be misused
(domain facts 1.5: masking of what is meant for public view, logged exports); here none does, and
what the copy is for says its name. Who made it, when, and of which book is noted all the same.
Who may make it is who may read the book (domain facts 8.3).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kecamatan_desk.documents.book_values import BookLine
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.people import masked_nik
from kecamatan_desk.domain.roles import ON_FILES
from kecamatan_desk.usecases.book_cells import book_line
from kecamatan_desk.usecases.book_forms import REGISTER_BOOKS
from kecamatan_desk.usecases.book_outputs import told_of_book
from kecamatan_desk.usecases.book_surroundings import book_values
from kecamatan_desk.usecases.booking import HIDDEN, LATER
from kecamatan_desk.usecases.books import Progress, form_of
from kecamatan_desk.usecases.courtesy import counter_first
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.exports import PRINT, record_output
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import RegisterLine, mark_of
from kecamatan_desk.usecases.reserved_lines import read_book
from kecamatan_desk.workflows.vocabulary import FieldKind

#: What such a copy bears at the head and at the foot of every page.
PUBLIC = "Salinan untuk umum \u2013 NIK disamarkan"

_COMPLAINTS = "pengaduan"
#: What the book shows of a complaint besides who made it and whom it is about.
_OF_THE_MATTER = frozenset(
    {"media", *(f.code for f in LATER[_COMPLAINTS] if f.kind is not FieldKind.ROWS)}
)
#: 16 digits, written in one piece or in groups; more or fewer are no number of a person.
_NUMBER = re.compile(r"(?<![0-9])[0-9](?:[ .-]?[0-9]){15}(?![0-9])")
_PHONE = re.compile(r"(?<![0-9/.-])(?:\+62|0)8(?:[ .-]?[0-9]){7,11}(?![0-9])")


def print_public(
    desk: Desk, book_code: str, period: Period, target: Path, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Write the copy for the public to *target* as PDF; give its files, as `print_book`.

    InputError for a book that is none of the register. Nothing is noted by it: `note_public`.
    """
    from kecamatan_desk.documents.books import write_book

    if book_code not in REGISTER_BOOKS:
        raise InputError(
            f"{form_of(book_code).title} tidak dicetak untuk umum. Tidak ada yang dicetak; pilih "
            "buku register."
        )
    values = desk.ask(book_values, form_of(book_code), period)
    values = replace(values, closing=None, public=PUBLIC)
    with counter_first():
        return write_book(target, _lines(desk, book_code, period), values, progress)


def note_public(work: UnitOfWork, op_id: str, book_code: str, period: Period) -> None:
    """Write into the chain that a copy for the public leaves, on paper or as a file."""
    told = {**told_of_book(book_code, period), "public": True}
    record_output(work, op_id, PRINT, ON_FILES, told)


def _lines(desk: Desk, book_code: str, period: Period) -> Iterator[BookLine]:
    book = REGISTER_BOOKS[book_code]
    for line in read_book(desk, book.form.service, period, desk.ask(mark_of)):
        shown = book_line(book, without_reporter(line))
        yield replace(shown, cells=tuple(masked(cell) for cell in shown.cells))


def without_reporter(line: RegisterLine) -> RegisterLine:
    """Give a complaint without who has complained; any other line as it is."""
    if line.service != _COMPLAINTS or not line.facts:
        return line
    return replace(
        line,
        name=HIDDEN,
        nik="",
        sex="",
        address="",
        receiver=HIDDEN if line.receiver else "",
        facts={code: line.facts[code] for code in _OF_THE_MATTER if code in line.facts},
    )


def masked(text: str) -> str:
    """Give a text with every number of a person masked, and every mobile telephone number."""
    text = _NUMBER.sub(_masked_number, text)
    return _PHONE.sub("\u2022\u2022\u2022", text)


def _masked_number(found: re.Match[str]) -> str:
    return masked_nik(re.sub(r"[^0-9]", "", found[0]))
