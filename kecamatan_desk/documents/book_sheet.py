"""A register book as XLSX: the columns of the paper, every number whole."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kecamatan_desk.documents.book_appendix import changes_form
from kecamatan_desk.documents.book_values import VOID, BookForm, BookLine, BookValues, Column
from kecamatan_desk.documents.books import Progress, report
from kecamatan_desk.documents.sheets import Sheet, new_workbook
from kecamatan_desk.domain.indonesian import long_date

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_EVERY = 200  # lines between two reports of progress
#: The sheet of what became of a closed book's lines; a name has 31 characters at most.
CHANGES = "Perubahan sesudah penutupan"
_PRACTICE = "LATIHAN – BUKAN DOKUMEN RESMI, TIDAK BERLAKU"
_ALIGN = {"l": "left", "c": "center", "r": "right"}


def write_book_sheet(
    target: Path,
    lines: Iterable[BookLine],
    values: BookValues,
    progress: Progress | None = None,
    *,
    changes: Iterable[BookLine] | None = None,
) -> Path:
    """Write the lines, in their order, into a workbook; give its path.

    ``changes``: what became of a closed book's lines since, on a sheet of their own, as in the
    appendix on paper; None: the book is open, and the lines are all there is.

    ``progress`` is as for the PDF; Cancelled leaves nothing, and what stood at the target before.
    """
    form, written = values.form, 0
    with new_workbook(target, f"{form.title} {values.subtitle}", values.head.name) as book:
        sheet = Sheet(book, form.title.removeprefix("Buku "), [c.width for c in form.columns])
        if values.head.practice:
            sheet.heading(_PRACTICE, 10)
        sheet.heading(form.title.upper())
        sheet.heading(f"{values.head.name}  ·  {values.subtitle.upper()}", 11)
        sheet.heading(values.printed, 9)
        if changes is not None and values.closing is not None:
            sheet.heading(f"Keadaan pada saat ditutup, {long_date(values.closing.day)}", 9)
        if values.note:
            sheet.heading(values.note, 9)
        sheet.header([_head(column) for column in form.columns])
        plain = [_style(sheet, column) for column in form.columns]
        struck = [_style(sheet, column, struck=column.struck) for column in form.columns]
        for line in lines:
            written += 1
            sheet.cells(_values(form, written, line), struck if line.state == VOID else plain)
            if progress is not None and written % _EVERY == 0:
                report(progress, written)
        if progress is not None:
            report(progress, written)
        if changes is not None:
            _write_changes(book, changes, values)
    return target


def _write_changes(book: "Workbook", changes: Iterable[BookLine], values: BookValues) -> None:
    form = changes_form(values.form)
    columns = [column for column in form.columns if not column.signs]  # nobody signs in a workbook
    sheet = Sheet(book, CHANGES, [column.width for column in columns])
    if values.head.practice:
        sheet.heading(_PRACTICE, 10)
    sheet.heading(form.title.upper())
    sheet.heading(f"{values.head.name}  ·  {values.subtitle.upper()}", 11)
    sheet.heading(values.printed, 9)
    sheet.header([_head(column) for column in columns])
    styles, number = [_style(sheet, column) for column in columns], 0
    for number, change in enumerate(changes, 1):
        sheet.cells([number, *change.cells[: len(columns) - 1]], styles)
    if not number:
        sheet.heading("Belum ada perubahan sesudah penutupan.", 10)


def _head(column: Column) -> str:
    return f"{column.over}: {column.head}" if column.over else column.head


def _style(sheet: Sheet, column: Column, *, struck: bool = False) -> "Format":
    properties = {
        "border": 1,
        "text_wrap": True,
        "align": _ALIGN[column.align],
        "num_format": "#,##0" if column.sums else "@",
    }
    if struck:
        properties["font_strikeout"] = True
    return sheet.style(**properties)


def _values(form: BookForm, number: int, line: BookLine) -> list[str | int]:
    cells: list[str | int] = [number, *line.cells]
    for place, figure in zip(form.summed, line.counts, strict=True):
        if cells[place] != "":  # an amount nobody wrote stays empty
            cells[place] = figure
    return cells
