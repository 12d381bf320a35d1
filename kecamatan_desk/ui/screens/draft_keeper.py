"""Keeps one draft on disk while it is typed: within a second, and before anything is done with it.

One keeper belongs to one draft. A retired keeper saves what is left by itself, so that nothing
typed is lost when the clerk goes on with another draft.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.screen import new_op_id
from kecamatan_desk.usecases.intake import save_draft
from kecamatan_desk.usecases.values import DraftInput, DraftSaved, Seen

WAIT = 600  # ms from the first keystroke to the save; further keystrokes do not put it off
_LOST = 10.0  # s after which an unanswered save counts as failed


class DraftKeeper(QObject):
    """Saves what *read* gives.

    Signals:
        saved: The draft is on disk as it was read (a `DraftSaved`).
    """

    saved = Signal(object)

    def __init__(
        self, background: Background, read: Callable[[], DraftInput], parent: QObject
    ) -> None:
        """``read`` is a bound method that gives the form as it stands, without its id."""
        super().__init__(parent)
        self._background = background
        self._read: Callable[[], DraftInput] | None = read
        self._last: DraftInput | None = None
        self._then: Callable[[], object] | None = None
        self.stored: DraftSaved | None = None
        self.op_id = new_op_id()  # of the act that ends the draft: take in, pass, fail
        self._save_id = new_op_id()
        self._dirty = False
        self._sent_at = 0.0  # 0: nothing is on its way
        self._tries = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self.save)
        background.refused.connect(self._note_refusal)

    @property
    def seen(self) -> Seen | None:
        """The draft as stored, or None before the first save."""
        return Seen(self.stored.id, self.stored.version) if self.stored else None

    @property
    def dirty(self) -> bool:
        """True while something typed is not on disk."""
        return self._dirty or bool(self._sent_at)

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
        self._dirty, self._then = False, None
        self.deleteLater()

    def retire(self) -> None:
        """Save what is left without the form, and go."""
        if not self.dirty:
            self.deleteLater()
            return
        self._last = self._input()
        self._read = None
        self.save()

    @Slot()
    def save(self) -> None:
        """Save now what has changed."""
        self._timer.stop()
        if not self._dirty or (self._sent_at and monotonic() - self._sent_at < _LOST):
            return
        draft = self._input()
        if self.stored is None and not draft.values and not draft.answers:
            self._dirty = False  # nothing worth a file code yet
            self._done()
            return
        self._dirty, self._sent_at = False, monotonic()
        self._tries += 1
        draft = replace(draft, id=self.stored.id if self.stored else None)
        # The first save keeps its op_id until it is answered: a draft gets one file code only.
        self._background.quiet(self._note_saved, save_draft, self._save_id, draft)

    def _input(self) -> DraftInput:
        if self._read is not None:
            return self._read()
        if self._last is None:
            raise RuntimeError("a retired keeper without a draft")
        return self._last

    def _note_saved(self, saved: DraftSaved) -> None:
        first_of_many = self.stored is None and self._tries > 1
        self.stored, self._sent_at = saved, 0.0
        self._save_id, self._tries = new_op_id(), 0
        self._dirty = self._dirty or first_of_many
        self.saved.emit(saved)
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

    @Slot(str, object)
    def _note_refusal(self, _message: str, _field: object) -> None:
        """A refused save is tried again with the next keystroke."""
        if self._sent_at:
            self._sent_at, self._then, self._dirty = 0.0, None, True
