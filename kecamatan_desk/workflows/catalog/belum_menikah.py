"""SOP 12, Surat Keterangan Belum Pernah Menikah: the Kasi verifies, the Camat signs."""

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.workflows.fields import KEPERLUAN, KUASA, PEMOHON, PENGANTAR, SAKSI
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
    code="belum-menikah",
    title="STANDAR OPERASIONAL PROSEDUR (SOP) : REKOMENDASI SURAT KETERANGAN BELUM PERNAH MENIKAH",
    label="Surat Keterangan Belum Pernah Menikah",
    short="Belum Menikah",
    abbreviation="SKBM",
    classification="400.12.3.2",
    family=Family.B,
    lanes=(Role.PEMOHON, Role.PELAYANAN, Role.KASI, Role.REGISTER, Role.SEKCAM, Role.CAMAT),
    steps=(
        Step("ajukan",       "Mengajukan Permohonan Surat Keterangan Belum Pernah Menikah",                                              Role.PEMOHON,   "Dokumen pendukung",                                  0, "Dokumen pendukung",                                 word="Ajukan", recorded_by=Role.PELAYANAN),
        Step("terima",       "Menerima permohonan berkas permohonan Surat Keterangan Belum Pernah Menikah",                              Role.PELAYANAN, "Dokumen pendukung",                                  2, "Dokumen pendukung",                                 word="Terima"),
        Step("verifikasi",   "Memverifikasi kelengkapan berkas dan memberi nomor antrian",                                               Role.KASI,      "Dokumen pendukung dan ceklis permohonan",            5, "Dokumen pendukung dan ceklis permohonan",           word="Verifikasi", decision=True, takes=Takes.QUEUE),
        Step("register",     "Validasi dan Memberi nomor agenda/register",                                                               Role.REGISTER,  "Buku register, Dok.pendukung dan ceklis permohonan", 2, "Buku register,Dok.pendukung dan ceklis permohonan", word="Register", takes=Takes.AGENDA),
        Step("ajukan-ttd",   "Mengajukan permohonan penandatanganan Surat Keterangan Belum Pernah Menikah melalui Sekretaris Kecamatan", Role.SEKCAM,    "Berkas Surat Keterangan Belum Pernah Menikah",       2, "Berkas Surat Keterangan Belum Pernah Menikah",      word="Paraf", may_return=True),
        Step("tanda-tangan", "penandatanganan Surat Keterangan Belum Pernah Menikah",                                                    Role.CAMAT,     "Surat Keterangan Belum Pernah Menikah",              3, "Surat Keterangan Belum Pernah Menikah",             word="Tanda tangan", decision=True),
        Step("serahkan",     "Penyerahan Surat Keterangan Belum Pernah Menikah",                                                         Role.PELAYANAN, "Surat Keterangan Belum Pernah Menikah",              1, "Surat Keterangan Belum Pernah Menikah",             word="Serahkan"),
        Step("diterima",     "Menerima Surat Keterangan Belum Pernah Menikah",                                                           Role.PEMOHON,   "Surat Keterangan Belum Pernah Menikah",              0, "Surat Keterangan Belum Pernah Menikah",             word="Diterima", recorded_by=Role.PELAYANAN, with_previous=True),
    ),
    sections=(
        PEMOHON,
        PENGANTAR,
        Section("Pernyataan belum pernah menikah", (
            KEPERLUAN,
            Field("pernyataan-tanggal", "Tanggal surat pernyataan", FieldKind.DATE),
            Field("bin-binti", "Bin/binti", length=100),
            Field("ayah-nama", "Nama ayah", length=100),
            Field("ibu-nama", "Nama ibu", length=100),
            SAKSI,
        )),
        KUASA,
    ),
    requirements=(
        Requirement("pengantar", "Surat pengantar atau surat keterangan dari desa/kelurahan", kind="Asli", source="Desa/kelurahan"),
        Requirement("ktp", "Fotokopi KTP elektronik", source="Pemohon sendiri"),
        Requirement("kk", "Fotokopi Kartu Keluarga", source="Pemohon sendiri"),
        Requirement("pernyataan", "Surat pernyataan belum pernah menikah bermeterai, diketahui orang tua atau 2 orang saksi", kind="Asli", source="Pemohon sendiri"),
        Requirement("akta-kelahiran", "Fotokopi akta kelahiran", Need.TAMBAHAN, source="Disdukcapil"),
    ),
    letters=(Letter("belum-menikah", "Surat Keterangan Belum Pernah Menikah", Signing.CAMAT, "register"),),
    purpose="keperluan",
    keywords="lajang perjaka gadis status perkawinan skbm",
)
