"""A book on screen holds the lines that print: read from its end, none lost, none counted twice."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from sqlalchemy import select

from kecamatan_desk.documents.book_values import BookLine
from kecamatan_desk.domain.errors import NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import EventRecord, table_of
from kecamatan_desk.usecases import books, office_form, processing
from kecamatan_desk.usecases.book_outputs import (
    note_book_printed,
    note_pages_printed,
    take_out_sheet,
)
from kecamatan_desk.usecases.book_prints import next_print
from kecamatan_desk.usecases.book_reading import BookPart, book_choices, read_back
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.reasons import Reason
from kecamatan_desk.usecases.reserving import declare_unused
from kecamatan_desk.usecases.series import BY_CODE
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import SettableClock, checked, op, voided
from tests.integration.test_long_books import fill_book
from tests.reserving import entered, opened, recorded, set_aside
from tests.walking import DeskOf, brought_to, needed_paper, papers, seen

YEAR = Period.of_year(2026)


def read(desk: Desk, code: str, period: Period, step: int) -> tuple[BookPart, list[Any]]:
    """Read a whole book from its end; give the first part and all lines."""
    first = part = read_back(desk, code, period, None, step)
    lines = list(part.lines)
    while part.before is not None:
        part = read_back(desk, code, period, part.before, step)
        lines[:0] = part.lines
    return first, lines


def page_text(pdf: bytes) -> str:
    pages = PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


def printed(desk: Desk, code: str, period: Period) -> list[BookLine]:
    return list(books._lines(desk, code, period))  # noqa: SLF001 - what the paper is made of


def a_year_of_work(desk_of: DeskOf, clock: SettableClock) -> None:
    """Lines in every state, of several services and months, in every book of the office."""
    for code, step in (
        ("sktm", ""),
        ("sktm", "tanda-tangan"),
        ("ktp", "serahkan"),
        ("pengaduan", ""),
        ("oss", ""),
        ("ahli-waris", ""),
    ):
        brought_to(desk_of, code, step)
        clock.advance(days=9)
    voided(desk_of, brought_to(desk_of, "sktm", "tanda-tangan"), "salah nama")
    recorded(desk_of, letter_day=date(2026, 6, 1))
    recorded(desk_of, letter_day=date(2026, 6, 2), service="sktm", classification="", sent=False)
    sheet = [*set_aside(desk_of, "sktm", 4), *set_aside(desk_of, "umum", 2)]
    clock.advance(days=1)
    entered(desk_of, sheet[1])
    unused = ((sheet[2].block_id, sheet[2].number),)
    desk_of(Role.REGISTER).call(declare_unused, op(), unused)
    for nik in ("9901015404910011", "9901015404910012", "9901015404910013"):
        waiting = brought_to(desk_of, "sktm", SERVICES["sktm"].first_decision.code, nik=nik)
        missing = papers("sktm", needed_paper("sktm"))
        desk_of(Role.KASI).call(processing.fail_check, op(), seen(waiting), missing)
    clock.advance(days=9)
    brought_to(desk_of, "sktm", "")


@pytest.mark.parametrize("step", [1, 2, 100])
def test_every_book_is_read_from_its_end_as_it_prints(
    desk_of: DeskOf, clock: SettableClock, step: int
) -> None:
    a_year_of_work(desk_of, clock)
    desk = desk_of(Role.REGISTER)
    some_days = Period(date(2026, 5, 20), date(2026, 6, 30))
    for period in (YEAR, Period.of_month(2026, 5), some_days):
        for form in books.book_forms():
            wanted = printed(desk, form.code, period)
            first, lines = read(desk, form.code, period, step)

            assert [one.line for one in lines] == wanted, (form.code, period)
            assert [one.number for one in lines] == list(range(1, len(wanted) + 1))
            assert first.total == len(wanted), form.code
            assert first.voided == sum(line.state == "batal" for line in wanted)


@pytest.mark.parametrize("step", [1, 2])
def test_a_book_that_holds_a_number_twice_loses_neither(desk_of: DeskOf, step: int) -> None:
    """Where numbers go by classification code, a service's book has one number of each code."""
    opened(desk_of, BY_CODE)
    desk = desk_of(Role.REGISTER)
    for code in ("", "474.1", "100", "", "474.1"):
        desk.call(processing.give_agenda_number, op(), seen(checked(desk_of)), code)

    wanted = printed(desk, "sktm", YEAR)
    _, lines = read(desk, "sktm", YEAR, step)

    assert [one.number for one in wanted] == ["001", "001", "001", "002", "002"]
    assert [one.line for one in lines] == wanted
    books.print_continuation(desk, op(), "sktm", 2026)
    desk.call(processing.give_agenda_number, op(), seen(checked(desk_of)), "100")
    coming = next_print(desk, "sktm", 2026)  # 002 of code 100 stands in front of those printed
    assert (coming.lines, coming.notes) == (0, 1)


