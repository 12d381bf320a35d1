"""The letter of an invented person: everything a real one has, but nobody's and nowhere kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kecamatan_desk.documents.facts import field_facts
from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.documents.values import LetterValues, OfficeHead, SignatureBlock
from kecamatan_desk.domain.numbering import file_code
from kecamatan_desk.usecases.letter_facts import shared_facts
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.sample_people import Person, sample_data
from kecamatan_desk.workflows.vocabulary import Letter, Service

NUMBER = 12  # in the agenda
_QR = "KDX1:CONTOH"  # no office takes it for a letter


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a letter holds besides the person's own values."""

    service: Service
    letter: Letter
    office: OfficeProfile
    head: OfficeHead
    moment: datetime  # in the office's own time
    number: str
    signature: SignatureBlock | None
    running: str  # the signatory's office in running text


def letter_values(
    sample: Surroundings, text: str, person: Person, profile: Profile
) -> LetterValues:
    """Give the letter of a text for an invented person."""
    day = sample.moment.date()
    code = file_code(day.year, 0)
    return LetterValues(
        head=sample.head,
        title=f"Contoh: {sample.letter.title}",
        number=_number(sample),
        template=text,
        facts=_facts(sample, person, code),
        signature=sample.signature,
        file_code=code,
        qr=_QR,
        qr_caption=("Contoh", "Bukan surat,", "tidak berlaku."),
        profile=profile,
    )


def _facts(sample: Surroundings, person: Person, code: str) -> dict[str, Any]:
    """Give every fact of a letter for an invented person, by the names real letters have."""
    day = sample.moment.date()
    reached = sample.service.sections_until(sample.letter.step)
    known = {field.code for section in reached for field in section.fields}
    typed = sample_data(sample.service, person)
    data = {code: value for code, value in typed.items() if code in known}
    number = _number(sample)
    return {
        **field_facts(sample.service.fields, data, on=day),
        **shared_facts(
            sample.office,
            data,
            sample.moment,
            number=number,
            agenda=f"{NUMBER:03d}",
            file_code=code,
        ),
        "petugas": "Petugas Contoh",
        "penandatangan": sample.running,
        "penandatangan-nama": sample.signature.name if sample.signature else "",
    }


def _number(sample: Surroundings) -> str:
    return sample.number if sample.letter.is_signed else ""


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
_NUMBER = "400.12.3.2.1/0012/BA-PERUBAHAN-KK/KEC-SUKAMAJU/IX/2026"


def invented_office(service: Service, letter: Letter) -> Surroundings:
    """Give an office that is nobody's, with long names: texts are checked without a database."""
    moment = datetime(2026, 9, 23, 10, 14)  # long words; a letter shows no seconds and no zone
    return Surroundings(
        service, letter, _OFFICE, _HEAD, moment, _NUMBER, _BLOCK, "Plt. Camat Sukamaju"
    )
