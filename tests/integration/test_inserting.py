"""Nomor sisipan: a letter dated earlier gets its place behind the last number of that day."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2 as pdfium
import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from kecamatan_desk.domain.errors import InputError, NotAllowedError, RuleError, StaleError
from kecamatan_desk.domain.numbering import letter_number
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.audit import audit
from kecamatan_desk.persistence.tables import (
    BookActRecord,
    LineRecord,
    ProposalRecord,
    RequestRecord,
    table_of,
)
from kecamatan_desk.persistence.types import stamp
from kecamatan_desk.usecases.agreements import proposals
from kecamatan_desk.usecases.book_cells import note
from kecamatan_desk.usecases.book_prints import book_print_bytes, print_continuation
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.inserting import (
    inserted_preview,
    propose_inserted,
)
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes, register_and_draw
from kecamatan_desk.usecases.office import save_profile
from kecamatan_desk.usecases.papers import claim_of, newest_of
from kecamatan_desk.usecases.people_values import TermInput
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.processing import give_agenda_number
from kecamatan_desk.usecases.proof import signed
from kecamatan_desk.usecases.proposals import agree, decline, withdraw
from kecamatan_desk.usecases.register import book_page
from kecamatan_desk.usecases.register_lines import read_lines
from kecamatan_desk.usecases.report_figures import service_groups
from kecamatan_desk.usecases.terms import save_term
from kecamatan_desk.usecases.values import Receipt, Seen
from kecamatan_desk.usecases.verifying import Verdict, verify
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import PROFILE, DeskOf, SettableClock, checked, op, registered, seen, voided
from tests.walking import brought_to, rows


def broken(desk: Desk) -> list[str]:
    """Give what `check` finds in the office of a desk."""
    return [f.message for f in audit(desk.store.path, desk.files.folder).findings]


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)  # 09.00 WIB


@pytest.fixture
def book(desk_of: DeskOf, clock: SettableClock) -> Iterator[SettableClock]:
    """The book of the published example: 005, 006 and 007, a month later."""
    for day in (date(2026, 5, 29),) * 4 + (date(2026, 6, 2), date(2026, 6, 4), date(2026, 6, 12)):
        clock.set(at(day))
        registered(desk_of)
    return clock


def spoken(pdf: bytes) -> str:
    """Give the words of a paper without blanks."""
    with closing(pdfium.PdfDocument(pdf)) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return "".join("".join(pages).split())


def inserted(desk_of: DeskOf, day: date, receipt: Receipt | None = None) -> Receipt:
    """Ask for a number on an earlier day, let the Sekcam agree, and write it."""
    receipt = receipt or checked(desk_of)
    register, sekcam = desk_of(Role.REGISTER), desk_of(Role.SEKCAM)
    register.call(propose_inserted, op(), seen(receipt), day, "Surat tertanggal lebih awal")
    (asked,) = (p for p in sekcam.ask(proposals) if p.request_id == receipt.request_id)
    sekcam.call(agree, op(), asked.id)
    view = register.ask(request_view, receipt.request_id)
    return register.call(give_agenda_number, op(), Seen(view.id, view.version))


@pytest.mark.parametrize(
    ("day", "agenda"),
    [
        (date(2026, 6, 6), "006.A"),
        (date(2026, 6, 4), "006.A"),
        (date(2026, 6, 1), "004.A"),
        (date(2026, 5, 28), "000.A"),
        (date(2026, 6, 11), "006.A"),
    ],
)
def test_the_base_is_the_last_number_used_on_or_before_the_day(
    desk_of: DeskOf, book: SettableClock, day: date, agenda: str
) -> None:
    """Domain facts §9.4."""
    done = inserted(desk_of, day)
    assert (done.agenda, done.number) == (agenda, None)
    register = desk_of(Role.REGISTER)
    (line,) = rows(register.store.path, "SELECT * FROM register_line WHERE suffix <> ''")
    assert (line["day"], line["letter_day"]) == (day.isoformat(), day.isoformat())
    assert (line["number"], line["suffix"]) == (int(agenda[:3]), ".A")
    assert registered(desk_of).agenda_number == 8  # the counter stays where it was
    assert broken(register) == []


def test_a_second_one_gets_the_next_letter(desk_of: DeskOf, book: SettableClock) -> None:
    day = date(2026, 6, 6)
    assert [inserted(desk_of, day).agenda for _ in range(3)] == ["006.A", "006.B", "006.C"]
    register = desk_of(Role.REGISTER)
    lines = list(read_lines(register, "sktm", Period.of_year(2026)))
    assert [line.agenda for line in lines][4:] == ["005", "006", "006.A", "006.B", "006.C", "007"]
    assert [line.inserted for line in lines][4:] == [False, False, True, True, True, False]
    assert broken(register) == []


def test_the_letter_bears_the_day_and_who_held_the_office_on_it(
    desk_of: DeskOf, book: SettableClock
) -> None:
    admin, camat = desk_of(Role.ADMIN), desk_of(Role.CAMAT).user.id
    sekcam = desk_of(Role.SEKCAM).user.id
    for user, first, last in (
        (camat, date(2020, 1, 1), date(2026, 6, 8)),
        (sekcam, date(2026, 6, 9), None),
    ):
        admin.call(save_term, op(), TermInput(user, Role.SEKCAM, first, last))
    receipt = checked(desk_of)
    day = date(2026, 6, 6)
    seen_before = desk_of(Role.REGISTER).ask(inserted_preview, receipt.request_id, day)
    assert seen_before.agenda == "006.A"
    assert seen_before.signatory == "Sekcam a.n. Camat: Drs. Agus Santoso, M.AP."
    done = inserted(desk_of, day, receipt)
    assert done.letter_number == seen_before.letter_number
    assert "/006.A/" in str(done.letter_number)
    assert str(done.letter_number).endswith("/VI/2026")
    (line,) = rows(
        desk_of(Role.REGISTER).store.path,
        "SELECT signatory FROM register_line WHERE suffix <> ''",
    )
    assert line["signatory"] == seen_before.signatory


def test_the_drawn_letter_is_dated_and_proved_by_its_day(
    desk_of: DeskOf, book: SettableClock
) -> None:
    receipt = checked(desk_of)
    register, kasi = desk_of(Role.REGISTER), desk_of(Role.KASI)
    register.call(propose_inserted, op(), seen(receipt), date(2026, 6, 6), "Diminta tertanggal itu")
    (asked,) = kasi.ask(proposals)
    kasi.call(agree, op(), asked.id)
    view = register.ask(request_view, receipt.request_id)
    done = register_and_draw(register, op(), Seen(view.id, view.version))
    (paper,) = register.ask(request_view, done.request_id).documents
    said = spoken(document_bytes(register, paper.id))
    assert "6Juni2026" in said
    assert "12Juni2026" not in said
    assert "006.A" in said


def test_the_event_tells_of_the_agreement_and_of_no_number_spent(
    desk_of: DeskOf, book: SettableClock
) -> None:
    done = inserted(desk_of, date(2026, 6, 6))
    register = desk_of(Role.REGISTER)
    issued = rows(register.store.path, "SELECT * FROM number_issue WHERE series = 'sktm'")
    assert len(issued) == 7
    (event,) = rows(
        register.store.path,
        "SELECT * FROM event WHERE request_id = ? AND step = 'register' AND act = 'lanjut'",
        done.request_id,
    )
    told = json.loads(event["payload"])
    assert told["inserted"] == {
        "series": "sktm",
        "period": "2026",
        "number": 6,
        "suffix": ".A",
    }
    assert told["agreed_by"] == desk_of(Role.SEKCAM).user.id
    assert "number" not in told
    history = [line.what for line in register.ask(request_view, done.request_id).history]
    assert any("nomor sisipan 006.A" in what for what in history)


def test_no_number_is_given_while_an_inserted_one_is_asked_for(
    desk_of: DeskOf, book: SettableClock
) -> None:
    receipt = checked(desk_of)
    register = desk_of(Role.REGISTER)
    register.call(propose_inserted, op(), seen(receipt), date(2026, 6, 6), "Tertanggal awal")
    with pytest.raises(RuleError, match="masih menunggu persetujuan"):
        register.call(give_agenda_number, op(), seen(receipt))
    with pytest.raises(RuleError, match="sudah diusulkan"):
        register.call(propose_inserted, op(), seen(receipt), date(2026, 6, 4), "Lain")
    (asked,) = register.ask(proposals)
    register.call(withdraw, op(), asked.id)
    assert register.call(give_agenda_number, op(), seen(receipt)).agenda == "008"


def test_a_screen_that_showed_the_next_number_does_not_write_an_inserted_one(
    desk_of: DeskOf, book: SettableClock
) -> None:
    receipt = checked(desk_of)
    register, kasi = desk_of(Role.REGISTER), desk_of(Role.KASI)
    register.call(propose_inserted, op(), seen(receipt), date(2026, 6, 6), "Tertanggal awal")
    (asked,) = kasi.ask(proposals)
    kasi.call(agree, op(), asked.id)
    with pytest.raises(StaleError):
        register.call(give_agenda_number, op(), seen(receipt))


def test_a_declined_one_leaves_the_next_number(desk_of: DeskOf, book: SettableClock) -> None:
    receipt = checked(desk_of)
    register, kasi = desk_of(Role.REGISTER), desk_of(Role.KASI)
    register.call(propose_inserted, op(), seen(receipt), date(2026, 6, 6), "Tertanggal awal")
    (asked,) = kasi.ask(proposals)
    kasi.call(decline, op(), asked.id, "Tidak ada dasarnya")
    assert register.call(give_agenda_number, op(), seen(receipt)).agenda == "008"
    assert broken(register) == []


@pytest.mark.parametrize("day", [date(2026, 6, 12), date(2026, 6, 13), date(2019, 5, 1)])
def test_only_days_gone_by_are_asked_for(desk_of: DeskOf, book: SettableClock, day: date) -> None:
    receipt = checked(desk_of)
    register = desk_of(Role.REGISTER)
    for ask in (
        lambda: register.call(propose_inserted, op(), seen(receipt), day, "x"),
        lambda: register.ask(inserted_preview, receipt.request_id, day),
    ):
        with pytest.raises(InputError) as refused:
            ask()
        assert refused.value.field == "tanggal"


@pytest.mark.parametrize("role", [Role.PELAYANAN, Role.KASI, Role.CAMAT])
def test_only_the_register_officer_asks(desk_of: DeskOf, book: SettableClock, role: Role) -> None:
    receipt = checked(desk_of)
    with pytest.raises(NotAllowedError):
        desk_of(role).call(propose_inserted, op(), seen(receipt), date(2026, 6, 6), "x")


def book_act(work: UnitOfWork, kind: str, period: str, facts: dict[str, str]) -> None:
    """Write an act on a book as the chain keeps it, without its page."""
    link = work.link()
    names = {c.name for c in table_of(BookActRecord).columns} - {"id", "event_seq", "salt"}
    values: dict[str, object] = {**dict.fromkeys(names, ""), "head_seq": 1}
    values |= {"kind": kind, "period": period, "facts": json.dumps(facts)}
    values["created_at"] = stamp(work.now)
    link.add(BookActRecord, **values)
    work.close_event(link, op(), f"buku-{kind}", Role.REGISTER)


def close_month(desk: Desk, period: str, kind: str = "tutup") -> None:
    desk.call(book_act, kind, period, {})


def test_a_closed_month_takes_no_inserted_number(desk_of: DeskOf, book: SettableClock) -> None:
    waiting = checked(desk_of)
    register, kasi = desk_of(Role.REGISTER), desk_of(Role.KASI)
    day = date(2026, 5, 29)
    register.call(propose_inserted, op(), seen(waiting), day, "Tertanggal awal")
    (asked,) = kasi.ask(proposals)
    kasi.call(agree, op(), asked.id)
    close_month(register, "2026-05")
    view = register.ask(request_view, waiting.request_id)
    again = Seen(view.id, view.version)
    with pytest.raises(RuleError, match="sudah ditutup"):  # closed after it was agreed to
        register.call(give_agenda_number, op(), again)
    other = checked(desk_of)
    with pytest.raises(RuleError, match="Buka kembali buku"):
        register.call(propose_inserted, op(), seen(other), day, "Tertanggal awal")
    assert inserted(desk_of, date(2026, 6, 6), other).agenda == "006.A"
    close_month(register, "2026-05", "buka-kembali")
    assert register.call(give_agenda_number, op(), again).agenda == "004.A"


def test_december_takes_one_in_january_until_it_is_closed(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    clock.set(at(date(2026, 12, 30)))
    registered(desk_of)
    clock.set(at(date(2027, 1, 4)))
    done = inserted(desk_of, date(2026, 12, 31))
    assert done.agenda == "001.A"
    assert str(done.letter_number).endswith("/XII/2026")
    assert registered(desk_of).agenda_number == 1  # of the new year
    assert broken(desk_of(Role.REGISTER)) == []


def test_an_inserted_line_stands_in_the_books_and_in_the_supplement_of_printed_pages(
    desk_of: DeskOf, book: SettableClock
) -> None:
    register = desk_of(Role.REGISTER)
    print_continuation(register, op(), "sktm", 2026)
    done = inserted(desk_of, date(2026, 6, 6))
    second = print_continuation(register, op(), "sktm", 2026)
    said = spoken(book_print_bytes(register, second.id))
    assert "006.A" in said
    assert "Nomorsisipan" in said
    assert str(done.letter_number) in said
    page = register.ask(book_page, "sktm", 2026, None)
    assert [row.cells[0] for row in page.rows][-3:] == ["6", "6.A", "7"]
    (line,) = (one for one in read_lines(register, "sktm", Period.of_year(2026)) if one.inserted)
    assert note(line) == "Nomor sisipan"
    report = register.ask(service_groups, 2026, 6)
    (sktm,) = (row for group in report for row in group.rows if row.service == "sktm")
    assert sktm.registered == 4  # 5, 6, 6.A and 7


def test_an_inserted_letter_is_proved_like_any_other_and_can_be_void(
    desk_of: DeskOf, book: SettableClock
) -> None:
    done = inserted(desk_of, date(2026, 6, 6))
    register = desk_of(Role.REGISTER)
    complete_documents(register, done.request_id)
    (job,) = register.ask(claims_of, done.request_id)
    told = register.ask(verify, signed(register, job))
    assert told.registered is not None
    assert (told.verdict, told.registered.day) == (Verdict.NOT_HANDED, date(2026, 6, 6))
    voided(desk_of, done)
    assert register.ask(verify, signed(register, job)).verdict is Verdict.VOID
    assert inserted(desk_of, date(2026, 6, 6)).agenda == "006.B"  # A is not used again
    assert broken(register) == []


def claims_of(work: UnitOfWork, request_id: int) -> list[str]:
    """Give what the codes of a request's letters say."""
    request = work.session.get_one(RequestRecord, request_id)
    (letter,) = SERVICES[request.service].letters
    newest = newest_of(work, request, letter)
    assert newest is not None
    return [claim_of(work, request, letter, newest.version, json.loads(newest.facts)).text]


