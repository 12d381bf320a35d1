"""Why, in words of one's own: what is typed is there again after the program was killed."""

from collections.abc import Mapping

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs.reason import ReasonDialog
from kecamatan_desk.ui.screens.person_data import PersonScreen
from kecamatan_desk.usecases.reasons import EXPORTS, IDENTITIES, LOOK_UPS, OTHER, PERSONS, Reason
from tests.ui.screen_tools import ContextOf, shown

WORDS = "surat permintaan Dinsos nomor 460/117"


@pytest.fixture
def screen(qtbot: QtBot, context_of: ContextOf) -> PersonScreen:
    return shown(qtbot, PersonScreen(context_of(Role.REGISTER), Role.REGISTER, "data-orang"))


def asked(screen: PersonScreen, kinds: Mapping[str, str] = PERSONS) -> ReasonDialog:
    """Give the question as the screen of a session asks it."""
    dialog = ReasonDialog(screen, "Mengapa?", "Alasannya dicatat.", kinds)
    dialog.show()
    return dialog


def restarted(qtbot: QtBot, screen: PersonScreen) -> None:
    """Wait for what was typed to be on disk, then forget all that is in memory and read it."""
    context = screen.context
    qtbot.wait(300)
    qtbot.waitUntil(lambda: context.background.idle)
    context.__post_init__()
    with qtbot.waitSignal(context.pad.loaded):
        context.pad.load()


def write(qtbot: QtBot, dialog: ReasonDialog, words: str = WORDS) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_3)  # Lainnya
    qtbot.keyClicks(dialog.other, words)


def test_half_a_reason_is_there_when_it_is_asked_for_again(
    qtbot: QtBot, screen: PersonScreen
) -> None:
    write(qtbot, asked(screen))
    restarted(qtbot, screen)

    again = asked(screen)

    assert again.other.isVisible()
    assert again.other.text() == WORDS
    given: list[Reason] = []
    again.given.connect(given.append)
    again.take_button.click()
    assert given == [Reason(OTHER, WORDS)]
    restarted(qtbot, screen)
    assert asked(screen).other.text() == ""  # it has done its work


@pytest.mark.parametrize("by_key", [True, False])
def test_a_reason_given_up_is_gone(qtbot: QtBot, screen: PersonScreen, by_key: bool) -> None:
    dialog = asked(screen)
    write(qtbot, dialog)

    if by_key:
        qtbot.keyClick(dialog.other, Qt.Key.Key_Escape)
    else:
        dialog.no_button.click()

    assert not dialog.isVisible()
    restarted(qtbot, screen)
    assert asked(screen).other.text() == ""


def test_a_locked_desk_closes_the_question_and_keeps_the_words(
    qtbot: QtBot, screen: PersonScreen
) -> None:
    dialog = asked(screen)
    write(qtbot, dialog)

    dialog.reject()  # as the guard does when the desk is locked

    assert asked(screen).other.text() == WORDS


def test_every_question_keeps_its_own_words(qtbot: QtBot, screen: PersonScreen) -> None:
    assert len({next(iter(kinds)) for kinds in (EXPORTS, IDENTITIES, LOOK_UPS, PERSONS)}) == 4
    write(qtbot, asked(screen))

    assert asked(screen, EXPORTS).other.text() == ""
