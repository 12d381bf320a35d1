"""Keeps the answers of a checklist on disk within a second, the reason being written included."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, QTimer, Slot

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.screen import new_op_id
from kecamatan_desk.ui.screens.request_panel import RequestPanel
from kecamatan_desk.usecases.processing import save_answers
from kecamatan_desk.usecases.values import Receipt, Seen

_WAIT = 350  # ms from the first answer; further ones do not put it off


class AnswersKeeper(QObject):
    """Saves what a panel's checklist shows, for the request it shows."""

    def __init__(self, background: Background, panel: RequestPanel) -> None:
        super().__init__(panel)
        self._background = background
        self._under_way = self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._save)

    @property
    def _panel(self) -> RequestPanel:
        return cast(RequestPanel, self.parent())

    @Slot()
    def note(self) -> None:
        """Something was answered or written."""
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Save nothing more: a deed takes the answers with it."""
        self._timer.stop()
        self._again = False

    def flush(self) -> None:
        """Save now what is still waiting, whatever is under way."""
        if self._timer.isActive() or self._again:
            self.stop()
            self._under_way = False
            self._save()

    @Slot()
    def _save(self) -> None:
        view = self._panel.view
        if view is None:
            return
        if self._under_way:
            self._again = True
            return
        self._under_way = True
        seen, answers = Seen(view.id, view.version), self._panel.checklist.answers_now()
        self._background.keep(self._saved, self._refused, save_answers, new_op_id(), seen, answers)

    def _saved(self, _receipt: Receipt) -> None:
        """Nothing to show: the answers are on screen already."""
        self._go_on()

    def _refused(self, error: DeskError) -> None:
        self._go_on()
        self._background.tell_refusal(error)

    def _go_on(self) -> None:
        again, self._under_way, self._again = self._again, False, False
        if again:
            self.note()
