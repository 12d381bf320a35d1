"""Buku Register: one service's book or the common register, as it prints, and printing it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from kecamatan_desk.documents.values import Cancelled
from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.indonesian import MONTHS
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.background import Progress
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.parts import Button, action_bar, col, heading, label, row
from kecamatan_desk.ui.screen import Screen, ScreenContext, new_op_id
from kecamatan_desk.ui.screens.book_preview import BookPreview, Volume
from kecamatan_desk.ui.screens.book_table import BookTable
from kecamatan_desk.ui.screens.drawer import Choice, Drawer, Question
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.theme import S1, S3, S4, S5
from kecamatan_desk.usecases.books import COMMON, print_book
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.processing import cancel
from kecamatan_desk.usecases.register import book_page, books
from kecamatan_desk.usecases.values import BookPage, BookRow, Receipt, RequestView, Seen
from kecamatan_desk.usecases.views import request_view

_SHOWN = 200  # newest lines on screen; all of them print
_YEARS_BACK = 6
_COMMON = "Register Umum (semua layanan)"


def draw_book(
    desk: Desk, service: str | None, year: int, month: int | None, progress: Progress
) -> tuple[Volume, ...] | DeskError | None:
    """Draw a book; None when it was stopped, else why it was refused.

    A refusal comes back as a value: the screen must know that it was this job, no other. The
    volumes come as bytes (500 pages are about 2 MB): no file with names of people stays behind.
    """
    name = f"Buku Register {service or 'Umum'} {year}" + (f"-{month:02d}" if month else "")
    with TemporaryDirectory(prefix="buku-") as folder:
        target = Path(folder) / f"{name}.pdf"
        try:
            period = Period.of(year, month)
            files = print_book(desk, service or COMMON, period, target, progress)
        except Cancelled:
            return None
        except DeskError as error:
            return error
        return tuple(Volume(file.name, file.read_bytes()) for file in files)


class RegisterBookScreen(Screen):
    """The book on screen; F7 draws it on the second worker, F6 voids the chosen number."""

    TITLE = "Buku Register"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._page: BookPage | None = None
        self._progress: Progress | None = None
        self._op_id = new_op_id()
        self._voids: BookRow | None = None
        self._reason = ""
        self.book, self.drawer = BookTable(chooses=True), Drawer()
        self.preview = BookPreview(context)
        self._make_choosers()
        self._make_deeds()
        self._lay_out()
        self._connect()

    def _make_choosers(self) -> None:
        year = today(self.context).year
        self.services, self.years, self.months = CalmCombo(), CalmCombo(), CalmCombo()
        self.services.addItem(_COMMON, None)
        for back in range(_YEARS_BACK):
            self.years.addItem(str(year - back), year - back)
        self.months.addItem("Semua bulan", None)
        for number, name in enumerate(MONTHS, 1):
            self.months.addItem(name, number)
        for combo, name in (
            (self.services, "Buku"),
            (self.years, "Tahun"),
            (self.months, "Bulan"),
        ):
            combo.setAccessibleName(name)
            combo.setObjectName(f"book-{name.lower()}")

    def _make_deeds(self) -> None:
        self.void_button = Button("Batalkan nomor ini", "F6", "plain", "ban", name="void")
        self.print_button = Button("Cetak buku", "F7", "primary", "printer", name="print-book")
        self.stop_button = Button("Hentikan", "Esc", "plain", "x", name="stop-book")
        self.confirm_button = Button("Batalkan nomor", "F12", "primary", "ban", name="void-now")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Kemajuan mencetak buku")
        self._done = label("", "caption", "muted")
        self._count = label("", ink="muted")

    def _lay_out(self) -> None:
        chooser = row(
            (_labelled("Buku", self.services), 3),
            (_labelled("Tahun", self.years), 1),
            (_labelled("Bulan", self.months), 1),
            gap=S3,
        )
        self._title = label("", "head", wrap=True)
        title = row((self._title, 1), self._count)
        body = col(chooser, title, (self.book, 1), gap=S3, pad=(S5, S4, S5, S3), plane="bg")
        self._progress_row = row((self.bar, 1), self._done, self.stop_button, gap=S3)
        deeds = action_bar(
            self.void_button,
            (self._progress_row, 1),
            None,
            self.print_button,
            self.confirm_button,
        )
        table = QWidget()
        column = QVBoxLayout(table)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for piece, stretch in ((heading(self.TITLE), 0), (body, 1), (self.drawer, 0), (deeds, 0)):
            column.addWidget(piece, stretch)
        self.pages = QStackedWidget()
        self.pages.addWidget(table)
        self.pages.addWidget(self.preview)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        self._show_deeds()

    def _connect(self) -> None:
        for combo in (self.services, self.years, self.months):
            combo.currentIndexChanged.connect(self._choose)
        self.book.selectionModel().currentChanged.connect(self._show_deeds)
        self.print_button.clicked.connect(self.print_book)
        self.stop_button.clicked.connect(self.stop)
        self.void_button.clicked.connect(self.ask_void)
        self.confirm_button.clicked.connect(self.void)
        self.drawer.submitted.connect(self.void)
        self.drawer.closed.connect(self._show_deeds)
        self.preview.closed.connect(self._close_preview)

    # What the shell asks

    def reload(self) -> None:
        self.background.query(self._take_books, books, self.year)
        self._ask_page()

    def first_focus(self) -> QWidget | None:
        return self.preview.pages if self.pages.currentIndex() else self.services

    def refusal(self, message: str, field: str | None) -> None:
        self._voids = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._progress is not None:
            self.stop()
        else:
            super().keyPressEvent(event)

    # The book on screen

    @property
    def service(self) -> str | None:
        """The chosen service's code; None: the common register."""
        code: str | None = self.services.currentData()
        return code

    @property
    def year(self) -> int:
        """The chosen year."""
        return int(self.years.currentData())

    @property
    def month(self) -> int | None:
        """The chosen month (1 to 12); None: the whole year."""
        number: int | None = self.months.currentData()
        return number

    def _take_books(self, found: tuple[tuple[str, str, int], ...]) -> None:
        chosen = self.service
        blocked = self.services.blockSignals(True)
        self.services.clear()
        self.services.addItem(f"{_COMMON}, {sum(lines for _c, _t, lines in found)}", None)
        for code, title, lines in found:
            self.services.addItem(f"{title}, {lines}", code)
        self.services.setCurrentIndex(max(self.services.findData(chosen), 0))
        self.services.blockSignals(blocked)

    @Slot(int)
    def _choose(self, _place: int) -> None:
        if self.sender() is self.years:
            self.background.query(self._take_books, books, self.year)
        self._ask_page()

    def _ask_page(self) -> None:
        service, year, month = self.service, self.year, self.month
        self.background.query(self._take_page, book_page, service, year, month, None, _SHOWN)

    def _take_page(self, page: BookPage) -> None:
        self._page = page
        month = f", {MONTHS[self.month - 1]}" if self.month else ""
        self._title.setText(page.title + month)
        voided = f", {page.voided} batal" if page.voided else ""
        more = f", {_SHOWN} terakhir tampil" if page.total > _SHOWN else ""
        self._count.setText(
            f"{page.total} nomor{voided}{more}" if page.total else "belum ada nomor"
        )
        self.book.show_page(page, self.year)
        self._show_deeds()

    @Slot()
    def _show_deeds(self) -> None:
        line, asking = self.book.current, self.drawer.is_open
        may = Role.REGISTER in self.context.user.roles and line is not None and not line.mark
        running = self._progress is not None
        self.void_button.setVisible(may and not asking and not running)
        self.print_button.setVisible(not asking)
        self.print_button.setEnabled(not running)
        self.confirm_button.setVisible(asking)
        self._progress_row.setVisible(running)

    # Voiding one number

    @Slot()
    def ask_void(self) -> None:
        """F6: why the chosen number is void."""
        line = self.book.current
        if line is None or line.mark:
            return
        title = f"Batalkan nomor {line.cells[0]}, {line.cells[3]}"
        choice = Choice(line, "Batalkan nomor", "Batalkan nomor", "Alasan pembatalan")
        hint = "misalnya: salah nama, diganti berkas baru"
        self.drawer.ask(Question("batal", title, (choice,), hint))
        self._show_deeds()

    @Slot()
    def void(self) -> None:
        """F12: void it, after asking once more; the number stays used."""
        answer = self.drawer.answer() if self.drawer.is_open else None
        if answer is None or self._voids is not None:
            return
        line, self._reason = answer
        if confirm.ask(
            self,
            "Batalkan nomor",
            f"Nomor {line.cells[0]} ({line.cells[3]}) dicoret dalam buku beserta alasannya dan "
            "permohonannya batal. Nomor ini tidak dipakai lagi. Ini tidak dapat ditarik.",
            "Ya, batalkan nomor",
        ):
            self._voids = line
            self.background.query(self._void_seen, request_view, line.request_id)

    def _void_seen(self, view: RequestView) -> None:
        seen = Seen(view.id, view.version)
        self.background.command(self._voided, cancel, self._op_id, seen, self._reason)

    def _voided(self, receipt: Receipt) -> None:
        self._voids, self._op_id = None, new_op_id()
        self.drawer.close_up()
        self.say(f"Nomor {receipt.agenda_number} batal; barisnya tetap ada, dicoret.")

    # Printing

    @Slot()
    def print_book(self) -> None:
        """F7: draw the whole book on the second worker; the counter goes on meanwhile."""
        if self._progress is not None or self._page is None:
            return
        total = self._page.total
        self._progress = Progress(self)
        self._progress.advanced.connect(self._advance)
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(0)
        self._done.setText(f"0 dari {total} baris")
        self._show_deeds()
        self.background.print_job(
            self._drawn,
            draw_book,
            self.service,
            self.year,
            self.month,
            self._progress,
        )

    @Slot()
    def stop(self) -> None:
        """Esc: stop drawing; nothing half-written stays."""
        if self._progress is not None:
            self._progress.stop()

    @Slot(int)
    def _advance(self, done: int) -> None:
        self.bar.setValue(done)
        self._done.setText(f"{done} dari {self.bar.maximum()} baris")

    def _drawn(self, book: tuple[Volume, ...] | DeskError | None) -> None:
        self._end_progress()
        if isinstance(book, DeskError):
            self.complain(str(book))
            return
        if book is None:
            self.say("Pencetakan buku dihentikan. Tidak ada yang berubah.")
            return
        self.preview.show_book(book, self._title.text())
        self.pages.setCurrentWidget(self.preview)
        self.preview.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_progress(self) -> None:
        if self._progress is not None:
            self._progress.deleteLater()
        self._progress = None
        self._show_deeds()

    @Slot()
    def _close_preview(self) -> None:
        self.pages.setCurrentIndex(0)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _labelled(words: str, combo: CalmCombo) -> QWidget:
    caption = label(words, "caption", "muted")
    caption.setBuddy(combo)
    return col(caption, combo, gap=S1)
