"""The register books: each service's own columns, and the common register.

Columns after domain facts 3.2 and 3.3: those seen in real offices, and what finds the letter.
Widths in mm; those of a book add up to 295.
"""

import kecamatan_desk.usecases.service_cells as own
from kecamatan_desk.documents.book_values import Column
from kecamatan_desk.usecases.book_cells import (
    RegisterBook,
    Source,
    address,
    address_and_village,
    agenda,
    born,
    field_or,
    handed,
    intro,
    letter,
    letter_of_sex,
    name,
    nik,
    note,
    nothing,
    persons,
    purpose,
    queue,
    register_book,
    registered,
    service,
    sex,
    stacked,
    village,
)
from kecamatan_desk.usecases.booking import writes_letter
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Service

COMMON = "umum"  # the common register, of all services

Columns = tuple[tuple[Column, Source], ...]


def _c(head: str, width: float, **more: object) -> Column:
    return Column(head, width, align="c", **more)  # type: ignore[arg-type]


def _count(head: str, width: float, over: str = "") -> Column:
    return Column(head, width, align="c", over=over, sums="count")


def _address(head: str, width: float) -> Column:
    return Column(head, width, held=True)


_AGENDA = (_c("No. Agenda", 12, struck=False), agenda)
_DATE = (_c("Tanggal Register", 16.2), registered)
_NIK = (_c("NIK", 26.8), nik)
_LETTER = (Column("Nomor, Tanggal Surat, dan Penandatangan", 30.9), letter)
_END = (
    (Column("Tanggal Diserahkan/ Penerima", 20), handed),
    (_c("Tanda Tangan Penerima", 21, struck=False, signs=True), nothing),
    (Column("Keterangan", 20, struck=False), note),
)


# --- the columns of each service, between the date and the letter --------------------------------

_FOLLOW = "Pengikut"

