"""The fields beside the letter at hand-over: the step's own, and who received what.

A narrow form: one or two fields to a line. What is typed stays with its file while the clerk
looks at others, and the step's own values are on disk within a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import col
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.receiver_fields import fit_relation
from kecamatan_desk.ui.screens.step_form import RECEIVER, RELATIONS, STEP, step_sections
from kecamatan_desk.ui.screens.step_keeper import StepKeeper
from kecamatan_desk.ui.theme import S3
from kecamatan_desk.usecases.values import Handover, RequestView
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

_WIDE = {FieldKind.LONG_TEXT, FieldKind.MULTI_CHOICE, FieldKind.ROWS, FieldKind.TEXT}
_SHORT_LABEL = 15  # characters that leave room for *wajib* in half a line
_SHORT_HINT = 17  # characters of a hint half a line can show
OUTCOME, TROUBLE, TROUBLE_NOTE = "hasil-perekaman", "kendala", "catatan-kendala"
FAILED_PAUSE = "Perekaman gagal"
_OF_ONE_TRY = (OUTCOME, TROUBLE, TROUBLE_NOTE, "tanggal-perekaman", "jam-perekaman")
_RECEIVER_CODES = tuple(field.code for field in RECEIVER.fields)


def narrow(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Give the sections with fields of a whole or half a line, two halves side by side."""
    return tuple(replace(one, fields=_paired(one.fields)) for one in sections)


def _paired(fields: Sequence[Field]) -> tuple[Field, ...]:
    halves = [_may_be_half(field) for field in fields]
    wide = list(fields)
    place = 0
    while place < len(fields):
        both = place + 1 < len(fields) and halves[place] and halves[place + 1]
        ticks = fields[place].kind is FieldKind.MULTI_CHOICE  # 11: two boxes to a line, not three
        wide[place] = replace(fields[place], span=6 if both else 11 if ticks else 12)
        if both:
            wide[place + 1] = replace(fields[place + 1], span=6)
        place += 2 if both else 1
    return tuple(wide)


def _may_be_half(field: Field) -> bool:
    longest = max((len(choice) for choice in field.choices), default=0)
    short = len(field.label) <= _SHORT_LABEL and len(field.hint) <= _SHORT_HINT
    return field.kind not in _WIDE and short and longest <= _SHORT_LABEL


class HandoverForm(QWidget):
    """One form for every closing step at the counter.

    Signals:
        edited: A field has changed; F12 may have other words.
    """

    edited = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._shown: tuple[int, str] | None = None
        self._view: RequestView | None = None
        self._typed: set[str] = set()  # codes of the fields one has typed in
        self._before: dict[str, Any] = {}  # the form as it was opened
        self.form = FieldsForm(())
        self._keeper = StepKeeper(context.background, self.values, self)
        self._area = scroll_area(name="Serah terima")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)

    def show_step(self, view: RequestView, with_receiver: bool) -> None:
        """Show what is asked at the request's step, filled in as far as it is known."""
        place = (view.id, view.step or "")
        if place == self._shown:
            self._keeper.meet(view)
            return
        self.keep_typing()
        self._shown, self._view = place, view
        self._keeper.begin(view)
        sections = narrow(step_sections(view, with_receiver))
        self.form = FieldsForm(sections, self._context.profile.villages)
        known = {code: view.data[code] for code in self.form.shown if code in view.data}
        if view.clock.pause == FAILED_PAUSE:  # tried again: how it ends is open
            known = {code: value for code, value in known.items() if code not in _OF_ONE_TRY}
        if with_receiver:
            known |= _expected(view)
        self.form.set_values(known, filled=True)
        self._before = self.form.raw()
        self._show_typed(view)
        fit_relation(self.form, view, self._typed)
        self.form.edited.connect(self._note_edit)
        self._area.setWidget(col(self.form, None, pad=(S3, S3, S3, S3), plane="surface"))

    def _show_typed(self, view: RequestView) -> None:
        """Lay over what was being typed for the file at this step, readable or not."""
        kept = self._context.pad.get(STEP, view.id) or {}
        typed = (kept.get("typed") or {}) if kept.get("step") == (view.step or "") else {}
        self.form.show_raw(typed)
        self._typed = set(typed)

    def keep_typing(self) -> None:
        """Save what is typed for the file shown without waiting."""
        self._keeper.flush()
        if self._shown is not None:
            changed = {c for c, raw in self.form.raw().items() if raw != self._before.get(c)}
            if not changed <= self._typed:
                self._keep(*changed)

    def forget(self, request_id: int) -> None:
        """Let go of what was typed for a file: it has gone out."""
        self._context.pad.drop(STEP, request_id)
        if self._shown is not None and self._shown[0] == request_id:
            self._keeper.end()
            self._shown = None

    def check(self) -> str:
        """Go to the first field that is wrong or missing and say so; empty: all is well."""
        text = self.lacking()
        if self.form.check() and text:
            self.form.show_error(self.form.missing()[0], text)
        return text

    def lacking(self) -> str:
        """Say what is wrong or missing first, and touch nothing; empty: all is well."""
        if any(self.form.field(code).problem() for code in self.form.shown):
            return (
                "Ada isian yang belum dapat dibaca. Betulkan yang bertanda; belum ada yang berubah."
            )
        for code in self.form.missing():
            return f"{self.form.field(code).field.label} belum diisi. Belum ada yang berubah."
        return ""

    def value(self, code: str) -> Any:
        """Give one stored value, or None."""
        return self.form.values().get(code)

    def values(self) -> dict[str, Any]:
        """Give the step's own values, without the receiver."""
        typed = self.form.values()
        return {code: value for code, value in typed.items() if code not in _RECEIVER_CODES}

    def handover(self) -> Handover:
        """Give who received the papers."""
        typed = self.form.values()
        return Handover(*(str(typed.get(code, "")) for code in _RECEIVER_CODES))

    def show_error(self, field: str, message: str) -> bool:
        """Show a refusal at its field; False when this form has no such field."""
        return self.form.show_error(field, message)

    def focus_first(self) -> None:
        """Go to the first empty field that must be filled, else to the first."""
        if self.form.shown:
            self.form.focus((self.form.missing() or self.form.shown)[0])

    def _keep(self, *codes: str) -> None:
        """Keep what can be kept nowhere else: the receiver, half a date."""
        if self._shown is not None:
            self._typed.update(codes)
            request_id, step = self._shown
            body = {"step": step, "typed": self.form.raw(self._typed)}
            self._context.pad.put(STEP, request_id, body)

    @Slot(str)
    def _note_edit(self, code: str) -> None:
        self._keep(code)
        if code not in _RECEIVER_CODES:
            self._keeper.note_edit()
        elif self._view is not None:
            fit_relation(self.form, self._view, self._typed)
        self.edited.emit()


def _expected(view: RequestView) -> dict[str, Any]:
    """Whoever was named at take-in as running the errand is likely to come, else the applicant."""
    relation = view.data.get("diurus-oleh")
    if relation in RELATIONS[1:] and view.data.get("kuasa-nama"):
        return {"penerima": view.data["kuasa-nama"], "hubungan": relation}
    return {"penerima": view.applicant, "hubungan": RELATIONS[0]}
