"""The register officer's books in the real frame, without a mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screens import book
from kecamatan_desk.ui.screens.book import RegisterBookScreen
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.usecases.agreements import proposals
from kecamatan_desk.usecases.proposals import agree
from tests.builders import op
from tests.ui.screen_tools import ContextOf, Printed, settled
from tests.walking import DeskOf, brought_to


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    return Printed(monkeypatch)


@pytest.fixture
def shell(qtbot: QtBot, context_of: ContextOf, printed: Printed) -> Iterator[Shell]:
    """The frame of the register officer."""
    frame = Shell(context_of(Role.REGISTER))
    qtbot.addWidget(frame)
    frame.resize(1366, 698)
    with qtbot.waitExposed(frame):
        frame.show()
    yield frame
    if frame.screen_shown is not None:
        settled(qtbot, frame.screen_shown)


def focus(shell: Shell) -> QWidget:
    """The widget the keys go to; the test platform does not always make windows active."""
    widget = shell.focusWidget()
    assert widget is not None
    return widget


def key(qtbot: QtBot, shell: Shell, *keys: Qt.Key) -> None:
    for one in keys:
        qtbot.keyClick(focus(shell), one)


def names(screen: RegisterBookScreen) -> list[str]:
    return [row.read.name for row in screen.book.lines]


def test_a_morning_with_the_books_needs_no_mouse(
    qtbot: QtBot,
    shell: Shell,
    desk_of: DeskOf,
    printed: Printed,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    for code, name in (("sktm", "Dewi"), ("sktm", "Asep"), ("ktp", "Euis")):
        brought_to(desk_of, code, "tanda-tangan", nama=name)
    shell.open_entry(None, "buku")
    screen = shell.screen_shown
    assert isinstance(screen, RegisterBookScreen)
    settled(qtbot, screen)
    assert names(screen) == ["Dewi", "Asep", "Euis"]

    qtbot.keyClicks(focus(shell), "sktm")  # the keyboard begins at the list of books
    key(qtbot, shell, Qt.Key.Key_Return)
    settled(qtbot, screen)
    assert names(screen) == ["Dewi", "Asep"]
    key(qtbot, shell, Qt.Key.Key_Return, Qt.Key.Key_Tab)  # year, month
    qtbot.keyClicks(focus(shell), "Mei")
    settled(qtbot, screen)
    assert names(screen) == ["Dewi", "Asep"]
    key(qtbot, shell, Qt.Key.Key_Tab)
    assert focus(shell) is screen.book

    screen.book.setCurrentIndex(
        screen.book.book_model.index(screen.book.book_model.rowCount() - 1, 0)
    )
    shell.press("F6")
    qtbot.keyClicks(focus(shell), "salah nama")
    shell.press("F12")
    kasi = desk_of(Role.KASI)
    qtbot.waitUntil(lambda: len(kasi.ask(proposals)) == 1)
    kasi.call(agree, op(), kasi.ask(proposals)[0].id)
    screen.background.announce()
    qtbot.waitUntil(
        lambda: [row.read.line.state for row in screen.book.lines] == ["belum", "batal"]
    )

    shell.press("F7")
    qtbot.waitUntil(lambda: screen.pages.currentWidget() is screen.preview)
    qtbot.waitUntil(lambda: bool(screen.preview.pages.pdf))
    shell.press("F7")
    qtbot.waitUntil(lambda: printed.kinds == ["buku"])
    key(qtbot, shell, Qt.Key.Key_Escape)
    assert screen.pages.currentWidget() is screen.table

    shell.press("F11")
    qtbot.waitUntil(lambda: screen.prints.make_button.isEnabled())
    shell.press("F12")
    qtbot.waitUntil(lambda: screen.pages.currentWidget() is screen.preview)
    key(qtbot, shell, Qt.Key.Key_Escape)
    settled(qtbot, screen)
    assert focus(shell) is screen.prints.table
    key(qtbot, shell, Qt.Key.Key_Return)  # the very same pages
    qtbot.waitUntil(lambda: screen.pages.currentWidget() is screen.preview)
    key(qtbot, shell, Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert screen.pages.currentWidget() is screen.table

    target = tmp_path / "buku.xlsx"
    monkeypatch.setattr(book, "ask_file", lambda *_question: target)
    shell.press("F10")
    qtbot.waitUntil(target.exists)
    cells = [cell.value for row in load_workbook(target).active.iter_rows() for cell in row]
    assert {"Dewi", "Asep"} <= set(cells)
    assert "Euis" not in cells
