"""The monthly report as a workbook: the tables of the PDF, figures as figures, no formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from kecamatan_desk.documents.drawing import PRACTICE
from kecamatan_desk.documents.report_values import MonthlyReport, ReportRow, ReportValues
from kecamatan_desk.documents.report_words import (
    COMPLAINT_HEADS,
    COMPLAINTS,
    CONTROL,
    HEADS,
    NOTES,
    REASON_HEADS,
    REASONS,
    TITLE,
    VILLAGES,
    counts,
    reasons_note,
    unknown_sex,
)
from kecamatan_desk.domain.indonesian import MONTHS, short_date
from kecamatan_desk.workflows.catalog import SERVICES

Cell = str | int | float | None
_FOLIO = 14  # Excel's own number of 8.5 x 13 inches, the nearest to F4
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True, slots=True)
class _Table:
    """One sheet: its name, title, headings with widths in characters, rows; bold rows by place."""

    name: str
    title: str
    heads: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[Cell]]
    bold: frozenset[int] = frozenset()
    notes: Sequence[str] = ()


def write_report(values: ReportValues) -> bytes:
    """Give the workbook's bytes. Texts are written as texts and numbers as numbers."""
    from xlsxwriter import Workbook

    report = values.report
    buffer = BytesIO()
    book = Workbook(buffer, _OPTIONS)
    book.set_properties({"title": f"Laporan PATEN {report.period}", "author": values.head.name})
    formats = _Formats(book)
    for table in (
        _services(values),
        _villages(report),
        _reasons(report),
        _complaints(report),
        _trend(report),
        _notes(values),
    ):
        _write(book, formats, values, table)
    book.close()
    return buffer.getvalue()


class _Formats:
    """The few looks of a cell."""

    def __init__(self, book: Any) -> None:
        grid = {"border": 1, "valign": "vcenter", "font_name": "Arial", "font_size": 9}
        wrapped = {**grid, "text_wrap": True}
        self.title = book.add_format({"bold": True, "font_name": "Arial", "font_size": 12})
        self.plain = book.add_format({"font_name": "Arial", "font_size": 9})
        self.head = book.add_format(
            {**wrapped, "bold": True, "align": "center", "bg_color": "#EBEBEB"}
        )
        self.text = {bold: book.add_format({**wrapped, "bold": bold}) for bold in (False, True)}
        self.whole = {
            bold: book.add_format({**grid, "bold": bold, "num_format": "#,##0"})
            for bold in (False, True)
        }
        self.decimal = {
            bold: book.add_format({**grid, "bold": bold, "num_format": "#,##0.0"})
            for bold in (False, True)
        }


def _write(book: Any, formats: _Formats, values: ReportValues, table: _Table) -> None:
    sheet = book.add_worksheet(table.name)
    lines = [TITLE, f"{values.head.name}, {values.report.period}", table.title]
    if values.head.practice:
        lines.insert(0, PRACTICE)
    for place, words in enumerate(lines):
        sheet.write_string(place, 0, words, formats.title)
    row = len(lines) + 1
    for column, (head, width) in enumerate(zip(table.heads, table.widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(row, column, head, formats.head)
        sheet.write_number(row + 1, column, column + 1, formats.head)
    sheet.freeze_panes(row + 2, 0)
    sheet.repeat_rows(row, row + 1)
    for place, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            _put(sheet, formats, row + 2 + place, column, cell, place in table.bold)
    below = row + 3 + len(table.rows)
    for place, words in enumerate((*table.notes, values.printed)):
        sheet.write_string(below + place, 0, words, formats.plain)
    sheet.set_landscape()
    sheet.set_paper(_FOLIO)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&R&8Halaman &P dari &N")


def _put(sheet: Any, formats: _Formats, row: int, column: int, cell: Cell, bold: bool) -> None:
    if cell is None:
        sheet.write_blank(row, column, None, formats.text[bold])
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell, formats.text[bold])
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, formats.whole[bold])
    else:
        sheet.write_number(row, column, round(cell, 2), formats.decimal[bold])


