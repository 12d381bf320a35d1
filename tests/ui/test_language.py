"""What Qt itself shows speaks Indonesian too: menus of fields, file dialogs, standard buttons."""

import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTreeView,
)
from pytestqt.qtbot import QtBot

from kecamatan_desk.resources import resource

WORDS = ["Urungkan", "Ulangi lagi", "Potong", "Salin", "Tempel", "Hapus", "Pilih semua"]


def _words(menu: QMenu) -> list[str]:
    texts = [action.text().partition("\t")[0].replace("&", "") for action in menu.actions()]
    return [text for text in texts if text]


@pytest.mark.parametrize("make", [QLineEdit, QPlainTextEdit])
def test_the_menu_of_a_field_is_indonesian(
    qtbot: QtBot, make: Callable[[], QLineEdit | QPlainTextEdit]
) -> None:
    field = make()
    qtbot.addWidget(field)

    menu = field.createStandardContextMenu()

    assert _words(menu) == WORDS


@pytest.mark.parametrize(
    ("mode", "deed"),
    [(QFileDialog.AcceptMode.AcceptOpen, "&Buka"), (QFileDialog.AcceptMode.AcceptSave, "&Simpan")],
)
def test_the_file_dialog_is_indonesian(
    qtbot: QtBot, mode: QFileDialog.AcceptMode, deed: str
) -> None:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    tree = dialog.findChild(QTreeView)
    assert tree is not None

    buttons = {button.text() for button in dialog.findChildren(QAbstractButton)} - {""}
    labels = {label.text() for label in dialog.findChildren(QLabel)} - {""}
    heads = [tree.model().headerData(n, Qt.Orientation.Horizontal) for n in range(4)]

    assert buttons == {deed, "Tidak jadi"}
    assert labels == {"&Cari di:", "&Nama berkas:", "&Jenis berkas:"}
    assert heads == ["Nama", "Ukuran", "Jenis", "Diubah"]


def test_standard_buttons_are_indonesian(qtbot: QtBot) -> None:
    box = QDialogButtonBox()
    qtbot.addWidget(box)

    yes = box.addButton(QDialogButtonBox.StandardButton.Yes)
    cancel = box.addButton(QDialogButtonBox.StandardButton.Cancel)

    assert (yes.text(), cancel.text()) == ("&Ya", "Tidak jadi")


def test_the_compiled_words_are_those_of_the_source() -> None:
    source = ET.parse(resource("translations", "qtbase_id.ts"))
    told = [
        (context.findtext("name"), message.findtext("source"), message.findtext("translation"))
        for context in source.iter("context")
        for message in context.iter("message")
    ]

    stale = [
        (name, text)
        for name, text, words in told
        if QCoreApplication.translate(name or "", text or "") != words
    ]

    assert len(told) > 100
    assert stale == []
