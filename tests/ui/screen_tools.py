"""Shows a screen as the frame does, presses its keys, and catches what it says and prints."""

from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.printing import Printing
from kecamatan_desk.ui.screen import Screen, ScreenContext
from kecamatan_desk.ui.screens.request_panel import DATA, RequestPanel

S = TypeVar("S", bound=Screen)
ContextOf = Callable[[Role], ScreenContext]


class Heard:
    """What went to the message bar."""

    def __init__(self, context: ScreenContext) -> None:
        self.said: list[str] = []
        self.complained: list[str] = []
        self.refused: list[tuple[str, str | None]] = []
        context.messages.said.connect(self._say)
        context.messages.complained.connect(self._complain)
        context.background.refused.connect(self._refuse)

    def _say(self, text: str, _way_out: object) -> None:
        self.said.append(text)

    def _complain(self, text: str, _way_out: object) -> None:
        self.complained.append(text)

    def _refuse(self, text: str, field: str | None) -> None:
        self.refused.append((text, field))


class Printed:
    """What went to a printer, in place of the printer and its dialog."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.papers: list[tuple[str, bytes]] = []
        self.titles: list[str] = []
        monkeypatch.setattr(Printing, "print_pdf", self._print)

    def _print(self, _parent: QWidget, pdf: bytes, kind: str, title: str) -> None:
        assert title
        assert pdf.startswith(b"%PDF")
        self.papers.append((kind, pdf))
        self.titles.append(title)

    @property
    def kinds(self) -> list[str]:
        return [kind for kind, _pdf in self.papers]


def shown(qtbot: QtBot, screen: S) -> S:
    """Show a screen at the size it has on the smallest PC."""
    qtbot.addWidget(screen)
    screen.resize(1158, 680)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    (screen.first_focus() or screen).setFocus()
    return screen


def settled(qtbot: QtBot, screen: Screen) -> None:
    """Wait until the worker has answered everything, also what its answers asked for."""
    for _ in range(5):
        answers: list[str] = []
        screen.context.background.run(answers.append, str)
        qtbot.waitUntil(lambda answers=answers: bool(answers))


def with_all_pages(screen: Screen) -> None:
    """See that every page of a file is there: most are built when one turns to them."""
    for panel in screen.findChildren(RequestPanel):
        assert all((panel.letter, panel.slips, panel.scans, panel.history))
        page = panel.page
        panel.show_page(DATA)
        panel.show_page(page)


def press(screen: Screen, key: str) -> None:
    """Press a function key as the frame does."""
    deed: Any = screen.deeds()[key]
    deed()


def type_into(qtbot: QtBot, widget: QWidget, text: str) -> None:
    widget.setFocus()
    qtbot.keyClicks(widget, text)


def enter(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.keyClick(widget, Qt.Key.Key_Return)


def fits(screen: Screen) -> bool:
    """Tell whether the screen needs no more room than the smallest PC gives."""
    need = screen.minimumSizeHint()
    return need.width() <= 1158 and need.height() <= 680
