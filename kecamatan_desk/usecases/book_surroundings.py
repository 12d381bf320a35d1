"""What surrounds the lines of a book: title, cover, foot, closing statement."""

from datetime import date

from kecamatan_desk.documents.book_values import BookForm, BookValues, ClosingValues
from kecamatan_desk.documents.values import SignatureBlock
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.roles import ON_FILES
from kecamatan_desk.usecases.book_forms import REGISTER_BOOKS
from kecamatan_desk.usecases.closing_marks import closed_book
from kecamatan_desk.usecases.closing_values import ClosingFacts
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.paper_parts import office_head, printed_by
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.reserving import paper_note, paper_numbers

REGISTER_KEEPER = "PETUGAS REGISTER"


def book_values(work: UnitOfWork, form: BookForm, period: Period) -> BookValues:
    """Give title, foot and closing statement of a book: closed is what was closed by an act."""
    work.require(*ON_FILES)
    cover: tuple[tuple[str, str], ...] = ()
    if form.service:
        cover = (("Kode klasifikasi", work.service_choices[form.service].classification),)
    closed = closed_book(work, period)
    return BookValues(
        head=office_head(work),
        form=form,
        subtitle=period.label,
        printed=printed_by(work),
        closing=closing_of(form, closed.facts) if closed else None,
        cover=cover,
        note=book_note(work, form, period),
    )


def book_note(work: UnitOfWork, form: BookForm, period: Period) -> str:
    """Give what stands in front of a book's first line; "" in most years."""
    if form.code not in REGISTER_BOOKS:
        return ""
    return paper_note(paper_numbers(work, form.service, period), named=form.service is None)


def closing_of(form: BookForm, facts: ClosingFacts) -> ClosingValues:
    """Give day and signatures of the closing statement, as the closing has kept them."""
    day = date.fromisoformat(facts.day)
    keeper = facts.keeper.name if form.keeper == REGISTER_KEEPER else ""
    right = SignatureBlock("", (("", f"{form.keeper},"),), keeper)
    camat = facts.camat  # no place and date: it says "Mengetahui,"
    left = SignatureBlock("", camat.titles, camat.name, camat.rank, camat.nip)
    return ClosingValues(f"{facts.place}, {long_date(day)}", day, left, right)
