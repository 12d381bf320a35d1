"""The pages in front of the desk: signing in, the first set-up, a new password, a forgotten one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.backup_words import age_line
from kecamatan_desk.ui.door_room import DoorRoom
from kecamatan_desk.ui.idle import IdleWatch, lock_minutes
from kecamatan_desk.ui.opening import Opened, PlaceOpener, look_in
from kecamatan_desk.ui.screen import new_op_id
from kecamatan_desk.ui.sign_in import SignInPage
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.people_values import UserInput

if TYPE_CHECKING:  # nobody waits at the door for what is behind it
    from PySide6.QtWidgets import QWidget

    from kecamatan_desk.domain.roles import Role
    from kecamatan_desk.ui.new_password import NewPasswordPage
    from kecamatan_desk.ui.recovery_page import RecoveryPage
    from kecamatan_desk.ui.setup_page import SetupPage
    from kecamatan_desk.usecases.backup_values import BackupState
    from kecamatan_desk.usecases.desk import Desk
    from kecamatan_desk.usecases.password_recovery import SealedKey, TwoPersons


class FrontPages(QObject):
    """Shows one of them, asks the office on the worker, and says there what was refused.

    Signals:
        entered: Somebody has come in (his `Desk`).
        set_up: The first administrator of a new office has.
        left: Back to the door, from a page behind it.
        left_unused: The same, since nobody has used that page; the words for it.
        open_asked: The disk has room again: open the data.
        place_asked: The practice data (True) or the office's.
        practice_asked: Practise instead of setting up.
        scale_asked: Another size of text.
        bare_restore_asked: Bring a backup back to a PC that holds nothing.
        lost_restore_asked: Bring one back in place of data that cannot be read.
    """

    entered = Signal(object)
    set_up = Signal()
    left = Signal()
    left_unused = Signal(str)
    open_asked = Signal()
    place_asked = Signal(bool)
    practice_asked = Signal()
    scale_asked = Signal(float)
    bare_restore_asked = Signal()
    lost_restore_asked = Signal()

    def __init__(
        self,
        window: QStackedWidget,
        door: Background,
        data: PlaceOpener,
        idle: IdleWatch,
        parent: QObject,
        *,
        restores: bool,
        tells_backup: bool,
    ) -> None:
        """``restores``: a backup can be brought back here; ``tells_backup``: its age is shown."""
        super().__init__(parent)
        self._window, self._door, self._data, self._idle = window, door, data, idle
        self._restores, self._tells_backup = restores, tells_backup
        self.sign_in: SignInPage | None = None
        self.setup: SetupPage | None = None
        self.new_password: NewPasswordPage | None = None
        self.recovery: RecoveryPage | None = None
        self.backup_state: BackupState | None = None  # as the door has shown it
        self.why = ""  # why the window locked by itself, told at the door until somebody comes in
        self._room = DoorRoom(door, self)
        self._room.full.connect(self._tell_full)
        self._room.returned.connect(self._try_again)
        data.waiting.connect(self._show_opening)
        data.making.connect(self.say)
        data.held.connect(self._show_held)
        data.opened.connect(self._show_opened)

    # The door

    def show_sign_in(self) -> None:
        """Show the sign-in page; it is made when there is none."""
        if self.sign_in is None:
            page = SignInPage(self._data.practice)
            page.password_given.connect(self._sign_in)
            page.pin_given.connect(self._sign_in_pin)
            page.place_asked.connect(self.place_asked)
            page.scale_asked.connect(self.scale_asked)
            page.recovery_asked.connect(self._ask_recovery)
            page.restore_asked.connect(self.lost_restore_asked)
            self._window.addWidget(page)
            self.sign_in = page
        self._window.setCurrentWidget(self.sign_in)
        self._window.setWindowTitle("Kecamatan Desk")

    def build_anew(self) -> None:
        """Make the sign-in page again: in another size of text."""
        self._drop_sign_in()
        self.show_sign_in()
        self._show_people()
        QTimer.singleShot(0, self, self._give_keyboard)

    @Slot()
    def _give_keyboard(self) -> None:
        """Let the keyboard rest on the new page: the old one took it along when it went."""
        if self.sign_in is not None and self._window.currentWidget() is self.sign_in:
            self.sign_in.take_keyboard()

    @Slot(str)
    def say(self, words: str) -> None:
        """Say at the door what is going on."""
        if self.sign_in is not None:
            self.sign_in.show_waiting(words)

    def show_lost(self, why: str) -> None:
        """Offer a restore instead of a dead end; practice is simply made anew elsewhere."""
        if self.sign_in is not None:
            self.sign_in.show_waiting(why)
            if not self._data.practice and self._restores:
                self.sign_in.offer_restore(why)
            self.sign_in.show_place(self._data.practice)

    @Slot(str)
    def _show_opening(self, words: str) -> None:
        if self.sign_in is not None:
            self.sign_in.show_waiting(words)
            self.sign_in.hold_places()

    @Slot(str)
    def _show_held(self, why: str) -> None:
        if self.sign_in is not None:
            self.sign_in.show_waiting(why)
            self.sign_in.show_place(self._data.practice)

    @Slot()
    def _show_opened(self) -> None:
        opened = self._data.data
        if opened is None:
            return
        if opened.needs_setup:
            self._show_setup()
            return
        self.why = self.why or opened.restored
        self.show_sign_in()
        self._show_people()

    def _show_people(self) -> None:
        opened = self._data.data
        if self.sign_in is None or opened is None:
            return
        self.sign_in.show_place(opened.practice, only=self._data.only_practice)
        self.sign_in.show_people(opened.profile, opened.users, opened.password, opened.pin)
        if self.why:
            self.sign_in.show_why(self.why)
        if opened.office is not None and self._tells_backup:
            self._door.run(self._show_backup, opened.office.backup_state)
        self._watch()

    def _show_backup(self, state: BackupState | None) -> None:
        self.backup_state = state
        if self.sign_in is not None and self.sign_in.users and self._data.data is not None:
            zone = ZoneInfo(self._data.data.profile.zone)
            self.sign_in.show_backup(age_line(state, zone) if state is not None else None)

    def refuse(self, message: str, field: str | None) -> None:
        """Say on the page in sight why the door refused."""
        shown = self._window.currentWidget()
        if self.setup is not None and shown is self.setup:
            self.setup.show_refusal(message, field)
        elif self.new_password is not None and shown is self.new_password:
            self.new_password.show_refusal(message, field)
        elif self.recovery is not None and shown is self.recovery:
            self.recovery.show_refusal(message, field)
        elif self.sign_in is not None:
            if self._data.data is not None:
                self.sign_in.show_problem(message)
            else:
                self._show_held(message)
            self._room.look(self._data.place)

    @Slot()
    def _tell_full(self) -> None:
        if self.sign_in is not None:
            self.sign_in.show_full(opened=self._data.data is not None)

    @Slot()
    def _try_again(self) -> None:
        """The disk has room again: open the data, or say that one may come in."""
        if self.sign_in is None or self._window.currentWidget() is not self.sign_in:
            return
        if self._data.data is None:
            self.open_asked.emit()
        else:
            self.sign_in.show_room_again()

    # Coming in

    @Slot(str, str)
    def _sign_in(self, username: str, password: str) -> None:
        if self._data.office is not None:
            self._door.run(self.come_in, self._data.office.sign_in, username, password)

    @Slot(str, str)
    def _sign_in_pin(self, username: str, pin: str) -> None:
        if self._data.office is not None:
            self._door.run(self.come_in, self._data.office.sign_in_pin, username, pin)

    def come_in(self, desk: Desk) -> None:
        """Lead somebody to his desk, past a new password where his was given by another."""
        if self._data.data is None:
            return
        if desk.welcome.must_change:
            self._ask_new_password(desk)
            return
        self._drop_new_password()
        self._room.stop()
        self.why = ""
        self.entered.emit(desk)

    # A new office

    def _show_setup(self) -> None:
        from kecamatan_desk.ui.setup_page import SetupPage

        self.setup = SetupPage()
        self.setup.given.connect(self._set_up)
        self.setup.practice_asked.connect(self.practice_asked)
        self.setup.restore_asked.connect(self.bare_restore_asked)
        self.setup.restore_button.setVisible(self._restores)
        self._window.addWidget(self.setup)
        self._window.setCurrentWidget(self.setup)
        self.setup.begin()

    @Slot(object, object)
    def _set_up(self, profile: OfficeProfile, admin: UserInput) -> None:
        if self._data.office is not None:
            self._door.run(self._come_in_new, self._data.office.first_setup, profile, admin)

    def _come_in_new(self, desk: Desk) -> None:
        if self._data.office is not None:
            self._fresh_desk = desk
            self._door.run(self._come_in_set_up, look_in, self._data.office)

    def _come_in_set_up(self, opened: Opened) -> None:
        self._data.data = opened
        self._drop_setup()
        self.come_in(self._fresh_desk)
        self.set_up.emit()

    # A password that another has given

    def _ask_new_password(self, desk: Desk) -> None:
        from kecamatan_desk.ui.new_password import NewPasswordPage

        self._drop_new_password()
        self._fresh_desk, self._change_op = desk, new_op_id()
        self.new_password = NewPasswordPage(desk.user.name)
        self.new_password.given.connect(self._change_password)
        self.new_password.left.connect(self.left)
        self._window.addWidget(self.new_password)
        self._window.setCurrentWidget(self.new_password)
        self.new_password.begin()
        self._watch(desk.user.roles)

    @Slot(str, str)
    def _change_password(self, password: str, pin: str) -> None:
        from kecamatan_desk.usecases.accounts import change_given_password

        desk, op_id = self._fresh_desk, self._change_op
        self._door.run(self._come_in_changed, change_given_password, desk, op_id, password, pin)

    def _come_in_changed(self, _nothing: None) -> None:
        if self.new_password is None:
            return  # back at the door meanwhile: he comes in with the new one
        desk = self._fresh_desk
        desk.welcome = replace(desk.welcome, must_change=False)
        self.come_in(desk)

    # A password that an administrator has forgotten

    @Slot(str)
    def _ask_recovery(self, username: str) -> None:
        from kecamatan_desk.ui.recovery_page import RecoveryPage

        if self._data.data is None:
            return
        self._drop_recovery()
        self.recovery = RecoveryPage(self._data.data.users, username)
        self.recovery.given.connect(self._recover)
        self.recovery.left.connect(self.left)
        self._window.addWidget(self.recovery)
        self._window.setCurrentWidget(self.recovery)
        self.recovery.begin()
        self._watch()

    @Slot(str, object)
    def _recover(self, username: str, proof: TwoPersons | SealedKey) -> None:
        if self._data.office is not None:
            self._door.run(self._show_recovered, self._data.office.recover, username, proof)

    def _show_recovered(self, password: str) -> None:
        if self.recovery is not None:
            self.recovery.show_made(password)

    # Pages that nobody uses

    def _watch(self, roles: tuple[Role, ...] = ()) -> None:
        """No secret stays on a page of the door that nobody uses: as long as a desk stays open."""
        if self._data.data is not None:
            self._idle.begin(lock_minutes(self._data.data.profile, roles))

    def note_unused(self, minutes: int) -> bool:
        """Take secrets off the page in sight, unused for so long; False: none of these is."""
        shown = self._window.currentWidget()
        if self.recovery is not None and shown is self.recovery:
            if self.recovery.waits:  # for a password that nobody would know
                self._watch()
            else:
                self.left_unused.emit(self.recovery.left_words(minutes))
        elif self.new_password is not None and shown is self.new_password:
            self.left_unused.emit(
                f"{minutes} menit tidak dipakai. Kata sandi baru belum disimpan; masuklah sekali "
                "lagi untuk menggantinya."
            )
        elif self.sign_in is not None and shown is self.sign_in:
            self.sign_in.forget_typing(minutes)
            self._watch()
        else:
            return False
        return True

    # Letting go of pages

    def step_back(self) -> None:
        """Give up what somebody was let in for halfway: his new password, a forgotten one."""
        self._drop_recovery()
        self._drop_new_password()

    def clear(self) -> None:
        """Drop set-up and sign-in: the data and people behind them may be others next."""
        self._drop_setup()
        self._drop_sign_in()

    def end(self) -> None:
        """The program ends: the window destroys the pages."""
        self._room.stop()
        self.sign_in = self.setup = self.new_password = self.recovery = None

    def _drop_sign_in(self) -> None:
        self._drop(self.sign_in)
        self.sign_in = None

    def _drop_setup(self) -> None:
        self._drop(self.setup)
        self.setup = None

    def _drop_new_password(self) -> None:
        self._drop(self.new_password)
        self.new_password = None

    def _drop_recovery(self) -> None:
        if self.recovery is not None:
            self.recovery.forget()
        self._drop(self.recovery)
        self.recovery = None

    def _drop(self, page: QWidget | None) -> None:
        if page is not None:
            self._window.removeWidget(page)
            page.deleteLater()
