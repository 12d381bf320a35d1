"""The number just given, large enough to be read across the counter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kecamatan_desk.ui.parts import Button, box, label, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4


class GivenPage(QFrame):
    """Takes the place of the work until a key is pressed; the next file is chosen behind it.

    It never turns by itself: who looks away and presses F12 for the next file must not spend that
    file's number unread.

    Signals:
        over: The user goes on.
        print_asked: The papers of this file are to be printed.
        same_asked: Go on with the same file in the user's next role.
    """

    over = Signal()
    print_asked = Signal()
    same_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.what = label("", ink="muted")
        self.number = label("", "huge", "accent")
        self.who = label("", "title", wrap=True)
        self.which = label("", ink="muted", wrap=True)
        self.print_button = Button("", "F7", "plain", "printer", name="print-given")
        self.same_button = Button("", "F5", "plain", "arrow-right", name="same-file")
        self.next_button = Button("Berkas berikutnya", "F12", "primary", "check", name="next-file")
        for words in (self.what, self.number, self.who, self.which):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setProperty("plane", "bg")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setSpacing(look().px(S2))
        layout.setContentsMargins(*(look().px(S4),) * 4)
        layout.addStretch(2)
        for words in (self.what, self.number, self.who, self.which):
            layout.addWidget(words)
        layout.addSpacing(look().px(S4))
        layout.addWidget(
            row(None, _buttons(self.print_button, self.same_button, self.next_button), None)
        )
        layout.addStretch(3)
        self.print_button.clicked.connect(self.print_asked)
        self.same_button.clicked.connect(self.same_asked)
        self.next_button.clicked.connect(self.over)

    def show_number(
        self, what: str, number: str, who: str, which: str, papers: str, same: str
    ) -> None:
        """Show a number. ``papers``: what F7 prints; ``same``: words of F5, empty for none."""
        self.what.setText(what)
        self.number.setText(number)
        self.who.setText(who)
        self.which.setText(which)
        self.print_button.set_words(f"Cetak {papers}")
        self.print_button.setVisible(bool(papers))
        self.same_button.set_words(f"Lanjut: {same}")
        self.same_button.setVisible(bool(same))
        self.setAccessibleName(f"{what} {number}, {who}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.over.emit()
            return
        super().keyPressEvent(event)


def _buttons(*buttons: Button) -> QFrame:
    """Side by side; one below the other where large text folds the frame."""
    return box(look().folded, *buttons, gap=S3)
