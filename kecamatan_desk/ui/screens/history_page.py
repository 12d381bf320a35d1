"""What happened to a request, newest first, day by day: when, what, who, and the note beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QTableView, QVBoxLayout, QWidget

from kecamatan_desk.domain.indonesian import day_name, long_date
from kecamatan_desk.ui.format import clock_time, local
from kecamatan_desk.ui.parts import Button, label, row
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.screens.event_cells import EventCells, RowFitter
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.table import Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S2, S3, S4
from kecamatan_desk.usecases.event_papers import history_pdf
from kecamatan_desk.usecases.history_values import Change, HistoryLine
from kecamatan_desk.usecases.values import RequestView

_NOTHING = "kosong"
_SIDE = 260  # px at 100 %: who did it, at most


@dataclass(frozen=True, slots=True)
class DayHead:
    """The line above the events of a day."""

    words: str


class HistoryPage(QWidget):
    """The Riwayat tab."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._view: RequestView | None = None
        self._op_id = new_op_id()
        columns = (
            Column("Waktu", _When(context), 68),
            Column("Kejadian", what_text, 0, tip=True),
            Column("Oleh", _who, _SIDE, tip=True),
        )
        self.model = RecordTableModel(columns, self)
        self.table: QTableView = record_table(self.model, "Riwayat berkas")
        self.table.setItemDelegate(EventCells(self.table))
        self.fitter = RowFitter(self.table, {2: _SIDE})
        self.only_steps = QCheckBox("Langkah saja")
        self.only_steps.setObjectName("only-steps")
        self.only_steps.setAccessibleDescription(
            "Tanpa cetakan, salinan, dan berkas yang hanya dilihat"
        )
        self.amount = label("", "caption", "muted")
        self.print_button = Button("Cetak riwayat", "F7", "small", "printer", name="print-history")
        bar = row(
            self.only_steps, self.amount, None, self.print_button, gap=S3, pad=(S4, S2, S4, S2)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.table, 1)
        layout.addWidget(bar)
        self.only_steps.toggled.connect(self._fill)
        self.print_button.clicked.connect(self.print_history)

    def show_request(self, view: RequestView) -> None:
        """Show the events of a request."""
        other = self._view is None or self._view.id != view.id
        self._view = view
        at = 0 if other else self.table.verticalScrollBar().value()
        self._fill()
        self.table.verticalScrollBar().setValue(at)

    @Slot()
    def print_history(self) -> None:
        """F7: the whole history as a sheet, whatever is shown."""
        if self._view is not None:
            self._context.background.job(self._print, history_pdf, self._op_id, self._view.id)

    def _print(self, pdf: bytes) -> None:
        self._op_id = new_op_id()
        code = self._view.file_code if self._view else ""
        self._context.printing.print_pdf(self, pdf, "slip", f"Riwayat berkas {code}")

    @Slot()
    def _fill(self) -> None:
        lines = tuple(reversed(self._view.history)) if self._view else ()
        shown = [line for line in lines if line.moves or not self.only_steps.isChecked()]
        left = len(lines) - len(shown)
        self.amount.setText(f"{left} kejadian lain tidak ditampilkan" if left else "")
        now = today(self._context)
        self.model.show_records(tuple(_by_day(shown, self._context, now)))
        self.fitter.fit()


def _by_day(
    lines: Iterable[HistoryLine], context: ScreenContext, now: date
) -> Iterator[DayHead | HistoryLine]:
    shown = None
    for line in lines:
        day = local(line.at, context.zone).date()
        if day != shown:
            shown = day
            words = f"{day_name(day)}, {long_date(day)}"
            yield DayHead(f"Hari ini, {words}" if day == now else words)
        yield line


class _When:
    """When it happened; not a method of the page, which the model would keep alive."""

    def __init__(self, context: ScreenContext) -> None:
        self._context = context

    def __call__(self, line: DayHead | HistoryLine) -> str:
        if isinstance(line, DayHead):
            return line.words
        return clock_time(line.at, self._context.zone)


def what_text(line: DayHead | HistoryLine) -> str:
    """Give what happened; below it the note, and each changed field as it was and is."""
    if isinstance(line, DayHead):
        return ""
    below = [f"{line.note_label}: {line.note}"] if line.note else []
    below += [change_text(change) for change in line.changes]
    return "\n".join([line.what, *below])


def change_text(change: Change) -> str:
    """Give "Nama: Siti Aminah menjadi Siti Aminah binti Salim"."""
    if change.before == change.after:
        return f"{change.label}: {change.after}"
    return f"{change.label}: {change.before or _NOTHING} → {change.after or _NOTHING}"


def _who(line: DayHead | HistoryLine) -> str:
    if isinstance(line, DayHead):
        return ""
    return f"{line.who}\n{line.role}" if line.role else line.who
