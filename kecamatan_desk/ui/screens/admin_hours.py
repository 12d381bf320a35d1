"""Working hours of the week as a table of times: opens, break from-to, closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from kecamatan_desk.domain.indonesian import DAYS
from kecamatan_desk.ui.field_text import read
from kecamatan_desk.ui.parts import Pic, label, pic, restyle, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3
from kecamatan_desk.usecases.office_values import DayHours
from kecamatan_desk.workflows.vocabulary import Field, FieldKind

_TIMES = ("Buka", "Istirahat", "sampai", "Tutup")
_SPOKEN = ("buka", "istirahat mulai", "istirahat selesai", "tutup")
_TIME = Field("jam", "Jam", FieldKind.TIME)
_MIDNIGHT = "24.00"
_DAY = 24 * 60
Spans = tuple[tuple[int, int], ...]


class HoursGrid(QFrame):
    """Seven days, four times each. A day without times is closed; the break may be left out.

    Signals:
        edited: The user typed.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[tuple[QLineEdit, ...], ...] = tuple(
            tuple(self._line(day, place) for place in range(4)) for day in range(7)
        )
        self._shown: dict[int, Spans] = {}  # as stored, kept where nothing was typed
        self._touched: set[int] = set()
        self.problem_words = label("", "bodyb", "late", wrap=True)
        self._problem_pic: Pic = pic("circle-alert", "late")
        self._problem = row(self._problem_pic, (self.problem_words, 1))
        self._problem.hide()
        self.total = label("", "caption", "muted")
        px = look().px
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(S3))
        grid.setVerticalSpacing(px(S1))
        for place, title in enumerate(_TIMES, start=1):
            grid.addWidget(label(title, "caption", "muted"), 0, place)
        for day, lines in enumerate(self.lines):
            grid.addWidget(label(DAYS[day]), day + 1, 0)
            for place, line in enumerate(lines, start=1):
                grid.addWidget(line, day + 1, place)
        grid.setColumnStretch(5, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(S2))
        layout.addLayout(grid)
        layout.addWidget(self._problem)
        layout.addWidget(self.total)
        for lines in self.lines:
            for line in lines:
                line.textEdited.connect(self._note_typing)
                line.editingFinished.connect(self._tidy)

    def _line(self, day: int, place: int) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(f"{DAYS[day]}, {_SPOKEN[place]}")
        line.setObjectName(f"hours-{day}-{place}")
        line.setProperty("day", day)
        line.setFixedWidth(look().px(76))
        line.setMaxLength(5)
        return line

    # What the screen asks and shows

    def show_hours(self, hours: Sequence[DayHours]) -> None:
        """Show stored hours."""
        self._shown = {day.weekday: day.spans for day in hours}
        self._touched.clear()
        for day, lines in enumerate(self.lines):
            for line, text in zip(lines, _texts(self._shown.get(day, ())), strict=True):
                line.setText(text)
        self.show_problem("")
        self._count()

    def raw(self) -> dict[str, list[str]]:
        """Give the days one has typed in, readable or not, by weekday."""
        return {str(day): [line.text() for line in self.lines[day]] for day in self._touched}

    def show_raw(self, raw: Mapping[str, Sequence[str]]) -> None:
        """Lay what `raw` gave over the stored hours."""
        for day, texts in raw.items():
            self._touched.add(int(day))
            for line, text in zip(self.lines[int(day)], texts, strict=True):
                line.setText(text)
        self._count()

    def hours(self) -> tuple[DayHours, ...]:
        """Give what is typed; ValueError with an Indonesian sentence when it cannot be kept."""
        return tuple(DayHours(day, self._spans(day)) for day in range(7))

    def check(self) -> bool:
        """Show what cannot be kept, and go there; True when all can."""
        for day in range(7):
            try:
                self._spans(day)
            except ValueError as error:
                self.show_problem(str(error), day)
                self.lines[day][0].setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        self.show_problem("")
        return True

    def show_problem(self, message: str, day: int | None = None) -> None:
        """Say what is wrong, and at which day; empty takes it away."""
        self.problem_words.setText(message)
        self._problem.setVisible(bool(message))
        for place, lines in enumerate(self.lines):
            for line in lines:
                wrong = bool(message) and place == day
                if bool(line.property("state")) != wrong:
                    restyle(line, state="error" if wrong else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def first(self) -> QWidget:
        """Give the first time."""
        return self.lines[0][0]

    # Reading

    def _spans(self, day: int) -> Spans:
        if day not in self._touched:
            return self._shown.get(day, ())
        texts = [line.text() for line in self.lines[day]]
        try:
            times = [_minutes(text) for text in texts]
        except ValueError as error:
            reason = str(error)
            raise ValueError(f"{DAYS[day]}: {reason[0].lower()}{reason[1:]}") from None
        return _day_spans(DAYS[day], times)

    def _count(self) -> None:
        try:
            minutes = sum(end - start for day in self.hours() for start, end in day.spans)
        except ValueError:
            self.total.setText("Jumlah seminggu: –")
            return
        rest = f" {minutes % 60} menit" if minutes % 60 else ""
        self.total.setText(f"Jumlah seminggu: {minutes // 60} jam{rest}, tanpa istirahat.")

    @Slot(str)
    def _note_typing(self, _text: str) -> None:
        line = self.sender()
        self._touched.add(int(line.property("day")))
        self.show_problem("")
        self._count()
        self.edited.emit()

    @Slot()
    def _tidy(self) -> None:
        """Show what was understood: 730 becomes 07.30."""
        line = self.sender()
        if isinstance(line, QLineEdit):
            try:
                minutes = _minutes(line.text())
            except ValueError:
                return
            line.setText("" if minutes is None else _shown(minutes))


def _minutes(text: str) -> int | None:
    """Read a time as minutes after midnight; None for nothing."""
    if text.strip() in (_MIDNIGHT, "24:00", "24"):
        return _DAY
    time = read(_TIME, text)
    if time is None:
        return None
    hour, minute = str(time).split(":")
    return int(hour) * 60 + int(minute)


def _shown(minutes: int) -> str:
    return f"{minutes // 60:02d}.{minutes % 60:02d}"


def _day_spans(day: str, times: Sequence[int | None]) -> Spans:
    opens, pause, resumes, closes = times
    if all(time is None for time in times):
        return ()
    if opens is None or closes is None:
        raise ValueError(f"{day}: isi jam buka dan jam tutup, atau kosongkan semua bila libur.")
    if (pause is None) != (resumes is None):
        raise ValueError(f"{day}: isi istirahat dengan mulai dan selesainya, atau kosongkan.")
    edges = [time for time in times if time is not None]
    if edges != sorted(set(edges)):
        raise ValueError(f"{day}: jam harus berurutan dari buka sampai tutup.")
    if pause is None or resumes is None:
        return ((opens, closes),)
    return ((opens, pause), (resumes, closes))


def _texts(spans: Spans) -> tuple[str, str, str, str]:
    """Give a day as the four fields show it; more than one break shows its outer edges."""
    if not spans:
        return ("", "", "", "")
    opens, closes = _shown(spans[0][0]), _shown(spans[-1][1])
    if len(spans) == 1:
        return (opens, "", "", closes)
    return (opens, _shown(spans[0][1]), _shown(spans[-1][0]), closes)
