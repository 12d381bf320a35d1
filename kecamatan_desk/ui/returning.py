"""Back to where one was: the screen, the request, the field and the cursor, after a kill or an end.

While the user works, the place is kept on the session's pad. At his next sign-in the frame goes
back there, unless it is too long ago or the file has moved on since.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject, QTimer, Slot

from kecamatan_desk.ui.cursor import bring_into_sight, field_in_hand, go_to_field
from kecamatan_desk.ui.scratchpad import CALMLY
from kecamatan_desk.ui.screen import Screen
from kecamatan_desk.ui.screens.draft_start import NEW
from kecamatan_desk.ui.unfinished_watch import UnfinishedWatch
from kecamatan_desk.usecases.scratch import standing_of

if TYPE_CHECKING:
    from kecamatan_desk.ui.shell import Shell
    from kecamatan_desk.usecases.scratch_values import Scratch

PLACE = "kursor"
FRESH = timedelta(hours=12)
_LOOK = 200  # ms between two looks at where the cursor is
_TRY, _PATIENCE = 40, 125  # ms between two tries to go back; how often, until it is given up
_LAID_OUT = 80  # ms until a page has its size
_OWN_DOING = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress)


class Returning(QObject):
    """Notes where the user is, and goes back there once when he comes again."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._pad = shell.context.pad
        self._back: Mapping[str, Any] | None = None  # where it is going
        self.unfinished = UnfinishedWatch(self, shell.context, shell.message_bar)
        self._tries = 0
        self._ended = False
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK)
        self._watch.timeout.connect(self.note)
        self._seek = QTimer(self)
        self._seek.setInterval(_TRY)
        self._seek.timeout.connect(self._arrive)
        self._pad.loaded.connect(self._begin)

    @property
    def _shell(self) -> Shell:
        """The frame; kept by Qt alone, so that a dropped frame is freed."""
        return cast("Shell", self.parent())

    # Noting

    @Slot()
    def note(self) -> None:
        """Keep where the keyboard is now."""
        shell = self._shell
        screen = shell.screen_shown
        if screen is None or self._back is not None or self._ended or not screen.isVisible():
            return
        body = {"role": screen.role.value, "kind": screen.kind, "hand": screen.in_hand()}
        field = field_in_hand(screen)
        before = self._pad.get(PLACE)
        if not field and before is not None and {**before, "field": {}} == {**body, "field": {}}:
            return  # the keyboard rests in the search or the rail: the field is as it was
        self._pad.put(PLACE, 0, {**body, "field": field}, CALMLY)

    def end(self) -> None:
        """The program ends in good order: next time the screen and the request are enough."""
        self.note()
        self._ended = True
        self.unfinished.end()
        body = self._pad.get(PLACE)
        if body is not None:
            self._pad.put(PLACE, 0, {**body, "field": {}, "ended": True})

    # Going back

    @Slot()
    def _begin(self) -> None:
        self._watch.start()
        shell, found = self._shell, self._pad.found(PLACE)
        self.unfinished.begin()
        if found is None or shell.moved or (self._is_old(found) and not self._has_no_code(found)):
            return
        body = found.body
        spot = (str(body.get("role", "")), str(body.get("kind", "")))
        places = [
            n
            for n, (role, entry) in enumerate(shell.rail.spots)
            if (role.value, entry.kind) == spot
        ]
        if not places:
            return
        hand = body.get("hand") or {}
        if not hand and shell.place in (places[0], -1) and not body.get("field"):
            return
        self._back = {**body, "place": places[0]}
        request_id = hand.get("request")
        if request_id:
            shell.context.background.query(self._set_out, standing_of, int(request_id))
        else:
            self._set_out(None)

    def _is_old(self, found: Scratch) -> bool:
        return self._shell.context.background.desk.clock() - found.saved_at > FRESH

    def _has_no_code(self, found: Scratch) -> bool:
        """A request begun without a file code is in no list: who typed it is led back to it."""
        begun = (found.body.get("hand") or {}).get("new")
        return bool(begun) and self._pad.get(NEW) is not None

    def _set_out(self, standing: tuple[int, bool] | None) -> None:
        """Go to the screen; to the request only while it stands where it was left."""
        back, shell = self._back, self._shell
        if back is None or shell.moved:
            self._back = None
            return
        hand = dict(back.get("hand") or {})
        if hand.get("request"):
            same = standing is not None and (standing[1] or standing[0] == hand.get("version"))
            if not same or standing is None or standing[1] is not bool(hand.get("draft")):
                hand = {}
                self._back = back = {**back, "field": {}, "hand": hand}
        screen = shell.go(int(back["place"]))
        if screen is None:
            self._back = None
            return
        if hand:
            screen.go_back_to(hand)
        self._tries = 0
        window = shell.window().windowHandle()
        if window is not None:  # what a user does comes there first, and hardly anything else
            window.installEventFilter(self)
        self._seek.start()

    @Slot()
    def _arrive(self) -> None:
        """Put the cursor there as soon as all that was asked for has come."""
        back, shell = self._back, self._shell
        screen = shell.screen_shown
        self._tries += 1
        if back is None or screen is None or self._tries > _PATIENCE:
            self._stop()
            return
        hand = back.get("hand") or {}
        if not shell.context.background.idle or not screen.isVisible():
            return
        if hand and not screen.has_arrived(hand):
            return
        if hand:
            screen.settle_in(hand)
        field = back.get("field") or {}
        if field and not go_to_field(screen, field) and self._tries < _PATIENCE // 3:
            return
        self._stop()
        self._tell(screen)
        QTimer.singleShot(_LAID_OUT, self, self._look_again)

    @Slot()
    def _look_again(self) -> None:
        """Scroll once more: a page just turned to had no size yet."""
        focus = self._shell.window().focusWidget()
        if focus is not None and self._shell.isAncestorOf(focus):
            bring_into_sight(focus)

    def _stop(self) -> None:
        self._seek.stop()
        self._back = None
        window = self._shell.window().windowHandle()
        if window is not None:
            window.removeEventFilter(self)

    def _tell(self, screen: Screen) -> None:
        if self._shell.warned or self.unfinished.has_told:
            return  # wrong tries in his name, or a number he may not have seen, matter more
        words = screen.words_in_hand()
        title = self._shell.title_shown
        where = f"{title}, {words}" if words else title
        self._shell.context.messages.noted.emit(f"Dilanjutkan dari yang terakhir: {where}.")
        self._shell.stack.currentChanged.connect(self._go_on)
        self._shell.context.background.changed.connect(self._go_on)

    @Slot()
    def _go_on(self) -> None:
        """The first act or another screen: it is no news any more where one came back to."""
        self._shell.context.messages.unnoted.emit()
        self._shell.stack.currentChanged.disconnect(self._go_on)
        self._shell.context.background.changed.disconnect(self._go_on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _OWN_DOING and event.spontaneous() and self._back is not None:
            self._stop()  # the user has begun himself: nothing takes the keyboard from him
        return super().eventFilter(watched, event)
