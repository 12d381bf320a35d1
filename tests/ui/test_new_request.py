"""Permohonan Baru: nothing typed is lost, known people fill in, one key takes in."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screens import draft_keeper
from kecamatan_desk.ui.screens.new_request import NewRequestScreen, StartFrom
from kecamatan_desk.ui.screens.papers_view import PapersView
from kecamatan_desk.ui.screens.service_finder import bold_parts, matching
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.draft_values import ServiceChoice
from kecamatan_desk.usecases.intake import draft, known_applicant, services
from kecamatan_desk.usecases.services import save_service, service_rows
from kecamatan_desk.usecases.values import WaitingRequest
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.usecases.worklist import bundle, work_list
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status
from tests.builders import SettableClock, op, registered
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
from tests.walking import PERSON, DeskOf, filled, started

LONG = "Raden Roro Kusumawardhani Puspitaningrum Prawirodiningrat"
Made = Callable[..., NewRequestScreen]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    return Printed(monkeypatch)


@pytest.fixture
def make(qtbot: QtBot, context_of: ContextOf, printed: Printed) -> Iterator[Made]:
    """Make the screen of a role, with its services loaded."""
    made: list[NewRequestScreen] = []

    def make(role: Role = Role.PELAYANAN) -> NewRequestScreen:
        screen = NewRequestScreen(context_of(role), role, "baru")
        made.append(screen)
        shown(qtbot, screen)
        qtbot.waitUntil(lambda: screen.finder.model.rowCount() > 0)
        return screen

    yield make
    for screen in made:
        settled(qtbot, screen)


def choose(qtbot: QtBot, screen: NewRequestScreen, typed: str) -> None:
    screen.finder.search.clear()
    type_into(qtbot, screen.finder.search, typed)
    enter(qtbot, screen.finder.search)
    assert screen.form.service is not None


def fill(screen: NewRequestScreen, **own: object) -> None:
    """Fill in the whole form, as a clerk would have at the end."""
    assert screen.form.service is not None
    screen.form.form.set_values(filled(screen.form.service, "terima", **own))
    screen.form.edited.emit()


def drafts(desk_of: DeskOf, role: Role = Role.PELAYANAN) -> tuple[WaitingRequest, ...]:
    return desk_of(role).ask(work_list, role, "draf")


# Finding the service


def choice(code: str) -> ServiceChoice:
    return ServiceChoice(code, SERVICES[code].label, SERVICES[code].keywords, 0)


def test_services_are_found_by_name_first_then_by_keyword() -> None:
    choices = [choice(code) for code in SERVICES]

    assert [c.code for c in matching(choices, "tidak mampu")] == ["sktm"]
    assert "skck" in [c.code for c in matching(choices, "catatan kepolisian")]
    assert [c.code for c in matching(choices, "beasiswa")] == ["sktm"]  # a keyword
    assert matching(choices, "ktp")[0].code == "ktp"  # not Perekaman e-KTP, the first of the list
    assert matching(choices, "") == tuple(choices)
    assert matching(choices, "bukan layanan") == ()


def test_a_service_that_is_switched_off_is_said_to_be(
    qtbot: QtBot, make: Made, admin_desk: Desk
) -> None:
    rows = {row.choices.service: row.choices for row in admin_desk.ask(service_rows)}
    for code in ("sktm", "ktp"):
        admin_desk.call(save_service, op(), replace(rows[code], active=False))
    screen = make()
    settled(qtbot, screen)
    finder = screen.finder
    assert not finder.closed.isVisible()

    type_into(qtbot, finder.search, "tidak mampu")
    assert finder.model.rowCount() == 0
    assert finder.closed.isVisible()
    label = SERVICES["sktm"].label
    assert finder.closed.text() == f"{label} ditutup oleh Administrator pada menu Layanan."

    finder.search.clear()
    type_into(qtbot, finder.search, "ktp")  # finds Perekaman e-KTP, which is not what is meant
    assert finder.model.rowCount() > 0
    assert SERVICES["ktp"].label in finder.closed.text()

    finder.search.clear()
    type_into(qtbot, finder.search, "rekomendasi")  # others are found: nothing is missed
    assert not finder.closed.isVisible()
    assert fits(screen)


def test_what_was_typed_is_bold_where_it_stands() -> None:
    assert bold_parts("Surat Keterangan Ahli Waris", "keterangan") == [(6, 10)]
    assert bold_parts("Surat Keterangan Ahli Waris", "waris surat") == [(22, 5), (0, 5)]
    assert bold_parts("Surat Keterangan Ahli Waris", "rumah") == []


def test_arrows_walk_the_list_while_one_types(qtbot: QtBot, make: Made) -> None:
    screen = make()
    type_into(qtbot, screen.finder.search, "surat keterangan")
    qtbot.keyClick(screen.finder.search, Qt.Key.Key_Down)
    enter(qtbot, screen.finder.search)

    chosen = screen.finder.list.currentIndex().row()
    assert chosen == 1
    assert screen.form.service is SERVICES[screen.finder.model.records[1].code]
    assert screen.focusWidget() is screen.form.form.field("nik").editor


def test_each_role_finds_its_own_services(make: Made) -> None:
    codes = {c.code for c in make(Role.TIM_TEKNIS).finder.model.records}

    assert codes == {"oss"}
    assert len(make(Role.PELAYANAN).finder.model.records) == 19


# Nothing typed is lost


def test_a_draft_is_on_disk_within_a_second(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    type_into(qtbot, screen.form.form.field("nama").editor, "Dewi")

    assert draft_keeper.WAIT <= 500  # and half a second is left for the save
    qtbot.waitUntil(lambda: len(drafts(desk_of)) == 1)

    stored = desk_of(Role.PELAYANAN).ask(draft, drafts(desk_of)[0].id)
    assert stored.values["nama"] == "Dewi"
    qtbot.waitUntil(lambda: screen.keeper is not None and screen.keeper.stored is not None)


def test_choosing_a_service_alone_spends_no_file_code(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    assert screen.keeper is not None
    screen.keeper.touch()
    screen.leave()
    qtbot.wait(50)

    assert drafts(desk_of) == ()


def test_typing_on_while_the_first_save_is_under_way_makes_one_draft(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    editor = screen.form.form.field("nama").editor
    for part in ("Ra", "den ", "Ro", "ro"):
        type_into(qtbot, editor, part)
        screen.leave()  # saves at once, like locking the desk

    qtbot.waitUntil(lambda: [d.applicant for d in drafts(desk_of)] == ["Raden Roro"])


def test_leaving_saves_what_the_timer_has_not(
    qtbot: QtBot, make: Made, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_keeper, "WAIT", 600_000)  # the timer never comes
    screen = make()
    choose(qtbot, screen, "ktp")
    type_into(qtbot, screen.form.form.field("nama").editor, "Asep")

    screen.leave()

    qtbot.waitUntil(lambda: len(drafts(desk_of)) == 1)


def test_another_service_keeps_what_both_ask(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    type_into(qtbot, screen.form.form.field("nama").editor, LONG)
    type_into(qtbot, screen.form.form.field("keperluan").editor, "Beasiswa")
    choose(qtbot, screen, "ktp")

    assert screen.form.values()["nama"] == LONG
    qtbot.waitUntil(lambda: [d.service for d in drafts(desk_of)] == ["ktp"])
    choose(qtbot, screen, "sktm")
    assert screen.form.values()["keperluan"] == "Beasiswa"
    qtbot.waitUntil(lambda: [d.service for d in drafts(desk_of)] == ["sktm"])


def test_a_field_emptied_by_hand_stays_empty(qtbot: QtBot, make: Made) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    type_into(qtbot, screen.form.form.field("nama").editor, "Dewi")
    choose(qtbot, screen, "ktp")
    screen.form.form.field("nama").editor.clear()
    choose(qtbot, screen, "sktm")

    assert "nama" not in screen.form.values()


def test_f2_puts_the_draft_away_and_begins_anew(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    type_into(qtbot, screen.form.form.field("nama").editor, "Dewi")
    press(screen, "F2")

    assert screen.form.service is None
    qtbot.waitUntil(lambda: [d.applicant for d in drafts(desk_of)] == ["Dewi"])
    choose(qtbot, screen, "ktp")
    assert screen.form.values() == {}


def test_half_a_nik_is_on_disk_too_and_comes_back_as_it_was_typed(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    type_into(qtbot, screen.form.form.field("nama").editor, "Dewi")
    type_into(qtbot, screen.form.form.field("nik").editor, "99010154")
    screen.leave()
    qtbot.waitUntil(lambda: len(drafts(desk_of)) == 1)

    again = make()
    again.start_with(StartFrom(draft_id=drafts(desk_of)[0].id))
    qtbot.waitUntil(lambda: again.form.service is SERVICES["sktm"])

    assert again.form.values() == {"nama": "Dewi"}
    assert again.form.unread() == {"nik": "99010154"}


def test_a_draft_goes_on_where_it_stopped(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    type_into(qtbot, screen.form.form.field("nama").editor, "Dewi")
    screen.papers.view.setFocus()
    screen.papers.take_focus()
    qtbot.keyClicks(screen.papers.view, "1")
    screen.leave()
    qtbot.waitUntil(lambda: len(drafts(desk_of)) == 1)
    waiting = drafts(desk_of)[0]

    again = make()
    again.start_with(StartFrom(draft_id=waiting.id))
    qtbot.waitUntil(lambda: again.form.service is SERVICES["sktm"])

    assert again.form.values() == {"nama": "Dewi"}
    assert [a.answer for a in again.papers.answers()] == ["ada"]
    assert again.keeper is not None
    assert again.keeper.stored is not None
    assert again.keeper.stored.file_code == waiting.file_code
    type_into(qtbot, again.form.form.field("tempat-lahir").editor, "Mekarjaya")
    again.leave()
    qtbot.waitUntil(
        lambda: (
            desk_of(Role.PELAYANAN).ask(draft, waiting.id).values.get("tempat-lahir") == "Mekarjaya"
        )
    )
    assert len(drafts(desk_of)) == 1


def test_a_refused_save_is_shown_at_its_field_and_tried_again(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    screen = make()
    heard = Heard(screen.context)
    choose(qtbot, screen, "sktm")
    screen.form.form.set_values({"nama": "Dewi", "jenis-kelamin": "Pria"})  # no such choice
    screen.form.form.focus("alamat")
    screen.form.edited.emit()
    qtbot.waitUntil(lambda: bool(heard.refused))
    assert screen.focusWidget() is screen.form.form.field("alamat").editor
    assert heard.refused[0][1] == "jenis-kelamin"
    assert screen.form.form.field("jenis-kelamin").state == "error"

    screen.form.form.set_values({"jenis-kelamin": "Perempuan"})
    type_into(qtbot, screen.form.form.field("nama").editor, " Sartika")
    qtbot.waitUntil(lambda: len(drafts(desk_of)) == 1)


# The person


def test_a_known_nik_fills_in_what_was_not_typed_and_tints_it(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    started(desk_of, "sktm", nama=LONG, pekerjaan="Buruh harian lepas")
    screen = make()
    heard = Heard(screen.context)
    choose(qtbot, screen, "ktp")
    type_into(qtbot, screen.form.form.field("pekerjaan").editor, "Pedagang")
    type_into(qtbot, screen.form.form.field("nik").editor, PERSON["nik"])
    qtbot.waitUntil(lambda: screen.form.values().get("nama") == LONG)

    assert screen.form.form.field("nama").state == "filled"
    assert screen.form.values()["pekerjaan"] == "Pedagang"
    assert "Pernah dilayani 12 Mei 2026" in screen.form.form.sections[0].remark.text()
    assert any("26-000001" in text for text in heard.said)
    name = screen.form.form.field("nama")
    name.editor.setFocus()
    screen.form.form.field("alamat").editor.setFocus()
    assert name.state == ""  # looked at


def test_another_nik_takes_away_what_the_first_had_filled_in(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    started(desk_of, "sktm", nama=LONG)
    screen = make()
    choose(qtbot, screen, "ktp")
    nik = screen.form.form.field("nik").editor
    type_into(qtbot, nik, PERSON["nik"])
    qtbot.waitUntil(lambda: screen.form.values().get("nama") == LONG)
    type_into(qtbot, screen.form.form.field("hp").editor, "081320555127")

    nik.clear()
    type_into(qtbot, nik, "9901011203850002")

    assert "nama" not in screen.form.values()
    assert screen.form.values()["hp"] == "081320555127"
    assert screen.form.form.sections[0].remark.text() == ""


def test_a_warning_offers_its_remedy(qtbot: QtBot, make: Made) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    type_into(qtbot, screen.form.form.field("nik").editor, PERSON["nik"])
    type_into(qtbot, screen.form.form.field("tanggal-lahir").editor, "15041991")
    screen.form.form.field("nama").editor.setFocus()
    section = screen.form.form.sections[0]
    qtbot.waitUntil(lambda: "tanggal-lahir" in section.notes)

    press(screen, "Ctrl+J")

    assert screen.form.values()["tanggal-lahir"] == "1991-04-14"
    assert "tanggal-lahir" not in section.notes


# The papers


def test_papers_are_ticked_with_one_key_each(qtbot: QtBot, make: Made) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    screen.papers.take_focus()
    view: PapersView = screen.papers.view
    qtbot.keyClicks(view, "1")
    qtbot.keyClicks(view, "F2")
    qtbot.keyClicks(view, "3")
    qtbot.keyClicks(view, " ")

    answers = [(p.answer.answer, p.answer.kind, p.answer.copies) for p in screen.papers.papers]
    assert answers[:4] == [
        ("ada", "Asli", 0),
        ("ada", "Fotokopi", 2),
        ("tidak-diperlukan", "", 0),
        ("ada", "Asli", 0),
    ]
    qtbot.keyClicks(view, " ")
    assert screen.papers.papers[3].answer.answer == ""


def test_a_missing_paper_asks_why_and_enter_goes_on(qtbot: QtBot, make: Made) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    screen.papers.take_focus()
    qtbot.keyClicks(screen.papers.view, "2")
    assert screen.focusWidget() is screen.papers.reason
    qtbot.keyClicks(screen.papers.reason, "belum bermeterai")
    assert screen.focusWidget() is screen.papers.reason
    enter(qtbot, screen.papers.reason)

    first = screen.papers.papers[0].answer
    assert (first.answer, first.reason) == ("tidak-ada", "belum bermeterai")
    assert first.source == "Desa/kelurahan"
    assert screen.papers.view.currentIndex().row() == 1


def test_the_data_decide_which_papers_are_needed(qtbot: QtBot, make: Made) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    codes = [p.requirement.code for p in screen.papers.papers]
    assert "rawat" not in codes

    bidang = screen.form.form.field("bidang").editor
    bidang.setCurrentText("Kesehatan")  # type: ignore[attr-defined]

    assert "rawat" in [p.requirement.code for p in screen.papers.papers if p.missing]


# Taking in


def test_f12_takes_in_and_prints_the_receipt(
    qtbot: QtBot, make: Made, desk_of: DeskOf, printed: Printed
) -> None:
    screen = make()
    heard = Heard(screen.context)
    choose(qtbot, screen, "sktm")
    fill(screen, nama=LONG)
    press(screen, "F12")
    qtbot.waitUntil(lambda: printed.kinds == ["tanda-terima"])

    receipt = screen.received.receipt
    assert receipt is not None
    view = desk_of(Role.PELAYANAN).ask(request_view, receipt.request_id)
    assert (view.status, view.step, view.applicant) == (Status.RUNNING, "verifikasi", LONG)
    (said,) = [text for text in heard.said if receipt.file_code in text and LONG in text]
    assert said.endswith("0 dari 6 berkas ditandai ada.")
    assert printed.titles == [f"Tanda terima berkas {receipt.file_code}"]
    assert screen.form.service is None
    assert screen.focusWidget() is screen.finder.search
    assert drafts(desk_of) == ()
    press(screen, "F7")
    qtbot.waitUntil(lambda: printed.kinds == ["tanda-terima"] * 2)


def test_nothing_is_said_of_papers_that_are_all_answered(
    qtbot: QtBot, make: Made, printed: Printed
) -> None:
    screen = make()
    heard = Heard(screen.context)
    choose(qtbot, screen, "sktm")
    fill(screen)
    screen.papers.take_focus()
    qtbot.keyClicks(screen.papers.view, "1" * len(screen.papers.papers))
    assert all(paper.answer.answer == "ada" for paper in screen.papers.papers)
    press(screen, "F12")
    qtbot.waitUntil(lambda: printed.kinds == ["tanda-terima"])

    assert "diterima" in heard.said[0]
    assert "ditandai" not in heard.said[0]


def test_f12_twice_takes_in_once(
    qtbot: QtBot, make: Made, desk_of: DeskOf, printed: Printed
) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    fill(screen)
    screen.take_button.click()
    screen.take_button.click()
    qtbot.waitUntil(lambda: printed.kinds == ["tanda-terima"])
    qtbot.wait(50)

    assert len(desk_of(Role.KASI).ask(work_list, Role.KASI, "masuk")) == 1
    assert printed.kinds == ["tanda-terima"]


def test_a_missing_field_is_named_and_gets_the_focus(qtbot: QtBot, make: Made) -> None:
    screen = make()
    heard = Heard(screen.context)
    choose(qtbot, screen, "sktm")
    fill(screen)
    screen.form.form.field("alamat").editor.clear()
    press(screen, "F12")

    assert heard.complained == [
        "Alamat belum diisi. Yang sudah diketik tersimpan; lengkapi isian ini."
    ]
    assert screen.focusWidget() is screen.form.form.field("alamat").editor
    assert screen.form.form.field("alamat").state == "error"


def test_nobody_is_told_that_typing_is_kept_which_the_disk_has_refused(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    registered(desk_of)
    clock.advance(days=-1)  # no file code is given by this clock
    screen = make()
    heard = Heard(screen.context)
    choose(qtbot, screen, "sktm")
    fill(screen)
    qtbot.waitUntil(lambda: screen.keeper is not None and not screen.keeper.on_disk)
    screen.form.form.field("alamat").editor.clear()
    press(screen, "F12")

    assert heard.complained[-1] == "Alamat belum diisi. Lengkapi isian ini."


def test_an_impossible_date_is_refused_at_its_field_and_can_be_mended(
    qtbot: QtBot, make: Made, printed: Printed
) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    fill(screen, tanggal_lahir="2027-01-01")
    press(screen, "F12")
    qtbot.waitUntil(lambda: screen.form.form.field("tanggal-lahir").state == "error")
    assert screen.focusWidget() is screen.form.form.field("tanggal-lahir").editor

    fill(screen)
    press(screen, "F12")
    qtbot.waitUntil(lambda: printed.kinds == ["tanda-terima"])


def test_a_further_service_shares_the_person_and_the_receipt(
    qtbot: QtBot, make: Made, desk_of: DeskOf, printed: Printed
) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    fill(screen, nama=LONG)
    press(screen, "Ctrl+T")
    qtbot.waitUntil(lambda: screen.received.receipt is not None)
    assert printed.kinds == []
    choose_further(qtbot, screen, "catatan kepolisian")

    assert screen.form.values()["nama"] == LONG
    assert screen.form.form.field("nama").state == "filled"
    fill(screen, nama=LONG)
    press(screen, "F12")
    qtbot.waitUntil(lambda: printed.kinds == ["tanda-terima"])
    receipt = screen.received.receipt
    assert receipt is not None
    assert receipt.bundle_id is not None
    together = desk_of(Role.PELAYANAN).ask(bundle, receipt.bundle_id)
    assert [one.service for one in together] == ["sktm", "skck"]


def choose_further(qtbot: QtBot, screen: NewRequestScreen, typed: str) -> None:
    type_into(qtbot, screen.finder.search, typed)
    enter(qtbot, screen.finder.search)
    qtbot.waitUntil(lambda: screen.form.service is not None)


def test_a_village_folder_has_one_receipt(
    qtbot: QtBot, make: Made, desk_of: DeskOf, printed: Printed
) -> None:
    screen = make()
    screen.folder_button.click()
    type_into(qtbot, screen.folder.page.form.field("pembawa").editor, "Ujang Hidayat")
    screen.folder.page.form.set_values({"desa": "Cibodas"})
    press(screen, "F12")
    qtbot.waitUntil(lambda: screen.folder.bundle_id is not None)
    assert screen.focusWidget() is screen.finder.search
    for name in ("Dewi", "Asep"):
        choose(qtbot, screen, "sktm")
        assert screen.form.values()["desa"] == "Cibodas"
        fill(screen, nama=name, desa="Cibodas")
        press(screen, "F12")
        qtbot.waitUntil(lambda: screen.form.service is None)
    assert printed.kinds == []
    qtbot.waitUntil(lambda: screen.folder.strip.finish_button.isEnabled())
    folder = screen.folder.bundle_id
    press(screen, "F7")
    qtbot.waitUntil(lambda: printed.kinds == ["titipan"])

    assert folder is not None
    assert [one.applicant for one in desk_of(Role.PELAYANAN).ask(bundle, folder)] == [
        "Dewi",
        "Asep",
    ]
    assert screen.folder.folder is None


def test_a_folder_without_a_bearer_is_not_opened(qtbot: QtBot, make: Made) -> None:
    screen = make()
    heard = Heard(screen.context)
    screen.folder_button.click()
    press(screen, "F12")

    assert heard.complained == ["Nama petugas desa yang membawa belum diisi."]
    assert screen.focusWidget() is screen.folder.page.form.field("pembawa").editor
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    assert not screen.folder.asking


# OSS and complaints: the decision is taken at the counter


def test_a_complaint_is_passed_on_once_its_papers_are_there(
    qtbot: QtBot, make: Made, desk_of: DeskOf, printed: Printed
) -> None:
    screen = make()
    heard = Heard(screen.context)
    choose(qtbot, screen, "pengaduan")
    fill(screen)
    press(screen, "F12")
    assert "belum dijawab ada" in heard.complained[0]
    assert screen.focusWidget() is screen.papers.view
    qtbot.keyClicks(screen.papers.view, "11")
    press(screen, "F12")
    qtbot.waitUntil(lambda: printed.kinds == ["tanda-terima"])

    assert len(desk_of(Role.TIM_PENGADUAN).ask(work_list, Role.TIM_PENGADUAN, "masuk")) == 1


def test_an_incomplete_complaint_goes_back_with_a_slip(
    qtbot: QtBot, make: Made, desk_of: DeskOf, printed: Printed
) -> None:
    screen = make()
    heard = Heard(screen.context)
    choose(qtbot, screen, "pengaduan")
    fill(screen)
    press(screen, "F8")
    assert "tekan 2" in heard.complained[0]
    qtbot.keyClicks(screen.papers.view, "2")
    press(screen, "F8")
    assert "belum ditulis" in heard.complained[1]
    assert screen.focusWidget() is screen.papers.reason
    qtbot.keyClicks(screen.papers.reason, "KTP tidak dibawa")
    press(screen, "F8")
    qtbot.waitUntil(lambda: printed.kinds == ["pengembalian"])

    assert [r.visits for r in desk_of(Role.PELAYANAN).ask(work_list, Role.PELAYANAN, "tms")] == [1]


def test_services_taken_in_elsewhere_have_no_tms_at_the_counter(qtbot: QtBot, make: Made) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")

    assert "F8" not in screen.deeds()


def test_every_form_fits_the_smallest_screen(make: Made) -> None:
    screen = make()
    for code in SERVICES:
        if code != "oss":
            screen.choose(code)
            assert fits(screen), code


def test_the_office_knows_the_person_afterwards(
    qtbot: QtBot, make: Made, desk_of: DeskOf, printed: Printed
) -> None:
    screen = make()
    choose(qtbot, screen, "sktm")
    fill(screen, nama=LONG)
    press(screen, "F12")
    qtbot.waitUntil(lambda: printed.kinds == ["tanda-terima"])

    known = desk_of(Role.PELAYANAN).ask(known_applicant, PERSON["nik"])
    assert known is not None
    assert known.values["nama"] == LONG
    qtbot.waitUntil(lambda: screen.finder.model.records[0].used_this_month == 1)
    assert screen.finder.model.records[0].code == "sktm"
    assert desk_of(Role.PELAYANAN).ask(services)[0].code == "sktm"
