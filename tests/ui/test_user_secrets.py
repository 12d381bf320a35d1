"""The administrator's part in secrets: passwords to hand over, and letting somebody try again."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.errors import NotAllowedError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.admin_users import UsersScreen
from kecamatan_desk.ui.secret_fields import secret
from kecamatan_desk.usecases.entrance import Office
from tests.builders import NAMES, PASSWORD
from tests.ui.screen_tools import Heard, fits, press, settled, shown


@pytest.fixture
def context(context_of: Callable[[Role], ScreenContext]) -> ScreenContext:
    return context_of(Role.ADMIN)


@pytest.fixture
def heard(context: ScreenContext) -> Heard:
    return Heard(context)


@pytest.fixture
def screen(qtbot: QtBot, context: ScreenContext) -> UsersScreen:
    screen = shown(qtbot, UsersScreen(context, Role.ADMIN, "pengguna"))
    qtbot.waitUntil(lambda: screen.list.records.rowCount() == len(NAMES))
    return screen


def pick(screen: UsersScreen, name: str) -> None:
    names = [user.name for user in screen.list.records.records]
    screen.list.setCurrentIndex(screen.list.records.index(names.index(name), 0))


def test_a_made_password_is_shown_once_and_must_be_changed(
    qtbot: QtBot, screen: UsersScreen, office: Office
) -> None:
    pick(screen, NAMES[Role.PELAYANAN])

    press(screen, "F8")
    qtbot.waitUntil(lambda: "Catat dan serahkan" in screen.secret_note.text())
    made = secret(screen.form, "password")
    assert made in screen.secret_note.text()
    assert secret(screen.form, "again") == made
    assert len(made.split()) == 4
    press(screen, "F12")
    qtbot.waitUntil(lambda: not screen.dirty)
    settled(qtbot, screen)

    assert made not in screen.secret_note.text()
    assert secret(screen.form, "password") == ""
    assert office.sign_in("pelayanan", made).welcome.must_change
    assert "belum diganti" in screen.standing.text()


def test_two_made_passwords_differ(qtbot: QtBot, screen: UsersScreen) -> None:
    made = set()
    for _ in range(3):
        screen.secret_note.clear()
        screen.make_button.click()
        qtbot.waitUntil(lambda: bool(screen.secret_note.text()))
        made.add(secret(screen.form, "password"))

    assert len(made) == 3


def test_leaving_takes_a_made_password_off_the_screen(qtbot: QtBot, screen: UsersScreen) -> None:
    screen.make_button.click()
    qtbot.waitUntil(lambda: "Catat dan serahkan" in screen.secret_note.text())
    made = secret(screen.form, "password")

    screen.leave()

    assert made not in screen.secret_note.text()
    assert secret(screen.form, "password") == ""


def test_whoever_is_locked_out_is_marked_and_let_in_again(
    qtbot: QtBot, screen: UsersScreen, office: Office, heard: Heard
) -> None:
    assert not screen.unlock_button.isVisible()
    for _ in range(5):
        with pytest.raises(NotAllowedError):
            office.sign_in("pelayanan", "salah sekali")
    screen.background.announce()
    settled(qtbot, screen)
    pick(screen, NAMES[Role.PELAYANAN])
    row = screen.list.current
    assert screen.list.line_of(row).startswith("terkunci")
    assert "harus menunggu" in screen.standing.text()
    assert fits(screen)

    press(screen, "F9")
    qtbot.waitUntil(lambda: bool(heard.said))
    settled(qtbot, screen)

    assert not screen.unlock_button.isVisible()
    assert not screen.list.line_of(screen.list.current).startswith("terkunci")
    assert office.sign_in("pelayanan", PASSWORD).welcome.failures == 5
