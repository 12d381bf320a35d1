"""In the window: a doubtful clock is answered with one button, a disk that fills is marked."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.space import STOP, WARNING
from kecamatan_desk.ui.printing import Printing
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.register_desk import RegisterScreen
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.intake import save_draft
from kecamatan_desk.usecases.processing import give_agenda_number
from tests.builders import SKTM, DeskOf, SettableClock, checked, op, seen
from tests.ui.screen_tools import ContextOf
from tests.walking import rows

Made = Callable[[Role], Shell]


@pytest.fixture
def frame(qtbot: QtBot, context_of: ContextOf, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    """Show the frame of a role's user; nothing is printed."""
    made: list[Shell] = []
    monkeypatch.setattr(Printing, "print_pdf", lambda *_: None)

    def frame(role: Role) -> Shell:
        shell = Shell(context_of(role))
        made.append(shell)
        qtbot.addWidget(shell)
        shell.resize(1366, 768)
        with qtbot.waitExposed(shell):
            shell.show()
        qtbot.waitUntil(lambda: shell.context.background.idle)
        return shell

    yield frame
    for shell in made:
        qtbot.waitUntil(lambda shell=shell: shell.context.background.idle)


def register(qtbot: QtBot, shell: Shell) -> RegisterScreen:
    screen = shell.screen_shown
    assert isinstance(screen, RegisterScreen)
    qtbot.waitUntil(lambda: "nomor agenda" in screen.bar.deed_button.accessibleName())
    qtbot.waitUntil(lambda: screen.bar.deed_button.isEnabled())
    return screen


def issued(desk_of: DeskOf) -> int:
    path = desk_of(Role.REGISTER).store.path
    return int(rows(path, "SELECT COUNT(*) AS n FROM register_line")[0]["n"])


def test_a_doubtful_clock_is_told_and_one_button_goes_on(
    qtbot: QtBot, frame: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    checked(desk_of)
    shell = frame(Role.REGISTER)
    register(qtbot, shell)
    clock.advance(days=-1)

    assert shell.press("F12")
    qtbot.waitUntil(lambda: shell.message_bar.way_out is not None)

    assert "Jam komputer menunjukkan 11 Mei 2026" in shell.message_bar.words.text()
    button = shell.message_bar.way_out
    assert button is not None
    assert "Jam sudah benar" in button.accessibleName()
    assert issued(desk_of) == 0
    button.click()
    qtbot.waitUntil(lambda: issued(desk_of) == 1)  # the deed itself is repeated
    qtbot.waitUntil(lambda: shell.context.background.idle)
    assert "Jam komputer" not in shell.message_bar.words.text()
    path = desk_of(Role.REGISTER).store.path
    told = rows(path, "SELECT COUNT(*) AS n FROM event WHERE act = 'jam-dibenarkan'")
    assert told[0]["n"] == 1


def test_who_puts_the_clock_right_does_the_deed_himself(
    qtbot: QtBot, frame: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    checked(desk_of)
    shell = frame(Role.REGISTER)
    register(qtbot, shell)
    clock.advance(days=-1)
    shell.press("F12")
    qtbot.waitUntil(lambda: shell.message_bar.way_out is not None)
    clock.advance(days=1)

    shell.press("F12")

    qtbot.waitUntil(lambda: issued(desk_of) == 1)
    qtbot.waitUntil(lambda: shell.context.background.idle)
    shell.context.background.repeat_doubted()  # what was stopped is not done a second time
    qtbot.waitUntil(lambda: shell.context.background.idle)
    assert issued(desk_of) == 1


def test_a_draft_that_the_clock_has_stopped_is_saved_after_the_button(
    qtbot: QtBot, frame: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    counter = desk_of(Role.PELAYANAN)
    counter.call(save_draft, op(), DraftInput("sktm", SKTM))
    shell = frame(Role.PELAYANAN)
    clock.advance(days=-1)
    saved: list[object] = []
    refused: list[object] = []

    shell.context.background.keep(
        saved.append, refused.append, save_draft, op(), DraftInput("sktm", SKTM)
    )
    qtbot.waitUntil(lambda: shell.message_bar.way_out is not None)
    assert len(refused) == 1
    assert shell.message_bar.way_out is not None
    shell.message_bar.way_out.click()

    qtbot.waitUntil(lambda: len(saved) == 1)


@pytest.mark.parametrize("free", [WARNING - 1, STOP - 1])
def test_a_disk_that_fills_is_complained_of_once_and_marked_while_it_lasts(
    qtbot: QtBot, frame: Made, desk_of: DeskOf, free: int
) -> None:
    left = [free]
    desk_of(Role.PELAYANAN).room = lambda: left[0]
    shell = frame(Role.PELAYANAN)
    bar = shell.message_bar
    qtbot.waitUntil(lambda: bar.room.isVisible())

    assert "akram" in bar.words.text()
    assert "MB" in bar.room.toolTip()
    bar.clear()
    left[0] = free - (5 << 20)
    shell.machine.look()
    qtbot.waitUntil(lambda: shell.context.background.idle)
    assert bar.words.text() == ""  # not again and again
    assert bar.room.isVisible()
    left[0] = 10 * WARNING
    shell.machine.look()
    qtbot.waitUntil(lambda: not bar.room.isVisible())


def test_a_disk_with_room_is_not_spoken_of(qtbot: QtBot, frame: Made) -> None:
    bar = frame(Role.PELAYANAN).message_bar

    assert not bar.room.isVisible()
    assert bar.words.text() == ""


def test_nothing_is_repeated_that_was_done_meanwhile(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext], desk_of: DeskOf, clock: SettableClock
) -> None:
    first, second = checked(desk_of), checked(desk_of, nik="9901015404910002")
    background = context_of(Role.REGISTER).background
    done: list[object] = []
    clock.advance(days=-1)
    background.command(done.append, give_agenda_number, op(), seen(first))
    with qtbot.waitSignal(background.clock_doubted):
        pass
    clock.advance(days=1)
    background.command(done.append, give_agenda_number, op(), seen(second))
    qtbot.waitUntil(lambda: len(done) == 1)

    background.repeat_doubted()
    qtbot.waitUntil(lambda: background.idle)

    assert len(done) == 1
