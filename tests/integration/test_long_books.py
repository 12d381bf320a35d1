"""A book is read for print in chunks: none of its lines is lost or doubled between two of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert

from kecamatan_desk.documents.pictures import page_count
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import LineRecord, table_of
from kecamatan_desk.usecases.books import print_book
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import CHUNK, read_lines

YEAR = 2026


def fill_book(desk: Desk, count: int) -> None:
    """Write lines into the book of SKTM, two to a day at first: inserted numbers among them."""
    texts = ("queue", "address", "village", "purpose", "village_letter", "salt", "signatory")
    rows = [
        {
            **dict.fromkeys(texts, "-"),
            "request_id": n,
            "series": "sktm",
            "period": str(YEAR),
            "number": (n + 1) // 2,
            "suffix": "" if n % 2 else ".A",
            "year": YEAR,
            "day": f"{YEAR}-{1 + n * 12 // (count + 1):02d}-{1 + n % 3:02d}",
            "zone": "Asia/Jakarta",
            "service": "sktm",
            "letter_number": None,
            "letter_day": "",
            "file_code": f"26-{n:06}-X",
            "name": f"Warga {n}",
            "nik": f"990101{n:010}",
            "sex": "P",
            "facts": "{}",
            "event_seq": 1,
        }
        for n in range(1, count + 1)
    ]
    with desk.store.writing() as session:
        session.execute(insert(table_of(LineRecord)), rows)


@pytest.mark.parametrize("count", [CHUNK - 1, CHUNK, 2 * CHUNK, 2 * CHUNK + 1])
def test_every_line_comes_once_and_in_order(count: int, desk_of: Callable[[Role], Desk]) -> None:
    desk = desk_of(Role.REGISTER)
    fill_book(desk, count)

    own = [line.agenda for line in read_lines(desk, "sktm", Period.of_year(YEAR))]
    common = [(line.registered, line.nik) for line in read_lines(desk, None, Period.of_year(YEAR))]

    assert own == [f"{(n + 1) // 2:03d}{'' if n % 2 else '.A'}" for n in range(1, count + 1)]
    assert len(set(common)) == count
    assert common == sorted(common)


def test_a_long_book_is_printed(tmp_path: Path, desk_of: Callable[[Role], Desk]) -> None:
    desk = desk_of(Role.REGISTER)
    fill_book(desk, CHUNK + 1)

    (written,) = print_book(desk, "sktm", Period.of_year(YEAR), tmp_path / "book.pdf")

    assert page_count(written.read_bytes()) > 30
