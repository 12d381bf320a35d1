"""How a second start of the program calls the first window to the front.

The second one leaves a file beside the data; the first looks for it every second and takes it
away. The disk is touched by the worker alone: the data may lie on a slow one.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kecamatan_desk.ui.background import Background

RAISE = "raise-request"
_EVERY = 1000  # ms
_PATIENCE = 2500  # ms; longer, and what holds the data is no window


class Bell(QObject):
    """One file, seen from both sides.

    Signals:
        rung: A second start asks this window to come to the front.
        answered: The first window has come: this start may end.
        unheard: Nobody came; a command holds the data.
    """

    rung = Signal()
    answered = Signal()
    unheard = Signal()

    def __init__(self, door: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._door = door
        self._file = Path()
        self._looking = False
        self._calling = False
        self._beat = QTimer(self)
        self._beat.setInterval(_EVERY)
        self._beat.timeout.connect(self._look)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._give_up)

    def listen(self, root: Path) -> None:
        """Be the first window of the place at *root*."""
        self._file, self._calling = root / RAISE, False
        self._beat.start()

    def ring(self, root: Path) -> None:
        """Call the first window of the place at *root*."""
        self._file, self._calling = root / RAISE, True
        self._door.run(self._wait_for_answer, _leave, self._file)

    def stop(self) -> None:
        """Hear and call no more."""
        self._beat.stop()
        self._patience.stop()

    def _wait_for_answer(self, left: bool) -> None:
        if left:
            self._patience.start()
            self._beat.start()
        else:
            self.unheard.emit()

    @Slot()
    def _look(self) -> None:
        if not self._looking:  # the worker may be busy for longer than a beat
            self._looking = True
            self._door.run(self._note, _is_there, self._file, not self._calling)

    def _note(self, is_there: bool) -> None:
        self._looking = False
        if self._calling and not is_there and self._patience.isActive():
            self.stop()
            self.answered.emit()
        elif not self._calling and is_there:
            self.rung.emit()

    @Slot()
    def _give_up(self) -> None:
        self.stop()
        self._door.run(self._say_unheard, _is_there, self._file, True)

    def _say_unheard(self, _is_there: bool) -> None:
        self.unheard.emit()


def _leave(file: Path) -> bool:
    """Leave the file, on the worker; False where nothing can be written."""
    try:
        file.touch()
    except OSError:
        return False
    return True


def _is_there(file: Path, take: bool) -> bool:
    """Look for the file, on the worker, and take it away where told."""
    try:
        there = file.exists()
        if there and take:
            file.unlink(missing_ok=True)
    except OSError:
        return False
    return there
