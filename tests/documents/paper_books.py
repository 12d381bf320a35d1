"""Every book of the office and its monthly report, drawn for a cast."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from kecamatan_desk.documents.book_closing import Sums
from kecamatan_desk.documents.book_continuing import Since, continue_book
from kecamatan_desk.documents.book_values import (
    BookForm,
    BookLine,
    BookValues,
    ClosingValues,
    Column,
)
from kecamatan_desk.documents.books import write_book
from kecamatan_desk.documents.report import draw_report
from kecamatan_desk.documents.report_values import MonthlyReport, ReportCover, ReportValues
from kecamatan_desk.documents.values import SignatureBlock
from kecamatan_desk.usecases.book_cells import RegisterBook, book_line
from kecamatan_desk.usecases.book_forms import COMMON, REGISTER_BOOKS
from kecamatan_desk.usecases.office_books import OFFICE_BOOKS
from kecamatan_desk.usecases.register_lines import RegisterLine
from kecamatan_desk.usecases.sample_people import Person, sample_data
from kecamatan_desk.workflows.catalog import SERVICES
from tests.documents.paper_cast import Cast, worst
from tests.documents.report_samples import report

#: What becomes of the lines, by turns; the fourth is an inserted one.
_STATES = ("diserahkan", "batal", "ditolak", "diserahkan", "belum")
_NOTES = {"batal": "BATAL 13-05-2026: ", "ditolak": "DITOLAK 13-05-2026: "}
_PRINTED = "Dicetak 31-12-2026 14.05 WIB oleh Sekar Ayuningrum (Petugas Register)."


def register_line(cast: Cast, code: str, n: int) -> RegisterLine:
    """Give the n-th line of a service."""
    service, state = SERVICES[code], _STATES[n % 5]
    day = date(2026, 5, 4) + timedelta(days=3 * n)
    inserted = n % 5 == 3
    issued = state != "ditolak"
    facts = sample_data(service, Person.ORDINARY)
    if cast.longest:
        facts = worst(service.fields, cast.person)
    number = cast.number.format(n=n + 1, paper=service.abbreviation)
    return RegisterLine(
        id=n + 1,
        place=(n + 1, ""),
        agenda=f"{n + 1:03d}" + (".A" if inserted else ""),
        registered=day,
        written=time(9, 14),
        written_by=cast.officer,
        queue=f"C-{n + 1:03d}",
        name=cast.person,
        nik="9901015404910001",
        sex="P",
        address=cast.address,
        village=cast.village,
        service=code,
        purpose=cast.words if cast.longest else "Keringanan biaya sekolah",
        intro_number="145/27/DS/V/2026",
        intro_date=day,
        letter_number=number if issued else "Tidak diterbitkan",
        letter_date=day if issued else None,
        signatory="Sekcam a.n. Camat",
        handed=day if state == "diserahkan" else None,
        receiver=("Sendiri" if n % 2 else cast.person) if state == "diserahkan" else "",
        handed_by=cast.officer,
        note=f"{_NOTES[state]}{cast.words}" if state in _NOTES else "",
        state=state,
        inserted=inserted,
        file_code="26-000123-K",
        facts=facts,
        working_days=8,
    )


def register_lines(cast: Cast, code: str, count: int) -> Iterator[BookLine]:
    """Yield lines of a register book; the common one takes the services by turns."""
    book: RegisterBook = REGISTER_BOOKS[code]
    services = tuple(SERVICES) if code == COMMON else (code,)
    for n in range(count):
        yield book_line(book, register_line(cast, services[n % len(services)], n))


def office_lines(cast: Cast, form: BookForm, count: int) -> Iterator[BookLine]:
    """Yield lines of a book that is no service's own: what each column holds in the program."""
    states = tuple(form.states) or ("diserahkan",)
    for n in range(count):
        day = date(2026, 5, 4) + timedelta(days=3 * n)
        cells = tuple(_office_cell(cast, column, n, day) for column in form.columns[1:])
        yield BookLine(cells, day, "", states[n % len(states)], id=n + 1)


