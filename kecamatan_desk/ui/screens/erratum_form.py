"""The form of a ralat: the fields of the letter as they were handed over, to be put right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout

from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, col, label, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.correction import CorrectionForm, filled_sections
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


class ErratumForm(CorrectionForm):
    """Stands in place of the pages while a ralat is written.

    Signals:
        issued: The ralat was issued (a `Receipt`).
        closed: It was left without one.
    """

    issued = Signal(object)
    closed = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, PLACE, scroll_area())
        self._number = ""
        self.reason.setObjectName("erratum-reason")
        self.reason.setAccessibleName("Alasan ralat, wajib")
        self.reason.setPlaceholderText("misalnya: salah ketik nama, sesuai KTP")
        why = label("Alasan ralat", "caption", "muted")
        why.setBuddy(self.reason)
        self.save_button = Button("Terbitkan ralat", "Ctrl+S", "small", "stamp", name="save-ralat")
        self.stop_button = Button("Tidak jadi", "Esc", "small", name="stop-ralat")
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
        self._view, self._number = view, number
        allowed = erratum_sections(service)
        sections = [section for section in filled_sections(view) if section in allowed]
        self.begin(view, sections, self._context.pad.get(PLACE, view.id) or {}).focus_first()

    @Slot()
    def close_form(self) -> None:
        """Throw the typing away."""
        self.drop_typing()
        self.put_away()

    def put_away(self) -> None:
        """Close the form: another file is shown. What is typed comes back with it."""
        if self.form is not None:
            self.form = None
            self.closed.emit()

    @Slot()
    def save(self) -> None:
        """Issue the ralat: fields that differ, with the reason, after one question."""
        typed = self.checked(
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
