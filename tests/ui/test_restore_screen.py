"""Bringing a backup back in the window: on a bare PC, over damaged data, in a running office."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from kecamatan_desk.__main__ import open_for_window
from kecamatan_desk.bootstrap import held, open_place
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.generations import MARK, generations
from kecamatan_desk.ui import restore_page, style, theme
from kecamatan_desk.ui.restore_page import RestorePage
from kecamatan_desk.ui.screens.backup_desk import BackupScreen
from kecamatan_desk.ui.section_form import NoteRow
from kecamatan_desk.ui.session import Session
from kecamatan_desk.ui.style import Look
from kecamatan_desk.usecases.backup_rounds import back_up_to
from kecamatan_desk.usecases.backups import back_up_now
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.clock_guard import confirm_clock
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.recovery import adopt, new_key
from tests.builders import NAMES, PASSWORD, SettableClock, handed_over, op, registered
from tests.reliability.backup_tools import counters, events, files_of
from tests.ui.backup_tools import Sticks, sticks
from tests.walking import DeskOf

__all__ = ["sticks"]
PEOPLE = (("9901011206850002", "Siti Maimunah"), ("9901012301780003", "Yohanes Surya"))
Start = Callable[[Place], Session]


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path, sticks: Sticks) -> Iterator[Start]:
    """Start the window of a place."""
    started: list[Session] = []

    def start(place: Place) -> Session:
        practice = Place(tmp_path / "practice", "test")
        session = Session(place, practice, open_for_window, 0.0, holder=held)
        started.append(session)
        session.start()
        session.window.activateWindow()
        qtbot.waitUntil(session.window.isActiveWindow)
        return session

    yield start
    for session in started:
        session.close()
    style.use(Look(theme.LIGHT))


@pytest.fixture
def secret(desk_of: DeskOf) -> str:
    """The recovery key of an office with two letters."""
    registered(desk_of)
    handed_over(desk_of, nik=PEOPLE[0][0], nama=PEOPLE[0][1])
    key = new_key()
    adopt(desk_of(Role.ADMIN), op(), key.secret, key.secret)
    return key.secret


def page_of(qtbot: QtBot, session: Session) -> RestorePage:
    """Wait for the page with what was found."""
    qtbot.waitUntil(lambda: session.restoring is not None and session.restoring.active)
    restoring = session.restoring
    assert restoring is not None
    page = restoring.page
    assert page is not None
    qtbot.waitUntil(lambda: not page.choice.none.isVisible() or "Tidak" in page.choice.none.text())
    return page


def planned(qtbot: QtBot, page: RestorePage) -> None:
    qtbot.waitUntil(lambda: page.what.holds.isVisible())


def at_the_door(qtbot: QtBot, session: Session) -> str:
    """Wait for the people at the door; give the sentence above them."""

    def is_there() -> bool:
        page = session.sign_in
        return page is not None and session.window.currentWidget() is page and bool(page.users)

    qtbot.waitUntil(is_there)
    assert session.sign_in is not None
    return session.sign_in.waiting.text()


def number_field(page: RestorePage, key: str) -> QLineEdit:
    found = page.findChild(QLineEdit, f"field-{key}")
    assert isinstance(found, QLineEdit)
    return found


def type_number(page: RestorePage, key: str, text: str) -> None:
    field = number_field(page, key)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def notes(page: RestorePage) -> list[str]:
    """Give what is said at the fields, as it is seen."""
    return [row.note.message for row in page.findChildren(NoteRow) if row.isVisible()]


def next_number(place: Place, clock: SettableClock) -> int:
    """Open a place, register one more letter, check everything; give its number."""
    office = open_place(place, clock=clock)
    try:
        desks: dict[Role, Desk] = {}

        def desk_of(role: Role) -> Desk:
            return desks.setdefault(role, office.sign_in(role.value, PASSWORD))

        desk_of(Role.PELAYANAN).call(confirm_clock, op())
        number = registered(desk_of, nik=PEOPLE[1][0], nama=PEOPLE[1][1]).number
    finally:
        office.close()
    report = check_place(place)
    assert report.ok, report.findings
    assert number is not None
    return number


class Clicks:
    """Counts what a hand does."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot, self.count = qtbot, 0

    def __call__(self, button: object) -> None:
        self.count += 1
        assert button.isVisible() and button.isEnabled()  # type: ignore[attr-defined]  # noqa: PT018
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_office_moves_to_a_bare_pc_in_three_clicks(
    qtbot: QtBot,
    start: Start,
    office: Office,
    desk_of: DeskOf,
    clock: SettableClock,
    sticks: Sticks,
    secret: str,
    tmp_path: Path,
) -> None:
    stick = sticks.plug()
    back_up_to(desk_of(Role.ADMIN), stick / "cadangan-kecamatan-desk", encrypt=True)
    office.close()
    bare = Place(tmp_path / "pc-baru", "test")
    session = start(bare)
    qtbot.waitUntil(lambda: session.setup is not None and session.setup.isVisible())
    assert session.setup is not None
    click = Clicks(qtbot)

    click(session.setup.restore_button)
    page = page_of(qtbot, session)
    assert page.chosen is not None
    assert page.chosen.where == "FLASHDISK"
    made = page.choice.model.index(0, 0).data()
    assert made.endswith(" WIB")  # as the plan tells it, whatever this PC is set to
    qtbot.waitUntil(page.choice.key.hasFocus)
    qtbot.keyClicks(page.choice.key, secret.lower())
    click(page.go_button)
    planned(qtbot, page)
    assert "2 surat" in page.what.holds.text()
    assert number_field(page, "sktm/2026").text() == "2"
    number_field(page, "sktm/2026").setText("4")  # two were written after the backup
    click(page.go_button)

    said = at_the_door(qtbot, session)
    assert click.count == 3
    assert "Data dipulihkan dari cadangan" in said
    assert "3–4): isi ulang dari arsip kertas" in said
    assert session.sign_in is not None
    assert session.sign_in.office_name.text() == "Kecamatan Sukamaju"
    assert counters(bare.current_database)["sktm", "2026"] == 4
    assert events(bare.current_database)[-1][1] == "pulihkan"
    session.close()
    again = at_the_door(qtbot, start(bare))  # as after a kill: who comes next is told too
    assert "Data dipulihkan dari cadangan" in again
    assert "WIB; sesudahnya belum ada yang dikerjakan" in again


