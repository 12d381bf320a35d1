"""Salinan untuk umum: no number of a person, no reporter, and never the office's own book."""

import re
from pathlib import Path

import pytest

from kecamatan_desk.domain.errors import InputError, NotAllowedError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import books
from kecamatan_desk.usecases.book_forms import REGISTER_BOOKS
from kecamatan_desk.usecases.book_prints import book_prints, next_print
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.office_form import DELIVERY
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.public_book import PUBLIC, masked, note_public, print_public
from tests.builders import SettableClock, op
from tests.closing_office import closed_may
from tests.documents.samples import pages
from tests.integration.test_book_reading import a_year_of_work, outputs
from tests.walking import DeskOf, brought_to

YEAR, MAY = Period.of_year(2026), Period.of_month(2026, 5)


def texts(desk: Desk, folder: Path, code: str, period: Period = YEAR) -> list[str]:
    (file,) = print_public(desk, code, period, folder / f"{code}.pdf")
    return pages(file.read_bytes())


def test_no_number_of_a_person_and_no_reporter_leaves(
    desk_of: DeskOf, clock: SettableClock, tmp_path: Path
) -> None:
    a_year_of_work(desk_of, clock)
    desk = desk_of(Role.REGISTER)
    reporter = "Ningsih Pelapor Rahayu"
    brought_to(desk_of, "pengaduan", "", nama=reporter)
    for code in REGISTER_BOOKS:
        shown = texts(desk, tmp_path, code)
        whole = "".join("\n".join(shown).split())
        assert not re.search(r"(?<!\d)99\d{14}(?!\d)", whole), code
        assert all(PUBLIC in page for page in shown[1:])  # at the foot
        assert all(PUBLIC.upper() in page for page in shown)
        assert "Ningsih" not in whole
        (official,) = books.print_book(desk, code, YEAR, tmp_path / f"{code}-resmi.pdf")
        own = pages(official.read_bytes())
        assert PUBLIC not in "".join(own)
        if code in ("umum", "sktm"):
            assert "9901••••••••" in whole
            assert re.search(r"99\d{14}", "".join("".join(own).split()))
        if code in ("umum", "pengaduan"):
            assert "Dirahasiakan" in whole
            assert "Ningsih" in "".join(own)


def test_it_is_no_print_of_the_book(desk_of: DeskOf, clock: SettableClock, tmp_path: Path) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "serahkan")
    before = next_print(desk, "sktm", 2026)
    closed_may(desk_of, clock)
    _, page = texts(desk, tmp_path, "sktm", MAY)
    assert "ditutup dengan jumlah" not in page
    assert "Mengetahui" not in page
    assert "bukan buku register yang resmi" in page
    assert next_print(desk, "sktm", 2026) == before
    assert desk.ask(book_prints, "sktm", 2026) == ()
    desk.call(note_public, op(), "sktm", MAY)
    (told,) = outputs(desk)
    assert told == (
        "cetak",
        {"what": "book", "book": "sktm", "from": "2026-05-01", "to": "2026-05-31", "public": True},
    )


def test_only_books_of_the_register_and_only_for_who_may_read_them(
    desk_of: DeskOf, admin_desk: Desk, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="tidak dicetak untuk umum"):
        print_public(desk_of(Role.REGISTER), DELIVERY, YEAR, tmp_path / "a.pdf")
    with pytest.raises(NotAllowedError):
        print_public(admin_desk, "sktm", YEAR, tmp_path / "b.pdf")
    with pytest.raises(NotAllowedError):
        admin_desk.call(note_public, op(), "sktm", YEAR)
    assert not list(tmp_path.glob("*.pdf"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("9901015404910007", "9901••••••••0007"),
        ("KK 9901 0154 0491 0007 lama", "KK 9901••••••••0007 lama"),
        ("NIK: 9901015404910007, 9901015404910008", "NIK: 9901••••••••0007, 9901••••••••0008"),
        ("HP 0812-3456-7890", "HP •••"),
        ("+6281234567890", "•••"),
        ("198001012005011001", "198001012005011001"),  # a NIP: 18 digits
        ("400.12.2.1/012/SKTM/Skm/V/2026", "400.12.2.1/012/SKTM/Skm/V/2026"),
        ("12-05-2026", "12-05-2026"),
        ("NIB 9120001234567", "NIB 9120001234567"),
    ],
)
def test_numbers_of_persons_are_found_in_any_text(text: str, shown: str) -> None:
    assert masked(text) == shown
