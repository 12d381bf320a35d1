"""Draf and Dikembalikan (TMS): going on with what stopped, and the applicant who is back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screen import Screen
from kecamatan_desk.ui.screens.drafts import DraftsScreen
from kecamatan_desk.ui.screens.new_request import StartFrom
from kecamatan_desk.ui.screens.returned import ReturnedScreen
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.intake import discard_draft, fail_at_counter, save_draft
from kecamatan_desk.usecases.values import Answer, Receipt, RequestView, Seen
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.usecases.worklist import work_list
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status
from tests.builders import SettableClock, op
from tests.ui.screen_tools import ContextOf, Heard, Printed, fits, press, settled, shown
from tests.walking import DeskOf, brought_to, drafted, papers, seen, started

LONG = "Raden Roro Kusumawardhani Puspitaningrum Prawirodiningrat"


@pytest.fixture
def screens(qtbot: QtBot) -> Iterator[list[Screen]]:
    """Screens put in here are left in peace at the end."""
    made: list[Screen] = []
    yield made
    for screen in made:
        settled(qtbot, screen)


def says_yes(monkeypatch: pytest.MonkeyPatch, answer: bool = True) -> list[str]:
    """Answer the confirmation; give what was asked."""
    asked: list[str] = []

    def ask(_parent: object, title: str, text: str, yes: str, no: str = "") -> bool:
        asked.append(f"{title}: {text} [{yes}]")
        return answer

    monkeypatch.setattr(confirm, "ask", ask)
    return asked


# Drafts


def keep(desk_of: DeskOf, code: str, name: str) -> None:
    desk_of(Role.PELAYANAN).call(save_draft, op(), DraftInput(code, {"nama": name}))


@pytest.fixture
def drafts(
    qtbot: QtBot,
    context_of: ContextOf,
    desk_of: DeskOf,
    clock: SettableClock,
    screens: list[Screen],
) -> DraftsScreen:
    """The list with two drafts, Asep's the later one."""
    keep(desk_of, "sktm", LONG)
    clock.advance(minutes=1)
    keep(desk_of, "ktp", "Asep")
    screen = shown(qtbot, DraftsScreen(context_of(Role.PELAYANAN), Role.PELAYANAN, "draf"))
    screens.append(screen)
    qtbot.waitUntil(lambda: screen.model.rowCount() == 2)
    return screen


def test_the_last_saved_draft_stands_first(drafts: DraftsScreen) -> None:
    assert [draft.applicant for draft in drafts.model.records] == ["Asep", LONG]
    assert drafts.current is not None
    assert drafts.current.applicant == "Asep"


def test_enter_goes_on_with_a_draft(qtbot: QtBot, drafts: DraftsScreen) -> None:
    asked: list[object] = []
    drafts.context.navigator.new_request_asked.connect(asked.append)
    drafts.table.setFocus()
    qtbot.keyClick(drafts.table, Qt.Key.Key_Down)
    qtbot.keyClick(drafts.table, Qt.Key.Key_Return)

    assert asked == [StartFrom(draft_id=drafts.model.records[1].id)]


