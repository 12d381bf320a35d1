"""Lembar insiden data: what must be told, to whom and until when, after personal data got out. A4.

Source: UU 27/2022 art. 46: written notice within 3 x 24 hours to the persons concerned and to the
agency, holding at least the data that got out, when and how, and what the office has done; where
public services suffer or the public is gravely concerned, to the public too. What the program knows
is printed, the rest is for the pen.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import A4, HAIR, lines_of, rule, text, tick_box
from kecamatan_desk.documents.letterhead import letterhead
from kecamatan_desk.documents.slip_parts import Grid, Pair, Row, Slip, flow, pairs, sign_line
from kecamatan_desk.documents.typeface import BOLD, ITALIC, MM, REGULAR, hold, wrap
from kecamatan_desk.documents.values import OfficeHead

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_LEFT, _RIGHT = 20 * MM, A4[0] - 15 * MM
_WIDE = _RIGHT - _LEFT
_LOW = 18 * MM
_LINE = 7.5 * MM  # between two ruled lines for the pen
_COLON = 52 * MM
#: Art. 46 (2): what a notice holds at least, and what helps to say it.
PARTS = (
    ("Data pribadi yang terungkap", "lingkari: nama, NIK, nomor KK, alamat, telepon, hasil pindai"),
    ("Kapan dan bagaimana terungkap", "sejak kapan, lewat apa, siapa yang memegangnya sekarang"),
    ("Upaya penanganan dan pemulihan", "apa yang dihentikan, diganti, ditarik; oleh siapa, kapan"),
)
#: Art. 46 (1) and (3).
ADDRESSEES = (
    "Setiap orang yang datanya terungkap (subjek data pribadi)",
    "Lembaga pelindungan data pribadi; selama belum terbentuk, kementerian yang membidangi "
    "komunikasi dan digital",
    "Masyarakat, bila layanan publik terganggu atau dampaknya besar bagi kepentingan umum",
    "Lainnya menurut petunjuk kabupaten: .........................................",
)
_TOLD = (("Diberitahukan kepada", 95), ("Tanggal dan jam", 34), ("Dengan apa", 26), ("Paraf", 20))
_SIGNERS = ("Disusun oleh", "Mengetahui, Camat")
_HAND = "(…………………………………………)"


@dataclass(frozen=True, slots=True)
class IncidentSheet:
    """The sheet. It names nobody whose data are concerned: counts alone."""

    head: OfficeHead
    facts: tuple[Pair, ...]  # found, by whom, until when
    held: tuple[tuple[str, str], ...]  # what the office holds: of what, how much
    period: str  # "5 Mei 2026 sampai 12 Mei 2026"
    uses: tuple[tuple[str, str, str, str], ...]  # looked at or taken out: what, who, times, last
    state: tuple[Pair, ...]  # of backups and of the last check
    printed: str


class _Sheet(Slip):
    """A slip whose pages bear their number and when they were printed."""

    def __init__(self, values: IncidentSheet) -> None:
        super().__init__(values.head, A4, "Lembar Insiden Data")
        self._printed = values.printed
        self._page = 0

    def new_page(self) -> None:
        super().new_page()
        self._page += 1
        text(self.canvas, _LEFT, 12 * MM, self._printed, ITALIC, 8)
        text(self.canvas, _RIGHT, 12 * MM, f"Halaman {self._page}", REGULAR, 8, "r")

    def room(self, y: float, high: float) -> float:
        """Give the y to go on at: on a fresh page when so much does not fit any more."""
        return y if y - high >= _LOW else self.go_on(_LEFT) - 4 * MM


def draw_incident(values: IncidentSheet) -> bytes:
    """Draw the sheet. The same values give the same bytes."""
    slip = _Sheet(values)
    slip.new_page()
    c = slip.canvas
    y = letterhead(c, values.head, _LEFT, _RIGHT, A4[1] - 15 * MM) - 9 * MM
    text(c, A4[0] / 2, y, "LEMBAR INSIDEN DATA", BOLD, 13, "c")
    told = "Kegagalan pelindungan data pribadi, UU 27/2022 pasal 46 · RAHASIA"
    text(c, A4[0] / 2, y - 5.4 * MM, told, BOLD, 10.5, "c")
    y = pairs(c, _LEFT, y - 13 * MM, _COLON, _WIDE, values.facts)
    y = _head(slip, y, "1. Yang harus ditulis dalam pemberitahuan", 40 * MM)
    for number, (part, help_) in enumerate(PARTS):
        y = _part(slip, y, "abc"[number], part, help_)
    y = _head(slip, y, "2. Kepada siapa, paling lambat pada batas waktu di atas", 50 * MM)
    grid = Grid(_TOLD, 9, 9 * MM, 6 * MM)
    y = flow(slip, grid, y, [(hold(one), "", "", "") for one in ADDRESSEES], _LOW, _LEFT)
    y = _head(slip, y - 1 * MM, "3. Data yang disimpan kantor ini", 40 * MM)
    y = pairs(slip.canvas, _LEFT, y - 4 * MM, _COLON, _WIDE, values.held)
    y = pairs(slip.canvas, _LEFT, y, _COLON, _WIDE, values.state)
    y = _uses(slip, y, values)
    _ending(slip, y)
    return slip.bytes()


def _head(slip: _Sheet, y: float, words: str, high: float) -> float:
    y = slip.room(y, high) - 5 * MM
    text(slip.canvas, _LEFT, y, words, BOLD, 10.5)
    return y - 2.5 * MM


def _part(slip: _Sheet, y: float, letter: str, part: str, help_: str) -> float:
    """One thing that must be told: what is meant, and three lines for the pen."""
    y = slip.room(y, 32 * MM) - 4 * MM
    c: Canvas = slip.canvas
    tick_box(c, _LEFT, y - 0.6 * MM, 3.2 * MM)
    text(c, _LEFT + 5 * MM, y, f"{letter}. {part}", BOLD, 10)
    text(c, _RIGHT, y, help_, ITALIC, 8, "r")
    for _ in range(3):
        y -= _LINE
        rule(c, _LEFT + 5 * MM, y, _RIGHT, y, HAIR)
    return y - 1.5 * MM


def _uses(slip: _Sheet, y: float, values: IncidentSheet) -> float:
    y = _head(slip, y, f"4. Data dilihat, dicetak dan dikeluarkan, {values.period}", 30 * MM)
    if not values.uses:
        text(slip.canvas, _LEFT, y - 3 * MM, "Tidak ada yang tercatat.", ITALIC, 9.5)
        return y - 7 * MM
    columns = (("Perbuatan", 66), ("Oleh", 62), ("Kali", 13), ("Terakhir", 34))
    rows: list[Row] = [tuple(hold(cell) for cell in row) for row in values.uses]
    return flow(slip, Grid(columns, 9, 5.5 * MM, 6 * MM), y, rows, _LOW, _LEFT)


def _ending(slip: _Sheet, y: float) -> None:
    words = (
        "Orang yang datanya mungkin terungkap tidak disebut di sini. Susunlah daftarnya dari "
        "berkas dan Jurnal Kegiatan masa itu, dan simpan daftar itu bersama lembar ini di tempat "
        "terkunci; program tidak menyimpan isi lembar ini."
    )
    rows = wrap(hold(words), REGULAR, 9, _WIDE)
    y = slip.room(y, len(rows) * 11 + 42 * MM)
    y = lines_of(slip.canvas, _LEFT, y - 3 * MM, rows, REGULAR, 9, 11)
    room = _WIDE / 2 - 10 * MM
    for x, head in ((_LEFT, _SIGNERS[0]), (_RIGHT - room, _SIGNERS[1])):
        sign_line(slip.canvas, x, y - 8 * MM, room, head, _HAND)
