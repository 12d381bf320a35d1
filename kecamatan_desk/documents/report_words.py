"""How the monthly report writes its figures and headings, on paper and in the workbook alike."""

from kecamatan_desk.documents.report_values import MonthlyReport, ReportRow
from kecamatan_desk.domain.indonesian import grouped

TITLE = "LAPORAN BULANAN PENYELENGGARAAN PELAYANAN ADMINISTRASI TERPADU KECAMATAN (PATEN)"
CONTROL = (
    "Pengujian: sisa bulan lalu + masuk = selesai + dikembalikan (TMS) + ditolak/batal + sisa "
    "bulan ini. Selesai: sudah diserahkan. Dikembalikan (TMS): ditutup atau kedaluwarsa; berkas "
    "TMS yang masih ditunggu pemohonnya termasuk sisa. L/P: pemohon pada kolom masuk. Rata-rata: "
    "menit jam kerja per permohonan selesai. Tepat waktu: bagian yang selesai dalam waktu baku "
    "SOP (15 menit; pengaduan 60 menit), tanpa jeda. Diregister: baris buku register bulan ini."
)
HEADS = (
    "No.",
    "Jenis Layanan",
    "Sisa bulan lalu",
    "Masuk",
    "Selesai",
    "Dikembalikan (TMS)",
    "Ditolak/ batal",
    "Sisa bulan ini",
    "L",
    "P",
    "Rata-rata waktu tanpa jeda (menit)",
    "Rata-rata waktu dengan jeda (menit)",
    "Tepat waktu (%)",
    "Diregister",
    "Ket.",
)
VILLAGES = "Lampiran 1. Permohonan masuk per desa/kelurahan dan layanan"
REASONS = "Lampiran 2. Persyaratan penyebab berkas dikembalikan (TMS)"
REASON_HEADS = ("No.", "Persyaratan", "Berapa kali", "Layanan")
COMPLAINTS = "Lampiran 3. Pengaduan masyarakat"
COMPLAINT_HEADS = (
    "No.",
    "Nomor Agenda/ Kode Berkas",
    "Tanggal Diterima",
    "Pokok Aduan",
    "Klasifikasi",
    "Keadaan pada Akhir Bulan",
)
CHARTS = "Lampiran 4. Grafik"
NOTES = "Lampiran 5. Kendala dan tindak lanjut"


def count(number: int) -> str:
    """Give a count as a table prints it; nothing is a dash."""
    return grouped(number) if number else "\u2013"


def decimal(number: float | None) -> str:
    """Give one decimal after a comma: "12,5"; a dash where there is nothing to count."""
    if number is None:
        return "\u2013"
    whole, tenth = f"{number:.1f}".split(".")
    return f"{grouped(int(whole))},{tenth}"


def percent(row: ReportRow) -> str:
    """Give the share that kept the SOP's minutes; never rounded up to a hundred or down to none."""
    share = row.share
    if share is None:
        return "\u2013"
    if 0 < row.within < row.timed:
        share = min(max(share, 0.1), 99.9)
    return decimal(share)


def counts(row: ReportRow) -> tuple[int, ...]:
    """Give the counted columns of a row, from *sisa bulan lalu* to *P*."""
    return (
        row.carried,
        row.came,
        row.done,
        row.failed,
        row.refused,
        row.left,
        row.men,
        row.women,
    )


def reasons_note(report: MonthlyReport) -> str:
    """Tell how many files were returned, and how often."""
    if not report.returns:
        return "Tidak ada berkas yang dikembalikan karena tidak memenuhi syarat."
    return (
        f"{grouped(report.returned_files)} berkas dikembalikan {grouped(report.returns)} kali. "
        "Sepuluh persyaratan terbanyak; satu berkas dapat kurang beberapa persyaratan."
    )


def outside_words(report: MonthlyReport) -> str:
    """Tell how many letters of the month were written outside the program."""
    if not report.outside:
        return ""
    return f" Surat yang dibuat di luar program dan dicatat manual: {grouped(report.outside)}."


def unknown_sex(report: MonthlyReport) -> str:
    """Tell on how many the sex of the applicant is not noted."""
    total = report.total
    missing = total.came - total.men - total.women
    if not missing:
        return ""
    return f" Jenis kelamin tidak dicatat pada {grouped(missing)} permohonan."
