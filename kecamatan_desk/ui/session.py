"""What the window shows from its start to its end: opening data, signing in, working, locking."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QStackedWidget

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.ui import style, theme
from kecamatan_desk.ui.background import Background, Progress, Workers
from kecamatan_desk.ui.backup_words import age_line
from kecamatan_desk.ui.bell import Bell
from kecamatan_desk.ui.door_room import DoorRoom
from kecamatan_desk.ui.idle import IdleWatch, lock_minutes
from kecamatan_desk.ui.opening import Closing, Opened, Opener, look_in, nothing, open_data
from kecamatan_desk.ui.preferences import Preferences
from kecamatan_desk.ui.screen import Messages, Navigator, ScreenContext, new_op_id
from kecamatan_desk.ui.sign_in import SignInPage
from kecamatan_desk.ui.style import Look, look
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.people_values import UserInput

if TYPE_CHECKING:
    from kecamatan_desk.ui.new_password import NewPasswordPage
    from kecamatan_desk.ui.recovery_page import RecoveryPage
    from kecamatan_desk.ui.restoring import Restoring
    from kecamatan_desk.ui.setup_page import SetupPage
    from kecamatan_desk.ui.shell import Shell
    from kecamatan_desk.usecases.backup_values import BackupState
    from kecamatan_desk.usecases.desk import Desk
    from kecamatan_desk.usecases.password_recovery import SealedKey, TwoPersons
    from kecamatan_desk.usecases.restore_run import Holder
    from kecamatan_desk.usecases.restore_values import Restorer

ONLY_PRACTICE = (
    "Pilihan --exit-when-ready hanya untuk data latihan. Tidak ada yang berubah; sebutkan folder "
    "latihan dengan --data."
)
PREFERENCES = "window.json"
NEXT_STEPS = "langkah"  # the entry a new office begins with
_NEW_PRACTICE = "Menyiapkan latihan"
_OLDER_DATA = "Menyesuaikan data dengan program ini; salinannya dibuat dahulu"
_FAULT = (
    "Maaf, terjadi kesalahan program. Yang belum tersimpan tidak berubah. Ulangi; bila terjadi "
    "lagi, laporkan kepada teknisi beserta folder logs."
)


class Window(QStackedWidget):
    """The one window; its pages are the door and the desk."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setWindowTitle("Kecamatan Desk")
        self.resize(1366, 768)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._session.leave()
        super().closeEvent(event)


