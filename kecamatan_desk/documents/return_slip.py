"""Lembar pengembalian berkas: what is missing, where to get it, and until when to come back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import HALF_F4, box, text
from kecamatan_desk.documents.letterhead import small_head, telephone
from kecamatan_desk.documents.profiles import SLIP, Profile
from kecamatan_desk.documents.slip_parts import (
    LEFT,
    RIGHT,
    Grid,
    Slip,
    long_day,
    masked,
    moment,
    notes,
    notes_height,
    pairs,
    sign_depth,
    sign_line,
    slip_paper,
)
from kecamatan_desk.documents.slip_values import ReturnSlipValues
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, fit_size, hold, wrap

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_TITLE = "LEMBAR PENGEMBALIAN BERKAS"
_GRID = Grid(
    (
        ("No.", 9),
        ("Dokumen", 58),
        ("Kekurangan", 34),
        ("Yang harus dilengkapi", 54),
        ("Diurus di", 36),
    ),
    9.5,
    10 * MM,
    6.5 * MM,
)
_NOTES, _SIGN = 92 * MM, 44 * MM  # widths
_LOW = 10 * MM


def draw_return_slip(values: ReturnSlipValues, profile: Profile = SLIP) -> bytes:
    """Draw the slip on half a sheet; too long for it, on a whole one, and on more if need be."""
    paper = slip_paper(profile)
    title = "Lembar Pengembalian Berkas"
    slip = Slip(values.head, paper.half, title, paper, values.file_code)
    rows = [
        (str(n), line.document, line.shortage, line.remedy, line.where)
        for n, line in enumerate(values.shortages, 1)
    ]
    probe = Slip(values.head, HALF_F4, _TITLE)  # measures the upper part, and is thrown away
    body = _upper(probe.canvas, values, paper.half[1])
    if body - _GRID.height(rows) - _rest_height(values) < _LOW:
        slip = Slip(values.head, paper.full, title, paper, values.file_code)
    slip.new_page()
    y = _upper(slip.canvas, values, slip.size[1])
    while rows:
        fitting = _fitting(rows, y - _LOW - _GRID.head)
        if fitting == len(rows) and y - _GRID.height(rows) - _rest_height(values) < _LOW:
            fitting = max(1, fitting - 1)  # a row goes over with the signatures
            if len(rows) == 1:
                fitting = 0
        part, rows = rows[:fitting], rows[fitting:]
        if part:
            y = _GRID.draw(slip.canvas, LEFT, y, part) - 4.5 * MM
        if rows:
            y = slip.go_on()
    _rest(slip.canvas, values, y)
    return slip.bytes()


def _fitting(rows: Sequence[tuple[str, ...]], room: float) -> int:
    used = 0.0
    for n, row in enumerate(rows):
        used += _GRID.row_height(row)
        if used > room:
            return max(n, 1)
    return len(rows)


def _upper(c: "Canvas", values: ReturnSlipValues, high: float) -> float:
    """Draw head, person and reason; give the top of the table."""
    status = "TIDAK MEMENUHI SYARAT (TMS)"
    if not values.directed:
        status += f" ke-{values.visit}"
    code = (values.file_code, values.qr)
    y = small_head(c, values.head, (LEFT, RIGHT), high - 10 * MM, (_TITLE, status), code)
    y -= 6.5 * MM
    person = (("Nama pemohon", values.applicant, True), ("NIK", masked(values.nik)))
    service = (("Layanan", values.service), ("Dikembalikan", moment(values.returned, values.zone)))
    y1 = pairs(c, LEFT, y, 27 * MM, 98 * MM, person)
    y2 = pairs(c, LEFT + 100 * MM, y, 24 * MM, 91 * MM, service)
    y = min(y1, y2)
    if not values.shortages:
        return y - 1 * MM
    reason = (
        "Berkas tidak dapat dilayani karena:"
        if values.directed
        else ("Berkas belum dapat diproses karena:")
    )
    text(c, LEFT, y - 1.5 * MM, reason, BOLD, 10)
    return y - 4 * MM


def _message(values: ReturnSlipValues) -> tuple[str, str]:
    """Give the large line of the box, and the one below it."""
    if values.directed:
        return (
            f"Silakan mengurusnya di {values.directed}.",
            "Permohonan ini ditutup di kantor kami. Seluruh berkas telah dikembalikan kepada Anda.",
        )
    below = (
        "Tunjukkan lembar ini di loket. Berkas dilanjutkan dari verifikasi; yang sudah lengkap "
        "tidak diperiksa ulang."
    )
    if values.back_by is None:
        return "Kembali setelah berkas dilengkapi.", below
    return f"Kembali paling lambat {long_day(values.back_by)}.", below


def _small_print(values: ReturnSlipValues) -> str:
    late = (
        ""
        if values.directed or values.back_by is None
        else "Lewat tanggal itu permohonan ditutup dan harus diajukan kembali. "
    )
    phone = telephone(values.head)
    phone = f", atau {phone[:1].lower()}{phone[1:]}" if phone else ""
    return (
        f"{late}Layanan ini gratis. Keberatan atas pengembalian ini dapat disampaikan kepada "
        f"Sekretaris Kecamatan, kotak saran{phone}."
    )


def _note_lines(values: ReturnSlipValues) -> tuple[str, ...]:
    if not values.note:
        return ()
    return wrap(hold(f"Catatan: {values.note}"), REGULAR, 9.5, RIGHT - LEFT)


def _rest_height(values: ReturnSlipValues) -> float:
    lower = max(
        notes_height(_NOTES, _small_print(values)),
        3.2 * MM
        + max(sign_depth(_SIGN, values.applicant), sign_depth(_SIGN + 4 * MM, values.signer)),
    )
    return 4.5 * MM + len(_note_lines(values)) * 11.5 + 21 * MM + lower


def _rest(c: "Canvas", values: ReturnSlipValues, y: float) -> None:
    """Draw what stands below the table: remark, term, small print, signatures."""
    for line in _note_lines(values):
        text(c, LEFT, y - 2 * MM, line, REGULAR, 9.5)
        y -= 11.5
    box(c, LEFT, y, RIGHT - LEFT, 15.5 * MM, 1.2)
    large, small = _message(values)
    room = RIGHT - LEFT - 6 * MM
    text(c, LEFT + 3 * MM, y - 6 * MM, large, BOLD, fit_size(large, BOLD, 12, room, 8))
    text(c, LEFT + 3 * MM, y - 11.8 * MM, small, REGULAR, fit_size(small, REGULAR, 9.5, room, 7))
    y -= 21 * MM
    notes(c, LEFT, y, _NOTES, _small_print(values))
    sign_line(c, LEFT + 97 * MM, y - 3.2 * MM, _SIGN, "Pemohon,", values.applicant)
    sign_line(
        c, LEFT + 143 * MM, y - 3.2 * MM, _SIGN + 4 * MM, f"{values.signer_title},", values.signer
    )
