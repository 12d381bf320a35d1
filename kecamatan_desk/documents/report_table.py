"""Ruled tables of the monthly report: header and column numbers on each page, rows that wrap."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kecamatan_desk.documents.drawing import F4_LANDSCAPE, SHADE, THIN, box, lines_of, text
from kecamatan_desk.documents.pages import Sheet, Unit
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, hold, wrap

WIDE, HIGH = F4_LANDSCAPE
LEFT, RIGHT = 25 * MM, WIDE - 10 * MM  # as the register books: 25 mm for the binding
TOP, FOOT = HIGH - 12 * MM, 15 * MM
SHEET = Sheet(F4_LANDSCAPE, LEFT, RIGHT, TOP, TOP, FOOT)
SIZE, LEAD = 8.0, 9.2
_PAD = 1.1 * MM
_NUMBERS = 4.0 * MM  # height of the row of column numbers
_HEAD_SIZE, _HEAD_LEAD = 7.5, 8.8


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, width in mm, where its cells stand (l, c or r)."""

    head: str
    width: float
    align: str = "l"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``title`` is written above a header that comes again on a later page.

    ``upright``: the headings from this column on stand on their side, in ``head`` mm of height.
    """

    columns: tuple[Column, ...]
    title: str
    head: float = 11.0
    least: float = 5.0  # mm of a row
    upright: int | None = None
    left: float = LEFT  # in points
    numbered: bool = True  # column numbers below the header

    @property
    def width(self) -> float:
        """Width of the whole table, in points."""
        return sum(column.width for column in self.columns) * MM

    @property
    def _numbers(self) -> float:
        return _NUMBERS if self.numbered else 0.0

    def header(self) -> Unit:
        """Give the header row with the column numbers; it keeps to the rows below."""
        return Unit(self.head * MM + self._numbers, self._draw_header, glue=True)

    def row(self, cells: Sequence[str], font: str = REGULAR, grey: float | None = None) -> Unit:
        """Give a row of the table."""
        wrapped = tuple(
            wrap(hold(cell), font, SIZE, column.width * MM - 2 * _PAD) if cell else ()
            for cell, column in zip(cells, self.columns, strict=True)
        )
        high = max(self.least * MM, max(map(len, wrapped)) * LEAD + 1.6 * MM)

        def draw(c: Any, top: float) -> None:
            x = self.left
            for column, rows in zip(self.columns, wrapped, strict=True):
                wide = column.width * MM
                box(c, x, top, wide, high, THIN, grey)
                at = {"l": x + _PAD, "c": x + wide / 2, "r": x + wide - _PAD}[column.align]
                start = top - (high - len(rows) * LEAD) / 2
                lines_of(c, at, start, rows, font, SIZE, LEAD, column.align)
                x += wide

        return Unit(high, draw, head=self._again())

    def band(self, words: str) -> Unit:
        """Give a row over the whole width that keeps to the row below."""
        high = self.least * MM

        def draw(c: Any, top: float) -> None:
            box(c, self.left, top, self.width, high, THIN, SHADE)
            text(c, self.left + _PAD, top - high / 2 - SIZE * 0.35, words, BOLD, SIZE)

        return Unit(high, draw, glue=True, head=self._again())

    def nothing(self, words: str = "NIHIL") -> Unit:
        """Give the one row of a table that has none."""
        high = 8 * MM

        def draw(c: Any, top: float) -> None:
            box(c, self.left, top, self.width, high, THIN)
            text(c, self.left + self.width / 2, top - high / 2 - 3, words, BOLD, SIZE + 1, "c")

        return Unit(high, draw)

    def table(self, rows: Sequence[Unit]) -> list[Unit]:
        """Give header and rows; the first two and the last two rows stay together."""
        units = [self.header(), *rows]
        for place in (1, len(units) - 2):
            if 1 <= place < len(units) - 1:
                units[place].glue = True
        return units

    def _again(self) -> Unit:
        """What a page begins with that goes on with the table."""
        high = 6 * MM

        def draw(c: Any, top: float) -> None:
            text(c, self.left, top - 4 * MM, f"{self.title} (lanjutan)", BOLD, 9)
            self._draw_header(c, top - high)

        return Unit(high + self.head * MM + self._numbers, draw)

    def _draw_header(self, c: Any, top: float) -> None:
        x, high = self.left, self.head * MM
        for number, column in enumerate(self.columns, 1):
            wide = column.width * MM
            box(c, x, top, wide, high, THIN, SHADE)
            if self.upright is not None and number > self.upright:
                _draw_upright(c, x, top, wide, high, column.head)
            else:
                rows = wrap(column.head, BOLD, _HEAD_SIZE, wide - 1.2 * MM)
                start = top - (high - len(rows) * _HEAD_LEAD) / 2
                lines_of(c, x + wide / 2, start, rows, BOLD, _HEAD_SIZE, _HEAD_LEAD, "c")
            x += wide
        if not self.numbered:
            return
        x = self.left  # after the heads, so that extracted text comes in reading order
        for number, column in enumerate(self.columns, 1):
            wide = column.width * MM
            box(c, x, top - high, wide, _NUMBERS, THIN)
            text(c, x + wide / 2, top - high - 2.9 * MM, str(number), REGULAR, 7, "c")
            x += wide


def _draw_upright(c: Any, x: float, top: float, wide: float, high: float, words: str) -> None:
    """A heading on its side, read from below."""
    rows = wrap(words, BOLD, _HEAD_SIZE, high - 2 * MM)
    c.saveState()
    c.translate(x + wide / 2, top - high + 1 * MM)
    c.rotate(90)
    lines_of(c, 0, len(rows) * _HEAD_LEAD / 2, rows, BOLD, _HEAD_SIZE, _HEAD_LEAD)
    c.restoreState()


def gap(high: float) -> Unit:
    """Give white space of so many mm, left out at the top of a page."""
    return Unit(high * MM, _nothing, gap=True)


def heading(words: str, size: float = 10.0, note: str = "") -> Unit:
    """Give the heading of a table, with a line of explanation; it keeps to the header below."""
    rows = wrap(note, REGULAR, SIZE, RIGHT - LEFT) if note else ()
    high = size * 1.5 + len(rows) * LEAD + 1.5 * MM

    def draw(c: Any, top: float) -> None:
        text(c, LEFT, top - size, words, BOLD, size)
        lines_of(c, LEFT, top - size * 1.5, rows, REGULAR, SIZE, LEAD)

    return Unit(high, draw, glue=True)


def small_print(words: str) -> Unit:
    """Give a note below a table."""
    rows = wrap(hold(words), REGULAR, 7, RIGHT - LEFT)

    def draw(c: Any, top: float) -> None:
        lines_of(c, LEFT, top - 1 * MM, rows, REGULAR, 7, 8.2)

    return Unit(len(rows) * 8.2 + 1 * MM, draw)


def _nothing(c: Any, top: float) -> None:
    """White space."""
