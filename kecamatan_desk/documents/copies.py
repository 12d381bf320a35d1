"""Counted copies: the frozen pages with one line of text laid where they are blank."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from kecamatan_desk.documents.drawing import box, new_canvas, text
from kecamatan_desk.documents.pictures import opened
from kecamatan_desk.documents.slip_parts import short_moment
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, width, wrap

_SIDE = 14.0  # mm left and right of the line
_EDGE = 5.0  # mm at head and foot where printers do not reach
_CLEAR = 0.8  # mm between the line and what is printed
_HEAD = 20.0  # mm: a blank strip that begins above this lies over the letter
_FOOT = 12.0  # mm from the lower edge, where there is room to choose
_DOT = 0.125  # mm: the grid on which a page is searched, as fine as the thinnest rule
_INK = 136  # darker is ink, of 255; the outlined LATIHAN across a page (140) is lighter


@dataclass(frozen=True, slots=True)
class _Type:
    """A size of the line: type of its head, height in mm of the box round it, type of the rest."""

    head: float
    box: float
    rest: float


#: From the usual size to what is still read without a glass.
_USUAL = (
    _Type(10, 5.6, 8),
    _Type(10, 5.6, 7.5),
    _Type(10, 5.6, 7),
    _Type(10, 5.6, 6.5),
    _Type(8.5, 4.0, 6.5),
)
_SMALL = (_Type(8, 4.0, 6), _Type(8, 4.0, 5.5))  # only where nothing else fits


@dataclass(frozen=True, slots=True)
class _Strip:
    """A part of a page from edge to edge on which nothing is printed; mm from the upper edge."""

    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Line:
    """What is laid on a page, at one size; ``height`` in mm."""

    heads: tuple[str, ...]
    rows: tuple[str, ...]
    kind: _Type
    height: float


def stamp_copy(
    pdf: bytes,
    number: int,
    when: datetime,
    zone: str,
    who: str,
    reason: str,
    *,
    void: bool = False,
    preprinted: float = 0,
) -> bytes:
    """Give the document marked as copy *number*: when, by whom and why, on every page.

    Nothing is drawn again or moved. The line lies above the letterhead, or at the foot where there
    is no room for it; ``preprinted`` mm at the head of the first page are the paper's own
    letterhead. ``void``: the line says BATAL too.
    """
    heads = (f"SALINAN ke-{number}", "BATAL") if void else (f"SALINAN ke-{number}",)
    closing = "Surat ini tidak berlaku." if void else "Isi sama dengan yang pertama."
    why = reason.rstrip(". ")
    rest = f"dicetak {short_moment(when, zone)}, oleh {who}. Alasan: {why}. {closing}"
    with opened(pdf) as document:
        import pypdfium2

        for place, page in enumerate(document):
            line, top = _placed(page, heads, rest, preprinted if place == 0 else 0.0)
            mark = pypdfium2.PdfDocument(_drawn(line, page.get_size(), top))
            page.insert_obj(mark.page_as_xobject(0, document).as_pageobject())
            page.gen_content()
            mark.close()
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def _placed(page: Any, heads: tuple[str, ...], rest: str, preprinted: float) -> tuple[_Line, float]:
    """Give the line at the size that fits, and where its upper edge lies (mm from the top)."""
    wide, high = page.get_width() / MM, page.get_height() / MM
    strips = _blank(page, preprinted)
    lines = {kind: _line(heads, rest, wide, kind) for kind in (*_USUAL, *_SMALL)}
    room = {strip: strip.bottom - strip.top - 2 * _CLEAR for strip in strips}
    for kinds, places in (
        (_USUAL, list(_outer(strips, high, preprinted))),
        (_USUAL, strips),  # narrow margins: between two blocks of the letter, as below its head
        (_SMALL, strips),
    ):
        fewest = sorted(kinds, key=lambda kind: max(len(lines[kind].rows), 2))
        for strip in places:
            for kind in fewest:
                if lines[kind].height <= room[strip]:
                    return lines[kind], _within(strip, lines[kind].height, high)
    return lines[_SMALL[-1]], _EDGE


def _outer(strips: Sequence[_Strip], high: float, preprinted: float) -> Iterator[_Strip]:
    """Give the strips over the letter, then those below it, the outermost last."""
    if not preprinted:
        yield from (strip for strip in strips if strip.top < _HEAD)
    foot = [strip for strip in strips if strip.bottom > high - _HEAD]
    yield from (strip for strip in foot if strip.top > high / 2)
    yield from (strip for strip in foot if strip.top <= high / 2)


def _within(strip: _Strip, height: float, high: float) -> float:
    """Give the upper edge of a line in a strip: as far out as looks well."""
    if strip.top < high / 2 and strip.top < _HEAD:
        return strip.top + _CLEAR
    return max(min(strip.bottom - _CLEAR, high - _FOOT) - height, strip.top + _CLEAR)


def _blank(page: Any, preprinted: float) -> list[_Strip]:
    """Give the strips on which nothing is printed, from head to foot."""
    bitmap = page.render(scale=1 / (MM * _DOT), grayscale=True)
    wide, high, stride = bitmap.width, bitmap.height, bitmap.stride
    data = bytes(bitmap.buffer)
    bitmap.close()
    side = round(_SIDE / _DOT)
    strips: list[_Strip] = []
    begun: int | None = None
    last = high - round(_EDGE / _DOT)
    for y in range(round(max(_EDGE, preprinted) / _DOT), last + 1):
        if y < last and min(data[y * stride + side : y * stride + wide - side]) >= _INK:
            begun = y if begun is None else begun
        elif begun is not None:
            strips.append(_Strip(begun * _DOT, y * _DOT))
            begun = None
    return strips


def _line(heads: tuple[str, ...], rest: str, wide: float, kind: _Type) -> _Line:
    rows = wrap(rest, REGULAR, kind.rest, (wide - 2 * _SIDE) * MM - _heads_width(heads, kind))
    return _Line(heads, rows, kind, max(kind.box, len(rows) * kind.rest * 1.1 / MM + 0.6))


def _heads_width(heads: Sequence[str], kind: _Type) -> float:
    return sum(width(head, BOLD, kind.head) + 6 * MM for head in heads)


def _drawn(line: _Line, size: tuple[float, float], top: float) -> bytes:
    buffer = BytesIO()
    c = new_canvas(buffer, size, " ".join(line.heads), "")
    kind, x = line.kind, _SIDE * MM
    middle = size[1] - (top + line.height / 2) * MM
    for head in line.heads:
        wide = width(head, BOLD, kind.head)
        box(c, x, middle + kind.box / 2 * MM, wide + 4 * MM, kind.box * MM, 1)
        text(c, x + 2 * MM, middle - 0.36 * kind.head, head, BOLD, kind.head)
        x += wide + 6 * MM
    lead = kind.rest * 1.1
    y = middle - 0.36 * kind.rest + (len(line.rows) - 1) * lead / 2
    for row in line.rows:
        text(c, x, y, row, REGULAR, kind.rest)
        y -= lead
    c.showPage()
    c.save()
    return buffer.getvalue()
