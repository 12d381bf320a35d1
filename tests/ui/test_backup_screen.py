"""Cadangan on screen: ages, sets, a stick, the drill, the recovery key; officials only read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.documents.recovery_sheet import groups
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.ui.backup_words import size_text
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.restore_choice import ChoicePart
from kecamatan_desk.ui.screens import backup_desk
from kecamatan_desk.ui.screens.backup_desk import BackupScreen
from kecamatan_desk.usecases.backup_media import FoundSet
from kecamatan_desk.usecases.backup_values import DRILL_DAYS
from kecamatan_desk.usecases.backups import back_up_now, backups, choices, recovery_recipient
from kecamatan_desk.usecases.desk import FRESH, Desk
from kecamatan_desk.usecases.drill import drill
from kecamatan_desk.usecases.recovery import adopt, new_key
from kecamatan_desk.usecases.restore_values import Restorer
from tests.builders import SettableClock, handed_over, op, registered
from tests.ui.backup_tools import Sticks, sticks
from tests.ui.screen_tools import ContextOf, Heard, Printed, enter, fits, press, settled, shown
from tests.walking import DeskOf

__all__ = ["sticks"]
Made = Callable[..., BackupScreen]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    return Printed(monkeypatch)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer every question with yes, and note it."""
    questions: list[str] = []

    def ask(_parent: QWidget | None, title: str, text: str, _yes: str, _no: str = "") -> bool:
        questions.append(f"{title}: {text}")
        return True

    monkeypatch.setattr(confirm, "ask", ask)
    return questions


@pytest.fixture
def admin(desk_of: DeskOf) -> Desk:
    registered(desk_of)
    return desk_of(Role.ADMIN)


@pytest.fixture
def make(
    qtbot: QtBot, context_of: ContextOf, sticks: Sticks, printed: Printed, admin: Desk
) -> Made:
    """Make the screen of a role, filled."""

    def make(role: Role = Role.ADMIN) -> BackupScreen:
        screen = shown(qtbot, BackupScreen(context_of(role), role, "salinan"))
        filled(qtbot, screen)
        return screen

    return make


def filled(qtbot: QtBot, screen: BackupScreen) -> None:
    """Wait until both workers have answered."""
    for _ in range(3):
        answers: list[str] = []
        screen.background.print_job(answers.append, lambda _desk: "")
        qtbot.waitUntil(lambda answers=answers: bool(answers))
        settled(qtbot, screen)


def done(qtbot: QtBot, screen: BackupScreen) -> None:
    qtbot.waitUntil(lambda: not screen.work.running)
    filled(qtbot, screen)


def test_ages_are_told_in_words_numbers_and_signs(
    qtbot: QtBot, make: Made, admin: Desk, clock: SettableClock, desk_of: DeskOf
) -> None:
    screen = make()
    state = screen.state_part
    assert state.local.chip.accessibleName() == "belum pernah"
    assert state.local.chip.property("chip") == "late"
    assert "Buat kunci pemulihan dahulu" in state.outside.note.text()
    assert not screen.drill_button.isEnabled()
    assert fits(screen)

    back_up_now(admin)
    drill(admin)
    registered(desk_of, nik="9901011206850002", nama="Siti Maimunah")
    screen.background.announce()
    filled(qtbot, screen)
    assert state.local.chip.accessibleName() == "aman"
    assert state.local.when.text() == "Hari ini 09.00"
    assert state.drill.chip.accessibleName() == "aman"
    assert screen.drill_button.isEnabled()

    for days, chip, word in ((3, "warn", "3 hari"), (7, "late", "7 hari")):
        clock.set(clock.now.replace(day=12 + days))
        screen.background.announce()
        filled(qtbot, screen)
        assert state.local.chip.property("chip") == chip
        assert state.local.chip.accessibleName() == word
        assert f"{days} hari lalu (12-05-2026)" in state.local.when.text()
    clock.advance(days=DRILL_DAYS)
    screen.background.announce()
    filled(qtbot, screen)
    assert state.drill.chip.property("chip") == "warn"


