"""SOP 17, Pengesahan Daftar Susunan Keluarga: the Kasi verifies, the Camat endorses."""

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.workflows.fields import KEPERLUAN, KUASA, PEMOHON, PENGANTAR
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
    code="susunan-keluarga",
    title="STANDAR OPERASIONAL PROSEDUR (SOP) : REKOMENDASI PENGESAHAN DAFTAR SUSUNAN KELUARGA",
    label="Pengesahan Daftar Susunan Keluarga",
    short="Susunan Keluarga",
    abbreviation="DSK",
    classification="400.12.2.1",
    family=Family.B,
    lanes=(Role.PEMOHON, Role.PELAYANAN, Role.KASI, Role.REGISTER, Role.SEKCAM, Role.CAMAT),
    steps=(
        Step("ajukan",       "Mengajukan Permohonan Pengesahan Daftar Susunan Keluarga",                                              Role.PEMOHON,   "Dokumen pendukung",                                  0, "Dokumen pendukung",                                 word="Ajukan", recorded_by=Role.PELAYANAN),
        Step("terima",       "Menerima permohonan berkas permohonan Pengesahan Daftar Susunan Keluarga",                              Role.PELAYANAN, "Dokumen pendukung",                                  2, "Dokumen pendukung",                                 word="Terima"),
        Step("verifikasi",   "Memverifikasi kelengkapan berkas dan memberi nomor antrian",                                            Role.KASI,      "Dokumen pendukung dan ceklis permohonan",            5, "Dokumen pendukung dan ceklis permohonan",           word="Verifikasi", decision=True, takes=Takes.QUEUE),
        Step("register",     "Validasi dan Memberi nomor agenda/register",                                                            Role.REGISTER,  "Buku register, Dok.pendukung dan ceklis permohonan", 2, "Buku register,Dok.pendukung dan ceklis permohonan", word="Register", takes=Takes.AGENDA),
        Step("ajukan-ttd",   "Mengajukan permohonan penandatanganan Pengesahan Daftar Susunan Keluarga melalui Sekretaris Kecamatan", Role.SEKCAM,    "Berkas Pengesahan Daftar Susunan Keluarga",          2, "Berkas Pengesahan Daftar Susunan Keluarga",         word="Paraf", may_return=True),
        Step("tanda-tangan", "penandatanganan Pengesahan Daftar Susunan Keluarga",                                                    Role.CAMAT,     "Pengesahan Daftar Susunan Keluarga",                 3, "Pengesahan Daftar Susunan Keluarga",                word="Tanda tangan", decision=True),
        Step("serahkan",     "Penyerahan Pengesahan Daftar Susunan Keluarga",                                                         Role.PELAYANAN, "Pengesahan Daftar Susunan Keluarga",                 1, "Pengesahan Daftar Susunan Keluarga",                word="Serahkan"),
        Step("diterima",     "Menerima Pengesahan Daftar Susunan Keluarga",                                                           Role.PEMOHON,   "Pengesahan Daftar Susunan Keluarga",                 0, "Pengesahan Daftar Susunan Keluarga",                word="Diterima", recorded_by=Role.PELAYANAN, with_previous=True),
    ),
    sections=(
        PEMOHON,
        PENGANTAR,
        Section("Kepegawaian", (
            Field("kedudukan", "Kedudukan pemohon", FieldKind.CHOICE, choices=("Pegawai aktif", "Pensiunan", "Janda/duda pensiunan", "Lainnya")),
            Field("nomor-pegawai", "NIP/NRP/Nopen", length=30),
            Field("pangkat", "Pangkat terakhir", length=60),
            Field("instansi", "Instansi", length=100),
            KEPERLUAN,
        )),
        Section("Pasangan", (
            Field("pasangan-nama", "Nama suami/istri", span=6, length=100),
            Field("pasangan-tanggal-lahir", "Tanggal lahir", FieldKind.DATE, span=3),
            Field("pasangan-tanggal-kawin", "Tanggal kawin", FieldKind.DATE, span=3),
            Field("pasangan-pekerjaan", "Pekerjaan", span=6, length=90),
            Field("pasangan-keterangan", "Keterangan", span=6, length=100),
        )),
        Section("Anak", (
            Field("anak", "Anak", FieldKind.ROWS, span=12, columns=(
                Field("nama", "Nama", required=True, length=100),
                Field("tanggal-lahir", "Tanggal lahir", FieldKind.DATE, required=True),
                Field("status", "Status", FieldKind.CHOICE, choices=("Kandung (AK)", "Tiri (AT)", "Angkat (AA)")),
                Field("sekolah-bekerja", "Sekolah/bekerja", length=60),
                Field("kawin", "Kawin/belum", FieldKind.CHOICE, choices=("Belum", "Kawin")),
                Field("keterangan", "Keterangan", length=100),
            )),
        )),
        KUASA,
    ),
    requirements=(
        Requirement("blangko", "Blangko daftar susunan keluarga, diisi dan ditandatangani pemohon serta diketahui desa/kelurahan", kind="Asli", source="Desa/kelurahan"),
        Requirement("ktp", "Fotokopi KTP elektronik", source="Pemohon sendiri"),
        Requirement("kk", "Fotokopi Kartu Keluarga", source="Pemohon sendiri"),
        Requirement("buku-nikah", "Fotokopi buku nikah atau akta perkawinan", source="KUA/Disdukcapil"),
        Requirement("akta-anak", "Fotokopi akta kelahiran anak", source="Disdukcapil"),
        Requirement("sk-pensiun", "Fotokopi surat keputusan pensiun", Need.BERSYARAT, when=Condition("kedudukan", ("Pensiunan", "Janda/duda pensiunan")), source="Instansi"),
        Requirement("akta-kematian", "Fotokopi akta kematian suami/istri", Need.BERSYARAT, when=Condition("kedudukan", ("Janda/duda pensiunan",)), source="Disdukcapil"),
        Requirement("karip", "Fotokopi KARIP atau kartu istri/suami (karis/karsu)", Need.BERSYARAT, when=Condition("kedudukan", ("Pensiunan", "Janda/duda pensiunan")), source="Instansi"),
        Requirement("kuliah", "Surat keterangan kuliah (anak berumur 21–25 tahun)", Need.BERSYARAT, kind="Asli", source="Perguruan tinggi"),
        Requirement("pas-foto", "Pas foto", Need.TAMBAHAN, kind="Asli", source="Pemohon sendiri"),
    ),
    letters=(Letter("susunan-keluarga", "Pengesahan Daftar Susunan Keluarga", Signing.CAMAT, "register"),),
    purpose="keperluan",
    keywords="taspen asabri pensiun tunjangan karis karsu",
)
