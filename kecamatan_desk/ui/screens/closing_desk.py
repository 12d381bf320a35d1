"""Tutup Buku: today's line, the months of a year and the year itself, with their pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.parts import Button, action_bar, label, pic, row
from kecamatan_desk.ui.screen import Screen, ScreenContext, new_op_id
from kecamatan_desk.ui.screens.closing_again import OpeningAgain
from kecamatan_desk.ui.screens.closing_paper import ClosingPaper, Drawn, page_of_closing
from kecamatan_desk.ui.screens.closing_rows import (
    STATES,
    BookRow,
    book_rows,
    columns,
    deed_words,
    question_words,
    start_of,
    yes_words,
)
from kecamatan_desk.ui.screens.closing_side import ClosingSide
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S2, S4
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
from kecamatan_desk.usecases.closing_pages import Completed, finish_closing
from kecamatan_desk.usecases.closing_values import BooksState
from kecamatan_desk.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class Books:
    """What the screen shows of a year."""

    state: BooksState
    tasks: tuple[YearTask, ...]
    next_year: YearOpening


def books_of(desk: Desk, year: int) -> Books:
    """Give all that is shown of a year, on the worker."""
    saved = backups.state(desk).local_at
    return Books(
        desk.ask(books_state, year),
        desk.ask(year_checklist, year, saved),
        desk.ask(year_opening, year + 1),
    )


class ClosingScreen(Screen):
    """The books of a year at the left, what can be done and the stored page at the right."""

    TITLE = "Tutup Buku"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._op_id = new_op_id()
        self._busy = False
        self._deed = "Buku sudah ditutup"  # what was closed last, as the answer names it
        self._books: Books | None = None
        self._wanted = ""  # the line to go back to, while its year is read
        self.year = CalmCombo()
        self.year.setObjectName("closing-year")
        self.year.setAccessibleName("Tahun buku")
        self.year.addItem(str(today(context).year), today(context).year)
        self.model = RecordTableModel(columns(), self)
        self.table = record_table(self.model, "Buku menurut hari, bulan, dan tahun")
        self.table.setObjectName("books")
        self.table.setColumnHidden(2, look().folded)  # the side says it too
        self.side = ClosingSide(context.pad, leads=role is Role.REGISTER)
        self.again = OpeningAgain(context)
        self.pages = ClosingPaper(context, self)
        self.save_button, self.print_button = self.pages.save_button, self.pages.print_button
        self.close_button = Button("Tutup", "F12", "primary", "lock", name="close-book")
        self.close_button.explains = True
        self._lay_out()
        self._connect()

    def _behind(self) -> QWidget:
        """Make the line that says, first of all, that an earlier year is still open."""
        self._behind_words = label("", "bodyb", wrap=True)
        self.behind_button = Button("", "", "plain", "arrow-right", name="to-open-year")
        self.behind_button.clicked.connect(self._go_to_open_year)
        line = row(
            pic("circle-alert", "warn", 16),
            (self._behind_words, 1),
            self.behind_button,
            gap=S2,
            pad=(S4, S2, S4, S2),
            plane="tint",
        )
        line.setVisible(False)
        return line

    def _show_behind(self, year: int) -> None:
        self.behind.setVisible(bool(year))
        self._behind_words.setText(f"Buku tahun {year} belum ditutup. Tutup dahulu buku itu.")
        self.behind_button.set_words(f"Ke tahun {year}")
        self.behind_button.setProperty("year", year)

    @Slot()
    def _go_to_open_year(self) -> None:
        place = self.year.findData(self.behind_button.property("year"))
        if place >= 0:
            self.year.setCurrentIndex(place)
            self._choose_year()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.behind = self._behind()
        head = row(label(self.TITLE, "head"), None, self.year, pad=(S4, 0, S4, 0))
        head.setProperty("plane", "surface")
        head.setProperty("edge", "bottom")
        head.setFixedHeight(look().px(40))
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(head)
        left.addWidget(self.behind)
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
        layout.addWidget(self.again)
        layout.addWidget(action_bar(self.save_button, self.print_button, None, self.close_button))

    def _connect(self) -> None:
        self.year.activated.connect(self._choose_year)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.close_button.clicked.connect(self.press)
        self.close_button.refused.connect(self.explain)
        self.side.way_asked.connect(self._go)
        self.side.page_asked.connect(self.pages.fetch)
        self.side.looked_at.connect(self._look_at)
        self.side.year_opened.connect(self._open_year)
        self.side.reopening_asked.connect(self.again.propose)
        self.side.second_asked.connect(self.again.ask)
        self.side.reopened.connect(self.again.reopen)
        self.again.turned.connect(self._show_deed)
        self.again.proposed.connect(self.side.forget_reason)
        self.side.in_order.connect(self.close_in_order)

    # where one was

    def in_hand(self) -> dict[str, Any]:
        chosen = self.current
        return {"year": self.year.currentData(), "period": chosen.period} if chosen else {}

    def go_back_to(self, hand: Mapping[str, Any]) -> None:
        self._wanted = str(hand.get("period", ""))
        year = int(hand.get("year", self.year.currentData()))
        if year == self.year.currentData():
            if self._books is not None:
                self._go_to(self._wanted)
            return
        if self.year.findData(year) < 0:
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(self.year.findData(year))
        self._choose_year()

    def has_arrived(self, hand: Mapping[str, Any]) -> bool:
        return self._books is not None and not self._wanted

    def words_in_hand(self) -> str:
        return self.current.name if self.current else ""

    def _go_to(self, period: str) -> None:
        self._wanted = ""
        periods = [one.period for one in self.model.records]
        if period in periods:
            self.table.setCurrentIndex(self.model.index(periods.index(period), 0))

    # what is shown

    def reload(self) -> None:
        self.background.job(self._take, books_of, int(self.year.currentData()))

    def first_focus(self) -> QWidget | None:
        return self.table

    def refusal(self, message: str, field: str | None) -> None:
        self._busy = False
        self.again.refuse(message, field)

    @property
    def current(self) -> BookRow | None:
        """The chosen line."""
        index = self.table.currentIndex()
        return index.data(RECORD_ROLE) if index.isValid() else None

    def _take(self, books: Books) -> None:
        if books.state.year != self.year.currentData():
            return  # of a year that was passed over
        before = self.current.period if self.current else self._wanted
        self._wanted = ""
        first = self._books is None
        self._books = books
        self._fill_years(books.state)
        self._show_behind(books.state.left_open)
        rows = book_rows(books.state)
        self.model.show_records(rows)
        periods = [one.period for one in rows]
        place = periods.index(before) if before in periods else start_of(books.state, periods)
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
        if not self.side.typing or self.side.property("period") != chosen.period:
            self._show_side(chosen, books)
        self.side.setProperty("period", chosen.period)
        self.again.take_month(chosen.month)
        self._show_deed()
        self.pages.setVisible(chosen.act is not None or chosen.kind != "tahun")
        self.right.setStretch(0, 3 if chosen.kind == "tahun" else 2)
        if not self._reads_earlier_page(chosen):
            self.pages.show_closing(chosen.act, chosen.period)

    def _reads_earlier_page(self, chosen: BookRow) -> bool:
        """Whether an earlier page of this month was called up: a reload leaves it there."""
        return chosen.month is not None and self.pages.act in [
            ref.act for ref in chosen.month.pages[: None if chosen.act is None else -1]
        ]

    @Slot()
    def _show_deed(self) -> None:
        """Set what F12 is called, and whether it can be done."""
        chosen, books = self.current, self._books
        if chosen is None or books is None:
            return
        state = books.state
        if self.again.asks:
            self.close_button.set_words(self.again.second.deed_words)
            self.close_button.setEnabled(True)
            return
        obstacles = state.obstacles.get(chosen.period, ())
        open_ = chosen.state != STATES["tertutup"]
        ready = state.today.new if chosen.kind == "hari" else open_ and not obstacles
        self.close_button.set_words(deed_words(chosen))
        self.close_button.setVisible(state.may_close)
        self.close_button.setEnabled(ready)

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
    def press(self) -> None:
        """F12: what the button says."""
        if self.again.asks:
            self.again.second.submit()
        else:
            self.close_book()

    def close_book(self) -> None:
        """Close what is chosen, after asking; a day is closed at once."""
        chosen = self.current
        if chosen is None or self._busy:
            return
        if chosen.kind == "hari":
            self._busy, self._deed = True, "Penutupan hari ini sudah dicatat"
            self.background.command(self._closed, closing.close_day, self._op_id)
            return
        title = f"Tutup buku {chosen.name}"
        if not confirm.ask(self, title, question_words(chosen), yes_words(chosen)):
            return
        self._busy, self._deed = True, f"Buku {chosen.name} sudah ditutup"
        year, _, month = chosen.period.partition("-")
        if chosen.month is not None:
            self.background.command(
                self._closed, closing.close_month, self._op_id, int(year), int(month)
            )
        else:
            self.background.command_job(
                self._closed, closing.close_prepared_year, self._op_id, int(year)
            )

    def _closed(self, act: int) -> None:
        self._busy, self._op_id = False, new_op_id()
        self.pages.await_page(act, "dibuat")
        self.background.print_job(self._finished, finish_closing, act, self.pages.profile)

    def _finished(self, done: Completed) -> None:
        self.pages.take(Drawn(done.act, done.pdf))
        self.background.announce()
        if done.failed:
            self.complain(f"{self._deed}, tetapi yang berikut belum berhasil: {done.failed}")
        else:
            self.say(f"{self._deed}. Cetak halamannya (F7) dan mintakan tanda tangan.")

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
        self._busy, self._deed = True, "Buku sudah ditutup"
        year = books.state.year
        self.background.command_job(self._closed_months, closing.close_in_order, self._op_id, year)

    def _closed_months(self, acts: tuple[int, ...]) -> None:
        self._busy, self._op_id = False, new_op_id()
        for act in acts[:-1]:
            self.background.print_job(self._completed, page_of_closing, act, self.pages.profile)
        for act in acts[-1:]:  # one backup for all of them
            self.background.print_job(self._finished, finish_closing, act, self.pages.profile)
        self.say(f"{len(acts)} bulan ditutup. Cetak halaman masing-masing dengan F7.")

    def _completed(self, _drawn: Drawn) -> None:
        """A page lies ready; it is shown when its month is chosen."""

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
