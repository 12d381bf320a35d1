"""What an answer finds when the desk was locked meanwhile: nothing opens above the door."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.ui.dialogs import print_dialog
from kecamatan_desk.ui.session import Session
from kecamatan_desk.ui.shell import Shell
from tests.builders import FIRST_PASSWORD, op
from tests.ui.pdfs import A4, pdf_of
from tests.ui.test_locking import (  # noqa: F401 - fixtures
    add_tuti,
    at_work,
    enter,
    is_locked,
    make_proof_old,
    names,
    other_admin,
    session,
    set_up_place,
)


def all_answered(qtbot: QtBot, shell: Shell) -> None:
    qtbot.waitUntil(lambda: shell.context.background.idle)
    for _ in range(3):
        answers: list[str] = []
        shell.context.background.run(answers.append, str)
        qtbot.waitUntil(lambda answers=answers: bool(answers))


def above_the_door() -> list[str]:
    return [
        window.windowTitle()
        for window in QApplication.topLevelWidgets()
        if isinstance(window, QDialog) and window.isVisible()
    ]


def test_no_proof_is_asked_for_above_the_door(
    qtbot: QtBot,
    session: Session,  # noqa: F811
) -> None:
    shell = at_work(qtbot, session, Role.ADMIN)
    make_proof_old(shell)
    added: list[int] = []

    add_tuti(shell, op(), added.append)
    shell.lock_button.click()  # before the worker has looked at it
    all_answered(qtbot, shell)

    assert is_locked(session)
    assert above_the_door() == []
    assert not shell.context.background.awaits_presence
    enter(qtbot, session, Role.ADMIN)
    qtbot.waitUntil(lambda: session.window.currentWidget() is shell)
    assert shell.presence.prompt is None
    assert not added
    assert "Tuti Herawati" not in names(shell)


def test_a_paper_waits_behind_the_door_with_its_question(
    qtbot: QtBot,
    session: Session,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    questions: list[str] = []

    def ask(_parent: object, title: str, *_more: object) -> None:
        questions.append(title)

    monkeypatch.setattr(print_dialog, "ask", ask)
    shell = at_work(qtbot, session)
    qtbot.waitUntil(lambda: shell.screen_shown is not None)
    screen = shell.screen_shown
    assert screen is not None

    shell.context.printing.print_pdf(screen, pdf_of(A4), "surat", "Surat Dewi Sartika")
    shell.lock_button.click()
    all_answered(qtbot, shell)
    assert is_locked(session)
    assert questions == []

    enter(qtbot, session, Role.PELAYANAN)
    qtbot.waitUntil(lambda: questions == ["Surat Dewi Sartika"])


def test_typed_passwords_do_not_stay_behind_the_door(
    qtbot: QtBot,
    session: Session,  # noqa: F811
    set_up_place: Place,  # noqa: F811
) -> None:
    other_admin(set_up_place, lambda same: replace(same, password=FIRST_PASSWORD))
    enter(qtbot, session, Role.PELAYANAN, FIRST_PASSWORD)
    qtbot.waitUntil(lambda: session.new_password is not None)
    page = session.new_password
    assert page is not None
    qtbot.keyClicks(page.form.field("new_password").editor, "hujan di atap seng")

    page.back_button.click()

    assert is_locked(session)
    assert session.new_password is None