def test_the_same_by_keyboard_and_a_wrong_key_changes_nothing(
    qtbot: QtBot,
    start: Start,
    office: Office,
    desk_of: DeskOf,
    sticks: Sticks,
    secret: str,
    tmp_path: Path,
) -> None:
    admin = desk_of(Role.ADMIN)
    bare = Place(tmp_path / "pc-baru", "test")
    stick = tmp_path / "media" / "FLASHDISK"
    back_up_to(admin, stick / "cadangan-kecamatan-desk", encrypt=True)
    office.close()
    session = start(bare)
    qtbot.waitUntil(lambda: session.setup is not None and session.setup.isVisible())
    qtbot.keyClick(session.window, Qt.Key.Key_F8)
    page = page_of(qtbot, session)
    assert "Colokkan flashdisk" in page.choice.none.text()
    assert not page.go_button.isEnabled()
    sticks.plug()
    qtbot.keyClick(session.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: page.chosen is not None)

    qtbot.keyClick(session.window, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: "ketik atau pindai kunci" in page.problem.text())
    page.choice.key.setText(new_key().secret)
    qtbot.keyClick(page.choice.key, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "tidak membuka cadangan ini" in page.problem.text())
    assert not bare.exists
    assert not list(bare.root.glob("gen-*"))
    page.choice.key.setText(secret)
    qtbot.keyClick(page.choice.key, Qt.Key.Key_Return)
    planned(qtbot, page)
    qtbot.keyClick(session.window, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.choice.table.isVisible)
    qtbot.keyClick(session.window, Qt.Key.Key_F12)
    planned(qtbot, page)
    qtbot.keyClick(session.window, Qt.Key.Key_F12)
    at_the_door(qtbot, session)
    assert bare.pointer.read_text() == "gen-000001\n"