def test_a_backup_has_one_size_wherever_it_is_told(
    qtbot: QtBot, make: Made, admin: Desk, desk_of: DeskOf, clock: SettableClock
) -> None:
    handed_over(desk_of, nik="9901011206850002", nama="Siti Maimunah")
    made = back_up_now(admin).local
    assert made.paper_bytes > 1000
    whole = size_text(made.size + made.paper_bytes)
    assert whole != size_text(made.size)

    screen = make()
    sizes = [column.title for column in screen.model.columns].index("Ukuran")
    told = [screen.model.index(row, sizes).data() for row in range(screen.model.rowCount())]
    choice = ChoicePart(None)
    qtbot.addWidget(choice)
    choice.show_sets([FoundSet(made, "Komputer ini", "Sukamaju")])
    sizes = [column.title for column in choice.model.columns].index("Ukuran")
    assert told == [choice.model.index(0, sizes).data()] == [whole]

    clock.advance(minutes=1)  # else both sets are the newest
    heard = Heard(screen.context)
    press(screen, "F12")
    done(qtbot, screen)
    assert f"({size_text(backups(admin)[0].whole_size)})" in heard.said[-1]


def test_a_backup_goes_to_the_stick_and_only_encrypted(
    qtbot: QtBot, make: Made, admin: Desk, sticks: Sticks
) -> None:
    stick = sticks.plug()
    screen = make()
    heard = Heard(screen.context)
    screen.side.to.setCurrentIndex(1)
    assert screen.side.to.currentText() == "FLASHDISK (8,0 GB kosong)"
    press(screen, "F12")
    done(qtbot, screen)
    assert "kunci pemulihannya belum dibuat" in heard.complained[0]
    assert [p.name for p in stick.iterdir()] == ["foto.jpg"]

    key = new_key()
    adopt(admin, op(), key.secret, key.secret)
    press(screen, "F12")
    done(qtbot, screen)
    assert heard.said[-1].startswith("Cadangan lengkap dan sudah diperiksa, juga di ")
    found = backups(admin, stick)
    assert len(found) == 1
    assert found[0].encrypted
    assert screen.state_part.outside.when.text() == "Hari ini 09.00"
    assert len(screen.model.records) == 1
    screen.where.setCurrentIndex(1)
    assert [one.name for one in screen.model.records] == [found[0].name]

    press(screen, "F6")
    done(qtbot, screen)
    assert heard.said[-1] == "Cadangan terbaru di FLASHDISK dibaca ulang seluruhnya: utuh."
    found[0].path.write_bytes(found[0].path.read_bytes()[:-1])
    press(screen, "F6")
    done(qtbot, screen)
    assert "Cadangan terbaru di FLASHDISK rusak" in heard.complained[-1]


def test_presence_is_asked_before_data_leave(
    qtbot: QtBot, make: Made, admin: Desk, sticks: Sticks, clock: SettableClock
) -> None:
    sticks.plug()
    key = new_key()
    adopt(admin, op(), key.secret, key.secret)
    screen = make()
    heard = Heard(screen.context)
    screen.side.to.setCurrentIndex(1)
    admin.proven_at -= FRESH + 1
    press(screen, "F12")
    done(qtbot, screen)
    assert "PIN atau kata sandi Anda sekali lagi" in heard.refused[0][0]
    assert backups(admin) == ()


def test_work_is_stopped_by_esc_and_leaves_nothing(
    qtbot: QtBot, make: Made, admin: Desk, place: Place
) -> None:
    screen = make()
    heard = Heard(screen.context)
    press(screen, "F12")
    press(screen, "Esc")
    done(qtbot, screen)
    assert heard.said == ["Pencadangan dihentikan. Tidak ada yang tersisa setengah jadi."]
    assert backups(admin) == ()
    assert not list(place.backups.rglob("*.half"))


def test_the_drill_tells_its_number_or_what_went_wrong(
    qtbot: QtBot, make: Made, admin: Desk
) -> None:
    back_up_now(admin)
    screen = make()
    heard = Heard(screen.context)
    press(screen, "F8")
    done(qtbot, screen)
    assert heard.said[0].startswith("Uji pulih berhasil dalam ")
    assert "/KEC-SKM/" in heard.said[0]
    assert screen.state_part.drill.chip.accessibleName() == "aman"

    damaged = backups(admin)[0].path
    damaged.write_bytes(damaged.read_bytes()[:-9])
    press(screen, "F8")
    done(qtbot, screen)
    assert heard.complained[0].startswith("Uji pulih GAGAL: ")
    assert screen.state_part.drill.chip.accessibleName() == "GAGAL"
    assert "Buat cadangan baru" in screen.state_part.drill.note.text()


