"""A letter text tried on invented people: checked before it is kept, drawn while it is typed."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from kecamatan_desk.documents.facts import field_facts
from kecamatan_desk.documents.known_facts import KnownFact, known_facts
from kecamatan_desk.documents.letter_check import checked_template, cleaned_text
from kecamatan_desk.documents.profiles import LETTER, PAPERS, Profile
from kecamatan_desk.documents.template import TemplateError
from kecamatan_desk.documents.values import LetterValues, OfficeHead, SignatureBlock
from kecamatan_desk.domain.errors import DeskError, InputError, RuleError
from kecamatan_desk.domain.indonesian import clock, date_in_words, day_name, long_date
from kecamatan_desk.domain.numbering import file_code, letter_number
from kecamatan_desk.domain.people import age_on
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.booking import number_tokens
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.papers import full_address, office_head, signature_block
from kecamatan_desk.usecases.people import signatory
from kecamatan_desk.usecases.sample_people import Person, sample_data
from kecamatan_desk.usecases.values import OfficeProfile
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Letter, Service, Signing

#: What nobody's letter must miss; the office sees it in the refusal.
_WHOSE = {
    Person.ORDINARY: "orang contoh biasa",
    Person.LONGEST: "orang contoh dengan isian terpanjang",
    Person.SHORTEST: "orang contoh dengan isian paling sedikit",
}
_PAPERS = tuple(code for code, paper in PAPERS.items() if "surat" in paper.uses)
_QR = "KDX1:CONTOH"  # no office takes it for a letter
_NUMBER = 12


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
    tokens = number_tokens(work.office, code, service.abbreviation, _NUMBER)
    number = letter_number(work.office.number_pattern, tokens, work.today)
    head = replace(office_head(work), practice=False)  # CONTOH says more than LATIHAN here
    moment = work.now.astimezone(work.zone)
    block, running = _signing(work, letter, head)
    sample = _Sample(service, letter, work.office, head, moment, number, block, running)
    return _values(sample, text, person, profile)


def _signing(
    work: UnitOfWork, letter: Letter, head: OfficeHead
) -> tuple[SignatureBlock | None, str]:
    """Give today's block; an office that has nobody yet for it still sees where it will stand."""
    if letter.signing is Signing.OPERATOR:
        return None, ""
    try:
        signer = signatory(work, letter.signing, work.today)
    except RuleError:
        return _unsigned(letter, head, work.today), f"Camat {work.office.name}"
    block = signature_block(work, signer, work.today)
    return (replace(block, place_date="") if _by_parties(letter) else block), signer.running


def _by_parties(letter: Letter) -> bool:
    return letter.signing is Signing.PARTIES


def _unsigned(letter: Letter, head: OfficeHead, day: date) -> SignatureBlock:
    dated = "" if _by_parties(letter) else f"{head.place}, {long_date(day)}"
    return SignatureBlock(dated, (("", f"CAMAT {head.place.upper()},"),), "(nama pejabat)")


@dataclass(frozen=True, slots=True)
class _Sample:
    """What surrounds the sample person's own values."""

    service: Service
    letter: Letter
    office: OfficeProfile
    head: OfficeHead
    moment: datetime  # in the office's own time
    number: str
    signature: SignatureBlock | None
    running: str  # the signatory's office in running text


def _values(sample: _Sample, text: str, person: Person, profile: Profile) -> LetterValues:
    day = sample.moment.date()
    operator = sample.letter.signing is Signing.OPERATOR
    code = file_code(day.year, 0)
    return LetterValues(
        head=sample.head,
        title=f"Contoh: {sample.letter.title}",
        number="" if operator else sample.number,
        template=text,
        facts=sample_facts(sample, person, code),
        signature=sample.signature,
        file_code=code,
        qr=_QR,
        qr_caption=("Contoh", "Bukan surat,", "tidak berlaku."),
        profile=profile,
    )


