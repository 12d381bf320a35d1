"""The data of a request: readable as a whole, and put right in place with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QSizePolicy,
    QVBoxLayout,
)

from kecamatan_desk.ui.field_text import shown
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, col, label, row
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.screens.correction import CorrectionForm, filled_sections
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4
from kecamatan_desk.usecases.jobs import complete_documents
from kecamatan_desk.usecases.processing import correct
from kecamatan_desk.usecases.values import DocumentRef, Receipt, RequestView
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

_COLUMNS = 12
CORRECTION = "perbaikan"  # the place on the pad


class DataPage(CorrectionForm):
    """The Data tab. Reading is the rule; *Perbaiki data* opens the form in its place.

    Signals:
        corrected: A correction was kept; the letter, if there is one, is drawn anew.
        editing: The form was opened (True) or closed (False).
    """

    corrected = Signal()
    editing = Signal(bool)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, CORRECTION, scroll_area(name="Data permohonan"))
        self._unread = False  # the data of the request are not laid out yet
        self.edit_button = Button("Perbaiki data", "Ctrl+E", "small", "pencil", name="edit-data")
        self.save_button = Button("Simpan perbaikan", "Ctrl+S", "small", "save", name="save-data")
        self.stop_button = Button("Tidak jadi", "Esc", "small", name="stop-edit")
        self.reason.setObjectName("correct-reason")
        self.reason.setAccessibleName("Alasan perbaikan, wajib")
        self.reason.setPlaceholderText("misalnya: salah ketik tanggal lahir, sesuai KTP")
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
            self.complain(
                f"Berkas {view.file_code} berubah sejak perbaikan ini diketik. Yang diketik tidak "
                "hilang; periksa lagi isiannya sebelum menyimpan."
            )

    @Slot()
    def open_form(self) -> None:
        """Open the form of everything that was filled in so far."""
        if self._view is not None and self._view.may_correct and self.form is None:
            self._open({}).focus_first()

    def _open(self, kept: Mapping[str, Any]) -> FieldsForm:
        assert self._view is not None
        self._unread = False  # the form stands where the data would
        form = self.begin(self._view, filled_sections(self._view), kept)
        self._reading.hide()
        self._writing.show()
        self.editing.emit(True)
        return form

    @Slot()
    def close_form(self) -> None:
        """Throw the typing away and show the data as stored."""
        if self.form is not None:
            self.drop_typing()
            self._close()
            self._read()

    @Slot()
    def save(self) -> None:
        """Keep the correction: fields that differ, with the reason."""
        typed = self.checked(
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

    def _close(self) -> None:
        was = self.form is not None
        self.form = None
        self.reason.clear()
        self._writing.hide()
        if was:
            self.editing.emit(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._unread:
            self._lay_out_data()

    def _read(self) -> None:
        """Show the data of the request; on another tab, when one turns to this one."""
        if self._view is None:
            return
        self._reading.setVisible(self._view.may_correct)
        self._unread = True
        if self.isVisible():
            self._lay_out_data()
        elif (before := self._area.takeWidget()) is not None:
            before.deleteLater()

    def _lay_out_data(self) -> None:
        view, self._unread = self._view, False
        if view is None:
            return
        pieces = [_read_section(section, view.data) for section in filled_sections(view)]
        body = col(*[p for p in pieces if p], None, gap=S4, pad=(S4, S3, S4, S3), plane="surface")
        self._area.setWidget(body)


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
