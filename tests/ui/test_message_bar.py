"""The bar at the foot tells a sentence whole, however long the names in it are."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.ui import theme
from kecamatan_desk.ui.message_bar import MessageBar
from kecamatan_desk.ui.screen import Messages, WayOut
from kecamatan_desk.ui.style import look

LONG = (
    "Kata sandi Administrator Putri Handayani Kusumawardhani Prawirodirdjo Sastrowid, S.IP. dibuat "
    "baru di pintu pada 23 November 2026 pukul 04.40 atas persetujuan Drs. Agus Santoso "
    "Kusumawardhani Prawirodirdjo, S.IP. dan Rudi Hartono Kusumawardhani Prawirodirdjo, S.IP. Bila "
    "ini tidak Anda ketahui, laporkan kepada Camat. 2 percobaan masuk yang salah atas nama Anda "
    "sejak 19 November 2026 pukul 09.00. Bila bukan Anda, ganti kata sandi pada menu Saya."
)


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[MessageBar]:
    """The bar in a window of the smallest size, with the age of the backups beside it."""
    made = MessageBar(Messages())
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addStretch(1)
    layout.addWidget(made)
    window.resize(1366, 768)
    made.show_backup("salinan luar: belum pernah", "late", "circle-alert")
    window.show()
    qtbot.waitExposed(window)
    yield made
    window.hide()


def settled(bar: MessageBar) -> None:
    window = bar.window()
    layout = window.layout()
    assert layout is not None
    layout.activate()


@pytest.mark.parametrize("way_out", [None, WayOut("Buka Cadangan", "F9", lambda: None)])
def test_a_sentence_of_many_lines_is_told_whole(bar: MessageBar, way_out: WayOut | None) -> None:
    usual = look().px(theme.H_MSG)
    bar.complain(LONG, way_out)
    settled(bar)
    assert bar.height() > usual
    assert bar.words.height() >= bar.words.heightForWidth(bar.words.width())

    bar.say("Tersimpan.")
    settled(bar)
    assert bar.height() == usual  # a short one takes no more than its place


def test_a_wider_window_gives_the_height_back(bar: MessageBar) -> None:
    bar.complain(LONG)
    settled(bar)
    high = bar.height()

    bar.window().resize(2600, 768)
    settled(bar)

    assert bar.height() < high
    assert bar.words.height() >= bar.words.heightForWidth(bar.words.width())
