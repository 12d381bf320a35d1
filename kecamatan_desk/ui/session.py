"""What the window shows from its start to its end: the door, the desk, and the way between them."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QStackedWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.ui import style, theme
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.front_pages import FrontPages
from kecamatan_desk.ui.idle import IdleWatch, lock_minutes
from kecamatan_desk.ui.opening import Opener, PlaceOpener
from kecamatan_desk.ui.preferences import Preferences
from kecamatan_desk.ui.preloading import Preloading
from kecamatan_desk.ui.screen import Messages, Navigator, ScreenContext
from kecamatan_desk.ui.style import Look, look
from kecamatan_desk.ui.workers import Workers
from kecamatan_desk.usecases.office_values import OfficeProfile

if TYPE_CHECKING:
    from kecamatan_desk.ui.measuring import StartMeasure
    from kecamatan_desk.ui.new_password import NewPasswordPage
    from kecamatan_desk.ui.recovery_page import RecoveryPage
    from kecamatan_desk.ui.restoring import Restoring
    from kecamatan_desk.ui.setup_page import SetupPage
    from kecamatan_desk.ui.shell import Shell
    from kecamatan_desk.ui.sign_in import SignInPage
    from kecamatan_desk.usecases.desk import Desk
    from kecamatan_desk.usecases.restore_run import Holder
    from kecamatan_desk.usecases.restore_values import Restorer

PREFERENCES = "window.json"
NEXT_STEPS = "langkah"  # the entry a new office begins with
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
        self._workers = Workers()
        self._door = Background(None, self._workers)
        self._closing = False
        self.preferences = Preferences(office.root / PREFERENCES, self._workers.desk.submit)
        self.window = Window(self)
        style.use(look(), self.window)
        self.shell: Shell | None = None
        self._hook = sys.excepthook
        self._data = PlaceOpener(office, practice, opener, self._workers, self._door, self)
        self.idle = IdleWatch(self.window, self)
        self._front = FrontPages(
            self.window,
            self._door,
            self._data,
            self.idle,
            self,
            restores=holder is not None,
            tells_backup=not exit_when_ready,
        )
        self._measure: StartMeasure | None = None
        if exit_when_ready:
            from kecamatan_desk.ui.measuring import StartMeasure

            self._measure = StartMeasure(started, self._data, self._front, self._door)
        else:
            self._data.opened.connect(Preloading(self).begin)
        self._connect()

    def _connect(self) -> None:
        self._door.refused.connect(self._refuse)
        self._data.lost.connect(self._tell_lost)
        self._data.called.connect(self._come_forward)
        self._data.answered.connect(self._give_way)
        self._front.entered.connect(self._enter)
        self._front.set_up.connect(self._begin_office)
        self._front.left.connect(self._lock)
        self._front.left_unused.connect(self._go_back_unused)
        self._front.open_asked.connect(self._open_again)
        self._front.place_asked.connect(self._change_place)
        self._front.practice_asked.connect(self._practise)
        self._front.scale_asked.connect(self._change_scale)
        self._front.bare_restore_asked.connect(self._restore_bare)
        self._front.lost_restore_asked.connect(self._restore_lost)
        self.idle.idle.connect(self._lock_idle)
        self.idle.expired.connect(self._lock_expired)

    # The pages in front of the desk

    @property
    def sign_in(self) -> SignInPage | None:
        """The sign-in page, once it was shown."""
        return self._front.sign_in

    @property
    def setup(self) -> SetupPage | None:
        """The first set-up of a new office, while it is asked for."""
        return self._front.setup

    @property
    def new_password(self) -> NewPasswordPage | None:
        """Where somebody replaces the password he was given."""
        return self._front.new_password

    @property
    def recovery(self) -> RecoveryPage | None:
        """Where an administrator's forgotten password is replaced."""
        return self._front.recovery

    # Beginning and end

    def start(self) -> None:
        """Put the sign-in page on screen, then open the data."""
        sys.excepthook = self._note_fault
        self._front.show_sign_in()
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
        self._closing = True
        self._data.stop()
        self._front.end()
        sys.excepthook = self._hook
        self.idle.stop()
        self._workers.finish_typing()
        if self.shell is not None:
            self.shell.backups.finish()
        if self.restoring is not None:
            self.restoring.stop()
        closing = self._data.let_go()
        if closing is not None:
            self._workers.desk.submit(closing)
        self._workers.close()
        QApplication.sendPostedEvents(self._workers.post)  # data opened meanwhile are closed again
        self._stop_printing()
        self.shell = None
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete: now, not after the end

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

    # Opening data

    def _open(self, practice: bool) -> None:
        if self.shell is not None:
            self.shell.backups.stop()
        self.idle.stop()
        self._drop_shell()
        self._data.open(practice)

    @Slot()
    def _open_again(self) -> None:
        self._open(self._data.practice)

    @Slot(bool)
    def _change_place(self, practice: bool) -> None:
        if self._data.only_practice:
            return
        if practice != self._data.practice or self._data.data is None:
            self._open(practice)

    @Slot()
    def _practise(self) -> None:
        self._front.clear()
        self._data.practice = True
        self._front.show_sign_in()
        self._open(True)

    @Slot(float)
    def _change_scale(self, scale: float) -> None:
        """Build the door anew in another text size; whoever is locked in signs in again."""
        self.preferences.set_scale(scale)
        style.use(Look(look().colors, scale, _width()), self.window)
        self._drop_shell()
        self._front.build_anew()

    @Slot(str)
    def _tell_lost(self, why: str) -> None:
        if self._measure is not None and self._measure.running:
            self._measure.give_up(why)
        else:
            self._front.show_lost(why)

    @Slot(str, object)
    def _refuse(self, message: str, field: str | None) -> None:
        if self._measure is not None and self._measure.running:
            self._measure.give_up(message)
        else:
            self._front.refuse(message, field)

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
        opened = self._data.data
        zone = ZoneInfo(opened.profile.zone) if by and opened else None
        if self.shell is not None:
            self.shell.leave()
            self.shell.backups.stop()
        self.idle.stop()
        if self.restoring is None:
            self.restoring = Restoring(self.window, self._door, self._holder, self)
            self.restoring.left.connect(self._come_back)
            self.restoring.left_unused.connect(self._show_again)
            self.restoring.restored.connect(self._show_again)
        place, close = self._data.place, self._data.let_go()
        self.restoring.begin(place, close, by, zone, leaves_data=leaves_data)
        self.idle.begin(lock_minutes(opened.profile if opened else OfficeProfile(), ()))
        self._drop_shell()
        self._front.clear()  # the people behind this page may be others afterwards
        self.window.setWindowTitle("Kecamatan Desk")

    @Slot()
    def _come_back(self) -> None:
        """Nothing was restored: open the data as they are."""
        self._front.show_sign_in()
        self._open(self._data.practice)

    @Slot(str)
    def _show_again(self, words: str) -> None:
        """Open the data, and say at the door what was restored, or why nothing was."""
        self._front.why = words
        self._come_back()

    # Working

    @Slot()
    def _begin_office(self) -> None:
        """Show the first administrator what a new office still lacks."""
        if self.shell is not None:
            self.shell.open_entry(Role.ADMIN, NEXT_STEPS)

    @Slot(object)
    def _enter(self, desk: Desk) -> None:
        """Show the desk of who signed in; the same user finds it as he left it."""
        from kecamatan_desk.ui.shell import Shell

        if self._data.data is None:
            return
        profile = self._data.data.profile
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
        self.shell = Shell(self._context(desk, profile))
        self.shell.lock_asked.connect(self._lock)
        self.window.addWidget(self.shell)
        self.window.setCurrentWidget(self.shell)
        self.shell.resume()  # on screen only now can the work take the keyboard
        self._name_window(profile)
        self.shell.context.navigator.office_changed.connect(self._name_window)
        self.shell.context.navigator.restoring_asked.connect(self._restore_here)
        self.shell.context.background.ended.connect(self._end)
        self.shell.greet(desk.welcome, again=False)
        self.shell.backups.show(self._front.backup_state)
        if self._measure is not None and self._measure.running:
            self.shell.context.background.busy.connect(self._measure.note_busy)

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
        self._front.why = ""
        self._front.step_back()
        self._go_behind_the_door("Terkunci.")

    @Slot(int)
    def _lock_idle(self, minutes: int) -> None:
        if self.restoring is not None and self.restoring.active:
            if not self.restoring.leave_unused(minutes):
                self.idle.begin(minutes)
        elif not self._front.note_unused(minutes):
            self._shut(f"Terkunci: {minutes} menit tidak dipakai. Yang sedang diketik tetap ada.")

    @Slot(str)
    def _go_back_unused(self, why: str) -> None:
        """Go back to the people, and say why."""
        self._front.step_back()
        self._front.why = why
        self._go_behind_the_door(why)

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
        self._front.why = why
        self._go_behind_the_door(why)

    @Slot(str)
    def _end(self, why: str) -> None:
        """The account was shut: nothing of it stays on screen."""
        if self.shell is None:
            return  # told already: several pieces of work were refused
        while (dialog := QApplication.activeModalWidget()) is not None and dialog.close():
            pass
        self._drop_shell()
        self._front.why = why
        self._go_behind_the_door(why)

    def _go_behind_the_door(self, said: str) -> None:
        self.idle.stop()
        if self.shell is not None:
            self.shell.step_out()
            self.shell.presence.give_up()
            self.shell.opening.give_up()
        self._front.show_sign_in()
        self._front.say(said)
        self._data.look_again()

    def _drop_shell(self) -> None:
        if self.shell is not None:
            self.shell.checks.stop()
            self.shell.context.printing.drop_waiting()
            self.window.removeWidget(self.shell)
            self.shell.deleteLater()
            self.shell = None

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

    # Faults

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
