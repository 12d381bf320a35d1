"""SOP 20, public complaints, from the report to the Berita Acara Kesepakatan."""

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.workflows.fields import KUASA, PELAPOR_ADUAN, SAKSI
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
    code="pengaduan",
    title="STANDAR OPERASIONAL PROSEDUR (SOP) : PELAYANAN PENGADUAN MASYARAKAT",
    label="Pelayanan Pengaduan Masyarakat",
    short="Pengaduan",
    abbreviation="ADUAN",
    classification="000.8.3.4",
    family=Family.E,
    lanes=(Role.PEMOHON, Role.PELAYANAN, Role.TIM_PENGADUAN, Role.SEKCAM, Role.CAMAT),
    steps=(
        Step("ajukan",       "Mengajukan Permohonan pengaduan",                              Role.PEMOHON,       "Dokumen pendukung",                        0, "Dokumen pendukung",                       word="Ajukan", recorded_by=Role.PELAYANAN),
        Step("terima",       "Menerima laporan pengaduan baik secara lisan maupun tertulis", Role.PELAYANAN,     "Dokumen pendukung",                        2, "Dokumen pendukung",                       word="Terima", decision=True),
        Step("klasifikasi",  "Mengidentifikasi dan mengklasifikasi permasalahan",            Role.TIM_PENGADUAN, "Dokumen pendukung dan ceklis permohonan",  5, "Dokumen pendukung dan ceklis permohonan", word="Klasifikasi"),
        Step("pertimbangan", "Mengkonfirmasi dan memberikan pertimbangan",                   Role.SEKCAM,        "Dokumen pendukung dan ceklis permohonan", 18, "Dokumen pendukung dan ceklis permohonan", word="Pertimbangan"),
        Step("keputusan",    "Pengambilan keputusan atas permasalahan",                      Role.CAMAT,         "Berita acara kesepakatan",                20, "Berita acara kesepakatan",                word="Keputusan"),
        Step("sampaikan",    "Penyampaian hasil keputusan",                                  Role.PELAYANAN,     "Berita acara kesepakatan",                15, "Berita acara kesepakatan",                word="Sampaikan"),
    ),
    sections=(
        PELAPOR_ADUAN,
        Section("Pengaduan", (
            Field("rahasia", "Rahasiakan identitas", FieldKind.YES_NO),
            Field("media", "Media", FieldKind.CHOICE, required=True, choices=("Lisan", "Tertulis", "Telepon", "Kotak saran", "WhatsApp")),
            Field("terlapor", "Terlapor", length=120),
            Field("pokok", "Pokok aduan", required=True, span=12, length=150),
            Field("kejadian-tempat", "Lokasi kejadian", span=6, length=150),
            Field("kejadian-tanggal", "Tanggal kejadian", FieldKind.DATE, span=3),
            Field("kejadian-jam", "Pukul kejadian", FieldKind.TIME, span=3),
            Field("kronologi", "Kronologi (apa, siapa, kapan, di mana)", FieldKind.LONG_TEXT, required=True, span=12, length=2000),
            Field("permintaan", "Permintaan pelapor", FieldKind.LONG_TEXT, span=12, length=500),
        )),
        Section("Klasifikasi", (
            Field("klasifikasi", "Klasifikasi", FieldKind.CHOICE, required=True, choices=("Pelayanan", "Pertanahan", "Sosial", "Keamanan", "Infrastruktur", "Aparatur", "Keluarga/warga", "Lainnya")),
            Field("kewenangan", "Kewenangan", FieldKind.CHOICE, required=True, choices=("Kecamatan", "Desa/kelurahan", "Perangkat daerah lain")),
            Field("diteruskan", "Diteruskan ke", required=True, length=120, when=Condition("kewenangan", ("Desa/kelurahan", "Perangkat daerah lain"))),
        ), step="klasifikasi"),
        Section("Konfirmasi dan pertimbangan", (
            Field("hasil-konfirmasi", "Hasil konfirmasi", FieldKind.LONG_TEXT, required=True, span=12, length=2000),
            Field("pertimbangan", "Pertimbangan", FieldKind.LONG_TEXT, required=True, span=12, length=2000),
        ), step="pertimbangan"),
        Section("Keputusan dan kesepakatan", (
            Field("keputusan", "Keputusan", FieldKind.LONG_TEXT, required=True, span=12, length=1000),
            Field("musyawarah-tempat", "Tempat musyawarah", span=12, length=150, hint="kantor kecamatan, bila dikosongkan"),
            Field("pihak-kedua-nama", "Nama pihak kedua", required=True, length=100),
            Field("pihak-kedua-jabatan", "Pekerjaan/jabatan pihak kedua", length=90),
            Field("pihak-kedua-alamat", "Alamat pihak kedua", length=200),
            Field("butir", "Butir kesepakatan", FieldKind.ROWS, required=True, span=12, columns=(
                Field("isi", "Isi kesepakatan", required=True, length=500),
            )),
            Field("batas", "Batas tindak lanjut", FieldKind.DATE),
            Field("penanggung-jawab", "Penanggung jawab", span=8, length=100),
            Field("akibat", "Bila kesepakatan tidak dilaksanakan", span=12, length=200, hint="permasalahan diselesaikan menurut ketentuan yang berlaku"),
            Field("ketua-tim", "Ketua Tim Pengaduan", span=8, length=100),
            Field("rangkap", "Dibuat dalam rangkap", FieldKind.NUMBER, length=2),
            SAKSI,
            Field("peserta", "Peserta musyawarah", FieldKind.ROWS, span=12, columns=(
                Field("nama", "Nama", required=True, length=100),
                Field("jabatan", "Jabatan/unsur", length=100),
                Field("alamat", "Alamat", length=120),
            )),
        ), step="keputusan"),
        Section("Penyampaian hasil", (
            Field("penyampaian-cara", "Cara penyampaian", FieldKind.CHOICE, required=True, choices=("Langsung", "Surat", "Telepon", "WhatsApp")),
            Field("hasil-penyampaian", "Hasil penyampaian", FieldKind.LONG_TEXT, required=True, span=8, length=1000),
        ), step="sampaikan"),
        KUASA,
    ),
    requirements=(
        Requirement("identitas", "Identitas pelapor (KTP elektronik; boleh dirahasiakan)", source="Pemohon sendiri"),
        Requirement("uraian", "Uraian/kronologi (apa, siapa, kapan, di mana)", kind="Asli", source="Pemohon sendiri"),
        Requirement("bukti", "Bukti pendukung", Need.TAMBAHAN, source="Pemohon sendiri"),
        Requirement("surat-kuasa", "Surat kuasa", Need.BERSYARAT, when=Condition("diurus-oleh", ("Kuasa",)), kind="Asli", source="Pemohon sendiri"),
    ),
    letters=(Letter("pengaduan", "Berita Acara Kesepakatan", Signing.PARTIES, "keputusan"),),
    purpose="pokok",
    keywords="aduan keluhan laporan sengketa",
)
