"""Workbooks leave with a proof of who sits there, asked for as the program asks it anywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.presence_prompt import PresencePrompt
from kecamatan_desk.ui.screens import book, report
from kecamatan_desk.ui.screens.book import RegisterBookScreen
from kecamatan_desk.ui.screens.report import ReportScreen
from kecamatan_desk.ui.shell import Shell
from tests.builders import PIN
from tests.ui.screen_tools import ContextOf, settled
from tests.walking import DeskOf, brought_to


@pytest.fixture
def shell(qtbot: QtBot, context_of: ContextOf) -> Iterator[Shell]:
    frame = Shell(context_of(Role.REGISTER))
    qtbot.addWidget(frame)
    frame.resize(1366, 698)
    with qtbot.waitExposed(frame):
        frame.show()
    yield frame
    assert frame.screen_shown is not None
    settled(qtbot, frame.screen_shown)


def asked(qtbot: QtBot, shell: Shell) -> PresencePrompt:
    """Press F10 with an old proof, and give the question."""
    shell.context.background.desk.proven_at -= 3600
    shell.press("F10")
    qtbot.waitUntil(lambda: shell.presence.prompt is not None)
    assert shell.presence.prompt is not None
    return shell.presence.prompt


def test_a_book_leaves_after_the_proof_and_esc_frees_the_page(
    qtbot: QtBot,
    shell: Shell,
    desk_of: DeskOf,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    target = tmp_path / "buku.xlsx"
    monkeypatch.setattr(book, "ask_file", lambda *_question: target)
    shell.open_entry(Role.REGISTER, "buku")
    screen = shell.screen_shown
    assert isinstance(screen, RegisterBookScreen)
    settled(qtbot, screen)

    qtbot.keyClick(asked(qtbot, shell), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "tidak jadi" in shell.message_bar.words.text())
    assert not screen.work.running
    assert not target.exists()

    qtbot.keyClicks(asked(qtbot, shell).secret, PIN)
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: not screen.work.running)
    assert shell.presence.prompt is None


def test_a_report_leaves_after_the_proof(
    qtbot: QtBot, shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "laporan.xlsx"
    monkeypatch.setattr(report, "ask_sheet", lambda *_question: target)
    shell.open_entry(Role.REGISTER, "laporan")
    screen = shell.screen_shown
    assert isinstance(screen, ReportScreen)
    settled(qtbot, screen)

    qtbot.keyClicks(asked(qtbot, shell).secret, PIN)
    qtbot.waitUntil(target.exists)
    settled(qtbot, screen)
