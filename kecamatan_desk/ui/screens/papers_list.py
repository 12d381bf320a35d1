"""The papers a service asks for, ticked off at the counter with one key each.

1 ada, 2 tidak ada, 3 tidak diperlukan, each going down a row; space ticks and unticks; A, F, L name
the kind (asli, fotokopi, legalisir) and a figure right after it the copies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
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
from kecamatan_desk.ui.parts import Button, col, key, label, restyle, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel
from kecamatan_desk.ui.theme import S1, S2, S3, S4
from kecamatan_desk.usecases.answers import MISSING, NOT_NEEDED, THERE, applies, need_of
from kecamatan_desk.usecases.values import Answer
from kecamatan_desk.workflows.vocabulary import Need, Requirement, Service

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


def _spoken(paper: Paper) -> str:
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


class PapersList(QFrame):
    """The papers of a service: heading with the count, the list, and why one is missing.

    Signals:
        edited: An answer has changed.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._service: Service | None = None
        self._data: Mapping[str, Any] = {}
        self._answers: dict[str, Answer] = {}
        self.model = RecordTableModel((Column("Berkas", _spoken, tip=True),), self)
        self.view = PapersView(self.model)
        self._count = label("", "caption", "muted")
        self.go_button = Button("Berkas yang dibawa", "Ctrl+B", "link", ink="text", name="papers")
        restyle(self.go_button.words, type="bodyb")
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.reason.setPlaceholderText("misalnya: belum bermeterai")
        self.reason.setAccessibleName("Alasan berkas tidak ada")
        self.reason.setObjectName("paper-reason")
        caption = label("Apa yang kurang atau salah", "caption", "muted")
        caption.setBuddy(self.reason)
        self._reason_row = col(caption, self.reason, gap=S1, pad=(S4, S1, S4, S2))
        keys = (("1", "ada"), ("2", "tidak ada"), ("3", "tidak perlu"))
        pieces = [piece for k, word in keys for piece in (key(k), label(word, "caption", "muted"))]
        self._keys_row = row(*pieces, None, gap=S1, pad=(S4, 0, S4, S1))
        self.setProperty("edge", "top")
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row(self.go_button, None, self._count, pad=(S3, S2, S4, S1)))
        layout.addWidget(self.view, 1)
        layout.addWidget(self._reason_row)
        layout.addWidget(self._keys_row)
        self._reason_row.hide()
        self.view.answered.connect(self._answer)
        self.view.kind_given.connect(self._give_kind)
        self.view.selectionModel().currentChanged.connect(self._show_reason)
        self.reason.textEdited.connect(self._note_reason)
        self.reason.returnPressed.connect(self._back_to_list)
        self.go_button.clicked.connect(self.take_focus)
        shortcut = QShortcut(QKeySequence("Ctrl+B"), self)
        shortcut.activated.connect(self.take_focus)

    @property
    def papers(self) -> Sequence[Paper]:
        """The papers as they stand."""
        return self._papers()

    def show_service(self, service: Service | None, answers: Sequence[Answer] = ()) -> None:
        """Show the papers of a service. Answers to papers it also asks for stay."""
        self._service = service
        self._answers.update({answer.code: answer for answer in answers})
        self._fill()

    def forget(self) -> None:
        """Begin anew, without answers."""
        self._answers = {}
        self.show_service(None)

    def show_data(self, data: Mapping[str, Any]) -> None:
        """Let the data say which papers apply and which must be there."""
        if self._service is None:
            return
        before = [(p.requirement.code, p.need) for p in self.papers]
        self._data = data
        if before != [(p.requirement.code, p.need) for p in self._papers()]:
            self._fill()

    def answers(self) -> tuple[Answer, ...]:
        """Give the answers of the papers shown, unanswered ones left out."""
        return tuple(paper.answer for paper in self.papers if paper.answer.answer)

    def failing(self) -> tuple[Paper, ...]:
        """Give the papers answered *tidak ada*."""
        return tuple(paper for paper in self.papers if paper.fails)

    def go_to(self, code: str, reason: bool = False) -> None:
        """Go to a paper, or to its reason."""
        codes = [paper.requirement.code for paper in self.papers]
        if code in codes:
            self.view.setCurrentIndex(self.model.index(codes.index(code), 0))
        (self.reason if reason else self.view).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def take_focus(self) -> None:
        """Go to the list (Ctrl+B): to the first paper without an answer."""
        open_ = [n for n, paper in enumerate(self.papers) if not paper.answer.answer]
        if self.model.rowCount():
            place = open_[0] if open_ else max(self.view.currentIndex().row(), 0)
            self.view.setCurrentIndex(self.model.index(place, 0))
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _papers(self) -> list[Paper]:
        if self._service is None:
            return []
        return [
            Paper(one, need_of(one, self._data), self._answers.get(one.code, Answer(one.code, "")))
            for one in self._service.requirements
            if applies(one, self._data)
        ]

    def _fill(self) -> None:
        place = self.view.currentIndex().row()
        papers = self._papers()
        self.model.show_records(papers)
        if 0 <= place < len(papers):
            self.view.setCurrentIndex(self.model.index(place, 0))
        there = sum(paper.answer.answer == THERE for paper in papers)
        self._count.setText(f"{there} dari {len(papers)}" if papers else "")
        self._show_reason()

    def _put(self, place: int, answer: Answer) -> None:
        self._answers[answer.code] = answer
        self.view.setCurrentIndex(self.model.index(place, 0))
        self._fill()
        self.edited.emit()

    @Slot(int, str)
    def _answer(self, place: int, word: str) -> None:
        paper = self.papers[place]
        if word == "toggle":
            word = "" if paper.answer.answer == THERE else THERE
        kind = paper.requirement.kind if word == THERE else ""
        source = paper.requirement.source if word == MISSING else ""
        reason = paper.answer.reason if word == MISSING else ""
        self._put(place, Answer(paper.requirement.code, word, kind, 0, reason, source))
        if word == MISSING:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int, str, int)
    def _give_kind(self, place: int, kind: str, copies: int) -> None:
        paper = self.papers[place]
        answer = replace(paper.answer, answer=THERE, kind=kind, copies=copies, reason="", source="")
        self._put(place, answer)

    @Slot()
    def _show_reason(self) -> None:
        index = self.view.currentIndex()
        paper: Paper | None = index.data(RECORD_ROLE) if index.isValid() else None
        answer = self._answers.get(paper.requirement.code) if paper else None
        missing = answer is not None and answer.answer == MISSING
        self._reason_row.setVisible(missing)
        if answer is not None and missing and self.reason.text().strip() != answer.reason:
            self.reason.setText(answer.reason)

    @Slot(str)
    def _note_reason(self, text: str) -> None:
        index = self.view.currentIndex()
        if not index.isValid():
            return
        code = index.data(RECORD_ROLE).requirement.code
        answer = self._answers.get(code, Answer(code, MISSING))
        self._answers[code] = replace(answer, reason=text.strip())
        self.edited.emit()

    @Slot()
    def _back_to_list(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        place = self.view.currentIndex().row() + 1
        if place < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(place, 0))
