"""Invented people for looking at a letter text: an ordinary one, the longest, the shortest.

Their values are made from the fields of a service alone, so that a new service has them at once.
They pass the form's own checks; NIK and KK begin with 99, which no region has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import cycle
from typing import Any

from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Service


class Person(StrEnum):
    """On whom a text is tried."""

    ORDINARY = "biasa"
    LONGEST = "terpanjang"  # every field filled in, as long as people's names and addresses get
    SHORTEST = "kosong"  # only what must be filled in


@dataclass(frozen=True, slots=True)
class _Manner:
    """How the values of one person are made."""

    names: tuple[str, ...]  # by turns, row after row
    address: str
    place: str
    rows: int
    number: int
    money: int
    long: int = 0  # other texts are filled up to so many characters; 0: a word or two
    very_long: int = 0  # texts of several lines
    every: bool = True  # optional fields, too


LONGEST_NAME = "Prof. Dr. H. Muhammad Ma'ruf Nur’ainurrahman Kusumo, S.Pd.I."
LONGEST_ADDRESS = (
    "Perumahan Griya Mekar Indah Permai Tahap II Blok AA12 Nomor 117B, Jalan Kyai Haji "
    "Abdurrahman Wahid Gang Melati Putih III, Dusun Karangsari Kulon di belakang Masjid Jami’ "
    "Al-Hidayah Tegal Kidul Lama 2"
)
_WORDS = (
    "keterangan yang ditulis lengkap oleh pemohon menurut berkas yang diajukan, agar petugas "
    "tidak perlu bertanya lagi,"
)
#: What an ordinary person says; for other fields the form's own example, or the label.
_USUAL = {
    "pekerjaan": "Karyawan swasta",
    "keperluan": "keringanan biaya sekolah",
    "hubungan": "Anak kandung",
    "nomor": "145/27/DS/IX/2026",
    "kabupaten": "Kabupaten Tirtamulya",
    "kecamatan": "Sukasari",
    "provinsi": "Jawa Makmur",
    "kua": "KUA Kecamatan Sukamaju",
    "keterangan": "",
}
_MANNERS = {
    Person.ORDINARY: _Manner(
        ("Siti Rahmawati", "Budi Santoso", "Dewi Lestari", "Agus Setiawan"),
        address="Dusun Krajan",
        place="Mekarsari",
        rows=3,
        number=3,
        money=2_500_000,
    ),
    Person.LONGEST: _Manner(
        (LONGEST_NAME,),
        address=LONGEST_ADDRESS,
        place="Kampung Baru Mekarsari Permai",
        rows=20,
        number=88,
        money=987_654_321_987,
        long=90,
        very_long=1000,
    ),
    Person.SHORTEST: _Manner(
        ("Adi",), address="Krajan", place="Desa A", rows=1, number=1, money=1, every=False
    ),
}
_SEXES = ("Laki-laki", "Perempuan")
_BORN = 1991
_DAY = "2026-09-23"  # Rabu 23 September: among the longest a date gets
#: Answers that would hide the person, and with him what is to be looked at.
_NEVER_YES = ("rahasia",)


def sample_data(service: Service, person: Person) -> dict[str, Any]:
    """Give the stored values of one invented request, for every step of the service."""
    return _filled(service.fields, _MANNERS[person], 0)


def _filled(fields: Sequence[Field], manner: _Manner, row: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in fields:
        shown = field.when is None or field.when.holds(values)
        if shown and (manner.every or field.required):
            value = _value(field, fields, manner, row)
            if value != "":
                values[field.code] = value
    return values


def _value(field: Field, fields: Sequence[Field], manner: _Manner, row: int) -> Any:
    match field.kind:
        case FieldKind.DATE:
            return _born(row).isoformat() if "lahir" in field.code else _DAY
        case FieldKind.TIME:
            return "09:30"
        case FieldKind.NUMBER:
            return min(manner.number, 10**field.length - 1)
        case FieldKind.MONEY:
            return manner.money
        case FieldKind.CHOICE:
            return _choice(field, fields, manner, row)
        case FieldKind.MULTI_CHOICE:
            return list(field.choices if manner.long else field.choices[:1])
        case FieldKind.YES_NO:
            return "ya" if manner.every and field.code not in _NEVER_YES else "tidak"
        case FieldKind.NIK:
            return _nik(manner, row)
        case FieldKind.KK:
            return "9901011203120007"
        case FieldKind.PHONE:
            return "081200000099"
        case FieldKind.VILLAGE:
            return manner.place
        case FieldKind.ROWS:
            return [_filled(field.columns, manner, n + 1) for n in range(manner.rows)]
    return _text(field, manner, row)


def _born(row: int) -> date:
    return date(_BORN + row, 9, row % 28 + 1)


def _sex(manner: _Manner, row: int) -> str:
    return _SEXES[(row + 1) % 2 if len(manner.names) > 1 else 0]


def _nik(manner: _Manner, row: int) -> str:
    born = _born(row)
    day = born.day + (40 if _sex(manner, row) == _SEXES[1] else 0)
    return f"990101{day:02d}{born:%m%y}{row + 1:04d}"


def _choice(field: Field, fields: Sequence[Field], manner: _Manner, row: int) -> str:
    """Give the choice that opens most fields; among equals the longest, or the first."""
    if set(field.choices) == set(_SEXES):
        return _sex(manner, row)
    if not manner.every:
        return field.choices[0]
    conditions = [f.when for f in fields if f.when and f.when.field == field.code]
    opened = {c: sum(c in when.values for when in conditions) for c in field.choices}
    if any(opened.values()):
        return max(field.choices, key=opened.__getitem__)
    return max(field.choices, key=len) if manner.long else field.choices[0]


def _text(field: Field, manner: _Manner, row: int) -> str:
    code, most = field.code, field.length
    if field.digits:
        return ("99" + "0123456789" * 3)[: field.digits]
    if field.pad:
        return "003".zfill(field.pad)[-field.pad :]
    if _is_name(code):
        turn = row if code == "nama" else row + len(code)  # not everybody has one name
        return manner.names[turn % len(manner.names)][:most]
    if "alamat" in code:
        return manner.address[:most].rstrip(" ,")
    if (code.endswith("desa") and not field.hint) or "tempat-lahir" in code:
        return manner.place[:most]
    if not manner.every:
        return "ada"[:most]
    if manner.long:
        lines = field.kind is FieldKind.LONG_TEXT
        return _stretched(min(manner.very_long if lines else manner.long, most)) or "9" * most
    return _usual(field)[:most].rstrip()


def _is_name(code: str) -> bool:
    return code in ("nama", "bin-binti") or code.endswith(("-nama", "-bin", "-binti"))


def _usual(field: Field) -> str:
    said = _USUAL.get(field.code.rsplit("-", 1)[-1], field.hint or f"contoh {field.label.lower()}")
    return said.replace(" …", " Sukamaju")


def _stretched(length: int) -> str:
    """Give words up to a length; "" when not even one fits."""
    words: list[str] = []
    taken = 0
    for word in cycle(_WORDS.split()):
        if taken + len(word) > length:
            break
        words.append(word)
        taken += len(word) + 1
    return " ".join(words).rstrip(",")
