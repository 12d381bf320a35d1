"""The work place: one key per deed, the right use-case, and the next file at once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.printing import Printing
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.workplace import WorkplaceScreen
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.people_values import UserInput
from kecamatan_desk.usecases.processing import fail_check, pass_check, record_return, save_answers
from kecamatan_desk.usecases.values import Answer, Receipt, RequestView
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status
from tests.builders import PASSWORD, add_user, op
from tests.ui.officials import Sitting
from tests.walking import brought_to, filled, needed_paper, papers, seen

DeskOf = Callable[[Role], Desk]
Open = Callable[[Role], Sitting[WorkplaceScreen]]


@pytest.fixture
def workplace(qtbot: QtBot, context_of: Callable[[Role], ScreenContext]) -> Open:
    """Open the work place of a role's user."""

    def workplace(role: Role) -> Sitting[WorkplaceScreen]:
        context = context_of(role)
        return Sitting(qtbot, context, WorkplaceScreen(context, role, "masuk"))

    return workplace


@pytest.fixture
def context_as(
    context_of: Callable[[Role], ScreenContext],
) -> Iterator[Callable[[Desk], ScreenContext]]:
    """Give the context of any user's screens."""
    made: list[Background] = []

    def context_as(desk: Desk) -> ScreenContext:
        made.append(Background(desk))
        return replace(context_of(Role.VERIFIKASI), background=made[-1], user=desk.user)

    yield context_as
    for background in made:
        background.close()


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles of what was sent to a printer."""
    titles: list[str] = []

    def print_pdf(_self: Printing, _parent: Any, pdf: bytes, _kind: str, title: str) -> None:
        assert pdf.startswith(b"%PDF")
        titles.append(title)

    monkeypatch.setattr(Printing, "print_pdf", print_pdf)
    return titles


def view_of(desk_of: DeskOf, receipt: Receipt, role: Role = Role.PELAYANAN) -> RequestView:
    return desk_of(role).ask(request_view, receipt.request_id)


def at_check(desk_of: DeskOf, code: str = "perubahan-kk") -> Receipt:
    """Bring a file to the check, no paper answered yet."""
    receipt = brought_to(desk_of, code, "verifikasi")
    blank = tuple(Answer(paper.code, "") for paper in SERVICES[code].requirements)
    desk_of(Role.VERIFIKASI).call(save_answers, op(), seen(receipt), blank)
    return receipt


def answer_all(sitting: Sitting[WorkplaceScreen]) -> None:
    lines = sitting.screen.panel.checklist.lines.rowCount()
    sitting.type("1" * lines, sitting.screen.panel.checklist)


def test_complete_papers_get_a_queue_number_shown_large_and_the_next_file_follows(
    workplace: Open, desk_of: DeskOf
) -> None:
    first = at_check(desk_of)
    second = at_check(desk_of, "ktp")
    sitting = workplace(Role.VERIFIKASI)
    sitting.until_shown(first.request_id)
    answer_all(sitting)

    sitting.press("F12")

    sitting.until(lambda: sitting.screen.given.isVisible())
    assert sitting.screen.given.number.text() == "A-001"
    assert view_of(desk_of, first).step == "register"
    sitting.until_shown(second.request_id)
    sitting.press("F12")
    assert sitting.screen.work.isVisible()
    assert sitting.screen.panel.checklist.hasFocus()


def test_ticket_and_checklist_of_the_file_just_done_are_printed_with_f7(
    workplace: Open, desk_of: DeskOf, printed: list[str]
) -> None:
    first = at_check(desk_of)
    sitting = workplace(Role.VERIFIKASI)
    sitting.until_shown(first.request_id)
    answer_all(sitting)
    sitting.press("F12")
    sitting.until(lambda: sitting.screen.given.isVisible())

    sitting.press("F7")

    sitting.until(lambda: len(printed) == 2)
    assert printed == [f"Tiket antrian {first.file_code}", f"Lembar ceklis {first.file_code}"]


def test_that_a_paper_is_not_answered_is_taken_back_when_it_is(
    workplace: Open, desk_of: DeskOf
) -> None:
    receipt = at_check(desk_of)
    sitting = workplace(Role.VERIFIKASI)
    sitting.until_shown(receipt.request_id)
    taken_back: list[bool] = []

    def note() -> None:
        taken_back.append(True)

    sitting.context.messages.settled.connect(note)
    sitting.press("F12")
    assert "belum selesai. Jawab 1 bila ada" in sitting.said.refused[-1]
    assert taken_back == []
    answer_all(sitting)
    assert taken_back == [True]


def test_f12_pressed_twice_spends_one_number(workplace: Open, desk_of: DeskOf) -> None:
    first = at_check(desk_of)
    second = at_check(desk_of, "ktp")
    sitting = workplace(Role.VERIFIKASI)
    sitting.until_shown(first.request_id)
    answer_all(sitting)

    sitting.screen.press()
    sitting.screen.press()

    sitting.until_shown(second.request_id)
    assert view_of(desk_of, second).step == "verifikasi"
    assert view_of(desk_of, first).step == "register"


def test_a_needed_paper_left_open_is_pointed_at_and_nothing_is_spent(
    workplace: Open, desk_of: DeskOf
) -> None:
    first = at_check(desk_of)
    sitting = workplace(Role.VERIFIKASI)
    sitting.until_shown(first.request_id)

    sitting.press("F12")

    assert "Jawab 1 bila ada" in sitting.said.refused[0]
    assert view_of(desk_of, first).step == "verifikasi"


def test_a_missing_paper_changes_the_deed_and_prints_the_return_slip(
    workplace: Open, desk_of: DeskOf, printed: list[str]
) -> None:
    first = at_check(desk_of)
    sitting = workplace(Role.VERIFIKASI)
    sitting.until_shown(first.request_id)
    sitting.type("2", sitting.screen.panel.checklist)
    assert "lembar pengembalian" in sitting.screen.bar.deed_button.words.text()

    sitting.press("F12")

    sitting.until(lambda: printed == [f"Lembar pengembalian {first.file_code}"])
    after = view_of(desk_of, first)
    assert (after.status, after.visits) == (Status.FAILED, 1)
    assert "Tidak dibawa" in after.returned_note
    assert sitting.said.refused == []  # nothing is saved after the file has left


def test_f8_at_the_check_asks_in_the_row_why_the_paper_fails(
    workplace: Open, desk_of: DeskOf
) -> None:
    first = at_check(desk_of)
    sitting = workplace(Role.VERIFIKASI)
    sitting.until_shown(first.request_id)

    sitting.press("F8")

    sitting.until(lambda: sitting.screen.panel.checklist.editor.reason.hasFocus())
    assert not sitting.can_press("F8")


def test_only_the_failed_papers_are_open_when_the_applicant_is_back(
    workplace: Open, desk_of: DeskOf
) -> None:
    first = at_check(desk_of)
    missing = needed_paper("perubahan-kk")
    failed = desk_of(Role.VERIFIKASI).call(
        fail_check, op(), seen(first), papers("perubahan-kk", missing=missing)
    )
    desk_of(Role.PELAYANAN).call(record_return, op(), seen(failed))
    sitting = workplace(Role.VERIFIKASI)
    sitting.until_shown(first.request_id)

    sitting.screen.panel.checklist.answer(0, "ada")
    sitting.press("F12")

    sitting.until(lambda: sitting.screen.given.isVisible())
    assert view_of(desk_of, first).step == "register"


def test_answers_are_kept_without_any_deed(workplace: Open, desk_of: DeskOf) -> None:
    first = at_check(desk_of)
    sitting = workplace(Role.VERIFIKASI)
    sitting.until_shown(first.request_id)

    sitting.type("13", sitting.screen.panel.checklist)

    sitting.until(
        lambda: (
            [line.answer for line in view_of(desk_of, first).checklist[:2]]
            == ["ada", "tidak-diperlukan"]
        )
    )


def test_what_a_colleague_has_decided_meanwhile_is_refused_calmly(
    workplace: Open, desk_of: DeskOf
) -> None:
    first = at_check(desk_of)
    second = at_check(desk_of, "ktp")
    sitting = workplace(Role.VERIFIKASI)
    sitting.until_shown(first.request_id)
    answer_all(sitting)
    desk_of(Role.VERIFIKASI).call(pass_check, op(), seen(first), papers("perubahan-kk"))

    sitting.press("F12")

    sitting.until_shown(second.request_id)
    assert "sudah diproses orang lain" in sitting.said.refused[0]
    answer_all(sitting)
    sitting.press("F12")
    sitting.until(lambda: view_of(desk_of, second).step == "register")


def test_a_pause_is_named_and_ended_with_the_same_key(workplace: Open, desk_of: DeskOf) -> None:
    first = at_check(desk_of)
    sitting = workplace(Role.VERIFIKASI)
    sitting.until_shown(first.request_id)
    sitting.press("F4")
    sitting.screen.drawer.radios[2].click()

    sitting.press("F12")

    sitting.until_shown(first.request_id, first.version + 1)
    assert view_of(desk_of, first).clock.pause == "Gangguan jaringan"
    sitting.press("F4")
    sitting.until(lambda: view_of(desk_of, first).clock.pause is None)


def test_escape_closes_the_drawer_and_f12_is_the_step_again(
    workplace: Open, desk_of: DeskOf
) -> None:
    first = at_check(desk_of)
    sitting = workplace(Role.VERIFIKASI)
    sitting.until_shown(first.request_id)
    sitting.press("F4")
    assert sitting.screen.bar.deed_button.words.text() == "Mulai jeda"

    QTest.keyClick(sitting.screen.drawer, Qt.Key.Key_Escape)

    assert sitting.screen.bar.deed_button.words.text() == "Berkas lengkap – beri nomor antrian"
    assert sitting.screen.panel.checklist.hasFocus()


@pytest.mark.parametrize("sure", [True, False])
def test_ending_a_request_asks_for_a_reason_and_once_more(
    workplace: Open, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch, sure: bool
) -> None:
    monkeypatch.setattr(confirm, "ask", lambda *_texts: sure)
    first = at_check(desk_of)
    sitting = workplace(Role.VERIFIKASI)
    sitting.until_shown(first.request_id)
    sitting.press("F6")
    sitting.press("F12")
    assert sitting.screen.drawer.is_open
    sitting.type("Diarahkan ke Disdukcapil", sitting.screen.drawer.text)

    sitting.press("F12")

    if sure:
        sitting.until(lambda: view_of(desk_of, first).step is None)
        assert view_of(desk_of, first).returned_note == "Diarahkan ke Disdukcapil"
    else:
        assert view_of(desk_of, first).step == "verifikasi"


def test_a_file_is_sent_back_with_what_is_to_be_mended(workplace: Open, desk_of: DeskOf) -> None:
    first = brought_to(desk_of, "oss", "validasi")
    sitting = workplace(Role.KASI)
    sitting.until_shown(first.request_id)
    sitting.press("F8")
    sitting.press("F12")
    assert view_of(desk_of, first, Role.KASI).step == "validasi"
    sitting.type("Alamat usaha keliru", sitting.screen.drawer.text)

    sitting.press("F12")

    sitting.until(lambda: view_of(desk_of, first, Role.KASI).step == "terima")
    assert view_of(desk_of, first, Role.KASI).returned_note == "Alamat usaha keliru"


def test_fields_of_the_step_must_be_filled_before_it_is_finished(
    workplace: Open, desk_of: DeskOf
) -> None:
    first = brought_to(desk_of, "pengaduan", "klasifikasi")
    sitting = workplace(Role.TIM_PENGADUAN)
    sitting.until_shown(first.request_id)
    form = sitting.screen.form.form
    assert form is not None
    sitting.press("F12")
    assert form.field("klasifikasi").state == "error"
    form.set_values(filled(SERVICES["pengaduan"], "klasifikasi"))

    sitting.press("F12")

    sitting.until(lambda: view_of(desk_of, first).step == "pertimbangan")


def test_what_is_typed_at_a_step_is_on_disk_before_the_step_is_finished(
    workplace: Open, desk_of: DeskOf
) -> None:
    first = brought_to(desk_of, "pengaduan", "klasifikasi")
    sitting = workplace(Role.TIM_PENGADUAN)
    sitting.until_shown(first.request_id)
    form = sitting.screen.form.form
    assert form is not None
    version = view_of(desk_of, first).version

    QTest.keyClicks(form.field("klasifikasi").editor, "Pertanahan")

    sitting.until(lambda: view_of(desk_of, first).data.get("klasifikasi") == "Pertanahan")
    assert view_of(desk_of, first).step == "klasifikasi"
    assert view_of(desk_of, first).version == version


def test_the_queue_number_is_shown_before_it_is_spent(workplace: Open, desk_of: DeskOf) -> None:
    first = brought_to(desk_of, "perubahan-kk", "verifikasi")
    sitting = workplace(Role.VERIFIKASI)
    sitting.until_shown(first.request_id)

    sitting.until(lambda: sitting.screen.bar.hint.text() == "Berikutnya A-001")
    assert view_of(desk_of, first).queue == ""


def test_what_is_typed_stays_with_its_file_while_another_is_looked_at(
    workplace: Open, desk_of: DeskOf
) -> None:
    first = brought_to(desk_of, "oss", "input-data")
    second = brought_to(desk_of, "oss", "input-data")
    sitting = workplace(Role.PENGOLAH_DATA)
    sitting.until_shown(first.request_id)
    assert sitting.screen.form.form is not None
    sitting.screen.form.form.set_values({"kbli": "47112"})

    sitting.screen.pane.list.select(second.request_id)
    sitting.until_shown(second.request_id)
    assert sitting.screen.form.values() == {}
    sitting.screen.pane.list.select(first.request_id)
    sitting.until_shown(first.request_id)

    assert sitting.screen.form.values() == {"kbli": "47112"}


def test_the_keyboard_goes_on_in_the_form_of_the_next_step(
    workplace: Open, desk_of: DeskOf
) -> None:
    first = brought_to(desk_of, "oss", "input-data")
    sitting = workplace(Role.PENGOLAH_DATA)
    sitting.until_shown(first.request_id)
    assert sitting.screen.form.form is not None
    sitting.screen.form.form.set_values(filled(SERVICES["oss"], "input-data"))
    sitting.screen.form.form.focus("kbli")

    sitting.press("F12")

    form = sitting.screen.form
    sitting.until(lambda: form.form is not None and "nib" in form.form.shown)
    assert form.form is not None
    sitting.until(form.form.field("nib").editor.hasFocus)


def test_a_licence_ends_with_its_number_and_who_received_it(
    workplace: Open, desk_of: DeskOf
) -> None:
    first = brought_to(desk_of, "oss", "diterima")
    sitting = workplace(Role.PENGOLAH_DATA)
    sitting.until_shown(first.request_id)
    assert sitting.screen.form.form is not None
    sitting.screen.form.form.set_values(
        {**filled(SERVICES["oss"], "diterima"), "identitas": "KTP-el"}
    )

    sitting.press("F12")

    sitting.until(lambda: view_of(desk_of, first).status is Status.DONE)
    assert view_of(desk_of, first).receiver == "Raden Roro Kusumawardhani"


def test_a_decision_shows_the_number_of_the_minutes_large(
    workplace: Open, desk_of: DeskOf, printed: list[str]
) -> None:
    first = brought_to(desk_of, "pengaduan", "keputusan")
    sitting = workplace(Role.CAMAT)
    sitting.until_shown(first.request_id)
    assert sitting.screen.form.form is not None
    sitting.screen.form.form.set_values(filled(SERVICES["pengaduan"], "keputusan"))

    sitting.press("F12")

    sitting.until(lambda: sitting.screen.given.isVisible())
    assert sitting.screen.given.number.text() == "1"
    sitting.press("F7")
    sitting.until(lambda: printed == ["Berita Acara Kesepakatan"])


def test_a_file_of_another_list_is_shown_and_stays_while_lists_change(
    workplace: Open, desk_of: DeskOf
) -> None:
    waiting = at_check(desk_of, "ktp")
    other = brought_to(desk_of, "perubahan-kk", "register")
    sitting = workplace(Role.VERIFIKASI)
    sitting.until_shown(waiting.request_id)

    sitting.screen.show_request(other.request_id)
    sitting.until_shown(other.request_id)
    assert not sitting.can_press("F12")
    with sitting.qtbot.waitSignal(sitting.screen.panel.loaded):
        sitting.context.background.announce()

    sitting.until_shown(other.request_id)
    sitting.screen.pane.list.select(waiting.request_id)
    sitting.until_shown(waiting.request_id)


def test_who_also_holds_the_next_role_goes_on_with_the_same_file(
    qtbot: QtBot,
    context_as: Callable[[Desk], ScreenContext],
    desk_of: DeskOf,
    office: Office,
    admin_desk: Desk,
) -> None:
    roles = (Role.VERIFIKASI, Role.REGISTER)
    both = UserInput(None, "dua", "Sari Wulandari", roles, True, PASSWORD)
    add_user(office, admin_desk, both)
    first = at_check(desk_of)
    context = context_as(office.sign_in("dua", PASSWORD))
    sitting = Sitting(qtbot, context, WorkplaceScreen(context, Role.VERIFIKASI, "masuk"))
    sitting.until_shown(first.request_id)
    answer_all(sitting)
    sitting.press("F12")
    sitting.until(lambda: sitting.screen.given.isVisible())
    assert sitting.screen.given.same_button.words.text() == "Lanjut: beri nomor agenda"

    sitting.press("F5")

    assert sitting.said.asked == [(Role.REGISTER, "masuk"), first.request_id]


def test_an_empty_place_says_who_brings_the_next_file(workplace: Open, desk_of: DeskOf) -> None:
    sitting = workplace(Role.VERIFIKASI)

    sitting.until(lambda: bool(sitting.screen.empty.text.text()))

    assert sitting.screen.empty.isVisible()
    assert "Petugas Pelayanan" in sitting.screen.empty.text.text()
    assert not sitting.can_press("F12")


def test_a_file_that_arrives_does_not_take_the_keyboard_from_the_search_field(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext], desk_of: DeskOf
) -> None:
    context = context_of(Role.VERIFIKASI)
    screen = WorkplaceScreen(context, Role.VERIFIKASI, "masuk")
    window, field = QWidget(), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(field)
    sitting = Sitting(qtbot, context, screen)
    column.addWidget(screen)
    qtbot.addWidget(window)
    window.show()
    sitting.until(lambda: screen.empty.isVisible())
    field.setFocus()

    first = at_check(desk_of)
    context.background.announce()
    sitting.until_shown(first.request_id)

    assert window.focusWidget() is field
    screen.setParent(None)  # it is closed by itself, whichever of the two is let go of first
