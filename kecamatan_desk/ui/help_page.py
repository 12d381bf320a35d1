"""F1: the SOP page of the step in hand, and what every key does."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QGridLayout, QVBoxLayout, QWidget

from kecamatan_desk.ui.parts import Button, action_bar, card, col, key, label, row
from kecamatan_desk.ui.services import service_of
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S2, S3, S4, S5
from kecamatan_desk.workflows.vocabulary import Step

KEYS = (
    ("F1", "bantuan langkah ini"),
    ("F2", "permohonan baru"),
    ("F3", "cari berkas"),
    ("F4", "jeda"),
    ("F5", "buka berkas"),
    ("F6", "tolak atau batalkan (ditanya dulu)"),
    ("F7", "cetak"),
    ("F8", "kembalikan"),
    ("F9", "angka dan laporan"),
    ("F12", "perbuatan utama layar ini"),
    ("Ctrl+L", "kunci, orang lain masuk"),
    ("Ctrl+D", "daftar berkas"),
    ("Ctrl+PgDn", "bagian berkas berikutnya"),
    ("Ctrl+T", "tambah layanan"),
    ("Ctrl+J", "pakai saran"),
    ("1 2 3", "ceklis: ada, tidak ada, tidak diperlukan"),
    ("A F L", "ceklis: asli, fotokopi, legalisir; lalu angka: lembar"),
)
_KEY_COLUMNS = 3

_COLUMNS = (
    Column("Kegiatan", lambda step: step.activity),
    Column("Pelaksana", lambda step: step.actor.label, 150),
    Column("Kelengkapan", lambda step: step.requires, 190),
    Column("Menit", lambda step: str(step.minutes), 60, right=True),
    Column("Output", lambda step: step.output, 190),
)


class HelpPage(QFrame):
    """The sheet of the SOP with the step in hand chosen; Esc goes back.

    Signals:
        closed: Back to work.
        sheet_asked: The SOP sheet of this service (code) is to be printed.
    """

    closed = Signal()
    sheet_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._service = ""
        self.setProperty("plane", "bg")
        self.title = label("", "title", wrap=True)
        self.where = label("", ink="muted", wrap=True)
        self.model = RecordTableModel(_COLUMNS, self)
        self.table = record_table(self.model, "Langkah SOP")
        self.table.setWordWrap(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._fit = QTimer(self)  # rows are measured once the columns have their widths
        self._fit.setSingleShot(True)
        self._fit.setInterval(0)
        self._fit.timeout.connect(self.table.resizeRowsToContents)
        self.table.horizontalHeader().sectionResized.connect(self._fit_rows)
        self.back_button = Button("Kembali bekerja", "Esc", "primary", "arrow-left")
        self.print_button = Button("Cetak lembar SOP", "F7", "plain", "printer", name="print-sop")
        self._sheet = card(self.table, pad=(1, 1, 1, 1))
        self._room = QWidget()  # below the keys, while there is no sheet to take it
        body = col(
            self.title,
            self.where,
            (self._sheet, 1),
            label("Tombol", "bodyb"),
            _keys(),
            (self._room, 1),
            gap=S2,
            pad=(S5, S4, S5, S3),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(body, 1)
        layout.addWidget(action_bar(self.print_button, None, self.back_button))
        self.back_button.clicked.connect(self._close)
        self.print_button.clicked.connect(self._ask_sheet)

    def show_topic(self, topic: tuple[str, str] | None) -> None:
        """Show the SOP of (service code, step code); without one only the keys."""
        service = service_of(topic[0]) if topic else None
        self._service = service.code if service else ""
        self.print_button.setVisible(bool(service))
        steps: tuple[Step, ...] = service.steps if service else ()
        self.title.setText(service.title if service else "Bantuan")
        self._sheet.setVisible(bool(steps))
        self._room.setVisible(not steps)
        self.model.show_records(steps)
        self._fit.start()
        place = next((n for n, step in enumerate(steps) if topic and step.code == topic[1]), -1)
        if place >= 0:
            self.table.selectRow(place)
            self.where.setText(f"Sekarang langkah {place + 1} dari {len(steps)}.")
        else:
            self.where.setText("" if steps else "Pilih berkas lalu tekan F1 untuk membaca SOP-nya.")
        self.back_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _fit_rows(self) -> None:
        self._fit.start()

    @Slot()
    def _ask_sheet(self) -> None:
        self.sheet_asked.emit(self._service)

    @Slot()
    def _close(self) -> None:
        self.closed.emit()


def _keys() -> QWidget:
    frame = QWidget()
    grid = QGridLayout(frame)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(look().px(S3))
    grid.setVerticalSpacing(look().px(4))
    high = -(-len(KEYS) // _KEY_COLUMNS)
    for place, (cap, words) in enumerate(KEYS):
        line, side = place % high, place // high * 2
        grid.addWidget(row(key(cap), None, gap=0), line, side)
        grid.addWidget(label(words, "caption", wrap=True), line, side + 1)
        grid.setColumnStretch(side + 1, 1)
    return frame
