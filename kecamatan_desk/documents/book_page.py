"""The pages of a register book: rows, what repeats, and one volume's file.

What makes it fast: wrapping by cached word widths, one text object a page, and everything that
repeats (title, header row, column numbers, practice mark) drawn once as a form and stamped. The
"y" of "Halaman x dari y" and the cover's figures are forms too, defined when the volume closes:
one pass, no counting run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO

from kecamatan_desk.documents.book_cover import (
    Boundary,
    boundary,
    by_hand,
    draw_cover,
    draw_figures,
)
from kecamatan_desk.documents.book_layout import (
    HIGH,
    LEAD,
    LEAST_ROW,
    LEFT,
    MIDDLE,
    PAD,
    PAGE_SUM,
    RIGHT,
    SIZE,
    TOP,
    WIDE,
    Layout,
    Measured,
)
from kecamatan_desk.documents.book_values import EMPTY_STATES, VOID, BookLine, BookValues, Column
from kecamatan_desk.documents.drawing import (
    F4_LANDSCAPE,
    SHADE,
    THIN,
    box,
    lines_of,
    new_canvas,
    practice_mark,
    text,
)
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, fit_size, unit_width, wrap
from kecamatan_desk.domain.indonesian import in_words

_BAND_AT = 0.66 * WIDE  # practice band: the foot's left says who printed
_HEAD, _NUMBERS = 11.5 * MM, 4.2 * MM  # header row and column numbers
_HEAD_SIZE, _HEAD_LEAD = 7.5, 8.8
_OVER = 4.1 * MM  # a heading over several columns

Rules = list[tuple[float, float, float, float]]


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the pages of a file are counted.

    A closed book says "Jilid 1 · Halaman 3 dari 8"; one that grows says "Halaman 12" alone.
    """

    volume: int | None = 1
    before: int = 0  # pages that were printed earlier
    cover: bool = True


