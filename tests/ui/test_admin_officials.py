"""Officials: who signs today, appointments and absences, through the real widgets."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.admin_officials import OfficialsScreen
from kecamatan_desk.usecases.accounts import acting, save_acting, users
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.office import absences
from tests.builders import NAMES, op

ContextOf = Callable[[Role], ScreenContext]
KASI, SEKCAM, CAMAT = (NAMES[role] for role in (Role.KASI, Role.SEKCAM, Role.CAMAT))


@pytest.fixture
def screen(qtbot: QtBot, context_of: ContextOf) -> OfficialsScreen:
    screen = OfficialsScreen(context_of(Role.ADMIN), Role.ADMIN, "pejabat")
    qtbot.addWidget(screen)
    screen.resize(1158, 620)
    with qtbot.waitExposed(screen):
        screen.show()
    qtbot.waitUntil(lambda: screen.absence_page.form is not None)
    return screen


def _fill(qtbot: QtBot, screen: OfficialsScreen, **values: str) -> None:
    assert screen.page.form is not None
    for code, text in values.items():
        editor = screen.page.form.field(code).editor
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, QLineEdit):
            editor.clear()
            qtbot.keyClicks(editor, text)


def _errors(screen: OfficialsScreen) -> dict[str, str]:
    assert screen.page.form is not None
    return {
        code: note.note.message
        for section in screen.page.form.sections
        for code, note in section.notes.items()
    }


def _ids(desk: Desk) -> dict[str, int]:
    return {user.username: user.id for user in desk.ask(users)}


def test_the_holders_of_today_are_shown_with_their_places(
    qtbot: QtBot, screen: OfficialsScreen
) -> None:
    qtbot.waitUntil(lambda: screen.paper.pages == 1)

    shown = [(held.role, held.names, held.standing) for held in screen.model.records]
    assert shown == [
        (Role.CAMAT, (CAMAT,), "definitif"),
        (Role.SEKCAM, (SEKCAM,), "definitif"),
        (Role.KASI, (KASI,), "definitif"),
    ]
    spoken = screen.paper.accessibleDescription()
    assert f"a.n. CAMAT SUKAMAJU, SEKRETARIS KECAMATAN, {SEKCAM}" in spoken


def test_an_appointment_changes_who_signs_today(
    qtbot: QtBot, screen: OfficialsScreen, admin_desk: Desk
) -> None:
    _fill(
        qtbot,
        screen,
        user_id=SEKCAM,
        kind="Plh.",
        role="Camat",
        last="15052026",
        decree="800/12/2026, 11 Mei 2026",
    )

    screen.save_button.click()
    qtbot.waitUntil(lambda: screen.model.records[0].standing == "Plh. sampai 15 Mei 2026")

    assert screen.model.records[0].names == (SEKCAM, CAMAT)
    (row,) = admin_desk.ask(acting)
    assert (row.first_day, row.last_day, row.kind) == (
        date(2026, 5, 12),
        date(2026, 5, 15),
        "Plh",
    )
    qtbot.waitUntil(lambda: "Plh. CAMAT SUKAMAJU" in screen.paper.accessibleDescription())
    assert screen.acting_page.form is not None
    assert screen.acting_page.form.values() == {"first": "2026-05-12"}


def test_a_day_before_the_first_is_refused_at_its_field(
    qtbot: QtBot, screen: OfficialsScreen, admin_desk: Desk
) -> None:
    _fill(qtbot, screen, user_id=SEKCAM, kind="Plh.", role="Camat", last="01052026", decree="SK 1")

    screen.save_button.click()
    qtbot.waitUntil(lambda: "last" in _errors(screen))

    assert admin_desk.ask(acting) == ()


def test_who_holds_the_office_cannot_act_for_it(qtbot: QtBot, screen: OfficialsScreen) -> None:
    _fill(qtbot, screen, user_id=CAMAT, kind="Plt.", role="Camat", last="15052026", decree="SK 1")

    screen.save_button.click()
    qtbot.waitUntil(lambda: "user_id" in _errors(screen))

    assert "sudah menjabat" in _errors(screen)["user_id"]


def test_an_empty_form_says_what_is_missing(screen: OfficialsScreen) -> None:
    screen.deeds()["F12"]()

    assert _errors(screen) == {"user_id": "Pegawai belum diisi."}


def test_an_appointment_is_ended_after_asking(
    qtbot: QtBot,
    screen: OfficialsScreen,
    admin_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    day = date(2026, 5, 12)
    admin_desk.call(
        save_acting, op(), _ids(admin_desk)["sekcam"], Role.CAMAT, "Plh", day, day, "SK 1"
    )
    screen.reload()
    qtbot.waitUntil(screen.end_button.isEnabled)
    asked: list[str] = []

    def yes(*words: object) -> bool:
        asked.append(str(words[2]))
        return True

    monkeypatch.setattr(confirm, "ask", yes)

    screen.deeds()["F6"]()
    qtbot.waitUntil(lambda: not screen.end_button.isEnabled())

    assert asked == [f"{SEKCAM} berhenti sebagai Plh. Camat sekarang juga."]
    assert screen.model.records[0].names == (CAMAT,)
    assert admin_desk.ask(acting)[0].last_day == date(2026, 5, 11)


def test_an_absence_begins_and_ends(
    qtbot: QtBot,
    screen: OfficialsScreen,
    admin_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(confirm, "ask", lambda *_: True)
    screen.tabs.setCurrentIndex(1)
    _fill(qtbot, screen, user_id=CAMAT, last="13052026", reason="Rapat di kabupaten")

    screen.save_button.click()
    qtbot.waitUntil(lambda: screen.model.records[0].away)
    qtbot.waitUntil(screen.end_button.isEnabled)
    assert screen.model.records[0].standing == "tidak di tempat"

    screen.end_button.click()
    qtbot.waitUntil(lambda: not screen.model.records[0].away)

    assert [row.last_day for row in admin_desk.ask(absences)] == [date(2026, 5, 11)]


def test_only_officials_are_offered_for_an_absence(screen: OfficialsScreen) -> None:
    assert set(screen.absence_page.people) == {KASI, SEKCAM, CAMAT}
    assert NAMES[Role.PELAYANAN] in screen.acting_page.people


def test_typing_survives_a_change_elsewhere(
    qtbot: QtBot, screen: OfficialsScreen, context_of: ContextOf
) -> None:
    _fill(qtbot, screen, user_id=SEKCAM, decree="SK 1")

    with qtbot.waitSignal(screen.acting_page.chosen):
        screen.context.background.announce()

    assert screen.acting_page.form is not None
    assert screen.acting_page.form.values()["decree"] == "SK 1"
