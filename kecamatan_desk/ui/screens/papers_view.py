"""The lines of the papers a service asks for, ticked off at the counter with one key each.

1 ada, 2 tidak ada, 3 tidak diperlukan, each going down a row; space ticks and unticks; A, F, L name
the kind (asli, fotokopi, legalisir) and a figure right after it the copies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from kecamatan_desk.ui.paint import (
    MIDDLE,
    WRAP,
    State,
    focus_ring,
    has_state,
    rect_of,
    text_height,
    write,
)
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, RecordTableModel
from kecamatan_desk.ui.theme import S4
from kecamatan_desk.usecases.answers import MISSING, NOT_NEEDED, THERE
from kecamatan_desk.usecases.values import Answer
from kecamatan_desk.workflows.vocabulary import Need, Requirement

_ROW, _TAIL, _GLYPH = 28, 68, 32  # px at 100 %
_MOST_COPIES = 9
ANSWER_KEYS = {"1": THERE, "2": MISSING, "3": NOT_NEEDED}
KIND_KEYS = {"A": "Asli", "F": "Fotokopi", "L": "Legalisir"}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper with its answer so far."""

    requirement: Requirement
    need: Need
    answer: Answer

    @property
    def missing(self) -> bool:
        """True while a paper that must be there is not."""
        return self.need is Need.WAJIB and self.answer.answer != THERE

    @property
    def fails(self) -> bool:
        """True when it was said not to be there and holds the file up."""
        return self.need is not Need.TAMBAHAN and self.answer.answer == MISSING


class _Face(NamedTuple):
    glyph: str
    ink: str
    word: str


def face(paper: Paper) -> _Face:
    """Give glyph, ink and word of a paper as it stands."""
    kinds = {THERE: ("circle-check", "ok"), MISSING: ("x", "late"), NOT_NEEDED: ("minus", "rest")}
    if paper.answer.answer == THERE:
        copies = f", {paper.answer.copies}" if paper.answer.copies else ""
        word = f"{paper.answer.kind}{copies}" if paper.answer.kind else paper.need.value
        return _Face(*kinds[THERE], word)
    if paper.answer.answer == MISSING:
        return _Face(*kinds[MISSING], "tidak ada")
    if paper.answer.answer == NOT_NEEDED:
        return _Face(*kinds[NOT_NEEDED], "tidak perlu")
    if paper.need is Need.WAJIB:
        return _Face("circle-alert", "warn", "belum ada")
    return _Face("circle-alert", "muted", paper.need.value)


def spoken(paper: Paper) -> str:
    """Say a line: the paper, whether it is needed, and its answer."""
    return f"{paper.requirement.name}, {paper.need.value}, {face(paper).word}"


class _Lines(QStyledItemDelegate):
    """Glyph, the paper's whole name, how it stands."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        paper: Paper = index.data(RECORD_ROLE)
        px = look().px
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else rect_of(option).width()
        width -= px(S4 + 24 + _TAIL + S4)
        high = text_height(paper.requirement.name, "body", width) + px(10)
        return QSize(px(200), max(px(_ROW), high))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        paper: Paper = index.data(RECORD_ROLE)
        px, area, seen = look().px, rect_of(option), face(paper)
        painter.save()
        chosen = has_state(option, State.State_Selected) and self._has_focus()
        painter.fillRect(area, look().color("tint" if chosen else "surface"))
        inner = area.adjusted(px(S4), 0, -px(S4), 0)
        glyph = look().icon(seen.glyph, seen.ink, 16)
        painter.drawPixmap(inner.left(), inner.center().y() - px(8) + 1, glyph)
        name = inner.adjusted(px(24), 0, -px(_TAIL), 0)
        write(painter, name, paper.requirement.name, flags=int(MIDDLE) | int(WRAP))
        right = int(MIDDLE | Qt.AlignmentFlag.AlignRight)
        ink = seen.ink if seen.ink in {"warn", "late"} else "muted"
        write(painter, inner, seen.word, kind="caption", ink=ink, flags=right)
        painter.restore()
        focus_ring(painter, area, option)

    def _has_focus(self) -> bool:
        view = self.parent()
        return isinstance(view, QListView) and view.hasFocus()


class PapersView(QListView):
    """The list with its keys.

    Signals:
        answered: A key or a click answered the paper of this row.
        kind_given: The kind (A, F, L) of the paper of this row, with copies (0 = not said).
    """

    answered = Signal(int, str)
    kind_given = Signal(int, str, int)

    def __init__(self, model: RecordTableModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_Lines(self))
        self.setAccessibleName("Berkas yang dibawa: 1 ada, 2 tidak ada, 3 tidak diperlukan")
        self.setObjectName("papers")
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._kind = ""  # just given: a figure now means copies

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed, place = event.text().upper(), self.currentIndex().row()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        kind, self._kind = self._kind, ""
        if place < 0 or not plain:
            super().keyPressEvent(event)
        elif kind and typed.isascii() and typed.isdigit():
            self.kind_given.emit(place, kind, min(int(typed), _MOST_COPIES))
            self._down()
        elif typed in ANSWER_KEYS:
            self.answered.emit(place, ANSWER_KEYS[typed])
            if ANSWER_KEYS[typed] != MISSING:
                self._down()
        elif typed == " ":
            self.answered.emit(place, "toggle")
        elif typed in KIND_KEYS:
            self._kind = KIND_KEYS[typed]
            self.kind_given.emit(place, self._kind, 0)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._down()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        glyph = look().px(S4 + _GLYPH)
        if index.isValid() and event.position().x() <= glyph:
            self.answered.emit(index.row(), "toggle")

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().event(event)

    def _down(self) -> None:
        place = self.currentIndex().row() + 1
        if place < self.model().rowCount():
            self.setCurrentIndex(self.model().index(place, 0))
