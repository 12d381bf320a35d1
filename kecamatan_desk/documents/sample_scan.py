"""Invented scans for practice: a paper drawn as if it lay on the scanner, with CONTOH across it."""

from collections.abc import Sequence
from io import BytesIO

from kecamatan_desk.documents.drawing import THIN, box, new_canvas, text
from kecamatan_desk.documents.pictures import page_picture
from kecamatan_desk.documents.typeface import BOLD, ITALIC, MM, REGULAR, fit_size

_SHEET = (148 * MM, 105 * MM)  # A6, lying
_PIXELS = 880  # 150 dpi: readable on screen, and small
MARK = "CONTOH"
_FOOT = "CONTOH untuk latihan: bukan dokumen, orang dan nomornya karangan."


def sample_pdf(title: str, rows: Sequence[tuple[str, str]]) -> bytes:
    """Draw the paper as a PDF of one page. ``rows``: label and value, all of them invented."""
    buffer = BytesIO()
    c = new_canvas(buffer, _SHEET, f"{MARK} {title}", MARK)
    wide, high = _SHEET
    left, right = 12 * MM, wide - 12 * MM
    c.setFillGray(0.93)
    c.rect(0, 0, wide, high, stroke=0, fill=1)
    c.setFillGray(1)
    c.rect(8 * MM, 8 * MM, wide - 16 * MM, high - 16 * MM, stroke=0, fill=1)
    c.setFillGray(0)
    box(c, 8 * MM, high - 8 * MM, wide - 16 * MM, high - 16 * MM, THIN)
    c.saveState()
    c.translate(wide / 2, high / 2)
    c.rotate(28)
    c.setFillGray(0.86)
    c.setFont(BOLD, 74)
    c.drawCentredString(0, -24, MARK)
    c.restoreState()
    size = fit_size(title, BOLD, 14, right - left, 8)
    text(c, wide / 2, high - 19 * MM, title, BOLD, size, "c")
    y = high - 31 * MM
    for label, value in rows:
        text(c, left, y, label, REGULAR, 10)
        text(c, left + 36 * MM, y, f": {value}", REGULAR, fit_size(value, REGULAR, 10, 82 * MM, 6))
        y -= 7 * MM
    text(c, wide / 2, 11.5 * MM, _FOOT, ITALIC, 8, "c")
    c.showPage()
    c.save()
    return buffer.getvalue()


def sample_picture(title: str, rows: Sequence[tuple[str, str]]) -> bytes:
    """Give the same paper as a JPEG, as a telephone or a scanner would."""
    from PIL import Image

    raw = page_picture(sample_pdf(title, rows), 0, _PIXELS)
    picture = Image.frombytes("RGB", (raw.width, raw.height), raw.data, "raw", "BGRX", raw.stride)
    kept = BytesIO()
    picture.convert("L").save(kept, "JPEG", quality=80, optimize=True)
    return kept.getvalue()
