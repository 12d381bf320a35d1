"""The two lists of the officials' screen: who acts for whom from-to, and who is away from-to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.parts import col, label, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S3, S5
from kecamatan_desk.usecases.accounts import ACTING_KINDS
from kecamatan_desk.usecases.values import AbsenceRow, ActingRow, UserRow
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

Spell = ActingRow | AbsenceRow


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

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.today = date.min
        self.people: dict[str, int] = {}  # name as chosen -> id
        self.form: FieldsForm | None = None
        self._frame: QWidget | None = None  # around the form
        status = Column("Keadaan", self.status, 104)
        self.model = RecordTableModel((*columns, status), self)
        self.table = record_table(self.model, self.TITLE)
        self.table.setMinimumHeight(look().px(28 + 2 * 36))
        self.empty = label(self.EMPTY, ink="muted", wrap=True)
        self._place = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(S3))
        self._empty_place = col(self.empty, pad=(S5, S3, S5, 0))
        self._empty_place.hide()
        layout.addWidget(self._empty_place)
        layout.addWidget(row((self.table, 1), pad=(S3, 0, S3, 0)), 1)
        layout.addLayout(self._place)
        self.table.selectionModel().currentChanged.connect(self._note_chosen)

    # What a subclass gives

    def fields(self, names: tuple[str, ...]) -> tuple[Field, ...]:
        """Give the fields of the form."""
        raise NotImplementedError

    def candidates(self, users: Sequence[UserRow]) -> list[UserRow]:
        """Give whom the form offers."""
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
        return self.current is not None and self.current.last_day >= self.today

    def show_people(self, users: Sequence[UserRow]) -> None:
        """Offer these people; what was typed stays."""
        people = _named(self.candidates(users))
        if self.form is not None and people == self.people:
            return
        typed = self.form.values() if self.form else {}
        if self._frame is not None:
            self._place.removeWidget(self._frame)
            self._frame.hide()
            self._frame.deleteLater()
        self.people = people
        self.form = FieldsForm((Section(self.NEW, self.fields(tuple(people))),))
        self.form.set_values(typed)
        self.form.edited.connect(self._note_edit)
        self._frame = col(self.form, pad=(S5, 0, S5, S3))
        self._place.addWidget(self._frame)
        if not typed:
            self.clear()

    def show_spells(self, spells: Sequence[Spell], today: date) -> None:
        """Replace the table; the chosen row stays chosen."""
        before, self.today = self.current, today
        self.model.show_records(spells)
        self._empty_place.setVisible(not spells)
        ids = [spell.id for spell in spells]
        place = ids.index(before.id) if before is not None and before.id in ids else 0
        if spells:
            self.table.setCurrentIndex(self.model.index(place, 0))
        self.chosen.emit()

    def clear(self) -> None:
        """Empty the form; it begins today."""
        if self.form is not None:
            empty: dict[str, Any] = dict.fromkeys(self.form.shown, "")
            if self.today != date.min:
                empty["first"] = self.today.isoformat()
            self.form.set_values(empty)

    def status(self, spell: Spell) -> str:
        """Give `berlaku`, `akan datang` or `berakhir`."""
        if spell.last_day < self.today:
            return "berakhir"
        return "berlaku" if spell.first_day <= self.today else "akan datang"

    @Slot(str)
    def _note_edit(self, _code: str) -> None:
        self.edited.emit()

    @Slot(QModelIndex, QModelIndex)
    def _note_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit()


class ActingPage(SpellPage):
    """Plt., Plh. and Pj."""

    TITLE = "Plt., Plh., Pj."
    NEW = "Penunjukan baru"
    EMPTY = (
        "Belum ada penunjukan. Plt. memegang jabatan yang lowong, Plh. menggantikan pejabat yang "
        "sementara tidak ada, Pj. diangkat sebagai penjabat."
    )

    def __init__(self) -> None:
        super().__init__(
            (
                Column("Jabatan", _acting_office, 104, tip=True),
                Column("Pemegang sementara", _person, 0, tip=True),
                Column("Dari – sampai", _span, 168),
                Column("Dasar", _decree, 0, tip=True),
            )
        )

    def candidates(self, users: Sequence[UserRow]) -> list[UserRow]:
        return [user for user in users if user.active]

    def fields(self, names: tuple[str, ...]) -> tuple[Field, ...]:
        choice = FieldKind.CHOICE
        return (
            Field("user_id", "Pegawai", choice, required=True, choices=names, span=5),
            Field("kind", "Sebagai", choice, required=True, choices=_KINDS, span=3),
            Field("role", "Untuk jabatan", choice, required=True, choices=_OFFICES, span=4),
            Field("first", "Mulai", FieldKind.DATE, required=True, span=3),
            Field("last", "Sampai", FieldKind.DATE, required=True, span=3),
            Field(
                "decree",
                "Dasar: nomor dan tanggal surat",
                required=True,
                span=6,
                length=150,
                hint="800/123/2026, 11 Mei 2026",
            ),
        )


class AbsencePage(SpellPage):
    """*Pejabat tidak di tempat*."""

    TITLE = "Pejabat tidak di tempat"
    NEW = "Ketidakhadiran baru"
    EMPTY = (
        "Tidak ada pejabat yang tercatat tidak di tempat. Selama pejabat tidak di tempat dan tidak "
        "ada Plh., waktu berkas yang menunggunya berhenti."
    )

    def __init__(self) -> None:
        super().__init__(
            (
                Column("Pejabat", _person, 0, tip=True),
                Column("Dari – sampai", _span, 168),
                Column("Alasan", _reason, 0, tip=True),
            )
        )

    def candidates(self, users: Sequence[UserRow]) -> list[UserRow]:
        return [user for user in users if user.active and set(user.roles) & set(OFFICIALS)]

    def fields(self, names: tuple[str, ...]) -> tuple[Field, ...]:
        choice = FieldKind.CHOICE
        return (
            Field("user_id", "Pejabat", choice, required=True, choices=names, span=6),
            Field("first", "Mulai", FieldKind.DATE, required=True, span=3),
            Field("last", "Sampai", FieldKind.DATE, required=True, span=3),
            Field(
                "reason", "Alasan", required=True, span=12, length=120, hint="Rapat di kabupaten"
            ),
        )


_KINDS = tuple(f"{kind}." for kind in ACTING_KINDS)
_OFFICES = tuple(role.label for role in reversed(OFFICIALS))


def office_named(name: str) -> Role:
    """Give the office chosen by its label."""
    return next(role for role in OFFICIALS if role.label == name)


def _named(users: Sequence[UserRow]) -> dict[str, int]:
    """Give a name for each; two of one name are told apart by their user names."""
    names = [user.name for user in users]
    return {
        user.name if names.count(user.name) == 1 else f"{user.name} ({user.username})": user.id
        for user in users
    }


def _acting_office(row: ActingRow) -> str:
    return f"{row.kind}. {row.role.short}"


def _person(row: Spell) -> str:
    return row.name


def _span(row: Spell) -> str:
    return f"{short_date(row.first_day)} – {short_date(row.last_day)}"


def _decree(row: ActingRow) -> str:
    return row.decree


def _reason(row: AbsenceRow) -> str:
    return row.reason
