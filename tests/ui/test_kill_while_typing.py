"""kill -9 within a second after the last keystroke: the program comes back with text and cursor."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.__main__ import open_for_window
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.ui import style, theme
from kecamatan_desk.ui.session import Session
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.ui.style import Look
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from tests.builders import registered, taken_in
from tests.ui.killed_window import enter, focus, line_in_hand, settle, wait_until

_ROOT = Path(__file__).parents[2]
_ALIVE = 0.9  # s from the last keystroke to the kill

Killed = Callable[[Role, str], Shell]


@pytest.fixture
def killed(qtbot: QtBot, office: Office, place: Place, tmp_path: Path) -> Iterator[Killed]:
    """Type in a process of its own, kill it, start again here and sign in as the same user."""
    started: list[Session] = []

    def killed(role: Role, scene: str) -> Shell:
        office.close()
        type_and_die(place, role, scene)
        session = Session(place, Place(tmp_path / "latihan", "test"), open_for_window, 0.0)
        started.append(session)
        session.start()
        session.window.activateWindow()
        qtbot.waitUntil(session.window.isActiveWindow)
        shell = enter(session, role)
        wait_until(lambda: "Dilanjutkan" in shell.message_bar.words.text())
        settle(shell)
        return shell

    yield killed
    for session in started:
        session.close()
    style.use(Look(theme.LIGHT))


def type_and_die(place: Place, role: Role, scene: str, alive: float = _ALIVE) -> None:
    """Play a scene in a process of its own and kill it so many seconds after the last key."""
    command = (sys.executable, "-m", "tests.ui.killed_window", str(place.root), role.value, scene)
    quiet = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=_ROOT, env=quiet, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"typed\n"
        time.sleep(alive)
        process.send_signal(signal.SIGKILL)


def test_a_field_of_a_new_request(killed: Killed) -> None:
    shell = killed(Role.PELAYANAN, "field")

    screen = shell.screen_shown
    assert screen is not None
    assert screen.kind == "baru"
    line = line_in_hand(shell)
    assert (line.objectName(), line.text()) == ("field-kk", "Radenxy Kusuma")
    assert line.cursorPosition() == 7
    assert screen.form.values()["nik"] == "9901015404910001"  # type: ignore[attr-defined]


@pytest.mark.parametrize("scene", ["narrow", "astray"])
def test_a_request_that_got_no_file_code(
    killed: Killed, desk_of: Callable[[Role], Desk], scene: str
) -> None:
    """A disk nearly full, a clock in doubt: the first save is refused, the typing is kept."""
    taken_in(desk_of)

    shell = killed(Role.PELAYANAN, scene)

    screen = shell.screen_shown
    assert screen is not None
    assert screen.kind == "baru"
    line = line_in_hand(shell)
    assert (line.objectName(), line.text()) == ("field-nama", "Radenxy Kusuma")
    assert line.cursorPosition() == 7
    assert screen.form.values()["nik"] == "9901015404910001"  # type: ignore[attr-defined]
    assert [one.answer for one in screen.papers.answers()] == ["ada"]  # type: ignore[attr-defined]


def test_a_cell_that_was_never_left(killed: Killed) -> None:
    shell = killed(Role.PELAYANAN, "cell")

    line = line_in_hand(shell)
    assert line.text() == "Anak Ked"
    assert line.cursorPosition() == 8
    rows = line.parentWidget().parentWidget()
    assert rows.model().index(0, 0).data() == "Anak Pertama"  # type: ignore[union-attr]
    index = rows.currentIndex()  # type: ignore[union-attr]
    assert (index.row(), index.column()) == (1, 0)


def test_why_a_paper_is_missing(killed: Killed, desk_of: Callable[[Role], Desk]) -> None:
    receipt = taken_in(desk_of)

    shell = killed(Role.KASI, "reason")

    panel = shell.screen_shown.panel  # type: ignore[union-attr]
    assert panel.view.id == receipt.request_id
    answers = panel.checklist.answers_now()
    assert [answer.answer for answer in answers[:2]] == ["ada", "tidak-ada"]
    assert line_in_hand(shell).text() == "Belum ditandatangani lu"
    assert line_in_hand(shell).cursorPosition() == 23


def test_data_being_put_right(killed: Killed, desk_of: Callable[[Role], Desk]) -> None:
    taken_in(desk_of)

    shell = killed(Role.KASI, "correction")

    panel = shell.screen_shown.panel  # type: ignore[union-attr]
    assert panel.data.is_editing
    assert panel.data.reason.text() == "sesuai KTP"
    line = line_in_hand(shell)
    assert (line.objectName(), line.text()) == ("field-alamat", "Kampung Pasir Angin No. 7 RT 4")
    assert line.cursorPosition() == 30


def test_a_note_for_whom_it_goes_back_to(killed: Killed, desk_of: Callable[[Role], Desk]) -> None:
    registered(desk_of)

    shell = killed(Role.SEKCAM, "note")

    assert line_in_hand(shell).objectName() == "drawer-text"
    assert line_in_hand(shell).text() == "Tanggal lahir tid"


def test_the_text_of_a_letter(killed: Killed) -> None:
    shell = killed(Role.ADMIN, "letter")

    editor = shell.screen_shown.editor  # type: ignore[union-attr]
    assert focus(shell) is editor
    assert editor.toPlainText().startswith("Kalimat baru yang panjang sekali. ")
    assert editor.textCursor().position() == 34
    assert shell.screen_shown.dirty  # type: ignore[union-attr]
