"""A correction while it is typed: the form of what was filled in, its reason, both on the pad."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.parts import col
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.services import service_of
from kecamatan_desk.ui.theme import S3, S4
from kecamatan_desk.usecases.values import RequestView, Seen
from kecamatan_desk.workflows.vocabulary import Section

_LONGEST = 300  # characters of a reason, as the use-cases keep them


def filled_sections(view: RequestView) -> tuple[Section, ...]:
    """Give the sections that hold something, and those of the new-request form always."""
    service = service_of(view.service)
    sections = service.sections if service else ()
    return tuple(
        section
        for section in sections
        if section.step == "terima" or any(field.code in view.data for field in section.fields)
    )


class CorrectionForm(QWidget):
    """Base of what corrects a request; a subclass lays it out and says when it opens.

    Attributes:
        form: The fields, None while nothing is corrected.
        reason: Why, always needed.
    """

    def __init__(self, context: ScreenContext, place: str, area: QScrollArea) -> None:
        """``place``: on the pad; ``area``: where the form is shown."""
        super().__init__()
        self._context, self._place, self._area = context, place, area
        self._view: RequestView | None = None
        self._op_id = new_op_id()
        self._typed: set[str] = set()  # codes of the fields one has typed in
        self.form: FieldsForm | None = None
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST)
        self.reason.textEdited.connect(self._keep_typing)

    def refuse(self, message: str, field: str | None) -> bool:
        """Show a refusal at its field; False when it does not belong here."""
        if self.form is None:
            return False
        if field == "alasan":
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return bool(field) and self.form.show_error(str(field), message)

    def begin(
        self, view: RequestView, sections: Sequence[Section], kept: Mapping[str, Any]
    ) -> FieldsForm:
        """Open the form with what was typed before laid over the data."""
        self._op_id = new_op_id()
        self.form = FieldsForm(sections, self._context.profile.villages)
        self.form.set_values(view.data)
        typed = kept.get("typed") or {}
        self.form.show_raw(typed)
        self._typed = set(typed)
        self.reason.setText(str(kept.get("reason", "")))
        self.form.edited.connect(self._note_edit)
        self._area.setWidget(col(self.form, None, pad=(S4, S3, S4, S3), plane="surface"))
        return self.form

    def checked(
        self, *, unchanged: str, unreasoned: str
    ) -> tuple[Seen, dict[str, Any], str] | None:
        """Give what a correction sends: the file as seen, the fields that differ, the reason.

        None where something is missing; it is said at its field or in these words.
        """
        view, form = self._view, self.form
        if view is None or form is None or not form.check():
            return None
        changed = _changed_values(view.data, form)
        if not changed:
            self.complain(unchanged)
            return None
        if not self.reason.text().strip():
            self.complain(unreasoned)
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return Seen(view.id, view.version), changed, self.reason.text()

    def drop_typing(self) -> None:
        """Keep nothing of what is typed here."""
        if self._view is not None:
            self._context.pad.drop(self._place, self._view.id)

    def complain(self, text: str) -> None:
        """Say in the message bar what is wrong."""
        self._context.messages.complained.emit(text, None)

    @Slot(str)
    def _note_edit(self, code: str) -> None:
        self._typed.add(code)
        self._keep_typing()

    @Slot()
    def _keep_typing(self) -> None:
        view, form = self._view, self.form
        if view is not None and form is not None:
            typed = form.raw(self._typed)
            body = {"version": view.version, "typed": typed, "reason": self.reason.text()}
            self._context.pad.put(self._place, view.id, body)


def _changed_values(before: Mapping[str, Any], form: FieldsForm) -> dict[str, Any]:
    """Give the fields that differ; one emptied or no longer asked for is given as empty."""
    after = form.values()
    known = {field.code for part in form.sections for field in part.section.fields}
    codes = [code for code in known if before.get(code) != after.get(code)]
    return {code: after.get(code, "") for code in codes}
