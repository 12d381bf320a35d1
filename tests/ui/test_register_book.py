"""Buku Register: as it prints, void struck; drawn on the second worker with progress and a stop."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import UserRecord
from kecamatan_desk.ui.background import Progress
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screens import book, book_preview
from kecamatan_desk.ui.screens.book import RegisterBookScreen, draw_book
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.engine import Status
from tests.builders import SettableClock, op
from tests.ui.screen_tools import ContextOf, Heard, Printed, fits, press, settled, shown
from tests.walking import DeskOf, brought_to, seen

Made = Callable[..., RegisterBookScreen]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    return Printed(monkeypatch)


@pytest.fixture
def make(qtbot: QtBot, context_of: ContextOf, printed: Printed) -> Iterator[Made]:
    """Make the screen with the book of a service open."""
    made: list[RegisterBookScreen] = []

    def make(service: str | None = "sktm", role: Role = Role.REGISTER) -> RegisterBookScreen:
        screen = RegisterBookScreen(context_of(role), role, "buku")
        made.append(screen)
        shown(qtbot, screen)
        qtbot.waitUntil(lambda: screen.services.count() == 21)
        screen.services.setCurrentIndex(screen.services.findData(service))
        settled(qtbot, screen)
        return screen

    yield make
    for screen in made:
        settled(qtbot, screen)


def lines(screen: RegisterBookScreen) -> list[tuple[str, str]]:
    rows = screen.book.records.records
    return [(row.cells[0], row.mark) for row in rows if row.line is not None]


def choose(screen: RegisterBookScreen, number: str) -> None:
    rows = screen.book.records.records
    place = next(n for n, row in enumerate(rows) if row.line and row.cells[0] == number)
    screen.book.setCurrentIndex(screen.book.records.index(place, 0))


def test_book_year_and_month_are_chosen(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    brought_to(desk_of, "ktp", "tanda-tangan")
    clock.advance(days=30)
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    assert lines(screen) == [("1", ""), ("2", "")]
    screen.months.setCurrentIndex(6)
    qtbot.waitUntil(lambda: lines(screen) == [("2", "")])
    screen.months.setCurrentIndex(0)
    screen.services.setCurrentIndex(0)
    qtbot.waitUntil(lambda: len(lines(screen)) == 3)
    screen.years.setCurrentIndex(1)
    qtbot.waitUntil(lambda: lines(screen) == [])

    assert screen.services.itemText(0).endswith(", 0")
    assert fits(screen)


def test_a_number_is_voided_with_a_reason_after_asking(
    qtbot: QtBot, make: Made, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan", nama="Dewi")
    screen = make()
    heard = Heard(screen.context)
    asked: list[str] = []

    def ask(_parent: object, _title: str, text: str, _yes: str, _no: str = "") -> bool:
        asked.append(text)
        return len(asked) > 1

    monkeypatch.setattr(confirm, "ask", ask)
    choose(screen, "1")
    press(screen, "F6")
    press(screen, "F12")
    assert asked == []  # no reason, no question
    qtbot.keyClicks(screen.drawer.text, "salah nama")
    press(screen, "F12")
    assert "Dewi" in asked[0]
    assert desk_of(Role.REGISTER).ask(request_view, receipt.request_id).status is Status.RUNNING
    press(screen, "F12")
    qtbot.waitUntil(lambda: lines(screen) == [("1", "void")])

    assert heard.said == ["Nomor 1 batal; barisnya tetap ada, dicoret."]
    choose(screen, "1")
    assert "F6" not in screen.deeds()


def test_only_the_register_officer_voids(make: Made, desk_of: DeskOf) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make(role=Role.PELAYANAN)
    choose(screen, "1")

    assert "F6" not in screen.deeds()


def test_f7_draws_previews_prints_and_saves(
    qtbot: QtBot,
    make: Made,
    desk_of: DeskOf,
    printed: Printed,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    press(screen, "F7")
    qtbot.waitUntil(lambda: screen.pages.currentWidget() is screen.preview)
    qtbot.waitUntil(lambda: bool(screen.preview.pages.pdf))
    press(screen, "F7")
    assert printed.kinds == ["buku"]
    folder = tmp_path / "buku"
    folder.mkdir()
    monkeypatch.setattr(book_preview, "ask_folder", lambda _parent, _volumes: folder)
    press(screen, "Ctrl+S")
    qtbot.waitUntil(lambda: bool(heard.said))

    (saved,) = folder.iterdir()
    assert saved.read_bytes() == screen.preview.pages.pdf
    assert saved.name == "Buku Register sktm 2026.pdf"
    qtbot.keyClick(screen.preview, Qt.Key.Key_Escape)
    assert screen.pages.currentIndex() == 0


def test_a_folder_that_refuses_is_named(
    qtbot: QtBot,
    make: Made,
    desk_of: DeskOf,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    press(screen, "F7")
    qtbot.waitUntil(lambda: bool(screen.preview.pages.pdf))
    gone = tmp_path / "tidak-ada"
    monkeypatch.setattr(book_preview, "ask_folder", lambda _parent, _volumes: gone)
    press(screen, "Ctrl+S")
    qtbot.waitUntil(lambda: bool(heard.complained))

    assert str(gone) in heard.complained[0]


def test_drawing_is_stopped_and_leaves_nothing(
    qtbot: QtBot, make: Made, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    real, pressed = book.print_book, Event()

    def slowly(desk: Desk, *args: object) -> object:
        """Begin only once the clerk has pressed Esc."""
        assert pressed.wait(5)
        return real(desk, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(book, "print_book", slowly)
    press(screen, "F7")
    assert not screen.print_button.isEnabled()
    assert screen.bar.isVisible()
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    pressed.set()
    qtbot.waitUntil(lambda: bool(heard.said))

    assert heard.said == ["Pencetakan buku dihentikan. Tidak ada yang berubah."]
    assert screen.pages.currentIndex() == 0
    assert screen.print_button.isEnabled()


def test_a_stopped_book_leaves_no_file(desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    folders: list[Path] = []
    real = book.print_book

    def noting(desk: Desk, *args: object) -> object:
        folders.append(Path(str(args[2])).parent)
        return real(desk, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(book, "print_book", noting)
    stopped = Progress()
    stopped.stop()

    assert draw_book(desk_of(Role.REGISTER), "sktm", 2026, None, stopped) is None
    assert not folders[0].exists()


def test_a_refusal_is_said_and_the_screen_goes_on(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    desk_of(Role.REGISTER).call(processing.cancel, op(), seen(receipt), "salah")
    clock.advance(days=365)  # last year's book is closed by the Camat, if there is one
    screen.background.desk.call(_retire_camat)
    press(screen, "F7")
    qtbot.waitUntil(lambda: bool(heard.complained))

    assert "Camat" in heard.complained[0]
    assert screen.print_button.isEnabled()


def _retire_camat(work: UnitOfWork) -> None:
    statement = update(UserRecord).where(UserRecord.username == "camat").values(active=False)
    work.session.execute(statement)
