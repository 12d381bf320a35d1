"""A line of a printed sheet as it was written: which draft, when, who decided, who wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kecamatan_desk.ui.field_choices import ChoiceField
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.parts import label
from kecamatan_desk.ui.services import service_short
from kecamatan_desk.usecases.blocks import LOST
from kecamatan_desk.usecases.late_entry import MOST_QUEUE
from kecamatan_desk.usecases.late_values import LateDraft, LateEntry, LatePeople, LatePerson
from kecamatan_desk.usecases.line_services import OTHER
from kecamatan_desk.usecases.number_values import ReservedNumber
from kecamatan_desk.usecases.reserving import MOST_REASON
from kecamatan_desk.usecases.series import service_of_series
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

_LINE = (
    Field("draft", "Draf yang memakai nomor ini", FieldKind.CHOICE, required=True, span=12),
    Field("day", "Tanggal tertulis", FieldKind.DATE, required=True, span=4),
    Field("at", "Jam tertulis", FieldKind.TIME, required=True, span=4),
    Field("queue", "No. antrian darurat", length=MOST_QUEUE, span=4, hint="misalnya P-01"),
    Field("decider_id", "Diputuskan oleh", FieldKind.CHOICE, required=True, span=6),
    Field("writer_id", "Ditulis oleh", FieldKind.CHOICE, required=True, span=6),
    Field("classification", "Kode klasifikasi, bila lain", length=30, span=6),
)
_UNUSED = (Field("reason", "Alasan, bila nomor tidak dipakai", length=MOST_REASON, span=12),)
_NO_DRAFT = (
    "Belum ada draf{}. Mintalah Petugas Pelayanan (OSS: Tim Teknis) menyimpan dahulu isian "
    "pemohonnya pada Permohonan Baru."
)


class LateForm(QWidget):
    """The form.

    Signals:
        draft_chosen: Another draft was chosen: the code of its service.
        edited: Something was typed.
    """

    draft_chosen = Signal(str)
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[LateDraft, ...] = ()
        self._drafts: dict[str, LateDraft] = {}  # those the number may go to, by their words
        self._people: dict[str, dict[str, int]] = {"decider_id": {}, "writer_id": {}}
        self._number: ReservedNumber | None = None
        self._chosen = ""  # the draft chosen last, should its number be chosen again
        self.form = FieldsForm((Section("Baris yang tertulis", _LINE),))
        self.unused = FieldsForm((Section("Tidak dipakai", _UNUSED),))
        self._offered_day = self.form.field("day").raw()
        self.decides = label("", "caption", "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        layout.addWidget(self.decides)
        layout.addWidget(self.unused)
        self.form.edited.connect(self._note_edit)
        self.unused.edited.connect(self.edited)

    def offer(self, drafts: Sequence[LateDraft]) -> None:
        """Offer the drafts that may take a number."""
        self._all = tuple(drafts)
        self._offer()

    def _offer(self) -> None:
        """Offer the drafts whose letter stands in the series of the number."""
        service = service_of_series(self._number.series) if self._number else OTHER
        self._drafts = {
            f"{one.file_code}  {service_short(one.service)}  {one.applicant}": one
            for one in self._all
            if service in (OTHER, one.service)
        }
        field = self._choices("draft")
        field.offer(tuple(self._drafts))
        if field.value() is None and self._chosen in self._drafts:
            field.set_value(self._chosen)
        if not self._drafts:
            self.decides.setText(
                _NO_DRAFT.format("" if service == OTHER else f" {service_short(service)}")
            )
        else:
            self.decides.setText("")
            self._tell_draft()

    def typed(self) -> dict[str, Any]:
        """Give what is typed, readable or not."""
        return {"line": self.form.raw(), "unused": self.unused.raw()}

    def show_typed(self, typed: Mapping[str, Any]) -> None:
        """Put back what `typed` gave; a draft that is gone meanwhile is chosen anew."""
        line = dict(typed.get("line") or {})
        if line.get("draft") not in self._drafts:
            line["draft"] = None
        self.form.show_raw(line)
        self._chosen = str(line.get("draft") or "")
        self.unused.show_raw(typed.get("unused") or {})
        self._tell_draft()

    def show_number(self, number: ReservedNumber) -> None:
        """Show the form of a number.

        What is typed stays: whoever sees that he began at the wrong number chooses the right one.
        A day that was only offered gives way to that of the new number; one that was typed is often
        that of the next line too.
        """
        if self._number != number:
            day = self.form.field("day")
            if day.raw() == self._offered_day:
                offered = None if number.kind == LOST else number.day.isoformat()
                self.form.set_values({"day": offered})
                self._offered_day = day.raw()
            self._number = number
            self._offer()

    def show_line(self, shown: bool) -> None:
        """Offer the line, or the reason for an unused number alone."""
        self.form.setVisible(shown)
        self.decides.setVisible(shown)

    def first_form(self) -> FieldsForm:
        """Give the form to begin with."""
        return self.unused if self.form.isHidden() else self.form

    def show_people(self, people: LatePeople) -> None:
        """Offer who may have decided and who may have written."""
        for code, found in (("decider_id", people.deciders), ("writer_id", people.writers)):
            self._people[code] = {_words(one): one.user_id for one in found}
            field = self._choices(code)
            field.offer(tuple(self._people[code]))
            if field.value() is None and found:
                field.set_value(_words(found[0]))
        if self.draft is None:  # another number was chosen before the answer came
            return
        how = "Parafnya harus ada pada lembar" if people.by_paraf else "Namanya tertulis"
        self.decides.setText(f"Yang diputuskan: {people.decides}. {how}.")

    def entry(self, number: ReservedNumber) -> tuple[LateDraft, LateEntry] | None:
        """Give the draft and the line as typed; None where something is missing, said there."""
        if not self.form.check():
            return None
        for code in self.form.missing():
            name = self.form.field(code).field.label
            self.form.show_error(code, f"{name} belum diisi.")
            return None
        values = self.form.values()
        entry = LateEntry(
            block_id=number.block_id,
            number=number.number,
            day=date.fromisoformat(values["day"]),
            at=time.fromisoformat(values["at"]),
            writer_id=self._people["writer_id"][values["writer_id"]],
            decider_id=self._people["decider_id"][values["decider_id"]],
            queue=values.get("queue", ""),
            classification=values.get("classification", ""),
        )
        return self._drafts[values["draft"]], entry

    def reason(self) -> str:
        """Give why a number was not used, as typed."""
        return str(self.unused.values().get("reason", ""))

    def refuse(self, message: str, field: str | None) -> None:
        """Show a refusal at its field."""
        form = self.unused if field == "reason" else self.form
        if not form.show_error(field or "draft", message):
            form.show_error("draft", message)  # of the number: another draft, or another number

    def clear(self) -> None:
        """An empty line, of the same day where it is one of a sheet."""
        if self._number is not None and self._number.kind == LOST:
            self.form.set_values({"day": None})
            self._offered_day = self.form.field("day").raw()
        self._number = None
        self._chosen = ""
        self.decides.setText("")
        self.form.set_values(dict.fromkeys(("draft", "at", "queue", "classification")))
        self.unused.set_values({"reason": None})

    def clear_reason(self) -> None:
        """No reason; the line stays."""
        self.unused.set_values({"reason": None})

    @property
    def begun(self) -> bool:
        """Whether anything of a line is typed, beside the day offered."""
        return any(self.form.raw(("draft", "at", "queue", "classification")).values())

    @property
    def draft(self) -> LateDraft | None:
        """The draft chosen."""
        return self._drafts.get(str(self._choices("draft").value() or ""))

    def _choices(self, code: str) -> ChoiceField:
        field = self.form.field(code)
        assert isinstance(field, ChoiceField)
        return field

    @Slot(str)
    def _note_edit(self, code: str) -> None:
        if code == "draft":
            self._chosen = str(self._choices("draft").value() or "")
            self._tell_draft()
        self.edited.emit()

    def _tell_draft(self) -> None:
        draft = self.draft
        if draft is not None:
            self.draft_chosen.emit(draft.service)


def _words(person: LatePerson) -> str:
    return f"{person.name} ({person.office})"
