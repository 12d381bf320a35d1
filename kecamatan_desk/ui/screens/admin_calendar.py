"""Working hours and holidays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.parts import Button, col, heading, label, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.admin_hours import HoursGrid
from kecamatan_desk.ui.screens.admin_parts import AdminScreen, scrolled
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import finish_cell
from kecamatan_desk.ui.theme import S2, S3, S4, S5
from kecamatan_desk.usecases.office import calendar_view, default_holidays, save_calendar
from kecamatan_desk.usecases.office_values import CalendarView, Holiday
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

_LEFT = 480  # px at 100 %
_HOLIDAYS = Field(
    "holidays",
    "Ketik di baris kosong untuk menambah; Ctrl+Del menghapus baris",
    FieldKind.ROWS,
    columns=(
        Field("day", "Tanggal", FieldKind.DATE, required=True),
        Field("name", "Hari libur", required=True, length=80),
    ),
    span=12,
)
_HOURS_HELP = (
    "Hari tanpa jam adalah hari libur. Jam kerja bulan Ramadan: ubah di sini, lalu kembalikan "
    "sesudahnya. Langkah yang sudah selesai tetap memakai menit yang dihitung waktu itu."
)


class CalendarScreen(AdminScreen):
    """The hours and days every clock is computed with."""

    TITLE = "Kalender kerja"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._stored = CalendarView((), ())
        self._all: tuple[Holiday, ...] = ()  # of every year, with what was typed so far
        self._year = today(context).year
        self.grid = HoursGrid()
        self.form = FieldsForm((Section("Hari libur dan cuti bersama", (_HOLIDAYS,)),))
        table = self.form.field("holidays").editor
        if isinstance(table, QTableView):
            table.verticalHeader().hide()
        self.years = CalmCombo()
        self.years.setAccessibleName("Tahun hari libur")
        self.years.setObjectName("holiday-year")
        self.fill_button = Button("", "F10", "plain", "calendar", name="fill-holidays")
        self._lay_out()
        self.grid.edited.connect(self.note_edit)
        self.form.edited.connect(self.note_edit)
        self.years.activated.connect(self._turn_year)
        self.fill_button.clicked.connect(self.fill_holidays)
        self._offer_years()

    def _lay_out(self) -> None:
        hours = col(
            self.grid,
            label(_HOURS_HELP, "caption", "muted", wrap=True),
            None,
            gap=S3,
            pad=(S5, S3, S5, S3),
        )
        left = QFrame()
        left.setProperty("plane", "surface")
        left.setProperty("edge", "right")
        if not look().folded:
            left.setFixedWidth(look().px(_LEFT))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(heading("Jam kerja", "Jumat beristirahat lebih lama"))
        column.addWidget(scrolled(hours), 1)
        year_label = label("Tahun", "caption", "muted")
        year_label.setBuddy(self.years)
        self.count = label("", "caption", "muted")
        if look().folded:
            self.count.hide()
        head = row(
            label("Hari libur", "head"),
            "~8",
            year_label,
            self.years,
            None,
            self.count,
            pad=(S5, 0, S5, 0),
            plane="surface",
            edge="bottom",
        )
        head.setFixedHeight(look().px(40))
        right = QFrame()
        right.setProperty("plane", "surface")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(scrolled(col(self.form, None, gap=S2, pad=(S5, S2, S5, S4))), 1)
        top: QBoxLayout = QVBoxLayout() if look().folded else QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(left, 1 if look().folded else 0)
        top.addWidget(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top, 1)
        layout.addWidget(self.bar(self.fill_button))

    # What the shell asks

    def reload(self) -> None:
        self.background.query(self._take, calendar_view)

    def first_focus(self) -> QWidget | None:
        return self.grid.first()

    def _take(self, stored: CalendarView) -> None:
        self._stored = stored
        finish_cell(self)
        if not self.dirty:
            self.show_stored()
            self.take_up_typing()

    def typing(self) -> Mapping[str, Any]:
        others = [one for one in self._all if one.day.year != self._year]
        return {
            "hours": self.grid.raw(),
            "year": self._year,
            "form": self.form.raw(),
            "others": [[one.day.isoformat(), one.name] for one in others],
        }

    def put_typing(self, typed: Mapping[str, Any]) -> bool:
        self.grid.show_raw(typed.get("hours") or {})
        self._year = int(typed.get("year", self._year))
        others = typed.get("others") or ()
        self._all = tuple(Holiday(date.fromisoformat(day), name) for day, name in others)
        self._offer_years()
        self._show_year()
        self.form.show_raw(typed.get("form") or {})
        return True

    def show_stored(self) -> None:
        self.grid.show_hours(self._stored.hours)
        self._all = self._stored.holidays
        self._offer_years()
        self._show_year()

    # Years

    @property
    def year(self) -> int:
        """The year whose holidays are shown."""
        return self._year

    def _offer_years(self) -> None:
        this = today(self.context).year
        years = {this, this + 1, self._year} | {holiday.day.year for holiday in self._all}
        self.years.clear()
        self.years.addItems([str(year) for year in sorted(years)])
        self.years.setCurrentText(str(self._year))
        self.fill_button.set_words(f"Isi libur nasional {self._year}")

    @Slot(int)
    def _turn_year(self, _place: int) -> None:
        """Show another year; what was typed for this one is kept."""
        finish_cell(self)
        if not self.form.check():
            self.years.setCurrentText(str(self._year))
            return
        self._all = self.typed_holidays()
        self._year = int(self.years.currentText())
        self._offer_years()
        self._show_year()
        self.keep_typing()

    def _show_year(self) -> None:
        shown = sorted(
            (one for one in self._all if one.day.year == self._year), key=_day_of_holiday
        )
        rows = [{"day": one.day.isoformat(), "name": one.name} for one in shown]
        self.form.set_values({"holidays": rows})
        self.count.setText(f"{len(shown)} hari pada tahun {self._year}")

    def typed_holidays(self) -> tuple[Holiday, ...]:
        """Give the holidays of all years, those of the shown year as typed."""
        rows = self.form.values().get("holidays", [])
        typed = [Holiday(date.fromisoformat(one["day"]), one["name"]) for one in rows]
        others = [one for one in self._all if one.day.year != self._year]
        return tuple(others + typed)

    @Slot()
    def fill_holidays(self) -> None:
        """F10: add the national holidays of the shown year that the table does not hold yet."""
        finish_cell(self)
        if self.form.check():
            self.background.run(self._fill, default_holidays, (self._year,))

    def _fill(self, found: Sequence[Holiday]) -> None:
        finish_cell(self)
        if not self.form.check():
            return
        self._all = self.typed_holidays()
        known = {one.day for one in self._all}
        new = tuple(one for one in found if one.day not in known)
        if not new:
            self.say(f"Libur nasional {self._year} sudah ada semua. Tidak ada yang berubah.")
            return
        self._all += new
        self._show_year()
        self.mark(True)
        self.keep_typing()
        self.say(
            f"{len(new)} hari libur {self._year} diisikan, belum disimpan. Cocokkan dengan "
            "keputusan bersama tiga menteri, lalu simpan (F12)."
        )

    # Saving

    @Slot()
    def save(self) -> None:
        """F12: store what was typed, the cell in hand included."""
        finish_cell(self)
        super().save()

    def send(self) -> None:
        if not self.grid.check():
            self.complain(f"{self.grid.problem_words.text()} Belum ada yang berubah.")
            return
        if not self.accept(self.form):
            return
        self.sending()
        typed = CalendarView(self.grid.hours(), self.typed_holidays())
        self.background.command(self._saved, save_calendar, self.op_id, typed)

    def _saved(self, _nothing: None) -> None:
        self.saved("Kalender kerja tersimpan. Waktu layanan dan janji selesai memakainya sekarang.")

    def show_at_field(self, message: str, field: str | None) -> None:
        if field == "hours":
            self.grid.show_problem(message)
            self.grid.first().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.show_error("holidays", message)


def _day_of_holiday(holiday: Holiday) -> date:
    return holiday.day
