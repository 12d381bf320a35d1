"""The editors of a table field's cells: a line, or a list that may also be typed into."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kecamatan_desk.workflows.vocabulary import Field

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowCells(QStyledItemDelegate):
    """Makes, fills and reads them; tells of every letter and of Enter.

    Signals:
        row_unwanted: Ctrl+Del, which would take a word only in an editor.
        entered: Enter, so that the next cell is meant; a click elsewhere closes an editor just so.
        typed: Row, column and text: a cell need not be left to be kept.
    """

    row_unwanted = Signal()
    entered = Signal()
    typed = Signal(int, int, str)

    def __init__(self, columns: tuple[Field, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._columns = columns

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if drops_row(event):
                self.row_unwanted.emit()
                return True
            if event.key() in ENTER:
                self.entered.emit()
        return super().eventFilter(watched, event)

    def createEditor(
        self,
        parent: QWidget,
        _option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        field = self._columns[index.column()]
        if not field.choices:
            line = QLineEdit(parent)
            line.setFrame(False)
            line.setAccessibleName(field.label)
            line.textEdited.connect(self._note_typing)
            return _at(line, index)
        combo = QComboBox(parent)
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.addItems(["", *field.choices])
        combo.setAccessibleName(field.label)
        combo.setEditText(str(index.data() or ""))
        combo.editTextChanged.connect(self._note_typing)
        return _at(combo, index)

    @Slot(str)
    def _note_typing(self, text: str) -> None:
        editor = self.sender()
        self.typed.emit(editor.property("row"), editor.property("column"), text)

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        text = str(index.data() or "")
        if isinstance(editor, QComboBox):
            editor.setEditText(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(
        self, editor: QWidget, model: Any, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        text = editor.currentText() if isinstance(editor, QComboBox) else ""
        if isinstance(editor, QLineEdit):
            text = editor.text()
        model.setData(index, _matched(self._columns[index.column()], text))


def _at(editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> QWidget:
    """Let an editor know its cell: another may be current already while it still closes."""
    editor.setProperty("row", index.row())
    editor.setProperty("column", index.column())
    return editor


def _matched(field: Field, text: str) -> str:
    """Give the choice that begins with what was typed, or the text itself."""
    typed = text.strip().lower()
    return next((one for one in field.choices if typed and one.lower().startswith(typed)), text)


def drops_row(event: QKeyEvent) -> bool:
    """Tell whether a key means: take the row away."""
    control = Qt.KeyboardModifier.ControlModifier
    return event.key() == Qt.Key.Key_Delete and bool(event.modifiers() & control)
