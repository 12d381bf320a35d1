"""Cells of tables of events: an icon for the kind of event, and a word for what is unusual."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from kecamatan_desk.ui.paint import (
    MIDDLE,
    WRAP,
    State,
    has_state,
    rect_of,
    text_height,
    view_of,
    write,
)
from kecamatan_desk.ui.screens.cells import Cells
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE
from kecamatan_desk.ui.theme import S1, S2

Index = QModelIndex | QPersistentModelIndex
_GLYPH = 16  # px at 100 %
_MARK = "triangle-alert"
_LEAST, _HEADING = 36, 28  # px at 100 %: heights of rows
_SHARE = 4  # a column beside the text has at most this part of a table


class EventCells(Cells):
    """Paints the column of what happened (the second) with icon and marks; day headings bold.

    A record with ``words`` alone is a heading; others have ``glyph`` and ``marks``.
    """

    COLUMN = 1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        record = index.data(RECORD_ROLE)
        if index.column() != self.COLUMN or not hasattr(record, "marks"):
            return size
        view = view_of(option)
        width = view.columnWidth(index.column()) if isinstance(view, QTableView) else size.width()
        inner = width - 2 * look().px(S2) - self._indent
        head, _, more = str(index.data() or "").partition("\n")
        high = text_height(head, "body", inner)
        if record.marks:
            high += text_height(marks_text(record), "captionb", inner - self._indent)
        if more:
            high += text_height(more, "caption", inner)
        return QSize(width, high + 2 * look().px(S1) + 1)

    @property
    def _indent(self) -> int:
        return look().px(_GLYPH + S2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record = index.data(RECORD_ROLE)
        if has_state(option, State.State_Selected):
            painter.fillRect(rect_of(option), look().color("tint"))
        if not hasattr(record, "marks"):
            self._paint_heading(painter, rect_of(option), str(index.data() or ""))
        elif index.column() == self.COLUMN:
            self._paint_event(painter, rect_of(option), record, str(index.data() or ""))
        else:
            super().paint(painter, option, index)

    def _paint_heading(self, painter: QPainter, area: QRect, words: str) -> None:
        px = look().px
        painter.save()
        painter.fillRect(area, look().color("bg"))
        painter.setPen(look().color("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.restore()
        inner = area.adjusted(px(S2), 0, -px(S2), 0)
        left = int(Qt.AlignmentFlag.AlignLeft) | int(MIDDLE)
        write(painter, inner, words, kind="captionb", ink="muted", flags=left)

    def _paint_event(self, painter: QPainter, area: QRect, record: Any, text: str) -> None:
        px = look().px
        painter.save()
        painter.setPen(look().color("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inner = area.adjusted(px(S2), px(S1), -px(S2), -px(S1))
        head, _, more = text.partition("\n")
        wide = inner.width() - self._indent
        high = text_height(head, "body", wide)
        marks = marks_text(record)
        below = text_height(marks, "captionb", wide - self._indent) if marks else 0
        if not more and not marks:  # in the middle, as the cells beside it
            inner.setTop(inner.top() + max((inner.height() - high) // 2, 0))
        y = inner.top()
        painter.drawPixmap(inner.left(), y + px(1), look().icon(record.glyph, "muted", _GLYPH))
        left = inner.left() + self._indent
        top = int(Qt.AlignmentFlag.AlignTop) | int(Qt.AlignmentFlag.AlignLeft) | int(WRAP)
        write(painter, QRect(left, y, wide, high), head, flags=top)
        y += high
        if marks:
            painter.drawPixmap(left, y + px(1), look().icon(_MARK, "warn", _GLYPH - 2))
            words = QRect(left + self._indent - px(2), y, wide - self._indent, below)
            write(painter, words, marks, kind="captionb", ink="warn", flags=top)
            y += below
        if more:
            rest = QRect(left, y, wide, inner.bottom() - y + 1)
            write(painter, rest, more, kind="caption", ink="muted", flags=top)
        painter.restore()


class RowFitter(QObject):
    """Measures the rows again once the columns have their widths: a scroll bar makes them narrower.

    Rows are as tall as their text, notes are never shortened; day headings take the whole width.
    """

    def __init__(self, table: QTableView, sides: Mapping[int, int] | None = None) -> None:
        """``sides``: columns beside the text that give way in a narrow window -> most px."""
        super().__init__(table)
        self._table, self._sides = table, sides or {}
        table.viewport().installEventFilter(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.fit)
        table.horizontalHeader().sectionResized.connect(self._note)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            for column, most in self._sides.items():
                share = self._table.viewport().width() // _SHARE
                self._table.setColumnWidth(column, min(look().px(most), share))
        return super().eventFilter(watched, event)

    @Slot()
    def fit(self) -> None:
        """Measure now."""
        table, px = self._table, look().px
        table.clearSpans()
        table.resizeRowsToContents()
        model = table.model()
        for place in range(model.rowCount()):
            if not hasattr(model.index(place, 0).data(RECORD_ROLE), "words"):
                table.setRowHeight(place, max(table.rowHeight(place), px(_LEAST)))
            else:
                table.setSpan(place, 0, 1, model.columnCount())
                table.setRowHeight(place, px(_HEADING))

    @Slot()
    def _note(self) -> None:
        self._later.start()


def marks_text(record: Any) -> str:
    """Give what is unusual in one line: "Nomor sisipan, dicatat dari kertas"."""
    words = ", ".join(record.marks)
    return words[:1].upper() + words[1:]
