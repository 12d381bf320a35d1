"""Pemeriksaan Data: sign, findings in plain words, stop, figures from paper, the weekly check."""

import sqlite3
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.anchors import anchor_text
from kecamatan_desk.domain.errors import NotAllowedError
from kecamatan_desk.domain.progress import Cancelled
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.audit import audit
from kecamatan_desk.ui.background import Progress
from kecamatan_desk.ui.check_watch import RUNNING, CheckWatch
from kecamatan_desk.ui.screens.data_check import DataCheckScreen, FindingCard
from kecamatan_desk.usecases import data_check
from kecamatan_desk.usecases.check_words import MEANINGS, meaning_of
from kecamatan_desk.usecases.data_check import (
    check_data,
    check_state,
    is_due,
    last_check,
    weekly_check,
)
from kecamatan_desk.usecases.desk import Desk
from tests.builders import DeskOf, SettableClock, registered
from tests.proving import words_of
from tests.ui.screen_tools import (
    ContextOf,
    Heard,
    Printed,
    enter,
    fits,
    press,
    settled,
    shown,
    type_into,
)
from tests.walking import rows

Make = Callable[[], DataCheckScreen]


@pytest.fixture
def make(qtbot: QtBot, context_of: ContextOf) -> Make:
    def make(role: Role = Role.CAMAT) -> DataCheckScreen:
        screen = shown(qtbot, DataCheckScreen(context_of(role), role, "pemeriksaan"))
        settled(qtbot, screen)
        return screen

    return make


def tampered(desk: Desk) -> None:
    """Change a line of the book beside the program, as somebody with a tool would."""
    connection = sqlite3.connect(desk.store.path)
    (sql,) = connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event' "
        "AND sql LIKE '%UPDATE%'"
    ).fetchone()
    (name,) = connection.execute("SELECT name FROM sqlite_master WHERE sql = ?", (sql,)).fetchone()
    connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE event SET user_name = 'Orang Lain' WHERE seq = 3")
    connection.execute(sql)
    connection.commit()
    connection.close()


def run(qtbot: QtBot, screen: DataCheckScreen) -> None:
    press(screen, "F12")
    qtbot.waitUntil(lambda: screen.run_button.isEnabled())
    settled(qtbot, screen)


def test_a_whole_office_is_told_whole_and_the_result_is_kept(
    qtbot: QtBot, make: Make, desk_of: DeskOf
) -> None:
    registered(desk_of)
    screen = make()
    heard = Heard(screen.context)
    assert screen.sign.text() == "Belum pernah diperiksa"
    assert not screen.print_button.isEnabled()

    run(qtbot, screen)

    assert screen.sign.text() == "Data utuh"
    assert screen.ground.property("chip") == "ok"
    assert screen.when.text() == ("Diperiksa 12 Mei 2026 pukul 09.00 oleh Drs. Agus Santoso, M.AP.")
    assert "1 surat tersimpan" in screen.checked.text()
    assert "penulisan ulang seluruh rantai" in screen.uncovered.text()
    assert "--" not in screen.uncovered.text()
    assert screen.numbers.text() == "Nomor: urut dan lengkap sejak dibuka."
    assert heard.said == ["Pemeriksaan selesai: data utuh."]
    kept = desk_of(Role.ADMIN).ask(last_check)
    assert kept is not None
    assert kept.ok
    assert set() == RUNNING


def test_what_was_changed_beside_the_program_is_told_in_plain_words(
    qtbot: QtBot, make: Make, desk_of: DeskOf
) -> None:
    registered(desk_of)
    tampered(desk_of(Role.CAMAT))
    screen = make()
    heard = Heard(screen.context)

    run(qtbot, screen)

    assert screen.sign.text() == "Ada yang berubah di luar program"
    assert screen.ground.property("chip") == "late"
    (card,) = screen.findings.findChildren(FindingCard)
    words = [part.text() for part in card.findChildren(type(screen.sign))]
    assert "Riwayat tidak lagi bersambung" in words
    assert "berat, 1 temuan" in words
    assert not card.lines.isVisible()
    card.fold_button.click()
    assert card.lines.isVisible()
    assert card.lines.text() == "kejadian 3: Isi peristiwa tidak sesuai dengan sidiknya."
    assert heard.complained == ["Pemeriksaan selesai: 1 temuan. Bacalah di bawah ini."]
    (event,) = rows(
        desk_of(Role.CAMAT).store.path, "SELECT payload FROM event WHERE act = 'periksa-data'"
    )
    assert '"findings":1' in event["payload"]
    assert '"kinds":{"rantai":1}' in event["payload"]


