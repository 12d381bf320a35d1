"""Permohonan Baru: the papers are scanned while the citizen stands there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screens.intake_parts import SCANS
from kecamatan_desk.ui.screens.new_request import NewRequestScreen
from kecamatan_desk.usecases.attachments import attachments
from kecamatan_desk.usecases.intake import discard_draft
from tests.builders import op
from tests.ui.screen_tools import ContextOf, Heard, Printed, fits, press, settled, shown
from tests.walking import filled

TURN = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(
    qtbot: QtBot, context_of: ContextOf, monkeypatch: pytest.MonkeyPatch
) -> Iterator[NewRequestScreen]:
    Printed(monkeypatch)
    made = NewRequestScreen(context_of(Role.PELAYANAN), Role.PELAYANAN, "baru")
    shown(qtbot, made)
    settled(qtbot, made)
    made.choose("sktm")
    yield made
    settled(qtbot, made)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "ktp.png"
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    assert image.save(str(path))
    return path


def begin(qtbot: QtBot, screen: NewRequestScreen) -> int:
    """Type what is asked; give the draft's id once it has a file code."""
    assert screen.form.service is not None
    screen.form.form.set_values(filled(screen.form.service, "terima"))
    screen.form.edited.emit()
    qtbot.waitUntil(lambda: screen.keeper is not None and screen.keeper.stored is not None)
    settled(qtbot, screen)
    assert screen.keeper is not None
    assert screen.keeper.stored is not None
    return screen.keeper.stored.id


def labels(screen: NewRequestScreen, request_id: int) -> list[tuple[str, str]]:
    found = screen.background.desk.ask(attachments, request_id)
    return [(one.label, one.paper) for one in found]


def turn(qtbot: QtBot, screen: NewRequestScreen) -> None:
    focus = screen.window().focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_PageDown, TURN)


def test_before_the_file_code_nothing_can_be_added_and_the_page_says_why(
    qtbot: QtBot, screen: NewRequestScreen
) -> None:
    turn(qtbot, screen)

    assert screen.parts.at_scans
    assert not screen.parts.scans.add_button.isEnabled()
    qtbot.waitUntil(screen.parts.scans.isVisible)
    turn(qtbot, screen)
    assert not screen.parts.at_scans
    assert screen.form.form.isAncestorOf(screen.window().focusWidget())


def test_who_turns_back_to_half_a_word_goes_on_with_it(
    qtbot: QtBot, screen: NewRequestScreen
) -> None:
    line = screen.window().focusWidget()
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "9901")
    turn(qtbot, screen)
    turn(qtbot, screen)
    qtbot.waitUntil(line.hasFocus)
    assert line.text().endswith("9901")
    assert not line.hasSelectedText()
    assert line.cursorPosition() == len(line.text())


def test_a_scan_is_added_by_keyboard_and_named_by_its_paper(
    qtbot: QtBot, screen: NewRequestScreen, picture: Path
) -> None:
    request_id = begin(qtbot, screen)
    screen.form.form.focus("nama")
    turn(qtbot, screen)
    scans = screen.parts.scans
    assert screen.window().focusWidget() is scans.add_button
    assert scans.papers.count() == 1 + len(screen.papers.named())
    scans.papers.setCurrentIndex(1)
    scans.add_paths([picture])
    qtbot.waitUntil(lambda: bool(labels(screen, request_id)))
    settled(qtbot, screen)

    assert labels(screen, request_id) == [("ktp.png", scans.papers.itemText(1))]
    qtbot.waitUntil(lambda: screen.parts.tabs.tabText(SCANS) == "Lampiran  1")
    turn(qtbot, screen)
    assert screen.form.last_focus().objectName() == "field-nama"
    assert fits(screen)


def test_f12_takes_in_from_the_scans_too_and_what_still_waits_is_added(
    qtbot: QtBot, screen: NewRequestScreen, picture: Path
) -> None:
    request_id = begin(qtbot, screen)
    turn_to = screen.parts.turn_on
    turn_to()
    screen.parts.scans.add_paths([picture, picture, picture])
    press(screen, "F12")
    qtbot.waitUntil(lambda: screen.received.receipt is not None)

    assert screen.form.service is None
    qtbot.waitUntil(lambda: len(labels(screen, request_id)) == 3)
    settled(qtbot, screen)


def test_what_is_missing_is_shown_at_the_fields(qtbot: QtBot, screen: NewRequestScreen) -> None:
    begin(qtbot, screen)
    heard = Heard(screen.context)
    screen.form.form.set_values({"nama": None})
    screen.form.edited.emit()
    screen.parts.turn_on()
    press(screen, "F12")

    assert "belum diisi" in heard.complained[-1]
    assert not screen.parts.at_scans


def test_the_next_request_begins_with_its_fields_and_no_scans(
    qtbot: QtBot, screen: NewRequestScreen, picture: Path
) -> None:
    request_id = begin(qtbot, screen)
    screen.parts.turn_on()
    screen.parts.scans.add_paths([picture])
    qtbot.waitUntil(lambda: bool(labels(screen, request_id)))
    settled(qtbot, screen)
    press(screen, "F2")
    settled(qtbot, screen)
    screen.choose("sktm")

    assert not screen.parts.at_scans
    assert screen.parts.tabs.tabText(SCANS) == "Lampiran"
    assert screen.parts.scans.model.rowCount() == 0
    assert not screen.parts.scans.add_button.isEnabled()


def test_a_file_dropped_on_the_form_is_added(
    qtbot: QtBot, screen: NewRequestScreen, picture: Path
) -> None:
    request_id = begin(qtbot, screen)
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(picture))])
    event = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        held,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    screen.parts.dropEvent(event)
    qtbot.waitUntil(lambda: bool(labels(screen, request_id)))

    assert screen.parts.at_scans


def test_scans_of_a_draft_that_is_thrown_away_go_with_it(
    qtbot: QtBot, screen: NewRequestScreen, picture: Path
) -> None:
    request_id = begin(qtbot, screen)
    screen.parts.turn_on()
    screen.parts.scans.add_paths([picture])
    qtbot.waitUntil(lambda: bool(labels(screen, request_id)))
    settled(qtbot, screen)
    assert screen.keeper is not None
    assert screen.keeper.seen is not None
    screen.background.desk.call(discard_draft, op(), screen.keeper.seen)

    assert labels(screen, request_id) == []
    screen.draft.end()
