"""Small PDFs with pages of given sizes and something black on them."""

import io
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
A4, F4, TICKET = (210.0, 297.0), (215.0, 330.0), (80.0, 120.0)


def pdf_of(*sizes: Sequence[float]) -> bytes:
    """Give a PDF of pages so large (mm), each with a black box of 20 mm in its upper left."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for wide, high in sizes:
        canvas.setPageSize((wide * MM, high * MM))
        canvas.rect(10 * MM, (high - 30) * MM, 20 * MM, 20 * MM, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