def test_one_book_of_all_letters_has_one_row_of_bases(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    """With one series for all, the base is the last number of any service."""
    desk_of(Role.REGISTER).call(book_act, "buka", "2026", {"series": "satu"})
    registered(desk_of)
    brought_to(desk_of, "ktp", "tanda-tangan")
    clock.advance(days=2)
    assert inserted(desk_of, date(2026, 5, 12)).agenda == "002.A"


def test_without_a_place_in_the_pattern_the_suffix_stands_behind_the_number(
    desk_of: DeskOf, book: SettableClock
) -> None:
    tokens: dict[str, str | int] = {"urut": 5, "sisipan": ".A"}
    day = date(2026, 6, 12)
    assert letter_number("{urut:3}/{tahun}", tokens, day) == "005.A/2026"
    assert letter_number("{urut:3}/{tahun}{sisipan}", tokens, day) == "005/2026.A"
    pattern = "{kode}/{urut:3}-{layanan}{sisipan}/{tahun}"
    desk_of(Role.ADMIN).call(save_profile, op(), replace(PROFILE, number_pattern=pattern))
    done = inserted(desk_of, date(2026, 6, 6))
    assert str(done.letter_number).endswith("/006-SKTM.A/2026")


def test_check_finds_lines_inserted_past_the_program(desk_of: DeskOf, book: SettableClock) -> None:
    inserted(desk_of, date(2026, 6, 6))
    register = desk_of(Role.REGISTER)

    def forge(work: UnitOfWork, number: int, suffix: str) -> None:
        table = table_of(LineRecord)
        (row,) = work.session.execute(table.select().where(table.c.suffix == ".A")).mappings()
        columns = {k: v for k, v in row.items() if k not in ("id", "event_seq", "salt")}
        columns |= {"number": number, "suffix": suffix, "request_id": 900 + number}
        columns["letter_number"] = f"X/{number}{suffix}"
        link = work.link()
        link.add(LineRecord, **columns)
        work.close_event(link, op(), "surat", Role.REGISTER)

    register.call(forge, 6, ".C")
    register.call(forge, 40, ".A")
    found = broken(register)
    assert "Huruf sisipannya tidak berurutan." in found
    assert "Nomor sebelum sisipan ini tidak pernah diberi." in found
    assert found.count("Sisipan ini tidak mempunyai persetujuan.") == 2


def test_check_finds_an_agreement_nobody_made_use_of(desk_of: DeskOf, book: SettableClock) -> None:
    inserted(desk_of, date(2026, 6, 6))
    register = desk_of(Role.REGISTER)
    register.call(lambda work: work.session.execute(_FORGED))
    assert "Tidak ada peristiwa yang memakainya." in broken(register)


_FORGED = text(
    "INSERT INTO proposal (kind, facts, reason, state, proposed_by, proposed_at, decided_by, "
    "decided_role, on_paper, note) VALUES ('batal', '{}', 'x', 'dipakai', 1, '2026', 2, 'kasi', "
    "0, '')"
)


def test_the_table_itself_wants_two_persons(desk_of: DeskOf) -> None:
    table = table_of(ProposalRecord)
    values = {"kind": "batal", "facts": "{}", "reason": "x", "state": "disetujui"}
    values |= {"proposed_by": 1, "decided_by": 1, "proposed_at": datetime.now(UTC)}

    def forge(work: UnitOfWork) -> None:
        work.session.execute(insert(table).values(**values, on_paper=False, note=""))

    with pytest.raises(IntegrityError):
        desk_of(Role.REGISTER).call(forge)


@pytest.mark.parametrize("day", [date(2025, 12, 30), date(2026, 5, 8)])
def test_a_day_before_the_program_was_used_has_its_numbers_on_paper(
    desk_of: DeskOf, day: date
) -> None:
    receipt = checked(desk_of)
    register = desk_of(Role.REGISTER)
    for ask in (
        lambda: register.call(propose_inserted, op(), seen(receipt), day, "Tertinggal"),
        lambda: register.ask(inserted_preview, receipt.request_id, day),
    ):
        with pytest.raises(RuleError, match="belum dipakai") as refused:
            ask()
        assert refused.value.field == "tanggal"
