"""The page after a sign-in with a password that somebody else knows: it is changed first."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame

from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.pages import lay_front_page
from kecamatan_desk.ui.parts import Button, action_bar, label
from kecamatan_desk.ui.secret_fields import hide_typing, secret
from kecamatan_desk.workflows.vocabulary import Field, Section

#: Codes are those of `replace_given_password`, so that a refusal finds its field.
_FIELDS = (
    Field("new_password", "Kata sandi baru", required=True, span=6, length=128),
    Field("again", "Kata sandi baru sekali lagi", required=True, span=6, length=128),
    Field("new_pin", "PIN baru, 6 angka (boleh kosong)", span=6, length=6),
    Field("pin_again", "PIN baru sekali lagi", span=6, length=6),
)


class NewPasswordPage(QFrame):
    """Asks for one's own password, and a PIN.

    Signals:
        given: The new password and the new PIN ("" for none).
        left: Back to the door.
    """

    given = Signal(str, str)
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.form = FieldsForm((Section("Yang baru, hanya Anda yang tahu", _FIELDS),))
        hide_typing(self.form, *(field.code for field in _FIELDS))
        self.problem = label("", "bodyb", "late", wrap=True)
        self.back_button = Button("Kembali", "Esc", "plain", "arrow-left", name="new-password-back")
        self.go_button = Button(
            "Simpan dan mulai bekerja", "F12", "primary", "check", name="new-password-save"
        )
        lay_front_page(
            self,
            "key-round",
            label("Ganti kata sandi dahulu", "title"),
            label(name, "bodyb", wrap=True),
            label(
                "Kata sandi yang baru saja dipakai diberikan oleh orang lain, jadi bukan hanya "
                "Anda yang tahu. Pilih kata sandi sendiri, 10 huruf atau lebih, misalnya tiga kata "
                "yang tidak berhubungan dengan kantor. Tempel (Ctrl+V) boleh.",
                ink="muted",
                wrap=True,
            ),
            label(
                "PIN membuka layar yang terkunci dengan cepat pada hari yang sama.",
                ink="muted",
                wrap=True,
            ),
            "~8",
            self.form,
            self.problem,
            None,
            deeds=action_bar(self.back_button, None, self.go_button),
            width=720,
        )
        self.go_button.setShortcut("F12")
        self.back_button.setShortcut("Esc")
        self.go_button.clicked.connect(self._go)
        self.back_button.clicked.connect(self.left)

    def begin(self) -> None:
        """Go to the first field."""
        self.form.focus_first()

    def show_refusal(self, message: str, field: str | None) -> None:
        """Show why it was refused, at its field where it has one."""
        self.go_button.setEnabled(True)
        shown = self.form.show_error(field or "", message)
        self.problem.setText("" if shown else message)

    @Slot()
    def _go(self) -> None:
        if not secret(self.form, "new_password"):
            self.form.show_error("new_password", "Kata sandi baru belum diisi.")
            return
        for first, again, what in (
            ("new_password", "again", "Kedua kata sandi"),
            ("new_pin", "pin_again", "Kedua PIN"),
        ):
            if secret(self.form, first) != secret(self.form, again):
                self.form.show_error(again, f"{what} tidak sama. Ketik ulang keduanya.")
                return
        self.problem.clear()
        self.go_button.setEnabled(False)
        self.given.emit(secret(self.form, "new_password"), secret(self.form, "new_pin"))
