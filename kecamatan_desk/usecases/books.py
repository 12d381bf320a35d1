"""Register books as files: work of many short transactions, so that the counter goes on."""

from collections.abc import Callable
from pathlib import Path

from kecamatan_desk.documents.values import BookValues, ClosingValues, SignatureBlock
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.roles import ON_FILES, Role
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.papers import office_head, signature_block
from kecamatan_desk.usecases.people import signatory
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register import read_lines
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Signing

COMMON = "umum"  # the common register, of all services
Progress = Callable[[int], bool]


def print_book(
    desk: Desk, book_code: str, period: Period, target: Path, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Write a book to *target* as PDF; *book_code* is a service's code or COMMON.

    ``progress`` gets the lines written so far and answers whether to go on. Gives the files:
    more than one when the book runs over 500 pages.
    """
    from kecamatan_desk.documents.books import write_book

    values = desk.ask(book_values, book_code, period)
    year, month = period.first.year, None if period.is_year else period.first.month
    lines = read_lines(desk, None if book_code == COMMON else book_code, year, month)
    return write_book(target, lines, values, progress)


def book_values(work: UnitOfWork, book_code: str, period: Period) -> BookValues:
    """Give title, foot and closing statement of a book. A book of a past period is closed."""
    work.require(*ON_FILES)
    service = SERVICES.get(book_code)
    now = work.now.astimezone(work.zone)
    label = work.roles[0].label if work.roles else ""
    cover = (
        (("Kode klasifikasi", work.service_choices[service.code].classification),)
        if service
        else ()
    )
    return BookValues(
        head=office_head(work),
        title=f"Buku Register {service.short}" if service else "Buku Register Pelayanan",
        subtitle=period.label,
        with_service_column=service is None,
        printed=f"Dicetak {now:%d-%m-%Y %H.%M} {work.office.zone_label} oleh {work.user.name} "
        f"({label}).",
        closing=_closing(work) if period.last < work.today else None,
        cover=cover,
    )


def _closing(work: UnitOfWork) -> ClosingValues:
    day = work.today
    camat = signatory(work, Signing.CAMAT, day)
    left = signature_block(work, camat, day)
    keeper = work.user.name if Role.REGISTER in work.roles else ""
    right = SignatureBlock("", (("", "PETUGAS REGISTER,"),), keeper)
    place = work.office.place or work.office.name
    return ClosingValues(f"{place}, {long_date(day)}", day, left, right)
