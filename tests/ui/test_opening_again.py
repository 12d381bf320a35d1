"""A closed month is opened again with the shared strip of the second person, at the same PC."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import EventRecord
from kecamatan_desk.ui import printing
from kecamatan_desk.ui.dialogs import reason
from kecamatan_desk.usecases.closed_books import is_closed
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.reasons import Reason
from tests.builders import PASSWORD, SettableClock
from tests.closing_office import MAY_END, closed_may
from tests.ui.screen_tools import Heard, press, settled
from tests.ui.test_closing_screen import (  # noqa: F401 - fixtures
    Made,
    asked,
    button,
    choose,
    make,
    pictured,
    printed,
    words,
)
from tests.walking import DeskOf, brought_to


def test_an_official_agrees_on_the_spot(
    qtbot: QtBot,
    make: Made,  # noqa: F811
    desk_of: DeskOf,
    clock: SettableClock,
    asked: list[str],  # noqa: F811
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    closed_may(desk_of, clock)
    screen = make()
    choose(qtbot, screen, "Mei 2026")
    assert screen.side.reason is not None
    screen.side.reason.setText("Surat desa tercecer")
    button(screen, "propose-reopening").click()
    settled(qtbot, screen)
    pane = screen.again.second
    assert pane.isVisible()  # he may sit here already
    assert screen.close_button.accessibleName().startswith("Setujui di tempat")

    pane.close_button.click()
    settled(qtbot, screen)
    assert not pane.isVisible()
    assert "Menunggu persetujuan" in words(screen)
    press(screen, "F4")  # and again later
    settled(qtbot, screen)
    assert pane.isVisible()
    pane.official.setCurrentIndex(pane.official.findText("Sekcam", flags=_contains()))
    if pane.other_way.isVisible():
        pane.other_way.click()
    pane.secret.setText("bukan sandinya")
    press(screen, "F12")
    settled(qtbot, screen)
    assert pane.isVisible()
    assert pane.problem.text()
    pane.secret.setText(PASSWORD)
    press(screen, "F12")
    settled(qtbot, screen)
    assert not pane.isVisible()
    assert "Disetujui" in words(screen)
    press(screen, "F8")
    settled(qtbot, screen)
    assert not desk_of(Role.REGISTER).ask(is_closed, MAY_END.date())
    assert screen.current is not None
    assert screen.current.state == "Dibuka kembali"


def test_the_strip_goes_with_its_month(
    qtbot: QtBot,
    make: Made,  # noqa: F811
    desk_of: DeskOf,
    clock: SettableClock,
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    closed_may(desk_of, clock)
    screen = make()
    choose(qtbot, screen, "Mei 2026")
    assert screen.side.reason is not None
    screen.side.reason.setText("Surat desa tercecer")
    button(screen, "propose-reopening").click()
    settled(qtbot, screen)
    assert screen.again.asks
    choose(qtbot, screen, "Tahun 2026")
    assert not screen.again.asks
    assert screen.close_button.accessibleName().startswith("Tutup Tahun 2026")


def test_an_agreement_is_asked_for_under_the_name_of_its_own_month(
    qtbot: QtBot,
    make: Made,  # noqa: F811
    desk_of: DeskOf,
    clock: SettableClock,
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    closed_may(desk_of, clock)
    clock.set(MAY_END + timedelta(days=14))
    screen = make()
    choose(qtbot, screen, "Mei 2026")
    assert screen.side.reason is not None
    heard = Heard(screen.context)
    screen.side.reason.setText("Surat desa tercecer")
    button(screen, "propose-reopening").click()
    names = [one.name for one in screen.model.records]  # before the worker has stored it:
    screen.table.setCurrentIndex(screen.model.index(names.index("Juni 2026"), 0))
    settled(qtbot, screen)

    assert not screen.again.asks  # else an official would agree to June, and May be opened
    assert any("Usul buka kembali Mei 2026 dicatat" in one for one in heard.said)
    choose(qtbot, screen, "Mei 2026")
    assert "Menunggu persetujuan" in words(screen)


def test_a_page_saved_leaves_with_its_reason(
    qtbot: QtBot,
    make: Made,  # noqa: F811
    desk_of: DeskOf,
    clock: SettableClock,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    closed_may(desk_of, clock)
    target = tmp_path / "penutupan.pdf"
    monkeypatch.setattr(printing, "ask_file", lambda *_words: target)
    answers: list[Reason | None] = [None, Reason("laporan")]
    monkeypatch.setattr(reason, "ask_export", lambda _parent: answers.pop(0))
    screen = make()
    choose(qtbot, screen, "Mei 2026")
    pictured(qtbot, screen)
    screen.save_button.click()  # no reason is given: nothing leaves
    settled(qtbot, screen)
    assert not target.exists()
    screen.save_button.click()
    qtbot.waitUntil(target.is_file)
    settled(qtbot, screen)
    told = desk_of(Role.REGISTER).ask(_printed)
    assert [(one.get("reason"), one.get("file")) for one in told] == [("laporan", True)]


def _printed(work: UnitOfWork) -> list[dict[str, object]]:
    query = select(EventRecord.payload).where(EventRecord.act == "cetak-penutupan")
    return [json.loads(payload) for payload in work.session.scalars(query)]


def _contains() -> object:
    from PySide6.QtCore import Qt

    return Qt.MatchFlag.MatchContains
