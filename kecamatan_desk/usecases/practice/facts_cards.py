"""The facts of requests for cards and civil records: services 1 to 8 of the office's list."""

from collections.abc import Sequence
from datetime import date, timedelta

from kecamatan_desk.domain.people import age_on
from kecamatan_desk.usecases.practice.names import HOSPITALS
from kecamatan_desk.usecases.practice.people import MAN, WOMAN, Person
from kecamatan_desk.usecases.practice.scene import Scene, Values


def perekaman_ktp(scene: Scene) -> Values:
    """Mostly boys and girls of 17 who record for the first time."""
    return {"jenis-perekaman": scene.pick(("Pemula", "Pemula", "Pemula", "Rekam di luar domisili"))}


def ktp(scene: Scene) -> Values:
    """A first card, or another one because the old is lost, broken or out of date."""
    young = age_on(scene.applicant.born, scene.day) < 20
    kind = scene.pick(("Hilang", "Rusak", "Perubahan data", "Pindah datang"))
    lost = scene.ago(1, 12)
    return {
        "jenis-permohonan": "Baru/pemula" if young else kind,
        "surat-hilang-nomor": f"SKTLK/{scene.number('POLSEK', lost)}",
        "surat-hilang-tanggal": lost,
        "surat-hilang-polsek": "Polsek Sukamaju",
        "perubahan": [scene.pick(_CHANGES)],
    }


_CHANGES = (
    {"elemen": "Pekerjaan", "semula": "Pelajar/mahasiswa", "menjadi": "Karyawan swasta"},
    {"elemen": "Status perkawinan", "semula": "Belum Kawin", "menjadi": "Kawin Tercatat"},
    {"elemen": "Pendidikan", "semula": "SMA sederajat", "menjadi": "Diploma III"},
)


def perubahan_kk(scene: Scene) -> Values:
    """One cause of change, with the row of the person it concerns."""
    before = len(scene.family.children) + 2
    kind = scene.pick(tuple(_KK_CAUSES))
    grows, element, old, new, basis = _KK_CAUSES[kind]
    person = _newborn(scene) if "kelahiran" in kind else _of_family(scene)
    return {
        "jenis-perubahan": [kind],
        "kk-lama": scene.home.kk,
        "jumlah-sebelum": before,
        "jumlah-sesudah": before + grows,
        "perubahan": [
            {
                "nama": person.name,
                "nik": person.nik,
                "elemen": element,
                "semula": old,
                "menjadi": new,
                "dasar": basis,
            }
        ],
    }


_KK_CAUSES = {
    "Tambah anggota karena kelahiran": (1, "Anggota", "–", "Anak", "Akta kelahiran"),
    "Tambah anggota karena kedatangan": (1, "Anggota", "–", "Famili lain", "SKPWNI"),
    "Perubahan elemen data": (0, "Pekerjaan", "Pelajar", "Karyawan swasta", "Surat kerja"),
    "KK hilang": (0, "Kartu Keluarga", "Hilang", "Cetak ulang", "Surat kehilangan"),
    "KK rusak": (0, "Kartu Keluarga", "Rusak", "Cetak ulang", "KK yang rusak"),
}


def penduduk_datang(scene: Scene) -> Values:
    """A family that has moved in from another regency."""
    regency, province, district, village = scene.elsewhere()
    sent, home = scene.ago(5, 25), scene.home
    others = _members(scene)
    return {
        "skpwni-nomor": f"SKPWNI/{scene.random.randint(1000, 9999)}/{sent[5:7]}/{sent[:4]}",
        "skpwni-tanggal": sent,
        "asal-kk": scene.people.home().kk,
        "asal-alamat": scene.pick(("Jalan Cendana No. 4", "Kampung Baru", "Dusun Tegalsari")),
        "asal-rt": "004",
        "asal-rw": "002",
        "asal-desa": village,
        "asal-kecamatan": district,
        "asal-kabupaten": regency,
        "asal-provinsi": province,
        "tujuan-alamat": home.street,
        "tujuan-rt": home.rt,
        "tujuan-rw": home.rw,
        "tujuan-desa": home.village,
        "tanggal-datang": scene.ago(1, 4),
        **_move(scene, regency),
        "status-kk": scene.pick(("Numpang KK", "Membuat KK baru")),
        "pendatang": [
            {
                "nama": one.name,
                "nik": one.nik,
                "jenis-kelamin": one.sex,
                "tempat-lahir": one.birthplace,
                "tanggal-lahir": one.born.isoformat(),
                "hubungan": relation,
            }
            for one, relation in others
        ],
    }


