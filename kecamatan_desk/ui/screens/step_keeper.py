"""Keeps what is typed at a step on disk within a second, before the step is finished."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.screen import new_op_id
from kecamatan_desk.usecases.processing import save_step_values
from kecamatan_desk.usecases.values import Receipt, RequestView, Seen
from kecamatan_desk.workflows.engine import Status

_WAIT = 350  # ms from the first keystroke; further ones do not put it off


class StepKeeper(QObject):
    """Saves what *read* gives for the file it was told of last."""

    def __init__(
        self, background: Background, read: Callable[[], dict[str, Any]], parent: QObject
    ) -> None:
        """``read`` is a bound method that gives the step's own values, holes and all."""
        super().__init__(parent)
        self._background = background
        self._read = read
        self._seen: Seen | None = None
        self._under_way = self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self.save)

    def begin(self, view: RequestView) -> None:
        """Keep for this file from now on; what is left of the one before is saved first."""
        self.flush()
        running = view.status is Status.RUNNING
        self._seen = Seen(view.id, view.version) if running else None

    def meet(self, view: RequestView) -> None:
        """The same file at the same step has changed: a pause, data put right."""
        running = view.status is Status.RUNNING
        self._seen = Seen(view.id, view.version) if running else None

    def end(self) -> None:
        """Keep no more: the step is finished, its values went with the deed."""
        self._timer.stop()
        self._seen = None

    @Slot()
    def note_edit(self) -> None:
        """Something was typed."""
        if self._seen is not None and not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Save now what is still waiting, whatever is under way."""
        if self._timer.isActive() or self._again:
            self._timer.stop()
            self._under_way = self._again = False
            self.save()

    @Slot()
    def save(self) -> None:
        """Save what is typed, as far as it can be read; one save at a time."""
        if self._seen is None:
            return
        if self._under_way:
            self._again = True
            return
        self._under_way = True
        self._background.keep(
            self._saved, self._refused, save_step_values, new_op_id(), self._seen, self._read()
        )

    def _saved(self, _receipt: Receipt) -> None:
        """Nothing to show: it is on screen already."""
        self._go_on()

    def _refused(self, error: DeskError) -> None:
        self._go_on()
        self._background.tell_refusal(error)

    def _go_on(self) -> None:
        again, self._under_way, self._again = self._again, False, False
        if again:
            self.note_edit()
