"""Samples for administration: a test letter's text, and signature places on one sheet."""

from collections.abc import Iterable
from io import BytesIO

from kecamatan_desk.documents.drawing import HAIR, new_canvas, rule, text
from kecamatan_desk.documents.letterhead import signature, signature_height
from kecamatan_desk.documents.typeface import ITALIC, MM
from kecamatan_desk.documents.values import SignatureBlock

#: caption, the place or None, what is to be said about it
Place = tuple[str, SignatureBlock | None, str]

TEST_LETTER = """= SURAT UJI

Lembar ini memperlihatkan kepala surat, nomor, dan tempat tanda tangan Kecamatan {{kecamatan}} \
seperti akan tercetak pada setiap surat. Nomor di atas hanya contoh dan tidak terpakai.

Periksa ejaan nama, alamat, dan lambang daerah. Berkas yang tidak memenuhi syarat ditunggu \
{{hari-tms}} hari.
"""

_WIDE, _SIDE = 112 * MM, 8 * MM
_SIZE = 11.0
_LEAD, _ROOM = _SIZE * 1.15, 11 * MM  # less room for the pen: nobody signs here
_GAP = 7 * MM


def draw_signatures(places: Iterable[Place]) -> bytes:
    """Draw signature places one below the other, with the very drawing letters use."""
    placed = tuple(places)
    room = _WIDE - 2 * _SIDE
    heights = [_height(place, room) for place in placed]
    high = sum(heights) + _GAP * len(placed)
    buffer = BytesIO()
    c = new_canvas(buffer, (_WIDE, high), "Tempat tanda tangan", "")
    top = high - _GAP / 2
    for (caption, block, note), height in zip(placed, heights, strict=True):
        text(c, _SIDE, top - 9, f"{caption}: {note}" if note else caption, ITALIC, 9)
        if block is not None:
            signature(c, _SIDE, top - 18, room, block, _SIZE, _LEAD, _ROOM)
        top -= height + _GAP
        if top > _GAP:
            rule(c, _SIDE, top + _GAP / 2, _WIDE - _SIDE, top + _GAP / 2, HAIR)
    c.showPage()
    c.save()
    return buffer.getvalue()


def _height(place: Place, room: float) -> float:
    _caption, block, _note = place
    if block is None:
        return 18
    return 18 + signature_height(block, _SIZE, _LEAD, room, _ROOM)
