"""How long the start takes: from the process's own beginning to the first work list on screen."""

from __future__ import annotations

import json
import sys
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.front_pages import FrontPages
from kecamatan_desk.ui.opening import PlaceOpener

ONLY_PRACTICE = (
    "Pilihan --exit-when-ready hanya untuk data latihan. Tidak ada yang berubah; sebutkan folder "
    "latihan dengan --data."
)


class StartMeasure(QObject):
    """Signs Pelayanan of a practice place in without asking, tells the time, and ends.

    What would be said at the door goes to stderr, and ends the program with exit status 1.
    """

    def __init__(self, started: float, data: PlaceOpener, front: FrontPages, door: Background):
        """``started``: `time.perf_counter()` at the start of the process."""
        super().__init__(front)
        self._started = started
        self._data, self._front, self._door = data, front, door
        self.running = True
        data.opened.connect(self._come_in)

    def give_up(self, why: str) -> None:
        """End a measurement that cannot be made."""
        self.running = False
        sys.stderr.write(why + "\n")
        QTimer.singleShot(0, self, self._exit_refused)

    @Slot(bool)
    def note_busy(self, busy: bool) -> None:
        """The worker has begun or ended something; ended the first time, the list is there."""
        if not busy and self.running:
            self.running = False
            ready = round((perf_counter() - self._started) * 1000)
            sys.stdout.write(json.dumps({"ready_ms": ready}) + "\n")
            sys.stdout.flush()
            QTimer.singleShot(0, QApplication.quit)

    @Slot()
    def _come_in(self) -> None:
        opened = self._data.data
        if opened is None or not self.running:
            return
        if opened.office is None or opened.needs_setup or not opened.practice:
            self.give_up(ONLY_PRACTICE)
        else:
            self._door.run(self._front.come_in, opened.office.practice_desk, Role.PELAYANAN)

    @Slot()
    def _exit_refused(self) -> None:
        QApplication.exit(1)
