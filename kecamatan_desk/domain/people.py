"""NIK, KK and NIP: structure, what they say about a person, and how they are shown.

Structure of the NIK: six digits region of first registration, DDMMYY of birth with 40 added to
the day for women, four digits serial. It never changes, not even when the birth date is
corrected (PP 40/2019): what it says can only warn, never block.
"""

import re
from dataclasses import dataclass
from datetime import date

from kecamatan_desk.domain.errors import InputError

_DIGITS = re.compile(r"[\s.\-]")


@dataclass(frozen=True, slots=True)
class NikFacts:
    """What a NIK says about its holder. ``birth`` is None when its date part is impossible."""

    region: str
    birth: date | None
    female: bool
    serial: str


def digits_only(text: str) -> str:
    """Drop the blanks, dots and hyphens people paste along with a number."""
    return _DIGITS.sub("", text)


def checked_nik(text: str, label: str = "NIK", field: str | None = "nik") -> str:
    """Give the 16 digits of a NIK (or No. KK), or raise InputError saying what is wrong."""
    nik = digits_only(text)
    if not nik.isascii() or not nik.isdigit():
        raise InputError(
            f"{label} hanya boleh berisi angka. Periksa kartu, lalu ketik ulang.", field
        )
    if len(nik) != 16:
        raise InputError(
            f"{label} harus 16 angka, yang diketik {len(nik)}. Periksa kartu, lalu lengkapi.", field
        )
    if len(set(nik)) == 1:
        raise InputError(
            f"{label} tidak mungkin berisi angka yang sama semua. Ketik dari kartu, atau "
            "kosongkan bila belum ada.",
            field,
        )
    return nik


def nik_facts(nik: str, today: date) -> NikFacts:
    """Read the parts of a valid NIK. The century is the latest that is not in the future."""
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    female = day > 40
    born = None
    for century in (today.year // 100 * 100, today.year // 100 * 100 - 100):
        try:
            born = date(century + year, month, day - 40 if female else day)
        except ValueError:
            continue
        if born <= today:
            break
    return NikFacts(nik[:6], born, female, nik[12:])


def masked_nik(nik: str) -> str:
    """Give the NIK as lists and slips show it: first and last four digits."""
    return f"{nik[:4]}{'•' * 8}{nik[-4:]}" if len(nik) == 16 else nik


def grouped_nip(nip: str) -> str:
    """Give an 18-digit NIP as letters print it: 19800101 200501 1 001."""
    if len(nip) != 18 or not nip.isdigit():
        return nip
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"


def age_on(birth: date, day: date) -> int:
    """Give the completed years of age on *day*; somebody born on 29 February ages on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def initials(name: str) -> str:
    """Give two capitals for the round badge of a user, titles left out."""
    words = [w for w in name.split(",")[0].split() if not w.endswith(".")] or name.split()
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper() if words else "?"
