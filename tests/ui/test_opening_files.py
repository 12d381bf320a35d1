"""Somebody else's file in the window: what is shown before it is opened, one key, one event."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import EventRecord
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.search_results import SearchScreen
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from tests.builders import SKTM, SettableClock, handed_over

DeskOf = Callable[[Role], Desk]


def look_ups(work: UnitOfWork) -> int:
    asked = select(func.count()).select_from(EventRecord).where(EventRecord.act == "lihat")
    return work.session.scalar(asked) or 0


def words_on(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def shell(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext], desk_of: DeskOf, clock: SettableClock
) -> Shell:
    """The counter's window on the day after a file was handed over."""
    handed_over(desk_of)
    clock.advance(days=1)
    shell = Shell(context_of(Role.PELAYANAN))
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.activateWindow()
    return shell


def found(qtbot: QtBot, shell: Shell) -> None:
    """Find the file with F3, by its NIK; the one found opens by itself."""
    shell.press("F3")
    qtbot.keyClicks(shell.search.field, str(SKTM["nik"]))
    qtbot.keyClick(shell.search.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.opening.prompt is not None)


def test_the_citizen_at_the_counter_costs_one_key(
    qtbot: QtBot, shell: Shell, desk_of: DeskOf
) -> None:
    found(qtbot, shell)
    prompt = shell.opening.prompt
    assert prompt is not None
    assert "26-000001" in words_on(prompt)
    for tells in (SKTM["nama"], SKTM["nik"]):
        assert tells not in words_on(prompt) + words_on(shell)
    assert desk_of(Role.PELAYANAN).ask(look_ups) == 0

    QTest.keyClick(prompt, Qt.Key.Key_Return)

    screen = shell._searching and shell.go(shell._searching[0])  # noqa: SLF001
    assert isinstance(screen, SearchScreen)
    qtbot.waitUntil(lambda: screen.view is not None)
    assert str(SKTM["nama"]) in words_on(screen)
    assert desk_of(Role.PELAYANAN).ask(look_ups) == 1
    assert shell.opening.prompt is None


def test_esc_leaves_it_closed(qtbot: QtBot, shell: Shell, desk_of: DeskOf) -> None:
    found(qtbot, shell)
    prompt = shell.opening.prompt
    assert prompt is not None

    QTest.keyClick(prompt, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: shell.opening.prompt is None)
    assert desk_of(Role.PELAYANAN).ask(look_ups) == 0
    assert str(SKTM["alamat"]) not in words_on(shell)


def test_another_reason_is_a_figure_or_words(qtbot: QtBot, shell: Shell, desk_of: DeskOf) -> None:
    found(qtbot, shell)
    prompt = shell.opening.prompt
    assert prompt is not None
    QTest.keyClick(prompt, Qt.Key.Key_4)
    assert prompt.other.isVisible()
    qtbot.keyClick(prompt.other, Qt.Key.Key_Return)
    assert "Tulis alasannya" in prompt.problem.text()
    qtbot.keyClicks(prompt.other, "Surat Inspektorat 12")
    qtbot.keyClick(prompt.other, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk_of(Role.PELAYANAN).ask(look_ups) == 1)


def test_going_through_what_was_found_opens_nothing(
    qtbot: QtBot, shell: Shell, desk_of: DeskOf
) -> None:
    screen = shell.go(shell._searching[0])  # noqa: SLF001
    assert isinstance(screen, SearchScreen)
    qtbot.keyClicks(screen.field, "Kusumawardhani")
    qtbot.waitUntil(lambda: screen.right.currentWidget() is screen.closed)
    shown = words_on(screen.closed)
    assert "9901••••••••0001" in shown
    assert str(SKTM["nik"]) not in shown
    assert shell.opening.prompt is None
    assert desk_of(Role.PELAYANAN).ask(look_ups) == 0

    shell.press("F12")

    qtbot.waitUntil(lambda: shell.opening.prompt is not None)
    QTest.keyClick(shell.opening.prompt, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: screen.right.currentWidget() is screen.work)
    assert desk_of(Role.PELAYANAN).ask(look_ups) == 1
