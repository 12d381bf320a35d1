"""What the program left untold or undone when it ended in the middle: told, and completed.

How far the user has seen answers is kept on his pad, as the number of the chain's last event once
the answer has stood on screen for a while. At his next sign-in every deed of his behind that mark
is told, whatever screen it was done on; an end in good order leaves nothing to tell.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from kecamatan_desk.domain.roles import ON_FILES
from kecamatan_desk.ui.message_bar import MessageBar
from kecamatan_desk.ui.screen import ScreenContext, WayOut
from kecamatan_desk.usecases.unfinished import (
    DoneUnseen,
    complete_missing,
    done_since,
    last_event,
)

SOON = 5000  # ms from the sign-in: the first list comes first
ANSWERED = "jawaban"  # the place on the pad of the mark
READ_IN = 3000  # ms an answer stands on screen until it counts as seen


class UnfinishedWatch(QObject):
    """Stands beside the shell of one session."""

    def __init__(self, parent: QObject, context: ScreenContext, bar: MessageBar) -> None:
        super().__init__(parent)
        self._context = context
        self._bar = bar
        self._found: DoneUnseen | None = None
        self._shown = 0  # the event up to which answers stand on screen; 0: nothing is known yet
        self._more = False  # something was answered since
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(READ_IN)
        self._reading.timeout.connect(self._note_seen)
        context.background.answered.connect(self._note_answer)
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

    # How far answers were seen

    def begin(self) -> None:
        """See what the user did before, once his pad is known."""
        found = self._context.pad.found(ANSWERED)
        if found is not None and not found.body.get("ended"):
            self._context.background.query(self._tell, done_since, int(found.body["event"]))
        self._context.background.query(self._take_shown, last_event)

    def end(self) -> None:
        """The program ends in good order; only a deed still under way may go unseen."""
        if self._shown:
            ended = not self._context.background.is_doing
            self._context.pad.put(ANSWERED, 0, {"event": self._shown, "ended": ended})

    @Slot()
    def _note_answer(self) -> None:
        if self._reading.isActive() or self._context.background.is_doing:
            self._more = True  # asked for with those before it
            if not self._reading.isActive():
                self._reading.start()
        else:
            self._context.background.query(self._take_shown, last_event)

    def _take_shown(self, event: int) -> None:
        first = not self._shown and self._found is None
        self._shown = event
        if first:  # nothing of before is left to be told
            self._put()
        else:
            self._reading.start()

    @Slot()
    def _note_seen(self) -> None:
        self._put()
        if self._more:
            self._more = False
            self._note_answer()

    def _put(self) -> None:
        if self._shown:
            self._context.pad.put(ANSWERED, 0, {"event": self._shown})

    # What he may not have seen

    def _tell(self, found: DoneUnseen | None) -> None:
        if found is None:
            return
        self._found = found
        way_out = self._way_out(found)
        warning = self._bar.words.text() if self._bar.property("msg") == "late" else ""
        if warning:  # of the door: wrong tries in his name
            self._context.messages.complained.emit(f"{found.sentence} {warning}", way_out)
        else:
            self._context.messages.said.emit(found.sentence, way_out)
        if found.due:
            self.complete()

    def _way_out(self, found: DoneUnseen) -> WayOut | None:
        """Give the way to the file; None where it was done to none, or he sees no files."""
        if found.request_id is None or not set(ON_FILES) & set(self._context.user.roles):
            return None
        return WayOut("Buka berkas", "F5", self._open)

    def _open(self) -> None:
        if self._found is not None and self._found.request_id is not None:
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
            self._context.messages.said.emit(told, self._way_out(found))
