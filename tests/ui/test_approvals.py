"""Persetujuan: what waits is decided here; the second person agrees at the first one's PC."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screens.approvals import ApprovalsScreen
from kecamatan_desk.ui.screens.register_desk import RegisterScreen
from kecamatan_desk.ui.screens.signing import SigningScreen
from kecamatan_desk.usecases.accounts import save_acting
from kecamatan_desk.usecases.agreements import proposals
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.inserting import propose_inserted
from kecamatan_desk.usecases.office import save_absence
from kecamatan_desk.usecases.proposals import agree
from kecamatan_desk.usecases.scratch import read_scratch
from kecamatan_desk.usecases.values import Receipt, RequestView
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.usecases.voiding import propose_cancel
from kecamatan_desk.usecases.worklist import entry_counts
from kecamatan_desk.workflows.engine import Status
from tests.builders import (
    PASSWORD,
    PIN,
    DeskOf,
    SettableClock,
    checked,
    op,
    registered,
    seen,
)
from tests.ui.screen_tools import ContextOf, Heard, fits, press, settled, shown, type_into
from tests.walking import rows

TODAY = date(2026, 5, 12)


@pytest.fixture
def make(qtbot: QtBot, context_of: ContextOf) -> Callable[[Role], ApprovalsScreen]:
    def make(role: Role) -> ApprovalsScreen:
        screen = shown(qtbot, ApprovalsScreen(context_of(role), role, "persetujuan"))
        settled(qtbot, screen)
        return screen

    return make


Made = Callable[[Role], ApprovalsScreen]


@pytest.fixture
def asked(desk_of: DeskOf) -> Receipt:
    """A number somebody wants void."""
    receipt = registered(desk_of, nama="Dewi Sartika")
    desk_of(Role.REGISTER).call(propose_cancel, op(), seen(receipt), "Salah nama")
    return receipt


def view_of(desk_of: DeskOf, receipt: Receipt) -> RequestView:
    return desk_of(Role.REGISTER).ask(request_view, receipt.request_id)


def test_an_official_sees_all_he_needs_and_agrees(
    qtbot: QtBot, make: Made, desk_of: DeskOf, asked: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions: list[str] = []

    def ask(_parent: object, _title: str, text: str, _yes: str, _no: str = "") -> bool:
        questions.append(text)
        return len(questions) > 1

    monkeypatch.setattr(confirm, "ask", ask)
    screen = make(Role.KASI)
    heard = Heard(screen.context)
    assert (screen.view.title.text(), screen.view.reason.text()) == (
        "Batalkan nomor 001",
        "Salah nama",
    )
    assert screen.view.who.text().startswith("Diusulkan Dewi Anggraini")
    told = {name: value.text() for name, value in screen.view.facts.values.items()}
    assert told["Nama"] == "Dewi Sartika"
    assert told["Nomor surat"] == "400.9.14.1/001/SKTM/KEC-SKM/V/2026"
    assert told["Keadaan sekarang"].endswith("menunggu Sekretaris Kecamatan: Tanda tangan")
    assert not screen.view.book.isHidden()
    assert set(screen.deeds()) >= {"F5", "F8", "F12"}
    assert "F6" not in screen.deeds()  # it is not his to take back
    assert fits(screen)

    press(screen, "F12")
    settled(qtbot, screen)
    assert view_of(desk_of, asked).status is Status.RUNNING  # not without the last question
    assert "tidak dipakai lagi" in questions[0]
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.said))
    assert heard.said == [
        "Nomor 001 batal, disetujui Hendra Gunawan, S.Sos.; barisnya tetap ada, dicoret."
    ]
    assert view_of(desk_of, asked).status is Status.CANCELLED
    settled(qtbot, screen)
    assert "F12" not in screen.deeds()


def test_who_declines_writes_why_and_the_proposer_reads_it(
    qtbot: QtBot, make: Made, desk_of: DeskOf, asked: Receipt
) -> None:
    screen = make(Role.CAMAT)
    heard = Heard(screen.context)
    press(screen, "F8")
    press(screen, "F12")
    settled(qtbot, screen)
    assert heard.said == []  # no reason yet
    qtbot.keyClicks(screen.drawer.text, "Cukup perbaiki datanya")
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.said))
    assert view_of(desk_of, asked).status is Status.RUNNING

    own = make(Role.REGISTER)
    assert own.view.chip.accessibleName() == "ditolak"
    assert "Cukup perbaiki datanya" in own.view.outcome.text()
    assert "Drs. Agus Santoso" in own.view.outcome.text()
    assert not {"F6", "F12"} & set(own.deeds())


def test_the_proposer_takes_it_back(
    qtbot: QtBot, make: Made, desk_of: DeskOf, asked: Receipt
) -> None:
    screen = make(Role.REGISTER)
    assert screen.view.who.text().startswith("Diusulkan Anda")
    press(screen, "F6")
    qtbot.waitUntil(lambda: desk_of(Role.KASI).ask(proposals) == ())
    settled(qtbot, screen)
    assert screen.view.chip.accessibleName() == "ditarik"


def test_a_second_person_agrees_here_with_his_pin_and_nobody_is_signed_out(
    qtbot: QtBot, make: Made, desk_of: DeskOf, asked: Receipt
) -> None:
    desk_of(Role.KASI)  # signed in with his password today, so his PIN is enough
    screen = make(Role.REGISTER)
    heard = Heard(screen.context)
    assert screen.deed_button.words.text() == "Persetujuan di tempat"
    press(screen, "F12")
    settled(qtbot, screen)
    pane = screen.second
    assert pane.isVisible()
    assert pane.official.currentText() == "Hendra Gunawan, S.Sos. (Kasi)"
    assert pane.secret.accessibleName() == "PIN pejabat, wajib"
    assert fits(screen)

    type_into(qtbot, pane.secret, "000000")
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.refused))
    assert pane.isVisible()
    assert (pane.secret.text(), pane.official.currentText()) == (
        "",
        "Hendra Gunawan, S.Sos. (Kasi)",
    )
    assert "tidak cocok" in pane.problem.text()
    assert view_of(desk_of, asked).status is Status.RUNNING

    type_into(qtbot, pane.secret, "000")
    qtbot.keyClick(pane.official, Qt.Key.Key_Down)
    assert pane.official.currentText().startswith("Dra. Ratna")
    assert (pane.secret.text(), pane.problem.text()) == ("", "")  # neither of them is hers
    qtbot.keyClick(pane.official, Qt.Key.Key_Up)
    type_into(qtbot, pane.secret, PIN)
    qtbot.keyClick(pane.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(heard.said))
    assert view_of(desk_of, asked).status is Status.CANCELLED
    assert screen.context.user.username == "register"
    assert not pane.isVisible()
    (event,) = rows(
        screen.background.desk.store.path, "SELECT user_name, role FROM event WHERE act = 'batal'"
    )
    assert event == {"user_name": "Hendra Gunawan, S.Sos.", "role": "kasi"}


def test_without_a_password_today_the_password_is_asked(
    qtbot: QtBot, make: Made, desk_of: DeskOf, asked: Receipt
) -> None:
    screen = make(Role.REGISTER)
    press(screen, "F12")
    settled(qtbot, screen)
    pane = screen.second
    pane.official.setCurrentIndex(2)
    assert pane.secret.accessibleName() == "Kata sandi pejabat, wajib"
    type_into(qtbot, pane.secret, PASSWORD)
    press(screen, "F12")
    qtbot.waitUntil(lambda: view_of(desk_of, asked).status is Status.CANCELLED)
    assert "Drs. Agus Santoso" in view_of(desk_of, asked).history[-1].who


def test_a_signature_on_paper_is_entered_with_its_time(
    qtbot: QtBot, make: Made, desk_of: DeskOf, asked: Receipt
) -> None:
    screen = make(Role.REGISTER)
    heard = Heard(screen.context)
    press(screen, "F12")
    settled(qtbot, screen)
    pane = screen.second
    pane.radios[1].click()
    settled(qtbot, screen)
    assert not pane.radios[2].isVisible()  # by telephone only in an emergency
    pane.official.setCurrentIndex(1)
    press(screen, "F12")
    assert "Pukul belum diisi" in pane.problem.text()
    type_into(qtbot, pane.hour.editor, "2359")
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.refused))
    assert "masa depan" in pane.problem.text()
    assert pane.official.currentText() == "Dra. Ratna Kusuma, M.Si. (Sekcam)"
    pane.hour.editor.clear()
    type_into(qtbot, pane.hour.editor, "0830")
    press(screen, "F12")
    qtbot.waitUntil(lambda: view_of(desk_of, asked).status is Status.CANCELLED)
    last = view_of(desk_of, asked).history[-1]
    assert (last.who, "diputuskan Dra. Ratna Kusuma" in last.role) == ("Dewi Anggraini", True)


def test_esc_leaves_the_strip_and_nothing_is_done(
    qtbot: QtBot, make: Made, desk_of: DeskOf, asked: Receipt
) -> None:
    screen = make(Role.REGISTER)
    press(screen, "F12")
    settled(qtbot, screen)
    qtbot.keyClick(screen.second.secret, Qt.Key.Key_Escape)
    assert not screen.second.isVisible()
    assert screen.deed_button.words.text() == "Persetujuan di tempat"


def test_the_rail_counts_what_waits_for_whom(desk_of: DeskOf, asked: Receipt) -> None:
    for role in (Role.REGISTER, Role.KASI, Role.SEKCAM, Role.CAMAT):
        assert desk_of(role).ask(entry_counts)[role, "persetujuan"] == 1
    assert "persetujuan" not in {kind for _, kind in desk_of(Role.PELAYANAN).ask(entry_counts)}
    (waiting,) = desk_of(Role.KASI).ask(proposals)
    desk_of(Role.KASI).call(agree, op(), waiting.id)
    assert (Role.KASI, "persetujuan") not in desk_of(Role.KASI).ask(entry_counts)


def test_an_empty_list_says_what_will_come(make: Made) -> None:
    screen = make(Role.KASI)
    assert screen.right.currentWidget() is screen.empty
    assert "nomor sisipan" in screen.empty.text.text()
    assert not {"F8", "F12"} & set(screen.deeds())


# --- an inserted number, from the register officer's desk ----------------------------------------


@pytest.fixture
def register(qtbot: QtBot, context_of: ContextOf) -> Callable[[], RegisterScreen]:
    def make() -> RegisterScreen:
        context = context_of(Role.REGISTER)
        screen = shown(qtbot, RegisterScreen(context, Role.REGISTER, "masuk"))
        settled(qtbot, screen)
        return screen

    return make


def test_an_inserted_number_is_asked_for_seen_and_written(
    qtbot: QtBot,
    register: Callable[[], RegisterScreen],
    desk_of: DeskOf,
    clock: SettableClock,
) -> None:
    registered(desk_of)
    clock.advance(days=2)
    waiting = checked(desk_of, nama="Siti Rohmah")
    screen = register()
    heard = Heard(screen.context)
    assert screen.numbers.number.text() == "2"
    press(screen, "F11")
    form = screen.insert
    assert form.isVisible()
    assert screen.bar.deed_button.words.text() == "Usulkan nomor sisipan"
    press(screen, "F12")
    assert "belum diisi" in form.preview.text()
    type_into(qtbot, form.when.editor, "13052026")
    qtbot.waitUntil(lambda: "001.A" in form.preview.text())
    assert "400.9.14.1/001.A/SKTM/KEC-SKM/V/2026" in form.preview.text()
    press(screen, "F12")
    assert "Alasan belum ditulis" in form.preview.text()
    type_into(qtbot, form.reason, "Sudah ditandatangani tanggal itu")
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.said))
    settled(qtbot, screen)
    assert not form.isVisible()
    assert "menunggu persetujuan" in screen.head.asked.text()
    assert not screen.bar.deed_button.isVisible()  # no other number meanwhile
    assert not screen.insert_button.isVisible()

    kasi = desk_of(Role.KASI)
    (asked_for,) = kasi.ask(proposals)
    kasi.call(agree, op(), asked_for.id)
    screen.background.announce()
    settled(qtbot, screen)
    assert screen.numbers.number.text() == "001.A"
    assert "13 Mei 2026" in screen.numbers.once.text()
    assert screen.bar.deed_button.words.text() == "Beri nomor sisipan 001.A"
    press(screen, "F12")
    qtbot.waitUntil(lambda: view_of(desk_of, waiting).agenda_number is not None)
    assert view_of(desk_of, waiting).agenda == "001.A"
    qtbot.waitUntil(lambda: any("001.A" in said for said in heard.said))


def test_a_day_that_cannot_be_is_said_and_the_reason_stays(
    qtbot: QtBot,
    register: Callable[[], RegisterScreen],
    desk_of: DeskOf,
    clock: SettableClock,
) -> None:
    checked(desk_of)
    screen = register()
    press(screen, "F11")
    type_into(qtbot, screen.insert.reason, "Tertanggal besok")
    type_into(qtbot, screen.insert.when.editor, "13052026")
    qtbot.waitUntil(lambda: "sudah lewat" in screen.insert.preview.text())
    press(screen, "F12")
    settled(qtbot, screen)
    assert screen.insert.isVisible()
    assert screen.insert.reason.text() == "Tertanggal besok"
    qtbot.keyClick(screen.insert.reason, Qt.Key.Key_Escape)
    assert screen.bar.deed_button.words.text().startswith("Beri nomor agenda")


def test_the_official_sees_the_number_the_day_and_the_lines_before_it(
    make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    registered(desk_of, nama="Asep")
    clock.advance(days=2)
    waiting = checked(desk_of, nama="Siti Rohmah")
    desk_of(Role.REGISTER).call(propose_inserted, op(), seen(waiting), TODAY, "Tertanggal 12 Mei")
    screen = make(Role.SEKCAM)
    told = {name: value.text() for name, value in screen.view.facts.values.items()}
    assert screen.view.title.text() == "Nomor sisipan 001.A"
    assert told["Tanggal surat"] == "12 Mei 2026"
    assert told["Penandatangan"] == "Sekcam a.n. Camat: Dra. Ratna Kusuma, M.Si."
    assert told["Berkas"].endswith("diterima 14 Mei 2026")
    lines = [row.cells[0] for row in screen.view.book.model().records if row.mark in ("", "next")]
    assert lines == ["1", "001.A"]


# --- an emergency --------------------------------------------------------------------------------


def test_who_verified_asks_at_the_folder_and_the_order_by_telephone_is_entered(
    qtbot: QtBot,
    make: Made,
    desk_of: DeskOf,
    office: Office,
    context_of: ContextOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    receipt = registered(desk_of)
    admin = desk_of(Role.ADMIN)
    kasi_id = desk_of(Role.KASI).user.id
    until = TODAY + timedelta(days=1)
    admin.call(save_acting, op(), kasi_id, Role.SEKCAM, "Plh", TODAY, until, "800/1")
    for role in (Role.SEKCAM, Role.CAMAT):
        admin.call(save_absence, op(), desk_of(role).user.id, TODAY, until, "Rapat")
    monkeypatch.setattr(confirm, "ask", lambda *_question: True)
    context = context_of(Role.KASI)
    folder = shown(qtbot, SigningScreen(context, Role.SEKCAM, "tanda-tangan"))
    settled(qtbot, folder)
    qtbot.waitUntil(lambda: folder.bar.deed_button.words.text() == "Minta izin darurat")
    press(folder, "F12")
    qtbot.keyClicks(folder.drawer.text, "Semua rapat di kabupaten")
    press(folder, "F12")
    qtbot.waitUntil(lambda: len(desk_of(Role.CAMAT).ask(proposals)) == 1)

    screen = make(Role.REGISTER)
    assert screen.view.title.text() == "Tanda tangan darurat"
    press(screen, "F12")
    settled(qtbot, screen)
    pane = screen.second
    pane.radios[2].click()
    settled(qtbot, screen)
    names = [pane.official.itemText(n) for n in range(pane.official.count())]
    assert not [name for name in names if "Hendra" in name]
    type_into(qtbot, pane.hour.editor, "0845")
    press(screen, "F12")
    qtbot.waitUntil(lambda: desk_of(Role.CAMAT).ask(proposals) == ())

    folder.background.announce()
    settled(qtbot, folder)
    qtbot.waitUntil(lambda: folder.bar.deed_button.words.text() == "Sudah ditandatangani")
    qtbot.waitUntil(folder.bar.deed_button.isEnabled)
    press(folder, "F12")
    qtbot.waitUntil(lambda: view_of(desk_of, receipt).step == "serahkan")
    (event,) = rows(
        folder.background.desk.store.path,
        "SELECT payload FROM event WHERE act = 'lanjut' AND step = 'tanda-tangan'",
    )
    told = json.loads(event["payload"])["override"]
    assert (told["means"], told["agreed_by"]) == ("telepon", desk_of(Role.SEKCAM).user.id)


def test_what_is_typed_for_an_inserted_number_is_kept_while_another_file_is_looked_at(
    qtbot: QtBot,
    register: Callable[[], RegisterScreen],
    desk_of: DeskOf,
    clock: SettableClock,
) -> None:
    first, second = checked(desk_of, nama="Asep"), checked(desk_of, nama="Budi")
    screen = register()
    screen.pane.list.select(first.request_id)
    settled(qtbot, screen)
    press(screen, "F11")
    type_into(qtbot, screen.insert.when.editor, "11052026")
    type_into(qtbot, screen.insert.reason, "Sudah ditandatangani")
    desk = desk_of(Role.REGISTER)
    qtbot.waitUntil(lambda: "sisipan" in {one.place for one in desk.ask(read_scratch)})
    screen.pane.list.select(second.request_id)
    settled(qtbot, screen)
    assert not screen.insert.isVisible()
    press(screen, "F11")
    assert screen.insert.reason.text() == ""
    qtbot.keyClick(screen.insert.reason, Qt.Key.Key_Escape)
    screen.pane.list.select(first.request_id)
    settled(qtbot, screen)
    # open again by itself: F12 would else spend the next number
    assert screen.bar.deed_button.words.text() == "Usulkan nomor sisipan"
    assert screen.insert.isVisible()
    assert not screen.insert.when.editor.hasFocus()
    assert screen.insert.typed() == {"day": "11-05-2026", "reason": "Sudah ditandatangani"}
    qtbot.keyClick(screen.insert.reason, Qt.Key.Key_Escape)
    press(screen, "F11")
    assert screen.insert.reason.text() == ""  # Esc throws it away


def test_a_reason_to_decline_is_kept_until_it_is_sent_or_thrown_away(
    qtbot: QtBot, make: Made, desk_of: DeskOf, asked: Receipt
) -> None:
    screen = make(Role.KASI)
    press(screen, "F8")
    qtbot.keyClicks(screen.drawer.text, "Cukup")

    def kept() -> list[str]:
        # asked of the program: another SQLite beside it, while it writes, would break its locks
        found = desk_of(Role.KASI).ask(read_scratch)
        return [one.place for one in found if one.place.startswith("tolak")]

    qtbot.waitUntil(lambda: bool(kept()))
    qtbot.keyClick(screen.drawer, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not kept())


def test_a_refusal_begun_is_open_again_and_f12_does_not_agree_instead(
    qtbot: QtBot, make: Made, desk_of: DeskOf, asked: Receipt
) -> None:
    other = registered(desk_of)
    desk_of(Role.REGISTER).call(propose_cancel, op(), seen(other), "Salah alamat")
    screen = make(Role.KASI)
    press(screen, "F8")
    qtbot.keyClicks(screen.drawer.text, "Cukup")
    chosen = screen.list.currentIndex().row()
    screen.list.setCurrentIndex(screen.list.records.index(1 - chosen, 0))
    settled(qtbot, screen)
    assert not screen.drawer.is_open
    assert screen.deed_button.words.text() == "Setujui"
    screen.list.setCurrentIndex(screen.list.records.index(chosen, 0))
    settled(qtbot, screen)
    assert screen.drawer.text.text() == "Cukup"
    assert screen.deed_button.words.text() == "Tolak usul"
    press(screen, "F12")
    qtbot.waitUntil(lambda: len(desk_of(Role.KASI).ask(proposals)) == 1)
    settled(qtbot, screen)
    assert not screen.drawer.is_open
