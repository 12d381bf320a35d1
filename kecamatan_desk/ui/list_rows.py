"""The frame of a list row: its height, its ground, the ring of who has the keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from kecamatan_desk.ui.paint import focus_ring, rect_of, row_ground
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE
from kecamatan_desk.ui.theme import S3, S4


class RowDelegate(QStyledItemDelegate):
    """Paints rows of one height; a list of its own kind writes the words."""

    WIDTH = 240  # the least a list asks for
    HEIGHT = 48
    AIR = 6  # above and below the words

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(look().px(self.WIDTH), look().px(self.HEIGHT))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        px, area = look().px, rect_of(option)
        painter.save()
        row_ground(painter, area, option)
        inner = area.adjusted(px(S4), px(self.AIR), -px(S3), -px(self.AIR))
        self.write_record(painter, inner, index.data(RECORD_ROLE))
        painter.restore()
        focus_ring(painter, area, option)

    def write_record(self, painter: QPainter, inner: QRect, record: Any) -> None:
        """Write one record into the row, inside its margins."""
        raise NotImplementedError
