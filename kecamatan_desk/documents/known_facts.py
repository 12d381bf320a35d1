"""Every fact a letter's text may name: the fields of its service, what is derived, the common ones.

The names are asked of `field_facts` itself, so that none can be promised that is not there when
the letter is drawn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kecamatan_desk.documents.facts import field_facts, slug
from kecamatan_desk.workflows.vocabulary import Field, Letter, Service


class FactKind(StrEnum):
    """How a fact may be used."""

    TEXT = "teks"  # printed; as a section: when it is not empty
    FLAG = "syarat"  # only as a section
    ROWS = "baris"  # a table, or a section for each row


@dataclass(frozen=True, slots=True)
class KnownFact:
    """One name, and what the office calls it."""

    name: str
    label: str
    kind: FactKind
    group: str  # title of the form's section, or where else it comes from
    columns: tuple["KnownFact", ...] = ()  # of a ROWS fact: the names inside a row


_LETTER, _OFFICE, _APPLICANT = "Surat", "Kantor", "Pemohon"
#: What every letter can name: (name, label, group).
_COMMON = (
    ("nomor", "Nomor surat", _LETTER),
    ("nomor-agenda", "Nomor agenda", _LETTER),
    ("tanggal", "Tanggal surat", _LETTER),
    ("tanggal-hari", "Tanggal surat: nama hari", _LETTER),
    ("tanggal-terbilang", "Tanggal surat dengan huruf", _LETTER),
    ("jam", "Pukul", _LETTER),
    ("zona", "Zona waktu (WIB, WITA, WIT)", _LETTER),
    ("kode-berkas", "Kode berkas", _LETTER),
    ("penandatangan", "Jabatan penandatangan", _LETTER),
    ("penandatangan-nama", "Nama penandatangan", _LETTER),
    ("petugas", "Petugas yang mencatat", _LETTER),
    ("kecamatan", "Nama kecamatan", _OFFICE),
    ("kabupaten", "Nama kabupaten/kota", _OFFICE),
    ("provinsi", "Nama provinsi", _OFFICE),
    ("camat", "Camat dan nama kecamatan", _OFFICE),
    ("tempat", "Tempat pada tanggal surat", _OFFICE),
)
#: The applicant's own; inside a row they would silently stand for another person.
_PERSONAL = (
    ("ttl", "Tempat, tanggal lahir", _APPLICANT),
    ("umur", "Umur", _APPLICANT),
    ("alamat-lengkap", "Alamat lengkap dengan RT, RW, desa", _APPLICANT),
)
COMMON_NAMES = frozenset(name for name, _, _ in _COMMON)

_SUFFIXES = (
    ("-jumlah-terbilang", "{}: jumlahnya dengan huruf"),
    ("-jumlah", "{}: jumlahnya"),
    ("-terbilang", "{} dengan huruf"),
    ("-hari", "{}: nama hari"),
    ("-ya", "{}: ya"),
    ("ttl", "{}, dengan tempatnya"),
    ("umur", "{}: umurnya"),
)


def known_facts(service: Service, letter: Letter) -> tuple[KnownFact, ...]:
    """Give what a letter's text may name, in the order of the form; the common facts last.

    Fields are those filled in up to the letter's own step: later ones are empty when it is drawn.
    """
    found: dict[str, KnownFact] = {}
    for place, section in enumerate(service.sections_until(letter.step)):
        for fact in _facts_of(section.fields, section.title):
            found.setdefault(fact.name, fact)
        if place == 0:  # the form begins with the person; these names say it better
            found |= _common(_PERSONAL)
    return tuple((found | _common(_COMMON)).values())


def _common(rows: Sequence[tuple[str, str, str]]) -> dict[str, KnownFact]:
    return {name: KnownFact(name, words, FactKind.TEXT, group) for name, words, group in rows}


def _facts_of(fields: Sequence[Field], group: str) -> Iterator[KnownFact]:
    for field in fields:
        choices = {f"{field.code}-is-{slug(choice)}": choice for choice in field.choices}
        for name, empty in field_facts((field,), {}).items():
            if name in choices:
                label = f"{field.label}: {choices[name]}"
                yield KnownFact(name, label, FactKind.FLAG, group)
            elif isinstance(empty, tuple):
                columns = (KnownFact("no", "Nomor urut", FactKind.TEXT, field.label),)
                inner = tuple(_facts_of(field.columns, field.label))
                yield KnownFact(name, field.label, FactKind.ROWS, group, columns + inner)
            else:
                kind = FactKind.FLAG if isinstance(empty, bool) else FactKind.TEXT
                yield KnownFact(name, _label(field, name), kind, group)


def _label(field: Field, name: str) -> str:
    if name == field.code:
        return field.label
    form = next(form for suffix, form in _SUFFIXES if name.endswith(suffix))
    return form.format(field.label)
