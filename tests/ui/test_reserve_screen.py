"""Lembar cadangan as a tired clerk fills it in: the wrong number, an unfinished draft, the keys."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screen import WayOut
from kecamatan_desk.ui.screens.draft_start import StartFrom
from kecamatan_desk.ui.screens.reserve_desk import ReserveScreen
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.intake import save_draft
from kecamatan_desk.usecases.papers import letters_due
from kecamatan_desk.usecases.reserving import waiting_numbers
from kecamatan_desk.usecases.series import FOR_ALL
from tests.builders import SKTM, DeskOf, SettableClock, op
from tests.reserving import draft_of, opened, set_aside
from tests.ui.screen_tools import ContextOf, Heard, Printed, enter, fits, press, settled, shown

Made = Callable[..., ReserveScreen]


@pytest.fixture(autouse=True)
def _yes(monkeypatch: pytest.MonkeyPatch) -> None:
    def yes(_parent: QWidget | None, *_words: str) -> bool:
        return True

    monkeypatch.setattr(confirm, "ask", yes)


@pytest.fixture
def made(qtbot: QtBot, context_of: ContextOf, monkeypatch: pytest.MonkeyPatch) -> Made:
    Printed(monkeypatch)

    def make(role: Role = Role.REGISTER) -> ReserveScreen:
        screen = ReserveScreen(context_of(role), Role.REGISTER, "cadangan")
        shown(qtbot, screen)
        settled(qtbot, screen)
        assert fits(screen)
        return screen

    return make


def _typed(screen: ReserveScreen, **values: Any) -> None:
    for code, value in values.items():
        screen.late.form.field(code).set_value(value)
        screen.late.form.edited.emit(code)


def _choose(screen: ReserveScreen, place: int) -> None:
    screen.list.setCurrentIndex(screen.list.records.index(place, 0))


def _choose_draft(screen: ReserveScreen) -> None:
    _typed(screen, draft=next(iter(screen.late._drafts)))  # noqa: SLF001 - as chosen in the list


def test_what_is_typed_goes_with_him_to_the_right_number(
    qtbot: QtBot, desk_of: DeskOf, made: Made
) -> None:
    set_aside(desk_of, "skck", 1)
    set_aside(desk_of, "sktm", 2)
    draft_of(desk_of)
    screen = made()
    _choose(screen, 1)
    _choose_draft(screen)
    settled(qtbot, screen)
    _typed(screen, at="08:30", queue="P-01", classification="474.4")
    screen.late.unused.set_values({"reason": "Lembar basah"})
    line = screen.late.form.values()
    assert {"draft", "decider_id", "writer_id", "day"} <= set(line)

    _choose(screen, 2)
    settled(qtbot, screen)
    assert screen.title.text() == "Nomor 002, seri SKTM"
    assert screen.late.form.values() == line
    assert screen.late.reason() == "Lembar basah"

    _choose(screen, 0)  # of another service: the draft is none of its own
    settled(qtbot, screen)
    assert screen.late.draft is None
    assert screen.late.form.values()["queue"] == "P-01"
    _choose(screen, 2)
    settled(qtbot, screen)
    assert screen.late.form.values() == line


def test_a_day_only_offered_is_that_of_the_number_in_hand(
    qtbot: QtBot, desk_of: DeskOf, made: Made, clock: SettableClock
) -> None:
    set_aside(desk_of, "skck", 1)
    clock.advance(days=1)
    set_aside(desk_of, "sktm", 2)
    screen = made()
    days = []
    for place in (0, 1):
        _choose(screen, place)
        days.append(date.fromisoformat(screen.late.form.values()["day"]))
    assert (days[1] - days[0]).days == 1
    _typed(screen, day=days[0].isoformat())
    _choose(screen, 2)
    assert date.fromisoformat(screen.late.form.values()["day"]) == days[0]


def test_a_number_nobody_used_does_not_take_the_line_typed_away(
    qtbot: QtBot, desk_of: DeskOf, made: Made
) -> None:
    set_aside(desk_of, "sktm", 2)
    draft_of(desk_of)
    screen = made()
    _choose_draft(screen)
    _typed(screen, at="08:30", queue="P-01")
    screen.late.unused.set_values({"reason": "Salah tulis"})
    press(screen, "F9")  # the first number was spoilt; what is typed belongs to the second
    settled(qtbot, screen)
    assert screen.title.text() == "Nomor 002, seri SKTM"
    assert screen.late.reason() == ""
    settled(qtbot, screen)
    press(screen, "F12")
    settled(qtbot, screen)
    assert desk_of(Role.REGISTER).ask(waiting_numbers) == ()


def _unfinished(desk_of: DeskOf) -> int:
    values = {"nik": "9901014501900001", "nama": "Siti Aminah"}
    return desk_of(Role.PELAYANAN).call(save_draft, op(), DraftInput("sktm", values)).id


def _refused(qtbot: QtBot, screen: ReserveScreen) -> list[tuple[str, WayOut | None]]:
    heard: list[tuple[str, WayOut | None]] = []

    def hear(text: str, way_out: WayOut | None) -> None:
        heard.append((text, way_out))

    screen.context.messages.complained.connect(hear)
    _choose_draft(screen)
    settled(qtbot, screen)
    _typed(screen, at="08:30")
    press(screen, "F12")
    settled(qtbot, screen)
    return heard


def test_who_types_drafts_too_is_led_to_the_one_that_is_not_whole(
    qtbot: QtBot, desk_of: DeskOf, made: Made, context_of: ContextOf
) -> None:
    set_aside(desk_of, "sktm", 1)
    unfinished = _unfinished(desk_of)
    screen = made()
    user = screen.context.user
    object.__setattr__(user, "roles", (Role.REGISTER, Role.PELAYANAN))  # a small office
    heard = _refused(qtbot, screen)
    text, way = heard[-1]
    assert "Petugas Pelayanan melengkapinya (menu Draf)" in text
    assert way is not None
    assert way.words == "Buka draf"
    asked: list[object] = []
    screen.context.navigator.new_request_asked.connect(asked.append)
    way.act()
    assert asked == [StartFrom(draft_id=unfinished)]
    assert screen.late.form.values()["at"] == "08:30"


def test_who_types_no_drafts_is_told_who_does(qtbot: QtBot, desk_of: DeskOf, made: Made) -> None:
    set_aside(desk_of, "sktm", 1)
    _unfinished(desk_of)
    screen = made()
    heard = Heard(screen.context)
    led = _refused(qtbot, screen)
    assert led == []  # the frame alone says it, without a button he could not use
    text, field = heard.refused[-1]
    assert field == "draft"
    assert "Petugas Pelayanan melengkapinya (menu Draf), lalu ulangi di sini" in text


def test_a_draft_completed_meanwhile_is_taken_as_it_is_now(
    qtbot: QtBot, desk_of: DeskOf, made: Made
) -> None:
    set_aside(desk_of, "sktm", 1)
    saved = draft_of(desk_of)
    screen = made()
    _choose_draft(screen)
    settled(qtbot, screen)
    _typed(screen, at="08:30")
    screen.hide()
    desk_of(Role.PELAYANAN).call(  # a later save is announced to nobody
        save_draft,
        op(),
        DraftInput("sktm", {**SKTM, "rt": "009"}, id=saved.id, session="layar lain"),
    )
    screen.show()
    settled(qtbot, screen)
    press(screen, "F12")
    settled(qtbot, screen)
    assert desk_of(Role.REGISTER).ask(waiting_numbers) == ()


def test_enter_goes_on_from_a_box_left_empty(qtbot: QtBot, made: Made) -> None:
    screen = made()
    screen.prepare()
    boxes = list(screen.sheet._boxes.values())  # noqa: SLF001 - in their order
    assert screen.focusWidget() is boxes[0]
    enter(qtbot, boxes[0])
    assert screen.focusWidget() is boxes[1]
    QTest.keyClicks(boxes[1], "3")
    QTest.keyClick(boxes[1], Qt.Key.Key_Return)
    assert screen.focusWidget() is boxes[2]


def test_the_list_has_the_keyboard_behind_a_new_sheet(
    qtbot: QtBot, made: Made, desk_of: DeskOf
) -> None:
    screen = made()
    screen.prepare()
    screen.sheet.box("sktm").setText("2")
    press(screen, "F12")
    qtbot.waitUntil(lambda: screen.list.records.rowCount() == 2)
    settled(qtbot, screen)
    assert screen.focusWidget() is screen.list


def test_a_number_for_letters_outside_leads_to_them_and_offers_no_draft(
    qtbot: QtBot, desk_of: DeskOf, made: Made
) -> None:
    set_aside(desk_of, "sktm", 1)
    set_aside(desk_of, "umum", 2)
    draft_of(desk_of)
    screen = made()
    assert screen.fill_button.isVisible()
    assert not screen.manual_button.isVisible()
    _choose(screen, 1)
    assert "Surat manual" in screen.help.text()
    assert not screen.late.form.isVisible()
    assert not screen.fill_button.isVisible()
    asked: list[tuple[Role | None, str]] = []

    def ask(role: Role | None, kind: str) -> None:
        asked.append((role, kind))

    screen.context.navigator.entry_asked.connect(ask)
    press(screen, "F12")
    assert asked == [(Role.REGISTER, "surat-manual")]
    press(screen, "F9")
    settled(qtbot, screen)
    left = desk_of(Role.REGISTER).ask(waiting_numbers)
    assert [(one.series, one.number) for one in left] == [("sktm", 1), ("umum", 2)]


def test_where_all_letters_share_a_series_drafts_take_its_numbers(
    qtbot: QtBot, desk_of: DeskOf, made: Made
) -> None:
    opened(desk_of, FOR_ALL)
    set_aside(desk_of, "umum", 1)
    draft_of(desk_of)
    screen = made()
    assert screen.late.form.isVisible()
    _choose_draft(screen)
    settled(qtbot, screen)
    _typed(screen, at="08:30")
    press(screen, "F12")
    settled(qtbot, screen)
    assert desk_of(Role.REGISTER).ask(waiting_numbers) == ()


def test_people_of_a_draft_let_go_of_do_not_cover_that_there_is_none(
    qtbot: QtBot, desk_of: DeskOf, made: Made
) -> None:
    set_aside(desk_of, "skck", 1)
    set_aside(desk_of, "sktm", 1)
    draft_of(desk_of)
    screen = made()
    _choose(screen, 1)
    _choose_draft(screen)  # asks who may have decided
    _choose(screen, 0)  # before the answer comes
    settled(qtbot, screen)
    assert "Belum ada draf SKCK" in screen.late.decides.text()


def test_the_letter_of_a_line_entered_late_is_drawn_at_once(
    qtbot: QtBot, desk_of: DeskOf, made: Made
) -> None:
    set_aside(desk_of, "sktm", 1)
    saved = draft_of(desk_of)
    screen = made()
    _choose_draft(screen)
    settled(qtbot, screen)
    _typed(screen, at="08:30")
    with qtbot.waitSignal(screen.background.changed):  # that it is entered
        press(screen, "F12")
    with qtbot.waitSignal(screen.background.changed):  # that its letter is there
        pass
    assert desk_of(Role.REGISTER).ask(letters_due, saved.id) == ()
