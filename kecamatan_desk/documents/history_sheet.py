"""Lists for an official to read and sign off: the history of a file, the journal of a day.

A4, a ruled table that flows over as many pages as it takes, each page numbered. Nothing on them is
kept: they are drawn when asked for, and that they were is written into the chain.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import A4, lines_of, text
from kecamatan_desk.documents.letterhead import letterhead
from kecamatan_desk.documents.slip_parts import Grid, Pair, Row, Slip, flow, pairs
from kecamatan_desk.documents.typeface import BOLD, ITALIC, MM, REGULAR, fit_size, hold, wrap
from kecamatan_desk.documents.values import OfficeHead

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LEFT, RIGHT = 20 * MM, A4[0] - 15 * MM
_MIDDLE = (LEFT + RIGHT) / 2
_LOW = 17 * MM
_SIGN = 34 * MM  # height of the place to sign


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One list. ``columns``: head and width in mm, 175 mm together; a cell may hold line breaks.

    ``words``: a sentence above the table; ``signing``: who looked at it, or "" for no such place.
    """

    head: OfficeHead
    title: str
    subtitle: str
    facts: tuple[Pair, ...]
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    printed: str
    words: str = ""
    nothing: str = "Tidak ada yang tercatat."
    notes: tuple[str, ...] = ()  # below the table
    signing: str = ""


class _Sheet(Slip):
    """A slip whose pages bear their number and when they were printed."""

    def __init__(self, values: ListSheet) -> None:
        super().__init__(values.head, A4, f"{values.title} {values.subtitle}".strip())
        self._printed = values.printed
        self._page = 0

    def new_page(self) -> None:
        super().new_page()
        self._page += 1
        text(self.canvas, LEFT, 12 * MM, self._printed, ITALIC, 8)
        text(self.canvas, RIGHT, 12 * MM, f"Halaman {self._page}", REGULAR, 8, "r")


def draw_list(values: ListSheet) -> bytes:
    """Draw the list. The same values give the same bytes; InputError for a character not drawn."""
    slip = _Sheet(values)
    slip.new_page()
    y = _head(slip.canvas, values)
    grid = Grid(values.columns, 9, 6 * MM, 6.5 * MM)
    end = _end_height(values)
    if values.rows:
        rows: list[Row] = [tuple(hold(cell) for cell in row) for row in values.rows]
        y = flow(slip, grid, y, rows, _LOW, LEFT, end)
    else:
        y -= 2 * MM
        text(slip.canvas, LEFT, y - 9, values.nothing, ITALIC, 10)
        y -= 14
    _end(slip.canvas, values, y)
    return slip.bytes()


def _head(c: "Canvas", values: ListSheet) -> float:
    y = letterhead(c, values.head, LEFT, RIGHT, A4[1] - 15 * MM) - 9 * MM
    text(c, _MIDDLE, y, values.title.upper(), BOLD, 13, "c")
    for row in wrap(values.subtitle, BOLD, 11, RIGHT - LEFT) if values.subtitle else ():
        y -= 5.4 * MM
        text(c, _MIDDLE, y, row, BOLD, fit_size(row, BOLD, 11, RIGHT - LEFT, 8), "c")
    y -= 8 * MM
    if values.facts:
        y = pairs(c, LEFT, y, 34 * MM, RIGHT - LEFT, values.facts)
    if values.words:
        rows = wrap(hold(values.words), REGULAR, 10, RIGHT - LEFT)
        y = lines_of(c, LEFT, y + 2 * MM, rows, REGULAR, 10, 12.5) - 1.5 * MM
    return y - 0.5 * MM


def _end_height(values: ListSheet) -> float:
    high = sum(len(_note_rows(note)) for note in values.notes) * 11.0
    return high + (4 * MM if values.notes else 0) + (_SIGN if values.signing else 0)


def _note_rows(note: str) -> tuple[str, ...]:
    return wrap(hold(note), REGULAR, 9, RIGHT - LEFT)


def _end(c: "Canvas", values: ListSheet, y: float) -> None:
    y -= 3 * MM if values.notes else 0
    for note in values.notes:
        y = lines_of(c, LEFT, y, _note_rows(note), REGULAR, 9, 11.0)
    if values.signing:
        left = RIGHT - 70 * MM
        text(c, left, y - 8 * MM, values.signing, REGULAR, 10)
        text(c, left, y - _SIGN + 4 * MM, "(" + "." * 42 + ")", REGULAR, 10)
