"""One section of a form: its lines of fields on twelve equal columns, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from kecamatan_desk.ui.field_edits import FieldEdit
from kecamatan_desk.ui.field_kinds import make_edit
from kecamatan_desk.ui.parts import Button, col, label, pic, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3
from kecamatan_desk.usecases.draft_values import FieldNote
from kecamatan_desk.workflows.vocabulary import Section

COLUMNS = 12


class NoteRow(QFrame):
    """What is to be said about one field, and the remedy where there is one.

    Signals:
        taken: The user takes the suggestion; carries the field's code and the stored value.
    """

    taken = Signal(str, object)

    def __init__(self, note: FieldNote, error: bool = False) -> None:
        super().__init__()
        self.note = note
        ink = "late" if error else "warn"
        message = label(note.message, "bodyb", ink, wrap=True)
        message.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words = col(message, gap=S1)
        if note.advice and not error:
            words = col(message, label(note.advice, "caption", "muted", wrap=True), gap=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        line = row(pic("circle-alert" if error else "triangle-alert", ink), (words, 1), gap=S2)
        if note.remedy is not None:
            self.button = Button(f"Pakai {note.remedy_text or note.remedy}", "Ctrl+J", "link")
            self.button.clicked.connect(self._take)
            line.layout().addWidget(self.button)  # type: ignore[union-attr]
        layout.addWidget(line)
        self.setAccessibleName(f"{note.message} {note.advice}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    @Slot()
    def _take(self) -> None:
        self.taken.emit(self.note.field, self.note.remedy)


class SectionForm(QFrame):
    """One section: its title and its lines of fields. Laid out again when fields come or go."""

    def __init__(self, section: Section, villages: Sequence[str]) -> None:
        super().__init__()
        self.section = section
        self.edits = {field.code: make_edit(field, villages) for field in section.fields}
        self.notes: dict[str, NoteRow] = {}
        self.remark = label("", "caption", "ok")
        self._remark_row = row(pic("circle-check", "ok"), self.remark, gap=S2)
        self._remark_row.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(S2))
        layout.addWidget(row(label(section.title, "head"), "~8", self._remark_row, None, gap=S2))
        frame = QFrame()
        layout.addWidget(frame)
        self._grid = QGridLayout(frame)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look().px(S3))
        self._grid.setVerticalSpacing(look().px(S2))
        # Qt drops the gap beside a column in which nothing ends; a row of rules keeps all equal.
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
            rule = QFrame()
            rule.setFixedHeight(0)
            self._grid.addWidget(rule, 2 * len(section.fields) + 1, column)
        for edit in self.edits.values():
            edit.setParent(frame)
            edit.hide()
        self._shown: tuple[str, ...] = ()
        self.hide()

    @property
    def shown(self) -> tuple[str, ...]:
        """The codes of the fields that are shown, in order."""
        return self._shown

    def show_remark(self, text: str) -> None:
        """Say something good beside the title; empty removes it."""
        self.remark.setText(text)
        self._remark_row.setVisible(bool(text))

    def show_fields(self, codes: tuple[str, ...]) -> None:
        """Show exactly these fields."""
        if codes == self._shown:
            return
        self._shown = codes
        for code, edit in self.edits.items():
            self._grid.removeWidget(edit)
            edit.setVisible(code in codes)
        for number, line in enumerate(self._lines()):
            place = 0
            for edit in line:
                self._grid.addWidget(edit, 2 * number, place, 1, edit.field.span)
                place += edit.field.span
        self._place_notes()
        self.setVisible(bool(codes))
        for before, after in pairwise(codes):
            QWidget.setTabOrder(_last(self.edits[before]), self.edits[after])

    def show_note(self, note: NoteRow | None, code: str) -> None:
        """Put a note under the line of a field, or take it away."""
        old = self.notes.pop(code, None)
        if old is not None:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        if note is not None:
            self.notes[code] = note
        self._place_notes()

    def _place_notes(self) -> None:
        for number, line in enumerate(self._lines()):
            for edit in line:
                note = self.notes.get(edit.field.code)
                if note is not None:
                    # Two notes of one line are rare: the field's own column keeps them apart.
                    self._grid.addWidget(note, 1 + 2 * number, *self._note_place(line, edit))
                    note.show()

    def _note_place(self, line: list[FieldEdit], edit: FieldEdit) -> tuple[int, int, int]:
        noted = [one for one in line if one.field.code in self.notes]
        share = COLUMNS // len(noted)
        return noted.index(edit) * share, 1, share

    def _lines(self) -> list[list[FieldEdit]]:
        lines: list[list[FieldEdit]] = []
        room = 0
        for code in self._shown:
            edit = self.edits[code]
            if edit.field.span > room:
                lines.append([])
                room = COLUMNS
            lines[-1].append(edit)
            room -= edit.field.span
        return lines


def _last(edit: FieldEdit) -> QWidget:
    """Give the last widget of a field in the order of Tab."""
    boxes = getattr(edit, "boxes", ())
    return boxes[-1] if boxes else edit.editor
