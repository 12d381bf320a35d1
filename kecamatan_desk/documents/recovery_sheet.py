"""The sheet with the recovery key, one page for each of its two keepers, to be sealed. A4."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import A4, box, lines_of, new_canvas, practice_mark, qr, text
from kecamatan_desk.documents.letterhead import letterhead
from kecamatan_desk.documents.slip_parts import sign_line
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, hold, width, wrap
from kecamatan_desk.documents.values import OfficeHead

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_LEFT, _RIGHT = 25 * MM, A4[0] - 25 * MM
_SIZE, _LEAD = 11.0, 15.0
_NUMBER = 7 * MM
_START = "AGE-SECRET-KEY-1"
_GROUP = 4  # letters a group, five groups a line
_LINE = 5
#: Who keeps one sheet each.
KEEPERS = ("Camat", "Sekretaris Kecamatan")


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The sheet. ``secret`` is the whole key and stands on this paper alone."""

    head: OfficeHead
    secret: str  # AGE-SECRET-KEY-1…, 74 characters
    mark: str  # its short name, "A1B2 C3D4"
    made: str  # "12 Mei 2026"
    printed: str


def groups(secret: str) -> tuple[str, ...]:
    """Part a key as it is printed and typed: its fixed beginning, then groups of four."""
    rest = secret.removeprefix(_START)
    return (_START, *(rest[at : at + _GROUP] for at in range(0, len(rest), _GROUP)))


def draw_recovery_sheet(values: RecoverySheet) -> bytes:
    """Draw the sheet as PDF of two pages, alike but for their keeper."""
    buffer = BytesIO()
    c = new_canvas(buffer, A4, "Lembar kunci pemulihan", values.head.name)
    for number, keeper in enumerate(KEEPERS, 1):
        _page(c, values, number, keeper)
        c.showPage()
    c.save()
    return buffer.getvalue()


def _page(c: "Canvas", values: RecoverySheet, number: int, keeper: str) -> None:
    if values.head.practice:
        practice_mark(c, *A4)
    y = letterhead(c, values.head, _LEFT, _RIGHT, A4[1] - 15 * MM) - 11 * MM
    text(c, A4[0] / 2, y, "LEMBAR KUNCI PEMULIHAN CADANGAN", BOLD, 15, "c")
    y -= 17
    told = f"RAHASIA · lembar {number} dari {len(KEEPERS)}, untuk {keeper}"
    text(c, A4[0] / 2, y, told, BOLD, 11, "c")
    y = _running(c, y - 7 * MM, _INTRO)
    y = _key(c, y - 4 * MM, values)
    y -= 2 * MM
    for step, words in enumerate(_STEPS, 1):
        y = _step(c, y - 2.2 * MM, step, words)
    y = _running(c, y - 3.5 * MM, _SEALING)
    _signatures(c, y - 9 * MM, keeper)
    text(c, _LEFT, 15 * MM, values.printed, REGULAR, 8)
    text(c, _RIGHT, 15 * MM, f"Kunci {values.mark}", REGULAR, 8, "r")


_INTRO = (
    "Cadangan di flashdisk atau cakram luar disandikan. Hanya kunci di lembar ini yang dapat "
    "membukanya; komputer kantor tidak menyimpannya. Tanpa lembar ini cadangan itu tidak dapat "
    "dibaca siapa pun, dan siapa pun yang memegangnya dapat membaca semua data warga di dalamnya."
)
_STEPS = (
    "Bila komputer rusak atau hilang: pasang Kecamatan Desk di komputer lain, lalu pilih "
    "“Pulihkan dari cadangan” di layar pertama.",
    "Colokkan flashdisk cadangan, pilih cadangan yang terbaru, lalu ketik kunci ini atau pindai "
    "kode kotaknya. Huruf besar atau kecil dan spasi tidak menjadi soal; huruf O tidak ada di "
    "dalamnya, yang bulat selalu angka nol.",
    "Siapkan buku register: program menanyakan nomor terakhir di buku, supaya tidak ada nomor yang "
    "diberikan dua kali.",
)
_HAND = "(………………………………………)"
_SEALING = (
    "Masukkan lembar ini ke dalam amplop, lem, bubuhkan tanda tangan dan cap di atas lemnya, lalu "
    "simpan di tempat terkunci, tidak bersama flashdisk cadangan. Bila amplop terbuka tanpa alasan "
    "atau hilang, mintalah Administrator membuat kunci baru; lembar lama tetap disimpan selama "
    "masih ada cadangan dari masanya."
)


def _running(c: "Canvas", top: float, words: str) -> float:
    rows = wrap(hold(words), REGULAR, _SIZE, _RIGHT - _LEFT)
    return lines_of(c, _LEFT, top, rows, REGULAR, _SIZE, _LEAD)


def _step(c: "Canvas", top: float, number: int, words: str) -> float:
    text(c, _LEFT, top - _SIZE * 0.92, f"{number}.", BOLD, _SIZE)
    rows = wrap(hold(words), REGULAR, _SIZE, _RIGHT - _LEFT - _NUMBER)
    return lines_of(c, _LEFT + _NUMBER, top, rows, REGULAR, _SIZE, _LEAD)


def _key(c: "Canvas", top: float, values: RecoverySheet) -> float:
    """The key in a frame, numbered groups of four, and the same as a code beside it."""
    high, side = 62 * MM, 44 * MM
    box(c, _LEFT, top, _RIGHT - _LEFT, high, 1.2)
    first, *rest = groups(values.secret)
    x, y = _LEFT + 6 * MM, top - 9 * MM
    text(c, x, y, f"1  {first}", BOLD, 13)
    column = width("WWWW", BOLD, 13.5) + 4 * MM
    for place, group in enumerate(rest):
        line, at = divmod(place, _LINE)
        left, base = x + at * column, y - 13 * MM - line * 13 * MM
        text(c, left, base + 6.2 * MM, str(place + 2), REGULAR, 7.5)
        text(c, left, base, group, BOLD, 15)
    qr(c, _RIGHT - side - 3 * MM, top - 4 * MM, side, values.secret)
    middle = _RIGHT - side / 2 - 3 * MM
    text(c, middle, top - side - 8.5 * MM, f"Kunci {values.mark}", BOLD, 9.5, "c")
    text(c, middle, top - side - 13 * MM, f"dibuat {values.made}", REGULAR, 9.5, "c")
    return top - high


def _signatures(c: "Canvas", top: float, keeper: str) -> None:
    """Who sealed it and who keeps it, by hand."""
    room = (_RIGHT - _LEFT) / 2 - 8 * MM
    for x, head in ((_LEFT, "Disegel oleh"), (_RIGHT - room, f"Disimpan oleh {keeper}")):
        sign_line(c, x, top, room, head, _HAND)
