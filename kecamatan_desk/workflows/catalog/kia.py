"""SOP 8, Rekomendasi KIA: the Kasi signs; the applicant is a parent or guardian of the child."""

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.workflows.fields import (
    AGAMA,
    GOLONGAN_DARAH,
    KELAMIN,
    KUASA,
    PEMOHON,
    PENGANTAR,
)
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
    code="kia",
    title="STANDAR OPERASIONAL PROSEDUR (SOP) : PEMBUATAN REKOMENDASI KARTU IDENTITAS ANAK (KIA)",
    label="Rekomendasi Kartu Identitas Anak (KIA)",
    short="KIA",
    abbreviation="KIA",
    classification="400.12.2.1",
    family=Family.A,
    lanes=(Role.PEMOHON, Role.PELAYANAN, Role.VERIFIKASI, Role.REGISTER, Role.KASI),
    steps=(
        Step("ajukan",       "Mengajukan permohonan Rekomendasi Kartu Identitas Anak (KIA)",                                 Role.PEMOHON,    "Dokumen pendukung",                                       0, "Dokumen pendukung",                                              word="Ajukan", recorded_by=Role.PELAYANAN),
        Step("terima",       "Menerima permohonan formulir permohonan Rekomendasi Kartu Identitas Anak (KIA)",               Role.PELAYANAN,  "Dokumen pendukung",                                       2, "Dokumen pendukung",                                              word="Terima"),
        Step("verifikasi",   "Memverifikasi kelengkapan berkas dan memberi nomor antrian",                                   Role.VERIFIKASI, "Dokumen pendukung dan ceklis permohonan",                 5, "Dokumen pendukung dan ceklis permohonan",                        word="Verifikasi", decision=True, takes=Takes.QUEUE),
        Step("register",     "Validasi dan Memberi nomor agenda/register",                                                   Role.REGISTER,   "Buku register, Dok.pendukung dan ceklis permohonan",      2, "Buku register,Dok.pendukung dan ceklis permohonan",              word="Register", takes=Takes.AGENDA),
        Step("tanda-tangan", "Mengajukan permohonan penandatanganan permohonan Rekomendasi Kartu Identitas Anak (KIA) baru", Role.KASI,       "Dokumen pendukung dan ceklis permohonan",                 5, "Dokumen pendukung dan ceklis permohonan",                        word="Tanda tangan", decision=True),
        Step("serahkan",     "Penyerahan rekomendasi Kartu Identitas Anak (KIA) kepada pemohon",                             Role.PELAYANAN,  "Rekomendasi Kartu Identitas Anak (KIA) baru",             1, "Rekomendasi formulir pembuatan Kartu Identitas Anak (KIA) baru", word="Serahkan"),
        Step("diterima",     "Menerima Rekomendasi permohonan Rekomendasi Kartu Identitas Anak (KIA)",                       Role.PEMOHON,    "Rekomendasi Rekomendasi Kartu Identitas Anak (KIA) baru", 0, "Rekomendasi Kartu Identitas Anak (KIA) baru",                    word="Diterima", recorded_by=Role.PELAYANAN, with_previous=True),
    ),
    sections=(
        PEMOHON,
        PENGANTAR,
        Section("Permohonan KIA", (
            Field("jenis-permohonan", "Jenis permohonan", FieldKind.CHOICE, required=True, span=8, choices=("Baru", "Hilang", "Rusak", "Perpanjangan karena lebih dari 5 tahun", "Pindah")),
            Field("pemohon-hubungan", "Pemohon adalah … dari anak", FieldKind.CHOICE, choices=("Ayah", "Ibu", "Wali")),
        )),
        Section("Anak", (
            Field("anak-nik", "NIK anak", FieldKind.NIK),
            Field("anak-nama", "Nama anak", required=True, span=8, length=100),
            Field("anak-jenis-kelamin", "Jenis kelamin", FieldKind.CHOICE, required=True, span=3, choices=KELAMIN),
            Field("anak-tempat-lahir", "Tempat lahir", required=True, span=3, length=60),
            Field("anak-tanggal-lahir", "Tanggal lahir", FieldKind.DATE, required=True, span=3),
            Field("anak-golongan-darah", "Golongan darah", FieldKind.CHOICE, span=3, choices=GOLONGAN_DARAH),
            Field("anak-agama", "Agama", FieldKind.CHOICE, choices=AGAMA),
            Field("akta-nomor", "Nomor akta kelahiran", length=60),
            Field("anak-kk", "Nomor KK", FieldKind.KK),
            Field("kepala-keluarga", "Nama kepala keluarga", length=100),
            Field("anak-alamat", "Alamat anak, bila lain dari alamat pemohon", span=8, length=200),
        )),
        KUASA,
    ),
    requirements=(
        Requirement("akta-kelahiran", "Fotokopi kutipan akta kelahiran (asli diperlihatkan)", source="Disdukcapil"),
        Requirement("kk", "Fotokopi Kartu Keluarga", source="Pemohon sendiri"),
        Requirement("ktp-orang-tua", "Fotokopi KTP elektronik kedua orang tua/wali", source="Pemohon sendiri"),
        Requirement("pas-foto", "Pas foto anak berwarna 2x3, 2 lembar (usia 5 tahun ke atas)", Need.BERSYARAT, kind="Asli", source="Pemohon sendiri"),
        Requirement("surat-kehilangan", "Surat keterangan kehilangan dari Kepolisian", Need.BERSYARAT, when=Condition("jenis-permohonan", ("Hilang",)), kind="Asli", source="Kepolisian"),
        Requirement("kia-rusak", "KIA yang rusak", Need.BERSYARAT, when=Condition("jenis-permohonan", ("Rusak",)), kind="Asli", source="Pemohon sendiri"),
        Requirement("skpwni", "Surat Keterangan Pindah WNI (SKPWNI)", Need.BERSYARAT, when=Condition("jenis-permohonan", ("Pindah",)), source="Disdukcapil daerah asal"),
    ),
    letters=(Letter("kia", "Surat Rekomendasi Penerbitan Kartu Identitas Anak", Signing.KASI_AN, "register"),),
    purpose="jenis-permohonan",
    keywords="kartu anak identitas anak",
)
