"""Why a paper fails and where to get it, written in the row of the checklist itself."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QWidget

from kecamatan_desk.domain.text import unprintable
from kecamatan_desk.ui.parts import label
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2
from kecamatan_desk.usecases.values import ChecklistLine

#: What is usually written; the first is offered for a paper that is not there.
_REASONS = (
    "Tidak dibawa",
    "Masa berlaku habis",
    "Belum dilegalisir",
    "Belum bermeterai",
    "Belum ditandatangani kepala desa/lurah",
    "Nama tidak sama dengan KTP-el",
    "Alamat tidak sama dengan Kartu Keluarga",
    "Tidak terbaca",
)
_LONGEST = 200  # characters of a reason or a source


class ReasonEditor(QWidget):
    """Why a paper fails and where to get it; lies in the row it belongs to.

    Signals:
        done: Enter in the last line.
        left: The user has gone elsewhere.
        typed: A letter was typed.
    """

    done = Signal()
    left = Signal()
    typed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.reason, self.source = QLineEdit(), QLineEdit()
        self.reason.setObjectName("failing-reason")
        self.source.setObjectName("failing-source")
        completer = QCompleter(list(_REASONS), self.reason)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.reason.setCompleter(completer)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, look().px(S2), look().px(S2))
        grid.setHorizontalSpacing(look().px(S2))
        grid.setVerticalSpacing(look().px(S1))
        names = ("Alasan", "Diurus di")
        for column, (name, edit) in enumerate(zip(names, (self.reason, self.source), strict=True)):
            caption = label(name, "caption", "muted")
            caption.setBuddy(edit)
            edit.setAccessibleName(name)
            edit.setMaxLength(_LONGEST)
            edit.installEventFilter(self)
            edit.textEdited.connect(self._note_typing)
            grid.addWidget(caption, 0, column)
            grid.addWidget(edit, 1, column)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self.hide()

    def open_for(self, line: ChecklistLine) -> None:
        """Show a line's reason; an empty one offers the most usual."""
        self.reason.setText(line.reason or _REASONS[0])
        self.source.setText(line.source)
        self.show()
        self.reason.setFocus()
        self.reason.selectAll()

    def texts(self) -> tuple[str, str]:
        """Give the reason and the source, without marks no paper can show."""
        return _plain(self.reason.text()), _plain(self.source.text())

    @Slot(str)
    def _note_typing(self, _text: str) -> None:
        self.typed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and watched is self.reason:
                self.source.setFocus()  # and not the table behind, which would open anew
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
                self.done.emit()
                return True
        elif event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._look_for_focus)
        return super().eventFilter(watched, event)

    @Slot()
    def _look_for_focus(self) -> None:
        inside = self.focusWidget()
        if self.isVisible() and (inside is None or not inside.hasFocus()):
            self.left.emit()


def _plain(text: str) -> str:
    bad = unprintable(text)
    return " ".join("".join(mark for mark in text if mark not in bad).split())
