"""Asks who sits there before a deed that nobody may do at a desk left open, then does it.

The deed waits in `Background` with its own op_id; after the right PIN or password it is sent again
as it was. Esc gives it up: nothing has been stored, and what was typed stands where it stood.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.parts import Button, fill, label, pic, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4, S5

_PIN_LENGTH = 6
_GIVEN_UP = (
    "Tindakan tidak jadi: PIN atau kata sandi belum diberikan. Tidak ada yang berubah dan tidak "
    "ada yang hilang; tekan tombolnya lagi bila tetap ingin."
)


class PresencePrompt(QDialog):
    """One field for the PIN, or the password where no PIN is enough.

    Signals:
        given: The secret, and whether it is the PIN.
    """

    given = Signal(str, bool)

    def __init__(self, parent: QWidget, name: str, by_pin: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle("Bukti bahwa ini Anda")
        self.setObjectName("presence")
        self.setModal(True)
        self._by_pin, self._may_pin = by_pin, by_pin
        px = look().px
        what = label(
            "Tindakan ini perlu bukti bahwa Anda sendiri yang duduk di sini. Sesudah itu tindakan "
            "langsung diteruskan.",
            wrap=True,
        )
        what.setMinimumWidth(px(400))
        what.setMaximumWidth(px(480))
        self.caption = label("", "caption", "muted")
        self.secret = QLineEdit()
        self.secret.setObjectName("presence-secret")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setProperty("state", "pin")
        self.problem = label("", "caption", "late", wrap=True)
        self.problem.setMinimumHeight(px(32))
        self.problem.setMaximumWidth(px(480))
        self.other_way = Button("", "Ctrl+K", "link", name="presence-other-way")
        self.no_button = Button("Tidak jadi", "Esc", "plain", name="presence-no")
        self.yes_button = Button("Teruskan", kind="primary", name="presence-yes")
        layout = QVBoxLayout(self)
        layout.setSpacing(px(S2))
        layout.setContentsMargins(*(px(side) for side in (S5, S4, S5, S4)))
        fill(
            layout,
            row(pic("key-round", "accent", 20), (label(name, "head", wrap=True), 1), gap=S3),
            what,
            "~4",
            self.caption,
            self.secret,
            self.problem,
            row(self.other_way, None, self.no_button, self.yes_button, gap=S3),
        )
        other = QAction(self)
        other.setShortcut(QKeySequence("Ctrl+K"))
        other.triggered.connect(self._change_way)
        self.addAction(other)
        for button in (self.other_way, self.no_button, self.yes_button):
            button.setAutoDefault(False)
        self.secret.returnPressed.connect(self._go_soon)
        self.secret.textEdited.connect(self._note_typing)
        self.other_way.clicked.connect(self._change_way)
        self.no_button.clicked.connect(self.reject)
        self.yes_button.clicked.connect(self._go)
        self._set_way(by_pin)

    def show_problem(self, message: str, may_pin: bool) -> None:
        """Say why it was not right; after too many wrong PINs the password is asked."""
        self._may_pin = may_pin
        self.setEnabled(True)
        self._set_way(self._by_pin and may_pin)
        self.problem.setText(message)

    @Slot()
    def _change_way(self) -> None:
        if self._may_pin:
            self._set_way(not self._by_pin)

    def _set_way(self, by_pin: bool) -> None:
        self._by_pin = by_pin
        self.caption.setText("PIN, 6 angka" if by_pin else "Kata sandi")
        self.secret.setAccessibleName("PIN, 6 angka" if by_pin else "Kata sandi")
        self.secret.setMaxLength(_PIN_LENGTH if by_pin else 128)
        self.other_way.set_words("Pakai kata sandi" if by_pin else "Pakai PIN")
        self.other_way.setVisible(self._may_pin)
        self.secret.clear()
        self.problem.clear()
        self.secret.setFocus()

    @Slot(str)
    def _note_typing(self, text: str) -> None:
        if text:
            self.problem.clear()
        if self._by_pin and len(text) == _PIN_LENGTH:
            self._go_soon()

    @Slot()
    def _go_soon(self) -> None:
        """Go when the key has been let go of: a field that is off takes no key."""
        QTimer.singleShot(0, self, self._go)

    @Slot()
    def _go(self) -> None:
        secret = self.secret.text()
        if secret and self.isEnabled():
            self.setEnabled(False)  # courtesy: the answer takes half a second
            self.given.emit(secret, self._by_pin)


class PresenceGuard(QObject):
    """Watches what a session's worker refuses for want of a proof, and asks for it once for all."""

    def __init__(self, parent: QWidget, background: Background, name: str) -> None:
        super().__init__(parent)
        self._parent, self._background, self._name = parent, background, name
        self._problem = ""
        self.prompt: PresencePrompt | None = None
        background.asks_presence = True
        background.presence_asked.connect(self._begin)

    def give_up(self) -> None:
        """Close the prompt as Esc does: the desk is being locked."""
        if self.prompt is not None:
            self.prompt.reject()
        else:
            self._background.give_up(_GIVEN_UP)

    @Slot()
    def _begin(self) -> None:
        self._background.run(self._ask, self._background.desk.pin_enough)

    def _ask(self, by_pin: bool) -> None:
        if self.prompt is not None or not self._background.awaits_presence:
            return
        if not self._parent.isVisible():  # locked meanwhile: nothing is asked above the door
            self._background.give_up(_GIVEN_UP)
            return
        over = QApplication.activeModalWidget() or self._parent.window()
        self.prompt = PresencePrompt(over, self._name, by_pin)
        self.prompt.given.connect(self._prove)
        self.prompt.rejected.connect(self._abandon)
        self.prompt.open()

    @Slot(str, bool)
    def _prove(self, secret: str, by_pin: bool) -> None:
        self._background.prove(self._proven, self._refused, secret, by_pin)

    def _proven(self, _nothing: None) -> None:
        if self.prompt is not None:
            self._drop()
            self._background.repeat()

    def _refused(self, error: DeskError) -> None:
        self._problem = str(error)
        self._background.run(self._tell, self._background.desk.pin_enough)

    def _tell(self, may_pin: bool) -> None:
        if self.prompt is not None:
            self.prompt.show_problem(self._problem, may_pin)

    @Slot()
    def _abandon(self) -> None:
        if self.prompt is not None:
            self._drop()
            self._background.give_up(_GIVEN_UP)

    def _drop(self) -> None:
        prompt, self.prompt = self.prompt, None
        if prompt is not None:
            prompt.rejected.disconnect(self._abandon)
            prompt.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            prompt.close()
