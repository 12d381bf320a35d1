"""The people at the door as tiles: chosen by a click, by arrows, or by the letters of their names.

The keyboard may rest on the tiles: letters choose there also where a password is asked, until
Enter or Tab goes on to it. A figure or a sign begins the secret at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout

from kecamatan_desk.domain.people import initials
from kecamatan_desk.ui.cursor import bring_into_sight
from kecamatan_desk.ui.format import offices_text
from kecamatan_desk.ui.parts import avatar
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2
from kecamatan_desk.ui.tile import Tile
from kecamatan_desk.usecases.people_values import UserRow

_TWO_COLUMNS = 8  # people two columns of tiles are enough for
_THREE_COLUMNS = 1310  # px at 100 % the door needs with three columns
_SOON = 700  # ms
_RESTED = 5000  # ms without a key: what is typed then is no part of what was typed before
_MOST_LETTERS = 3  # that choose people one after the other; more of them are a password
_STEPS: dict[int, int] = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
}
_AGAIN = (Qt.Key.Key_Escape, Qt.Key.Key_Backspace)
_ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class PeopleTiles(QFrame):
    """The tiles, and how a person is chosen among them.

    Signals:
        chosen: The place of a person chosen by the keyboard; the keyboard stays where it is.
        clicked: The place of a person chosen by the mouse.
        entered: On to the secret: Enter, Tab.
        typed: What was typed and is no letter: it belongs to the secret.
        unknown: What is typed is nobody's name but a secret: nothing of it is taken, see `stop`.
        again: Esc: letters choose people from the beginning.
    """

    chosen = Signal(int)
    clicked = Signal(int)
    entered = Signal()
    typed = Signal(str)
    unknown = Signal()
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.users: tuple[UserRow, ...] = ()
        self.group = QButtonGroup(self)
        self._letters, self._before = "", -1
        self._run, self._rested = "", -1  # letters since the keyboard rested; who was chosen then
        self.stopped = False  # somebody types a secret where letters choose people
        self._soon = QTimer(self)  # while it runs, letters still belong to a name
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_RESTED)
        self._rest.timeout.connect(self.end_name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look().px(S2))
        self.group.idClicked.connect(self.clicked)

    def show_users(self, users: Sequence[UserRow]) -> None:
        """Show these people; nobody is chosen."""
        self.users = tuple(users)
        for line in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(line, 0)
        for button in self.group.buttons():
            self.group.removeButton(button)
            button.hide()
            button.deleteLater()
        for number, user in enumerate(self.users):
            offices = offices_text(user.held, short=True)
            tile = Tile(
                avatar(initials(user.name), big=True), user.name, offices, f"user-{user.username}"
            )
            tile.installEventFilter(self)
            self.group.addButton(tile, number)
            line, column = divmod(number, self.columns)
            self._grid.addWidget(tile, line, column)
            high = self._grid.rowMinimumHeight(line) if column else 0
            self._grid.setRowMinimumHeight(line, max(high, tile.sizeHint().height()))

    def mark(self, place: int) -> None:
        """Mark who is chosen."""
        tile = self.group.button(place)
        tile.setChecked(True)
        bring_into_sight(tile)

    def take_focus(self) -> None:
        """Let the keyboard rest on who is chosen."""
        tile = self.group.checkedButton()
        if tile is not None:
            tile.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def has_focus(self) -> bool:
        """Whether the keyboard rests on a tile."""
        return any(tile.hasFocus() for tile in self.group.buttons())

    @property
    def columns(self) -> int:
        """Tiles side by side: a third column keeps a large office on a small screen."""
        if look().folded:
            return 1
        return 3 if len(self.users) > _TWO_COLUMNS and look().roomy(_THREE_COLUMNS) else 2

    @property
    def is_naming(self) -> bool:
        """Whether a letter typed now still belongs to a name."""
        return self._soon.isActive()

    @Slot()
    def end_name(self) -> None:
        """What is typed from now on begins a new name, or the secret."""
        self._soon.stop()
        self._rest.stop()
        self._run, self.stopped = "", False

    @property
    def has_letters(self) -> bool:
        """Whether letters were typed here since the keyboard rested, Enter or a click."""
        return bool(self._run)

    def stop(self) -> None:
        """Take nothing more until Enter, Esc or a rest: half a secret must not become a try.

        Whoever was chosen before the first letter is chosen again.
        """
        if not self.stopped and self._rested >= 0 and self._rested != self.group.checkedId():
            self._choose(self._rested)
        self.stopped = True
        self._rest.start()
        self.unknown.emit()

    def step(self, step: int) -> None:
        """Go up or down a column, and from its end on to the next one."""
        self.end_name()
        columns, count = self.columns, len(self.users)
        order = [n for column in range(columns) for n in range(column, count, columns)]
        place = order.index(self.group.checkedId()) + step
        if 0 <= place < count:
            self._choose(order[place])

    def choose_by_letter(self, letter: str) -> None:
        """Choose the next person whose name begins so, titles left out.

        Further letters soon after belong to the same name; where nobody is called so, somebody
        types a password: he stays who he was, and is told.
        """
        if self.stopped:
            self.stop()
            return
        if not self._run:
            self._rested = self.group.checkedId()
        self._run += letter.casefold()
        self._rest.start()
        if not self._soon.isActive():
            self._letters, self._before = "", self.group.checkedId()
        self._soon.start()
        self._letters += letter.casefold()
        once = set(self._letters) == {letter.casefold()}
        begun = letter.casefold() if once else self._letters
        after = self.group.checkedId() + (1 if once else 0)
        order = [*range(after, len(self.users)), *range(after)]
        found = [place for place in order if _is_called(self.users[place].name, begun)]
        slow = len(self._run) > max(_MOST_LETTERS, len(self._letters))
        if (not found and not once) or (slow and len(set(self._run)) > 1):
            self.stop()
        elif found:
            self._choose(found[0])

    def _choose(self, place: int) -> None:
        rested = self.has_focus
        self.mark(place)
        self.chosen.emit(place)
        if rested:
            self.take_focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key, text = event.key(), event.text()
        if key in _STEPS:
            self.step(_STEPS[key])
        elif key in _ON:
            self.end_name()
            self.entered.emit()
        elif key in _AGAIN:
            self.end_name()
            self.again.emit()
        elif text.isalpha():
            self.choose_by_letter(text)
        elif text.isprintable() and text.strip():
            self.typed.emit(text)
        else:
            return False
        return True


def _is_called(name: str, begun: str) -> bool:
    """Tell whether a name begins so, with or without its titles."""
    words = name.casefold().split()
    plain = [word for word in words if not word.endswith(".")]
    return any(" ".join(part).startswith(begun) for part in (words, plain))
