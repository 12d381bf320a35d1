"""From the first start to the last: opening, setting up, signing in, locking, a second start."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from kecamatan_desk import __main__ as program
from kecamatan_desk.__main__ import open_for_window, open_to_practise
from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.ui import style, theme
from kecamatan_desk.ui.bell import RAISE
from kecamatan_desk.ui.session import Session
from kecamatan_desk.ui.setup_page import SetupPage
from kecamatan_desk.ui.style import Look
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.people_values import UserInput
from tests.builders import NAMES, PASSWORD, PIN, PROFILE

PROGRAM = """
import sys, time
from pathlib import Path
from kecamatan_desk.__main__ import open_for_window
from kecamatan_desk.paths import Place
from kecamatan_desk.ui.app import run
office, practice = Place(Path(sys.argv[1]), "test"), Place(Path(sys.argv[2]), "test")
sys.exit(run(office, practice, open_for_window, time.perf_counter(), exit_when_ready=True))
"""
HEAVY = ("sqlalchemy", "alembic", "reportlab", "argon2", "pypdfium2")


@pytest.fixture
def set_up_place(office: Office, place: Place) -> Place:
    """The place of an office with users, closed."""
    office.close()
    return place


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[Place], Session]]:
    """Start the window of a place."""
    started: list[Session] = []

    def start(place: Place) -> Session:
        practice = Place(tmp_path / "latihan", "test")
        session = Session(place, practice, open_for_window, 0.0)
        started.append(session)
        session.start()
        session.window.activateWindow()
        qtbot.waitUntil(session.window.isActiveWindow)
        return session

    yield start
    for session in started:
        session.close()
    style.use(Look(theme.LIGHT))  # other tests expect the usual scale and width


def _enter(qtbot: QtBot, session: Session, role: Role) -> None:
    qtbot.waitUntil(lambda: session.sign_in is not None and bool(session.sign_in.users))
    page = session.sign_in
    assert page is not None
    names = [user.name for user in page.users]
    page.tiles.button(names.index(NAMES[role])).click()
    if page.pad.isVisible():
        qtbot.keyClicks(page.secret, PIN)
    else:
        qtbot.keyClicks(page.secret, PASSWORD)
        qtbot.keyClick(page.secret, Qt.Key.Key_Return)


def test_the_door_is_on_screen_before_the_data_are_open(
    start: Callable[[Place], Session], set_up_place: Place
) -> None:
    session = start(set_up_place)

    assert session.sign_in is not None
    assert session.sign_in.isVisible()


def test_the_right_password_opens_the_desk(
    qtbot: QtBot, start: Callable[[Place], Session], set_up_place: Place
) -> None:
    session = start(set_up_place)

    _enter(qtbot, session, Role.REGISTER)

    qtbot.waitUntil(lambda: session.shell is not None)
    assert session.shell is not None
    assert session.shell.context.user.name == NAMES[Role.REGISTER]
    screen = session.shell.screen_shown
    assert screen is not None
    assert screen.isAncestorOf(session.window.focusWidget())
    assert session.window.windowTitle() == f"Kecamatan Desk – Kecamatan {PROFILE.name}"


def test_a_wrong_password_is_told_below_the_field(
    qtbot: QtBot, start: Callable[[Place], Session], set_up_place: Place
) -> None:
    session = start(set_up_place)
    qtbot.waitUntil(lambda: session.sign_in is not None and bool(session.sign_in.users))
    page = session.sign_in
    assert page is not None

    qtbot.keyClicks(page.secret, "bukan ini")
    qtbot.keyClick(page.secret, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: bool(page.problem.text()))
    assert session.shell is None


def test_after_locking_the_same_user_finds_his_desk_as_he_left_it(
    qtbot: QtBot, start: Callable[[Place], Session], set_up_place: Place
) -> None:
    session = start(set_up_place)
    _enter(qtbot, session, Role.REGISTER)
    qtbot.waitUntil(lambda: session.shell is not None)
    before = session.shell
    assert before is not None

    before.lock_button.click()
    _enter(qtbot, session, Role.REGISTER)

    qtbot.waitUntil(lambda: session.window.currentWidget() is before)
    assert session.window.windowTitle().endswith(PROFILE.name)


def test_another_user_gets_a_desk_of_his_own(
    qtbot: QtBot, start: Callable[[Place], Session], set_up_place: Place
) -> None:
    session = start(set_up_place)
    _enter(qtbot, session, Role.REGISTER)
    qtbot.waitUntil(lambda: session.shell is not None)
    before = session.shell
    assert before is not None

    before.lock_button.click()
    _enter(qtbot, session, Role.CAMAT)

    qtbot.waitUntil(lambda: session.shell is not None and session.shell is not before)
    assert session.shell is not None
    assert session.shell.context.user.name == NAMES[Role.CAMAT]


def test_an_empty_place_is_set_up_and_entered(
    qtbot: QtBot, start: Callable[[Place], Session], place: Place
) -> None:
    session = start(place)
    qtbot.waitUntil(lambda: session.setup is not None)
    page = session.setup
    assert page is not None
    page.form.set_values(
        {
            "name": "Sukamaju",
            "regency": "Kabupaten Mekarjaya",
            "address": "Jalan Raya Sukamaju No. 1",
            "abbreviation": "SKM",
            "place": "Sukamaju",
            "villages": "Sukamaju\nMekarsari",
            "user_name": "Putri Handayani",
            "username": "putri",
            "password": PASSWORD,
            "again": PASSWORD,
        }
    )

    page.go_button.click()

    qtbot.waitUntil(lambda: session.shell is not None)
    assert session.shell is not None
    assert session.shell.context.profile.villages == ("Sukamaju", "Mekarsari")


def test_the_first_password_is_kept_exactly_as_typed(qtbot: QtBot) -> None:
    page = SetupPage()
    qtbot.addWidget(page)
    codes = ("name", "regency", "address", "abbreviation", "place", "villages", "username")
    page.form.set_values(dict.fromkeys((*codes, "user_name"), "abc"))
    for code in ("password", "again"):
        editor = page.form.field(code).editor
        assert isinstance(editor, QLineEdit)
        qtbot.keyClicks(editor, "dua  spasi di sini ")

    with qtbot.waitSignal(page.given) as given:
        page.go_button.click()

    assert given.args[1].password == "dua  spasi di sini "


def test_two_different_passwords_set_nothing_up(
    qtbot: QtBot, start: Callable[[Place], Session], place: Place
) -> None:
    session = start(place)
    qtbot.waitUntil(lambda: session.setup is not None)
    page = session.setup
    assert page is not None
    codes = ("name", "regency", "address", "abbreviation", "place", "villages", "username")
    page.form.set_values(dict.fromkeys((*codes, "user_name"), "abc"))
    page.form.set_values({"password": PASSWORD, "again": "lain"})

    page.go_button.click()

    assert page.form.field("again").state == "error"


def test_larger_text_builds_the_door_anew(
    qtbot: QtBot, start: Callable[[Place], Session], set_up_place: Place
) -> None:
    session = start(set_up_place)
    qtbot.waitUntil(lambda: session.sign_in is not None and bool(session.sign_in.users))
    before = session.sign_in
    assert before is not None

    before.scales.button(1).click()
    qtbot.waitUntil(lambda: session.sign_in is not before)
    assert session.preferences.scale == 1.25
    assert session.sign_in is not None
    assert session.sign_in.users

    session.sign_in.scales.button(0).click()
    assert session.preferences.scale == 1.0


def test_the_keyboard_rests_on_the_people_in_the_new_size(
    qtbot: QtBot, start: Callable[[Place], Session], set_up_place: Place
) -> None:
    session = start(set_up_place)
    qtbot.waitUntil(lambda: session.sign_in is not None and bool(session.sign_in.users))
    before = session.sign_in
    assert before is not None
    session.window.activateWindow()
    qtbot.waitUntil(session.window.isActiveWindow)
    for number in (1, 0):
        page = session.sign_in
        assert page is not None
        qtbot.mouseClick(page.scales.button(number), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda page=page: session.sign_in is not page)
        qtbot.waitUntil(lambda: session.sign_in is not None and session.sign_in.people.has_focus)


@pytest.mark.qt_log_ignore("This plugin does not support raise")  # said by `offscreen` alone
def test_a_second_start_calls_the_first_window(
    qtbot: QtBot, start: Callable[[Place], Session], set_up_place: Place, tmp_path: Path
) -> None:
    session = start(set_up_place)
    qtbot.waitUntil(lambda: session.sign_in is not None and bool(session.sign_in.users))
    session.window.showMinimized()
    second = subprocess.Popen(_command(set_up_place.root, tmp_path), env=_environment())

    qtbot.waitUntil(lambda: second.poll() is not None)

    assert second.returncode == 0
    assert not session.window.isMinimized()
    assert not (set_up_place.root / RAISE).exists()


def test_a_practice_place_named_as_data_is_marked_as_practice(
    qtbot: QtBot, start: Callable[[Place], Session], place: Place
) -> None:
    practice = open_place(place, create="practice")
    practice.first_setup(
        PROFILE, UserInput(None, "putri", "Putri Handayani", (), password="latihan")
    )
    practice.close()

    session = start(place)

    qtbot.waitUntil(lambda: session.sign_in is not None and bool(session.sign_in.users))
    page = session.sign_in
    assert page is not None
    assert page.places.checkedId() == 1
    assert not page.places.button(0).isVisible()


def test_choosing_practice_makes_a_filled_practice_place(
    qtbot: QtBot, tmp_path: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "PRACTICE_REQUESTS", 8)  # as good here as sixty, and sooner
    practice = Place(tmp_path / "latihan", "test")

    def opened(wanted: Place, progress: Callable[[float], None]) -> Office:
        return (open_to_practise if wanted == practice else open_for_window)(wanted, progress)

    session = Session(place, practice, opened, 0.0)
    session.start()
    qtbot.waitUntil(lambda: session.setup is not None)
    assert session.setup is not None
    session.setup.practice_button.click()

    assert session.sign_in is not None
    assert session.sign_in.waiting.text() == "Menyiapkan latihan …"
    assert not session.sign_in.places.button(0).isEnabled()
    qtbot.waitUntil(
        lambda: session.sign_in is not None and len(session.sign_in.users) > 8, timeout=60_000
    )
    assert session.sign_in.places.checkedId() == 1
    assert session.sign_in.places.button(0).isEnabled()
    session.close()


def test_data_held_by_a_command_are_told_so(
    qtbot: QtBot, start: Callable[[Place], Session], office: Office, place: Place
) -> None:
    session = start(place)

    page = session.sign_in
    assert page is not None
    qtbot.waitUntil(lambda: "Membuka" not in page.waiting.text())
    assert page.waiting.text()
    assert session.shell is None


def _command(root: Path, folder: Path) -> list[str]:
    return [sys.executable, "-c", PROGRAM, str(root), str(folder / "latihan")]


def _environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def _ended(root: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(root, folder),
        env=_environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_an_office_is_not_opened_without_a_password_not_even_to_measure(
    set_up_place: Place, tmp_path: Path
) -> None:
    ended = _ended(set_up_place.root, tmp_path)

    assert ended.returncode == 1
    assert "hanya untuk data latihan" in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize("attempt", range(3))
def test_a_practice_place_is_measured_to_its_first_list_and_ends_cleanly(
    tmp_path: Path, attempt: int
) -> None:
    root = tmp_path / "practice"
    practice = open_place(Place(root, "test"), create="practice")
    admin = UserInput(None, "putri", "Putri Handayani", (Role.PELAYANAN,), password="latihan")
    practice.first_setup(PROFILE, admin)
    practice.close()

    ended = _ended(root, tmp_path)

    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert list(told) == ["ready_ms"]
    assert 0 < told["ready_ms"] < 60_000


def test_starting_loads_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "import kecamatan_desk.ui.app\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )

    assert loaded.stdout.strip() == "[]"


def test_the_window_is_there_quickly(
    start: Callable[[Place], Session], set_up_place: Place
) -> None:
    begun = time.perf_counter()

    start(set_up_place)

    assert time.perf_counter() - begun < 3  # seconds, on the slowest machine of the tests


def test_data_that_were_just_being_opened_are_let_go(
    start: Callable[[Place], Session], set_up_place: Place
) -> None:
    session = start(set_up_place)

    session.close()

    open_place(set_up_place).close()
