"""Laporan bulanan PATEN: figures, attachments and covering letter, as PDF and as XLSX.

What was typed for a month (letter number, obstacles) and the recipient are remembered, so that the
same report prints again.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kecamatan_desk.documents.report_values import (
    NATURES,
    MonthlyReport,
    ReportCover,
    ReportValues,
)
from kecamatan_desk.documents.saving import written_to
from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.indonesian import MONTHS
from kecamatan_desk.domain.roles import ON_FILES
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.tables import SettingRecord
from kecamatan_desk.usecases import report_figures
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.exports import PRINT, record_output
from kecamatan_desk.usecases.figures import month_span
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.paper_parts import office_head, printed_by, signature_block
from kecamatan_desk.usecases.people import signatory
from kecamatan_desk.usecases.reasons import Reason
from kecamatan_desk.workflows.vocabulary import Signing

FIRST_YEAR = 2000
MOST_NOTES = 3000  # characters
MOST_LINES = 40
_SETTING = "report"
_MOST_RECIPIENT = 6  # lines


@dataclass(frozen=True, slots=True)
class ReportTexts:
    """What is typed for a report: covering letter, obstacles and what was done about them."""

    cover: ReportCover
    notes: str = ""


def monthly_report(work: UnitOfWork, year: int, month: int) -> MonthlyReport:
    """Give the figures of a month in the office's time zone; RuleError for one not yet begun.

    Source: layout and control sum of the PATEN report; rule 2 of the SOP reading.
    """
    work.require(*ON_FILES)
    if not 1 <= month <= len(MONTHS) or year < FIRST_YEAR:
        raise RuleError(
            f"Bulan {month} tahun {year} tidak ada. Tidak ada yang dicetak; pilih bulan 1 sampai "
            f"12 dan tahun sejak {FIRST_YEAR}."
        )
    if (year, month) > (work.today.year, work.today.month):
        raise RuleError(
            f"Bulan {MONTHS[month - 1]} {year} belum dimulai, jadi belum ada laporannya. Tidak ada "
            "yang dicetak; pilih bulan ini atau yang sudah lewat."
        )
    span = month_span(work, year, month)
    groups = report_figures.service_groups(work, year, month)
    rows = [row for group in groups for row in group.rows]
    reasons, returns, files = report_figures.tms_reasons(work, span)
    return MonthlyReport(
        year=year,
        month=month,
        until=report_figures.report_day(work, year, month),
        groups=groups,
        villages=report_figures.villages(work, span, (row.service for row in rows)),
        reasons=reasons,
        returns=returns,
        returned_files=files,
        complaints=report_figures.complaints(work, span),
        outside=report_figures.letters_outside(work, year, month),
        trend=report_figures.trend(work, year, month, sum(row.left for row in rows)),
    )


def report_values(
    work: UnitOfWork,
    year: int,
    month: int,
    notes: str | None = None,
    cover: ReportCover | None = None,
) -> ReportValues:
    """Collect a report with head, signatures and texts; None takes what was typed last.

    RuleError when the figures do not agree, or nobody may sign today.
    """
    report = monthly_report(work, year, month)
    _refuse_faults(report)
    typed = report_texts(work, year, month)
    texts = _checked(
        ReportTexts(
            typed.cover if cover is None else cover, typed.notes if notes is None else notes
        )
    )
    if not texts.cover.recipient:
        lines = default_recipient(work.office)
        texts = replace(texts, cover=replace(texts.cover, recipient=lines))
    day = work.today
    camat = signature_block(work, signatory(work, Signing.CAMAT, day), day)
    kasi = signature_block(work, signatory(work, Signing.KASI_AN, day), day)
    return ReportValues(
        report=report,
        head=office_head(work),
        cover=texts.cover,
        place_date=camat.place_date,
        camat=camat,
        # he signs in his own office here, not on behalf of the Camat
        kasi=replace(kasi, titles=kasi.titles[-1:]),
        notes=texts.notes,
        printed=printed_by(work),
    )


def _refuse_faults(report: MonthlyReport) -> None:
    """Raise RuleError rather than let a report out whose figures do not agree."""
    if faults := report.faults():
        raise RuleError(
            f"Angka {report.period} tidak seimbang pada: {', '.join(faults[:3])}. Laporan tidak "
            "dicetak dan data tidak berubah; jalankan perintah check dan periksa jam komputer, "
            "lalu laporkan kepada teknisi."
        )


def report_pdf(
    desk: Desk,
    year: int,
    month: int,
    notes: str | None = None,
    cover: ReportCover | None = None,
) -> bytes:
    """Draw the report: covering letter on A4, tables, charts and signatures on landscape F4."""
    from kecamatan_desk.documents.report import draw_report

    return draw_report(desk.ask(report_values, year, month, notes, cover))


def report_xlsx(desk: Desk, year: int, month: int, target: Path, notes: str | None = None) -> Path:
    """Write the same tables as a workbook, complete or not at all; give where it lies."""
    from kecamatan_desk.documents.report_sheet import write_report

    values = desk.ask(report_values, year, month, notes)
    with written_to(target):
        return write_report(target, values)


def told_of_report(year: int, month: int) -> dict[str, str | int]:
    """Give what the chain tells of a report that leaves."""
    return {"what": "report", "year": year, "month": month}


def note_report(
    work: UnitOfWork,
    op_id: str,
    year: int,
    month: int,
    act: str = PRINT,
    reason: Reason | None = None,
) -> None:
    """Write that a report is printed or saved (PRINT), or taken out as a workbook (EXPORT)."""
    record_output(work, op_id, act, ON_FILES, told_of_report(year, month), reason=reason)


# What is typed


def default_recipient(office: OfficeProfile) -> str:
    """Give to whom the report goes: the regent or mayor, through the regency's secretary."""
    kind, _, name = office.regency.strip().partition(" ")
    heads = {"kabupaten": "Bupati", "kota": "Wali Kota"}
    head = heads.get(kind.casefold())
    first = f"{head} {name}".strip() if head else f"Bupati/Wali Kota {office.regency}".strip()
    return "\n".join(
        (first, "melalui Sekretaris Daerah", "c.q. Kepala Bagian Tata Pemerintahan", "di Tempat")
    )


