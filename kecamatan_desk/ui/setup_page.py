"""The first start: the office's profile and its first administrator; or practice."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.pages import lay_front_page
from kecamatan_desk.ui.parts import Button, action_bar, label
from kecamatan_desk.ui.secret_fields import hide_typing, secret
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.people_values import UserInput
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}

#: Codes are those of `OfficeProfile`, so that a refusal finds its field.
OFFICE_FIELDS = (
    Field("name", "Nama kecamatan", required=True, length=60, hint="Sukamaju"),
    Field("regency", "Kabupaten/kota", required=True, length=60, hint="Kabupaten Mekarjaya"),
    Field("province", "Provinsi", length=60),
    Field("address", "Alamat kantor dan kode pos", required=True, span=8, length=160),
    Field("contact", "Telepon, pos-el", length=120),
    Field("abbreviation", "Singkatan pada nomor surat", required=True, length=12, hint="SKM"),
    Field("place", "Tempat pada tanggal surat", required=True, length=40, hint="Sukamaju"),
    Field("region_code", "Kode wilayah, 6 angka", length=6, span=2),
    Field("zone", "Waktu", FieldKind.CHOICE, choices=tuple(_ZONES), span=2, required=True),
    Field(
        "villages",
        "Desa/kelurahan, satu per baris",
        FieldKind.LONG_TEXT,
        span=12,
        length=60,
        required=True,
    ),
)
ADMIN_FIELDS = (
    Field("user_name", "Nama lengkap dan gelar", required=True, span=8, length=100),
    Field("username", "Nama pengguna", required=True, span=4, length=30, hint="huruf kecil"),
    Field("password", "Kata sandi", required=True, span=6, length=128),
    Field("again", "Kata sandi sekali lagi", required=True, span=6, length=128),
    Field("pin", "PIN, 6 angka (boleh kosong)", span=6, length=6),
    Field("pin_again", "PIN sekali lagi", span=6, length=6),
)


class SetupPage(QFrame):
    """What an empty office needs before anybody can sign in.

    Signals:
        given: The profile and the first administrator.
        practice_asked: Practise instead; nothing is set up.
        restore_asked: This PC is new, the office is not: bring its backup back.
    """

    given = Signal(object, object)
    practice_asked = Signal()
    restore_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form = FieldsForm(
            (Section("Kantor", OFFICE_FIELDS), Section("Administrator pertama", ADMIN_FIELDS))
        )
        self.form.set_values({"zone": "WIB"})
        hide_typing(self.form, "password", "again", "pin", "pin_again")
        self.problem = label("", "bodyb", "late", wrap=True)
        self.practice_button = Button(
            "Latihan dulu dengan data contoh", "", "plain", "graduation-cap"
        )
        self.restore_button = Button(
            "Pulihkan dari cadangan", "F8", "plain", "history", name="restore-backup"
        )
        self.go_button = Button("Siapkan kantor dan masuk", "F12", "primary", "check")
        lay_front_page(
            self,
            "landmark",
            label("Menyiapkan kantor", "title"),
            label("Sekali saja. Semua dapat diubah kemudian oleh Administrator.", ink="muted"),
            self.form,
            self.problem,
            None,
            deeds=action_bar(self.practice_button, self.restore_button, None, self.go_button),
        )
        self.go_button.setShortcut("F12")
        self.restore_button.setShortcut("F8")
        self.restore_button.clicked.connect(self.restore_asked)
        self.go_button.clicked.connect(self._go)
        self.practice_button.clicked.connect(self.practice_asked)

    def begin(self) -> None:
        """Go to the first field."""
        self.form.focus_first()

    def show_refusal(self, message: str, field: str | None) -> None:
        """Show why it was refused, at its field where it has one."""
        self.go_button.setEnabled(True)
        known = {"user.name": "user_name"}.get(field or "", field or "")
        shown = self.form.show_error(known, message)
        self.problem.setText("" if shown else message)

    @Slot()
    def _go(self) -> None:
        values = self.form.values()
        if not self.form.check():
            return
        missing = self.form.missing()
        if missing:
            name = self.form.field(missing[0]).field.label
            self.form.show_error(missing[0], f"{name} belum diisi.")
            return
        if secret(self.form, "password") != secret(self.form, "again"):
            self.form.show_error("again", "Kedua kata sandi tidak sama. Ketik ulang keduanya.")
            return
        if secret(self.form, "pin") != secret(self.form, "pin_again"):
            self.form.show_error("pin_again", "Kedua PIN tidak sama. Ketik ulang keduanya.")
            return
        self.problem.clear()
        self.go_button.setEnabled(False)
        self.given.emit(profile_of(values), self._admin_of(values))

    def _admin_of(self, values: dict[str, Any]) -> UserInput:
        return UserInput(
            id=None,
            username=str(values["username"]),
            name=str(values["user_name"]),
            roles=(Role.ADMIN,),
            password=secret(self.form, "password"),
            pin=secret(self.form, "pin"),
        )


def profile_of(values: dict[str, Any]) -> OfficeProfile:
    """Give the profile that was typed."""
    villages = tuple(line for line in str(values.get("villages", "")).splitlines() if line)
    return OfficeProfile(
        name=str(values.get("name", "")),
        regency=str(values.get("regency", "")),
        province=str(values.get("province", "")),
        abbreviation=str(values.get("abbreviation", "")),
        address=str(values.get("address", "")),
        contact=str(values.get("contact", "")),
        place=str(values.get("place", "")),
        zone=_ZONES.get(str(values.get("zone", "")), "Asia/Jakarta"),
        villages=villages,
        region_code=str(values.get("region_code", "")),
    )
