"""Which characters the printed typeface has. Reads the font's own table; needs no PDF library."""

import struct
from functools import cache

from kecamatan_desk.resources import resource

_FACES = ("Regular", "Bold")  # running text and names; Italic carries the program's own words only
_BREAKS = frozenset("\n")  # drawn as a new line, not as a character


def missing_characters(text: str) -> str:
    """Give the characters of *text* that cannot be printed, each once, in order; "" when none."""
    known = _printable()
    return "".join(dict.fromkeys(char for char in text if ord(char) not in known))


@cache
def _printable() -> frozenset[int]:
    common = frozenset.intersection(
        *(_mapped(resource("fonts", f"LiberationSans-{face}.ttf").read_bytes()) for face in _FACES)
    )
    printable = frozenset(code for code in common if code >= 32 and not 127 <= code < 160)
    return printable | {ord(char) for char in _BREAKS}


def _mapped(font: bytes) -> frozenset[int]:
    """Give the code points of a TrueType file's Unicode table (OpenType 1.9, cmap format 4)."""
    table = _cmap(font)
    (count,) = struct.unpack_from(">H", font, table + 2)
    for number in range(count):
        _, _, offset = struct.unpack_from(">HHL", font, table + 4 + 8 * number)
        start = table + offset
        if struct.unpack_from(">H", font, start) == (4,):
            return _format_4(font, start)
    raise ValueError("the font has no Unicode table of format 4")


def _cmap(font: bytes) -> int:
    (tables,) = struct.unpack_from(">H", font, 4)
    for number in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * number)
        if tag == b"cmap":
            return int(offset)
    raise ValueError("the font has no character table")


def _format_4(font: bytes, start: int) -> frozenset[int]:
    twice, *_ = struct.unpack_from(">H", font, start + 6)
    segments = twice // 2
    ends = struct.unpack_from(f">{segments}H", font, start + 14)
    starts = struct.unpack_from(f">{segments}H", font, start + 16 + twice)
    deltas = struct.unpack_from(f">{segments}H", font, start + 16 + 2 * twice)
    ranges_at = start + 16 + 3 * twice
    ranges = struct.unpack_from(f">{segments}H", font, ranges_at)
    known = set()
    for n in range(segments):
        for code in range(starts[n], min(ends[n], 0xFFFE) + 1):
            glyph = code
            if ranges[n]:
                at = ranges_at + 2 * n + ranges[n] + 2 * (code - starts[n])
                (glyph,) = struct.unpack_from(">H", font, at)
                if not glyph:
                    continue
            if (glyph + deltas[n]) & 0xFFFF:
                known.add(code)
    return frozenset(known)
