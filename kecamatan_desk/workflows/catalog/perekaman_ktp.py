"""SOP 1, Perekaman e-KTP: the Kasi signs the recommendation, then Pelayanan records; two papers."""

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.workflows.fields import GOLONGAN_DARAH, KUASA, PEMOHON, PENGANTAR
from kecamatan_desk.workflows.vocabulary import (
    Condition,
    Family,
    Field,
    FieldKind,
    Letter,
    Need,
    Requirement,
    Section,
    Service,
    Signing,
    Step,
    Takes,
)

SERVICE = Service(
    code="perekaman-ktp",
    title="STANDAR OPERASIONAL PROSEDUR (SOP) : PROSEDUR PERMOHONAN PEREKAMAN E-KTP",
    label="Perekaman e-KTP",
    short="Perekaman e-KTP",
    abbreviation="EKTP",
    classification="400.12.2.1",
    family=Family.A,
    lanes=(Role.PEMOHON, Role.PELAYANAN, Role.VERIFIKASI, Role.REGISTER, Role.KASI),
    steps=(
        Step("ajukan",       "Mengajukan permohonan Perekaman e-KTP",                                 Role.PEMOHON,    "Dokumen pendukung",                                  0, "Dokumen pendukung",                                        word="Ajukan", recorded_by=Role.PELAYANAN),
        Step("terima",       "Menerima permohonan formulir permohonan Perekaman e-KTP",               Role.PELAYANAN,  "Dokumen pendukung",                                  1, "Dokumen pendukung",                                        word="Terima"),
        Step("verifikasi",   "Memverifikasi kelengkapan berkas dan memberi nomor antrian",            Role.VERIFIKASI, "Dokumen pendukung dan ceklis permohonan",            5, "Dokumen pendukung dan ceklis permohonan",                  word="Verifikasi", decision=True, takes=Takes.QUEUE),
        Step("register",     "Validasi dan Memberi nomor agenda/register",                            Role.REGISTER,   "Buku register, Dok.pendukung dan ceklis permohonan", 2, "Buku register,Dok.pendukung dan ceklis permohonan",        word="Register", takes=Takes.AGENDA),
        Step("tanda-tangan", "Mengajukan permohonan penandatanganan permohonan perekaman e-ktp baru", Role.KASI,       "Dokumen pendukung dan ceklis permohonan",            2, "Dokumen pendukung dan ceklis permohonan",                  word="Tanda tangan", decision=True),
        Step("rekam",        "Melakukan perekaman e-ktp",                                             Role.PELAYANAN,  "Rekomendasi Dokumen Kependudukan baru",              5, "Rekomendasi formulir pembuatan Dokumen Kependudukan baru", word="Rekam"),
        Step("diterima",     "Menerima Rekomendasi permohonan perekaman e-ktp",                       Role.PEMOHON,    "Rekomendasi Dokumen Kependudukan baru",              0, "Rekomendasi Dokumen Kependudukan baru",                    word="Diterima", recorded_by=Role.PELAYANAN, with_previous=True),
    ),
    sections=(
        PEMOHON,
        PENGANTAR,
        Section("Perekaman", (
            Field("jenis-perekaman", "Jenis perekaman", FieldKind.CHOICE, required=True, span=12, choices=("Pemula", "Rekam ulang", "Rekam di luar domisili")),
        )),
        Section("Hasil perekaman", (
            Field("hasil-perekaman", "Hasil", FieldKind.CHOICE, required=True, span=3, choices=("Berhasil", "Duplikat", "Gagal")),
            Field("tanggal-perekaman", "Tanggal perekaman", FieldKind.DATE, span=3, hint="hari ini bila kosong"),
            Field("jam-perekaman", "Pukul", FieldKind.TIME, span=3, hint="kini bila kosong"),
            Field("golongan-darah", "Golongan darah", FieldKind.CHOICE, span=3, choices=GOLONGAN_DARAH),
            Field("kendala", "Kendala", FieldKind.MULTI_CHOICE, span=6, choices=("Sidik jari", "Iris mata", "Jaringan", "Listrik", "Alat perekam"), when=Condition("hasil-perekaman", ("Duplikat", "Gagal"))),
            Field("catatan-kendala", "Catatan kendala", span=6, length=150),
        ), step="rekam"),
        KUASA,
    ),
    requirements=(
        Requirement("kk", "Fotokopi Kartu Keluarga", source="Pemohon sendiri"),
        Requirement("usia", "Berusia 17 tahun atau lebih, atau sudah/pernah kawin (dicocokkan dengan Kartu Keluarga)", kind="Asli", source="Kembali setelah genap 17 tahun atau kawin"),
        Requirement("belum-merekam", "Belum pernah melakukan perekaman KTP elektronik", Need.BERSYARAT, when=Condition("jenis-perekaman", ("Pemula", "Rekam di luar domisili")), kind="Asli", source="Pernyataan pemohon sendiri"),
        Requirement("buku-nikah", "Fotokopi buku nikah atau akta perkawinan (belum 17 tahun, sudah kawin)", Need.BERSYARAT, source="KUA/Disdukcapil"),
        Requirement("kitap", "Fotokopi Kartu Izin Tinggal Tetap (KITAP)", Need.BERSYARAT, when=Condition("kewarganegaraan", ("WNA",)), source="Kantor Imigrasi"),
        Requirement("dokumen-perjalanan", "Fotokopi dokumen perjalanan (paspor)", Need.BERSYARAT, when=Condition("kewarganegaraan", ("WNA",)), source="Pemohon sendiri"),
        Requirement("pengantar", "Surat pengantar dari desa/kelurahan", Need.TAMBAHAN, kind="Asli", source="Desa/kelurahan"),
    ),
    letters=(
        Letter("perekaman-ktp", "Surat Rekomendasi Perekaman KTP Elektronik", Signing.KASI_AN, "register"),
        Letter("perekaman-ktp-tanda-bukti", "Tanda Bukti Perekaman KTP Elektronik", Signing.OPERATOR, "rekam"),
    ),
    purpose="jenis-perekaman",
    keywords="rekam ktp ktp-el pemula biometrik sidik jari foto",
)
