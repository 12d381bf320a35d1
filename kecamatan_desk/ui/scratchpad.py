"""What the signed-in user is typing at places that store nothing yet, kept while he types.

    body = self.context.pad.get("alasan", view.id)        # what was typed here before, or None
    self.context.pad.put("alasan", view.id, {"text": …})  # at every keystroke; on disk in a moment
    self.context.pad.drop("alasan", view.id)              # the deed is done, or thrown away

One pad serves all screens of a session. It writes at most once at a time, on the worker of typing,
and all that has changed together; nothing waits for it. A body is what JSON can hold, never a
password or PIN.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kecamatan_desk.domain.errors import DeskError, InputError
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.kept_words import not_kept
from kecamatan_desk.usecases.scratch import MOST_BODY, drop_old_scratch, keep_scratch, read_scratch
from kecamatan_desk.usecases.scratch_values import Scratch, ScratchChange

SOON = 250  # ms from a keystroke to the save; further keystrokes do not put it off
CALMLY = 450  # ms for what is not typed: where the cursor is
_LATER = 3000  # ms after a refusal: the disk may have room again
_LOST = 10.0  # s after which an unanswered save counts as failed

Key = tuple[str, int]  # place, request (0: of none)


class Scratchpad(QObject):
    """The session's working text by place and request.

    Signals:
        loaded: What was typed before this session is known now.
        kept: All that was put so far is on disk (*refusing* is over).
        lost: The disk takes nothing (any more); told once, until something is kept again.
        recovered: It takes something again, and what was on screen only is on disk.
    """

    loaded = Signal()
    kept = Signal()
    lost = Signal()
    recovered = Signal()

    def __init__(
        self, background: Background, zone: ZoneInfo, parent: QObject | None = None
    ) -> None:
        """``zone``: the office's own time, for what is said of a refusal."""
        super().__init__(parent)
        self._background, self._zone = background, zone
        self._bodies: dict[Key, Mapping[str, Any]] = {}
        self._found: dict[Key, Scratch] = {}  # as it lay on disk when the session began
        self._changed: dict[Key, Mapping[str, Any] | None] = {}
        self._sent: dict[Key, Mapping[str, Any] | None] = {}
        self._sent_at = 0.0  # 0: nothing is on its way
        self._told = False  # a refusal is told once
        self._too_long: set[Key] = set()  # what is typed there is longer than can be kept
        self.refusing = False  # the last save was refused: what changed since is on screen only
        self.kept_at: datetime | None = None  # when everything was on disk last, in this session
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._save)

    def load(self) -> None:
        """Ask for what was typed before; `loaded` tells when it has come."""
        self._background.query(self._take, read_scratch)
        self._background.keep(self._note_swept, self._pass_over, drop_old_scratch)

    def get(self, place: str, request_id: int = 0) -> Mapping[str, Any] | None:
        """Give what is typed at a place, or None."""
        return self._bodies.get((place, request_id))

    def found(self, place: str, request_id: int = 0) -> Scratch | None:
        """Give what lay there when the session began, with its time, or None."""
        return self._found.get((place, request_id))

    def put(self, place: str, request_id: int, body: Mapping[str, Any], within: int = SOON) -> None:
        """Keep what is typed at a place from now on; it is sent within so many ms."""
        key = (place, request_id)
        if self._bodies.get(key) != body:
            self._bodies[key] = self._changed[key] = body
            self._hurry(within)

    def places(self, beginning: str) -> list[str]:
        """Give the places of no request whose name begins so, in the order they were put."""
        return [place for place, owner in self._bodies if not owner and place.startswith(beginning)]

    def holds(self, place: str, request_id: int = 0) -> bool:
        """Tell whether what is typed at a place is on disk as it stands."""
        key = (place, request_id)
        waits = key in self._changed or key in self._sent or key in self._too_long
        return key in self._bodies and not waits

    def drop(self, place: str, request_id: int = 0) -> None:
        """Keep nothing of a place any more."""
        key = (place, request_id)
        if self._bodies.pop(key, None) is not None:
            self._changed[key] = None
            self._hurry(SOON)

    def flush(self) -> None:
        """Send what is not on its way yet: the user leaves, or the program ends."""
        self._timer.stop()
        if self._changed:
            self._send()

    def _hurry(self, within: int) -> None:
        if not self._timer.isActive() or self._timer.remainingTime() > within:
            self._timer.start(within)

    @Slot()
    def _save(self) -> None:
        if self._changed and not (self._sent_at and monotonic() - self._sent_at < _LOST):
            self._send()  # else the answer under way sends the rest

    def _send(self) -> None:
        self._sent |= self._changed
        self._changed = {}
        self._sent_at = monotonic()
        changes = tuple(ScratchChange(*key, body) for key, body in self._sent.items())
        self._background.keep(self._note_kept, self._note_refusal, keep_scratch, changes)

    def _note_kept(self, _nothing: None) -> None:
        self._too_long.difference_update(self._sent)
        self._sent, self._sent_at, self._told = {}, 0.0, False
        recovered, self.refusing = self.refusing, False
        self.kept_at = self._background.desk.clock()
        self.kept.emit()
        if recovered:
            self.recovered.emit()
        if self._changed:
            self._timer.stop()
            self._send()

    def _note_refusal(self, error: DeskError) -> None:
        self._changed = self._sent | self._changed
        self._sent, self._sent_at = {}, 0.0
        if isinstance(error, InputError):
            self._leave_out_too_long(str(error))
            return
        self._timer.start(_LATER)
        self.refusing = True
        self.lost.emit()
        self._tell(not_kept(error, self.kept_at, self._zone))

    def _leave_out_too_long(self, words: str) -> None:
        """Keep all the rest: the disk is well. What is too long is sent again when it changes."""
        long = {
            key
            for key, body in self._changed.items()
            if body is not None and len(json.dumps(dict(body))) > MOST_BODY
        }
        for key in long:
            del self._changed[key]
        if long - self._too_long:
            self._background.refused.emit(words, None)
        self._too_long |= long
        if self._changed:
            self._timer.start(SOON if long else _LATER)

    def _tell(self, words: str) -> None:
        if not self._told:
            self._told = True
            self._background.refused.emit(words, None)

    def _take(self, found: tuple[Scratch, ...]) -> None:
        self._found = {(one.place, one.request_id): one for one in found}
        kept = {key: one.body for key, one in self._found.items() if key not in self._changed}
        self._bodies = {**kept, **self._bodies}
        self.loaded.emit()

    def _note_swept(self, _nothing: None) -> None:
        """Nothing to tell: what nobody wants any more is gone."""

    def _pass_over(self, _error: DeskError) -> None:
        """It is swept at another sign-in."""
