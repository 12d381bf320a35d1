"""Buku Register: any book of the office as it prints; drawing it, continuing it, its workbook."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kecamatan_desk.documents.book_values import EMPTY_STATES
from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.indonesian import grouped
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.background import Progress
from kecamatan_desk.ui.dialogs import reason
from kecamatan_desk.ui.pages import Pages, scroll_area
from kecamatan_desk.ui.parts import Button, action_bar, col, label, pic, restyle, row
from kecamatan_desk.ui.screen import Screen, ScreenContext, WayOut, new_op_id
from kecamatan_desk.ui.screens.book_chooser import BookChooser
from kecamatan_desk.ui.screens.book_jobs import (
    Asked,
    Drawn,
    Saved,
    SheetPart,
    draw_book,
    write_sheet,
)
from kecamatan_desk.ui.screens.book_preview import BookPreview, ask_file
from kecamatan_desk.ui.screens.book_prints import BookPrints
from kecamatan_desk.ui.screens.book_reader import BookReader
from kecamatan_desk.ui.screens.drawer import Choice, Drawer, Question, StripKeeper
from kecamatan_desk.ui.screens.open_book import OpenBook
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.screens.work_bar import WorkBar
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4, S5
from kecamatan_desk.usecases.book_reading import BookChoice, ReadLine, book_choices
from kecamatan_desk.usecases.line_hits import LineHit
from kecamatan_desk.usecases.voiding import propose_void
from kecamatan_desk.usecases.worklist import APPROVALS

_LEAST_BOOK = 160  # px at 100 %
_REASON = "batal-nomor"  # place on the pad, with the line's id


class RegisterBookScreen(Screen):
    """The book on screen; F7 draws it, F11 continues it, F10 saves it as XLSX, F6 voids a line."""

    TITLE = "Buku Register"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._op_id = new_op_id()
        self._voids: ReadLine | None = None  # which it was asked for, until the answer comes
        self._saves = False  # a workbook is being written
        self._origin: QWidget | None = None  # where the preview leads back to
        self.book, self.drawer = OpenBook(), Drawer()
        self.reader = BookReader(self.book, self.background, self)
        self._typing = StripKeeper(context, self.drawer, self)
        self.work = WorkBar("Kemajuan membuat buku")
        self.preview, self.prints = BookPreview(context), BookPrints(context)
        self.chooser = BookChooser(today(context), self)
        self._make_deeds()
        self._lay_out()
        self._connect()

    def _make_deeds(self) -> None:
        short = look().folded
        void = "Batalkan …" if short else "Batalkan nomor …"
        self.void_button = Button(void, "F6", "plain", "ban", name="void")
        sheet = "XLSX" if short else "Simpan XLSX"
        self.sheet_button = Button(sheet, "F10", "plain", "download", name="save-sheet")
        further = "Lanjutan" if short else "Cetak lanjutan"
        self.further_button = Button(further, "F11", "plain", "files", name="continue-book")
        self.print_button = Button(
            "Cetak" if short else "Cetak buku", "F7", "primary", "printer", name="print-book"
        )
        words = "Usulkan" if short else "Usulkan pembatalan"
        self.confirm_button = Button(words, "F12", "primary", "ban", name="void-now")
        self._count = label("", ink="muted")
        self._title = label(self.TITLE, "head", wrap=True)
        self.closed_words = label("", "caption", wrap=True)
        self.closed_words.setObjectName("book-closed")

    def _lay_out(self) -> None:
        head = row((self._title, 1), self._count, gap=S4, pad=(S4, 0, S4, 0), plane="surface")
        restyle(head, edge="bottom")
        head.setMinimumHeight(look().px(40))
        if look().folded:
            head.hide()  # the line to find a book in says which one it is
        self.closed_row = row(
            pic("lock", "warn"),
            (self.closed_words, 1),
            gap=S2,
            pad=(S4, S2, S4, S2),
            plane="surface",
        )
        restyle(self.closed_row, edge="bottom")
        self.closed_row.hide()
        side, air = (S2, S2) if look().folded else (S5, S3)
        body = col(self.chooser, (self.book, 1), gap=air, pad=(side, air, side, air), plane="bg")
        place: QWidget = body
        if look().folded:  # large text in a small window: the whole of it scrolls
            self.book.setMinimumHeight(look().px(_LEAST_BOOK))
            place = scroll_area(body)
        deeds = action_bar(
            self.void_button,
            (self.work, 1),
            None,
            self.sheet_button,
            self.further_button,
            self.print_button,
            self.confirm_button,
        )
        self.table = QWidget()
        column = QVBoxLayout(self.table)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        pieces = ((head, 0), (self.closed_row, 0), (place, 1), (self.drawer, 0), (deeds, 0))
        for piece, stretch in pieces:
            column.addWidget(piece, stretch)
        self.pages = Pages()
        for page in (self.table, self.preview, self.prints):
            self.pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        self._show_deeds()

    def _connect(self) -> None:
        self.chooser.changed.connect(self._ask_book)
        self.chooser.year_changed.connect(self._ask_choices)
        self.reader.advanced.connect(self._tell)
        self.book.line_changed.connect(self._show_deeds)
        self.print_button.clicked.connect(self.print_book)
        self.further_button.clicked.connect(self.show_prints)
        self.sheet_button.clicked.connect(self.save_sheet)
        self.void_button.clicked.connect(self.ask_void)
        self.confirm_button.clicked.connect(self.void)
        self.drawer.submitted.connect(self.void)
        self.drawer.closed.connect(self._show_deeds)
        self.preview.closed.connect(self._close_preview)
        self.preview.public_asked.connect(self._draw_public)
        self.prints.closed.connect(self._close_prints)
        self.prints.opened.connect(self._preview_print)

    # What the shell asks

    def reload(self) -> None:
        self._ask_choices()
        self._ask_book()
        if self.pages.currentWidget() is self.prints:
            self.prints.reload()

    def show_line(self, line: LineHit) -> None:
        """Show a line that was found; earlier lines are read until it is there."""
        self.reader.look_for(line.line_id)
        self.preview.close_up()
        self._turn_to(self.table)
        self.chooser.go_to(line.book, line.day)

    def first_focus(self) -> QWidget | None:
        page = self.pages.currentWidget()
        if page is self.preview:
            return self.preview.pages
        return self.prints.first_focus() if page is self.prints else self.chooser.books

    def refusal(self, message: str, field: str | None) -> None:
        self._voids = None
        if self._saves:  # who sits there was not proved: nothing will come of it any more
            self._saves = False
            self._end_work()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.work.running:
            self.work.stop()
        else:
            super().keyPressEvent(event)

    # The book on screen

    @Slot()
    def _ask_choices(self) -> None:
        self.background.query(self._take_choices, book_choices, self.chooser.year)

    def _take_choices(self, found: tuple[tuple[BookChoice, ...], int]) -> None:
        self.chooser.show_choices(*found)

    @Slot()
    def _ask_book(self) -> None:
        if self.chooser.asked is not None:
            self.reader.read(self.chooser.asked)

    @Slot()
    def _tell(self) -> None:
        """Say which book this is, how much of it there is, and from where on it is shown."""
        part = self.reader.part
        if part is None:
            return
        form = part.asked.form
        self._title.setText(f"{form.title}, {part.asked.period.label}")
        voided = f", {grouped(part.voided)} batal" if part.voided else ""
        words = f"{grouped(part.total)} {form.unit}{voided}"
        if part.before is not None:
            words += f" · tampil mulai baris {grouped(part.before.left + 1)}, gulir untuk yang lama"
        self._count.setText(words if part.total else f"belum ada {form.unit}")
        self.closed_words.setText(part.closed)
        self.closed_row.setVisible(bool(part.closed))
        self._show_deeds()

    @Slot()
    def _show_deeds(self) -> None:
        line, asking, running = self.book.current, self.drawer.is_open, self.work.running
        open_line = line is not None and self._may_void(line)
        may = Role.REGISTER in self.context.user.roles and open_line
        idle = not asking and not running
        self.void_button.setVisible(may and idle)
        self.sheet_button.setVisible(idle)
        self.further_button.setVisible(idle and self._year_to_continue() is not None)
        self.print_button.setVisible(not asking)
        self.print_button.setEnabled(not running)
        self.confirm_button.setVisible(asking)

    # Voiding one number

    @Slot()
    def ask_void(self) -> None:
        """F6: why the chosen number is to be void."""
        line = self.book.current
        if line is None or not self._may_void(line):
            return
        title = f"Usulkan pembatalan nomor {line.line.number}, {line.name}"
        choice = Choice(line, "Usulkan pembatalan", "Usulkan pembatalan", "Alasan pembatalan")
        hint = "misalnya: salah nama, diganti berkas baru"
        place = f"{_REASON}:{line.line.id}"
        self.drawer.ask(Question("batal", title, (choice,), hint))
        self._typing.begin(place)
        self.drawer.text.setText((self.context.pad.get(place) or {}).get("text", ""))
        self._show_deeds()

    @Slot()
    def void(self) -> None:
        """F12: ask for it; it is void when an official has agreed. The number stays used."""
        answer = self.drawer.answer() if self.drawer.is_open else None
        if answer is None or self._voids is not None:
            return
        self._voids, reason = answer
        line_id = self._voids.line.id
        self.background.command(self._proposed, propose_void, self._op_id, line_id, reason)

    def _proposed(self, _proposal: int) -> None:
        line, self._voids, self._op_id = self._voids, None, new_op_id()
        number = line.line.number if line is not None else ""
        self.drawer.close_up()
        self.book.setFocus(Qt.FocusReason.OtherFocusReason)  # the drawer took the cursor with it
        self.say(
            f"Pembatalan nomor {number} diusulkan; dicoret begitu seorang pejabat setuju.",
            WayOut("Persetujuan", "F5", self._open_approvals),
        )

    @Slot()
    def _open_approvals(self) -> None:
        self.say("Usul menunggu persetujuan pejabat.")  # the way there is gone with it
        self.open_entry(Role.REGISTER, APPROVALS)

    def _may_void(self, line: ReadLine) -> bool:
        """Tell whether a line may be asked to be void: one of the register that stands."""
        asked = self.reader.part.asked if self.reader.part else None
        register = asked is not None and asked.form.continues
        return register and bool(line.line.id) and line.line.state not in EMPTY_STATES

    # Drawing the whole book, and its workbook

    @Slot()
    def print_book(self) -> None:
        """F7: draw the whole book on the second worker; the counter goes on meanwhile."""
        part = self.reader.part
        if part is None or self.work.running:
            return
        progress = self._begin_work(part)
        self.background.print_job(self._drawn, draw_book, part.asked, progress)

    @Slot(object)
    def _draw_public(self, asked: Asked) -> None:
        """Draw the copy for the public; the book is shown meanwhile, with the progress."""
        if self.reader.part is None or self.work.running:
            return
        self.preview.close_up()
        progress = self._begin_work(self.reader.part)
        self.background.print_job(self._drawn, draw_book, asked, progress)

    def _drawn(self, book: Drawn | DeskError | None) -> None:
        self._end_work()
        if isinstance(book, DeskError):
            self.complain(str(book))
        elif book is None:
            self.say("Pencetakan buku dihentikan. Tidak ada yang berubah.")
        else:
            self._preview(book, self.table)

    @Slot()
    def save_sheet(self) -> None:
        """F10: write the book's lines as a workbook; what leaves is noted in the chain."""
        part = self.reader.part
        if part is None or self.work.running:
            return
        why = reason.ask_export(self)
        if why is None:
            return
        target: Path | None = ask_file(self, "Simpan sebagai XLSX", part.asked.name, "XLSX")
        if target is None:
            return
        progress = self._begin_work(part)
        self._saves = True
        self.background.print_job(
            self._saved, write_sheet, new_op_id(), part.asked, target, why, progress
        )

    def _saved(self, saved: Saved) -> None:
        self._saves = False
        self._end_work()
        if saved.stopped:
            self.say("Penyimpanan XLSX dihentikan. Tidak ada berkas yang ditulis.")
        elif saved.problem:
            self.complain(saved.problem)
        else:
            self.say(f"Buku disimpan: {saved.target}")

    def _begin_work(self, part: SheetPart) -> Progress:
        """Show the work; the keyboard goes to the book, from where Esc stops it."""
        if isinstance(self.focusWidget(), Button):
            self.book.setFocus(Qt.FocusReason.OtherFocusReason)
        progress = self.work.begin(part.total)
        self._show_deeds()
        return progress

    def _end_work(self) -> None:
        self.work.end()
        self._show_deeds()

    # Other pages

    def _preview(self, drawn: Drawn, origin: QWidget) -> None:
        self._origin = origin
        back = "Kembali ke buku" if origin is self.table else "Kembali ke cetakan"
        self.preview.show_pages(drawn, back)
        self._turn_to(self.preview)

    @Slot(object)
    def _preview_print(self, drawn: Drawn) -> None:
        self._preview(drawn, self.prints)

    @Slot()
    def _close_preview(self) -> None:
        self._turn_to(self._origin or self.table)

    def _year_to_continue(self) -> int | None:
        """Give the year a continuation would be of; None where the book is not printed so."""
        asked = self.reader.part.asked if self.reader.part else None
        if asked is None or not asked.form.continues:
            return None
        first, last = asked.period.first.year, asked.period.last.year
        return first if first == last else None

    @Slot()
    def show_prints(self) -> None:
        """F11: what is new since the last print, and the prints that are kept."""
        year = self._year_to_continue()
        if self.reader.part is None or year is None:
            return
        self.prints.show_book(self.reader.part.asked.form, year)
        self._turn_to(self.prints)

    @Slot()
    def _close_prints(self) -> None:
        self._turn_to(self.table)

    def _turn_to(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        if not self.isVisible():
            return
        focus = self.print_button if page is self.table else self.first_focus()
        (focus or self).setFocus(Qt.FocusReason.OtherFocusReason)
