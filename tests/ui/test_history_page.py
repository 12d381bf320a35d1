"""The tab Riwayat: days, icons, what is unusual, the filter, the sheet."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screens.history_page import DayHead, HistoryPage
from kecamatan_desk.usecases.processing import correct
from kecamatan_desk.usecases.views import request_view
from tests.builders import DeskOf, SettableClock, checked, op, registered, seen, voided
from tests.proving import words_of
from tests.ui.screen_tools import ContextOf, Printed
from tests.walking import rows


@pytest.fixture
def page(qtbot: QtBot, context_of: ContextOf) -> HistoryPage:
    made = HistoryPage(context_of(Role.REGISTER))
    qtbot.addWidget(made)
    made.resize(760, 420)
    made.show()
    return made


def texts(page: HistoryPage) -> list[str]:
    return [
        r.words if isinstance(r, DayHead) else str(page.model.index(n, 1).data())
        for n, r in enumerate(page.model.records)
    ]


def test_days_stand_over_their_events_the_newest_first(
    page: HistoryPage, desk_of: DeskOf, clock: SettableClock
) -> None:
    request = checked(desk_of)
    clock.advance(days=1)
    receipt = registered(desk_of, request)

    page.show_request(desk_of(Role.REGISTER).ask(request_view, receipt.request_id))

    told = texts(page)
    assert told[0] == "Hari ini, Rabu, 13 Mei 2026"
    assert told[1] == "Surat dibuat"
    assert "Selasa, 12 Mei 2026" in told
    assert told[-1].startswith("Permohonan diajukan (kode berkas 26-000001-")
    assert page.model.index(1, 0).data() == "09.00"
    assert page.table.columnSpan(0, 0) == 3


def test_a_correction_shows_before_and_after_below_its_reason(
    page: HistoryPage, desk_of: DeskOf
) -> None:
    request = checked(desk_of)
    receipt = desk_of(Role.REGISTER).call(
        correct, op(), seen(request), {"nama": "Siti Aminah"}, "Salah ketik"
    )

    page.show_request(desk_of(Role.REGISTER).ask(request_view, receipt.request_id))

    assert texts(page)[1].splitlines()[1:] == [
        "Alasan: Salah ketik",
        "Nama lengkap: Raden Roro Kusumawardhani → Siti Aminah",
    ]


def test_only_the_steps_can_be_asked_for_by_the_keyboard(
    qtbot: QtBot, page: HistoryPage, desk_of: DeskOf
) -> None:
    receipt = registered(desk_of)
    page.show_request(desk_of(Role.REGISTER).ask(request_view, receipt.request_id))
    assert "Surat dibuat" in texts(page)

    page.only_steps.setFocus()
    qtbot.keyClick(page.only_steps, Qt.Key.Key_Space)

    assert "Surat dibuat" not in texts(page)
    assert page.amount.text() == "1 kejadian lain tidak ditampilkan"
    qtbot.keyClick(page.only_steps, Qt.Key.Key_Space)
    assert "Surat dibuat" in texts(page)
    assert page.amount.text() == ""


def test_the_sheet_tells_all_and_that_it_was_printed(
    qtbot: QtBot, page: HistoryPage, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = Printed(monkeypatch)
    register = desk_of(Role.REGISTER)
    receipt = voided(desk_of, reason="Salah nama pemohon")
    page.show_request(register.ask(request_view, receipt.request_id))
    page.only_steps.setChecked(True)

    page.print_button.click()

    qtbot.waitUntil(lambda: bool(printed.papers))
    assert printed.kinds == ["slip"]
    said = words_of(printed.papers[0][1])
    for words in (
        "RIWAYAT BERKAS",
        "Raden Roro Kusumawardhani",
        "Surat dibuat",
        "[nomor batal]",
        "Salah nama pemohon",
        "Riwayat berkas dicetak",
    ):
        assert words in said
    assert "9901015404910001" not in said
    (event,) = rows(register.store.path, "SELECT act, request_id FROM event WHERE act = 'cetak'")
    assert event == {"act": "cetak", "request_id": receipt.request_id}
    page.print_button.click()
    qtbot.waitUntil(lambda: len(printed.papers) == 2)
    assert len(rows(register.store.path, "SELECT 1 FROM event WHERE act = 'cetak'")) == 2


def test_what_is_unusual_makes_its_row_taller_by_a_word(page: HistoryPage, desk_of: DeskOf) -> None:
    receipt = voided(desk_of)
    page.show_request(desk_of(Role.REGISTER).ask(request_view, receipt.request_id))
    marked = next(n for n, r in enumerate(page.model.records) if getattr(r, "marks", ()))
    line = page.model.records[marked]
    happened = page.model.index(marked, 1)
    high = page.table.sizeHintForIndex(happened).height()

    object.__setattr__(line, "marks", ())

    assert page.table.sizeHintForIndex(happened).height() < high
