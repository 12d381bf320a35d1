"""The frame of a signed-in session: top bar, rail, the screens, the message bar, the keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.backup_watch import BackupWatch
from kecamatan_desk.ui.check_watch import CheckWatch
from kecamatan_desk.ui.chores import Chores
from kecamatan_desk.ui.cursor import field_in_hand, go_to_field
from kecamatan_desk.ui.help_page import HelpPage
from kecamatan_desk.ui.help_texts import help_of
from kecamatan_desk.ui.machine_watch import MachineWatch
from kecamatan_desk.ui.message_bar import MessageBar
from kecamatan_desk.ui.opening_files import OpeningGuard
from kecamatan_desk.ui.pages import Pages, WideArea
from kecamatan_desk.ui.parts import Button, row
from kecamatan_desk.ui.presence_prompt import PresenceGuard
from kecamatan_desk.ui.rail import Rail, Spot, spots_of
from kecamatan_desk.ui.returning import Returning
from kecamatan_desk.ui.screen import Screen, ScreenContext
from kecamatan_desk.ui.screens.deeds import place_to_go
from kecamatan_desk.ui.search_box import SearchBox
from kecamatan_desk.ui.services import service_short
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import finish_cell
from kecamatan_desk.ui.top_bar import TopBar, ribbon
from kecamatan_desk.usecases.entrance_values import Welcome
from kecamatan_desk.usecases.greeting import greeting
from kecamatan_desk.usecases.jobs import sop_sheet_pdf
from kecamatan_desk.usecases.line_hits import LineHit
from kecamatan_desk.usecases.lookups import opened_view
from kecamatan_desk.usecases.values import RequestView
from kecamatan_desk.usecases.worklist import entry_counts

KEYS = (*(f"F{number}" for number in range(1, 13)), "Ctrl+D", "Ctrl+J", "Ctrl+L", "Ctrl+T")
_MINUTE = 60_000  # ms
_BOOK = "buku"  # the entry where the book is
_SEARCH = "cari"  # the entry where files of every state are found


class Shell(QFrame):
    """One signed-in user's window.

    Signals:
        lock_asked: Ctrl+L; the sign-in page comes, this frame waits behind it.
    """

    lock_asked = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context
        self.setProperty("plane", "bg")
        self.rail = Rail(spots_of(context.user.roles))
        self.stack = Pages()
        self._nothing = QWidget()  # until the first counts say where the counter begins
        self.stack.addWidget(self._nothing)
        self.help_page = HelpPage()
        self.stack.addWidget(self.help_page)
        self.message_bar = MessageBar(context.messages)
        self.machine = MachineWatch(self, context, self.message_bar)
        self.backups = BackupWatch(self, context, self.message_bar)
        self.checks = CheckWatch(self, context)
        self._chores = Chores(self, context)
        self.warned = False  # a warning of the door is on the message bar
        self.presence = PresenceGuard(self, context.background, context.user.name)
        self.search = SearchBox(context.background, self)
        self.opening = OpeningGuard(self, context.background)
        self._top = TopBar(context, self.search)
        self.lock_button = self._top.lock_button
        self._screens: dict[int, Screen] = {}
        self._place = -1
        self._first = -1  # where the session began
        self._sheet_of = ""  # service of the SOP sheet being drawn
        self._field: Mapping[str, Any] = {}  # where the keyboard was when the desk was locked
        self._lent: tuple[str, Screen | None] = ("", None)  # a cap the message bar wears, and where
        self._lay_out()
        self._make_keys()
        self._connect()
        self._tick()
        self.returning = Returning(self)
        context.pad.load()  # before any request is asked for: its forms look there
        first = self._first_place()
        if first is not None:
            self._first = first
            self.go(first)
        self._count()
        self._chores.begin()
        self.machine.look()

    # Building

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if self.context.practice:
            layout.addWidget(ribbon())
        layout.addWidget(self._top)
        layout.addWidget(row(self.rail, (self._middle(), 1), gap=0), 1)
        layout.addWidget(self.message_bar)

    def _middle(self) -> QWidget:
        """The screens; with large text what does not fit can be scrolled to."""
        if not look().folded:
            return self.stack
        return WideArea(self.stack)

    def _make_keys(self) -> None:
        self._keys = QActionGroup(self)
        self._keys.setExclusive(False)
        for name in KEYS:
            action = QAction(self)
            action.setShortcut(QKeySequence(name))
            action.setData(name)
            self._keys.addAction(action)
            self.addAction(action)

    def _connect(self) -> None:
        context = self.context
        self._keys.triggered.connect(self._press)
        self.rail.chosen.connect(self._turn_to)
        self.rail.help_asked.connect(self.show_help)
        self.help_page.closed.connect(self._close_help)
        self.help_page.sheet_asked.connect(self._print_sop)
        self.search.found.connect(self._find)
        self.search.line_found.connect(self.open_line)
        self.lock_button.clicked.connect(self._lock)
        context.background.changed.connect(self._count)
        context.background.refused.connect(self._complain)
        context.background.busy.connect(self.message_bar.show_busy)
        self.message_bar.way_changed.connect(self._lend_caps)
        self.stack.currentChanged.connect(self._lend_caps)
        context.navigator.office_changed.connect(self._top.show_office)
        context.navigator.request_asked.connect(self.open_request)
        context.navigator.entry_asked.connect(self.open_entry)
        context.navigator.line_asked.connect(self.open_line)
        context.navigator.new_request_asked.connect(self.open_new_request)
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE // 6)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    # Going about

    @property
    def screen_shown(self) -> Screen | None:
        """The screen of the current entry, even while help lies over it."""
        return self._screens.get(self._place)

    @property
    def place(self) -> int:
        """The place of the current entry in the rail; -1 before there is one."""
        return self._place

    @property
    def moved(self) -> bool:
        """Whether the user has gone elsewhere than where the session began."""
        return self._place not in (-1, self._first)

    @property
    def title_shown(self) -> str:
        """What the current entry is called."""
        return self.rail.spots[self._place][1].title if self._place >= 0 else ""

    @Slot(int)
    def go(self, place: int) -> Screen | None:
        """Show the entry at this place of the rail."""
        if not 0 <= place < len(self.rail.spots):
            return None
        if place != self._place:
            self.leave()
        if place not in self._screens:
            role, entry = self.rail.spots[place]
            screen = entry.screen(self.context, role, entry.kind)
            self._screens[place] = screen
            self.stack.addWidget(screen)
        self._place = place
        screen = self._screens[place]
        self.opening.where = self.rail.spots[place][1].kind
        self.rail.mark(place)
        self.stack.setCurrentWidget(screen)
        first = screen.first_focus()
        (first or screen).setFocus()
        return screen

    @Slot(int)
    def _turn_to(self, place: int) -> None:
        """Go where the user chose to; what was refused elsewhere does not follow him."""
        self.message_bar.settle()
        self.go(place)

    @Slot(int)
    def _find(self, request_id: int) -> None:
        self.context.background.query(self._show_found, opened_view, request_id)

    def _show_found(self, view: RequestView) -> None:
        """Show a file found by search where the user can do its next deed, else at Cari Berkas.

        A list of waiting files would show him a file that waits elsewhere without its papers.
        """
        way = place_to_go(view)
        places = [n for n, (role, entry) in self._showing if way == (role, entry.kind)]
        places += self._searching
        if places:
            self.go(places[0])
        self.open_request(view.id)

    @property
    def _searching(self) -> list[int]:
        """The place of Cari Berkas, where the user has it."""
        return [n for n, (_role, entry) in self._showing if entry.kind == _SEARCH]

    @property
    def _showing(self) -> list[tuple[int, Spot]]:
        """Place, role and entry of the rail where requests can be shown."""
        return [
            (n, spot) for n, spot in enumerate(self.rail.spots) if spot[1].screen.SHOWS_REQUESTS
        ]

    @Slot(int)
    def open_request(self, request_id: int) -> None:
        """Show a request where the user may see it: here, else at Cari Berkas or his first list."""
        here = self.screen_shown
        places = self._searching + [place for place, _spot in self._showing]
        if here is not None and here.SHOWS_REQUESTS:
            places.insert(0, self._place)
        if not places:
            self.context.messages.complained.emit(
                "Berkas hanya dapat dibuka oleh petugas yang mengerjakannya. Tidak ada yang "
                "berubah; masuklah dengan peran itu.",
                None,
            )
            return
        screen = self.go(places[0])
        if screen is not None:
            screen.show_request(request_id)

    @Slot(object, str)
    def open_entry(self, role: Role | None, kind: str) -> None:
        """Go to the entry of a role (None: of any) with this kind."""
        for place, (owner, entry) in enumerate(self.rail.spots):
            if entry.kind == kind and role in (None, owner):
                self.go(place)
                return

    @Slot(object)
    def open_line(self, line: LineHit) -> None:
        """Show a letter without a file in the book, or tell where it stands who has no book."""
        places = [n for n, (_role, entry) in enumerate(self.rail.spots) if entry.kind == _BOOK]
        screen = self.go(places[0]) if places else None
        if screen is not None:
            screen.show_line(line)
            return
        day = f"{line.day:%d-%m-%Y}"
        self.context.messages.said.emit(
            f"Surat manual {line.letter_number} kepada {line.applicant}, perihal {line.subject}, "
            f"ada di buku register nomor {line.agenda} tanggal {day}.",
            None,
        )

    @Slot(object)
    def open_new_request(self, values: object) -> None:
        """Go to the new-request form, with these starting values."""
        screen = self._go_by_key("F2")
        if screen is not None and values is not None:
            screen.start_with(values)

    def leave(self) -> None:
        """Save what is being typed before the user goes elsewhere, locks or quits."""
        self.returning.note()
        finish_cell(self)
        if self.screen_shown is not None:
            self.screen_shown.leave()
        self.context.pad.flush()

    def end(self) -> None:
        """Save what is being typed: the window closes."""
        self.checks.stop()
        self.returning.end()
        self.leave()

    def step_out(self) -> None:
        """Note where the keyboard is: the desk goes behind the door."""
        self.context.printing.hold()
        self._field = field_in_hand(self.screen_shown) if self.screen_shown is not None else {}

    def resume(self) -> None:
        """Come back after the same user has unlocked, to the field he was in."""
        self.context.printing.go_on()
        field, self._field = self._field, {}
        screen = self.screen_shown
        if screen is not None and not (field and go_to_field(screen, field)):
            (screen.first_focus() or screen).setFocus()

    def greet(self, welcome: Welcome, *, again: bool) -> None:
        """Tell who has just come in what he must know; *again*: to a desk he had locked."""
        text, bad = greeting(welcome, self.context.zone, again=again)
        self.warned = bad
        if bad:
            self.context.messages.complained.emit(text, None)
        elif text:
            self.context.messages.said.emit(text, None)

    @Slot()
    def show_help(self) -> None:
        """F1: what the screen in hand is for, and the SOP page of the file in hand."""
        if self.stack.currentWidget() is self.help_page:
            self._close_help()
            return
        screen, entry = self.screen_shown, self.rail.spots[max(self._place, 0)][1]
        part, text = help_of(entry.class_name, screen.help_part() if screen else "")
        more = screen.help_keys() if screen else ()
        topic = screen.help_topic() if screen else None
        self.help_page.show_topic(topic, part or entry.title, text, more)
        self.stack.setCurrentWidget(self.help_page)
        self.help_page.back_button.setFocus()

    @Slot(str)
    def _print_sop(self, service: str) -> None:
        self._sheet_of = service_short(service)
        self.context.background.job(self._print_sheet, sop_sheet_pdf, service)

    def _print_sheet(self, pdf: bytes) -> None:
        self.context.printing.print_pdf(self, pdf, "sop", f"Lembar SOP {self._sheet_of}")

    @Slot()
    def _close_help(self) -> None:
        self.stack.setCurrentWidget(self.screen_shown or self._nothing)
        self.resume()

    # Keys

    @Slot(QAction)
    def _press(self, action: QAction) -> None:
        self.press(str(action.data()))

    def press(self, name: str) -> bool:
        """Do what a key means here; False when it means nothing."""
        finish_cell(self)
        own = {"F1": self.show_help, "F3": self.search.begin, "Ctrl+L": self._lock}
        if name in own:
            own[name]()
            return True
        way_out = self.message_bar.way_out
        if way_out is not None and way_out.cap == name:
            way_out.click()
            return True
        if name == "F7" and self.help_page.print_button.isVisible():
            self.help_page.print_button.click()
            return True
        screen = self.screen_shown
        if screen is not None and self.stack.currentWidget() is screen:
            deed = screen.deeds().get(name)
            if deed is not None:
                deed()
                return True
        return self._go_by_key(name) is not None

    @Slot()
    def _lend_caps(self) -> None:
        """Let the buttons of the screen wear no cap that the message bar's way out wears now."""
        way_out, screen = self.message_bar.way_out, self.screen_shown
        cap = way_out.cap if way_out is not None else ""
        if screen is None or (cap, screen) == self._lent:
            return
        self._lent = (cap, screen)
        for button in screen.findChildren(Button):
            button.lend_cap(lent=bool(cap) and button.cap == cap)

    def _go_by_key(self, name: str) -> Screen | None:
        for place, (_role, entry) in enumerate(self.rail.spots):
            if entry.key == name:
                return self.go(place)
        return None

    def _first_place(self) -> int | None:
        """Begin at a list of work; None at the counter alone, where the counts must tell."""
        spots = self.rail.spots
        heads = [n for n, (role, _e) in enumerate(spots) if not n or spots[n - 1][0] is not role]
        counted = [n for n in heads if spots[n][1].kind in FIRST_KINDS]
        if counted:
            return counted[0]
        if any(entry.kind == READY for _role, entry in spots):
            return None
        inner = [n for n, (_role, entry) in enumerate(spots) if entry.kind in FIRST_KINDS]
        return inner[0] if inner else 0

    def _begin_at_counter(self, counts: Mapping[tuple[Role, str], int]) -> None:
        """Begin at the letters somebody may be waiting for, else with a new request."""
        ready = [n for n, (_role, entry) in enumerate(self.rail.spots) if entry.kind == READY]
        waiting = [n for n in ready if counts.get((self.rail.spots[n][0], READY), 0)]
        self._first = waiting[0] if waiting else 0
        reading = self.stack.currentWidget() is self.help_page
        self.go(self._first)
        if reading:  # who asked for help meanwhile goes on reading
            self.show_help()

    # Answers

    @Slot()
    def _count(self) -> None:
        self.context.background.query(self._show_counts, entry_counts)

    def _show_counts(self, counts: Mapping[tuple[Role, str], int]) -> None:
        self.rail.show_counts(counts)
        self._chores.go_on()  # beside the first list: the counter does not wait for it
        if self._place < 0:
            self._begin_at_counter(counts)

    @Slot(str, object)
    def _complain(self, message: str, _field: object) -> None:
        self.message_bar.complain(message)

    @Slot()
    def _lock(self) -> None:
        self.leave()
        self.lock_asked.emit()

    @Slot()
    def _tick(self) -> None:
        self._top.show_time(datetime.now(self.context.zone))


#: Kinds a session begins with; and the one of the counter.
FIRST_KINDS = ("masuk", "tanda-tangan")
READY = "siap"
