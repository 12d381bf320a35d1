"""A drawn book before it is printed: its own pages, volume by volume; print, or save as."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.page_view import PageView
from kecamatan_desk.ui.parts import Button, action_bar, label, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S3, S4


@dataclass(frozen=True, slots=True)
class Volume:
    """A finished volume (Jilid) of a book."""

    name: str  # of the file
    pdf: bytes


def ask_folder(parent: QWidget, volumes: tuple[Volume, ...]) -> Path | None:
    """Ask for the folder to save a book's volumes in. Tests replace this function."""
    many = len(volumes) > 1
    title = f"Simpan {len(volumes)} jilid di folder" if many else "Simpan buku di folder"
    chosen = QFileDialog.getExistingDirectory(parent, title)
    return Path(chosen) if chosen else None


def write_volumes(volumes: tuple[Volume, ...], folder: Path) -> tuple[Path, str]:
    """Write volumes, on the worker; give where, and what the system said if it refused."""
    try:
        for volume in volumes:
            (folder / volume.name).write_bytes(volume.pdf)
    except OSError as error:
        return folder, error.strerror or str(error)
    return folder, ""


class BookPreview(QWidget):
    """The pages of a drawn book; its volumes are let go of when the preview is closed.

    Signals:
        closed: Back to the book on screen.
    """

    closed = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._volumes: tuple[Volume, ...] = ()
        self._name = ""
        self.pages = PageView(context.background)
        self.title = label("", "head", wrap=True)
        self.volumes = CalmCombo()
        self.volumes.setAccessibleName("Jilid")
        self.paper = label("", "caption", "muted")
        self.close_button = Button("Kembali ke buku", "Esc", "plain", "arrow-left", name="close")
        self.save_button = Button(
            "Simpan sebagai PDF", "Ctrl+S", "plain", "download", name="save-book"
        )
        self.print_button = Button("Cetak", "F7", "primary", "printer", name="print-pages")
        head = row((self.title, 1), self.volumes, self.paper, gap=S3, pad=(S4, 0, S4, 0))
        head.setProperty("plane", "surface")
        head.setProperty("edge", "bottom")
        head.setMinimumHeight(look().px(40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.pages, 1)
        bar = action_bar(self.close_button, None, self.save_button, self.print_button)
        layout.addWidget(bar)
        self.close_button.clicked.connect(self.close_up)
        self.save_button.clicked.connect(self.save)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        self.print_button.clicked.connect(self.print_pages)
        self.volumes.currentIndexChanged.connect(self._choose)
        self.pages.page_changed.connect(self._note_page)

    def show_book(self, volumes: tuple[Volume, ...], title: str) -> None:
        """Show the first volume of a drawn book."""
        self._volumes = volumes
        self.title.setText(title)
        blocked = self.volumes.blockSignals(True)
        self.volumes.clear()
        self.volumes.addItems([f"Jilid {n}" for n in range(1, len(volumes) + 1)])
        self.volumes.blockSignals(blocked)
        self.volumes.setVisible(len(volumes) > 1)
        self._choose(0)

    @Slot()
    def close_up(self) -> None:
        """Let go of the book and go back to the table."""
        self._volumes = ()
        self.pages.show_nothing("")
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        else:
            super().keyPressEvent(event)

    @Slot(int)
    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._volumes):
            self._name = self._volumes[place].name.removesuffix(".pdf")
            self.pages.show_pdf(self._volumes[place].pdf, self._name)

    @Slot(int, int)
    def _note_page(self, page: int, of: int) -> None:
        self.paper.setText(f"halaman {page} dari {of}, {self.pages.paper.partition(', ')[2]}")

    @Slot()
    def print_pages(self) -> None:
        """F7: print the volume shown."""
        if self.pages.pdf:
            self._context.printing.print_pdf(self, self.pages.pdf, "buku", self._name)

    @Slot()
    def save(self) -> None:
        """Copy all volumes into a folder."""
        folder = ask_folder(self, self._volumes)
        if folder is not None:
            self._context.background.run(self._saved, write_volumes, self._volumes, folder)

    def _saved(self, outcome: tuple[Path, str]) -> None:
        folder, problem = outcome
        if problem:
            text = f"Buku tidak dapat disimpan di {folder}: {problem}. Pilih folder lain."
            self._context.messages.complained.emit(text, None)
        else:
            self._context.messages.said.emit(f"Buku disimpan di {folder}.", None)
