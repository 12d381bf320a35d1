"""The monthly report as a workbook: the tables of the PDF, figures as figures, no formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

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
    outside_words,
    reasons_note,
    unknown_sex,
)
from kecamatan_desk.documents.sheets import Cell, Sheet, new_workbook
from kecamatan_desk.domain.indonesian import MONTHS, short_date
from kecamatan_desk.workflows.catalog import SERVICES

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_CHARACTER = 1.9  # mm: a digit at 10 pt


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


def write_report(target: Path, values: ReportValues) -> Path:
    """Write the workbook, whole or not at all; texts are texts and numbers numbers."""
    report = values.report
    with new_workbook(target, f"Laporan PATEN {report.period}", values.head.name) as book:
        for table in (
            _services(values),
            _villages(report),
            _reasons(report),
            _complaints(report),
            _trend(report),
            _notes(values),
        ):
            _write(Sheet(book, table.name, [w * _CHARACTER for w in table.widths]), values, table)
    return target


def _write(sheet: Sheet, values: ReportValues, table: _Table) -> None:
    if values.head.practice:
        sheet.heading(PRACTICE)
    for words in (TITLE, f"{values.head.name}, {values.report.period}", table.title):
        sheet.heading(words)
    sheet.row += 1
    sheet.header(table.heads, numbered=True)
    for place, cells in enumerate(table.rows):
        sheet.cells(cells, [_style(sheet, cell, place in table.bold) for cell in cells])
    sheet.row += 1
    plain = [sheet.style(font_size=9)]
    for words in (*table.notes, values.printed):
        sheet.cells([words], plain)


def _style(sheet: Sheet, cell: Cell, bold: bool) -> "Format":
    """Give the look of a cell: texts are wrapped, figures grouped, averages with a decimal."""
    if isinstance(cell, float):
        return sheet.style(border=1, bold=bold, num_format="#,##0.0")
    if isinstance(cell, int):
        return sheet.style(border=1, bold=bold, num_format="#,##0")
    return sheet.style(border=1, bold=bold, text_wrap=True)


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
        CONTROL + unknown_sex(report) + outside_words(report),
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
        *map(_rounded, (row.average, row.gross_average, row.share)),
        row.registered,
        row.note,
    )


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 2)


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
