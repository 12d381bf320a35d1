"""Tutup Buku: today's line, the months of a year and the year itself, with their pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.domain.indonesian import grouped, long_date
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import printing
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.page_view import PageView
from kecamatan_desk.ui.parts import Button, action_bar, label, row
from kecamatan_desk.ui.screen import Screen, ScreenContext, new_op_id
from kecamatan_desk.ui.screens.closing_side import ClosingSide
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S4
from kecamatan_desk.usecases import backups, closing
from kecamatan_desk.usecases.book_states import books_state
from kecamatan_desk.usecases.book_years import (
    YearOpening,
    YearTask,
    look_at,
    open_year,
    year_checklist,
    year_opening,
)
from kecamatan_desk.usecases.closing_pages import (
    Completed,
    closing_pdf,
    finish_closing,
    note_printed,
)
from kecamatan_desk.usecases.closing_values import BooksState, MonthState
from kecamatan_desk.usecases.desk import Desk

_STATES = {"tertutup": "Tertutup", "dibuka-kembali": "Dibuka kembali", "terbuka": "Terbuka"}
_NO_PAGE = "Halaman penutup dibuat saat buku ditutup."


@dataclass(frozen=True, slots=True)
class Books:
    """What the screen shows of a year."""

    state: BooksState
    tasks: tuple[YearTask, ...]
    next_year: YearOpening


@dataclass(frozen=True, slots=True)
class BookRow:
    """A line of the table: today, a month, or the year. ``period`` as acts name it."""

    period: str
    kind: str  # hari, bulan, tahun
    name: str
    lines: str
    running: str
    state: str
    act: int | None = None
    month: MonthState | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A stored page on its way to the screen."""

    act: int
    pdf: bytes


def books_of(desk: Desk, year: int) -> Books:
    """Give all that is shown of a year, on the worker."""
    saved = backups.state(desk).local_at
    return Books(
        desk.ask(books_state, year),
        desk.ask(year_checklist, year, saved),
        desk.ask(year_opening, year + 1),
    )


def page_of_closing(desk: Desk, act: int, profile: Profile) -> Drawn:
    """Give a stored page; a missing one is completed, on the worker."""
    return Drawn(act, closing_pdf(desk, act, profile))


def printed_page(desk: Desk, op_id: str, act: int, profile: Profile) -> Drawn:
    """Note in the chain that a page leaves, and give it, on the worker."""
    page = closing_pdf(desk, act, profile)
    desk.call(note_printed, op_id, act)
    return Drawn(act, page)