class Volume:
    """One file of a book: cover, pages, and the figures known only at its end."""

    def __init__(
        self,
        target: Path | IO[bytes],
        values: BookValues,
        layout: Layout,
        numbering: Numbering,
    ) -> None:
        self._values, self._layout, self._numbering = values, layout, numbering
        title = f"{values.form.title} {values.subtitle}"
        if numbering.volume is not None:
            title += f", Jilid {numbering.volume}"
        self.canvas = new_canvas(target, F4_LANDSCAPE, title, values.head.name)
        self.pages = 0
        self.y = 0.0
        self.page_open = False
        self._first: Boundary = None
        self._last: Boundary = None
        self._heads: dict[str, float] = {}
        self._take(layout)
        if values.head.practice:
            self.canvas.beginForm("latihan", 0, 0, WIDE, HIGH)
            practice_mark(self.canvas, WIDE, HIGH, _BAND_AT)
            self.canvas.endForm()
        if numbering.cover:
            self._mark_practice()
            draw_cover(self.canvas, values, numbering.volume)
            self.canvas.doForm("isi-sampul")
            self.canvas.showPage()

    @property
    def page(self) -> int:
        """The number printed on the open page."""
        return self._numbering.before + self.pages

    # -- pages

    def use(self, layout: Layout) -> None:
        """Go on with the columns of another form, on a new page."""
        if self.page_open:
            self.close_page()
        self._take(layout)

    def _take(self, layout: Layout) -> None:
        self._layout = layout
        code = layout.form.code
        if code not in self._heads:
            self._heads[code] = self._define_head(f"kepala-{code}")
        self._body_top = self._heads[code]

    def open_page(self) -> None:
        """Begin the next page."""
        self.pages += 1
        self.page_open = True
        self.y = self._grid_top = self._body_top
        self._mark_practice()
        self.canvas.doForm(f"kepala-{self._layout.form.code}")
        self._text = self.canvas.beginText()
        self._text.setFont(REGULAR, SIZE, LEAD)
        self._rules: Rules = []
        self._strikes: Rules = []

    def close_page(self) -> None:
        """Finish the open page."""
        c = self.canvas
        self._grid()
        c.setLineWidth(THIN)
        c.lines(self._rules)
        if self._strikes:
            c.setLineWidth(0.7)
            c.lines(self._strikes)
        c.drawText(self._text)
        foot = "  \u00b7  ".join(p for p in (self._values.public, self._values.printed) if p)
        text(c, LEFT, 8.5 * MM, foot, REGULAR, 7.5)
        if self._numbering.volume is None:
            text(c, RIGHT, 8.5 * MM, f"Halaman {self.page}", REGULAR, 8, "r")
        else:
            words = f"Jilid {self._numbering.volume}  \u00b7  Halaman {self.page} dari"
            text(c, RIGHT - 9 * MM, 8.5 * MM, words, REGULAR, 8, "r")
            c.doForm("jumlah")
        c.showPage()
        self.page_open = False

    def _mark_practice(self) -> None:
        if self._values.head.practice:
            self.canvas.doForm("latihan")

    def save(self) -> None:
        """Define what was left open, and write the file."""
        c = self.canvas
        if self._numbering.volume is not None:
            c.beginForm("jumlah", 0, 0, WIDE, HIGH)
            text(c, RIGHT - 8.2 * MM, 8.5 * MM, str(self.pages), REGULAR, 8)
            c.endForm()
        if self._numbering.cover:
            c.beginForm("isi-sampul", 0, 0, WIDE, HIGH)
            self._figures()
            c.endForm()
        c.save()

    def _figures(self) -> None:
        values, numbering = self._values, self._numbering
        begun = boundary(values.begun if numbering.volume in (None, 1) else "", self._first)
        if numbering.volume is None and values.closing is None:
            draw_figures(self.canvas, values, begun, by_hand("closed"), by_hand("pages"))
            return
        pages = f"{self.pages} ({in_words(self.pages)}) halaman, tidak termasuk sampul ini"
        draw_figures(self.canvas, values, begun, boundary(values.closed, self._last), pages)

    # -- rows

    def band(self, words: str, height: float, font: str = BOLD, grey: float | None = SHADE) -> None:
        """Draw a row over the whole width: month, continuation, month's sum."""
        self._grid()
        box(self.canvas, LEFT, self.y, RIGHT - LEFT, height, THIN, grey)
        rows = wrap(words, font, SIZE, RIGHT - LEFT - 4 * MM)
        # into the page's one text object, so that extracted text comes in reading order
        self._text.setFont(font, SIZE, LEAD)
        below = (len(rows) - 1) * LEAD / 2
        self._text.setTextOrigin(LEFT + 2 * MM, self.y - height / 2 - SIZE * 0.35 + below)
        for row in rows:
            self._text.textLine(row)
        self._text.setFont(REGULAR, SIZE, LEAD)
        self.y -= height
        self._grid_top = self.y

    def row(self, measured: Measured) -> None:
        """Draw a line of the book."""
        edges, columns, pen = self._layout.edges, self._layout.columns, self._text
        base = self.y - PAD - SIZE * 0.86
        void = measured.line.state == VOID
        for i, rows in enumerate(measured.wrapped):
            if not rows:
                continue
            align = columns[i].align
            struck = void and columns[i].struck
            x, y = edges[i] + PAD, base
            if align == "l":
                pen.setTextOrigin(x, y)
            for row in rows:
                wide = unit_width(row, REGULAR) * SIZE if struck or align != "l" else 0
                if align != "l":
                    spare = edges[i + 1] - edges[i] - wide
                    x = edges[i] + (spare / 2 if align == "c" else spare - PAD)
                    pen.setTextOrigin(x, y)
                pen.textLine(row)  # textOut() would measure it once more
                if struck:
                    middle = y + SIZE * 0.3
                    self._strikes.append((x - 1, middle, x + wide + 1, middle))
                y -= LEAD
        if measured.line.state in EMPTY_STATES:
            self._bar_signature()
        self.y -= measured.height
        self._rules.append((LEFT, self.y, RIGHT, self.y))

    def mark(self, line: BookLine) -> None:
        """Note a line for the cover: first and last of the volume."""
        self._first = self._first or (line.number, line.day)
        self._last = (line.number, line.day)

    def sums(self, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Draw the sums of the summed columns: a label each, and a figure for each column."""
        self._grid()
        places, edges, pen = self._layout.form.summed, self._layout.edges, self._text
        for label, figures in rows:
            base = self.y - PAGE_SUM / 2 - SIZE * 0.35
            for place, words in ((places[0] - 1, label), *zip(places, figures, strict=True)):
                spare = edges[place + 1] - edges[place] - unit_width(words, REGULAR) * SIZE
                centred = place in places and self._layout.columns[place].align == "c"
                pen.setTextOrigin(edges[place] + (spare / 2 if centred else spare - PAD), base)
                pen.textLine(words)
            low = self.y - PAGE_SUM
            uprights = {LEFT, RIGHT, *(edges[p] for p in places), *(edges[p + 1] for p in places)}
            self._rules += [(x, self.y, x, low) for x in sorted(uprights)]
            self._rules.append((LEFT, low, RIGHT, low))
            self.y = self._grid_top = low

    def _bar_signature(self) -> None:
        """A stroke through the signature cell: nobody signs here later."""
        if self._layout.sign is None:
            return
        left, right = self._layout.edges[self._layout.sign : self._layout.sign + 2]
        top = self.y - 1.5 * MM
        low = top - (LEAST_ROW - 3 * MM)
        self._strikes.append((left + 1.5 * MM, low, right - 1.5 * MM, top))

    def _grid(self) -> None:
        """Column lines from the last row over the whole width down to here."""
        if self._grid_top > self.y:
            self._rules += [(x, self._grid_top, x, self.y) for x in self._layout.edges]
        self._grid_top = self.y

    # -- what repeats

    def _define_head(self, name: str) -> float:
        """Draw title, header row and column numbers as a form. Give the y below them."""
        c, values = self.canvas, self._values
        c.beginForm(name, 0, 0, WIDE, HIGH)
        title = self._layout.form.title.upper()
        size = fit_size(title, BOLD, 12, RIGHT - LEFT, 8)
        text(c, MIDDLE, TOP - 11, title, BOLD, size, "c")
        office = f"{values.head.name}  \u00b7  {values.subtitle.upper()}"
        if values.public:
            office += f"  \u00b7  {values.public.upper()}"
        text(c, MIDDLE, TOP - 25, office, BOLD, fit_size(office, BOLD, 10.5, RIGHT - LEFT, 8), "c")
        top = TOP - 11.5 * MM
        self._head_cells(top)
        edges = self._layout.edges
        for i in range(len(self._layout.columns)):
            box(c, edges[i], top - _HEAD, edges[i + 1] - edges[i], _NUMBERS, THIN)
            middle = (edges[i] + edges[i + 1]) / 2
            text(c, middle, top - _HEAD - 3.1 * MM, str(i + 1), REGULAR, 7, "c")
        c.endForm()
        return top - _HEAD - _NUMBERS

    def _head_cells(self, top: float) -> None:
        edges = self._layout.edges
        numbered = enumerate(self._layout.columns)
        for over, group in groupby(numbered, key=_over):
            places = [n for n, _ in group]
            first, last = edges[places[0]], edges[places[-1] + 1]
            if over:
                self._head_cell(first, last, top, _OVER, over)
            for n in places:
                low = top - _OVER if over else top
                high = _HEAD - _OVER if over else _HEAD
                self._head_cell(edges[n], edges[n + 1], low, high, self._layout.columns[n].head)

    def _head_cell(self, left: float, right: float, top: float, high: float, words: str) -> None:
        box(self.canvas, left, top, right - left, high, THIN, SHADE)
        rows = wrap(words, BOLD, _HEAD_SIZE, right - left - 1.2 * MM)
        start = top - (high - len(rows) * _HEAD_LEAD) / 2
        lines_of(self.canvas, (left + right) / 2, start, rows, BOLD, _HEAD_SIZE, _HEAD_LEAD, "c")


def _over(numbered: tuple[int, Column]) -> str:
    return numbered[1].over