def report_texts(work: UnitOfWork, year: int, month: int) -> ReportTexts:
    """Give what was typed for a month last; recipient and nature go over to other months."""
    stored = _stored(work)
    own = stored.get("months", {}).get(_key(year, month), {})
    recipient = stored.get("recipient") or default_recipient(work.office)
    nature = stored.get("nature", NATURES[0])
    cover = ReportCover(own.get("number", ""), nature, recipient)
    return ReportTexts(cover, own.get("notes", ""))


def keep_report_texts(work: UnitOfWork, year: int, month: int, texts: ReportTexts) -> None:
    """Remember what was typed for a month; may be repeated without harm, no event."""
    work.require(*ON_FILES)
    checked = _checked(texts)
    stored = _stored(work)
    own = {"number": checked.cover.number, "notes": checked.notes}
    recipient = checked.cover.recipient
    value = {
        "recipient": "" if recipient == default_recipient(work.office) else recipient,
        "nature": checked.cover.nature,
        "months": {**stored.get("months", {}), _key(year, month): own},
    }
    work.session.merge(SettingRecord(name=_SETTING, value=value))


def _key(year: int, month: int) -> str:
    return f"{year}-{month:02d}"


def _stored(work: UnitOfWork) -> dict[str, Any]:
    setting = work.session.get(SettingRecord, _SETTING)
    return dict(setting.value) if setting is not None else {}


def _checked(texts: ReportTexts) -> ReportTexts:
    """Give the texts cleaned; InputError where a paper could not be made with them."""
    cover = texts.cover
    recipient = _lines(cover.recipient, "Tujuan surat", _MOST_RECIPIENT, 90, "recipient")
    notes = _lines(texts.notes, "Kendala dan tindak lanjut", MOST_LINES, MOST_NOTES, "notes")
    if len(notes) > MOST_NOTES:
        raise InputError(
            f"Kendala dan tindak lanjut terlalu panjang: {len(notes)} huruf, paling banyak "
            f"{MOST_NOTES}. Persingkat isian ini; isian lain tetap tersimpan.",
            "notes",
        )
    if cover.nature not in NATURES:
        raise InputError(
            "Sifat surat tidak dikenal. Tidak ada yang berubah; pilih dari daftar.", "nature"
        )
    number = checked_text(cover.number, "Nomor surat", 60, "number")
    return ReportTexts(ReportCover(number, cover.nature, recipient), notes)


def _lines(text: str, label: str, most: int, length: int, field: str) -> str:
    lines = [checked_text(line, label, length, field) for line in text.splitlines()]
    lines = [line for line in lines if line]
    if len(lines) > most:
        raise InputError(
            f"{label} paling banyak {most} baris, sekarang {len(lines)}. Ringkaslah isian ini; "
            "isian lain tetap tersimpan.",
            field,
        )
    return "\n".join(lines)