def sample_facts(sample: _Sample, person: Person, code: str) -> dict[str, Any]:
    """Give every fact of a letter for an invented person, by the names real letters have."""
    day, office = sample.moment.date(), sample.office
    data = _until(sample.service, sample.letter, sample_data(sample.service, person))
    born = date.fromisoformat(data["tanggal-lahir"]) if data.get("tanggal-lahir") else None
    place = str(data.get("tempat-lahir", ""))
    return {
        **field_facts(sample.service.fields, data, on=day),
        "kecamatan": office.name,
        "kabupaten": office.regency,
        "provinsi": office.province,
        "camat": f"Camat {office.name}",
        "tempat": office.place or office.name,
        "nomor": "" if sample.letter.signing is Signing.OPERATOR else sample.number,
        "nomor-agenda": f"{_NUMBER:03d}",
        "tanggal": long_date(day),
        "tanggal-hari": day_name(day),
        "tanggal-terbilang": date_in_words(day),
        "ttl": ", ".join(part for part in (place, long_date(born) if born else "") if part),
        "umur": str(age_on(born, day)) if born else "",
        "alamat-lengkap": full_address(data),
        "kode-berkas": code,
        "jam": clock(sample.moment),
        "zona": office.zone_label,
        "petugas": "Petugas Contoh",
        "penandatangan": sample.running,
        "penandatangan-nama": sample.signature.name if sample.signature else "",
    }


def _until(service: Service, letter: Letter, data: dict[str, Any]) -> dict[str, Any]:
    """Give the values that are filled in when the letter is drawn."""
    order = [step.code for step in service.steps]
    last = order.index(letter.step)
    known = {f.code for s in service.sections if order.index(s.step) <= last for f in s.fields}
    return {code: value for code, value in data.items() if code in known}


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
    from kecamatan_desk.documents.letters import draw_letter
    from kecamatan_desk.documents.trial import leaves_paper

    day = datetime(2026, 9, 23, 10, 14)  # long words; the letter shows no zone of its own
    sample = _Sample(service, letter, _OFFICE, _HEAD, day, _LONG_NUMBER, _BLOCK, "Camat Sukamaju")
    try:
        pdf = draw_letter(_values(sample, text, person, Profile(paper)))
    except TemplateError:
        raise
    except DeskError as error:
        raise TemplateError(1, f"surat {_WHOSE[person]} tidak dapat dibuat. {error}") from error
    if leaves_paper(pdf):
        line = _widest_table(text)
        raise TemplateError(
            line,
            f"surat {_WHOSE[person]} melewati tepi kertas {PAPERS[paper].label}. Lebarkan kolom "
            "tabel yang isinya panjang, atau pindahkan isian itu ke kalimat.",
        )


def _widest_table(text: str) -> int:
    """Give the line of the first table: only a row of it can be higher than a page."""
    lines = text.split("\n")
    return next((n for n, line in enumerate(lines, 1) if line.startswith("[tabel ")), 1)


_OFFICE = OfficeProfile(
    name="Sukamaju",
    regency="Kabupaten Tirtakencana",
    province="Jawa Makmur",
    place="Sukamaju",
)
_HEAD = OfficeHead(
    government="PEMERINTAH KABUPATEN TIRTAKENCANA",
    name="KECAMATAN SUKAMAJU",
    address="Jalan Lumbung Raya Nomor 17 Desa Sukamaju Kode Pos 99917",
    contact="Telepon (0999) 555-0117, laman sukamaju.example, pos-el surat@sukamaju.example",
    place="Sukamaju",
    regency="Kabupaten Tirtakencana",
    logo=None,
    practice=False,
)
_BLOCK = SignatureBlock(
    "Sukamaju, 23 September 2026",
    (("a.n.", "CAMAT SUKAMAJU,"), ("Plt.", "KEPALA SEKSI PELAYANAN DAN PERIZINAN,")),
    "Prof. Dr. H. MUHAMMAD MA’RUF NUR’AINURRAHMAN, S.Pd.I., M.Si.",
    "Pembina Tingkat I (IV/b)",
    "19721305 199913 1 002",
)
_LONG_NUMBER = "400.12.3.2.1/0012/BA-PERUBAHAN-KK/KEC-SUKAMAJU/IX/2026"
