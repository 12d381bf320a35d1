"""A deed is under way and its screen is left, covered or shows something else by then."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screens.approvals import ApprovalsScreen
from kecamatan_desk.usecases.agreements import proposals
from kecamatan_desk.usecases.proposals import decline
from kecamatan_desk.usecases.values import Receipt
from kecamatan_desk.usecases.voiding import propose_cancel
from tests.builders import PIN, DeskOf, op, registered, seen
from tests.ui.screen_tools import ContextOf, Heard, press, settled, shown, type_into
from tests.walking import rows


@pytest.fixture
def asked(desk_of: DeskOf) -> Receipt:
    """A number somebody wants void."""
    receipt = registered(desk_of, nama="Dewi Sartika")
    desk_of(Role.REGISTER).call(propose_cancel, op(), seen(receipt), "Salah nama")
    return receipt


def approvals(qtbot: QtBot, context_of: ContextOf, role: Role) -> ApprovalsScreen:
    screen = shown(qtbot, ApprovalsScreen(context_of(role), role, "persetujuan"))
    settled(qtbot, screen)
    return screen


def test_a_deed_refused_behind_another_screen_can_be_done_again(
    qtbot: QtBot,
    context_of: ContextOf,
    desk_of: DeskOf,
    asked: Receipt,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(confirm, "ask", lambda *_question: True)
    other = registered(desk_of)
    desk_of(Role.REGISTER).call(propose_cancel, op(), seen(other), "Salah alamat")
    screen = approvals(qtbot, context_of, Role.KASI)
    heard = Heard(screen.context)
    mine = screen._shown  # noqa: SLF001 - which of the two is in hand
    assert mine is not None
    desk_of(Role.CAMAT).call(decline, op(), mine.id, "Tidak perlu")

    press(screen, "F12")
    screen.hide()  # another entry, help, or the door
    settled(qtbot, screen)
    assert heard.refused  # somebody else was quicker

    screen.show()
    settled(qtbot, screen)
    left = next(n for n, one in enumerate(screen.list.records.records) if one.waits)
    screen.list.setCurrentIndex(screen.list.records.index(left, 0))
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.said))
    assert "batal" in heard.said[0]


def test_the_secret_of_an_official_does_not_outlive_the_sight_of_it(
    qtbot: QtBot, context_of: ContextOf, desk_of: DeskOf, asked: Receipt
) -> None:
    desk_of(Role.KASI)
    screen = approvals(qtbot, context_of, Role.REGISTER)
    press(screen, "F12")
    settled(qtbot, screen)
    type_into(qtbot, screen.second.secret, PIN[:5])

    screen.hide()  # the desk is locked, or somebody looks elsewhere
    screen.show()

    assert screen.second.isVisible()
    assert screen.second.secret.text() == ""


def test_declining_one_proposal_leaves_what_is_written_of_another(
    qtbot: QtBot, context_of: ContextOf, desk_of: DeskOf, asked: Receipt
) -> None:
    other = registered(desk_of)
    desk_of(Role.REGISTER).call(propose_cancel, op(), seen(other), "Salah alamat")
    screen = approvals(qtbot, context_of, Role.KASI)
    heard = Heard(screen.context)
    press(screen, "F8")
    qtbot.keyClicks(screen.drawer.text, "Cukup perbaiki")
    qtbot.waitUntil(lambda: screen.context.pad.kept_at is not None)
    chosen = screen.list.currentIndex().row()

    press(screen, "F12")
    screen.list.setCurrentIndex(screen.list.records.index(1 - chosen, 0))
    press(screen, "F8")
    qtbot.keyClicks(screen.drawer.text, "Belum lengkap")
    qtbot.waitUntil(lambda: bool(heard.said))
    settled(qtbot, screen)

    assert len(desk_of(Role.KASI).ask(proposals)) == 1
    assert screen.drawer.is_open
    assert screen.drawer.text.text() == "Belum lengkap"
    screen.context.pad.flush()
    settled(qtbot, screen)
    kept = rows(
        screen.background.desk.store.path, "SELECT body FROM scratch WHERE place LIKE 'tolak%'"
    )
    assert len(kept) == 1  # that of the proposal declined is over
    assert "Belum lengkap" in str(kept[0]["body"])
    qtbot.keyClick(screen.drawer, Qt.Key.Key_Escape)
