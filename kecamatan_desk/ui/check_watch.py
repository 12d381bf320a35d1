"""The weekly check of the data: by itself, in the background, told only when something is wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from kecamatan_desk.domain.errors import DeskError, SessionEndedError
from kecamatan_desk.domain.progress import Cancelled
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.background import Progress
from kecamatan_desk.ui.screen import ScreenContext, WayOut
from kecamatan_desk.usecases.check_values import CHECKERS, DataCheck
from kecamatan_desk.usecases.desk import Desk

FIRST = 10 * 60_000  # ms after the first list: the morning's queue comes first
CHECK = "pemeriksaan"  # the entry where the result is read
#: Checks under way, to be stopped when the window closes.
RUNNING: set[Progress] = set()


def checked_now(desk: Desk, progress: Progress) -> DataCheck | DeskError | None:
    """Check on the worker; None when it was stopped. The modules it takes are loaded there.

    What refuses the check comes back as a value: other refusals come while it goes on, and none of
    them ends it; nor does its own end what a screen waits for.
    """
    from kecamatan_desk.usecases.data_check import check_data

    return _refusal_told(check_data, desk, progress)


def checked_weekly(desk: Desk, progress: Progress) -> DataCheck | DeskError | None:
    """Do so when it is due; None when it is not."""
    from kecamatan_desk.usecases.data_check import weekly_check

    return _refusal_told(weekly_check, desk, progress)


def _refusal_told(
    check: Callable[[Desk, Progress], DataCheck | None], desk: Desk, progress: Progress
) -> DataCheck | DeskError | None:
    try:
        return check(desk, progress)
    except Cancelled:
        return None
    except SessionEndedError:
        raise  # the desk itself goes
    except DeskError as error:
        return error


class CheckWatch(QObject):
    """Stands beside the shell of one session. Practice data are not checked by themselves."""

    def __init__(self, parent: QObject, context: ScreenContext) -> None:
        super().__init__(parent)
        self._context = context
        self._running: Progress | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FIRST)
        self._timer.timeout.connect(self.look)
        if not context.practice:
            self._timer.start()

    @Slot()
    def look(self) -> None:
        """Check if a week has passed; while somebody waits for an answer, a little later."""
        if self._running is not None:
            return
        if not self._context.background.idle:
            self._timer.start(FIRST // 10)
            return
        self._running = Progress(self)
        RUNNING.add(self._running)
        self._context.background.print_job(self._told, checked_weekly, self._running)

    def stop(self) -> None:
        """The window closes, or other data are opened: leave every check under way."""
        self._timer.stop()
        for running in tuple(RUNNING):
            running.stop()

    def _told(self, result: DataCheck | DeskError | None) -> None:
        if self._running is not None:
            RUNNING.discard(self._running)
        self._running = None
        if isinstance(result, DeskError):
            said = f"Pemeriksaan mingguan belum jadi. {result}"
            self._context.messages.complained.emit(said, None)
            return
        if result is None or result.ok:
            return
        way_out, words = None, " Beri tahu Administrator atau Sekcam sekarang."
        if set(CHECKERS) & set(self._context.user.roles):
            way_out, words = WayOut("Baca hasilnya", "", self._go), ""
        self._context.messages.complained.emit(
            f"Pemeriksaan mingguan menemukan {result.total} hal yang tidak seperti saat ditulis. "
            f"Tidak ada yang dihapus program.{words}",
            way_out,
        )

    def _go(self) -> None:
        roles = set(self._context.user.roles)
        role: Role | None = next((one for one in CHECKERS if one in roles), None)
        self._context.navigator.entry_asked.emit(role, CHECK)
