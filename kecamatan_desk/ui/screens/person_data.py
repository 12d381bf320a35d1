"""Data Satu Orang: what the office holds of one applicant, as the paper he can be given."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm, reason
from kecamatan_desk.ui.page_view import PageView
from kecamatan_desk.ui.parts import Button, action_bar, col, label, row
from kecamatan_desk.ui.screen import Screen, ScreenContext, new_op_id
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4, S6
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.person_data import forget_person, person_pdf
from kecamatan_desk.usecases.reasons import PERSONS, Reason

_HINT = (
    "Untuk orang yang meminta melihat datanya (UU 27/2022). Siapa yang membuka dan alasannya "
    "dicatat. Lembarnya untuk orang itu sendiri."
)
_TEACH = "Ketik NIK orangnya, lalu Susun lembar."


class _Sheet(NamedTuple):
    """Whose sheet it is: by the time it is drawn another may be asked for."""

    nik: str
    pdf: bytes


def _sheet(desk: Desk, nik: str, why: Reason) -> _Sheet:
    return _Sheet(nik, person_pdf(desk, new_op_id(), nik, why))


class PersonScreen(Screen):
    """One field, the drawn sheet, and the end of what is remembered."""

    TITLE = "Data Satu Orang"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.field = QLineEdit()
        self.field.setObjectName("person-nik")
        self.field.setAccessibleName("NIK, 16 angka, wajib")
        self.field.setPlaceholderText("NIK, 16 angka")
        self.field.setMaxLength(24)  # with blanks and dots, as people paste it
        self.field.setMaximumWidth(look().px(260))
        self.pages = PageView(context.background)
        self.pages.show_nothing(_TEACH)
        self.forget_button = Button(
            "Hapus data yang diingat", "", "plain", "trash-2", name="forget-person"
        )
        self.print_button = Button("Cetak", "F7", "plain", "printer", name="print-person")
        self.make_button = Button("Susun lembar", "F12", "primary", name="make-person")
        head = col(
            label(self.TITLE, "title"),
            label(_HINT, ink="muted", wrap=True),
            row(label("NIK"), self.field, None, gap=S3),
            gap=S2,
            pad=(S6, S4, S6, S4),
            plane="surface",
            edge="bottom",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.pages, 1)
        layout.addWidget(action_bar(self.forget_button, None, self.print_button, self.make_button))
        self.print_button.setEnabled(False)
        self.field.returnPressed.connect(self.make)
        self.field.textEdited.connect(self._empty)
        self.make_button.clicked.connect(self.make)
        self.print_button.clicked.connect(self.print_sheet)
        self.forget_button.clicked.connect(self.forget)

    def first_focus(self) -> QWidget | None:
        return self.field

    def leave(self) -> None:
        """What one person asked for is not for the next one who sits here."""
        self.field.clear()
        self._empty()

    @Slot()
    def _empty(self) -> None:
        self.pages.show_nothing(_TEACH)
        self.print_button.setEnabled(False)

    @Slot()
    def make(self) -> None:
        """F12: ask why, note it, draw the sheet."""
        nik = self.field.text().strip()
        if not nik:
            self.complain("NIK belum diketik. Tidak ada yang dibuka.")
            self.field.setFocus()
            return
        why = reason.ask_reason(
            self,
            "Mengapa data orang ini dibuka?",
            "Semua yang disimpan tentang satu orang dikumpulkan. Siapa yang membuka dan alasannya "
            "dicatat.",
            PERSONS,
        )
        if why is not None:
            self.background.job(self._show, _sheet, nik, why)

    def _show(self, sheet: _Sheet) -> None:
        if self.field.text().strip() != sheet.nik:
            return  # another one is being asked for, or the screen was left: it is not for him
        self.pages.show_pdf(sheet.pdf, self.TITLE)
        self.print_button.setEnabled(True)

    @Slot()
    def print_sheet(self) -> None:
        """F7: print what is pictured."""
        self.context.printing.print_pdf(self, self.pages.pdf, "lembar", self.TITLE)

    @Slot()
    def forget(self) -> None:
        """Erase the reusable record; files and books stay."""
        nik = self.field.text().strip()
        if not nik:
            self.complain("NIK belum diketik. Tidak ada yang dihapus.")
            self.field.setFocus()
            return
        sure = confirm.ask(
            self.window(),
            "Hapus data yang diingat?",
            "Isian formulir tidak lagi terisi sendiri untuk orang ini. Berkas, surat dan buku "
            "register tetap ada menurut aturan kearsipan.",
            "Ya, hapus",
        )
        if not sure:
            return
        why = reason.ask_reason(
            self,
            "Mengapa dihapus?",
            "Alasannya dicatat; datanya tidak.",
            PERSONS,
        )
        if why is not None:
            self.background.command(self._forgotten, forget_person, new_op_id(), nik, why)

    def _forgotten(self, _nothing: None) -> None:
        self._empty()
        self.say("Data yang diingat sudah dihapus. Berkas dan buku register tidak berubah.")
