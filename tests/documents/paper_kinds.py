"""Every kind of paper the program draws: how, from fixed values, and what must stand on it.

No database, key or clock: the same picture comes of it on every computer and on every day.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kecamatan_desk.documents.notice import NoticeValues, OldKey, draw_notice
from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.documents.sop_sheet import draw_sop_sheet
from kecamatan_desk.documents.test_page import TestPage, draw_test_page
from kecamatan_desk.workflows.catalog import SERVICES
from tests.documents import paper_books as books
from tests.documents import paper_closings as closings
from tests.documents import paper_keeping as keeping
from tests.documents import paper_letters as letters
from tests.documents.paper_cast import ORDINARY, PRACTISING, Cast
from tests.documents.paper_slips import SLIPS, slip

Size = tuple[float, float]  # mm
A4, F4, HALF, BOOK = (210.0, 297.0), (215.0, 330.0), (215.0, 165.0), (330.0, 215.0)
_KASI, _SEKCAM, _CAMAT = "JOKO SURYADARMA", "RATNA WIDYASTUTI", "BAGUS HARTAWIJAYA"
_DRAFTED, _UPRIGHT = "Siti Rahmawati", ("A4", "F4")
_PRACTICE = "BUKAN DOKUMEN RESMI, TIDAK BERLAKU"


@dataclass(frozen=True)
class Kind:
    """One kind of paper."""

    draw: Callable[[Cast, str], bytes]  # for a cast, on a paper
    sizes: tuple[Size, ...]  # of its pages, for its own cast on its first paper
    texts: tuple[str, ...]
    papers: tuple[str, ...] = ("A4",)
    page: int = 0  # the most telling one, of which the picture is taken
    cast: Cast = ORDINARY
    named: bool = True  # the applicant's name stands on it
    practised: bool = True  # may bear LATIHAN
    again: bool = False  # another kind has the same pages
    edge: float = 5  # mm free of print

    def pdf(self) -> bytes:
        """Draw it for its own cast, on its first paper."""
        return self.draw(self.cast, self.papers[0])


def _letter(template: str, pages: int, *texts: str) -> Kind:
    def draw(cast: Cast, paper: str) -> bytes:
        return letters.letter(cast, template, Profile(paper))

    return Kind(draw, (A4,) * pages, (*texts, "KECAMATAN SUKAMAJU", _DRAFTED), _UPRIGHT)


def _other(
    draw: Callable[[Cast, Profile], bytes],
    *texts: str,
    sizes: tuple[Size, ...] = (A4,),
    cast: Cast = ORDINARY,
    **more: bool,
) -> Kind:
    def on_paper(cast: Cast, paper: str) -> bytes:
        return draw(cast, Profile(paper))

    return Kind(on_paper, sizes, texts, _UPRIGHT, cast=cast, **more)  # type: ignore[arg-type]


def _slip(name: str, sizes: tuple[Size, ...], *texts: str, **more: object) -> Kind:
    papers = SLIPS[name][2]

    def draw(cast: Cast, paper: str) -> bytes:
        return slip(name, cast, paper)

    own: dict[str, object] = {"papers": papers, **more}
    return Kind(draw, sizes, texts, **own)  # type: ignore[arg-type]


def _book(code: str, title: str, pages: int = 2, *texts: str) -> Kind:
    def draw(cast: Cast, _paper: str) -> bytes:
        return books.book(cast, code)

    closed = "ditutup dengan jumlah 8 (delapan)"
    return Kind(draw, (BOOK,) * (pages + 1), (title, closed, *texts), ("F4",), 1)


def _fixed(
    draw: Callable[[Cast], bytes], sizes: tuple[Size, ...], *texts: str, **more: object
) -> Kind:
    def on_paper(cast: Cast, _paper: str) -> bytes:
        return draw(cast)

    return Kind(on_paper, sizes, texts, **{"named": False, **more})  # type: ignore[arg-type]


def _report(page: int, *texts: str, again: bool = True) -> Kind:
    sizes = (A4, *(BOOK,) * 5)
    return _fixed(books.monthly_report, sizes, *texts, page=page, again=again)


def _sop(code: str, *texts: str) -> Kind:
    def draw(cast: Cast) -> bytes:
        return draw_sop_sheet(SERVICES[code], cast.head, cast.camat)

    total = f"Jumlah waktu {SERVICES[code].total_minutes} menit"
    return _fixed(draw, (BOOK, BOOK), *texts, total, _CAMAT, page=1, papers=("F4",))


def _test_page(paper: str, size: Size) -> Kind:
    """Its rulers reach the edge, to show where the printer's own ends."""

    def draw(_cast: Cast) -> bytes:
        return draw_test_page(TestPage(Profile(paper), "surat", "EPSON L3110 Series"))

    return _fixed(
        draw, (size,), "HALAMAN UJI CETAK", "EPSON L3110", papers=(paper,), practised=False, edge=-3
    )


