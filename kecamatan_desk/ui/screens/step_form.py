"""The fields the SOP asks for at a step after the first: OSS data, NIB, complaints.

What is typed stays with its file while the user looks at others, and is on disk within a second.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import col
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.receiver_fields import fit_relation
from kecamatan_desk.ui.screens.step_keeper import StepKeeper
from kecamatan_desk.ui.services import service_of
from kecamatan_desk.ui.theme import S3, S4
from kecamatan_desk.usecases.values import Handover, RequestView
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

STEP = "isian"  # the place on the pad
RELATIONS = ("Sendiri", "Keluarga", "Kuasa", "Petugas desa")
IDENTITIES = ("KTP-el", "Kartu Keluarga", "SIM", "Surat kuasa", "Paspor")

#: Who received the papers, asked where the closing step records it (codes as refusals name them).
RECEIVER = Section(
    "Penerima",
    (
        Field("penerima", "Nama penerima", required=True, span=6, length=100),
        Field("hubungan", "Hubungan", FieldKind.CHOICE, required=True, span=3, choices=RELATIONS),
        Field(
            "identitas",
            "Identitas yang ditunjukkan",
            FieldKind.CHOICE,
            required=True,
            span=3,
            choices=IDENTITIES,
        ),
    ),
)
_RECEIVER_CODES = tuple(field.code for field in RECEIVER.fields)


def step_sections(view: RequestView, with_receiver: bool) -> tuple[Section, ...]:
    """Give the sections the SOP asks for at the request's step."""
    service = service_of(view.service)
    own = service.sections_at(view.step) if service and view.step else ()
    return (*own, RECEIVER) if with_receiver else own


class StepForm(QWidget):
    """The page with the step's own fields."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._shown: tuple[int, str] | None = None
        self._view: RequestView | None = None
        self._typed: set[str] = set()  # codes of the fields one has typed in
        self._before: dict[str, Any] = {}  # the form as it was opened
        self.form: FieldsForm | None = None
        self._keeper = StepKeeper(context.background, self.values, self)
        self._area = scroll_area(name="Isian langkah ini")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)

    def show_step(self, view: RequestView, with_receiver: bool = False) -> bool:
        """Show the form of the request's step; False when the step asks for nothing."""
        place = (view.id, view.step or "")
        if place == self._shown:
            self._keeper.meet(view)
            return self.form is not None
        self.keep_typing()
        self._shown, self._view = place, view
        self._keeper.begin(view)
        sections = step_sections(view, with_receiver)
        if not sections:
            self.form = None
            return False
        self.form = FieldsForm(sections, self._context.profile.villages)
        known = {code: view.data[code] for code in self.form.shown if code in view.data}
        if with_receiver:
            known |= {"penerima": view.applicant, "hubungan": RELATIONS[0]}
        self.form.set_values(known, filled=True)
        self._before = self.form.raw()
        self._show_typed(view)
        fit_relation(self.form, view, self._typed)
        self.form.edited.connect(self._note_edit)
        self._area.setWidget(col(self.form, None, pad=(S4, S3, S4, S3), plane="surface"))
        return True

    def _show_typed(self, view: RequestView) -> None:
        """Lay over what was being typed for the file at this step, readable or not."""
        if self.form is None:
            return
        kept = self._context.pad.get(STEP, view.id) or {}
        typed = (kept.get("typed") or {}) if kept.get("step") == (view.step or "") else {}
        self.form.show_raw(typed)
        self._typed = set(typed)

    def keep_typing(self) -> None:
        """Save what is typed for the file shown without waiting."""
        self._keeper.flush()
        if self._shown is not None and self.form is not None:
            changed = {c for c, raw in self.form.raw().items() if raw != self._before.get(c)}
            if not changed <= self._typed:
                self._keep(*changed)

    def forget(self, request_id: int) -> None:
        """Let go of what was typed for a file: its step is finished."""
        self._context.pad.drop(STEP, request_id)
        if self._shown is not None and self._shown[0] == request_id:
            self._keeper.end()
            self._shown, self.form = None, None

    def _keep(self, *codes: str) -> None:
        """Keep what can be kept nowhere else: the receiver, half a date."""
        if self._shown is not None and self.form is not None:
            self._typed.update(codes)
            request_id, step = self._shown
            body = {"step": step, "typed": self.form.raw(self._typed)}
            self._context.pad.put(STEP, request_id, body)

    @Slot(str)
    def _note_edit(self, code: str) -> None:
        self._keep(code)
        if code not in _RECEIVER_CODES:
            self._keeper.note_edit()
        elif self._view is not None and self.form is not None:
            fit_relation(self.form, self._view, self._typed)

    def check(self) -> bool:
        """Go to the first field that cannot be kept or is missing; True when there is none."""
        form = self.form
        if form is None:
            return True
        if not form.check():
            return False
        missing = form.missing()
        if missing:
            field = form.field(missing[0]).field
            form.show_error(field.code, f"{field.label} belum diisi.")
        return not missing

    def values(self) -> dict[str, Any]:
        """Give the step's own values, without the receiver."""
        typed = self.form.values() if self.form else {}
        return {code: value for code, value in typed.items() if code not in _RECEIVER_CODES}

    def handover(self) -> Handover:
        """Give who received the papers."""
        typed = self.form.values() if self.form else {}
        return Handover(*(str(typed.get(code, "")) for code in _RECEIVER_CODES))

    def refuse(self, message: str, field: str | None) -> bool:
        """Show a refusal at its field; False when this form has no such field."""
        return bool(self.form and field and self.form.show_error(field, message))

    def focus_first(self) -> None:
        """Go to the first empty field, or to the first."""
        if self.form is not None:
            empty = [code for code in self.form.shown if self.form.field(code).value() is None]
            self.form.focus((empty or list(self.form.shown))[0])
