"""F3: one field that finds files by name, NIK, number, or a scanned code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.domain.proof import LONGEST
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.format import status_word
from kecamatan_desk.ui.icon_field import IconField
from kecamatan_desk.ui.list_rows import RowDelegate
from kecamatan_desk.ui.paint import text_width, write
from kecamatan_desk.ui.parts import key, label
from kecamatan_desk.ui.services import service_short
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel
from kecamatan_desk.ui.theme import S2, S3, S4
from kecamatan_desk.usecases.line_hits import LineHit
from kecamatan_desk.usecases.values import SearchHit
from kecamatan_desk.usecases.worklist import search

_PATIENCE = 250  # ms after the last letter
_LEAST = 3  # letters before searching by itself
_LONG = 40  # letters of it that are repeated where nothing was found
_SHOWN = 8  # rows in sight


def spoken_hit(hit: SearchHit) -> str:
    """Say what was found: who, which service, how it stands."""
    if isinstance(hit, LineHit):
        return f"{hit.applicant}, surat manual {hit.agenda}, {hit.subject}"
    return f"{hit.applicant}, {service_short(hit.service)}, {status_word(hit.status)}"


class _Hits(RowDelegate):
    """Name and status; service, code, masked NIK."""

    def write_record(self, painter: QPainter, inner: QRect, hit: SearchHit) -> None:
        px = look().px
        half = inner.height() // 2
        manual = isinstance(hit, LineHit)
        state = "surat manual" if manual else status_word(hit.status)
        taken = text_width(state, "captionb")
        name = QRect(inner.left(), inner.top(), inner.width() - taken - px(S3), half)
        middle = Qt.TextElideMode.ElideMiddle
        write(painter, name, hit.applicant, kind="bodyb", elide=middle)
        right = QRect(inner.right() - taken, inner.top(), taken + 2, half)
        write(painter, right, state, kind="captionb", ink="muted")
        number = hit.letter_number or hit.file_code
        if isinstance(hit, LineHit):
            line = f"{hit.agenda}   ·   {number}   ·   {hit.subject}"
        else:
            line = f"{service_short(hit.service)}   ·   {number}   ·   {hit.nik_masked}"
        below = QRect(inner.left(), inner.top() + half, inner.width(), half)
        line += f"   ·   {short_date(hit.created_at.date())}"
        right_elide = Qt.TextElideMode.ElideRight
        write(painter, below, line, kind="caption", ink="muted", elide=right_elide)


class _Field(IconField):
    """As wide as the words it invites with, narrower where a long name needs the room."""

    def sizeHint(self) -> QSize:
        return QSize(look().px(260 if look().folded else 420), super().sizeHint().height())


class SearchBox(QWidget):
    """The field, and the found files below it. A scanner types and presses Enter.

    Signals:
        found: The id of the chosen request.
        line_found: A letter without a file is chosen (a `LineHit`).
    """

    found = Signal(int)
    line_found = Signal(object)

    def __init__(self, background: Background, overlay: QWidget) -> None:
        """*overlay* is the widget the list of hits is drawn over (the shell)."""
        super().__init__()
        self._background = background
        self._entered = False
        self.field = _Field("search")
        self.field.setPlaceholderText("Cari nama, NIK, nomor, atau pindai kode …")
        self.field.setAccessibleName("Cari, F3")
        self.field.setObjectName("search")
        self.field.setMaxLength(LONGEST)  # a scanner types a letter's whole code
        self.field.setMinimumWidth(look().px(260))
        self.hits = RecordTableModel((Column("Berkas", spoken_hit, tip=True),), self)
        self.list = QListView()
        self.list.setModel(self.hits)
        self.list.setItemDelegate(_Hits(self.list))
        self.list.setAccessibleName("Berkas yang ditemukan")
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = label("", ink="muted", wrap=True)
        self._panel = QFrame(overlay)
        self._panel.setProperty("card", "true")
        inside = QVBoxLayout(self._panel)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        inside.addWidget(self.nothing)
        self._panel.hide()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(S2))
        layout.addWidget(self.field)
        layout.addWidget(key("F3"))
        self._wait.timeout.connect(self._search)
        self.field.textEdited.connect(self._note_typing)
        self.field.returnPressed.connect(self._enter)
        self.list.activated.connect(self._open)
        self.list.clicked.connect(self._open)
        self.field.installEventFilter(self)
        self.list.installEventFilter(self)

    @property
    def open(self) -> bool:
        """Whether the list of hits is shown."""
        return self._panel.isVisible()

    @Slot()
    def begin(self) -> None:
        """Go to the field; what stands in it is selected."""
        self.field.setFocus()
        self.field.selectAll()

    def close_hits(self) -> None:
        """Take the list away."""
        self._panel.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.open:
                self.close_hits()
                self.field.setFocus()
                return True
            if event.key() == Qt.Key.Key_Down and watched is self.field and self.open:
                self.list.setFocus()
                return True
        elif event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._look_for_focus)
        return super().eventFilter(watched, event)

    @Slot()
    def _look_for_focus(self) -> None:
        if not (self.field.hasFocus() or self.list.hasFocus()):
            self.close_hits()

    @Slot(str)
    def _note_typing(self, text: str) -> None:
        self._entered = False
        if len(text.strip()) >= _LEAST:
            self._wait.start()
        else:
            self._wait.stop()
            self.close_hits()

    @Slot()
    def _enter(self) -> None:
        """Enter opens the chosen hit, or searches; one hit alone opens by itself."""
        if self.open and self.hits.records and not self._wait.isActive():
            self._open(self.list.currentIndex())
            return
        self._entered = True
        self._search()

    @Slot()
    def _search(self) -> None:
        self._wait.stop()
        text = self.field.text().strip()
        if text:
            self._background.query(self._show_hits, search, text)

    def _show_hits(self, hits: Sequence[SearchHit]) -> None:
        if self._entered and len(hits) == 1:
            self._go_to(hits[0])
            return
        if not self.field.hasFocus():
            return
        self.hits.show_records(tuple(hits))
        self.list.setCurrentIndex(self.hits.index(0, 0))
        self.list.setVisible(bool(hits))
        self.nothing.setVisible(not hits)
        sought = self.field.text().strip()
        sought = f"{sought[:_LONG]}…" if len(sought) > _LONG else sought
        self.nothing.setText(
            f"Tidak ada berkas dengan “{sought}”. Coba sebagian nama, "
            "16 angka NIK, atau nomor berkas."
        )
        self.nothing.setContentsMargins(*([look().px(S4)] * 4))
        self._place_panel(len(hits))

    def _place_panel(self, count: int) -> None:
        overlay = self._panel.parentWidget()
        if overlay is None:
            return
        corner = self.field.mapTo(overlay, QPoint(0, self.field.height() + 4))
        rows = min(max(count, 1), _SHOWN)
        width = max(self.field.width(), look().px(480))
        self._panel.setGeometry(QRect(corner, QSize(width, rows * look().px(48) + 4)))
        if not count:
            self._panel.setFixedHeight(look().px(72))
        else:
            self._panel.setMinimumHeight(0)
            self._panel.setMaximumHeight(16_777_215)  # Qt's own largest size: no limit
        self._panel.raise_()
        self._panel.show()

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self._go_to(index.data(RECORD_ROLE))

    def _go_to(self, hit: SearchHit) -> None:
        self.close_hits()
        self.field.clear()
        self._entered = False
        if isinstance(hit, LineHit):
            self.line_found.emit(hit)
        else:
            self.found.emit(hit.id)
