"""Blok pengesahan: the office's number and signature, printed onto a letter the village has made.

The sheet is empty but for the block, which begins at an offset from the upper left corner of the
paper. Nothing runs off the paper unseen: a block that would is refused.
"""

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

from kecamatan_desk.documents.composer import QR_QUIET, QR_SIDE
from kecamatan_desk.documents.drawing import new_canvas, practice_mark, qr, text
from kecamatan_desk.documents.letterhead import hanging, signature, signature_height, words_width
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, hold, width, wrap
from kecamatan_desk.documents.values import BlockPlace, LetterValues, SignatureBlock
from kecamatan_desk.domain.errors import InputError

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_SIZE = 11.0
_LEAD = _SIZE * 1.15
_EDGE = 5 * MM  # no printer reaches nearer to the paper's edge
_LEAST, _MOST = 60 * MM, 95 * MM  # room for the words; a longer line is wrapped
_LABEL = 17 * MM  # from "Nomor" to its colon


@dataclass(frozen=True, slots=True)
class _Placed:
    """The block at its place, in points from the lower left corner."""

    size: tuple[float, float]  # of the sheet
    block: SignatureBlock
    x: float
    body: float  # edge of the words; what hangs stands left of it
    top: float
    wide: float
    number: tuple[str, ...]  # wrapped
    height: float


def draw_endorsement(values: LetterValues) -> bytes:
    """Draw the block as PDF of one page. InputError when it would leave the paper."""
    placed = _place(values)
    buffer = BytesIO()
    c = new_canvas(buffer, placed.size, values.title, values.head.name)
    if values.head.practice:
        practice_mark(c, *placed.size)
    _code(c, placed, _draw(c, placed, values), values)
    c.showPage()
    c.save()
    return buffer.getvalue()


def check_endorsement(values: LetterValues) -> None:
    """Raise InputError, naming offset_x or offset_y, when the block would leave the paper."""
    _place(values)


def place_of_endorsement(values: LetterValues) -> BlockPlace:
    """Tell where the block and its code fall, also where they would leave the paper."""
    placed = _measured(values)
    high, wide = placed.size[1], placed.body + placed.wide - placed.x
    left, bottom = _code_left(placed), placed.top - placed.height + _LEAD - _SIZE * 0.92
    code = None
    if left is not None:
        above = high - (bottom + QR_SIDE - QR_QUIET)
        code = (left / MM, above / MM, QR_SIDE / MM, QR_SIDE / MM)
    block = (placed.x, high - placed.top, wide, placed.height)
    x, top, wide, deep = (length / MM for length in block)
    return BlockPlace((x, top, wide, deep), code)


def _place(values: LetterValues) -> _Placed:
    placed, paper = _measured(values), values.profile.sheet
    wide, high = placed.size
    hang = placed.body - placed.x
    if placed.x < _EDGE or wide - _EDGE - placed.body < _LEAST:
        most = (wide - _EDGE - hang - _LEAST) / MM
        raise _beyond("offset_x", "kiri", _EDGE / MM, most, paper.label)
    if placed.top > high - _EDGE or placed.top - placed.height < _EDGE:
        lowest = (high - _EDGE - placed.height) / MM
        raise _beyond("offset_y", "atas", _EDGE / MM, lowest, paper.label)
    return placed


def _measured(values: LetterValues) -> _Placed:
    """Give the block at its offset, as wide and high as it prints; it may leave the paper."""
    paper = values.profile.sheet
    wide, high = paper.width * MM, paper.height * MM
    x, top = values.offset[0] * MM, high - values.offset[1] * MM
    assert values.signature is not None
    block = replace(values.signature, place_date="")
    hang = hanging(block, _SIZE)
    room = max(wide - _EDGE - x - hang, _LEAST)
    number_width = _LABEL + 3.5 * MM + width(values.number, REGULAR, _SIZE) + 1
    words = min(max(words_width(block, _SIZE), number_width, _LEAST), _MOST, room)
    number = wrap(values.number, REGULAR, _SIZE, words - _LABEL - 3.5 * MM)
    height = (2.4 + len(number)) * _LEAD
    height += signature_height(block, _SIZE, _LEAD, words + hang)
    return _Placed((wide, high), block, x, x + hang, top, words, number, height)


def _beyond(field: str, edge: str, least: float, most: float, paper: str) -> InputError:
    """Word the refusal; the most is rounded down, so that what it names is accepted."""
    return InputError(
        f"Blok pengesahan melewati tepi kertas {paper}. Tidak ada yang berubah; pada menu Layanan "
        f"atur jaraknya dari tepi {edge} antara {least:.0f} dan {int(most)} mm, atau pilih kertas "
        "lain.",
        field,
    )


def _draw(c: "Canvas", placed: _Placed, values: LetterValues) -> float:
    """Draw the words; give the last base line."""
    body, y = placed.body, placed.top - _SIZE * 0.92
    text(c, body, y, values.endorsed, REGULAR, _SIZE)
    colon = body + _LABEL
    for label, rows in (("Nomor", placed.number), ("Tanggal", (_day(values),))):
        y -= _LEAD
        text(c, body, y, label, REGULAR, _SIZE)
        text(c, colon, y, ":", REGULAR, _SIZE)
        for n, row in enumerate(rows):
            y -= _LEAD if n else 0
            text(c, colon + 3.5 * MM, y, row, REGULAR, _SIZE)
    top = y + _SIZE * 0.92 - 1.4 * _LEAD
    hang = placed.body - placed.x
    return signature(c, placed.x, top, placed.wide + hang, placed.block, _SIZE, _LEAD)


def _day(values: LetterValues) -> str:
    """Give the letter's date: the block itself carries no place and date."""
    assert values.signature is not None
    dated = str(values.facts.get("tanggal", ""))
    return hold(dated or values.signature.place_date.rpartition(", ")[2])


def _code_left(placed: _Placed) -> float | None:
    """Give where the code begins: at the block's left, else at its right; None: no room."""
    left = placed.x - QR_SIDE
    if left >= _EDGE - QR_QUIET:
        return left
    left = placed.body + placed.wide
    return None if left + QR_SIDE > placed.size[0] - _EDGE + QR_QUIET else left


def _code(c: "Canvas", placed: _Placed, bottom: float, values: LetterValues) -> None:
    """Draw the code beside the block, where the paper has room: at its left, else at its right."""
    if not values.qr:
        return
    side, left = QR_SIDE, _code_left(placed)
    if left is None:
        return
    caption = values.qr_caption[0] if values.qr_caption else ""
    qr(c, left, bottom + side - QR_QUIET, side, values.qr)
    if bottom - 3.2 * MM > _EDGE:
        text(c, left + side / 2, bottom - 2.2 * MM, caption, BOLD, 6.5, "c")
