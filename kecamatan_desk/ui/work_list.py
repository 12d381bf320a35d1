"""The work list: what waits, the most urgent first, three lines a file."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import (
    QModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QVBoxLayout,
    QWidget,
)

from kecamatan_desk.ui import theme
from kecamatan_desk.ui.format import ChipLook, row_chip, service_line, ticked
from kecamatan_desk.ui.list_rows import RowDelegate
from kecamatan_desk.ui.paint import chip_width, paint_chip, write
from kecamatan_desk.ui.parts import label, row
from kecamatan_desk.ui.services import service_short
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel
from kecamatan_desk.ui.theme import S2, S3, S4
from kecamatan_desk.usecases.values import WaitingRequest

LOADING = "Memuat \u2026"  # until the first answer: an emptiness nobody has counted is not said
_TICK = 10_000  # ms; chips count whole minutes


def _spoken(request: WaitingRequest) -> str:
    line = service_line(request, service_short(request.service))
    return f"{request.applicant}, {line}, {row_chip(request, request.clock).text}"


class _Rows(RowDelegate):
    """Who (whole width); which service, with the chip; masked NIK, letter number or code.

    A file of an earlier year says so in the second line, which then has the whole width.
    """

    HEIGHT = theme.H_LIST_ROW
    AIR = 7

    def __init__(self, view: WorkList) -> None:
        super().__init__(view)
        self._view = view

    def write_record(self, painter: QPainter, inner: QRect, request: WaitingRequest) -> None:
        px = look().px
        high = inner.height() // 3
        name = QRect(inner.left(), inner.top(), inner.width(), high)
        write(painter, name, request.applicant, kind="bodyb", elide=Qt.TextElideMode.ElideMiddle)
        chip = self._view.chip(request)
        taken = chip_width(chip)
        left = inner.right() - taken + 1
        # where the second line needs its whole width the chip goes down beside the third
        down = px(14) if request.carried else px(S2)
        paint_chip(painter, left, inner.top() + high + down, chip)
        narrow = inner.width() - taken - px(S2)
        lines = (
            (service_line(request, service_short(request.service)), "text"),
            (request.letter_number or request.nik_masked or request.file_code, "muted"),
        )
        for number, (text, ink) in enumerate(lines, start=1):
            whole = number == 1 and request.carried
            wide = inner.width() if whole else narrow
            write(
                painter,
                QRect(inner.left(), inner.top() + number * high, wide, high),
                text,
                kind="caption",
                ink=ink,
                elide=Qt.TextElideMode.ElideRight,
            )


class WorkList(QListView):
    """The list itself. Holds on to the chosen file when the list is loaded again.

    Signals:
        chosen: Another `WaitingRequest` is current, or None when the list is empty.
        opened: Enter or a double click on a `WaitingRequest`.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown_at = monotonic()
        self._current: WaitingRequest | None = None
        self.records = RecordTableModel((Column(name, _spoken, tip=True),), self)
        self.setModel(self.records)
        self.setItemDelegate(_Rows(self))
        self.setAccessibleName(name)
        self.setObjectName("work-list")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._note_current)
        self.activated.connect(self._open)
        timer = QTimer(self)
        timer.timeout.connect(self._tick)
        timer.start(_TICK)

    @property
    def requests(self) -> Sequence[WaitingRequest]:
        """What the list holds."""
        return self.records.records

    @property
    def current(self) -> WaitingRequest | None:
        """The chosen file."""
        return self._current

    def show_requests(self, requests: Sequence[WaitingRequest]) -> None:
        """Replace the list. The chosen file stays chosen; has it left, the one in its place is."""
        before, place = self._current, max(self.currentIndex().row(), 0)
        self._shown_at = monotonic()
        blocked = self.selectionModel().blockSignals(True)
        self.records.show_records(requests)
        self.selectionModel().blockSignals(blocked)
        self._current = None
        wanted = [row for row, one in enumerate(requests) if before and one.id == before.id]
        place = wanted[0] if wanted else min(place, len(requests) - 1)
        if place >= 0:
            self.setCurrentIndex(self.records.index(place, 0))
        else:
            self._choose(None)

    def select(self, request_id: int) -> bool:
        """Choose a file by its id; False when the list does not hold it."""
        for place, request in enumerate(self.requests):
            if request.id == request_id:
                self.setCurrentIndex(self.records.index(place, 0))
                return True
        return False

    def chip(self, request: WaitingRequest) -> ChipLook:
        """Give the chip as it reads now."""
        return row_chip(request, ticked(request.clock, monotonic() - self._shown_at))

    @Slot()
    def _tick(self) -> None:
        self.viewport().update()

    @Slot(QModelIndex, QModelIndex)
    def _note_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._choose(current.data(RECORD_ROLE) if current.isValid() else None)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(RECORD_ROLE))

    def _choose(self, request: WaitingRequest | None) -> None:
        self._current = request
        self.chosen.emit(request)


class WorkPane(QFrame):
    """The list with its heading, and a sentence where it is empty. Hidden when the frame folds."""

    def __init__(
        self,
        title: str,
        note: str = "mendesak di atas",
        empty: str = "Tidak ada yang menunggu.",
        width: int = theme.W_LIST,
    ) -> None:
        super().__init__()
        self.list = WorkList(title)
        self._note_text = note
        self.note = label(note, "caption", "muted")
        head = row(
            label(title, "head"),
            None,
            self.note,
            pad=(S4, 0, S3, 0),
            plane="surface",
            edge="bottom",
        )
        head.setFixedHeight(look().px(40))
        self._empty_text = empty
        self._empty_words = label(LOADING, ink="muted", wrap=True)
        self._empty = row(self._empty_words, pad=(S4, S4, S4, 0))
        self.setProperty("plane", "surface")
        self.setProperty("edge", "right")
        self.setFixedWidth(look().px(width))
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(head)
        layout.addWidget(self._empty)
        layout.addWidget(self.list, 1)
        self.note.setText("")  # nobody has counted yet

    def show_requests(self, requests: Sequence[WaitingRequest]) -> None:
        """Replace the list (see `WorkList.show_requests`)."""
        self._empty_words.setText(self._empty_text)
        self._empty.setVisible(not requests)
        self.note.setText(self._note_text if requests else "0 berkas")
        self.list.show_requests(requests)
