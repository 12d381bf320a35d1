"""Asks why somebody else's file is opened, writes it down, then opens it: one key is enough."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from kecamatan_desk.domain.errors import UnopenedError
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.dialogs.reason import ReasonDialog
from kecamatan_desk.ui.screen import new_op_id
from kecamatan_desk.usecases.lookups import look_up
from kecamatan_desk.usecases.reasons import LOOK_UPS, Reason


class OpeningGuard(QObject):
    """Watches what a session's worker does not open yet, and asks once for each file."""

    def __init__(self, parent: QWidget, background: Background) -> None:
        super().__init__(parent)
        self._parent, self._background = parent, background
        self._file = 0
        self.where = ""  # kind of the screen in front
        self.prompt: ReasonDialog | None = None
        background.asks_reason = True
        background.reason_asked.connect(self._ask)

    def give_up(self) -> None:
        """Close the prompt as Esc does: the desk is being locked."""
        if self.prompt is not None:
            self.prompt.reject()

    @Slot(object)
    def _ask(self, asked: UnopenedError) -> None:
        if self.prompt is not None:
            return  # the same file, asked for by another part of the screen
        if not self._parent.isVisible():  # locked meanwhile: nothing is asked above the door
            self._background.give_up_opening()
            return
        self._file = asked.request_id
        self.prompt = ReasonDialog(
            self._parent,
            f"Mengapa berkas {asked.file_code} dibuka?",
            "Berkas ini bukan pekerjaan Anda hari ini. Siapa yang membuka dan alasannya dicatat "
            "dalam riwayat berkas, sekali sehari. Enter berarti permintaan pemohon.",
            LOOK_UPS,
        )
        self.prompt.given.connect(self._note)
        self.prompt.rejected.connect(self._leave)
        self.prompt.open()

    @Slot(object)
    def _note(self, reason: Reason) -> None:
        self._drop()
        self._background.quiet(self._open, look_up, new_op_id(), self._file, reason, self.where)

    def _open(self, _nothing: None) -> None:
        self._background.repeat_opening()

    @Slot()
    def _leave(self) -> None:
        self._drop()
        self._background.give_up_opening()

    def _drop(self) -> None:
        prompt, self.prompt = self.prompt, None
        if prompt is not None:
            prompt.deleteLater()
