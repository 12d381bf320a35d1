"""The window's thread touches no database, no PDF and no disk, all day long."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pypdfium2
import pytest
import sqlalchemy
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from kecamatan_desk.__main__ import open_for_window
from kecamatan_desk.paths import Place
from kecamatan_desk.ui import printing
from kecamatan_desk.ui.dialogs import print_dialog
from kecamatan_desk.ui.dialogs.print_dialog import PrintChoice
from kecamatan_desk.ui.printing import Printing
from kecamatan_desk.ui.session import Session
from kecamatan_desk.usecases.entrance import Office
from tests.ui.scripted_day import PRINTER, Day

_PROGRAM = str(Path(printing.__file__).parents[1])
_DISK = {"open", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir", "shutil.rmtree"}


class Guard:
    """Notes what the main thread does that belongs to a worker, and from where."""

    def __init__(self) -> None:
        self.on = False
        self.found: set[str] = set()

    def note(self, what: str) -> None:
        """Note a deed of the main thread, when the program itself asked for it."""
        if not self.on or threading.current_thread() is not threading.main_thread():
            return
        where = ""
        frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 (reads no file, unlike traceback)
        while frame is not None:
            name = frame.f_code.co_filename
            if "importlib" in name or "shibokensupport" in name:
                return  # a screen's code is loaded when it is first opened
            if not where and name.startswith(_PROGRAM):
                where = f"{Path(name).name}:{frame.f_lineno} {frame.f_code.co_name}"
            frame = frame.f_back
        if where:
            self.found.add(f"{what} at {where}")

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take an audit event of Python: files, folders, SQLite."""
        if self.on and (event in _DISK or event.startswith("sqlite3.")):
            self.note(f"{event} {arguments[0] if arguments else ''}")

    def wrapped(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Give a function that notes its calls."""

        def call(*args: Any, **kwargs: Any) -> Any:
            self.note(name)
            return function(*args, **kwargs)

        return call


GUARD = Guard()
sys.addaudithook(GUARD.hear)  # stays for ever, and is deaf until a test turns the guard on


@pytest.fixture
def guard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Guard]:
    """A guard over the main thread."""
    for owner, name in (
        (sqlalchemy.Engine, "connect"),
        (sqlalchemy.Connection, "execute"),
        (pypdfium2.PdfDocument, "__init__"),
        (Canvas, "__init__"),
        (Path, "stat"),
    ):
        label = f"{owner.__name__}.{name}"
        monkeypatch.setattr(owner, name, GUARD.wrapped(label, getattr(owner, name)))
    GUARD.found.clear()
    yield GUARD
    GUARD.on = False


def test_the_guard_hears_what_it_should(guard: Guard, place: Place, office: Office) -> None:
    guard.on = True

    office.users()

    assert any("Connection.execute" in what for what in guard.found)


def test_a_day_at_the_window_touches_nothing_a_worker_should(
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    guard: Guard,
    office: Office,
    place: Place,
    tmp_path: Path,
) -> None:
    office.close()
    monkeypatch.setattr(print_dialog, "ask", lambda *_question: PrintChoice(PRINTER))
    session = Session(place, Place(tmp_path / "latihan", "test"), open_for_window, 0.0)
    day = Day(session, tmp_path)
    defaults = (lambda: [PRINTER], day.printer)
    monkeypatch.setattr(Printing.__init__, "__defaults__", defaults)
    session.start()
    guard.on = True

    day.run()
    guard.on = False
    session.close()

    assert guard.found == set()
