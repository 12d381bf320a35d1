"""The form of a ralat: the fields of the letter as they were handed over, to be put right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, col, label, row
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.screens.data_page import (
    checked_correction,
    filled_sections,
    padded,
    refuse_at_field,
)
from kecamatan_desk.ui.services import service_of
from kecamatan_desk.ui.theme import S2, S3, S4
from kecamatan_desk.usecases.errata import erratum_sections, issue_erratum
from kecamatan_desk.usecases.values import Receipt, RequestView

PLACE = "ralat"  # on the pad
_TOLD = (
    "Surat yang sudah diserahkan tidak berubah. Betulkan isian yang salah; Surat Ralat menyebut "
    "apa yang tertulis dan apa yang seharusnya."
)
_ASK = (
    "Surat Ralat diberi nomor {number}, dicatat pada buku register, dan tidak dapat dibatalkan. "
    "Berlakunya bersama surat yang pertama."
)


class ErratumForm(QWidget):
    """Stands in place of the pages while a ralat is written.

    Signals:
        issued: The ralat was issued (a `Receipt`).
        closed: It was left without one.
    """

    issued = Signal(object)
    closed = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._view: RequestView | None = None
        self._number = ""
        self._op_id = new_op_id()
        self._typed: set[str] = set()  # codes of the fields one has typed in
        self.form: FieldsForm | None = None
        self.reason = QLineEdit()
        self.reason.setObjectName("erratum-reason")
        self.reason.setAccessibleName("Alasan ralat, wajib")
        self.reason.setPlaceholderText("misalnya: salah ketik nama, sesuai KTP")
        self.reason.setMaxLength(300)
        why = label("Alasan ralat", "caption", "muted")
        why.setBuddy(self.reason)
        self.save_button = Button("Terbitkan ralat", "Ctrl+S", "small", "stamp", name="save-ralat")
        self.stop_button = Button("Tidak jadi", "Esc", "small", name="stop-ralat")
        self._area = scroll_area()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(
            col(label(_TOLD, "caption", "muted", wrap=True), pad=(S4, S2, S4, S2), edge="bottom")
        )
        layout.addWidget(self._area, 1)
        layout.addWidget(
            col(
                row(why, (self.reason, 1), gap=S3),
                row(None, self.stop_button, self.save_button, gap=S3),
                gap=S2,
                pad=(S4, S2, S4, S2),
                edge="top",
            )
        )
        self.save_button.clicked.connect(self.save)
        self.reason.textEdited.connect(self._keep_typing)
        self.stop_button.clicked.connect(self.close_form)
        self.save_button.setShortcut(QKeySequence("Ctrl+S"))

    @property
    def is_open(self) -> bool:
        """Whether a ralat is being written: what is typed must not be lost by a reload."""
        return self.form is not None

    def open_for(self, view: RequestView, number: str) -> None:
        """Open on the data of a request; ``number`` is what the ralat letter will bear."""
        service = service_of(view.service)
        if service is None:
            return
        self._view, self._number, self._op_id = view, number, new_op_id()
        allowed = erratum_sections(service)
        sections = [section for section in filled_sections(view) if section in allowed]
        self.form = FieldsForm(sections, self._context.profile.villages)
        self.form.set_values(view.data)
        kept = self._context.pad.get(PLACE, view.id) or {}
        typed = kept.get("typed") or {}
        self.form.show_raw(typed)
        self._typed = set(typed)
        self.reason.setText(str(kept.get("reason", "")))
        self.form.edited.connect(self._note_edit)
        self._area.setWidget(padded(self.form))
        self.form.focus_first()

    def refuse(self, message: str, field: str | None) -> bool:
        """Show a refusal at its field; False when it does not belong here."""
        return refuse_at_field(self.form, self.reason, message, field)

    @Slot()
    def close_form(self) -> None:
        """Throw the typing away."""
        if self._view is not None:
            self._context.pad.drop(PLACE, self._view.id)
        self.put_away()

    def put_away(self) -> None:
        """Close the form: another file is shown. What is typed comes back with it."""
        if self.form is not None:
            self.form = None
            self.closed.emit()

    @Slot(str)
    def _note_edit(self, code: str) -> None:
        self._typed.add(code)
        self._keep_typing()

    @Slot()
    def _keep_typing(self) -> None:
        view, form = self._view, self.form
        if view is not None and form is not None:
            body = {"typed": form.raw(self._typed), "reason": self.reason.text()}
            self._context.pad.put(PLACE, view.id, body)

    @Slot()
    def save(self) -> None:
        """Issue the ralat: fields that differ, with the reason, after one question."""
        typed = checked_correction(
            self._view,
            self.form,
            self.reason,
            self._complain,
            unchanged="Belum ada isian yang berubah. Ubah isian yang salah pada suratnya.",
            unreasoned="Alasan ralat belum ditulis. Tulis singkat di atas tombol.",
        )
        if typed is None:
            return
        text = _ASK.format(number=self._number)
        if confirm.ask(self, "Terbitkan ralat?", text, "Ya, terbitkan ralat"):
            self._context.background.command(self._done, issue_erratum, self._op_id, *typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
            return
        super().keyPressEvent(event)

    def _done(self, receipt: Receipt) -> None:
        self.form = None
        self._context.pad.drop(PLACE, receipt.request_id)
        self.issued.emit(receipt)

    def _complain(self, text: str) -> None:
        self._context.messages.complained.emit(text, None)
