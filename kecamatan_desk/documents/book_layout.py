"""Measures of a book's page, and the wrapping of its lines into the columns of its form."""

from dataclasses import dataclass

from kecamatan_desk.documents.book_values import BookForm, BookLine
from kecamatan_desk.documents.drawing import F4_LANDSCAPE
from kecamatan_desk.documents.typeface import MM, REGULAR, hold, wrap

WIDE, HIGH = F4_LANDSCAPE
LEFT, RIGHT = 25 * MM, WIDE - 10 * MM  # 25 mm for the binding
TOP, FOOT = HIGH - 12 * MM, 15 * MM
MIDDLE = (LEFT + RIGHT) / 2
SIZE, LEAD, PAD = 8.0, 9.2, 0.8 * MM
LEAST_ROW = 10.5 * MM  # signature column: never under 9 mm clear
BAND, SUM = 6 * MM, 10 * MM  # rows over the whole width: month, month's sum
PAGE_SUM = 5.2 * MM  # a row of the sums at the foot of a page
_MOST = 36  # lines of a cell
_LEAST_SIGN = 19  # mm of the column in which somebody signs


class Layout:
    """Where the columns of a form stand, and how a line fills them."""

    def __init__(self, form: BookForm) -> None:
        self.form = form
        self.columns = form.columns
        self.sign = form.sign
        self.edges = [LEFT]
        for column in form.columns:
            self.edges.append(self.edges[-1] + column.width * MM)
        self._limits = [column.width * MM - 2 * PAD for column in form.columns]
        self._held = [n for n, column in enumerate(form.columns) if column.held]
        if self.sign is not None and form.columns[self.sign].width < _LEAST_SIGN:
            raise ValueError(f"{form.code}: nobody can sign in so narrow a column")

    def measure(self, number: int, line: BookLine) -> "Measured":
        """Wrap the cells of a line."""
        cells = [str(number), *line.cells]
        for place in self._held:
            cells[place] = hold(cells[place])
        wrapped = tuple(
            _short(wrap(cell, REGULAR, SIZE, limit)) if cell else ()
            for cell, limit in zip(cells, self._limits, strict=True)
        )
        height = max(LEAST_ROW, max(map(len, wrapped)) * LEAD + 2 * PAD)
        return Measured(line, (line.day.year, line.day.month), wrapped, height)


def _short(rows: tuple[str, ...]) -> tuple[str, ...]:
    """End a cell that would not fit on a page; no name is as long, but a story may be."""
    return rows if len(rows) <= _MOST else (*rows[: _MOST - 1], "\u2026")


@dataclass(frozen=True, slots=True)
class Measured:
    """A line with its cells wrapped."""

    line: BookLine
    period: tuple[int, int]
    wrapped: tuple[tuple[str, ...], ...]
    height: float
