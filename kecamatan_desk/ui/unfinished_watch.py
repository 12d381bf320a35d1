"""What the program left undone when it ended in the middle: told, and completed in a moment."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from kecamatan_desk.domain.roles import ON_FILES
from kecamatan_desk.ui.message_bar import MessageBar
from kecamatan_desk.ui.screen import ScreenContext, WayOut
from kecamatan_desk.usecases.unfinished import DoneUnseen, complete_missing, done_unseen

SOON = 5000  # ms from the sign-in: the first list comes first


class UnfinishedWatch(QObject):
    """Stands beside the shell of one session."""

    def __init__(self, parent: QObject, context: ScreenContext, bar: MessageBar) -> None:
        super().__init__(parent)
        self._context = context
        self._bar = bar
        self._found: DoneUnseen | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SOON)
        self._timer.timeout.connect(self.complete)
        if set(ON_FILES) & set(context.user.roles):
            self._timer.start()

    @property
    def has_told(self) -> bool:
        """Whether the user was told of a deed of his: that counts more than where he came back."""
        return self._found is not None

    def look_at(self, request_id: int, version: int) -> None:
        """See whether the user himself moved on the request he had in hand last."""
        self._context.background.query(self._tell, done_unseen, request_id, version)

    def _tell(self, found: DoneUnseen | None) -> None:
        if found is None:
            return
        self._found = found
        way_out = WayOut("Buka berkas", "F5", self._open)
        warning = self._bar.words.text() if self._bar.property("msg") == "late" else ""
        if warning:  # of the door: wrong tries in his name
            self._context.messages.complained.emit(f"{found.sentence} {warning}", way_out)
        else:
            self._context.messages.said.emit(found.sentence, way_out)
        if found.due:
            self.complete()

    def _open(self) -> None:
        if self._found is not None:
            self._context.navigator.request_asked.emit(self._found.request_id)

    @Slot()
    def complete(self) -> None:
        """Draw, beside the work, the letters that numbered files lack."""
        self._timer.stop()
        profile = self._context.printing.profile("surat")
        self._context.background.print_job(self._tell_drawn, complete_missing, profile)

    def _tell_drawn(self, drawn: tuple[str, ...]) -> None:
        if not drawn:
            return
        self._context.background.announce()
        words = f"Surat {drawn[0]} kini sudah dibuat."
        if len(drawn) > 1:
            words = f"{len(drawn)} surat yang tertinggal kini sudah dibuat."
        found = self._found
        if found is None:
            self._context.messages.said.emit(words, None)
        elif found.due:
            told = found.sentence.replace("suratnya sedang dibuat", "suratnya sudah dibuat")
            self._context.messages.said.emit(told, WayOut("Buka berkas", "F5", self._open))
