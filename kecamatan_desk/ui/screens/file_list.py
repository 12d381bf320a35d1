"""A list of files on the left, the one in hand on the right: the frame of several screens.

A subclass builds its work with `place_work`, gives `view` and `load_request`, and acts through
`DeedScreen`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.deed_screen import DeedScreen
from kecamatan_desk.ui.screens.empty_place import EmptyPlace
from kecamatan_desk.ui.screens.given_page import GivenPage
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.work_list import WorkPane
from kecamatan_desk.usecases.values import Receipt, WaitingRequest
from kecamatan_desk.usecases.worklist import work_list


class FileListScreen(DeedScreen):
    """List, request, drawer and deeds; an empty place that teaches; the number just given."""

    WIDTH = theme.W_LIST
    NOTE = "mendesak di atas"
    EMPTY = ("Tidak ada yang menunggu", "")  # title and text of the empty place
    ICON = "inbox"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.pane = WorkPane(self.TITLE, self.NOTE, width=self.WIDTH)
        self.right = QStackedWidget()
        self.empty = EmptyPlace(self.ICON)
        self.given = GivenPage()
        self.work = QWidget()
        self._go_to: int | None = None  # a file to show when the list has come
        self._visitor: int | None = None  # the file in hand, found by search, of another list
        self._taking = False  # the list is being replaced: the choice is made afterwards
        self._asked_for = False  # by name: found by search, or gone on with
        self._go_to_work = False  # put the keyboard on the work when the file is shown
        self.empty.show_words(*self.EMPTY)
        self.empty.await_answer()
        for page in (self.empty, self.work, self.given):
            self.right.addWidget(page)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.pane)
        layout.addWidget(self.right, 1)
        self.pane.setHidden(look().folded)
        self.pane.list.chosen.connect(self._choose)
        self.pane.list.opened.connect(self._open)
        self.pane.list.clicked.connect(self._click)
        self.given.over.connect(self.end_given)
        self.given.same_asked.connect(self.go_on_with_same)

    def place_work(self, *pieces: QWidget) -> None:
        """Lay the work out: the first piece takes the room, drawer and bar of deeds come last."""
        column = QVBoxLayout(self.work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for place, piece in enumerate(pieces):
            column.addWidget(piece, 0 if place else 1)
        column.addWidget(self.drawer)
        column.addWidget(self.bar)

    # What a subclass gives

    def ask_list(self) -> None:
        """Ask for the list; by default that of the entry."""
        self.background.query(self.take_list, work_list, self.role, self.kind)

    def load_request(self, request_id: int | None) -> None:
        """Ask for a request and show it; None: there is none."""
        raise NotImplementedError

    def work_widget(self) -> QWidget:
        """Give the widget the keyboard belongs to while a request is in hand."""
        raise NotImplementedError

    # What the shell asks

    def reload(self) -> None:
        self.ask_list()

    def show_request(self, request_id: int) -> None:
        self._go_to, self._go_to_work, self._asked_for = request_id, True, True
        self.end_given()
        self.reload()

    def first_focus(self) -> QWidget | None:
        return self.pane.list

    def help_topic(self) -> tuple[str, str] | None:
        view = self.view
        return (view.service, view.step or "") if view else None

    def focus_work(self) -> None:
        if self.right.currentWidget() is self.given:
            self.given.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.view is None:
            self.pane.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.work_widget().setFocus(Qt.FocusReason.OtherFocusReason)

    # The list

    def take_list(self, requests: Sequence[WaitingRequest]) -> None:
        """Show the list; the chosen file stays chosen, has it left, the one in its place is.

        A file of another list that was searched for stays in hand too.
        """
        if requests:  # the first of them is still to be read
            self.empty.await_answer()
        else:
            self.empty.know()
        wanted = self._visitor if self._go_to is None else self._go_to
        self._go_to = self._visitor = None
        self._taking = wanted is not None
        self.pane.show_requests(requests)
        self._taking = False
        if wanted is None:
            return
        if not any(request.id == wanted for request in requests):
            self.pane.list.setCurrentIndex(QModelIndex())  # found by search, of another list
            self._visitor = wanted
            self.load_request(wanted)
        elif self.pane.list.current is not None and self.pane.list.current.id == wanted:
            self.load_request(wanted)
        else:
            self.pane.list.select(wanted)

    @Slot(object)
    def _choose(self, request: WaitingRequest | None) -> None:
        if not self._taking:
            self._visitor = None
            self.load_request(request.id if request else None)
            if request is None:
                self.turn()

    @Slot(object)
    def _open(self, _request: WaitingRequest) -> None:
        """Enter in the list: the keyboard goes to the work."""
        self.end_given()
        self.focus_work()

    @Slot(QModelIndex)
    def _click(self, _index: QModelIndex) -> None:
        """A file chosen by mouse is worked on by keys at once."""
        self.end_given()
        self._go_to_work = True
        self.focus_work()

    @Slot()
    def toggle_list(self) -> None:
        if self.pane.list.hasFocus():
            self.pane.setHidden(look().folded)
            self.focus_work()
        else:
            self.pane.show()
            self.pane.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def moved_on(self, receipt: Receipt) -> None:
        self._visitor = None

    # The right side

    def turn(self) -> None:
        """Show the number just given, the work, or the empty place."""
        if self.right.currentWidget() is not self.given:
            self.right.setCurrentWidget(self.work if self.view is not None else self.empty)
        self.show_deeds()

    def take_up(self) -> None:
        """Begin with another file; the keyboard waits here while what held it is replaced."""
        if self.has_keyboard() and not self.pane.list.hasFocus():
            self._go_to_work = True
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        super().take_up()

    def arrive(self) -> None:
        """Put the keyboard on the work when a deed or a search has just brought this file."""
        here = self.has_keyboard() and (self._asked_for or not self.pane.list.hasFocus())
        if self._go_to_work and self.isVisible() and here:
            self.focus_work()
        self._go_to_work = self._asked_for = False

    def counter_words(self) -> str:
        """Give `3 / 7`: the place of the file in the list."""
        return f"{self.pane.list.currentIndex().row() + 1} / {len(self.pane.list.requests)}"

    def show_given(self) -> None:
        """Show the number just given in place of the work."""
        self.right.setCurrentWidget(self.given)
        self.given.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def end_given(self) -> None:
        """Go on with the next file."""
        if self.right.currentWidget() is self.given:
            self.right.setCurrentWidget(self.empty)
            self.turn()
            self.focus_work()
