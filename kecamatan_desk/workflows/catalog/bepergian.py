"""SOP 10, Surat Bepergian: the Kasi verifies, the Sekcam initials, the Camat signs."""

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.workflows.fields import KELAMIN, KUASA, PEMOHON, PENGANTAR
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
    code="bepergian",
    title="STANDAR OPERASIONAL PROSEDUR (SOP) : REKOMENDASI SURAT BEPERGIAN",
    label="Surat Bepergian",
    short="Bepergian",
    abbreviation="PERGI",
    classification="400.12.2.2",
    family=Family.B,
    lanes=(Role.PEMOHON, Role.PELAYANAN, Role.KASI, Role.REGISTER, Role.SEKCAM, Role.CAMAT),
    steps=(
        Step("ajukan",       "Mengajukan Permohonan Surat Bepergian",                                              Role.PEMOHON,   "Dokumen pendukung",                                  0, "Dokumen pendukung",                                 word="Ajukan", recorded_by=Role.PELAYANAN),
        Step("terima",       "Menerima permohonan berkas permohonan Surat Bepergian",                              Role.PELAYANAN, "Dokumen pendukung",                                  2, "Dokumen pendukung",                                 word="Terima"),
        Step("verifikasi",   "Memverifikasi kelengkapan berkas dan memberi nomor antrian",                         Role.KASI,      "Dokumen pendukung dan ceklis permohonan",            5, "Dokumen pendukung dan ceklis permohonan",           word="Verifikasi", decision=True, takes=Takes.QUEUE),
        Step("register",     "Validasi dan Memberi nomor agenda/register",                                         Role.REGISTER,  "Buku register, Dok.pendukung dan ceklis permohonan", 2, "Buku register,Dok.pendukung dan ceklis permohonan", word="Register", takes=Takes.AGENDA),
        Step("ajukan-ttd",   "Mengajukan permohonan penandatanganan Surat Bepergian melalui Sekretaris Kecamatan", Role.SEKCAM,    "Berkas Surat Bepergian",                             2, "Berkas Surat Bepergian",                            word="Paraf", may_return=True),
        Step("tanda-tangan", "penandatanganan Surat Bepergian",                                                    Role.CAMAT,     "Surat Bepergian",                                    3, "Surat Bepergian",                                   word="Tanda tangan", decision=True),
        Step("serahkan",     "Penyerahan Surat Bepergian",                                                         Role.PELAYANAN, "Surat Bepergian",                                    1, "Surat Bepergian",                                   word="Serahkan"),
        Step("diterima",     "Menerima Surat Bepergian",                                                           Role.PEMOHON,   "Surat Bepergian",                                    0, "Surat Bepergian",                                   word="Diterima", recorded_by=Role.PELAYANAN, with_previous=True),
    ),
    sections=(
        PEMOHON,
        PENGANTAR,
        Section("Perjalanan", (
            Field("maksud", "Maksud bepergian", required=True, span=12, length=150, hint="mengunjungi keluarga"),
            Field("tujuan-desa", "Desa/kelurahan tujuan", span=3, length=60),
            Field("tujuan-kecamatan", "Kecamatan tujuan", span=3, length=60),
            Field("tujuan-kabupaten", "Kabupaten/kota tujuan", required=True, span=3, length=60, hint="Kabupaten Tirtamulya"),
            Field("tujuan-provinsi", "Provinsi/negara tujuan", span=3, length=60),
            Field("berangkat-tanggal", "Tanggal berangkat", FieldKind.DATE, required=True),
            Field("lama", "Lama (hari)", FieldKind.NUMBER, required=True, length=3),
            Field("angkutan", "Angkutan", length=60, hint="bus umum"),
            Field("membawa", "Membawa", FieldKind.MULTI_CHOICE, span=6, choices=("Kendaraan", "Ternak", "Barang")),
            Field("barang-bawaan", "Barang bawaan", span=6, length=150, when=Condition("membawa", ("Kendaraan", "Ternak", "Barang"))),
            Field("pengikut", "Pengikut", FieldKind.ROWS, span=12, columns=(
                Field("nama", "Nama", required=True, length=100),
                Field("jenis-kelamin", "Jenis kelamin", FieldKind.CHOICE, choices=KELAMIN),
                Field("umur", "Umur (tahun)", FieldKind.NUMBER, length=3),
                Field("hubungan", "Hubungan keluarga", length=60),
                Field("keterangan", "Keterangan", length=100),
            )),
        )),
        KUASA,
    ),
    requirements=(
        Requirement("pengantar", "Surat pengantar dari desa/kelurahan", kind="Asli", source="Desa/kelurahan"),
        Requirement("ktp", "Fotokopi KTP elektronik", source="Pemohon sendiri"),
        Requirement("kk", "Fotokopi Kartu Keluarga", source="Pemohon sendiri"),
        Requirement("izin-orang-tua", "Surat izin orang tua/wali (anak di bawah 17 tahun)", Need.BERSYARAT, kind="Asli", source="Orang tua/wali"),
        Requirement("bukti-kepemilikan", "Bukti kepemilikan kendaraan, ternak, atau barang yang dibawa", Need.BERSYARAT, when=Condition("membawa", ("Kendaraan", "Ternak", "Barang")), source="Pemohon sendiri"),
        Requirement("pas-foto", "Pas foto", Need.TAMBAHAN, kind="Asli", source="Pemohon sendiri"),
    ),
    letters=(Letter("bepergian", "Surat Keterangan Bepergian", Signing.CAMAT, "register"),),
    purpose="maksud",
    keywords="perjalanan jalan pergi boro keluar daerah",
)
