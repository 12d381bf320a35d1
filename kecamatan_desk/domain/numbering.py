"""How numbers are written: file codes, queue numbers, letter numbers. Pure text, no counting."""

import re
from collections.abc import Collection, Mapping
from datetime import date

from kecamatan_desk.domain.errors import RuleError

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

#: Check letters: no I, O, Q, U that are misread on paper or by ear.
_CHECK = "ABCDEFGHJKLMNPRSTVWXYZ0"

TOKENS = (
    "kode",
    "urut",
    "sisipan",
    "unit",
    "singkatan",
    "sifat",
    "bulan",
    "romawi",
    "tahun",
    "tahun2",
    "layanan",
)
_TOKEN = re.compile(r"\{(\w+)(?::(\d))?\}")
MOST_CHARACTERS = 60
#: How an inserted number (nomor sisipan) is told from its base: 006.A, 006.B …
SUFFIXES = tuple(f".{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def check_letter(year: int, number: int) -> str:
    """Give the check letter of a file code; every single wrong or swapped digit changes it."""
    digits = f"{year % 100:02d}{number:06d}"
    return _CHECK[sum((9 - place) * int(d) for place, d in enumerate(digits)) % 23]


def file_code(year: int, number: int) -> str:
    """Give the file code: two digits of the year, running number, check letter: 26-000123-K."""
    return f"{year % 100:02d}-{number:06d}-{check_letter(year, number)}"


def valid_file_code(text: str) -> bool:
    """Tell whether *text* is a file code whose check letter is right."""
    match = re.fullmatch(r"(\d\d)-(\d{6,})-([A-Z0-9])", text.strip().upper())
    return (
        bool(match) and check_letter(int(match[1]), int(match[2])) == match[3] if match else False
    )


def queue_display(family: str, number: int | None) -> str:
    """Give a queue number as the ticket prints it: the family's letter leads, A-012."""
    return "" if number is None else f"{family}-{number:03d}"


def agenda_display(number: int | None, suffix: str = "") -> str:
    """Give an agenda number as papers print it: 012, inserted 012.A; "" where there is none."""
    return "" if number is None else f"{number:03d}{suffix}"


def next_suffix(used: Collection[str]) -> str:
    """Give the suffix of the next number inserted behind a base that has these already.

    RuleError when the alphabet is used up.
    """
    letters = max((SUFFIXES.index(one) + 1 for one in used), default=0)
    if letters >= len(SUFFIXES):
        raise RuleError(
            f"Nomor itu sudah mempunyai {len(SUFFIXES)} sisipan. Belum ada yang berubah; pakai "
            "nomor berikutnya."
        )
    return SUFFIXES[letters]


def check_pattern(pattern: str) -> None:
    """Raise RuleError unless a letter number can be written with this pattern.

    It must hold ``{urut}`` and only known tokens.
    """
    unknown = [match[1] for match in _TOKEN.finditer(pattern) if match[1] not in TOKENS]
    rest = _TOKEN.sub("", pattern)
    if unknown or "{" in rest or "}" in rest:
        named = ", ".join("{" + name + "}" for name in unknown) or "kurung kurawal"
        raise RuleError(
            f"Pola nomor surat memuat {named} yang tidak dikenal. Pola lama tetap berlaku; "
            "pakai hanya " + ", ".join("{" + token + "}" for token in TOKENS) + "."
        )
    if "{urut" not in pattern:
        raise RuleError(
            "Pola nomor surat harus memuat {urut}, agar setiap surat bernomor lain. "
            "Pola lama tetap berlaku."
        )


def pattern_warning(pattern: str) -> str:
    """Say what is odd about a pattern that can be used; "" when nothing is (domain facts §2.5)."""
    if "{tahun" in pattern:
        return ""
    return "Pola ini tidak memuat {tahun}: nomor surat tahun depan akan sama dengan tahun ini."


def letter_number(pattern: str, tokens: Mapping[str, str | int], day: date) -> str:
    """Write a letter number. ``tokens`` give kode, urut, layanan, singkatan …; day the rest.

    The Roman month is that of the letter's date, not of the clock. A suffix (sisipan) stands
    directly behind the running number where the pattern has no place for it. RuleError when the
    result is longer than sixty characters.
    """
    suffix = "" if "{sisipan" in pattern else str(tokens.get("sisipan", ""))
    values: dict[str, str | int] = {
        "bulan": f"{day.month:02d}",
        "romawi": ROMAN[day.month - 1],
        "tahun": day.year,
        "tahun2": f"{day.year % 100:02d}",
        **tokens,
    }

    def written(match: re.Match[str]) -> str:
        value = values.get(match[1], "")
        text = f"{value:0{match[2]}d}" if match[2] and isinstance(value, int) else str(value)
        return text + suffix if match[1] == "urut" else text

    number = _TOKEN.sub(written, pattern)
    if len(number) > MOST_CHARACTERS:
        raise RuleError(
            f"Nomor surat menjadi {len(number)} huruf, paling banyak {MOST_CHARACTERS}. "
            "Belum ada nomor yang terpakai; persingkat pola nomor pada Kantor dan kop surat."
        )
    return number
