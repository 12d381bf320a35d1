"""Who stands on the papers of the tests: an ordinary office and person, and the longest ones.

The longest texts are as long as the program lets anybody type them (``usecases/office.py``,
``ui/screens/admin_users.py``, the fields of the services).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from kecamatan_desk.documents.values import OfficeHead, SignatureBlock
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Service, Signing
from tests.documents.samples import CAMAT, HEAD, KASI, LONG_NAME, ONE_WORD, PRACTICE

#: Sixty characters or more, each of another kind.
WORST_NAMES = (
    LONG_NAME,
    ONE_WORD,
    "SITI NUR\u2019AINI O'NEIL D\u2018ARC MA`RUF KUSUMA WARDHANI ADININGRAT",
    "PT <MAJU> & JAYA; BERSAMA <b>SELALU</b> &amp; SENTOSA ABADI T",
    "{{nik}} | = {{#nama}} [tabel] > # - {{/nama}} RADEN MAS ARYO",
)
LONG_ADDRESS = (
    "Perumahan Griya Kencana Permai Blok C No. 9 RT 002 RW 010, Gang Haji Ma'ruf Nur\u2019ain "
    "(belakang <Toko & Warung>), "
) * 2
LONGEST_SERVICE = max((service.label for service in SERVICES.values()), key=len)
SEKCAM = SignatureBlock(
    "Sukamaju, 12 Mei 2026",
    (("a.n.", "CAMAT SUKAMAJU,"), ("", "SEKRETARIS KECAMATAN,")),
    "Dra. RATNA WIDYASTUTI",
    "Pembina (IV/a)",
    "19751308 200113 2 001",
)


@dataclass(frozen=True)
class Cast:
    """An office and everybody who appears on one of its papers."""

    head: OfficeHead
    person: str
    address: str
    village: str
    service: str  # as slips name it
    officer: str
    camat: SignatureBlock
    kasi: SignatureBlock
    sekcam: SignatureBlock
    words: str  # a reason, a remark
    number: str  # of a letter, without its running part
    heirs: int = 4
    longest: bool = False

    def block(self, signing: Signing) -> SignatureBlock | None:
        """Give who signs a letter."""
        blocks: dict[Signing, SignatureBlock | None] = {
            Signing.CAMAT: self.camat,
            Signing.SEKCAM_AN: self.sekcam,
            Signing.KASI_AN: self.kasi,
            Signing.PARTIES: replace(
                self.camat, place_date="", titles=(("", "Mengetahui,"), *self.camat.titles)
            ),
        }
        return blocks.get(signing)


@cache
def arms() -> bytes:
    """Draw a shield that no regency bears."""
    picture = Image.new("L", (190, 220), 255)
    draw = ImageDraw.Draw(picture)
    draw.polygon([(5, 5), (185, 5), (185, 120), (95, 215), (5, 120)], fill=200, outline=0, width=6)
    draw.ellipse((60, 40, 130, 110), fill=90)
    draw.rectangle((20, 130, 170, 140), fill=0)
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


ORDINARY = Cast(
    head=replace(HEAD, logo=arms()),
    person="Siti Rahmawati",
    address="Dusun Krajan RT 003 RW 011",
    village="Mekarsari",
    service=SERVICES["sktm"].label,
    officer="DEWI KERTAJAYA, A.Md.",
    camat=CAMAT,
    kasi=KASI,
    sekcam=SEKCAM,
    words="KK tidak terbaca",
    number="400.9.14.1/{n:03d}/{paper}/SKMJ/V/2026",
)
PRACTISING = replace(ORDINARY, head=PRACTICE)

_PLACE = "Sukamaju Kencana Tirtamulya Lereng Utara Pegunungan Selatan"
_OFFICE = OfficeHead(
    "PEMERINTAH KABUPATEN KEPULAUAN TIRTAKENCANA TAGULANJAYA MANDAR RAYA DAN PULAU-PULAU KECIL",
    f"KECAMATAN {_PLACE.upper()}",
    LONG_ADDRESS[:150],
    "Telepon (0999) 555-0117 atau 0812-0000-0099, laman kecamatan-sukamaju-kencana.example, "
    "pos-el pelayanan@sukamaju.example",
    _PLACE,
    "Kabupaten Kepulauan Tirtakencana Tagulanjaya Mandar Raya dan Pulau-Pulau Kecil",
    arms(),
    practice=False,
)
_OFFICIAL = "Prof. Dr. H. MUHAMMAD MA'RUF NUR\u2019AINURRAHMAN, S.Pd.I., M.Si."


def _long(block: SignatureBlock) -> SignatureBlock:
    (prefix, _), *own = block.titles
    return replace(
        block,
        place_date=f"{_PLACE}, 30 September 2026",
        titles=((prefix or "Plt.", f"CAMAT {_PLACE.upper()},"), *own),
        name=_OFFICIAL,
        rank="Pembina Utama Madya Tingkat I (IV/d), Widyaiswara Ahli Utama",
    )


def longest(name: str, *, practice: bool = False) -> Cast:
    """Give an office and people with the longest texts; everybody who comes bears the name."""
    return Cast(
        head=replace(_OFFICE, practice=practice),
        person=name,
        address=LONG_ADDRESS[:200],
        village="Sukamaju Mekarsari Tirtamulya Kidul Lor",
        service=LONGEST_SERVICE,
        officer=_OFFICIAL,
        camat=_long(CAMAT),
        kasi=_long(KASI),
        sekcam=_long(SEKCAM),
        words="Kartu Keluarga <lama> & {{nama}} tidak terbaca, lalu basah saat banjir. " * 3,
        number="400.12.3.2.1/{n:05d}.A/{paper}/KEC-SUKAMAJU/VIII/2026",
        heirs=20,
        longest=True,
    )


# What the fields of a service hold


def worst(fields: Sequence[Field], name: str) -> dict[str, Any]:
    """Give the longest value every field may hold."""
    return {field.code: _worst(field, name) for field in fields}


def _worst(field: Field, name: str) -> Any:
    match field.kind:
        case FieldKind.CHOICE:
            return max(field.choices, key=len)
        case FieldKind.MULTI_CHOICE:
            return list(field.choices)
        case FieldKind.ROWS:
            return [worst(field.columns, name) for _ in range(20)]
        case FieldKind.DATE:
            return "2026-08-28"
        case FieldKind.TIME:
            return "23:59"
        case FieldKind.NUMBER:
            return 999_999
        case FieldKind.MONEY:
            return 999_999_999_999
        case FieldKind.YES_NO:
            return "ya"
        case FieldKind.NIK | FieldKind.KK:
            return "9901015404910001"
        case FieldKind.PHONE:
            return "081234567890123"
    if field.digits:
        return "9" * field.digits
    words = LONG_ADDRESS if field.length >= 150 else name
    return (words * (field.length // len(words) + 1))[: field.length].strip()


def service_of(template: str) -> tuple[Service, Any]:
    """Give the service and the letter a text belongs to."""
    return next(
        (service, letter)
        for service in SERVICES.values()
        for letter in service.letters
        if letter.template == template
    )
