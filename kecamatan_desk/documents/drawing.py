"""Shared drawing: canvas, text, rules, boxes, codes and the practice mark.

y grows upwards, as in PDF; ``top`` always means the upper edge of the thing drawn.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kecamatan_desk.documents.typeface import (
    BOLD,
    MM,
    REGULAR,
    fit_size,
    load_fonts,
    unit_width,
    width,
)

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

A4 = (210 * MM, 297 * MM)
F4 = (215 * MM, 330 * MM)  # Indonesian folio; never 210 x 330
F4_LANDSCAPE = (F4[1], F4[0])
HALF_F4 = (215 * MM, 165 * MM)

HAIR, THIN, THICK = 0.35, 0.6, 2.2  # line widths in pt
SHADE = 0.92  # grey of group rows: survives a photocopy, eats no toner
PRACTICE = "LATIHAN \u2013 BUKAN DOKUMEN RESMI, TIDAK BERLAKU"


def new_canvas(
    target: Path | IO[bytes], size: tuple[float, float], title: str, author: str
) -> "Canvas":
    """Open a PDF: same values, same bytes; never scaled by the print dialogue."""
    from reportlab.pdfgen.canvas import Canvas

    load_fonts()
    c = Canvas(
        str(target) if isinstance(target, Path) else target,
        pagesize=size,
        pageCompression=1,
        invariant=1,
        lang="id-ID",
        initialFontName=REGULAR,
        initialFontSize=10,
    )
    c.setTitle(title)
    c.setAuthor(author)
    c.setSubject(title)
    c.setCreator("kecamatan-desk")
    c.setViewerPreference("PrintScaling", "None")
    return c


def text(
    c: "Canvas",
    x: float,
    y: float,
    words: str,
    font: str = REGULAR,
    size: float = 10,
    align: str = "l",
) -> None:
    """Draw one line; ``align`` is l, c or r about ``x``."""
    if not words:
        return
    if align != "l":
        x -= width(words, font, size) / (2 if align == "c" else 1)
    else:
        unit_width(words, font)  # refuses a character the font lacks
    c.setFont(font, size)
    c.drawString(x, y, words)


def lines_of(
    c: "Canvas",
    x: float,
    top: float,
    rows: Sequence[str],
    font: str,
    size: float,
    lead: float,
    align: str = "l",
) -> float:
    """Draw wrapped lines from ``top`` down; give the new top."""
    y = top - size * 0.92
    for row in rows:
        text(c, x, y, row, font, size, align)
        y -= lead
    return top - len(rows) * lead


def justified(
    c: "Canvas", x: float, y: float, words: str, size: float, full: float, font: str = REGULAR
) -> None:
    """Draw one justified line; it stays ragged where the gaps would exceed 0.85 em."""
    gaps = words.count(" ") + words.count("\u00a0")  # PDF's word space widens both
    spare = full - width(words, font, size)
    if not gaps or spare <= 0 or spare / gaps > 0.85 * size:
        text(c, x, y, words, font, size)
        return
    c.setFont(font, size)
    c.drawString(x, y, words, wordSpace=spare / gaps)


def rule(
    c: "Canvas",
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    line: float = THIN,
    dash: tuple[int, int] | None = None,
) -> None:
    """Draw a straight line."""
    c.setLineWidth(line)
    if dash:
        c.setDash(*dash)
    c.line(x1, y1, x2, y2)
    if dash:
        c.setDash()


def box(
    c: "Canvas",
    x: float,
    top: float,
    w: float,
    h: float,
    line: float = THIN,
    grey: float | None = None,
) -> None:
    """Draw a frame, filled where ``grey`` is given."""
    c.setLineWidth(line)
    if grey is not None:
        c.setFillGray(grey)
    c.rect(x, top - h, w, h, stroke=1, fill=grey is not None)
    c.setFillGray(0)


def tick_box(c: "Canvas", x: float, base: float, side: float = 3.6 * MM, mark: str = "") -> None:
    """Draw a box: "" empty, "v" ticked, "x" crossed, "-" not needed. No symbol font is trusted."""
    c.setLineWidth(0.8)
    c.rect(x, base, side, side)
    c.setLineWidth(1.3)
    if mark == "v":
        p = c.beginPath()
        p.moveTo(x + 0.18 * side, base + 0.52 * side)
        p.lineTo(x + 0.42 * side, base + 0.2 * side)
        p.lineTo(x + 0.88 * side, base + 0.88 * side)
        c.drawPath(p)
    elif mark == "x":
        low, high = 0.18 * side, 0.82 * side
        c.lines(
            [
                (x + low, base + low, x + high, base + high),
                (x + low, base + high, x + high, base + low),
            ]
        )
    elif mark == "-":
        c.line(x + 0.22 * side, base + 0.5 * side, x + 0.78 * side, base + 0.5 * side)


def qr(c: "Canvas", x: float, top: float, side: float, content: str) -> None:
    """Draw a QR code, level M, with its quiet zone of four modules inside ``side``."""
    import segno

    if not content:
        return
    c.saveState()
    c.setFillGray(1)  # nothing that lies below may touch the code
    c.rect(x, top - side, side, side, stroke=0, fill=1)
    c.restoreState()
    matrix = [bytes(row) for row in segno.make(content, error="m", micro=False).matrix]
    step = side / (len(matrix) + 8)
    p = c.beginPath()
    for r, row in enumerate(matrix):
        col = 0
        while col < len(row):
            run = col
            while run < len(row) and row[run]:
                run += 1
            if run > col:  # a run of dark modules is one rectangle
                p.rect(x + (col + 4) * step, top - (r + 5) * step, (run - col) * step, step)
            col = max(run, col + 1)
    c.drawPath(p, stroke=0, fill=1)


def practice_mark(c: "Canvas", w: float, h: float, band_at: float | None = None) -> None:
    """Lay LATIHAN on a fresh page: outlined letters hide no digit and survive a photocopier.

    The bands at head and foot can't be cut off unseen. ``band_at`` is their middle, for papers
    that have something else at the middle of the foot.
    """
    c.saveState()
    c.translate(w / 2, h / 2)
    c.rotate(math.degrees(math.atan2(h, w)))
    size = 0.62 * math.hypot(w, h) / width("LATIHAN", BOLD, 1)
    t = c.beginText()
    t.setFont(BOLD, size)
    t.setTextRenderMode(1)
    t.setTextOrigin(-width("LATIHAN", BOLD, size) / 2, -size * 0.36)
    c.setStrokeGray(0.55)
    c.setLineWidth(1.1)
    t.textOut("LATIHAN")
    c.drawText(t)
    c.restoreState()
    x = w / 2 if band_at is None else band_at
    for y in (h - 8.6 * MM, 7.2 * MM if w < h else 5.6 * MM):
        _band(c, x, y, w)


def _band(c: "Canvas", x: float, y: float, page: float) -> None:
    size = fit_size(PRACTICE, BOLD, 10, page - 12 * MM, 5)
    half = width(PRACTICE, BOLD, size) / 2 + (4 * MM if size == 10 else 1.5 * MM)
    c.saveState()
    c.setFillGray(1)
    c.setLineWidth(1)
    c.rect(x - half, y - 1.6 * MM, 2 * half, 5.6 * MM, stroke=1, fill=1)
    c.setFillGray(0)
    text(c, x, y, PRACTICE, BOLD, size, "c")
    c.restoreState()
