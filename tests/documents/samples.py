"""Invented papers for the tests, and readers of finished PDFs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pypdfium2

from kecamatan_desk.documents.book_values import (
    BookForm,
    BookLine,
    BookValues,
    ClosingValues,
    Column,
)
from kecamatan_desk.documents.values import (
    LetterValues,
    OfficeHead,
    SignatureBlock,
)

LONG_NAME = "MUHAMMAD MA'RUF NUR\u2019AINURRAHMAN KUSUMAWARDHANA ADININGRAT JR"
ONE_WORD = "Hariningratkusumawardhanatirtakencanasuryaadiwijayabratasena"
DAY = date(2026, 5, 12)
NINE = datetime(2026, 5, 12, 9, 14)
NIK = "9917041203810002"
HEAD = OfficeHead(
    "PEMERINTAH KABUPATEN TIRTAKENCANA",
    "KECAMATAN SUKAMAJU",
    "Jalan Lumbung Raya No. 17 Desa Sukamaju Kode Pos 99917",
    "Telepon (0999) 555-0117, laman sukamaju.example, pos-el surat@sukamaju.example",
    "Sukamaju",
    "Kabupaten Tirtakencana",
    None,
    practice=False,
)
PRACTICE = OfficeHead(
    HEAD.government, HEAD.name, HEAD.address, HEAD.contact, HEAD.place, HEAD.regency, None, True
)
CAMAT = SignatureBlock(
    "Sukamaju, 12 Mei 2026",
    (("", "CAMAT SUKAMAJU,"),),
    "Drs. BAGUS HARTAWIJAYA, M.Si.",
    "Pembina Tingkat I (IV/b)",
    "19721305 199913 1 002",
)
KASI = SignatureBlock(
    "Sukamaju, 12 Mei 2026",
    (("a.n.", "CAMAT SUKAMAJU,"), ("", "KEPALA SEKSI PELAYANAN DAN PERIZINAN,")),
    "JOKO SURYADARMA, S.Sos.",
    "Penata Tingkat I (III/d)",
    "19821308 200913 1 001",
)
REGISTER = SignatureBlock("", (("", "PETUGAS REGISTER,"),), "SEKAR AYUNINGRUM, A.Md.")
QR = "KD1:26-000123-K:SKTM:400.9.14.1/012/SKTM/SKMJ/V/2026:2026-05-12:7F3K9Q2M"
CAPTION = ("Kode berkas 26-000123-K", "Kode periksa 7F3K-9Q2M", "Cocokkan di loket kami")
NUMBER = "400.9.14.1/012/SKTM/SKMJ/V/2026"


def letter(
    template: str, facts: dict[str, object] | None = None, **changes: object
) -> LetterValues:
    """Give a letter of the template, with anything changed by name."""
    values: dict[str, object] = {
        "head": HEAD,
        "title": "Surat",
        "number": NUMBER,
        "template": template,
        "facts": facts or {},
        "signature": CAMAT,
        "file_code": "26-000123-K",
        "qr": QR,
        "qr_caption": CAPTION,
    }
    return LetterValues(**{**values, **changes})  # type: ignore[arg-type]


STATES = {3: "batal", 5: "ditolak", 6: "belum"}


def columns(common: bool = False) -> tuple[Column, ...]:
    """Give columns as a register book of ours has them; the common one names the service."""
    service = (Column("Jenis Layanan", 17.0),) if common else ()
    return (
        Column("No.", 7.0, align="c", struck=False),
        Column("No. Agenda", 12.0, align="c", struck=False),
        Column("Tanggal Register", 16.2, align="c"),
        Column("Nama Pemohon", 33.0),
        Column("NIK", 26.8, align="c"),
        Column("Alamat", 30.0 if common else 47.0, held=True),
        *service,
        Column("Keperluan", 40.0),
        Column("Nomor, Tanggal Surat, dan Penandatangan", 40.0),
        Column("Tanggal Diserahkan/ Penerima", 25.0),
        Column("Tanda Tangan Penerima", 23.0, align="c", struck=False, signs=True),
        Column("Keterangan", 25.0, struck=False),
    )


FORM = BookForm("sktm", "Buku Register SKTM", columns())
COMMON = BookForm("umum", "Buku Register SKTM", columns(True))
COUNTING = BookForm(
    "proposal",
    "Buku Register Proposal",
    (
        Column("No.", 7.0, align="c", struck=False),
        Column("No. Agenda", 12.0, align="c", struck=False),
        Column("NIK", 26.8, align="c"),
        Column("Atas Nama", 120.0),
        Column("L", 20.0, align="c", over="Pengikut", sums="count"),
        Column("P", 20.0, align="c", over="Pengikut", sums="count"),
        Column("Nilai (Rp)", 40.0, align="r", sums="amount"),
        Column("Tanda Tangan Penerima", 25.0, align="c", struck=False, signs=True),
        Column("Keterangan", 24.2, struck=False),
    ),
)


def lines(count: int, year: int = 2026, *, common: bool = False) -> Iterator[BookLine]:
    """Give lines over the year: handed over, void, refused and open, one in seven inserted."""
    for n in range(1, count + 1):
        day = date(year, 1, 2) + timedelta(days=(n - 1) * 360 // max(count, 1))
        state = STATES.get(n % 7, "diserahkan")
        issued = f"400.9.14.1/{n:03d}/SKTM/SKMJ/V/2026\n{day:%d-%m-%Y}\nSekcam a.n. Camat"
        yield BookLine(
            cells=(
                f"{n:03d}",
                f"{day:%d-%m-%Y}",
                LONG_NAME if n % 11 == 5 else "SITI <B> & KAWAN",
                f"99170412{n:08d}",
                "Dusun Krajan RT 003 RW 001",
                *(("Ahli Waris",) if common else ()),
                "Keringanan biaya pendidikan anak",
                "Tidak diterbitkan" if state == "ditolak" else issued,
                f"{day:%d-%m-%Y}\nSendiri" if state == "diserahkan" else "",
                "",
                {"batal": "BATAL: KK keliru", "ditolak": "DITOLAK: bukan warga"}.get(state, ""),
            ),
            day=day,
            number=f"{n:03d}",
            state=state,
            inserted=n % 7 == 0,
            id=n,
            place=(n, ""),
        )


def counting_lines(count: int, amount: int = 1_250_000) -> Iterator[BookLine]:
    """Give lines of a book that counts persons and adds up rupiah."""
    for line, n in zip(lines(count), range(1, count + 1), strict=True):
        figures = (n % 3, n % 2, amount + n)
        shown = tuple(f"{figure:,}".replace(",", ".") for figure in figures)
        cells = (line.number, line.cells[3], f"Panitia {n}", *shown, "", line.cells[-1])
        yield replace(line, cells=cells, counts=figures)


def book(
    head: OfficeHead = HEAD,
    *,
    common: bool = False,
    closed: bool = True,
    form: BookForm | None = None,
) -> BookValues:
    """Give what surrounds the lines of a year's book."""
    day = date(2026, 12, 31)
    left = SignatureBlock("", CAMAT.titles, CAMAT.name, CAMAT.rank, CAMAT.nip)
    closing = ClosingValues("Sukamaju, 31 Desember 2026", day, left, REGISTER)
    return BookValues(
        head,
        form or (COMMON if common else FORM),
        "Tahun 2026",
        "Dicetak 31-12-2026 14.05 WIB oleh Sekar Ayuningrum (Petugas Register)",
        closing if closed else None,
        cover=(("Kode klasifikasi", "400.9.14.1"),),
    )


def pages(pdf: bytes) -> list[str]:
    """Give the text of each page on one line, no-break spaces as spaces."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return [" ".join(text.replace("\u00a0", " ").split()) for text in texts]


def squeezed(text: str) -> str:
    """Give a text without any space, to find words whatever the line breaks."""
    return "".join(text.split())
