"""A full disk at the door: nobody is told a lie, and room that returns lets people in at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session as SqlSession

from kecamatan_desk.__main__ import open_for_window
from kecamatan_desk.domain.errors import DiskFullError, NotAllowedError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence import space
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.ui import door_room, style, theme
from kecamatan_desk.ui.session import Session
from kecamatan_desk.ui.setup_page import SetupPage
from kecamatan_desk.ui.style import Look
from kecamatan_desk.usecases import room
from kecamatan_desk.usecases.entrance import Office
from tests.builders import NAMES, PASSWORD


class Full:
    """A disk that takes nothing while it is ``on``; ``relieved``: what a first write gives free."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.on = True
        self.relieved = False
        self.refused = 0
        writing = Store.writing
        full = self

        @contextmanager
        def no_room(store: Store) -> Iterator[SqlSession]:
            if full.on:
                full.refused += 1
                error = DiskFullError("Cakram penuh. Tidak ada yang berubah.")
                error.relieved = full.relieved
                full.on = not full.relieved
                raise error
            with writing(store) as session:
                yield session

        monkeypatch.setattr(Store, "writing", no_room)
        monkeypatch.setattr(room, "can_write", lambda _folder: not full.on)
        monkeypatch.setattr(door_room, "EVERY", 30)


@pytest.fixture
def full(office: Office, monkeypatch: pytest.MonkeyPatch) -> Full:
    return Full(monkeypatch)


@pytest.fixture
def start(
    qtbot: QtBot, office: Office, place: Place, tmp_path: Path
) -> Iterator[Callable[..., Session]]:
    """Start the window of the office."""
    started: list[Session] = []

    def start(opener: Callable[..., Office] = open_for_window) -> Session:
        office.close()
        session = Session(place, Place(tmp_path / "latihan", "test"), opener, 0.0)
        started.append(session)
        session.start()
        return session

    yield start
    for session in started:
        session.close()
    style.use(Look(theme.LIGHT))


def sign_in(qtbot: QtBot, session: Session) -> None:
    page = session.sign_in
    assert page is not None
    qtbot.waitUntil(lambda: bool(page.users))
    names = [user.name for user in page.users]
    page.tiles.button(names.index(NAMES[Role.REGISTER])).click()
    qtbot.keyClicks(page.secret, PASSWORD)
    page.go_button.click()


def test_the_room_kept_back_lets_somebody_in(office: Office, full: Full) -> None:
    full.relieved = True

    desk = office.sign_in(Role.REGISTER.value, PASSWORD)

    assert full.refused == 1
    assert desk.user.name == NAMES[Role.REGISTER]


def test_without_any_room_a_try_is_not_counted_and_told_honestly(
    office: Office, full: Full
) -> None:
    for _ in range(6):
        with pytest.raises(DiskFullError, match="percobaan ini tidak dihitung"):
            office.sign_in(Role.REGISTER.value, "salah sekali ini")
    full.on = False

    with pytest.raises(NotAllowedError, match="tidak cocok"):  # the first one, no waiting yet
        office.sign_in(Role.REGISTER.value, "salah sekali ini")


def test_who_was_kept_out_may_come_in_as_soon_as_there_is_room(
    qtbot: QtBot, start: Callable[..., Session], full: Full
) -> None:
    full.on = False
    session = start()
    page = session.sign_in
    assert page is not None
    qtbot.waitUntil(lambda: bool(page.users))
    full.on = True
    sign_in(qtbot, session)
    qtbot.waitUntil(lambda: "begitu ada ruang" in page.waiting.text())
    assert "belum dapat diperiksa" in page.problem.text()
    assert page.secret.text() == ""
    assert session.shell is None

    full.on = False
    qtbot.waitUntil(lambda: "Cakram sudah ada ruang" in page.waiting.text())
    assert page.problem.text() == ""
    assert session.shell is None  # nobody is let in with what another may have left behind
    sign_in(qtbot, session)
    qtbot.waitUntil(lambda: session.shell is not None)


def test_data_that_could_not_be_opened_are_opened_by_themselves(
    qtbot: QtBot, start: Callable[..., Session], full: Full
) -> None:
    def opener(place: Place, progress: Callable[[float], None]) -> Office:
        if full.on:
            raise DiskFullError("Cakram penuh. Tidak ada yang berubah.")
        return open_for_window(place, progress)

    session = start(opener)
    page = session.sign_in
    assert page is not None
    qtbot.waitUntil(lambda: "begitu ada ruang" in page.waiting.text())
    assert page.users == ()

    full.on = False
    qtbot.waitUntil(lambda: bool(page.users))


def test_a_wrong_password_watches_no_disk(
    qtbot: QtBot, start: Callable[..., Session], full: Full
) -> None:
    full.on = False
    session = start()
    page = session.sign_in
    assert page is not None
    qtbot.waitUntil(lambda: bool(page.users))
    page.secret.setText("salah sekali ini")
    page.go_button.click()
    qtbot.waitUntil(lambda: bool(page.problem.text()))
    qtbot.wait(150)

    assert "Cakram" not in page.waiting.text()


def test_trying_the_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    assert space.can_write(tmp_path)
    assert space.can_write(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


# The first PIN, and a wrong one


def test_a_wrong_pin_is_told_as_a_pin(office: Office) -> None:
    office.sign_in(Role.REGISTER.value, PASSWORD)

    with pytest.raises(NotAllowedError) as told:
        office.sign_in_pin(Role.REGISTER.value, "000001")

    assert str(told.value).startswith("PIN tidak cocok.")
    assert "huruf" not in str(told.value)


@pytest.mark.parametrize(("pin", "again"), [("284719", "284718"), ("284719", ""), ("", "284719")])
def test_the_first_pin_is_typed_twice_and_hidden(qtbot: QtBot, pin: str, again: str) -> None:
    page = SetupPage()
    qtbot.addWidget(page)
    typed = {
        **{"name": "Sukamaju", "regency": "Kabupaten Mekarjaya", "address": "Jalan Raya 1"},
        **{"abbreviation": "SKM", "place": "Sukamaju", "villages": "Sukamaju"},
        **{"user_name": "Sari Wulandari", "username": "sari"},
        **{"password": "tiga kata lucu", "again": "tiga kata lucu"},
    }
    page.form.set_values(typed)
    for code, text in (("pin", pin), ("pin_again", again)):
        editor = page.form.field(code).editor
        qtbot.keyClicks(editor, text)
        assert editor.displayText() != text or not text  # type: ignore[attr-defined]

    with qtbot.assertNotEmitted(page.given):
        page.go_button.click()

    assert page.form.field("pin_again").state == "error"
    qtbot.keyClicks(page.form.field("pin").editor, "")
    for code in ("pin", "pin_again"):
        editor = page.form.field(code).editor
        editor.clear()  # type: ignore[attr-defined]
        qtbot.keyClicks(editor, "284719")
    with qtbot.waitSignal(page.given):
        page.go_button.click()
