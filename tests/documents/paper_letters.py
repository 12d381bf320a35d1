"""Letters of every service, drawn for a cast: as a letter, as a block, as a copy."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from kecamatan_desk.documents.copies import stamp_copy
from kecamatan_desk.documents.facts import field_facts
from kecamatan_desk.documents.letters import draw_letter
from kecamatan_desk.documents.profiles import LETTER, Profile
from kecamatan_desk.documents.trial import marked_as_sample
from kecamatan_desk.documents.values import LetterValues
from kecamatan_desk.resources import resource
from kecamatan_desk.usecases.letter_sample import Surroundings, letter_values
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.sample_people import Person
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Letter, Service, Signing
from tests.documents.paper_cast import Cast, service_of, worst
from tests.documents.samples import DAY, NINE

CODE = "26-000123-K"
TEMPLATES = tuple(letter.template for service in SERVICES.values() for letter in service.letters)
_CAPTION = (
    f"Kode berkas {CODE}",
    "Kode ini diperiksa di loket kami.",
    "Bukan tanda tangan elektronik.",
)
_SIGNATURE = "MZXW6YTBOI7F3K9Q2MKD4TR5"  # no key made it; as long as a real one, and as dense


def letter(cast: Cast, template: str, profile: Profile = LETTER, **changes: Any) -> bytes:
    """Draw the letter of a text."""
    return draw_letter(replace(_values(cast, template, profile), **changes))


def _values(cast: Cast, template: str, profile: Profile) -> LetterValues:
    service, paper = service_of(template)
    text = resource("letters", f"{template}.txt").read_text(encoding="utf-8")
    number = "" if paper.signing is Signing.OPERATOR else _number(cast, service)
    around = _around(cast, service, paper, number)
    values = letter_values(around, text, Person.ORDINARY, profile)
    if cast.longest:
        longest = field_facts(service.fields, worst(service.fields, cast.person), on=DAY)
        values = replace(
            values, facts={**values.facts, **longest, "alamat-lengkap": cast.address, "umur": "104"}
        )
    return _coded(replace(values, title=paper.title), service.abbreviation, cast)


def _number(cast: Cast, service: Service) -> str:
    return cast.number.format(n=12, paper=service.abbreviation)


def _around(cast: Cast, service: Service, paper: Letter, number: str) -> Surroundings:
    office = OfficeProfile(
        name=cast.head.place,
        regency=cast.head.regency,
        province="Jawa Makmur",
        place=cast.head.place,
    )
    block = cast.block(paper.signing)
    return Surroundings(service, paper, office, cast.head, NINE, number, block, "Camat Sukamaju")


def _coded(values: LetterValues, paper: str, cast: Cast) -> LetterValues:
    mark = "KDX1" if cast.head.practice else "KD1"
    signature = (_SIGNATURE * 5)[:103]
    claim = f"{mark}:{CODE}:{paper}:{values.number.upper()}:20260512:SR:0001"
    return replace(values, file_code=CODE, qr=f"{claim}:{signature}", qr_caption=_CAPTION)


def erratum(cast: Cast, profile: Profile = LETTER) -> bytes:
    """Draw a surat ralat."""
    number = _number(cast, SERVICES["sktm"])
    changed = [("Nama", "Siti Rahmawti", cast.person), ("Pekerjaan", "Buruh", "Buruh tani")]
    if cast.longest:
        changed = [
            (f"Anggota keluarga nomor {n}: Nama", cast.person, cast.address)
            for n in range(1, cast.heirs + 1)
        ]
    facts: dict[str, object] = {
        "surat": "Surat Rekomendasi Keterangan Tidak Mampu",
        "surat-nomor": number,
        "surat-tanggal": "12 Mei 2026",
        "ralat-lagi": "2" if cast.longest else "",
        "nama": cast.person,
        "nik": "9901015404910001",
        "perubahan": tuple(
            {"uraian": what, "tertulis": was, "seharusnya": should} for what, was, should in changed
        ),
    }
    text = resource("letters", "ralat.txt").read_text(encoding="utf-8")
    values = LetterValues(
        cast.head, "Surat Ralat", f"{number}/R1", text, facts, cast.sekcam, CODE, "", (), profile
    )
    return draw_letter(_coded(values, "SKTM-9", cast))


def endorsement(cast: Cast, profile: Profile = LETTER) -> bytes:
    """Draw a blok pengesahan, alone on its sheet."""
    values = _values(cast, "sktm", profile)
    offset = (60.0, 180.0) if cast.longest else (112.0, 200.0)
    return draw_letter(replace(values, form="pengesahan", offset=offset, qr_caption=(_CAPTION[0],)))


def copy(cast: Cast, profile: Profile = LETTER, *, void: bool = False) -> bytes:
    """Draw a SALINAN of a letter."""
    frozen = letter(cast, "sktm", profile)
    who = f"{cast.officer} (Petugas Pelayanan)"
    when = datetime(2026, 9, 30, 9, 14)
    reason = cast.words[:200] if cast.longest else "lembar pertama hilang"
    return stamp_copy(frozen, 2, when, "WIB", who, reason, void=void)


def sample(cast: Cast, profile: Profile = LETTER) -> bytes:
    """Draw the letter an administrator tries a text on."""
    return marked_as_sample(letter(cast, "belum-menikah", profile))
