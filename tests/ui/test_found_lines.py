"""A manual letter that F3 has found leads to its line in the book."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screens.book import RegisterBookScreen
from kecamatan_desk.ui.screens.search_results import SearchScreen
from kecamatan_desk.ui.shell import Shell
from tests.builders import DeskOf, SettableClock
from tests.reserving import recorded
from tests.ui.screen_tools import ContextOf, Heard, settled, shown
from tests.walking import brought_to


@pytest.fixture
def letters(desk_of: DeskOf, clock: SettableClock) -> int:
    """A letter of May, and a file registered in June; gives the letter's line."""
    line = recorded(desk_of)
    clock.advance(days=30)
    brought_to(desk_of, "sktm", "tanda-tangan")
    return line


def framed(qtbot: QtBot, context_of: ContextOf, role: Role) -> Shell:
    shell = Shell(context_of(role))
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    with qtbot.waitExposed(shell):
        shell.show()
    return shell


def test_f3_leads_to_the_line(
    qtbot: QtBot, context_of: ContextOf, letters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = framed(qtbot, context_of, Role.REGISTER)
    shell.search.begin()
    shell.search.field.setText("dinas sosial")
    qtbot.keyClick(shell.search.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(shell.screen_shown, RegisterBookScreen))
    screen = shell.screen_shown
    assert isinstance(screen, RegisterBookScreen)
    qtbot.waitUntil(lambda: screen.book.current is not None)
    settled(qtbot, screen)
    assert screen.book.current is not None
    assert screen.book.current.line.id == letters
    asked = screen.chooser.asked
    assert asked is not None
    assert (asked.code, asked.period.first) == ("umum", date(2026, 5, 1))


def test_who_has_no_book_is_told_where_it_stands(
    qtbot: QtBot, context_of: ContextOf, letters: int
) -> None:
    shell = framed(qtbot, context_of, Role.CAMAT)
    heard = Heard(shell.context)
    shell.search.begin()
    shell.search.field.setText("rapat koordinasi")
    qtbot.keyClick(shell.search.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(heard.said))
    assert any("nomor 001 tanggal 12-05-2026" in said for said in map(str, heard.said))


def test_the_search_screen_tells_of_it_and_enter_opens_the_book(
    qtbot: QtBot, context_of: ContextOf, letters: int
) -> None:
    screen = shown(qtbot, SearchScreen(context_of(Role.REGISTER), Role.REGISTER, "cari"))
    asked: list[object] = []
    screen.context.navigator.line_asked.connect(asked.append)
    screen.field.setText("dinas sosial")
    qtbot.keyClick(screen.field, Qt.Key.Key_Return)
    settled(qtbot, screen)
    assert screen.right.currentWidget() is screen.empty
    screen.list.setFocus()
    qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    assert [getattr(one, "line_id", 0) for one in asked] == [letters]
