"""No part of a screen is shown before it has its place in the window.

It would be a window of its own for a moment, take the keyboard along, and leave it with nobody.
"""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.roles import ENTRIES, OWN
from kecamatan_desk.ui.setup_page import SetupPage
from kecamatan_desk.ui.sign_in import SignInPage


class Watch(QObject):
    """Notes every widget without a parent that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@pytest.fixture
def strays(qapp: QApplication) -> Iterator[list[str]]:
    watch = Watch()
    qapp.installEventFilter(watch)
    yield watch.shown
    qapp.removeEventFilter(watch)


@pytest.mark.parametrize("role", ENTRIES, ids=lambda role: role.value)
def test_no_screen_shows_a_part_while_it_is_made(
    role: Role, context_of: Callable[[Role], ScreenContext], strays: list[str]
) -> None:
    context = context_of(role)
    own = OWN if role is Role.PELAYANAN else ()
    for entry in (*ENTRIES[role], *own):
        screen = entry.screen(context, role, entry.kind)
        assert strays == [], entry.title
        screen.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("page", [SignInPage, SetupPage])
def test_nor_do_the_pages_of_the_door(page: Callable[[], QWidget], strays: list[str]) -> None:
    made = page()
    assert strays == []
    made.deleteLater()
