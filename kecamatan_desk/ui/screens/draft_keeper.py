"""Keeps one draft on disk while it is typed: within a second, and before anything is done with it.

One keeper belongs to one draft. A retired keeper saves what is left by itself, so that nothing
typed is lost when the clerk goes on with another draft. When somebody else has saved the draft
meanwhile, what is typed here goes on as a draft of its own: neither overwrites the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kecamatan_desk.domain.errors import DeskError, MachineError, StaleError
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.screen import new_op_id
from kecamatan_desk.usecases.draft_values import DraftInput, DraftSaved
from kecamatan_desk.usecases.draft_writers import DRAFT_FIELD
from kecamatan_desk.usecases.intake import save_draft
from kecamatan_desk.usecases.values import Seen

WAIT = 350  # ms from the first keystroke to the save; further keystrokes do not put it off
_LATER = 3000  # ms from a refusal of the machine to the next try
_LOST = 10.0  # s after which an unanswered save counts as failed


class DraftKeeper(QObject):
    """Saves what *read* gives.

    Signals:
        saved: The draft is on disk as it was read (a `DraftSaved`).
        parted: Another has changed the draft (who and when, a sentence): what is typed here is
            saved as another one from now on.
        refused: A save was refused (a `DeskError`); it is told once until one succeeds.
    """

    saved = Signal(object)
    parted = Signal(str)
    refused = Signal(object)

    def __init__(
        self,
        background: Background,
        read: Callable[[], DraftInput],
        parent: QObject,
        save_id: str = "",
    ) -> None:
        """``read`` is a bound method that gives the form as it stands, without its id.

        ``save_id`` is the op_id of a first save whose answer never came: the program was killed.
        """
        super().__init__(parent)
        self._background = background
        self._read: Callable[[], DraftInput] | None = read
        self._last: DraftInput | None = None
        self._then: Callable[[], object] | None = None
        self.stored: DraftSaved | None = None
        self.op_id = new_op_id()  # of the act that ends the draft: take in, pass, fail
        self.save_id = save_id or new_op_id()  # of the first save: a draft gets one file code only
        self._session = new_op_id()
        self._dirty = False
        self._sent_at = 0.0  # 0: nothing is on its way
        self._refused = False  # the last save was
        self._done_with: Callable[[str], object] | None = None  # told when a retired one is saved
        self._again = QTimer(self)  # a disk may have room again: saved without another keystroke
        self._again.setSingleShot(True)
        self._again.setInterval(_LATER)
        self._again.timeout.connect(self.save)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self.save)

    @property
    def seen(self) -> Seen | None:
        """The draft as stored, or None before the first save."""
        return Seen(self.stored.id, self.stored.version) if self.stored else None

    @property
    def dirty(self) -> bool:
        """True while something typed is not on disk."""
        return self._dirty or bool(self._sent_at)

    @property
    def on_disk(self) -> bool:
        """True unless the last save was refused: what still waits is saved within a second."""
        return not self._refused

    def adopt(self, stored: DraftSaved) -> None:
        """Go on with a draft that is stored already."""
        self.stored = stored
        self.saved.emit(stored)

    def touch(self) -> None:
        """Note that something was typed; it will be saved within a second."""
        self._dirty = True
        if not self._timer.isActive():
            self._timer.start()

    def when_saved(self, then: Callable[[], object]) -> None:
        """Call *then* (a bound method) as soon as all that is typed is on disk."""
        if not self.dirty:
            then()
            return
        self._then = then
        self.save()

    def end(self) -> None:
        """The draft has become a request: nothing is to be saved any more."""
        self._timer.stop()
        self._again.stop()
        self._dirty, self._then = False, None
        self.deleteLater()

    def retire(self, done: Callable[[str], object] | None = None) -> None:
        """Save what is left without the form, and go.

        ``done`` (a bound method) is told the id of its first save as soon as it is on disk.
        """
        self._done_with = done
        if not self.dirty:
            self.deleteLater()
            return
        self._last = self._input()
        self._read = None
        self.save()

    def hurry(self) -> None:
        """Save now, whatever is under way: the user leaves, or the program ends."""
        if self._dirty:
            self._timer.stop()
            self._send()

    @Slot()
    def save(self) -> None:
        """Save now what has changed."""
        self._timer.stop()
        if self._dirty and not (self._sent_at and monotonic() - self._sent_at < _LOST):
            self._send()

    def _send(self) -> None:
        draft = self._input()
        half = bool(draft.unread) and self._read is None  # half a NIK alone: kept when one goes
        if self.stored is None and not (draft.values or draft.answers or half):
            self._dirty = False  # nothing worth a file code yet
            self._done()
            return
        self._dirty, self._sent_at = False, monotonic()
        seen = self.stored
        draft = replace(
            draft,
            id=seen.id if seen else None,
            session=self._session,
            version=seen.version if seen else None,
        )
        op_id = new_op_id() if seen else self.save_id
        self._background.keep(self._note_saved, self._note_refusal, save_draft, op_id, draft)

    def _input(self) -> DraftInput:
        if self._read is not None:
            return self._read()
        if self._last is None:
            raise RuntimeError("a retired keeper without a draft")
        return self._last

    def _note_saved(self, saved: DraftSaved) -> None:
        self.stored, self._sent_at, self._refused = saved, 0.0, False
        self._again.stop()
        self.saved.emit(saved)
        if self._done_with is not None and self._read is None and not self._dirty:
            self._done_with(self.save_id)
        self._done()

    def _done(self) -> None:
        if self._dirty:
            if self._then is not None or self._read is None:
                self.save()
            else:
                self.touch()
            return
        then, self._then = self._then, None
        if then is not None:
            then()
        if self._read is None:
            self.deleteLater()

    def _note_refusal(self, error: DeskError) -> None:
        """Try a refused save again: with the next keystroke, and by itself where the disk refused.

        Another's draft is left to him.
        """
        known = self._refused and self._then is None  # a deed that waited for it is answered
        self._sent_at, self._then, self._dirty = 0.0, None, True
        self._refused = True
        if isinstance(error, MachineError):
            self._again.start()
        if isinstance(error, StaleError) and error.field == DRAFT_FIELD:
            self.stored, self.save_id, self._session = None, new_op_id(), new_op_id()
            self.op_id = new_op_id()
            self.parted.emit(str(error))
            self.save()
        elif not (known and isinstance(error, MachineError)):
            self._tell(error)

    def _tell(self, error: DeskError) -> None:
        if self._read is not None:
            self.refused.emit(error)
        else:
            self._background.tell_refusal(error)
