"""Pages of a book before they leave the program: volume by volume; print, or save as PDF.

Whatever leaves is noted in the chain first: who took which book's pages, and when.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from kecamatan_desk.ui import printing
from kecamatan_desk.ui.dialogs import reason
from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.page_view import PageView
from kecamatan_desk.ui.parts import Button, action_bar, label, row
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.screens.book_jobs import Asked, Drawn, Saved, file_name, write_volumes
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S3, S4
from kecamatan_desk.usecases.book_outputs import note_book_printed, note_pages_printed
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.public_book import note_public
from kecamatan_desk.usecases.reasons import Reason

_LARGER = 1240  # px of the theme a larger page needs beside the rail


def ask_file(parent: QWidget, title: str, name: str, kind: str) -> Path | None:
    """Ask where to save one file; *kind* is PDF or XLSX. Tests replace this function."""
    ending = kind.lower()
    start = str(printing.documents_folder() / f"{file_name(name)}.{ending}")
    chosen, _filter = QFileDialog.getSaveFileName(parent, title, start, f"{kind} (*.{ending})")
    if not chosen:
        return None
    target = Path(chosen)
    return target if target.suffix else target.with_name(f"{target.name}.{ending}")


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """Ask in which folder to save the volumes of a book. Tests replace this function."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(printing.documents_folder()))
    return Path(chosen) if chosen else None


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is about to leave the program: the volume shown to the printer, or all of them."""

    drawn: Drawn
    name: str
    pdf: bytes
    target: Path | None  # None: the printer
    reason: Reason | None = None  # why it is saved


def noted(desk: Desk, op_id: str, leaving: Leaving) -> Leaving:
    """Write into the chain what leaves, on the worker."""
    of = leaving.drawn.of
    if isinstance(of, Asked) and of.public:
        desk.call(note_public, op_id, of.code, of.period)
    elif isinstance(of, Asked):
        desk.call(note_book_printed, op_id, of.code, of.period, leaving.reason)
    else:
        desk.call(note_pages_printed, op_id, of, leaving.reason)
    return leaving


class BookPreview(QWidget):
    """The pages; they are let go of when the preview is closed.

    Signals:
        closed: Back to where it was opened from.
        public_asked: The copy for the public of the book shown is wanted (an `Asked`).
    """

    closed = Signal()
    public_asked = Signal(object)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._drawn: Drawn | None = None
        self._name = ""
        self.pages = PageView(context.background)
        if look().roomy(_LARGER):
            self.pages.zoom_in()  # books lie on their side: at first larger than letters
        self.title = label("", "head", wrap=True)
        self.volumes = CalmCombo()
        self.volumes.setAccessibleName("Jilid")
        self.paper = label("", "caption", "muted")
        self.close_button = Button("Kembali ke buku", "Esc", "plain", "arrow-left", name="close")
        self.save_button = Button("Simpan PDF", "Ctrl+S", "plain", "download", name="save-book")
        self.print_button = Button("Cetak", "F7", "primary", "printer", name="print-pages")
        self.public_button = Button(
            "Untuk umum" if look().folded else "Salinan untuk umum",
            "F8",
            "plain",
            "eye-off",
            name="public-copy",
        )
        self.public_button.setToolTip("Salinan dengan NIK disamarkan; bukan buku resmi")
        head = row((self.title, 1), self.volumes, self.paper, gap=S3, pad=(S4, 0, S4, 0))
        head.setProperty("plane", "surface")
        head.setProperty("edge", "bottom")
        head.setMinimumHeight(look().px(40))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.pages, 1)
        bar = action_bar(
            self.close_button, None, self.public_button, self.save_button, self.print_button
        )
        layout.addWidget(bar)
        self.public_button.clicked.connect(self.ask_public)
        self.close_button.clicked.connect(self.close_up)
        self.save_button.clicked.connect(self.save)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        self.print_button.clicked.connect(self.print_pages)
        self.volumes.currentIndexChanged.connect(self._choose)
        self.pages.page_changed.connect(self._note_page)

    def show_pages(self, drawn: Drawn, way_back: str) -> None:
        """Show the first volume; *way_back* is what Esc is called."""
        self._drawn = drawn
        self.public_button.setVisible(isinstance(drawn.of, Asked) and drawn.of.may_be_public)
        self.title.setText(drawn.title)
        self.close_button.set_words(way_back)
        count = len(drawn.volumes)
        blocked = self.volumes.blockSignals(True)
        self.volumes.clear()
        self.volumes.addItems([f"Jilid {n} dari {count}" for n in range(1, count + 1)])
        self.volumes.blockSignals(blocked)
        self.volumes.setVisible(count > 1)
        self._choose(0)

    @Slot()
    def close_up(self) -> None:
        """Let go of the pages and go back."""
        self._drawn = None
        self.pages.show_nothing("")
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        else:
            super().keyPressEvent(event)

    @Slot(int)
    def _choose(self, place: int) -> None:
        if self._drawn is not None and 0 <= place < len(self._drawn.volumes):
            volume = self._drawn.volumes[place]
            self._name = volume.name.removesuffix(".pdf")
            self.pages.show_pdf(volume.pdf, self._name)

    @Slot(int, int)
    def _note_page(self, page: int, of: int) -> None:
        self.paper.setText(f"halaman {page} dari {of}, {self.pages.paper.partition(', ')[2]}")

    # Taking pages out

    @Slot()
    def print_pages(self) -> None:
        """F7: print the volume shown."""
        self._let_go(None)

    @Slot()
    def ask_public(self) -> None:
        """F8: the same book as anybody may see it."""
        of = self._drawn.of if self._drawn is not None else None
        if isinstance(of, Asked) and of.may_be_public:
            self.public_asked.emit(replace(of, public=True))

    @Slot()
    def save(self) -> None:
        """Ctrl+S: save all volumes; a copy for the public needs no reason."""
        if self._drawn is None:
            return
        of = self._drawn.of
        public = isinstance(of, Asked) and of.public
        why = None if public else reason.ask_export(self)
        if why is None and not public:
            return
        count = len(self._drawn.volumes)
        if count > 1:
            target = ask_folder(self, f"Simpan {count} jilid di folder")
        else:
            target = ask_file(self, "Simpan sebagai PDF", self._name, "PDF")
        if target is not None:
            self._let_go(target, why)

    def _let_go(self, target: Path | None, why: Reason | None = None) -> None:
        """Note in the chain that these pages leave; only then they do."""
        if self._drawn is not None and self.pages.pdf:
            leaving = Leaving(self._drawn, self._name, self.pages.pdf, target, why)
            self._context.background.job(self._let_out, noted, new_op_id(), leaving)

    def _let_out(self, leaving: Leaving) -> None:
        context = self._context
        if leaving.target is None:
            context.printing.print_pdf(self, leaving.pdf, "buku", leaving.name)
        else:
            volumes = leaving.drawn.volumes
            context.background.run(self._saved, write_volumes, volumes, leaving.target)

    def _saved(self, saved: Saved) -> None:
        if saved.problem:
            self._context.messages.complained.emit(saved.problem, None)
        else:
            self._context.messages.said.emit(f"Buku disimpan: {saved.target}", None)