def test_a_draft_is_thrown_away_only_after_asking(
    qtbot: QtBot, drafts: DraftsScreen, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = says_yes(monkeypatch, answer=False)
    press(drafts, "F6")
    assert "Asep" in asked[0]
    assert len(desk_of(Role.PELAYANAN).ask(work_list, Role.PELAYANAN, "draf")) == 2

    says_yes(monkeypatch)
    heard = Heard(drafts.context)
    press(drafts, "F6")
    qtbot.waitUntil(lambda: drafts.model.rowCount() == 1)
    assert heard.said[0].endswith("dibuang.")
    press(drafts, "F6")
    qtbot.waitUntil(lambda: drafts.model.rowCount() == 0)
    assert drafts.pages.currentWidget() is drafts.empty


def test_a_draft_that_was_taken_in_meanwhile_is_not_thrown_away(
    qtbot: QtBot, drafts: DraftsScreen, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    says_yes(monkeypatch)
    heard = Heard(drafts.context)
    draft = drafts.current
    assert draft is not None
    desk_of(Role.PELAYANAN).call(discard_draft, op(), Seen(draft.id, draft.version))
    press(drafts, "F6")
    qtbot.waitUntil(lambda: bool(heard.refused))

    qtbot.waitUntil(lambda: [d.applicant for d in drafts.model.records] == [LONG])
    press(drafts, "F6")  # the refusal has let go of the deed
    qtbot.waitUntil(lambda: drafts.model.rowCount() == 0)


# Returned files


def returned(desk_of: DeskOf, code: str = "ktp", **own: object) -> Receipt:
    """Bring a request to its check and send it back to the applicant."""
    receipt = brought_to(desk_of, code, "verifikasi", **own)
    service = SERVICES[code]
    paper = service.requirements[0].code
    answers = papers(code, missing=paper, reason="Alamat tidak sama dengan KTP")
    return desk_of(service.first_decision.officer).call(
        processing.fail_check, op(), seen(receipt), answers
    )


def view_of(desk_of: DeskOf, receipt: Receipt) -> RequestView:
    return desk_of(Role.PELAYANAN).ask(request_view, receipt.request_id)


def returned_screen(qtbot: QtBot, context_of: ContextOf, screens: list[Screen]) -> ReturnedScreen:
    screen = shown(qtbot, ReturnedScreen(context_of(Role.PELAYANAN), Role.PELAYANAN, "tms"))
    screens.append(screen)
    qtbot.waitUntil(lambda: screen.view is not None)
    return screen


def words(screen: ReturnedScreen) -> str:
    labels = screen.lacking.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisibleTo(screen.lacking))


def test_what_was_missing_stands_there_with_the_deadline(
    qtbot: QtBot, context_of: ContextOf, desk_of: DeskOf, screens: list[Screen]
) -> None:
    returned(desk_of, nama=LONG)
    screen = returned_screen(qtbot, context_of, screens)

    assert "Fotokopi Kartu Keluarga" in words(screen)
    assert "Alamat tidak sama dengan KTP" in words(screen)
    assert "Pemohon kembali paling lambat 11 Juni 2026 (sisa 30 hari)." in words(screen)
    assert fits(screen)


def test_f12_records_that_the_applicant_is_back(
    qtbot: QtBot, context_of: ContextOf, desk_of: DeskOf, screens: list[Screen]
) -> None:
    receipt = returned(desk_of)
    screen = returned_screen(qtbot, context_of, screens)
    heard = Heard(screen.context)
    screen.bar.deed_button.click()
    screen.bar.deed_button.click()
    qtbot.waitUntil(lambda: bool(heard.said))

    view = view_of(desk_of, receipt)
    assert (view.status, view.step) == (Status.RUNNING, "verifikasi")
    assert "Petugas Verifikasi" in heard.said[0]
    qtbot.waitUntil(lambda: screen.view is None)
    assert screen.right.currentWidget() is screen.empty
    assert len(heard.said) == 1


def test_the_slip_prints_again(
    qtbot: QtBot,
    context_of: ContextOf,
    desk_of: DeskOf,
    screens: list[Screen],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printed = Printed(monkeypatch)
    returned(desk_of)
    screen = returned_screen(qtbot, context_of, screens)
    press(screen, "F7")

    qtbot.waitUntil(lambda: printed.kinds == ["pengembalian"])


def test_a_file_is_cancelled_with_a_reason_after_asking(
    qtbot: QtBot,
    context_of: ContextOf,
    desk_of: DeskOf,
    screens: list[Screen],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    receipt = returned(desk_of)
    screen = returned_screen(qtbot, context_of, screens)
    asked = says_yes(monkeypatch)
    press(screen, "F6")
    qtbot.keyClicks(screen.drawer.text, "Pemohon membatalkan")
    press(screen, "F12")
    qtbot.waitUntil(lambda: view_of(desk_of, receipt).status is Status.CANCELLED)

    assert "tidak dapat ditarik" in asked[0]


def test_closing_is_offered_to_whoever_may_decide_it(
    qtbot: QtBot,
    context_of: ContextOf,
    desk_of: DeskOf,
    screens: list[Screen],
) -> None:
    returned(desk_of)  # Verifikasi decides; Pelayanan may only withdraw it
    screen = returned_screen(qtbot, context_of, screens)

    press(screen, "F6")
    assert screen.drawer.question is not None
    assert [one.words for one in screen.drawer.question.choices] == ["Batalkan permohonan"]


def test_a_complaint_sent_back_at_the_counter_names_its_paper(
    qtbot: QtBot, context_of: ContextOf, desk_of: DeskOf, screens: list[Screen]
) -> None:
    saved, draft = drafted(desk_of, "pengaduan")
    answers = (Answer("identitas", "tidak-ada", reason="KTP tidak dibawa"),)
    desk_of(Role.PELAYANAN).call(
        fail_at_counter, op(), Seen(saved.id, saved.version), replace(draft, answers=answers)
    )
    started(desk_of, "pengaduan")
    screen = returned_screen(qtbot, context_of, screens)

    assert "KTP tidak dibawa" in words(screen)
    press(screen, "F12")
    qtbot.waitUntil(lambda: screen.view is None)
