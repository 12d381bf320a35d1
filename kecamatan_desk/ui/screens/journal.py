"""Jurnal Kegiatan: who did what on a day, and what of it is unusual."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QCheckBox, QStyleOptionViewItem, QVBoxLayout, QWidget

from kecamatan_desk.domain.indonesian import day_name, long_date
from kecamatan_desk.domain.roles import ON_FILES, Role
from kecamatan_desk.ui.format import clock_time
from kecamatan_desk.ui.paint import State, has_state, rect_of
from kecamatan_desk.ui.parts import Button, action_bar, col, label, row
from kecamatan_desk.ui.screen import Screen, ScreenContext, new_op_id
from kecamatan_desk.ui.screens.cells import Cells, Index
from kecamatan_desk.ui.screens.day_field import DayField
from kecamatan_desk.ui.screens.event_cells import EventCells, RowFitter
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S2, S3, S4, S6
from kecamatan_desk.usecases.day_journal import day_page, day_summary
from kecamatan_desk.usecases.event_papers import journal_pdf, kinds_text
from kecamatan_desk.usecases.history_values import (
    DaySummary,
    JournalLine,
    JournalPage,
    PersonCount,
)

_PEOPLE, _PEOPLE_FOLDED = 300, 200  # px at 100 %: the list of persons
_SIDE = 190  # px at 100 %: file and person of an event, at most


class JournalScreen(Screen):
    """Days by arrow or date, persons at the left, what they did at the right."""

    TITLE = "Jurnal Kegiatan"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._person: int | None = None
        self._more: tuple[str, int] | None = None
        self._asked = 0  # pages asked for and not answered
        self._op_id = new_op_id()
        self.day_words = label("", "head")
        self.before_button = Button("Hari sebelumnya", "", "small", "chevron-left", name="before")
        self.after_button = Button("Hari berikutnya", "", "small", "chevron-right", name="after")
        self.day = DayField("Tanggal")
        self.unusual = QCheckBox("Hanya yang perlu dilihat")
        self.unusual.setObjectName("only-unusual")
        self.note = label("", "caption", "muted", wrap=True)
        self.tries = label("", "captionb", "warn", wrap=True)
        self.people = RecordTableModel(
            (Column("Siapa", _person_text, 0, tip=True), Column("Jumlah", _total, 72, right=True)),
            self,
        )
        self.people_table = record_table(self.people, "Siapa, berapa banyak")
        self.people_table.setItemDelegate(_Chosen(self.people_table, _is_all))
        self.model = RecordTableModel(
            (
                Column("Jam", _Clock(context), 60),
                Column("Kejadian", _what, 0, tip=True),
                Column("Berkas", _file, _SIDE, tip=True),
                Column("Oleh", _who, _SIDE, tip=True),
            ),
            self,
        )
        self.table = record_table(self.model, "Kejadian hari itu")
        self.table.setItemDelegate(EventCells(self.table))
        self.fitter = RowFitter(self.table, {2: _SIDE, 3: _SIDE})
        self.people_fitter = RowFitter(self.people_table)
        self.print_button = Button("Cetak jurnal", "F7", "plain", "printer", name="print-journal")
        self.more_button = Button("Muat yang lebih awal", "F6", "plain", name="more-events")
        self.open_button = Button("Buka berkas", "F5", "primary", "folder-open", name="open-file")
        self._lay_out()
        if not set(context.user.roles) & set(ON_FILES):
            self.open_button.hide()
        self._connect()

    def _lay_out(self) -> None:
        title = row(label(self.TITLE, "title"), self.day_words, None, gap=S3)
        days = row(self.before_button, self.day, self.after_button, gap=S3)
        head = row((title, 1), days, gap=S3)
        if look().folded:  # large text: the days on a line of their own
            head = col(title, row(days, None), gap=S2)
        below = row((self.note, 1), self.unusual, gap=S3)
        left = col((self.people_table, 1), gap=0, pad=(1, 1, 1, 1), card="true")
        left.setFixedWidth(look().px(_PEOPLE_FOLDED if look().folded else _PEOPLE))
        right = col((self.table, 1), gap=0, pad=(1, 1, 1, 1), card="true")
        body = col(
            head,
            below,
            self.tries,
            (row(left, (right, 1), gap=S4), 1),
            gap=S2,
            pad=(S6, S4, S6, S3),
            plane="bg",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(body, 1)
        layout.addWidget(action_bar(self.print_button, self.more_button, None, self.open_button))

    def _connect(self) -> None:
        self.before_button.clicked.connect(self.go_back)
        self.after_button.clicked.connect(self.go_on)
        self.day.chosen.connect(self._begin)
        self.unusual.toggled.connect(self._ask_lines)
        self.people_table.selectionModel().currentChanged.connect(self._choose_person)
        self.table.selectionModel().currentChanged.connect(self._note_line)
        self.table.activated.connect(self.open_file)
        self.print_button.clicked.connect(self.print_journal)
        self.more_button.clicked.connect(self.load_more)
        self.open_button.clicked.connect(self.open_file)

    # What the shell asks

    def reload(self) -> None:
        self.day.show_today(today(self.context))
        self._show_day()
        self.background.query(self._take_summary, day_summary, self.shown_day)
        self._ask_lines()

    def first_focus(self) -> QWidget | None:
        return self.table

    @property
    def shown_day(self) -> date:
        """The day looked at."""
        return self.day.day or today(self.context)

    # Days

    @Slot()
    def go_back(self) -> None:
        """To the day before."""
        self.day.choose(self.shown_day - timedelta(days=1))

    @Slot()
    def go_on(self) -> None:
        """To the day after."""
        self.day.choose(self.shown_day + timedelta(days=1))

    @Slot()
    def _begin(self) -> None:
        self._person = None
        self.reload()

    def _show_day(self) -> None:
        day, now = self.shown_day, today(self.context)
        words = f"{day_name(day)}, {long_date(day)}"
        self.day_words.setText(f"Hari ini, {words}" if day == now else words)
        self.after_button.setEnabled(day < now)

    # Persons

    def _take_summary(self, summary: DaySummary) -> None:
        if summary.day != self.shown_day:
            return  # passed over meanwhile
        self.people.show_records(summary.people)
        places = [n for n, one in enumerate(summary.people) if one.user_id == self._person]
        if summary.people:
            self.people_table.selectRow(places[0] if places else 0)
        self.people_fitter.fit()
        zone = self.context.zone
        if summary.open_from is not None and summary.open_to is not None:
            first, last = clock_time(summary.open_from, zone), clock_time(summary.open_to, zone)
            opened = f"Jam kerja {first} sampai {last}."
        else:
            opened = "Bukan hari kerja: semuanya tercatat di luar jam kerja."
        found = f"{summary.marked} perlu dilihat." if summary.marked else "Tidak ada yang menonjol."
        total = summary.people[0].total if summary.people else 0
        self.note.setText(f"{total} kejadian, {found} {opened}")
        tries = ", ".join(f"{name} {amount} kali" for name, amount in summary.tries)
        self.tries.setText(f"Sandi atau PIN salah, belum diberitahukan: {tries}." if tries else "")
        self.tries.setVisible(bool(tries))

    @Slot(QModelIndex, QModelIndex)
    def _choose_person(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not current.isValid():
            return
        person = current.data(RECORD_ROLE).user_id
        if person != self._person:
            self._person = person
            self._ask_lines()

    # Events

    @Slot()
    def _ask_lines(self) -> None:
        self._asked += 1
        self.background.query(
            self._take_lines,
            day_page,
            self.shown_day,
            None,
            self._person,
            unusual=self.unusual.isChecked(),
        )

    def _take_lines(self, page: JournalPage) -> None:
        self._asked -= 1
        if self._asked:
            return  # another day or person was chosen since
        self._show(page.lines, page.more)
        if page.lines:
            self.table.selectRow(0)
        else:
            self._note_line()

    @Slot()
    def load_more(self) -> None:
        """F6: the events before those shown."""
        if self._more is None or self._asked:
            return
        self._asked += 1
        self.background.query(
            self._take_more,
            day_page,
            self.shown_day,
            self._more,
            self._person,
            unusual=self.unusual.isChecked(),
        )

    def _take_more(self, page: JournalPage) -> None:
        self._asked -= 1
        if self._asked:
            return
        place = self.table.currentIndex().row()
        self._show((*self.model.records, *page.lines), page.more)
        self.table.selectRow(max(place, 0))

    def _show(self, lines: tuple[JournalLine, ...], more: tuple[str, int] | None) -> None:
        self._more = more
        self.model.show_records(lines)
        self.fitter.fit()
        self.more_button.setVisible(more is not None)

    @Slot()
    def _note_line(self) -> None:
        line = self.table.currentIndex().data(RECORD_ROLE)
        self.open_button.setEnabled(line is not None and line.request_id is not None)

    @Slot()
    def open_file(self) -> None:
        """F5: the file of the event chosen."""
        line = self.table.currentIndex().data(RECORD_ROLE)
        if line is not None and line.request_id is not None and not self.open_button.isHidden():
            self.open_request(line.request_id)

    @Slot()
    def print_journal(self) -> None:
        """F7: the whole day on paper."""
        self.background.print_job(self._print, journal_pdf, self._op_id, self.shown_day)

    def _print(self, pdf: bytes) -> None:
        self._op_id = new_op_id()
        self.context.printing.print_pdf(self, pdf, "slip", "Jurnal kegiatan")


class _Chosen(Cells):
    """Cells whose chosen row stands on the tint."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if has_state(option, State.State_Selected):
            painter.fillRect(rect_of(option), look().color("tint"))
        super().paint(painter, option, index)


class _Clock:
    """When it happened; not a method of the screen, which the model would keep alive."""

    def __init__(self, context: ScreenContext) -> None:
        self._context = context

    def __call__(self, line: JournalLine) -> str:
        return clock_time(line.at, self._context.zone)


def _is_all(person: PersonCount) -> bool:
    return person.user_id is None


def _person_text(person: PersonCount) -> str:
    return f"{person.name}\n{kinds_text(person.kinds)}"


def _total(person: PersonCount) -> str:
    return str(person.total)


def _what(line: JournalLine) -> str:
    return line.what


def _file(line: JournalLine) -> str:
    more = ", ".join(part for part in (line.service, line.applicant) if part)
    return f"{line.file_code}\n{more}" if more else line.file_code


def _who(line: JournalLine) -> str:
    return f"{line.who}\n{line.role}"
