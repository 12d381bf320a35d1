"""What the lists of the officials' screen have in common: spells from-to, and the form of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.parts import col, label, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S3, S5
from kecamatan_desk.usecases.people_values import AbsenceRow, ActingRow, TermRow, UserRow
from kecamatan_desk.usecases.stand_ins import StandInRow
from kecamatan_desk.workflows.vocabulary import Field, Section

Spell = TermRow | ActingRow | AbsenceRow | StandInRow
_ROWS = 4  # of a table in sight at once
UNRANKED = "Pangkat kosong: baris pangkat tidak tercetak. Isi pada menu Pengguna bila ada."


class SpellPage(QWidget):
    """A table of spells, the latest first, and the form of a new one.

    The form is made anew when the people change, because its choices are they.

    Signals:
        edited: Something was typed.
        chosen: Another row of the table is current.
    """

    edited = Signal()
    chosen = Signal()

    TITLE, NEW, EMPTY = "", "", ""
    SAVE, END, ENDED = "", "", ""  # the two deeds, and what is said after the second
    SIGNS = True  # whether a letter may bear the block of who is in the list

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.today = date.min
        self.people: dict[str, int] = {}  # name as chosen -> id
        self.form: FieldsForm | None = None
        self._frame: QWidget | None = None  # around the form
        status = Column("Keadaan", self.status, 104)
        self.model = RecordTableModel((*columns, status), self)
        self.table = record_table(self.model, self.TITLE)
        self.empty = label(self.EMPTY, ink="muted", wrap=True)
        self._unranked: set[int] = set()
        self.rank_note = label(UNRANKED, "caption", "muted", wrap=True)
        self.rank_note.hide()
        self._place = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(S3))
        self._empty_place = col(self.empty, pad=(S5, S3, S5, 0))
        self._empty_place.hide()
        layout.addWidget(self._empty_place)
        layout.addWidget(row((self.table, 1), pad=(S3, 0, S3, 0)))
        layout.addLayout(self._place)
        layout.addStretch(1)
        self._fit_table()
        self.table.selectionModel().currentChanged.connect(self._note_chosen)

    # What a subclass gives, beside the words above

    def fields(self, names: tuple[str, ...]) -> tuple[Field, ...]:
        """Give the fields of the form."""
        raise NotImplementedError

    def candidates(self, users: Sequence[UserRow]) -> list[UserRow]:
        """Give whom the form offers: everybody who works here, unless a list says otherwise."""
        return [user for user in users if user.active]

    def send(
        self,
        background: Background,
        then: Callable[[int], object],
        op_id: str,
        values: Mapping[str, Any],
    ) -> None:
        """Store what the form holds."""
        raise NotImplementedError

    def noted(self, values: Mapping[str, Any]) -> str:
        """Say what was stored."""
        raise NotImplementedError

    def ending(self, spell: Spell) -> tuple[str, str, str]:
        """Give title, question and the words of the yes for ending a spell."""
        raise NotImplementedError

    def send_end(
        self, background: Background, then: Callable[[None], object], op_id: str, spell: Spell
    ) -> None:
        """End a spell that is not over yet."""
        raise NotImplementedError

    # Showing

    @property
    def current(self) -> Spell | None:
        """The chosen row."""
        index = self.table.currentIndex()
        return index.data(RECORD_ROLE) if index.isValid() else None

    @property
    def may_end(self) -> bool:
        """Whether the chosen row is not over yet."""
        return self.current is not None and _end(self.current) >= self.today

    def show_people(self, users: Sequence[UserRow]) -> None:
        """Offer these people; what was typed stays."""
        self._unranked = {user.id for user in users if not user.rank}
        people = _named(self.candidates(users))
        if self.form is not None and people == self.people:
            self._say_rank()
            return
        typed = self.form.values() if self.form else {}
        if self._frame is not None:
            self.rank_note.setParent(self)  # outlives the frame
            self._place.removeWidget(self._frame)
            self._frame.hide()
            self._frame.deleteLater()
        self.people = people
        self.form = FieldsForm((Section(self.NEW, self.fields(tuple(people))),))
        self.form.set_values(typed)
        self.form.edited.connect(self._note_edit)
        self._frame = col(self.form, self.rank_note, pad=(S5, 0, S5, S3))
        self._place.addWidget(self._frame)
        self._order_tab(self.form)
        self._say_rank()
        if not typed:
            self.clear()

    def _order_tab(self, form: FieldsForm) -> None:
        """Let Tab go from the table into the form, made later than the deeds below it."""
        before: QWidget = self.table
        for code in form.shown:
            QWidget.setTabOrder(before, form.field(code).editor)
            before = form.field(code).editor

    def show_spells(self, spells: Sequence[Spell], today: date) -> None:
        """Replace the table; the chosen row stays chosen."""
        before, self.today = self.current, today
        self.model.show_records(spells)
        self._empty_place.setVisible(not spells)
        self._fit_table()
        ids = [spell.id for spell in spells]
        place = ids.index(before.id) if before is not None and before.id in ids else 0
        if spells:
            self.table.setCurrentIndex(self.model.index(place, 0))
        self.chosen.emit()

    def _fit_table(self) -> None:
        """Give the table the height of its rows: the form follows it, and is in sight."""
        rows = self.model.rowCount()
        heading = self.table.horizontalHeader().sizeHint().height()
        lines = min(rows, _ROWS) * self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(heading + lines + 2 * self.table.frameWidth())
        self.table.setVisible(bool(rows))

    def days_of(self, values: Mapping[str, Any]) -> str:
        """Say which days a spell has; from when only where that is not past or today."""
        first, last = (date.fromisoformat(values[end]) for end in ("first", "last"))
        until = f"sampai {short_date(last)}"
        return f"mulai {short_date(first)} {until}" if first > self.today else until

    def beside(self, values: Mapping[str, Any]) -> str:
        """Say what else the table holds for the office and days just saved; "" for nothing."""
        first = date.fromisoformat(values["first"])
        last = date.fromisoformat(values["last"]) if values.get("last") else date.max
        for spell in self.model.records:
            same = not isinstance(spell, AbsenceRow) and spell.role.label == values["role"]
            other = spell.user_id != self.people.get(values["user_id"])
            if same and other and spell.first_day <= last and first <= _end(spell):
                return self.said_of(spell, first)
        return ""

    def said_of(self, _spell: Spell, _first: date) -> str:
        """Give what is to be said of a spell that overlaps the one just saved."""
        return ""

    def clear(self) -> None:
        """Empty the form; it begins today."""
        if self.form is not None:
            empty: dict[str, Any] = dict.fromkeys(self.form.shown, "")
            if self.today != date.min:
                empty["first"] = self.today.isoformat()
            self.form.set_values(empty)
            self._say_rank()

    def _say_rank(self) -> None:
        """Say quietly that the block of who is chosen bears no rank."""
        chosen = self.form.values().get("user_id", "") if self.form else ""
        bare = self.SIGNS and self.people.get(chosen) in self._unranked
        self.rank_note.setVisible(bool(bare))

    def status(self, spell: Spell) -> str:
        """Give `berlaku`, `akan datang` or `berakhir`."""
        if _end(spell) < self.today:
            return "berakhir"
        return "berlaku" if spell.first_day <= self.today else "akan datang"

    @Slot(str)
    def _note_edit(self, _code: str) -> None:
        self._say_rank()
        self.edited.emit()

    @Slot(QModelIndex, QModelIndex)
    def _note_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit()


def _named(users: Sequence[UserRow]) -> dict[str, int]:
    """Give a name for each; two of one name are told apart by their user names."""
    names = [user.name for user in users]
    return {
        user.name if names.count(user.name) == 1 else f"{user.name} ({user.username})": user.id
        for user in users
    }


def person(row: Spell) -> str:
    """Give the name of who a row is about."""
    return row.name


def _end(row: Spell) -> date:
    return row.last_day or date.max


def span(row: Spell) -> str:
    """Give `01-05-2026 – 08-05-2026`."""
    last = short_date(row.last_day) if row.last_day else "seterusnya"
    return f"{short_date(row.first_day)} – {last}"
