"""Working hours and holidays through the real widgets."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.field_rows import RowsField
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.admin_calendar import CalendarScreen
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.office import calendar_view, save_calendar
from kecamatan_desk.usecases.office_values import CalendarView, DayHours, Holiday
from tests.builders import op

ContextOf = Callable[[Role], ScreenContext]
MONDAY, FRIDAY, SATURDAY = 0, 4, 5


@pytest.fixture
def screen(qtbot: QtBot, context_of: ContextOf) -> CalendarScreen:
    screen = CalendarScreen(context_of(Role.ADMIN), Role.ADMIN, "kalender")
    qtbot.addWidget(screen)
    screen.resize(1158, 620)
    with qtbot.waitExposed(screen):
        screen.show()
    qtbot.waitUntil(lambda: screen.grid.lines[MONDAY][0].text() == "08.00")
    return screen


def _time(qtbot: QtBot, screen: CalendarScreen, day: int, place: int, text: str) -> None:
    line = screen.grid.lines[day][place]
    line.setFocus()
    line.clear()
    qtbot.keyClicks(line, text)


def _rows(screen: CalendarScreen) -> RowsField:
    field = screen.form.field("holidays")
    assert isinstance(field, RowsField)
    return field


def _write(screen: CalendarScreen, row: int, column: int, text: str) -> None:
    rows = _rows(screen).rows
    assert rows.setData(rows.index(row, column), text)


def _year(screen: CalendarScreen, year: int) -> None:
    place = screen.years.findText(str(year))
    screen.years.setCurrentIndex(place)
    screen.years.activated.emit(place)


def _hours(view: CalendarView, day: int) -> tuple[tuple[int, int], ...]:
    return next(hours.spans for hours in view.hours if hours.weekday == day)


def _save(qtbot: QtBot, screen: CalendarScreen) -> None:
    screen.save_button.click()
    qtbot.waitUntil(lambda: not screen.busy and not screen.dirty)


def test_the_week_is_shown_with_its_breaks(screen: CalendarScreen) -> None:
    friday = [line.text() for line in screen.grid.lines[FRIDAY]]
    assert friday == ["08.00", "11.30", "13.00", "16.30"]
    assert screen.grid.total.text() == "Jumlah seminggu: 35 jam, tanpa istirahat."


def test_new_hours_are_stored_as_typed(
    qtbot: QtBot, screen: CalendarScreen, admin_desk: Desk
) -> None:
    _time(qtbot, screen, MONDAY, 0, "730")
    qtbot.keyClick(screen.grid.lines[MONDAY][0], Qt.Key.Key_Return)
    assert screen.grid.lines[MONDAY][0].text() == "07.30"
    assert screen.grid.lines[MONDAY][1].hasFocus()
    for place, text in ((0, "8"), (3, "12")):
        _time(qtbot, screen, SATURDAY, place, text)

    _save(qtbot, screen)

    stored = admin_desk.ask(calendar_view)
    assert _hours(stored, MONDAY) == ((450, 720), (780, 960))
    assert _hours(stored, SATURDAY) == ((480, 720),)


def test_a_day_without_times_is_closed(
    qtbot: QtBot, screen: CalendarScreen, admin_desk: Desk
) -> None:
    for place in range(4):
        line = screen.grid.lines[FRIDAY][place]
        line.selectAll()
        qtbot.keyClick(line, Qt.Key.Key_Delete)

    _save(qtbot, screen)

    assert _hours(admin_desk.ask(calendar_view), FRIDAY) == ()


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        (3, "07.00", "Senin: jam harus berurutan dari buka sampai tutup."),
        (0, "", "Senin: isi jam buka dan jam tutup, atau kosongkan semua bila libur."),
        (1, "", "Senin: isi istirahat dengan mulai dan selesainya, atau kosongkan."),
        (0, "25", "Senin: tulis pukul sebagai jam dan menit, misalnya 09.30."),
    ],
)
def test_hours_that_cannot_be_are_said_and_not_sent(
    qtbot: QtBot, screen: CalendarScreen, admin_desk: Desk, column: int, text: str, said: str
) -> None:
    before = admin_desk.ask(calendar_view)
    line = screen.grid.lines[MONDAY][column]
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, text)

    screen.save_button.click()

    assert screen.grid.problem_words.text() == said
    assert screen.grid.lines[MONDAY][0].hasFocus()
    assert admin_desk.ask(calendar_view) == before


def test_an_office_that_closes_at_midnight_is_kept(
    qtbot: QtBot, screen: CalendarScreen, admin_desk: Desk
) -> None:
    _time(qtbot, screen, MONDAY, 3, "24.00")

    _save(qtbot, screen)

    assert _hours(admin_desk.ask(calendar_view), MONDAY)[-1] == (780, 1440)
    assert screen.grid.lines[MONDAY][3].text() == "24.00"


def test_a_day_with_two_breaks_is_kept_where_nothing_was_typed(
    qtbot: QtBot, screen: CalendarScreen, admin_desk: Desk
) -> None:
    spans = ((480, 600), (615, 720), (780, 960))
    hours = tuple(DayHours(day, spans if day == 1 else ((480, 960),)) for day in range(5))
    admin_desk.call(save_calendar, op(), CalendarView(hours, ()))
    screen.reload()
    qtbot.waitUntil(lambda: screen.grid.lines[1][1].text() == "10.00")
    _time(qtbot, screen, MONDAY, 3, "1530")

    _save(qtbot, screen)

    stored = admin_desk.ask(calendar_view)
    assert _hours(stored, 1) == spans
    assert _hours(stored, MONDAY) == ((480, 930),)


def test_a_holiday_is_added_and_another_removed(
    qtbot: QtBot, screen: CalendarScreen, admin_desk: Desk
) -> None:
    holidays = (Holiday(date(2026, 1, 1), "Tahun Baru"), Holiday(date(2026, 8, 17), "Merdeka"))
    hours = admin_desk.ask(calendar_view).hours
    admin_desk.call(save_calendar, op(), CalendarView(hours, holidays))
    screen.reload()
    _year(screen, 2026)
    qtbot.waitUntil(lambda: _rows(screen).rows.rowCount() == 3)
    table = _rows(screen).editor
    table.setFocus()
    table.setCurrentIndex(_rows(screen).rows.index(0, 0))
    cell = QApplication.focusWidget()
    assert isinstance(cell, QLineEdit)
    qtbot.keyClick(cell, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert _rows(screen).rows.rowCount() == 2
    _write(screen, 1, 0, "9-12-2026")
    _write(screen, 1, 1, "Pilkada")

    _save(qtbot, screen)

    assert admin_desk.ask(calendar_view).holidays == (
        Holiday(date(2026, 8, 17), "Merdeka"),
        Holiday(date(2026, 12, 9), "Pilkada"),
    )


def test_the_cell_in_hand_is_saved_too(
    qtbot: QtBot, screen: CalendarScreen, admin_desk: Desk
) -> None:
    hours = admin_desk.ask(calendar_view).hours
    day = date(screen.year, 2, 3)
    admin_desk.call(save_calendar, op(), CalendarView(hours, (Holiday(day, "Hari jad"),)))
    screen.reload()
    qtbot.waitUntil(lambda: _rows(screen).rows.rowCount() == 2)
    table = _rows(screen).editor
    table.setFocus()
    table.setCurrentIndex(_rows(screen).rows.index(0, 1))
    typing = screen.window().focusWidget()  # also where the platform makes no window active
    assert isinstance(typing, QLineEdit)
    assert table.isAncestorOf(typing)
    typing.setText("Hari jadi")

    screen.deeds()["F12"]()
    qtbot.waitUntil(lambda: admin_desk.ask(calendar_view).holidays == (Holiday(day, "Hari jadi"),))


def test_one_day_twice_is_refused_at_the_table(qtbot: QtBot, screen: CalendarScreen) -> None:
    last = _rows(screen).rows.rowCount() - 1
    for row in (last, last + 1):
        _write(screen, row, 0, f"3-2-{screen.year}")
        _write(screen, row, 1, "Hari jadi")

    screen.save_button.click()
    qtbot.waitUntil(lambda: not screen.busy)

    notes = screen.form.sections[0].notes
    assert "dua kali" in notes["holidays"].note.message


def test_national_holidays_fill_what_is_missing_and_keep_what_was_typed(
    qtbot: QtBot, screen: CalendarScreen, admin_desk: Desk
) -> None:
    hours = admin_desk.ask(calendar_view).hours
    admin_desk.call(
        save_calendar, op(), CalendarView(hours, (Holiday(date(2027, 1, 1), "Libur awal tahun"),))
    )
    screen.reload()
    qtbot.waitUntil(lambda: screen.years.findText("2027") >= 0)
    _year(screen, 2027)

    screen.deeds()["F10"]()
    qtbot.waitUntil(lambda: screen.dirty)
    _save(qtbot, screen)

    stored = {one.day: one.name for one in admin_desk.ask(calendar_view).holidays}
    assert stored[date(2027, 1, 1)] == "Libur awal tahun"
    assert date(2027, 8, 17) in stored
    assert {day.year for day in stored} == {2027}


def test_typing_of_one_year_is_kept_while_another_is_shown(
    qtbot: QtBot, screen: CalendarScreen, admin_desk: Desk
) -> None:
    this = screen.year
    _write(screen, _rows(screen).rows.rowCount() - 1, 0, f"3-2-{this}")
    _write(screen, _rows(screen).rows.rowCount() - 2, 1, "Hari jadi")

    _year(screen, this + 1)
    _save(qtbot, screen)

    assert Holiday(date(this, 2, 3), "Hari jadi") in admin_desk.ask(calendar_view).holidays
