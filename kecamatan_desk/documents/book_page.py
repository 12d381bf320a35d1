"""The page of a register book: columns, rows, and one volume's file.

What makes it fast: wrapping by cached word widths, one text object a page, and everything that
repeats (title, header row, column numbers, practice mark) drawn once as a form and stamped. The
"y" of "Halaman x dari y" and the cover's figures are forms too, defined when the volume closes:
one pass, no counting run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

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
from kecamatan_desk.documents.letterhead import letterhead
from kecamatan_desk.documents.typeface import (
    BOLD,
    MM,
    REGULAR,
    fit_size,
    hold,
    unit_width,
    wrap,
)
from kecamatan_desk.documents.values import BookLine, BookValues
from kecamatan_desk.domain.indonesian import in_words, long_date, short_date

WIDE, HIGH = F4_LANDSCAPE
LEFT, RIGHT = 25 * MM, WIDE - 10 * MM  # 25 mm for the binding
TOP, FOOT = HIGH - 12 * MM, 15 * MM
MIDDLE = (LEFT + RIGHT) / 2
SIZE, LEAD, PAD = 8.0, 9.2, 0.8 * MM
LEAST_ROW = 10.5 * MM  # signature column: never under 9 mm clear
BAND, SUM = 6 * MM, 10 * MM  # rows over the whole width: month, month's sum
NUMBER = 1  # cell of the agenda number
_BAND_AT = 0.66 * WIDE  # practice band: the foot's left says who printed


@dataclass(frozen=True, slots=True)
class Column:
    """A column; width in mm."""

    head: str
    width: float
    centred: bool = False
    struck: bool = False  # struck in a void line; number and reason stay clear


_SERVICE = Column("Jenis Layanan", 19.5, struck=True)
_COLUMNS = (
    (Column("No.", 6.8, True), 6.8),
    (Column("No. Agenda", 12, True), 12),
    (Column("Tanggal Register", 16.2, True, True), 16.2),
    (Column("No. Antrian", 11.8, True, True), 11.8),
    (Column("Nama Pemohon", 30.2, struck=True), 30.2),
    (Column("NIK", 26.8, True, True), 26.8),
    (Column("L/P", 6, True, True), 6),
    (Column("Alamat", 26.5, struck=True), 22.5),
    (Column("Desa/ Kelurahan", 22.4, struck=True), 18.5),
    (Column("Keperluan", 22.2, struck=True), 18.5),
    (Column("Nomor dan Tanggal Pengantar Desa", 22.2, struck=True), 21.5),
    (Column("Nomor, Tanggal Surat, dan Penandatangan", 30.9, struck=True), 30.9),
    (Column("Tanggal Diserahkan/ Penerima", 18, struck=True), 16.8),
    (Column("Tanda Tangan Penerima", 21, True), 19),
    (Column("Keterangan", 22), 18),
)
_BEFORE_PURPOSE = 9
_MOST = 36  # lines of a cell


class Layout:
    """The columns of a service's book, or of the common register with its further column."""

    def __init__(self, with_service: bool) -> None:
        if with_service:
            columns = [
                Column(wide.head, narrow, wide.centred, wide.struck) for wide, narrow in _COLUMNS
            ]
            columns.insert(_BEFORE_PURPOSE, _SERVICE)
        else:
            columns = [column for column, _ in _COLUMNS]
        self.columns = tuple(columns)
        self.with_service = with_service
        self.edges = [LEFT]
        for column in columns:
            self.edges.append(self.edges[-1] + column.width * MM)
        self.sign = len(columns) - 2
        self._limits = [column.width * MM - 2 * PAD for column in columns]

    def measure(self, number: int, line: BookLine) -> "Measured":
        """Wrap the cells of a line."""
        cells = self._cells(number, line)
        wrapped = tuple(
            _short(wrap(cell, REGULAR, SIZE, limit)) if cell else ()
            for cell, limit in zip(cells, self._limits, strict=True)
        )
        height = max(LEAST_ROW, max(map(len, wrapped)) * LEAD + 2 * PAD)
        return Measured(line, (line.year, line.month), cells, wrapped, height)

    def _cells(self, number: int, line: BookLine) -> tuple[str, ...]:
        letter = "Tidak diterbitkan" if line.state == "ditolak" else line.letter_number
        issued = line.state != "ditolak"
        return (
            str(number),
            line.agenda,
            short_date(line.registered),
            line.queue,
            line.name,
            line.nik,
            line.sex,
            hold(line.address),
            line.village,
            *((line.service,) if self.with_service else ()),
            line.purpose,
            _stack(line.intro_number, _day(line.intro_date)),
            _stack(letter, *((_day(line.letter_date), line.signatory) if issued else ())),
            _stack(_day(line.handed), line.receiver),
            "",
            line.note,
        )


