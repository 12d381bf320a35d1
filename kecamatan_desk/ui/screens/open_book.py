"""The open book as it prints: its own columns, month bands, void lines struck; white in both modes.

The last lines stand first; the earlier ones are put in front as one scrolls up to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from kecamatan_desk.documents.book_values import EMPTY_STATES, VOID, BookForm
from kecamatan_desk.domain.indonesian import MONTHS
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.paint import State, has_state, rect_of
from kecamatan_desk.ui.screens.book_header import POINT, BookHeader
from kecamatan_desk.ui.screens.book_jobs import Measures, SheetLine, SheetPart
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE
from kecamatan_desk.usecases.book_reading import ReadLine

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
Month = tuple[int, int]
_CHANGED = 3  # px of the bar in front of a line that changed after its month was closed


@dataclass(frozen=True, slots=True)
class Band:
    """A row over the whole width: the month that begins."""

    month: Month

    @property
    def words(self) -> str:
        """What stands in it."""
        year, month = self.month
        return f"BULAN {MONTHS[month - 1].upper()} {year}"


@dataclass(frozen=True, slots=True)
class Note:
    """A row over the whole width in front of all lines: which numbers stand in the paper book."""

    words: str


Row = Band | Note | SheetLine


def _month_of(line: SheetLine) -> Month:
    day = line.read.line.day
    return day.year, day.month


def _noted(note: str) -> list[Row]:
    return [Note(note)] if note else []


def rows_of(lines: Iterable[SheetLine]) -> list[Row]:
    """Put a band in front of each month."""
    rows: list[Row] = []
    month: Month | None = None
    for line in lines:
        if _month_of(line) != month:
            month = _month_of(line)
            rows.append(Band(month))
        rows.append(line)
    return rows


class BookModel(QAbstractTableModel):
    """The rows that are read so far."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self._columns = 0

    @property
    def lines(self) -> list[SheetLine]:
        """The lines, without the bands."""
        return [row for row in self.rows if isinstance(row, SheetLine)]

    def show_lines(self, columns: int, lines: Sequence[SheetLine], note: str = "") -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self._columns, self.rows = columns, _noted(note) + rows_of(lines)
        self.endResetModel()

    def put_in_front(self, lines: Sequence[SheetLine], note: str = "") -> int:
        """Add earlier lines; give how many rows they take."""
        before = _noted(note) + rows_of(lines)
        first = self.rows[0] if self.rows else None
        if lines and isinstance(first, Band) and first.month == _month_of(lines[-1]):
            self.beginRemoveRows(ROOT, 0, 0)
            del self.rows[0]
            self.endRemoveRows()
        self.beginInsertRows(ROOT, 0, len(before) - 1)
        self.rows[:0] = before
        self.endInsertRows()
        return len(before)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == RECORD_ROLE:
            return row
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if isinstance(row, Band | Note):
            return row.words
        number, cells = str(row.read.number), row.read.line.cells
        text = number if index.column() == 0 else cells[index.column() - 1]
        return text.replace("\n", " ")

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.rows[index.row()], Band | Note):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


class _Ink(QStyledItemDelegate):
    """Writes each cell where the paper has it, in the light set's colours."""

    def __init__(self, book: OpenBook) -> None:
        super().__init__(book)
        self._book = book

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(RECORD_ROLE)
        area = rect_of(option)
        painter.save()
        painter.setClipRect(area)
        if isinstance(row, Band | Note):
            painter.fillRect(area, look().color(theme.LIGHT.rest_bg))
            painter.setFont(look().font("captionb" if isinstance(row, Band) else "caption"))
            painter.setPen(look().color(theme.INK))
            left = area.adjusted(look().px(8), 0, 0, 0)
            painter.drawText(left, int(Qt.AlignmentFlag.AlignVCenter), row.words)
        else:
            chosen = has_state(option, State.State_Selected)
            painter.fillRect(area, look().color(theme.LIGHT.tint if chosen else theme.PAPER))
            self._write(painter, area, row, index.column())
            if row.changed and index.column() == 0:  # the words stand under Keterangan
                bar = QRect(area.left(), area.top(), look().px(_CHANGED), area.height())
                painter.fillRect(bar, look().color(theme.LIGHT.warn))
        painter.restore()

    def _write(self, painter: QPainter, area: QRect, row: SheetLine, place: int) -> None:
        form, measures = self._book.form, self._book.measures
        if form is None or measures is None:
            return
        column, state = form.columns[place], row.read.line.state
        struck = column.struck and state == VOID
        font, ink = look().font("caption"), look().color(theme.INK_VOID if struck else theme.INK)
        metrics, pen = QFontMetricsF(font), QPen(ink)
        painter.setFont(font)
        painter.setPen(pen)
        scale = look().px(POINT * 100) / 100
        pad, lead = measures.pad * scale, measures.lead * scale
        base = area.top() + pad + measures.size * scale * 0.86
        for words in row.wrapped[place]:
            wide = metrics.horizontalAdvance(words)
            spare = area.width() - wide
            left = area.left() + {"l": pad, "c": spare / 2, "r": spare - pad}[column.align]
            painter.drawText(QPointF(left, base), words)
            if struck:
                high = base - measures.size * scale * 0.3
                painter.drawLine(QPointF(left - 1, high), QPointF(left + wide + 1, high))
            base += lead
        if column.signs and state in EMPTY_STATES:
            cell = QRectF(area)
            cell.setHeight(min(cell.height(), measures.row * scale))
            _bar(painter, cell, 2 * pad)


