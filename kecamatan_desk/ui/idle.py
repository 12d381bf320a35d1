"""Tells when nobody has used the window for a while, or for longer than a session lasts.

No event passes through here while somebody works: a filter on the window in hand is armed every
few seconds, and the first key or mouse event takes it off again.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget

from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.usecases.office_values import OfficeProfile

#: Minutes after which an official's desk locks; his signature weighs more.
OFFICIALS_LOCK = 5
#: Seconds a session lasts before the password is asked again (ASVS 7.3.2).
LONGEST = 8 * 3600.0
_ARM = 5_000  # ms: how exactly the last use is known

_USE = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    )
)


def lock_minutes(profile: OfficeProfile, roles: tuple[Role, ...]) -> int:
    """Give the minutes after which an unused desk locks: the office's, fewer for officials."""
    official = any(role in OFFICIALS for role in roles)
    return min(profile.lock_minutes, OFFICIALS_LOCK) if official else profile.lock_minutes


class IdleWatch(QObject):
    """Runs while somebody is signed in.

    Signals:
        idle: Nobody has touched the window for so many minutes.
        expired: The session has lasted eight hours.
    """

    idle = Signal(int)
    expired = Signal()

    def __init__(self, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self.now: Callable[[], float] = monotonic  # tests put their own in its place
        self._minutes = 0
        self._used = self._begun = 0.0
        self._armed: QWindow | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_ARM)
        self._timer.timeout.connect(self.tick)

    def begin(self, minutes: int) -> None:
        """Watch from now on; a session begins."""
        self._used = self._begun = self.now()
        self.change(minutes)
        self._timer.start()
        self._arm()

    def change(self, minutes: int) -> None:
        """Use another number of minutes."""
        self._minutes = minutes

    def stop(self) -> None:
        """Nobody is signed in any more."""
        self._timer.stop()
        self._disarm()

    @Slot()
    def tick(self) -> None:
        """Look at the time, and at whether somebody uses the window."""
        now = self.now()
        if now - self._begun >= LONGEST:
            self.stop()
            self.expired.emit()
        elif now - self._used >= self._minutes * 60:
            self.stop()
            self.idle.emit(self._minutes)
        else:
            self._arm()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _USE:
            self._used = self.now()
            self._disarm()
        return False

    def _arm(self) -> None:
        window = QGuiApplication.focusWindow() or self._window.windowHandle()
        if window is not self._armed:
            self._disarm()
            if window is not None:
                window.installEventFilter(self)
                window.destroyed.connect(self._forget)
                self._armed = window

    def _disarm(self) -> None:
        window, self._armed = self._armed, None
        if window is not None:
            window.removeEventFilter(self)
            window.destroyed.disconnect(self._forget)

    @Slot()
    def _forget(self) -> None:
        self._armed = None
