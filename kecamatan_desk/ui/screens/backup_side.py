"""The right side of *Cadangan*: where to back up to, the second folder, the recovery key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kecamatan_desk.ui.backup_words import size_text
from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, Piece, col, label, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.backup_key import KeyPart
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S4, S5
from kecamatan_desk.usecases.backup_view import Overview

_HERE = "Komputer ini saja"
_STICK = (
    "Flashdisk dan cakram cabut selalu disandikan. Yang sekali diisi di sini dikenal kembali: "
    "colokkan saja, cadangan terbaru disalin sendiri."
)


class BackupSide(QWidget):
    """Scrolls. Officials see it without its deeds.

    Signals:
        folder_asked: Back up to a folder that is not in the list.
        second_asked: Choose the second folder.
        second_dropped: Have no second folder any more.
    """

    folder_asked = Signal()
    second_asked = Signal()
    second_dropped = Signal()

    def __init__(self, context: ScreenContext, *, leads: bool) -> None:
        super().__init__()
        self._own: list[Path] = []  # folders somebody has named here
        self.to = CalmCombo()
        self.to.setObjectName("backup-to")
        self.to.setAccessibleName("Cadangkan ke")
        self.to.addItem(_HERE, (None, False))
        self.folder_button = Button(
            "Pilih folder …", "", "link", "folder-open", name="backup-folder"
        )
        self.second = label("", wrap=True)
        self.second.setObjectName("second-folder")
        self.second_button = Button("Pilih", "", "link", "folder-open", name="choose-second")
        self.drop_button = Button("Hapus", "", "link", "x", name="drop-second")
        self.key = KeyPart(context, leads=leads)
        pieces: list[Piece] = []
        if leads:
            pieces += [
                label("Cadangkan ke", "bodyb"),
                self.to,
                row(self.folder_button, None),
                label(_STICK, "caption", "muted", wrap=True),
                "~8",
            ]
        pieces += [
            label("Folder kedua, diisi sendiri", "bodyb"),
            self.second,
            row(self.second_button, self.drop_button, None, gap=S4),
            "~8",
            self.key,
            None,
        ]
        if not leads:
            for part in (self.to, self.folder_button):
                part.setParent(self)
                part.hide()
        inside = col(*pieces, gap=S2, pad=(S5, S4, S5, S4), plane="bg", edge="left")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll_area(inside))
        self._leads = leads
        self.folder_button.clicked.connect(self._ask_folder)
        self.second_button.clicked.connect(self._ask_second)
        self.drop_button.clicked.connect(self._drop_second)
        self.second_button.setVisible(leads)
        self.drop_button.hide()

    def sizeHint(self) -> QSize:
        return QSize(look().px(420), look().px(400))

    def show_overview(self, seen: Overview) -> None:
        """Show the drives that are there now, the second folder, and the key."""
        self._fill(seen)
        second = seen.state.second
        if not second:
            self.second.setText(
                "Belum dipilih. Folder di cakram lain menerima setiap cadangan otomatis."
            )
        else:
            there = "" if seen.second_there else " (sekarang tidak terpasang)"
            self.second.setText(f"{_breakable(second)}{there}")
        self.second.setToolTip(second)
        self.second_button.set_words("Ganti" if second else "Pilih")
        self.drop_button.setVisible(self._leads and bool(second))
        self.key.show_keys(seen.keys)

    def _fill(self, seen: Overview) -> None:
        before = self.to.currentData()
        first = self.to.count() == 1
        self.to.clear()
        self.to.addItem(_HERE, (None, False))
        for medium in seen.media:
            words = f"{medium.name} ({size_text(medium.free)} kosong)"
            self.to.addItem(words, (medium.path, True))
        for folder in self._own:
            self.to.addItem(str(folder), (folder, False))
        known = [self.to.itemData(n) for n in range(self.to.count())]
        if first and seen.media and seen.keys:
            self.to.setCurrentIndex(1)  # a stick is plugged in for this
        elif before in known:
            self.to.setCurrentIndex(known.index(before))
        self.to.setToolTip(self.to.currentText())

    def offer(self, folder: Path) -> None:
        """Put a folder into the list and choose it."""
        if folder not in self._own:
            self._own.append(folder)
            self.to.addItem(str(folder), (folder, False))
        self.to.setCurrentIndex(self.to.findText(str(folder)))

    def target(self) -> tuple[Path | None, bool]:
        """Give where to back up to, and whether it is a removable drive; None: here alone."""
        path, removable = self.to.currentData()
        return (Path(path) if path is not None else None), bool(removable)

    @Slot()
    def _ask_folder(self) -> None:
        self.folder_asked.emit()

    @Slot()
    def _ask_second(self) -> None:
        self.second_asked.emit()

    @Slot()
    def _drop_second(self) -> None:
        self.second_dropped.emit()


def _breakable(path: str) -> str:
    """Let a long path wrap behind its separators."""
    return path.replace("/", "/\N{ZERO WIDTH SPACE}").replace("\\", "\\\N{ZERO WIDTH SPACE}")
