"""The bar of deeds where its words have no room."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.ui.screens.deed_bar import DeedBar


def test_what_decides_about_a_file_keeps_its_words_longest(qtbot: QtBot) -> None:
    holder, bar = QWidget(), DeedBar()  # a window of its own would keep the width it asks for
    qtbot.addWidget(holder)
    bar.setParent(holder)
    side = {
        "F6": bar.end_button,
        "F4": bar.pause_button,
        "F8": bar.back_button,
        "F7": bar.print_button,
    }
    bar.back_button.set_words("Kembalikan untuk diperbaiki")
    for button in side.values():
        button.setVisible(True)
    bar.show_deed("Berkas lengkap – beri nomor antrian", "check")
    holder.show()

    gone: list[str] = []
    for width in range(1400, 500, -10):
        bar.resize(width, bar.height())
        without = [key for key, button in side.items() if button.words.isHidden()]
        gone += [key for key in without if key not in gone]
        assert set(gone) == set(without)
        assert bar.deed_button.words.text() == "Berkas lengkap – beri nomor antrian"
        assert not bar.deed_button.words.isHidden()

    assert gone == ["F7", "F4", "F8", "F6"]
