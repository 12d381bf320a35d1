"""A book as XLSX: whatever was typed comes back the same, and nothing is a formula."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from kecamatan_desk.documents.book_sheet import write_book_sheet
from kecamatan_desk.documents.book_values import BookLine
from kecamatan_desk.documents.sheets import MOST_CHARACTERS, sheet_name
from kecamatan_desk.documents.values import Cancelled
from tests.documents.samples import COUNTING, LONG_NAME, PRACTICE, book, counting_lines, lines

NASTY = (
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+62",
    "+6281234567890",
    "-1",
    "@x",
    "@SUM(A1:A9)",
    "9917041203810002",
    "0000000000000001",
    "007",
    "1.250.000",
    "1e5",
    "12-05-2026",
    "TRUE",
    "#REF!",
    "{=A1}",
    "http://contoh.id",
    "mailto:a@b.id",
    "internal:Sheet1!A1",
    "satu\tdua",
    "baris\nbaru",
    "  tepi  ",
    "'petik",
    LONG_NAME,
    "<b>&amp;</b>",
    '"kutip"',
    "_x0041_",
    "é\u0301 \u2013 \u00bd",
    "\U0001f600",
    "None",
    "%s {0} \\n",
)
HEADER = 4  # rows above the lines: title, office, who wrote it, header


def made(folder: Path, some: Iterator[BookLine], **options: object) -> Path:
    target = folder / "buku.xlsx"
    assert write_book_sheet(target, some, book(**options)) == target  # type: ignore[arg-type]
    return target


def rows(path: Path) -> list[list[object]]:
    sheet = load_workbook(path).active
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER + 1)]


def nasty_lines() -> Iterator[BookLine]:
    for line, words in zip(lines(len(NASTY)), NASTY, strict=True):
        cells = (line.number, *[words] * 8, "")
        yield replace(line, cells=cells)


def test_whatever_was_typed_comes_back_the_same_and_is_no_formula(tmp_path: Path) -> None:
    sheet = load_workbook(made(tmp_path, nasty_lines())).active
    for n, (words, row) in enumerate(
        zip(NASTY, sheet.iter_rows(min_row=HEADER + 1), strict=True), 1
    ):
        assert row[0].value == n
        # the format writes "_x0041_" with its mark escaped; openpyxl leaves that to the reader
        assert [unescape(cell.value) for cell in row[2:10]] == [words] * 8, words
        assert {cell.data_type for cell in row[1:10]} == {"s"}
        assert not any(cell.hyperlink for cell in row)


def test_no_file_of_the_book_holds_a_formula(tmp_path: Path) -> None:
    with ZipFile(made(tmp_path, nasty_lines())) as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
        assert all(b"<f>" not in archive.read(name) for name in sheets)
        assert not any("external" in name or name.endswith(".bin") for name in archive.namelist())


def test_numbers_are_numbers_where_they_count(tmp_path: Path) -> None:
    found = rows(made(tmp_path, counting_lines(9), form=COUNTING))
    for n, row in enumerate(found, 1):
        assert row[0] == n
        assert row[1] == f"{n:03d}"
        assert row[2] == f"99170412{n:08d}"
        assert row[4:7] == [n % 3, n % 2, 1_250_000 + n]


def test_an_amount_nobody_wrote_stays_empty(tmp_path: Path) -> None:
    (line,) = counting_lines(1)
    bare = replace(line, cells=(*line.cells[:5], "", *line.cells[6:]), counts=(1, 1, 0))
    (row,) = rows(made(tmp_path, iter([bare]), form=COUNTING))
    assert row[6] is None


def test_the_sheet_looks_like_the_book(tmp_path: Path) -> None:
    sheet = load_workbook(made(tmp_path, lines(10))).active
    assert sheet.title == "Register SKTM"
    assert sheet["A1"].value == "BUKU REGISTER SKTM"
    assert sheet["A2"].value == "KECAMATAN SUKAMAJU  ·  TAHUN 2026"
    assert sheet.freeze_panes == f"A{HEADER + 1}"
    assert [cell.value for cell in sheet[HEADER]][:3] == ["No.", "No. Agenda", "Tanggal Register"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.column_dimensions["E"].width > sheet.column_dimensions["A"].width
    void = sheet[HEADER + 3]  # the third line is void
    assert [cell.font.strike for cell in void][:4] == [None, None, True, True]
    assert not any(cell.font.strike for cell in sheet[HEADER + 1])


def test_practice_says_so_on_top(tmp_path: Path) -> None:
    sheet = load_workbook(made(tmp_path, lines(3), head=PRACTICE)).active
    assert "LATIHAN" in sheet["A1"].value


def test_a_cell_too_long_for_excel_ends_with_an_ellipsis(tmp_path: Path) -> None:
    (line,) = lines(1)
    long = replace(line, cells=(*line.cells[:-1], "x" * 40_000))
    (row,) = rows(made(tmp_path, iter([long])))
    assert row[-1] == "x" * (MOST_CHARACTERS - 1) + "\u2026"


def test_stopping_leaves_nothing_but_what_stood_there(tmp_path: Path) -> None:
    target = tmp_path / "buku.xlsx"
    target.write_bytes(b"yesterday's book")

    def progress(count: int) -> bool:
        return count < 400

    with pytest.raises(Cancelled):
        write_book_sheet(target, lines(2000), book(), progress)
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == b"yesterday's book"


def test_a_failing_source_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[BookLine]:
        yield from lines(30)
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        write_book_sheet(tmp_path / "buku.xlsx", broken(), book())
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[int] = []

    def progress(count: int) -> bool:
        told.append(count)
        return True

    write_book_sheet(tmp_path / "b.xlsx", lines(450), book(), progress)
    assert told == [200, 400, 450]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Register SKTM", "Register SKTM"),
        ("A/B: [x]*?", "A-B- -x---"),
        ("", "Lembar 1"),
        ("'a'", "a"),
        ("Berkas Dikembalikan (TMS) dan lain-lain", "Berkas Dikembalikan (TMS) dan l"),
    ],
)
def test_a_sheet_gets_a_name_excel_accepts(title: str, name: str) -> None:
    assert sheet_name(title) == name
