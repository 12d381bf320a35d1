"""Lembar padam listrik: blank register lines that bear numbers, and queue slips. F4 landscape.

Everything is written by pen: rows are high, and what is known (number, letter number) is printed.
Source: Daftar Pengendali Nomor Surat Keluar (domain facts 3.1), power-cut kit (peers (c) 8).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import (
    F4_LANDSCAPE,
    HAIR,
    SHADE,
    THIN,
    box,
    lines_of,
    rule,
    text,
    tick_box,
)
from kecamatan_desk.documents.slip_parts import Slip
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, fit_size, hold, wrap
from kecamatan_desk.documents.values import OfficeHead

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_WIDE, _HIGH = F4_LANDSCAPE
_LEFT, _RIGHT = 25 * MM, _WIDE - 10 * MM
_TOP, _FOOT = _HIGH - 14 * MM, 14 * MM
_ROW, _HEAD = 13.6 * MM, 11 * MM
_SIZE = 8.0
#: Head and width in mm of the columns; those of 295 mm together.
_COLUMNS = (
    ("No. Agenda", 15),
    ("Tanggal dan Jam", 22),
    ("No. Antrian", 16),
    ("Nama Pemohon dan NIK", 52),
    ("Alamat, Desa/Kelurahan", 44),
    ("Layanan dan Keperluan", 44),
    ("Nomor Surat", 42),
    ("Paraf Pejabat, Jam", 26),
    ("Ditulis Oleh", 19),
    ("Tidak Dipakai", 15),
)
_EDGES = tuple(_LEFT + sum(width for _, width in _COLUMNS[:n]) * MM for n in range(11))
_RULES = (
    "Tulis dengan pena, urut dari atas, satu nomor satu surat. Nomor yang salah tulis jangan "
    "ditimpa: beri tanda pada kolom terakhir dan pakai nomor berikutnya. Sesudah listrik menyala, "
    "isikan setiap baris pada menu Lembar cadangan; buku bulan ini baru dapat ditutup sesudah "
    "semuanya terisi."
)
_ACROSS, _DOWN = 5, 3  # slips on a page
_SLIP_TOP = 26 * MM  # of a slip: the applicant's part


@dataclass(frozen=True, slots=True)
class ReserveLine:
    """A number to be written on: as the book shows it, and the letter number it makes."""

    number: str  # "012"
    letter_number: str  # as of the day of printing; "" where the series writes none


@dataclass(frozen=True, slots=True)
class ReservePart:
    """The lines of one series."""

    series: str  # what the series is called
    lines: tuple[ReserveLine, ...]


@dataclass(frozen=True, slots=True)
class ReserveValues:
    """The sheets of one printing."""

    head: OfficeHead
    day: str  # "12 Mei 2026"
    parts: tuple[ReservePart, ...]
    queue: tuple[str, ...]  # "P-01" …, one for each line
    printed: str


def draw_reserve_sheets(values: ReserveValues) -> bytes:
    """Draw the lines of every series on pages of its own, then the slips to be cut."""
    slip = Slip(values.head, F4_LANDSCAPE, f"Lembar padam listrik {values.day}")
    pages = _pages(values)
    for number, (part, lines, again) in enumerate(pages, 1):
        slip.new_page()
        _lines_page(slip.canvas, values, part, lines, again=again)
        _page_foot(slip.canvas, values, number, len(pages))
    per_page = _ACROSS * _DOWN
    for start in range(0, len(values.queue), per_page):
        slip.new_page()
        _slips_page(slip.canvas, values, values.queue[start : start + per_page])
    return slip.bytes()


def _pages(values: ReserveValues) -> list[tuple[ReservePart, Sequence[ReserveLine], bool]]:
    most = int((_TOP - 40 * MM - _FOOT - _HEAD) // _ROW)
    return [
        (part, part.lines[start : start + most], start > 0)
        for part in values.parts
        for start in range(0, len(part.lines), most)
    ]


def _lines_page(
    c: "Canvas",
    values: ReserveValues,
    part: ReservePart,
    lines: Sequence[ReserveLine],
    *,
    again: bool,
) -> None:
    y = _title(c, values, part, again=again)
    box(c, _LEFT, y, _RIGHT - _LEFT, _HEAD, THIN, SHADE)
    for n, (head, width) in enumerate(_COLUMNS):
        rows = wrap(head, BOLD, _SIZE, width * MM - 2 * MM)
        middle = (_EDGES[n] + _EDGES[n + 1]) / 2
        top = y - (_HEAD - len(rows) * 9.6) / 2
        lines_of(c, middle, top, rows, BOLD, _SIZE, 9.6, "c")
    top, y = y, y - _HEAD
    for line in lines:
        _line(c, y, line)
        y -= _ROW
        rule(c, _LEFT, y, _RIGHT, y, THIN)
    c.setLineWidth(THIN)
    for edge in _EDGES:
        c.line(edge, top, edge, y)


def _title(c: "Canvas", values: ReserveValues, part: ReservePart, *, again: bool) -> float:
    middle = (_LEFT + _RIGHT) / 2
    text(c, middle, _TOP - 14, "LEMBAR CADANGAN NOMOR (PADAM LISTRIK)", BOLD, 14, "c")
    words = f"{values.head.name}  \u00b7  SERI {part.series.upper()}"
    words += "  (LANJUTAN)" if again else ""
    size = fit_size(words, BOLD, 12, _RIGHT - _LEFT, 8)
    text(c, middle, _TOP - 30, words, BOLD, size, "c")
    text(c, middle, _TOP - 44, f"Disiapkan {values.day}", REGULAR, 10, "c")
    rows = wrap(hold(_RULES), REGULAR, 9, _RIGHT - _LEFT)
    return lines_of(c, _LEFT, _TOP - 52, rows, REGULAR, 9, 11.5) - 2 * MM


def _line(c: "Canvas", top: float, line: ReserveLine) -> None:
    middle = top - _ROW / 2
    text(c, (_EDGES[0] + _EDGES[1]) / 2, middle - 4.5, line.number, BOLD, 13, "c")
    text(c, _EDGES[1] + 1.5 * MM, middle + 2.5 * MM, "Tgl.", REGULAR, 7)
    text(c, _EDGES[1] + 1.5 * MM, middle - 4 * MM, "Jam", REGULAR, 7)
    text(c, _EDGES[2] + 1.5 * MM, middle - 3, "P-", REGULAR, 10)
    text(c, _EDGES[3] + 1.5 * MM, top - _ROW + 2.2 * MM, "NIK", REGULAR, 7)
    rows = wrap(line.letter_number, REGULAR, _SIZE, 40 * MM)[:3]
    y = middle + (len(rows) * 9.6) / 2
    lines_of(c, _EDGES[6] + 1 * MM, y, rows, REGULAR, _SIZE, 9.6)
    tick_box(c, (_EDGES[9] + _EDGES[10]) / 2 - 1.8 * MM, middle - 1.8 * MM)


def _page_foot(c: "Canvas", values: ReserveValues, number: int, pages: int) -> None:
    text(c, _LEFT, 8.5 * MM, values.printed, REGULAR, 7.5)
    text(c, _RIGHT, 8.5 * MM, f"Lembar {number} dari {pages}", REGULAR, 8, "r")


def _slips_page(c: "Canvas", values: ReserveValues, numbers: Sequence[str]) -> None:
    words = (
        "Nomor antrian darurat: gunting menurut garis. Bagian atas untuk pemohon, bagian bawah "
        "dijepit pada berkas dan diparaf pada setiap langkah."
    )
    text(c, _LEFT, _TOP - 8, words, REGULAR, 9)
    width = (_RIGHT - _LEFT) / _ACROSS
    height = (_TOP - 14 - _FOOT) / _DOWN
    for n, number in enumerate(numbers):
        x, y = _LEFT + n % _ACROSS * width, _TOP - 14 - n // _ACROSS * height
        c.setDash(3, 2)
        box(c, x, y, width, height, HAIR)
        c.setDash()
        _slip(c, values, x + 2 * MM, y - 2 * MM, width - 4 * MM, height - 4 * MM, number)
    text(c, _LEFT, 8.5 * MM, values.printed, REGULAR, 7.5)


def _slip(
    c: "Canvas", values: ReserveValues, x: float, top: float, w: float, h: float, number: str
) -> None:
    middle = x + w / 2
    name = values.head.name
    size = fit_size(name, BOLD, 8.5, w, 6)
    y = lines_of(c, middle, top - 1, wrap(name, BOLD, size, w), BOLD, size, size * 1.15, "c")
    text(c, middle, y - 8.5, f"Nomor antrian, {values.day}", REGULAR, 7.5, "c")
    text(c, middle, top - 50, number, BOLD, 30, "c")
    cut = top - _SLIP_TOP + 4 * MM
    rule(c, x - 2 * MM, cut, x + w + 2 * MM, cut, HAIR, (3, 2))
    y = cut - 10
    text(c, x, y, f"Berkas {number}", BOLD, 9)
    text(c, x + w, y, "No. Agenda ..........", REGULAR, 8, "r")
    y -= 2 * MM
    rows = ("Diterima", "Verifikasi MS/TMS", "Register", "Paraf/tanda tangan")
    high = (y - (top - h)) / (len(rows) + 0.7)
    text(c, x + 0.62 * w, y - 7, "Paraf", REGULAR, 6.5, "c")
    text(c, x + 0.87 * w, y - 7, "Jam", REGULAR, 6.5, "c")
    y -= 0.7 * high
    for words in rows:
        box(c, x, y, w, high, HAIR)
        rule(c, x + 0.48 * w, y, x + 0.48 * w, y - high, HAIR)
        rule(c, x + 0.75 * w, y, x + 0.75 * w, y - high, HAIR)
        size = fit_size(words, REGULAR, 7.5, 0.46 * w, 5)
        text(c, x + 1 * MM, y - high / 2 - 2.5, words, REGULAR, size)
        y -= high
