"""A restore that was begun and left: nobody else goes on with it, and the office opens again."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.generations import generations
from kecamatan_desk.ui import restore_page
from kecamatan_desk.ui.restore_page import RestorePage
from kecamatan_desk.ui.screens.backup_desk import BackupScreen
from kecamatan_desk.ui.session import Session
from kecamatan_desk.usecases import restore_run
from kecamatan_desk.usecases.backups import back_up_now
from kecamatan_desk.usecases.entrance import Office
from tests.ui.backup_tools import sticks
from tests.ui.test_locking import FakeTime, enter, pass_time
from tests.ui.test_restore_screen import (
    Start,
    at_the_door,
    page_of,
    planned,
    secret,
    start,
    type_number,
)
from tests.ui.test_stopping_a_restore import Hold
from tests.walking import DeskOf

__all__ = ["secret", "start", "sticks"]
TEN = 600.0  # s


@pytest.fixture
def begun(
    qtbot: QtBot, start: Start, office: Office, place: Place, desk_of: DeskOf, secret: str
) -> tuple[Session, RestorePage]:
    """An administrator has proved himself and chosen a backup of his running office."""
    back_up_now(desk_of(Role.ADMIN))
    office.close()
    session = start(place)
    session.idle.now = FakeTime()
    enter(qtbot, session, Role.ADMIN)
    qtbot.waitUntil(lambda: session.shell is not None)
    assert session.shell is not None
    for number, (_role, entry) in enumerate(session.shell.rail.spots):
        if entry.kind == "salinan":
            session.shell.go(number)
    screen = session.shell.screen_shown
    assert isinstance(screen, BackupScreen)
    screen.restore_button.click()
    page = page_of(qtbot, session)
    qtbot.waitUntil(lambda: page.chosen is not None)
    return session, page


@pytest.mark.parametrize("looked_into", [False, True])
def test_after_ten_minutes_the_office_is_open_again_at_its_door(
    qtbot: QtBot, begun: tuple[Session, RestorePage], place: Place, looked_into: bool
) -> None:
    session, page = begun
    if looked_into:
        page.go()
        planned(qtbot, page)
        type_number(page, "sktm/2026", "2")
    pass_time(session, TEN - 1)
    assert session.window.currentWidget() is page

    pass_time(session, 1)

    assert at_the_door(qtbot, session).startswith(
        "10 menit tidak dipakai: pemulihan ditutup dan tidak ada yang berubah."
    )
    assert session.restoring is not None
    assert not session.restoring.active
    assert generations(place) == ["gen-000001"]
    assert not list(place.root.glob("*.half"))
    enter(qtbot, session, Role.ADMIN)
    qtbot.waitUntil(lambda: session.window.currentWidget() is session.shell)


def test_work_under_way_is_waited_for_and_what_it_shows_has_its_time(
    qtbot: QtBot, begun: tuple[Session, RestorePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    session, page = begun
    hold = Hold(60)
    monkeypatch.setattr(restore_run, "plan_restore", hold.over(restore_run.plan_restore))
    page.go()
    qtbot.waitUntil(hold.reached.is_set)

    pass_time(session, TEN)

    assert session.window.currentWidget() is page
    hold.go_on.set()
    planned(qtbot, page)
    pass_time(session, TEN - 1)
    assert session.window.currentWidget() is page
    pass_time(session, 1)
    at_the_door(qtbot, session)


def test_who_looks_for_a_folder_meanwhile_comes_back_to_the_page(
    qtbot: QtBot, begun: tuple[Session, RestorePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    session, page = begun

    def unsure(_page: object) -> None:
        pass_time(session, TEN)

    monkeypatch.setattr(restore_page, "ask_folder", unsure)

    page.folder_button.click()

    assert session.window.currentWidget() is page
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    at_the_door(qtbot, session)