_OWN: dict[str, Columns] = {
    "perekaman-ktp": (
        _NIK,
        (Column("Nama", 27.5), name),
        (Column("Tempat, Tanggal Lahir", 22), born("")),
        (_c("L/P", 6.5), sex),
        (_address("Alamat", 26.8), address),
        (Column("Desa/ Kelurahan", 19.2), village),
        (Column("Jenis Perekaman", 17.5), "jenis-perekaman"),
        (Column("Hasil, Tanggal, dan Operator", 21.6), own.recorded),
    ),
    "ktp": (
        _NIK,
        (Column("Nama", 34), name),
        (_address("Alamat", 30), address),
        (Column("Desa/ Kelurahan", 20), village),
        (Column("Jenis Permohonan", 22), "jenis-permohonan"),
        (Column("Surat Kehilangan atau Data yang Berubah", 35.1), own.lost_or_changed),
    ),
    "perubahan-kk": (
        (_c("Nomor KK Lama", 26.8), "kk-lama"),
        (Column("Nama Pemohon", 32), name),
        (Column("Desa/ Kelurahan", 19.2), village),
        (Column("Jenis Perubahan", 30), "jenis-perubahan"),
        (Column("Uraian (Semula, Menjadi)", 43.9), own.changes),
        (_c("Anggota Semula/ Menjadi", 16), own.members),
    ),
    "penduduk-datang": (
        (Column("Nomor dan Tanggal SKPWNI", 27), own.letter_of_removal),
        (Column("Nama", 28), name),
        _NIK,
        (_address("Asal", 30.5), own.came_from),
        (_address("Alamat Tujuan", 30), own.to),
        (_count("L", 7, _FOLLOW), own.Followers("pendatang", "L")),
        (_count("P", 7, _FOLLOW), own.Followers("pendatang", "P")),
        (_count("Jumlah", 11.6, _FOLLOW), own.Followers("pendatang", "")),
    ),
    "penduduk-pindah": (
        (Column("Nama", 23.2), name),
        _NIK,
        (_c("Nomor KK", 26.8), "kk"),
        (_address("Alamat Asal", 20.4), own.left_address),
        (_address("Alamat Tujuan", 22.6), own.to),
        (Column("Alasan dan Klasifikasi", 22.5), own.why_moved),
        (_count("L", 7, _FOLLOW), own.Followers("ikut-pindah", "L")),
        (_count("P", 7, _FOLLOW), own.Followers("ikut-pindah", "P")),
        (_count("Jumlah", 11.6, _FOLLOW), own.Followers("ikut-pindah", "")),
    ),
    "akta-kelahiran": (
        (Column("Nama Bayi", 26.7), "anak-nama"),
        (_c("L/P", 6.5), letter_of_sex("anak-jenis-kelamin")),
        (Column("Tempat, Tanggal, dan Jam Lahir", 24), own.birth),
        (Column("Nama Ayah", 23), "ayah-nama"),
        (Column("Nama Ibu", 23), "ibu-nama"),
        (Column("Desa/ Kelurahan", 19.2), village),
        (_c("Anak ke-", 8.5), "anak-ke"),
        (Column("Pelapor", 22), own.reporter),
        (Column("Pelaporan", 15), own.in_time),
    ),
    "akta-kematian": (
        (Column("Nama Almarhum/ah", 28), "almarhum-nama"),
        (_c("NIK Almarhum/ah", 26.8), "almarhum-nik"),
        (_c("L/P", 6.5), letter_of_sex("almarhum-jenis-kelamin")),
        (_c("Umur (th)", 9.5), own.age_at_death),
        (Column("Tanggal dan Tempat Meninggal", 27), own.death),
        (Column("Sebab", 17), field_or("sebab-lain", "sebab")),
        (Column("Desa/ Kelurahan", 19.2), village),
        (Column("Pelapor dan Hubungan", 33.9), own.reporter),
    ),
    "kia": (
        (_c("NIK Anak", 26.8), "anak-nik"),
        (Column("Nama Anak", 29), "anak-nama"),
        (_c("L/P", 6.5), letter_of_sex("anak-jenis-kelamin")),
        (_c("Tanggal Lahir", 16.2), "anak-tanggal-lahir"),
        (Column("Nomor Akta Kelahiran", 26.2), "akta-nomor"),
        (Column("Nama Orang Tua", 27), own.parent),
        (Column("Desa/ Kelurahan", 19.2), village),
        (Column("Kelompok Umur", 17), own.age_group),
    ),
    "ahli-waris": (
        (Column("Nama Meninggal", 32), own.dead),
        (Column("Ahli Waris", 40.7), persons("ahli-waris")),
        (Column("Pemohon", 26), name),
        (_address("Alamat", 27), field_or("pewaris-alamat", address)),
        (Column("Desa/ Kelurahan", 19.2), village),
        (Column("Keperluan", 23), purpose),
    ),
    "bepergian": (
        (Column("Nama", 26), name),
        _NIK,
        (Column("Desa/ Kelurahan", 19.2), village),
        (Column("Tujuan", 27), own.where_to),
        (Column("Keperluan", 25), "maksud"),
        (_c("Tanggal Berangkat", 16.2), "berangkat-tanggal"),
        (_c("Lama (hari)", 10), "lama"),
        (Column("Pengikut", 17.7), persons("pengikut")),
    ),
    "sktm": (
        (Column("Nama", 30), name),
        _NIK,
        (Column("Pekerjaan", 22), "pekerjaan"),
        (_address("Alamat", 30), address),
        (Column("Desa/ Kelurahan", 19.2), village),
        (Column("Keperluan", 39.9), own.for_whom),
    ),
    "belum-menikah": (
        (Column("Nama", 30), name),
        (Column("Tempat, Tanggal Lahir", 27), born("")),
        (_address("Alamat", 32), address),
        (Column("Desa/ Kelurahan", 20), village),
        (Column("Keperluan", 31), purpose),
        (Column("Nomor dan Tanggal Pengantar Desa", 27.9), intro),
    ),
    "calon-tki": (
        (Column("Nama", 24.5), name),
        _NIK,
        (Column("Tempat, Tanggal Lahir", 22), born("")),
        (Column("Desa/ Kelurahan", 19.2), village),
        (Column("Negara Tujuan", 16), "negara-tujuan"),
        (Column("Jabatan", 16.4), "jabatan"),
        (Column("P3MI", 22), own.company),
        (Column("Pemberi Izin dan Hubungan", 21), own.permission),
    ),
    "ijin-keramaian": (
        (Column("Penanggung Jawab", 28), own.organiser),
        (_address("Alamat", 29), address_and_village),
        (Column("Acara", 28), stacked("acara-nama", "acara-jenis")),
        (Column("Hari, Tanggal, dan Jam", 26), own.when_held),
        (_address("Tempat", 26), "acara-tempat"),
        (Column("Hiburan", 15.9), own.show),
        (_c("Perkiraan Massa", 15), "massa"),
    ),
    "skck": (
        (Column("Nama", 28), name),
        (Column("Tempat, Tanggal Lahir", 25), born("")),
        (_address("Alamat", 30), address),
        (Column("Desa/ Kelurahan", 19.2), village),
        (Column("Pendidikan", 18), "pendidikan"),
        (Column("Pekerjaan", 20), "pekerjaan"),
        (Column("Keperluan", 27.7), purpose),
    ),
    "dispensasi-nikah": (
        (_address("Calon Suami (nama, bin, umur, alamat)", 33), own.Partner("suami", "bin")),
        (_address("Calon Istri (nama, binti, umur, alamat)", 33), own.Partner("istri", "binti")),
        (_c("Tanggal Daftar KUA", 16.2), "daftar-tanggal"),
        (_c("Tanggal Akad", 16.2), "akad-tanggal"),
        (_c("Sisa Hari Kerja", 11), own.days_left),
        (Column("Alasan", 30), "alasan"),
        (Column("KUA", 28.5), "kua"),
    ),
    "susunan-keluarga": (
        (Column("Nama Pegawai/Pensiunan", 34), name),
        (Column("NIP/NRP/Nopen", 30), "nomor-pegawai"),
        (Column("Instansi dan Kedudukan", 31), own.employed),
        (_count("Suami/ Istri", 11, "Tanggungan"), own.spouse),
        (_count("Anak", 10, "Tanggungan"), own.children),
        (_count("Jumlah", 11, "Tanggungan"), own.dependants),
        (Column("Keperluan", 40.9), purpose),
    ),
    "proposal-bantuan": (
        (Column("Atas Nama", 32), own.asks_for),
        (_address("Alamat", 27), field_or("lembaga-alamat", address)),
        (Column("Desa/ Kelurahan", 19.2), village),
        (Column("Isi Proposal", 33.7), "judul"),
        (Column("Ditujukan Kepada", 27), "ditujukan"),
        (Column("Nilai (Rp)", 29, align="r", sums="amount"), own.amount),
    ),
    "oss": (
        (Column("Nama", 25), name),
        _NIK,
        (Column("Nama Usaha", 25), "usaha-nama"),
        (_address("Alamat Usaha", 28), "usaha-alamat"),
        (_c("KBLI", 11.5), "kbli"),
        (Column("Skala", 15), "skala"),
        (Column("Nomor dan Tanggal NIB", 23.5), own.licence),
        (Column("Sertifikat/IUM", 20), own.certificate),
        (Column("Pos-el", 24), "pos-el"),
        (Column("Tanggal Diserahkan/ Penerima", 20), handed),
        (_c("Tanda Tangan Penerima", 21, struck=False, signs=True), nothing),
        (Column("Keterangan", 20, struck=False), own.oss_note),
    ),
    "pengaduan": (
        (Column("Nama Pelapor", 24), name),
        (_address("Alamat/HP", 27), own.reached_at),
        (Column("Media", 15.5), "media"),
        (Column("Pokok Aduan", 32), purpose),
        (Column("Klasifikasi", 19.5), own.classified),
        (Column("Terlapor", 18.5), "terlapor"),
        (Column("Tindak Lanjut", 33), own.followed_up),
        (_c("Tanggal Selesai", 16.2), own.finished),
        (Column("Nomor Berita Acara", 24), own.minutes),
        (Column("Hasil", 27.8), own.delivered),
        (Column("Keterangan", 21.5, struck=False), note),
    ),
}


