"""F1: every screen has a text that names its keys and what is final, and it is there at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.ui.help_texts import ALWAYS, HELP, PARTS, help_of
from kecamatan_desk.ui.parts import Button
from kecamatan_desk.ui.rail import spots_of
from kecamatan_desk.ui.screens.roles import Entry
from kecamatan_desk.ui.shell import Shell
from tests.builders import DeskOf, checked, registered
from tests.ui.screen_tools import ContextOf, settled

#: Screens once each: class -> a role and its entry.
_ENTRIES: dict[str, tuple[Role, Entry]] = {
    entry.class_name: (role, entry) for role in STAFF for _, entry in spots_of((role,))
}


def test_every_screen_has_a_text_and_no_text_is_of_no_screen() -> None:
    assert len(_ENTRIES) > 25
    assert set(HELP) == set(_ENTRIES)
    for name, (_role, entry) in _ENTRIES.items():
        part, text = help_of(name)
        assert part == ""
        assert text is not None
        assert text.purpose[0].isupper(), name
        assert text.purpose.endswith("."), name
        assert not text.purpose.startswith(f"{entry.title}:"), name  # the heading says it
        assert text.final == "" or text.final.endswith("."), name
        caps = [cap for cap, _ in text.keys]
        assert len(set(caps)) == len(caps), name
    for _title, text in PARTS.values():
        assert text.final


@pytest.mark.parametrize("name", _ENTRIES)
def test_the_text_names_every_key_the_screen_has(
    name: str, qtbot: QtBot, context_of: ContextOf
) -> None:
    role, entry = _ENTRIES[name]
    screen = entry.screen(context_of(role), role, entry.kind)
    qtbot.addWidget(screen)
    text = help_of(name)[1]
    assert text is not None
    told = {cap for cap, _ in (*text.keys, *screen.help_keys(), *ALWAYS)}

    worn = {button.cap for button in screen.findChildren(Button) if button.cap}

    assert {cap for cap in worn if cap.startswith(("F", "Ctrl"))} <= told


def _said(shell: Shell) -> str:
    labels = shell.help_page.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def test_help_is_there_before_the_first_counts_and_stays_when_they_come(
    qtbot: QtBot, context_of: ContextOf
) -> None:
    shell = Shell(context_of(Role.PELAYANAN))
    qtbot.addWidget(shell)
    shell.show()
    assert shell.screen_shown is None  # the counter waits for its counts

    shell.press("F1")

    assert shell.stack.currentWidget() is shell.help_page
    assert HELP["NewRequestScreen"].purpose in _said(shell)
    assert "kunci layar" in _said(shell)
    qtbot.waitUntil(lambda: shell.screen_shown is not None)
    assert shell.stack.currentWidget() is shell.help_page
    qtbot.keyClick(shell.help_page, Qt.Key.Key_Escape)
    assert shell.stack.currentWidget() is shell.screen_shown


def test_leaving_help_before_the_counts_shows_no_empty_help(
    qtbot: QtBot, context_of: ContextOf
) -> None:
    shell = Shell(context_of(Role.PELAYANAN))
    qtbot.addWidget(shell)
    shell.show()
    assert shell.stack.currentWidget() is not shell.help_page

    shell.press("F1")
    shell.press("F1")

    assert shell.stack.currentWidget() is not shell.help_page


def test_what_is_final_and_the_keys_stand_on_the_page(qtbot: QtBot, context_of: ContextOf) -> None:
    shell = Shell(context_of(Role.CAMAT))
    qtbot.addWidget(shell)
    shell.show()
    shell.open_entry(None, "persetujuan")

    shell.press("F1")

    said = _said(shell)
    assert "Persetujuan langsung dijalankan dan tidak dapat ditarik." in said
    assert "tarik usul sendiri" in said
    assert "Pilih berkas" not in said  # there are no files here


def test_a_part_with_work_of_its_own_has_its_own_text_above_the_sop(
    qtbot: QtBot, context_of: ContextOf, desk_of: DeskOf
) -> None:
    receipt = registered(desk_of)
    shell = Shell(context_of(Role.REGISTER))
    qtbot.addWidget(shell)
    shell.show()
    shell.open_entry(None, "cari")
    screen = shell.screen_shown
    assert screen is not None
    screen.show_request(receipt.request_id)
    settled(qtbot, screen)
    screen.panel.show_page("lampiran")  # type: ignore[attr-defined]

    shell.press("F1")

    assert shell.help_page.name.text() == "Lampiran"
    assert "Lampiran yang dihapus tidak kembali" in _said(shell)
    assert shell.help_page.where.text() == "Sekarang langkah 5 dari 7."


def test_lent_work_has_its_own_text(qtbot: QtBot, context_of: ContextOf) -> None:
    shell = Shell(context_of(Role.ADMIN))
    qtbot.addWidget(shell)
    shell.show()
    shell.open_entry(None, "pejabat")
    screen = shell.screen_shown
    assert screen is not None
    assert screen.help_part() == ""
    screen.tabs.setCurrentIndex(3)  # type: ignore[attr-defined]

    shell.press("F1")

    assert shell.help_page.name.text() == "Titip tugas"


def test_a_long_page_is_read_with_the_arrow_keys(
    qtbot: QtBot, context_of: ContextOf, desk_of: DeskOf
) -> None:
    checked(desk_of)
    shell = Shell(context_of(Role.REGISTER))
    qtbot.addWidget(shell)
    shell.resize(1100, 560)
    shell.show()
    screen = shell.screen_shown
    assert screen is not None
    settled(qtbot, screen)
    shell.press("F1")
    bar = shell.help_page.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)

    qtbot.keyClick(shell.help_page.back_button, Qt.Key.Key_PageDown)

    assert bar.value() > 0
