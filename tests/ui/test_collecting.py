"""What Qt made is let go of on the window's thread, whichever thread makes the most objects."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.collecting import Collecting


class Circle(QObject):
    """An object of Qt that only the search for garbage can find."""

    def __init__(self, freed_on: list[str]) -> None:
        super().__init__()
        self.me, self._freed_on = self, freed_on

    def __del__(self) -> None:
        self._freed_on.append(threading.current_thread().name)


@pytest.fixture
def often() -> Iterator[None]:
    """Let Python look for garbage as often as in a long day."""
    gc.collect()
    usual = gc.get_threshold()
    gc.set_threshold(200, 1, 1)
    yield
    gc.set_threshold(*usual)


@pytest.fixture
def collecting(qapp: QObject, often: None) -> Iterator[Collecting]:
    gc.enable()
    yield Collecting()
    gc.disable()


def many() -> int:
    return len([[number] for number in range(20_000)])


def test_a_worker_lets_go_of_nothing_of_qt(
    qtbot: QtBot, collecting: Collecting, worker: Background
) -> None:
    freed_on: list[str] = []
    made: list[int] = []
    Circle(freed_on)

    worker.run(made.append, many)
    qtbot.waitUntil(lambda: bool(made))
    assert freed_on == []

    for _ in range(20):
        kept = [[number] for number in range(300)]  # the window makes objects too
        collecting.look()
        del kept
    assert set(freed_on) == {threading.main_thread().name}
