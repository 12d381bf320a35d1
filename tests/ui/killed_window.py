"""A window in a process of its own that types and waits to be killed: see test_kill_while_typing.

    python -m tests.ui.killed_window <data> <role> <scene>

It says ``typed`` right after the last keystroke, and saves nothing but what the program saves.
"""

import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from kecamatan_desk.__main__ import open_for_window
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.ui.app import dress
from kecamatan_desk.ui.field_rows import RowsField
from kecamatan_desk.ui.returning import PLACE
from kecamatan_desk.ui.session import Session
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.usecases import jobs
from tests.builders import NAMES, PASSWORD, PIN

_PATIENCE = 30.0  # s


def wait_until(true: Callable[[], object]) -> None:
    """Let the window work until something holds."""
    end = time.monotonic() + _PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        QCoreApplication.processEvents()
        time.sleep(0.005)


def enter(session: Session, role: Role) -> Shell:
    """Sign in as the user of a role; give the frame once all it asked for has come."""
    wait_until(lambda: session.sign_in is not None and bool(session.sign_in.users))
    page = session.sign_in
    assert page is not None
    names = [user.name for user in page.users]
    page.tiles.button(names.index(NAMES[role])).click()
    if page.pad.isVisible():
        QTest.keyClicks(page.secret, PIN)
    else:
        QTest.keyClicks(page.secret, PASSWORD)
        QTest.keyClick(page.secret, Qt.Key.Key_Return)
    wait_until(lambda: session.shell is not None)
    shell = session.shell
    assert shell is not None
    settle(shell)
    return shell


def settle(shell: Shell) -> None:
    """Wait until everything asked for has been answered, and nothing follows from it."""
    calm = 0
    while calm < 5:
        wait_until(lambda: shell.context.background.idle)
        QCoreApplication.processEvents()
        calm = calm + 1 if shell.context.background.idle else 0
        time.sleep(0.01)


def go(shell: Shell, kind: str) -> None:
    """Go to an entry of the rail."""
    shell.open_entry(None, kind)
    settle(shell)


def keys(shell: Shell, text: str) -> None:
    """Type where the keyboard is."""
    QTest.keyClicks(focus(shell), text)


def press(shell: Shell, key: Qt.Key) -> None:
    QTest.keyClick(focus(shell), key)


def focus(shell: Shell) -> QWidget:
    """Give the widget with the keyboard."""
    found = shell.window().focusWidget()
    assert found is not None
    return found


def _choose(shell: Shell, service: str) -> None:
    go(shell, "baru")
    shell.screen_shown.choose(service)  # type: ignore[union-attr]
    settle(shell)


# What is typed in each scene


def field(shell: Shell) -> None:
    """Half a name, the cursor put back into its middle, two letters more."""
    _choose(shell, "sktm")
    keys(shell, "9901015404910001")
    press(shell, Qt.Key.Key_Return)
    keys(shell, "Raden Kusuma")
    for _ in range(7):
        press(shell, Qt.Key.Key_Left)
    keys(shell, "xy")


def cell(shell: Shell) -> None:
    """The second row of a table, the cell still open."""
    _choose(shell, "ahli-waris")
    keys(shell, "9901015404910001")
    form = shell.screen_shown.form.form  # type: ignore[union-attr]
    rows = next(form.field(code) for code in form.shown if isinstance(form.field(code), RowsField))
    rows.editor.setFocus()
    model = rows.editor.model()
    rows.editor.setCurrentIndex(model.index(0, 0))
    QTest.keyClicks(focus(shell), "Anak Pertama")
    press(shell, Qt.Key.Key_Return)
    wait_until(lambda: model.rowCount() == 2)
    rows.editor.setCurrentIndex(model.index(1, 0))
    keys(shell, "Anak Ked")


def begun(shell: Shell) -> None:
    """Half a NIK and nothing else: no draft is worth a file code yet."""
    _choose(shell, "sktm")
    keys(shell, "99010154")


def narrow(shell: Shell) -> None:
    """A whole name on a disk so full that no file code is given."""
    shell.context.background.desk.room = _nearly_full
    _refused(shell)


def astray(shell: Shell) -> None:
    """The same where the clock jumps years back after a number: none is given by a doubted one."""
    _choose(shell, "sktm")
    keys(shell, "9901015404910009")
    screen = shell.screen_shown
    wait_until(lambda: screen.keeper.stored is not None)  # type: ignore[union-attr]
    shell.press("F2")
    settle(shell)
    shell.context.background.desk.clock = _long_ago
    _refused(shell)


