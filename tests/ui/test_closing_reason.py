"""The reason for opening a month again is kept while it is typed, month by month."""

from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.agreements import proposals as listed
from kecamatan_desk.usecases.scratch import read_scratch
from tests.builders import SettableClock
from tests.closing_office import closed_may
from tests.ui.screen_tools import ContextOf, settled, shown
from tests.ui.test_closing_screen import Made, button, choose, make, printed
from tests.walking import DeskOf, brought_to

__all__ = ["make", "printed"]
REASON = "Surat desa tercecer di meja"


def kept(desk_of: DeskOf) -> dict[str, str]:
    found = desk_of(Role.REGISTER).ask(read_scratch)
    return {one.place: one.body["text"] for one in found if "buka-kembali" in one.place}


def test_it_is_on_disk_and_there_again_and_gone_when_proposed(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    closed_may(desk_of, clock)
    screen = make()
    choose(qtbot, screen, "Mei 2026")
    assert screen.side.reason is not None
    qtbot.keyClicks(screen.side.reason, REASON)
    qtbot.waitUntil(lambda: kept(desk_of) == {"buka-kembali:2026-05": REASON})

    others = [one.name for one in screen.model.records if one.name != "Mei 2026"]
    choose(qtbot, screen, others[0])
    choose(qtbot, screen, "Mei 2026")
    assert screen.side.reason.text() == REASON

    button(screen, "propose-reopening").click()
    settled(qtbot, screen)
    assert [one.reason for one in desk_of(Role.SEKCAM).ask(listed)] == [REASON]
    qtbot.waitUntil(lambda: kept(desk_of) == {})


def test_after_a_kill_it_is_typed_already(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock, context_of: ContextOf
) -> None:
    closed_may(desk_of, clock)
    screen = make()
    choose(qtbot, screen, "Mei 2026")
    assert screen.side.reason is not None
    qtbot.keyClicks(screen.side.reason, REASON)
    qtbot.waitUntil(lambda: bool(kept(desk_of)))
    context = context_of(Role.REGISTER)  # as a program that is started anew
    with qtbot.waitSignal(context.pad.loaded):
        context.pad.load()
    from kecamatan_desk.ui.screens.closing_desk import ClosingScreen

    again = shown(qtbot, ClosingScreen(context, Role.REGISTER, "tutup-buku"))
    qtbot.waitUntil(lambda: again.model.rowCount() > 0)
    choose(qtbot, again, "Mei 2026")
    assert again.side.reason is not None
    assert again.side.reason.text() == REASON
    again.side.reason.clear()
    again.side.reason.textEdited.emit("")
    qtbot.waitUntil(lambda: kept(desk_of) == {})
