"""What the slips share: pairs, ruled tables with boxes, signature lines, moments in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import (
    F4,
    HAIR,
    HALF_F4,
    SHADE,
    THIN,
    box,
    lines_of,
    new_canvas,
    practice_mark,
    rule,
    text,
    tick_box,
)
from kecamatan_desk.documents.profiles import SLIP, Profile
from kecamatan_desk.documents.slip_values import PaperLine
from kecamatan_desk.documents.typeface import BOLD, ITALIC, MM, REGULAR, hold, wrap
from kecamatan_desk.documents.values import OfficeHead
from kecamatan_desk.domain.indonesian import clock, day_name, long_date, short_date

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LEFT, RIGHT = 12 * MM, 203 * MM  # of half F4 and F4
NOTICE = (
    "Data pribadi Anda dipakai hanya untuk memproses layanan ini dan disimpan sesuai aturan "
    "kearsipan. Anda berhak meminta perbaikan data kepada petugas."
)
KINDS = {"Fotokopi": "FC"}  # as the narrow column of a slip calls it


Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SlipPaper:
    """What a slip may be laid on at this PC, in points: half a sheet, or a whole one if long.

    ``sheet`` is a whole sheet that carries two halves, to be cut; None where halves lie in the
    tray. ``width`` is the sheet's own; what is drawn is always as wide as F4 and stands in its
    middle.
    """

    half: Size = HALF_F4
    full: Size = F4
    width: float = F4[0]
    sheet: Size | None = None

    def printed(self, size: Size) -> Size:
        """Give the page of the PDF for a slip of this size."""
        return (self.width, size[1])


def slip_paper(profile: Profile = SLIP) -> SlipPaper:
    """Give the sizes of a slip by the paper of this PC. A4 is cut into two A5, F4 into halves."""
    paper = profile.sheet
    wide, high = paper.width * MM, paper.height * MM
    whole = paper.height > paper.width
    half, full = (high / 2, high) if whole else (high, 2 * high)
    if paper.code == "A5":
        full = 297 * MM
    sheet = (wide, high) if whole else None
    return SlipPaper((F4[0], half), (F4[0], full), wide, sheet)


_HALF_F4 = SlipPaper()


class Slip:
    """A PDF in the making; the practice mark lies under what is drawn, so codes stay readable.

    Halves that share a sheet come one below the other, with a line to cut along.
    """

    def __init__(
        self,
        head: OfficeHead,
        size: Size,
        title: str,
        paper: SlipPaper = _HALF_F4,
        code: str = "",
    ) -> None:
        self._buffer = BytesIO()
        self._title, self._code = title, code
        self._practice = head.practice
        self._drawn = 0
        self.size = size
        self._shift = (paper.printed(size)[0] - size[0]) / 2 if size[0] == F4[0] else 0.0
        self._shared = paper.sheet is not None and size == paper.half
        sheet = paper.sheet if self._shared and paper.sheet else size
        if size[0] == F4[0]:
            sheet = paper.printed(sheet)
        self.canvas: Canvas = new_canvas(self._buffer, sheet, title, head.name)

    def new_page(self) -> None:
        """Finish the page in hand, if any, and begin the next."""
        lower = self._shared and self._drawn % 2 == 1
        if self._drawn:
            self.canvas.restoreState()
            if not lower:
                self.canvas.showPage()
        self._drawn += 1
        self.canvas.saveState()
        self.canvas.translate(self._shift, self.size[1] if self._shared and not lower else 0)
        if self._shared and not lower:
            rule(self.canvas, -self._shift, 0, self.size[0] + self._shift, 0, HAIR, (4, 3))
        if self._practice:
            practice_mark(self.canvas, *self.size)

    def go_on(self, left: float = LEFT) -> float:
        """Begin a further page of the same leaf, which says of what; give the y to go on at."""
        self.new_page()
        y = self.size[1] - 13.4 * MM
        text(self.canvas, left, y, f"{self._title} (lanjutan)", BOLD, 9)
        if self._code:
            code = f"Kode berkas {self._code}"
            text(self.canvas, self.size[0] - left, y, code, BOLD, 9, "r")
        return y - 3.6 * MM

    def bytes(self) -> bytes:
        """Give the finished PDF."""
        if self._drawn:
            self.canvas.restoreState()
        self.canvas.showPage()
        self.canvas.save()
        return self._buffer.getvalue()


def masked(nik: str) -> str:
    """Hide the middle of a NIK: the whole number never leaves the office on a slip."""
    if len(nik) < 9:
        return "\u2022" * len(nik)
    return nik[:4] + "\u2022" * (len(nik) - 8) + nik[-4:]


def moment(when: datetime, zone: str) -> str:
    """Give "Selasa, 12 Mei 2026, 09.14 WIB"."""
    return f"{day_name(when)}, {long_date(when)}, {clock(when)} {zone}"


def short_moment(when: datetime, zone: str) -> str:
    """Give "12-05-2026, 09.14 WIB"."""
    return f"{short_date(when)}, {clock(when)} {zone}"


def long_day(day: date) -> str:
    """Give "Kamis, 11 Juni 2026"."""
    return f"{day_name(day)}, {long_date(day)}"


Pair = tuple[str, str] | tuple[str, str, bool]  # label, value, bold


def pairs(c: "Canvas", x: float, top: float, colon: float, w: float, rows: Sequence[Pair]) -> float:
    """Draw label, colon, value; values wrap under themselves. Give the y below."""
    size, lead = 10, 5.2 * MM
    y = top
    for label, value, *bold in rows:
        font = BOLD if bold and bold[0] else REGULAR
        text(c, x, y, label, REGULAR, size)
        text(c, x + colon, y, ":", REGULAR, size)
        parts = wrap(hold(value), font, size, w - colon - 3 * MM)
        for n, part in enumerate(parts):
            text(c, x + colon + 3 * MM, y - n * size * 1.15, part, font, size)
        y -= (len(parts) - 1) * size * 1.15 + lead
    return y


def sign_line(c: "Canvas", x: float, y: float, w: float, head: str, name: str) -> float:
    """Draw a place to sign; what is too long takes more lines, downwards. Give the y below."""
    size, lead = 9.5, 9.5 * 1.15
    middle = x + w / 2
    lines_of(c, middle, y + size * 0.92, wrap(head, REGULAR, size, w), REGULAR, size, lead, "c")
    return lines_of(c, middle, y - 17 * MM, wrap(name, BOLD, size, w), BOLD, size, lead, "c")


def sign_depth(w: float, name: str) -> float:
    """Give how far a place to sign reaches below its first base line."""
    return 17 * MM + len(wrap(name, BOLD, 9.5, w)) * 9.5 * 1.15


def notes(c: "Canvas", x: float, y: float, w: float, words: str) -> float:
    """Draw the small print of a slip: its own words, then the notice on personal data."""
    z = lines_of(c, x, y, wrap(hold(words), REGULAR, 8.5, w), REGULAR, 8.5, 3.8 * MM)
    return lines_of(c, x, z - 2 * MM, wrap(NOTICE, ITALIC, 8, w), ITALIC, 8, 3.4 * MM)


def notes_height(w: float, words: str) -> float:
    """Give the height of ``notes``."""
    return (
        len(wrap(hold(words), REGULAR, 8.5, w)) * 3.8 * MM
        + 2 * MM
        + len(wrap(NOTICE, ITALIC, 8, w)) * 3.4 * MM
    )


@dataclass(frozen=True, slots=True)
class Tick:
    """A cell with a drawn box: "" empty, "v", "x" or "-"."""

    mark: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """A cell with small boxes and words, for the pen."""

    words: tuple[str, ...]


Cell = str | Tick | Choices
Row = Sequence[Cell]
_CELL_PAD = 1.2 * MM
_SMALL_BOX = 3.9 * MM


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: columns of (head, width in mm), type size, least row heights in points."""

    columns: tuple[tuple[str, float], ...]
    size: float
    least: float
    head: float

    def row_height(self, row: Row) -> float:
        """Give the height a row takes."""
        heights = [self.least]
        for (_, w), cell in zip(self.columns, row, strict=True):
            if isinstance(cell, Choices):
                heights.append(len(cell.words) * _SMALL_BOX)
            elif isinstance(cell, str) and cell:
                lines = wrap(hold(cell), REGULAR, self.size, w * MM - 2 * _CELL_PAD)
                heights.append(len(lines) * self.size * 1.12 + 1.6 * MM)
        return max(heights)

    def height(self, rows: Sequence[Row]) -> float:
        """Give the height of the whole table."""
        return self.head + sum(map(self.row_height, rows))

    def draw(self, c: "Canvas", x: float, top: float, rows: Sequence[Row]) -> float:
        """Draw header and rows; give the y below them."""
        y = self._draw_head(c, x, top)
        for row in rows:
            y = self._draw_row(c, x, y, row)
        return y

    def _draw_head(self, c: "Canvas", x: float, top: float) -> float:
        size = self.size - 0.5
        for name, w in self.columns:
            box(c, x, top, w * MM, self.head, THIN, SHADE)
            rows = wrap(name, BOLD, size, w * MM - 1.4 * MM)
            start = top - (self.head - len(rows) * size * 1.1) / 2
            lines_of(c, x + w * MM / 2, start, rows, BOLD, size, size * 1.1, "c")
            x += w * MM
        return top - self.head

    def _draw_row(self, c: "Canvas", x: float, top: float, row: Row) -> float:
        height = self.row_height(row)
        for (_, w), cell in zip(self.columns, row, strict=True):
            box(c, x, top, w * MM, height, THIN)
            middle = top - height / 2
            if isinstance(cell, Tick):
                tick_box(c, x + w * MM / 2 - 1.8 * MM, middle - 1.8 * MM, mark=cell.mark)
            elif isinstance(cell, Choices):
                _draw_choices(c, x, top, height, cell.words)
            elif cell:
                centred = w < 20
                rows = wrap(hold(cell), REGULAR, self.size, w * MM - 2 * _CELL_PAD)
                lead = self.size * 1.12
                at = x + (w * MM / 2 if centred else _CELL_PAD)
                start = middle + len(rows) * lead / 2
                lines_of(c, at, start, rows, REGULAR, self.size, lead, "c" if centred else "l")
            x += w * MM
        return top - height