class Session(QObject):
    """Leads from page to page. Owns the workers, the opened office and the window."""

    def __init__(
        self,
        office: Place,
        practice: Place,
        opener: Opener,
        started: float,
        exit_when_ready: bool = False,
        holder: Holder | None = None,
    ) -> None:
        """``holder``: holds a place for a restore (`bootstrap.held`); None: none is offered."""
        super().__init__()
        self._holder = holder
        self.restoring: Restoring | None = None
        self._places = {False: office, True: practice}
        self._practice = False
        self._only_practice = False  # the data named as the office's are a practice's
        self._opener = opener
        self._started = started
        self._measuring = exit_when_ready
        self._workers = Workers()
        self._door = Background(None, self._workers)
        self._making_what = _OLDER_DATA
        self._making = Progress(self)
        self._making.advanced.connect(self._show_making)
        self._opened: Opened | None = None
        self._closing = False
        self.preferences = Preferences(office.root / PREFERENCES, self._workers.desk.submit)
        self.window = Window(self)
        style.use(look(), self.window)
        self.sign_in: SignInPage | None = None
        self.setup: SetupPage | None = None
        self.new_password: NewPasswordPage | None = None
        self.recovery: RecoveryPage | None = None
        self.shell: Shell | None = None
        self._room = DoorRoom(self._door, self)
        self._room.full.connect(self._tell_full)
        self._room.returned.connect(self._try_again)
        self._hook = sys.excepthook
        self._door.refused.connect(self._refuse)
        self.idle = IdleWatch(self.window, self)
        self.idle.idle.connect(self._lock_idle)
        self.idle.expired.connect(self._lock_expired)
        self._held = ""  # why the data cannot be opened: another process has them
        self._backup_state: BackupState | None = None  # as the door has shown it
        self._why = ""  # why the window locked by itself, told at the door
        self._bell = Bell(self._door, self)
        self._bell.rung.connect(self._come_forward)
        self._bell.answered.connect(self._give_way)
        self._bell.unheard.connect(self._stay)

    # Beginning and end

    def start(self) -> None:
        """Put the sign-in page on screen, then open the data."""
        sys.excepthook = self._note_fault
        self._show_sign_in()
        self._appear()
        self._open(False)

    def _appear(self) -> None:
        """Fill the screen: on a small one the taskbar would hide the message bar."""
        if QGuiApplication.platformName() == "offscreen":  # its screen is smaller than any office's
            self.window.show()
        else:
            self.window.showMaximized()

    def leave(self) -> None:
        """Save what is being typed: the window closes."""
        if self.shell is not None:
            self.shell.end()

    def close(self) -> None:
        """Finish the work in hand, close the data, let go of the pages."""
        if self._closing:
            return
        self._bell.stop()
        self._room.stop()
        sys.excepthook = self._hook
        self._closing = True
        self.idle.stop()
        self._workers.finish_typing()
        if self.shell is not None:
            self.shell.backups.finish()
        if self.restoring is not None:
            self.restoring.stop()
        closing = self._let_go()
        if closing is not None:
            self._workers.desk.submit(closing)
        self._workers.close()
        QApplication.sendPostedEvents(self._workers.post)  # data opened meanwhile are closed again
        self._stop_printing()
        self.shell = self.sign_in = self.setup = self.new_password = self.recovery = None
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete: now, not after the end

    def _let_go(self) -> Closing | None:
        """Give what closes the opened office once the papers under way are done."""
        office = self._opened.office if self._opened else None
        self._opened = None
        return Closing(office, self._workers.paper.submit(nothing)) if office is not None else None

    def _stop_printing(self) -> None:
        if self.shell is not None:  # else nothing of printing has been loaded
            from kecamatan_desk.ui.printing import AT_WORK

            for printing in tuple(AT_WORK):
                printing.stop()

    @Slot(Qt.ColorScheme)
    def follow_colors(self, scheme: Qt.ColorScheme) -> None:
        """Turn light or dark with the system."""
        colors = theme.DARK if scheme == Qt.ColorScheme.Dark else theme.LIGHT
        style.use(Look(colors, look().scale, _width()), self.window)

    # The door

    def _open(self, practice: bool) -> None:
        if self.shell is not None:
            self.shell.backups.stop()
        before = self._let_go()
        self._practice = practice
        self.idle.stop()
        self._drop_shell()
        place = self._places[practice]
        if self.sign_in is not None:
            new = practice and not place.exists
            self._making_what = _NEW_PRACTICE if new else _OLDER_DATA
            self.sign_in.show_waiting(f"{_NEW_PRACTICE} …" if new else "Membuka data …")
            self.sign_in.hold_places()
        self._door.run(self._show_opened, open_data, self._opener, place, before, self._tell_making)

    def _tell_making(self, part: float) -> None:
        """Tell from the worker how much of the data is made; give up when closing."""
        self._making(round(part * 100))
        if self._closing:
            raise RuleError("Data tidak jadi disiapkan. Tidak ada yang berubah; buka lagi program.")

    @Slot(int)
    def _show_making(self, percent: int) -> None:
        if self.sign_in is not None and self._opened is None:
            self.sign_in.show_waiting(f"{self._making_what} … {percent} %")

    def _show_opened(self, opened: Opened) -> None:
        if self._closing:
            if opened.office is not None:
                opened.office.close()
            return
        if opened.lost:
            self._show_lost(opened.lost)
            return
        if opened.office is None:
            self._held = opened.held
            self._bell.ring(self._places[self._practice].root)
            return
        self._opened = opened
        self._only_practice = opened.practice and not self._practice
        self._bell.listen(self._places[self._practice].root)
        if opened.needs_setup:
            self._show_setup()
            return
        self._why = self._why or opened.restored
        self._show_sign_in()
        if self.sign_in is not None:
            self._show_people(opened)
        if self._measuring:
            self._measure_door(opened)

    def _show_lost(self, why: str) -> None:
        """Offer a restore instead of a dead end; practice is simply made anew elsewhere."""
        if self._measuring:
            self._give_up(why)
        elif self.sign_in is not None:
            self.sign_in.show_waiting(why)
            if not self._practice and self._holder is not None:
                self.sign_in.offer_restore(why)
            self.sign_in.show_place(self._practice)

    def _show_sign_in(self) -> None:
        if self.sign_in is None:
            page = SignInPage(self._practice)
            page.password_given.connect(self._sign_in)
            page.pin_given.connect(self._sign_in_pin)
            page.place_asked.connect(self._change_place)
            page.scale_asked.connect(self._change_scale)
            page.recovery_asked.connect(self._ask_recovery)
            page.restore_asked.connect(self._restore_lost)
            self.window.addWidget(page)
            self.sign_in = page
        self.window.setCurrentWidget(self.sign_in)
        self.window.setWindowTitle("Kecamatan Desk")

    def _show_people(self, opened: Opened) -> None:
        if self.sign_in is not None:
            self.sign_in.show_place(opened.practice, only=self._only_practice)
            self.sign_in.show_people(opened.profile, opened.users, opened.password, opened.pin)
            if self._why:
                self.sign_in.show_why(self._why)
            if opened.office is not None and not self._measuring:
                self._door.run(self._show_backup, opened.office.backup_state)

    def _show_backup(self, state: BackupState | None) -> None:
        self._backup_state = state
        if self.sign_in is not None and self.sign_in.users and self._opened is not None:
            zone = ZoneInfo(self._opened.profile.zone)
            self.sign_in.show_backup(age_line(state, zone) if state is not None else None)

    def _show_setup(self) -> None:
        from kecamatan_desk.ui.setup_page import SetupPage

        self.setup = SetupPage()
        self.setup.given.connect(self._set_up)
        self.setup.practice_asked.connect(self._practise)
        self.setup.restore_asked.connect(self._restore_bare)
        self.setup.restore_button.setVisible(self._holder is not None)
        self.window.addWidget(self.setup)
        self.window.setCurrentWidget(self.setup)
        self.setup.begin()
        if self._measuring:
            self._give_up(ONLY_PRACTICE)

    @Slot(bool)
    def _change_place(self, practice: bool) -> None:
        if self._only_practice:
            return
        if practice != self._practice or self._opened is None:
            self._open(practice)

    @Slot()
    def _practise(self) -> None:
        self._drop_setup()
        self._drop_sign_in()
        self._practice = True
        self._show_sign_in()
        self._open(True)

    @Slot(float)
    def _change_scale(self, scale: float) -> None:
        """Build the door anew in another text size; whoever is locked in signs in again."""
        self.preferences.set_scale(scale)
        style.use(Look(look().colors, scale, _width()), self.window)
        self._drop_shell()
        self._drop_sign_in()
        self._show_sign_in()
        if self._opened is not None and self.sign_in is not None:
            self._show_people(self._opened)

    @Slot(str, str)
    def _sign_in(self, username: str, password: str) -> None:
        if self._opened is not None and self._opened.office is not None:
            self._door.run(self._enter, self._opened.office.sign_in, username, password)

    @Slot(str, str)
    def _sign_in_pin(self, username: str, pin: str) -> None:
        if self._opened is not None and self._opened.office is not None:
            self._door.run(self._enter, self._opened.office.sign_in_pin, username, pin)

    @Slot(object, object)
    def _set_up(self, profile: OfficeProfile, admin: UserInput) -> None:
        if self._opened is not None and self._opened.office is not None:
            self._door.run(self._enter_new, self._opened.office.first_setup, profile, admin)

    @Slot(str, object)
    def _refuse(self, message: str, field: str | None) -> None:
        if self._measuring:
            self._give_up(message)
        elif self.window.currentWidget() is self.setup and self.setup is not None:
            self.setup.show_refusal(message, field)
        elif self.new_password is not None and self.window.currentWidget() is self.new_password:
            self.new_password.show_refusal(message, field)
        elif self.recovery is not None and self.window.currentWidget() is self.recovery:
            self.recovery.show_refusal(message, field)
        elif self.sign_in is not None:
            if self._opened is not None:
                self.sign_in.show_problem(message)
            else:
                self.sign_in.show_waiting(message)
                self.sign_in.show_place(self._practice)
            self._room.look(self._places[self._practice])

    @Slot()
    def _tell_full(self) -> None:
        if self.sign_in is not None:
            self.sign_in.show_full(opened=self._opened is not None)

    @Slot()
    def _try_again(self) -> None:
        """The disk has room again: open the data, or say that one may come in."""
        if self.sign_in is None or self.window.currentWidget() is not self.sign_in:
            return
        if self._opened is None:
            self._open(self._practice)
        else:
            self.sign_in.show_room_again()

    # A password that another has given

    def _ask_new_password(self, desk: Desk) -> None:
        from kecamatan_desk.ui.new_password import NewPasswordPage

        self._drop_new_password()
        self._fresh_desk, self._change_op = desk, new_op_id()
        self.new_password = NewPasswordPage(desk.user.name)
        self.new_password.given.connect(self._change_password)
        self.new_password.left.connect(self._lock)
        self.window.addWidget(self.new_password)
        self.window.setCurrentWidget(self.new_password)
        self.new_password.begin()

    @Slot(str, str)
    def _change_password(self, password: str, pin: str) -> None:
        from kecamatan_desk.usecases.accounts import change_given_password

        desk, op_id = self._fresh_desk, self._change_op
        self._door.run(self._enter_changed, change_given_password, desk, op_id, password, pin)

    def _enter_changed(self, _nothing: None) -> None:
        if self.new_password is None:
            return  # back at the door meanwhile: he comes in with the new one
        desk = self._fresh_desk
        desk.welcome = replace(desk.welcome, must_change=False)
        self._enter(desk)

    def _drop_new_password(self) -> None:
        if self.new_password is not None:
            self.window.removeWidget(self.new_password)
            self.new_password.deleteLater()
            self.new_password = None

    # A password that an administrator has forgotten

    @Slot(str)
    def _ask_recovery(self, username: str) -> None:
        from kecamatan_desk.ui.recovery_page import RecoveryPage

        if self._opened is None:
            return
        self._drop_recovery()
        self.recovery = RecoveryPage(self._opened.users, username)
        self.recovery.given.connect(self._recover)
        self.recovery.left.connect(self._lock)
        self.window.addWidget(self.recovery)
        self.window.setCurrentWidget(self.recovery)
        self.recovery.begin()

    @Slot(str, object)
    def _recover(self, username: str, proof: TwoPersons | SealedKey) -> None:
        if self._opened is not None and self._opened.office is not None:
            self._door.run(self._show_recovered, self._opened.office.recover, username, proof)

    def _show_recovered(self, password: str) -> None:
        if self.recovery is not None:
            self.recovery.show_made(password)

    def _drop_recovery(self) -> None:
        if self.recovery is not None:
            self.window.removeWidget(self.recovery)
            self.recovery.deleteLater()
            self.recovery = None

    # Restoring

    @Slot()
    def _restore_bare(self) -> None:
        """On a new PC: nobody can be signed in, the key or a password of the backup decides."""
        self._restore(None, leaves_data=False)

    @Slot()
    def _restore_lost(self) -> None:
        self._restore(None, leaves_data=True)

    @Slot(object)
    def _restore_here(self, by: Restorer) -> None:
        self._restore(by, leaves_data=True)

    def _restore(self, by: Restorer | None, *, leaves_data: bool) -> None:
        from kecamatan_desk.ui.restoring import Restoring

        if self._holder is None:
            return
        zone = ZoneInfo(self._opened.profile.zone) if by and self._opened else None
        if self.shell is not None:
            self.shell.leave()
            self.shell.backups.stop()
        self.idle.stop()
        if self.restoring is None:
            self.restoring = Restoring(self.window, self._door, self._holder, self)
            self.restoring.left.connect(self._come_back)
            self.restoring.restored.connect(self._show_again)
        place, close = self._places[self._practice], self._let_go()
        self.restoring.begin(place, close, by, zone, leaves_data=leaves_data)
        self._drop_shell()
        self._drop_setup()
        self._drop_sign_in()  # the people behind this page may be others afterwards
        self.window.setWindowTitle("Kecamatan Desk")

    @Slot()
    def _come_back(self) -> None:
        """Nothing was restored: open the data as they are."""
        self._show_sign_in()
        self._open(self._practice)

    @Slot(str)
    def _show_again(self, words: str) -> None:
        """Open what was restored, and say so at the door."""
        self._why = words
        self._come_back()

    # Working

    def _enter_new(self, desk: Desk) -> None:
        if self._opened is not None and self._opened.office is not None:
            self._fresh_desk = desk
            self._door.run(self._enter_set_up, look_in, self._opened.office)

    def _enter_set_up(self, opened: Opened) -> None:
        self._opened = opened
        self._drop_setup()
        self._enter(self._fresh_desk)
        if self.shell is not None:
            self.shell.open_entry(Role.ADMIN, NEXT_STEPS)

    def _enter(self, desk: Desk) -> None:
        """Show the desk of who signed in; the same user finds it as he left it."""
        from kecamatan_desk.ui.shell import Shell

        if self._opened is None:
            return
        if desk.welcome.must_change:
            self._ask_new_password(desk)
            return
        self._drop_new_password()
        self._room.stop()
        self._why = ""
        profile = self._opened.profile
        self.idle.begin(lock_minutes(profile, desk.user.roles))
        if self.shell is not None and self.shell.context.user == desk.user:
            self.shell.context.background.renew_proof(desk)
            self.window.setCurrentWidget(self.shell)
            self.shell.context.take_profile(profile)
            self._name_window(profile)
            self.shell.resume()
            self.shell.greet(desk.welcome, again=True)
            return
        self._drop_shell()
        self.shell = Shell(self._context(desk, self._opened.profile))
        self.shell.lock_asked.connect(self._lock)
        self.window.addWidget(self.shell)
        self.window.setCurrentWidget(self.shell)
        self.shell.resume()  # on screen only now can the work take the keyboard
        self._name_window(self._opened.profile)
        self.shell.context.navigator.office_changed.connect(self._name_window)
        self.shell.context.navigator.restoring_asked.connect(self._restore_here)
        self.shell.context.background.ended.connect(self._end)
        self.shell.greet(desk.welcome, again=False)
        self.shell.backups.show(self._backup_state)
        if self._measuring:
            self.shell.context.background.busy.connect(self._note_busy)

    @Slot(object)
    def _name_window(self, profile: OfficeProfile) -> None:
        if self.shell is not None:
            self.idle.change(lock_minutes(profile, self.shell.context.user.roles))
        self.window.setWindowTitle(f"Kecamatan Desk – Kecamatan {profile.name}")

    def _context(self, desk: Desk, profile: OfficeProfile) -> ScreenContext:
        from kecamatan_desk.ui.printing import Printing

        background = Background(desk, self._workers)
        messages = Messages()
        return ScreenContext(
            background=background,
            user=desk.user,
            profile=profile,
            practice=desk.practice,
            messages=messages,
            navigator=Navigator(),
            printing=Printing(background, self.preferences, messages),
        )

    @Slot()
    def _lock(self) -> None:
        """Let another person in. The desk waits behind the door for its own user."""
        self._why = ""
        self._drop_recovery()
        self._drop_new_password()
        self._go_behind_the_door("Terkunci.")

    @Slot(int)
    def _lock_idle(self, minutes: int) -> None:
        self._shut(f"Terkunci: {minutes} menit tidak dipakai. Yang sedang diketik tetap ada.")

    @Slot()
    def _lock_expired(self) -> None:
        self._shut("Terkunci sesudah 8 jam: masuklah dengan kata sandi. Yang diketik tetap ada.")

    def _shut(self, why: str) -> None:
        """Lock without being asked to: what is being typed is kept, dialogs close as by Esc."""
        if self.shell is None or self.window.currentWidget() is not self.shell:
            return
        while (dialog := QApplication.activeModalWidget()) is not None and dialog.close():
            pass
        self.shell.leave()
        self._why = why
        self._go_behind_the_door(why)

    @Slot(str)
    def _end(self, why: str) -> None:
        """The account was shut: nothing of it stays on screen."""
        if self.shell is None:
            return  # told already: several pieces of work were refused
        while (dialog := QApplication.activeModalWidget()) is not None and dialog.close():
            pass
        self._drop_shell()
        self._why = why
        self._go_behind_the_door(why)

    def _go_behind_the_door(self, said: str) -> None:
        self.idle.stop()
        if self.shell is not None:
            self.shell.step_out()
            self.shell.presence.give_up()
            self.shell.opening.give_up()
        self._show_sign_in()
        if self.sign_in is not None:
            self.sign_in.show_waiting(said)
        if self._opened is not None and self._opened.office is not None:
            self._door.run(self._show_opened, look_in, self._opened.office)

    def _drop_shell(self) -> None:
        if self.shell is not None:
            self.shell.checks.stop()
            self.shell.context.printing.drop_waiting()
            self.window.removeWidget(self.shell)
            self.shell.deleteLater()
            self.shell = None

    def _drop_sign_in(self) -> None:
        if self.sign_in is not None:
            self.window.removeWidget(self.sign_in)
            self.sign_in.deleteLater()
            self.sign_in = None

    def _drop_setup(self) -> None:
        if self.setup is not None:
            self.window.removeWidget(self.setup)
            self.setup.deleteLater()
            self.setup = None

    # One window for each place

    @Slot()
    def _come_forward(self) -> None:
        """A second start calls this window."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    @Slot()
    def _give_way(self) -> None:
        """The first window has come to the front: this start ends."""
        QApplication.quit()

    @Slot()
    def _stay(self) -> None:
        """Nobody came: a command holds the data."""
        if self.sign_in is not None:
            self.sign_in.show_waiting(self._held)
            self.sign_in.show_place(self._practice)

    # Measuring and faults

    def _measure_door(self, opened: Opened) -> None:
        if opened.office is None or not opened.practice:
            self._give_up(ONLY_PRACTICE)
            return
        self._door.run(self._enter, opened.office.practice_desk, Role.PELAYANAN)

    def _give_up(self, why: str) -> None:
        """End a measurement that cannot be made."""
        self._measuring = False
        sys.stderr.write(why + "\n")
        QTimer.singleShot(0, self, self._exit_refused)

    @Slot()
    def _exit_refused(self) -> None:
        QApplication.exit(1)

    @Slot(bool)
    def _note_busy(self, busy: bool) -> None:
        if not busy:
            self._tell_ready()

    def _tell_ready(self) -> None:
        if self._measuring:
            self._measuring = False
            ready = round((perf_counter() - self._started) * 1000)
            sys.stdout.write(json.dumps({"ready_ms": ready}) + "\n")
            sys.stdout.flush()
            QTimer.singleShot(0, QApplication.quit)

    def _note_fault(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log a bug as the program does, and tell the user where he looks."""
        self._hook(kind, error, trace)
        if self.shell is not None:
            self.shell.message_bar.complain(_FAULT)


def _width() -> int:
    screen = QGuiApplication.primaryScreen()
    return screen.availableSize().width() if screen else style.SMALLEST_WIDTH
