"""The strip above the deeds in which a choice and a reason are given: nothing pops up.

While it is open, F12 is the drawer's deed and Esc closes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
)

from kecamatan_desk.ui.parts import Button, col, label, restyle, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S5

_COLUMNS = 3
_LONGEST = 300  # characters of a reason, as the use-cases keep them


@dataclass(frozen=True, slots=True)
class Choice:
    """One way: what it stands for, its words, F12's words for it, what its text is called."""

    value: Any
    words: str
    deed: str
    text: str = "Catatan"
    needed: bool = True  # the text must be written


@dataclass(frozen=True, slots=True)
class Question:
    """What a drawer asks. One choice alone is not shown as a choice."""

    name: str  # jeda, kembali, akhiri: which act it belongs to
    title: str
    choices: tuple[Choice, ...]
    hint: str = ""


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Drawer(QFrame):
    """The strip.

    Signals:
        turned: Another choice is on, so F12 has other words.
        submitted: Enter in the text: the same as F12.
        closed: It was closed without a deed.
        edited: The text or the choice is another now.
    """

    edited = Signal()
    turned = Signal()
    submitted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.question: Question | None = None
        self.title = label("", "bodyb")
        self.close_button = Button("Tidak jadi", "Esc", "link", name="drawer-close")
        self.text = QLineEdit()
        self.text.setObjectName("drawer-text")
        self.text.setAccessibleName("Catatan")
        self.text.setMaxLength(_LONGEST)
        self._caption = label("", "caption", "muted")
        self._caption.setBuddy(self.text)
        self._must = label("wajib", "caption", "accent")
        self._problem = label("", "caption", "late")
        self.radios: list[QRadioButton] = []
        self._group = QButtonGroup(self)
        self._choices = QFrame()
        self._grid = QGridLayout(self._choices)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(look().px(S1))
        self._grid.setHorizontalSpacing(look().px(S5))
        self.setProperty("plane", "surface")
        self.setProperty("edge", "top")
        caption = row(self._caption, self._must, self._problem, None, gap=S2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(look().px(side) for side in (S5, S3, S5, S3)))
        layout.setSpacing(look().px(S2))
        layout.addWidget(row(self.title, None, self.close_button))
        layout.addWidget(self._choices)
        layout.addWidget(col(caption, self.text, gap=S1))
        self.text.returnPressed.connect(self.submitted)
        self.text.textChanged.connect(self._note_text)
        self.close_button.clicked.connect(self.close_up)
        self._group.idClicked.connect(self._turn)
        self._group.idClicked.connect(self._note_choice)
        self.hide()

    @property
    def choice(self) -> Choice:
        """The choice that is on."""
        assert self.question is not None
        place = self._group.checkedId()
        return self.question.choices[max(place, 0)]

    def ask(self, question: Question) -> None:
        """Open with a question; the first choice is on and has the focus."""
        self._open(question)
        target = self.radios[0] if len(self.radios) > 1 else self.text
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def go_on(self, question: Question, choice: int, text: str) -> None:
        """Open with what was being answered before; the keyboard stays where it is."""
        self._open(question)
        if 0 <= choice < len(self.radios):
            self.radios[choice].setChecked(True)
            self._turn(choice)
        self.text.setText(text)

    @property
    def place(self) -> int:
        """Which choice is on, from 0."""
        return max(self._group.checkedId(), 0)

    def typed(self) -> Mapping[str, Any]:
        """Give the question's name, which choice is on, and the text as it stands."""
        return {
            "question": self.question.name if self.question is not None else "",
            "choice": self.place,
            "text": self.text.text(),
        }

    def _open(self, question: Question) -> None:
        self.question = question
        self.title.setText(question.title)
        self.setAccessibleName(question.title)
        self.text.clear()
        self.text.setPlaceholderText(question.hint)
        self._lay_choices(question.choices)
        self._turn(0)
        self.show()

    def answer(self) -> tuple[Any, str] | None:
        """Give the choice's value and the text; None (and say so here) when the text is missing."""
        text = self.text.text().strip()
        if self.choice.needed and not text:
            self._problem.setText(f"{self.choice.text} belum ditulis.")
            restyle(self.text, state="error")
            self.text.setFocus(Qt.FocusReason.TabFocusReason)
            return None
        return self.choice.value, text

    @property
    def is_open(self) -> bool:
        """Whether a question is being asked."""
        return self.question is not None

    @Slot()
    def close_up(self) -> None:
        """Close without a deed."""
        if self.question is not None:
            self.question = None
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        elif event.text().isprintable() and event.text() and not event.modifiers() & _COMMANDS:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)  # whoever types means the note
            self.text.insert(event.text())
        else:
            super().keyPressEvent(event)

    def _lay_choices(self, choices: Sequence[Choice]) -> None:
        for radio in self.radios:
            self._group.removeButton(radio)
            self._grid.removeWidget(radio)
            radio.hide()
            radio.deleteLater()
        self.radios = []
        if look().folded:
            columns = 2 if len(choices) > 3 else 1
        else:
            columns = _COLUMNS if len(choices) > 2 else 1
        for place, choice in enumerate(choices):
            radio = QRadioButton(choice.words)
            radio.setObjectName(f"choice-{place}")
            radio.setChecked(place == 0)
            self._group.addButton(radio, place)
            self._grid.addWidget(radio, place // columns, place % columns)
            self.radios.append(radio)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._choices.setVisible(len(choices) > 1)

    @Slot(int)
    def _turn(self, _place: int) -> None:
        choice = self.choice
        self._caption.setText(choice.text)
        self._must.setVisible(choice.needed)
        must = ", wajib" if choice.needed else ""
        self.text.setAccessibleName(choice.text + must)
        self.turned.emit()

    @Slot(str)
    def _note_text(self, _text: str) -> None:
        self._problem.clear()
        if self.text.property("state"):
            restyle(self.text, state="")
        if self.isVisible():
            self.edited.emit()

    @Slot(int)
    def _note_choice(self, _place: int) -> None:
        self.edited.emit()


class Strip(Protocol):
    """What is opened above the deeds to be written in, as `StripKeeper` knows it."""

    @property
    def edited(self) -> SignalInstance: ...

    @property
    def closed(self) -> SignalInstance: ...

    @property
    def is_open(self) -> bool: ...

    def typed(self) -> Mapping[str, Any]: ...

    def close_up(self) -> None: ...


class StripKeeper(QObject):
    """Keeps on the pad what is typed in a strip, by what it is about.

    Closed by the user or after its deed, the strip leaves nothing behind; put away, since another
    file is taken up, it leaves what was typed for whoever comes back.
    """

    def __init__(self, context: ScreenContext, strip: Strip, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._strip = context, strip
        self._about: tuple[str, int] | None = None  # place and request
        self._facts: Mapping[str, Any] = {}
        strip.edited.connect(self._keep)
        strip.closed.connect(self._drop)

    def begin(self, place: str, request_id: int = 0, **facts: Any) -> None:
        """The strip is (about to be) opened: keep what is typed there, and these facts beside."""
        self._about, self._facts = (place, request_id), facts

    def put_away(self) -> None:
        """Close the strip without dropping what was typed in it."""
        self._about = None
        self._strip.close_up()

    @Slot()
    def _keep(self) -> None:
        if self._about is not None and self._strip.is_open:
            self._context.pad.put(*self._about, {**self._facts, **self._strip.typed()})

    @Slot()
    def _drop(self) -> None:
        if self._about is not None:
            self._context.pad.drop(*self._about)
            self._about = None