def flow(
    slip: Slip,
    grid: Grid,
    y: float,
    rows: Sequence[Row],
    low: float,
    left: float = LEFT,
    end: float = 0,
) -> float:
    """Draw a table over as many pages as it takes, its header on each; give the y below it.

    ``end`` is the height of what stands below: its last row goes over with it.
    """
    rest = list(rows)
    fresh = False
    low -= 0.01  # what fits exactly fits
    while rest:
        fitting, used = 0, grid.head
        for row in rest:
            high = grid.row_height(row)
            if y - used - high < low and (fitting or not fresh):
                break
            fitting, used = fitting + 1, used + high
        if fitting == len(rest) and y - used - end < low and (fitting > 1 or not fresh):
            fitting -= 1
        if fitting:
            y = grid.draw(slip.canvas, left, y, rest[:fitting])
            rest = rest[fitting:]
        if rest:
            y, fresh = slip.go_on(left), True
    return y


def _draw_choices(c: "Canvas", x: float, top: float, height: float, words: tuple[str, ...]) -> None:
    for n, word in enumerate(words):
        base = top - (n + 0.5) * height / len(words) - 1.1 * MM
        tick_box(c, x + 1.4 * MM, base, 2.2 * MM)
        text(c, x + 4.6 * MM, base + 0.2 * MM, word, REGULAR, 7)


def presence(paper: PaperLine) -> tuple[Tick, Tick, str]:
    """Give the boxes "ada" and "tidak" of a paper, and its remark."""
    there = Tick("v" if paper.state == "ada" else "")
    gone = Tick("v" if paper.state == "tidak" else "")
    note = paper.note or ("Tidak diperlukan" if paper.state == "tidak-perlu" else "")
    return there, gone, note


def kind(paper: PaperLine) -> str:
    """Give a paper's kind as the narrow column shows it; none while it is not there."""
    if paper.state in ("tidak", "tidak-perlu"):
        return ""
    return KINDS.get(paper.kind, paper.kind)
