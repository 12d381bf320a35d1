"""The desk nobody sits at: it locks, asks who comes back, and loses nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from kecamatan_desk.__main__ import open_for_window
from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import UserRecord
from kecamatan_desk.ui import style, theme
from kecamatan_desk.ui.idle import LONGEST, lock_minutes
from kecamatan_desk.ui.presence_prompt import PresencePrompt
from kecamatan_desk.ui.screens.manual_letter import ManualScreen
from kecamatan_desk.ui.session import Session
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.ui.style import Look
from kecamatan_desk.usecases.accounts import save_user, users
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.people_values import UserInput
from tests.builders import FIRST_PASSWORD, NAMES, PASSWORD, PIN, op

WRONG_PIN = "908172"


class FakeTime:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def set_up_place(office: Office, place: Place) -> Place:
    """The place of an office with users, closed."""
    office.close()
    return place


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, set_up_place: Place) -> Iterator[Session]:
    """The window of an office, at its door; its idle watch has a time of its own."""
    practice = Place(tmp_path / "latihan", "test")
    session = Session(set_up_place, practice, open_for_window, 0.0)
    session.idle.now = FakeTime()
    session.start()
    session.window.activateWindow()
    qtbot.waitUntil(session.window.isActiveWindow)
    yield session
    session.close()
    style.use(Look(theme.LIGHT))


def choose(qtbot: QtBot, session: Session, role: Role) -> None:
    qtbot.waitUntil(lambda: session.sign_in is not None and bool(session.sign_in.users))
    page = session.sign_in
    assert page is not None
    names = [user.name for user in page.users]
    page.tiles.button(names.index(NAMES[role])).click()


def enter(qtbot: QtBot, session: Session, role: Role, password: str = PASSWORD) -> None:
    choose(qtbot, session, role)
    page = session.sign_in
    assert page is not None
    if page.pad.isVisible():
        qtbot.keyClicks(page.secret, PIN)
    else:
        qtbot.keyClicks(page.secret, password)
        qtbot.keyClick(page.secret, Qt.Key.Key_Return)


def at_work(qtbot: QtBot, session: Session, role: Role = Role.PELAYANAN) -> Shell:
    enter(qtbot, session, role)
    qtbot.waitUntil(lambda: session.window.currentWidget() is session.shell)
    assert session.shell is not None
    return session.shell


def pass_time(session: Session, seconds: float) -> None:
    time = session.idle.now
    assert isinstance(time, FakeTime)
    time.now += seconds
    timer = session.idle.findChild(QTimer)
    assert timer is not None
    if timer.isActive():
        session.idle.tick()


def is_locked(session: Session) -> bool:
    return session.sign_in is not None and session.window.currentWidget() is session.sign_in


def test_an_unused_desk_locks_after_ten_minutes_and_says_so(qtbot: QtBot, session: Session) -> None:
    shell = at_work(qtbot, session)
    pass_time(session, 9 * 60 + 59)
    assert not is_locked(session)

    pass_time(session, 1)

    assert is_locked(session)
    page = session.sign_in
    assert page is not None
    qtbot.waitUntil(lambda: bool(page.users))
    assert "10 menit tidak dipakai" in page.waiting.text()
    assert session.shell is shell  # what was typed waits behind the door


@pytest.mark.parametrize("use", ["key", "mouse"])
def test_whoever_uses_the_window_is_not_locked_out(
    qtbot: QtBot, session: Session, use: str
) -> None:
    at_work(qtbot, session)
    window = session.window.windowHandle()
    pass_time(session, 9 * 60)

    if use == "key":
        QTest.keyClick(window, Qt.Key.Key_Shift)
    else:
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(5, 40))
    session.idle.tick()

    pass_time(session, 9 * 60)
    assert not is_locked(session)
    pass_time(session, 60)
    assert is_locked(session)


def test_nothing_is_filtered_while_somebody_works(qtbot: QtBot, session: Session) -> None:
    at_work(qtbot, session)
    window = session.window.windowHandle()
    QTest.keyClick(window, Qt.Key.Key_Shift)
    seen: list[object] = []
    watch = session.idle.eventFilter
    session.idle.eventFilter = lambda *told: seen.append(told) or watch(*told)  # type: ignore[method-assign]

    for _ in range(50):
        QTest.keyClick(window, Qt.Key.Key_Shift)

    assert not seen


def test_officials_desks_lock_after_five_minutes(qtbot: QtBot, session: Session) -> None:
    at_work(qtbot, session, Role.CAMAT)

    pass_time(session, 5 * 60)

    assert is_locked(session)
    assert lock_minutes(OfficeProfile(lock_minutes=3), (Role.CAMAT,)) == 3
    assert lock_minutes(OfficeProfile(lock_minutes=15), (Role.REGISTER,)) == 15


def test_after_eight_hours_the_password_is_asked_whoever_worked(
    qtbot: QtBot, session: Session
) -> None:
    at_work(qtbot, session)
    time = session.idle.now
    assert isinstance(time, FakeTime)
    for _ in range(100):
        QTest.keyClick(session.window.windowHandle(), Qt.Key.Key_Shift)
        pass_time(session, LONGEST / 101)
    assert not is_locked(session)

    pass_time(session, LONGEST / 100)

    assert is_locked(session)
    qtbot.waitUntil(lambda: session.sign_in is not None and bool(session.sign_in.users))
    assert session.sign_in is not None
    assert "8 jam" in session.sign_in.waiting.text()


def test_what_was_typed_is_there_again_after_the_lock(qtbot: QtBot, session: Session) -> None:
    shell = at_work(qtbot, session)
    shell.press("F2")
    screen = shell.screen_shown
    pass_time(session, 600)
    assert is_locked(session)

    enter(qtbot, session, Role.PELAYANAN)

    qtbot.waitUntil(lambda: session.window.currentWidget() is shell)
    assert shell.screen_shown is screen


@pytest.mark.parametrize("by_himself", [True, False])
def test_the_keyboard_is_in_the_field_again_after_the_lock(
    qtbot: QtBot, session: Session, by_himself: bool
) -> None:
    shell = at_work(qtbot, session, Role.REGISTER)
    shell.open_entry(Role.REGISTER, "surat-manual")
    screen = shell.screen_shown
    assert isinstance(screen, ManualScreen)
    edit = screen.form.field("purpose").editor
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    qtbot.keyClicks(edit, "Undangan")
    edit.setCursorPosition(3)
    if by_himself:
        shell.lock_button.click()
    else:
        pass_time(session, 600)
    assert is_locked(session)

    enter(qtbot, session, Role.REGISTER)

    qtbot.waitUntil(lambda: session.window.currentWidget() is shell)
    assert edit.hasFocus()
    assert (edit.text(), edit.cursorPosition()) == ("Undangan", 3)


def test_the_locked_window_names_no_applicant(
    qtbot: QtBot, session: Session, request: pytest.FixtureRequest
) -> None:
    at_work(qtbot, session)
    pass_time(session, 600)
    page = session.sign_in
    assert page is not None
    qtbot.waitUntil(lambda: bool(page.users))

    visible = [w.text() for w in session.window.findChildren(QLabel) if w.isVisible()]

    assert not any("Kusumawardhani" in text or "9901" in text for text in visible)
    assert session.window.windowTitle() == "Kecamatan Desk"


def test_who_comes_in_reads_when_he_was_here_and_what_was_tried(
    qtbot: QtBot, session: Session
) -> None:
    choose(qtbot, session, Role.REGISTER)
    page = session.sign_in
    assert page is not None
    qtbot.keyClicks(page.secret, "salah sekali")
    qtbot.keyClick(page.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "tidak cocok" in page.problem.text())

    shell = at_work(qtbot, session, Role.REGISTER)

    told = shell.message_bar.words.text()
    assert told.startswith("1 percobaan masuk yang salah atas nama Anda sejak 11 Mei 2026")
    shell.lock_button.click()
    shell = at_work(qtbot, session, Role.PELAYANAN)
    assert shell.message_bar.words.text().startswith("Terakhir masuk 11 Mei 2026 pukul 09.00")


# A proof of presence


def make_proof_old(shell: Shell) -> None:
    shell.context.background.desk.proven_at -= 3600


def prompt_of(qtbot: QtBot, shell: Shell) -> PresencePrompt:
    qtbot.waitUntil(lambda: shell.presence.prompt is not None)
    assert shell.presence.prompt is not None
    return shell.presence.prompt


def add_tuti(shell: Shell, op_id: str, then: Callable[[int], None]) -> None:
    new = UserInput(None, "tuti", "Tuti Herawati", (Role.PELAYANAN,), password=FIRST_PASSWORD)
    shell.context.background.command(then, save_user, op_id, new)


def names(shell: Shell) -> list[str]:
    return [user.name for user in shell.context.background.desk.ask(users)]


def test_a_deed_that_needs_proof_asks_and_is_done_once_as_it_was(
    qtbot: QtBot, session: Session
) -> None:
    shell = at_work(qtbot, session, Role.ADMIN)
    make_proof_old(shell)
    added: list[int] = []
    shown = op()

    add_tuti(shell, shown, added.append)
    prompt = prompt_of(qtbot, shell)
    assert not added
    qtbot.keyClicks(prompt.secret, WRONG_PIN)
    qtbot.waitUntil(lambda: "tidak cocok" in prompt.problem.text())
    qtbot.keyClicks(prompt.secret, PIN)

    qtbot.waitUntil(lambda: bool(added))
    assert shell.presence.prompt is None
    again: list[int] = []
    add_tuti(shell, shown, again.append)  # the same op_id: it was the very same deed
    qtbot.waitUntil(lambda: bool(again))
    assert again == added
    assert names(shell).count("Tuti Herawati") == 1


def test_esc_gives_the_deed_up_and_the_screen_is_told(qtbot: QtBot, session: Session) -> None:
    shell = at_work(qtbot, session, Role.ADMIN)
    make_proof_old(shell)
    added: list[int] = []
    add_tuti(shell, op(), added.append)
    prompt = prompt_of(qtbot, shell)

    qtbot.keyClick(prompt, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: "tidak jadi" in shell.message_bar.words.text())
    assert not added
    assert not shell.context.background.awaits_presence
    assert "Tuti Herawati" not in names(shell)


def test_five_wrong_pins_lead_to_the_password(qtbot: QtBot, session: Session) -> None:
    shell = at_work(qtbot, session, Role.ADMIN)
    make_proof_old(shell)
    added: list[int] = []
    add_tuti(shell, op(), added.append)
    prompt = prompt_of(qtbot, shell)
    for _ in range(5):
        qtbot.keyClicks(prompt.secret, WRONG_PIN)
        qtbot.waitUntil(lambda: bool(prompt.problem.text()) and prompt.isEnabled())

    assert prompt.secret.accessibleName() == "Kata sandi"
    assert not prompt.other_way.isVisible()
    qtbot.keyClicks(prompt.secret, PASSWORD)
    qtbot.keyClick(prompt.secret, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: bool(added))


def test_a_desk_that_locks_while_it_asks_does_nothing(qtbot: QtBot, session: Session) -> None:
    shell = at_work(qtbot, session, Role.ADMIN)
    make_proof_old(shell)
    added: list[int] = []
    add_tuti(shell, op(), added.append)
    prompt_of(qtbot, shell)

    pass_time(session, 600)

    assert is_locked(session)
    assert shell.presence.prompt is None
    enter(qtbot, session, Role.ADMIN)
    qtbot.waitUntil(lambda: session.window.currentWidget() is shell)
    add_tuti(shell, op(), added.append)  # the PIN at the door is a fresh proof
    qtbot.waitUntil(lambda: bool(added))
    assert names(shell).count("Tuti Herawati") == 1


# A password another knows, an account that is shut


def other_admin(place: Place, change: Callable[[UserInput], UserInput]) -> None:
    """Let an administrator change the counter clerk's account meanwhile."""
    office = open_place(place, write=False)
    desk = office.sign_in("admin", PASSWORD)
    row = next(user for user in desk.ask(users) if user.username == Role.PELAYANAN.value)
    same = UserInput(row.id, row.username, row.name, row.roles)
    desk.call(save_user, op(), change(same))
    office.close()


