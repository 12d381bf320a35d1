"""Halaman uji cetak: a frame 10 mm from the edges, rulers in mm, a bar to hold a ruler to.

It is drawn for exactly one sheet: what comes out otherwise than drawn, the printer has changed.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import HAIR, lines_of, new_canvas, rule, text
from kecamatan_desk.documents.paper_sizes import full_name, measures, number, short_name
from kecamatan_desk.documents.profiles import Profile, Use
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, fit_size, wrap

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_EDGE = 10  # mm from each edge to the frame
_BAR = 100  # mm; shorter where the sheet is narrower
_WORDS = {
    "surat": "Surat",
    "buku": "Buku register",
    "slip": "Slip loket",
    "tiket": "Tiket antrian",
}


@dataclass(frozen=True, slots=True)
class TestPage:
    """What a test page is drawn for. ``printer`` is empty for a page that is saved as PDF."""

    __test__ = False  # no class of tests

    profile: Profile
    use: Use
    printer: str = ""


def draw_test_page(page: TestPage) -> bytes:
    """Draw the page that tells whether printer and sheet keep the true size."""
    sheet = page.profile.sheet
    size = (sheet.height, sheet.width) if page.use == "buku" else (sheet.width, sheet.height)
    buffer = BytesIO()
    title = f"Halaman uji {short_name((sheet.width, sheet.height))}"
    c = new_canvas(buffer, (size[0] * MM, size[1] * MM), title, "")
    _Drawing(c, size, page).draw()
    c.showPage()
    c.save()
    return buffer.getvalue()


def bar_length(width: float) -> int:
    """Give the length in mm of the bar to measure, on a sheet so wide: full tens."""
    return min(_BAR, int(width - 2 * _EDGE - 6) // 10 * 10)


class _Drawing:
    """One test page in the making. Lengths in mm, x and y from the lower left corner."""

    def __init__(self, c: "Canvas", size: tuple[float, float], page: TestPage) -> None:
        self._c, self._page = c, page
        self._wide, self._high = size
        self._roll = self._wide < 100

    def draw(self) -> None:
        self._frame()
        if not self._roll:
            self._stairs()
            self._text_area()
        self._rulers()
        y = self._head()
        y = self._bar(y)
        self._help(y)

    def _line(self, x1: float, y1: float, x2: float, y2: float, width: float = HAIR) -> None:
        rule(self._c, x1 * MM, y1 * MM, x2 * MM, y2 * MM, width)

    def _white(self, x: float, y: float, wide: float, high: float) -> None:
        """Clear the place of a figure: a line of the text area may run there."""
        self._c.setFillGray(1)
        self._c.rect(x * MM, y * MM, wide * MM, high * MM, stroke=0, fill=1)
        self._c.setFillGray(0)

    def _frame(self) -> None:
        self._c.setLineWidth(0.6)
        side = _EDGE * MM
        self._c.rect(side, side, (self._wide - 2 * _EDGE) * MM, (self._high - 2 * _EDGE) * MM)

    def _rulers(self) -> None:
        """Ticks hang from the frame's upper and left line; figures tell mm from the edge."""
        size = 5 if self._roll else 6.5
        top = self._high - _EDGE
        for mm in range(_EDGE, int(self._wide - _EDGE) + 1):
            length = _tick(mm)
            self._line(mm, top, mm, top - length)
            if mm % 10 == 0 and mm > _EDGE and mm < self._wide - _EDGE - 2:
                at = (top - length) * MM - size
                self._white(mm - 2.6, at / MM - 0.4, 5.2, size / MM)
                text(self._c, mm * MM, at, str(mm), REGULAR, size, "c")
        for mm in range(_EDGE, int(self._high - _EDGE) + 1):
            length, y = _tick(mm), self._high - mm
            self._line(_EDGE, y, _EDGE + length, y)
            if mm % 10 == 0 and mm > _EDGE and mm < self._high - _EDGE - 2:
                at = (_EDGE + length + 0.6) * MM
                text(self._c, at, y * MM - size * 0.36, str(mm), REGULAR, size)

    def _stairs(self) -> None:
        """In the middle of each side: a step for each mm from the edge; which ones come out?"""
        x, y = self._wide / 2 - 13.5, self._high / 2 - 13.5
        for mm in range(1, 10):
            a = 3 * (mm - 1)
            self._line(x + a, mm, x + a + 3, mm)
            self._line(x + a, self._high - mm, x + a + 3, self._high - mm)
            self._line(mm, y + a, mm, y + a + 3)
            self._line(self._wide - mm, y + a, self._wide - mm, y + a + 3)
            if mm % 2 and mm < 9:
                number_ = str(mm)
                text(self._c, (x + a + 1.5) * MM, (mm + 0.4) * MM, number_, REGULAR, 6, "c")
                at = (self._high - mm + 0.4) * MM
                text(self._c, (x + a + 1.5) * MM, at, number_, REGULAR, 6, "c")

    def _text_area(self) -> None:
        """A dashed frame where text lies by the profile's margins, and where it begins."""
        if self._page.use != "surat":
            return
        profile, c = self._page.profile, self._c
        dash = (2, 2)
        left, right = profile.left * MM, (self._wide - profile.right) * MM
        begin = profile.offset if profile.preprinted else profile.top
        top, foot = (self._high - begin) * MM, profile.bottom * MM
        for line in (
            (left, top, right, top),
            (left, foot, right, foot),
            (left, foot, left, top),
            (right, foot, right, top),
        ):
            rule(c, *line, HAIR, dash)
        words = "batas atas teks, di bawah kop yang sudah tercetak" if profile.preprinted else ""
        words = words or "batas atas kop surat"
        text(c, right - 1 * MM, top - 8, f"{words}: {number(begin)} mm", REGULAR, 6.5, "r")

    def _head(self) -> float:
        """Draw what sheet and printer these are. Give the y below, in mm."""
        c, sheet, page = self._c, self._page.profile.sheet, self._page
        x, room = self._inner()
        y = self._start()
        big = fit_size("HALAMAN UJI CETAK", BOLD, 11 if self._roll else 15, room * MM, 7)
        text(c, x * MM, (y - big / MM * 0.9) * MM, "HALAMAN UJI CETAK", BOLD, big)
        y -= big / MM * 1.5
        small = 7.5 if self._roll else 10
        name = full_name((sheet.width, sheet.height))
        if self._roll:
            name = measures((sheet.width, sheet.height))
        for label, value in (
            ("Kertas", name),
            ("Pencetak", page.printer or "disimpan sebagai PDF"),
            ("Untuk", _WORDS[page.use]),
        ):
            lead = small * 1.25
            rows = wrap(f"{label}: {value}", BOLD, small, room * MM)
            y = lines_of(c, x * MM, y * MM, rows, BOLD, small, lead) / MM
        return y - 3

    def _inner(self) -> tuple[float, float]:
        """Give where words begin and how wide they may run, in mm."""
        if self._roll:
            return _EDGE + 6.5, self._wide - 2 * _EDGE - 7.5
        side = 24 if self._wide > 150 else 20
        profile = self._page.profile
        left = max(side, profile.left + 4) if self._page.use == "surat" else side
        right = max(_EDGE + 6, profile.right + 4) if self._page.use == "surat" else _EDGE + 6
        return left, self._wide - left - right

    def _start(self) -> float:
        """Give the y where words begin, in mm."""
        if self._roll:
            return self._high - _EDGE - 7
        profile = self._page.profile
        if self._page.use != "surat":
            return self._high - _EDGE - 10
        begin = profile.offset if profile.preprinted else profile.top
        return self._high - max(begin + 6, _EDGE + 10)

    def _bar(self, y: float) -> float:
        """Draw the bar to hold a ruler to. Give the y below, in mm."""
        c = self._c
        x, room = self._inner()
        length = bar_length(self._wide)
        if length > room:
            x = (self._wide - length) / 2 + (1.5 if self._roll else 0)
        size = 7 if self._roll else 10
        y -= 3
        self._line(x, y, x + length, y, 1.2)
        for end in (x, x + length):
            self._line(end, y - 2.5, end, y + 2.5, 0.8)
        words = f"tepat {length} mm" + ("" if self._roll else " dari garis ke garis")
        text(c, (x + length / 2) * MM, (y + 1.2) * MM, words, BOLD, size, "c")
        if self._roll:
            return y - 4
        at = self._wide - _EDGE - 12  # a second one, upright
        high = 100 if self._high > 200 else 50
        if self._page.use == "surat":
            at = min(at, self._wide - self._page.profile.right - 6)
        low = y - 8 - high
        self._line(at, low, at, low + high, 1.2)
        for end in (low, low + high):
            self._line(at - 2.5, end, at + 2.5, end, 0.8)
        c.saveState()
        c.translate((at - 1.2) * MM, (low + high / 2) * MM)
        c.rotate(90)
        text(c, 0, 0, f"tepat {high} mm", BOLD, size, "c")
        c.restoreState()
        return y - 8

    def _help(self, y: float) -> None:
        """Say how to read the page, and what to do when it is not right."""
        x, room = self._inner()
        if not self._roll:
            room -= 20  # left of the upright bar
        size = 6.5 if self._roll else 9.5 if self._high > 200 else 8.5
        for n, words in enumerate(_advice(self._page, self._roll)):
            font = BOLD if n == 0 else REGULAR
            rows = wrap(words, font, size, room * MM)
            y = lines_of(self._c, x * MM, y * MM, rows, font, size, size * 1.2) / MM - 0.8


