"""The checklist: one paper per line, answered with one key.

1 2 3 answer and go down a row. A F L say *Ada* and the kind; a figure after the kind is the number
of copies and goes down. *Tidak ada* opens, in the row, why it fails and where to get it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from kecamatan_desk.ui.checklist_paint import (
    ANSWER,
    ANSWERS,
    EDITOR_HEIGHT,
    NEED,
    PAPER,
    WORDS,
    ChecklistRows,
    answer_boxes,
    answer_cell,
    failing_text,
    kind_text,
)
from kecamatan_desk.ui.parts import key, label, row
from kecamatan_desk.ui.reason_editor import ReasonEditor
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel
from kecamatan_desk.ui.theme import S1, S2
from kecamatan_desk.usecases.answers import is_failing
from kecamatan_desk.usecases.values import Answer, ChecklistLine

_KINDS = {Qt.Key.Key_A: "Asli", Qt.Key.Key_F: "Fotokopi", Qt.Key.Key_L: "Legalisir"}


def _number(line: ChecklistLine) -> str:
    return line.code


def _answer_words(line: ChecklistLine) -> str:
    if not line.answer:
        return "belum dijawab: 1 Ada, 2 Tidak ada, 3 Tidak diperlukan"
    more = kind_text(line) or failing_text(line)
    return WORDS[line.answer] + (f", {more}" if more else "")


COLUMNS = (
    Column("Nomor", _number, 40),
    Column("Kelengkapan", lambda line: line.name),
    Column("Sifat", lambda line: line.need, 84),
    Column("Jawaban", _answer_words, 328),
)


class ChecklistModel(RecordTableModel):
    """The lines; an answer replaces one of them."""

    def put(self, place: int, line: ChecklistLine) -> None:
        """Replace one line."""
        lines = list(self.records)
        lines[place] = line
        self._records = tuple(lines)
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))


class Checklist(QTableView):
    """The table. Answers stay here until a use-case is given `answers()`.

    Signals:
        answered: An answer, a kind or a reason has changed.
    """

    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open_row = -1  # the row whose reason is being written
        self._read_only = False
        self._counting = -1  # the row whose kind was just said: a figure is its copies
        self.lines = ChecklistModel(COLUMNS, self)
        self.setModel(self.lines)
        self._rows = ChecklistRows(self)
        self.setItemDelegate(self._rows)
        self.editor = ReasonEditor(self.viewport())
        self.setAccessibleName("Ceklis kelengkapan")
        self.setObjectName("checklist")
        self._set_up_view()
        self.editor.done.connect(self._finish_reason)
        self.editor.left.connect(self._keep_reason)
        self.editor.typed.connect(self.answered)
        self.selectionModel().currentRowChanged.connect(self._note_row)

    def _set_up_view(self) -> None:
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(look().px(20))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for place, column in enumerate(COLUMNS):
            self.setColumnWidth(place, look().px(column.width))
        self.horizontalHeader().setSectionResizeMode(PAPER, QHeaderView.ResizeMode.Stretch)
        self.setColumnHidden(NEED, look().folded)

    # What a screen asks and shows

    def show_lines(self, lines: Sequence[ChecklistLine]) -> None:
        """Show a request's papers; the first unanswered one is current."""
        self._close_editor()
        self._counting = -1
        self.lines.show_records(tuple(lines))
        self.resizeRowsToContents()
        first = next((n for n, one in enumerate(lines) if not one.answer and not one.locked), 0)
        if lines:
            self._go(first)

    def set_read_only(self, read_only: bool) -> None:
        """Show answers without taking any."""
        self._read_only = read_only
        self.viewport().update()

    def is_open_to_answers(self, line: ChecklistLine) -> bool:
        """Tell whether the line takes an answer: not locked, and the user may."""
        return not line.locked and not self._read_only

    def answers(self) -> tuple[Answer, ...]:
        """Give the answers given so far, the locked ones too."""
        self._keep_reason()
        return tuple(_given(line) for line in self.lines.records if line.answer)

    def answers_now(self) -> tuple[Answer, ...]:
        """Give the answers as they stand, a reason being written included; it stays open."""
        lines = list(self.lines.records)
        if self.open_row >= 0 and lines[self.open_row].answer == "tidak-ada":
            reason, source = self.editor.texts()
            lines[self.open_row] = replace(lines[self.open_row], reason=reason, source=source)
        return tuple(_given(line) for line in lines if line.answer)

    def go_to_row(self, place: int, writing: bool) -> None:
        """Go to a row; ``writing``: to the reason of a paper that is missing."""
        lines = self.lines.records
        if not 0 <= place < len(lines):
            return
        self._go(place)
        line: ChecklistLine = lines[place]
        if writing and line.answer == "tidak-ada" and self.is_open_to_answers(line):
            self._open_editor(place)

    def progress(self) -> tuple[int, int]:
        """Give how many lines are answered, of how many."""
        lines = self.lines.records
        return sum(bool(line.answer) for line in lines), len(lines)

    def failing(self) -> tuple[ChecklistLine, ...]:
        """Give the papers that are not there and hold the file up."""
        return tuple(line for line in self.lines.records if is_failing(line))

    def unanswered(self) -> tuple[ChecklistLine, ...]:
        """Give the lines that still wait for an answer."""
        return tuple(line for line in self.lines.records if not line.answer)

    def answer(self, place: int, code: str) -> None:
        """Answer a line as a key or a click does."""
        line: ChecklistLine = self.lines.records[place]
        if not self.is_open_to_answers(line):
            return
        self._counting = -1
        if code == "ada":
            kind, copies = line.kind or line.usual_kind, line.copies or 1
            self._put(place, replace(line, answer=code, kind=kind, copies=copies, reason=""))
        else:
            self._put(place, replace(line, answer=code, kind="", copies=0))
        if is_failing(self.lines.records[place]):
            self._open_editor(place)
        else:
            self._go_down(place)

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.currentIndex().row()
        free = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if place >= 0 and free and self._take_key(place, event):
            return
        super().keyPressEvent(event)

    def _take_key(self, place: int, event: QKeyEvent) -> bool:
        line: ChecklistLine = self.lines.records[place]
        if not self.is_open_to_answers(line):
            return False
        if self._counting == place and event.text() in set("123456789"):
            self._put(place, replace(line, copies=int(event.text())))
            self._counting = -1
            self._go_down(place)
            return True
        for figure, code, _word in ANSWERS:
            if event.text() == figure:
                self.answer(place, code)
                return True
        kind = _KINDS.get(Qt.Key(event.key()))
        if kind:
            copies = line.copies or 1
            self._put(place, replace(line, answer="ada", kind=kind, copies=copies, reason=""))
            self._counting = place
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and line.answer == "tidak-ada":
            self._open_editor(place)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_down(place)
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        was_open = index.isValid() and (
            index == self.currentIndex() or not index.data(RECORD_ROLE).answer
        )
        was_open = was_open or (index.isValid() and index.row() == self.currentIndex().row())
        super().mousePressEvent(event)
        if not was_open or index.column() != ANSWER:
            return
        area = self.visualRect(index)
        if self.open_row == index.row():
            area.setHeight(area.height() - look().px(EDITOR_HEIGHT))
        for code, box in answer_boxes(answer_cell(area)):
            if box.contains(event.position()):
                self.answer(index.row(), code)
                return

    # The reason in the row

    def _open_editor(self, place: int) -> None:
        self.open_row = place
        self._go(place)
        self.resizeRowToContents(place)
        self._place_editor()
        self.editor.open_for(self.lines.records[place])
        self.scrollTo(self.lines.index(place, 0))
        self._place_editor()

    def _place_editor(self) -> None:
        if self.open_row < 0:
            return
        first = self.visualRect(self.lines.index(self.open_row, PAPER))
        last = self.visualRect(self.lines.index(self.open_row, ANSWER))
        high = look().px(EDITOR_HEIGHT)
        left = first.left() + look().px(S2)
        self.editor.setGeometry(left, first.bottom() - high + 1, last.right() - left, high - 2)

    def _close_editor(self) -> None:
        place, self.open_row = self.open_row, -1
        self.editor.hide()
        if 0 <= place < len(self.lines.records):
            self.resizeRowToContents(place)

    @Slot()
    def _keep_reason(self) -> None:
        """Take over what was written, wherever the user went."""
        place = self.open_row
        if place < 0:
            return
        reason, source = self.editor.texts()
        self._close_editor()
        line: ChecklistLine = self.lines.records[place]
        if line.answer == "tidak-ada":
            self._put(place, replace(line, reason=reason, source=source))

    @Slot()
    def _finish_reason(self) -> None:
        place = self.open_row
        self._keep_reason()
        self.setFocus()
        self._go_down(place)

    @Slot(QModelIndex, QModelIndex)
    def _note_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self.open_row >= 0 and current.row() != self.open_row:
            self._keep_reason()
        if current.row() != self._counting:
            self._counting = -1
        QTimer.singleShot(0, self, self.resizeRowsToContents)

    # Small things

    def _put(self, place: int, line: ChecklistLine) -> None:
        self.lines.put(place, line)
        self.resizeRowToContents(place)
        self.answered.emit()

    def _go_down(self, place: int) -> None:
        """Go to the next line that is open; stay on the last."""
        lines = self.lines.records
        later = [n for n in range(place + 1, len(lines)) if not lines[n].locked]
        self._go(later[0] if later else place)

    def _go(self, place: int) -> None:
        self.selectionModel().setCurrentIndex(
            self.lines.index(place, PAPER),
            QItemSelectionModel.SelectionFlag.SelectCurrent
            | QItemSelectionModel.SelectionFlag.Rows
            | QItemSelectionModel.SelectionFlag.Clear,
        )
        self.scrollTo(self.lines.index(place, PAPER))

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place_editor()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._place_editor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resizeRowsToContents()


def _given(line: ChecklistLine) -> Answer:
    fails = line.answer == "tidak-ada"
    reason, source = (line.reason, line.source) if fails else ("", "")
    return Answer(line.code, line.answer, line.kind, line.copies, reason, source)


def kind_hint() -> QWidget:
    """Give the caps A F L with their words, to stand over the list."""
    pieces: list[QWidget | str] = []
    for cap, word in (("A", "Asli"), ("F", "Fotokopi"), ("L", "Legalisir")):
        pieces += [key(cap), label(word, "caption", "muted"), "~4"]
    return row(*pieces, gap=S1)
