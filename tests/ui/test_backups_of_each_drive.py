"""Several drives at once: one that fails keeps no other from its copy, and each is told of."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.domain.progress import Cancelled
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.vault import Vault
from kecamatan_desk.ui import backup_watch
from kecamatan_desk.ui.backup_watch import BackupWatch
from kecamatan_desk.ui.message_bar import MessageBar
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.usecases import backup_rounds, backups
from kecamatan_desk.usecases.backup_media import media
from kecamatan_desk.usecases.backup_rounds import SECOND, back_up_to, bring_out, keep_backed_up
from kecamatan_desk.usecases.backup_values import BackupChoices, SetInfo
from kecamatan_desk.usecases.backups import save_choices, state
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.recovery import adopt, new_key
from tests.builders import SettableClock, op, registered
from tests.ui.backup_tools import Sticks, sticks
from tests.ui.screen_tools import Heard
from tests.walking import DeskOf

__all__ = ["sticks"]
FULL = "Cakram penuh. Data kantor tidak berubah."


@pytest.fixture
def admin(desk_of: DeskOf, sticks: Sticks, clock: SettableClock) -> Desk:
    """An office with three sticks that know it, and work since they were last plugged in."""
    desk = desk_of(Role.ADMIN)
    registered(desk_of)
    key = new_key()
    adopt(desk, op(), key.secret, key.secret)
    for name in ("A-BAIK", "B-RUSAK", "C-BAIK"):
        sticks.plug(name)
    for medium in media():
        back_up_to(desk, medium.vault, encrypt=True)
    registered(desk_of, nik="9901011206850002", nama="Siti Maimunah")
    clock.advance(hours=3)
    return desk


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> dict[str, Exception]:
    """What copying to a drive of some name (part of its path) raises."""
    faults: dict[str, Exception] = {}
    sound = backups.copied_to

    def copied_to(desk: Desk, local: SetInfo, folder: Path, *others: object) -> SetInfo:
        for name, error in faults.items():
            if name in str(folder):
                raise error
        return sound(desk, local, folder, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(backup_rounds, "copied_to", copied_to)
    monkeypatch.setattr(backups, "copied_to", copied_to)
    return faults


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MachineError(FULL), FULL),
        (
            OSError(5, "Input/output error"),
            "Cakram cadangan tidak menjawab (Input/output error). Data kantor tidak berubah.",
        ),
    ],
)
def test_each_drive_is_tried(
    admin: Desk, failing: dict[str, Exception], error: Exception, said: str
) -> None:
    failing["RUSAK"] = error

    done = keep_backed_up(admin)

    assert done.made is not None
    assert done.onto == ("A-BAIK", "C-BAIK")
    assert done.failed == f"B-RUSAK: {said}"
    assert done.state.failed == done.failed
    assert done.state.outside_at == admin.clock()
    newest = done.made.name.split(".")[0]
    assert {m.name: m.sets[0].name.split(".")[0] == newest for m in media()} == {
        "A-BAIK": True,
        "B-RUSAK": False,
        "C-BAIK": True,
    }

    failing.clear()
    again = keep_backed_up(admin)

    assert (again.onto, again.failed, again.state.failed) == (("B-RUSAK",), "", "")


def test_a_second_folder_that_fails_is_told_once_and_keeps_no_drive_waiting(
    admin: Desk, failing: dict[str, Exception], tmp_path: Path
) -> None:
    second = tmp_path / "kedua"
    second.mkdir()
    admin.call(save_choices, op(), BackupChoices(str(second)))
    failing["kedua"] = MachineError(FULL)

    done = keep_backed_up(admin)

    assert done.made is not None
    assert done.onto == ("A-BAIK", "B-RUSAK", "C-BAIK")
    assert done.failed == f"{SECOND}: {FULL}"

    failing.clear()
    assert keep_backed_up(admin).onto == (SECOND,)
    assert state(admin).failed == ""
    assert len(Vault(second).sealed()) == 1


def test_a_second_folder_that_does_not_answer_keeps_no_drive_waiting(
    admin: Desk, tmp_path: Path
) -> None:
    second = tmp_path / "kedua"
    second.mkdir()
    (second / "vault.json").write_text("{")
    admin.call(save_choices, op(), BackupChoices(str(second)))

    done = keep_backed_up(admin)

    assert done.onto == ("A-BAIK", "B-RUSAK", "C-BAIK")
    assert done.failed.startswith(f"{SECOND}: ")
    assert done.failed.count("tidak terbaca") == 1


def test_a_backup_here_that_fails_stays_told_though_the_drives_are_well(
    admin: Desk, failing: dict[str, Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_words: object) -> None:
        raise MachineError("Pemeriksaan memberi temuan.")

    for medium in media():
        Vault(medium.vault).drop(one.name for one in Vault(medium.vault).sealed())
    monkeypatch.setattr(backups, "make_set", refuse)
    failing["RUSAK"] = MachineError(FULL)

    done = keep_backed_up(admin)

    assert done.made is None
    assert done.onto == ("A-BAIK", "C-BAIK")  # what was made before goes out all the same
    assert done.failed == f"Pemeriksaan memberi temuan. B-RUSAK: {FULL}"
    assert done.state.failed == done.failed

    failing.clear()
    assert {one.where: one.copied is not None for one in bring_out(admin)} == {
        "A-BAIK": False,
        "B-RUSAK": True,
        "C-BAIK": False,
    }
    assert state(admin).failed == "Pemeriksaan memberi temuan."


def test_who_stops_the_round_stops_all_drives(admin: Desk, failing: dict[str, Exception]) -> None:
    failing["RUSAK"] = Cancelled()

    done = keep_backed_up(admin)

    assert (done.stopped, done.failed) == (True, "")
    assert len(media()[2].sets) == 1


@pytest.fixture
def watch(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext], admin: Desk
) -> tuple[BackupWatch, MessageBar, Heard]:
    context = context_of(Role.ADMIN)
    bar = MessageBar(context.messages)
    qtbot.addWidget(bar)
    return BackupWatch(bar, context, bar), bar, Heard(context)


def a_round(qtbot: QtBot, watch: BackupWatch) -> None:
    watch.look()
    qtbot.waitUntil(lambda: not watch.running)


def test_the_window_tells_of_each(
    qtbot: QtBot, watch: tuple[BackupWatch, MessageBar, Heard], failing: dict[str, Exception]
) -> None:
    failing["RUSAK"] = MachineError(FULL)
    one, bar, heard = watch

    a_round(qtbot, one)

    assert heard.complained == [
        "Cadangan otomatis belum lengkap, pekerjaan di loket tidak terganggu. "
        f"B-RUSAK: {FULL} Cadangan sudah disalin ke A-BAIK, C-BAIK dan diperiksa. Cakram itu boleh "
        "dicabut."
    ]
    assert bar.backup.text() == "salinan gagal"
    assert "B-RUSAK" in bar.backup.toolTip()


def test_one_that_has_failed_rests_and_keeps_no_later_one_waiting(
    qtbot: QtBot,
    watch: tuple[BackupWatch, MessageBar, Heard],
    failing: dict[str, Exception],
    sticks: Sticks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seconds = [1000.0]
    monkeypatch.setattr(backup_watch, "monotonic", lambda: seconds[0])
    one, bar, heard = watch
    failing["RUSAK"] = MachineError(FULL)
    late = sticks.plugged.pop()  # C-BAIK comes later
    a_round(qtbot, one)
    assert len(heard.complained) == 1

    failing["RUSAK"] = MachineError("Dicoba lagi.")
    sticks.plugged.append(late)
    seconds[0] += 30
    a_round(qtbot, one)

    assert heard.said == [
        "Cadangan sudah disalin ke C-BAIK dan diperiksa. Cakram itu boleh dicabut."
    ]
    assert len(heard.complained) == 1  # it was left alone
    assert bar.backup.text() == "salinan gagal"

    failing["RUSAK"] = MachineError(FULL)
    seconds[0] += 1800
    a_round(qtbot, one)
    assert len(heard.complained) == 1  # tried again: nothing new

    bad = next(path for path in sticks.plugged if path.name == "B-RUSAK")
    sticks.plugged.remove(bad)
    seconds[0] += 30
    a_round(qtbot, one)
    failing.clear()
    sticks.plugged.append(bad)
    seconds[0] += 30
    a_round(qtbot, one)  # pulled out and plugged in: at once

    assert heard.said[-1].startswith("Cadangan sudah disalin ke B-RUSAK dan diperiksa.")
    assert bar.backup.text() != "salinan gagal"


def test_a_backup_here_that_has_failed_rests_too_but_not_when_the_program_ends(
    qtbot: QtBot,
    watch: tuple[BackupWatch, MessageBar, Heard],
    admin: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries: list[int] = []

    def refuse(*_words: object) -> None:
        tries.append(1)
        raise MachineError("Pemeriksaan memberi temuan.")

    monkeypatch.setattr(backups, "make_set", refuse)
    one, _bar, heard = watch
    a_round(qtbot, one)
    a_round(qtbot, one)
    assert len(tries) == 1

    one.finish()
    qtbot.waitUntil(lambda: not one.running)

    assert len(tries) == 2
    assert len(heard.complained) == 1
