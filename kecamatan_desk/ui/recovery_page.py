"""The page behind *Lupa kata sandi administrator*: two persons, or the key on the sealed sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.field_choices import ChoiceField
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.pages import lay_front_page
from kecamatan_desk.ui.parts import Button, action_bar, label
from kecamatan_desk.ui.secret_fields import hide_typing, secret
from kecamatan_desk.usecases.password_recovery import SealedKey, TwoPersons
from kecamatan_desk.usecases.people_values import UserRow
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

_SECRETS = ("first_password", "second_password", "recovery-key")


class RecoveryPage(QFrame):
    """Asks who forgot, and for one of the two proofs; shows the new password once.

    Signals:
        given: User name of the administrator, and the proof.
        left: Back to the door.
    """

    given = Signal(str, object)
    left = Signal()

    def __init__(self, users: Sequence[UserRow], chosen: str) -> None:
        super().__init__()
        self._people = _named(users)
        admins = [name for name, user in self._people.items() if Role.ADMIN in user.roles]
        choice, everybody = FieldKind.CHOICE, tuple(self._people)
        self.form = FieldsForm(
            (
                Section(
                    "Siapa yang lupa",
                    (Field("who", "Administrator", choice, choices=tuple(admins), span=12),),
                ),
                Section(
                    "Dua orang lain; salah satunya Camat atau Administrator lain",
                    (
                        Field("first", "Orang pertama", choice, choices=everybody, span=6),
                        Field("first_password", "Kata sandinya", span=6, length=128),
                        Field("second", "Orang kedua", choice, choices=everybody, span=6),
                        Field("second_password", "Kata sandinya", span=6, length=128),
                    ),
                ),
                Section(
                    "Atau kunci pemulihan dari amplop tersegel",
                    (Field("recovery-key", "Kunci, 74 tanda", span=12, length=200),),
                ),
            )
        )
        hide_typing(self.form, "first_password", "second_password")
        named = next((name for name, user in self._people.items() if user.username == chosen), "")
        self.form.set_values({"who": named if named in admins else next(iter(admins), "")})
        self._show_others()
        for code in ("who", "first"):
            field = self.form.field(code)
            if isinstance(field, ChoiceField):
                field.editor.currentIndexChanged.connect(self._show_others)
        self.problem = label("", "bodyb", "late", wrap=True)
        self._whose = ""  # name and user name of who gets the new password
        self.made_whose = label("", "head", wrap=True)
        self.made_whose.setObjectName("made-whose")
        self.made_whose.hide()
        self.made = label("", "title", wrap=True)
        self.made.setObjectName("made-password")
        self.made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.made_note = label(
            "Catat dan serahkan kepadanya: tampil sekali ini saja. Ia harus menggantinya saat "
            "masuk. Tindakan ini tercatat dan diberitahukan kepada semua Administrator.",
            ink="muted",
            wrap=True,
        )
        self.made_note.hide()
        self.made.hide()
        self.back_button = Button("Kembali", "Esc", "plain", "arrow-left", name="recovery-back")
        self.go_button = Button(
            "Buat kata sandi baru", "F12", "primary", "key-round", name="recovery-go"
        )
        lay_front_page(
            self,
            "key-round",
            label("Lupa kata sandi administrator", "title"),
            label("Pengguna lain mendapat kata sandi baru dari Administrator.", ink="muted"),
            self.form,
            self.problem,
            self.made_whose,
            self.made,
            self.made_note,
            None,
            deeds=action_bar(self.back_button, None, self.go_button),
            width=760,
        )
        self.go_button.setShortcut("F12")
        self.back_button.setShortcut("Esc")
        self.go_button.clicked.connect(self._go)
        self.back_button.clicked.connect(self._leave)

    def begin(self) -> None:
        """Go to the first field that is to be filled in."""
        self.form.focus("first")

    @Slot()
    def _show_others(self) -> None:
        """Leave out who forgot, and of the second list whoever is the first person."""
        values = self.form.values()
        left_out = {str(values.get("who") or "")}
        for code in ("first", "second"):
            field = self.form.field(code)
            if isinstance(field, ChoiceField):
                field.offer([name for name in self._people if name not in left_out])
            left_out.add(str(self.form.values().get(code) or ""))

    def show_refusal(self, message: str, field: str | None) -> None:
        """Show why it was refused, at its field where it has one; passwords are typed anew."""
        self._wait_for_answer(False)
        self.form.set_values({"first_password": "", "second_password": ""})
        shown = self.form.show_error(field or "", message)
        self.problem.setText("" if shown else message)

    def show_made(self, password: str) -> None:
        """Show the new password and whose it is, once."""
        self._wait_for_answer(False)
        self.form.set_values(dict.fromkeys(_SECRETS, ""))
        self.form.hide()
        self.go_button.hide()
        self.made_whose.setText(f"Kata sandi baru {self._whose}")
        self.made_whose.show()
        self.made.setText(password)
        self.made.show()
        self.made_note.show()
        self.back_button.set_words("Selesai, kembali ke pintu")
        self.back_button.setFocus()

    @property
    def waits(self) -> bool:
        """Whether a password is being made: it must be seen by somebody."""
        return not self.back_button.isEnabled()

    def left_words(self, minutes: int) -> str:
        """Say at the door why this page went by itself, and what became of the password."""
        if self.made.text():
            return (
                f"{minutes} menit tidak dipakai: kata sandi baru {self._whose} tidak ditampilkan "
                "lagi dan tetap berlaku. Bila belum dicatat, buat yang baru dengan cara yang sama."
            )
        return (
            f"{minutes} menit tidak dipakai: yang diketik di halaman lupa kata sandi dihapus. "
            "Tidak ada kata sandi yang berubah."
        )

    def forget(self) -> None:
        """Let no secret stay on the page, typed or made."""
        self.form.set_values(dict.fromkeys(_SECRETS, ""))
        self.made.clear()
        self.made_whose.clear()

    @Slot()
    def _leave(self) -> None:
        self.forget()
        self.left.emit()

    @Slot()
    def _go(self) -> None:
        values = self.form.values()
        who = self._people.get(str(values.get("who") or ""))
        typed = secret(self.form, "recovery-key")
        first, second = (self._people.get(str(values.get(c) or "")) for c in ("first", "second"))
        self.problem.clear()
        if who is None:
            self.form.show_error("who", "Pilih Administrator yang lupa kata sandinya.")
            return
        if typed.strip():
            proof: TwoPersons | SealedKey = SealedKey(typed)
        elif first is None or second is None:
            empty = "first" if first is None else "second"
            self.form.show_error(empty, "Pilih dua orang lain, atau ketik kunci pemulihan.")
            return
        else:
            proof = TwoPersons(
                first.username,
                secret(self.form, "first_password"),
                second.username,
                secret(self.form, "second_password"),
            )
        self._wait_for_answer(True)
        self._whose = f"untuk {who.name} (nama pengguna: {who.username})"
        self.given.emit(who.username, proof)

    def _wait_for_answer(self, waits: bool) -> None:
        """Stay here meanwhile: a password made for nobody's eyes would lock everybody out."""
        self.go_button.setEnabled(not waits)
        self.back_button.setEnabled(not waits)


def _named(users: Sequence[UserRow]) -> dict[str, UserRow]:
    """Give a name for each; two of one name are told apart by their user names."""
    names = [user.name for user in users]
    return {
        user.name if names.count(user.name) == 1 else f"{user.name} ({user.username})": user
        for user in users
    }
