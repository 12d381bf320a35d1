"""One field of a form: its label, its editor, what it holds and how it stands.

`make_edit(field, villages)` gives the right editor for every `FieldKind`. All have `value()`,
`set_value(value, filled)`, `problem()`, `set_state(state)` and the signal `edited`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kecamatan_desk.ui.field_text import read, shown
from kecamatan_desk.ui.parts import label, restyle, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S3
from kecamatan_desk.workflows.vocabulary import Field, FieldKind

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FieldEdit(QWidget):
    """Label above, editor below. ``state``: "", filled (known from before), warn, error.

    Signals:
        edited: The user has changed the value; carries the field's code.
        left: The user has left the field; carries the field's code.
    """

    edited = Signal(str)
    left = Signal(str)

    def __init__(self, field: Field, editor: QWidget) -> None:
        super().__init__()
        self.field = field
        self.editor = editor
        self.state = ""
        self._must = label("wajib", "caption", "accent")
        caption = label(field.label, "caption", "muted")
        caption.setBuddy(editor)
        editor.setAccessibleName(field.label + (", wajib" if field.required else ""))
        editor.setObjectName(f"field-{field.code}")
        editor.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        editor.installEventFilter(self)
        self.setFocusProxy(editor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(S1))
        layout.addWidget(row(caption, self._must, None))
        layout.addWidget(editor)

    def value(self) -> Any:
        """Give the stored form, or None where there is none (or none that can be read)."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Put a stored value into the editor."""
        raise NotImplementedError

    def typed(self) -> str:
        """Give the text as it stands, readable or not; "" where nothing is typed."""
        return ""

    def problem(self) -> str:
        """Say why what is typed cannot be kept; empty when it can."""
        return ""

    def set_value(self, value: Any, filled: bool = False) -> None:
        """Show a stored value; ``filled`` tints it until the user has looked at it."""
        blocked = self.blockSignals(True)
        self.show_value(value)
        self.blockSignals(blocked)
        self.set_state("filled" if filled and value not in (None, "", []) else "")
        self.refresh_must()

    def set_state(self, state: str) -> None:
        """Show how the field stands."""
        self.state = state
        restyle(self.editor, state=state)

    def refresh_must(self) -> None:
        """Show *wajib* only while the field is empty."""
        self._must.setVisible(self.field.required and self.value() is None and not self.problem())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and watched is self.editor:
            if self.state == "filled":
                self.set_state("")
            self.left.emit(self.field.code)
        return super().eventFilter(watched, event)

    def _note_edit(self) -> None:
        self.refresh_must()
        self.edited.emit(self.field.code)


class LineField(FieldEdit):
    """Everything that is typed on one line: text, date, time, number, money, NIK, KK, phone."""

    editor: QLineEdit

    def __init__(self, field: Field) -> None:
        super().__init__(field, QLineEdit())
        hints = {FieldKind.DATE: "hh-bb-tttt", FieldKind.TIME: "jj.mm"}
        self.editor.setPlaceholderText(field.hint or hints.get(field.kind, ""))
        self.editor.textEdited.connect(self._note_text)
        self.editor.editingFinished.connect(self._tidy)
        self.refresh_must()

    def value(self) -> Any:
        try:
            return read(self.field, self.editor.text())
        except ValueError:
            return None

    def typed(self) -> str:
        return self.editor.text()

    def problem(self) -> str:
        try:
            read(self.field, self.editor.text())
        except ValueError as error:
            return str(error)
        return ""

    def show_value(self, value: Any) -> None:
        self.editor.setText(shown(self.field, value))
        self.editor.setCursorPosition(0)

    @Slot(str)
    def _note_text(self, _text: str) -> None:
        self._note_edit()

    @Slot()
    def _tidy(self) -> None:
        """Show what was understood: 12051990 becomes 12-05-1990."""
        value = self.value()
        if value is not None and self.editor.text() != shown(self.field, value):
            self.editor.setText(shown(self.field, value))


class LongField(FieldEdit):
    """Text of several lines; Tab leaves it."""

    editor: QPlainTextEdit

    def __init__(self, field: Field) -> None:
        super().__init__(field, QPlainTextEdit())
        self.editor.setPlaceholderText(field.hint)
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(look().px(76))
        self.editor.textChanged.connect(self._note_text)
        self.refresh_must()

    def value(self) -> Any:
        try:
            return read(self.field, self.editor.toPlainText())
        except ValueError:
            return None

    def typed(self) -> str:
        return self.editor.toPlainText()

    def problem(self) -> str:
        try:
            read(self.field, self.editor.toPlainText())
        except ValueError as error:
            return str(error)
        return ""

    def show_value(self, value: Any) -> None:
        self.editor.setPlainText(str(value or ""))

    @Slot()
    def _note_text(self) -> None:
        self._note_edit()


