"""Tutup Buku on screen: what blocks a book and the way there, closing, the page, opening again."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import printing
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.parts import Button
from kecamatan_desk.ui.screens.closing_desk import ClosingScreen
from kecamatan_desk.ui.screens.closing_rows import BookRow, question_words
from kecamatan_desk.ui.screens.roles import ENTRIES
from kecamatan_desk.ui.style import look
from kecamatan_desk.usecases import closing, proposals
from kecamatan_desk.usecases.agreements import proposals as listed
from kecamatan_desk.usecases.book_states import closings_of, months_to_close
from kecamatan_desk.usecases.book_years import year_opening
from kecamatan_desk.usecases.closed_books import is_closed
from kecamatan_desk.usecases.closing_values import ClosingRef, DayState, MonthState
from kecamatan_desk.usecases.reserving import reserve
from tests.builders import PASSWORD, SettableClock, op
from tests.closing_office import MAY_END, closed_may
from tests.documents.samples import pages
from tests.reserving import lost_with_the_disk
from tests.ui.screen_tools import ContextOf, Heard, Printed, fits, press, settled, shown
from tests.walking import DeskOf, brought_to

Made = Callable[..., ClosingScreen]


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
def make(qtbot: QtBot, context_of: ContextOf, printed: Printed) -> Made:
    """Make the screen of a role, filled."""

    def make(role: Role = Role.REGISTER) -> ClosingScreen:
        screen = shown(qtbot, ClosingScreen(context_of(role), role, "tutup-buku"))
        qtbot.waitUntil(lambda: screen.model.rowCount() > 0)
        settled(qtbot, screen)
        return screen

    return make


def choose(qtbot: QtBot, screen: ClosingScreen, name: str) -> None:
    """Choose the line with this name."""
    names = [one.name for one in screen.model.records]
    screen.table.setCurrentIndex(screen.model.index(names.index(name), 0))
    settled(qtbot, screen)


def words(screen: ClosingScreen) -> str:
    """Give all that the side says."""
    body = screen.side.body
    return "\n".join(part.text() for part in body.findChildren(QLabel) if part.isVisible())


def pictured(qtbot: QtBot, screen: ClosingScreen) -> str:
    qtbot.waitUntil(lambda: screen.pages.pages > 0 and bool(screen.pages.pdf))
    return "\n".join(pages(screen.pages.pdf))


def test_a_month_is_closed_and_its_page_printed(
    qtbot: QtBot,
    make: Made,
    desk_of: DeskOf,
    clock: SettableClock,
    asked: list[str],
    printed: Printed,
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    clock.set(MAY_END)
    screen = make()
    heard = Heard(screen.context)
    assert screen.current is not None
    assert screen.current.name == "Mei 2026"  # the month that can be closed now
    assert screen.close_button.words.text() == "Tutup Mei 2026"
    assert fits(screen)

    press(screen, "F12")
    text = pictured(qtbot, screen)
    settled(qtbot, screen)
    assert "1 nomor masih berjalan" in asked[0]
    assert "BERITA ACARA PENUTUPAN BUKU REGISTER" in text
    assert desk_of(Role.REGISTER).ask(is_closed, date(2026, 5, 29))
    assert heard.said == [
        "Buku Mei 2026 sudah ditutup. Cetak halamannya (F7) dan mintakan tanda tangan."
    ]
    assert screen.current.state == "Tertutup"
    assert not screen.close_button.isEnabled()
    assert "halaman belum dicetak" in words(screen)

    press(screen, "F7")
    qtbot.waitUntil(lambda: len(printed.papers) == 1)
    settled(qtbot, screen)
    assert printed.papers[0][1] == screen.pages.pdf
    assert desk_of(Role.REGISTER).ask(closings_of, ["2026-05"])[0].printed
    assert "belum dicetak" not in words(screen)


@pytest.mark.parametrize(("running", "told"), [("0", False), ("2", True), ("", False)])
def test_the_question_names_what_still_runs_and_no_nought(running: str, told: bool) -> None:
    row = BookRow("2026-10", "bulan", "Oktober 2026", "6", running, "Terbuka")
    assert ("masih berjalan" in question_words(row)) is told


def test_the_question_about_a_year_says_that_its_months_are_opened_again() -> None:
    year = question_words(BookRow("2026", "tahun", "Tahun 2026", "6", "0", "Terbuka"))
    month = question_words(BookRow("2026-10", "bulan", "Oktober 2026", "6", "0", "Terbuka"))
    assert "Bulannya hanya dibuka kembali" in year
    assert "tahunnya ditutup lagi" in year
    assert "Buku hanya dibuka kembali" in month
    assert "tahun" not in month


def test_nothing_is_closed_without_a_yes(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.set(MAY_END)
    screen = make()
    monkeypatch.setattr(confirm, "ask", lambda *_words: False)
    press(screen, "F12")
    settled(qtbot, screen)
    assert not desk_of(Role.REGISTER).ask(is_closed, date(2026, 5, 29))


def test_what_blocks_a_month_is_said_before_and_at_f12(qtbot: QtBot, make: Made) -> None:
    screen = make()
    heard = Heard(screen.context)
    choose(qtbot, screen, "Mei 2026")
    assert not screen.close_button.isEnabled()
    assert "Hari kerja terakhir bulan Mei 2026 adalah 29 Mei 2026" in words(screen)
    press(screen, "F12")
    assert "29 Mei 2026" in heard.complained[0]


def test_reserved_numbers_lead_to_their_sheets(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    desk_of(Role.REGISTER).call(reserve, op(), [("sktm", 2)])
    clock.set(MAY_END)
    screen = make()
    asked: list[tuple[Role, str]] = []

    class Taker(QObject):
        @Slot(object, str)
        def take(self, role: Role, kind: str) -> None:
            asked.append((role, kind))

    taker = Taker()
    screen.context.navigator.entry_asked.connect(taker.take)
    choose(qtbot, screen, "Mei 2026")
    assert "001–002 belum diisi" in words(screen)
    button(screen, "way-cadangan").click()
    assert asked == [(Role.REGISTER, "cadangan")]
    entries = {entry.kind for entry in ENTRIES[Role.REGISTER]}
    assert "cadangan" in entries


def test_numbers_lost_with_a_disk_are_told_apart_from_those_on_a_sheet(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    desk = desk_of(Role.REGISTER)
    desk.call(reserve, op(), [("sktm", 2)])
    lost_with_the_disk(desk, "sktm", 1)
    clock.set(MAY_END)
    screen = make()
    choose(qtbot, screen, "Mei 2026")
    assert "Nomor cadangan SKTM 001–002 belum diisi; isi dari lembar darurat" in words(screen)
    assert "Nomor SKTM 003 hilang bersama cakram; isi ulang dari arsip kertas" in words(screen)


def test_the_days_line(
    qtbot: QtBot, make: Made, desk_of: DeskOf, asked: list[str], clock: SettableClock
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    choose(qtbot, screen, "Hari ini")
    press(screen, "F12")
    assert "PENUTUPAN HARIAN" in pictured(qtbot, screen)
    settled(qtbot, screen)
    assert asked == []  # nothing is locked by it
    assert not screen.close_button.isEnabled()
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen.background.announce()
    settled(qtbot, screen)
    assert screen.close_button.isEnabled()
    assert screen.current is not None
    assert screen.current.state == "Ada yang baru"


def test_a_month_is_opened_again_with_another_person(
    qtbot: QtBot,
    make: Made,
    desk_of: DeskOf,
    clock: SettableClock,
    asked: list[str],
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    closed_may(desk_of, clock)
    screen = make()
    choose(qtbot, screen, "Mei 2026")
    assert screen.side.reason is not None
    screen.side.reason.setText("Surat desa tercecer")
    button(screen, "propose-reopening").click()
    settled(qtbot, screen)
    assert "Menunggu persetujuan" in words(screen)
    (proposal,) = desk_of(Role.SEKCAM).ask(listed)
    assert proposal.reason == "Surat desa tercecer"
    desk_of(Role.SEKCAM).call(proposals.agree, op(), proposal.id)
    screen.background.announce()
    settled(qtbot, screen)
    press(screen, "F8")
    settled(qtbot, screen)
    assert "Buka kembali Mei 2026" in asked[0]
    assert screen.current is not None
    assert screen.current.state == "Dibuka kembali"
    assert not desk_of(Role.REGISTER).ask(is_closed, date(2026, 5, 29))


def test_the_deed_of_an_agreed_reopening_is_in_full_sight_on_the_smallest_screen(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    closed_may(desk_of, clock)
    desk = desk_of(Role.REGISTER)
    why = "Surat dari desa tercecer dan baru ditemukan di lemari arsip setelah bulan ditutup"
    proposal = desk.call(closing.propose_reopening, op(), 2026, 5, why)
    desk_of(Role.SEKCAM).call(proposals.agree, op(), proposal)
    screen = make()
    screen.resize(1158, 640)
    choose(qtbot, screen, "Mei 2026")
    deed = button(screen, "reopen-month")
    qtbot.waitUntil(lambda: deed.visibleRegion().boundingRect() == deed.rect())


def test_the_page_of_a_closing_stays_within_reach_when_its_month_is_opened_again(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    act = closed_may(desk_of, clock)
    desk = desk_of(Role.REGISTER)
    proposal = desk.call(closing.propose_reopening, op(), 2026, 5, "Surat tercecer")
    desk_of(Role.SEKCAM).call(proposals.agree, op(), proposal)
    desk.prove(PASSWORD, by_pin=False)
    desk.call(closing.reopen, op(), 2026, 5)
    screen = make()
    choose(qtbot, screen, "Mei 2026")

    button(screen, f"page-{act}").click()

    assert "BERITA ACARA PENUTUPAN BUKU REGISTER" in pictured(qtbot, screen)
    screen.background.announce()
    settled(qtbot, screen)
    assert screen.pages.act == act  # a reload leaves it there
    assert screen.print_button.isEnabled()


def test_a_long_name_of_who_closed_does_not_push_the_page_out_of_its_width(
    make: Made, qtbot: QtBot
) -> None:
    screen = make()
    screen.resize(1158, 640)
    told = f"Ditutup 02-01-2027 09.03 oleh {'Kusumawardhani ' * 4}, S.IP."
    ref = ClosingRef(7, "2026-05-12", "Penutupan", told, "", printed=False, in_force=True)
    day = DayState("2026-05-12", 1, 0, 2, 0, closings=(ref,), new=False)

    screen.side.show_day(day, "12 Mei 2026")

    room = screen.side.width() - look().px(16)  # less the scroll bar
    qtbot.waitUntil(lambda: screen.side.body.minimumSizeHint().width() <= room)
    assert "belum dicetak" in button(screen, "page-7").accessibleName()


def test_a_year_left_open_is_told_first_in_the_new_one(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    clock.set(datetime(2027, 1, 2, 2, tzinfo=UTC))
    screen = make()
    told = [part.text() for part in screen.behind.findChildren(QLabel) if part.isVisible()]
    assert "Buku tahun 2026 belum ditutup. Tutup dahulu buku itu." in told

    screen.behind_button.click()
    settled(qtbot, screen)

    assert screen.year.currentData() == 2026
    assert not screen.behind.isVisible()
    assert screen.current is not None
    assert screen.current.name == "Mei 2026"


def test_one_comes_back_to_the_chosen_book(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    clock.set(datetime(2027, 1, 2, 2, tzinfo=UTC))
    before = make()
    before.behind_button.click()
    settled(qtbot, before)
    choose(qtbot, before, "Juli 2026")
    hand = before.in_hand()

    screen = make()
    screen.go_back_to(hand)
    qtbot.waitUntil(lambda: screen.has_arrived(hand))
    settled(qtbot, screen)

    assert screen.current is not None
    assert screen.current.name == "Juli 2026"
    assert screen.words_in_hand() == "Juli 2026"


def test_a_reason_being_typed_survives_a_reload(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    closed_may(desk_of, clock)
    screen = make()
    choose(qtbot, screen, "Mei 2026")
    assert screen.side.reason is not None
    screen.side.reason.setText("Surat")
    screen.background.announce()
    settled(qtbot, screen)
    assert screen.side.reason.text() == "Surat"


def test_the_years_checklist_and_its_deeds(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock, asked: list[str]
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    clock.set(datetime(2026, 12, 31, 8, tzinfo=UTC))
    screen = make()
    choose(qtbot, screen, "Tahun 2026")
    assert "0 dari 8 bulan" in words(screen)
    assert "1 berkas belum selesai" in words(screen)

    button(screen, "in-order").click()
    qtbot.waitUntil(lambda: all(m.closed for m in months(desk_of)))
    qtbot.waitUntil(lambda: "8 dari 8 bulan" in words(screen))
    press(screen, "F12")
    assert "TAHUN 2026" in pictured(qtbot, screen)
    settled(qtbot, screen)
    assert "masih terbuka" not in words(screen)

    button(screen, "looked-at-kode").click()
    settled(qtbot, screen)
    assert "Dewi Anggraini, 31-12-2026" in words(screen)
    assert screen.side.mode is not None
    screen.side.mode.setCurrentIndex(1)
    button(screen, "open-year").click()
    settled(qtbot, screen)
    opening = desk_of(Role.REGISTER).ask(year_opening, 2027)
    assert (opening.mode, opening.opened) == ("satu", True)


def test_the_camat_reads(qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock) -> None:
    closed_may(desk_of, clock)
    screen = make(Role.CAMAT)
    choose(qtbot, screen, "Mei 2026")
    assert "BERITA ACARA" in pictured(qtbot, screen)
    assert not screen.close_button.isVisible()
    assert screen.side.reason is None


def test_a_page_is_saved(
    qtbot: QtBot,
    make: Made,
    desk_of: DeskOf,
    clock: SettableClock,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    closed_may(desk_of, clock)
    target = tmp_path / "penutupan.pdf"
    monkeypatch.setattr(printing, "ask_file", lambda *_words: target)
    screen = make()
    choose(qtbot, screen, "Mei 2026")
    pictured(qtbot, screen)
    screen.save_button.click()
    qtbot.waitUntil(target.is_file)
    settled(qtbot, screen)
    assert target.read_bytes() == screen.pages.pdf


def months(desk_of: DeskOf) -> tuple[MonthState, ...]:
    return desk_of(Role.REGISTER).ask(months_to_close, 2026)


def button(screen: ClosingScreen, name: str) -> QPushButton:
    found = screen.side.body.findChild(Button, f"btn-{name}")
    assert isinstance(found, Button), name
    return found
