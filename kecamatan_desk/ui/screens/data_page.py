"""The data of a request: readable as a whole, and put right in place with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kecamatan_desk.ui.field_text import shown
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, col, label, row
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.services import service_of
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4
from kecamatan_desk.usecases.jobs import complete_documents
from kecamatan_desk.usecases.processing import correct
from kecamatan_desk.usecases.values import DocumentRef, Receipt, RequestView, Seen
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

_COLUMNS = 12
CORRECTION = "perbaikan"  # the place on the pad


def filled_sections(view: RequestView) -> tuple[Section, ...]:
    """Give the sections that hold something, and those of the new-request form always."""
    service = service_of(view.service)
    sections = service.sections if service else ()
    return tuple(
        section
        for section in sections
        if section.step == "terima" or any(field.code in view.data for field in section.fields)
    )


def refuse_at_field(
    form: FieldsForm | None, reason: QLineEdit, message: str, field: str | None
) -> bool:
    """Show a refusal at the field of an open form, or at its reason; False: it belongs to none."""
    if form is None:
        return False
    if field == "alasan":
        reason.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
    return bool(field) and form.show_error(str(field), message)


class DataPage(QWidget):
    """The Data tab. Reading is the rule; *Perbaiki data* opens the form in its place.

    Signals:
        corrected: A correction was kept; the letter, if there is one, is drawn anew.
        editing: The form was opened (True) or closed (False).
    """

    corrected = Signal()
    editing = Signal(bool)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._view: RequestView | None = None
        self._op_id = new_op_id()
        self._typed: set[str] = set()  # codes of the fields one has typed in
        self.form: FieldsForm | None = None
        self.edit_button = Button("Perbaiki data", "Ctrl+E", "small", "pencil", name="edit-data")
        self.save_button = Button("Simpan perbaikan", "Ctrl+S", "small", "save", name="save-data")
        self.stop_button = Button("Tidak jadi", "Esc", "small", name="stop-edit")
        self.reason = QLineEdit()
        self.reason.setObjectName("correct-reason")
        self.reason.setAccessibleName("Alasan perbaikan, wajib")
        self.reason.setPlaceholderText("misalnya: salah ketik tanggal lahir, sesuai KTP")
        self.reason.setMaxLength(300)
        why = label("Alasan perbaikan", "caption", "muted")
        why.setBuddy(self.reason)
        self._reading = row(None, self.edit_button, pad=(S4, S2, S4, S2), edge="top")
        self._writing = row(
            why,
            (self.reason, 1),
            self.stop_button,
            self.save_button,
            gap=S3,
            pad=(S4, S2, S4, S2),
            edge="top",
        )
        self._area = scroll_area(name="Data permohonan")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._area, 1)
        layout.addWidget(self._reading)
        layout.addWidget(self._writing)
        self._writing.hide()
        self.edit_button.clicked.connect(self.open_form)
        self.stop_button.clicked.connect(self.close_form)
        self.save_button.clicked.connect(self.save)
        self.reason.textEdited.connect(self._keep_typing)
        self.edit_button.setShortcut(QKeySequence("Ctrl+E"))
        self.save_button.setShortcut(QKeySequence("Ctrl+S"))

    @property
    def is_editing(self) -> bool:
        """Whether the form is open: what is typed there must not be lost by a reload."""
        return self.form is not None

    def show_request(self, view: RequestView) -> None:
        """Show the data of a request; an open form of the same version stays open.

        What was typed for a request and not saved is there again when one comes back to it.
        """
        before, self._view = self._view, view
        same = before is not None and (before.id, before.version) == (view.id, view.version)
        if self.is_editing and same:
            return
        typing = self.is_editing and before is not None and before.id == view.id
        self._close()
        self._read()
        kept = self._context.pad.get(CORRECTION, view.id)
        if kept is None or not view.may_correct:
            return
        self._open(kept)
        if typing or kept.get("version") != view.version:
            self._complain(
                f"Berkas {view.file_code} berubah sejak perbaikan ini diketik. Yang diketik tidak "
                "hilang; periksa lagi isiannya sebelum menyimpan."
            )

    def refuse(self, message: str, field: str | None) -> bool:
        """Show a refusal at its field; False when it does not belong here."""
        return refuse_at_field(self.form, self.reason, message, field)

    @Slot()
    def open_form(self) -> None:
        """Open the form of everything that was filled in so far."""
        if self._view is not None and self._view.may_correct and self.form is None:
            self._open({}).focus_first()

    def _open(self, kept: Mapping[str, Any]) -> FieldsForm:
        """Open the form with what was typed before laid over the data."""
        assert self._view is not None
        self._op_id = new_op_id()
        self.form = FieldsForm(filled_sections(self._view), self._context.profile.villages)
        self.form.set_values(self._view.data)
        typed = kept.get("typed") or {}
        self.form.show_raw(typed)
        self._typed = set(typed)
        self.reason.setText(str(kept.get("reason", "")))
        self.form.edited.connect(self._note_edit)
        self._area.setWidget(padded(self.form))
        self._reading.hide()
        self._writing.show()
        self.editing.emit(True)
        return self.form

    @Slot()
    def close_form(self) -> None:
        """Throw the typing away and show the data as stored."""
        if self.form is not None:
            self._drop_typing()
            self._close()
            self._read()

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
            self._context.pad.put(CORRECTION, view.id, body)

    def _drop_typing(self) -> None:
        if self._view is not None:
            self._context.pad.drop(CORRECTION, self._view.id)

    @Slot()
    def save(self) -> None:
        """Keep the correction: fields that differ, with the reason."""
        typed = checked_correction(
            self._view,
            self.form,
            self.reason,
            self._complain,
            unchanged="Belum ada isian yang berubah. Ubah isian yang salah, lalu simpan.",
            unreasoned="Alasan perbaikan belum ditulis. Tulis singkat di sebelah tombol.",
        )
        if typed is not None:
            self._context.background.command(self._kept, correct, self._op_id, *typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_editing:
            self.close_form()
            return
        super().keyPressEvent(event)

    def _kept(self, receipt: Receipt) -> None:
        self._op_id = new_op_id()
        self._context.pad.drop(CORRECTION, receipt.request_id)
        self._close()
        text = f"Data berkas {receipt.file_code} diperbaiki. Isian lama dan alasannya tercatat."
        if receipt.letter_number:
            text += " Surat dibuat ulang dengan nomor yang sama."
        self._context.messages.said.emit(text, None)
        self._context.background.job(self._drawn, complete_documents, receipt.request_id)
        self.corrected.emit()

    def _drawn(self, _documents: tuple[DocumentRef, ...]) -> None:
        self._context.background.announce()

    def _complain(self, text: str) -> None:
        self._context.messages.complained.emit(text, None)

    def _close(self) -> None:
        was = self.form is not None
        self.form = None
        self.reason.clear()
        self._writing.hide()
        if was:
            self.editing.emit(False)

    def _read(self) -> None:
        view = self._view
        if view is None:
            return
        pieces = [_read_section(section, view.data) for section in filled_sections(view)]
        body = col(*[p for p in pieces if p], None, gap=S4, pad=(S4, S3, S4, S3), plane="surface")
        self._area.setWidget(body)
        self._reading.setVisible(view.may_correct)


def checked_correction(
    view: RequestView | None,
    form: FieldsForm | None,
    reason: QLineEdit,
    complain: Callable[[str], None],
    *,
    unchanged: str,
    unreasoned: str,
) -> tuple[Seen, dict[str, Any], str] | None:
    """Give what a correction sends: the file as seen, the fields that differ, the reason.

    None where something is missing; it is said at its field or by *complain*.
    """
    if view is None or form is None or not form.check():
        return None
    changed = changed_values(view.data, form)
    if not changed:
        complain(unchanged)
        return None
    if not reason.text().strip():
        complain(unreasoned)
        reason.setFocus(Qt.FocusReason.OtherFocusReason)
        return None
    return Seen(view.id, view.version), changed, reason.text()


def changed_values(before: Mapping[str, Any], form: FieldsForm) -> dict[str, Any]:
    """Give the fields that differ; one emptied or no longer asked for is given as empty."""
    after = form.values()
    known = {field.code for part in form.sections for field in part.section.fields}
    codes = [code for code in known if before.get(code) != after.get(code)]
    return {code: after.get(code, "") for code in codes}


def padded(form: QWidget) -> QFrame:
    """Give a form on a surface with room round it."""
    return col(form, None, pad=(S4, S3, S4, S3), plane="surface")


def _read_section(section: Section, data: Mapping[str, Any]) -> QFrame | None:
    """Give label over value, as wide as in the form; empty fields say nothing."""
    fields = [field for field in section.fields if data.get(field.code) not in (None, "", [])]
    if not fields:
        return None
    frame = QFrame()
    grid = QGridLayout(frame)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(look().px(S3))
    grid.setVerticalSpacing(look().px(S2))
    for column in range(_COLUMNS):  # a row of rules keeps the columns equal, as in the form
        grid.setColumnStretch(column, 1)
        rule = QFrame()
        rule.setFixedHeight(0)
        grid.addWidget(rule, 0, column)
    line, place = 1, 0
    for field in fields:
        span = _COLUMNS if field.kind is FieldKind.ROWS else field.span
        if place + span > _COLUMNS:
            line, place = line + 1, 0
        grid.addWidget(_read_field(field, data[field.code]), line, place, 1, span)
        place += span
    return col(label(section.title, "head"), frame, gap=S2)


def _read_field(field: Field, value: Any) -> QFrame:
    text = _rows_text(field, value) if field.kind is FieldKind.ROWS else shown(field, value)
    words = label(text, wrap=True)
    words.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    words.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    words.setAccessibleName(f"{field.label}: {text}")
    piece = col(label(field.label, "caption", "muted"), words, None, gap=S1)
    piece.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return piece


def _rows_text(field: Field, rows: Sequence[Mapping[str, Any]]) -> str:
    lines = []
    for number, entry in enumerate(rows, 1):
        parts = [shown(c, entry[c.code]) for c in field.columns if entry.get(c.code)]
        lines.append(f"{number}. {', '.join(parts)}")
    return "\n".join(lines)
