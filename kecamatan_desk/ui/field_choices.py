"""Fields of a form that choose: one of a list, a village, several of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QGridLayout, QLineEdit, QWidget

from kecamatan_desk.ui.field_edits import CalmCombo, FieldEdit
from kecamatan_desk.ui.field_text import read
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S3
from kecamatan_desk.workflows.vocabulary import Field, FieldKind

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


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

    def offer(self, choices: Sequence[str]) -> None:
        """Offer other choices; the one chosen stays while it is among them."""
        chosen = self.value()
        quiet = self.editor.blockSignals(True)
        self.editor.clear()
        self.editor.addItems(["", *choices])
        for place, word in enumerate(choices, start=1):
            self.editor.setItemData(place, word, Qt.ItemDataRole.ToolTipRole)
        self._stored = ("", *choices)
        self.editor.setCurrentIndex(self._stored.index(chosen) if chosen in choices else 0)
        self.editor.blockSignals(quiet)
        self.refresh_must()

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

    def typed(self) -> str:
        return self.editor.currentText()

    def raw(self) -> str:
        return self.editor.currentText()

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
