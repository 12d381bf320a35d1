"""What the workers do for the book screen: read lines as they print, draw, continue, write XLSX.

A refusal comes back as a value: the screen must know that it was this job, no other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from kecamatan_desk.documents.book_values import BookForm, BookLine
from kecamatan_desk.documents.values import Cancelled
from kecamatan_desk.domain.errors import DeskError, PresenceError
from kecamatan_desk.domain.indonesian import MONTHS, short_date
from kecamatan_desk.ui.background import Progress
from kecamatan_desk.usecases.book_forms import REGISTER_BOOKS
from kecamatan_desk.usecases.book_outputs import take_out_sheet
from kecamatan_desk.usecases.book_prints import NextPrint, next_print
from kecamatan_desk.usecases.book_reading import Before, ReadLine, read_back
from kecamatan_desk.usecases.book_surroundings import book_note
from kecamatan_desk.usecases.books import (
    BookPrintRef,
    book_print_bytes,
    form_of,
    print_book,
    print_continuation,
)
from kecamatan_desk.usecases.closed_lines import (
    CARRIED,
    CHANGED,
    OPEN,
    carried_lines,
    changed_lines,
    closed_months,
)
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.public_book import PUBLIC, print_public
from kecamatan_desk.usecases.reasons import Reason

_HEAD = 7.5  # points of a heading on paper; on screen it is as large as a line, nothing under 12 px
Wrapped = tuple[tuple[str, ...], ...]  # rows of text by column


@dataclass(frozen=True, slots=True)
class Asked:
    """The book somebody wants to see: its code and its days."""

    code: str
    period: Period
    public: bool = False  # the copy for the public, with numbers of persons masked

    @property
    def form(self) -> BookForm:
        """The book's columns and title."""
        return form_of(self.code)

    @property
    def name(self) -> str:
        """What the book is called as a file and at the printer: "Buku Register SKTM 2026"."""
        copy = " - salinan untuk umum" if self.public else ""
        return f"{self.form.title} {period_name(self.period)}{copy}"

    @property
    def may_be_public(self) -> bool:
        """Whether a copy for the public may be drawn of it: of the books of the register."""
        return self.code in REGISTER_BOOKS and not self.public


def period_name(period: Period) -> str:
    """Give "2026", "Mei 2026" or "04-05-2026 sd 08-05-2026"."""
    first: date = period.first
    if period.is_year:
        return str(first.year)
    if period == Period.of_month(first.year, first.month):
        return f"{MONTHS[first.month - 1]} {first.year}"
    return f"{short_date(first)} sd {short_date(period.last)}"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line wrapped as on paper. Height in points, as all measures here."""

    read: ReadLine
    wrapped: Wrapped
    high: float
    changed: bool = False  # since its month was closed


@dataclass(frozen=True, slots=True)
class Measures:
    """What the printed page measures."""

    size: float
    lead: float
    pad: float
    band: float
    row: float  # the least height of a line
    widths: tuple[float, ...]
    heads: Wrapped


@dataclass(frozen=True, slots=True)
class SheetPart:
    """Lines of a book as its page shows them, in the order of the book."""

    asked: Asked
    measures: Measures
    lines: tuple[SheetLine, ...]
    total: int
    voided: int
    before: Before | None
    note: str = ""  # in front of the first line, once that is read
    closed: str = ""  # which of its months are closed, for the head


def read_sheet(desk: Desk, asked: Asked, before: Before | None, least: int) -> SheetPart:
    """Read the last lines of a book, or those in front of ``before``, wrapped as they print."""
    from kecamatan_desk.documents.book_layout import BAND, LEAD, LEAST_ROW, PAD, SIZE, Layout
    from kecamatan_desk.documents.typeface import BOLD, MM, wrap

    part = read_back(desk, asked.code, asked.period, before, least)
    layout = Layout(asked.form)
    closed, changed, carried = OPEN, frozenset[int](), frozenset[int]()
    if asked.code in REGISTER_BOOKS:
        of_book = [read.line for read in part.lines]
        closed = desk.ask(closed_months, asked.period)
        changed = desk.ask(changed_lines, of_book, closed)
        carried = desk.ask(carried_lines, of_book)
    lines = []
    for read in part.lines:
        is_changed = read.line.id in changed
        marks = (CHANGED if is_changed else "", CARRIED if read.line.id in carried else "")
        shown = _noted(read.line, *marks)
        measured = layout.measure(read.number, shown)
        lines.append(
            SheetLine(replace(read, line=shown), measured.wrapped, measured.height, is_changed)
        )
    widths = tuple(column.width * MM for column in layout.columns)
    heads = tuple(
        wrap(column.head, BOLD, _HEAD, min(wide - 1.2 * MM, wide * _HEAD / SIZE - PAD / 2))
        for column, wide in zip(layout.columns, widths, strict=True)
    )
    measures = Measures(SIZE, LEAD, PAD, BAND, LEAST_ROW, widths, heads)
    note = desk.ask(book_note, asked.form, asked.period) if part.before is None else ""
    return SheetPart(
        asked, measures, tuple(lines), part.total, part.voided, part.before, note, closed.words
    )


def _noted(line: BookLine, *marks: str) -> BookLine:
    """Say under Keterangan, the last column, what the screen alone tells of a line."""
    if not any(marks):
        return line
    said = "\n".join(part for part in (line.cells[-1], *marks) if part)
    return replace(line, cells=(*line.cells[:-1], said))


# --- drawing -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Volume:
    """A finished volume (Jilid) of a book."""

    name: str  # of the file
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pages to look at, and what they are of: a book drawn just now, or a print that is kept."""

    title: str
    volumes: tuple[Volume, ...]
    of: Asked | BookPrintRef


