"""Langkah berikutnya: what a new office still needs, seen in what is stored, one key to each."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kecamatan_desk.__main__ import open_for_window
from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.errors import NotAllowedError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.ui.rail import spots_of
from kecamatan_desk.ui.screens.next_steps import NextStepsScreen
from kecamatan_desk.ui.session import Session
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.next_steps import next_steps
from kecamatan_desk.usecases.next_steps_values import NextStep
from kecamatan_desk.usecases.office import calendar_view, save_calendar
from kecamatan_desk.usecases.recovery import adopt, new_key
from tests.builders import PROFILE, QUICK, SettableClock, op, registered, user_input
from tests.ui.screen_tools import ContextOf, fits, settled, shown
from tests.walking import DeskOf

ALL = ["pengguna", "pejabat", "kalender", "penomoran", "kunci", "cadangan", "cetak"]


def by_code(desk: Desk, printer: bool = False) -> dict[str, NextStep]:
    return {one.code: one for one in next_steps(desk, printer_chosen=printer)}


def test_a_new_office_has_everything_before_it(place: Place, clock: SettableClock) -> None:
    office = open_place(place, create="office", clock=clock, cost=QUICK)
    desk = office.first_setup(PROFILE, user_input(Role.ADMIN))

    steps = next_steps(desk, printer_chosen=False)

    assert [one.code for one in steps] == ALL
    assert not any(one.done for one in steps)
    assert "Petugas Pelayanan" in steps[0].told
    assert "Camat" in steps[1].told
    assert "SKB" in steps[2].told
    office.close()


def test_a_step_is_done_when_it_is_done(admin_desk: Desk, desk_of: DeskOf) -> None:
    before = by_code(admin_desk)
    assert before["pengguna"].done
    assert not before["pejabat"].done
    assert "Masa jabatan belum dicatat" in before["pejabat"].told
    assert not before["penomoran"].done

    admin_desk.call(save_calendar, op(), admin_desk.ask(calendar_view))
    key = new_key()
    adopt(admin_desk, op(), key.secret, key.secret)
    registered(desk_of)
    after = by_code(admin_desk, printer=True)

    done = {code for code, step in after.items() if step.done}
    assert done == {"pengguna", "kalender", "penomoran", "kunci", "cetak"}


def test_only_the_administrator_sees_them(desk_of: DeskOf) -> None:
    with pytest.raises(NotAllowedError):
        next_steps(desk_of(Role.REGISTER), printer_chosen=True)


def test_every_step_leads_to_an_entry_the_administrator_has(admin_desk: Desk) -> None:
    kinds = {entry.kind for _role, entry in spots_of((Role.ADMIN,))}

    assert {one.entry for one in next_steps(admin_desk, printer_chosen=False)} <= kinds
    assert "langkah" in kinds


def test_a_figure_opens_the_step(qtbot: QtBot, context_of: ContextOf) -> None:
    screen = NextStepsScreen(context_of(Role.ADMIN), Role.ADMIN, "langkah")
    shown(qtbot, screen)
    qtbot.waitUntil(lambda: len(screen.lines) == len(ALL))
    asked: list[str] = []
    screen.context.navigator.entry_asked.connect(lambda _role, kind: asked.append(kind))
    assert "belum selesai" in screen.title.text()

    qtbot.keyClick(screen, Qt.Key.Key_3)
    screen.lines[3].button.setFocus()
    qtbot.keyClick(screen.lines[3].button, Qt.Key.Key_5)

    assert asked == ["kalender", "salinan"]
    assert "belum" in screen.lines[1].button.accessibleName()
    assert fits(screen)
    settled(qtbot, screen)


def test_the_first_set_up_leads_there(
    qtbot: QtBot, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kecamatan_desk.usecases.door.calibrated", lambda: QUICK)
    session = Session(place, Place(tmp_path / "latihan", "test"), open_for_window, 0.0)
    session.start()
    qtbot.waitUntil(lambda: session.setup is not None)
    page = session.setup
    assert page is not None
    page.given.emit(PROFILE, user_input(Role.ADMIN))
    qtbot.waitUntil(lambda: session.shell is not None)
    shell = session.shell
    assert shell is not None
    qtbot.waitUntil(lambda: isinstance(shell.screen_shown, NextStepsScreen))

    screen = shell.screen_shown
    assert isinstance(screen, NextStepsScreen)
    qtbot.waitUntil(lambda: len(screen.lines) == len(ALL))
    session.close()
