"""The bridge to the worker: where work runs, where answers go, what is announced."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.errors import InputError, StaleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.background import Background, Progress
from kecamatan_desk.ui.workers import Workers
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.worklist import entry_counts


class Asker(QObject):
    """Somebody who waits for an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.threads: list[str] = []

    def take(self, answer: object) -> None:
        self.answers.append(answer)
        self.threads.append(threading.current_thread().name)


def _thread_name(_work: UnitOfWork) -> str:
    return threading.current_thread().name


def test_a_use_case_runs_on_the_worker_and_is_answered_on_the_main_thread(
    qtbot: QtBot, background_of: Callable[[Role], Background]
) -> None:
    background, asker = background_of(Role.PELAYANAN), Asker()

    background.query(asker.take, _thread_name)

    qtbot.waitUntil(lambda: bool(asker.answers))
    assert str(asker.answers[0]).startswith("desk")
    assert asker.threads == ["MainThread"]


def test_a_command_announces_the_change_and_a_quiet_one_does_not(
    qtbot: QtBot, background_of: Callable[[Role], Background]
) -> None:
    background, asker = background_of(Role.PELAYANAN), Asker()

    with qtbot.assertNotEmitted(background.changed):
        background.quiet(asker.take, entry_counts)
        qtbot.waitUntil(lambda: len(asker.answers) == 1)
    with qtbot.waitSignal(background.changed):
        background.command(asker.take, entry_counts)
    assert len(asker.answers) == 2


def test_a_refusal_names_its_field_and_gives_no_answer(qtbot: QtBot, worker: Background) -> None:
    asker = Asker()

    with qtbot.waitSignal(worker.refused) as refusal:
        worker.run(asker.take, _refuse, InputError("RT hanya angka.", "rt"))

    assert refusal.args == ["RT hanya angka.", "rt"]
    assert asker.answers == []


def test_a_stale_screen_is_told_to_reload(qtbot: QtBot, worker: Background) -> None:
    with qtbot.waitSignals([worker.refused, worker.changed]):
        worker.run(Asker().take, _refuse, StaleError("Sudah diproses."))


def _refuse(error: Exception) -> None:
    raise error


def test_a_bug_is_not_swallowed(qtbot: QtBot, worker: Background) -> None:
    asker = Asker()

    with qtbot.captureExceptions() as bugs:
        worker.run(asker.take, _refuse, ZeroDivisionError())
        qtbot.waitUntil(lambda: bool(bugs))

    assert bugs[0][0] is ZeroDivisionError
    assert asker.answers == []


def test_an_answer_to_a_widget_that_is_gone_is_dropped(qtbot: QtBot, worker: Background) -> None:
    begin, asker, later = threading.Event(), Asker(), Asker()

    worker.run(asker.take, begin.wait, 5)
    with qtbot.waitSignal(asker.destroyed):
        asker.deleteLater()
    begin.set()
    worker.run(later.take, str, "afterwards")

    qtbot.waitUntil(lambda: later.answers == ["afterwards"])
    assert asker.answers == []


def test_work_is_busy_from_the_first_to_the_last_answer(qtbot: QtBot, worker: Background) -> None:
    told: list[bool] = []
    worker.busy.connect(told.append)
    asker = Asker()

    worker.run(asker.take, str, 1)
    worker.run(asker.take, str, 2)

    qtbot.waitUntil(lambda: asker.answers == ["1", "2"])
    assert told == [True, False]


def test_closing_waits_for_the_work_in_hand() -> None:
    done: list[int] = []
    background = Background()
    begin = threading.Event()
    background.run(Asker().take, begin.wait, 5)
    background.run(Asker().take, done.append, 1)

    begin.set()
    background.close()

    assert done == [1]


def test_a_change_told_after_closing_asks_for_nothing_more(
    qtbot: QtBot, background_of: Callable[[Role], Background]
) -> None:
    background, asker = background_of(Role.PELAYANAN), Asker()
    background.command(asker.take, entry_counts)

    background.close()
    with qtbot.waitSignal(background.changed):
        pass
    background.query(asker.take, entry_counts)

    assert len(asker.answers) == 1


def test_nobody_signed_in_means_no_desk(worker: Background) -> None:
    with pytest.raises(RuntimeError):
        worker.query(Asker().take, entry_counts)


def test_progress_says_when_to_stop() -> None:
    progress = Progress()
    told: list[int] = []
    progress.advanced.connect(told.append)

    assert progress(10)
    progress.stop()

    assert not progress(20)
    assert told == [10, 20]


def test_what_belongs_to_the_window_is_never_let_go_of_last_on_a_worker(
    qtbot: QtBot,
) -> None:
    """A widget destroyed on a worker ends the program; a thousand tries met it by chance."""
    ended: list[bool] = []

    class Hand:
        def __del__(self) -> None:
            ended.append(threading.current_thread() is threading.main_thread())

    def work(_hand: Hand) -> int:
        return 1

    workers = Workers()
    answers: list[int] = []
    for _ in range(300):
        background = Background(workers=workers)
        background.run(answers.append, work, Hand())
        del background  # nobody waits any more: the answer is dropped, the hand is not
    qtbot.waitUntil(lambda: len(ended) == 300)
    workers.close()

    assert all(ended)
