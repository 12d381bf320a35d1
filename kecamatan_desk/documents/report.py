"""Laporan bulanan PATEN as PDF: covering letter on A4, then tables and charts on landscape F4."""

from io import BytesIO
from typing import Any

from kecamatan_desk.documents.drawing import (
    A4,
    F4_LANDSCAPE,
    HAIR,
    SHADE,
    lines_of,
    new_canvas,
    practice_mark,
    rule,
    text,
)
from kecamatan_desk.documents.letterhead import signature, signature_height
from kecamatan_desk.documents.pages import Placed, Unit, paginate
from kecamatan_desk.documents.report_chart import chart_unit
from kecamatan_desk.documents.report_cover import draw_cover
from kecamatan_desk.documents.report_table import (
    HIGH,
    LEFT,
    RIGHT,
    SHEET,
    WIDE,
    Column,
    Grid,
    gap,
    heading,
    small_print,
)
from kecamatan_desk.documents.report_values import (
    MonthlyReport,
    ReportRow,
    ReportValues,
)
from kecamatan_desk.documents.report_words import (
    CHARTS,
    COMPLAINT_HEADS,
    COMPLAINTS,
    CONTROL,
    HEADS,
    NOTES,
    REASON_HEADS,
    REASONS,
    TITLE,
    VILLAGES,
    count,
    counts,
    decimal,
    outside_words,
    percent,
    reasons_note,
    unknown_sex,
)
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, fit_size, hold, wrap
from kecamatan_desk.documents.values import SignatureBlock
from kecamatan_desk.domain.indonesian import grouped, short_date
from kecamatan_desk.workflows.catalog import SERVICES

_MIDDLE = (LEFT + RIGHT) / 2
_WIDTHS = (8, 78, 14, 14, 14, 20, 15, 14, 11, 11, 19, 19, 15, 16, 27)  # mm
_MAIN = Grid(
    tuple(
        Column(head, width, "l" if place in (1, 14) else "c" if place == 0 else "r")
        for place, (head, width) in enumerate(zip(HEADS, _WIDTHS, strict=True))
    ),
    "Laporan bulanan PATEN",
    head=12.5,
    least=4.6,
)
_BAND_AT = 0.66 * WIDE  # practice band: the foot's left says who printed
_NOTE_SIZE, _NOTE_LEAD = 10.0, 13.5
_BLANK_LINES = 10
_KEPT_LINES = 3  # of the text stay with the signatures
_SIGN_WIDTH, _SIGN_ROOM = 105 * MM, 20 * MM


def draw_report(values: ReportValues) -> bytes:
    """Draw the report. The same values give the same bytes.

    InputError for a character that the typeface lacks.
    """
    buffer = BytesIO()
    head = values.head
    title = f"Laporan PATEN {values.report.period}"
    c = new_canvas(buffer, A4, title, head.name)
    if head.practice:
        practice_mark(c, *A4)
    draw_cover(c, values)
    c.showPage()
    c.setPageSize(F4_LANDSCAPE)
    pages = _pages(values)
    for number, page in enumerate(pages, 1):
        if head.practice:
            practice_mark(c, WIDE, HIGH, _BAND_AT)
        for top, unit in page:
            unit.draw(c, top)
        text(c, LEFT, 8.5 * MM, values.printed, REGULAR, 7.5)
        text(c, RIGHT, 8.5 * MM, f"Halaman {number} dari {len(pages)}", REGULAR, 8, "r")
        c.showPage()
    c.save()
    return buffer.getvalue()


def _pages(values: ReportValues) -> list[list[Placed]]:
    """Each part begins a page of its own, but the short lists share theirs."""
    report = values.report
    parts = (
        _main(values),
        _villages(report),
        [*_reasons(report), gap(8), *_complaints(report)],
        [heading(CHARTS), chart_unit(report)],
        _ending(values),
    )
    return [page for part in parts for page in paginate(part, SHEET)]


# The table of services


def _main(values: ReportValues) -> list[Unit]:
    report = values.report
    units = [_title(values)]
    rows: list[Unit] = []
    number = 0
    for group in report.groups:
        rows.append(_MAIN.band(group.name))
        for row in group.rows:
            number += 1
            rows.append(_MAIN.row(_cells(str(number), row)))
        rows.append(_MAIN.row(_cells("", group.total), BOLD))
        rows[-2].glue = True
    rows.append(_MAIN.row(_cells("", report.total), BOLD, SHADE))
    rows[-2].glue = rows[-1].glue = True  # the small print never stands alone
    words = CONTROL + unknown_sex(report) + outside_words(report)
    return [*units, *_MAIN.table(rows), small_print(words)]


def _cells(number: str, row: ReportRow) -> tuple[str, ...]:
    return (
        number,
        row.label,
        *map(count, counts(row)),
        decimal(row.average),
        decimal(row.gross_average),
        percent(row),
        count(row.registered),
        row.note,
    )


