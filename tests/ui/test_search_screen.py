"""Cari Berkas: files of every state are found, read, and sent to where they are worked on."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.search_results import SearchScreen
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.engine import Status
from tests.ui.officials import Sitting
from tests.walking import brought_to

DeskOf = Callable[[Role], Desk]


@pytest.fixture
def sitting(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext], desk_of: DeskOf
) -> Sitting[SearchScreen]:
    """The counter's search, in an office with one file done and one ready to be handed over."""
    brought_to(desk_of, "sktm", "", nama="Siti Nurjanah")
    brought_to(desk_of, "ktp", "serahkan", nama="Siti Aminah")
    context = context_of(Role.PELAYANAN)
    return Sitting(qtbot, context, SearchScreen(context, Role.PELAYANAN, "cari"))


def find(sitting: Sitting[SearchScreen], text: str) -> None:
    sitting.screen.field.clear()
    sitting.type(text, sitting.screen.field)
    sitting.until(lambda: sitting.screen.nothing.text())


def test_files_of_every_state_are_found_by_a_part_of_the_name(
    sitting: Sitting[SearchScreen],
) -> None:
    find(sitting, "siti")

    sitting.until(lambda: sitting.screen.hits.rowCount() == 2)
    sitting.until_shown(2)
    assert sitting.screen.nothing.text() == "2 berkas"


def test_nothing_found_is_said(sitting: Sitting[SearchScreen]) -> None:
    find(sitting, "Wagiman")

    assert sitting.screen.nothing.text() == "Tidak ada berkas dengan “Wagiman”."


def test_a_finished_file_can_only_be_read(sitting: Sitting[SearchScreen]) -> None:
    sitting.screen.show_request(1)
    sitting.until_shown(1)

    assert not {"F4", "F6", "F8", "F12"} & set(sitting.screen.deeds())
    assert "sudah berakhir" in sitting.screen.bar.hint.text()
    assert sitting.screen.help_topic() == ("sktm", "")  # F1 shows its SOP and prints the sheet


def test_the_keyboard_goes_from_the_field_into_the_file(sitting: Sitting[SearchScreen]) -> None:
    screen = sitting.screen
    assert screen.list.focusPolicy() is Qt.FocusPolicy.NoFocus  # empty
    screen.show_request(1)
    sitting.until_shown(1)
    screen.activateWindow()
    screen.field.setFocus()
    sitting.until(screen.field.hasFocus)
    QTest.keyClick(screen.field, Qt.Key.Key_Tab)
    assert screen.panel.tabs.hasFocus()
    screen.field.setFocus()
    before = screen.panel.tabs.currentIndex()
    QTest.keyClick(screen.field, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert screen.panel.tabs.currentIndex() == before - 1

    find(sitting, "Siti")
    assert screen.list.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_f5_leads_to_where_the_file_is_worked_on(sitting: Sitting[SearchScreen]) -> None:
    sitting.screen.show_request(2)
    sitting.until_shown(2)

    sitting.press("F5")

    assert sitting.said.asked == [(Role.PELAYANAN, "siap"), 2]


def test_a_request_is_cancelled_with_a_reason(
    sitting: Sitting[SearchScreen], desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirm, "ask", lambda *_texts: True)
    request = brought_to(desk_of, "perubahan-kk", "verifikasi")
    sitting.screen.show_request(request.request_id)
    sitting.until_shown(request.request_id)
    sitting.press("F6")
    sitting.type("Dicabut pemohon", sitting.screen.drawer.text)

    sitting.press("F12")

    sitting.until(
        lambda: (
            desk_of(Role.PELAYANAN).ask(request_view, request.request_id).status is Status.CANCELLED
        )
    )
