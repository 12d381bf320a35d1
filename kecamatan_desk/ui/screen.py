"""What every screen is: how it is made, reloads, speaks, and takes function keys.

    class UsersScreen(Screen):
        TITLE = "Pengguna"

        def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
            super().__init__(context, role, kind)
            …widgets, layout, connections…

        def reload(self) -> None:
            self.background.query(self.model.show_records, users)

A screen talks to ``self.background``, its own widgets and its dialogs; to other screens only
through the methods below. `reload` runs when the screen is shown and stored data has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.parts import Button

if TYPE_CHECKING:
    from kecamatan_desk.ui.printing import Printing
    from kecamatan_desk.ui.scratchpad import Scratchpad
    from kecamatan_desk.usecases.desk import User
    from kecamatan_desk.usecases.office_values import OfficeProfile


def new_op_id() -> str:
    """Give an op_id. A screen makes one when it shows an act, and a new one after success."""
    return uuid4().hex


class Messages(QObject):
    """The message bar, as screens see it.

    Signals:
        said: Something was done: sentence; then a button's words, key and bound method, or None.
        complained: Something was refused or is missing; the same.
        settled: What was refused is over; a refusal still shown is about nothing any more.
        noted: Something about the screen in hand alone; it goes with `unnoted`.
        unnoted: The user has acted or gone elsewhere: a note still shown is over.
    """

    said = Signal(str, object)
    complained = Signal(str, object)
    settled = Signal()
    noted = Signal(str)
    unnoted = Signal()


class Navigator(QObject):
    """The way to other screens.

    Signals:
        request_asked: Show this request (its id), wherever the user may see it.
        entry_asked: Go to the entry (role or None, kind) of the rail.
        line_asked: Show this line of the book (a `LineHit`).
        new_request_asked: Go to the new-request form with these starting values, or None.
        office_changed: The office's profile was stored anew (an `OfficeProfile`).
        restoring_asked: A backup is to be restored, by this right (a `Restorer`).
    """

    request_asked = Signal(int)
    entry_asked = Signal(object, str)
    line_asked = Signal(object)
    new_request_asked = Signal(object)
    office_changed = Signal(object)
    restoring_asked = Signal(object)


@dataclass(frozen=True, slots=True)
class WayOut:
    """A button in the message bar that leads on: words, key cap, and what it does."""

    words: str
    cap: str
    act: Callable[[], object]  # a bound method


@dataclass(slots=True)
class ScreenContext:
    """What a signed-in session gives to each of its screens; all of them hold the same one."""

    background: Background
    user: User
    profile: OfficeProfile
    practice: bool
    messages: Messages
    navigator: Navigator
    printing: Printing
    pad: Scratchpad = field(init=False)  # what is being typed where nothing is stored yet

    def __post_init__(self) -> None:
        from kecamatan_desk.ui.scratchpad import Scratchpad  # the door needs no SQL

        self.pad = Scratchpad(self.background, self.zone)

    def take_profile(self, profile: OfficeProfile) -> None:
        """Use the office's profile as it is stored now, in every screen and in the frame."""
        if profile != self.profile:
            self.profile = profile
            self.navigator.office_changed.emit(profile)

    @property
    def zone(self) -> ZoneInfo:
        """The office's own time."""
        return ZoneInfo(self.profile.zone)


