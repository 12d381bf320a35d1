"""Looks for garbage on the window's thread only.

Python looks for it in whatever thread happens to make objects, mostly a worker. What a signed-out
session leaves behind (its `Background`, `Messages`, the pad with its timer) hangs together in
circles, and an object of Qt that is let go of on another thread can end the program. Nor may it
happen while Qt takes widgets apart: freeing one more then can wait for a lock that is held.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY = 500  # ms: seldom enough to cost nothing, often enough never to be long
_FIRST = 3_000  # ms: the first list of work comes before, and what it is made of stays


class Collecting(QObject):
    """Takes over from Python until the program ends: it looks only between two events."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        QTimer.singleShot(_FIRST, self, self._begin)

    @Slot()
    def _begin(self) -> None:
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect what Python itself would have collected by now: the oldest due generation."""
        due = [
            generation
            for generation, (count, threshold) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > threshold
        ]
        if due:
            gc.collect(due[-1])
