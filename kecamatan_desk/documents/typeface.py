"""The embedded typeface: registering, measuring, wrapping.

Lengths are PDF points (``MM`` of them are a millimetre) unless a name says otherwise.
"""

import re
from functools import cache, lru_cache

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.indonesian import MONTHS
from kecamatan_desk.resources import resource

MM = 72 / 25.4
REGULAR, BOLD, ITALIC = "KD", "KD-B", "KD-I"
_FILES = {REGULAR: "Regular", BOLD: "Bold", ITALIC: "Italic"}
_SOFT = "/-.,"  # a word too wide for its column breaks after one of these, if it has any


@cache
def load_fonts() -> None:
    """Register the embedded family, once."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in _FILES.items():
        path = resource("fonts", f"LiberationSans-{file}.ttf")
        pdfmetrics.registerFont(TTFont(name, str(path)))


@cache
def _char_widths(font: str) -> dict[str, float]:
    """Width of each character at 1 pt, keyed by the character (cheaper to ask than its code)."""
    from reportlab.pdfbase import pdfmetrics

    load_fonts()
    widths: dict[int, float] = pdfmetrics.getFont(font).face.charWidths
    return {chr(code): width / 1000 for code, width in widths.items()}


@lru_cache(maxsize=30_000)
def unit_width(text: str, font: str) -> float:
    """Give the width at 1 pt. InputError for a character the font lacks."""
    try:
        return sum(map(_char_widths(font).__getitem__, text))
    except KeyError as missing:
        raise InputError(
            f"Huruf {missing.args[0]!r} (U+{ord(missing.args[0]):04X}) tidak dapat dicetak. "
            "Tidak ada yang berubah; ganti huruf itu pada isian, lalu cetak lagi."
        ) from None


def width(text: str, font: str, size: float) -> float:
    """Give the width of one line."""
    return unit_width(text, font) * size


def fit_size(text: str, font: str, size: float, limit: float, least: float) -> float:
    """Give the largest size by half points at which a heading fits; never below ``least``."""
    while width(text, font, size) > limit and size > least:
        size -= 0.5
    return size


def _pieces(word: str, font: str, limit: float) -> list[str]:
    """Break a word wider than the column: after a soft mark if there is one, else at the edge."""
    out, rest = [], word
    table = _char_widths(font)
    while unit_width(rest, font) > limit:
        used, n, soft = 0.0, 0, 0
        for n, char in enumerate(rest):
            used += table[char]
            if used > limit:
                break
            if char in _SOFT:
                soft = n + 1
        cut = soft if soft > 1 else max(n, 1)
        out.append(rest[:cut])
        rest = rest[cut:]
    out.append(rest)
    return out


@lru_cache(maxsize=20_000)
def wrap(text: str, font: str, size: float, limit: float, first: float = 0.0) -> tuple[str, ...]:
    """Give the lines of a text, none wider than ``limit``; the first is ``first`` shorter.

    A no-break space holds two words together; a line break in the text is kept.
    """
    limit /= size
    space = _char_widths(font)[" "]
    lines: list[str] = []
    for part in text.split("\n"):
        line, used, room = "", 0.0, limit - (first / size if not lines else 0)
        for word in part.split(" "):
            needed = unit_width(word, font)
            if line and used + space + needed <= room:
                line, used = f"{line} {word}", used + space + needed
                continue
            if line:
                lines.append(line)
                room = limit
            if needed <= room:
                line, used = word, needed
            else:
                *full, line = _pieces(word, font, room)
                lines += full
                used = unit_width(line, font)
                room = limit
        lines.append(line)
    return tuple(lines)


_HELD = (
    re.compile(rf"(?<!\d)(\d{{1,2}}) ((?:{'|'.join(MONTHS)})) (\d{{4}})"),
    re.compile(r"\b(RT|RW|No\.|Rp) (\d)"),
    re.compile(r"(\(\d{2,5}\)) (\d)"),  # area code and number of a telephone
)


def hold(text: str) -> str:
    """Put no-break spaces into dates, "RT 003" and telephone numbers."""
    text = _HELD[0].sub("\\1\u00a0\\2\u00a0\\3", text)
    for form in _HELD[1:]:
        text = form.sub("\\1\u00a0\\2", text)
    return text


def shorten_dates(text: str) -> str:
    """Give a text held together, its dates in figures: "12-05-2026"."""

    def short(found: re.Match[str]) -> str:
        return f"{int(found[1]):02d}-{MONTHS.index(found[2]) + 1:02d}-{found[3]}"

    return hold(_HELD[0].sub(short, text))


def has_wide_date(text: str, size: float, limit: float) -> bool:
    """Tell whether a date of the text is wider in words than the limit."""
    return any(width(hold(found[0]), REGULAR, size) > limit for found in _HELD[0].finditer(text))