class ClosingScreen(Screen):
    """The books of a year at the left, what can be done and the stored page at the right."""

    TITLE = "Tutup Buku"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._op_id = new_op_id()
        self._busy = False
        self._books: Books | None = None
        self._wanted = 0  # the closing whose page is shown or on its way
        self._saving: Path | None = None
        self.year = CalmCombo()
        self.year.setObjectName("closing-year")
        self.year.setAccessibleName("Tahun buku")
        self.year.addItem(str(today(context).year), today(context).year)
        columns = (
            Column("Buku", _name, 0, tip=True),
            Column("Nomor", _lines, 70, right=True),
            Column("Berjalan", _running, 78, right=True),
            Column("Keadaan", _state, 132, tip=True),
        )
        self.model = RecordTableModel(columns, self)
        self.table = record_table(self.model, "Buku menurut hari, bulan, dan tahun")
        self.table.setObjectName("books")
        self.table.setColumnHidden(2, look().folded)  # the side says it too
        self.side = ClosingSide(leads=role is Role.REGISTER)
        self.pages = PageView(context.background)
        self.save_button = Button("Simpan PDF", "Ctrl+S", "plain", "download", name="save-closing")
        self.print_button = Button("Cetak halaman", "F7", "plain", "printer", name="print-closing")
        self.close_button = Button("Tutup", "F12", "primary", "lock", name="close-book")
        self.close_button.explains = True
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = row(label(self.TITLE, "head"), None, self.year, pad=(S4, 0, S4, 0))
        head.setProperty("plane", "surface")
        head.setProperty("edge", "bottom")
        head.setFixedHeight(look().px(40))
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(head)
        left.addWidget(row((self.table, 1), plane="surface"), 1)
        right = self.right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.side, 2)
        right.addWidget(self.pages, 3)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(left, 5)
        middle.addLayout(right, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(middle, 1)
        layout.addWidget(action_bar(self.save_button, self.print_button, None, self.close_button))

    def _connect(self) -> None:
        self.year.activated.connect(self._choose_year)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.close_button.clicked.connect(self.close_book)
        self.close_button.refused.connect(self.explain)
        self.print_button.clicked.connect(self.print_page)
        self.save_button.clicked.connect(self.save_page)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save_page)
        self.side.way_asked.connect(self._go)
        self.side.page_asked.connect(self.show_page)
        self.side.looked_at.connect(self._look_at)
        self.side.year_opened.connect(self._open_year)
        self.side.reopening_asked.connect(self._propose)
        self.side.reopened.connect(self.reopen)
        self.side.in_order.connect(self.close_in_order)

    # what is shown

    def reload(self) -> None:
        self.background.job(self._take, books_of, int(self.year.currentData()))

    def first_focus(self) -> QWidget | None:
        return self.table

    def refusal(self, message: str, field: str | None) -> None:
        self._busy = False

    @property
    def current(self) -> BookRow | None:
        """The chosen line."""
        index = self.table.currentIndex()
        return index.data(RECORD_ROLE) if index.isValid() else None

    def _take(self, books: Books) -> None:
        if books.state.year != self.year.currentData():
            return  # of a year that was passed over
        before = self.current.period if self.current else ""
        first = self._books is None
        self._books = books
        self._fill_years(books.state)
        rows = _rows(books.state)
        self.model.show_records(rows)
        periods = [one.period for one in rows]
        place = periods.index(before) if before in periods else _start(books.state, periods)
        self.table.setCurrentIndex(self.model.index(place, 0))
        if first and self.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_row()

    def _fill_years(self, state: BooksState) -> None:
        known = [self.year.itemData(n) for n in range(self.year.count())]
        newest = today(self.context).year
        wanted = list(range(newest, min(state.first_year, newest) - 1, -1))
        if known != wanted:
            self.year.clear()
            for year in wanted:
                self.year.addItem(str(year), year)
            self.year.setCurrentIndex(wanted.index(state.year))

    @Slot()
    def _choose_year(self) -> None:
        self.model.show_records(())
        self.reload()

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_row()

    def _show_row(self) -> None:
        chosen, books = self.current, self._books
        if chosen is None or books is None:
            self.side.show_nothing()
            return
        state = books.state
        if not self.side.typing or self.side.property("period") != chosen.period:
            self._show_side(chosen, books)
        self.side.setProperty("period", chosen.period)
        obstacles = state.obstacles.get(chosen.period, ())
        open_ = chosen.state != _STATES["tertutup"]
        ready = state.today.new if chosen.kind == "hari" else open_ and not obstacles
        self.close_button.set_words(_deed(chosen))
        self.close_button.setVisible(state.may_close)
        self.close_button.setEnabled(ready)
        for button in (self.print_button, self.save_button):
            button.setEnabled(chosen.act is not None)
        self.pages.setVisible(chosen.act is not None or chosen.kind != "tahun")
        self.right.setStretch(0, 3 if chosen.kind == "tahun" else 2)
        if chosen.act is None:
            self._wanted = 0
            self.pages.show_nothing(_NO_PAGE)
        elif chosen.act != self._wanted:
            self.show_page(chosen.act)

    def _show_side(self, chosen: BookRow, books: Books) -> None:
        state = books.state
        if chosen.kind == "hari":
            name = long_date(date.fromisoformat(state.today.day))
            self.side.show_day(state.today, name)
        elif chosen.month is not None:
            obstacles = state.obstacles.get(chosen.period, ())
            self.side.show_month(chosen.month, obstacles, state)
        else:
            self.side.show_year(state, books.tasks, books.next_year)

    @Slot(int)
    def show_page(self, act: int) -> None:
        """Show the stored page of a closing."""
        self._wanted = act
        self.pages.show_nothing("Halaman penutup sedang dibuka …")
        self.background.job(self._show_drawn, page_of_closing, act, self._profile())

    def _show_drawn(self, drawn: Drawn) -> None:
        if drawn.act == self._wanted:
            self.pages.show_pdf(drawn.pdf, "Halaman penutup")

    def _profile(self) -> Profile:
        return self.context.printing.profile("surat")

    # deeds

    @Slot()
    def explain(self) -> None:
        """F12 where it is off: say what stands in the way."""
        chosen, books = self.current, self._books
        if chosen is None or books is None:
            return
        if chosen.kind == "hari":
            self.complain("Penutupan hari ini sudah dibuat dan sejak itu tidak ada yang baru.")
            return
        found = books.state.obstacles.get(chosen.period, ())
        said = " ".join(one.text for one in found) or f"Buku {chosen.name} sudah ditutup."
        self.complain(said)

    @Slot()
    def close_book(self) -> None:
        """F12: close what is chosen, after asking; a day is closed at once."""
        chosen = self.current
        if chosen is None or self._busy:
            return
        if chosen.kind == "hari":
            self._busy = True
            self.background.command(self._closed, closing.close_day, self._op_id)
            return
        if not confirm.ask(self, f"Tutup buku {chosen.name}", _question(chosen), _yes(chosen)):
            return
        self._busy = True
        year, _, month = chosen.period.partition("-")
        if chosen.month is not None:
            self.background.command(
                self._closed, closing.close_month, self._op_id, int(year), int(month)
            )
        else:
            self.background.command(self._closed, closing.close_year, self._op_id, int(year))

    def _closed(self, act: int) -> None:
        self._busy, self._op_id, self._wanted = False, new_op_id(), act
        self.pages.setVisible(True)
        self.pages.show_nothing("Halaman penutup sedang dibuat …")
        self.background.print_job(self._finished, finish_closing, act, self._profile())

    def _finished(self, done: Completed) -> None:
        if done.act == self._wanted:
            self.pages.show_pdf(done.pdf, "Halaman penutup")
        self.background.announce()
        if done.failed:
            self.complain(f"Buku sudah ditutup, tetapi yang berikut belum berhasil: {done.failed}")
        else:
            self.say("Buku sudah ditutup. Cetak halamannya (F7) dan mintakan tanda tangan.")

    @Slot()
    def close_in_order(self) -> None:
        """Close the open months of the year, the earliest first."""
        books = self._books
        if books is None or self._busy:
            return
        left = [month.name for month in books.state.months if not month.closed]
        if not confirm.ask(
            self,
            "Tutup bulan berurutan",
            f"Bulan {', '.join(left)} ditutup satu per satu, sejauh tidak ada yang menghalangi. "
            "Bulan yang ditutup hanya dibuka kembali dengan persetujuan pejabat lain.",
            "Ya, tutup berurutan",
        ):
            return
        self._busy = True
        year = books.state.year
        self.background.command_job(self._closed_months, closing.close_in_order, self._op_id, year)

    def _closed_months(self, acts: tuple[int, ...]) -> None:
        self._busy, self._op_id = False, new_op_id()
        for act in acts[:-1]:
            self.background.print_job(self._completed, page_of_closing, act, self._profile())
        for act in acts[-1:]:  # one backup for all of them
            self.background.print_job(self._finished, finish_closing, act, self._profile())
        self.say(f"{len(acts)} bulan ditutup. Cetak halaman masing-masing dengan F7.")

    def _completed(self, _drawn: Drawn) -> None:
        """A page lies ready; it is shown when its month is chosen."""

    @Slot()
    def print_page(self) -> None:
        """F7: print the stored page, noted in the chain before."""
        if self.current is not None and self.current.act is not None:
            act = self._wanted or self.current.act
            self.background.command_job(
                self._print, printed_page, new_op_id(), act, self._profile()
            )

    def _print(self, drawn: Drawn) -> None:
        self.context.printing.print_pdf(self, drawn.pdf, "laporan", self._title())

    @Slot()
    def save_page(self) -> None:
        """Ctrl+S: save the stored page as PDF, noted in the chain before."""
        if self.current is None or self.current.act is None:
            return
        target = printing.ask_file(self, self._title())
        if target is not None:
            self._saving = target
            act = self._wanted or self.current.act
            self.background.command_job(self._save, printed_page, new_op_id(), act, self._profile())

    def _save(self, drawn: Drawn) -> None:
        if self._saving is not None:
            self.background.run(self._saved, printing.saved, drawn.pdf, self._saving)

    def _saved(self, outcome: tuple[Path, str]) -> None:
        target, problem = outcome
        if problem:
            self.complain(problem)
        else:
            self.say(f"Halaman penutup disimpan: {target}")

    def _title(self) -> str:
        return f"Penutupan {self.current.period}" if self.current else "Penutupan"

    # what the side asks for

    @Slot(str)
    def _go(self, kind: str) -> None:
        self.open_entry(self.role, kind)

    @Slot(str)
    def _look_at(self, code: str) -> None:
        year = int(self.year.currentData())
        self.background.command(self._looked, look_at, new_op_id(), year, code)

    def _looked(self, _nothing: None) -> None:
        self.say("Ditandai sudah ditinjau.")

    @Slot(int, str)
    def _open_year(self, year: int, mode: str) -> None:
        self.background.command(self._opened, open_year, new_op_id(), year, mode)

    def _opened(self, _nothing: None) -> None:
        self.say("Buku tahun berikutnya dibuka.")

    @Slot(str)
    def _propose(self, reason: str) -> None:
        month = self.current.month if self.current else None
        if month is not None:
            self.background.command(
                self._proposed,
                closing.propose_reopening,
                new_op_id(),
                month.year,
                month.month,
                reason,
            )

    def _proposed(self, _proposal: int) -> None:
        if self.side.reason is not None:
            self.side.reason.clear()
        self.say("Usul dicatat. Kasi, Sekcam, atau Camat yang lain menyetujuinya.")

    @Slot()
    def reopen(self) -> None:
        """F8: open the chosen month again, as another person has agreed."""
        month = self.current.month if self.current else None
        if month is None or self._busy:
            return
        if confirm.ask(
            self,
            f"Buka kembali {month.name}",
            "Buku menerima nomor baru dan sisipan lagi. Ini tercatat dalam riwayat, dan bulan ini "
            "harus ditutup lagi dengan halaman penutup baru.",
            "Ya, buka kembali",
        ):
            self._busy = True
            self.background.command(
                self._reopened, closing.reopen, self._op_id, month.year, month.month
            )

    def _reopened(self, _act: int) -> None:
        self._busy, self._op_id = False, new_op_id()
        self.say("Buku dibuka kembali. Tutup lagi setelah selesai.")


