"""What F1 says of every screen: what it is for, its keys, and what cannot be undone.

Written for somebody who is tired and has a citizen before him: short sentences, the office's own
words. By the screen's class, so that a screen cannot have two texts; parts of a screen that are
work of their own (a tab) by the name `Screen.help_part` gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Keys = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Help:
    """One text. ``final`` says what cannot be undone; "" where nothing is."""

    purpose: str
    keys: Keys
    final: str = ""


#: Everywhere.
ALWAYS: Keys = (
    ("F1", "bantuan ini"),
    ("F2", "permohonan baru (Pelayanan, Tim Teknis)"),
    ("F3", "cari berkas: nama, NIK, nomor, atau pindai"),
    ("Ctrl+L", "kunci layar, orang lain masuk"),
    ("Tab", "ke isian berikutnya"),
    ("Esc", "tidak jadi, kembali"),
)
#: Where a file is shown whole.
ON_A_FILE: Keys = (
    ("Ctrl+D", "ke daftar, dan kembali ke berkas"),
    ("Ctrl+PgDn", "bagian berkas berikutnya (data, surat, lampiran …)"),
    ("Ctrl+E", "perbaiki data, dengan alasan"),
    ("Ctrl+S", "simpan perbaikan data atau ralat"),
    ("F7", "cetak yang terlihat: surat, salinan, lembar, riwayat"),
    ("Ctrl+V", "tempel hasil pindai pada bagian Lampiran"),
)
#: Where the papers of the ceklis are answered.
CHECKLIST: Keys = (
    ("1 2 3", "ceklis: ada, tidak ada, tidak diperlukan"),
    ("A F L", "ceklis: asli, fotokopi, legalisir; lalu angka: lembar"),
)
_DEEDS: Keys = (
    ("F12", "selesaikan langkah ini"),
    ("F8", "kembalikan, dengan catatan"),
    ("F6", "tolak, tutup, atau batalkan (ditanya dahulu)"),
    ("F4", "jeda, atau lanjut sesudah jeda"),
    ("F5", "buka berkas, atau lanjut dengan berkas yang sama"),
)
_NUMBERS_STAY = "Nomor yang sudah diberikan tidak dapat ditarik dan tidak dipakai dua kali."

HELP: Mapping[str, Help] = {
    # The counter
    "NewRequestScreen": Help(
        "Mencatat permohonan baru: pilih layanan, isi data pemohon, jawab ceklis. Semua yang "
        "diketik tersimpan sendiri sebagai draf; listrik padam tidak menghapusnya.",
        (
            ("F12", "terima permohonan dan cetak tanda terima"),
            ("F8", "tidak memenuhi syarat: kembalikan sekarang"),
            ("F2", "mulai lagi; draf yang ini tetap ada pada Draf"),
            ("Ctrl+PgDn", "ke Lampiran (pindaian) dan kembali ke isian"),
            ("Ctrl+V", "tempel hasil pindai pada bagian Lampiran"),
            ("Ctrl+J", "pakai saran isian"),
            ("Ctrl+T", "tambah layanan untuk pemohon yang sama"),
            ("Ctrl+B", "ke daftar berkas yang dibawa"),
            ("Ctrl+O", "berkas titipan desa"),
            ("Ctrl+P", "cetak lembar persyaratan"),
            ("Ctrl+D", "ke daftar layanan"),
            ("F7", "cetak tanda terima titipan desa"),
            ("F5", "lanjut dengan berkas yang sama"),
            *CHECKLIST,
        ),
        "Kode berkas sudah terpakai begitu draf disimpan pertama kali.",
    ),
    "DraftsScreen": Help(
        "Permohonan yang sudah diketik tetapi belum diterima, yang terakhir di atas.",
        (("F12", "lanjutkan mengisi"), ("F6", "buang draf"), ("F2", "permohonan baru")),
        "Draf yang dibuang tidak kembali; kode berkasnya tetap tercatat sebagai batal.",
    ),
    "ReturnedScreen": Help(
        "Berkas yang dikembalikan kepada pemohon karena belum memenuhi syarat (TMS). Bila pemohon "
        "datang lagi, terima kembali di sini; berkas lanjut pada langkah yang sama.",
        (*_DEEDS, *CHECKLIST),
        "Berkas yang ditutup tidak dapat dibuka lagi; pemohon mengajukan permohonan baru.",
    ),
    "HandoverScreen": Help(
        "Menyerahkan surat yang sudah ditandatangani, mencatat perekaman e-KTP, dan menyampaikan "
        "hasil pengaduan. Cocokkan orangnya, tulis siapa yang menerima.",
        _DEEDS,
        "Sesudah diserahkan, isi surat hanya dapat dibetulkan dengan ralat.",
    ),
    "SearchScreen": Help(
        "Mencari berkas apa pun keadaannya, dengan nama, NIK, kode berkas, atau nomor surat. "
        "Membuka berkas yang bukan pekerjaan Anda perlu alasan dan dicatat.",
        (("Enter", "cari, lalu buka yang dipilih"), *_DEEDS),
    ),
    "VerifyScreen": Help(
        "Memeriksa surat yang dibawa orang: pindai kodenya, layar mengatakan asli atau tidak, dan "
        "apakah sudah ada versi yang lebih baru.",
        (
            ("F12", "periksa yang dipindai atau diketik"),
            ("F5", "buka berkasnya"),
            ("F7", "cetak pengumuman untuk papan"),
        ),
    ),
    # The way of a file
    "WorkplaceScreen": Help(
        "Berkas yang menunggu langkah Anda, yang paling lama di atas. Pilih di kiri, kerjakan di "
        "kanan, selesaikan dengan F12.",
        (*_DEEDS, *CHECKLIST),
        "Penolakan tidak dapat dibatalkan. " + _NUMBERS_STAY,
    ),
    "ComplaintsScreen": Help(
        "Pengaduan masyarakat yang menunggu langkah Anda. Nama pelapor yang minta dirahasiakan "
        "hanya dibuka dengan alasan, dan pembukaannya dicatat.",
        (*_DEEDS, *CHECKLIST),
        "Keputusan dan nomor Berita Acara tidak dapat ditarik.",
    ),
    "RegisterScreen": Help(
        "Memberi nomor agenda. Nomor yang akan keluar terlihat dahulu; baru terpakai saat F12. "
        "Lalu suratnya dicetak untuk ditandatangani.",
        (
            ("F12", "beri nomor dan tulis barisnya"),
            ("F11", "nomor sisipan pada tanggal yang sudah lewat"),
            ("F5", "buka buku register, atau lanjut dengan berkas yang sama"),
            ("F7", "cetak surat yang baru bernomor"),
            ("F8", "kembalikan, dengan catatan"),
            ("F6", "usulkan pembatalan nomor, atau tolak"),
            ("F4", "jeda, atau lanjut sesudah jeda"),
            ("Ctrl+K", "kode klasifikasi lain untuk surat ini saja"),
            ("Ctrl+D", "ke daftar, dan kembali ke berkas"),
        ),
        _NUMBERS_STAY + " Nomor sisipan perlu persetujuan seorang pejabat.",
    ),
    "RecordedScreen": Help(
        "Pejabat memutuskan di atas kertas: salin paraf, tanggal, dan jamnya dari ceklis. Riwayat "
        "menyebut siapa yang memutuskan dan siapa yang mencatat.",
        (
            ("F12", "catat keputusan pada ceklis"),
            ("F6", "minta tanda tangan darurat: semua yang berwenang tidak di tempat"),
            ("F8", "catat pengembalian"),
            ("F4", "jeda, atau lanjut sesudah jeda"),
            ("F5", "lanjut dengan berkas yang sama"),
        ),
        "Yang sudah dicatat tidak dapat ditarik, dan tampil pada lembar penutupan hari untuk "
        "ditandatangani. Tanda tangan darurat perlu pejabat kedua.",
    ),
    "SigningScreen": Help(
        "Map tanda tangan: baca surat satu per satu seperti yang tercetak, tandatangani kertasnya, "
        "lalu tekan F12.",
        _DEEDS,
        "Tanda tangan dan penolakan tidak dapat ditarik. Yang memverifikasi tidak menandatangani.",
    ),
    # Numbers and books
    "ApprovalsScreen": Help(
        "Hal yang perlu orang kedua: pembatalan nomor, nomor sisipan, membuka kembali buku, tanda "
        "tangan darurat. Baca alasannya, lalu setujui atau tolak. Usul sendiri tidak dapat "
        "disetujui sendiri.",
        (
            ("F12", "setujui (PIN atau kata sandi ditanya)"),
            ("F8", "tolak, dengan alasan"),
            ("F4", "pejabat menyetujui di tempat ini, atau sudah di atas kertas"),
            ("F6", "tarik usul sendiri"),
            ("F5", "buka berkasnya"),
        ),
        "Persetujuan langsung dijalankan dan tidak dapat ditarik. Yang ditolak dapat diusulkan "
        "lagi.",
    ),
    "RegisterBookScreen": Help(
        "Semua buku kantor, seperti yang tercetak. Bulan yang sudah dicetak dapat dilanjutkan: "
        "halaman lama tetap berlaku.",
        (
            ("F7", "cetak buku atau halaman yang dipilih"),
            ("F11", "lanjutan: cetak yang baru sejak cetakan terakhir"),
            ("F10", "simpan sebagai XLSX (alasan ditanya)"),
            ("Ctrl+S", "simpan sebagai PDF (alasan ditanya)"),
            ("F6", "usulkan pembatalan nomor yang dipilih"),
            ("F8", "salinan untuk umum, NIK disamarkan"),
            ("F12", "kirim usul pembatalan, atau cetak lanjutan"),
            ("F5", "buka cetakan yang tersimpan, atau ke Persetujuan"),
        ),
        "Baris buku tidak pernah dihapus. Nomor yang batal tetap tertulis, dicoret, dan tidak "
        "dipakai lagi.",
    ),
    "ManualScreen": Help(
        "Surat yang dibuat di luar program (tulisan tangan, program lain) mendapat "
        "nomornya di sini, supaya satu kantor memakai satu urutan.",
        (
            ("F12", "beri nomor"),
            ("F9", "catat bahwa surat yang dipilih sudah dikirim"),
            ("F6", "buang yang diketik"),
            ("F5", "lanjut dengan surat yang sama"),
            ("F7", "cetak"),
        ),
        _NUMBERS_STAY + " Bila keliru, usulkan pembatalannya dari Buku Register.",
    ),
    "ReserveScreen": Help(
        "Sebelum listrik padam, nomor disisihkan dan lembarnya dicetak. Sesudah "
        "menyala, salin setiap baris yang tertulis sebagai entri susulan.",
        (
            ("F12", "isi nomor ini, atau sisihkan dan cetak lembar baru"),
            ("F10", "siapkan lembar baru"),
            ("F7", "cetak lagi lembarnya"),
            ("F9", "nomor ini tidak dipakai"),
            ("F8", "semua sisa nomor lembar ini tidak dipakai"),
            ("F6", "kembali ke daftar nomor"),
        ),
        "Nomor yang dinyatakan tidak dipakai menjadi baris BATAL untuk selamanya. Bulan tidak "
        "dapat ditutup selama masih ada nomor yang belum terisi.",
    ),
    "NumberingScreen": Help(
        "Nomor terakhir setiap seri, dan dari nomor berapa program melanjutkan buku "
        "kertas. Cocokkan dahulu dengan buku kertas, baris demi baris.",
        (("F12", "tetapkan nomor awal (ditanya dahulu)"),),
        "Nomor awal hanya dapat naik, tidak dapat turun. Salah tetap berarti nomor terlompat.",
    ),
    "ClosingScreen": Help(
        "Hari ditutup setiap sore, bulan sesudah semua nomornya beres, tahun sesudah "
        "semua bulannya. Yang masih menghalangi disebut di kanan.",
        (
            ("F12", "tutup hari, bulan, atau tahun yang dipilih"),
            ("F7", "cetak halaman penutup"),
            ("Ctrl+S", "simpan halaman penutup sebagai PDF"),
            ("F8", "buka kembali bulan (perlu orang kedua)"),
        ),
        "Buku yang tertutup tidak menerima baris lagi. Bulan hanya terbuka kembali dengan "
        "persetujuan dua orang; tahunnya lalu ditutup lagi.",
    ),
    "ReportScreen": Help(
        "Laporan bulanan PATEN, dihitung dari berkas yang ada. Isi nomor surat, tujuan, dan "
        "catatan; gambarnya di kanan sama dengan cetakannya.",
        (
            ("F7", "cetak"),
            ("Ctrl+S", "simpan PDF (alasan ditanya)"),
            ("F10", "simpan XLSX (alasan ditanya)"),
        ),
    ),
    # Looking after it
    "FiguresScreen": Help(
        "Berapa yang masuk, selesai, menunggu, dan di mana yang paling lama.",
        (("F5", "buka berkas yang paling lama menunggu"), ("F7", "laporan bulan ini")),
    ),
    "JournalScreen": Help(
        "Siapa melakukan apa pada satu hari, dan apa yang perlu dilihat: di luar "
        "jam kerja, nomor batal, sisipan, darurat. Pilih orang di kiri.",
        (
            ("F5", "buka berkas dari kejadian yang dipilih"),
            ("F6", "muat kejadian yang lebih awal"),
            ("F7", "cetak jurnal hari itu"),
        ),
        "Kejadian tidak dapat diubah atau dihapus oleh siapa pun.",
    ),
    "DataCheckScreen": Help(
        "Apakah semua data masih persis seperti saat ditulis. Pelayanan tetap "
        "berjalan selama diperiksa. Jangkar dari halaman penutup dapat dibandingkan di sini.",
        (
            ("F12", "periksa sekarang"),
            ("F6", "hentikan pemeriksaan"),
            ("F7", "cetak hasilnya"),
            ("F8", "lembar insiden, bila data hilang atau bocor"),
        ),
        "Memeriksa tidak mengubah apa pun. Bila ada temuan, jangan memulihkan sendiri: cetak "
        "hasilnya dan hubungi teknisi.",
    ),
    "BackupScreen": Help(
        "Seberapa baru cadangan di komputer ini dan di flashdisk, dan apakah pernah "
        "diuji. Colokkan flashdisk cadangan sedikitnya seminggu sekali.",
        (
            ("F12", "cadangkan sekarang"),
            ("F8", "uji pulih: cadangan dicoba di samping, lalu dibuang"),
            ("F6", "baca ulang cadangan dari awal sampai akhir"),
        ),
        "Pemulihan mengganti data yang sekarang dan menutup kantor selama berjalan; nomor yang "
        "sudah di kertas tidak diberikan lagi. Tanpa Lembar kunci, cadangan di flashdisk tidak "
        "dapat dibuka siapa pun.",
    ),
    "PersonScreen": Help(
        "Untuk warga yang meminta melihat datanya. Ketik NIK, tulis alasannya, "
        "lalu berikan lembarnya kepada orang itu sendiri.",
        (("F12", "susun lembarnya"), ("F7", "cetak")),
        "Data yang diingat dan dihapus tidak kembali. Berkas, surat, dan buku tetap ada menurut "
        "aturan kearsipan. Siapa yang membuka selalu dicatat.",
    ),
    # The administrator
    "UsersScreen": Help(
        "Siapa boleh masuk dan dengan peran apa. Setiap orang masuk dengan namanya "
        "sendiri; jangan berbagi kata sandi.",
        (
            ("F12", "simpan"),
            ("F10", "pengguna baru"),
            ("F8", "buatkan kata sandi, yang harus diganti saat pertama masuk"),
            ("F9", "buka kunci sesudah salah sandi berkali-kali"),
            ("F6", "buang perubahan"),
            ("Ctrl+D", "ke daftar, dan kembali"),
        ),
        "Pengguna tidak dapat dihapus, hanya dinonaktifkan: namanya tetap pada riwayat.",
    ),
    "OfficialsScreen": Help(
        "Siapa memegang jabatan pada tanggal berapa. Dari sini program tahu siapa yang "
        "boleh memutuskan dan blok tanda tangan mana yang tercetak.",
        (
            ("F12", "simpan isian di bawah daftar"),
            ("F10", "ubah yang dipilih"),
            ("F6", "akhiri yang dipilih (ditanya dahulu)"),
        ),
        "Surat yang sudah dicetak tidak ikut berubah. Masa jabatan diakhiri, tidak dihapus.",
    ),
    "ServicesScreen": Help(
        "Mana yang dibuka, kode klasifikasinya, dan apa yang dicetak. Contoh nomornya "
        "terlihat sebelum disimpan.",
        (
            ("F12", "simpan"),
            ("F10", "kode bawaan"),
            ("F6", "buang perubahan"),
            ("Ctrl+D", "ke daftar, dan kembali"),
        ),
        "Berlaku untuk berkas yang bernomor sesudah disimpan; yang sudah bernomor tetap.",
    ),
    "OfficeScreen": Help(
        "Nama, alamat, lambang, pola nomor, zona waktu, masa simpan "
        "lampiran. Surat contoh di kanan memperlihatkan hasilnya.",
        (("F12", "simpan"), ("F10", "pilih lambang"), ("F6", "buang perubahan")),
        "Surat yang sudah dicetak tidak ikut berubah. Lampiran yang habis masa simpannya dihapus "
        "dan tidak kembali.",
    ),
    "TextsScreen": Help(
        "Isi setiap surat menurut kantor Anda. Surat contoh di kanan ikut berubah "
        "sambil mengetik; kesalahan disebut pada barisnya.",
        (
            ("F12", "simpan naskah sebagai versi baru"),
            ("F10", "sisipkan isian, misalnya nama pemohon"),
            ("F6", "buang perubahan"),
            ("Ctrl+D", "ke daftar surat, dan kembali"),
        ),
        "Versi lama tetap ada dan dapat dipakai lagi. Surat yang sudah dicetak tidak berubah.",
    ),
    "CalendarScreen": Help(
        "Jam buka setiap hari dan hari libur. Waktu baku SOP hanya dihitung pada jam kerja.",
        (("F12", "simpan"), ("F10", "isi libur nasional tahun itu"), ("F6", "buang perubahan")),
        "Waktu langkah yang sudah selesai tidak dihitung ulang.",
    ),
    "NextStepsScreen": Help(
        "Yang masih perlu disiapkan sesudah kantor dibuat, masing-masing dengan keadaannya. Tanda "
        "berubah sendiri begitu langkahnya selesai; tidak ada yang ditandai dengan tangan.",
        (("1 – 9", "buka tempat langkah itu dikerjakan"),),
    ),
    # Everybody's own
    "ChangeSecretScreen": Help(
        "Mengganti kata sandi atau PIN sendiri. Jangan beritahukan kepada siapa pun, juga tidak "
        "kepada Administrator.",
        (("F12", "ganti"), ("F6", "buang yang diketik")),
        "Kata sandi yang lama langsung tidak berlaku.",
    ),
    "PrintProfilesScreen": Help(
        "Pencetak dan kertas untuk komputer ini: surat, buku, lembar loket, tiket. Cetak halaman "
        "uji dan ukur garisnya dengan penggaris.",
        (
            ("F7", "cetak halaman uji"),
            ("F8", "simpan halaman uji sebagai PDF"),
            ("F6", "kembalikan ke awal"),
            ("F12", "simpan"),
        ),
    ),
}

#: Parts of screens that are work of their own, by what `Screen.help_part` gives.
PARTS: Mapping[str, tuple[str, Help]] = {
    "lampiran": (
        "Lampiran",
        Help(
            "Hasil pindai dari berkas ini: PDF, JPG, atau PNG. Pilih dahulu berkas apa, lalu "
            "tambah, tempel, atau seret ke sini. Hanya dilihat di dalam program.",
            (("Ctrl+V", "tempel hasil pindai"), ("Ctrl+PgDn", "bagian berikutnya")),
            "Lampiran yang dihapus tidak kembali; alasannya dicatat. Yang habis masa simpannya "
            "dihapus sendiri.",
        ),
    ),
    "riwayat": (
        "Riwayat",
        Help(
            "Semua yang terjadi pada berkas ini sejak draf pertama: kapan, apa, oleh siapa, dan "
            "mengapa. Yang menonjol bertanda segitiga.",
            (("F7", "cetak riwayat"), ("Ctrl+PgDn", "bagian berikutnya")),
            "Riwayat tidak dapat diubah atau dihapus oleh siapa pun.",
        ),
    ),
    "titip-tugas": (
        "Titip tugas",
        Help(
            "Selama seorang petugas tidak masuk, petugas lain mengerjakan tugasnya dengan namanya "
            "sendiri. Pilih siapa yang digantikan, tugasnya, oleh siapa, dan tanggalnya.",
            (("F12", "simpan titipan"), ("F6", "akhiri titipan")),
            "Yang sudah dikerjakan selama titipan tetap tercatat atas nama yang mengerjakan.",
        ),
    ),
}


def help_of(screen: str, part: str = "") -> tuple[str, Help | None]:
    """Give the name of a part (or "") and the text for a screen's class and the part in hand."""
    if part in PARTS:
        return PARTS[part]
    return "", HELP.get(screen)