def test_later_lines_do_not_disturb_the_earlier_ones(desk_of: DeskOf, clock: SettableClock) -> None:
    desk = desk_of(Role.REGISTER)
    for name in ("Asep", "Budi", "Cecep"):
        brought_to(desk_of, "sktm", "tanda-tangan", nama=name)
    last = read_back(desk, "sktm", YEAR, None, 1)
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Dadang")

    earlier = read_back(desk, "sktm", YEAR, last.before, 5)

    assert [(one.number, one.name) for one in last.lines] == [(3, "Cecep")]
    assert [(one.number, one.name) for one in earlier.lines] == [(1, "Asep"), (2, "Budi")]
    assert earlier.total == 3
    assert earlier.before is None


def test_a_month_deep_in_a_long_book_is_found(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    fill_book(desk, 1700)
    january = Period.of_month(2026, 1)

    first, lines = read(desk, "sktm", january, 50)

    assert [one.line for one in lines] == printed(desk, "sktm", january)
    assert first.total == len(lines) > 100


def test_the_list_of_books_begins_with_the_most_used(
    desk_of: DeskOf, clock: SettableClock, admin_desk: Desk
) -> None:
    a_year_of_work(desk_of, clock)
    choices, first_year = desk_of(Role.REGISTER).ask(book_choices, 2026)
    codes = [choice.form.code for choice in choices]
    counted = {choice.form.code: choice.lines for choice in choices}

    assert codes[0] == "umum"
    assert sorted(codes) == sorted(form.code for form in books.book_forms())
    services = [code for code in codes if counted[code] and code != "umum"]
    assert services[0] == "sktm"
    assert (counted["umum"], counted["sktm"], counted["skck"]) == (12, 7, 0)
    assert codes.index("surat-keluar") < codes.index("skck")
    assert first_year == 2026
    with pytest.raises(NotAllowedError):
        admin_desk.ask(book_choices, 2026)
    with pytest.raises(NotAllowedError):
        read_back(admin_desk, "umum", YEAR, None, 10)


# --- what the next continuation would hold -------------------------------------------------------


def test_the_next_print_is_told_before_it_is_made(desk_of: DeskOf, clock: SettableClock) -> None:
    desk = desk_of(Role.REGISTER)
    with pytest.raises(RuleError, match="belum berisi nomor"):
        next_print(desk, "sktm", 2026)
    first = brought_to(desk_of, "sktm", "tanda-tangan")
    coming = next_print(desk, "sktm", 2026)
    assert (coming.first_page, coming.printed, coming.lines, coming.notes) == (1, 0, 1, 0)

    ref = books.print_continuation(desk, op(), "sktm", 2026)
    assert next_print(desk, "sktm", 2026).is_empty
    assert next_print(desk, "umum", 2026).lines == 1

    voided(desk_of, first, "salah nama")
    for _ in range(2):
        brought_to(desk_of, "sktm", "tanda-tangan")
    coming = next_print(desk, "sktm", 2026)
    assert (coming.first_page, coming.printed) == (ref.last_page + 1, 1)
    assert (coming.lines, coming.notes, coming.closes) == (2, 1, False)

    done = books.print_continuation(desk, op(), "sktm", 2026)
    assert (done.first_page, done.lines) == (coming.first_page, 3)
    clock.advance(days=300)
    assert not next_print(desk, "sktm", 2026).closes  # a book closes by an act, not by the clock
    with pytest.raises(RuleError, match="tidak dicetak sebagai lanjutan"):
        next_print(desk, office_form.DELIVERY, 2026)


def test_a_line_set_aside_prints_and_is_filled_in_by_the_supplement(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    sheet = set_aside(desk_of, "sktm", 3)
    brought_to(desk_of, "sktm", "tanda-tangan")
    assert next_print(desk, "sktm", 2026).lines == 5
    pages = books.print_continuation(desk, op(), "sktm", 2026)
    entered(desk_of, sheet[1])
    unused = tuple((one.block_id, one.number) for one in (sheet[0], sheet[2]))
    desk.call(declare_unused, op(), unused)

    coming = next_print(desk, "sktm", 2026)
    done = books.print_continuation(desk, op(), "sktm", 2026)

    assert (pages.lines, coming.lines, done.lines) == (5, 0, 5)  # no line is counted twice
    text = page_text(books.book_print_bytes(desk, done.id))
    assert text.count("Isi baris cadangan nomor") == 3
    assert "sisipan" not in text.lower()
    brought_to(desk_of, "sktm", "tanda-tangan")
    assert books.print_continuation(desk, op(), "sktm", 2026).lines == 6
    assert len(printed(desk, "sktm", YEAR)) == 6


# --- what leaves is noted ------------------------------------------------------------------------


def outputs(desk: Desk) -> list[tuple[str, dict[str, Any]]]:
    """Give what the chain says was taken out of the books."""

    def ask(work: UnitOfWork) -> list[tuple[str, dict[str, Any]]]:
        event = table_of(EventRecord)
        query = select(event.c.act, event.c.payload).where(event.c.act.in_(["cetak", "ekspor"]))
        return [(row.act, json.loads(row.payload)) for row in work.session.execute(query)]

    return desk.ask(ask)


def test_what_leaves_of_a_book_is_noted(desk_of: DeskOf, admin_desk: Desk, tmp_path: Path) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan", nik="9901015404910007")
    ref = books.print_continuation(desk, op(), "sktm", 2026)
    target = tmp_path / "buku.xlsx"

    desk.call(note_book_printed, op(), "umum", Period.of_month(2026, 5))
    desk.call(note_pages_printed, op(), ref)
    take_out_sheet(desk, op(), "sktm", YEAR, target, Reason("arsip"))

    year = {"from": "2026-01-01", "to": "2026-12-31"}
    assert outputs(desk) == [
        ("cetak", {"what": "book", "book": "umum", "from": "2026-05-01", "to": "2026-05-31"}),
        ("cetak", {"what": "book", "book": "sktm", "year": 2026, "first_page": 1, "last_page": 1}),
        ("ekspor", {"what": "book", "book": "sktm", "reason": "arsip", **year}),
    ]
    cells = [cell.value for row in load_workbook(target).active.iter_rows() for cell in row]
    assert "9901015404910007" in cells

    refused = tmp_path / "lain.xlsx"
    with pytest.raises(NotAllowedError):
        take_out_sheet(admin_desk, op(), "sktm", YEAR, refused, Reason("arsip"))
    assert not refused.exists()
    assert len(outputs(desk)) == 3


@pytest.mark.parametrize("code", [one.code for one in SERVICES.values() if one.writes_letter])
def test_every_book_shows_lines_without_a_request(desk_of: DeskOf, code: str) -> None:
    """Set aside, unused and written outside the program: no cell invents what nobody wrote."""
    desk = desk_of(Role.REGISTER)
    sheet = set_aside(desk_of, code, 2)
    desk.call(declare_unused, op(), ((sheet[1].block_id, sheet[1].number),))
    recorded(desk_of, service=code, classification="", name="Asep Kurniawan", sent=False)

    for book in (code, "umum"):
        waiting, void, manual = printed(desk, book, YEAR)
        assert (waiting.state, void.state, manual.state) == ("cadangan", "batal", "belum")
        for line in (waiting, void):
            filled = [cell for cell in line.cells if cell]
            note = "Cadangan, belum diisi" if line is waiting else "BATAL"
            assert filled[0] == line.number
            assert filled[-1].startswith(note)
            assert set(filled[1:-1]) <= {"12-05-2026", SERVICES[code].short}
        assert not any(manual.counts)
        assert any("Dicatat manual" in cell for cell in manual.cells)
    assert "Asep Kurniawan" in printed(desk, "surat-keluar", YEAR)[-1].cells[2]
