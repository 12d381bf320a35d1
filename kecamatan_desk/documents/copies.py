"""Counted copies: the frozen pages with one line of text laid above the letterhead."""

from datetime import datetime
from io import BytesIO

from kecamatan_desk.documents.drawing import box, new_canvas, text
from kecamatan_desk.documents.pictures import opened
from kecamatan_desk.documents.slip_parts import short_moment
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, fit_size, width, wrap


def stamp_copy(
    pdf: bytes,
    number: int,
    when: datetime,
    zone: str,
    who: str,
    reason: str,
    *,
    practice: bool = False,
) -> bytes:
    """Give the document marked as copy *number*: when, by whom and why, on every page.

    Nothing is drawn again or moved. The line stands 8 mm under the edge, clear of all text; on
    practice papers between the band and the letterhead.
    """
    head = f"SALINAN ke-{number}"
    rest = (
        f"dicetak {short_moment(when, zone)}, oleh {who}. Alasan: {reason}. "
        "Isi sama dengan yang pertama."
    )
    with opened(pdf) as document:
        import pypdfium2

        for page in document:
            mark = pypdfium2.PdfDocument(_mark(page.get_size(), head, rest, practice))
            stamp = mark.page_as_xobject(0, document)
            page.insert_obj(stamp.as_pageobject())
            page.gen_content()
            mark.close()
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def _mark(size: tuple[float, float], head: str, rest: str, practice: bool) -> bytes:
    buffer = BytesIO()
    c = new_canvas(buffer, size, head, "")
    x, y = 14 * MM, size[1] - (13.8 if practice else 9.5) * MM
    wide = width(head, BOLD, 10)
    room = size[0] - 28 * MM - wide - 6 * MM
    small = fit_size(rest, REGULAR, 8, room, 6.5)
    rows = wrap(rest, REGULAR, small, room)
    box(c, x, y + 4.1 * MM, wide + 4 * MM, 5.6 * MM, 1)
    text(c, x + 2 * MM, y, head, BOLD, 10)
    lead = small * 1.1
    top = y + 0.2 + (len(rows) - 1) * lead / 2
    for n, row in enumerate(rows):
        text(c, x + 6 * MM + wide, top - n * lead, row, REGULAR, small)
    c.showPage()
    c.save()
    return buffer.getvalue()