def test_a_key_is_printed_typed_back_and_replaced(
    qtbot: QtBot, make: Made, admin: Desk, printed: Printed, asked: list[str]
) -> None:
    screen = make()
    heard = Heard(screen.context)
    part = screen.side.key
    assert part.make_button.words.text() == "Buat kunci"
    part.make_button.click()
    qtbot.waitUntil(lambda: len(printed.papers) == 1)
    secret = part._key.secret  # type: ignore[union-attr]  # noqa: SLF001 - what stands on the paper
    assert asked == []

    wrong = list(groups(secret))
    wrong[4] = "QQQQ" if wrong[4] != "QQQQ" else "PPPP"
    part.typed.setText(" ".join(wrong))
    enter(qtbot, part.typed)
    settled(qtbot, screen)
    assert "Kelompok ke-5 tidak sama" in part.problem.text()
    assert admin.ask(recovery_recipient) == ""

    part.typed.setText(secret.lower())  # as a scanner of the square code types it
    enter(qtbot, part.typed)
    settled(qtbot, screen)
    filled(qtbot, screen)
    assert admin.ask(recovery_recipient)
    assert not part.typing
    assert part.typed.text() == ""
    assert heard.said[-1].startswith("Kunci pemulihan dipakai mulai sekarang.")
    assert part.make_button.words.text() == "Ganti kunci"
    first = admin.ask(recovery_recipient)
    assert screen.backup_button.hasFocus()  # the next deed, not the way to a restore

    part.make_button.click()
    assert "simpan keduanya" in asked[0]
    qtbot.waitUntil(lambda: part.typing)
    part.drop_button.click()
    settled(qtbot, screen)
    assert admin.ask(recovery_recipient) == first


def test_the_second_folder_is_chosen_and_dropped(
    qtbot: QtBot, make: Made, admin: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "cakram-kedua"
    disk.mkdir()
    monkeypatch.setattr(backup_desk, "ask_folder", lambda *_words: disk)
    screen = make()
    screen.side.second_button.click()
    filled(qtbot, screen)
    assert admin.ask(choices).second == str(disk)
    assert "cakram-kedua" in screen.side.second.text()
    disk.rmdir()
    screen.background.announce()
    filled(qtbot, screen)
    assert "(sekarang tidak terpasang)" in screen.side.second.text()
    screen.side.drop_button.click()
    filled(qtbot, screen)
    assert admin.ask(choices).second == ""


def test_a_folder_outside_is_offered_and_used(
    qtbot: QtBot, make: Made, admin: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "cakram"
    disk.mkdir()
    monkeypatch.setattr(backup_desk, "ask_folder", lambda *_words: disk)
    screen = make()
    heard = Heard(screen.context)
    screen.side.folder_button.click()
    assert screen.side.to.currentText() == str(disk)
    press(screen, "F12")
    done(qtbot, screen)
    assert len(backups(admin, disk)) == 1
    assert "di cakram yang sama dengan data, jadi belum dihitung" in heard.said[-1]


@pytest.mark.parametrize("role", [Role.CAMAT, Role.SEKCAM])
def test_officials_read_and_do_nothing(qtbot: QtBot, make: Made, admin: Desk, role: Role) -> None:
    back_up_now(admin)
    screen = make(role)
    assert screen.state_part.local.when.text() == "Hari ini 09.00"
    assert len(screen.model.records) == 1
    assert screen.deeds() == {}
    assert not screen.side.key.make_button.isVisible()
    assert not screen.side.second_button.isVisible()


class Taker(QObject):
    """Takes what the screen asks the window for."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[Restorer] = []

    @Slot(object)
    def take(self, by: Restorer) -> None:
        self.taken.append(by)


def test_restoring_asks_who_it_is(qtbot: QtBot, make: Made, admin: Desk) -> None:
    screen = make()
    heard, taker = Heard(screen.context), Taker()
    screen.context.navigator.restoring_asked.connect(taker.take)
    admin.proven_at -= FRESH + 1
    screen.restore_button.click()
    settled(qtbot, screen)
    assert taker.taken == []
    assert len(heard.refused) == 1
    admin.proven_at += FRESH + 1
    screen.restore_button.click()
    settled(qtbot, screen)
    assert [(one.by, one.user_id) for one in taker.taken] == [("akun", admin.user.id)]
