"""Esc while a backup is looked into or restored: whenever it comes, a true sentence answers it.

The worker is held where the key is to come: before it has begun, at a figure of its progress, or
when it is done and the window does not know it yet.
"""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.progress import Progress
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.generations import generations
from kecamatan_desk.ui.restore_page import RestorePage
from kecamatan_desk.ui.session import Session
from kecamatan_desk.usecases import restore_run
from kecamatan_desk.usecases.backups import back_up_now
from kecamatan_desk.usecases.entrance import Office
from tests.builders import PASSWORD
from tests.ui.backup_tools import Sticks, sticks
from tests.ui.test_restore_screen import (
    Start,
    at_the_door,
    lose_database,
    page_of,
    planned,
    secret,
    start,
)
from tests.walking import DeskOf

__all__ = ["secret", "start", "sticks"]
STOPPED = "Dihentikan. Tidak ada yang berubah."


@pytest.fixture
def lost(
    qtbot: QtBot, start: Start, office: Office, place: Place, desk_of: DeskOf, secret: str
) -> tuple[Session, RestorePage]:
    """The page of an office whose database is gone; its newest backup is chosen."""
    back_up_now(desk_of(Role.ADMIN))
    office.close()
    lose_database(place)
    session = start(place)
    qtbot.waitUntil(
        lambda: session.sign_in is not None and session.sign_in.restore_button.isVisible()
    )
    assert session.sign_in is not None
    session.sign_in.restore_button.click()
    page = page_of(qtbot, session)
    qtbot.waitUntil(lambda: page.chosen is not None)
    return session, page


class Hold:
    """Stops the worker where its progress passes a figure, until somebody lets it go on."""

    def __init__(self, at: int) -> None:
        self._at, self.reached, self.go_on = at, Event(), Event()

    def over(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """Give the same work, held on its way."""

        def held(*values: Any, progress: Progress, **named: Any) -> Any:
            def told(percent: int) -> bool:
                if percent >= self._at and not self.reached.is_set():
                    self.reached.set()
                    assert self.go_on.wait(20)
                return progress(percent)

            return work(*values, progress=told, **named)

        return held


def busy_worker(session: Session) -> Event:
    """Keep the worker from beginning anything until the event is set."""
    release = Event()
    session._door._workers.desk.submit(release.wait, 20)  # noqa: SLF001
    return release


def worker_is_done(session: Session) -> None:
    """Wait for the worker without letting the window hear of it."""
    worker = session._door._workers.desk  # noqa: SLF001
    behind: Future[None] = worker.submit(lambda: None)
    behind.result(20)


def press_esc(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(session.window.isActiveWindow)
    qtbot.keyClick(session.window, Qt.Key.Key_Escape)


def restore(page: RestorePage) -> None:
    page.what.admin.set_values({"username": "admin", "password": PASSWORD})
    page.go()


def is_as_before(qtbot: QtBot, page: RestorePage, place: Place) -> None:
    """The sentence stands there, the list is back, and the disk knows nothing of it."""
    qtbot.waitUntil(lambda: not page.work.running)
    assert page.problem.text() == STOPPED
    assert page.problem.isVisible()
    assert page.choice.table.isVisible()
    assert page.choosing
    assert generations(place) == ["gen-000001"]
    assert place.pointer.read_text() == "gen-000001\n"
    assert not list(place.root.rglob("*.half"))


def test_esc_before_looking_into_it_has_begun(
    qtbot: QtBot, lost: tuple[Session, RestorePage], place: Place
) -> None:
    session, page = lost
    release = busy_worker(session)
    page.go()
    press_esc(qtbot, session)
    assert page.work.done.text() == "menghentikan …"
    release.set()
    is_as_before(qtbot, page, place)
    page.go()
    planned(qtbot, page)  # and it can be begun again


@pytest.mark.parametrize("percent", [10, 60, 90])
def test_esc_in_the_middle_of_looking_into_it(
    qtbot: QtBot,
    lost: tuple[Session, RestorePage],
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
    percent: int,
) -> None:
    session, page = lost
    hold = Hold(percent)
    monkeypatch.setattr(restore_run, "plan_restore", hold.over(restore_run.plan_restore))
    page.go()
    assert hold.reached.wait(20)
    press_esc(qtbot, session)
    hold.go_on.set()
    is_as_before(qtbot, page, place)


def test_esc_when_looking_into_it_cannot_be_stopped_any_more(
    qtbot: QtBot, lost: tuple[Session, RestorePage], place: Place
) -> None:
    session, page = lost
    page.go()
    worker_is_done(session)
    press_esc(qtbot, session)
    is_as_before(qtbot, page, place)
    page.go()
    planned(qtbot, page)
    restore(page)
    assert "Data dipulihkan dari cadangan" in at_the_door(qtbot, session)


def test_esc_at_a_refusal_shows_the_refusal(
    qtbot: QtBot, lost: tuple[Session, RestorePage]
) -> None:
    session, page = lost
    assert page.chosen is not None
    page.chosen.path.write_bytes(b"rusak")
    page.go()
    worker_is_done(session)
    press_esc(qtbot, session)
    qtbot.waitUntil(lambda: not page.work.running)
    assert "rusak" in page.problem.text() or "berubah" in page.problem.text()
    assert page.problem.text() != STOPPED


@pytest.mark.parametrize("percent", [0, 15, 60, 95])
def test_esc_in_the_middle_of_restoring(
    qtbot: QtBot,
    lost: tuple[Session, RestorePage],
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
    percent: int,
) -> None:
    session, page = lost
    page.go()
    planned(qtbot, page)
    hold = Hold(percent)
    monkeypatch.setattr(restore_run, "carry_out", hold.over(restore_run.carry_out))
    restore(page)
    assert hold.reached.wait(20)
    press_esc(qtbot, session)
    hold.go_on.set()
    is_as_before(qtbot, page, place)


def test_esc_before_restoring_has_begun(
    qtbot: QtBot, lost: tuple[Session, RestorePage], place: Place
) -> None:
    session, page = lost
    page.go()
    planned(qtbot, page)
    release = busy_worker(session)
    restore(page)
    press_esc(qtbot, session)
    release.set()
    is_as_before(qtbot, page, place)


def test_esc_when_everything_is_restored_says_that_it_was_too_late(
    qtbot: QtBot, lost: tuple[Session, RestorePage], place: Place
) -> None:
    session, page = lost
    page.go()
    planned(qtbot, page)
    restore(page)
    worker_is_done(session)
    press_esc(qtbot, session)
    said = at_the_door(qtbot, session)
    assert said.startswith("Tidak sempat dihentikan: pemulihan sudah selesai.")
    assert "Data dipulihkan dari cadangan" in said
    assert generations(place)[-1] == place.pointer.read_text().strip() != "gen-000001"


def test_a_drive_that_is_plugged_in_wipes_out_no_sentence(
    qtbot: QtBot, lost: tuple[Session, RestorePage], place: Place, sticks: Sticks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    session, page = lost
    release = busy_worker(session)
    page.go()
    press_esc(qtbot, session)
    release.set()
    is_as_before(qtbot, page, place)
    shown = len(page.choice.model.records)
    stick = sticks.plug()
    copy = stick / "cadangan-kecamatan-desk"
    copy_vault(place, copy)
    page.look_again()
    qtbot.waitUntil(lambda: len(page.choice.model.records) > shown)
    assert page.problem.text() == STOPPED


def copy_vault(place: Place, target: Any) -> None:
    import shutil

    shutil.copytree(place.backups, target, ignore=shutil.ignore_patterns("state.json", "kerja"))
