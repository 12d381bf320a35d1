"""SOP 2, Rekomendasi KTP: the Kasi signs a recommendation to the civil registry to print an e-KTP."""

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.workflows.fields import KUASA, PEMOHON, PENGANTAR
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
    code="ktp",
    title="STANDAR OPERASIONAL PROSEDUR (SOP) : PEMBUATAN REKOMENDASI KARTU TANDA PENDUDUK (KTP)",
    label="Rekomendasi Kartu Tanda Penduduk (KTP)",
    short="KTP",
    abbreviation="KTP",
    classification="400.12.2.1",
    family=Family.A,
    lanes=(Role.PEMOHON, Role.PELAYANAN, Role.VERIFIKASI, Role.REGISTER, Role.KASI),
    steps=(
        Step("ajukan",       "Mengajukan permohonan kartu tanda penduduk (KTP)",                            Role.PEMOHON,    "Dokumen pendukung",                                  0, "Dokumen pendukung",                                        word="Ajukan", recorded_by=Role.PELAYANAN),
        Step("terima",       "Menerima formulir permohonan kartu tanda penduduk (KTP)",                     Role.PELAYANAN,  "Dokumen pendukung",                                  2, "Dokumen pendukung",                                        word="Terima"),
        Step("verifikasi",   "Memverifikasi kelengkapan berkas dan memberi nomor antrian",                  Role.VERIFIKASI, "Dokumen pendukung dan ceklis permohonan",            5, "Dokumen pendukung dan ceklis permohonan",                  word="Verifikasi", decision=True, takes=Takes.QUEUE),
        Step("register",     "Validasi dan Memberi nomor agenda/register",                                  Role.REGISTER,   "Buku register, Dok.pendukung dan ceklis permohonan", 2, "Buku register,Dok.pendukung dan ceklis permohonan",        word="Register", takes=Takes.AGENDA),
        Step("tanda-tangan", "Mengajukan permohonan penandatanganan permohonan kartu tanda penduduk (KTP)", Role.KASI,       "Dokumen pendukung dan ceklis permohonan",            5, "Dokumen pendukung dan ceklis permohonan",                  word="Tanda tangan", decision=True),
        Step("serahkan",     "Penyerahan Rekomendasi Kartu Tanda Penduduk (KTP)",                           Role.PELAYANAN,  "Rekomendasi Dokumen Kependudukan baru",              1, "Rekomendasi formulir pembuatan Dokumen Kependudukan baru", word="Serahkan"),
        Step("diterima",     "Menerima Rekomendasi Kartu Tanda Penduduk (KTP)",                             Role.PEMOHON,    "Rekomendasi Dokumen Kependudukan baru",              0, "Rekomendasi Dokumen Kependudukan baru",                    word="Diterima", recorded_by=Role.PELAYANAN, with_previous=True),
    ),
    sections=(
        PEMOHON,
        PENGANTAR,
        Section("Permohonan KTP", (
            Field("jenis-permohonan", "Jenis permohonan", FieldKind.CHOICE, required=True, span=12, choices=("Baru/pemula", "Hilang", "Rusak", "Perubahan data", "Pindah datang", "WNA/ITAP")),
            Field("surat-hilang-nomor", "Nomor surat kehilangan", length=60, when=Condition("jenis-permohonan", ("Hilang",))),
            Field("surat-hilang-tanggal", "Tanggal surat kehilangan", FieldKind.DATE, when=Condition("jenis-permohonan", ("Hilang",))),
            Field("surat-hilang-polsek", "Kepolisian penerbit", length=60, hint="Polsek Sukamaju", when=Condition("jenis-permohonan", ("Hilang",))),
            Field("perubahan", "Elemen data yang berubah", FieldKind.ROWS, required=True, span=12, when=Condition("jenis-permohonan", ("Perubahan data",)), columns=(
                Field("elemen", "Elemen data", required=True, length=60),
                Field("semula", "Semula", length=120),
                Field("menjadi", "Menjadi", required=True, length=120),
            )),
        )),
        KUASA,
    ),
    requirements=(
        Requirement("kk", "Fotokopi Kartu Keluarga", Need.BERSYARAT, when=Condition("jenis-permohonan", ("Baru/pemula", "Hilang", "Rusak")), source="Pemohon sendiri"),
        Requirement("bukti-perekaman", "Tanda bukti perekaman KTP elektronik", Need.BERSYARAT, when=Condition("jenis-permohonan", ("Baru/pemula",)), source="Kantor kecamatan/Disdukcapil"),
        Requirement("surat-kehilangan", "Surat keterangan kehilangan dari Kepolisian", Need.BERSYARAT, when=Condition("jenis-permohonan", ("Hilang",)), kind="Asli", source="Kepolisian"),
        Requirement("ktp-rusak", "KTP elektronik yang rusak", Need.BERSYARAT, when=Condition("jenis-permohonan", ("Rusak",)), kind="Asli", source="Pemohon sendiri"),
        Requirement("ktp-lama", "KTP elektronik lama", Need.BERSYARAT, when=Condition("jenis-permohonan", ("Perubahan data", "Pindah datang", "WNA/ITAP")), kind="Asli", source="Pemohon sendiri"),
        Requirement("kk-terbaru", "Kartu Keluarga terbaru", Need.BERSYARAT, when=Condition("jenis-permohonan", ("Perubahan data",)), source="Disdukcapil"),
        Requirement("bukti-perubahan", "Dokumen bukti perubahan (ijazah, akta, atau buku nikah)", Need.BERSYARAT, source="Sekolah, Disdukcapil, atau KUA"),
        Requirement("skpwni", "Surat Keterangan Pindah WNI (SKPWNI) atau Kartu Keluarga baru", Need.BERSYARAT, when=Condition("jenis-permohonan", ("Pindah datang",)), source="Disdukcapil"),
        Requirement("kitap", "Kartu Izin Tinggal Tetap (KITAP)", Need.BERSYARAT, when=Condition("jenis-permohonan", ("WNA/ITAP",)), source="Kantor Imigrasi"),
        Requirement("paspor", "Fotokopi paspor", Need.BERSYARAT, when=Condition("jenis-permohonan", ("WNA/ITAP",)), source="Pemohon sendiri"),
        Requirement("pengantar", "Surat pengantar dari desa/kelurahan", Need.TAMBAHAN, kind="Asli", source="Desa/kelurahan"),
        Requirement("f-1-02", "Formulir F-1.02 (pendaftaran peristiwa kependudukan)", Need.TAMBAHAN, kind="Asli", source="Disdukcapil"),
    ),
    letters=(Letter("ktp", "Surat Rekomendasi Penerbitan KTP Elektronik", Signing.KASI_AN, "register"),),
    purpose="jenis-permohonan",
    keywords="e-ktp ktp-el kartu identitas hilang rusak pemula cetak",
)