def _refused(shell: Shell) -> None:
    _choose(shell, "sktm")
    screen = shell.screen_shown
    keys(shell, "9901015404910001")
    press(shell, Qt.Key.Key_Return)
    screen.papers.take_focus()  # type: ignore[union-attr]
    keys(shell, "1")
    screen.form.form.focus("nama")  # type: ignore[union-attr]
    keys(shell, "Raden Kusuma")
    for _ in range(7):
        press(shell, Qt.Key.Key_Left)
    keys(shell, "xy")
    wait_until(lambda: not screen.keeper.on_disk)  # type: ignore[union-attr]


def _nearly_full() -> int:
    return 100 << 20


def _long_ago() -> datetime:
    return datetime(2020, 1, 1, tzinfo=UTC)


def reason(shell: Shell) -> None:
    """The first paper is there, the second is not: why, half written in its row."""
    go(shell, "masuk")
    checklist = shell.screen_shown.panel.checklist  # type: ignore[union-attr]
    checklist.setFocus()
    checklist.selectionModel().setCurrentIndex(
        checklist.lines.index(0, 1),
        checklist.selectionModel().SelectionFlag.ClearAndSelect,
    )
    keys(shell, "1")
    keys(shell, "2")
    keys(shell, "Belum ditandatangani lu")


def correction(shell: Shell) -> None:
    """*Perbaiki data*: the address, half put right."""
    go(shell, "masuk")
    panel = shell.screen_shown.panel  # type: ignore[union-attr]
    panel.show_page("data")
    panel.data.open_form()
    panel.data.reason.setFocus()
    keys(shell, "sesuai KTP")
    panel.data.form.focus("alamat")
    press(shell, Qt.Key.Key_End)
    keys(shell, " RT 4")


def note(shell: Shell) -> None:
    """Kembalikan untuk diperbaiki: what is to be mended, half written."""
    go(shell, "tanda-tangan")
    shell.screen_shown.ask_back()  # type: ignore[union-attr]
    text = shell.screen_shown.drawer.text  # type: ignore[union-attr]
    text.setFocus()
    keys(shell, "Tanggal lahir tid")


def letter(shell: Shell) -> None:
    """The text of a letter: a long sentence at its very beginning."""
    go(shell, "naskah")
    editor = shell.screen_shown.editor  # type: ignore[union-attr]
    wait_until(editor.isEnabled)
    editor.setFocus()
    keys(shell, "Kalimat baru yang panjang sekali. ")


def numbered(shell: Shell) -> None:
    """F12 at Register: the number is committed, and the end comes before the letter is drawn."""
    jobs.complete_documents = _never  # type: ignore[assignment]
    go(shell, "masuk")
    screen = shell.screen_shown
    wait_until(lambda: screen.bar.deed_button.isEnabled())  # type: ignore[union-attr]
    wait_until(lambda: shell.context.pad.holds(PLACE))
    shell.press("F12")
    wait_until(drawing.is_set)


def signed(shell: Shell) -> None:
    """F12 at the signing round: the letter is signed, and the next one is on screen already."""
    go(shell, "tanda-tangan")
    screen = shell.screen_shown
    wait_until(lambda: screen.bar.deed_button.isEnabled())  # type: ignore[union-attr]
    wait_until(lambda: shell.context.pad.holds(PLACE))
    before = screen.view.id  # type: ignore[union-attr]
    shell.press("F12")
    wait_until(lambda: "ditandatangani" in _said(shell))
    wait_until(lambda: screen.view is not None and screen.view.id != before)  # type: ignore[union-attr]
    wait_until(lambda: _request_kept(shell) not in (None, before))


def _said(shell: Shell) -> str:
    return shell.message_bar.words.text()


def _request_kept(shell: Shell) -> int | None:
    """Give the request that a restart would go back to, once that is on disk."""
    if not shell.context.pad.holds(PLACE):
        return None
    hand = (shell.context.pad.get(PLACE) or {}).get("hand") or {}
    return hand.get("request")


drawing = threading.Event()


def _never(*_asked: object) -> None:
    drawing.set()
    time.sleep(60)


SHOWN = (field, cell, begun, narrow, astray, reason, correction, note, letter, numbered, signed)
SCENES = {one.__name__: one for one in SHOWN}


def main() -> None:
    """Type, say so, and go on working until the end comes from outside."""
    data, role, scene = sys.argv[1:4]
    app = QApplication(sys.argv[:1])
    dress(app, 1.0)
    place = Place(Path(data), "test")
    session = Session(place, Place(place.root.parent / "latihan", "test"), open_for_window, 0.0)
    session.start()
    session.window.activateWindow()
    shell = enter(session, Role(role))
    SCENES[scene](shell)
    sys.stdout.write("typed\n")
    sys.stdout.flush()
    app.exec()


def line_in_hand(shell: Shell) -> QLineEdit:
    """Give the line with the keyboard."""
    found = focus(shell)
    assert isinstance(found, QLineEdit)
    return found


if __name__ == "__main__":
    main()
