"""The way back in for an administrator who forgot his password, through the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QToolTip
from pytestqt.qtbot import QtBot

from kecamatan_desk.__main__ import open_for_window
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.ui import style, theme
from kecamatan_desk.ui.field_choices import ChoiceField
from kecamatan_desk.ui.recovery_page import RecoveryPage
from kecamatan_desk.ui.session import Session
from kecamatan_desk.ui.style import Look
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.workflows.vocabulary import Field, FieldKind
from tests.builders import NAMES, PASSWORD


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, office: Office, place: Place) -> Iterator[Session]:
    office.close()
    session = Session(place, Place(tmp_path / "latihan", "test"), open_for_window, 0.0)
    session.start()
    session.window.activateWindow()
    qtbot.waitUntil(session.window.isActiveWindow)
    qtbot.waitUntil(lambda: session.sign_in is not None and bool(session.sign_in.users))
    yield session
    session.close()
    style.use(Look(theme.LIGHT))


def choose(session: Session, role: Role) -> None:
    page = session.sign_in
    assert page is not None
    names = [user.name for user in page.users]
    page.tiles.button(names.index(NAMES[role])).click()


def opened(session: Session) -> RecoveryPage:
    assert session.sign_in is not None
    choose(session, Role.ADMIN)
    session.sign_in.forgotten.click()
    assert session.recovery is not None
    return session.recovery


def fill(qtbot: QtBot, page: RecoveryPage, **values: str) -> None:
    for code, text in values.items():
        editor = page.form.field(code).editor
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        else:
            qtbot.keyClicks(editor, text)


def told(page: RecoveryPage) -> str:
    return " ".join(w.text() for w in page.findChildren(QLabel) if w.isVisible())


def test_the_way_is_offered_to_administrators_only(session: Session) -> None:
    page = session.sign_in
    assert page is not None

    choose(session, Role.PELAYANAN)
    assert not page.forgotten.isVisible()
    choose(session, Role.ADMIN)
    assert page.forgotten.isVisible()


def test_two_persons_open_and_the_password_is_shown_once(qtbot: QtBot, session: Session) -> None:
    page = opened(session)
    camat, sekcam = NAMES[Role.CAMAT], NAMES[Role.SEKCAM]
    fill(qtbot, page, first=camat, first_password="salah", second=sekcam, second_password=PASSWORD)
    page.go_button.click()
    qtbot.waitUntil(lambda: "tidak cocok" in told(page))
    fill(qtbot, page, first_password=PASSWORD, second_password=PASSWORD)

    page.go_button.click()
    qtbot.waitUntil(lambda: page.made.isVisible())
    made = page.made.text()
    whose = f"Kata sandi baru untuk {NAMES[Role.ADMIN]} (nama pengguna: {Role.ADMIN.value})"
    assert page.made_whose.text() == whose
    assert page.made_whose.isVisible()
    page.back_button.click()
    assert page.made.text() == ""
    qtbot.waitUntil(lambda: session.sign_in is not None and bool(session.sign_in.users))
    choose(session, Role.ADMIN)
    assert session.sign_in is not None
    qtbot.keyClicks(session.sign_in.secret, made)
    qtbot.keyClick(session.sign_in.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.new_password is not None)


def test_who_forgot_and_the_first_person_are_left_out_of_the_lists(session: Session) -> None:
    page = opened(session)

    def offered(code: str) -> list[str]:
        editor = page.form.field(code).editor
        assert isinstance(editor, QComboBox)
        return [editor.itemText(n) for n in range(editor.count())]

    forgetful, camat, sekcam = NAMES[Role.ADMIN], NAMES[Role.CAMAT], NAMES[Role.SEKCAM]
    assert forgetful not in offered("first") + offered("second")
    page.form.set_values({"first": camat, "second": sekcam})
    assert camat not in offered("second")
    assert page.form.values()["second"] == sekcam
    page.form.set_values({"first": sekcam})  # the same person twice: chosen anew
    assert not page.form.values().get("second")
    assert camat in offered("second")


def test_without_a_proof_the_page_says_what_is_missing(qtbot: QtBot, session: Session) -> None:
    page = opened(session)

    page.go_button.click()

    assert "Pilih dua orang lain, atau ketik kunci pemulihan." in told(page)
    qtbot.keyClicks(page.form.field("recovery-key").editor, "AGE SECRET")
    page.go_button.click()
    qtbot.waitUntil(lambda: "74 tanda" in told(page) and "yang diketik" in told(page))


def test_esc_leads_back_to_the_door(qtbot: QtBot, session: Session) -> None:
    page = opened(session)

    qtbot.keyClick(page, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: session.window.currentWidget() is session.sign_in)


def test_nobody_leaves_while_the_password_is_being_made(qtbot: QtBot, session: Session) -> None:
    page = opened(session)
    camat, sekcam = NAMES[Role.CAMAT], NAMES[Role.SEKCAM]
    fill(qtbot, page, first=camat, first_password=PASSWORD, second=sekcam, second_password=PASSWORD)

    page.go_button.click()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    page.back_button.click()

    qtbot.waitUntil(page.made.isVisible)  # else it would be known to nobody
    assert page.back_button.isEnabled()
    assert page.back_button.hasFocus()


def test_a_long_name_is_shortened_with_an_ellipsis_and_whole_in_the_tooltip(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "Drs. H. Raden Mas Tumenggung Kusumawardhana Puspitaningrat Prawirodiningrat, M.Si."
    choice = ChoiceField(Field("who", "Orang pertama", FieldKind.CHOICE, choices=("Ani", long)))
    qtbot.addWidget(choice)
    choice.resize(340, 60)
    choice.show()
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _widget: told.append(text))

    def shown(name: str) -> str:
        choice.set_value(name)
        middle = choice.editor.rect().center()
        hover = QHelpEvent(QEvent.Type.ToolTip, middle, choice.editor.mapToGlobal(middle))
        QApplication.sendEvent(choice.editor, hover)
        return choice.editor.shown_text()

    assert shown("Ani") == "Ani"
    assert told == []
    short = shown(long)
    assert short.endswith("\N{HORIZONTAL ELLIPSIS}")
    assert long.startswith(short[:-1])
    assert choice.editor.fontMetrics().horizontalAdvance(short) < choice.editor.width()
    assert told == [long]
    assert choice.value() == long