def _services(values: ReportValues) -> _Table:
    report = values.report
    rows: list[Sequence[Cell]] = []
    bold: set[int] = set()
    number = 0
    for group in report.groups:
        bold.add(len(rows))
        rows.append(("", group.name, *[None] * (len(HEADS) - 2)))
        for row in group.rows:
            number += 1
            rows.append(_cells(number, row))
        bold.add(len(rows))
        rows.append(_cells(None, group.total))
    bold.add(len(rows))
    rows.append(_cells(None, report.total))
    widths = (5, 46, 9, 9, 9, 13, 10, 9, 6, 6, 12, 12, 9, 11, 24)
    title = "Rekapitulasi per layanan"
    if report.is_nil:
        title += " (NIHIL)"
    notes = (
        CONTROL + unknown_sex(report),
        f"{_signer(values.camat.titles)} {values.camat.name}",
        f"{_signer(values.kasi.titles)} {values.kasi.name}",
    )
    return _Table("Rekapitulasi", title, HEADS, widths, rows, frozenset(bold), notes)


def _signer(titles: Iterable[tuple[str, str]]) -> str:
    return " ".join(f"{prefix} {title}".strip() for prefix, title in titles).rstrip(",") + ":"


def _cells(number: int | None, row: ReportRow) -> tuple[Cell, ...]:
    return (
        number,
        row.label,
        *counts(row),
        row.average,
        row.gross_average,
        row.share,
        row.registered,
        row.note,
    )


def _villages(report: MonthlyReport) -> _Table:
    heads = (
        "No.",
        "Desa/Kelurahan",
        *(SERVICES[row.service].short for row in report.rows),
        "Jumlah",
    )
    rows: list[Sequence[Cell]] = [
        (number, village.name, *village.counts, village.total)
        for number, village in enumerate(report.villages, 1)
    ]
    rows.append((None, "JUMLAH", *(row.came for row in report.rows), report.total.came))
    widths = (5, 30, *[11] * len(report.rows), 10)
    bold = frozenset({len(rows) - 1})
    return _Table("Desa x Layanan", VILLAGES, heads, widths, rows, bold)


def _reasons(report: MonthlyReport) -> _Table:
    rows = [
        (number, reason.paper, reason.count, reason.services)
        for number, reason in enumerate(report.reasons, 1)
    ]
    nothing = [(None, "NIHIL", None, None)]
    note = (reasons_note(report),)
    return _Table("Alasan TMS", REASONS, REASON_HEADS, (5, 80, 12, 50), rows or nothing, notes=note)


def _complaints(report: MonthlyReport) -> _Table:
    rows = [
        (
            number,
            complaint.number,
            short_date(complaint.day),
            complaint.subject,
            complaint.kind,
            complaint.state,
        )
        for number, complaint in enumerate(report.complaints, 1)
    ]
    nothing = [(None, None, None, "NIHIL", None, None)]
    widths = (5, 14, 14, 80, 18, 28)
    return _Table("Pengaduan", COMPLAINTS, COMPLAINT_HEADS, widths, rows or nothing)


def _trend(report: MonthlyReport) -> _Table:
    rows = [
        (f"{MONTHS[point.month - 1]} {point.year}", point.came, point.done, point.left)
        for point in report.trend
    ]
    heads = ("Bulan", "Masuk", "Selesai", "Sisa")
    return _Table("12 Bulan", "Masuk, selesai, dan sisa", heads, (20, 10, 10, 10), rows)


def _notes(values: ReportValues) -> _Table:
    lines = values.notes.splitlines()
    rows = [(number, line) for number, line in enumerate(lines, 1)]
    return _Table("Kendala", NOTES, ("No.", "Uraian"), (5, 140), rows)
