"""Users of the office: who they are, their roles, their secrets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kecamatan_desk.domain.roles import OFFICIALS, STAFF, Role
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.parts import Button, col, label, restyle, row
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.screens.admin_parts import (
    AdminScreen,
    PickList,
    list_pane,
    scrolled,
)
from kecamatan_desk.ui.screens.user_form import (
    FIRST,
    KEEP,
    MADE,
    PERSON,
    RANKS,
    ROLES,
    SECRET_CODES,
    SECRETS,
    UNRANKED,
    after_others,
    is_active,
    line_of,
    name_of,
    standing_words,
    values_of,
)
from kecamatan_desk.ui.secret_fields import hide_typing, secret
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S5
from kecamatan_desk.usecases.accounts import save_user, unlock_user, users
from kecamatan_desk.usecases.password_rules import first_password
from kecamatan_desk.usecases.people_values import UserInput, UserRow
from kecamatan_desk.workflows.vocabulary import Section


class UsersScreen(AdminScreen):
    """Lists everybody who has or had an account, and the form of one."""

    TITLE = "Pengguna"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        self._begun = False
        super().__init__(context, role, kind)
        self._shown: UserRow | None = None  # whose form it is; None: somebody new
        self._sent = UserInput(None, "", "", ())
        self._wanted: int | None = None  # whom to show when the list has come
        self.list = PickList("Pengguna", name_of, line_of, is_active)
        self.list.setObjectName("users")
        self.title = label("", "title", wrap=True)
        self.standing = label("", ink="muted", wrap=True)
        self.secret_note = label(KEEP, "caption", "muted", wrap=True)
        self.form = FieldsForm(
            (
                Section("Orangnya", PERSON),
                Section("Peran di kantor", ROLES),
                Section("Cara masuk", SECRETS),
            ),
            villages=RANKS,
        )
        hide_typing(self.form, *SECRET_CODES)
        self.rank_note = label(UNRANKED, "caption", "muted", wrap=True)
        person = self.form.sections[0].layout()
        assert person is not None
        person.addWidget(self.rank_note)
        self.new_button = Button("Pengguna baru", "F10", "plain", "user-plus", name="new-user")
        self.make_button = Button(
            "Buatkan kata sandi", "F8", "plain", "key-round", name="make-password"
        )
        self.unlock_button = Button("Buka kunci", "F9", "plain", "lock", name="unlock-user")
        self.unlock_button.hide()
        self._unlock_op = new_op_id()
        self.list_button = Button("Daftar", "Ctrl+D", "plain", "list", name="user-list")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._count = label("", "caption", "muted")
        self.pane, self.work = list_pane(self.TITLE, self._count, self.list), self._right()
        layout.addWidget(self.pane, 1 if look().folded else 0)
        layout.addWidget(self.work, 1)
        if look().folded:
            self.pane.hide()
        self.list.picked.connect(self._pick)
        self.list.opened.connect(self._go_to_form)
        self.form.edited.connect(self._note_typing)
        self.new_button.clicked.connect(self.begin_new)
        self.make_button.clicked.connect(self.make_password)
        self.unlock_button.clicked.connect(self.unlock)
        self.list_button.clicked.connect(self.toggle_list)

    def _right(self) -> QWidget:
        inside = col(
            self.title,
            self.standing,
            "~4",
            self.form,
            row(self.make_button, (self.secret_note, 1), gap=S3),
            None,
            gap=S2,
            pad=(S5, S3, S5, S3),
        )
        page = QFrame()
        page.setProperty("plane", "surface")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolled(inside), 1)
        column.addWidget(self.bar(*self._deeds_left()))
        return page

    def _deeds_left(self) -> tuple[Button, ...]:
        if look().folded:
            return (self.list_button, self.new_button, self.unlock_button)
        return (self.new_button, self.unlock_button)

    # What the shell asks

    def reload(self) -> None:
        self.background.query(self._take, users)

    def first_focus(self) -> QWidget | None:
        return self.form.field("name").editor if look().folded else self.list

    def deeds(self) -> Mapping[str, Callable[[], object]]:
        return {**super().deeds(), "Ctrl+D": self.toggle_list}

    @Slot()
    def toggle_list(self) -> None:
        """Ctrl+D: to the list and back; large text shows one of both."""
        to_list = not self.list.hasFocus()
        if look().folded:
            self.pane.setVisible(to_list)
            self.work.setVisible(not to_list)
        if to_list:
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.form.focus_first()

    def mark(self, dirty: bool) -> None:
        if look().folded and self._begun and dirty:
            self.new_button.hide()  # first: both buttons together are wider than the window
        super().mark(dirty)
        if look().folded and self._begun and not dirty:
            self.new_button.show()

    def leave(self) -> None:
        """Take secrets off the screen: they must not wait behind the lock."""
        self.form.set_values(dict.fromkeys(SECRET_CODES, ""))
        self._say_secret("")

    # The list

    def _take(self, found: Sequence[UserRow]) -> None:
        """Show the list, those in use first. A form with unsaved typing stays as it is."""
        rows = sorted(found, key=after_others)
        self._count.setText(f"{sum(user.active for user in rows)} aktif")
        ids = [user.id for user in rows]
        shown = self._wanted or (self._shown.id if self._shown else None)
        self._wanted = None
        if shown not in ids and not (self._begun and self._shown is None):
            shown = ids[0] if ids else None
        place = ids.index(shown) if shown in ids else None
        self.list.show_records(rows, place)
        if not self.dirty:
            self._begun = True
            self._show(rows[place] if place is not None else None)
            self.take_up_typing()

    def typing(self) -> Mapping[str, Any]:
        return {"user": self._shown.id if self._shown else None, "form": self.form.raw()}

    def put_typing(self, typed: Mapping[str, Any]) -> bool:
        rows: Sequence[UserRow] = self.list.records.records
        user = next((one for one in rows if one.id == typed.get("user")), None)
        if typed.get("user") is not None and user is None:
            return False
        self.list.choose(rows.index(user) if user is not None else None)
        self._show(user)
        self.form.show_raw(typed.get("form") or {})
        self._say_rank()
        return True

    @Slot(object)
    def _pick(self, user: UserRow) -> None:
        if self._shown is not None and user.id == self._shown.id:
            return
        if self.dirty:
            self.list.choose(self._place_of_shown())
            self.stop_for_unsaved(self._whom())
            return
        self._show(user)

    @Slot()
    def _go_to_form(self) -> None:
        if look().folded and self.pane.isVisible():
            self.toggle_list()
        else:
            self.form.focus_first()

    @Slot()
    def begin_new(self) -> None:
        """F10: an empty form for somebody new."""
        if self.dirty:
            self.stop_for_unsaved(self._whom())
            return
        self.list.choose(None)
        self._show(None)
        self.form.focus_first()

    def _place_of_shown(self) -> int | None:
        ids = [user.id for user in self.list.records.records]
        return ids.index(self._shown.id) if self._shown and self._shown.id in ids else None

    def _whom(self) -> str:
        return self._shown.name if self._shown else "pengguna baru"

    # The form

    def _show(self, user: UserRow | None) -> None:
        self._shown, self.op_id = user, new_op_id()
        self.title.setText(user.name if user else "Pengguna baru")
        self.standing.setText(standing_words(user))
        self.form.set_values(values_of(user))
        self._say_secret("")
        self.unlock_button.setVisible(user is not None and user.locked)
        self._say_rank()
        self.mark(False)

    # Secrets to hand over

    @Slot()
    def make_password(self) -> None:
        """F8: let the program make a password that is handed over and changed at once."""
        self.background.run(self._show_made, first_password)

    def _show_made(self, made: str) -> None:
        self.form.set_values({**self.form.values(), "password": made, "again": made})
        self._say_secret(made)
        self.note_edit()

    def _say_secret(self, made: str) -> None:
        """Show a password that was made, once, to be written down."""
        stored = KEEP if self._shown is not None else FIRST
        self.secret_note.setText(MADE.format(made) if made else stored)
        restyle(
            self.secret_note, type="bodyb" if made else "caption", ink="text" if made else "muted"
        )

    @Slot()
    def unlock(self) -> None:
        """F9: let who has typed too many wrong passwords try again at once."""
        if self._shown is not None and self._shown.locked and not self.busy:
            self.background.command(self._unlocked, unlock_user, self._unlock_op, self._shown.id)

    def _unlocked(self, _nothing: None) -> None:
        self._unlock_op = new_op_id()
        name = self._shown.name if self._shown else ""
        self.unlock_button.hide()
        self.say(f"{name} dapat langsung mencoba lagi. Percobaan yang salah tetap diberitahukan.")

    @Slot(str)
    def _note_typing(self, _code: str) -> None:
        self._say_rank()
        self.note_edit()

    def _say_rank(self) -> None:
        """Say quietly that an official without rank has a block without it."""
        values = self.form.values()
        ticked = any(role.label in values.get("roles", ()) for role in OFFICIALS)
        signs = ticked or bool(self._shown and self._shown.official)
        self.rank_note.setVisible(signs and not values.get("rank"))

    def show_stored(self) -> None:
        self._show(self._shown)

    def send(self) -> None:
        if not self.accept(self.form):
            return
        if secret(self.form, "password") != secret(self.form, "again"):
            text = "Kedua kata sandi tidak sama. Ketik ulang keduanya."
            self.refuse_here(self.form, "again", text)
            return
        if secret(self.form, "pin") != secret(self.form, "pin_again"):
            text = "Kedua PIN tidak sama. Ketik ulang keduanya."
            self.refuse_here(self.form, "pin_again", text)
            return
        self.sending()
        self._sent = self._typed()
        self.background.command(self._stored, save_user, self.op_id, self._sent)

    def _typed(self) -> UserInput:
        values = self.form.values()
        return UserInput(
            id=self._shown.id if self._shown else None,
            username=str(values["username"]),
            name=str(values["name"]),
            roles=tuple(role for role in STAFF if role.label in values["roles"]),
            active=values["active"] == "ya",
            password=secret(self.form, "password"),
            pin=secret(self.form, "pin"),
            nip=str(values.get("nip", "")),
            rank=str(values.get("rank", "")),
        )

    def _stored(self, user_id: int) -> None:
        typed, self._wanted = self._sent, user_id
        if self._shown is None:
            text = (
                f"{typed.name} ditambahkan; masuk sebagai {typed.username}, dan saat itu mengganti "
                "kata sandinya."
            )
        elif not typed.active:
            text = f"{typed.name} tersimpan dan tidak dapat masuk lagi. Riwayatnya tetap ada."
        elif typed.password and typed.id != self.context.user.id and not self.context.practice:
            text = f"{typed.name} tersimpan; ia mengganti kata sandi baru itu saat masuk."
        elif set(typed.roles) != set(self._shown.roles):
            text = f"{typed.name} tersimpan. Menu peran yang baru tampil saat ia masuk lagi."
        else:
            text = f"{typed.name} tersimpan."
        self.saved(text)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_at_field(self, message: str, field: str | None) -> None:
        self.form.show_error(field or "roles", message)
