"""Buku Register of a closed month: its head says so, and lines that changed since bear a mark."""

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.screens.book import RegisterBookScreen
from tests.builders import SettableClock
from tests.closing_office import JUNE, closed_may
from tests.ui.screen_tools import ContextOf, settled, shown
from tests.walking import DeskOf, brought_to, forward


def test_a_closed_month_is_told_and_changed_lines_are_marked(
    qtbot: QtBot, context_of: ContextOf, desk_of: DeskOf, clock: SettableClock
) -> None:
    running = brought_to(desk_of, "sktm", "serahkan", nama="Asep Sunandar")
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Budi Santoso")
    screen = RegisterBookScreen(context_of(Role.REGISTER), Role.REGISTER, "buku")
    shown(qtbot, screen)
    settled(qtbot, screen)
    screen.chooser.books.choose("sktm")
    settled(qtbot, screen)
    assert not screen.closed_row.isVisible()

    closed_may(desk_of, clock)
    clock.set(JUNE)
    forward(desk_of, running)
    screen.reload()
    settled(qtbot, screen)

    assert screen.closed_row.isVisible()
    assert "Sudah ditutup: Mei 2026" in screen.closed_words.text()
    changed, same = screen.book.lines
    assert changed.read.line.cells[-1].endswith("Berubah sesudah penutupan")
    assert "Berubah" not in same.read.line.cells[-1]
    picture = screen.book.viewport().grab().toImage()
    bar = QColor(theme.LIGHT.warn)
    ratio = picture.devicePixelRatio()
    for line, marked in ((changed, True), (same, False)):
        place = screen.book.book_model.rows.index(line)
        rect = screen.book.visualRect(screen.book.book_model.index(place, 0))
        at = picture.pixelColor(int((rect.left() + 1) * ratio), int(rect.center().y() * ratio))
        assert (at == bar) is marked