def _title(values: ReportValues) -> Unit:
    report = values.report
    lines = [
        (TITLE, 12.0),
        (f"{values.head.name}  \u00b7  {report.period.upper()}", 10.5),
    ]
    if report.is_nil:
        lines.append(("NIHIL: tidak ada permohonan pada bulan ini.", 10.0))

    def draw(c: Any, top: float) -> None:
        y = top
        for words, size in lines:
            y -= size * 1.3
            text(c, _MIDDLE, y, words, BOLD, fit_size(words, BOLD, size, RIGHT - LEFT, 7.5), "c")

    return Unit(sum(size * 1.3 for _, size in lines) + 2.5 * MM, draw, glue=True)


# The attachments


def _villages(report: MonthlyReport) -> list[Unit]:
    rows = report.rows
    grid = Grid(
        (
            Column("No.", 8, "c"),
            Column("Desa/Kelurahan", 51),
            *(Column(SERVICES[row.service].short, 11.1, "r") for row in rows),
            Column("Jumlah", 14, "r"),
        ),
        VILLAGES,
        head=30,
        upright=2,
    )
    units = [
        grid.row(
            (
                str(number) if number < len(report.villages) else "",
                village.name,
                *map(count, village.counts),
                count(village.total),
            )
        )
        for number, village in enumerate(report.villages, 1)
    ]
    sums = ("", "JUMLAH", *(count(row.came) for row in rows), count(report.total.came))
    units.append(grid.row(sums, BOLD, SHADE))
    return [heading(VILLAGES, note=f"Masuk {report.period}."), *grid.table(units)]


def _reasons(report: MonthlyReport) -> list[Unit]:
    widths = (10, 150, 25, 110)
    aligns = ("c", "l", "r", "l")
    grid = Grid(tuple(map(Column, REASON_HEADS, widths, aligns)), REASONS, head=7)
    units = [
        grid.row((str(number), reason.paper, grouped(reason.count), reason.services))
        for number, reason in enumerate(report.reasons, 1)
    ]
    return [
        heading(REASONS, note=reasons_note(report)),
        *grid.table(units or [grid.nothing()]),
    ]


def _complaints(report: MonthlyReport) -> list[Unit]:
    widths = (10, 30, 28, 142, 35, 50)
    aligns = ("c", "c", "c", "l", "l", "l")
    grid = Grid(tuple(map(Column, COMPLAINT_HEADS, widths, aligns)), COMPLAINTS, head=7)
    units = [
        grid.row(
            (
                str(number),
                complaint.number,
                short_date(complaint.day),
                complaint.subject or "\u2013",
                complaint.kind or "\u2013",
                complaint.state,
            )
        )
        for number, complaint in enumerate(report.complaints, 1)
    ]
    note = "Sisa bulan lalu dan yang masuk bulan ini. Pelapor tidak disebut."
    return [heading(COMPLAINTS, note=note), *grid.table(units or [grid.nothing()])]


# Obstacles and signatures


def _ending(values: ReportValues) -> list[Unit]:
    units = [heading(NOTES)]
    if values.notes:
        for line in values.notes.splitlines():
            units += _paragraph(line)
        for unit in units[-_KEPT_LINES:]:
            unit.glue = True
    else:
        units += [_blank_line() for _ in range(_BLANK_LINES)]
    units[-1].glue = True
    return [*units, _signatures(values)]


def _paragraph(words: str) -> list[Unit]:
    """Lines of running text; the first two stay together, and the last two."""
    units = []
    for row in wrap(hold(words), REGULAR, _NOTE_SIZE, RIGHT - LEFT):

        def draw(c: Any, top: float, row: str = row) -> None:
            lines_of(c, LEFT, top, (row,), REGULAR, _NOTE_SIZE, _NOTE_LEAD)

        units.append(Unit(_NOTE_LEAD, draw))
    if len(units) > 1:
        units[0].glue = units[-2].glue = True
    return units


def _blank_line() -> Unit:
    high = 8.5 * MM

    def draw(c: Any, top: float) -> None:
        rule(c, LEFT, top - high, RIGHT, top - high, HAIR)

    return Unit(high, draw)


def _signatures(values: ReportValues) -> Unit:
    left, right = values.camat, values.kasi
    blocks = (
        (
            LEFT + 20 * MM,
            SignatureBlock("Mengetahui,", left.titles, left.name, left.rank, left.nip),
        ),
        (RIGHT - 115 * MM, right),
    )
    high = max(
        signature_height(block, _NOTE_SIZE, 12.5, _SIGN_WIDTH, _SIGN_ROOM) for _, block in blocks
    )

    def draw(c: Any, top: float) -> None:
        for x, block in blocks:
            signature(c, x, top - 10 * MM, _SIGN_WIDTH, block, _NOTE_SIZE, 12.5, _SIGN_ROOM)

    return Unit(high + 10 * MM, draw)
