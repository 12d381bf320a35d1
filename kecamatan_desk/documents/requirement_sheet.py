"""Lembar persyaratan: what to bring for a service, its time and cost, handed out at the counter.

UU 25/2009 art. 21, PermenPAN-RB 15/2014: a service standard names requirements, procedure, time,
cost, product, and where to complain.
"""

from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import A4, lines_of, text
from kecamatan_desk.documents.letterhead import letterhead, telephone
from kecamatan_desk.documents.slip_parts import Grid, Slip, Tick, flow, pairs
from kecamatan_desk.documents.slip_values import RequirementSheetValues
from kecamatan_desk.documents.typeface import BOLD, ITALIC, MM, REGULAR, fit_size, hold, wrap

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LEFT, RIGHT = 20 * MM, A4[0] - 15 * MM
_MIDDLE = (LEFT + RIGHT) / 2
_GRID = Grid(
    (
        ("No.", 9),
        ("Berkas yang dibawa", 60),
        ("Asli/FC", 17),
        ("Diperlukan", 46),
        ("Diurus di", 32),
        ("Ada", 11),
    ),
    9.5,
    7.5 * MM,
    6.5 * MM,
)
_LOW = 15 * MM


def draw_requirement_sheet(values: RequirementSheetValues) -> bytes:
    """Draw the sheet on A4; a long list flows onto further pages, its header repeated."""
    slip = Slip(values.head, A4, f"Persyaratan {values.service}")
    slip.new_page()
    c = slip.canvas
    y = _head(c, values)
    rows = [
        (str(n), paper.name, paper.kind, paper.need, paper.source, Tick())
        for n, paper in enumerate(values.papers, 1)
    ]
    y = flow(slip, _GRID, y, rows, _LOW, LEFT, end=_foot_height(values))
    _foot(c, values, y)
    return slip.bytes()


def _head(c: "Canvas", values: RequirementSheetValues) -> float:
    y = letterhead(c, values.head, LEFT, RIGHT, A4[1] - 15 * MM) - 9 * MM
    text(c, _MIDDLE, y, "PERSYARATAN LAYANAN", BOLD, 13, "c")
    for row in wrap(values.service, BOLD, 13, RIGHT - LEFT):
        y -= 6 * MM
        text(c, _MIDDLE, y, row, BOLD, fit_size(row, BOLD, 13, RIGHT - LEFT, 9), "c")
    y -= 9 * MM
    rows = (
        ("Waktu", values.time),
        ("Biaya", "Rp0 (gratis)", True),
        ("Hasil", values.product),
        ("Jam layanan", values.hours),
    )
    y = pairs(c, LEFT, y, 27 * MM, RIGHT - LEFT, [row for row in rows if row[1]])
    return y - 1 * MM


def _notes(values: RequirementSheetValues) -> tuple[str, ...]:
    phone = telephone(values.head)
    return (
        "Bawalah berkas asli untuk dicocokkan. Pemohon yang tidak datang sendiri membawa surat "
        "kuasa dan KTP-el penerima kuasa.",
        "Berkas yang belum lengkap dikembalikan dengan lembar yang menyebut kekurangannya; "
        "pemohon kembali tanpa mengantre dari awal.",
        "Pengaduan dan saran: loket pengaduan, kotak saran"
        + (f", {phone[:1].lower()}{phone[1:]}." if phone else "."),
    )


def _foot_height(values: RequirementSheetValues) -> float:
    rows = sum(len(wrap(hold(n), REGULAR, 9.5, RIGHT - LEFT - 5 * MM)) for n in _notes(values))
    return rows * 11.5 + 3 * 1.5 * MM + 16 * MM


def _foot(c: "Canvas", values: RequirementSheetValues, y: float) -> None:
    y -= 7 * MM
    for note in _notes(values):
        text(c, LEFT, y - 9.5 * 0.92, "\u2022", REGULAR, 9.5)
        rows = wrap(hold(note), REGULAR, 9.5, RIGHT - LEFT - 5 * MM)
        y = lines_of(c, LEFT + 5 * MM, y, rows, REGULAR, 9.5, 11.5) - 1.5 * MM
    text(c, LEFT, y - 6 * MM, values.printed, ITALIC, 8)
