"""SOP 14, Surat Keterangan Ijin Keramaian: the Kasi verifies, the Camat signs.

The letter recommends; the licence itself is the police's.
"""

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
    code="ijin-keramaian",
    title="STANDAR OPERASIONAL PROSEDUR (SOP) : REKOMENDASI SURAT KETERANGAN IJIN KERAMAIAN",
    label="Surat Keterangan Ijin Keramaian",
    short="Ijin Keramaian",
    abbreviation="RAMAI",
    classification="300.1.4",
    family=Family.B,
    lanes=(Role.PEMOHON, Role.PELAYANAN, Role.KASI, Role.REGISTER, Role.SEKCAM, Role.CAMAT),
    steps=(
        Step("ajukan",       "Mengajukan Permohonan Surat Keterangan Ijin Keramaian",                              Role.PEMOHON,   "Dokumen pendukung",                                  0, "Dokumen pendukung",                                 word="Ajukan", recorded_by=Role.PELAYANAN),
        Step("terima",       "Menerima permohonan berkas permohonan Surat Keterangan Ijin Keramaian",              Role.PELAYANAN, "Dokumen pendukung",                                  2, "Dokumen pendukung",                                 word="Terima"),
        Step("verifikasi",   "Memverifikasi kelengkapan berkas dan memberi nomor antrian",                         Role.KASI,      "Dokumen pendukung dan ceklis permohonan",            5, "Dokumen pendukung dan ceklis permohonan",           word="Verifikasi", decision=True, takes=Takes.QUEUE),
        Step("register",     "Validasi dan Memberi nomor agenda/register",                                         Role.REGISTER,  "Buku register, Dok.pendukung dan ceklis permohonan", 2, "Buku register,Dok.pendukung dan ceklis permohonan", word="Register", takes=Takes.AGENDA),
        Step("ajukan-ttd",   "Mengajukan permohonan Surat Keterangan Ijin Keramaian melalui Sekretaris Kecamatan", Role.SEKCAM,    "Berkas Surat Keterangan Ijin Keramaian",             2, "Berkas Surat Keterangan Ijin Keramaian",            word="Paraf", may_return=True),
        Step("tanda-tangan", "penandatanganan Surat Keterangan Ijin Keramaian",                                    Role.CAMAT,     "Surat Keterangan Ijin Keramaian",                    3, "Surat Keterangan Ijin Keramaian",                   word="Tanda tangan", decision=True),
        Step("serahkan",     "Penyerahan Surat Keterangan Ijin Keramaian",                                         Role.PELAYANAN, "Surat Keterangan Ijin Keramaian",                    1, "Surat Keterangan Ijin Keramaian",                   word="Serahkan"),
        Step("diterima",     "Menerima Surat Keterangan Ijin Keramaian",                                           Role.PEMOHON,   "Surat Keterangan Ijin Keramaian",                    0, "Surat Keterangan Ijin Keramaian",                   word="Diterima", recorded_by=Role.PELAYANAN, with_previous=True),
    ),
    sections=(
        PEMOHON,
        PENGANTAR,
        Section("Penyelenggara", (
            Field("penyelenggara", "Penyelenggara", FieldKind.CHOICE, choices=("Perseorangan", "Organisasi/panitia")),
            Field("organisasi", "Nama organisasi/panitia", required=True, length=100, when=Condition("penyelenggara", ("Organisasi/panitia",))),
            Field("organisasi-jabatan", "Jabatan penanggung jawab", length=60, when=Condition("penyelenggara", ("Organisasi/panitia",))),
        )),
        Section("Acara", (
            Field("acara-nama", "Nama acara", required=True, span=8, length=120),
            Field("acara-jenis", "Jenis acara", FieldKind.CHOICE, choices=("Pernikahan", "Khitanan", "Hiburan rakyat", "Olahraga", "Keagamaan", "Lainnya")),
            Field("dalam-rangka", "Dalam rangka", span=12, length=150),
            Field("mulai-tanggal", "Tanggal mulai", FieldKind.DATE, required=True, span=3),
            Field("selesai-tanggal", "Tanggal selesai", FieldKind.DATE, span=3, hint="kosong: sehari"),
            Field("mulai-jam", "Pukul mulai", FieldKind.TIME, required=True, span=3),
            Field("selesai-jam", "Pukul selesai", FieldKind.TIME, span=3),
            Field("acara-tempat", "Tempat (alamat lengkap)", required=True, span=8, length=200),
            Field("tempat-milik", "Tempat milik", FieldKind.CHOICE, choices=("Sendiri", "Orang lain", "Umum")),
            Field("ada-hiburan", "Ada hiburan", FieldKind.YES_NO),
            Field("hiburan", "Jenis hiburan", length=100, when=Condition("ada-hiburan", ("ya",))),
            Field("hiburan-grup", "Nama grup", length=100, when=Condition("ada-hiburan", ("ya",))),
            Field("massa", "Perkiraan jumlah tamu/penonton", FieldKind.NUMBER, length=6, hint="orang"),
            Field("pengeras-suara", "Pengeras suara", FieldKind.YES_NO),
            Field("petugas-keamanan", "Petugas keamanan", length=100),
            Field("tutup-jalan", "Menutup jalan", FieldKind.YES_NO),
            Field("ruas-jalan", "Ruas jalan yang ditutup", required=True, span=8, length=150, when=Condition("tutup-jalan", ("ya",))),
            Field("ketentuan", "Ketentuan tambahan", FieldKind.ROWS, span=12, columns=(
                Field("butir", "Ketentuan", required=True, length=200),
            )),
        )),
        KUASA,
    ),
    requirements=(
        Requirement("permohonan", "Surat permohonan", kind="Asli", source="Pemohon sendiri"),
        Requirement("pengantar", "Surat pengantar atau surat keterangan dari desa/kelurahan", kind="Asli", source="Desa/kelurahan"),
        Requirement("ktp", "Fotokopi KTP elektronik penanggung jawab", source="Pemohon sendiri"),
        Requirement("kk", "Fotokopi Kartu Keluarga penanggung jawab", source="Pemohon sendiri"),
        Requirement("tidak-keberatan", "Surat pernyataan tidak keberatan dari tetangga/lingkungan (RT/RW)", kind="Asli", source="RT/RW"),
        Requirement("proposal", "Proposal, susunan panitia, dan susunan acara", Need.BERSYARAT, when=Condition("penyelenggara", ("Organisasi/panitia",)), source="Pemohon sendiri"),
        Requirement("izin-tempat", "Izin pemilik tempat", Need.BERSYARAT, when=Condition("tempat-milik", ("Orang lain", "Umum")), kind="Asli", source="Pemilik tempat"),
        Requirement("data-grup", "Data grup hiburan dan izin pentas", Need.BERSYARAT, when=Condition("ada-hiburan", ("ya",)), source="Grup hiburan"),
        Requirement("izin-jalan", "Izin penutupan jalan atau denah", Need.BERSYARAT, when=Condition("tutup-jalan", ("ya",)), source="Kepolisian"),
        Requirement("sanggup-tertib", "Surat pernyataan sanggup menjaga ketertiban", Need.TAMBAHAN, kind="Asli", source="Pemohon sendiri"),
    ),
    letters=(Letter("ijin-keramaian", "Surat Rekomendasi tentang Izin Keramaian", Signing.CAMAT, "register"),),
    purpose="acara-nama",
    keywords="izin hajatan pesta hiburan orkes pertunjukan acara",
)
