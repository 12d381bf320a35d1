"""The way in for one of the people at the door: his PIN or his password."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.format import offices_text
from kecamatan_desk.ui.parts import Button, fill, label, row
from kecamatan_desk.ui.pin_pad import PinPad
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S4, S5, S6
from kecamatan_desk.usecases.people_values import UserRow

_PIN_LENGTH = 6
_LONGEST = 128  # characters of a password


class WayIn(QFrame):
    """Who was chosen, and what he types; it is off while an answer is awaited.

    Signals:
        password_given: User name and password.
        pin_given: User name and PIN.
        recovery_asked: This administrator has forgotten his password.
        turned: The PIN (True) or the password is asked for now.
        given_nothing: It was to be sent, and is empty.
    """

    password_given = Signal(str, str)
    pin_given = Signal(str, str)
    recovery_asked = Signal(str)
    turned = Signal(bool)
    given_nothing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.user: UserRow | None = None
        self.by_pin = True
        self._practice = False
        self.name = label("", "title", wrap=True)
        self.roles = label("", ink="muted", wrap=True)
        self.caption = label("PIN", "caption", "muted", wrap=True)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setProperty("state", "pin")
        self.secret.setObjectName("secret")
        self.secret.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.problem = label("", "caption", "late", wrap=True)
        self.problem.setMinimumHeight(look().px(30))
        self.pad = PinPad()
        self.go_button = Button("Masuk", kind="primary", glyph="log-in", name="sign-in")
        self.other_way = Button("Masuk dengan kata sandi", "Ctrl+K", "link", name="other-way")
        self.forgotten = Button("Lupa kata sandi administrator", "", "link", name="forgotten")
        self.forgotten.hide()
        self.setProperty("edge", "left")
        layout = QVBoxLayout(self)
        layout.setSpacing(look().px(S2))
        layout.setContentsMargins(*(look().px(side) for side in (S6, S5, S6, S4)))
        fill(
            layout,
            self.name,
            self.roles,
            "~4",
            self.caption,
            self.secret,
            self.problem,
            self.pad,
            self.go_button,
            row(self.other_way, None),
            row(self.forgotten, None),
            None,
        )
        self.setFixedWidth(look().px(306))
        self.secret.returnPressed.connect(self._go)
        self.secret.textEdited.connect(self.note_typing)
        self.pad.pressed.connect(self._press)
        self.pad.erased.connect(self.secret.backspace)
        self.pad.entered.connect(self._go)
        self.go_button.clicked.connect(self._go)
        self.forgotten.clicked.connect(self._forget)

    def ask(self, user: UserRow, *, practice: bool) -> None:
        """Ask for the secret of somebody: his PIN where that is enough today."""
        self.user, self._practice = user, practice
        self.name.setText(user.name)
        self.roles.setText(offices_text(user.held))
        self._set_way(user.has_pin and user.pin_open)

    def turn(self) -> None:
        """Ask for the password in place of the PIN, or the other way round, where he has one."""
        if self.user is not None and self.user.has_pin:
            self._set_way(not self.by_pin)
            self.secret.setFocus()

    def close_up(self) -> None:
        """Ask nobody for anything: there are no people to choose from."""
        self.setEnabled(False)
        self.pad.hide()
        self.go_button.hide()
        self.other_way.hide()
        self.forgotten.hide()

    def open_up(self) -> None:
        """There are people again; one of them is asked next."""
        self.setEnabled(True)
        self.other_way.show()

    @Slot(str)
    def note_typing(self, text: str) -> None:
        """Something was typed: a whole PIN goes by itself."""
        if text:
            self.problem.clear()
        if self.by_pin and len(text) == _PIN_LENGTH:
            QTimer.singleShot(0, self, self._go)

    def _set_way(self, by_pin: bool) -> None:
        self.by_pin = by_pin
        user = self.user
        self.secret.clear()
        self.problem.clear()
        self.caption.setText("PIN" if by_pin else "Kata sandi")
        self.secret.setAccessibleName("PIN, 6 angka" if by_pin else "Kata sandi")
        self.secret.setMaxLength(_PIN_LENGTH if by_pin else _LONGEST)
        self.pad.setVisible(by_pin)
        self.go_button.setVisible(not by_pin)
        words = "Masuk dengan kata sandi" if by_pin else "Masuk dengan PIN"
        self.other_way.set_words(words)
        self.other_way.setVisible(by_pin or bool(user and user.has_pin and user.pin_open))
        if not by_pin and user and user.has_pin and not user.pin_open:
            self.caption.setText("Kata sandi (sekali sehari, lalu cukup PIN)")
        administrator = user is not None and Role.ADMIN in user.roles
        self.forgotten.setVisible(administrator and not by_pin and not self._practice)
        self.turned.emit(by_pin)

    @Slot()
    def _forget(self) -> None:
        if self.user is not None:
            self.recovery_asked.emit(self.user.username)

    @Slot(str)
    def _press(self, figure: str) -> None:
        self.secret.insert(figure)
        self.note_typing(self.secret.text())
        self.secret.setFocus()

    @Slot()
    def _go(self) -> None:
        secret = self.secret.text()
        if not secret:
            self.given_nothing.emit()  # Enter after a name: what follows at once is the password
        if self.user is None or not secret or not self.isEnabled():
            return
        self.setEnabled(False)  # courtesy: the answer takes half a second
        signal = self.pin_given if self.by_pin else self.password_given
        signal.emit(self.user.username, secret)