def draw_book(desk: Desk, asked: Asked, progress: Progress) -> Drawn | DeskError | None:
    """Draw a book; None when it was stopped, else why it was refused.

    The volumes come as bytes (500 pages are about 2 MB): no file with names of people stays.
    """
    with TemporaryDirectory(prefix="buku-") as folder:
        target = Path(folder) / f"{file_name(asked.name)}.pdf"
        try:
            draw = print_public if asked.public else print_book
            files = draw(desk, asked.code, asked.period, target, progress)
        except Cancelled:
            return None
        except DeskError as error:
            return error
        volumes = tuple(Volume(file.name, file.read_bytes()) for file in files)
        copy = f" \u00b7 {PUBLIC}" if asked.public else ""
        return Drawn(f"{asked.form.title}, {asked.period.label}{copy}", volumes, asked)


def ask_next(desk: Desk, code: str, year: int) -> NextPrint | DeskError:
    """Ask what the next continuation would hold, or why there can be none."""
    try:
        return next_print(desk, code, year)
    except DeskError as error:
        return error


def draw_next(
    desk: Desk, op_id: str, code: str, year: int, progress: Progress
) -> Drawn | DeskError | None:
    """Print and keep what is new in a book; None when it was stopped: nothing is kept then."""
    try:
        ref = print_continuation(desk, op_id, code, year, progress)
        return stored_pages(desk, ref)
    except Cancelled:
        return None
    except DeskError as error:
        return error


def stored_pages(desk: Desk, ref: BookPrintRef) -> Drawn:
    """Give the pages of a print as they were; DeskError when they are not whole any more."""
    name = f"{ref.title} {ref.year} halaman {pages_words(ref)}"
    pdf = book_print_bytes(desk, ref.id)
    return Drawn(name, (Volume(f"{file_name(name)}.pdf", pdf),), ref)


def pages_words(ref: BookPrintRef) -> str:
    """Give "4" or "4–6"."""
    if ref.first_page == ref.last_page:
        return str(ref.first_page)
    return f"{ref.first_page}–{ref.last_page}"


# --- files ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Saved:
    """Where something was written, and why not if it was not."""

    target: Path
    problem: str = ""
    stopped: bool = False


def file_name(words: str) -> str:
    """Give words as a file's name."""
    kept = "".join(mark if mark.isalnum() or mark in " .-_()" else "-" for mark in words)
    return kept.strip() or "buku"


def write_sheet(
    desk: Desk, op_id: str, asked: Asked, target: Path, reason: Reason, progress: Progress
) -> Saved:
    """Write a book as a workbook, noted in the chain before; PresenceError asks for a PIN."""
    try:
        take_out_sheet(desk, op_id, asked.code, asked.period, target, reason, progress)
    except Cancelled:
        return Saved(target, stopped=True)
    except PresenceError:
        raise  # the window asks who sits there, and sends the same again
    except DeskError as error:
        return Saved(target, str(error))
    except OSError:
        return Saved(target, _unwritable(target))
    return Saved(target)


def write_volumes(volumes: tuple[Volume, ...], target: Path) -> Saved:
    """Write one volume as *target*, several into a new folder of their own inside *target*."""
    try:
        if len(volumes) == 1:
            target.write_bytes(volumes[0].pdf)
            return Saved(target)
        folder = _new_folder(target, volumes[0].name.removesuffix("-1.pdf"))
        for volume in volumes:
            (folder / volume.name).write_bytes(volume.pdf)
    except OSError:
        return Saved(target, _unwritable(target))
    return Saved(folder)


def _new_folder(parent: Path, name: str) -> Path:
    folder, number = parent / name, 1
    while folder.exists():
        number += 1
        folder = parent / f"{name} ({number})"
    folder.mkdir()
    return folder


def _unwritable(target: Path) -> str:
    return (
        f"{target.name} tidak dapat ditulis di {target.parent}. Data tidak berubah; periksa folder "
        "dan ruang cakram, atau pilih folder lain, lalu simpan lagi."
    )
