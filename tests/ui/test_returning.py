"""Back to the screen and the request after an end in good order, and what is left out then."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kecamatan_desk.__main__ import open_for_window
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.ui import returning, style, theme
from kecamatan_desk.ui.session import Session
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.ui.style import Look
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.intake import draft
from kecamatan_desk.usecases.processing import pass_check
from kecamatan_desk.usecases.values import Answer, Seen
from kecamatan_desk.usecases.worklist import work_list
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import op, taken_in
from tests.ui.killed_window import begun, enter, field, focus, go, keys, settle, wait_until

Sit = Callable[[Role], Shell]


@pytest.fixture
def sit(qtbot: QtBot, office: Office, place: Place, tmp_path: Path) -> Iterator[Sit]:
    """Close the window before in good order, start again and sign in as the user of a role."""
    started: list[Session] = []

    def sit(role: Role) -> Shell:
        office.close()
        for before in started:
            before.window.close()
            before.close()
        started.clear()
        session = Session(place, Place(tmp_path / "latihan", "test"), open_for_window, 0.0)
        started.append(session)
        session.start()
        session.window.activateWindow()
        qtbot.waitUntil(session.window.isActiveWindow)
        shell = enter(session, role)
        qtbot.wait(250)
        settle(shell)
        return shell

    yield sit
    for session in started:
        session.close()
    style.use(Look(theme.LIGHT))


def _said(shell: Shell) -> str:
    return shell.message_bar.words.text()


def test_a_window_closed_at_a_keystroke_has_lost_none(sit: Sit, place: Place) -> None:
    shell = sit(Role.PELAYANAN)
    field(shell)
    keys(shell, "z")  # and closed at once

    again = sit(Role.PELAYANAN)

    assert again.screen_shown is not None
    assert again.screen_shown.kind == "baru"
    assert "Dilanjutkan dari yang terakhir: Permohonan Baru" in _said(again)
    assert again.screen_shown.form.form.field("kk").typed() == "Radenxyz Kusuma"  # type: ignore[attr-defined]
    again.leave()
    settle(again)
    assert len(again.context.background.desk.ask(work_list, Role.PELAYANAN, "draf")) == 1


def test_after_an_end_in_good_order_the_keyboard_is_where_it_always_begins(sit: Sit) -> None:
    field(sit(Role.PELAYANAN))

    again = sit(Role.PELAYANAN)

    assert focus(again).objectName() == "field-nik"


def test_half_a_nik_that_made_no_draft_yet_comes_back(sit: Sit) -> None:
    begun(sit(Role.PELAYANAN))

    again = sit(Role.PELAYANAN)

    assert again.screen_shown is not None
    assert again.screen_shown.form.form.field("nik").typed() == "99010154"  # type: ignore[attr-defined]
    assert again.context.background.desk.ask(work_list, Role.PELAYANAN, "draf") == ()


def test_half_a_nik_put_away_by_f2_is_a_draft(sit: Sit) -> None:
    shell = sit(Role.PELAYANAN)
    begun(shell)
    shell.press("F2")
    settle(shell)

    desk = shell.context.background.desk
    (row,) = desk.ask(work_list, Role.PELAYANAN, "draf")
    assert dict(desk.ask(draft, row.id).unread) == {"nik": "99010154"}


def test_too_long_ago_begins_as_every_day(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = sit(Role.PELAYANAN)
    field(shell)
    screen = shell.screen_shown
    wait_until(lambda: screen.keeper.stored is not None)  # type: ignore[union-attr]
    settle(shell)
    monkeypatch.setattr(returning, "FRESH", timedelta(0))

    again = sit(Role.PELAYANAN)

    assert "Dilanjutkan" not in _said(again)


def test_a_file_that_has_moved_on_is_not_opened(
    sit: Sit, place: Place, desk_of: Callable[[Role], Desk]
) -> None:
    first = taken_in(desk_of)
    taken_in(desk_of, nama="Siti Maemunah")
    shell = sit(Role.KASI)
    go(shell, "masuk")
    shell.open_request(first.request_id)
    settle(shell)
    before = shell.screen_shown
    assert before is not None
    assert before.in_hand()["request"] == first.request_id
    shell.window().close()  # type: ignore[union-attr]
    papers = [Answer(r.code, "ada", r.kind, 1) for r in SERVICES["sktm"].requirements]
    desk = shell.context.background.desk
    desk.call(pass_check, op(), Seen(first.request_id, first.version), papers)

    again = sit(Role.KASI)

    assert again.screen_shown is not None
    assert again.screen_shown.in_hand().get("request") != first.request_id


def test_another_user_finds_nothing_of_it(sit: Sit) -> None:
    field(sit(Role.PELAYANAN))

    again = sit(Role.KASI)

    assert "Dilanjutkan" not in _said(again)


def test_locking_saves_what_was_typed_a_moment_ago(sit: Sit, place: Place) -> None:
    shell = sit(Role.PELAYANAN)
    field(shell)
    keys(shell, "z")
    shell.lock_button.click()
    settle(shell)

    desk = shell.context.background.desk
    (row,) = desk.ask(work_list, Role.PELAYANAN, "draf")
    assert desk.ask(draft, row.id).unread["kk"] == "Radenxyz Kusuma"


def test_who_begins_something_himself_is_not_led_back(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    field(sit(Role.PELAYANAN))
    monkeypatch.setattr(returning, "_TRY", 60_000)
    again = sit(Role.PELAYANAN)
    seeking = again.returning._seek  # noqa: SLF001
    assert seeking.isActive()  # on the way there

    window = again.window().windowHandle()
    assert window is not None
    QTest.keyClick(window, Qt.Key.Key_Shift)
    wait_until(lambda: not seeking.isActive())

    assert "Dilanjutkan" not in _said(again)


def test_that_one_came_back_is_no_news_on_another_screen(sit: Sit) -> None:
    field(sit(Role.PELAYANAN))
    again = sit(Role.PELAYANAN)
    assert "Dilanjutkan" in _said(again)

    keys(again, "z")  # typing goes on where it was
    assert "Dilanjutkan" in _said(again)
    go(again, "draf")

    assert _said(again) == ""


def test_that_one_came_back_is_no_news_after_the_first_act(sit: Sit) -> None:
    field(sit(Role.PELAYANAN))
    again = sit(Role.PELAYANAN)
    assert "Dilanjutkan" in _said(again)

    again.context.background.announce()  # as every deed does

    assert "Dilanjutkan" not in _said(again)


def test_what_was_said_since_stays(sit: Sit) -> None:
    field(sit(Role.PELAYANAN))
    again = sit(Role.PELAYANAN)
    again.context.messages.said.emit("Draf dibuang.", None)

    go(again, "draf")

    assert _said(again) == "Draf dibuang."
