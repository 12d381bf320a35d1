"""Jurnal Kegiatan: who did what on a day, what is unusual, pages, the paper, the file."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, text

from kecamatan_desk.domain.errors import NotAllowedError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.chain import event_hash
from kecamatan_desk.persistence.tables import EventRecord
from kecamatan_desk.ui.screens.journal import JournalScreen
from kecamatan_desk.usecases.clock_guard import CONFIRMED
from kecamatan_desk.usecases.day_journal import AT_ONCE, day_page, day_summary
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from tests.builders import DeskOf, SettableClock, checked, op, registered, taken_in, voided
from tests.proving import words_of
from tests.ui.screen_tools import ContextOf, Printed, fits, press, settled, shown
from tests.walking import rows

TODAY = date(2026, 5, 12)
Make = Callable[..., JournalScreen]


@pytest.fixture
def make(qtbot: QtBot, context_of: ContextOf) -> Make:
    def make(role: Role = Role.CAMAT) -> JournalScreen:
        screen = shown(qtbot, JournalScreen(context_of(role), role, "jurnal"))
        settled(qtbot, screen)
        return screen

    return make


def many(desk: Desk, amount: int, first: datetime) -> None:
    """Add events of one person to the chain as fast as SQLite takes them."""

    def write(work: UnitOfWork) -> None:
        last = work.session.execute(
            text("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1")
        ).one()
        seq, prev, made = last.seq, last.hash, []
        for place in range(amount):
            seq += 1
            columns = {
                "seq": seq,
                "at": f"{first:%Y-%m-%dT%H:%M}:{place // 40:02d}.{place:06d}Z",
                "op_id": f"banyak-{seq}",
                "act": "cetak",
                "request_id": None,
                "user_id": work.user.id,
                "user_name": work.user.name,
                "role": "register",
                "step": None,
                "next_step": None,
                "status": None,
                "payload": '{"what":"book"}',
            }
            digest = event_hash(prev, columns)
            made.append({**columns, "prev": prev, "hash": digest})
            prev = digest
        work.session.execute(insert(EventRecord), made)

    desk.call(write)


def test_persons_stand_with_how_much_they_did_and_their_events_newest_first(
    qtbot: QtBot, make: Make, desk_of: DeskOf
) -> None:
    registered(desk_of)
    screen = make()

    people = screen.people.records
    assert people[0].name == "Semua orang"
    assert people[0].total == len(screen.model.records) == sum(p.total for p in people[1:])
    assert screen.day_words.text() == "Hari ini, Selasa, 12 Mei 2026"
    assert "Tidak ada yang menonjol. Jam kerja" in screen.note.text()
    assert [line.seq for line in screen.model.records] == sorted(
        (line.seq for line in screen.model.records), reverse=True
    )
    sari = next(n for n, p in enumerate(people) if p.name == "Sari Wulandari")
    screen.people_table.selectRow(sari)
    settled(qtbot, screen)
    assert {line.who for line in screen.model.records} == {"Sari Wulandari"}
    assert screen.model.records[0].what == "Permohonan diterima di loket"
    assert len(screen.model.records) == people[sari].total


def test_what_is_unusual_is_counted_marked_in_words_and_can_be_asked_for_alone(
    qtbot: QtBot, make: Make, desk_of: DeskOf, clock: SettableClock
) -> None:
    voided(desk_of)
    clock.set(datetime(2026, 5, 12, 14, 30, tzinfo=UTC))  # 21.30 WIB
    taken_in(desk_of)
    screen = make()
    late = [line for line in screen.model.records if "di luar jam kerja" in line.marks]
    assert len(late) == 2  # the draft and its taking in

    screen.unusual.setChecked(True)
    settled(qtbot, screen)

    marks = [line.marks for line in screen.model.records]
    assert sorted(marks) == [("di luar jam kerja",)] * 2 + [("nomor batal",)]
    assert "3 perlu dilihat" in screen.note.text()


def test_the_database_calls_unusual_exactly_what_is_marked(desk_of: DeskOf) -> None:
    """One event of every mark, and their usual likes: the filter and the words agree."""
    cases: list[tuple[str, dict[str, object]]] = [
        ("batal", {}),
        ("batal", {"agreed_by": 2, "proposed_by": 3, "agreed_as": "kasi"}),
        (CONFIRMED, {"before": "2026-05-12T01:00:00Z", "now": "2026-05-12T02:00:00Z"}),
        ("ekspor", {"what": "book"}),
        ("cetak", {"what": "book"}),
        ("periksa-data", {"findings": 0}),
        ("periksa-data", {"findings": 2}),
        ("uji-pulih", {"ok": True}),
        ("uji-pulih", {"ok": False}),
        ("jeda", {"kind": "override"}),
    ]

    def write(work: UnitOfWork) -> None:
        for act, payload in cases:
            work.close_event(work.link(), op(), act, Role.ADMIN, payload=payload)

    desk_of(Role.ADMIN).call(write)
    camat = desk_of(Role.CAMAT)

    everything = camat.ask(day_page, TODAY).lines
    unusual = camat.ask(day_page, TODAY, unusual=True).lines

    assert len(everything) == len(cases)
    assert [line.seq for line in unusual] == [line.seq for line in everything if line.marks]
    assert len(unusual) == 5
    assert camat.ask(day_summary, TODAY).marked == 5


def test_a_day_off_is_outside_the_offices_hours_as_a_whole(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    clock.set(datetime(2026, 5, 17, 3, 0, tzinfo=UTC))  # Sunday
    taken_in(desk_of)
    summary = desk_of(Role.KASI).ask(day_summary, date(2026, 5, 17))
    assert summary.open_from is None
    assert summary.marked == summary.people[0].total == 2


def test_days_are_the_offices_not_those_of_greenwich(desk_of: DeskOf, clock: SettableClock) -> None:
    clock.set(datetime(2026, 5, 12, 17, 30, tzinfo=UTC))  # 00.30 WIB of the 13th
    taken_in(desk_of)
    kasi = desk_of(Role.KASI)
    assert len(kasi.ask(day_page, date(2026, 5, 13)).lines) == 2
    assert kasi.ask(day_page, TODAY).lines == ()


def test_pages_of_two_hundred_leave_nothing_out_and_nothing_twice(
    qtbot: QtBot, make: Make, desk_of: DeskOf
) -> None:
    many(desk_of(Role.REGISTER), 2 * AT_ONCE + 7, datetime(2026, 5, 12, 2, 0, tzinfo=UTC))
    screen = make()
    assert len(screen.model.records) == AT_ONCE

    press(screen, "F6")
    settled(qtbot, screen)
    assert len(screen.model.records) == 2 * AT_ONCE
    press(screen, "F6")
    settled(qtbot, screen)

    seqs = [line.seq for line in screen.model.records]
    assert len(set(seqs)) == len(seqs) == 2 * AT_ONCE + 7
    assert "F6" not in screen.deeds()


def test_a_page_is_found_along_the_index_however_old_the_office(desk_of: DeskOf) -> None:
    plan: list[str] = []

    def explain(work: UnitOfWork) -> None:
        cursor = work.session.connection().connection.cursor()
        cursor.execute(
            "EXPLAIN QUERY PLAN SELECT * FROM event WHERE at >= 'a' AND at < 'b' "
            "AND (at, seq) < ('b', 9) ORDER BY at DESC, seq DESC LIMIT 201"
        )
        plan.extend(str(line[3]) for line in cursor.fetchall())

    desk_of(Role.CAMAT).ask(explain)

    assert any("ix_event_at" in line for line in plan)
    assert not any("TEMP B-TREE" in line for line in plan)


def test_another_day_comes_by_button_and_the_future_does_not(
    qtbot: QtBot, make: Make, desk_of: DeskOf, clock: SettableClock
) -> None:
    checked(desk_of)
    clock.advance(days=1)
    screen = make()
    assert screen.model.records == ()
    assert not screen.after_button.isEnabled()

    screen.before_button.click()
    settled(qtbot, screen)

    assert screen.day_words.text() == "Selasa, 12 Mei 2026"
    assert screen.model.records
    screen.after_button.click()
    settled(qtbot, screen)
    assert screen.day_words.text().startswith("Hari ini, Rabu")


def test_the_administrator_sees_codes_and_no_names_and_opens_no_file(
    make: Make, desk_of: DeskOf
) -> None:
    registered(desk_of)
    screen = make(Role.ADMIN)
    assert any(line.file_code for line in screen.model.records)
    shown_text = " ".join(
        str(screen.model.index(r, c).data())
        for r in range(screen.model.rowCount())
        for c in range(screen.model.columnCount())
    )
    assert "Kusumawardhani" not in shown_text
    assert not screen.open_button.isVisible()
    assert "Kusumawardhani" in desk_of(Role.CAMAT).ask(day_page, TODAY).lines[0].applicant
    with pytest.raises(NotAllowedError):
        desk_of(Role.PELAYANAN).ask(day_page, TODAY)
    with pytest.raises(NotAllowedError):
        desk_of(Role.REGISTER).ask(day_summary, TODAY)


def test_the_file_of_an_event_is_opened_and_events_without_one_open_nothing(
    qtbot: QtBot, make: Make, desk_of: DeskOf
) -> None:
    receipt = registered(desk_of)
    screen = make()
    asked: list[int] = []
    screen.context.navigator.request_asked.connect(asked.append)

    with_file = next(n for n, line in enumerate(screen.model.records) if line.request_id)
    screen.table.selectRow(with_file)
    press(screen, "F5")

    assert asked == [receipt.request_id]
    without = next(n for n, line in enumerate(screen.model.records) if not line.request_id)
    screen.table.selectRow(without)
    assert "F5" not in screen.deeds()


def test_the_day_on_paper_is_whole_and_noted(
    qtbot: QtBot, make: Make, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = Printed(monkeypatch)
    voided(desk_of)
    screen = make()

    press(screen, "F7")

    qtbot.waitUntil(lambda: bool(printed.papers))
    said = words_of(printed.papers[0][1])
    for words in ("JURNAL KEGIATAN", "Selasa, 12 Mei 2026", "[nomor batal]", "Sari Wulandari"):
        assert words in said
    (event,) = rows(desk_of(Role.CAMAT).store.path, "SELECT payload FROM event WHERE act = 'cetak'")
    assert json.loads(event["payload"]) == {"what": "journal", "day": "2026-05-12"}


def test_wrong_passwords_are_told_on_the_day_alone(
    qtbot: QtBot, make: Make, desk_of: DeskOf
) -> None:
    def fail(work: UnitOfWork) -> None:
        work.session.execute(
            text("UPDATE user_account SET untold_failures = 4 WHERE username = 'register'")
        )

    desk_of(Role.ADMIN).call(fail)
    screen = make()
    assert "Dewi Anggraini 4 kali" in screen.tries.text()
    screen.before_button.click()
    settled(qtbot, screen)
    assert not screen.tries.isVisible()


def test_it_fits_the_smallest_window(make: Make) -> None:
    assert fits(make())


def test_no_row_is_lower_than_its_text_once_a_scroll_bar_has_taken_its_room(
    qtbot: QtBot, make: Make, desk_of: DeskOf, clock: SettableClock
) -> None:
    clock.set(datetime(2026, 5, 12, 14, 30, tzinfo=UTC))
    for _ in range(4):
        registered(desk_of)
    screen = make()
    assert screen.table.verticalScrollBar().isVisible()

    for row in range(screen.model.rowCount()):
        need = max(
            screen.table.sizeHintForIndex(screen.model.index(row, column)).height()
            for column in range(screen.model.columnCount())
        )
        assert screen.table.rowHeight(row) >= need


@pytest.mark.parametrize("wide", [900, 1100, 1400])
def test_what_happened_has_half_the_table_however_narrow_the_window(
    qtbot: QtBot, make: Make, desk_of: DeskOf, wide: int
) -> None:
    registered(desk_of)
    screen = make()

    screen.resize(wide, 600)
    qtbot.wait(20)

    table = screen.table
    room = table.viewport().width()
    assert table.columnWidth(1) >= room // 2 - table.columnWidth(0)
    assert sum(table.columnWidth(column) for column in range(4)) <= room
    for shown_table, model in ((table, screen.model), (screen.people_table, screen.people)):
        qtbot.waitUntil(
            lambda shown_table=shown_table, model=model: all(
                shown_table.rowHeight(row)
                >= shown_table.sizeHintForIndex(model.index(row, column)).height()
                for row in range(model.rowCount())
                for column in range(model.columnCount())
            )
        )