def penduduk_pindah(scene: Scene) -> Values:
    """A family that moves away."""
    regency, province, district, village = scene.elsewhere()
    return {
        "tujuan-alamat": scene.pick(("Jalan Anggrek No. 21", "Kampung Tengah", "Dusun Mulya")),
        "tujuan-rt": "002",
        "tujuan-rw": "005",
        "tujuan-desa": village,
        "tujuan-kecamatan": district,
        "tujuan-kabupaten": regency,
        "tujuan-provinsi": province,
        "tujuan-kode-pos": f"{scene.random.randint(10000, 99999)}",
        "tanggal-pindah": scene.ahead(3, 20),
        **_move(scene, regency),
        "status-kk-pindah": "Membuat KK baru",
        "status-kk-tinggal": "Tidak ada anggota yang ditinggal",
        "ikut-pindah": [
            {"nama": one.name, "nik": one.nik, "hubungan": relation}
            for one, relation in _members(scene)
        ],
    }


def akta_kelahiran(scene: Scene) -> Values:
    """A child born in the last weeks, reported by a parent."""
    child, family = _newborn(scene), scene.family
    father = scene.applicant is family.father
    return {
        "anak-nama": child.name,
        "pelapor-hubungan": "Ayah kandung" if father else "Ibu kandung",
        "anak-jenis-kelamin": child.sex,
        "anak-tempat-lahir": "Tirtakencana",
        "anak-tanggal-lahir": child.born.isoformat(),
        "jam-lahir": f"{scene.random.randint(0, 23):02d}:{scene.random.randint(0, 59):02d}",
        "tempat-dilahirkan": scene.pick(("Rumah sakit", "Puskesmas", "Polindes")),
        "jenis-kelahiran": "Tunggal",
        "anak-ke": len(family.children) + 1,
        "penolong": scene.pick(("Dokter", "Bidan/perawat")),
        "berat": f"{scene.random.randint(25, 39) / 10:.1f}".replace(".", ","),
        "panjang": scene.random.randint(46, 53),
        **_parent("ayah", family.father, scene),
        **_parent("ibu", family.mother, scene),
        "perkawinan-tanggal": scene.ago(400, 3000),
        "saksi": scene.witnesses(),
    }


def akta_kematian(scene: Scene) -> Values:
    """A parent who has died, reported by a grown child."""
    dead = scene.pick((scene.family.father, scene.family.mother))
    died = scene.ago(3, 28)
    hospital = scene.pick(HOSPITALS)
    cause = scene.pick(("Sakit biasa/tua", "Sakit biasa/tua", "Kecelakaan", "Lainnya"))
    return {
        "almarhum-nik": dead.nik,
        "almarhum-kk": scene.home.kk,
        "pelapor-hubungan": "Anak kandung",
        "almarhum-nama": dead.name,
        "almarhum-jenis-kelamin": dead.sex,
        "almarhum-tempat-lahir": dead.birthplace,
        "almarhum-tanggal-lahir": dead.born.isoformat(),
        "almarhum-agama": scene.home.religion,
        "almarhum-pekerjaan": dead.job,
        "almarhum-alamat": scene.home.address,
        "almarhum-anak-ke": scene.random.randint(1, 6),
        "ayah-nama": scene.people.name(MAN),
        "ibu-nama": scene.people.name(WOMAN),
        "meninggal-tanggal": died,
        "meninggal-jam": f"{scene.random.randint(0, 23):02d}:{scene.random.randint(0, 59):02d}",
        "meninggal-tempat": scene.pick(("rumah", hospital)),
        "sebab": cause,
        "sebab-lain": "tersengat listrik",
        "penerang": "Dokter",
        "surat-kematian-penerbit": hospital,
        "surat-kematian-nomor": scene.number("SKM", died),
        "surat-kematian-tanggal": died,
        "saksi": scene.witnesses(),
    }


