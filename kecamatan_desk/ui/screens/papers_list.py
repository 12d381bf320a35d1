"""The papers a service asks for, with what is missing of each; the keys stand in `papers_view`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QVBoxLayout,
)

from kecamatan_desk.ui.parts import Button, col, key, label, restyle, row
from kecamatan_desk.ui.screens.papers_view import Paper, PapersView, spoken
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel
from kecamatan_desk.ui.theme import S1, S2, S3, S4
from kecamatan_desk.usecases.answers import MISSING, THERE, applies, need_of
from kecamatan_desk.usecases.values import Answer
from kecamatan_desk.workflows.vocabulary import Service


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
        self.model = RecordTableModel((Column("Berkas", spoken, tip=True),), self)
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

    def named(self) -> list[tuple[str, str]]:
        """Give code and name of the papers listed now."""
        return [(paper.requirement.code, paper.requirement.name) for paper in self.papers]

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
