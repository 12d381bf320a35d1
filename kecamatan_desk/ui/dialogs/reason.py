"""Asks why: before somebody else's file is opened, before data leave, before a name is unsealed.

Words of one's own are kept on the session's pad while they are typed, by what the question is for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from kecamatan_desk.ui.parts import Button, col, fill, label, pic, restyle, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4, S5
from kecamatan_desk.usecases.reasons import EXPORTS, OTHER, Reason

if TYPE_CHECKING:
    from kecamatan_desk.ui.scratchpad import Scratchpad

_LEAST, _MOST = 5, 200  # letters of a reason in one's own words


class ReasonDialog(QDialog):
    """The reasons as buttons: Enter takes the first, a figure each of them, Esc none.

    Signals:
        given: The `Reason`.
    """

    given = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        reasons: Mapping[str, str],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setObjectName("reason")
        self.setModal(True)
        px = look().px
        self._kinds = tuple(reasons)
        self._pad, self._place = _pad_near(parent), f"alasan-{self._kinds[0]}"
        words = label(text, wrap=True)
        words.setMinimumWidth(px(400))
        words.setMaximumWidth(px(480))
        self.buttons = [
            Button(says, str(n), "plain", name=f"reason-{kind}")
            for n, (kind, says) in enumerate(reasons.items(), 1)
        ]
        self.other = QLineEdit()
        self.other.setObjectName("reason-words")
        self.other.setMaxLength(_MOST)
        self.other.setAccessibleName("Alasan dengan kata sendiri, wajib")
        self.other.setPlaceholderText("alasan, misalnya nomor surat permintaan")
        self.take_button = Button("Teruskan", kind="primary", name="reason-take")
        self.problem = label("", "caption", "late", wrap=True)
        self._own = col(row((self.other, 1), self.take_button, gap=S2), self.problem, gap=S1)
        self._own.hide()
        self.no_button = Button("Tidak jadi", "Esc", "plain", name="reason-no")
        layout = QVBoxLayout(self)
        layout.setSpacing(px(S2))
        layout.setContentsMargins(*(px(side) for side in (S5, S4, S5, S4)))
        fill(
            layout,
            row(pic("eye", "accent", 20), (label(title, "head", wrap=True), 1), gap=S3),
            words,
            "~4",
            *self.buttons,
            self._own,
            "~4",
            row(None, self.no_button),
        )
        for button in (*self.buttons, self.take_button, self.no_button):
            button.setAutoDefault(False)
            button.clicked.connect(self._pressed)
        self.other.returnPressed.connect(self._take_words)
        self.other.textEdited.connect(self._note_words)
        self.buttons[0].setFocus()
        self._take_up()

    def _take_up(self) -> None:
        """Show again what was being written when the program ended."""
        kept = self._pad.get(self._place) if self._pad is not None else None
        if kept is not None:
            self.other.setText(str(kept.get("text", "")))
            self._own.show()
            self.other.setFocus()

    def _forget_words(self) -> None:
        if self._pad is not None:
            self._pad.drop(self._place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        figure = event.text()
        if figure.isdigit() and 0 < int(figure) <= len(self._kinds):
            self._choose(self._kinds[int(figure) - 1])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            if isinstance(focus, Button):
                focus.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.no_button.click()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _pressed(self) -> None:
        sender = self.sender()
        if sender is self.no_button:
            self._forget_words()
            self.reject()
        elif sender is self.take_button:
            self._take_words()
        elif isinstance(sender, Button):
            self._choose(self._kinds[self.buttons.index(sender)])

    def _choose(self, kind: str) -> None:
        if kind == OTHER:
            self._own.show()
            self.other.setFocus()
        else:
            self._give(Reason(kind))

    @Slot()
    def _take_words(self) -> None:
        words = self.other.text().strip()
        if len(words) < _LEAST:
            restyle(self.other, state="error")
            self.problem.setText("Tulis alasannya dengan beberapa kata.")
            self.other.setFocus()
            return
        self._give(Reason(OTHER, words))

    @Slot(str)
    def _note_words(self, text: str) -> None:
        restyle(self.other, state="")
        self.problem.clear()
        if self._pad is not None:
            self._pad.put(self._place, 0, {"text": text})

    def _give(self, reason: Reason) -> None:
        self._forget_words()
        self.given.emit(reason)
        self.accept()


def _pad_near(widget: QWidget | None) -> Scratchpad | None:
    """Give the pad of the session whose screen asks; None outside of one."""
    while widget is not None:
        context = getattr(widget, "context", None)
        if isinstance(context, ScreenContext):
            return context.pad
        widget = widget.parentWidget()
    return None


class _Taken:
    """Holds what was given until the dialog is closed."""

    reason: Reason | None = None

    def take(self, reason: Reason) -> None:
        self.reason = reason


def ask_reason(
    parent: QWidget | None, title: str, text: str, reasons: Mapping[str, str]
) -> Reason | None:
    """Ask why; None when the user would rather not. Tests replace this function."""
    dialog = ReasonDialog(parent, title, text, reasons)
    taken = _Taken()
    dialog.given.connect(taken.take)
    dialog.exec()
    dialog.deleteLater()
    return taken.reason


def ask_export(parent: QWidget | None) -> Reason | None:
    """Ask why data leave the program as a file."""
    return ask_reason(
        parent,
        "Mengapa data disimpan sebagai berkas?",
        "Berkas yang keluar memuat data warga dan tidak lagi dijaga program. Siapa yang "
        "menyimpan, kapan, dan alasannya dicatat.",
        EXPORTS,
    )
