"""Cetak lanjutan: what a book got since its last print, and the pages kept of all its prints."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kecamatan_desk.documents.book_values import BookForm
from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.indonesian import clock, grouped, join_words, short_date
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, action_bar, card, col, label, row
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.screens.book_jobs import (
    Drawn,
    ask_next,
    draw_next,
    pages_words,
    stored_pages,
)
from kecamatan_desk.ui.screens.cells import Cells
from kecamatan_desk.ui.screens.work_bar import WorkBar
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S1, S3, S4, S5
from kecamatan_desk.usecases.book_prints import CLOSED, MOST_LINES, NOTES, NextPrint
from kecamatan_desk.usecases.books import BookPrintRef, book_prints

_LEAST_TABLE = 110  # px at 100 %
_KINDS = {NOTES: "Catatan susulan saja", CLOSED: "Lanjutan dan penutup"}


def _kind(ref: BookPrintRef) -> str:
    return _KINDS.get(ref.kind, "Lanjutan")


def _lines(ref: BookPrintRef) -> str:
    return grouped(ref.lines)


def _when(ref: BookPrintRef) -> str:
    return f"{short_date(ref.at.date())} {clock(ref.at)}"


def _who(ref: BookPrintRef) -> str:
    return ref.user_name


def _pages(ref: BookPrintRef) -> str:
    return pages_words(ref)


def news_words(coming: NextPrint) -> str:
    """Say what the next print would hold: "12 baris baru dan 3 catatan susulan"."""
    parts = []
    if coming.lines:
        parts.append(f"{grouped(coming.lines)} baris baru")
    if coming.notes:
        parts.append(f"{grouped(coming.notes)} catatan susulan")
    if coming.closes:
        parts.append("penutup buku")
    return join_words(parts) if parts else "tidak ada yang baru"


class BookPrints(QWidget):
    """What is new on top, the earlier prints below; F12 makes the new pages, F5 opens kept ones.

    Signals:
        closed: Back to the book on screen.
        opened: Pages to look at (a `Drawn`).
    """

    closed = Signal()
    opened = Signal(object)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._form: BookForm | None = None
        self._year = 0
        self._coming: NextPrint | None = None
        self._op_id = new_op_id()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Cetak lanjutan")
        self.title = label("", "head", wrap=True)
        self.news = label("", "bodyb", wrap=True)
        self.note = label("", ink="muted", wrap=True)
        self.columns = (
            Column("Halaman", _pages, 90),
            Column("Isi", _kind, 200),
            Column("Baris s.d.", _lines, 90),
            Column("Dicetak", _when, 150),
            Column("Oleh", _who, tip=True),
        )
        self.model = RecordTableModel(self.columns, self)
        self.table = record_table(self.model, "Cetakan yang tersimpan")
        self.table.setObjectName("book-prints")
        self.table.setItemDelegate(Cells(self.table))
        self.empty = label("", ink="muted", wrap=True)
        self._make_deeds()
        self._lay_out()
        self.close_button.clicked.connect(self.close_up)
        self.open_button.clicked.connect(self.open_print)
        self.make_button.clicked.connect(self.make)
        self.table.activated.connect(self._open_row)
        self.table.selectionModel().currentChanged.connect(self._show_deeds)

    def _make_deeds(self) -> None:
        short = look().folded
        self.close_button = Button("Kembali ke buku", "Esc", "plain", "arrow-left", name="close")
        self.open_button = Button(
            "Buka" if short else "Buka cetakan ini", "F5", "plain", "folder-open", name="open-print"
        )
        self.make_button = Button(
            "Cetak lanjutan", "F12", "primary", "printer", name="print-continuation"
        )
        self.work = WorkBar("Kemajuan mencetak lanjutan")

    def _lay_out(self) -> None:
        head = row((self.title, 1), pad=(S4, 0, S4, 0), plane="surface", edge="bottom")
        head.setMinimumHeight(look().px(40))
        body = col(
            card(self.news, self.note, gap=S1),
            label("Cetakan yang tersimpan", "bodyb"),
            (self.table, 1),
            (self.empty, 1),
            gap=S3,
            pad=(S5, S4, S5, S3),
            plane="bg",
        )
        place: QWidget = body
        if look().folded:
            self.table.setMinimumHeight(look().px(_LEAST_TABLE))
            place = scroll_area(body)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(place, 1)
        layout.addWidget(
            action_bar(self.close_button, (self.work, 1), None, self.open_button, self.make_button)
        )

    # What is shown

    def show_book(self, form: BookForm, year: int) -> None:
        """Show the prints of a book's year."""
        if (form, year) != (self._form, self._year):
            self._op_id = new_op_id()
            self.model.show_records(())
        self._form, self._year, self._coming = form, year, None
        self.title.setText(f"Cetak lanjutan · {form.title} {year}")
        self.news.setText("Mencari yang baru sejak cetakan terakhir …")
        self.note.setText("")
        self.empty.setText("")
        self.reload()

    def reload(self) -> None:
        """Ask again what is new and what is kept."""
        if self._form is None or self.work.running:
            return
        background, code = self._context.background, self._form.code
        background.query(self._take_prints, book_prints, code, self._year)
        background.print_job(self._take_next, ask_next, code, self._year)
        self._show_deeds()

    def _take_prints(self, prints: Sequence[BookPrintRef]) -> None:
        self.model.show_records(tuple(reversed(prints)))
        self.table.setVisible(bool(prints))
        self.empty.setVisible(not prints)
        self.empty.setText(
            "Belum ada. Setiap cetakan lanjutan tersimpan di sini dan dapat dicetak lagi persis "
            "sama."
        )
        if prints:
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.resizeRowsToContents()
        self._show_deeds()
        if self.hasFocus() and prints:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_next(self, coming: NextPrint | DeskError) -> None:
        if isinstance(coming, DeskError):
            self._coming = None
            self.news.setText("Tidak ada yang dicetak")
            self.note.setText(str(coming))
        else:
            self._coming = coming
            self._tell(coming)
        self._show_deeds()
        if self.hasFocus() and self.make_button.isEnabled():
            self.make_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, coming: NextPrint) -> None:
        words = news_words(coming)
        self.news.setText(f"Sejak cetakan terakhir: {words}")
        if coming.first_page == 1:
            self.news.setText(f"Belum pernah dicetak: {words}")
        if coming.is_empty:
            self.note.setText(
                "Halaman yang sudah dicetak tetap berlaku. Untuk halaman yang hilang, buka "
                "cetakannya di bawah ini lalu cetak lagi."
            )
            return
        about = [f"Halaman baru mulai nomor {coming.first_page}, disambung ke jilid yang ada."]
        if coming.first_page == 1:
            about = ["Cetakan pertama bersampul, mulai halaman 1."]
        if coming.lines >= MOST_LINES:
            about.append("Selebihnya pada cetakan berikutnya.")
        if coming.notes:
            about.append("Catatan susulan dibubuhkan petugas pada baris yang sudah tercetak.")
        if coming.closes:
            about.append("Tahunnya sudah lewat, maka buku ditutup dengan berita penutup.")
        self.note.setText(" ".join(about))

    @Slot()
    def _show_deeds(self) -> None:
        running = self.work.running
        coming = self._coming
        self.open_button.setVisible(self._current is not None and not running)
        self.make_button.setVisible(not running)
        self.make_button.setEnabled(coming is not None and not coming.is_empty)
        self.close_button.setVisible(not running)

    @property
    def _current(self) -> BookPrintRef | None:
        index = self.table.currentIndex()
        found: BookPrintRef | None = index.data(RECORD_ROLE) if index.isValid() else None
        return found

    def first_focus(self) -> QWidget:
        """Give what has the keyboard: the prints, or this page until it is known what there is."""
        return self.table if self.model.records else self

    # Deeds

    @Slot()
    def make(self) -> None:
        """F12: print what is new and keep it; the counter goes on meanwhile."""
        coming, form = self._coming, self._form
        if coming is None or coming.is_empty or form is None or self.work.running:
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # from where Esc stops it
        progress = self.work.begin(coming.lines, coming.printed)
        self._show_deeds()
        self._context.background.print_job(
            self._made, draw_next, self._op_id, form.code, self._year, progress
        )

    def _made(self, made: Drawn | DeskError | None) -> None:
        self.work.end()
        messages = self._context.messages
        if isinstance(made, Drawn):
            self._op_id = new_op_id()
            messages.said.emit(f"{made.title} tersimpan. Tekan F7 untuk mencetaknya.", None)
            self.opened.emit(made)
        elif made is None:
            messages.said.emit("Pencetakan lanjutan dihentikan. Tidak ada yang tersimpan.", None)
        else:
            messages.complained.emit(str(made), None)
        self.reload()

    @Slot()
    def open_print(self) -> None:
        """F5: the very same pages again."""
        if self._current is not None and not self.work.running:
            self._context.background.job(self._open, stored_pages, self._current)

    @Slot(QModelIndex)
    def _open_row(self, _index: QModelIndex) -> None:
        self.open_print()

    def _open(self, pages: Drawn) -> None:
        self.opened.emit(pages)

    @Slot()
    def close_up(self) -> None:
        """Esc: back to the book."""
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.work.running:
            self.work.stop()
        else:
            self.close_up()
