"""Siap Diserahkan: who received what; e-KTP recorded; results delivered; a bundle at once."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.paint import text_width
from kecamatan_desk.ui.screens.handover import HandoverScreen
from kecamatan_desk.ui.style import look
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.intake import further_service, open_folder, save_draft, take_in
from kecamatan_desk.usecases.jobs import complete_documents
from kecamatan_desk.usecases.values import Receipt, RequestView, Seen
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.usecases.worklist import work_list
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status
from tests.builders import SettableClock, op
from tests.ui.screen_tools import ContextOf, Heard, Printed, fits, press, settled, shown
from tests.walking import DeskOf, brought_to, filled, forward

LONG = "Raden Roro Kusumawardhani Puspitaningrum Prawirodiningrat"
Made = Callable[[], HandoverScreen]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    return Printed(monkeypatch)


@pytest.fixture
def make(qtbot: QtBot, context_of: ContextOf, printed: Printed) -> Iterator[Made]:
    """Make the screen; its first file is in hand."""
    made: list[HandoverScreen] = []

    def make() -> HandoverScreen:
        screen = HandoverScreen(context_of(Role.PELAYANAN), Role.PELAYANAN, "siap")
        made.append(screen)
        shown(qtbot, screen)
        qtbot.waitUntil(lambda: screen.view is not None)
        return screen

    yield make
    for screen in made:
        settled(qtbot, screen)


def give(screen: HandoverScreen, **own: object) -> None:
    values = {"identitas": "KTP-el", **{c.replace("_", "-"): v for c, v in own.items()}}
    screen.form.form.set_values(values)
    screen.form.edited.emit()


def view_of(desk_of: DeskOf, receipt: Receipt) -> RequestView:
    return desk_of(Role.PELAYANAN).ask(request_view, receipt.request_id)


def test_the_applicant_is_expected_and_named_as_receiver(
    qtbot: QtBot, make: Made, desk_of: DeskOf, printed: Printed
) -> None:
    receipt = brought_to(desk_of, "sktm", "serahkan", nama=LONG)
    screen = make()
    heard = Heard(screen.context)
    assert screen.form.handover().receiver == LONG
    assert screen.form.handover().relation == "Sendiri"
    give(screen)
    press(screen, "F12")
    qtbot.waitUntil(lambda: view_of(desk_of, receipt).status is Status.DONE)

    qtbot.waitUntil(lambda: bool(heard.said))
    assert LONG in heard.said[0]
    assert view_of(desk_of, receipt).receiver == LONG
    qtbot.waitUntil(lambda: screen.view is None)
    screen.print_slip()
    qtbot.waitUntil(lambda: printed.kinds == ["serah-terima"])


def test_whoever_runs_the_errand_is_expected(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    brought_to(desk_of, "sktm", "serahkan", diurus_oleh="Keluarga", kuasa_nama="Siti Aminah")
    screen = make()

    handover = screen.form.handover()
    assert (handover.receiver, handover.relation) == ("Siti Aminah", "Keluarga")


def test_without_an_identity_nothing_is_handed_over(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    receipt = brought_to(desk_of, "sktm", "serahkan")
    screen = make()
    heard = Heard(screen.context)
    press(screen, "F12")

    assert heard.complained == ["Identitas yang ditunjukkan belum diisi. Belum ada yang berubah."]
    assert screen.form.form.field("identitas").state == "error"
    assert view_of(desk_of, receipt).status is Status.RUNNING


def test_that_a_field_is_empty_is_taken_back_when_it_is_filled(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    brought_to(desk_of, "sktm", "serahkan")
    screen = make()
    taken_back: list[bool] = []

    def note() -> None:
        taken_back.append(True)

    screen.context.messages.settled.connect(note)
    press(screen, "F12")  # the identity is missing
    receiver = screen.form.form.field("penerima").editor
    qtbot.keyClicks(receiver, "k")
    assert taken_back == [True]  # another thing is missing first now: the relation
    press(screen, "F12")
    relation = screen.form.form.field("hubungan")
    qtbot.keyClicks(screen.form.form.field("identitas").editor, "K")
    assert taken_back == [True]  # still true
    relation.set_value("Keluarga")
    screen.form.form.edited.emit("hubungan")
    assert taken_back == [True, True]


def test_every_hint_beside_the_letter_can_be_read(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    brought_to(desk_of, "perekaman-ktp", "rekam")
    screen = make()
    form = screen.form.form
    hints = 0
    for code in form.shown:
        editor = form.field(code).editor
        hint = editor.placeholderText() if isinstance(editor, QLineEdit) else ""
        hints += bool(hint)
        if hint:
            room = editor.width() - look().px(20)
            assert text_width(hint, "body") <= room, hint
    assert hints >= 2


def test_f12_twice_hands_over_once_and_goes_on_to_the_next(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    first = brought_to(desk_of, "sktm", "serahkan", nama="Dewi")
    clock.advance(minutes=1)
    second = brought_to(desk_of, "sktm", "serahkan", nama="Asep")
    screen = make()
    heard = Heard(screen.context)
    assert screen.view is not None
    assert screen.view.applicant == "Dewi"
    give(screen)
    screen.bar.deed_button.click()
    screen.bar.deed_button.click()
    qtbot.waitUntil(lambda: screen.view is not None and screen.view.applicant == "Asep")

    assert view_of(desk_of, first).status is Status.DONE
    assert view_of(desk_of, second).status is Status.RUNNING
    assert heard.refused == []
    assert screen.form.value("identitas") is None


def test_what_is_typed_stays_with_its_file(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    brought_to(desk_of, "sktm", "serahkan", nama="Dewi")
    clock.advance(minutes=1)
    brought_to(desk_of, "sktm", "serahkan", nama="Asep")
    screen = make()
    give(screen, penerima="Ibu Dewi", hubungan="Keluarga")
    screen.pane.list.setCurrentIndex(screen.pane.list.records.index(1, 0))
    qtbot.waitUntil(lambda: screen.form.handover().receiver == "Asep")
    screen.pane.list.setCurrentIndex(screen.pane.list.records.index(0, 0))

    qtbot.waitUntil(lambda: screen.form.handover().receiver == "Ibu Dewi")


def test_the_letter_is_pictured_and_prints(
    qtbot: QtBot, make: Made, desk_of: DeskOf, printed: Printed
) -> None:
    brought_to(desk_of, "sktm", "serahkan")
    screen = make()
    qtbot.waitUntil(lambda: screen.letter.document is not None and bool(screen.letter.pages.pdf))
    press(screen, "F7")

    assert printed.kinds == ["surat"]


# e-KTP


@pytest.mark.parametrize("outcome", ["Berhasil", "Duplikat"])
def test_a_recording_ends_with_its_proof(
    qtbot: QtBot, make: Made, desk_of: DeskOf, printed: Printed, outcome: str
) -> None:
    receipt = brought_to(desk_of, "perekaman-ktp", "rekam")
    screen = make()
    give(screen, hasil_perekaman=outcome)
    press(screen, "F12")
    qtbot.waitUntil(lambda: printed.kinds == ["tanda-bukti"])

    view = view_of(desk_of, receipt)
    assert (view.status, view.outcome) == (Status.DONE, outcome.lower())


def test_a_failed_recording_stays_with_a_named_pause(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    receipt = brought_to(desk_of, "perekaman-ktp", "rekam")
    screen = make()
    heard = Heard(screen.context)
    screen.form.form.set_values({"hasil-perekaman": "Gagal"})
    screen.form.edited.emit()
    assert "gagal" in screen.bar.deed_button.accessibleName()
    press(screen, "F12")
    assert heard.complained == ["Pilih kendala perekaman, atau tulis catatannya."]
    screen.form.form.set_values({"kendala": ["Iris mata"]})
    screen.form.form.edited.emit("kendala")  # it waits to be saved when the deed is done
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.said))

    view = view_of(desk_of, receipt)
    assert (view.status, view.step) == (Status.RUNNING, "rekam")
    assert view.clock.pause == "Perekaman gagal"
    qtbot.waitUntil(lambda: screen.view is not None and screen.view.version == view.version)
    assert heard.refused == []
    assert screen.form.value("hasil-perekaman") is None  # the next try is open
    give(screen, hasil_perekaman="Berhasil")
    screen.form.form.edited.emit("hasil-perekaman")
    settled(qtbot, screen)
    assert heard.refused == []
    press(screen, "F12")
    qtbot.waitUntil(lambda: view_of(desk_of, receipt).status is Status.DONE)


# Complaints


def test_the_result_of_a_complaint_is_delivered(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "pengaduan", "sampaikan")
    screen = make()
    assert "penerima" not in screen.form.form.shown
    press(screen, "F12")
    assert screen.form.form.field("penyampaian-cara").state == "error"
    screen.form.form.set_values(
        {"penyampaian-cara": "Telepon", "hasil-penyampaian": "Pelapor menerima hasilnya."}
    )
    press(screen, "F12")
    qtbot.waitUntil(lambda: view_of(desk_of, receipt).status is Status.DONE)


# Bundles


def ready_bundle(desk_of: DeskOf, count: int) -> list[Receipt]:
    """Bring several requests of one folder to hand-over."""
    desk = desk_of(Role.PELAYANAN)
    folder = desk.call(open_folder, op(), "Ujang Hidayat", "Cibodas", "")
    receipts = []
    for number in range(count):
        values = filled(SERVICES["sktm"], "terima", nama=f"Warga {number + 1}")
        saved = desk.call(save_draft, op(), DraftInput("sktm", values, (), None, folder))
        draft = DraftInput("sktm", values, (), saved.id, folder)
        receipt = desk.call(take_in, op(), Seen(saved.id, saved.version), draft)
        while receipt.step != "serahkan":
            receipt = forward(desk_of, receipt)
        complete_documents(desk, receipt.request_id)
        receipts.append(receipt)
    return receipts


def test_a_bundle_goes_out_at_once(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    receipts = ready_bundle(desk_of, 3)
    screen = make()
    heard = Heard(screen.context)
    qtbot.waitUntil(lambda: screen.bundle.count == 3)
    assert screen.bar.deed_button.accessibleName().startswith("Serahkan 3 berkas")
    give(screen, penerima="Ujang Hidayat", hubungan="Petugas desa")
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.said))

    assert [view_of(desk_of, one).receiver for one in receipts] == ["Ujang Hidayat"] * 3
    assert desk_of(Role.PELAYANAN).ask(work_list, Role.PELAYANAN, "siap") == ()


def test_one_file_of_a_bundle_goes_out_alone_when_asked(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    receipts = ready_bundle(desk_of, 2)
    screen = make()
    qtbot.waitUntil(lambda: screen.bundle.count == 2)
    screen.bundle.together.setChecked(False)
    assert screen.bar.deed_button.accessibleName().startswith("Serahkan – catat penerima")
    give(screen)
    press(screen, "F12")
    done = receipts[0]
    qtbot.waitUntil(lambda: view_of(desk_of, done).status is Status.DONE)

    assert view_of(desk_of, receipts[1]).status is Status.RUNNING


def test_another_service_not_yet_signed_is_no_part_of_the_bundle(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    receipt = brought_to(desk_of, "sktm", "serahkan")
    desk_of(Role.PELAYANAN).call(further_service, op(), receipt.request_id, "skck")
    screen = make()
    qtbot.waitUntil(lambda: screen.letter.document is not None)

    assert screen.bundle.count == 1
    assert not screen.bundle.isVisible()


def test_it_fits_the_smallest_screen(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    ready_bundle(desk_of, 2)
    screen = make()
    qtbot.waitUntil(lambda: screen.bundle.count == 2)

    assert fits(screen)


def test_nothing_is_handed_over_while_data_are_being_put_right(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    receipt = brought_to(desk_of, "sktm", "serahkan")
    screen = make()
    heard = Heard(screen.context)
    give(screen)
    screen.panel.data.open_form()

    press(screen, "F12")

    settled(qtbot, screen)
    assert "Perbaikan data belum disimpan" in heard.complained[0]
    assert view_of(desk_of, receipt).status is Status.RUNNING