def test_leaving_the_page_sets_up_as_before(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    bare = Place(tmp_path / "pc-baru", "test")
    session = start(bare)
    qtbot.waitUntil(lambda: session.setup is not None and session.setup.isVisible())
    qtbot.keyClick(session.window, Qt.Key.Key_F8)
    page_of(qtbot, session)
    qtbot.keyClick(session.window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: session.setup is not None and session.setup.isVisible())
    assert bare.exists


def enter(qtbot: QtBot, session: Session, role: Role) -> None:
    at_the_door(qtbot, session)
    page = session.sign_in
    assert page is not None
    names = [user.name for user in page.users]
    page.tiles.button(names.index(NAMES[role])).click()
    qtbot.keyClicks(page.secret, PASSWORD)
    qtbot.keyClick(page.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.shell is not None)


def test_a_running_office_goes_back_to_yesterday_and_repeats_no_number(
    qtbot: QtBot, start: Start, office: Office, place: Place, desk_of: DeskOf, secret: str,
    clock: SettableClock,
) -> None:  # fmt: skip
    back_up_now(desk_of(Role.ADMIN))
    registered(desk_of, nik=PEOPLE[1][0], nama=PEOPLE[1][1])
    office.close()
    before = events(place.current_database)
    session = start(place)
    enter(qtbot, session, Role.ADMIN)
    assert session.shell is not None
    for number, (_role, entry) in enumerate(session.shell.rail.spots):
        if entry.kind == "salinan":
            session.shell.go(number)
    screen = session.shell.screen_shown
    assert isinstance(screen, BackupScreen)
    screen.restore_button.click()
    qtbot.waitUntil(lambda: session.restoring is not None and session.restoring.active)
    page = page_of(qtbot, session)
    assert session.shell is None
    qtbot.waitUntil(lambda: page.chosen is not None)
    assert page.chosen is not None
    assert page.chosen.where == "Komputer ini"
    page.go()
    planned(qtbot, page)
    assert "peristiwa yang dicatat sesudah" in page.what.lacks.text()
    assert "nomor 3" in page.what.lacks.text()
    assert not page.what.admin.isVisible()  # he was signed in and proved himself
    type_number(page, "sktm/2026", "2")
    assert notes(page) == ["Yang diketahui 3; dipakai 3."]
    type_number(page, "sktm/2026", "3")
    assert notes(page) == []
    number_field(page, "sktm/2026").setText("99999")
    page.go()
    qtbot.waitUntil(lambda: not page.work.running)
    assert "99999" in " ".join(
        label.text() for label in page.findChildren(type(page.problem)) if label.isVisible()
    )
    number_field(page, "sktm/2026").setText("3")
    page.go()
    said = at_the_door(qtbot, session)
    assert "ditandai terpakai" in said
    assert len(generations(place)) == 2
    assert (place.root / "gen-000001" / MARK).is_file()
    assert events(place.root / "gen-000001" / "desk.db")[: len(before)] == before
    session.close()
    assert next_number(place, clock) == 4


def spoil_pointer(place: Place) -> None:
    place.pointer.write_text("???")


def lose_pointer(place: Place) -> None:
    (place.root / "gen-000001").rename(place.root / "gen-000002")
    place.pointer.unlink()


def lose_database(place: Place) -> None:
    place.current_database.unlink()


def spoil_database(place: Place) -> None:
    place.current_database.write_bytes(b"rusak " * 5000)


@pytest.mark.parametrize("damage", [spoil_pointer, lose_pointer, lose_database, spoil_database])
def test_data_that_cannot_be_opened_are_no_dead_end(
    qtbot: QtBot, start: Start, office: Office, place: Place, desk_of: DeskOf, secret: str,
    clock: SettableClock, damage: Callable[[Place], None],
) -> None:  # fmt: skip
    back_up_now(desk_of(Role.ADMIN))
    office.close()
    damage(place)
    kept = files_of(place.root)
    session = start(place)
    qtbot.waitUntil(
        lambda: session.sign_in is not None and session.sign_in.restore_button.isVisible()
    )
    assert session.sign_in is not None
    assert "dari cadangan" in session.sign_in.waiting.text()
    session.sign_in.restore_button.click()
    page = page_of(qtbot, session)
    qtbot.waitUntil(lambda: page.chosen is not None)
    page.go()
    planned(qtbot, page)
    assert page.what.admin.isVisible()  # nobody is signed in, and the backup is open
    page.go()
    qtbot.waitUntil(lambda: not page.work.running)
    assert "tidak cocok" in page.problem.text() or any(
        "tidak cocok" in label.text() for label in page.findChildren(type(page.problem))
    )
    page.what.admin.set_values({"username": "admin", "password": PASSWORD})
    page.go()
    at_the_door(qtbot, session)
    left = files_of(place.root)
    for name, digest in kept.items():
        if name.startswith("gen-"):
            assert left[name] == digest, name  # the damaged generation is kept
    session.close()
    assert next_number(place, clock) == 3


def test_lost_papers_are_told_and_must_be_accepted(
    qtbot: QtBot, start: Start, office: Office, desk_of: DeskOf, secret: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    disk = tmp_path / "cakram"
    disk.mkdir()
    back_up_to(desk_of(Role.ADMIN), disk / "cadangan-kecamatan-desk", encrypt=False)
    office.close()
    shutil.rmtree(disk / "cadangan-kecamatan-desk" / "blobs")
    monkeypatch.setattr(restore_page, "ask_folder", lambda _page: disk)
    bare = Place(tmp_path / "pc-baru", "test")
    session = start(bare)
    qtbot.waitUntil(lambda: session.setup is not None and session.setup.isVisible())
    qtbot.keyClick(session.window, Qt.Key.Key_F8)
    page = page_of(qtbot, session)
    page.folder_button.click()
    qtbot.waitUntil(lambda: page.chosen is not None)
    restoring = session.restoring
    assert restoring is not None
    for search in (restoring._look_by_itself, page.look_again):  # noqa: SLF001 - as every 5 s, and F5
        search()
        qtbot.waitUntil(lambda: not restoring._looking)  # noqa: SLF001
        assert page.chosen is not None, "the folder somebody named is searched again"
    page.go()
    planned(qtbot, page)
    assert "2 surat tidak ada dalam cadangan" in page.what.lacks.text()
    accept = page.findChild(QCheckBox, "accept-missing")
    assert isinstance(accept, QCheckBox)
    assert accept.isVisible()
    page.what.admin.set_values({"username": "admin", "password": PASSWORD})
    page.go()
    qtbot.waitUntil(lambda: "2 surat tidak ada" in page.problem.text())
    assert not bare.exists
    accept.setChecked(True)
    page.go()
    assert "2 surat tidak ada dalam cadangan" in at_the_door(qtbot, session)
