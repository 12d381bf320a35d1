"""The last lines of a book beside the file in hand: white in both modes, the coming line dashed.

A void or refused line is struck through but for its last column, which says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from kecamatan_desk.domain.indonesian import MONTHS
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.paint import rect_of
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel
from kecamatan_desk.usecases.values import BookPage

_SHARES = (44, 116, 86, 142, 84, 100, 84, 88, 92)  # of the width, as on the printed page
_LEAST, _MONTH = 40, 26  # px at 100 %: heights of a line and of a month row
_LEFT, _RIGHT = 5, 3  # px at 100 % beside a cell's text
_WRAP = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
_NUMBERS, _MONTH_ROW, _NEXT = "numbers", "month", "next"
_STRUCK = {"void", "refused"}
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class BookCells:
    """One row of the table: a line of the book, or what stands between lines."""

    cells: tuple[str, ...]
    mark: str = ""  # "", void, refused, next, month, numbers


class _Cell:
    """Gives the text of one column; a column of `RecordTableModel` wants a function."""

    def __init__(self, place: int) -> None:
        self._place = place

    def __call__(self, row: BookCells) -> str:
        return row.cells[self._place] if self._place < len(row.cells) else ""


def rows_of(page: BookPage, year: int) -> tuple[BookCells, ...]:
    """Give the rows of a page: column numbers, a row per month, lines, the coming line."""
    rows = [BookCells(tuple(str(n + 1) for n in range(len(page.columns))), _NUMBERS)]
    month = 0
    for line in page.rows:
        if line.month != month:
            month = line.month
            rows.append(BookCells((f"BULAN {MONTHS[month - 1].upper()} {year}",), _MONTH_ROW))
        rows.append(BookCells(line.cells, line.mark))
    if page.coming:
        rows.append(BookCells(page.coming, _NEXT))
    return tuple(rows)


class _Ink(QStyledItemDelegate):
    """Paints on paper: theme colours of the light set, whatever the screen wears."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: BookCells = index.data(RECORD_ROLE)
        if row.mark in (_MONTH_ROW, _NUMBERS):
            return QSize(0, look().px(_MONTH))
        view = self.parent()
        width = view.columnWidth(index.column()) if isinstance(view, QTableView) else 80
        room = max(width - look().px(_LEFT) - look().px(_RIGHT) - 1, 16)  # 1: the grid's line
        lines = _lines(str(index.data() or ""), look().font(_type(row, index)), room)
        return QSize(0, max(look().px(_LEAST), ceil(lines) + look().px(8)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: BookCells = index.data(RECORD_ROLE)
        px, area = look().px, rect_of(option)
        grounds = {_NEXT: theme.LIGHT.tint, _MONTH_ROW: theme.LIGHT.hover}
        ground = grounds.get(row.mark, theme.PAPER)
        last = index.column() == index.model().columnCount() - 1
        struck = row.mark in _STRUCK and not last
        painter.save()
        painter.fillRect(area, look().color(ground))
        painter.setFont(look().font(_type(row, index), strike=struck))
        ink = theme.INK_VOID if struck else theme.LIGHT.on_tint if row.mark == _NEXT else theme.INK
        painter.setPen(look().color(ink))
        centred = row.mark == _NUMBERS or (index.column() == 0 and row.mark != _MONTH_ROW)
        side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        option_ = QTextOption(Qt.AlignmentFlag.AlignVCenter | side)
        option_.setWrapMode(_WRAP)
        painter.setClipRect(area)
        inner = QRectF(area.adjusted(px(_LEFT), 1, -px(_RIGHT), -1))
        painter.drawText(inner, str(index.data() or ""), option_)
        if row.mark == _NEXT:
            painter.setPen(QPen(look().color(theme.LIGHT.accent), 2, Qt.PenStyle.DashLine))
            painter.drawLine(area.left(), area.top() + 1, area.right(), area.top() + 1)
            painter.drawLine(area.left(), area.bottom(), area.right(), area.bottom())
        painter.restore()


def _type(row: BookCells, index: Index) -> str:
    """Name the type a cell is written in."""
    last = index.column() == index.model().columnCount() - 1
    bold = row.mark in {_NEXT, _MONTH_ROW, _NUMBERS} or (row.mark in _STRUCK and last)
    return "captionb" if bold else "caption"


def _lines(text: str, font: QFont, room: int) -> float:
    """Give the height of a text in this width, broken as it will be painted.

    Letter numbers have no blanks and break anywhere; bold ones sooner than others.
    """
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(_WRAP)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(room)
        height += line.height()
    layout.endLayout()
    return height


class BookTable(QTableView):
    """The table. It only shows: lines are chosen in the open book (`OpenBook`)."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[BookCells, ...] = ()
        self._columns: tuple[str, ...] = ()
        self.records = RecordTableModel((), self)
        self.setModel(self.records)
        self.setItemDelegate(_Ink(self))
        self.setProperty("paper", True)
        self.setObjectName("book")
        self.setAccessibleName("Buku register")
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(look().px(20))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)

    def show_page(self, page: BookPage, year: int) -> None:
        """Show the tail of a book; the newest line, or the coming one, is in sight."""
        self._rows, self._columns = rows_of(page, year), page.columns
        columns = [Column(name, _Cell(place)) for place, name in enumerate(page.columns)]
        self.clearSpans()
        self.records.columns = columns
        self.records.show_records(self._rows)
        for place, row in enumerate(self._rows):
            if row.mark == _MONTH_ROW:
                self.setSpan(place, 0, 1, len(columns))
        self.setAccessibleName(page.title)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Share the width as on the printed page; rows as tall as their text, the last in sight."""
        count = len(self._columns)
        if not count:
            return
        shares = _SHARES if count == len(_SHARES) else (100,) * count
        room, taken = self.viewport().width(), 0
        for place, share in enumerate(shares):
            width = room * share // sum(shares) if place < count - 1 else room - taken
            self.setColumnWidth(place, width)
            taken += width
        self.resizeRowsToContents()
        self.updateGeometries()  # Qt does it later: the end would lie below what is in sight
        self.scrollToBottom()
