"""The clerk's day in the real frame, without a mouse: new request, draft, hand-over."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screens.drafts import DraftsScreen
from kecamatan_desk.ui.screens.handover import HandoverScreen
from kecamatan_desk.ui.screens.new_request import NewRequestScreen
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.usecases.worklist import work_list
from tests.ui.screen_tools import ContextOf, Printed, settled
from tests.walking import DeskOf, brought_to, filled


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    return Printed(monkeypatch)


@pytest.fixture
def shell(qtbot: QtBot, context_of: ContextOf, printed: Printed) -> Iterator[Shell]:
    """The frame of a clerk at the counter."""
    frame = Shell(context_of(Role.PELAYANAN))
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    with qtbot.waitExposed(frame):
        frame.show()
    yield frame
    if frame.screen_shown is not None:
        settled(qtbot, frame.screen_shown)


def _focus(shell: Shell) -> QWidget:
    """The widget the keys go to; the test platform does not always make windows active."""
    widget = shell.focusWidget()
    assert widget is not None
    return widget


def _enter(qtbot: QtBot, shell: Shell) -> None:
    qtbot.keyClick(_focus(shell), Qt.Key.Key_Return)


def _type(qtbot: QtBot, shell: Shell, text: str) -> None:
    qtbot.keyClicks(_focus(shell), text)


def _new(shell: Shell) -> NewRequestScreen:
    screen = shell.screen_shown
    assert isinstance(screen, NewRequestScreen)
    return screen


def test_a_request_is_taken_in_with_keys_alone(
    qtbot: QtBot, shell: Shell, desk_of: DeskOf, printed: Printed
) -> None:
    shell.press("F2")
    screen = _new(shell)
    qtbot.waitUntil(lambda: screen.finder.model.rowCount() == 19)
    _type(qtbot, shell, "catatan kepolisian")
    _enter(qtbot, shell)
    assert screen.form.service is not None
    values = filled(screen.form.service, "terima", nama="Dewi Sartika")
    form = screen.form.form
    for _ in form.shown:
        code = next(c for c in form.shown if form.field(c).isAncestorOf(_focus(shell)))
        value = values.get(code)
        if isinstance(value, str):
            day = "".join(reversed(value.split("-"))) if code.endswith("tanggal-lahir") else value
            _type(qtbot, shell, day)
        if code == form.shown[-1]:
            break
        _enter(qtbot, shell)
    assert form.missing() == ()
    screen.papers.take_focus()  # Ctrl+B
    _type(qtbot, shell, "111")
    shell.press("F12")
    qtbot.waitUntil(lambda: printed.kinds == ["tanda-terima"])

    assert [r.applicant for r in desk_of(Role.KASI).ask(work_list, Role.KASI, "masuk")] == [
        "Dewi Sartika"
    ]
    assert _focus(shell) is screen.finder.search


def test_a_draft_left_by_a_key_is_gone_on_with(qtbot: QtBot, shell: Shell, desk_of: DeskOf) -> None:
    shell.press("F2")
    screen = _new(shell)
    qtbot.waitUntil(lambda: screen.finder.model.rowCount() == 19)
    _type(qtbot, shell, "ktp")
    _enter(qtbot, shell)
    for _ in range(3):
        _enter(qtbot, shell)
    _type(qtbot, shell, "Asep Saepudin")
    shell.press("F2")
    qtbot.waitUntil(
        lambda: len(desk_of(Role.PELAYANAN).ask(work_list, Role.PELAYANAN, "draf")) == 1
    )
    shell.open_entry(Role.PELAYANAN, "draf")
    drafts = shell.screen_shown
    assert isinstance(drafts, DraftsScreen)
    qtbot.waitUntil(lambda: drafts.model.rowCount() == 1)
    drafts.table.setFocus()
    _enter(qtbot, shell)

    qtbot.waitUntil(lambda: shell.screen_shown is screen and screen.form.service is not None)
    assert screen.form.values() == {"nama": "Asep Saepudin"}


def test_a_scanned_file_is_handed_over(qtbot: QtBot, shell: Shell, desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "serahkan")
    shell.open_entry(Role.PELAYANAN, "siap")
    screen = shell.screen_shown
    assert isinstance(screen, HandoverScreen)
    shell.open_request(receipt.request_id)
    qtbot.waitUntil(lambda: screen.view is not None and screen.form.value("penerima") is not None)
    identity = screen.form.form.field("identitas").editor
    qtbot.waitUntil(lambda: _focus(shell) is identity)
    _type(qtbot, shell, "KTP")
    shell.press("F12")

    ready = (Role.PELAYANAN, "siap")
    qtbot.waitUntil(lambda: desk_of(Role.PELAYANAN).ask(work_list, *ready) == ())