# --- lines of the table --------------------------------------------------------------------------


def _rows(state: BooksState) -> tuple[BookRow, ...]:
    day = state.today
    closed = bool(day.closings) and not day.new
    rows = [
        BookRow(
            day.day,
            "hari",
            "Hari ini",
            grouped(day.lines),
            "",
            "Tercatat" if closed else "Belum dicatat" if not day.closings else "Ada yang baru",
            day.closings[-1].act if day.closings else None,
        )
    ]
    if not day.day.startswith(str(state.year)):
        rows = []
    rows += [_month_row(month) for month in reversed(state.months)]
    year = state.year_act if state.year_closed else None
    rows.append(
        BookRow(
            str(state.year),
            "tahun",
            f"Tahun {state.year}",
            grouped(sum(month.lines for month in state.months)),
            grouped(sum(month.running for month in state.months)),
            _STATES["tertutup" if state.year_closed else "terbuka"],
            year.act if year else None,
        )
    )
    return tuple(rows)


def _month_row(month: MonthState) -> BookRow:
    act = month.act if month.closed else None
    return BookRow(
        month.period,
        "bulan",
        month.name,
        grouped(month.lines),
        grouped(month.running),
        _STATES[month.state],
        act,
        month,
    )


def _start(state: BooksState, periods: list[str]) -> int:
    """Begin at the first month that can be closed now, else at the top."""
    ready = (m.period for m in state.months if not m.closed and not state.obstacles.get(m.period))
    first = next(ready, "")
    return periods.index(first) if first in periods else 0


def _name(one: BookRow) -> str:
    return one.name


def _lines(one: BookRow) -> str:
    return one.lines


def _running(one: BookRow) -> str:
    return one.running


def _state(one: BookRow) -> str:
    return one.state


def _deed(chosen: BookRow) -> str:
    return "Catat penutupan hari ini" if chosen.kind == "hari" else f"Tutup {chosen.name}"


def _yes(chosen: BookRow) -> str:
    return f"Ya, tutup {chosen.name}"


def _question(chosen: BookRow) -> str:
    running = f" {chosen.running} nomor masih berjalan dan dilanjutkan." if chosen.running else ""
    return (
        f"Buku {chosen.name} ({chosen.lines} nomor) tidak menerima nomor baru atau sisipan lagi, "
        f"mulai sekarang.{running} Buku hanya dibuka kembali dengan alasan dan persetujuan pejabat "
        "lain."
    )
