"""The head of an open book as on every printed page: headings, those over several, the numbers."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from kecamatan_desk.documents.book_values import BookForm
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.screens.book_jobs import Measures
from kecamatan_desk.ui.style import look

POINT = 1.5  # px at 100 %: the 8 pt of the paper are the 12 px of a caption
_NUMBERS, _AIR = 18, 5  # px at 100 %
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)


class BookHeader(QHeaderView):
    """Paints every column's heading, wrapped as it prints, with its number below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._form: BookForm | None = None
        self._measures: Measures | None = None
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(look().px(8))
        self.setAccessibleName("Kolom buku")

    def show_form(self, form: BookForm, measures: Measures) -> None:
        """Show the headings of a book."""
        self._form, self._measures = form, measures
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        high = look().px(_NUMBERS) + round(self._heads_high())
        return QSize(super().sizeHint().width(), high)

    def _lead(self) -> float:
        return look().px(POINT * self._measures.lead) if self._measures else 0

    def _over_high(self) -> float:
        return self._lead() + look().px(_AIR) if self._form and _has_over(self._form) else 0

    def _heads_high(self) -> float:
        if self._measures is None or self._form is None:
            return look().px(32)
        rows = [
            len(head) * self._lead() + (self._over_high() if column.over else 0)
            for head, column in zip(self._measures.heads, self._form.columns, strict=True)
        ]
        return max(rows) + 2 * look().px(_AIR)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        if self._form is None or self._measures is None:
            return
        column = self._form.columns[logical]
        numbers = QRect(rect)
        numbers.setTop(rect.bottom() + 1 - look().px(_NUMBERS))
        head = QRect(rect)
        head.setBottom(numbers.top() - 1)
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, look().color(theme.PAPER))
        painter.fillRect(head, look().color(theme.LIGHT.rest_bg))
        if column.over:
            over = self._over_rect(head, logical)
            self._write(painter, over, (column.over,))
            self._frame(painter, over)
            head.setTop(over.bottom() + 1)
        self._write(painter, head, self._measures.heads[logical])
        self._frame(painter, head)
        painter.setFont(look().font("caption"))
        painter.setPen(look().color(theme.INK))
        painter.drawText(numbers, _MIDDLE, str(logical + 1))
        self._frame(painter, numbers)
        painter.restore()

    def _over_rect(self, head: QRect, logical: int) -> QRect:
        """Give where the heading over this column and its neighbours lies."""
        assert self._form is not None
        words = self._form.columns[logical].over
        first = last = logical
        while first and self._form.columns[first - 1].over == words:
            first -= 1
        while last + 1 < self.count() and self._form.columns[last + 1].over == words:
            last += 1
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        return QRect(left, head.top(), right - left, round(self._over_high()))

    def _write(self, painter: QPainter, area: QRect, rows: tuple[str, ...]) -> None:
        font = look().font("captionb")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(look().color(theme.INK))
        top = area.top() + (area.height() - len(rows) * self._lead()) / 2
        for place, words in enumerate(rows):
            left = area.left() + (area.width() - metrics.horizontalAdvance(words)) / 2
            base = top + place * self._lead() + metrics.ascent()
            painter.drawText(QPointF(left, base), words)

    def _frame(self, painter: QPainter, area: QRect) -> None:
        painter.setPen(look().color(theme.PAPER_LINE))
        painter.drawLine(area.topRight(), area.bottomRight())
        painter.drawLine(area.bottomLeft(), area.bottomRight())


def _has_over(form: BookForm) -> bool:
    return any(column.over for column in form.columns)
