"""A book is read for print in chunks: none of its lines is lost or doubled between two of them."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from sqlalchemy import insert

from kecamatan_desk.documents.pictures import page_count
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import LineRecord, table_of
from kecamatan_desk.usecases.books import export_book, print_book
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.intake import save_draft
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import CHUNK, read_lines
from tests.builders import op
from tests.documents.samples import pages

YEAR = 2026


def fill_book(desk: Desk, count: int, first: int = 1) -> None:
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
            "day": f"{YEAR}-{min(1 + n * 12 // (count + 1), 12):02d}-{1 + n % 3:02d}",
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
        for n in range(first, first + count)
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


@pytest.mark.parametrize("way", [print_book, export_book])
def test_the_counter_commits_in_the_middle_of_a_book(
    way: Callable[..., object], tmp_path: Path, desk_of: Callable[[Role], Desk]
) -> None:
    desk, counter = desk_of(Role.REGISTER), desk_of(Role.PELAYANAN)
    fill_book(desk, 3 * CHUNK)
    seconds: list[float] = []

    def progress(_written: int) -> bool:
        begun = perf_counter()
        counter.call(save_draft, op(), DraftInput("sktm", {"nama": "Warga baru"}))
        seconds.append(perf_counter() - begun)
        return True

    way(desk, "sktm", Period.of_year(YEAR), tmp_path / "book", progress)

    assert len(seconds) >= 3
    assert max(seconds) < 1  # a book that kept a transaction open would make it wait 5 s and fail


def test_a_line_written_while_a_book_prints_waits_for_the_next(
    tmp_path: Path, desk_of: Callable[[Role], Desk]
) -> None:
    desk = desk_of(Role.REGISTER)
    fill_book(desk, CHUNK + 50)

    def progress(_written: int) -> bool:
        if len(desk_of_lines(desk)) == CHUNK + 50:
            fill_book(desk, 1, first=CHUNK + 51)
        return True

    (file,) = print_book(desk, "sktm", Period.of_year(YEAR), tmp_path / "book.pdf", progress)

    assert len(desk_of_lines(desk)) == CHUNK + 51
    text = " ".join(pages(file.read_bytes()))
    assert f"Warga {CHUNK + 50}" in text
    assert f"Warga {CHUNK + 51}" not in text


def desk_of_lines(desk: Desk) -> list[str]:
    return [line.agenda for line in read_lines(desk, "sktm", Period.of_year(YEAR))]


def test_a_long_book_is_printed(tmp_path: Path, desk_of: Callable[[Role], Desk]) -> None:
    desk = desk_of(Role.REGISTER)
    fill_book(desk, CHUNK + 1)

    (written,) = print_book(desk, "sktm", Period.of_year(YEAR), tmp_path / "book.pdf")

    assert page_count(written.read_bytes()) > 20
