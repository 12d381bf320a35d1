"""Small parts: buttons, chips, the question before what cannot be undone, what a PC remembers."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kecamatan_desk.ui import style, theme
from kecamatan_desk.ui.dialogs.confirm import ConfirmDialog
from kecamatan_desk.ui.icon_field import IconField
from kecamatan_desk.ui.parts import Button, box, chip, label, pic
from kecamatan_desk.ui.preferences import Preferences
from kecamatan_desk.ui.style import Look


def test_a_button_names_its_deed_and_its_key(qtbot: QtBot) -> None:
    button = Button("Berkas lengkap – beri nomor antrian", "F12", "primary", "check")
    qtbot.addWidget(button)

    assert button.accessibleName() == "Berkas lengkap – beri nomor antrian, F12"

    button.set_words("Tidak memenuhi syarat", "printer")
    assert button.accessibleName() == "Tidak memenuhi syarat, F12"


def test_a_button_gets_room_for_all_its_words(qtbot: QtBot) -> None:
    short, long = Button("Jeda", "F4"), Button("Kembalikan untuk diperbaiki", "F8")
    qtbot.addWidget(short)
    qtbot.addWidget(long)

    assert long.minimumSizeHint().width() > short.minimumSizeHint().width() + 100
    assert long.words.sizeHint().width() < long.minimumSizeHint().width()


def test_a_disabled_deed_is_written_in_the_quiet_ink(qtbot: QtBot) -> None:
    button = Button("Serahkan", "F12", "primary")
    qtbot.addWidget(button)

    button.setEnabled(False)
    assert button.words.property("ink") == "muted"

    button.setEnabled(True)
    assert button.words.property("ink") == "on_accent"


def test_a_count_of_nothing_is_quiet(qtbot: QtBot) -> None:
    button = Button("Berkas Masuk", kind="nav", glyph="inbox")
    qtbot.addWidget(button)

    button.set_count("0")
    assert button.count == "0"
    button.set_count("7")
    assert button.count == "7"


def test_names_are_text_and_never_markup(qtbot: QtBot) -> None:
    words = label("<b>Siti</b>")
    qtbot.addWidget(words)

    assert words.textFormat() == Qt.TextFormat.PlainText


def test_a_chip_says_its_words(qtbot: QtBot) -> None:
    late = chip("late", "terlambat 8 mnt", "triangle-alert")
    qtbot.addWidget(late)

    assert late.accessibleName() == "terlambat 8 mnt"


def test_pieces_stand_in_a_box_in_order(qtbot: QtBot) -> None:
    first, second = label("satu"), label("dua")
    frame = box(False, first, "~16", (second, 1), None)
    qtbot.addWidget(frame)
    frame.show()

    assert first.x() + first.width() + 16 <= second.x()


def test_icons_follow_light_and_dark(qtbot: QtBot) -> None:
    icon = pic("check", "text", 24)
    qtbot.addWidget(icon)
    icon.show()
    light = icon.grab().toImage()

    style.use(Look(theme.DARK))
    try:
        assert icon.grab().toImage() != light
    finally:
        style.use(Look(theme.LIGHT))


def test_the_icon_in_a_field_follows_light_and_dark(qtbot: QtBot) -> None:
    field = IconField("search")
    qtbot.addWidget(field)
    light = field.mark.pixmap(16).toImage()

    style.use(Look(theme.DARK))
    try:
        assert field.mark.pixmap(16).toImage() != light
    finally:
        style.use(Look(theme.LIGHT))


def test_the_question_has_the_way_back_in_focus(qtbot: QtBot) -> None:
    dialog = ConfirmDialog(None, "Batalkan nomor 184?", "Tetap di buku.", "Ya, batalkan", "Tidak")
    qtbot.addWidget(dialog)
    dialog.show()

    assert dialog.no_button.isDefault()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_the_deed_of_the_question_is_pressed_on_purpose(qtbot: QtBot) -> None:
    dialog = ConfirmDialog(None, "Batalkan nomor 184?", "Tetap di buku.", "Ya, batalkan", "Tidak")
    qtbot.addWidget(dialog)

    with qtbot.waitSignal(dialog.accepted):
        dialog.yes_button.click()


def test_what_a_pc_remembers_outlives_the_program(tmp_path: Path) -> None:
    Preferences(tmp_path / "window.json").set_scale(1.5)
    Preferences(tmp_path / "window.json").set_printer("ticket", "Epson")

    again = Preferences(tmp_path / "window.json")

    assert again.scale == 1.5
    assert again.printer("ticket") == "Epson"
    assert again.printer("letter") == ""


@pytest.mark.parametrize("content", ["", "[]", "{", '{"scale": 9, "printers": []}'])
def test_a_broken_memory_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    file = tmp_path / "window.json"
    file.write_text(content, encoding="utf-8")

    preferences = Preferences(file)

    assert preferences.scale == 1.0
    assert preferences.printer("ticket") == ""


def test_nothing_is_written_where_no_place_has_been_made(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "data" / "window.json")

    preferences.set_scale(2.0)

    assert preferences.scale == 2.0
    assert not (tmp_path / "data").exists()