def _office_cell(cast: Cast, column: Column, n: int, day: date) -> str:
    if column.signs:
        return ""
    if column.head.startswith("Tanggal"):
        return f"{day:%d-%m-%Y}"
    known = {
        "Nomor Surat": cast.number.format(n=n + 1, paper="SKTM"),
        "No. Antrian": f"C-{n + 1:03d}",
        "Kode Berkas": "26-000123-K",
        "Isi Singkat": f"Surat Rekomendasi Keterangan Tidak Mampu\n{cast.words}",
        "Kekurangan": f"Kartu Keluarga: {cast.words}\nKTP-el: tidak dibawa",
        "Layanan": "SKTM",
        "Penandatangan": "Sekcam a.n. Camat",
        "Petugas": cast.officer,
        "Pengolah": cast.officer,
        "Keterangan": "Nomor sisipan" if n == 2 else "",
    }
    return known.get(column.head, f"{cast.person}\n{cast.village}")


def book_form(code: str) -> BookForm:
    """Give the form of any book of the office."""
    return REGISTER_BOOKS[code].form if code in REGISTER_BOOKS else OFFICE_BOOKS[code][0]


BOOKS = (*REGISTER_BOOKS, *OFFICE_BOOKS)


def book(cast: Cast, code: str, count: int = 8) -> bytes:
    """Draw a closed book of a month, its cover first."""
    form = book_form(code)
    if code in REGISTER_BOOKS:
        lines = register_lines(cast, code, count)
    else:
        lines = office_lines(cast, form, count)
    with TemporaryDirectory() as folder:
        (target,) = write_book(Path(folder) / "buku.pdf", lines, book_values(cast, form))
        return target.read_bytes()


def book_values(cast: Cast, form: BookForm, *, closed: bool = True) -> BookValues:
    """Give what surrounds a book's lines."""
    day = date(2026, 12, 31)
    place = f"{cast.head.place}, 31 Desember 2026"
    keeper = SignatureBlock("", (("", f"{form.keeper},"),), cast.officer)
    closing = ClosingValues(place, day, replace(cast.camat, place_date=""), keeper)
    cover = (("Kode klasifikasi", "400.9.14.1"),) if form.service else ()
    return BookValues(
        cast.head, form, "Tahun 2026", _PRINTED, closing if closed else None, cover=cover
    )


def continuation(cast: Cast, code: str = "sktm") -> bytes:
    """Draw lanjutan: a supplement of what became of printed lines, then the new lines."""
    form = book_form(code)
    notes = [
        BookLine(cells, date(2026, 5, 12), "", "belum")
        for cells in (
            ("1", "003", "04-05-2026", cast.person, "Diserahkan kepada pemohon sendiri",
             "12-05-2026", cast.officer, ""),
            ("2", "017", "06-05-2026", cast.person, f"BATAL: {cast.words}. Coret baris ini.",
             "13-05-2026", cast.officer, ""),
        )
    ]  # fmt: skip
    since = Since(3, 40, "040", (2026, 5), Sums(), Sums())
    lines = list(register_lines(cast, code, 8))
    return continue_book(lines, notes, book_values(cast, form, closed=False), since).content


def monthly_report(cast: Cast) -> bytes:
    """Draw the monthly report: covering letter, tables, chart page."""
    month = report(60, 50, 1000) if cast.longest else _ordinary_month()
    typed = ReportCover("400.10.2/031/KEC.SKM/V/2026", recipient="Bupati Tirtakencana\ndi Tempat")
    kasi = replace(cast.kasi, titles=cast.kasi.titles[-1:])
    notes = "Jaringan Disdukcapil terputus dua hari.\nDua loket pada hari pasaran."
    place = f"{cast.head.place}, 31 Mei 2026"
    printed = "Dicetak 31-05-2026 14.05 WIB oleh Sekar Ayuningrum (Petugas Register)."
    return draw_report(
        ReportValues(month, cast.head, typed, place, cast.camat, kasi, notes, printed)
    )


def _ordinary_month() -> MonthlyReport:
    month = report(9, 3, 7)
    names = ("Sukamaju", "Mekarsari", "Tirtamulya", "Karangasih", "Cibodas Hilir", "Lengkong",
             "Pasirangin", "Kertajaya", "Wanasari")  # fmt: skip
    villages = [replace(row, name=name) for name, row in zip(names, month.villages, strict=False)]
    listed = [
        replace(complaint, subject="Jalan desa rusak di RT 003 RW 001 sejak tahun lalu")
        for complaint in month.complaints
    ]
    return replace(month, villages=(*villages, month.villages[-1]), complaints=tuple(listed))
