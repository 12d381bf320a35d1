"""SOP 19, help with business licences through OSS: Tim Teknis, Kasi, Pengolah Data.

OSS itself issues the NIB. The password of an e-mail or OSS account is never a field.
"""

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.workflows.fields import KUASA, PEMOHON
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
)

SERVICE = Service(
    code="oss",
    title="STANDAR OPERASIONAL PROSEDUR (SOP) : FASILITASI PERMOHONAN PERIZINAN MELALUI OSS",
    label="Fasilitasi Permohonan Perizinan melalui OSS",
    short="OSS",
    abbreviation="OSS",
    classification="500.16.7.1",
    family=Family.D,
    lanes=(Role.PEMOHON, Role.TIM_TEKNIS, Role.PENGOLAH_DATA, Role.KASI),
    steps=(
        Step("ajukan",     "Mengisi dan Menyerahkan Formulir Permohonan",                   Role.PEMOHON,       "Dokumen pendukung",                        0, "Dokumen pendukung",                       word="Ajukan", recorded_by=Role.TIM_TEKNIS),
        Step("terima",     "Menerima Berkas Permohonan, Memverifikasi dan Pembuatan Email", Role.TIM_TEKNIS,    "Dokumen pendukung",                        2, "Dokumen pendukung",                       word="Terima", decision=True),
        Step("validasi",   "Validasi oleh Kasi Pelayanan dan Perizinan",                    Role.KASI,          "Dokumen pendukung",                        3, "Dokumen pendukung",                       word="Validasi", may_return=True),
        Step("input-data", "Input data",                                                    Role.PENGOLAH_DATA, "Dokumen pendukung dan ceklis permohonan", 10, "Dokumen pendukung dan ceklis permohonan", word="Input data"),
        Step("diterima",   "Menerima Sertifikat NIB dan IUM",                               Role.PEMOHON,       "Sertifikat NIB dan IUM",                   0, "Sertifikat NIB dan IUM",                  word="Diterima", recorded_by=Role.PENGOLAH_DATA),
    ),
    sections=(
        PEMOHON,
        Section("Usaha", (
            Field("usaha-nama", "Nama usaha", required=True, span=8, length=120),
            Field("bentuk", "Bentuk usaha", FieldKind.CHOICE, required=True, choices=("Perseorangan", "PT perorangan", "PT", "CV", "Koperasi", "Yayasan", "Lainnya")),
            Field("usaha-alamat", "Alamat usaha", required=True, span=8, length=200),
            Field("luas", "Luas tempat usaha", FieldKind.NUMBER, length=8, hint="m²"),
            Field("pos-el", "Alamat pos-el", length=100, hint="nama@contoh.id"),
            Field("npwp", "NPWP", length=25),
            Field("modal", "Modal usaha", FieldKind.MONEY),
            Field("tenaga-laki", "Tenaga kerja laki-laki", FieldKind.NUMBER, span=6, length=5, hint="orang"),
            Field("tenaga-perempuan", "Tenaga kerja perempuan", FieldKind.NUMBER, span=6, length=5, hint="orang"),
        )),
        Section("Data OSS", (
            Field("kbli", "KBLI", span=2, required=True, length=5, digits=5, hint="5 angka"),
            Field("kbli-uraian", "Uraian KBLI", span=10, length=200),
            Field("skala", "Skala usaha", FieldKind.CHOICE, span=6, choices=("Mikro", "Kecil", "Menengah", "Besar")),
            Field("risiko", "Tingkat risiko", FieldKind.CHOICE, span=6, choices=("Rendah", "Menengah rendah", "Menengah tinggi", "Tinggi")),
        ), step="input-data"),
        Section("Dokumen yang terbit", (
            Field("nib", "NIB", required=True, length=13, digits=13, hint="13 angka"),
            Field("nib-tanggal", "Tanggal terbit", FieldKind.DATE, required=True),
            Field("sertifikat-nomor", "Nomor sertifikat", length=60),
            Field("dokumen", "Jenis dokumen terbit", FieldKind.MULTI_CHOICE, required=True, span=12, choices=("NIB", "Sertifikat Standar", "Izin", "IUM")),
        ), step="diterima"),
        KUASA,
    ),
    requirements=(
        Requirement("ktp", "Fotokopi KTP elektronik", source="Pemohon sendiri"),
        Requirement("hp", "Nomor HP/WhatsApp aktif", kind="Asli", source="Pemohon sendiri"),
        Requirement("pos-el", "Alamat pos-el aktif yang belum terdaftar di OSS (dibuatkan bila belum ada)", kind="Asli", source="Pemohon sendiri"),
        Requirement("npwp", "Fotokopi NPWP", Need.TAMBAHAN, source="Kantor pajak"),
        Requirement("data-usaha", "Data usaha (nama, alamat, KBLI, modal, tenaga kerja)", kind="Asli", source="Pemohon sendiri"),
        Requirement("akta", "Fotokopi akta dan pengesahan Kementerian Hukum", Need.BERSYARAT, when=Condition("bentuk", ("PT perorangan", "PT", "CV", "Koperasi", "Yayasan")), source="Notaris"),
        Requirement("surat-kuasa", "Surat kuasa", Need.BERSYARAT, when=Condition("diurus-oleh", ("Keluarga", "Kuasa")), kind="Asli", source="Pemohon sendiri"),
        Requirement("foto-lokasi", "Foto lokasi atau koordinat", Need.TAMBAHAN, kind="Asli", source="Pemohon sendiri"),
    ),
    letters=(Letter("oss", "Tanda Terima Fasilitasi Perizinan Berusaha (OSS)", Signing.OPERATOR, "diterima"),),
    purpose="usaha-nama",
    keywords="nib izin usaha ium sertifikat standar kbli umkm",
)
