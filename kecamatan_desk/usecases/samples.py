"""What administration looks at before papers print it: who signs today, letterhead and number."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from kecamatan_desk.documents.values import LetterValues, OfficeHead, SignatureBlock
from kecamatan_desk.domain.errors import DeskError, RuleError
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.numbering import letter_number
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.usecases.booking import number_tokens
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.office import checked_profile
from kecamatan_desk.usecases.papers import office_head, signature_block
from kecamatan_desk.usecases.people import is_absent, officials, signatory
from kecamatan_desk.usecases.values import OfficeProfile
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
    """One office today. ``block`` is None where nobody may sign; ``problem`` says why."""

    role: Role
    names: tuple[str, ...]  # who may decide, the signer first
    standing: str  # "definitif", "Plh. sampai 14 Mei 2026", "tidak di tempat", "belum ada"
    away: bool
    block: SignatureBlock | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class OfficesToday:
    """All offices that sign, the highest first, on the office's own day."""

    day: date
    offices: tuple[HeldOffice, ...]


@dataclass(frozen=True, slots=True)
class LetterSample:
    """A test letter of a profile that is not stored yet, or why there is none."""

    pdf: bytes
    number: str  # as the pattern writes it
    refusal: str = ""
    field: str | None = None


def offices_today(work: UnitOfWork) -> OfficesToday:
    """Give who holds which office today, and the block a letter signed today would print."""
    work.require(Role.ADMIN)
    held = tuple(_held(work, role) for role in reversed(OFFICIALS))
    return OfficesToday(work.today, held)


def _held(work: UnitOfWork, role: Role) -> HeldOffice:
    names = tuple(official.name for official in officials(work, role, work.today))
    away = is_absent(work, role)
    try:
        block = signature_block(work, signatory(work, _SIGNING[role], work.today), work.today)
    except RuleError as error:
        return HeldOffice(role, names, "belum ada", away, None, str(error))
    appointment = next(iter(work.roster.appointed(role, work.today)), None)
    if appointment is not None:
        standing = f"{appointment.kind}. sampai {long_date(appointment.last)}"
    else:
        standing = "tidak di tempat" if away else "definitif"
    return HeldOffice(role, names, standing, away, block)


def signatures_pdf(_desk: Desk, offices: Iterable[HeldOffice]) -> bytes:
    """Draw the signature places of today as letters print them (a job of the paper worker)."""
    from kecamatan_desk.documents.samples import draw_signatures

    return draw_signatures((held.role.label, held.block, held.standing) for held in offices)


def letter_sample(desk: Desk, typed: OfficeProfile) -> LetterSample:
    """Draw a test letter with a profile as it is typed. Nothing is stored, no number is spent."""
    from kecamatan_desk.documents.letters import draw_letter

    number = ""
    try:
        number = desk.ask(number_sample, typed)
        return LetterSample(draw_letter(desk.ask(_letter_values, typed, number)), number)
    except DeskError as error:
        return LetterSample(b"", number, str(error), error.field)


def number_sample(work: UnitOfWork, typed: OfficeProfile) -> str:
    """Write a letter number as the typed pattern would; RuleError or InputError when it cannot."""
    office = checked_profile(typed, work.service_choices)
    service = SERVICES[_SAMPLE_SERVICE]
    code = work.service_choices[service.code].classification
    tokens = number_tokens(office, code, service.abbreviation, _SAMPLE_NUMBER)
    return letter_number(office.number_pattern, tokens, work.today)


def _letter_values(work: UnitOfWork, typed: OfficeProfile, number: str) -> LetterValues:
    from kecamatan_desk.documents.samples import TEST_LETTER

    work.require(Role.ADMIN)
    office = checked_profile(typed, work.service_choices)
    stored = office_head(work)
    head = replace(
        stored,
        government=f"PEMERINTAH {office.regency.upper()}",
        name=f"KECAMATAN {office.name.upper()}",
        address=office.address,
        contact=office.contact,
        place=office.place or office.name,
        regency=office.regency,
        logo=typed.logo or stored.logo,
    )
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
        return SignatureBlock(dated, (("", f"CAMAT {office.name.upper()},"),), "(nama pejabat)")
    acting = signer.titles[0][0]
    titles = ((acting, f"CAMAT {office.name.upper()},"),)
    return SignatureBlock(dated, titles, signer.name, signer.rank, signer.nip)
