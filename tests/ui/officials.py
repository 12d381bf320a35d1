"""What the tests of the officers' screens share: a shown screen, its keys, what it said."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import Screen, ScreenContext
from kecamatan_desk.ui.screens.deed_screen import DeedScreen

S = TypeVar("S", bound=Screen)


@dataclass
class Said:
    """Sentences of the message bar, refusals, and what was sent to a printer."""

    done: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ways: list[Any] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    asked: list[object] = field(default_factory=list)


class Sitting(Generic[S]):
    """A screen on show, with its context and what it says."""

    def __init__(self, qtbot: QtBot, context: ScreenContext, screen: S) -> None:
        self.qtbot, self.context, self.screen = qtbot, context, screen
        self.said = Said()
        context.messages.said.connect(self._note_said)
        context.messages.complained.connect(self._note_complaint)
        context.background.refused.connect(self._note_complaint)
        context.navigator.request_asked.connect(self.said.asked.append)
        context.navigator.entry_asked.connect(self._note_entry)
        qtbot.addWidget(screen)
        screen.resize(1158, 680)
        screen.show()

    def press(self, key: str) -> None:
        """Do what the window does with a function key."""
        self.screen.deeds()[key]()

    def can_press(self, key: str) -> bool:
        return key in self.screen.deeds()

    def type(self, keys: str, widget: QWidget | None = None) -> None:
        QTest.keyClicks(widget or self.screen.focusWidget(), keys)

    def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds."""
        self.qtbot.waitUntil(lambda: bool(holds()))

    def until_shown(self, request_id: int, version: int | None = None) -> None:
        """Wait until a request (at a version) is in hand."""
        screen = self.screen
        assert isinstance(screen, DeedScreen)
        self.until(
            lambda: (
                screen.view is not None
                and screen.view.id == request_id
                and version in (None, screen.view.version)
            )
        )

    def _note_said(self, text: str, way: object) -> None:
        self.said.done.append(text)
        self.said.ways.append(way)

    def _note_complaint(self, text: str, _more: object) -> None:
        self.said.refused.append(text)

    def _note_entry(self, role: Role, kind: str) -> None:
        self.said.asked.append((role, kind))