def _key_notice(cast: Cast) -> bytes:
    prints = " ".join(("7F3K", "9Q2M", "B4C8", "D1E6") * 4)
    old = OldKey(" ".join(("A1B2", "C3D4", "E5F6", "0718") * 4), "Dibuat 2 Januari 2026")
    count = 3 if cast.longest else 1
    printed = "Dicetak 12-05-2026 09.14 WIB."
    return draw_notice(NoticeValues(cast.head, prints, "12 Mei 2026", (old,) * count, printed))


_LETTERS = {
    "perekaman-ktp": (1, "PEREKAMAN KTP ELEKTRONIK", _KASI),
    "perekaman-ktp-tanda-bukti": (1, "TANDA BUKTI PEREKAMAN KTP ELEKTRONIK"),
    "ktp": (1, "KARTU TANDA PENDUDUK ELEKTRONIK", _KASI),
    "perubahan-kk": (1, "PERUBAHAN KARTU KELUARGA", _KASI),
    "penduduk-datang": (2, "PENDUDUK DATANG", _KASI),
    "penduduk-pindah": (2, "PENDUDUK PINDAH", _KASI),
    "akta-kelahiran": (1, "KUTIPAN AKTA KELAHIRAN", _KASI),
    "akta-kematian": (1, "KUTIPAN AKTA KEMATIAN", _KASI),
    "kia": (1, "KARTU IDENTITAS ANAK", _KASI),
    "ahli-waris": (1, "SURAT KETERANGAN AHLI WARIS", _CAMAT),
    "bepergian": (2, "SURAT KETERANGAN BEPERGIAN", _CAMAT),
    "sktm": (1, "KETERANGAN TIDAK MAMPU", _SEKCAM, "400.9.14.1/012/SKTM/SKMJ/V/2026"),
    "belum-menikah": (1, "BELUM PERNAH MENIKAH", _CAMAT),
    "calon-tki": (1, "CALON PEKERJA MIGRAN INDONESIA", _CAMAT),
    "ijin-keramaian": (2, "TENTANG IZIN KERAMAIAN", _CAMAT, "Tembusan:"),
    "skck": (1, "PERMOHONAN SKCK", _SEKCAM),
    "dispensasi-nikah": (2, "SURAT DISPENSASI NIKAH", _CAMAT),
    "susunan-keluarga": (2, "DAFTAR SUSUNAN KELUARGA", _CAMAT),
    "proposal-bantuan": (1, "PERMOHONAN BANTUAN", _CAMAT),
    "oss": (2, "FASILITASI PERIZINAN BERUSAHA (OSS)"),
    "pengaduan": (2, "BERITA ACARA KESEPAKATAN", _CAMAT, "Pihak Kesatu,", "Mengetahui,"),
}
_BOOKS = {
    "umum": (2, "BUKU REGISTER PELAYANAN", "Jenis Layanan"),
    "perekaman-ktp": (2, "BUKU REGISTER PEREKAMAN E-KTP"),
    "ktp": (2, "BUKU REGISTER KTP"),
    "perubahan-kk": (3, "BUKU REGISTER PERUBAHAN KK"),
    "penduduk-datang": (2, "BUKU REGISTER PENDUDUK DATANG", "Jumlah s.d. halaman ini"),
    "penduduk-pindah": (3, "BUKU REGISTER PENDUDUK PINDAH", "Jumlah s.d. halaman ini"),
    "akta-kelahiran": (2, "BUKU REGISTER AKTA KELAHIRAN"),
    "akta-kematian": (2, "BUKU REGISTER AKTA KEMATIAN"),
    "kia": (2, "BUKU REGISTER KIA"),
    "ahli-waris": (2, "BUKU REGISTER AHLI WARIS"),
    "bepergian": (2, "BUKU REGISTER BEPERGIAN"),
    "sktm": (2, "BUKU REGISTER SKTM", "BATAL 13-05-2026:"),
    "belum-menikah": (2, "BUKU REGISTER BELUM MENIKAH"),
    "calon-tki": (2, "BUKU REGISTER CALON TKI"),
    "ijin-keramaian": (2, "BUKU REGISTER IJIN KERAMAIAN"),
    "skck": (2, "BUKU REGISTER SKCK"),
    "dispensasi-nikah": (2, "BUKU REGISTER DISPENSASI NIKAH"),
    "susunan-keluarga": (2, "BUKU REGISTER SUSUNAN KELUARGA", "Jumlah s.d. halaman ini"),
    "proposal-bantuan": (2, "BUKU REGISTER PROPOSAL BANTUAN", "Jumlah s.d. halaman ini"),
    "oss": (2, "BUKU REGISTER OSS"),
    "pengaduan": (2, "BUKU REGISTER PENGADUAN"),
    "surat-keluar": (2, "BUKU AGENDA SURAT KELUAR"),
    "ekspedisi": (2, "BUKU EKSPEDISI"),
    "berkas-dikembalikan": (2, "BUKU BERKAS DIKEMBALIKAN (TMS)"),
}
_LEAVES = (HALF, HALF)

