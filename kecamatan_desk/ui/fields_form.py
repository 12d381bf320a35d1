"""The form of a service: its sections on twelve equal columns, derived from the catalog.

A warning or an error stands in a row of its own under the line of its field, so that narrow fields
(RT, RW) can say as much as wide ones. Enter goes to the next field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kecamatan_desk.ui.field_edits import FieldEdit, make_edit
from kecamatan_desk.ui.parts import Button, col, label, pic, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3
from kecamatan_desk.usecases.values import FieldNote
from kecamatan_desk.workflows.vocabulary import Condition, Section

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


class FieldsForm(QWidget):
    """All sections of a form.

    Signals:
        edited: The user changed a field; carries its code.
        left: The user left a field; carries its code (the time to ask for warnings).
    """

    edited = Signal(str)
    left = Signal(str)

    def __init__(self, sections: Sequence[Section], villages: Sequence[str] = ()) -> None:
        super().__init__()
        self.sections = tuple(SectionForm(section, villages) for section in sections)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(S3))
        for section in self.sections:
            layout.addWidget(section)
        for edit in self._edits():
            edit.edited.connect(self._note_edit)
            edit.left.connect(self._note_left)
        self._refresh_shown()

    # What a screen asks and shows

    def values(self) -> dict[str, Any]:
        """Give the stored values of the fields shown; empty and unreadable ones are left out."""
        pairs = ((code, self.field(code).value()) for code in self.shown)
        return {code: value for code, value in pairs if value is not None}

    def set_values(self, values: Mapping[str, Any], filled: bool = False) -> None:
        """Show stored values, the others stay; ``filled`` tints them until looked at."""
        for edit in self._edits():
            if edit.field.code in values:
                edit.set_value(values[edit.field.code], filled)
                self._clear_note(edit.field.code)
        self._refresh_shown()

    def show_notes(self, notes: Sequence[FieldNote]) -> None:
        """Replace all warnings; errors stay until their field is edited."""
        for code in [code for code in self.shown if self.field(code).state != "error"]:
            self._clear_note(code)
        for note in notes:
            if note.field in self.shown and self.field(note.field).state != "error":
                self._put_note(note, error=False)

    def show_error(self, field: str, message: str) -> bool:
        """Show a refusal at its field and go there; False when this form has no such field."""
        if field not in self.shown:
            return False
        self._put_note(FieldNote(field, message, advice=""), error=True)
        self.focus(field)
        return True

    def check(self) -> bool:
        """Show what cannot be kept as typed, and go to the first; True when all can be kept."""
        wrong = [(code, self.field(code).problem()) for code in self.shown]
        wrong = [(code, problem) for code, problem in wrong if problem]
        for code, problem in wrong:
            self._put_note(FieldNote(code, problem, advice=""), error=True)
        if wrong:
            self.focus(wrong[0][0])
        return not wrong

    def missing(self) -> tuple[str, ...]:
        """Give the codes of required fields that are empty."""
        return tuple(
            code
            for code in self.shown
            if self.field(code).field.required and self.field(code).value() is None
        )

    def field(self, code: str) -> FieldEdit:
        """Give the field with this code; KeyError when the form has none."""
        for section in self.sections:
            if code in section.edits:
                return section.edits[code]
        raise KeyError(code)

    @property
    def shown(self) -> tuple[str, ...]:
        """The codes of all fields shown, in order."""
        return tuple(code for section in self.sections for code in section.shown)

    def focus(self, code: str) -> None:
        """Go to a field and bring it into sight."""
        edit = self.field(code)
        edit.setFocus(Qt.FocusReason.TabFocusReason)
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None:
            parent.ensureWidgetVisible(edit, 0, look().px(48))

    def focus_first(self) -> None:
        """Go to the first field."""
        if self.shown:
            self.focus(self.shown[0])

    def show_remark(self, text: str, section: int = 0) -> None:
        """Say something good beside a section's title; empty removes it."""
        self.sections[section].show_remark(text)

    def take_suggestion(self) -> bool:
        """Take the suggestion at the field in hand, else the first (Ctrl+J); False without any."""
        rows = {code: note for section in self.sections for code, note in section.notes.items()}
        offers = {code: one.note for code, one in rows.items() if one.note.remedy is not None}
        here = [code for code in offers if self.field(code).isAncestorOf(self.focusWidget())]
        for code in here or list(offers):
            self._take(code, offers[code].remedy)
            return True
        return False

    # Wiring

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def _edits(self) -> Iterator[FieldEdit]:
        for section in self.sections:
            yield from section.edits.values()

    @Slot(str)
    def _note_edit(self, code: str) -> None:
        self._clear_note(code)
        self._refresh_shown()
        self.edited.emit(code)

    @Slot(str)
    def _note_left(self, code: str) -> None:
        problem = self.field(code).problem()
        if problem:
            self._put_note(FieldNote(code, problem, advice=""), error=True)
        self.left.emit(code)

    @Slot(str, object)
    def _take(self, code: str, value: object) -> None:
        self.field(code).set_value(value)
        self._note_edit(code)

    def _put_note(self, note: FieldNote, error: bool) -> None:
        row_ = NoteRow(note, error)
        row_.taken.connect(self._take)
        self.field(note.field).set_state("error" if error else "warn")
        self._section_of(note.field).show_note(row_, note.field)

    def _clear_note(self, code: str) -> None:
        section = self._section_of(code)
        if code in section.notes:
            section.show_note(None, code)
        if self.field(code).state in {"warn", "error"}:
            self.field(code).set_state("")

    def _section_of(self, code: str) -> SectionForm:
        return next(section for section in self.sections if code in section.edits)

    def _refresh_shown(self) -> None:
        values = {edit.field.code: edit.value() for edit in self._edits()}
        shown: set[str] = set()
        for section in self.sections:
            codes = []
            for field in section.section.fields:
                if _holds(field.when, values, shown):
                    codes.append(field.code)
                    shown.add(field.code)
            section.show_fields(tuple(codes))


def _holds(condition: Condition | None, values: Mapping[str, Any], shown: set[str]) -> bool:
    """Tell whether a field is asked for; one that depends on a hidden field is not."""
    if condition is None:
        return True
    if condition.field in values and condition.field not in shown:
        return False
    value = values.get(condition.field)
    held = value if isinstance(value, list | tuple) else [value]
    return any(one in condition.values for one in held)


def _last(edit: FieldEdit) -> QWidget:
    """Give the last widget of a field in the order of Tab."""
    boxes = getattr(edit, "boxes", ())
    return boxes[-1] if boxes else edit.editor
