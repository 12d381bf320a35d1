"""The pages of the door that nobody uses: no secret stays on them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.ui.recovery_page import RecoveryPage
from kecamatan_desk.ui.session import Session
from kecamatan_desk.ui.sign_in import SignInPage
from tests.builders import FIRST_PASSWORD, NAMES, PASSWORD
from tests.ui.test_locking import (
    choose,
    enter,
    is_locked,
    other_admin,
    pass_time,
    session,
    set_up_place,
)
from tests.ui.test_recovery_page import fill, opened

__all__ = ["session", "set_up_place"]
TEN = 600.0  # s


def door(qtbot: QtBot, session: Session) -> SignInPage:
    qtbot.waitUntil(lambda: session.sign_in is not None and bool(session.sign_in.users))
    assert session.sign_in is not None
    return session.sign_in


def recovering(qtbot: QtBot, session: Session) -> RecoveryPage:
    """Two persons have typed their passwords for the administrator who forgot his."""
    door(qtbot, session)
    page = opened(session)
    camat, sekcam = NAMES[Role.CAMAT], NAMES[Role.SEKCAM]
    fill(qtbot, page, first=camat, first_password=PASSWORD, second=sekcam, second_password=PASSWORD)
    return page


def held_anywhere(session: Session, secret: str) -> bool:
    """Tell whether any part of the window still holds a secret, in sight or not."""
    parts = [*session.window.findChildren(QLabel), *session.window.findChildren(QLineEdit)]
    return any(secret in part.text() for part in parts)


def test_a_made_password_goes_after_ten_minutes_and_counts(
    qtbot: QtBot, session: Session, set_up_place: Place
) -> None:
    page = recovering(qtbot, session)
    page.go_button.click()
    qtbot.waitUntil(page.made.isVisible)
    made = page.made.text()
    pass_time(session, TEN - 1)
    assert page.made.text() == made

    pass_time(session, 1)

    assert is_locked(session)
    assert session.recovery is None
    assert not held_anywhere(session, made)
    assert not held_anywhere(session, PASSWORD)
    told = door(qtbot, session).waiting.text()
    assert told.startswith(
        f"10 menit tidak dipakai: kata sandi baru untuk {NAMES[Role.ADMIN]} (nama pengguna: admin) "
        "tidak ditampilkan lagi dan tetap berlaku."
    )
    enter(qtbot, session, Role.ADMIN, made)  # who has written it down comes in with it
    qtbot.waitUntil(lambda: session.new_password is not None)


def test_whoever_copies_it_has_his_ten_minutes_anew(qtbot: QtBot, session: Session) -> None:
    page = recovering(qtbot, session)
    page.go_button.click()
    qtbot.waitUntil(page.made.isVisible)
    pass_time(session, TEN - 60)
    QTest.keyClick(session.window.windowHandle(), Qt.Key.Key_Shift)
    session.idle.tick()

    pass_time(session, TEN - 60)
    assert page.made.isVisible()
    pass_time(session, 60)
    assert is_locked(session)


def test_a_password_that_is_being_made_is_waited_for(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = recovering(qtbot, session)
    page.go_button.click()

    pass_time(session, TEN)

    assert session.recovery is page
    qtbot.waitUntil(page.made.isVisible)
    pass_time(session, TEN - 1)
    assert page.made.isVisible()
    pass_time(session, 1)
    assert is_locked(session)


def test_typed_proofs_go_too(qtbot: QtBot, session: Session, set_up_place: Place) -> None:
    page = recovering(qtbot, session)
    fill(qtbot, page, **{"recovery-key": "AGE-SECRET-KEY-1"})

    pass_time(session, TEN)

    assert is_locked(session)
    assert not held_anywhere(session, PASSWORD)
    assert not held_anywhere(session, "AGE-SECRET")
    assert "Tidak ada kata sandi yang berubah." in door(qtbot, session).waiting.text()
    office = open_place(set_up_place, write=False)
    office.sign_in("admin", PASSWORD)
    office.close()


def test_a_page_for_an_own_password_does_not_stay_open_to_others(
    qtbot: QtBot, session: Session, set_up_place: Place
) -> None:
    """Who sits down there would choose the password of an account that was proved before."""
    other_admin(set_up_place, lambda same: replace(same, password=FIRST_PASSWORD))
    enter(qtbot, session, Role.PELAYANAN, FIRST_PASSWORD)
    qtbot.waitUntil(lambda: session.new_password is not None)
    page = session.new_password
    assert page is not None
    qtbot.keyClicks(page.form.field("new_password").editor, "hujan di atap seng")

    pass_time(session, TEN)

    assert is_locked(session)
    assert session.new_password is None
    assert "Kata sandi baru belum disimpan" in door(qtbot, session).waiting.text()
    enter(qtbot, session, Role.PELAYANAN, FIRST_PASSWORD)
    qtbot.waitUntil(lambda: session.new_password is not None)


def test_a_secret_half_typed_at_the_door_goes(qtbot: QtBot, session: Session) -> None:
    page = door(qtbot, session)
    for _ in range(2):  # the door is watched on
        choose(qtbot, session, Role.REGISTER)
        qtbot.keyClicks(page.secret, PASSWORD)
        pass_time(session, TEN - 1)
        assert page.secret.text() == PASSWORD

        pass_time(session, 1)

        assert page.secret.text() == ""
        assert page.problem.text() == "10 menit tidak dipakai: yang diketik di sini dihapus."
    pass_time(session, TEN)
    enter(qtbot, session, Role.REGISTER)
    qtbot.waitUntil(lambda: session.window.currentWidget() is session.shell)