def _usual(purpose_width: float) -> Columns:
    """Give the columns of a service that has none of its own yet."""
    return (
        (Column("Nama", 30), name),
        _NIK,
        (_c("L/P", 6.5), sex),
        (_address("Alamat", 27), address),
        (Column("Desa/ Kelurahan", 19.2), village),
        (Column("Keperluan", purpose_width), purpose),
        (Column("Nomor dan Tanggal Pengantar Desa", 25), intro),
    )


def service_book(service: Service) -> RegisterBook:
    """Put the book of a service together."""
    code = service.code
    day = (_c("Tanggal/ Jam", 17), own.came_at) if code == "pengaduan" else _DATE
    if code not in _OWN:
        issued = (_LETTER,) if writes_letter(service) else ()
        columns: Columns = (_AGENDA, day, *_usual(33.4 if issued else 64.3), *issued, *_END)
    else:
        columns = (_AGENDA, day, *_OWN[code])
        columns += (_LETTER, *_END) if writes_letter(service) else ()
    return register_book(code, f"Buku Register {service.short}", columns, service=code)


_COMMON = register_book(
    COMMON,
    "Buku Register Pelayanan",
    (
        _AGENDA,
        _DATE,
        (_c("No. Antrian", 11.8), queue),
        (Column("Nama Pemohon", 30.2), name),
        _NIK,
        (_c("L/P", 6), sex),
        (_address("Alamat", 21.8), address),
        (Column("Desa/ Kelurahan", 19.2), village),
        (Column("Jenis Layanan", 18.6), service),
        (Column("Keperluan", 19.4), purpose),
        (Column("Nomor dan Tanggal Pengantar Desa", 21.5), intro),
        _LETTER,
        (Column("Tanggal Diserahkan/ Penerima", 16.8), handed),
        (_c("Tanda Tangan Penerima", 19, struck=False, signs=True), nothing),
        (Column("Keterangan", 17.8, struck=False), note),
    ),
)

#: The books made of register lines, by code: the common register, then one per service.
REGISTER_BOOKS: dict[str, RegisterBook] = {
    COMMON: _COMMON,
    **{one.code: service_book(one) for one in SERVICES.values()},
}
