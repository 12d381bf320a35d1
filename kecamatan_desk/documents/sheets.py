"""Workbooks (XLSX) in which a text stays a text: no formula, no link, no digit lost.

Rows are written one after the other and forgotten; the file appears whole or not at all.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from kecamatan_desk.documents.saving import half_written

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

Cell = str | int | float | None
MOST_CHARACTERS = 32_767  # of a cell, by Excel's own limit
_SHEET_NAME = 31  # characters
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_TYPEFACE = "Liberation Sans"


@contextmanager
def new_workbook(target: Path, title: str, author: str) -> Iterator["Workbook"]:
    """Open a workbook; *target* is replaced at the end, and only when all went well.

    What the writer sets aside meanwhile lies beside the target and goes with it. OSError when the
    disk refuses.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with (
        TemporaryDirectory(prefix=".xlsx-", dir=target.parent) as aside,
        half_written(target) as half,
    ):
        book = Workbook(
            str(half),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "in_memory": False,
                "tmpdir": aside,
            },
        )
        book.set_properties({"title": title, "author": author, "subject": title})
        try:
            yield book
            book.close()
        except FileCreateError as error:  # how the library calls what the disk said
            raise OSError(str(error)) from error
        finally:
            _let_go(book)


def _let_go(book: "Workbook") -> None:
    """Close what an unfinished workbook has open: Windows removes no open file."""
    for sheet in book.worksheets():
        if sheet.row_data_fh is not None:
            sheet.row_data_fh.close()


class Sheet:
    """One sheet: rows of texts and numbers, from the top down."""

    def __init__(self, book: "Workbook", name: str, widths_mm: Sequence[float]) -> None:
        self._book = book
        self._sheet = book.add_worksheet(sheet_name(name))
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.row = 0
        for place, width in enumerate(widths_mm):
            self._sheet.set_column(place, place, width / 1.9)  # a digit at 10 pt is 1.9 mm wide
        self._sheet.set_landscape()
        self._sheet.set_paper(14)  # folio 8.5 x 13 inches: there is no number for F4
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&R&8Halaman &P dari &N")

    def style(self, **properties: Any) -> "Format":
        """Give a format by its properties; the same one for the same properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            basis = {"font_name": _TYPEFACE, "font_size": 10, "valign": "top"}
            self._formats[key] = self._book.add_format({**basis, **properties})
        return self._formats[key]

    def heading(self, text: str, size: int = 12) -> None:
        """Write a line of the title."""
        self._sheet.write_string(self.row, 0, kept(text), self.style(bold=True, font_size=size))
        self.row += 1

    def header(self, names: Sequence[str], *, numbered: bool = False) -> None:
        """Write the header row; what stands above and it stay in sight.

        ``numbered``: with the columns' numbers below their names.
        """
        style = self.style(bold=True, border=1, bg_color="#EBEBEB", text_wrap=True, align="center")
        first = self.row
        self.cells(names, [style] * len(names))
        if numbered:
            self.cells(range(1, len(names) + 1), [style] * len(names))
        self._sheet.repeat_rows(first, self.row - 1)
        self._sheet.freeze_panes(self.row, 0)

    def cells(self, values: Sequence[Cell], styles: Sequence["Format"]) -> None:
        """Write a row: numbers as numbers, everything else as text, nothing as an empty cell."""
        for place, (value, style) in enumerate(zip(values, styles, strict=True)):
            if isinstance(value, int | float):
                self._sheet.write_number(self.row, place, value, style)
            elif value:
                self._sheet.write_string(self.row, place, kept(value), style)
            else:
                self._sheet.write_blank(self.row, place, None, style)
        self.row += 1


def sheet_name(text: str) -> str:
    """Give a name Excel accepts."""
    return text.translate(_FORBIDDEN)[:_SHEET_NAME].strip("' ") or "Lembar 1"


def kept(text: str) -> str:
    """Give a text that fits a cell; a longer one ends with an ellipsis, as on paper."""
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "\u2026"