def _short(rows: tuple[str, ...]) -> tuple[str, ...]:
    """End a cell that would not fit on a page; no name is as long, but a story may be."""
    return rows if len(rows) <= _MOST else (*rows[: _MOST - 1], "\u2026")


def _stack(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _day(day: date | None) -> str:
    return "" if day is None else short_date(day)


@dataclass(frozen=True, slots=True)
class Measured:
    """A line with its cells wrapped."""

    line: BookLine
    period: tuple[int, int]
    cells: tuple[str, ...]
    wrapped: tuple[tuple[str, ...], ...]
    height: float


class Volume:
    """One file of a book: cover, pages, and the figures known only at its end."""

    def __init__(self, path: Path, values: BookValues, layout: Layout, number: int) -> None:
        self._values, self._layout, self._number = values, layout, number
        title = f"{values.title} {values.subtitle}, Jilid {number}"
        self.canvas = new_canvas(path, F4_LANDSCAPE, title, values.head.name)
        self.pages = 0
        self.y = 0.0
        self.page_open = False
        self._first: tuple[str, date] | None = None
        self._last: tuple[str, date] | None = None
        self._body_top = self._define_head()
        if values.head.practice:
            self.canvas.beginForm("latihan", 0, 0, WIDE, HIGH)
            practice_mark(self.canvas, WIDE, HIGH, _BAND_AT)
            self.canvas.endForm()
        self._cover()

    # -- pages

    def open_page(self) -> None:
        """Begin the next page."""
        self.pages += 1
        self.page_open = True
        self.y = self._grid_top = self._body_top
        self._begin()
        self.canvas.doForm("kepala")
        self._text = self.canvas.beginText()
        self._text.setFont(REGULAR, SIZE, LEAD)
        self._rules: list[tuple[float, float, float, float]] = []
        self._strikes: list[tuple[float, float, float, float]] = []

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
        text(c, LEFT, 8.5 * MM, self._values.printed, REGULAR, 7.5)
        words = f"Jilid {self._number}  \u00b7  Halaman {self.pages} dari"
        text(c, RIGHT - 9 * MM, 8.5 * MM, words, REGULAR, 8, "r")
        c.doForm("jumlah")
        c.showPage()
        self.page_open = False

    def _begin(self) -> None:
        if self._values.head.practice:
            self.canvas.doForm("latihan")

    def save(self) -> None:
        """Define what was left open, and write the file."""
        c = self.canvas
        c.beginForm("jumlah", 0, 0, WIDE, HIGH)
        text(c, RIGHT - 8.2 * MM, 8.5 * MM, str(self.pages), REGULAR, 8)
        c.endForm()
        c.beginForm("isi-sampul", 0, 0, WIDE, HIGH)
        self._cover_figures()
        c.endForm()
        c.save()

    # -- rows

    def band(self, words: str, height: float, font: str = BOLD, grey: float | None = SHADE) -> None:
        """Draw a row over the whole width: month, continuation, month's sum."""
        self._grid()
        box(self.canvas, LEFT, self.y, RIGHT - LEFT, height, THIN, grey)
        # into the page's one text object, so that extracted text comes in reading order
        self._text.setFont(font, SIZE)
        self._text.setTextOrigin(LEFT + 2 * MM, self.y - height / 2 - SIZE * 0.35)
        self._text.textLine(words)
        self._text.setFont(REGULAR, SIZE, LEAD)
        self.y -= height
        self._grid_top = self.y

    def row(self, measured: Measured) -> None:
        """Draw a line of the book."""
        edges, columns, pen = self._layout.edges, self._layout.columns, self._text
        base = self.y - PAD - SIZE * 0.86
        void = measured.line.state == "batal"
        for i, rows in enumerate(measured.wrapped):
            if not rows:
                continue
            centred = columns[i].centred
            struck = void and columns[i].struck
            x, y = edges[i] + PAD, base
            if not centred:
                pen.setTextOrigin(x, y)
            for row in rows:
                wide = unit_width(row, REGULAR) * SIZE if centred or struck else 0
                if centred:
                    x = (edges[i] + edges[i + 1] - wide) / 2
                    pen.setTextOrigin(x, y)
                pen.textLine(row)  # textOut() would measure it once more
                if struck:
                    middle = y + SIZE * 0.3
                    self._strikes.append((x - 1, middle, x + wide + 1, middle))
                y -= LEAD
        if measured.line.state in ("batal", "ditolak"):
            self._bar_signature()
        self.y -= measured.height
        self._rules.append((LEFT, self.y, RIGHT, self.y))

    def mark(self, number: str, day: date) -> None:
        """Note a line for the cover: first and last of the volume."""
        self._first = self._first or (number, day)
        self._last = (number, day)

    def _bar_signature(self) -> None:
        """A stroke through the signature cell: nobody signs here later."""
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

    def _define_head(self) -> float:
        """Draw title, header row and column numbers as a form. Give the y below them."""
        c, values, edges = self.canvas, self._values, self._layout.edges
        c.beginForm("kepala", 0, 0, WIDE, HIGH)
        title = values.title.upper()
        size = fit_size(title, BOLD, 12, RIGHT - LEFT, 8)
        text(c, MIDDLE, TOP - 11, title, BOLD, size, "c")
        office = f"{values.head.name}  \u00b7  {values.subtitle.upper()}"
        text(c, MIDDLE, TOP - 25, office, BOLD, fit_size(office, BOLD, 10.5, RIGHT - LEFT, 8), "c")
        top, high, low = TOP - 11.5 * MM, 11.5 * MM, 4.2 * MM
        for i, column in enumerate(self._layout.columns):
            wide, middle = edges[i + 1] - edges[i], (edges[i] + edges[i + 1]) / 2
            box(c, edges[i], top, wide, high, THIN, SHADE)
            rows = wrap(column.head, BOLD, 7.5, wide - 1.2 * MM)
            lines_of(c, middle, top - (high - len(rows) * 8.8) / 2, rows, BOLD, 7.5, 8.8, "c")
            box(c, edges[i], top - high, wide, low, THIN)
            text(c, middle, top - high - 3.1 * MM, str(i + 1), REGULAR, 7, "c")
        c.endForm()
        return top - high - low

    def _cover(self) -> None:
        """The cover, not counted in the numbering; its figures come at the end."""
        c, values = self.canvas, self._values
        self._begin()
        letterhead(c, values.head, LEFT + 30 * MM, RIGHT - 30 * MM, HIGH - 22 * MM)
        title = values.title.upper()
        size = fit_size(title, BOLD, 24, RIGHT - LEFT - 20 * MM, 12)
        text(c, MIDDLE, HIGH - 82 * MM, title, BOLD, size, "c")
        text(c, MIDDLE, HIGH - 94 * MM, values.subtitle.upper(), BOLD, 18, "c")
        text(c, MIDDLE, HIGH - 104 * MM, f"Jilid {self._number}", REGULAR, 13, "c")
        c.doForm("isi-sampul")
        c.showPage()

    def _cover_figures(self) -> None:
        c, values = self.canvas, self._values
        pages = f"{self.pages} ({in_words(self.pages)}) halaman, tidak termasuk sampul ini"
        begun = _boundary(values.begun if self._number == 1 else "", self._first)
        closed = _boundary(values.closed, self._last)
        rows: Sequence[tuple[str, str]] = (
            ("Dimulai", begun),
            ("Ditutup" if values.closing else "Sampai dengan", closed),
            ("Banyaknya", pages),
            *values.cover,
        )
        x, y = MIDDLE - 70 * MM, HIGH - 124 * MM
        box(c, x - 6 * MM, y + 9 * MM, 152 * MM, (len(rows) * 7.4 + 7.6) * MM, 1.0)
        for label, value in rows:
            text(c, x, y, label, REGULAR, 11)
            text(c, x + 38 * MM, y, ":", REGULAR, 11)
            text(c, x + 42 * MM, y, value, REGULAR, fit_size(value, REGULAR, 11, 100 * MM, 7))
            y -= 7.4 * MM


def _boundary(words: str, line: tuple[str, date] | None) -> str:
    if line is None:
        return "nihil"
    number, day = line
    return f"tanggal {words or long_date(day)}, nomor {number}"
