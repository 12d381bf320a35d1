"""What surrounds the lines of a book: title, cover, foot, closing statement."""

from dataclasses import replace

from kecamatan_desk.documents.book_values import BookForm, BookValues, ClosingValues
from kecamatan_desk.documents.values import SignatureBlock
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.roles import ON_FILES, Role
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.paper_parts import office_head, printed_by, signature_block
from kecamatan_desk.usecases.people import signatory
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.workflows.vocabulary import Signing

_KEEPERS = {"PETUGAS REGISTER": Role.REGISTER, "PETUGAS PELAYANAN": Role.PELAYANAN}


def book_values(work: UnitOfWork, form: BookForm, period: Period) -> BookValues:
    """Give title, foot and closing statement of a book. A book of a past period is closed."""
    work.require(*ON_FILES)
    cover: tuple[tuple[str, str], ...] = ()
    if form.service:
        cover = (("Kode klasifikasi", work.service_choices[form.service].classification),)
    return BookValues(
        head=office_head(work),
        form=form,
        subtitle=period.label,
        printed=printed_by(work),
        closing=closing_of(work, form) if period.last < work.today else None,
        cover=cover,
    )


def closing_of(work: UnitOfWork, form: BookForm) -> ClosingValues:
    """Give day and signatures of a closing statement made today."""
    day = work.today
    camat = signatory(work, Signing.CAMAT, day)
    keeper = work.user.name if _KEEPERS[form.keeper] in work.roles else ""
    right = SignatureBlock("", (("", f"{form.keeper},"),), keeper)
    place = work.office.place or work.office.name
    left = replace(signature_block(work, camat, day), place_date="")  # it says "Mengetahui,"
    return ClosingValues(f"{place}, {long_date(day)}", day, left, right)
