"""The facts of requests for statements and recommendations."""

from kecamatan_desk.domain.people import age_on
from kecamatan_desk.usecases.practice.casting import SINGLE
from kecamatan_desk.usecases.practice.names import HOSPITALS, SCHOOLS
from kecamatan_desk.usecases.practice.people import Person
from kecamatan_desk.usecases.practice.scene import Scene, Values


def bepergian(scene: Scene) -> Values:
    """A journey that begins within a week, some with children or goods."""
    regency, province, district, village = scene.elsewhere()
    brings = scene.pick(((), (), ("Kendaraan",), ("Barang",), ("Ternak",)))
    things = {"Kendaraan": "satu sepeda motor", "Barang": "dua dus pakaian", "Ternak": "tiga ekor"}
    children = [one for one in scene.family.children if one is not scene.applicant]
    followers = children[: scene.random.randint(0, 3)]
    return {
        "maksud": scene.pick(
            (
                "mengunjungi keluarga yang sakit",
                "menghadiri pernikahan saudara",
                "mencari pekerjaan",
                "menjual hasil ternak",
                "mengikuti pelatihan keterampilan",
            )
        ),
        "tujuan-desa": village,
        "tujuan-kecamatan": district,
        "tujuan-kabupaten": regency,
        "tujuan-provinsi": province,
        "berangkat-tanggal": scene.ahead(1, 7),
        "lama": scene.pick((3, 7, 14, 30)),
        "angkutan": scene.pick(("bus umum", "kereta api", "kendaraan sendiri")),
        "membawa": list(brings),
        "barang-bawaan": things[brings[0]] + (" kambing" if "Ternak" in brings else "")
        if brings
        else "",
        "pengikut": [
            {
                "nama": one.name,
                "jenis-kelamin": one.sex,
                "umur": age_on(one.born, scene.day),
                "hubungan": "Anak",
            }
            for one in followers
        ],
    }


def sktm(scene: Scene) -> Values:
    """For school, hospital or social help; half of them for a child."""
    field, purpose, place = scene.pick(_POOR)
    child = scene.people.anyone(7, 17)
    interest = "Anak" if field == "Pendidikan" else scene.pick(("Diri sendiri", "Anak"))
    return {
        "keperluan": purpose,
        "bidang": field,
        "kepentingan": interest,
        "masa-berlaku": scene.pick((3, 6)),
        "orang-nama": child.name,
        "orang-nik": child.nik,
        "orang-tempat-lahir": child.birthplace,
        "orang-tanggal-lahir": child.born.isoformat(),
        "orang-jenis-kelamin": child.sex,
        "orang-hubungan": "Anak kandung",
        "orang-lembaga": place,
        "penghasilan": scene.random.randint(6, 18) * 100_000,
        "tanggungan": len(scene.family.children) + 1,
        "data-terpadu": scene.pick(("Ya", "Tidak", "Belum dicek")),
        "keluarga": [_row(child, "Anak"), *(_row(c, "Anak") for c in scene.family.children)],
    }


_POOR = (
    ("Pendidikan", "pengajuan beasiswa sekolah", SCHOOLS[2]),
    ("Pendidikan", "keringanan biaya pendidikan", SCHOOLS[1]),
    ("Kesehatan", "keringanan biaya pengobatan", HOSPITALS[0]),
    ("Bantuan sosial", "pengajuan bantuan sosial", ""),
    ("Bantuan hukum", "permohonan bantuan hukum cuma-cuma", ""),
)


def belum_menikah(scene: Scene) -> Values:
    """Somebody young who has never been married."""
    return {
        "keperluan": scene.pick(
            (
                "melamar pekerjaan",
                "persyaratan menikah",
                "pendaftaran anggota TNI/Polri",
                "pengajuan kredit pemilikan rumah",
            )
        ),
        "pernyataan-tanggal": scene.ago(1, 9),
        "bin-binti": scene.family.father.name,
        "ayah-nama": scene.family.father.name,
        "ibu-nama": scene.family.mother.name,
        "saksi": scene.witnesses(),
    }


def calon_tki(scene: Scene) -> Values:
    """Work abroad, with the permission of spouse or parent."""
    country, work = scene.pick(_ABROAD)
    scheme = scene.pick(("P3MI", "P3MI", "Antarpemerintah"))
    giver, relation = _who_permits(scene)
    signed = scene.ago(2, 12)
    children = scene.family.children if scene.marital != SINGLE else ()
    return {
        "negara-tujuan": country,
        "jabatan": work,
        "pendidikan": scene.pick(("SMP sederajat", "SMA sederajat", "SMA sederajat", "Diploma")),
        "skema": scheme,
        "p3mi-nama": scene.pick(("PT Karya Bahari Mandiri", "PT Cahaya Samudra Utama")),
        "p3mi-izin": f"SIP3MI-{scene.random.randint(100, 999)}/{scene.day.year - 2}",
        "izin-nama": giver.name,
        "izin-nik": giver.nik,
        "izin-hubungan": relation,
        "izin-nomor": scene.number("IZIN", signed),
        "izin-tanggal": signed,
        "tanggungan": [
            {"nama": c.name, "tanggal-lahir": c.born.isoformat(), "hubungan": "Anak"}
            for c in children
        ],
    }


