"""Which book, and which days of it: a year, a month of it, or from one date to another."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.indonesian import MONTHS, short_date
from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.parts import col, label, restyle, row
from kecamatan_desk.ui.screens.book_finder import BookFinder
from kecamatan_desk.ui.screens.book_jobs import Asked
from kecamatan_desk.ui.screens.day_field import DayField
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4
from kecamatan_desk.usecases.book_reading import BookChoice
from kecamatan_desk.usecases.books import COMMON
from kecamatan_desk.usecases.periods import Period

DAYS = -1  # of the months: from one date to another
_WRONG = "Tanggal akhir mendahului tanggal awal; betulkan salah satunya."


class BookChooser(QWidget):
    """The row above the book.

    Signals:
        changed: Another book or other days are chosen; ``asked`` tells which.
        year_changed: Books of another year are asked for.
    """

    changed = Signal()
    year_changed = Signal()

    def __init__(self, today: date, overlay: QWidget) -> None:
        """*overlay* is the widget the list of books is drawn over."""
        super().__init__()
        self._today = today
        self.books = BookFinder(overlay)
        self.years, self.months = CalmCombo(), CalmCombo()
        self.first, self.last = DayField("Dari tanggal"), DayField("sampai dengan")
        self._problem = label("", "caption", "late", wrap=True)
        self._fill()
        self._lay_out()
        self.books.chosen.connect(self._choose)
        self.years.currentIndexChanged.connect(self._choose_year)
        self.months.currentIndexChanged.connect(self._choose_month)
        self.first.chosen.connect(self._choose_day)
        self.last.chosen.connect(self._choose_day)

    def _fill(self) -> None:
        for back in (0, 1):
            self.years.addItem(str(self._today.year - back), self._today.year - back)
        self.months.addItem("Semua bulan", None)
        for number, name in enumerate(MONTHS, 1):
            self.months.addItem(name, number)
        self.months.addItem("Dari – sampai tanggal", DAYS)
        for combo, name in ((self.years, "Tahun"), (self.months, "Bulan")):
            combo.setAccessibleName(name)
            combo.setObjectName(f"book-{name.lower()}")
        for field, name in ((self.first, "book-first-day"), (self.last, "book-last-day")):
            field.editor.setObjectName(name)

    def _lay_out(self) -> None:
        self._year_part = _labelled("Tahun", self.years)
        chooser = row(
            (_labelled("Buku", self.books), 3),
            (self._year_part, 1),
            (_labelled("Bulan atau tanggal", self.months), 1),
            gap=S3,
        )
        self._days = row(self.first, self.last, None, gap=S4)
        self._days.hide()
        self._problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(S2))
        layout.addWidget(chooser)
        layout.addWidget(self._days)
        layout.addWidget(self._problem)

    # What is chosen

    @property
    def asked(self) -> Asked | None:
        """The book and its days; None while the dates typed make no period."""
        period = self._period()
        return Asked(self.books.code or COMMON, period) if period else None

    @property
    def year(self) -> int:
        """The chosen year."""
        return int(self.years.currentData())

    def _period(self) -> Period | None:
        month: int | None = self.months.currentData()
        if month != DAYS:
            return Period.of(self.year, month)
        first, last = self.first.day, self.last.day
        if first is None or last is None:
            return None
        try:
            return Period(first, last)
        except InputError:
            return None

    # What is shown

    def show_choices(self, choices: tuple[BookChoice, ...], first_year: int) -> None:
        """Show the books, and years from the first in which anything was written."""
        self.books.show_choices(choices)
        if not self.books.code:
            blocked = self.books.blockSignals(True)
            self.books.choose(COMMON)
            self.books.blockSignals(blocked)
        for year in range(self._today.year - self.years.count(), first_year - 1, -1):
            self.years.addItem(str(year), year)

    def go_to(self, code: str, day: date) -> None:
        """Choose a book and the month of a day, and tell it once."""
        parts = (self.books, self.years, self.months)
        before = [part.blockSignals(True) for part in parts]
        self.books.choose(code)
        if self.years.findData(day.year) < 0:
            self.years.addItem(str(day.year), day.year)
        self.years.setCurrentIndex(self.years.findData(day.year))
        self.months.setCurrentIndex(self.months.findData(day.month))
        for part, was in zip(parts, before, strict=True):
            part.blockSignals(was)
        self._choose_month()
        self.year_changed.emit()

    # Choosing

    @Slot()
    def _choose(self) -> None:
        self.changed.emit()

    @Slot()
    def _choose_year(self) -> None:
        self.year_changed.emit()
        self.changed.emit()

    @Slot()
    def _choose_month(self) -> None:
        days = self.months.currentData() == DAYS
        if days and self.first.day is None:
            period = Period.of_year(self.year)
            self._set_day(self.first, period.first)
            self._set_day(self.last, min(period.last, max(self._today, period.first)))
        self._days.setVisible(days)
        self._year_part.setEnabled(not days)
        self._tell_problem()
        if self.asked is not None:
            self.changed.emit()

    @Slot()
    def _choose_day(self) -> None:
        self._tell_problem()
        if self.asked is not None:
            self.changed.emit()

    def _set_day(self, field: DayField, day: date) -> None:
        field.day = day
        field.editor.setText(short_date(day))

    def _tell_problem(self) -> None:
        """Say at the dates why they are no period."""
        wrong = self.months.currentData() == DAYS and self.asked is None
        both = self.first.day is not None and self.last.day is not None
        self._problem.setText(_WRONG if both else "Tulis kedua tanggal.")
        self._problem.setVisible(wrong)
        restyle(self.last.editor, state="error" if wrong else "")


def _labelled(words: str, editor: QWidget) -> QWidget:
    caption = label(words, "caption", "muted")
    caption.setBuddy(editor)
    if look().folded:
        caption.hide()  # the lines of the book need the room
    return col(caption, editor, gap=S1)
