"""A letter text tried on invented people: checked before it is kept, drawn while it is typed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kecamatan_desk.documents.known_facts import KnownFact, known_facts
from kecamatan_desk.documents.letter_check import checked_template, cleaned_text
from kecamatan_desk.documents.profiles import LETTER, PAPERS, Profile
from kecamatan_desk.documents.template import TemplateError
from kecamatan_desk.documents.values import LetterValues, OfficeHead, SignatureBlock
from kecamatan_desk.domain.errors import DeskError, InputError, RuleError
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.numbering import letter_number
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.booking import number_tokens
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.letter_sample import (
    NUMBER,
    Surroundings,
    invented_office,
    letter_values,
)
from kecamatan_desk.usecases.paper_parts import office_head, signature_block, unsigned_block
from kecamatan_desk.usecases.people import signatory
from kecamatan_desk.usecases.sample_people import Person
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Letter, Service, Signing

#: What nobody's letter must miss; the office sees it in the refusal.
_WHOSE = {
    Person.ORDINARY: "orang contoh biasa",
    Person.LONGEST: "orang contoh dengan isian terpanjang",
    Person.SHORTEST: "orang contoh dengan isian paling sedikit",
}
_PAPERS = tuple(code for code, paper in PAPERS.items() if "surat" in paper.uses)


@dataclass(frozen=True, slots=True)
class TextProblem:
    """Why a text cannot be kept. ``line`` 0: the letter as a whole."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class TextPreview:
    """A letter as the typed text would print it for one invented person, or what is wrong."""

    pdf: bytes
    pages: int
    problem: TextProblem | None = None


def paper_of(kind: str) -> tuple[Service, Letter]:
    """Give the service and the paper a text belongs to; RuleError when there is none."""
    for service in SERVICES.values():
        for letter in service.letters:
            if letter.template == kind:
                return service, letter
    raise RuleError(
        f"Tidak ada surat dengan naskah “{kind}”. Tidak ada yang berubah; pilih surat dari daftar."
    )


def facts_of(kind: str) -> tuple[KnownFact, ...]:
    """Give the names a text may use, in the order of the form."""
    return known_facts(*paper_of(kind))


# Drawing on invented people


def preview(
    desk: Desk, kind: str, body: str, person: Person, profile: Profile = LETTER
) -> TextPreview:
    """Draw a letter of the text as it is typed, marked CONTOH. Nothing is stored."""
    from kecamatan_desk.documents.letters import draw_letter
    from kecamatan_desk.documents.pictures import page_count
    from kecamatan_desk.documents.trial import marked_as_sample

    text = cleaned_text(body)
    try:
        checked_template(text, facts_of(kind))
        values = desk.ask(_office_values, kind, text, person, profile)
        pdf = marked_as_sample(draw_letter(values))
    except TemplateError as error:
        return TextPreview(b"", 0, TextProblem(error.line, _sentence(error)))
    except InputError as error:
        return TextPreview(b"", 0, TextProblem(0, str(error)))
    return TextPreview(pdf, page_count(pdf))


def _office_values(
    work: UnitOfWork, kind: str, text: str, person: Person, profile: Profile
) -> LetterValues:
    work.require(Role.ADMIN)
    service, letter = paper_of(kind)
    code = work.service_choices[service.code].classification
    tokens = number_tokens(work.office, code, service.abbreviation, NUMBER)
    number = letter_number(work.office.number_pattern, tokens, work.today)
    # CONTOH says more than LATIHAN here, but the arms are those of the office's letters
    head = replace(office_head(work), practice=False, invented=work.practice)
    moment = work.now.astimezone(work.zone)
    block, running = _signing(work, letter, head)
    around = Surroundings(service, letter, work.office, head, moment, number, block, running)
    return letter_values(around, text, person, profile)


def _signing(
    work: UnitOfWork, letter: Letter, head: OfficeHead
) -> tuple[SignatureBlock | None, str]:
    """Give today's block; an office that has nobody yet for it still sees where it will stand."""
    if not letter.is_signed:
        return None, ""
    try:
        signer = signatory(work, letter.signing, work.today)
    except RuleError:
        dated = "" if _by_parties(letter) else f"{head.place}, {long_date(work.today)}"
        return unsigned_block(work.office, dated), f"Camat {work.office.name}"
    block = signature_block(work, signer, work.today)
    return (replace(block, place_date="") if _by_parties(letter) else block), signer.running


def _by_parties(letter: Letter) -> bool:
    return letter.signing is Signing.PARTIES


# Checking a text before it is kept


def check_text(kind: str, body: str) -> str:
    """Give the text as it is kept, or raise InputError naming the line and what is wrong.

    The letter is drawn on every paper for every invented person. This takes a moment and needs
    no transaction; a text found good is remembered, so that asking again inside one costs nothing.
    """
    text = cleaned_text(body)
    try:
        _check_drawn(kind, text)
    except TemplateError as error:
        raise InputError(
            f"Naskah baris {error.line}: {_sentence(error)} Naskah lama tetap dipakai dan yang "
            "diketik tidak hilang; perbaiki baris itu, lalu simpan lagi.",
            error.field,
        ) from error
    return text


def _sentence(error: TemplateError) -> str:
    return error.reason[:1].upper() + error.reason[1:]


@lru_cache(maxsize=16)
def _check_drawn(kind: str, text: str) -> None:
    """Try a cleaned text on all people and papers; refusals are not remembered."""
    service, letter = paper_of(kind)
    checked_template(text, known_facts(service, letter))
    for person in Person:
        for paper in _PAPERS:
            _check_letter(service, letter, text, person, paper)


def _check_letter(service: Service, letter: Letter, text: str, person: Person, paper: str) -> None:
    try:
        fits = _stays_on_paper(service, letter, text, person, paper)
    except TemplateError:
        raise
    except DeskError as error:
        raise TemplateError(1, f"surat {_WHOSE[person]} tidak dapat dibuat. {error}") from error
    if not fits:
        line = next(
            (
                table
                for table, alone in _one_table_each(text)
                if not _stays_on_paper(service, letter, alone, person, paper)
            ),
            1,
        )
        raise TemplateError(
            line,
            f"surat {_WHOSE[person]} melewati tepi kertas {PAPERS[paper].label}. Lebarkan kolom "
            "tabel yang isinya panjang, atau pindahkan isian itu ke kalimat.",
        )


def _stays_on_paper(
    service: Service, letter: Letter, text: str, person: Person, paper: str
) -> bool:
    from kecamatan_desk.documents.letters import draw_letter
    from kecamatan_desk.documents.trial import leaves_paper

    values = letter_values(invented_office(service, letter), text, person, Profile(paper))
    return leaves_paper(draw_letter(values)) is None


def _one_table_each(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line of each table, and the text without the others."""
    lines = [line.strip() for line in text.split("\n")]
    starts = [n for n, line in enumerate(lines) if line.startswith("[tabel ")]
    spans = [(start, lines.index("[/tabel]", start) + 1) for start in starts]
    for start, _ in spans:
        alone = list(lines)
        for other, end in spans:
            if other != start:
                alone[other:end] = [""] * (end - other)
        yield start + 1, "\n".join(alone)
