"""A request that gets no file code: what is typed stays on disk, and what is said of it is so."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.errors import DiskFullError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.kept_words import UNKEPT
from kecamatan_desk.ui.screens import draft_keeper
from kecamatan_desk.ui.screens.new_request import NewRequestScreen
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.intake import draft
from kecamatan_desk.usecases.scratch import read_scratch
from kecamatan_desk.usecases.worklist import work_list
from tests.builders import SettableClock, taken_in
from tests.ui.screen_tools import ContextOf, Heard, press, settled, shown

DeskOf = Callable[[Role], Desk]
Sit = Callable[[], NewRequestScreen]
NEARLY_FULL, PLENTY = 100 << 20, 1 << 40


@pytest.fixture
def sit(qtbot: QtBot, context_of: ContextOf, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sit]:
    """Show the screen in a session of its own, which knows what was typed before."""
    monkeypatch.setattr(draft_keeper, "_LATER", 200)
    made: list[NewRequestScreen] = []

    def sit() -> NewRequestScreen:
        context = context_of(Role.PELAYANAN)
        with qtbot.waitSignal(context.pad.loaded):
            context.pad.load()
        screen = NewRequestScreen(context, Role.PELAYANAN, "baru")
        made.append(screen)
        shown(qtbot, screen)
        settled(qtbot, screen)
        return screen

    yield sit
    for screen in made:
        screen.background.desk.room = _plenty
        settled(qtbot, screen)


def _plenty() -> int:
    return PLENTY


def _nearly_full() -> int:
    return NEARLY_FULL


def type_name(qtbot: QtBot, screen: NewRequestScreen, name: str) -> None:
    screen.choose("sktm")
    screen.form.form.focus("nama")
    editor: Any = screen.form.form.field("nama").editor
    qtbot.keyClicks(editor, name)
    qtbot.wait(500)
    settled(qtbot, screen)


def drafts(screen: NewRequestScreen) -> int:
    return len(screen.background.desk.ask(work_list, Role.PELAYANAN, "draf"))


def name_of(screen: NewRequestScreen) -> str:
    return screen.form.form.field("nama").typed()


def test_the_foot_says_that_typing_is_kept_without_a_file_code(qtbot: QtBot, sit: Sit) -> None:
    screen = sit()
    heard = Heard(screen.context)
    screen.background.desk.room = _nearly_full
    type_name(qtbot, screen, "Dewi Lestari")

    assert "Tersimpan" in screen.bar.saved.text()
    assert "tanpa kode" in screen.bar.saved.text()
    assert screen.bar.saved.isVisible()
    assert "permohonan dan nomor baru berhenti" in heard.refused[-1][0]
    (kept,) = [one for one in screen.background.desk.ask(read_scratch) if one.place == "permohonan"]
    assert kept.body["name"] == "Dewi Lestari"


def test_room_that_comes_back_makes_a_draft_of_it_without_a_keystroke(
    qtbot: QtBot, sit: Sit
) -> None:
    screen = sit()
    screen.background.desk.room = _nearly_full
    type_name(qtbot, screen, "Dewi Lestari")
    assert drafts(screen) == 0

    screen.background.desk.room = _plenty
    qtbot.waitUntil(lambda: screen.keeper is not None and screen.keeper.stored is not None)

    assert "tersimpan" in screen.bar.saved.text()
    assert drafts(screen) == 1


def test_f2_puts_away_nothing_that_is_on_no_list(qtbot: QtBot, sit: Sit) -> None:
    screen = sit()
    screen.background.desk.room = _nearly_full
    type_name(qtbot, screen, "Dewi Lestari")
    press(screen, "F2")
    settled(qtbot, screen)
    assert len(screen.draft.begun.lines) == 1
    assert screen.draft.begun.isVisible()
    type_name(qtbot, screen, "Asep Kurniawan")

    again = sit()  # and the program is killed here
    again.background.desk.room = _nearly_full

    assert name_of(again) == "Asep Kurniawan"
    press(again, "F2")
    settled(qtbot, again)
    assert len(again.draft.begun.lines) == 2
    again.draft.begun.lines[1].button.click()
    settled(qtbot, again)
    assert name_of(again) == "Dewi Lestari"
    assert len(again.draft.begun.lines) == 1


def test_what_was_put_away_becomes_a_draft_once_when_there_is_room(qtbot: QtBot, sit: Sit) -> None:
    screen = sit()
    screen.background.desk.room = _nearly_full
    type_name(qtbot, screen, "Dewi Lestari")
    press(screen, "F2")
    settled(qtbot, screen)

    screen.background.desk.room = _plenty
    qtbot.waitUntil(lambda: drafts(screen) == 1)
    settled(qtbot, screen)

    assert screen.draft.begun.lines == []
    (row,) = screen.background.desk.ask(work_list, Role.PELAYANAN, "draf")
    assert screen.background.desk.ask(draft, row.id).values["nama"] == "Dewi Lestari"
    qtbot.wait(500)
    assert drafts(screen) == 1


def test_what_was_put_away_can_be_thrown_away(
    qtbot: QtBot, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = sit()
    screen.background.desk.room = _nearly_full
    type_name(qtbot, screen, "Dewi Lestari")
    press(screen, "F2")
    settled(qtbot, screen)
    monkeypatch.setattr(confirm, "ask", lambda *_: True)
    screen.draft.begun.lines[0].throw_button.click()
    screen.background.desk.room = _plenty
    qtbot.wait(600)
    settled(qtbot, screen)

    assert not screen.draft.begun.isVisible()
    assert drafts(screen) == 0
    assert [one.place for one in screen.background.desk.ask(read_scratch)] == []


def test_where_even_the_pad_is_refused_nobody_is_told_that_it_is_kept(
    qtbot: QtBot, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = sit()
    heard = Heard(screen.context)
    call = screen.background.desk.call

    def full(*_asked: object) -> None:
        raise DiskFullError("Cakram penuh. Tidak ada yang berubah.")

    monkeypatch.setattr(screen.background.desk, "call", full)
    type_name(qtbot, screen, "Dewi Lestari")

    assert screen.bar.saved.text() == UNKEPT
    assert screen.bar.saved.isVisible()
    words = heard.refused[-1][0]
    assert "belum tersimpan karena cakram penuh" in words
    assert "Jangan tutup program" in words
    assert screen.context.pad.refusing
    press(screen, "F12")
    settled(qtbot, screen)
    assert "tersimpan;" not in " ".join(heard.complained)

    monkeypatch.setattr(screen.background.desk, "call", call)
    qtbot.waitUntil(lambda: screen.keeper is not None and screen.keeper.stored is not None)
    qtbot.waitUntil(lambda: not screen.context.pad.refusing)
    assert "tersimpan" in screen.bar.saved.text()


def test_room_that_comes_back_is_told_and_the_foot_has_its_words_again(
    qtbot: QtBot, context_of: ContextOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(context_of(Role.PELAYANAN))
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    shell.open_entry(None, "baru")
    screen = shell.screen_shown
    assert isinstance(screen, NewRequestScreen)
    desk = shell.context.background.desk
    desk.room = _nearly_full
    qtbot.waitUntil(lambda: shell.context.background.idle)
    type_name(qtbot, screen, "Dewi Lestari")
    call = desk.call

    def full(*_asked: object) -> None:
        raise DiskFullError("Cakram penuh. Tidak ada yang berubah.")

    monkeypatch.setattr(desk, "call", full)
    type_name(qtbot, screen, " Ningsih")
    assert "belum tersimpan" in shell.message_bar.words.text()
    assert screen.bar.saved.text() == UNKEPT
    monkeypatch.setattr(desk, "call", call)

    qtbot.waitUntil(lambda: "tersimpan lagi" in shell.message_bar.words.text())
    assert "tanpa kode" in screen.bar.saved.text()
    assert screen.bar.saved.isVisible()
    desk.room = _plenty
    settled(qtbot, screen)
    shell.end()
    qtbot.waitUntil(lambda: shell.context.background.idle)


def test_typing_on_a_pc_that_woke_up_years_ago_is_there_when_the_clock_is_right_again(
    qtbot: QtBot, sit: Sit, desk_of: DeskOf, clock: SettableClock
) -> None:
    taken_in(desk_of)  # a number vouches for today
    right = clock.now
    clock.now = right - timedelta(days=900)
    screen = sit()
    type_name(qtbot, screen, "Dewi Lestari")
    assert drafts(screen) == 0

    clock.now = right + timedelta(minutes=5)
    again = sit()

    assert name_of(again) == "Dewi Lestari"


def test_typing_is_there_also_by_a_clock_that_runs_years_ahead(
    qtbot: QtBot, sit: Sit, desk_of: DeskOf, clock: SettableClock
) -> None:
    taken_in(desk_of)
    screen = sit()
    screen.background.desk.room = _nearly_full
    type_name(qtbot, screen, "Dewi Lestari")

    clock.advance(days=900)
    again = sit()
    again.background.desk.room = _nearly_full

    assert name_of(again) == "Dewi Lestari"
