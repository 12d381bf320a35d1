"""What the door says of data that are older, newer or another program's; what it waits for."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from threading import Thread

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.__main__ import open_for_window
from kecamatan_desk.bootstrap import held
from kecamatan_desk.paths import Place
from kecamatan_desk.ui.opening import Closing
from kecamatan_desk.ui.session import Session
from kecamatan_desk.ui.sign_in import SignInPage
from kecamatan_desk.usecases.entrance import Office
from tests.reliability.backup_tools import files_of

Start = Callable[[Place], Session]
SCHEMAS = Path(__file__).parents[1] / "fixtures" / "schemas"


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Start]:
    """Start the window of a place."""
    started: list[Session] = []

    def start(place: Place) -> Session:
        session = Session(place, Place(tmp_path / "p", "test"), open_for_window, 0.0, holder=held)
        started.append(session)
        session.start()
        return session

    yield start
    for session in started:
        session.close()


def newer(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE alembic_version SET version_num = '9999'")


def foreign(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA application_id = 77")


@pytest.mark.parametrize(
    ("change", "words"),
    [(newer, "Kecamatan Desk yang lebih baru"), (foreign, "milik program lain")],
)
def test_newer_and_foreign_files_are_refused_in_plain_words(
    qtbot: QtBot,
    start: Start,
    office: Office,
    place: Place,
    change: Callable[[sqlite3.Connection], None],
    words: str,
) -> None:
    office.close()
    connection = sqlite3.connect(place.current_database)
    with connection:
        change(connection)
    connection.close()
    before = files_of(place.root)
    session = start(place)
    page = session.sign_in
    assert page is not None
    qtbot.waitUntil(lambda: words in page.waiting.text())
    assert "tidak diubah" in page.waiting.text() or "Tidak ada yang diubah" in page.waiting.text()
    assert not page.restore_button.isVisible()  # an older backup would be a step back
    assert {k: v for k, v in files_of(place.root).items() if k in before} == before


def test_an_older_office_is_upgraded_before_ones_eyes(
    qtbot: QtBot, start: Start, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.unpack_archive(SCHEMAS / "0001.zip", place.root)
    assert place.pointer.read_text() == "gen-000001\n"
    told: list[str] = []
    show = SignInPage.show_waiting

    def note(page: SignInPage, message: str) -> None:
        told.append(message)
        show(page, message)

    monkeypatch.setattr(SignInPage, "show_waiting", note)
    session = start(place)
    qtbot.waitUntil(
        lambda: session.sign_in is not None and bool(session.sign_in.users), timeout=30_000
    )
    steps = [one for one in told if "salinannya dibuat dahulu …" in one]
    assert len(steps) > 2
    assert steps[-1].endswith("100 %")
    assert place.pointer.read_text() == "gen-000002\n"
    assert len(list((place.backups / "sets").glob("*.kdb"))) == 1


def test_an_office_is_closed_only_when_the_papers_are_done() -> None:
    papers: Future[None] = Future()
    closed: list[str] = []

    class Opened:
        def close(self) -> None:
            closed.append("closed")

    worker = Thread(target=Closing(Opened(), papers))  # type: ignore[arg-type]
    worker.start()
    worker.join(0.05)
    assert closed == []
    papers.set_result(None)
    worker.join(5)
    assert closed == ["closed"]
