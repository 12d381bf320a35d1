"""How old the backups are, in words; and the backups nobody has to think of."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.vault import Vault
from kecamatan_desk.ui import backup_watch
from kecamatan_desk.ui.backup_watch import BackupWatch
from kecamatan_desk.ui.backup_words import age, age_line, mark
from kecamatan_desk.ui.message_bar import MessageBar
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.usecases import backup_rounds
from kecamatan_desk.usecases.backup_media import media
from kecamatan_desk.usecases.backup_rounds import back_up_to, keep_backed_up
from kecamatan_desk.usecases.backup_values import BackupState
from kecamatan_desk.usecases.backups import backups, read_state, state
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.recovery import adopt, new_key
from tests.builders import SettableClock, op, registered
from tests.ui.backup_tools import Sticks, sticks
from tests.ui.screen_tools import Heard
from tests.walking import DeskOf

__all__ = ["sticks"]
NOW = datetime(2026, 5, 12, 7, 5, tzinfo=UTC)  # 14.05 WIB
WIB = ZoneInfo("Asia/Jakarta")


def of(**changes: object) -> BackupState:
    told = {
        "now": NOW,
        "local_at": NOW,
        "outside_at": NOW,
        "drill_at": NOW,
        "drill_ok": True,
        "has_key": True,
        "unsaved": True,
    }
    return BackupState(**{**told, **changes})  # type: ignore[arg-type]


def test_age_is_told_in_days_of_the_office() -> None:
    assert age(NOW, NOW, WIB) == "hari ini 14.05"
    assert age(NOW - timedelta(hours=15), NOW, WIB) == "kemarin 23.05"
    assert age(NOW - timedelta(days=9), NOW, WIB) == "9 hari lalu (03-05-2026)"
    assert age(None, NOW, WIB) == "belum pernah"
    assert age(NOW + timedelta(days=2), NOW, WIB) == "14-05-2026"  # a clock that was wrong


def test_the_line_says_what_is_missing_and_what_to_do() -> None:
    line = age_line(of(outside_at=NOW - timedelta(days=9)), WIB)
    assert line.ink == "late"
    assert line.text == (
        "Segera. Cadangan terakhir: hari ini 14.05 · di luar komputer: 9 hari lalu – colokkan "
        "cadangan · uji pulih: hari ini 14.05."
    )
    assert age_line(of(), WIB).ink == "ok"
    assert age_line(of(outside_at=NOW - timedelta(days=3)), WIB).ink == "warn"
    assert age_line(of(drill_ok=False), WIB).text.endswith("uji pulih: hari ini 14.05, GAGAL.")
    without = age_line(of(outside_at=None, has_key=False), WIB)
    assert "belum pernah – Administrator membuat kunci pemulihan dahulu" in without.text
    assert "otomatis terakhir gagal" in age_line(of(failed="Cakram penuh."), WIB).text


@pytest.mark.parametrize(
    ("changes", "ink", "text"),
    [
        ({}, "ok", "salinan ✓"),
        ({"outside_at": None}, "late", "salinan luar: belum pernah"),
        ({"outside_at": NOW - timedelta(days=4)}, "warn", "salinan luar: 4 hari lalu"),
        ({"local_at": NOW - timedelta(days=8)}, "late", "salinan: 8 hari lalu"),
        ({"local_at": NOW - timedelta(days=8), "unsaved": False}, "ok", "salinan ✓"),
        ({"failed": "Cakram penuh."}, "late", "salinan gagal"),
    ],
)
def test_the_mark_shows_what_matters_most(changes: dict[str, object], ink: str, text: str) -> None:
    told = mark(of(**changes), WIB)
    assert (told.ink, told.text) == (ink, text)


@pytest.fixture
def admin(desk_of: DeskOf) -> Desk:
    """An office with a letter and a recovery key."""
    registered(desk_of)
    key = new_key()
    adopt(desk_of(Role.ADMIN), op(), key.secret, key.secret)
    return desk_of(Role.ADMIN)


def test_the_door_knows_the_state_and_practice_has_none(office: Office, admin: Desk) -> None:
    keep_backed_up(admin)
    found = office.backup_state()
    assert found is not None
    assert found == state(admin)
    office.practice = True
    assert office.backup_state() is None


def test_a_round_makes_what_is_due_and_serves_the_sticks_it_knows(
    admin: Desk, clock: SettableClock, sticks: Sticks, desk_of: DeskOf
) -> None:
    strange = sticks.plug("MILIK-ORANG")
    stick = sticks.plug("CADANGAN")
    first = keep_backed_up(admin)
    assert first.made is not None
    assert first.copied == ()  # nobody has chosen a stick yet

    clock.advance(minutes=5)
    chosen = next(one for one in media() if one.path == stick)
    back_up_to(admin, chosen.vault, encrypt=True)
    assert state(admin).outside_at == clock()
    sticks.pull()
    registered(desk_of, nik="9901011206850002", nama="Siti Maimunah")
    clock.advance(hours=3)
    assert keep_backed_up(admin).copied == ()

    sticks.plug("MILIK-ORANG")
    sticks.plug("CADANGAN")
    done = keep_backed_up(admin)
    assert (done.made, len(done.copied)) == (None, 1)
    assert done.copied[0].encrypted
    assert done.state.outside_at == clock()
    assert Vault(chosen.vault).sealed()[-1].base == backups(admin)[0].name.split(".")[0]
    assert [p.name for p in strange.iterdir()] == ["foto.jpg"]
    assert keep_backed_up(admin).copied == ()  # it is there already


@pytest.fixture
def watch(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext], admin: Desk, sticks: Sticks
) -> tuple[BackupWatch, MessageBar, Heard]:
    context = context_of(Role.ADMIN)
    bar = MessageBar(context.messages)
    qtbot.addWidget(bar)
    return BackupWatch(bar, context, bar), bar, Heard(context)


def test_the_watch_backs_up_and_marks_the_bar(
    qtbot: QtBot, watch: tuple[BackupWatch, MessageBar, Heard], admin: Desk
) -> None:
    one, bar, heard = watch
    one.look()
    qtbot.waitUntil(lambda: bar.backup.text() == "salinan luar: belum pernah")
    assert "hari ini 09.00" in bar.backup.toolTip()
    assert len(backups(admin)) == 1
    assert heard.complained == []


def test_a_failure_is_told_once_and_stays_in_sight(
    qtbot: QtBot,
    watch: tuple[BackupWatch, MessageBar, Heard],
    admin: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, bar, heard = watch
    rounds: list[int] = []

    def refuse(*_words: object) -> None:
        rounds.append(1)
        raise MachineError("Cakram penuh. Kosongkan ruang cakram.")

    monkeypatch.setattr("kecamatan_desk.usecases.backups.make_set", refuse)
    monkeypatch.setattr(backup_watch, "_REST", 0.0)
    for _ in range(2):
        before = len(rounds)
        one.look()
        qtbot.waitUntil(lambda before=before: len(rounds) > before)
        qtbot.waitUntil(lambda: not one.running)
    assert len(heard.complained) == 1
    assert "pekerjaan di loket tidak terganggu. Cakram penuh." in heard.complained[0]
    assert bar.backup.text() == "salinan gagal"
    assert "Cakram penuh" in bar.backup.toolTip()


def test_the_window_closes_soon_and_leaves_nothing_half_made(
    qtbot: QtBot,
    watch: tuple[BackupWatch, MessageBar, Heard],
    admin: Desk,
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, _bar, _heard = watch
    monkeypatch.setattr(backup_watch, "AT_CLOSING", -1.0)
    one.finish()
    qtbot.waitUntil(lambda: not one.running)
    assert backups(admin) == ()
    assert not list(Path(place.backups).rglob("*half*"))
    assert "failed" not in read_state(place)

    monkeypatch.setattr(backup_watch, "AT_CLOSING", 60.0)
    one.finish()
    qtbot.waitUntil(lambda: not one.running)
    assert len(backups(admin)) == 1


def test_a_round_never_raises_for_what_the_disk_does(
    admin: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_words: object) -> None:
        raise MachineError("Folder tidak dapat ditulis.")

    monkeypatch.setattr(backup_rounds, "back_up_when_due", refuse)
    assert keep_backed_up(admin).failed == "Folder tidak dapat ditulis."
