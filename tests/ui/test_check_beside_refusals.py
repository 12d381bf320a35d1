"""A check of the data that goes on while something else is refused, and one that is refused."""

from collections.abc import Iterator
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.background import Progress
from kecamatan_desk.ui.check_watch import RUNNING, CheckWatch
from kecamatan_desk.ui.screens.data_check import DataCheckScreen
from kecamatan_desk.usecases import data_check
from kecamatan_desk.usecases.desk import Desk
from tests.builders import DeskOf, registered
from tests.ui.screen_tools import ContextOf, Heard, enter, press, settled, shown, type_into

DAMAGED = "Berkas data rusak. Tidak ada yang diubah; pakai cadangan terakhir."


@pytest.fixture
def let_go() -> Event:
    """A check stays at 3 percent until this is set."""
    return Event()


@pytest.fixture
def screen(
    qtbot: QtBot,
    context_of: ContextOf,
    desk_of: DeskOf,
    let_go: Event,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[DataCheckScreen]:
    """The screen of the Camat."""
    registered(desk_of)
    sound = data_check.check_data

    def checked_slowly(desk: Desk, progress: Progress) -> object:
        while progress(3) and not let_go.wait(0.01):
            pass
        return sound(desk, progress)

    monkeypatch.setattr(data_check, "check_data", checked_slowly)
    made = shown(qtbot, DataCheckScreen(context_of(Role.CAMAT), Role.CAMAT, "pemeriksaan"))
    settled(qtbot, made)
    yield made
    let_go.set()  # whatever the test has found


def running(qtbot: QtBot, screen: DataCheckScreen) -> None:
    press(screen, "F12")
    qtbot.waitUntil(lambda: "3 %" in screen.sign.text())


def finish(qtbot: QtBot, screen: DataCheckScreen, let_go: Event) -> None:
    let_go.set()
    qtbot.waitUntil(screen.run_button.isEnabled)
    settled(qtbot, screen)


def goes_on(screen: DataCheckScreen) -> bool:
    """Tell whether the screen shows it, can stop it, and the closing window would."""
    return (
        "Data sedang diperiksa" in screen.sign.text()
        and screen.bar.isVisible()
        and screen.stop_button.isVisible()
        and not screen.run_button.isEnabled()
        and len(RUNNING) == 1
    )


def test_a_refusal_of_something_else_does_not_end_it(
    qtbot: QtBot, screen: DataCheckScreen, let_go: Event
) -> None:
    heard = Heard(screen.context)
    running(qtbot, screen)

    screen.background.tell_refusal(MachineError("Pencetak tidak menjawab."))  # asked elsewhere

    assert goes_on(screen)
    finish(qtbot, screen, let_go)
    assert screen.sign.text() == "Data utuh"
    assert heard.said == ["Pemeriksaan selesai: data utuh."]
    assert set() == RUNNING


def test_a_figure_that_cannot_be_read_is_told_beside_it(
    qtbot: QtBot, screen: DataCheckScreen, let_go: Event
) -> None:
    running(qtbot, screen)

    type_into(qtbot, screen.field, "bukan sidik")
    enter(qtbot, screen.field)

    qtbot.waitUntil(screen.verdict.isVisible)
    assert screen.verdict.words.text() == "Tidak terbaca"
    assert goes_on(screen)
    finish(qtbot, screen, let_go)
    assert screen.sign.text() == "Data utuh"


def test_a_check_that_is_refused_ends_and_says_why(
    qtbot: QtBot, screen: DataCheckScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_desk: Desk, _progress: Progress) -> None:
        raise MachineError(DAMAGED)

    monkeypatch.setattr(data_check, "check_data", refused)
    heard = Heard(screen.context)

    press(screen, "F12")

    qtbot.waitUntil(lambda: heard.complained == [DAMAGED])
    qtbot.waitUntil(screen.run_button.isEnabled)
    settled(qtbot, screen)
    assert screen.sign.text() == "Belum pernah diperiksa"
    assert not screen.bar.isVisible()
    assert set() == RUNNING


def test_a_weekly_check_that_is_refused_ends_no_work_of_a_screen(
    qtbot: QtBot, screen: DataCheckScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, but is no answer to what the screen in sight has asked."""

    def refused(_desk: Desk, _progress: Progress) -> None:
        raise MachineError(DAMAGED)

    monkeypatch.setattr(data_check, "weekly_check", refused)
    answers: list[str] = []
    screen.background.refused.connect(answers.append)
    heard = Heard(screen.context)
    watch = CheckWatch(screen, screen.context)

    for _ in range(2):  # the next day it is tried again
        watch.look()
        qtbot.waitUntil(lambda: not RUNNING)

    assert heard.complained == [f"Pemeriksaan mingguan belum jadi. {DAMAGED}"] * 2
    assert answers == []
    watch.stop()
