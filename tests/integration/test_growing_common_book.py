"""The common register printed page after page shows numbers set aside, as the whole book does."""

from datetime import UTC, datetime

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import books
from kecamatan_desk.usecases.book_prints import next_print
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import mark_of
from kecamatan_desk.usecases.reserving import declare_unused
from tests.builders import DeskOf, SettableClock, op, voided
from tests.integration.test_book_reading import page_text
from tests.reserving import entered, recorded, set_aside
from tests.walking import brought_to

YEAR = Period.of_year(2026)


def agendas(desk: Desk) -> list[str]:
    lines = books.register_book_lines(desk, "umum", YEAR, desk.ask(mark_of))
    return [line.number for line in lines]


def text_of(desk: Desk, print_id: int) -> str:
    return page_text(books.book_print_bytes(desk, print_id))


def test_numbers_set_aside_print_where_the_whole_book_has_them(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    set_aside(desk_of, "sktm", 2)
    brought_to(desk_of, "sktm", "tanda-tangan")

    assert agendas(desk) == ["001", "002", "003", "004"]
    assert next_print(desk, "umum", 2026).lines == 4
    done = books.print_continuation(desk, op(), "umum", 2026)
    assert done.lines == 4
    assert text_of(desk, done.id).count("Cadangan, belum diisi") == 2
    assert next_print(desk, "umum", 2026).is_empty


def test_what_is_set_aside_after_a_print_of_the_same_day_comes_with_the_next(
    desk_of: DeskOf,
) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    assert books.print_continuation(desk, op(), "umum", 2026).lines == 1
    set_aside(desk_of, "sktm", 2)
    assert next_print(desk, "umum", 2026).lines == 2
    done = books.print_continuation(desk, op(), "umum", 2026)
    assert (done.lines, text_of(desk, done.id).count("Cadangan, belum diisi")) == (3, 2)
    brought_to(desk_of, "sktm", "tanda-tangan")
    assert books.print_continuation(desk, op(), "umum", 2026).lines == 4


def test_a_printed_row_is_filled_in_by_the_supplement_and_counted_once(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    sheet = set_aside(desk_of, "sktm", 3)
    books.print_continuation(desk, op(), "umum", 2026)

    clock.set(datetime(2026, 5, 13, 3, 0, tzinfo=UTC))  # filled in on another day
    recorded(
        desk_of, service="sktm", classification="", name="Asep Kurniawan", sent=False,
        block_id=sheet[0].block_id, number=sheet[0].number, letter_day=clock().date(),
    )  # fmt: skip
    desk.call(declare_unused, op(), ((sheet[1].block_id, sheet[1].number),))
    coming = next_print(desk, "umum", 2026)
    done = books.print_continuation(desk, op(), "umum", 2026)
    text = text_of(desk, done.id)
    assert (coming.lines, done.lines) == (0, 4)
    assert text.count("Isi baris cadangan nomor") == 2
    assert "Asep Kurniawan" in text

    entered(desk_of, sheet[2], day=clock().date())
    last = brought_to(desk_of, "sktm", "tanda-tangan")
    done = books.print_continuation(desk, op(), "umum", 2026)
    assert done.lines == 5 == len(agendas(desk))
    assert text_of(desk, done.id).count("Isi baris cadangan nomor") == 1
    voided(desk_of, last, "salah nama")
    noted = books.print_continuation(desk, op(), "umum", 2026)
    assert "BATAL: salah nama" in text_of(desk, noted.id)
    assert next_print(desk, "umum", 2026).is_empty
