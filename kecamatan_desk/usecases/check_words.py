"""What the kinds of findings of a check mean to an official, how grave they are, what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kecamatan_desk.persistence.audit import Finding
from kecamatan_desk.usecases.check_values import HEAVY, LIGHT, FindingGroup

_RESTORE = (
    "Jangan menghapus apa pun. Hentikan memberi nomor, biarkan komputer seperti adanya, dan "
    "mintalah Administrator memulihkan dari cadangan terakhir yang lulus pemeriksaan."
)
_COMPARE = (
    "Bandingkan sidik pada halaman penutup terakhir di bawah ini. Catat siapa yang dapat membuka "
    "komputer ini di luar program, lalu laporkan kepada Camat. " + _RESTORE
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a kind of finding says without a technical word."""

    title: str
    gravity: str
    meaning: str
    to_do: str


MEANINGS: Mapping[str, Meaning] = {
    "berkas": Meaning(
        "Berkas data tidak terbaca seluruhnya",
        HEAVY,
        "Sebagian berkas data di cakram rusak. Yang masih terbaca boleh jadi utuh, tetapi tidak "
        "dapat dibuktikan.",
        _RESTORE + " Cakram komputer ini mungkin mulai rusak: mintalah teknisi memeriksanya.",
    ),
    "integrity_check": Meaning(
        "Berkas data rusak di cakram",
        HEAVY,
        "Susunan berkas data tidak seperti yang ditulis: biasanya karena cakram rusak atau listrik "
        "padam pada cakram yang tidak menyimpan dengan benar.",
        _RESTORE + " Mintalah teknisi memeriksa cakramnya.",
    ),
    "foreign_key_check": Meaning(
        "Baris data kehilangan pasangannya",
        HEAVY,
        "Ada baris yang menunjuk baris lain yang sudah tidak ada. Program sendiri tidak dapat "
        "menghapusnya, jadi data diubah di luar program atau cakramnya rusak.",
        _COMPARE,
    ),
    "struktur": Meaning(
        "Susunan data bukan susunan program ini",
        HEAVY,
        "Ada tabel atau kolom yang hilang, berubah, atau ditambahkan di luar program.",
        _COMPARE,
    ),
    "pengaman": Meaning(
        "Pengaman data dilepas atau diubah",
        HEAVY,
        "Data dijaga pengaman yang menolak nomor ganda dan perubahan buku. Pengaman ini hilang "
        "atau diganti di luar program, jadi perubahan sesudahnya tidak lagi ditolak.",
        _COMPARE,
    ),
    "instansi": Meaning(
        "Tidak jelas apakah ini data kantor atau latihan",
        HEAVY,
        "Penanda kantor atau latihan pada data ini hilang atau berubah.",
        _RESTORE,
    ),
    "rantai": Meaning(
        "Riwayat tidak lagi bersambung",
        HEAVY,
        "Setiap kejadian disegel dengan kejadian sebelumnya. Di sini segelnya tidak cocok: ada "
        "kejadian yang diubah, disisipkan, atau dihapus di luar program.",
        _COMPARE,
    ),
    "arsip": Meaning(
        "Isi buku atau arsip berubah sesudah ditulis",
        HEAVY,
        "Baris buku, nomor, atau catatan arsip tidak lagi sama dengan saat dicatat, hilang, atau "
        "tidak pernah dicatat program.",
        _COMPARE,
    ),
    "nomor": Meaning(
        "Nomor tidak urut atau tidak lengkap",
        HEAVY,
        "Ada nomor yang hilang, ganda, atau tidak mempunyai baris di buku.",
        "Jangan memberi nomor sebelum diperiksa. Cocokkan nomor itu dengan buku cetakan dan surat "
        "yang sudah keluar. " + _RESTORE,
    ),
    "persetujuan": Meaning(
        "Persetujuan orang kedua tidak lengkap",
        HEAVY,
        "Ada pembatalan, sisipan, atau tanda tangan darurat tanpa persetujuan orang kedua yang "
        "tercatat utuh.",
        "Tanyakan kepada kedua orang yang disebut pada riwayat berkasnya. " + _COMPARE,
    ),
    "penutupan": Meaning(
        "Buku yang sudah ditutup tidak lagi sama",
        HEAVY,
        "Hitungan pada halaman penutup tidak sama dengan isi buku sekarang, atau ada baris yang "
        "ditulis sesudah ditutup.",
        "Bandingkan dengan halaman penutup yang ditandatangani. " + _COMPARE,
    ),
    "permohonan": Meaning(
        "Keadaan berkas tidak sesuai riwayatnya",
        HEAVY,
        "Nomor, langkah, atau keadaan suatu berkas tidak sama dengan kejadian yang tercatat.",
        "Bukalah riwayat berkasnya dan cocokkan dengan berkas kertas. " + _COMPARE,
    ),
    "surat": Meaning(
        "Surat tersimpan hilang atau berubah",
        HEAVY,
        "Berkas surat, cetakan buku, atau halaman penutup di cakram tidak lagi sama dengan saat "
        "dibekukan. Data bukunya tidak ikut berubah.",
        "Salinan surat itu jangan dicetak dahulu. Administrator dapat mengambil berkasnya dari "
        "cadangan terakhir; surat yang sudah diserahkan tetap sah.",
    ),
    "lampiran": Meaning(
        "Lampiran hilang atau berubah",
        LIGHT,
        "Hasil pindai yang tersimpan tidak lagi sama dengan saat dimasukkan. Buku dan surat tidak "
        "ikut berubah.",
        "Pindai ulang dari berkas kertasnya, atau ambil dari cadangan terakhir.",
    ),
    "cadangan": Meaning(
        "Cadangan tidak lulus pemeriksaan",
        HEAVY,
        "Cadangan ini tidak lagi sama dengan saat dibuat.",
        "Buatlah cadangan baru ke cakram lain; jangan mengandalkan yang ini.",
    ),
    "banyak": Meaning(
        "Temuan lain",
        HEAVY,
        "Temuannya terlalu banyak untuk disebut satu per satu.",
        _RESTORE,
    ),
}
_OTHER = Meaning(
    "Temuan lain",
    HEAVY,
    "Ada yang tidak seperti saat ditulis.",
    _COMPARE,
)
#: What the counts of a check are called.
_COUNTED = {
    "event": "kejadian dalam riwayat",
    "request": "permohonan",
    "berkas surat": "surat tersimpan",
    "cetakan buku": "cetakan buku",
    "halaman penutup": "halaman penutup",
    "lampiran": "lampiran",
    "register_line": "baris buku",
    "number_issue": "nomor",
    "line_status": "perubahan keadaan baris",
    "content": "catatan dan alasan",
    "document": "keterangan surat",
    "penutupan": "penutupan buku",
    "nomor sisipan": "nomor sisipan",
    "persetujuan": "persetujuan",
    "counter": "seri nomor",
    "number_block": "blok nomor",
    "book_act": "pembukaan dan penutupan buku",
    "book_print": "keterangan cetakan buku",
    "letter_text": "teks surat",
    "document_copy": "salinan surat",
    "office_key": "kunci kantor",
    "recovery_key": "kunci pemulihan",
    "tabel": "tabel data",
    "pengaman": "pengaman data",
    "cadangan": "cadangan",
}
#: What the rows of a table are called: findings name them by these, never by a table's own name.
_ROWS = {
    "absence": "ketidakhadiran pejabat",
    "acting": "penunjukan pejabat",
    "answer": "jawaban ceklis",
    "applicant": "pemohon yang diingat",
    "attachment": "lampiran",
    "book_act": "pembukaan dan penutupan buku",
    "book_print": "cetakan buku",
    "bundle": "titipan berkas",
    "content": "catatan dan alasan",
    "counter": "seri nomor",
    "document": "surat",
    "document_copy": "salinan surat",
    "event": "kejadian",
    "instance": "penanda kantor",
    "letter_text": "teks surat",
    "line_status": "perubahan keadaan baris",
    "logo": "lambang",
    "number_block": "blok nomor",
    "number_issue": "nomor",
    "office_key": "kunci kantor",
    "operation": "perintah yang sudah dijalankan",
    "pause": "jeda",
    "proposal": "usulan persetujuan",
    "recovery_key": "kunci pemulihan",
    "register_line": "baris buku",
    "request": "permohonan",
    "request_search": "daftar pencarian",
    "scratch": "ketikan yang belum selesai",
    "setting": "setelan",
    "step_pass": "langkah permohonan",
    "term": "masa jabatan",
    "user_account": "pengguna",
    # where a backup was looked into instead of a table
    "attachments": "lampiran",
    "backups": "cadangan",
    "documents": "surat",
}


def meaning_of(kind: str) -> Meaning:
    """Give what a kind of finding means; what nobody foresaw is grave."""
    return MEANINGS.get(kind, _OTHER)


def grouped(findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """Give findings by kind, the grave ones first, else in the order they were found."""
    lines: dict[str, list[str]] = {}
    for finding in findings:
        rows = _ROWS.get(finding.table, finding.table)
        where = " ".join(str(part) for part in (rows, finding.id) if part != "")
        told = (
            finding.message
            if not where or where in finding.message
            else f"{where}: {finding.message}"
        )
        lines.setdefault(finding.kind, []).append(told)
    groups = [
        FindingGroup(kind, word.title, word.gravity, word.meaning, word.to_do, tuple(found))
        for kind, found in lines.items()
        for word in (meaning_of(kind),)
    ]
    return tuple(sorted(groups, key=lambda group: not group.is_heavy))


def rows_named(table: str) -> str | None:
    """Give what the rows of a table are called; None for a table nobody has named."""
    return _ROWS.get(table)


def counted_words(checked: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Give what was looked at as people call it, and how much; what is none is left out."""
    return tuple(
        (_COUNTED[name], amount) for name, amount in checked.items() if amount and name in _COUNTED
    )
