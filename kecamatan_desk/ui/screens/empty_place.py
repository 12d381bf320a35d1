"""An empty place teaches: what will appear here, from whom, and the key to begin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QVBoxLayout

from kecamatan_desk.ui.parts import Button, col, key, label, pic, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S4
from kecamatan_desk.ui.work_list import LOADING


class EmptyPlace(QFrame):
    """Icon, what will come, and what one can do meanwhile."""

    def __init__(self, icon: str = "inbox") -> None:
        super().__init__()
        self._words = ("", "")
        self._known = True
        self.title = label("", "title", wrap=True)
        self.text = label("", ink="muted", wrap=True)
        self._ways = col(gap=S2)
        body = col(
            row(pic(icon, "muted", 40), None),
            "~8",
            self.title,
            self.text,
            "~12",
            self._ways,
            gap=S2,
        )
        body.setMaximumWidth(look().px(560))
        self.setProperty("plane", "bg")
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(row(None, (body, 4), None, pad=(S4, 0, S4, 0)))
        layout.addStretch(3)

    def show_words(self, title: str, text: str) -> None:
        """Say what will appear here."""
        self._words = (title, text)
        if self._known:
            self.title.setText(title)
            self.text.setText(text)

    def await_answer(self) -> None:
        """Say that the list is on its way: nobody knows yet whether it is empty."""
        self._known = False
        self.title.setText(LOADING)
        self.text.setText("")
        self._ways.hide()

    def know(self) -> None:
        """The answer has come: say again what `show_words` gave."""
        self._known = True
        self.show_words(*self._words)
        self._ways.show()

    def add_way(self, words: str, cap: str, why: str, act: Callable[[], object]) -> Button:
        """Offer a button (*act* is a bound method) and say why it is of use."""
        button = Button(words, cap, "plain")
        button.setAutoDefault(True)  # Enter does it too: the keyboard often rests here
        button.setMinimumWidth(look().px(220))
        button.clicked.connect(act)
        self._add(row(button, (label(why, ink="muted", wrap=True), 1), gap=S4))
        return button

    def add_key(self, cap: str, words: str) -> None:
        """Name a key of the window and what it does."""
        self._add(
            row(key(cap), (label(words, ink="muted", wrap=True), 1), gap=S2, pad=(S1, 0, 0, 0))
        )

    def _add(self, line: QFrame) -> None:
        layout = self._ways.layout()
        if layout is not None:
            layout.addWidget(line)
