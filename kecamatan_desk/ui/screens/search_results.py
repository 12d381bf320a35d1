"""Cari Berkas: files of every state, found by name, NIK or number, and what may be done with them.

F3 opens found files here too. The step's own deed is done where the step is worked on (F5);
here a file is read, put right, printed again, or ended.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QRect,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.domain.proof import LONGEST
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.format import status_chip
from kecamatan_desk.ui.list_rows import RowDelegate
from kecamatan_desk.ui.paint import write
from kecamatan_desk.ui.parts import col, heading, label, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.closed_file import ClosedFile
from kecamatan_desk.ui.screens.deed_screen import DeedScreen
from kecamatan_desk.ui.screens.deeds import place_to_go
from kecamatan_desk.ui.screens.empty_place import EmptyPlace
from kecamatan_desk.ui.screens.request_panel import HISTORY, RequestPanel
from kecamatan_desk.ui.search_box import spoken_hit
from kecamatan_desk.ui.services import service_short
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel
from kecamatan_desk.ui.theme import S1, S3, S4
from kecamatan_desk.usecases.line_hits import LineHit
from kecamatan_desk.usecases.lookups import view_or_hit
from kecamatan_desk.usecases.values import RequestView, SearchHit
from kecamatan_desk.usecases.worklist import search
from kecamatan_desk.workflows.engine import Status

_PATIENCE = 250  # ms after the last letter
_LEAST = 3  # letters before searching by itself
_ENDED = "Berkas ini sudah berakhir; salinan dan ralat pada tab Surat, slip pada tab Lembar."
_TEACH = (
    "Cari berkas",
    "Ketik nama, NIK, kode berkas atau nomor surat, atau pindai tanda terima. Berkas yang sudah "
    "selesai, ditolak atau batal juga ditemukan.",
)


class _Hits(RowDelegate):
    """Who; which service, how it stands and since when; number."""

    HEIGHT = theme.H_LIST_ROW
    AIR = 7

    def write_record(self, painter: QPainter, inner: QRect, hit: SearchHit) -> None:
        day = short_date(hit.created_at.date())
        if isinstance(hit, LineHit):
            lines = (
                (hit.applicant, "bodyb", "text"),
                (f"Surat manual {hit.agenda}, {hit.state_words}   ·   {day}", "caption", "text"),
                (f"{hit.letter_number}   ·   {hit.subject}", "caption", "muted"),
            )
            self._write_lines(painter, inner, lines)
            return
        how = f"{service_short(hit.service)}, {status_chip(hit.status)}   ·   {day}"
        lines = (
            (hit.applicant, "bodyb", "text"),
            (how, "caption", "text"),
            (hit.letter_number or hit.file_code, "caption", "muted"),
        )
        self._write_lines(painter, inner, lines)

    def _write_lines(
        self, painter: QPainter, inner: QRect, lines: Sequence[tuple[str, str, str]]
    ) -> None:
        high = inner.height() // 3
        for number, (text, kind, ink) in enumerate(lines):
            line = QRect(inner.left(), inner.top() + number * high, inner.width(), high)
            elide = Qt.TextElideMode.ElideRight if number else Qt.TextElideMode.ElideMiddle
            write(painter, line, text, kind=kind, ink=ink, elide=elide)


class SearchScreen(DeedScreen):
    """A field, what was found, and the file itself."""

    TITLE = "Cari Berkas"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.field = QLineEdit()
        self.field.setObjectName("search-field")
        self.field.setAccessibleName("Cari berkas: nama, NIK, nomor, atau kode")
        self.field.setPlaceholderText("nama, NIK, nomor …")
        self.field.setMaxLength(LONGEST)  # a scanner types a letter's whole code
        self.hits = RecordTableModel((Column("Berkas", spoken_hit, tip=True),), self)
        self.list = QListView()
        self.list.setModel(self.hits)
        self.list.setItemDelegate(_Hits(self.list))
        self.list.setAccessibleName("Berkas yang ditemukan")
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = label("", ink="muted", wrap=True)
        self.panel = RequestPanel(context)
        self.empty = EmptyPlace("search")
        self.empty.show_words(*_TEACH)
        self.closed = ClosedFile()
        self.right = QStackedWidget()
        self.pane = self._left()
        self._shown: tuple[int, int] | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE)
        self._lay_out()
        self._connect()

    def _left(self) -> QFrame:
        pane = col(
            heading(self.TITLE),
            row((self.field, 1), pad=(S3, S3, S3, S1)),
            row((self.nothing, 1), pad=(S4, S1, S4, S1)),
            (self.list, 1),
            gap=0,
            plane="surface",
            edge="right",
        )
        pane.setFixedWidth(look().px(theme.W_LIST))
        return pane

    def _lay_out(self) -> None:
        self.work = QWidget()
        column = QVBoxLayout(self.work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panel, 1)
        column.addWidget(self.drawer)
        column.addWidget(self.bar)
        self.right.addWidget(self.empty)
        self.right.addWidget(self.work)
        self.right.addWidget(self.closed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.pane)
        layout.addWidget(self.right, 1)
        self.pane.setHidden(look().folded)

    def _connect(self) -> None:
        self.field.textEdited.connect(self._note_typing)
        self.field.returnPressed.connect(self._search)
        self._wait.timeout.connect(self._search)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.activated.connect(self._open)
        self.panel.loaded.connect(self._show)
        self.panel.head.counter.clicked.connect(self.toggle_list)
        self.bar.place_button.clicked.connect(self._go_to_place)
        self.closed.open_button.clicked.connect(self._open_closed)
        turns = (("Ctrl+PgDown", self.panel.next_page), ("Ctrl+PgUp", self.panel.previous_page))
        for keys, slot in turns:  # also from the field: the panel hears only what is inside it
            shortcut = QShortcut(QKeySequence(keys), self.pane)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self._let_tab_in()

    # What the shell asks

    def reload(self) -> None:
        if self.view is not None:
            self.panel.reload()

    def show_request(self, request_id: int) -> None:
        self.panel.load(request_id)

    def first_focus(self) -> QWidget | None:
        return self.field

    def help_topic(self) -> tuple[str, str] | None:
        view = self.view
        return (view.service, view.step or "") if view else None

    def refusal(self, message: str, field: str | None) -> None:
        super().refusal(message, field)
        self.panel.refuse(message, field)

    @Slot()
    def toggle_list(self) -> None:
        if self.field.hasFocus() or self.list.hasFocus():
            self.pane.setHidden(look().folded)
            self.focus_work()
        else:
            self.pane.show()
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.selectAll()

    # Searching

    @Slot(str)
    def _note_typing(self, text: str) -> None:
        if len(text.strip()) >= _LEAST:
            self._wait.start()
        else:
            self._wait.stop()

    @Slot()
    def _search(self) -> None:
        self._wait.stop()
        if text := self.field.text().strip():
            self.background.query(self._show_hits, search, text)

    def _show_hits(self, hits: Sequence[SearchHit]) -> None:
        self.hits.show_records(tuple(hits))
        self._let_tab_in()
        text = self.field.text().strip()
        what = "hasil" if any(isinstance(hit, LineHit) for hit in hits) else "berkas"
        found = f"{len(hits)} {what}" if len(hits) < 50 else f"{len(hits)} {what} pertama"
        self.nothing.setText(found if hits else f"Tidak ada berkas dengan “{text}”.")
        if hits:
            self.list.setCurrentIndex(self.hits.index(0, 0))

    def _let_tab_in(self) -> None:
        """An empty list is no place for the keyboard: nothing would show where it is."""
        some = self.hits.rowCount() > 0
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus if some else Qt.FocusPolicy.NoFocus)

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not current.isValid():
            return
        hit: SearchHit = current.data(RECORD_ROLE)
        if isinstance(hit, LineHit):
            self.empty.show_words(
                f"Surat manual {hit.agenda}",
                f"{hit.letter_number}, kepada {hit.applicant}, perihal {hit.subject}. Surat ini "
                "dibuat di luar program, jadi tidak mempunyai berkas; Enter membuka barisnya di "
                "Buku Register.",
            )
            self.right.setCurrentWidget(self.empty)
        else:
            self.background.query(self._look, view_or_hit, current.data(RECORD_ROLE).id)

    def _look(self, found: RequestView | SearchHit) -> None:
        """Show a file that is open; of another one what the search tells, until it is opened."""
        if self.list.currentIndex().data(RECORD_ROLE).id != found.id:
            return  # the user has gone on to another file meanwhile
        if isinstance(found, SearchHit):
            self.closed.show_hit(found)
            self.right.setCurrentWidget(self.closed)
        else:
            self.panel.load(found.id)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        hit: SearchHit = index.data(RECORD_ROLE)
        if isinstance(hit, LineHit):
            self.context.navigator.line_asked.emit(hit)
        elif self.right.currentWidget() is self.closed:
            self._open_closed()
        else:
            self.focus_work()

    @Slot()
    def _open_closed(self) -> None:
        if self.closed.hit is not None:
            self.panel.load(self.closed.hit.id)

    # The file

    @property
    def view(self) -> RequestView | None:
        return self.panel.view

    @Slot(object)
    def _show(self, view: RequestView) -> None:
        if self._shown != (view.id, view.version):
            if self._shown is None or self._shown[0] != view.id:
                self.panel.show_page(HISTORY)
            self._shown = (view.id, view.version)
            self.take_up()
        place = self.list.currentIndex().row() + 1
        self.panel.head.counter.set_words(f"{place} / {self.hits.rowCount()}")
        self.right.setCurrentWidget(self.work)
        self.show_deeds()

    def focus_work(self) -> None:
        if self.view is not None:
            self.panel.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_own_deeds(self, view: RequestView) -> None:
        self.bar.show_missing("")
        self.bar.show_request(view, "")
        self.bar.show_deed("")
        ended = view.status not in (Status.RUNNING, Status.FAILED, Status.DRAFT)
        self.bar.show_hint(_ENDED if ended else "")
        way = place_to_go(view)
        self.bar.show_place(f"Buka di {way[0].short}" if way else "")

    def deed(self) -> None:
        """F12 means nothing here: the step's deed has its own place."""

    @Slot()
    def _go_to_place(self) -> None:
        view = self.view
        way = place_to_go(view) if view else None
        if view is not None and way is not None:
            self.open_entry(*way)
            self.open_request(view.id)
