"""Data Satu Orang in the window: asked, drawn, printed, forgotten; nothing stays on screen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm, reason
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.person_data import PersonScreen
from kecamatan_desk.usecases.intake import known_applicant
from kecamatan_desk.usecases.reasons import Reason
from tests.builders import SKTM, DeskOf, taken_in
from tests.ui.screen_tools import Heard, Printed, press, settled, shown

NIK = str(SKTM["nik"])


def answer(*_asked: object) -> Reason:
    return Reason("subjek")


def test_the_sheet_is_drawn_printed_and_put_away(
    qtbot: QtBot,
    context_of: Callable[[Role], ScreenContext],
    desk_of: DeskOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reason, "ask_reason", answer)
    printed = Printed(monkeypatch)
    taken_in(desk_of)
    screen = shown(qtbot, PersonScreen(context_of(Role.KASI), Role.KASI, "data-orang"))
    assert not screen.print_button.isEnabled()
    qtbot.keyClicks(screen.field, NIK)
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(screen.pages.pdf))
    press(screen, "F7")
    assert printed.kinds == ["lembar"]
    screen.leave()
    assert (screen.field.text(), screen.pages.pdf) == ("", b"")
    assert not screen.print_button.isEnabled()


def test_what_is_remembered_is_erased_after_a_question(
    qtbot: QtBot,
    context_of: Callable[[Role], ScreenContext],
    desk_of: DeskOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reason, "ask_reason", answer)
    answers = [False, True]
    monkeypatch.setattr(confirm, "ask", lambda *_asked: answers.pop(0))
    taken_in(desk_of)
    context = context_of(Role.REGISTER)
    heard = Heard(context)
    screen = shown(qtbot, PersonScreen(context, Role.REGISTER, "data-orang"))
    screen.forget_button.click()
    assert "NIK belum diketik" in heard.complained[-1]
    qtbot.keyClicks(screen.field, NIK)
    screen.forget_button.click()
    settled(qtbot, screen)
    assert desk_of(Role.PELAYANAN).ask(known_applicant, NIK) is not None
    screen.forget_button.click()
    qtbot.waitUntil(lambda: bool(heard.said))
    assert desk_of(Role.PELAYANAN).ask(known_applicant, NIK) is None


@pytest.mark.parametrize("meanwhile", ["left", "another"])
def test_a_sheet_that_comes_late_is_shown_to_nobody_else(
    qtbot: QtBot,
    context_of: Callable[[Role], ScreenContext],
    desk_of: DeskOf,
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: str,
) -> None:
    monkeypatch.setattr(reason, "ask_reason", answer)
    taken_in(desk_of)
    screen = shown(qtbot, PersonScreen(context_of(Role.KASI), Role.KASI, "data-orang"))
    qtbot.keyClicks(screen.field, NIK)

    press(screen, "F12")
    if meanwhile == "left":
        screen.leave()
    else:
        qtbot.keyClick(screen.field, Qt.Key.Key_Backspace)
    settled(qtbot, screen)

    assert screen.pages.pdf == b""
    assert not screen.print_button.isEnabled()
