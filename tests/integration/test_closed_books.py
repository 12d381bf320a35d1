"""A closed book prints as at its closing; what became of its lines since stands in the appendix."""

from pathlib import Path

import pytest

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.books import print_book
from kecamatan_desk.usecases.periods import Period
from tests.builders import SettableClock, op
from tests.closing_office import JUNE, closed_may, closed_year
from tests.documents.samples import pages
from tests.walking import DeskOf, brought_to, forward, seen

MAY = Period.of_month(2026, 5)
APPENDIX = "PERUBAHAN SESUDAH PENUTUPAN"


def printed(desk_of: DeskOf, target: Path, code: str = "sktm", period: Period = MAY) -> list[str]:
    """Give the texts of a book's pages, without the cover."""
    (file,) = print_book(desk_of(Role.REGISTER), code, period, target / "buku.pdf")
    return pages(file.read_bytes())[1:]


def test_a_past_month_is_open_until_it_is_closed(
    desk_of: DeskOf, clock: SettableClock, tmp_path: Path
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    clock.set(JUNE)
    (page,) = printed(desk_of, tmp_path)
    assert "Buku ini belum ditutup; dicetak sampai dengan nomor 001." in page


@pytest.mark.parametrize("code", ["sktm", "umum"])
def test_a_closed_month_prints_as_at_its_closing(
    desk_of: DeskOf, clock: SettableClock, tmp_path: Path, code: str
) -> None:
    running = brought_to(desk_of, "sktm", "serahkan", nama="Asep Sunandar")
    refused = brought_to(desk_of, "sktm", "tanda-tangan", nama="Budi Santoso")
    closed_may(desk_of, clock)
    (before,) = printed(desk_of, tmp_path, code)
    assert "ditutup dengan jumlah 2 (dua) nomor" in before
    assert "2 (dua) belum diserahkan" in before
    assert "Sukamaju, 29 Mei 2026" in before

    clock.set(JUNE)
    forward(desk_of, running)
    desk_of(Role.SEKCAM).call(processing.refuse, op(), seen(refused), "Bukan warga")
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Cecep Juni")
    book, appendix = printed(desk_of, tmp_path, code)
    same = book.partition("Dicetak")[0]
    assert same == before.partition("Dicetak")[0]
    assert APPENDIX in appendix
    assert "Asep Sunandar" in appendix
    assert "Diserahkan kepada Siti Rohmah" in appendix
    assert "DITOLAK: Bukan warga" in appendix
    assert "02-06-2026" in appendix
    assert "Cecep Juni" not in book + appendix


def test_the_year_prints_as_at_its_own_closing(
    desk_of: DeskOf, clock: SettableClock, tmp_path: Path
) -> None:
    running = brought_to(desk_of, "sktm", "serahkan", nama="Asep Sunandar")
    closed_may(desk_of, clock)
    clock.set(JUNE)
    forward(desk_of, running)
    clock.advance(days=240)
    closed_year(desk_of, 2026)
    (year,) = printed(desk_of, tmp_path, period=Period.of_year(2026))
    assert "1 (satu) diserahkan" in year
    month, appendix = printed(desk_of, tmp_path)
    assert "1 (satu) belum diserahkan" in month
    assert APPENDIX in appendix


def test_fields_filled_in_later_are_not_in_the_closed_book(
    desk_of: DeskOf, clock: SettableClock, tmp_path: Path
) -> None:
    complaint = brought_to(desk_of, "pengaduan", "klasifikasi")
    closed_may(desk_of, clock)
    before = printed(desk_of, tmp_path, "pengaduan")
    clock.set(JUNE)
    while complaint.step not in (None, "sampaikan"):
        complaint = forward(desk_of, complaint)
    after = printed(desk_of, tmp_path, "pengaduan")
    assert [page.partition("Dicetak")[0] for page in after] == [
        page.partition("Dicetak")[0] for page in before
    ]
    forward(desk_of, complaint)
    assert APPENDIX in printed(desk_of, tmp_path, "pengaduan")[-1]