def _bar(painter: QPainter, area: QRectF, side: float) -> None:
    """A stroke through the signature cell: nobody signs here later."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look().color(theme.INK), 1))
    inner = area.adjusted(side, side, -side, -side)
    painter.drawLine(inner.bottomLeft(), inner.topRight())


class OpenBook(QTableView):
    """The table.

    Signals:
        earlier_wanted: The first of the lines shown has come into sight, and there are earlier.
        line_changed: Another line is the current one.
    """

    earlier_wanted = Signal()
    line_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form: BookForm | None = None
        self.measures: Measures | None = None
        self.empty = ""  # what stands where there are no lines
        self._more = False
        self.book_model = BookModel(self)
        self.setModel(self.book_model)
        self.head = BookHeader(self)
        self.setHorizontalHeader(self.head)
        self.setItemDelegate(_Ink(self))
        self.setProperty("paper", True)
        self.setObjectName("book")
        self.setAccessibleName("Buku register")
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(look().px(16))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._at_end = True  # and stays there when the room or the lines change
        self.verticalScrollBar().valueChanged.connect(self._note_scroll)
        self.verticalScrollBar().rangeChanged.connect(self._keep_end)
        self.selectionModel().currentChanged.connect(self._note_line)

    @property
    def current(self) -> ReadLine | None:
        """The chosen line."""
        index = self.currentIndex()
        row = index.data(RECORD_ROLE) if index.isValid() else None
        return row.read if isinstance(row, SheetLine) else None

    @property
    def lines(self) -> list[SheetLine]:
        """The lines read so far."""
        return self.book_model.lines

    def show_part(self, part: SheetPart, again: bool) -> None:
        """Show the end of a book. ``again``: the same book as before, and one stays where one was.

        Else the newest line is in sight.
        """
        bar = self.verticalScrollBar()
        at_end = self._at_end or not again
        from_end, chosen = bar.maximum() - bar.value(), self.current
        self._more = False
        self._at_end = False
        self.form, self.measures = part.asked.form, part.measures
        self.clearSpans()
        self.book_model.show_lines(len(self.form.columns), part.lines, part.note)
        self._measure_rows(self.book_model.rowCount())
        self.head.show_form(self.form, self.measures)
        self._fit()
        self.updateGeometries()
        if again and chosen is not None:
            self._choose(chosen)
        bar.setValue(bar.maximum() - (0 if at_end else from_end))
        self._at_end = at_end
        if not again:
            self.horizontalScrollBar().setValue(0)
        self._more = part.before is not None
        self._look_for_more()

    def put_in_front(self, part: SheetPart) -> None:
        """Add earlier lines; what is in sight stays where it is."""
        bar = self.verticalScrollBar()
        from_end = bar.maximum() - bar.value()
        self._more = False
        self._measure_rows(self.book_model.put_in_front(part.lines, part.note))
        self.updateGeometries()
        bar.setValue(bar.maximum() - from_end)
        self._more = part.before is not None
        self._look_for_more()

    def _measure_rows(self, count: int) -> None:
        """Give the first rows the height they have on paper."""
        assert self.measures is not None
        columns = self.book_model.columnCount()
        for place in range(count):
            row = self.book_model.rows[place]
            high = row.high if isinstance(row, SheetLine) else self.measures.band
            self.setRowHeight(place, look().px(high * POINT))
            if not isinstance(row, SheetLine):
                self.setSpan(place, 0, 1, columns)

    def choose_line(self, line_id: int) -> bool:
        """Choose a line by its id, if it is read already."""
        for place, row in enumerate(self.book_model.rows):
            if isinstance(row, SheetLine) and row.read.line.id == line_id:
                column = max(self.currentIndex().column(), 0)
                self.setCurrentIndex(self.book_model.index(place, column))
                return True
        return False

    def _choose(self, chosen: ReadLine) -> None:
        self.choose_line(chosen.line.id)

    @Slot()
    def _note_scroll(self) -> None:
        bar = self.verticalScrollBar()
        self._at_end = bar.value() >= bar.maximum()
        self._look_for_more()

    @Slot()
    def _keep_end(self) -> None:
        if self._at_end:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def _look_for_more(self) -> None:
        if self._more and self.verticalScrollBar().value() < self.viewport().height():
            self._more = False  # until they have come
            self.earlier_wanted.emit()

    @Slot()
    def _note_line(self) -> None:
        self.line_changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the newest line: Qt would go to the first."""
        if not self.currentIndex().isValid() and self.book_model.rows:
            self.setCurrentIndex(self.book_model.index(self.book_model.rowCount() - 1, 0))
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The chosen line stays in sight: the room shrinks when a reason is asked for."""
        index = self.currentIndex()
        seen = self.viewport().rect().intersects(self.visualRect(index))
        super().resizeEvent(event)
        self._fit()
        if index.isValid() and seen and event.size().height() < event.oldSize().height():
            self.scrollTo(index.siblingAtColumn(max(self.columnAt(0), 0)))
        self._look_for_more()

    def _fit(self) -> None:
        """Make the columns as wide as on paper, wider where there is room."""
        if self.measures is None:
            return
        widths = [look().px(POINT * wide) for wide in self.measures.widths]
        spare = max(self.viewport().width() - sum(widths), 0)
        total, given = sum(widths), 0
        for place, width in enumerate(widths):
            more = spare * width // total if place < len(widths) - 1 else spare - given
            given += more
            self.setColumnWidth(place, width + more)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.book_model.rows and self.empty:
            painter = QPainter(self.viewport())
            painter.setFont(look().font("body"))
            painter.setPen(look().color(theme.INK_VOID))
            area = self.viewport().rect().adjusted(24, 24, -24, -24)
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(area, flags, self.empty)
            painter.end()
