"""The SOP sheet of a service, in the form of PermenPAN-RB 35/2012: identity page and flow chart.

Table and flow chart are drawn from the very steps the program runs on.
"""

from io import BytesIO
from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import (
    F4_LANDSCAPE,
    SHADE,
    THIN,
    box,
    lines_of,
    new_canvas,
    practice_mark,
    rule,
    text,
)
from kecamatan_desk.documents.letterhead import crest, has_crest, signature, signature_height
from kecamatan_desk.documents.sop_chart import LEFT, RIGHT, chart_pages, draw_chart
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, fit_size, wrap
from kecamatan_desk.documents.values import OfficeHead, SignatureBlock
from kecamatan_desk.workflows.vocabulary import Family, Service

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_WIDE, _HIGH = F4_LANDSCAPE
_MIDDLE = (LEFT + RIGHT) / 2
_SECTION = "SEKSI PELAYANAN DAN PERIZINAN"
_LEGEND = (
    "MS: memenuhi syarat. TMS: tidak memenuhi syarat, kembali kepada pemohon dengan lembar "
    "pengembalian."
)


def draw_sop_sheet(
    service: Service, head: OfficeHead | None, approved: SignatureBlock | None = None
) -> bytes:
    """Draw the sheet on landscape F4.

    What the office has not said stays a dotted line, never a guess: number and dates of the SOP,
    its legal basis, and (without ``head`` and ``approved``) the office and its Camat.
    """
    buffer = BytesIO()
    author = "" if head is None else head.name
    c = new_canvas(buffer, F4_LANDSCAPE, service.title, author)
    charts = chart_pages(service)
    pages = 1 + len(charts)
    for page in range(1, pages + 1):
        if head is not None and head.practice:
            practice_mark(c, _WIDE, _HIGH)
        if page == 1:
            _identity_page(c, service, head, approved)
            words = "Isian bertitik dilengkapi kantor."
        else:
            draw_chart(c, service, charts[page - 2])
            words = _LEGEND
        text(c, LEFT, 12.5 * MM, words, REGULAR, 8)
        text(c, RIGHT, 12.5 * MM, f"Halaman {page} dari {pages}", REGULAR, 8, "r")
        c.showPage()
    c.save()
    return buffer.getvalue()


def _identity_page(
    c: "Canvas", service: Service, head: OfficeHead | None, approved: SignatureBlock | None
) -> None:
    top, high = _HIGH - 18 * MM, 66 * MM
    box(c, LEFT, top, RIGHT - LEFT, high)
    rule(c, _MIDDLE, top, _MIDDLE, top - high)
    _office(c, head, top)
    _data(c, service, approved, top)
    y = top - high
    for left, right in _blocks(service):
        y = _block_pair(c, left, right, y)


def _office(c: "Canvas", head: OfficeHead | None, top: float) -> None:
    middle, room = (LEFT + _MIDDLE) / 2, _MIDDLE - LEFT - 8 * MM
    if head is not None and has_crest(head):
        crest(c, head, middle - 11 * MM, top - 6 * MM, 22 * MM, 25.5 * MM)
    dots = "." * 70
    lines = (
        (dots if head is None else head.government, REGULAR, 13.0),
        (dots if head is None else head.name, BOLD if head else REGULAR, 16.0 if head else 13.0),
        (_SECTION, REGULAR, 11.0),
    )
    for i, (words, font, size) in enumerate(lines):
        fitted = fit_size(words, font, size, room, 8)
        rows = wrap(words, font, fitted, room)  # a name too long even so takes two lines
        y = top - (41 + 8 * i) * MM + (len(rows) - 1) * fitted * 0.55
        for row in rows:
            text(c, middle, y, row, font, fitted, "c")
            y -= fitted * 1.1


