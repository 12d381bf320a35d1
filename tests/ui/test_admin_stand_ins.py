"""Lending somebody's work to a colleague, through the real widgets."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.admin_officials import OfficialsScreen
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.stand_ins import stand_ins
from tests.builders import NAMES
from tests.ui.screen_tools import Heard, press, settled

SARI, DEWI = NAMES[Role.PELAYANAN], NAMES[Role.REGISTER]


@pytest.fixture
def screen(qtbot: QtBot, context_of: Callable[[Role], ScreenContext]) -> OfficialsScreen:
    screen = OfficialsScreen(context_of(Role.ADMIN), Role.ADMIN, "pejabat")
    qtbot.addWidget(screen)
    screen.resize(1158, 620)
    with qtbot.waitExposed(screen):
        screen.show()
    qtbot.waitUntil(lambda: screen.stand_in_page.form is not None)
    screen.tabs.setCurrentIndex(screen.lists.index(screen.stand_in_page))
    return screen


def fill(qtbot: QtBot, screen: OfficialsScreen, **values: str) -> None:
    assert screen.page.form is not None
    for code, text in values.items():
        editor = screen.page.form.field(code).editor
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, QLineEdit):
            editor.clear()
            qtbot.keyClicks(editor, text)


def test_work_is_lent_shown_and_taken_back(
    qtbot: QtBot,
    screen: OfficialsScreen,
    admin_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard = Heard(screen.context)
    task = Role.REGISTER.label
    fill(qtbot, screen, for_user_id=DEWI, role=task, user_id=SARI, last="15052026")

    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.said))
    settled(qtbot, screen)

    assert heard.said[-1].startswith(
        f"{SARI} mengerjakan tugas {task} menggantikan {DEWI} sampai 15-05-2026"
    )
    assert [row.for_name for row in screen.page.model.records] == [DEWI]
    assert screen.page.status(screen.page.model.records[0]) == "berlaku"
    monkeypatch.setattr(confirm, "ask", lambda *_: True)
    screen.end_button.click()
    qtbot.waitUntil(lambda: heard.said[-1] == "Titipan tugas diakhiri.")
    (row,) = admin_desk.ask(stand_ins)
    assert row.last_day < row.first_day


def test_what_is_missing_is_taken_back_when_something_is_typed(
    qtbot: QtBot, screen: OfficialsScreen
) -> None:
    heard = Heard(screen.context)
    fill(qtbot, screen, for_user_id=DEWI)
    press(screen, "F12")
    assert heard.complained == ["Tugasnya belum diisi. Belum ada yang berubah."]
    with qtbot.waitSignal(screen.context.messages.settled):
        fill(qtbot, screen, role=Role.REGISTER.label)


def test_work_lent_for_later_days_says_from_when(qtbot: QtBot, screen: OfficialsScreen) -> None:
    heard = Heard(screen.context)
    values = {"for_user_id": DEWI, "role": Role.REGISTER.label, "user_id": SARI}
    fill(qtbot, screen, **values, first="14052026", last="15052026")
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.said))
    assert heard.said[-1].endswith(
        "mulai 14-05-2026 sampai 15-05-2026; menunya tampil saat ia masuk pada hari-hari itu."
    )


def test_a_task_that_is_not_his_is_refused_at_its_field(
    qtbot: QtBot, screen: OfficialsScreen, admin_desk: Desk
) -> None:
    fill(
        qtbot,
        screen,
        for_user_id=DEWI,
        role=Role.VERIFIKASI.label,
        user_id=SARI,
        last="15052026",
    )

    press(screen, "F12")

    def noted() -> bool:
        form = screen.page.form
        return form is not None and "for_user_id" in form.sections[0].notes

    qtbot.waitUntil(noted)
    assert admin_desk.ask(stand_ins) == ()
