"""A closed book as a workbook: as at its closing; what changed since on a sheet of its own."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from kecamatan_desk.documents.book_sheet import CHANGES
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.books import export_book, register_book_lines
from kecamatan_desk.usecases.closed_lines import changed_lines, closed_months
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import mark_of
from tests.builders import SettableClock, op
from tests.closing_office import JUNE, closed_may
from tests.walking import DeskOf, brought_to, forward, seen

MAY, YEAR = Period.of_month(2026, 5), Period.of_year(2026)


def sheets(
    desk_of: DeskOf, folder: Path, code: str = "sktm", period: Period = MAY
) -> dict[str, str]:
    """Give the texts of each sheet of a book's workbook."""
    file = export_book(desk_of(Role.REGISTER), code, period, folder / "buku.xlsx")
    return {
        sheet.title: "\n".join(
            " | ".join(str(cell.value or "") for cell in row) for row in sheet.iter_rows()
        )
        for sheet in load_workbook(file).worksheets
    }


@pytest.mark.parametrize("code", ["sktm", "umum"])
def test_a_closed_month_is_saved_as_at_its_closing(
    desk_of: DeskOf, clock: SettableClock, tmp_path: Path, code: str
) -> None:
    running = brought_to(desk_of, "sktm", "serahkan", nama="Asep Sunandar")
    refused = brought_to(desk_of, "sktm", "tanda-tangan", nama="Budi Santoso")
    assert len(sheets(desk_of, tmp_path, code)) == 1  # an open book has no second sheet
    closed_may(desk_of, clock)
    book, changes = sheets(desk_of, tmp_path, code).values()
    assert "Keadaan pada saat ditutup, 29 Mei 2026" in book
    assert "Belum ada perubahan sesudah penutupan." in changes

    clock.set(JUNE)
    forward(desk_of, running)
    desk_of(Role.SEKCAM).call(processing.refuse, op(), seen(refused), "Bukan warga")
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Cecep Juni")
    found = sheets(desk_of, tmp_path, code)
    assert list(found)[1] == CHANGES == "Perubahan sesudah penutupan"
    book_now, changes = found.values()
    assert "Asep Sunandar" in book_now
    assert "Siti Rohmah" not in book_now  # received after the closing
    assert "DITOLAK" not in book_now
    assert "Diserahkan kepada Siti Rohmah" in changes
    assert "DITOLAK: Bukan warga" in changes
    assert "02-06-2026" in changes
    assert "Cecep Juni" not in book_now + changes


def test_the_screen_knows_what_is_closed_and_what_changed(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    desk = desk_of(Role.REGISTER)
    running = brought_to(desk_of, "sktm", "serahkan", nama="Asep Sunandar")
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Budi Santoso")
    assert desk.ask(closed_months, MAY).words == ""
    closed_may(desk_of, clock)
    clock.set(JUNE)
    late = brought_to(desk_of, "sktm", "serahkan", nama="Cecep Juni")
    for receipt in (running, late):
        forward(desk_of, receipt)

    closed = desk.ask(closed_months, MAY)
    assert "Buku bulan Mei 2026 sudah ditutup pada 29 Mei 2026" in closed.words
    year = desk.ask(closed_months, YEAR)
    assert year.words.startswith("Sudah ditutup: Mei 2026.")
    assert desk.ask(closed_months, Period.of_month(2026, 6)).words == ""
    lines = list(register_book_lines(desk, "sktm", YEAR, desk.ask(mark_of)))
    changed = desk.ask(changed_lines, lines, year)
    # handed over in June: of May's book it is a change, of June's it is not
    assert [line.number for line in lines if line.id in changed] == ["001"]