class CalmCombo(QComboBox):
    """A combo box the mouse wheel does not change by accident, with a list as wide as its words."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def showPopup(self) -> None:
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + look().px(24))
        super().showPopup()


class ChoiceField(FieldEdit):
    """One of the choices. A letter jumps to the next choice that begins with it."""

    editor: CalmCombo

    def __init__(self, field: Field) -> None:
        super().__init__(field, CalmCombo())
        self._stored = ("",) + (("ya", "tidak") if field.kind is FieldKind.YES_NO else ())
        words = ("Ya", "Tidak") if field.kind is FieldKind.YES_NO else field.choices
        if field.kind is not FieldKind.YES_NO:
            self._stored += field.choices
        self.editor.addItems(["", *words])
        for place, word in enumerate(words, start=1):
            self.editor.setItemData(place, word, Qt.ItemDataRole.ToolTipRole)
        self.editor.setMinimumContentsLength(1)
        self.editor.currentIndexChanged.connect(self._note_choice)
        self.refresh_must()

    def value(self) -> Any:
        return self._stored[self.editor.currentIndex()] or None

    def show_value(self, value: Any) -> None:
        known = str(value) if value is not None else ""
        if known not in self._stored:  # stored by another version: shown, never lost
            self._stored += (known,)
            self.editor.addItem(known)
        self.editor.setCurrentIndex(self._stored.index(known))

    @Slot(int)
    def _note_choice(self, _place: int) -> None:
        self._note_edit()


class VillageField(FieldEdit):
    """One of the office's own villages, or another one typed."""

    editor: CalmCombo
    _line: QLineEdit | None = None  # the filter below may be asked before it is made

    def __init__(self, field: Field, villages: Sequence[str]) -> None:
        super().__init__(field, CalmCombo())
        self._line = QLineEdit()
        self._line.setAccessibleName(self.editor.accessibleName())
        self.editor.setLineEdit(self._line)
        self.editor.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.editor.addItems(list(villages))
        self.editor.setCurrentIndex(-1)
        self.editor.setMinimumContentsLength(1)
        completer = QCompleter(list(villages), self.editor)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        # the rest of the name is written in place
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self.editor.setCompleter(completer)
        self._villages = {village.casefold(): village for village in villages}
        self.editor.editTextChanged.connect(self._note_text)
        self.refresh_must()

    def value(self) -> Any:
        try:
            typed = read(self.field, self.editor.currentText())
            return self._villages.get(str(typed or "").casefold(), typed)
        except ValueError:
            return None

    def problem(self) -> str:
        try:
            read(self.field, self.editor.currentText())
        except ValueError as error:
            return str(error)
        return ""

    def show_value(self, value: Any) -> None:
        self.editor.setEditText(str(value or ""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._line is not None and watched is self.editor and isinstance(event, QKeyEvent):
            entered = event.type() == QEvent.Type.KeyPress and event.key() in _ENTER
            if entered and self._line.hasSelectedText():
                self._line.end(False)  # else Qt takes the name and swallows the Enter
        return super().eventFilter(watched, event)

    @Slot(str)
    def _note_text(self, _text: str) -> None:
        self._note_edit()


class MultiChoiceField(FieldEdit):
    """Several of the choices, as boxes to tick (space)."""

    def __init__(self, field: Field) -> None:
        frame = QWidget()
        super().__init__(field, frame)
        self.boxes = tuple(QCheckBox(choice) for choice in field.choices)
        columns = max(1, min(field.span // 4 if field.span < 12 else 3, len(self.boxes)))
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look().px(S3))
        grid.setVerticalSpacing(0)
        for place, box in enumerate(self.boxes):
            grid.addWidget(box, place // columns, place % columns)
            box.toggled.connect(self._note_tick)
            box.installEventFilter(self)
        if self.boxes:
            self.setFocusProxy(self.boxes[0])
        self.refresh_must()

    def value(self) -> Any:
        ticked = [box.text() for box in self.boxes if box.isChecked()]
        return ticked or None

    def show_value(self, value: Any) -> None:
        chosen = set(value) if isinstance(value, list | tuple) else {value}
        for box in self.boxes:
            box.setChecked(box.text() in chosen)

    @Slot(bool)
    def _note_tick(self, _on: bool) -> None:
        self._note_edit()


def make_edit(field: Field, villages: Sequence[str]) -> FieldEdit:
    """Give the editor for a field."""
    match field.kind:
        case FieldKind.LONG_TEXT:
            return LongField(field)
        case FieldKind.CHOICE | FieldKind.YES_NO:
            return ChoiceField(field)
        case FieldKind.MULTI_CHOICE:
            return MultiChoiceField(field)
        case FieldKind.VILLAGE:
            return VillageField(field, villages)
        case FieldKind.ROWS:
            from kecamatan_desk.ui.field_rows import RowsField

            return RowsField(field)
    return LineField(field)
