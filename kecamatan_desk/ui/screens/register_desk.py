"""Berkas Masuk of the register officer: the number before it is spent, and the line it becomes."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, col, label, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.book_table import BookTable
from kecamatan_desk.ui.screens.deed_bar import back_words_for
from kecamatan_desk.ui.screens.deeds import allowed
from kecamatan_desk.ui.screens.drawer import StripKeeper
from kecamatan_desk.ui.screens.file_list import FileListScreen
from kecamatan_desk.ui.screens.insert_form import InsertForm
from kecamatan_desk.ui.screens.letter_page import in_force, printed_as
from kecamatan_desk.ui.screens.number_card import NumberCard
from kecamatan_desk.ui.screens.request_head import RequestHead, today
from kecamatan_desk.ui.services import service_label, service_of
from kecamatan_desk.ui.sop_picture import SopPicture
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S5
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.inserting import inserted_preview, propose_inserted
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes, register_and_draw
from kecamatan_desk.usecases.lookups import opened_view
from kecamatan_desk.usecases.number_values import NextNumber
from kecamatan_desk.usecases.register import book_page, next_number
from kecamatan_desk.usecases.values import BookPage, DocumentRef, Receipt, RequestView
from kecamatan_desk.workflows.engine import Act

CODE = "kode"  # the place on the pad of one letter's own classification
INSERTED = "sisipan"  # place on the pad of a number dated earlier
_BOOK = 120  # px at 100 %: the coming line and the columns' names above it
_PATIENCE = 250  # ms after the last letter of a code


def _scrolled(body: QFrame, book: BookTable) -> QScrollArea:
    """Large text in a small window: the whole of it scrolls, the book keeps some lines."""
    book.setMinimumHeight(look().px(_BOOK))
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
        self.insert_button = Button("Nomor sisipan …", "F11", "link", "plus", name="insert-number")
        title = row(
            (self._book_title, 1),
            self._book_count,
            self.insert_button,
            self.open_book_button,
            gap=S2,
        )
        self.insert = InsertForm()
        self._inserting = StripKeeper(context, self.insert, self)
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
        self.place_work(_scrolled(body, self.book) if look().folded else body, self.insert)
        self.head.counter.clicked.connect(self.toggle_list)
        self.open_book_button.clicked.connect(self._open_book)
        self.insert_button.clicked.connect(self.ask_insert)
        self.insert.day_given.connect(self._ask_preview)
        self.insert.submitted.connect(self.press)
        self.insert.closed.connect(self.strip_closed)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE)
        self._wait.timeout.connect(self._ask_number)
        self.numbers.code.textEdited.connect(self._note_code)
        self.numbers.code.returnPressed.connect(self.book.setFocus)
        QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(self.numbers.focus_code)
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
        self.background.query(self._take, opened_view, request_id)

    def work_widget(self) -> QWidget:
        return self.book

    def _take(self, view: RequestView) -> None:
        if view.id != self._wanted:
            return  # the user has gone on to another file meanwhile
        self._view = view
        if self._shown != (view.id, view.version):
            self._shown = (view.id, view.version)
            typed = self.context.pad.get(CODE, view.id) or {}
            self.numbers.code.setText(str(typed.get("text", "")))
            self.take_up()
        self.head.show_request(view)
        self.head.counter.set_words(self.counter_words())
        service = service_of(view.service)
        if service is not None:
            self.picture.show_steps(service.lanes, view.steps, view.clock.running)
        self.numbers.letter.setText(view.letter_number)
        self._ask_number()
        coming = view.id if view.agenda_number is None else None
        year = today(self.context).year
        self.background.query(self._take_book, book_page, view.service, year, None, coming)
        self.turn()
        self.arrive()

    @Slot()
    def _note_code(self) -> None:
        """No number is given while the one shown may be another's: F12 waits for the answer."""
        self._coming = None
        self.bar.show_deed("")
        self._wait.start()
        if self._view is not None:
            self.context.pad.put(CODE, self._view.id, {"text": self.numbers.code.text()})

    @Slot()
    def _ask_number(self) -> None:
        self._wait.stop()
        if self._view is not None:
            asked = (self._view.id, self.numbers.code.text())
            self.background.query(self._take_number, _coming_number, asked)

    def _take_number(self, answer: tuple[tuple[int, str], NextNumber]) -> None:
        asked, coming = answer
        view = self._view
        if view is not None and asked == (view.id, self.numbers.code.text()):
            self._coming = coming
            self.numbers.show_number(coming, _own_number(view))
            self._go_on_with_insert(view)
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
        coming = self._coming
        self.insert_button.setVisible(may and self._may_insert(view) and not self.insert.is_open)
        if self.insert.is_open:
            self.bar.show_deed("Usulkan nomor sisipan", "plus")
            return
        number, words = _own_number(view), "Teruskan dengan nomor agenda"
        if view.agenda_number is None and coming is not None and not coming.waits:
            number = coming.agenda
            words = "Beri nomor sisipan" if coming.suffix else "Beri nomor agenda"
        self.bar.show_deed(f"{words} {number}" if may and number else "")

    def _may_insert(self, view: RequestView) -> bool:
        """Tell whether a number dated earlier may be asked for: none was given or asked for yet."""
        coming = self._coming
        return (
            view.agenda_number is None
            and coming is not None
            and bool(coming.letter_number)
            and not coming.suffix
        )

    @Slot()
    def ask_insert(self) -> None:
        """F11: a number on an earlier day, which an official must agree to."""
        if self._view is not None and self._may_insert(self._view):
            self.drawer.close_up()
            self._inserting.begin(INSERTED, self._view.id)
            self.insert.ask(self.context.pad.get(INSERTED, self._view.id) or {})
            self.show_deeds()

    def _go_on_with_insert(self, view: RequestView) -> None:
        """Open the strip again where one was being written: F12 must not spend the next number."""
        kept = self.context.pad.get(INSERTED, view.id)
        if kept is None or self.insert.is_open or self.drawer.is_open:
            return
        if self._may_insert(view) and allowed(view, Act.ADVANCE) is not None:
            self._inserting.begin(INSERTED, view.id)
            self.insert.ask(kept, calmly=True)

    @Slot(object)
    def _ask_preview(self, day: date) -> None:
        if self._view is not None:
            code = self.numbers.code.text()
            self.background.query(
                self.insert.show_preview, inserted_preview, self._view.id, day, code
            )

    def take_up(self) -> None:
        self._inserting.put_away()
        super().take_up()

    def refusal(self, message: str, field: str | None) -> None:
        super().refusal(message, field)
        if self.insert.is_open:
            self.insert.refuse(message, field)

    def _ask_inserted(self) -> None:
        answer = self.insert.answer()
        if answer is not None:
            day, reason = answer
            code = self.numbers.code.text()
            self.send(self._insert_asked, propose_inserted, day, reason, code)

    def _insert_asked(self, receipt: Receipt) -> None:
        self.insert.close_up()
        self._asked_second(receipt)

    def deed(self) -> None:
        view = self._view
        if self.insert.is_open:
            self._ask_inserted()
            return
        if self._coming is not None and self._coming.waits:
            return
        if view is None or view.step != "register" or self._coming is None:
            return
        self._pending = self._numbered
        self.background.command_job(
            self._succeeded,
            register_and_draw,
            self._op_id,
            self.seen(),
            self.context.printing.profile("surat"),
            self.numbers.code.text(),
        )

    def _numbered(self, receipt: Receipt) -> None:
        view = self._view
        self._given_to, self._go_to_work = receipt, True
        self.context.pad.drop(CODE, receipt.request_id)
        whom = f" Surat menuju {Role(receipt.next_role).label}." if receipt.next_role else ""
        name = view.applicant if view else ""
        self.say(
            f"Nomor agenda {_own_number(receipt)} tercatat untuk {name}.{whom}",
            self.same_file_way(receipt),
        )
        self.given.show_number(
            "Nomor agenda",
            _own_number(receipt),
            name,
            receipt.letter_number or service_label(receipt.service),
            self._papers() if receipt.letter_number else "",
            self.same_file_words(receipt),
        )
        self.show_given()

    def _papers(self) -> str:
        """Give what F7 prints after the number: nothing where stamp and pen do it."""
        form = self._coming.form if self._coming else ""
        return {"pengesahan": "blok pengesahan", "register": ""}.get(
            form, "surat untuk ditandatangani"
        )

    @Slot()
    def print_letters(self) -> None:
        """F7: the letter just drawn, for the signature."""
        if self._given_to is not None:
            profile = self.context.printing.profile("surat")
            self.background.job(self._fetch, complete_documents, self._given_to.request_id, profile)

    def _fetch(self, documents: tuple[DocumentRef, ...]) -> None:
        for document in in_force(documents):
            self.background.job(self._print, _with_bytes, document)

    def _print(self, fetched: tuple[DocumentRef, bytes]) -> None:
        document, pdf = fetched
        self.context.printing.print_pdf(self, pdf, *printed_as(document))


def _own_number(of: RequestView | Receipt) -> str:
    """Give the number a file has; an inserted one as papers print it."""
    if of.agenda_number is None:
        return ""
    return of.agenda if of.agenda_suffix else str(of.agenda_number)


def _with_bytes(desk: Desk, document: DocumentRef) -> tuple[DocumentRef, bytes]:
    return document, document_bytes(desk, document.id)


def _coming_number(work: UnitOfWork, asked: tuple[int, str]) -> tuple[tuple[int, str], NextNumber]:
    """Give the coming number with what was asked: by then another code may have been typed."""
    request_id, code = asked
    return asked, next_number(work, request_id, code)
