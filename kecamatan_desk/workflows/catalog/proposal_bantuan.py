"""SOP 18, recommendation of a proposal for aid: the Kasi verifies, the Camat signs."""

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
    code="proposal-bantuan",
    title="STANDAR OPERASIONAL PROSEDUR (SOP) : REKOMENDASI PROPOSAL PERMOHONAN BANTUAN",
    label="Rekomendasi Proposal Permohonan Bantuan",
    short="Proposal Bantuan",
    abbreviation="PROP",
    classification="400.9.7",
    family=Family.B,
    lanes=(Role.PEMOHON, Role.PELAYANAN, Role.KASI, Role.REGISTER, Role.SEKCAM, Role.CAMAT),
    steps=(
        Step("ajukan",       "Mengajukan Permohonan Proposal Permohonan Bantuan",                                                    Role.PEMOHON,   "Dokumen pendukung",                                  0, "Dokumen pendukung",                                 word="Ajukan", recorded_by=Role.PELAYANAN),
        Step("terima",       "Menerima permohonan berkas Proposal Permohonan Bantuan",                                               Role.PELAYANAN, "Dokumen pendukung",                                  2, "Dokumen pendukung",                                 word="Terima"),
        Step("verifikasi",   "Memverifikasi kelengkapan berkas dan memberi nomor antrian",                                           Role.KASI,      "Dokumen pendukung dan ceklis permohonan",            5, "Dokumen pendukung dan ceklis permohonan",           word="Verifikasi", decision=True, takes=Takes.QUEUE),
        Step("register",     "Validasi dan Memberi nomor agenda/register",                                                           Role.REGISTER,  "Buku register, Dok.pendukung dan ceklis permohonan", 2, "Buku register,Dok.pendukung dan ceklis permohonan", word="Register", takes=Takes.AGENDA),
        Step("ajukan-ttd",   "Mengajukan permohonan penandatanganan Surat Proposal Permohonan Bantuan melalui Sekretaris Kecamatan", Role.SEKCAM,    "Berkas Surat Proposal Permohonan Bantuan",           2, "Berkas Proposal Permohonan Bantuan",                word="Paraf", may_return=True),
        Step("tanda-tangan", "penandatanganan Surat Proposal Permohonan Bantuan",                                                    Role.CAMAT,     "Proposal Permohonan Bantuan",                        3, "Proposal Permohonan Bantuan",                       word="Tanda tangan", decision=True),
        Step("serahkan",     "Penyerahan Surat Proposal Permohonan Bantuan",                                                         Role.PELAYANAN, "Proposal Permohonan Bantuan",                        1, "Proposal Permohonan Bantuan",                       word="Serahkan"),
        Step("diterima",     "Menerima Surat Proposal Permohonan Bantuan",                                                           Role.PEMOHON,   "Proposal Permohonan Bantuan",                        0, "Proposal Permohonan Bantuan",                       word="Diterima", recorded_by=Role.PELAYANAN, with_previous=True),
    ),
    sections=(
        PEMOHON,
        PENGANTAR,
        Section("Proposal", (
            Field("lembaga", "Nama lembaga/panitia", required=True, span=6, length=120),
            Field("lembaga-alamat", "Alamat lembaga", span=6, length=200),
            Field("judul", "Judul proposal", required=True, span=8, length=200),
            Field("proposal-tanggal", "Tanggal proposal", FieldKind.DATE),
            Field("jenis", "Jenis", FieldKind.CHOICE, choices=("Fisik", "Nonfisik")),
            Field("bidang", "Bidang", FieldKind.CHOICE, choices=("Rumah ibadah", "Pendidikan", "Jalan/irigasi", "UMKM", "Olahraga", "Sosial")),
            Field("nilai", "Nilai permohonan", FieldKind.MONEY),
            Field("ditujukan", "Ditujukan kepada", required=True, span=6, length=120),
            Field("lokasi", "Lokasi kegiatan", length=150),
            Field("eksemplar", "Jumlah eksemplar", FieldKind.NUMBER, span=2, length=3),
        )),
        KUASA,
    ),
    requirements=(
        Requirement("proposal", "Proposal (latar belakang, rencana anggaran biaya, susunan panitia, foto/denah)", kind="Asli", source="Pemohon sendiri"),
        Requirement("pengantar", "Surat pengantar atau pengesahan desa/kelurahan", kind="Asli", source="Desa/kelurahan"),
        Requirement("ktp-pengurus", "Fotokopi KTP elektronik ketua dan sekretaris/bendahara", source="Pemohon sendiri"),
        Requirement("kk", "Fotokopi Kartu Keluarga", Need.TAMBAHAN, source="Pemohon sendiri"),
        Requirement("legalitas", "Fotokopi akta, surat keputusan pengurus, surat keterangan terdaftar, atau NPWP lembaga", Need.BERSYARAT, source="Lembaga"),
        Requirement("rekomendasi-ibadah", "Rekomendasi KUA/FKUB", Need.BERSYARAT, when=Condition("bidang", ("Rumah ibadah",)), kind="Asli", source="KUA/FKUB"),
        Requirement("rekening", "Fotokopi buku tabungan lembaga", Need.BERSYARAT, source="Bank"),
        Requirement("pernyataan", "Surat pernyataan kebenaran data dan tidak menerima bantuan ganda", Need.TAMBAHAN, kind="Asli", source="Pemohon sendiri"),
    ),
    letters=(Letter("proposal-bantuan", "Surat Rekomendasi Permohonan Bantuan", Signing.CAMAT, "register"),),
    purpose="judul",
    keywords="hibah bansos masjid musala jalan irigasi dana",
)
