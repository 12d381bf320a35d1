"""Field sets that several services share (applicant, village letter, proxy, purpose, persons)."""

from kecamatan_desk.workflows.vocabulary import Condition, Field, FieldKind, Section

AGAMA = (
    "Islam",
    "Kristen",
    "Katolik",
    "Hindu",
    "Buddha",
    "Khonghucu",
    "Kepercayaan terhadap Tuhan YME",
)
STATUS_KAWIN = (
    "Belum Kawin",
    "Kawin Tercatat",
    "Kawin Belum Tercatat",
    "Cerai Hidup",
    "Cerai Mati",
)
SHDK = (
    "Kepala Keluarga",
    "Suami",
    "Istri",
    "Anak",
    "Menantu",
    "Cucu",
    "Orang Tua",
    "Mertua",
    "Famili Lain",
    "Pembantu",
    "Lainnya",
)
KELAMIN = ("Laki-laki", "Perempuan")
GOLONGAN_DARAH = ("A", "B", "AB", "O", "Tidak tahu")
STATUS_KK = ("Numpang KK", "Membuat KK baru", "Nomor KK tetap")

NIK = Field("nik", "NIK", FieldKind.NIK, required=True)
NIK_OPTIONAL = Field("nik", "NIK", FieldKind.NIK)
KK = Field("kk", "Nomor KK", FieldKind.KK)
PHONE = Field("hp", "Nomor HP", FieldKind.PHONE)
NAME = Field("nama", "Nama lengkap", span=8, required=True, length=100)
SEX = Field("jenis-kelamin", "Jenis kelamin", FieldKind.CHOICE, required=True, choices=KELAMIN)
BIRTHPLACE = Field("tempat-lahir", "Tempat lahir", required=True, length=60)
BIRTHDATE = Field("tanggal-lahir", "Tanggal lahir", FieldKind.DATE, required=True, span=3)
RELIGION = Field("agama", "Agama", FieldKind.CHOICE, choices=AGAMA, span=2)
MARITAL = Field("status-kawin", "Status perkawinan", FieldKind.CHOICE, choices=STATUS_KAWIN, span=3)
JOB = Field("pekerjaan", "Pekerjaan", span=3, length=90)
NATIONALITY = Field(
    "kewarganegaraan", "Kewarganegaraan", FieldKind.CHOICE, choices=("WNI", "WNA"), span=2
)
ADDRESS = Field("alamat", "Alamat", required=True, span=6, length=200)
RT = Field("rt", "RT", span=1, length=3, pad=3)
RW = Field("rw", "RW", span=1, length=3, pad=3)
VILLAGE = Field("desa", "Desa/kelurahan", FieldKind.VILLAGE, required=True)

#: Set P of every service: the applicant, known afterwards by NIK.
PEMOHON_FIELDS = (
    NIK,
    KK,
    PHONE,
    NAME,
    SEX,
    BIRTHPLACE,
    BIRTHDATE,
    RELIGION,
    JOB,
    ADDRESS,
    RT,
    RW,
    VILLAGE,
    MARITAL,
    NATIONALITY,
)
PEMOHON = Section("Pemohon", PEMOHON_FIELDS)

#: The applicant where a NIK is not indispensable (complaints: identity may be partly unknown).
PELAPOR_ADUAN = Section("Pelapor", (NIK_OPTIONAL, *PEMOHON_FIELDS[1:]))

#: Codes that are remembered for the next visit of the same NIK.
APPLICANT_CODES = tuple(field.code for field in PEMOHON_FIELDS)

#: Set D: the letter of the village.
PENGANTAR_FIELDS = (
    Field("pengantar-nomor", "Nomor surat pengantar desa", length=60),
    Field("pengantar-tanggal", "Tanggal surat", FieldKind.DATE),
    Field("pengantar-desa", "Desa/kelurahan penerbit", FieldKind.VILLAGE),
)
PENGANTAR = Section("Surat pengantar desa", PENGANTAR_FIELDS)

#: Set K: who runs the errand.
KUASA = Section(
    "Yang mengurus",
    (
        Field(
            "diurus-oleh",
            "Diurus oleh",
            FieldKind.CHOICE,
            choices=("Sendiri", "Keluarga", "Kuasa"),
            span=3,
        ),
        Field(
            "kuasa-nama",
            "Nama pengurus",
            span=5,
            length=100,
            required=True,
            when=Condition("diurus-oleh", ("Keluarga", "Kuasa")),
        ),
        Field(
            "kuasa-hubungan",
            "Hubungan dengan pemohon",
            span=4,
            length=60,
            when=Condition("diurus-oleh", ("Keluarga", "Kuasa")),
        ),
    ),
)

#: Set U: what the letter is for.
KEPERLUAN = Field("keperluan", "Keperluan", required=True, span=8, length=150)

#: Set S: two witnesses.
SAKSI = Field(
    "saksi",
    "Saksi (2 orang)",
    FieldKind.ROWS,
    span=12,
    columns=(
        Field("nama", "Nama", length=100, required=True),
        Field("nik", "NIK", FieldKind.NIK),
        Field("pekerjaan", "Pekerjaan", length=60),
        Field("alamat", "Alamat", length=120),
    ),
)

#: Moving in and moving away: the choices of forms F-1.01 and F-1.03, abridged.
ALASAN_PINDAH = Field(
    "alasan-pindah",
    "Alasan pindah",
    FieldKind.CHOICE,
    choices=(
        "Pekerjaan",
        "Pendidikan",
        "Keamanan",
        "Kesehatan",
        "Perumahan",
        "Keluarga",
        "Lainnya",
    ),
)
KLASIFIKASI_PINDAH = Field(
    "klasifikasi-pindah",
    "Klasifikasi pindah",
    FieldKind.CHOICE,
    choices=(
        "Dalam satu desa",
        "Antardesa satu kecamatan",
        "Antarkecamatan satu kabupaten",
        "Antarkabupaten satu provinsi",
        "Antarprovinsi",
    ),
)
JENIS_PINDAH = Field(
    "jenis-pindah",
    "Jenis pindah",
    FieldKind.CHOICE,
    choices=(
        "Kepala keluarga",
        "Kepala keluarga dan seluruh anggota",
        "Kepala keluarga dan sebagian anggota",
        "Anggota keluarga",
    ),
)