_ABROAD = (
    ("Taiwan", "pekerja pabrik elektronik"),
    ("Hong Kong", "pengurus rumah tangga"),
    ("Malaysia", "pekerja perkebunan"),
    ("Korea Selatan", "operator mesin"),
    ("Jepang", "perawat lanjut usia"),
)


def _who_permits(scene: Scene) -> tuple[Person, str]:
    if scene.marital == SINGLE:
        return scene.family.father, "Orang tua"
    if scene.applicant.woman:
        return scene.family.father, "Suami"
    return scene.family.mother, "Istri"


def ijin_keramaian(scene: Scene) -> Values:
    """A wedding, a circumcision or a match, one to four weeks ahead."""
    kind, name, occasion, show, group, organiser = scene.pick(_EVENTS)
    starts, blocked = scene.ahead(7, 28), scene.pick(("ya", "tidak", "tidak"))
    return {
        "penyelenggara": "Organisasi/panitia" if organiser else "Perseorangan",
        "organisasi": organiser,
        "organisasi-jabatan": "Ketua panitia",
        "acara-nama": name,
        "acara-jenis": kind,
        "dalam-rangka": occasion,
        "mulai-tanggal": starts,
        "mulai-jam": scene.pick(("08:00", "09:00", "19:30")),
        "selesai-jam": scene.pick(("16:00", "22:00")),
        "acara-tempat": f"Halaman rumah, {scene.home.address}"
        if not organiser
        else f"Lapangan Desa {scene.home.village}",
        "tempat-milik": "Umum" if organiser else "Sendiri",
        "ada-hiburan": "ya" if show else "tidak",
        "hiburan": show,
        "hiburan-grup": group,
        "massa": scene.pick((150, 300, 500, 1000)),
        "pengeras-suara": "ya",
        "petugas-keamanan": "Linmas desa dan panitia",
        "tutup-jalan": blocked,
        "ruas-jalan": "Jalan Desa dari simpang balai desa sampai lokasi acara",
        "ketentuan": [{"butir": "Hiburan berakhir paling lambat pukul 23.00."}] if show else [],
    }


_EVENTS = (
    ("Pernikahan", "Resepsi pernikahan", "pernikahan anak", "Organ tunggal", "Nada Kencana", ""),
    ("Pernikahan", "Syukuran pernikahan", "pernikahan anak", "Wayang golek", "Giri Laras", ""),
    ("Khitanan", "Syukuran khitanan", "khitanan anak", "Sisingaan", "Putra Mekar", ""),
    ("Olahraga", "Turnamen bola voli", "hari jadi desa", "", "", "Karang Taruna Tunas Muda"),
    ("Keagamaan", "Tabligh akbar", "peringatan hari besar Islam", "", "", "DKM Al-Hikmah"),
)


def skck(scene: Scene) -> Values:
    """A police record certificate, mostly for work."""
    return {
        "keperluan": scene.pick(
            (
                "melamar pekerjaan",
                "pendaftaran calon pegawai negeri sipil",
                "melanjutkan pendidikan",
                "pencalonan perangkat desa",
            )
        ),
        "pendidikan": scene.pick(("SMA sederajat", "Diploma", "Sarjana")),
        "ditujukan": scene.pick(("Polsek Sukamaju", "Polres Tirtakencana")),
        "ayah-nama": scene.family.father.name,
        "ibu-nama": scene.family.mother.name,
        "catatan-desa": "berkelakuan baik",
    }


def proposal_bantuan(scene: Scene) -> Values:
    """Help asked for by a body of the village."""
    body, title, field, kind, value = scene.pick(_PROPOSALS)
    village = scene.home.village
    return {
        "lembaga": body,
        "lembaga-alamat": scene.home.address,
        "judul": f"{title} Desa {village}",
        "proposal-tanggal": scene.ago(5, 25),
        "jenis": kind,
        "bidang": field,
        "nilai": value + scene.random.randint(0, 40) * 500_000,
        "ditujukan": scene.pick(("Bupati Tirtakencana", "Kepala Dinas Sosial")),
        "lokasi": f"Desa {village}",
        "eksemplar": scene.pick((2, 3)),
    }


_PROPOSALS = (
    ("DKM Al-Hidayah", "Rehabilitasi Masjid Al-Hidayah", "Rumah ibadah", "Fisik", 50_000_000),
    ("Kelompok Tani Sri Rejeki", "Perbaikan Irigasi", "Jalan/irigasi", "Fisik", 35_000_000),
    ("PAUD Melati", "Pengadaan Alat Bermain", "Pendidikan", "Nonfisik", 15_000_000),
    ("KWT Sekar Wangi", "Pelatihan Olahan Pangan", "UMKM", "Nonfisik", 12_000_000),
    ("Karang Taruna Bhakti", "Pembangunan Lapangan Voli", "Olahraga", "Fisik", 25_000_000),
)


def _row(person: Person, relation: str) -> Values:
    return {
        "nama": person.name,
        "nik": person.nik,
        "jenis-kelamin": person.sex,
        "tempat-lahir": person.birthplace,
        "tanggal-lahir": person.born.isoformat(),
        "hubungan": relation,
    }
