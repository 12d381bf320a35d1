"""Users and their own secrets, through the real widgets and a real office."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.errors import NotAllowedError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.admin_users import UsersScreen
from kecamatan_desk.ui.screens.change_secret import ChangeSecretScreen
from kecamatan_desk.ui.screens.user_form import RANKS
from kecamatan_desk.usecases.accounts import users
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.people_values import TermInput, UserRow
from kecamatan_desk.usecases.terms import save_term
from tests.builders import NAMES, PASSWORD, PIN, op

ContextOf = Callable[[Role], ScreenContext]


class Heard:
    """What the message bar was told."""

    def __init__(self, context: ScreenContext) -> None:
        self.said: list[str] = []
        self.complained: list[str] = []
        context.messages.said.connect(self._say)
        context.messages.complained.connect(self._complain)

    def _say(self, text: str, _way: object) -> None:
        self.said.append(text)

    def _complain(self, text: str, _way: object) -> None:
        self.complained.append(text)


@pytest.fixture
def context(context_of: ContextOf) -> ScreenContext:
    return context_of(Role.ADMIN)


@pytest.fixture
def heard(context: ScreenContext) -> Heard:
    return Heard(context)


@pytest.fixture
def screen(qtbot: QtBot, context: ScreenContext) -> UsersScreen:
    screen = UsersScreen(context, Role.ADMIN, "pengguna")
    qtbot.addWidget(screen)
    screen.resize(1158, 620)
    with qtbot.waitExposed(screen):
        screen.show()
    qtbot.waitUntil(lambda: screen.list.records.rowCount() == len(NAMES))
    return screen


def _type(qtbot: QtBot, screen: UsersScreen | ChangeSecretScreen, code: str, text: str) -> None:
    editor = screen.form.field(code).editor
    assert isinstance(editor, QLineEdit)
    editor.clear()
    qtbot.keyClicks(editor, text)


def _pick(screen: UsersScreen, name: str) -> None:
    names = [user.name for user in screen.list.records.records]
    screen.list.setCurrentIndex(screen.list.records.index(names.index(name), 0))


def _tick(screen: UsersScreen, role: Role) -> None:
    boxes = screen.form.field("roles").findChildren(type(screen.form.field("roles").boxes[0]))
    next(box for box in boxes if box.text() == role.label).click()


def _stored(desk: Desk, username: str) -> UserRow:
    return next(user for user in desk.ask(users) if user.username == username)


def _error_at(screen: UsersScreen | ChangeSecretScreen, code: str) -> str:
    notes = [section.notes[code] for section in screen.form.sections if code in section.notes]
    return notes[0].note.message if notes else ""


def test_a_new_user_can_sign_in(
    qtbot: QtBot, screen: UsersScreen, heard: Heard, office: Office
) -> None:
    screen.new_button.click()
    _type(qtbot, screen, "name", "Nia Kurniasih, A.Md.")
    _type(qtbot, screen, "username", "nia")
    _type(qtbot, screen, "password", "payung merah basah")
    _type(qtbot, screen, "again", "payung merah basah")
    _tick(screen, Role.PELAYANAN)

    screen.save_button.click()
    qtbot.waitUntil(lambda: screen.list.records.rowCount() == len(NAMES) + 1)

    assert heard.said == [
        "Nia Kurniasih, A.Md. ditambahkan; masuk sebagai nia, dan saat itu mengganti kata sandinya."
    ]
    assert screen.list.current.username == "nia"
    assert office.sign_in("nia", "payung merah basah").user.roles == (Role.PELAYANAN,)


def test_two_passwords_that_differ_are_not_sent(
    qtbot: QtBot, screen: UsersScreen, heard: Heard, admin_desk: Desk
) -> None:
    _pick(screen, NAMES[Role.PELAYANAN])
    _type(qtbot, screen, "password", "payung merah basah")
    _type(qtbot, screen, "again", "payung merah kering")

    screen.save_button.click()

    assert "tidak sama" in _error_at(screen, "again")
    assert "tidak sama" in heard.complained[0]
    assert screen.dirty


def test_a_pin_is_typed_twice_as_in_the_set_up(
    qtbot: QtBot, screen: UsersScreen, heard: Heard, office: Office
) -> None:
    _pick(screen, NAMES[Role.PELAYANAN])
    _type(qtbot, screen, "pin", "907153")
    screen.save_button.click()
    assert "PIN tidak sama" in _error_at(screen, "pin_again")
    assert "PIN tidak sama" in heard.complained[0]
    assert screen.dirty

    _type(qtbot, screen, "pin_again", "907153")
    screen.save_button.click()
    qtbot.waitUntil(lambda: not screen.dirty)
    assert office.sign_in("pelayanan", PASSWORD)  # a PIN counts after the day's password
    assert office.sign_in_pin("pelayanan", "907153")


def test_a_password_is_kept_exactly_as_typed(
    qtbot: QtBot, screen: UsersScreen, office: Office
) -> None:
    _pick(screen, NAMES[Role.PELAYANAN])
    for code in ("password", "again"):
        editor = screen.form.field(code).editor
        editor.setFocus()
        _type(qtbot, screen, code, " dua  spasi ")
    screen.list.setFocus()

    screen.save_button.click()
    qtbot.waitUntil(lambda: not screen.dirty)

    assert office.sign_in("pelayanan", " dua  spasi ")


def test_the_last_administrator_stays_one(
    qtbot: QtBot, screen: UsersScreen, admin_desk: Desk
) -> None:
    _pick(screen, NAMES[Role.ADMIN])
    _tick(screen, Role.ADMIN)
    _tick(screen, Role.REGISTER)

    screen.save_button.click()
    qtbot.waitUntil(lambda: bool(_error_at(screen, "roles")))

    assert "administrator terakhir" in _error_at(screen, "roles")
    assert _stored(admin_desk, "admin").roles == (Role.ADMIN,)


def test_a_weak_pin_is_refused_at_its_field(qtbot: QtBot, screen: UsersScreen) -> None:
    _pick(screen, NAMES[Role.PELAYANAN])
    _type(qtbot, screen, "pin", "123456")
    _type(qtbot, screen, "pin_again", "123456")

    screen.save_button.click()
    qtbot.waitUntil(lambda: bool(_error_at(screen, "pin")))

    assert "terlalu mudah ditebak" in _error_at(screen, "pin")


def test_a_missing_name_is_said_before_anything_is_sent(
    qtbot: QtBot, screen: UsersScreen, heard: Heard
) -> None:
    screen.new_button.click()
    _type(qtbot, screen, "username", "nia")

    screen.save_button.click()

    assert _error_at(screen, "name").endswith("belum diisi.")
    assert len(heard.complained) == 1
    assert screen.form.field("name").editor.hasFocus()


def test_another_user_is_not_shown_over_unsaved_typing(
    qtbot: QtBot, screen: UsersScreen, heard: Heard
) -> None:
    _pick(screen, NAMES[Role.PELAYANAN])
    _type(qtbot, screen, "name", "Sari Wulandari, S.E.")

    _pick(screen, NAMES[Role.REGISTER])

    assert screen.list.current.name == NAMES[Role.PELAYANAN]
    assert screen.form.values()["name"] == "Sari Wulandari, S.E."
    assert "belum disimpan" in heard.complained[0]


def test_a_change_elsewhere_leaves_the_typing(
    qtbot: QtBot, screen: UsersScreen, context: ScreenContext
) -> None:
    _pick(screen, NAMES[Role.PELAYANAN])
    _type(qtbot, screen, "name", "Sari Wulandari, S.E.")

    with qtbot.waitSignal(screen.list.records.modelReset):
        context.background.announce()

    assert screen.form.values()["name"] == "Sari Wulandari, S.E."


def test_typing_is_thrown_away_after_asking(
    qtbot: QtBot, screen: UsersScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pick(screen, NAMES[Role.PELAYANAN])
    _type(qtbot, screen, "name", "Salah")
    monkeypatch.setattr(confirm, "ask", lambda *_: True)

    screen.deeds()["F6"]()

    assert screen.form.values()["name"] == NAMES[Role.PELAYANAN]
    assert not screen.discard_button.isEnabled()


def test_who_is_switched_off_stands_last_and_cannot_sign_in(
    qtbot: QtBot, screen: UsersScreen, office: Office
) -> None:
    _pick(screen, NAMES[Role.PELAYANAN])
    screen.form.field("active").editor.setCurrentText("Tidak")

    screen.save_button.click()
    qtbot.waitUntil(lambda: screen.list.records.records[-1].username == "pelayanan")

    with pytest.raises(NotAllowedError):
        office.sign_in("pelayanan", PASSWORD)


def test_enter_goes_from_the_list_into_the_form(qtbot: QtBot, screen: UsersScreen) -> None:
    screen.list.setFocus()

    qtbot.keyClick(screen.list, Qt.Key.Key_Return)

    assert screen.form.field("name").editor.hasFocus()


def test_leaving_takes_secrets_off_the_screen(qtbot: QtBot, screen: UsersScreen) -> None:
    _pick(screen, NAMES[Role.PELAYANAN])
    _type(qtbot, screen, "password", "payung merah basah")

    screen.leave()

    editor = screen.form.field("password").editor
    assert isinstance(editor, QLineEdit)
    assert editor.text() == ""


@pytest.fixture
def own(qtbot: QtBot, context_of: ContextOf) -> ChangeSecretScreen:
    screen = ChangeSecretScreen(context_of(Role.REGISTER), Role.REGISTER, "rahasia")
    qtbot.addWidget(screen)
    with qtbot.waitExposed(screen):
        screen.show()
    return screen


def test_anybody_changes_his_own_pin(qtbot: QtBot, own: ChangeSecretScreen, office: Office) -> None:
    _type(qtbot, own, "old_password", PASSWORD)
    _type(qtbot, own, "new_pin", "907153")
    _type(qtbot, own, "pin_again", "907153")

    own.save_button.click()
    qtbot.waitUntil(lambda: not own.dirty)

    assert office.sign_in_pin("register", "907153")
    with pytest.raises(NotAllowedError):
        office.sign_in_pin("register", PIN)


def test_a_wrong_old_password_changes_nothing(
    qtbot: QtBot, own: ChangeSecretScreen, office: Office
) -> None:
    _type(qtbot, own, "old_password", "bukan ini")
    _type(qtbot, own, "new_pin", "907153")
    _type(qtbot, own, "pin_again", "907153")

    own.save_button.click()
    qtbot.waitUntil(lambda: bool(_error_at(own, "old_password")))

    assert "tidak cocok" in _error_at(own, "old_password")
    assert office.sign_in_pin("register", PIN)


def test_an_ended_camat_is_not_listed_as_camat(
    qtbot: QtBot, screen: UsersScreen, admin_desk: Desk
) -> None:
    camat = next(user for user in admin_desk.ask(users) if user.roles == (Role.CAMAT,))
    first, last = date(2025, 1, 1), date(2026, 5, 11)
    term = TermInput(camat.id, Role.CAMAT, first, last, "", "821.2/7/2026")
    admin_desk.call(save_term, op(), term)

    screen.reload()
    qtbot.waitUntil(
        lambda: not next(u for u in screen.list.records.records if u.id == camat.id).held
    )
    _pick(screen, camat.name)

    index = screen.list.currentIndex()
    assert "tanpa jabatan hari ini" in str(index.data(Qt.ItemDataRole.DisplayRole))
    assert "Menurut menu Pejabat, hari ini tidak menjabat Camat." in screen.standing.text()
    assert screen.form.values()["roles"] == [Role.CAMAT.label]  # the account keeps its tick


def test_an_official_without_rank_is_quietly_told_that_none_is_printed(
    qtbot: QtBot, screen: UsersScreen
) -> None:
    _pick(screen, NAMES[Role.CAMAT])
    assert not screen.rank_note.isVisible()  # has one

    screen.new_button.click()
    assert not screen.rank_note.isVisible()  # no official yet

    _tick(screen, Role.KASI)
    assert screen.rank_note.isVisible()
    assert "baris pangkat tidak tercetak" in screen.rank_note.text()

    screen.form.field("rank").editor.setCurrentText(RANKS[0])  # type: ignore[attr-defined]
    assert not screen.rank_note.isVisible()
