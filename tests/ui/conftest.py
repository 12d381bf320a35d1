"""Fixtures of the window: the dressed application, a worker, the context screens get."""

import gc
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import style, theme
from kecamatan_desk.ui.app import dress
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.dialogs import reason
from kecamatan_desk.ui.preferences import Preferences
from kecamatan_desk.ui.printing import Printing
from kecamatan_desk.ui.screen import Messages, Navigator, ScreenContext
from kecamatan_desk.ui.style import Look
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.reasons import Reason
from tests.builders import PROFILE

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_FULL = 40  # tests from one search through everything to the next
_PATIENCE = 30_000  # milliseconds to wait for what must come: a busy machine is no fault


class PatientBot(QtBot):
    """Waits as long as a machine may need that does other work too."""

    def waitUntil(  # noqa: N802 - as pytest-qt calls it
        self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE
    ) -> None:
        """Wait until *callback* no longer gives False."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(  # noqa: N802 - as pytest-qt calls it
        self, signal: Any, *, timeout: int = _PATIENCE, **more: Any
    ) -> SignalBlocker:
        """Wait until *signal* comes."""
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """A hand at the window that is patient."""
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    """Give every test the program's own type and style sheet."""
    dress(qapp, 1.0)
    style.use(Look(theme.LIGHT))
    yield
    style.forget()


@pytest.fixture(autouse=True)
def _collected_here(_dressed: None) -> Iterator[None]:
    """Look for garbage between two tests only: as in the program never on a worker."""
    gc.disable()
    yield
    gc.collect(2 if gc.get_count()[2] > _FULL else 1)
    gc.enable()


@pytest.fixture
def background_of(desk_of: Callable[[Role], Desk]) -> Iterator[Callable[[Role], Background]]:
    """Give the worker of a role's user: `background_of(Role.REGISTER)`."""
    made: list[Background] = []

    def background_of(role: Role) -> Background:
        made.append(Background(desk_of(role)))
        return made[-1]

    yield background_of
    for background in made:
        background.close()


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Background]:
    """A worker without a desk: plain functions only."""
    background = Background()
    yield background
    background.close()


@pytest.fixture
def context_of(
    background_of: Callable[[Role], Background], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Role], ScreenContext]:
    """Give what a role's screens are made with: `Screen(context_of(role), role, kind)`."""

    def context_of(role: Role) -> ScreenContext:
        background = background_of(role)
        messages = Messages()
        preferences = Preferences(tmp_path_factory.mktemp("window") / "window.json")
        return ScreenContext(
            background=background,
            user=background.desk.user,
            profile=PROFILE,
            practice=False,
            messages=messages,
            navigator=Navigator(),
            printing=Printing(background, preferences, messages),
        )

    return context_of


@pytest.fixture(autouse=True)
def _asked_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer why data leave as a file; who tests the question itself replaces this."""
    monkeypatch.setattr(reason, "ask_reason", _for_the_archive)


def _for_the_archive(*_asked: object) -> Reason:
    return Reason("arsip")
