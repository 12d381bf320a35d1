"""At the door of a full disk: waits for room, so that nobody has to try again and again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kecamatan_desk.paths import Place
from kecamatan_desk.ui.background import Background

EVERY = 2000  # ms between two looks while the disk is full


class DoorRoom(QObject):
    """Looks after each refusal at the door, and on while there is no room.

    Signals:
        full: The disk takes nothing; it is being watched.
        returned: It has room again.
    """

    full = Signal()
    returned = Signal()

    def __init__(self, door: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._door = door
        self._place: Place | None = None
        self._waits = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._look)

    def look(self, place: Place) -> None:
        """Something was refused: see whether that was for want of room."""
        self._place = place
        self._look()

    def stop(self) -> None:
        """Somebody has come in, or the program ends."""
        self._timer.stop()
        self._place, self._waits = None, False

    @Slot()
    def _look(self) -> None:
        if self._place is not None:
            self._door.run(self._take, _has_room, self._place)

    def _take(self, room: bool) -> None:
        if self._place is None:
            return
        waited, self._waits = self._waits, not room
        if not room:
            self._timer.start()
        if room and waited:
            self.returned.emit()
        elif not room and not waited:
            self.full.emit()


def _has_room(place: Place) -> bool:
    """Look on the worker; what it takes is loaded there, the door itself needs no SQL."""
    from kecamatan_desk.usecases.room import has_room

    return has_room(place)
