"""The signed-in user's own password and PIN."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.parts import col, heading, label, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.admin_parts import (
    AdminScreen,
    scrolled,
)
from kecamatan_desk.ui.secret_fields import hide_typing, secret
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S3, S4, S5
from kecamatan_desk.usecases.accounts import change_secret
from kecamatan_desk.workflows.vocabulary import Field, Section

#: Codes are those of `change_secret`, so that a refusal finds its field.
_OLD = (Field("old_password", "Kata sandi sekarang", required=True, span=6, length=128),)
_NEW = (
    Field("new_password", "Kata sandi baru (kosong: tetap)", span=6, length=128),
    Field("again", "Kata sandi baru sekali lagi", span=6, length=128),
    Field("new_pin", "PIN baru, 6 angka (kosong: tetap)", span=6, length=6),
    Field("pin_again", "PIN baru sekali lagi", span=6, length=6),
)
_CODES = ("old_password", "new_password", "again", "new_pin", "pin_again")
_TWICE = {
    "again": ("new_password", "Kedua kata sandi baru tidak sama. Ketik ulang keduanya."),
    "pin_again": ("new_pin", "Kedua PIN baru tidak sama. Ketik ulang keduanya."),
}


class ChangeSecretScreen(AdminScreen):
    """Changes the password, the PIN or both, of whoever is signed in."""

    TITLE = "Ganti kata sandi/PIN"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.form = FieldsForm((Section("Bukti bahwa ini Anda", _OLD), Section("Yang baru", _NEW)))
        hide_typing(self.form, *_CODES)
        inside = col(
            label(context.user.name, "title", wrap=True),
            label(
                "Kata sandi 10 huruf atau lebih, misalnya tiga kata yang mudah diingat, tidak "
                "berhubungan dengan kantor. PIN membuka layar dengan cepat bila hari itu sudah "
                "masuk dengan kata sandi.",
                ink="muted",
                wrap=True,
            ),
            "~8",
            self.form,
            None,
            gap=S3,
            pad=(S5, S4, S5, S4),
        )
        inside.setMaximumWidth(look().px(640))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(heading(self.TITLE, f"Nama pengguna: {context.user.username}"))
        layout.addWidget(scrolled(row((inside, 20), None)), 1)
        layout.addWidget(self.bar())
        self.form.edited.connect(self.note_edit)

    def first_focus(self) -> QWidget | None:
        return self.form.field("old_password").editor

    def send(self) -> None:
        if not secret(self.form, "old_password"):
            self.refuse_here(self.form, "old_password", "Kata sandi sekarang belum diisi.")
            return
        for again, (first, message) in _TWICE.items():
            if secret(self.form, again) != secret(self.form, first):
                self.refuse_here(self.form, again, message)
                return
        self.sending()
        self.background.command_job(
            self._changed,
            change_secret,
            self.op_id,
            secret(self.form, "old_password"),
            secret(self.form, "new_password"),
            secret(self.form, "new_pin"),
        )

    def show_stored(self) -> None:
        self.form.set_values(dict.fromkeys(_CODES, ""))
        self.form.focus("old_password")

    def leave(self) -> None:
        """Forget what was typed: a secret must not wait behind the lock."""
        self.mark(False)
        self.form.set_values(dict.fromkeys(_CODES, ""))

    def show_at_field(self, message: str, field: str | None) -> None:
        self.form.show_error(field or "old_password", message)

    def _changed(self, _nothing: None) -> None:
        both = [
            name
            for name, code in (("kata sandi", "new_password"), ("PIN", "new_pin"))
            if secret(self.form, code)
        ]
        words = " dan ".join(both)
        self.saved(f"{words[0].upper()}{words[1:]} sudah diganti; berlaku mulai sekarang.")
        self.show_stored()
