"""Berkas Masuk of the register officer: the number before it is spent, and the line it becomes."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, col, label, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.book_table import BookTable
from kecamatan_desk.ui.screens.deed_bar import back_words_for
from kecamatan_desk.ui.screens.deeds import allowed
from kecamatan_desk.ui.screens.file_list import FileListScreen
from kecamatan_desk.ui.screens.request_head import RequestHead, today
from kecamatan_desk.ui.services import service_label, service_of
from kecamatan_desk.ui.sop_picture import SopPicture
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4, S5
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes, register_and_draw
from kecamatan_desk.usecases.register import book_page, next_number
from kecamatan_desk.usecases.values import (
    BookPage,
    DocumentRef,
    NextNumber,
    Receipt,
    RequestView,
)
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.engine import Act

_ONCE = "Sekali diberikan, nomor tidak dipakai ulang walau surat ditolak atau batal."


class NumberCard(QFrame):
    """The next number and the letter number it makes, not spent yet."""

    def __init__(self) -> None:
        super().__init__()
        self.number = label("", "number", "on_tint")
        self.letter = label("", "head", "on_tint", wrap=True)
        self._spent = label("Nomor agenda berikutnya, belum terpakai", "caption", "on_tint")
        once = label(_ONCE, "caption", "on_tint", wrap=True)
        if look().folded:
            once.hide()
        once.setMaximumWidth(look().px(240))
        line = row(
            col(self._spent, self.number, gap=0),
            "~16",
            (
                col(
                    label("Nomor surat yang akan tercetak", "caption", "on_tint"),
                    self.letter,
                    None,
                    gap=2,
                ),
                3,
            ),
            (once, 2),
            gap=S4,
            pad=(S5, S2, S5, S2),
            card="next",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(line)

    def show_number(self, coming: NextNumber | None, own: int | None) -> None:
        """Show the number that would be given; a file sent back keeps the one it has."""
        kept = own is not None
        self._spent.setText(
            "Nomor agenda berkas ini, tetap" if kept else "Nomor agenda berikutnya, belum terpakai"
        )
        number = own if kept else coming.number if coming else ""
        self.number.setText(str(number))
        self.letter.setText(coming.letter_number if coming and not kept else self.letter.text())
        self.setAccessibleName(f"{self._spent.text()}: {number}")


def _scrolled(body: QFrame, book: BookTable) -> QScrollArea:
    """Large text in a small window: the whole of it scrolls, the book keeps some lines."""
    book.setMinimumHeight(look().px(220))
    return scroll_area(body)


class RegisterScreen(FileListScreen):
    """One key spends the number; the letter is drawn, the next file is already chosen."""

    TITLE = "Berkas Masuk"
    WIDTH = theme.W_LIST_NARROW
    EMPTY = (
        "Belum ada berkas untuk diberi nomor",
        "Berkas muncul di sini begitu lolos verifikasi dan mendapat nomor antrian.",
    )

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._wanted: int | None = None
        self._view: RequestView | None = None
        self._shown: tuple[int, int] | None = None
        self._coming: NextNumber | None = None
        self._given_to: Receipt | None = None
        self.head = RequestHead(context)
        self.picture = SopPicture(strip=True)
        self.numbers = NumberCard()
        self.book = BookTable()
        self._book_title = label("", "head", wrap=True)
        self._book_count = label("", ink="muted")
        self.open_book_button = Button("Buka buku register", "F5", "link", "book-open", name="book")
        title = row((self._book_title, 1), self._book_count, self.open_book_button, gap=S2)
        strip = col(self.picture, pad=(1, 1, 1, 1), card="true")
        if look().folded:
            strip.hide()
            self.open_book_button.hide()
        body = col(
            self.head,
            strip,
            self.numbers,
            title,
            (self.book, 1),
            gap=S3,
            pad=(S5, S3, S5, S3),
            plane="bg",
        )
        self.place_work(_scrolled(body, self.book) if look().folded else body)
        self.head.counter.clicked.connect(self.toggle_list)
        self.open_book_button.clicked.connect(self._open_book)
        self.given.print_asked.connect(self.print_letters)
        self.empty.add_key("F3", "Cari berkas: nama, NIK, nomor, atau pindai ceklis.")

    @property
    def view(self) -> RequestView | None:
        return self._view

    def load_request(self, request_id: int | None) -> None:
        self._wanted, self._coming = request_id, None
        if request_id is None:
            self._view, self._shown = None, None
            return
        self.background.query(self._take, request_view, request_id)

    def work_widget(self) -> QWidget:
        return self.book

    def _take(self, view: RequestView) -> None:
        if view.id != self._wanted:
            return  # the user has gone on to another file meanwhile
        self._view = view
        if self._shown != (view.id, view.version):
            self._shown = (view.id, view.version)
            self.take_up()
        self.head.show_request(view)
        self.head.counter.set_words(self.counter_words())
        service = service_of(view.service)
        if service is not None:
            self.picture.show_steps(service.lanes, view.steps, view.clock.running)
        self.numbers.letter.setText(view.letter_number)
        self.background.query(self._take_number, next_number, view.id)
        coming = view.id if view.agenda_number is None else None
        year = today(self.context).year
        self.background.query(self._take_book, book_page, view.service, year, None, coming)
        self.turn()
        self.arrive()

    def _take_number(self, coming: NextNumber) -> None:
        view = self._view
        if view is not None:
            self._coming = coming
            self.numbers.show_number(coming, view.agenda_number)
            self.show_deeds()

    def _take_book(self, page: BookPage) -> None:
        self._book_title.setText(page.title)
        voided = f", {page.voided} batal" if page.voided else ""
        self._book_count.setText(f"{page.total} nomor{voided}")
        self.book.show_page(page, today(self.context).year)

    @Slot()
    def _open_book(self) -> None:
        self.open_entry(Role.REGISTER, "buku")

    # The deed

    def show_own_deeds(self, view: RequestView) -> None:
        self.bar.show_request(view, back_words_for(view, None))
        may = view.step == "register" and allowed(view, Act.ADVANCE) is not None
        number = view.agenda_number
        if number is None and self._coming is not None:
            number = self._coming.number
        kept = "Teruskan dengan nomor agenda" if view.agenda_number else "Beri nomor agenda"
        self.bar.show_deed(f"{kept} {number}" if may and number is not None else "")

    def deed(self) -> None:
        view = self._view
        if view is None or view.step != "register" or self._coming is None:
            return
        self._pending = self._numbered
        self.background.command_job(self._succeeded, register_and_draw, self._op_id, self.seen())

    def _numbered(self, receipt: Receipt) -> None:
        view = self._view
        self._given_to, self._go_to_work = receipt, True
        whom = f" Surat menuju {Role(receipt.next_role).label}." if receipt.next_role else ""
        name = view.applicant if view else ""
        self.say(
            f"Nomor agenda {receipt.agenda_number} tercatat untuk {name}.{whom}",
            self.same_file_way(receipt),
        )
        self.given.show_number(
            "Nomor agenda",
            str(receipt.agenda_number),
            name,
            receipt.letter_number or service_label(receipt.service),
            "surat untuk ditandatangani" if receipt.letter_number else "",
            self.same_file_words(receipt),
        )
        self.show_given()

    @Slot()
    def print_letters(self) -> None:
        """F7: the letter just drawn, for the signature."""
        if self._given_to is not None:
            self.background.job(self._fetch, complete_documents, self._given_to.request_id)

    def _fetch(self, documents: tuple[DocumentRef, ...]) -> None:
        for document in documents:
            self.background.job(self._print, document_bytes, document.id)

    def _print(self, pdf: bytes) -> None:
        self.context.printing.print_pdf(self, pdf, "surat", "Surat untuk ditandatangani")
