"""Kantor Hari Ini (F9): the office on one page, and a month by service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kecamatan_desk.domain.indonesian import MONTHS, long_date
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.format import chip_of, span, status_chip
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, chip, col, label, row
from kecamatan_desk.ui.screen import Screen, ScreenContext
from kecamatan_desk.ui.screens.cells import Cells
from kecamatan_desk.ui.screens.report import ReportDesk
from kecamatan_desk.ui.screens.report_form import MONTHS_BACK
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.services import service_short
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S1, S2, S3, S4, S5, S6, S8
from kecamatan_desk.usecases.figures import month_figures, office_today
from kecamatan_desk.usecases.office_values import OfficeToday, ServiceFigures
from kecamatan_desk.usecases.values import WaitingRequest
from kecamatan_desk.workflows.engine import Status

_TOTAL = "jumlah"
_DETAILS = (3, 4, 6)  # columns that large text in a small window leaves out
_ROW = 28  # px at 100 %: all twenty services and the sum on a usual screen


def _name(line: ServiceFigures) -> str:
    return "Semua layanan" if line.service == _TOTAL else service_short(line.service)


def _is_sum(line: ServiceFigures) -> bool:
    return line.service == _TOTAL


def _average(line: ServiceFigures) -> str:
    return "–" if line.average_minutes is None else span(line.average_minutes)


def _kept(line: ServiceFigures) -> str:
    return f"{line.within_norm} dari {line.done - line.untimed}" if line.done else "–"


def _figure(number: int) -> str:
    return str(number) if number else "–"


COLUMNS = (
    Column("Layanan", _name, 0, tip=True),
    Column("Masuk", lambda line: _figure(line.came), 76, right=True),
    Column("Selesai", lambda line: _figure(line.done), 76, right=True),
    Column("TMS", lambda line: _figure(line.failed), 64, right=True),
    Column("Ditolak/batal", lambda line: _figure(line.refused), 104, right=True),
    Column("Sisa", lambda line: _figure(line.open), 64, right=True),
    Column("Rata-rata", _average, 88, right=True),
    Column("Sesuai norma", _kept, 112, right=True),
)


def with_sum(lines: Sequence[ServiceFigures]) -> tuple[ServiceFigures, ...]:
    """Give the sum and, below it, the services; the average weighs each service by its files."""
    timed = [line for line in lines if line.average_minutes is not None and line.done]
    done = sum(line.done - line.untimed for line in timed)
    minutes = sum((line.average_minutes or 0) * (line.done - line.untimed) for line in timed)
    total = ServiceFigures(
        service=_TOTAL,
        came=sum(line.came for line in lines),
        done=sum(line.done for line in lines),
        failed=sum(line.failed for line in lines),
        refused=sum(line.refused for line in lines),
        open=sum(line.open for line in lines),
        average_minutes=minutes / done if done else None,
        within_norm=sum(line.within_norm for line in lines),
        untimed=sum(line.untimed for line in lines),
    )
    return (total, *lines)


class FiguresScreen(Screen):
    """Today on top, the chosen month below."""

    TITLE = "Kantor Hari Ini"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._oldest: WaitingRequest | None = None
        self.day = label("", ink="muted")
        self.numbers = {
            name: label("–", "number", ink)
            for name, ink in (
                ("masuk", "text"),
                ("selesai", "text"),
                ("sisa", "text"),
                ("terlambat", "text"),
            )
        }
        self.waiting = _Pairs("Menunggu siapa")
        self.oldest_name = label("", "bodyb", wrap=True)
        self.oldest_line = label("", "caption", "muted", wrap=True)
        self.oldest_chip = chip("ok", "")
        self.oldest_button = Button("Buka berkas", "F5", "link", name="open-oldest")
        self.report_button = Button("Laporan bulanan", "F7", "small", "printer", name="report")
        self.report: ReportDesk | None = None  # made when it is first asked for
        self.month = CalmCombo()
        self.month.setAccessibleName("Bulan")
        self.model = RecordTableModel(COLUMNS, self)
        self.table = record_table(self.model, "Angka bulanan per layanan")
        self.table.verticalHeader().setDefaultSectionSize(look().px(_ROW))
        self.table.setItemDelegate(Cells(self.table, _is_sum))
        for place in _DETAILS if look().folded else ():
            self.table.setColumnHidden(place, True)
        self._fill_months()
        self._lay_out()
        self.month.currentIndexChanged.connect(self._ask_month)
        self.oldest_button.clicked.connect(self._open_oldest)
        self.report_button.clicked.connect(self.open_report)

    def _lay_out(self) -> None:
        heads = {
            "masuk": "Masuk hari ini",
            "selesai": "Selesai hari ini",
            "sisa": "Belum selesai",
            "terlambat": "Terlambat",
        }
        counts = [
            col(self.numbers[name], label(words, "caption", "muted"), None, gap=0)
            for name, words in heads.items()
        ]
        oldest = col(
            label("Berkas tertua", "captionb", "muted"),
            self.oldest_name,
            self.oldest_line,
            row(self.oldest_chip, self.oldest_button, None, gap=S3),
            None,
            gap=S1,
        )
        pad = (S5, S4, S5, S4)
        if look().folded:
            top = col(row(*counts, None, gap=S4), self.waiting, oldest, pad=pad, card="true")
        else:
            sides = ((self.waiting, 5), (oldest, 4))
            top = row(*counts, f"~{S4}", *sides, gap=S8, pad=pad, card="true")
        head = row(label(self.TITLE, "title"), self.day, None, gap=S4)
        choose = label("Bulan", "caption", "muted")
        choose.setBuddy(self.month)
        self.month.setMinimumWidth(look().px(176))
        below = row(
            label("Per layanan", "head"), None, choose, self.month, self.report_button, gap=S2
        )
        card = col((self.table, 1), gap=0, pad=(1, 1, 1, 1), card="true")
        body = col(head, top, f"~{S1}", below, (card, 1), gap=S3, pad=(S6, S4, S6, S4), plane="bg")
        self.table.setMinimumHeight(look().px(_ROW * 5))
        self.stack = QStackedWidget()
        self.stack.addWidget(scroll_area(body))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _fill_months(self) -> None:
        day = today(self.context)
        year, month = day.year, day.month
        for _ in range(MONTHS_BACK):
            self.month.addItem(f"{MONTHS[month - 1]} {year}", (year, month))
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)

    def reload(self) -> None:
        self.background.query(self._show_today, office_today)
        self._ask_month()
        if self.report is not None and self.stack.currentWidget() is self.report:
            self.report.refresh()

    def first_focus(self) -> QWidget | None:
        if self.report is not None and self.stack.currentWidget() is self.report:
            return self.report.form.month
        return self.month

    def leave(self) -> None:
        if self.report is not None:
            self.report.keep()

    @Slot()
    def open_report(self) -> None:
        """F7: the report of the month shown."""
        if self.report is None:
            self.report = ReportDesk(self.context, "Kembali ke angka")
            self.report.closed.connect(self._close_report)
            self.stack.addWidget(self.report)
        self.report.choose_month(self.month.currentIndex())
        self.stack.setCurrentWidget(self.report)
        self.report.form.month.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _close_report(self) -> None:
        self.stack.setCurrentIndex(0)
        self.report_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _ask_month(self) -> None:
        year, month = self.month.currentData()
        self.background.query(self._show_month, month_figures, year, month)

    def _show_today(self, figures: OfficeToday) -> None:
        day: date = today(self.context)
        self.day.setText(long_date(day))
        for name, number in (
            ("masuk", figures.came),
            ("selesai", figures.done),
            ("sisa", figures.open),
            ("terlambat", figures.late),
        ):
            self.numbers[name].setText(str(number))
            self.numbers[name].setAccessibleName(f"{name}: {number}")
        self.waiting.show_pairs([(role.short, count) for role, count in figures.waiting_for])
        self._show_oldest(figures.oldest)

    def _show_oldest(self, oldest: WaitingRequest | None) -> None:
        self._oldest = oldest
        self.oldest_name.setText(oldest.applicant if oldest else "Tidak ada yang menunggu.")
        for widget in (self.oldest_line, self.oldest_chip, self.oldest_button):
            widget.setVisible(oldest is not None)
        if oldest is None:
            return
        self.oldest_line.setText(
            f"{service_short(oldest.service)}   ·   {oldest.letter_number or oldest.file_code}"
        )
        if oldest.status is Status.RUNNING:
            self.oldest_chip.show_chip(*chip_of(oldest.clock))
        else:
            self.oldest_chip.show_chip("rest", status_chip(oldest.status), "info")

    def _show_month(self, lines: tuple[ServiceFigures, ...]) -> None:
        self.model.show_records(with_sum(lines))

    @Slot()
    def _open_oldest(self) -> None:
        if self._oldest is not None:
            self.open_request(self._oldest.id)


class _Pairs(QFrame):
    """Words and figures under a small heading, two pairs a line."""

    def __init__(self, title: str) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(S1))
        layout.addWidget(label(title, "captionb", "muted"))
        inside = QFrame()
        layout.addWidget(inside)
        layout.addStretch(1)
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(look().px(S1))
        self._grid.setHorizontalSpacing(look().px(S2))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)

    def show_pairs(self, pairs: Sequence[tuple[str, int]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not pairs:
            self._grid.addWidget(label("Tidak ada yang menunggu.", ink="muted"), 0, 0, 1, 4)
        for place, (words, number) in enumerate(pairs):
            figure: QLabel = label(str(number), "bodyb")
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line, side = place // 2, place % 2 * 2
            self._grid.addWidget(figure, line, side)
            self._grid.addWidget(label(words), line, side + 1)