def _data(c: "Canvas", service: Service, approved: SignatureBlock | None, top: float) -> None:
    dots = "." * 88
    rows = (
        ("Nomor SOP", dots, 6.4),
        ("Tanggal Pembuatan", dots, 6.4),
        ("Tanggal Revisi", dots, 6.4),
        ("Tanggal Efektif", dots, 6.4),
        ("Disahkan oleh", "", 28.4),
        ("Nama SOP", service.title.partition(" : ")[2] or service.title, 12.0),
    )
    y, x = top, _MIDDLE + 41 * MM
    for label, value, high in rows:
        font = BOLD if label == "Nama SOP" else REGULAR
        rule(c, _MIDDLE, y, RIGHT, y)
        text(c, _MIDDLE + 2 * MM, y - 4.5 * MM, label, REGULAR, 10)
        text(c, _MIDDLE + 38 * MM, y - 4.5 * MM, ":", REGULAR, 10)
        if value:
            size = 10.0 if len(wrap(value, font, 10, RIGHT - x - 2 * MM)) <= 2 else 8.5
            parts = wrap(value, font, size, RIGHT - x - 2 * MM)
            lines_of(c, x, y - 4.5 * MM + 9.2, parts, font, size, size * 1.2)
        elif approved is not None:
            block = SignatureBlock("", approved.titles, approved.name, approved.rank, approved.nip)
            _approval(c, x, y, high * MM, block)
        else:
            text(c, x, y - 4.5 * MM, "CAMAT,", REGULAR, 9.5)
            text(c, x, y - 20 * MM, dots[:60], REGULAR, 9.5)
            text(c, x, y - 25 * MM, "NIP " + dots[:54], REGULAR, 9.5)
        y -= high * MM


def _approval(c: "Canvas", x: float, y: float, high: float, block: SignatureBlock) -> None:
    """Draw who approves the SOP; long titles and names get smaller until they fit their field."""
    size, wide, room = 9.5, RIGHT - x - 2 * MM, 9.5 * MM
    while size > 5 and signature_height(block, size, size * 1.16, wide, room) > high - 3 * MM:
        size -= 0.5
        room = 8 * MM
    signature(c, x, y - 1.4 * MM, wide, block, size, size * 1.16, room)


_Block = tuple[str, tuple[str, ...]]


def _blocks(service: Service) -> tuple[tuple[_Block, _Block], ...]:
    """Give the six fields of the form. The last three follow from what the program keeps."""
    blank = ("1. " + "." * 124, "2. " + "." * 124)
    book = f"Buku Register {service.short}"
    papers = f"2. {book}, Lembar Ceklis dan Kendali Berkas"
    warning = "Berkas yang tidak memenuhi syarat dikembalikan dengan menyebut setiap kekurangannya."
    if service.family is Family.E:
        warning = "Identitas pelapor dirahasiakan apabila diminta."
    return (
        (("Dasar Hukum", blank), ("Kualifikasi Pelaksana", blank)),
        (
            ("Keterkaitan", ("." * 126,)),
            (
                "Peralatan/Perlengkapan",
                ("1. Komputer, pencetak, kertas A4 dan F4", papers),
            ),
        ),
        (
            ("Peringatan", (warning,)),
            (
                "Pencatatan dan Pendataan",
                (f"Disimpan sebagai data elektronik dan dicetak dalam {book}.",),
            ),
        ),
    )


def _block_pair(c: "Canvas", left: _Block, right: _Block, y: float) -> float:
    size, line, high, head = 10, 12.2, 30 * MM, 6.5 * MM
    w = (RIGHT - LEFT) / 2
    for x, (name, items) in ((LEFT, left), (_MIDDLE, right)):
        box(c, x, y, w, head, THIN, SHADE)
        text(c, x + 2 * MM, y - 4.6 * MM, name, BOLD, size)
        box(c, x, y - head, w, high - head)
        z = y - 8.5 * MM
        for item in items:
            rows = wrap(item, REGULAR, size, w - 4 * MM)
            z = lines_of(c, x + 2 * MM, z, rows, REGULAR, size, line) - 3
    return y - high
