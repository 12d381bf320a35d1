"""What administration looks at before papers print it: who signs today, letterhead and number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kecamatan_desk.documents.values import LetterValues, OfficeHead, SignatureBlock
from kecamatan_desk.domain.errors import DeskError, RuleError
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.numbering import letter_number, pattern_warning
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.usecases.booking import number_tokens
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.office import checked_profile
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.paper_parts import head_of, signature_block, unsigned_block
from kecamatan_desk.usecases.people import officials, signatory
from kecamatan_desk.usecases.series import modes_ahead
from kecamatan_desk.usecases.settings import load_logo
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Signing

#: Whose place is looked at for each office.
_SIGNING = {
    Role.CAMAT: Signing.CAMAT,
    Role.SEKCAM: Signing.SEKCAM_AN,
    Role.KASI: Signing.KASI_AN,
}
_SAMPLE_SERVICE, _SAMPLE_NUMBER = "sktm", 12


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """One office on a day. ``block`` is None where nobody may sign; ``problem`` says why."""

    role: Role
    names: tuple[str, ...]  # who may decide, the signer first
    standing: str  # "definitif", "Plh. sampai 14 Mei 2026", "tidak di tempat", "belum ada"
    away: bool
    block: SignatureBlock | None  # of the letters this office signs
    problem: str = ""


@dataclass(frozen=True, slots=True)
class OfficesOn:
    """All offices that sign, the highest first, on a day; ``today`` is the office's own."""

    day: date
    today: date
    offices: tuple[HeldOffice, ...]


@dataclass(frozen=True, slots=True)
class LetterSample:
    """A test letter of a profile that is not stored yet, or why there is none."""

    pdf: bytes
    number: str  # as the pattern writes it
    refusal: str = ""
    field: str | None = None
    warning: str = ""  # odd, but possible


def offices_on(work: UnitOfWork, day: date | None = None) -> OfficesOn:
    """Give who holds which office on a day, and the block a letter of that day would print.

    Without a day it is today.
    """
    work.require(Role.ADMIN)
    held = tuple(_held(work, role, day or work.today) for role in reversed(OFFICIALS))
    return OfficesOn(day or work.today, work.today, held)


def _held(work: UnitOfWork, role: Role, day: date) -> HeldOffice:
    names = tuple(official.name for official in officials(work, role, day))
    away = work.presence.nobody_for(role, day)
    try:
        block = signature_block(work, signatory(work, _SIGNING[role], day), day)
    except RuleError as error:
        return HeldOffice(role, names, "belum ada", away, None, str(error))
    return HeldOffice(role, names, _standing(work, role, day, away=away), away, block)


def _standing(work: UnitOfWork, role: Role, day: date, *, away: bool) -> str:
    signer = work.roster.signer(role, day)
    if signer is not None and signer.role is not role:
        return f"kosong, {signer.role.short} menandatangani"
    appointment = next(iter(work.roster.appointed(role, day)), None)
    if appointment is not None:
        return f"{appointment.kind}. sampai {long_date(appointment.last)}"
    return "tidak di tempat" if away else "definitif"


def signatures_pdf(_desk: Desk, offices: Iterable[HeldOffice]) -> bytes:
    """Draw the signature places of a day as letters print them (a job of the paper worker)."""
    from kecamatan_desk.documents.samples import draw_signatures

    return draw_signatures((held.role.label, held.block, held.standing) for held in offices)


def letter_sample(desk: Desk, typed: OfficeProfile) -> LetterSample:
    """Draw a test letter with a profile as it is typed. Nothing is stored, no number is spent."""
    from kecamatan_desk.documents.letters import draw_letter

    number = ""
    try:
        number = desk.ask(number_sample, typed)
        pdf = draw_letter(desk.ask(_letter_values, typed, number))
        return LetterSample(pdf, number, warning=pattern_warning(typed.number_pattern))
    except DeskError as error:
        return LetterSample(b"", number, str(error), error.field)


def number_sample(work: UnitOfWork, typed: OfficeProfile) -> str:
    """Write a letter number as the typed pattern would; RuleError or InputError when it cannot."""
    office = checked_profile(typed, work.service_choices, modes_ahead(work))
    service = SERVICES[_SAMPLE_SERVICE]
    code = work.service_choices[service.code].classification
    tokens = number_tokens(office, code, service.abbreviation, _SAMPLE_NUMBER)
    return letter_number(office.number_pattern, tokens, work.today)


def _letter_values(work: UnitOfWork, typed: OfficeProfile, number: str) -> LetterValues:
    from kecamatan_desk.documents.samples import TEST_LETTER

    work.require(Role.ADMIN)
    office = checked_profile(typed, work.service_choices, modes_ahead(work))
    logo = typed.logo or load_logo(work.session)
    head = head_of(office, logo, practice=work.practice)
    return LetterValues(
        head=head,
        title="Surat uji",
        number=number,
        template=TEST_LETTER,
        facts={"kecamatan": office.name, "hari-tms": str(office.tms_days)},
        signature=_camat(work, office, head),
        file_code="",
        qr="",
        qr_caption=(),
    )


def _camat(work: UnitOfWork, office: OfficeProfile, head: OfficeHead) -> SignatureBlock:
    """Give the Camat's place under the typed name; an office without one yet gets an empty line."""
    dated = f"{head.place}, {long_date(work.today)}"
    try:
        signer = signatory(work, Signing.CAMAT, work.today)
    except RuleError:
        return unsigned_block(office, dated)
    acting = signer.titles[0][0]
    titles = ((acting, f"CAMAT {office.name.upper()},"),)
    return SignatureBlock(dated, titles, signer.name, signer.rank, signer.nip)
