"""The form of the new-request screen: fields of the chosen service, known data, warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import col, label, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S4, S6
from kecamatan_desk.usecases.draft_values import FieldNote, KnownApplicant
from kecamatan_desk.usecases.intake import check_values, known_applicant
from kecamatan_desk.workflows.vocabulary import Section, Service

NIK = "nik"
_SOON = 30  # ms
_ENOUGH = 700  # px at 100 %: below that fields are laid out wider


def roomy(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Give the sections with fields half again as wide, for large text in a small window."""
    return tuple(
        replace(one, fields=tuple(replace(f, span=_WIDER.get(f.span, 12)) for f in one.fields))
        for one in sections
    )


#: Span of a field (twelfths) -> its span where text is large.
_WIDER = {1: 2, 2: 4, 3: 6, 4: 6, 5: 6, 6: 6}


class IntakeForm(QFrame):
    """What is asked at take-in. Another service keeps the values both have.

    Signals:
        edited: Something was typed or filled in; it wants saving.
        recognised: The NIK is known; carries the `KnownApplicant` whose data were filled in.
    """

    edited = Signal()
    recognised = Signal(object)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self.service: Service | None = None
        self.form = FieldsForm(())
        self._kept: dict[str, Any] = {}  # typed for a service that was changed since
        self._known: dict[str, Any] = {}  # filled in from the last visit, as it was filled
        self._asked_nik = ""
        self._asking = QTimer(self)  # several fields are left at once when values are filled in
        self._asking.setSingleShot(True)
        self._asking.setInterval(_SOON)
        self._asking.timeout.connect(self.ask_warnings)
        self._title = label("", "title", wrap=True)
        self._body = col(row((self._title, 1)), self.form, gap=S2, pad=(S6, S4, S6, S4))
        self._body.setProperty("plane", "surface")
        inner = self._body.layout()
        if isinstance(inner, QVBoxLayout):
            inner.addStretch(1)
        self.area = scroll_area(self._body)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("plane", "surface")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def begin(self, service: Service) -> None:
        """Ask what this service asks. What was typed stays, also what only the old one asked."""
        values, unread = self.values(), self.unread()
        unlooked = {c: v for c, v in values.items() if self.form.field(c).state == "filled"}
        remark = self.form.sections[0].remark.text() if self.form.sections else ""
        for code in self.form.shown:
            self._kept.pop(code, None)  # emptied by hand stays empty
        self._kept.update(values)
        self.service = service
        sections = service.sections_at("terima")
        if look().folded or self._is_narrow():
            sections = roomy(sections)
        self._replace_form(FieldsForm(sections, self._villages()))
        self._title.setText(service.label)
        self.form.set_values(self._kept)
        self.form.set_values(unlooked, filled=True)
        self.form.show_unread(unread)
        self.form.show_remark(remark)
        self.area.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Begin anew: no service, no person."""
        self.service = None
        self._kept, self._known, self._asked_nik = {}, {}, ""
        self._replace_form(FieldsForm(()))

    def put(self, values: Mapping[str, Any], filled: bool = False) -> None:
        """Show stored values; ``filled`` tints them until looked at."""
        self._kept.update(values)
        self.form.set_values(values, filled)
        self._asked_nik = str(values.get(NIK, self._asked_nik))

    def put_unread(self, typed: Mapping[str, str]) -> None:
        """Show what was typed and could not be read yet, as it stood."""
        self.form.show_unread(typed)

    def put_raw(self, raw: Mapping[str, Any]) -> None:
        """Show a form as it stood, readable or not."""
        self.form.show_raw(raw)
        self._kept.update(self.values())
        self._asked_nik = str(self.values().get(NIK, ""))

    def unread(self) -> dict[str, str]:
        """Give what is typed but cannot be read yet."""
        return self.form.unread() if self.service else {}

    def values(self) -> dict[str, Any]:
        """Give the stored values of what is asked now."""
        return self.form.values() if self.service else {}

    def start(self) -> None:
        """Go to the first field: the NIK."""
        self.form.focus_first()

    def last_focus(self) -> QWidget:
        """Give the field one was in, or the first."""
        inside = self.area.focusWidget()
        if inside is not None and self.form.isAncestorOf(inside):
            return inside
        return self.form.field(self.form.shown[0]).editor

    @Slot()
    def ask_warnings(self) -> None:
        """Let the use-case look the values over."""
        if self.service is not None and self.isVisible() and (values := self.values()):
            code = self.service.code
            self._context.background.query(self._show_notes, check_values, code, values)

    def _is_narrow(self) -> bool:
        """Large text on a small screen: labels of a sixth of the width would be cut."""
        around = self.parentWidget()
        return around is not None and around.isVisible() and around.width() < look().px(_ENOUGH)

    def _villages(self) -> tuple[str, ...]:
        return self._context.profile.villages

    def _replace_form(self, form: FieldsForm) -> None:
        old, self.form = self.form, form
        inner = self._body.layout()
        if isinstance(inner, QVBoxLayout):
            inner.replaceWidget(old, form)
        old.hide()
        old.deleteLater()
        form.show()
        form.edited.connect(self._note_edit)
        form.left.connect(self._note_left)

    @Slot(str)
    def _note_edit(self, code: str) -> None:
        if code == NIK:
            self._ask_known()
        self.edited.emit()

    @Slot(str)
    def _note_left(self, _code: str) -> None:
        self._asking.start()

    def _ask_known(self) -> None:
        nik = str(self.values().get(NIK, ""))
        if nik == self._asked_nik:
            return
        self._asked_nik = nik
        self._forget_known()
        if nik:
            self._context.background.query(self._fill_known, known_applicant, nik)

    def _forget_known(self) -> None:
        """Another NIK: what came from the last visit of the former person goes."""
        values = self.values()
        gone = [c for c, v in self._known.items() if values.get(c) == v]
        self._known = {}
        self.form.set_values(dict.fromkeys(gone))
        self.form.show_remark("")
        for code in gone:
            self._kept.pop(code, None)

    def _fill_known(self, known: KnownApplicant | None) -> None:
        if known is None or self.service is None or known.nik != self._asked_nik:
            return
        typed = self.values()
        asked = set(self.form.shown)
        self._known = {
            code: value
            for code, value in known.values.items()
            if code in asked and code not in typed and value not in (None, "")
        }
        self.form.set_values(self._known, filled=True)
        day = long_date(known.last_date)
        self.form.show_remark(f"Pernah dilayani {day}. Data lama diisikan, periksa kembali.")
        self.recognised.emit(known)
        self.edited.emit()
        self.ask_warnings()

    def _show_notes(self, notes: tuple[FieldNote, ...]) -> None:
        if self.service is not None:
            self.form.show_notes(notes)
