"""The strip below a letter in which a deed asks what it needs: a choice, a reason, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCompleter,
    QFrame,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from kecamatan_desk.ui.parts import Button, col, label, restyle, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4

_SHORT = 34  # characters of a choice: two such stand side by side


@dataclass(frozen=True, slots=True)
class Asked:
    """What a deed asks. ``choices``: what each stands for, and its words; the first one is on."""

    name: str
    title: str
    deed: str  # on the button
    glyph: str = "check"
    told: str = ""  # what is to be known before
    choices: tuple[tuple[Any, str], ...] = ()
    chosen: int = 0
    text: str = ""  # what the text is called; empty: none is asked for
    hint: str = ""
    usual: tuple[str, ...] = ()  # texts that are offered
    most: int = 300  # characters of the text
    possible: bool = True  # False: what is told says why not


class LetterStrip(QFrame):
    """The strip. Esc closes it, Enter does the deed.

    Signals:
        opened: Something is asked now.
        gone: The deed is to be done; all that is asked has been given.
        closed: It was closed without a deed.
    """

    opened = Signal()
    gone = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asked: Asked | None = None
        self._under_way = False
        self.title = label("", "bodyb", wrap=True)
        self.close_button = Button("Tidak jadi", "Esc", "link", name="letter-strip-close")
        self.told = label("", "body", wrap=True)
        self.radios: list[QRadioButton] = []
        self._group = QButtonGroup(self)
        self._choices = QFrame()
        self._grid = QGridLayout(self._choices)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look().px(S4))
        self._grid.setVerticalSpacing(look().px(S1))
        self.text = QLineEdit()
        self.text.setObjectName("letter-strip-text")
        self.text.setAccessibleName("Alasan, wajib")
        self._caption = label("", "caption", "muted")
        self._caption.setBuddy(self.text)
        self._problem = label("", "caption", "late")
        self._writing = col(
            row(self._caption, label("wajib", "caption", "accent"), self._problem, None),
            self.text,
            gap=S1,
        )
        self.go_button = Button("Kerjakan", "", "small", "check", name="letter-strip-go")
        self.setProperty("plane", "surface")
        self.setProperty("edge", "top")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(look().px(side) for side in (S4, S2, S4, S2)))
        layout.setSpacing(look().px(S2))
        layout.addWidget(row((self.title, 1), self.close_button, self.go_button, gap=S3))
        layout.addWidget(self.told)
        layout.addWidget(self._choices)
        layout.addWidget(self._writing)
        self.text.textChanged.connect(self._clear_problem)
        self.go_button.clicked.connect(self.submit)
        self.close_button.clicked.connect(self.close_up)
        self.hide()

    @property
    def value(self) -> Any:
        """What the choice that is on stands for."""
        assert self.asked is not None
        return self.asked.choices[max(self._group.checkedId(), 0)][0]

    @property
    def words(self) -> str:
        """The text that was written."""
        return self.text.text().strip()

    def ask(self, asked: Asked) -> None:
        """Open with what a deed asks; the keyboard goes to it."""
        self.asked = asked
        self.free()
        self.title.setText(asked.title)
        self.setAccessibleName(asked.title)
        self.told.setText(asked.told)
        self.told.setVisible(bool(asked.told))
        self._lay_choices(asked)
        self._caption.setText(asked.text)
        self.text.setAccessibleName(f"{asked.text}, wajib")
        self.text.setMaxLength(asked.most)
        self.text.setPlaceholderText(asked.hint)
        self.text.clear()
        completer = QCompleter(list(asked.usual), self.text)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.text.setCompleter(completer)
        self._writing.setVisible(bool(asked.text))
        self.go_button.set_words(asked.deed, asked.glyph)
        self.go_button.setVisible(asked.possible)
        self._clear_problem()
        self._order_keys()
        self.show()
        on = self._group.checkedButton()
        target = on or (self.text if asked.text else self.go_button)
        if not asked.possible:
            target = self.close_button
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.opened.emit()

    def free(self) -> None:
        """Let the deed be done again: it was refused."""
        self._under_way = False
        self.go_button.setEnabled(True)

    def refuse(self, message: str) -> None:
        """Say at the text why it was refused, and go there."""
        self._problem.setText(message if len(message) < 60 else "Periksa isian ini.")
        restyle(self.text, state="error")
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def submit(self) -> None:
        """Do the deed, unless what it needs is missing."""
        asked = self.asked
        if asked is None or not asked.possible or self._under_way:
            return
        if asked.text and not self.words:
            self.refuse(f"{asked.text} belum ditulis.")
            return
        self._under_way = True
        self.go_button.setEnabled(False)
        self.gone.emit()

    @Slot()
    def close_up(self) -> None:
        """Close without a deed, or after it."""
        if self.asked is not None:
            self.asked = None
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_up()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                writes = self.asked is not None and bool(self.asked.text)
                if writes and not self.words and not self.text.hasFocus():
                    self.text.setFocus(Qt.FocusReason.TabFocusReason)
                else:
                    self.submit()
            case _:
                super().keyPressEvent(event)

    def _order_keys(self) -> None:
        """Tab goes as one reads what is asked, then to the deed, then out of it."""
        chain: list[QWidget] = [*self.radios, self.text, self.go_button, self.close_button]
        for earlier, later in pairwise(chain):
            QWidget.setTabOrder(earlier, later)

    def _lay_choices(self, asked: Asked) -> None:
        for radio in self.radios:
            self._group.removeButton(radio)
            self._grid.removeWidget(radio)
            radio.hide()
            radio.deleteLater()
        self.radios = []
        longest = max((len(words) for _, words in asked.choices), default=0)
        columns = 2 if longest <= _SHORT else 1
        for place, (_value, words) in enumerate(asked.choices):
            radio = QRadioButton(words)
            radio.setObjectName(f"letter-choice-{place}")
            radio.setChecked(place == asked.chosen)
            self._group.addButton(radio, place)
            self._grid.addWidget(radio, place // columns, place % columns)
            self.radios.append(radio)
        self._choices.setVisible(bool(asked.choices))

    @Slot()
    def _clear_problem(self) -> None:
        self._problem.clear()
        if self.text.property("state"):
            restyle(self.text, state="")
