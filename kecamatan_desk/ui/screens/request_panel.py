"""One request whole: who and what, the SOP as a picture, and its pages as tabs.

    self.panel = RequestPanel(context)
    self.panel.loaded.connect(self._show)         # the RequestView that is shown now
    self.panel.add_page("serah", "Serah terima", self.form)     # a page of the screen's own, first
    self.panel.set_open_to_answers(True)          # the checklist takes keys; else it only shows
    self.panel.load(waiting.id)                   # asks the worker; None empties the panel
    self.panel.reload()                           # from the screen's own reload()
    self.panel.set_compact(True)                  # the SOP as one lane where the window is low
    self.panel.show_page("surat")     # ceklis, sop (folded), data, surat, lembar, lampiran, riwayat
    if self.panel.refuse(message, field): ...     # from the screen's refusal(): shown at its field

The panel only shows, puts data right (*Perbaiki data*), prints letter and slips (F7 on their tabs)
and does what else a letter allows (copy, fit, other paper or signatory, ralat). What F12 does
belongs to the screen; ``panel.view`` tells version and allowed acts. Letter, slips, scans and
history are loaded and built when one first turns to them: most files pass without.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kecamatan_desk.ui.checklist import Checklist, kind_hint
from kecamatan_desk.ui.pages import TabStrip
from kecamatan_desk.ui.parts import col, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.data_page import DataPage
from kecamatan_desk.ui.screens.request_head import RequestHead
from kecamatan_desk.ui.services import service_of
from kecamatan_desk.ui.sop_picture import SopPicture
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4, S5
from kecamatan_desk.usecases.lookups import opened_view, view_or_hit
from kecamatan_desk.usecases.values import Answer, RequestView, SearchHit

if TYPE_CHECKING:  # loaded when one turns to them
    from kecamatan_desk.ui.screens.attachments_page import AttachmentsPage
    from kecamatan_desk.ui.screens.history_page import HistoryPage
    from kecamatan_desk.ui.screens.letter_page import LetterPage
    from kecamatan_desk.ui.screens.slips_page import SlipsPage

_LOW = 760  # px at 100 %: lower than that a form beside all lanes has too little room
_LEAST = 180  # px at 100 %: a folded panel lower than that shows its head alone
CHECKLIST, SOP, DATA, LETTER, SLIPS, SCANS, HISTORY = (
    "ceklis",
    "sop",
    "data",
    "surat",
    "lembar",
    "lampiran",
    "riwayat",
)
#: Pages that are loaded and built when one first turns to them: key -> title and attribute.
_LATER = {
    LETTER: ("Surat", "letter"),
    SLIPS: ("Lembar", "slips"),
    SCANS: ("Lampiran", "scans"),
    HISTORY: ("Riwayat", "history"),
}
Built = TypeVar("Built", "LetterPage", "SlipsPage", "AttachmentsPage", "HistoryPage")


def _follow(before: QWidget, page: QWidget) -> None:
    """Let Tab go from one widget into a page built later: Qt puts what comes late at the end."""
    inside = []  # first all of them: moving one takes its own parts along
    one = page.nextInFocusChain()
    while one is not None and page.isAncestorOf(one):
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            inside.append(one)
        one = one.nextInFocusChain()
    for following in inside:
        QWidget.setTabOrder(before, following)
        before = following


class RequestPanel(QWidget):
    """The right side of every work place (see the module's text for its use).

    Signals:
        loaded: A `RequestView` has come from the worker and is shown.
        answered: The user answered a line of the checklist.
    """

    loaded = Signal(object)
    answered = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._wanted: int | None = None
        self._open_to_answers = False
        self.view: RequestView | None = None
        self.head = RequestHead(context)
        self.picture = SopPicture()
        self.strip = SopPicture(strip=True)
        self._compact = False
        self.checklist = Checklist()
        self.data = DataPage(context)
        self.tabs = TabStrip()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName("Bagian berkas; Ctrl+Page Down ke bagian berikutnya")
        self.pages = QStackedWidget()
        self.pages.setMinimumHeight(look().px(72))  # gives way to a drawer below
        self.setAcceptDrops(True)  # a scan may be dropped on any page
        self._keys: list[str] = []
        self._built: dict[str, LetterPage | SlipsPage | AttachmentsPage | HistoryPage] = {}
        self._hint = kind_hint()
        self._lay_out()
        self.checklist.set_read_only(True)
        self.checklist.answered.connect(self._note_answer)
        self.data.editing.connect(self._note_editing)
        self.tabs.currentChanged.connect(self._turn)
        for keys, slot in (("Ctrl+PgDown", self.next_page), ("Ctrl+PgUp", self.previous_page)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _lay_out(self) -> None:
        folded = look().folded
        self.add_page(CHECKLIST, "Ceklis", self.checklist, first=False)
        self._picture_card = col(self.picture, self.strip, gap=0, pad=(1, 1, 1, 1), card="true")
        self.strip.hide()
        if folded:
            self.add_page(SOP, "SOP", self._picture_card, first=False)
        self.add_page(DATA, "Data", self.data, first=False)
        for key, (title, _) in _LATER.items():
            self.add_page(key, title, QWidget(), first=False)
        strip = row((self.tabs, 1), self._hint, pad=(S2, 0, S4, 0), edge="bottom")
        self._card = card = col(strip, (self.pages, 1), gap=0, pad=(1, 0, 1, 1), card="true")
        body = col(self.head, gap=S3, pad=(S5, S4, S5, S3), plane="bg")
        inner = body.layout()
        if not folded and isinstance(inner, QVBoxLayout):
            inner.addWidget(self._picture_card)
        if isinstance(inner, QVBoxLayout):
            inner.addWidget(card, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(body)
        self._hint.hide()
        self.show_page(CHECKLIST)

    # Pages built when one first turns to them

    @cached_property
    def letter(self) -> LetterPage:
        """The tab Surat."""
        from kecamatan_desk.ui.screens.letter_page import LetterPage

        return self._put(LETTER, LetterPage(self._context))

    @cached_property
    def slips(self) -> SlipsPage:
        """The tab Lembar."""
        from kecamatan_desk.ui.screens.slips_page import SlipsPage

        return self._put(SLIPS, SlipsPage(self._context))

    @cached_property
    def scans(self) -> AttachmentsPage:
        """The tab Lampiran."""
        from kecamatan_desk.ui.screens.attachments_page import AttachmentsPage

        return self._put(SCANS, AttachmentsPage(self._context))

    @cached_property
    def history(self) -> HistoryPage:
        """The tab Riwayat."""
        from kecamatan_desk.ui.screens.history_page import HistoryPage

        return self._put(HISTORY, HistoryPage(self._context))

    def _put(self, key: str, page: Built) -> Built:
        """Put a page where nothing has stood for it, with the file that is shown."""
        at = self._keys.index(key)
        nothing = self.pages.widget(at)
        assert nothing is not None
        self.pages.removeWidget(nothing)
        nothing.deleteLater()
        self.pages.insertWidget(at, page)
        _follow(self.tabs, page)
        self._built[key] = page
        if self.view is not None:
            page.show_request(self.view)
        return page

    def _build(self, key: str) -> None:
        """See that the page one turns to is there."""
        if key in _LATER:
            getattr(self, _LATER[key][1])

    # What a screen asks and shows

    def load(self, request_id: int | None) -> None:
        """Ask for a request and show it; None empties the panel."""
        self._wanted = request_id
        if request_id is None:
            self.view = None
            return
        self._context.background.query(self._take, opened_view, request_id)

    def reload(self) -> None:
        """Ask again for the request shown; one that is open no more stays as it was."""
        if self._wanted is not None and self.view is not None and self.view.id == self._wanted:
            self._context.background.query(self._take_again, view_or_hit, self._wanted)
        else:
            self.load(self._wanted)

    def _take_again(self, found: RequestView | SearchHit) -> None:
        if isinstance(found, RequestView):
            self._take(found)

    def add_page(self, key: str, title: str, page: QWidget, first: bool = True) -> None:
        """Add a page under *key*, before the others or after them."""
        place = 0 if first else len(self._keys)
        self._keys.insert(place, key)
        self.pages.insertWidget(place, page)
        self.tabs.insertTab(place, title)

    def show_page(self, key: str) -> None:
        """Turn to a page."""
        self.tabs.setCurrentIndex(self._keys.index(key))

    def set_page_visible(self, key: str, visible: bool) -> None:
        """Take a tab away or bring it back."""
        self.tabs.setTabVisible(self._keys.index(key), visible)

    def set_title(self, key: str, title: str) -> None:
        """Name a tab anew."""
        self.tabs.setTabText(self._keys.index(key), title)

    @property
    def page(self) -> str:
        """The key of the page that is shown."""
        return self._keys[self.tabs.currentIndex()]

    def set_open_to_answers(self, is_open: bool) -> None:
        """Let the checklist take answers, or only show them."""
        self._open_to_answers = is_open
        self.checklist.set_read_only(not is_open)
        self._hint.setVisible(self._shows_hint())

    def set_compact(self, compact: bool) -> None:
        """Draw the SOP as one lane where the window is low: a form or a letter needs the room."""
        self._compact = compact
        self._fit_picture()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_picture()
        self._card.setHidden(look().folded and self.height() < look().px(_LEAST))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.view is not None:
            self.scans.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.show_page(SCANS)
        self.scans.dropEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Large text in a small window: an open drawer may push the pages away, not the head."""
        size = super().minimumSizeHint()
        return QSize(size.width(), look().px(96)) if look().folded else size

    def _fit_picture(self) -> None:
        paper = self.page in (LETTER, SLIPS, SCANS)  # a page needs the room as a form does
        strip = (self._compact or paper) and self.height() < look().px(_LOW)
        self.picture.setHidden(strip)
        self.strip.setHidden(not strip)

    def answers(self) -> tuple[Answer, ...]:
        """Give the checklist's answers so far."""
        return self.checklist.answers()

    def place(self) -> dict[str, Any]:
        """Give the page and the paper one is at, to come back to them."""
        list_ = self.checklist
        row, writing = list_.currentIndex().row(), list_.open_row >= 0
        return {"page": self.page, "row": row, "writing": writing}

    def go_to_place(self, place: Mapping[str, Any]) -> None:
        """Turn to the page and the paper `place` gave, as far as they are offered."""
        page = str(place.get("page", ""))
        if page in self._keys and self.tabs.isTabVisible(self._keys.index(page)):
            self.show_page(page)
        if self.page == CHECKLIST:
            self.checklist.go_to_row(int(place.get("row", -1)), bool(place.get("writing")))

    def refuse(self, message: str, field: str | None) -> bool:
        """Show a refusal at its field; False when it belongs to no field here."""
        if self.data.is_editing and self.data.refuse(message, field):
            self.show_page(DATA)
            return True
        if LETTER in self._built and self.letter.refuse(message, field):
            self.show_page(LETTER)
            return True
        return False

    def focus_checklist(self) -> None:
        """Go to the checklist."""
        self.show_page(CHECKLIST)
        self.checklist.setFocus(Qt.FocusReason.OtherFocusReason)

    # Wiring

    def _take(self, view: RequestView) -> None:
        if view.id != self._wanted:
            return  # the user has gone on to another file meanwhile
        before, self.view = self.view, view
        same = before is not None and (before.id, before.version) == (view.id, view.version)
        self.head.show_request(view)
        self._show_picture(view)
        if not (same and self._open_to_answers):  # answers being given stay
            self.checklist.show_lines(view.checklist)
        self.data.show_request(view)
        for page in self._built.values():
            page.show_request(view)
        self._count_answers()
        self.loaded.emit(view)

    def _show_picture(self, view: RequestView) -> None:
        service = service_of(view.service)
        if service is not None:
            for picture in (self.picture, self.strip):
                picture.show_steps(service.lanes, view.steps, view.clock.running)

    @Slot(bool)
    def _note_editing(self, editing: bool) -> None:
        self.set_title(DATA, "Data (belum disimpan)" if editing else "Data")

    @Slot()
    def _note_answer(self) -> None:
        self._count_answers()
        self.answered.emit()

    def _count_answers(self) -> None:
        done, of = self.checklist.progress()
        self.set_title(CHECKLIST, f"Ceklis  {done}/{of}" if of else "Ceklis")

    @Slot(int)
    def _turn(self, place: int) -> None:
        self._build(self.page)
        self.pages.setCurrentIndex(place)
        self._hint.setVisible(self._shows_hint())
        if LETTER in self._built:
            self.letter.set_on_screen(self.page == LETTER)
        if SLIPS in self._built:
            self.slips.set_on_screen(self.page == SLIPS)
        if SCANS in self._built:
            self.scans.set_on_screen(self.page == SCANS)
        self._fit_picture()

    def _shows_hint(self) -> bool:
        return self._open_to_answers and self.page == CHECKLIST and not look().folded

    @Slot()
    def next_page(self) -> None:
        """Turn to the page on the right; after the last comes the first."""
        self._step_page(1)

    @Slot()
    def previous_page(self) -> None:
        """Turn to the page on the left."""
        self._step_page(-1)

    def _step_page(self, by: int) -> None:
        count = self.tabs.count()
        place = (self.tabs.currentIndex() + by) % count
        while not self.tabs.isTabVisible(place):
            place = (place + by) % count
        self.tabs.setCurrentIndex(place)
        page = self.pages.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
