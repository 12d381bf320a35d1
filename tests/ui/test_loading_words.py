"""Until the first answer a screen says that it loads: never an emptiness nobody has counted."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.approvals import ApprovalsScreen
from kecamatan_desk.ui.screens.drafts import DraftsScreen
from kecamatan_desk.ui.screens.file_list import FileListScreen
from kecamatan_desk.ui.screens.register_desk import RegisterScreen
from kecamatan_desk.ui.screens.signing import SigningScreen
from kecamatan_desk.ui.screens.workplace import WorkplaceScreen
from kecamatan_desk.usecases.desk import UnitOfWork
from tests.builders import DeskOf, taken_in
from tests.ui.screen_tools import ContextOf, settled, shown

LOADING = "Memuat …"
PLACES = [
    (WorkplaceScreen, Role.VERIFIKASI, "masuk"),
    (RegisterScreen, Role.REGISTER, "masuk"),
    (SigningScreen, Role.SEKCAM, "tanda-tangan"),
    (ApprovalsScreen, Role.SEKCAM, "persetujuan"),
    (DraftsScreen, Role.PELAYANAN, "draf"),
]


class _Slow:
    """The one worker of a screen, held as a slow PC holds it."""

    def __init__(self, context: ScreenContext) -> None:
        self._gate = threading.Event()
        context.background.query(self._pass, self._wait)

    def _wait(self, _work: UnitOfWork) -> None:
        self._gate.wait(20)

    def _pass(self, _nothing: None) -> None:
        pass

    def go_on(self) -> None:
        self._gate.set()


@pytest.fixture
def slow() -> Iterator[list[_Slow]]:
    held: list[_Slow] = []
    yield held
    for one in held:
        one.go_on()


def _words(screen: QWidget) -> list[str]:
    return [part.text() for part in screen.findChildren(QLabel) if part.isVisible() and part.text()]


@pytest.mark.parametrize(("kind_of_screen", "role", "kind"), PLACES)
def test_nothing_is_called_empty_before_it_was_counted(
    qtbot: QtBot,
    context_of: ContextOf,
    slow: list[_Slow],
    kind_of_screen: type,
    role: Role,
    kind: str,
) -> None:
    context = context_of(role)
    slow.append(_Slow(context))
    screen = shown(qtbot, kind_of_screen(context, role, kind))

    assert LOADING in _words(screen)
    assert not any(
        word.startswith(("Belum ada", "Tidak ada", "Map tanda", "0 ")) for word in _words(screen)
    )

    slow[0].go_on()
    settled(qtbot, screen)
    assert LOADING not in _words(screen)  # the answer: it is empty


def test_beside_a_filled_list_the_first_file_is_still_loading(
    qtbot: QtBot, context_of: ContextOf, desk_of: DeskOf
) -> None:
    taken_in(desk_of)
    context = context_of(Role.KASI)
    screen = shown(qtbot, _Unread(context, Role.KASI, "masuk"))

    qtbot.waitUntil(lambda: bool(screen.pane.list.requests))

    assert screen.right.currentWidget() is screen.empty
    assert screen.empty.title.text() == LOADING


class _Unread(FileListScreen):
    """A list whose file never comes."""

    @property
    def view(self) -> None:
        return None

    def load_request(self, _request_id: int | None) -> None:
        self.turn()
