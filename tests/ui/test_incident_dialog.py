"""The worksheet for a breach, from the screen *Pemeriksaan Data*: asked for, refused, printed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs.incident import IncidentDialog
from kecamatan_desk.ui.screens.data_check import DataCheckScreen
from tests.proving import words_of
from tests.ui.screen_tools import ContextOf, Printed, fits, press, settled, shown

Make = Callable[[], DataCheckScreen]


@pytest.fixture
def make(qtbot: QtBot, context_of: ContextOf) -> Make:
    def make() -> DataCheckScreen:
        screen = shown(qtbot, DataCheckScreen(context_of(Role.CAMAT), Role.CAMAT, "pemeriksaan"))
        settled(qtbot, screen)
        return screen

    return make


def opened(qtbot: QtBot, screen: DataCheckScreen) -> IncidentDialog:
    press(screen, "F8")
    qtbot.waitUntil(lambda: screen.dialog is not None and screen.dialog.isVisible())
    assert screen.dialog is not None
    return screen.dialog


def test_it_is_filled_in_with_now_and_printed(
    qtbot: QtBot, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = Printed(monkeypatch)
    screen = make()
    assert fits(screen)
    dialog = opened(qtbot, screen)
    assert dialog.form.values() == {
        "found-day": "2026-05-12",
        "found-time": "09:00",
        "since": "2026-05-05",
    }
    qtbot.keyClick(dialog, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: bool(printed.papers))
    assert printed.titles == ["Lembar insiden data"]
    assert "Batas pemberitahuan" in words_of(printed.papers[0][1])
    qtbot.waitUntil(lambda: screen.dialog is None)


def test_a_day_to_come_is_refused_at_its_field_and_stays_typed(
    qtbot: QtBot, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = Printed(monkeypatch)
    screen = make()
    dialog = opened(qtbot, screen)
    dialog.form.set_values({"found-day": "2026-05-13"})
    dialog.go_button.click()
    settled(qtbot, screen)
    told = [one.text() for one in dialog.findChildren(type(dialog.problem)) if one.isVisible()]
    assert any("di masa depan" in text for text in told)
    assert dialog.form.values()["found-day"] == "2026-05-13"
    assert dialog.go_button.isEnabled()
    assert printed.papers == []
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.dialog is None)


def test_what_is_said_at_the_fields_squeezes_none_of_them(qtbot: QtBot, make: Make) -> None:
    screen = make()
    dialog = opened(qtbot, screen)
    editors = [one for one in dialog.findChildren(QLineEdit) if one.isVisible()]
    for editor in editors[:2]:
        editor.setFocus()
        editor.selectAll()
        qtbot.keyClicks(editor, "besok")
    qtbot.keyClick(dialog, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: _complaints(dialog) >= 2)
    qtbot.waitUntil(
        lambda: all(one.visibleRegion().boundingRect() == one.rect() for one in editors)
    )


def _complaints(dialog: IncidentDialog) -> int:
    shown_now = [one for one in dialog.form.findChildren(QLabel) if one.isVisible()]
    return sum("misalnya" in one.text() for one in shown_now)