def test_a_check_that_is_stopped_leaves_the_earlier_result(
    qtbot: QtBot, make: Make, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_data(desk_of(Role.ADMIN))
    screen = make()
    before = screen.when.text()
    heard = Heard(screen.context)
    slow = data_check.check_data

    def check_once_stopped(desk: Desk, progress: Progress) -> object:
        while progress(3):
            time.sleep(0.01)  # as long as reading a page takes
        return slow(desk, progress)

    monkeypatch.setattr(data_check, "check_data", check_once_stopped)
    press(screen, "F12")
    assert "F12" not in screen.deeds()
    qtbot.waitUntil(lambda: "3 %" in screen.sign.text())
    press(screen, "F6")
    qtbot.waitUntil(lambda: screen.run_button.isEnabled())
    settled(qtbot, screen)

    assert heard.said == ["Pemeriksaan dihentikan. Tidak ada yang berubah; hasil sebelumnya tetap."]
    assert (screen.sign.text(), screen.when.text()) == ("Data utuh", before)
    checks = "SELECT 1 FROM event WHERE act = 'periksa-data'"
    assert len(rows(desk_of(Role.CAMAT).store.path, checks)) == 1


def test_the_audit_itself_stops_within_a_step(desk_of: DeskOf) -> None:
    registered(desk_of)
    desk = desk_of(Role.ADMIN)
    told: list[int] = []

    def stop_after_a_while(percent: int) -> bool:
        told.append(percent)
        return len(told) < 12

    with pytest.raises(Cancelled):
        check_data(desk, stop_after_a_while)

    assert told == sorted(told)
    assert len(told) == 12
    assert desk.ask(last_check) is None


@pytest.mark.parametrize("mine", [True, False])
def test_a_figure_from_paper_is_compared(
    qtbot: QtBot, make: Make, desk_of: DeskOf, mine: bool
) -> None:
    registered(desk_of)
    newest = rows(desk_of(Role.CAMAT).store.path, "SELECT seq, hash FROM event ORDER BY seq")[-1]
    head = newest["hash"] if mine else "f" * 64
    screen = make()

    type_into(qtbot, screen.field, anchor_text(newest["seq"], head))
    enter(qtbot, screen.field)
    settled(qtbot, screen)

    assert screen.verdict.isVisible()
    assert screen.verdict.words.text() == ("Cocok" if mine else "Tidak cocok")
    type_into(qtbot, screen.field, anchor_text(newest["seq"] + 500, head))  # takes its place
    enter(qtbot, screen.field)
    settled(qtbot, screen)
    assert screen.verdict.words.text() == "Terpotong"
    type_into(qtbot, screen.field, "bukan sidik")
    enter(qtbot, screen.field)
    settled(qtbot, screen)
    assert screen.verdict.words.text() == "Tidak terbaca"


def test_the_result_on_paper_tells_what_to_do(
    qtbot: QtBot, make: Make, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = Printed(monkeypatch)
    registered(desk_of)
    tampered(desk_of(Role.CAMAT))
    screen = make()
    run(qtbot, screen)

    press(screen, "F7")

    qtbot.waitUntil(lambda: bool(printed.papers))
    said = words_of(printed.papers[0][1])
    for words in ("HASIL PEMERIKSAAN DATA", "Riwayat tidak lagi bersambung", "kejadian 3"):
        assert words in said


def test_only_those_who_answer_for_the_data_check_them(desk_of: DeskOf) -> None:
    for role in (Role.PELAYANAN, Role.KASI):
        with pytest.raises(NotAllowedError):
            check_data(desk_of(role))
        with pytest.raises(NotAllowedError):
            desk_of(role).ask(last_check)


def test_a_week_later_any_session_checks_by_itself_and_is_silent_when_all_is_well(
    qtbot: QtBot, context_of: ContextOf, desk_of: DeskOf, clock: SettableClock
) -> None:
    assert weekly_check(desk_of(Role.PELAYANAN)) is not None
    assert weekly_check(desk_of(Role.PELAYANAN)) is None
    clock.advance(days=7)
    assert desk_of(Role.PELAYANAN).ask(is_due)
    assert check_state(desk_of(Role.CAMAT)).due
    context = context_of(Role.PELAYANAN)
    heard = Heard(context)
    watch = CheckWatch(context.messages, context)

    watch.look()
    qtbot.waitUntil(lambda: context.background.idle and not RUNNING)

    assert not desk_of(Role.PELAYANAN).ask(is_due)
    assert heard.said == heard.complained == []
    tampered(desk_of(Role.PELAYANAN))
    clock.advance(days=8)
    watch.look()
    qtbot.waitUntil(lambda: context.background.idle and not RUNNING)
    (said,) = heard.complained
    assert said.startswith("Pemeriksaan mingguan menemukan 1 hal")
    assert "Beri tahu Administrator" in said
    watch.stop()


def test_a_check_beside_a_new_check_is_due_only_after_the_week(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    check_data(desk_of(Role.ADMIN))
    clock.advance(days=6, hours=23)
    assert not desk_of(Role.ADMIN).ask(is_due)
    clock.set(clock.now + timedelta(hours=1))
    assert desk_of(Role.ADMIN).ask(is_due)


def test_every_kind_of_finding_has_words(desk_of: DeskOf) -> None:
    """What the audit can find is read from its own source, so that no new kind is overlooked."""
    import ast
    from pathlib import Path

    import kecamatan_desk.persistence.audit as package

    kinds: set[str] = set()
    for path in Path(package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", "") in ("found", "_found")
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                kinds.add(str(node.args[0].value))
    assert len(kinds) > 10
    assert kinds <= set(MEANINGS)
    assert meaning_of("baru").title == "Temuan lain"
    assert audit(desk_of(Role.ADMIN).store.path, desk_of(Role.ADMIN).place.documents).findings == []


def test_it_fits_the_smallest_window(make: Make) -> None:
    assert fits(make())


def test_the_keyboard_stays_with_the_check(qtbot: QtBot, make: Make) -> None:
    screen = make()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.run_button.setFocus()
    screen.run_button.click()
    assert screen.stop_button.hasFocus()
    qtbot.waitUntil(lambda: not screen.stop_button.isVisible())
    assert screen.run_button.hasFocus()
