"""Notice for the board of the office: how its letters are checked, and the print of its key. A4."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import A4, box, lines_of, new_canvas, practice_mark, text
from kecamatan_desk.documents.letterhead import letterhead
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, hold, width, wrap
from kecamatan_desk.documents.values import OfficeHead

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_LEFT, _RIGHT = 25 * MM, A4[0] - 25 * MM
_SIZE, _LEAD = 12.0, 17.0
_NUMBER = 8 * MM  # from the number of a step to its words


@dataclass(frozen=True, slots=True)
class OldKey:
    """A key that signs no more and still proves."""

    fingerprint: str
    made: str  # "Dibuat 12 Mei 2026"


@dataclass(frozen=True, slots=True)
class NoticeValues:
    """The notice. Fingerprints are SHA-256 in groups of four letters."""

    head: OfficeHead
    fingerprint: str
    since: str  # "12 Mei 2026"
    old: tuple[OldKey, ...]
    printed: str


def draw_notice(values: NoticeValues) -> bytes:
    """Draw the notice as PDF of one page; of many old keys only the newest three are named."""
    buffer = BytesIO()
    title = "Pengumuman: memeriksa keaslian surat"
    c = new_canvas(buffer, A4, title, values.head.name)
    if values.head.practice:
        practice_mark(c, *A4)
    y = letterhead(c, values.head, _LEFT, _RIGHT, A4[1] - 15 * MM) - 13 * MM
    for words in ("PENGUMUMAN", "CARA MEMERIKSA KEASLIAN SURAT"):
        text(c, A4[0] / 2, y, words, BOLD, 16, "c")
        y -= 22
    y = _running(c, y, _intro(values.head))
    for number, words in enumerate(_STEPS, 1):
        y = _step(c, y - 2 * MM, number, words)
    y = _key(c, y - 6 * MM, values)
    y = _old(c, y - 5 * MM, values.old[:3])
    _running(c, y - 4 * MM, _CLOSING)
    text(c, _LEFT, 15 * MM, values.printed, REGULAR, 8)
    c.showPage()
    c.save()
    return buffer.getvalue()


def _intro(head: OfficeHead) -> str:
    office = head.name.removeprefix("KECAMATAN ").title()
    return (
        f"Setiap surat yang dibuat Kecamatan {office} memuat kode kotak di kiri bawah. Kode itu "
        "memuat nomor dan tanggal surat, inisial pemohon dan empat angka terakhir NIK, serta "
        "tanda kunci kantor yang tidak dapat dibuat orang lain. Surat yang diragukan diperiksa "
        "dengan cuma-cuma, tanpa internet:"
    )


_STEPS = (
    "Bawa surat aslinya, atau fotokopi yang jelas, ke loket pelayanan pada jam kerja.",
    "Petugas memindai kodenya. Layar menyebutkan apakah kode itu benar, dan apakah suratnya "
    "masih berlaku, sudah diganti, atau batal.",
    "Cocokkan nomor, tanggal, inisial dan angka NIK di layar dengan yang tertulis di surat.",
)
_CLOSING = (
    "Instansi yang memeriksa sendiri dapat meminta kunci publik kantor di loket, lalu "
    "mencocokkan sidiknya dengan pengumuman ini. Kode ini bukan tanda tangan elektronik; yang "
    "mengesahkan surat tetap tanda tangan pejabat dan cap kantor."
)


def _running(c: "Canvas", top: float, words: str) -> float:
    rows = wrap(hold(words), REGULAR, _SIZE, _RIGHT - _LEFT)
    return lines_of(c, _LEFT, top, rows, REGULAR, _SIZE, _LEAD)


def _step(c: "Canvas", top: float, number: int, words: str) -> float:
    text(c, _LEFT, top - _SIZE * 0.92, f"{number}.", BOLD, _SIZE)
    rows = wrap(hold(words), REGULAR, _SIZE, _RIGHT - _LEFT - _NUMBER)
    return lines_of(c, _LEFT + _NUMBER, top, rows, REGULAR, _SIZE, _LEAD)


def _key(c: "Canvas", top: float, values: NoticeValues) -> float:
    """The print of the key in a frame, four groups a line, so that a finger can follow."""
    groups = values.fingerprint.split()
    high = 57 * MM
    box(c, _LEFT, top, _RIGHT - _LEFT, high, 1.2)
    middle, y = A4[0] / 2, top - 8 * MM
    text(c, middle, y, "SIDIK KUNCI KANTOR (SHA-256)", BOLD, 11, "c")
    column = width("WWWW", BOLD, 19)
    for place, group in enumerate(groups):
        line, side = divmod(place, 4)
        x = middle + (side - 1.5) * column
        text(c, x, y - 10 * MM - line * 8 * MM, group, BOLD, 19, "c")
    text(c, middle, top - high + 3.5 * MM, f"Berlaku sejak {values.since}", REGULAR, 10, "c")
    return top - high


def _old(c: "Canvas", top: float, old: tuple[OldKey, ...]) -> float:
    if not old:
        return top + 5 * MM
    y = top - 9
    text(c, _LEFT, y, "Kunci lama, untuk surat dari masa itu:", BOLD, 9)
    for key in old:
        y -= 13
        text(c, _LEFT, y, key.made, REGULAR, 9)
        y -= 10
        text(c, _LEFT, y, key.fingerprint, REGULAR, 8)
    return y
