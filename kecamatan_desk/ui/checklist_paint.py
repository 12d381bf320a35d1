"""How the rows of the checklist are painted, and where their keys lie."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from kecamatan_desk.ui import theme
from kecamatan_desk.ui.paint import (
    MIDDLE,
    WRAP,
    State,
    has_state,
    rect_of,
    text_height,
    text_width,
    view_of,
    write,
)
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE
from kecamatan_desk.ui.theme import S2
from kecamatan_desk.usecases.values import ChecklistLine

#: Key, stored answer, word.
ANSWERS = (
    ("1", "ada", "Ada"),
    ("2", "tidak-ada", "Tidak ada"),
    ("3", "tidak-diperlukan", "Tidak diperlukan"),
)
WORDS = {code: word for _key, code, word in ANSWERS}
_LOOKS = {"ada": ("check", "ok"), "tidak-ada": ("x", "late"), "tidak-diperlukan": ("minus", "rest")}
EDITOR_HEIGHT = 64  # px at 100 %: the two lines that say why and where
NUMBER, PAPER, NEED, ANSWER = range(4)


class _View(Protocol):
    """What the delegate asks its view."""

    open_row: int

    def columnWidth(self, column: int) -> int: ...
    def hasFocus(self) -> bool: ...
    def is_open_to_answers(self, line: ChecklistLine) -> bool: ...


def kind_text(line: ChecklistLine) -> str:
    """Give `Asli, 1` or `Fotokopi, 2 lembar`."""
    if line.answer != "ada" or not line.kind:
        return ""
    sheets = "" if line.kind == "Asli" else " lembar"
    return f"{line.kind}, {line.copies}{sheets}" if line.copies else line.kind


def failing_text(line: ChecklistLine) -> str:
    """Give why a paper fails and where to get it."""
    if line.answer != "tidak-ada":
        return ""
    reason = line.reason.rstrip(".")
    where = f"Diurus di: {line.source}." if line.source else ""
    return " ".join(part for part in (f"{reason}." if reason else "Alasan belum ditulis.", where))


def answer_boxes(cell: QRect) -> list[tuple[str, QRectF]]:
    """Give the answers and the rectangles of their keys; painting and clicking use the same."""
    px, left, boxes = look().px, float(cell.left()), []
    for _key, code, word in ANSWERS:
        width = text_width(word) + px(S2 + 16 + S2 + S2)
        boxes.append((code, QRectF(left + 0.5, cell.center().y() - px(13) + 0.5, width, px(27))))
        left += width + px(S2)
    return boxes


def answer_cell(area: QRect) -> QRect:
    """Give the part of an answer cell that holds the keys."""
    return area.adjusted(look().px(S2), 0, -look().px(S2), 0)


class ChecklistRows(QStyledItemDelegate):
    """Only the current row opens its three keys; answered rows fall back to a tick and a word."""

    def __init__(self, view: _View) -> None:
        super().__init__()
        self._view = view

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        line: ChecklistLine = index.data(RECORD_ROLE)
        px, width = look().px, self._view.columnWidth(PAPER) - look().px(16)
        high = text_height(line.name, "bodyb", width) + px(12)
        note = failing_text(line)
        if note and self._view.open_row != index.row():
            high += text_height(note, "caption", width) + px(2)
        if self._view.open_row == index.row():
            return QSize(0, max(px(theme.H_ROW), high) + px(EDITOR_HEIGHT))
        return QSize(0, max(px(theme.H_ROW), high))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line: ChecklistLine = index.data(RECORD_ROLE)
        area, color = rect_of(option), look().color
        chosen = has_state(option, State.State_Selected)
        open_ = self._view.is_open_to_answers(line)
        painter.save()
        painter.fillRect(area, color("tint" if chosen else "surface"))
        painter.setPen(color("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRect(area)
        if self._view.open_row == index.row():
            row.setHeight(row.height() - look().px(EDITOR_HEIGHT))
        cell = row.adjusted(look().px(S2), 0, -look().px(S2), 0)
        match index.column():
            case 0:
                self._paint_number(painter, row, index.row() + 1, chosen)
            case 1:
                self._paint_paper(painter, cell, line, chosen, index.row())
            case 2:
                there = chosen and line.answer == "ada"
                said = f"{line.kind} {line.copies or ''}" if there else line.need
                write(painter, cell, said, kind="caption", ink="muted")
            case 3 if open_ and (chosen or not line.answer):
                self._paint_keys(painter, cell, line, chosen)
            case 3:
                self._paint_answer(painter, cell, line)
        painter.restore()
        if chosen and view_of(option).hasFocus():
            _ring(painter, area, index.column())

    def _paint_number(self, painter: QPainter, row: QRect, number: int, chosen: bool) -> None:
        px = look().px
        if chosen:
            mark = QRect(row.left(), row.top(), px(4), row.height())
            painter.fillRect(mark, look().color("accent"))
        right = int(MIDDLE | Qt.AlignmentFlag.AlignRight)
        area = row.adjusted(0, 0, -px(S2), 0)
        write(painter, area, str(number), ink="muted", flags=right)

    def _paint_paper(
        self, painter: QPainter, cell: QRect, line: ChecklistLine, chosen: bool, row: int
    ) -> None:
        px, kind = look().px, "bodyb" if chosen else "body"
        note = "" if self._view.open_row == row else failing_text(line)
        name_ink = "muted" if line.locked else "text"
        if not note:
            write(painter, cell, line.name, kind=kind, ink=name_ink, flags=int(WRAP | MIDDLE))
            return
        high = text_height(line.name, kind, cell.width())
        top = cell.adjusted(0, px(6), 0, 0)
        write(painter, top, line.name, kind=kind, ink=name_ink, flags=int(WRAP))
        below = cell.adjusted(0, px(8) + high, 0, 0)
        write(painter, below, note, kind="caption", ink="late", flags=int(WRAP))

    def _paint_keys(
        self, painter: QPainter, cell: QRect, line: ChecklistLine, chosen: bool
    ) -> None:
        px, color = look().px, look().color
        for (key, code, word), (_code, box) in zip(ANSWERS, answer_boxes(cell), strict=True):
            on = code == line.answer
            edge = "accent" if on else "edge" if chosen else "line"
            painter.setPen(QPen(color(edge), 2 if on else 1))
            painter.setBrush(color("surface"))
            painter.drawRoundedRect(box, theme.R_FIELD, theme.R_FIELD)
            cap = QRectF(box.left() + px(5), box.top() + px(5), px(16), box.height() - px(10))
            painter.setPen(QPen(color("edge"), 1))
            painter.drawRoundedRect(cap, 3, 3)
            center = int(Qt.AlignmentFlag.AlignCenter)
            write(painter, cap.toRect(), key, kind="caption", ink="muted", flags=center)
            words = box.adjusted(px(26), 0, 0, 0).toRect()
            write(painter, words, word, kind="bodyb" if on else "body")

    def _paint_answer(self, painter: QPainter, cell: QRect, line: ChecklistLine) -> None:
        px = look().px
        if not line.answer:
            write(painter, cell, "belum dijawab", kind="caption", ink="muted")
            return
        glyph, ink = _LOOKS[line.answer]
        if line.locked:
            glyph, ink = "lock", "rest"
        middle = cell.center().y() - px(8) + 1
        painter.drawPixmap(cell.left(), middle, look().icon(glyph, ink, 16))
        kind = "body" if ink == "rest" else "bodyb"
        words = cell.adjusted(px(24), 0, 0, 0)
        write(painter, words, WORDS[line.answer], kind=kind, ink=ink)
        rest = cell.adjusted(px(24 + 88), 0, 0, 0)
        if line.answer == "ada":
            write(painter, rest, kind_text(line), ink="muted")


def _ring(painter: QPainter, area: QRect, column: int) -> None:
    """One ring round the whole row, open between cells."""
    painter.setPen(QPen(look().color("accent"), 2))
    painter.drawLine(area.left(), area.top() + 1, area.right(), area.top() + 1)
    painter.drawLine(area.left(), area.bottom(), area.right(), area.bottom())
    if column == ANSWER:
        painter.drawLine(area.right(), area.top(), area.right(), area.bottom())
