"""SOP 15, recommendation for the police record (SKCK): the Sekcam signs a.n. Camat."""

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.workflows.fields import KEPERLUAN, KUASA, PEMOHON, PENGANTAR
from kecamatan_desk.workflows.vocabulary import (
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
    code="skck",
    title="STANDAR OPERASIONAL PROSEDUR (SOP) : REKOMENDASI SURAT KETERANGAN CATATAN KEPOLISIAN (SKCK)",
    label="Rekomendasi Surat Keterangan Catatan Kepolisian (SKCK)",
    short="SKCK",
    abbreviation="SKCK",
    classification="300.1.6",
    family=Family.C,
    lanes=(Role.PEMOHON, Role.PELAYANAN, Role.KASI, Role.REGISTER, Role.SEKCAM),
    steps=(
        Step("ajukan",       "Mengajukan Permohonan Rekomendasi SKCK",                     Role.PEMOHON,   "Dokumen pendukung",                                  0, "Dokumen pendukung",                                 word="Ajukan", recorded_by=Role.PELAYANAN),
        Step("terima",       "Menerima permohonan formulir permohonan SKCK",               Role.PELAYANAN, "Dokumen pendukung",                                  2, "Dokumen pendukung",                                 word="Terima"),
        Step("verifikasi",   "Memverifikasi kelengkapan berkas dan memberi nomor antrian", Role.KASI,      "Dokumen pendukung dan ceklis permohonan",            5, "Dokumen pendukung dan ceklis permohonan",           word="Verifikasi", decision=True, takes=Takes.QUEUE),
        Step("register",     "Validasi dan Memberi nomor agenda/register",                 Role.REGISTER,  "Buku register, Dok.pendukung dan ceklis permohonan", 2, "Buku register,Dok.pendukung dan ceklis permohonan", word="Register", takes=Takes.AGENDA),
        Step("tanda-tangan", "Mengajukan permohonan penandatanganan SKCK",                 Role.SEKCAM,    "Dokumen pendukung dan ceklis permohonan",            5, "Dokumen pendukung dan ceklis permohonan",           word="Tanda tangan", decision=True),
        Step("serahkan",     "Penyerahan rekomendasi SKCK",                                Role.PELAYANAN, "Rekomendasi SKCK",                                   1, "Rekomendasi SKCK",                                  word="Serahkan"),
        Step("diterima",     "Menerima rekomendasi SKCK",                                  Role.PEMOHON,   "Rekomendasi SKCK",                                   0, "Rekomendasi SKCK",                                  word="Diterima", recorded_by=Role.PELAYANAN, with_previous=True),
    ),
    sections=(
        PEMOHON,
        PENGANTAR,
        Section("Keperluan SKCK", (
            KEPERLUAN,
            Field("pendidikan", "Pendidikan terakhir", FieldKind.CHOICE, choices=("Tidak/belum sekolah", "SD sederajat", "SMP sederajat", "SMA sederajat", "Diploma", "Sarjana")),
            Field("ditujukan", "Ditujukan ke", required=True, length=100, hint="Polsek … atau Polres …"),
            Field("ayah-nama", "Nama ayah", length=100),
            Field("ibu-nama", "Nama ibu", length=100),
            Field("catatan-desa", "Catatan desa", span=12, length=150, hint="berkelakuan baik"),
        )),
        KUASA,
    ),
    requirements=(
        Requirement("pengantar", "Surat pengantar dari desa/kelurahan", kind="Asli", source="Desa/kelurahan"),
        Requirement("ktp", "Fotokopi KTP elektronik", source="Pemohon sendiri"),
        Requirement("kk", "Fotokopi Kartu Keluarga", source="Pemohon sendiri"),
        Requirement("akta-ijazah", "Fotokopi akta kelahiran atau ijazah", Need.TAMBAHAN, source="Pemohon sendiri"),
        Requirement("pas-foto", "Pas foto 4x6 berlatar merah", Need.TAMBAHAN, kind="Asli", source="Pemohon sendiri"),
        Requirement("bpjs", "Fotokopi kartu BPJS/JKN aktif (diminta kepolisian)", Need.TAMBAHAN, source="BPJS Kesehatan"),
    ),
    letters=(Letter("skck", "Surat Rekomendasi Permohonan SKCK", Signing.SEKCAM_AN, "register"),),
    purpose="keperluan",
    keywords="catatan kepolisian kelakuan baik melamar kerja polsek polres",
)
