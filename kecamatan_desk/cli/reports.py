"""``report monthly``: the PATEN report of a month as PDF, as a workbook, or as figures."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kecamatan_desk.cli.access import note, signed_in
from kecamatan_desk.cli.parsing import (
    DONE,
    Arguments,
    Commands,
    add_json,
    add_reason,
    add_user,
    say_files,
    say_json,
    under,
    whole_number,
)
from kecamatan_desk.documents.saving import write_paper
from kecamatan_desk.domain.roles import ON_FILES, Role

if TYPE_CHECKING:
    from kecamatan_desk.documents.report_values import MonthlyReport, ReportRow

_PDF, _XLSX = ".pdf", ".xlsx"


def add(commands: Commands) -> None:
    """Add ``report monthly``."""
    kinds = under(commands, "report", "laporan")
    monthly = kinds.add_parser("monthly", help="laporan bulanan PATEN sebagai PDF atau XLSX")
    monthly.choices.add_argument(
        "--year", type=whole_number(2000, 2200), required=True, metavar="TAHUN", help="tahun"
    )
    monthly.choices.add_argument(
        "--month",
        type=whole_number(1, 12),
        required=True,
        metavar="BULAN",
        help="bulan, 1 sampai 12",
    )
    monthly.choices.add_argument(
        "-o",
        "--output",
        type=_paper,
        metavar="BERKAS",
        help="berkas yang ditulis; akhirannya .pdf atau .xlsx",
    )
    add_json(monthly)
    add_user(monthly)
    add_reason(monthly)
    monthly.set_defaults(run=_monthly, parser=monthly)


def _paper(text: str) -> Path:
    """A type of argument: a file whose suffix says what is written."""
    target = Path(text)
    if target.suffix.lower() not in (_PDF, _XLSX):
        raise argparse.ArgumentTypeError(f"akhiran “{text}” harus {_PDF} atau {_XLSX}")
    return target


def _monthly(arguments: Arguments) -> int:
    from kecamatan_desk.usecases.exports import EXPORT, PRINT
    from kecamatan_desk.usecases.report import (
        monthly_report,
        report_pdf,
        report_xlsx,
        told_of_report,
    )

    year, month, target = arguments.year, arguments.month, arguments.output
    if target is None and not arguments.json:
        arguments.parser.error("one of the arguments -o/--output --json is required")
    with signed_in(arguments, Role.KASI) as desk:
        printed = target is not None and target.suffix.lower() == _PDF
        told = told_of_report(year, month)
        note(desk, PRINT if printed else EXPORT, ON_FILES, told, reason=arguments.reason)
        if printed:
            write_paper(target, report_pdf(desk, year, month))
        elif target is not None:
            report_xlsx(desk, year, month, target)
        if arguments.json:
            say_json(_figures(desk.ask(monthly_report, year, month)))
    if target is not None and not arguments.json:
        say_files((target,))
    return DONE


def _figures(report: "MonthlyReport") -> dict[str, Any]:
    """Give the figures for machines; names of columns are those of the report's values."""
    return {
        "year": report.year,
        "month": report.month,
        "until": report.until.isoformat() if report.until else None,
        "services": [_row(row) for row in report.rows],
        "groups": [_row(group.total) for group in report.groups],
        "total": _row(report.total),
        "returns": report.returns,
        "returned_files": report.returned_files,
    }


def _row(row: "ReportRow") -> dict[str, Any]:
    return {
        "service": row.service,
        "label": row.label,
        "carried": row.carried,
        "came": row.came,
        "done": row.done,
        "failed": row.failed,
        "refused": row.refused,
        "left": row.left,
        "men": row.men,
        "women": row.women,
        "average_minutes": _rounded(row.average),
        "average_gross_minutes": _rounded(row.gross_average),
        "within_percent": _rounded(row.share),
        "registered": row.registered,
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)
