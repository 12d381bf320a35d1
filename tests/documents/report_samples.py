"""An invented monthly report that balances, as large as an office can make it."""

from dataclasses import replace
from datetime import date

from kecamatan_desk.documents.report_values import (
    MonthlyReport,
    MonthPoint,
    ReportComplaint,
    ReportCover,
    ReportGroup,
    ReportRow,
    ReportValues,
    TmsReason,
    VillageRow,
    summed,
)
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Family
from tests.documents.samples import CAMAT, HEAD, KASI, LONG_NAME, ONE_WORD

_GROUPS = {
    "Kependudukan": (Family.A,),
    "Surat Keterangan/Rekomendasi": (Family.B, Family.C),
    "Perizinan": (Family.D,),
    "Pengaduan": (Family.E,),
}
SUBJECT = "Jalan <b>rusak</b> & tidak diperbaiki sejak tahun lalu di RT 003 RW 001 " + "x" * 70


def report(villages: int = 60, complaints: int = 50, size: int = 1000) -> MonthlyReport:
    """Give a report with so many villages and complaints; ``size`` 0 is a month of nothing."""
    rows = {code: _row(code, place, size) for place, code in enumerate(SERVICES, 1)}
    groups = tuple(
        ReportGroup(name, tuple(rows[s.code] for s in SERVICES.values() if s.family in families))
        for name, families in _GROUPS.items()
    )
    came = [row.came for group in groups for row in group.rows]
    names = [
        f"{n:02d} {LONG_NAME[:50]}" if n % 3 else f"Desa {ONE_WORD[:50]}" for n in range(villages)
    ]
    places = [VillageRow(name, (0,) * len(came)) for name in names]
    places.append(VillageRow("Luar wilayah/tidak diisi", tuple(came)))
    total = summed("", (row for group in groups for row in group.rows))
    trend = [MonthPoint(2025, month, size, size // 2, size // 3) for month in range(6, 13)]
    trend += [MonthPoint(2026, month, size, size // 2, size // 3) for month in range(1, 5)]
    trend.append(MonthPoint(2026, 5, total.came, total.done, total.left))
    paper = "Surat pernyataan ahli waris bermeterai Rp10.000, ditandatangani semua ahli waris"
    reasons = [TmsReason(f"{paper} {n}", size, "Ahli Waris 40, SKCK 20") for n in range(10)]
    listed = [
        ReportComplaint(f"{n:03d}", date(2026, 5, 12), SUBJECT, "Infrastruktur", "Belum selesai")
        for n in range(1, complaints + 1)
    ]
    return MonthlyReport(
        2026,
        5,
        None,
        groups,
        tuple(places),
        tuple(reasons) if size else (),
        size,
        size,
        tuple(listed),
        tuple(trend),
    )


def _row(code: str, place: int, size: int) -> ReportRow:
    came, done = size * place, size * place // 2
    failed, refused = size // 10, size // 20
    note = "12 berhasil, 3 duplikat, 4 kedaluwarsa" if size and place == 1 else ""
    return ReportRow(
        service=code,
        label=SERVICES[code].label,
        carried=size,
        came=came,
        done=done,
        failed=failed,
        refused=refused,
        left=size + came - done - failed - refused,
        men=came // 3,
        women=came - came // 3,
        minutes=done * 13.25,
        gross_minutes=done * 1133.2,
        within=done // 2,
        registered=came,
        note=note,
    )


def values(month: MonthlyReport, notes: str = "", **cover: str) -> ReportValues:
    """Give the report with long-named officials."""
    typed = ReportCover(**{"recipient": "Bupati Tirtakencana\ndi Tempat", **cover})
    printed = "Dicetak 31-05-2026 14.05 WIB oleh Sekar Ayuningrum (Petugas Register)."
    kasi = replace(KASI, titles=KASI.titles[-1:])
    camat = replace(CAMAT, name=f"{LONG_NAME}, S.Sos., M.Si.")
    return ReportValues(month, HEAD, typed, "Sukamaju, 31 Mei 2026", camat, kasi, notes, printed)