def test_who_is_shut_out_is_told_at_his_next_step_and_nothing_stays_on_screen(
    qtbot: QtBot, session: Session, set_up_place: Place
) -> None:
    shell = at_work(qtbot, session)
    other_admin(set_up_place, lambda same: replace(same, active=False))

    shell.context.background.announce()  # any next step

    qtbot.waitUntil(lambda: session.shell is None)
    page = session.sign_in
    assert page is not None
    qtbot.waitUntil(lambda: bool(page.users))
    assert "dinonaktifkan Administrator" in page.waiting.text()
    assert NAMES[Role.PELAYANAN] not in [user.name for user in page.users]


def test_a_given_password_is_changed_before_anything_else(
    qtbot: QtBot, session: Session, set_up_place: Place
) -> None:
    other_admin(set_up_place, lambda same: replace(same, password=FIRST_PASSWORD))
    enter(qtbot, session, Role.PELAYANAN, FIRST_PASSWORD)
    qtbot.waitUntil(lambda: session.new_password is not None)
    page = session.new_password
    assert page is not None
    assert session.shell is None

    def fill(password: str, again: str, pin: str = "") -> None:
        for code, text in (
            ("new_password", password),
            ("again", again),
            ("new_pin", pin),
            ("pin_again", pin),
        ):
            editor = page.form.field(code).editor
            editor.clear()
            qtbot.keyClicks(editor, text)
        page.go_button.click()

    def told() -> str:
        return " ".join(w.text() for w in page.form.findChildren(QLabel) if w.isVisible())

    fill("hujan di atap seng", "hujan di atap sen")
    assert "tidak sama" in told()
    fill(FIRST_PASSWORD, FIRST_PASSWORD)
    qtbot.waitUntil(lambda: "sama dengan yang diberikan" in told())
    fill("kecamatansukamaju", "kecamatansukamaju")
    qtbot.waitUntil(lambda: "kata kantor" in told())
    fill("hujan di atap seng", "hujan di atap seng", "905172")

    qtbot.waitUntil(lambda: session.shell is not None)
    assert session.new_password is None
    office = open_place(set_up_place, write=False)
    assert not office.sign_in("pelayanan", "hujan di atap seng").welcome.must_change
    office.close()


def test_leaving_the_page_leads_to_the_door_and_the_password_stays_given(
    qtbot: QtBot, session: Session, set_up_place: Place
) -> None:
    other_admin(set_up_place, lambda same: replace(same, password=FIRST_PASSWORD))
    enter(qtbot, session, Role.PELAYANAN, FIRST_PASSWORD)
    qtbot.waitUntil(lambda: session.new_password is not None)
    assert session.new_password is not None

    session.new_password.back_button.click()

    assert is_locked(session)
    office = open_place(set_up_place, write=False)

    def must_change(work: UnitOfWork) -> bool:
        row = work.session.get_one(UserRecord, 2)
        return row.must_change

    assert office.sign_in("admin", PASSWORD).ask(must_change)
    office.close()
