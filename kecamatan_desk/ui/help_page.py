"""F1: what this screen is for and what its keys do, and the SOP page of the step in hand."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QFrame,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from kecamatan_desk.ui.help_texts import ALWAYS, Help, Keys
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, action_bar, card, col, key, label, pic, row
from kecamatan_desk.ui.services import service_of
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S1, S2, S3, S4, S5
from kecamatan_desk.workflows.vocabulary import Step

_KEY_COLUMNS = 3
_CHOOSE = "Pilih berkas lalu tekan F1 untuk membaca SOP-nya."

_COLUMNS = (
    Column("Kegiatan", lambda step: step.activity),
    Column("Pelaksana", lambda step: step.actor.label, 150),
    Column("Kelengkapan", lambda step: step.requires, 190),
    Column("Menit", lambda step: str(step.minutes), 60, right=True),
    Column("Output", lambda step: step.output, 190),
)


class HelpPage(QFrame):
    """The screen's own text, the sheet of the SOP with the step in hand chosen; Esc goes back.

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
        self.name = label("", "bodyb")
        self.purpose = label("", wrap=True)
        self.final = label("", wrap=True)
        self._final_row = row(
            pic("triangle-alert", "warn"), (self.final, 1), gap=S2, pad=(0, S1, 0, 0)
        )
        self.keys, self.always = KeyGrid(), KeyGrid()
        self._about = card(self.name, self.purpose, self.keys, self._final_row, gap=S2)
        self.model = RecordTableModel(_COLUMNS, self)
        self.table = record_table(self.model, "Langkah SOP")
        self.table.setWordWrap(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit = QTimer(self)  # rows are measured once the columns have their widths
        self._fit.setSingleShot(True)
        self._fit.setInterval(0)
        self._fit.timeout.connect(self._fit_table)
        self.table.horizontalHeader().sectionResized.connect(self._fit_rows)
        self.back_button = Button("Kembali bekerja", "Esc", "primary", "arrow-left")
        self.print_button = Button("Cetak lembar SOP", "F7", "plain", "printer", name="print-sop")
        self._sheet = card(self.table, pad=(1, 1, 1, 1))
        body = col(
            self.title,
            self.where,
            self._about,
            self._sheet,
            label("Di mana-mana", "bodyb"),
            self.always,
            None,
            gap=S3,
            pad=(S5, S4, S5, S3),
            plane="bg",
        )
        self.area = scroll_area(body, "Bantuan; panah bawah untuk membaca terus")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.area, 1)
        layout.addWidget(action_bar(self.print_button, None, self.back_button))
        self.back_button.clicked.connect(self._close)
        self.print_button.clicked.connect(self._ask_sheet)
        self.always.show_keys(ALWAYS)
        self.show_topic(None)

    def show_topic(
        self,
        topic: tuple[str, str] | None,
        name: str = "",
        text: Help | None = None,
        more: Keys = (),
    ) -> None:
        """Show what is said of a screen and the SOP of (service code, step code).

        ``name`` is the screen's or its part's; ``more``: keys beside those of the text.
        """
        service = service_of(topic[0]) if topic else None
        self._service = service.code if service else ""
        self.print_button.setVisible(bool(service))
        steps: tuple[Step, ...] = service.steps if service else ()
        self.title.setText(service.title if service else "Bantuan")
        self._show_text(name, text, more)
        self._sheet.setVisible(bool(steps))
        self.model.show_records(steps)
        self._fit.start()
        place = next((n for n, step in enumerate(steps) if topic and step.code == topic[1]), -1)
        if place >= 0:
            self.table.selectRow(place)
            self.where.setText(f"Sekarang langkah {place + 1} dari {len(steps)}.")
        else:
            self.where.setText(_CHOOSE if more and not steps else "")
        self.where.setVisible(bool(self.where.text()))
        self.area.verticalScrollBar().setValue(0)
        self.back_button.setFocus()

    def _show_text(self, name: str, text: Help | None, more: Keys) -> None:
        self._about.setVisible(text is not None)
        if text is None:
            return
        self.name.setText(name)
        self.purpose.setText(text.purpose)
        self.keys.show_keys((*text.keys, *(pair for pair in more if pair not in text.keys)))
        self.final.setText(text.final)
        self._final_row.setVisible(bool(text.final))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.area.verticalScrollBar()
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in _SCROLLS:
            bar.triggerAction(_SCROLLS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @Slot()
    def _fit_rows(self) -> None:
        self._fit.start()

    @Slot()
    def _fit_table(self) -> None:
        """Make the sheet as tall as its rows: the page as a whole is what scrolls."""
        self.table.resizeRowsToContents()
        rows = sum(self.table.rowHeight(place) for place in range(self.model.rowCount()))
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows + 2)

    @Slot()
    def _ask_sheet(self) -> None:
        self.sheet_asked.emit(self._service)

    @Slot()
    def _close(self) -> None:
        self.closed.emit()


class KeyGrid(QWidget):
    """Key caps with what they do, in columns read downwards."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look().px(S3))
        self._grid.setVerticalSpacing(look().px(S1))

    def show_keys(self, keys: Keys) -> None:
        """Show these keys instead of others."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        columns = 1 if look().folded else _KEY_COLUMNS
        high = -(-len(keys) // columns)
        for place, (cap, words) in enumerate(keys):
            line, side = place % high, place // high * 2
            self._grid.addWidget(row(key(cap), None, gap=0), line, side)
            self._grid.addWidget(label(words, "caption", wrap=True), line, side + 1)
            self._grid.setColumnStretch(side + 1, 1)


_SCROLLS = {
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
}
