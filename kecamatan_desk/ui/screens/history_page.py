"""What happened to a request, newest first: when, what, who, and the note beside it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QVBoxLayout, QWidget

from kecamatan_desk.ui.format import moment_text
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.cells import Cells
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import Column, RecordTableModel, record_table
from kecamatan_desk.usecases.values import HistoryLine, RequestView


class HistoryPage(QWidget):
    """The Riwayat tab."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        columns = (
            Column("Waktu", _When(context), 132),
            Column("Kejadian", _what, 0, tip=True),
            Column("Oleh", _who, 260, tip=True),
        )
        self.model = RecordTableModel(columns, self)
        self.table: QTableView = record_table(self.model, "Riwayat berkas")
        self.table.setItemDelegate(Cells(self.table))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)

    def show_request(self, view: RequestView) -> None:
        """Show the events of a request."""
        self.model.show_records(tuple(reversed(view.history)))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Rows as tall as their text: notes are never shortened."""
        self.table.resizeRowsToContents()
        least = look().px(36)
        for row in range(self.model.rowCount()):
            self.table.setRowHeight(row, max(self.table.rowHeight(row), least))


class _When:
    """When it happened; not a method of the page, which the model would keep alive."""

    def __init__(self, context: ScreenContext) -> None:
        self._context = context

    def __call__(self, line: HistoryLine) -> str:
        return moment_text(line.at, self._context.zone, today(self._context))


def _what(line: HistoryLine) -> str:
    return f"{line.what}\n{line.note}" if line.note else line.what


def _who(line: HistoryLine) -> str:
    return f"{line.who}\n{line.role}" if line.role else line.who
