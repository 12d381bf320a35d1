"""The form of a service: its sections on twelve equal columns, derived from the catalog.

A warning or an error stands in a row of its own under the line of its field, so that narrow fields
(RT, RW) can say as much as wide ones. Enter goes to the next field.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kecamatan_desk.ui.field_edits import FieldEdit
from kecamatan_desk.ui.field_rows import RowsField
from kecamatan_desk.ui.section_form import NoteRow, SectionForm
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import finish_cell
from kecamatan_desk.ui.theme import S3
from kecamatan_desk.usecases.draft_values import FieldNote
from kecamatan_desk.workflows.vocabulary import Condition, Section


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
        self._sought = ""
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

    def unread(self) -> dict[str, str]:
        """Give what is typed in the fields shown but cannot be read yet, as it stands."""
        return {key: text for code in self.shown for key, text in self.field(code).unread().items()}

    def show_unread(self, typed: Mapping[str, str]) -> None:
        """Put back what `unread` gave; fields this form does not have are passed over."""
        tables: dict[str, dict[str, str]] = {}
        for key, text in typed.items():
            code, dot, _cell = key.partition(".")
            if dot:
                tables.setdefault(code, {})[key] = text
            else:
                self.show_raw({code: text})
        for edit in self._edits():
            if edit.field.code in tables and isinstance(edit, RowsField):
                edit.show_unread(tables[edit.field.code])

    def raw(self, codes: Collection[str] | None = None) -> dict[str, Any]:
        """Give what stands in the fields shown, readable or not; of these codes alone if given."""
        wanted = [code for code in self.shown if codes is None or code in codes]
        return {code: self.field(code).raw() for code in wanted}

    def show_raw(self, raw: Mapping[str, Any]) -> None:
        """Put back what `raw` gave; fields this form does not have are passed over."""
        for edit in self._edits():
            if edit.field.code in raw:
                blocked = edit.blockSignals(True)
                edit.show_raw(raw[edit.field.code])
                edit.blockSignals(blocked)
                self._clear_note(edit.field.code)
        self._refresh_shown()

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

    def show_error(self, field: str, message: str, *, go: bool = True) -> bool:
        """Show a refusal at its field; False when this form has no such field.

        It goes there too, unless the user types elsewhere meanwhile (``go`` false).
        """
        if field not in self.shown:
            return False
        self._put_note(FieldNote(field, message, advice=""), error=True)
        if go:
            self.focus(field)
        return True

    def check(self) -> bool:
        """Show what cannot be kept as typed, and go to the first; True when all can be kept."""
        finish_cell(self)
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
        self.field(code).setFocus(Qt.FocusReason.TabFocusReason)
        self._sought = code
        self._reveal()
        QTimer.singleShot(50, self, self._reveal)  # once more when a new note has found its place

    @Slot()
    def _reveal(self) -> None:
        """Bring the field sought into sight, with what is said below it."""
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None and self._sought in self.shown:
            parent.ensureWidgetVisible(self.field(self._sought), 0, look().px(64))

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