def _tick(mm: int) -> float:
    return 3.5 if mm % 10 == 0 else 2.5 if mm % 5 == 0 else 1.5


def _advice(page: TestPage, roll: bool) -> tuple[str, ...]:
    sheet = page.profile.sheet
    if roll:
        return (
            "Bila garis tidak tepat:",
            "Matikan \u201csesuaikan halaman\u201d (fit to page) di setelan pencetak; skala 100%.",
            f"Pilih kertas {number(sheet.width)} mm di setelan pencetak.",
        )
    lines = [
        "Ukur garis tebal dengan penggaris. Bila tidak tepat:",
        "1. Lebih pendek atau lebih panjang: di setelan pencetak matikan \u201csesuaikan "
        "halaman\u201d (fit to page, shrink, scale to fit); pilih skala 100% atau \u201cukuran "
        "sebenarnya\u201d (actual size).",
        f"2. Bingkai tidak 10 mm dari tepi kertas, atau terpotong: pilih kertas "
        f"{measures((sheet.width, sheet.height))} di setelan pencetak dan di laci kertas, geser "
        "penahan kertas sampai rapat, lalu cetak halaman ini lagi.",
        "3. Tangga di tengah tiap tepi: angka terkecil yang tercetak adalah batas cetak pencetak "
        "ini, dalam mm. Batas teks tidak boleh lebih kecil.",
    ]
    if page.profile.paper == "F4":
        lines.insert(
            3,
            "Bila pencetak tidak punya F4 215 \u00d7 330 mm, buat kertas baru dengan ukuran "
            "itu; F4 bawaan pencetak sering 210 \u00d7 330 mm, itu keliru.",
        )
    if page.use == "surat" and page.profile.preprinted:
        lines.append(
            "4. Kertas berkop: teks tidak boleh menyentuh kop yang sudah tercetak; bila menyentuh, "
            "besarkan jarak di \u201cCetak di komputer ini\u201d."
        )
    return tuple(lines)