class Screen(QWidget):
    """One entry of the rail."""

    TITLE = ""
    SHOWS_REQUESTS = False  # True: `show_request` works (found files open here)

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__()
        self.context = context
        self.background = context.background
        self.role = role  # the rail group it was opened from
        self.kind = kind  # of the entry: masuk, tanda-tangan, draf, tms, siap …
        self._stale = True
        self.setAccessibleName(self.TITLE)
        context.background.changed.connect(self._note_change)
        context.background.refused.connect(self._note_refusal)
        context.background.refused_to.connect(self._note_own_refusal)

    # What a screen overrides

    def reload(self) -> None:
        """Ask for the data again. Called when first shown and after every change."""

    def refusal(self, message: str, field: str | None) -> None:
        """Show a refusal at its field; the message bar says it already.

        Called while the screen is shown, and for what it asked itself wherever the user is by then:
        a deed that waits for its answer may be asked for again.
        """

    def deeds(self) -> Mapping[str, Callable[[], object]]:
        """Give key -> deed. By default a key presses the button that wears its cap.

        One that is off says why, where it can and no other wears the same cap.
        """
        capped = [b for b in self.findChildren(Button) if b.cap and b.isVisible()]
        told = {b.cap: b.refused.emit for b in capped if b.explains and not b.isEnabled()}
        return told | {b.cap: b.click for b in capped if b.isEnabled()}

    def show_request(self, request_id: int) -> None:
        """Show this request (only where SHOWS_REQUESTS)."""

    def show_line(self, line: Any) -> None:
        """Show this line of the book, a `LineHit` (only the book)."""

    def start_with(self, values: Any) -> None:
        """Begin a new request with these starting values (only the new-request form)."""

    def first_focus(self) -> QWidget | None:
        """Give the widget that has the focus when the screen is entered."""
        return None

    def help_topic(self) -> tuple[str, str] | None:
        """Give (service code, step code) of what is in hand, for F1."""
        return None

    def help_part(self) -> str:
        """Name the part in hand that has a help text of its own (see `help_texts.PARTS`)."""
        return ""

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """Give keys and what they do beside those of the help text."""
        return ()

    def leave(self) -> None:
        """Save what is being typed: the user goes elsewhere, locks or quits."""

    # Where one was, after a kill or at the next sign-in (see `returning`)

    def in_hand(self) -> dict[str, Any]:
        """Give what is in hand as JSON can hold it; ``request`` and ``version`` of a request.

        Empty: nothing but the screen itself.
        """
        return {}

    def go_back_to(self, hand: Mapping[str, Any]) -> None:
        """Take up again what `in_hand` gave."""
        if self.SHOWS_REQUESTS and hand.get("request"):
            self.show_request(int(hand["request"]))

    def has_arrived(self, hand: Mapping[str, Any]) -> bool:
        """Tell whether what `go_back_to` asked for is shown."""
        return self.in_hand().get("request") == hand.get("request")

    def settle_in(self, hand: Mapping[str, Any]) -> None:
        """Turn to the page one was on; afterwards the cursor is put into its field."""

    def words_in_hand(self) -> str:
        """Name what is in hand, as `berkas 26-000123-K`."""
        return ""

    # What a screen uses

    def say(self, text: str, way_out: WayOut | None = None) -> None:
        """Tell what was done."""
        self.context.messages.said.emit(text, way_out)

    def complain(self, text: str, way_out: WayOut | None = None) -> None:
        """Tell what is missing or refused, and the way on."""
        self.context.messages.complained.emit(text, way_out)

    def settle(self) -> None:
        """Take back a refusal still shown: what it was about is over."""
        self.context.messages.settled.emit()

    def open_request(self, request_id: int) -> None:
        self.context.navigator.request_asked.emit(request_id)

    def open_entry(self, role: Role | None, kind: str) -> None:
        self.context.navigator.entry_asked.emit(role, kind)

    def open_new_request(self, values: Any = None) -> None:
        self.context.navigator.new_request_asked.emit(values)

    # Wiring

    @Slot()
    def _note_change(self) -> None:
        if self.isVisible():
            self._stale = False
            self.reload()
        else:
            self._stale = True

    @Slot(str, object)
    def _note_refusal(self, message: str, field: str | None) -> None:
        if self.isVisible():
            self.refusal(message, field)

    @Slot(object, str, object)
    def _note_own_refusal(self, asker: QObject, message: str, field: str | None) -> None:
        """Take a refusal that came after the screen was left or covered."""
        owner: QObject | None = asker
        while owner is not None and owner is not self:
            owner = owner.parent()
        if owner is self and not self.isVisible():
            self.refusal(message, field)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()
