"""Periksa Surat: scan, Enter, a verdict one sees from afar, what the register knows, the notice."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.message_bar import MessageBar
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.roles import ENTRIES
from kecamatan_desk.ui.screens.verify import VerifyScreen
from kecamatan_desk.ui.search_box import SearchBox
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.usecases.proof import keys
from tests.builders import handed_over, registered, voided
from tests.proving import codes, words_of
from tests.ui.screen_tools import (
    ContextOf,
    Heard,
    Printed,
    enter,
    fits,
    press,
    settled,
    shown,
    type_into,
)
from tests.walking import DeskOf


@pytest.fixture
def screen(qtbot: QtBot, context_of: ContextOf) -> VerifyScreen:
    return shown(qtbot, VerifyScreen(context_of(Role.PELAYANAN), Role.PELAYANAN, "periksa"))


def scan(qtbot: QtBot, screen: VerifyScreen, code: str) -> None:
    """Type as a scanner does."""
    type_into(qtbot, screen.field, code)
    enter(qtbot, screen.field)
    settled(qtbot, screen)


def chip(screen: VerifyScreen) -> str:
    return str(screen.ground.property("chip"))


def test_a_good_letter_is_green_and_shows_what_the_paper_must_bear(
    qtbot: QtBot, screen: VerifyScreen, desk_of: DeskOf
) -> None:
    receipt = handed_over(desk_of)
    (code,) = codes(desk_of(Role.REGISTER), receipt.request_id)
    asked: list[int] = []
    screen.context.navigator.request_asked.connect(asked.append)
    assert screen.field.hasFocus()
    scan(qtbot, screen, code)

    assert (screen.verdict.text(), chip(screen)) == ("Benar dan berlaku", "ok")
    values = {name: value.text() for name, value in screen.facts.values.items()}
    assert values["Nomor surat"] == receipt.letter_number
    assert (values["Inisial pemohon"], values["NIK berakhir"]) == ("RRK", "0001")
    assert values["Menurut register"] == "Diserahkan 12 Mei 2026"
    assert screen.field.selectedText() == code  # the next scan takes its place
    press(screen, "F5")
    assert asked == [receipt.request_id]
    assert fits(screen)


def test_the_next_scan_takes_the_place_of_the_one_before(
    qtbot: QtBot, screen: VerifyScreen, desk_of: DeskOf
) -> None:
    receipt = registered(desk_of)
    (code,) = codes(desk_of(Role.REGISTER), receipt.request_id)
    scan(qtbot, screen, code)
    assert (screen.verdict.text(), chip(screen)) == ("Benar, belum diserahkan", "warn")

    voided(desk_of, receipt, "Pemohon menarik diri")
    scan(qtbot, screen, code)
    assert (screen.verdict.text(), chip(screen)) == ("Tidak berlaku", "late")

    scan(qtbot, screen, code[:-9] + ("2" if code[-9] != "2" else "3") + code[-8:])
    assert (screen.verdict.text(), chip(screen)) == ("Kode tidak benar", "late")
    assert not screen.facts.isVisible()
    assert "F5" not in screen.deeds()

    scan(qtbot, screen, "halo")
    assert (screen.verdict.text(), chip(screen)) == ("Bukan kode surat", "rest")


def test_an_empty_field_says_what_to_do(qtbot: QtBot, screen: VerifyScreen) -> None:
    heard = Heard(screen.context)
    press(screen, "F12")

    assert heard.complained == [
        "Belum ada kode. Pindai kode di kiri bawah surat, lalu tekan Enter."
    ]
    assert not screen.answer.isVisible()


def test_an_answer_takes_back_the_refusal_before_it(
    qtbot: QtBot, screen: VerifyScreen, desk_of: DeskOf
) -> None:
    """A green answer over a red line would be believed by nobody."""
    (code,) = codes(desk_of(Role.REGISTER), handed_over(desk_of).request_id)
    bar = MessageBar(screen.context.messages)
    qtbot.addWidget(bar)
    screen.complain("Kode ini dari data latihan, bukan dari data yang sedang dibuka.")
    assert bar.words.text()

    scan(qtbot, screen, code)

    assert bar.words.text() == ""


def test_coming_back_to_the_field_the_next_scan_replaces_the_old_code(
    qtbot: QtBot, screen: VerifyScreen, desk_of: DeskOf
) -> None:
    (code,) = codes(desk_of(Role.REGISTER), handed_over(desk_of).request_id)
    scan(qtbot, screen, code)
    screen.field.deselect()
    screen.check_button.setFocus()  # as after the search or the notice
    screen.field.setFocus()

    qtbot.keyClicks(screen.field, "KD1:26-000001-Q")

    assert screen.field.text() == "KD1:26-000001-Q"


def test_leaving_forgets_the_letter(qtbot: QtBot, screen: VerifyScreen, desk_of: DeskOf) -> None:
    (code,) = codes(desk_of(Role.REGISTER), handed_over(desk_of).request_id)
    scan(qtbot, screen, code)
    screen.leave()

    assert screen.field.text() == ""
    assert not screen.answer.isVisible()


def test_the_notice_is_printed_with_the_print_that_is_shown(
    qtbot: QtBot, screen: VerifyScreen, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = Printed(monkeypatch)
    settled(qtbot, screen)
    (key,) = keys(desk_of(Role.REGISTER))
    assert screen.print_of_key.text() == key.fingerprint
    press(screen, "F7")
    settled(qtbot, screen)

    ((kind, pdf),) = printed.papers
    assert kind == "pengumuman"
    assert all(group in words_of(pdf) for group in key.fingerprint.split())


def test_pelayanan_and_register_find_it_in_their_rail() -> None:
    having = [
        role for role, entries in ENTRIES.items() if any(e.kind == "periksa" for e in entries)
    ]

    assert having == [Role.PELAYANAN, Role.REGISTER]


def test_f3_opens_a_scanned_letter_and_refuses_a_changed_one(
    qtbot: QtBot, qapp: QApplication, context_of: Callable[[Role], ScreenContext], desk_of: DeskOf
) -> None:
    receipt = handed_over(desk_of)
    (code,) = codes(desk_of(Role.REGISTER), receipt.request_id)
    context = context_of(Role.PELAYANAN)
    heard = Heard(context)
    shell = Shell(context)
    qtbot.addWidget(shell)
    shell.resize(1366, 698)
    with qtbot.waitExposed(shell):
        shell.show()
    box = shell.findChild(SearchBox)
    assert box is not None
    found: list[int] = []
    box.found.connect(found.append)

    box.field.setFocus()
    qtbot.keyClicks(box.field, code[:-1] + ("A" if code[-1] != "A" else "B"))
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(heard.refused))
    assert "Tidak ada yang dibuka" in heard.refused[0][0]
    assert found == []

    box.field.selectAll()
    qtbot.keyClicks(box.field, code)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: found == [receipt.request_id])
