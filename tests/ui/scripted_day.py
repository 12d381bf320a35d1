"""A day in the real window, from the door to the hand-over, by the keys people press.

`Day` leads the tests of the window's thread and the benchmark of its stalls. It needs an office
with one user for every role (see tests.builders) and prints to files.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import Screen
from kecamatan_desk.ui.screens.handover import HandoverScreen
from kecamatan_desk.ui.screens.new_request import NewRequestScreen
from kecamatan_desk.ui.screens.register_desk import RegisterScreen
from kecamatan_desk.ui.screens.signing import SigningScreen
from kecamatan_desk.ui.screens.workplace import WorkplaceScreen
from kecamatan_desk.ui.session import Session
from kecamatan_desk.ui.shell import Shell
from tests.builders import NAMES, PASSWORD, SKTM

PRINTER = "Berkas"
_LONGEST = 20.0  # s a step may take on a busy machine
S = TypeVar("S", bound=Screen)


def until(what: Callable[[], object]) -> None:
    """Let the window live until something holds; TimeoutError when it never does."""
    end = monotonic() + _LONGEST
    while not what():
        if monotonic() > end:
            raise TimeoutError(getattr(what, "__name__", "step"))
        QTest.qWait(5)


class Day:
    """Works through SKTM requests. ``step`` names what is being done, for measurements."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.session, self.folder = session, folder
        self.step = ""

    def printer(self, name: str) -> QPrinter:
        """Give a printer that writes a file; runs on the worker."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.folder / f"{name}.pdf"))
        printer.setResolution(300)
        return printer

    def run(self) -> None:
        """Take one request from the counter to its end, looking at every list on the way."""
        self._sign_in(Role.PELAYANAN)
        self._look_round()
        self._take_in()
        self._sign_in(Role.KASI)
        self._look_round()
        self._check()
        self._sign_in(Role.REGISTER)
        self._look_round()
        self._register()
        self._sign_in(Role.SEKCAM)
        self._look_round()
        self._sign()
        self._sign_in(Role.PELAYANAN)
        self._hand_over()
        self._sign_in(Role.ADMIN)
        self._look_round()

    @property
    def shell(self) -> Shell:
        """The frame of who is signed in."""
        assert self.session.shell is not None
        return self.session.shell

    def _screen(self, kind: str, cls: type[S]) -> S:
        self.shell.open_entry(None, kind)
        screen = self.shell.screen_shown
        assert isinstance(screen, cls)
        return screen

    def _settled(self) -> None:
        """Wait until the worker has answered, also what its answers asked for."""
        for _ in range(4):
            answers: list[str] = []
            self.shell.context.background.run(answers.append, str)
            until(answers.__len__)
        QTest.qWait(20)

    def _sign_in(self, role: Role) -> None:
        self.step = f"signing in as {role.value}"
        session = self.session
        if session.shell is not None:
            session.shell.press("Ctrl+L")
        until(lambda: session.sign_in is not None and session.sign_in.users)
        page = session.sign_in
        assert page is not None
        names = [user.name for user in page.users]
        page.tiles.button(names.index(NAMES[role])).click()
        if page.pad.isVisible():
            page.other_way.click()
        QTest.keyClicks(page.secret, PASSWORD)
        QTest.keyClick(page.secret, Qt.Key.Key_Return)
        until(lambda: session.shell is not None and session.shell.context.user.name == NAMES[role])
        until(lambda: self.shell.isVisible())
        self._settled()

    def _look_round(self) -> None:
        for place, (_role, entry) in enumerate(self.shell.rail.spots):
            self.step = f"opening {entry.title}"
            self.shell.go(place)
            self._settled()
        self.step = "reading help"
        self.shell.press("F1")
        QTest.qWait(20)
        self.shell.press("F1")

    def _keys(self, text: str) -> None:
        QTest.keyClicks(self._focus(), text)

    def _focus(self) -> QWidget:
        widget = self.shell.focusWidget()
        assert widget is not None
        return widget

    def _take_in(self) -> None:
        self.step = "choosing a service"
        self.shell.press("F2")
        screen = self._screen("baru", NewRequestScreen)
        until(screen.finder.model.rowCount)
        screen.finder.search.setFocus()
        self._keys("tidak mampu")
        QTest.keyClick(self._focus(), Qt.Key.Key_Return)
        until(lambda: screen.form.service is not None)
        self.step = "typing a request"
        form = screen.form.form
        for code in form.shown:
            if code in SKTM:
                form.focus(code)
                form.field(code).set_value(SKTM[code])
                form.field(code).edited.emit(code)
                QTest.keyClick(self._focus(), Qt.Key.Key_Return)
                QTest.qWait(10)
        until(lambda: screen.keeper is not None and not screen.keeper.dirty)
        self.step = "taking it in and printing the receipt"
        self._print(lambda: self.shell.press("F12"))
        until(lambda: screen.received.receipt is not None)

    def _print(self, deed: Callable[[], object]) -> None:
        file = self.folder / f"{PRINTER}.pdf"
        file.unlink(missing_ok=True)
        deed()
        until(lambda: file.exists() and file.stat().st_size)
        self._settled()

    def _check(self) -> None:
        self.step = "checking the papers"
        screen = self._screen("masuk", WorkplaceScreen)
        self._settled()
        until(lambda: screen.view is not None)
        checklist = screen.panel.checklist
        checklist.setFocus()
        while checklist.unanswered():
            QTest.keyClicks(checklist, "1")
        self._settled()
        self.step = "passing the check"
        self.shell.press("F12")
        until(lambda: screen.right.currentWidget() is screen.given)
        self._settled()

    def _register(self) -> None:
        self.step = "giving the agenda number"
        screen = self._screen("masuk", RegisterScreen)
        self._settled()
        until(lambda: screen.view is not None)
        self.shell.press("F12")
        until(lambda: screen.right.currentWidget() is screen.given)
        self._settled()

    def _sign(self) -> None:
        self.step = "reading and signing the letter"
        screen = self._screen("tanda-tangan", SigningScreen)
        until(lambda: screen.view is not None and screen.letter.pages.pdf)
        self._settled()
        self.step = "printing the letter"
        self._print(lambda: self.shell.press("F7"))
        self.step = "signing the letter"
        self.shell.press("F12")
        until(lambda: screen.view is None)
        self._settled()

    def _hand_over(self) -> None:
        self.step = "handing over"
        screen = self._screen("siap", HandoverScreen)
        until(lambda: screen.view is not None and screen.form.form is not None)
        self._settled()
        form = screen.form.form
        assert form is not None
        form.field("identitas").set_value("KTP-el")
        form.field("identitas").edited.emit("identitas")
        self.shell.press("F12")
        until(lambda: screen.view is None)
        self._settled()
