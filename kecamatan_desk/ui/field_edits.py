"""One field of a form: its label, its editor, what it holds and how it stands.

All have `value()`, `set_value(value, filled)`, `problem()`, `set_state(state)` and the signal
`edited`; `raw()` and `show_raw(raw)` give and take what is typed whether it can be read or not.
Here are the fields of text; `field_choices` and `field_rows` hold the others, and
`field_kinds.make_edit` gives the right one for every `FieldKind`.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from kecamatan_desk.ui.field_text import read, shown
from kecamatan_desk.ui.parts import label, restyle, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1
from kecamatan_desk.workflows.vocabulary import Field, FieldKind


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

    def raw(self) -> Any:
        """Give what stands in the editor as JSON can hold it, readable or not."""
        return self.value()

    def show_raw(self, raw: Any) -> None:
        """Put back what `raw` gave, as the user had typed it."""
        self.set_value(raw)

    def unread(self) -> dict[str, str]:
        """Give what is typed here and cannot be read yet, under the field's code."""
        typed = self.typed() if self.problem() else ""
        return {self.field.code: typed} if typed else {}

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

    def raw(self) -> str:
        hidden = self.editor.echoMode() != QLineEdit.EchoMode.Normal
        return "" if hidden else self.editor.text()  # a secret is kept nowhere

    def show_raw(self, raw: Any) -> None:
        self.set_value(None)
        self.editor.setText(str(raw or ""))
        self.refresh_must()

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

    def raw(self) -> str:
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


_FORGOTTEN = 24  # px at 100 % the style may leave out at most


class CalmCombo(QComboBox):
    """A combo box the mouse wheel does not change by accident, with a list as wide as its words."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def showPopup(self) -> None:
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + look().px(24))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shorten what is too long with an ellipsis: the style cuts it amid a letter."""
        shown = self.shown_text()
        if self.isEditable() or shown == self.currentText():
            super().paintEvent(event)
            return
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = shown
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def sizeHint(self) -> QSize:
        """Give the width the longest choice needs: the style forgets some of its own padding."""
        self.ensurePolished()  # the type counts, not the one before the style sheet
        hint = super().sizeHint()
        words = (self.itemText(place) for place in range(self.count()))
        longest = max((self.fontMetrics().horizontalAdvance(one) for one in words), default=0)
        short = longest + 2 - self._room(QRect(QPoint(), hint))  # 2: widths are rounded down
        return hint + QSize(min(max(short, 0), look().px(_FORGOTTEN)), 0)

    def shown_text(self) -> str:
        """Give the chosen words as there is room for them."""
        end = Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(self.currentText(), end, self._room(self.rect()))

    def _room(self, area: QRect) -> int:
        """Give the width that is left to the words in a box of this size."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.rect = area
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        return room.width() - look().px(4)

    def event(self, event: QEvent) -> bool:
        """Tell the whole words in the tooltip while they are shortened."""
        if (
            isinstance(event, QHelpEvent)
            and event.type() == QEvent.Type.ToolTip
            and not self.isEditable()
            and self.shown_text() != self.currentText()
        ):
            QToolTip.showText(event.globalPos(), self.currentText(), self)
            return True
        return super().event(event)
