"""What leaves the program of the books: written into the chain before it goes.

Pages made by a continuation are noted when they are made (`book_prints`); here is who printed or
saved a book, stored pages once more, or its lines as a workbook.
"""

from pathlib import Path

from kecamatan_desk.domain.roles import ON_FILES
from kecamatan_desk.usecases.book_prints import BookPrintRef
from kecamatan_desk.usecases.books import Progress, export_book
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.exports import EXPORT, PRINT, record_output
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.reasons import Reason


def note_book_printed(
    work: UnitOfWork, op_id: str, book_code: str, period: Period, reason: Reason | None = None
) -> None:
    """Write that a drawn book is printed, or saved and why; NotAllowedError if the user may not."""
    told = told_of_book(book_code, period)
    record_output(work, op_id, PRINT, ON_FILES, told, reason=reason)


def note_pages_printed(
    work: UnitOfWork, op_id: str, ref: BookPrintRef, reason: Reason | None = None
) -> None:
    """Write that the stored pages of a print are printed, or saved and why (once more)."""
    record_output(work, op_id, PRINT, ON_FILES, told_of_pages(ref), reason=reason)


def take_out_sheet(
    desk: Desk,
    op_id: str,
    book_code: str,
    period: Period,
    target: Path,
    reason: Reason,
    progress: Progress | None = None,
) -> Path:
    """Write that a book is taken out as a workbook, then write it; see `export_book`."""
    desk.call(_note_sheet, op_id, book_code, period, reason)
    return export_book(desk, book_code, period, target, progress)


def _note_sheet(
    work: UnitOfWork, op_id: str, book_code: str, period: Period, reason: Reason
) -> None:
    told = told_of_book(book_code, period)
    record_output(work, op_id, EXPORT, ON_FILES, told, reason=reason)


def told_of_book(book_code: str, period: Period) -> dict[str, str]:
    """Give what the chain tells of a book of some days that leaves."""
    first, last = period.first.isoformat(), period.last.isoformat()
    return {"what": "book", "book": book_code, "from": first, "to": last}


def told_of_pages(ref: BookPrintRef) -> dict[str, str | int]:
    """Give what the chain tells of stored pages that leave once more."""
    return {
        "what": "book",
        "book": ref.book,
        "year": ref.year,
        "first_page": ref.first_page,
        "last_page": ref.last_page,
    }