KINDS: dict[str, Kind] = {
    **{f"surat-{name}": _letter(name, *rest) for name, rest in _LETTERS.items()},  # type: ignore[arg-type]
    "ralat": _other(letters.erratum, "SURAT RALAT", "Siti Rahmawti", _DRAFTED, _SEKCAM),
    "pengesahan": _other(letters.endorsement, "Mengetahui,", _SEKCAM, named=False),
    "salinan": _other(
        letters.copy, "SALINAN ke-2", "lembar pertama hilang", _DRAFTED, practised=False
    ),
    "contoh": _other(letters.sample, "CONTOH", _DRAFTED, practised=False),
    "latihan": replace(_letter("sktm", 1, _PRACTICE), cast=PRACTISING, again=True),
    "latihan-salinan": _other(letters.copy, "SALINAN ke-2", _PRACTICE, cast=PRACTISING,
                              practised=False),
    "tanda-terima": _slip("tanda-terima", _LEAVES, "TANDA TERIMA BERKAS", "Perkiraan selesai"),
    "tanda-terima-beberapa": _slip(
        "tanda-terima-beberapa", (F4,) * 4, "3 (tiga) layanan", "26-000125-K", "(lanjutan)"
    ),
    "tanda-terima-titipan": _slip(
        "tanda-terima-titipan", (F4,) * 4, "TANDA TERIMA BERKAS TITIPAN", "20 (dua puluh) berkas"
    ),
    "pengembalian-tms": _slip(
        "pengembalian-tms", (HALF,), "TIDAK MEMENUHI SYARAT (TMS) ke-2",
        "Kembali paling lambat Kamis, 11 Juni 2026.",
    ),
    "pengembalian-ditutup": _slip(
        "pengembalian-ditutup", (HALF,), "Silakan mengurusnya di Kantor Pertanahan"
    ),
    "penolakan": _slip("penolakan", _LEAVES, "PEMBERITAHUAN PENOLAKAN", "Ombudsman"),
    "pengembalian-berkas": _slip(
        "pengembalian-berkas", _LEAVES, "TANDA TERIMA PENGEMBALIAN BERKAS", "Dibatalkan"
    ),
    "serah-terima": _slip("serah-terima", _LEAVES, "BUKTI SERAH TERIMA", "12 Mei 2026"),
    "ceklis": _slip("ceklis", (A4,), "LEMBAR CEKLIS DAN KENDALI BERKAS", "9901015404910001"),
    "persyaratan": _slip(
        "persyaratan", (A4,), "PERSYARATAN LAYANAN", "Rp0 (gratis)", named=False
    ),
    "tiket": _slip(
        "tiket", ((80.0, 92.0),), "C-012", "26-000123-K", named=False, edge=4
    ),
    "tiket-58": _slip(
        "tiket", ((58.0, 109.8),), "C-012", papers=("T58",), named=False, edge=4
    ),
    "tiket-empat": _slip("tiket", (A4,), "C-012", "C-015", papers=_UPRIGHT, named=False),
    **{f"buku-{code}": _book(code, title, pages, *more)
       for code, (pages, title, *more) in _BOOKS.items()},  # type: ignore[misc,has-type]
    "buku-sampul": replace(_book("sktm", "Kode klasifikasi"), page=0, again=True),
    "buku-penutup": replace(
        _book("sktm", "Pada hari ini, Kamis tanggal tiga puluh satu"), page=2, again=True
    ),
    "buku-latihan": replace(_book("sktm", _PRACTICE), cast=PRACTISING, again=True),
    "lanjutan-susulan": _fixed(
        books.continuation, (BOOK, BOOK), "CATATAN SUSULAN BUKU REGISTER SKTM", "Halaman 4",
        papers=("F4",), named=True,
    ),
    "lanjutan": _fixed(
        books.continuation, (BOOK, BOOK), "(lanjutan) Sambungan halaman 3, nomor terakhir 040",
        "Halaman 5", page=1, again=True,
    ),
    "buku-perubahan": _fixed(
        closings.book_with_changes, (BOOK,) * 4, "PERUBAHAN SESUDAH PENUTUPAN", "02-06-2026",
        papers=("F4",), page=3, named=True,
    ),
    "penutupan-bulan": _other(
        closings.month, "BERITA ACARA PENUTUPAN BUKU REGISTER", "A1B2 C3D4 E5F6 0718",
        sizes=(A4, A4), named=False,
    ),
    "penutupan-hari": _other(
        closings.day, "PENUTUPAN HARIAN BUKU REGISTER", "SELASA, 12 MEI 2026",
        sizes=(A4, A4), named=False,
    ),
    "penutupan-sidik": replace(
        _other(closings.month, "SIDIK RANTAI REGISTER", _CAMAT, sizes=(A4, A4), named=False),
        page=1, again=True,
    ),
    "laporan-pengantar": _report(0, "Laporan PATEN bulan Mei 2026", _CAMAT, again=False),
    "laporan": _report(1, "LAPORAN BULANAN", "BULAN MEI 2026"),
    "laporan-desa": _report(2, "Lampiran 1", "Mekarsari"),
    "laporan-pengaduan": _report(3, "Lampiran 3", "Jalan desa rusak"),
    "laporan-grafik": _report(4, "Dua belas bulan"),
    "laporan-akhir": _report(5, "Mengetahui,", _KASI),
    "sop-perekaman-ktp": _sop("perekaman-ktp", "PROSEDUR PERMOHONAN PEREKAMAN E-KTP"),
    "sop-sktm": _sop("sktm", "REKOMENDASI SURAT KETERANGAN TIDAK MAMPU"),
    "sop-ahli-waris": _sop("ahli-waris", "Penandatanganan surat Keterangan ahli waris"),
    "sop-oss": _sop("oss", "FASILITASI PERMOHONAN PERIZINAN MELALUI OSS"),
    "sop-pengaduan": _sop("pengaduan", "PELAYANAN PENGADUAN MASYARAKAT"),
    "sop-sampul": replace(_sop("sktm", "Disahkan oleh", "Dasar Hukum"), page=0, again=True),
    "kunci": _fixed(_key_notice, (A4,), "CARA MEMERIKSA KEASLIAN SURAT", "9Q2M"),
    "kunci-pemulihan": _fixed(
        keeping.recovery_sheet, (A4, A4), "LEMBAR KUNCI PEMULIHAN CADANGAN", "untuk Camat",
        "Disimpan oleh Sekretaris Kecamatan", "QPZR",
    ),
    "riwayat": _fixed(
        keeping.history, (A4,), "RIWAYAT BERKAS", "Kode berkas 26-000123-K", _DRAFTED,
        "Halaman 1", named=True,
    ),
    "pemeriksaan": _fixed(
        keeping.check, (A4,), "HASIL PEMERIKSAAN DATA", "Data utuh", "Tidak ada temuan."
    ),
    "insiden": _fixed(
        keeping.incident, (A4, A4), "LEMBAR INSIDEN DATA", "3 x 24 jam", "Halaman 1",
    ),
    "cadangan-padam": _fixed(
        keeping.reserve_sheets, (BOOK,) * 3, "LEMBAR CADANGAN NOMOR (PADAM LISTRIK)", "P-09",
        "400.9.14.1/012/SKTM/SKMJ/V/2026", papers=("F4",),
    ),
    "uji-a4": _test_page("A4", A4),
    "uji-f4": _test_page("F4", F4),
}  # fmt: skip
