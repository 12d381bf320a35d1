"""Looks at finished pages for what no paper may have: words at the edge, words upon words.

Bounds are in points from the lower left corner. The outline LATIHAN lies under everything and is
left out; so is white that is put below a code or a band.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ctypes import byref, c_float, c_int, create_string_buffer
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Any

import pypdfium2
from pypdfium2 import raw

from kecamatan_desk.domain.indonesian import MONTHS

MM = 72 / 25.4
Bounds = tuple[float, float, float, float]  # left, low, right, high
_HAIR = 0.7  # points by which letters of neighbouring lines may reach into each other
_LINE = 1 * MM  # PDFium tells a line as wider than it is drawn: its mitre at both ends
_ROOM = 1.0  # points by which a line may touch the box of a word
_STRIKE = 0.7  # thickness of the line through a void entry; nothing else has it
_OUTLINED = 1  # text render mode
_PART_OF_DATE = re.compile(rf"\d ({'|'.join(MONTHS)})( \d{{1,3}})?\s*$")


@dataclass(frozen=True)
class Line:
    """A straight stroke."""

    ends: tuple[float, float, float, float]  # x1, y1, x2, y2
    thick: float
    drawn: int  # in the order of drawing


@dataclass(frozen=True)
class Words:
    """One string as it was drawn."""

    text: str
    box: Bounds


@dataclass(frozen=True)
class Page:
    """What stands on one page. Lines are those that are seen: not under a white field."""

    wide: float
    high: float
    words: tuple[Words, ...]
    lines: tuple[Line, ...]  # stroked
    codes: tuple[Bounds, ...]  # filled without a line
    fields: tuple[tuple[int, Bounds], ...]  # white; when it was laid
    things: tuple[tuple[str, Bounds], ...]


def pages_of(pdf: bytes) -> tuple[Page, ...]:
    """Read every page."""
    with _opened(pdf) as document:
        return tuple(_read(page) for page in document)


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def _read(page: Any) -> Page:
    textpage = page.get_textpage()
    words: list[Words] = []
    lines: list[Line] = []
    codes: list[Bounds] = []
    fields: list[tuple[int, Bounds]] = []
    things: list[tuple[str, Bounds]] = []
    for place, thing in enumerate(page.get_objects(textpage=textpage)):
        box = thing.get_bounds()
        match thing.type:
            case raw.FPDF_PAGEOBJ_FORM:
                matrix = tuple(round(part, 4) for part in thing.get_matrix().get())
                assert matrix == (1, 0, 0, 1, 0, 0), "bounds inside a moved form are its own"
            case raw.FPDF_PAGEOBJ_IMAGE:
                things.append(("picture", box))
            case raw.FPDF_PAGEOBJ_TEXT:
                if raw.FPDFTextObj_GetTextRenderMode(thing.raw) == _OUTLINED:
                    continue
                found = Words(_text(thing, textpage), box)
                if found.text.strip():
                    words.append(found)
                    things.append((found.text, box))
            case raw.FPDF_PAGEOBJ_PATH:
                stroked, filled = _painted(thing)
                white = filled and _is_white(thing)
                if white:
                    fields.append((place, box))
                if stroked:
                    lines += _lines(thing, place)
                    things.append(("line", _inner(box)))
                elif filled and not white:
                    codes.append(box)
                    things.append(("code", box))
    textpage.close()
    return Page(*page.get_size(), *map(tuple, (words, lines, codes, fields, things)))


def _text(thing: Any, textpage: Any) -> str:
    length = raw.FPDFTextObj_GetText(thing.raw, textpage.raw, None, 0)
    buffer = create_string_buffer(length)
    raw.FPDFTextObj_GetText(
        thing.raw, textpage.raw, raw.cast(buffer, raw.POINTER(raw.FPDF_WCHAR)), length
    )
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def _painted(thing: Any) -> tuple[bool, bool]:
    fill, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(thing.raw, byref(fill), byref(stroke))
    return bool(stroke.value), bool(fill.value)


def _is_white(thing: Any) -> bool:
    red, green, blue, alpha = (raw.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(thing.raw, red, green, blue, alpha)
    return bool(red.value == green.value == blue.value == 255)


def _inner(bounds: Bounds) -> Bounds:
    x1, y1, x2, y2 = bounds
    return (x1 + _LINE, y1 + _LINE, x2 - _LINE, y2 - _LINE)


def _lines(thing: Any, place: int) -> Iterator[Line]:
    a, b, c, d, e, f = thing.get_matrix().get()
    points: list[tuple[int, float, float]] = []
    x, y, thick = c_float(), c_float(), c_float()
    raw.FPDFPageObj_GetStrokeWidth(thing.raw, byref(thick))
    for n in range(raw.FPDFPath_CountSegments(thing.raw)):
        part = raw.FPDFPath_GetPathSegment(thing.raw, n)
        raw.FPDFPathSegment_GetPoint(part, byref(x), byref(y))
        kind = raw.FPDFPathSegment_GetType(part)
        points.append((kind, a * x.value + c * y.value + e, b * x.value + d * y.value + f))
    for (_, x1, y1), (kind, x2, y2) in pairwise(points):
        if kind == raw.FPDF_SEGMENT_LINETO:
            yield Line((x1, y1, x2, y2), thick.value, place)


# What no paper may have


def faults(pdf: bytes, edge: float = 5) -> list[str]:
    """Name everything that no paper may have; ``edge`` in mm, as `beyond` has it."""
    found = [f"page {number}: font not embedded" for number in _unembedded(pdf)]
    if not re.search(rb"/PrintScaling\s*/None", pdf):
        found.append("the print dialogue may scale it")
    for number, page in enumerate(pages_of(pdf), 1):
        checks = (*beyond(page, edge), *upon_another(page), *ruled_through(page), *broken(page))
        found += [f"page {number}: {fault}" for fault in checks]
    return found


def beyond(page: Page, edge: float = 5) -> Iterator[str]:
    """Name what stands nearer than so many mm to the edge of the page.

    Lines along which the page is cut end at the edge; the frame of LATIHAN stands 4 mm from it.
    """
    limit = edge * MM - 0.5
    for name, (x1, y1, x2, y2) in page.things:
        across = x1 < _LINE + 1 and x2 > page.wide - _LINE - 1
        upright = y1 < _LINE + 1 and y2 > page.high - _LINE - 1
        band = name == "line" and any(_within(one.box, (x1, y1, x2, y2)) for one in _bands(page))
        least = min(limit, 4 * MM - 0.5) if band else limit
        if name == "line" and (across or upright):
            continue
        if min(x1, y1) < least or x2 > page.wide - least or y2 > page.high - least:
            box = f"{x1 / MM:.1f} {y1 / MM:.1f} {x2 / MM:.1f} {y2 / MM:.1f} mm"
            yield f"{name[:50]!r} at the edge: {box}"


def _bands(page: Page) -> tuple[Words, ...]:
    return tuple(words for words in page.words if words.text.startswith("LATIHAN"))


def _within(inner: Bounds, outer: Bounds) -> bool:
    hair = 1.0
    low = all(a >= b - hair for a, b in zip(inner[:2], outer[:2], strict=True))
    return low and all(a <= b + hair for a, b in zip(inner[2:], outer[2:], strict=True))


def upon_another(page: Page) -> Iterator[str]:
    """Name words that lie on other words, or on a code."""
    stacked = sorted(page.words, key=_low)
    for n, one in enumerate(stacked):
        for other in stacked[n + 1 :]:
            if other.box[1] > one.box[3]:
                break
            if _meet(one.box, other.box):
                yield f"{one.text[:40]!r} on {other.text[:40]!r}"
        if any(_meet(one.box, code) for code in page.codes):
            yield f"{one.text[:40]!r} on a code"


def _low(words: Words) -> float:
    return words.box[1]


def _meet(one: Bounds, other: Bounds) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > _HAIR and high > _HAIR


def ruled_through(page: Page) -> Iterator[str]:
    """Name words through which a line runs: out of their cell, or over a frame.

    A void line of a book is struck on purpose.
    """
    lines = [line for line in page.lines if abs(line.thick - _STRIKE) > 0.01]
    level = sorted((y1, *_order(x1, x2), drawn) for x1, y1, x2, y2, drawn in _ends(lines, 1))
    upright = sorted((x1, *_order(y1, y2), drawn) for x1, y1, x2, y2, drawn in _ends(lines, 0))
    for words in page.words:
        left, low, right, high = words.box
        laid = max((place for place, box in page.fields if _within(words.box, box)), default=-1)
        if any(
            drawn > laid and min(last, end) - max(first, start) > _ROOM
            for sorted_lines, (begin, stop), (start, end) in (
                (level, (low, high), (left, right)),
                (upright, (left, right), (low, high)),
            )
            for _, first, last, drawn in _between(sorted_lines, begin + _ROOM, stop - _ROOM)
        ):
            yield f"{words.text[:50]!r} ruled through"


_Sorted = tuple[float, float, float, int]  # where it lies, from, to, when it was drawn


def _ends(lines: Sequence[Line], level: int) -> Iterator[tuple[float, float, float, float, int]]:
    for line in lines:
        if abs(line.ends[level] - line.ends[level + 2]) < 0.1:
            yield (*line.ends, line.drawn)


def _order(one: float, other: float) -> tuple[float, float]:
    return min(one, other), max(one, other)


def _between(lines: list[_Sorted], begin: float, stop: float) -> list[_Sorted]:
    return lines[bisect_left(lines, (begin,)) : bisect_left(lines, (stop,))]  # type: ignore[arg-type]


def broken(page: Page) -> Iterator[str]:
    """Name dates and 16-digit numbers that are parted by the end of a line."""
    for words, following in zip_longest(page.words, page.words[1:]):
        if _PART_OF_DATE.search(words.text.replace("\u00a0", " ")):
            yield f"{words.text[-30:]!r} is a broken date"
        head = re.search(r"(?<!\d)\d+$", words.text)
        tail = re.match(r"\d+(?!\d)", following.text) if following else None
        if head and tail and len(head[0]) < 16 and len(head[0] + tail[0]) == 16:
            yield f"{head[0]!r} is a broken number"


def _unembedded(pdf: bytes) -> set[int]:
    """Give the pages with words in a font that is not in the file."""
    with _opened(pdf) as document:
        return {
            number
            for number, page in enumerate(document, 1)
            for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
            if not raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(thing.raw))
        }
