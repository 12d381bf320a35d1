"""A letter drawn only to be looked at: marked CONTOH, and asked whether it stays on its paper."""

import math
from io import BytesIO

from kecamatan_desk.documents.drawing import new_canvas, text
from kecamatan_desk.documents.pictures import opened
from kecamatan_desk.documents.typeface import BOLD, MM, width

_WORD = "CONTOH"
_BAND = "CONTOH \u2013 BUKAN SURAT, TIDAK BERLAKU"
_EDGE = 4 * MM  # printers reach no nearer to the edge


def marked_as_sample(pdf: bytes) -> bytes:
    """Lay CONTOH over every page: outlined letters hide nothing that is to be looked at."""
    import pypdfium2

    with opened(pdf) as document:
        for page in document:
            mark = pypdfium2.PdfDocument(_mark(page.get_size()))
            page.insert_obj(mark.page_as_xobject(0, document).as_pageobject())
            page.gen_content()
            mark.close()
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def leaves_paper(pdf: bytes) -> int | None:
    """Give the first page, from 1, on which words run over the paper's edge, or None.

    A row of a table is never parted: one that is higher than the page would lose its end.
    """
    from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

    with opened(pdf) as document:
        for number, page in enumerate(document, 1):
            wide, high = page.get_size()
            for part in page.get_objects(filter=[FPDF_PAGEOBJ_TEXT]):
                left, low, right, top = part.get_bounds()
                if left < _EDGE or low < _EDGE or right > wide - _EDGE or top > high - _EDGE:
                    return number
    return None


def _mark(size: tuple[float, float]) -> bytes:
    wide, high = size
    buffer = BytesIO()
    c = new_canvas(buffer, size, _WORD, "")
    c.saveState()
    c.translate(wide / 2, high / 2)
    c.rotate(math.degrees(math.atan2(high, wide)))
    letters = 0.55 * math.hypot(wide, high) / width(_WORD, BOLD, 1)
    t = c.beginText()
    t.setFont(BOLD, letters)
    t.setTextRenderMode(1)
    t.setTextOrigin(-width(_WORD, BOLD, letters) / 2, -letters * 0.36)
    c.setStrokeGray(0.72)
    c.setLineWidth(1)
    t.textOut(_WORD)
    c.drawText(t)
    c.restoreState()
    c.setFillGray(0.35)
    text(c, wide / 2, high - 9 * MM, _BAND, BOLD, 9, "c")
    c.showPage()
    c.save()
    return buffer.getvalue()
