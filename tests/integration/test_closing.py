"""Closing days, months and years; what a closed book refuses, and what it lets go on."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from kecamatan_desk.domain.errors import (
    ClockDoubtError,
    DeskError,
    InputError,
    MachineError,
    NotAllowedError,
    PresenceError,
    RuleError,
)
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import EventRecord, SettingRecord
from kecamatan_desk.usecases import backups, closing, processing, proposals
from kecamatan_desk.usecases.book_states import (
    books_state,
    closings_of,
    last_working_day,
    month_obstacles,
    months_to_close,
)
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.clock_guard import confirm_clock
from kecamatan_desk.usecases.closed_books import is_closed
from kecamatan_desk.usecases.closing_facts import collect
from kecamatan_desk.usecases.closing_pages import (
    closing_facts,
    closing_pdf,
    finish_closing,
    note_printed,
    page_of,
)
from kecamatan_desk.usecases.closing_values import facts_from
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.settings import OFFICE
from tests.builders import SettableClock, op
from tests.closing_office import JUNE, MAY_END, History, closed_may
from tests.documents.samples import pages
from tests.walking import DeskOf, brought_to, forward, rows, seen

# --- the day -------------------------------------------------------------------------------------


def test_a_day_states_what_it_gave(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    brought_to(desk_of, "sktm", "")
    brought_to(desk_of, "ktp", "")
    act = desk.call(closing.close_day, op())
    facts = desk.ask(closing_facts, act)

    told = {one.series: (one.first, one.last, one.done, one.running) for one in facts.series}
    assert told == {"ktp": ("001", "001", 1, 0), "sktm": ("001", "002", 1, 1)}
    assert [one.number for one in facts.open] == ["001"]
    (event,) = rows_of(desk, "buku-tutup-hari")
    assert facts.head_seq == event.seq - 1
    assert facts.head_hash == event.prev
    page = "\n".join(pages(closing_pdf(desk, act)))
    assert "PENUTUPAN HARIAN BUKU REGISTER" in page
    assert "SELASA, 12 MEI 2026" in page
    assert "jumlah 3 (tiga) nomor" in page
    groups = " ".join(facts.head_hash[n : n + 4].upper() for n in range(0, 16, 4))
    assert groups in page


def test_a_day_locks_nothing_and_may_be_closed_again_after_more(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    act = desk.call(closing.close_day, op())
    closing_pdf(desk, act)
    with pytest.raises(RuleError, match="tidak ada yang baru"):
        desk.call(closing.close_day, op())
    brought_to(desk_of, "sktm", "tanda-tangan")
    again = desk.call(closing.close_day, op())
    assert desk.ask(closing_facts, again).series[0].numbers == 2
    assert desk.ask(closing_facts, act).series[0].numbers == 1


def test_no_day_to_come_is_closed(desk_of: DeskOf) -> None:
    with pytest.raises(RuleError, match="belum tiba"):
        desk_of(Role.REGISTER).call(closing.close_day, op(), date(2026, 5, 13))


def test_recorded_decisions_stand_on_the_days_page(desk_of: DeskOf, clock: SettableClock) -> None:
    from kecamatan_desk.usecases.values import RecordedDecision

    desk = desk_of(Role.REGISTER)
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    clock.advance(minutes=5)
    decided = RecordedDecision(desk_of(Role.SEKCAM).user.id, Role.SEKCAM, clock.now)
    desk.call(processing.approve, op(), seen(receipt), recorded=decided)
    act = desk.call(closing.close_day, op())
    (deed,) = desk.ask(closing_facts, act).recorded
    assert (deed.who, deed.role, deed.by) == (
        "Dra. Ratna Kusuma, M.Si.",
        "Sekcam",
        "Dewi Anggraini",
    )
    assert deed.at == "12-05-2026 09.05"
    page = "\n".join(pages(closing_pdf(desk, act)))
    assert "Dicatat dari ceklis" in page
    assert receipt.file_code in page
    month = desk.ask(collect, "2026-05")
    assert month.recorded == ()
    assert [(one.who, one.count) for one in month.recorded_for] == [(deed.who, 1)]


# --- the month -----------------------------------------------------------------------------------


def test_a_closed_month_refuses_lines_and_nothing_is_spent(
    desk_of: DeskOf, clock: SettableClock, place: Place
) -> None:
    running = brought_to(desk_of, "sktm", "tanda-tangan")
    waiting = brought_to(desk_of, "sktm", "register")
    closed_may(desk_of, clock)
    before = rows(place.current_database, "SELECT * FROM counter")
    with pytest.raises(RuleError, match="Buku bulan Mei 2026 sudah ditutup"):
        forward(desk_of, waiting)
    assert rows(place.current_database, "SELECT * FROM counter") == before

    clock.set(JUNE)  # what follows goes on, dated in the open month
    signed = forward(desk_of, running)
    done = forward(desk_of, signed)
    assert done.step is None
    (status,) = rows(
        place.current_database, "SELECT day FROM line_status WHERE kind = 'diserahkan'"
    )
    assert status["day"] == "2026-06-02"
    new = forward(desk_of, waiting)
    assert new.agenda_number == 2  # the number follows, in June's book
    assert desk_of(Role.REGISTER).ask(is_closed, date(2026, 5, 29))
    assert not desk_of(Role.REGISTER).ask(is_closed, date(2026, 6, 2))
    assert check_place(place).ok


def test_the_database_refuses_too(desk_of: DeskOf, clock: SettableClock) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    closed_may(desk_of, clock)

    def past_the_program(work: UnitOfWork) -> None:
        from kecamatan_desk.persistence.tables import LineRecord, table_of

        line = work.session.execute(select(table_of(LineRecord))).mappings().first()
        assert line is not None
        link = work.link()
        values = {k: v for k, v in line.items() if k not in ("id", "event_seq", "salt")}
        own = {"number": 2, "request_id": None, "letter_number": "lain"}
        link.add(LineRecord, **{**values, **own})

    with pytest.raises((DatabaseError, DeskError), match="closed"):
        desk_of(Role.REGISTER).call(past_the_program)


def test_a_month_is_not_closed_before_its_last_working_day(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    desk = desk_of(Role.REGISTER)
    clock.set(MAY_END - timedelta(days=1))
    with pytest.raises(RuleError, match="29 Mei 2026"):
        desk.call(closing.close_month, op(), 2026, 5)
    clock.set(MAY_END)
    desk.call(closing.close_month, op(), 2026, 5)
    with pytest.raises(RuleError, match="sudah ditutup"):
        desk.call(closing.close_month, op(), 2026, 5)


def test_months_are_closed_in_order(desk_of: DeskOf, clock: SettableClock) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    clock.set(datetime(2026, 7, 1, 2, tzinfo=UTC))
    with pytest.raises(RuleError, match="Bulan Mei 2026 masih terbuka"):
        desk.call(closing.close_month, op(), 2026, 6)
    desk.call(closing.close_month, op(), 2026, 5)
    desk.call(closing.close_month, op(), 2026, 6)
    with pytest.raises(RuleError, match="dimulai 1 Mei 2026"):
        desk.call(closing.close_month, op(), 2026, 4)
    with pytest.raises(RuleError, match="31 Juli 2026"):
        desk.call(closing.close_month, op(), 2026, 7)
    with pytest.raises(InputError):
        desk.call(closing.close_month, op(), 2026, 13)


def test_the_same_act_closes_once(desk_of: DeskOf, clock: SettableClock) -> None:
    clock.set(MAY_END)
    desk, act = desk_of(Role.REGISTER), op()
    first = desk.call(closing.close_month, act, 2026, 5)
    assert desk.call(closing.close_month, act, 2026, 5) == first
    assert len(desk.ask(closings_of, ["2026-05"])) == 1


def test_who_closes_and_who_reads(desk_of: DeskOf, clock: SettableClock) -> None:
    clock.set(MAY_END)
    for role in (Role.CAMAT, Role.PELAYANAN, Role.ADMIN):
        with pytest.raises(NotAllowedError):
            desk_of(role).call(closing.close_month, op(), 2026, 5)
    act = desk_of(Role.KASI).call(closing.close_month, op(), 2026, 5)
    camat = desk_of(Role.CAMAT)
    assert not camat.ask(books_state, 2026).may_close
    assert closing_pdf(camat, act).startswith(b"%PDF")
    for role in (Role.PELAYANAN, Role.ADMIN):
        with pytest.raises(NotAllowedError):
            desk_of(role).ask(books_state, 2026)


def test_what_a_month_states_of_voids(desk_of: DeskOf, clock: SettableClock) -> None:
    desk = desk_of(Role.REGISTER)
    refused = brought_to(desk_of, "sktm", "tanda-tangan")
    desk_of(Role.SEKCAM).call(processing.refuse, op(), seen(refused), "Bukan warga")
    act = closed_may(desk_of, clock)
    (series,) = desk.ask(closing_facts, act).series
    assert (series.numbers, series.refused, series.void, series.running) == (1, 1, 0, 0)
    assert "Nihil: " in "\n".join(pages(closing_pdf(desk, act)))


# --- the page ------------------------------------------------------------------------------------


def test_a_missing_page_is_completed_later_and_stays(
    desk_of: DeskOf, clock: SettableClock, monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    act = closed_may(desk_of, clock)

    def full(_content: bytes) -> str:
        raise MachineError("Cakram penuh")

    with monkeypatch.context() as patch:
        patch.setattr(desk.files, "put", full)
        with pytest.raises(MachineError):
            closing_pdf(desk, act)
    assert desk.ask(page_of, act) == ""
    assert check_place(place).ok  # a closing without its page is whole
    clock.set(JUNE)
    brought_to(desk_of, "sktm", "")
    page = closing_pdf(desk, act)
    text = "\n".join(pages(page))
    assert "jumlah 1 (satu) nomor" in text  # as at closing
    assert "Sukamaju, 29 Mei 2026" in text
    assert closing_pdf(desk, act) == page
    report = check_place(place)
    assert report.ok
    assert report.checked["halaman penutup"] == 1
    assert report.checked["penutupan"] == 1


def test_a_closing_is_followed_by_a_backup(desk_of: DeskOf, clock: SettableClock) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    act = closed_may(desk_of, clock)
    told = finish_closing(desk, act)
    assert told.failed == ""
    (made,) = backups.backups(desk)
    assert made.seq >= desk.ask(closing_facts, act).head_seq + 2  # the act and its page are in it


def test_what_follows_a_closing_may_fail_without_undoing_it(
    desk_of: DeskOf, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_desk: Desk, **_how: object) -> None:
        raise MachineError("Cadangan belum dibuat: cakram penuh.")

    monkeypatch.setattr(backups, "after_closing", full)
    act = closed_may(desk_of, clock)
    told = finish_closing(desk_of(Role.REGISTER), act)
    assert told.pdf.startswith(b"%PDF")
    assert told.failed == "Cadangan belum dibuat: cakram penuh."


def test_printing_is_noted(desk_of: DeskOf, clock: SettableClock) -> None:
    desk = desk_of(Role.REGISTER)
    act = closed_may(desk_of, clock)
    closing_pdf(desk, act)
    assert not desk.ask(closings_of, ["2026-05"])[0].printed
    desk.call(note_printed, op(), act)
    (ref,) = desk.ask(closings_of, ["2026-05"])
    assert ref.printed
    assert ref.in_force
    with pytest.raises(InputError):
        desk.call(note_printed, op(), act + 1)  # its page, which is no closing


# --- opening again -------------------------------------------------------------------------------


def test_a_month_is_opened_again_by_two(
    desk_of: DeskOf, clock: SettableClock, place: Place
) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    first = closed_may(desk_of, clock)
    with pytest.raises(RuleError, match="persetujuan pejabat lain"):
        desk.call(closing.reopen, op(), 2026, 5)
    asked = desk.call(closing.propose_reopening, op(), 2026, 5, "Surat desa tercecer")
    with pytest.raises(RuleError, match="persetujuan pejabat lain"):
        desk.call(closing.reopen, op(), 2026, 5)
    desk_of(Role.SEKCAM).call(proposals.agree, op(), asked)
    desk.proven_at -= 3600
    with pytest.raises(PresenceError):
        desk.call(closing.reopen, op(), 2026, 5)
    desk.proven_at += 3600
    desk.call(closing.reopen, op(), 2026, 5)

    assert desk.ask(months_to_close, 2026)[0].state == "dibuka-kembali"
    assert not desk.ask(is_closed, date(2026, 5, 29))
    brought_to(desk_of, "sktm", "tanda-tangan")
    again = desk.call(closing.close_month, op(), 2026, 5)
    old, new = desk.ask(closings_of, ["2026-05"])
    assert (old.act, old.in_force, new.act, new.in_force) == (first, False, again, True)
    assert desk.ask(closing_facts, again).series[0].numbers == 2
    with pytest.raises(RuleError, match="persetujuan"):  # used up
        desk.call(closing.reopen, op(), 2026, 5)
    assert check_place(place).ok


def test_an_open_month_needs_no_opening(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    with pytest.raises(RuleError, match="masih terbuka"):
        desk.call(closing.propose_reopening, op(), 2026, 5, "Salah")
    with pytest.raises(RuleError, match="masih terbuka"):
        desk.call(closing.reopen, op(), 2026, 5)


# --- the year ------------------------------------------------------------------------------------


def test_a_year_is_closed_when_its_months_are(desk_of: DeskOf, clock: SettableClock) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    with pytest.raises(RuleError, match="belum selesai"):
        desk.call(closing.close_year, op(), 2026)
    clock.set(datetime(2027, 1, 4, 2, tzinfo=UTC))
    with pytest.raises(RuleError, match=r"Mei 2026, Juni 2026.*tutup bulan-bulan itu dahulu"):
        desk.call(closing.close_year, op(), 2026)
    # seven months without a number, and another year: the clock may have leapt
    with pytest.raises(ClockDoubtError, match="Jam komputer menunjukkan 4 Januari 2027") as doubt:
        closing.close_in_order(desk, op(), 2026)
    assert "Belum ada yang ditutup" in str(doubt.value)
    assert "Nomor" not in str(doubt.value)
    assert not desk.ask(books_state, 2026).months[-1].closed
    desk.call(confirm_clock, op())
    assert len(closing.close_in_order(desk, op(), 2026)) == 8
    act = desk.call(closing.close_year, op(), 2026)
    facts = desk.ask(closing_facts, act)
    assert facts.carried == 1
    page = "\n".join(pages(closing_pdf(desk, act)))
    assert "TAHUN 2026" in page
    assert "sisa tahun lalu" in page
    with pytest.raises(RuleError, match="sudah ditutup"):
        desk.call(closing.close_year, op(), 2026)
    assert desk.ask(is_closed, date(2026, 3, 1))  # a month the register never had

    asked = desk.call(closing.propose_reopening, op(), 2026, 12, "Terlewat")
    desk_of(Role.CAMAT).call(proposals.agree, op(), asked)
    desk.call(closing.reopen, op(), 2026, 12)
    assert not desk.ask(books_state, 2026).year_closed
    assert desk.ask(is_closed, date(2026, 11, 30))
    desk.call(closing.close_month, op(), 2026, 12)
    desk.call(closing.close_year, op(), 2026)
    assert desk.ask(books_state, 2026).year_closed


def test_months_are_closed_in_one_go_as_far_as_it_goes(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    clock.set(datetime(2026, 7, 8, 2, tzinfo=UTC))
    act = op()
    assert len(closing.close_in_order(desk, act, 2026)) == 2
    assert [m.state for m in desk.ask(months_to_close, 2026)] == [
        "tertutup",
        "tertutup",
        "terbuka",
    ]
    with pytest.raises(RuleError, match="31 Juli"):
        closing.close_in_order(desk, act, 2026)


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_a_file_of_the_old_year_registered_after_midnight_is_of_the_new_one(
    desk_of: DeskOf, clock: SettableClock, zone: str, place: Place
) -> None:
    def moved(work: UnitOfWork) -> None:
        value = dict(work.session.get_one(SettingRecord, OFFICE).value)
        work.session.execute(
            update(SettingRecord)
            .where(SettingRecord.name == OFFICE)
            .values(value={**value, "zone": zone})
        )

    desk_of(Role.ADMIN).call(moved)
    midnight = datetime(2027, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    clock.set(midnight - timedelta(seconds=1))  # 23:59:59 on 31 December
    old, waiting = (brought_to(desk_of, "sktm", "register") for _ in range(2))
    last = forward(desk_of, old)
    clock.set(midnight + timedelta(seconds=1))  # 00:00:01 on 1 January
    new = forward(desk_of, waiting)
    assert (last.period, last.agenda_number) == ("2026", 1)
    assert (new.period, new.agenda_number) == ("2027", 1)
    days = [
        (line["day"], line["year"], line["letter_day"])
        for line in rows(place.current_database, "SELECT * FROM register_line ORDER BY id")
    ]
    assert days == [("2026-12-31", 2026, "2026-12-31"), ("2027-01-01", 2027, "2027-01-01")]

    desk = desk_of(Role.REGISTER)
    # the old year stays open until it is closed, month by month
    assert [one.code for one in desk.ask(month_obstacles, 2026, 12)] == ["urutan"]
    assert not desk.ask(is_closed, date(2026, 12, 31))
    closing.close_in_order(desk, op(), 2026)
    december = desk.ask(closing_facts, desk.ask(closings_of, ["2026-12"])[0].act)
    assert [(one.first, one.last, one.numbers) for one in december.series] == [("001", "001", 1)]
    later = brought_to(desk_of, "sktm", "tanda-tangan")
    assert (later.period, later.agenda_number) == ("2027", 2)


def test_the_last_working_day_knows_weekends_and_holidays(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    assert desk.ask(last_working_day, 2026, 5) == date(2026, 5, 29)
    assert desk.ask(last_working_day, 2026, 6) == date(2026, 6, 30)


# --- what is stated ------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_what_a_page_states_is_what_was_done(
    desk_of: DeskOf, clock: SettableClock, place: Place, seed: int
) -> None:
    history = History(desk_of, clock, seed)
    for _ in range(5):
        history.day()
    act = closed_may(desk_of, clock)
    facts = desk_of(Role.REGISTER).ask(closing_facts, act)
    for one in facts.series:
        own = [r for r, service in history.series.items() if service == one.series]
        assert one.numbers == len(own)
        assert (one.first, one.last) == ("001", f"{len(own):03d}")
        ends = [history.ends[request] for request in own]
        told = {"done": one.done, "refused": one.refused, "running": one.running}
        assert told == {end: ends.count(end) for end in told}
    assert sum(one.numbers for one in facts.series) == len(history.series)
    assert len(facts.open) == list(history.ends.values()).count("running")
    page = "\n".join(pages(closing_pdf(desk_of(Role.REGISTER), act)))
    assert f"jumlah {len(history.series)} (" in page
    assert check_place(place).ok


def test_facts_are_read_back_as_they_were(desk_of: DeskOf, clock: SettableClock) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    facts = desk_of(Role.REGISTER).ask(collect, "2026-05")
    assert facts_from(json.loads(json.dumps(facts.stored()))) == facts


def test_facts_name_no_applicant(desk_of: DeskOf, clock: SettableClock) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Asep Sunandar")
    facts = desk_of(Role.REGISTER).ask(collect, "2026-05")
    kept = json.dumps(asdict(facts))
    assert "Asep" not in kept
    assert "9901015404910001" not in kept


def test_deeds_after_a_months_closing_stand_on_the_next_page(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    act = closed_may(desk_of, clock)
    first = desk.ask(closing_facts, act)
    brought_to(desk_of, "sktm", "register")  # still on 29 May
    clock.set(datetime(2026, 6, 30, 2, tzinfo=UTC))
    second = desk.ask(closing_facts, desk.call(closing.close_month, op(), 2026, 6))
    assert second.first_event == first.head_seq + 2  # all that follows the closing itself
    assert second.head_seq - second.first_event + 1 == second.events


def rows_of(desk: Desk, act: str) -> list[EventRecord]:
    """Give the events of an act."""

    def read(work: UnitOfWork) -> list[EventRecord]:
        found = list(work.session.scalars(select(EventRecord).where(EventRecord.act == act)))
        work.session.expunge_all()
        return found

    return desk.ask(read)
