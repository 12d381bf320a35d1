"""Cells of quiet tables: text stands under its heading; a line may be bold or have a muted part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from kecamatan_desk.ui.paint import MIDDLE, WRAP, rect_of, text_height, view_of, write
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE
from kecamatan_desk.ui.theme import S1, S2

Index = QModelIndex | QPersistentModelIndex


class Cells(QStyledItemDelegate):
    """Paints the first line of a cell in ink, the lines below muted, with a hairline under it."""

    def __init__(self, parent: QObject, is_bold: Callable[[Any], bool] | None = None) -> None:
        super().__init__(parent)
        self._is_bold = is_bold

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = view_of(option)
        width = look().px(120)
        if isinstance(view, QTableView):
            width = view.columnWidth(index.column())
        head, _, more = str(index.data() or "").partition("\n")
        inner = width - 2 * look().px(S2)
        high = text_height(head, "body", inner)
        if more:
            high += text_height(more, "caption", inner)
        return QSize(width, high + 2 * look().px(S1) + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        px, area = look().px, rect_of(option)
        painter.save()
        painter.setPen(look().color("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inner = area.adjusted(px(S2), px(S1), -px(S2), -px(S1))
        head, _, more = str(index.data() or "").partition("\n")
        bold = self._is_bold is not None and self._is_bold(index.data(RECORD_ROLE))
        side = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
        across = int(Qt.AlignmentFlag(side) & Qt.AlignmentFlag.AlignHorizontal_Mask)
        kind = "bodyb" if bold else "body"
        if not more:
            write(painter, inner, head, kind=kind, flags=across | int(MIDDLE) | int(WRAP))
        else:
            high = text_height(head, kind, inner.width())
            top = int(Qt.AlignmentFlag.AlignTop) | across | int(WRAP)
            write(painter, QRect(inner.topLeft(), QSize(inner.width(), high)), head, flags=top)
            below = inner.adjusted(0, high, 0, 0)
            write(painter, below, more, kind="caption", ink="muted", flags=top)
        painter.restore()