def kia(scene: Scene) -> Values:
    """A card for a child under 16."""
    child = scene.people.anyone(1, 15)
    age = age_on(child.born, scene.day)
    kinds = ("Baru", "Hilang", "Rusak") if age < 5 else ("Baru", _LONGER, "Pindah")
    father = scene.applicant is scene.family.father
    return {
        "jenis-permohonan": scene.pick(kinds),
        "pemohon-hubungan": "Ayah" if father else "Ibu",
        "anak-nik": child.nik,
        "anak-nama": child.name,
        "anak-jenis-kelamin": child.sex,
        "anak-tempat-lahir": child.birthplace,
        "anak-tanggal-lahir": child.born.isoformat(),
        "anak-golongan-darah": scene.pick(("A", "B", "AB", "O", "Tidak tahu")),
        "anak-agama": scene.home.religion,
        "akta-nomor": f"9901-LU-{child.born:%d%m%Y}-{scene.random.randint(1, 99):04d}",
        "anak-kk": scene.home.kk,
        "kepala-keluarga": scene.family.father.name,
    }


_LONGER = "Perpanjangan karena lebih dari 5 tahun"


def recording(scene: Scene, outcome: str, day: date) -> Values:
    """What the operator enters at ``rekam``."""
    trouble = {
        "Duplikat": (["Sidik jari"], "data ditemukan ganda, diteruskan ke Disdukcapil"),
        "Gagal": (["Jaringan"], "jaringan ke pusat data terputus"),
    }
    kinds, note = trouble.get(outcome, ([], ""))
    return {
        "hasil-perekaman": outcome,
        "tanggal-perekaman": day.isoformat(),
        "golongan-darah": scene.pick(("A", "B", "AB", "O", "Tidak tahu")),
        **({"kendala": kinds, "catatan-kendala": note} if kinds else {}),
    }


def _newborn(scene: Scene) -> Person:
    """A child born within the last eight weeks."""
    sex = scene.pick((MAN, WOMAN))
    born = scene.day - timedelta(days=scene.random.randint(4, 55))
    people = scene.people
    name = people.name(sex)
    return Person(name, sex, born, "Tirtakencana", people.nik(born, sex), "Belum/tidak bekerja")


def _of_family(scene: Scene) -> Person:
    return scene.family.children[0] if scene.family.children else scene.family.mother


def _members(scene: Scene) -> Sequence[tuple[Person, str]]:
    """The wife and the children of the head who moves."""
    return [(scene.family.mother, "Istri"), *((c, "Anak") for c in scene.family.children)]


def _move(scene: Scene, regency: str) -> Values:
    same = "Antarkabupaten satu provinsi" if regency in _SAME_PROVINCE else "Antarprovinsi"
    return {
        "alasan-pindah": scene.pick(("Pekerjaan", "Keluarga", "Perumahan", "Pendidikan")),
        "klasifikasi-pindah": same,
        "jenis-pindah": "Kepala keluarga dan seluruh anggota",
    }


_SAME_PROVINCE = ("Kabupaten Tirtamulya", "Kabupaten Wanajaya", "Kota Mekarbuana")


def _parent(prefix: str, person: Person, scene: Scene) -> Values:
    return {
        f"{prefix}-nik": person.nik,
        f"{prefix}-nama": person.name,
        f"{prefix}-tanggal-lahir": person.born.isoformat(),
        f"{prefix}-pekerjaan": person.job,
        f"{prefix}-alamat": scene.home.address,
    }
