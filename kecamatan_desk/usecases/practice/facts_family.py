"""The facts of requests about a family: heirs, a wedding at short notice, a civil servant's."""

from datetime import date, timedelta

from kecamatan_desk.domain.people import age_on
from kecamatan_desk.usecases.practice.names import HOSPITALS
from kecamatan_desk.usecases.practice.people import MAN, WOMAN, Person
from kecamatan_desk.usecases.practice.scene import Scene, Values


def ahli_waris(scene: Scene) -> Values:
    """The heirs are the surviving parent and the children: two to six rows."""
    dead, left = scene.pick(
        ((scene.family.father, scene.family.mother), (scene.family.mother, scene.family.father))
    )
    died, declared = scene.ago(60, 700), scene.ago(3, 20)
    spouse = "Istri" if left.woman else "Suami"
    heirs = [(left, spouse), *((child, "Anak kandung") for child in scene.family.children)]
    return {
        "pernyataan-tanggal": declared,
        "register-desa-nomor": scene.number("WRS", declared),
        "register-desa-tanggal": declared,
        "keperluan": scene.pick(
            (
                "pengurusan balik nama hak atas tanah",
                "pencairan tabungan almarhum di bank",
                "pengurusan pensiun janda/duda",
                "pengurusan balik nama kendaraan bermotor",
            )
        ),
        "pewaris-nik": dead.nik,
        "pewaris-nama": dead.name,
        "pewaris-jenis-kelamin": dead.sex,
        "pewaris-bin": scene.people.name(MAN),
        "pewaris-tempat-lahir": dead.birthplace,
        "pewaris-tanggal-lahir": dead.born.isoformat(),
        "pewaris-agama": scene.home.religion,
        "pewaris-status-kawin": "Kawin Tercatat",
        "pewaris-alamat": scene.home.address,
        "meninggal-tanggal": died,
        "meninggal-tempat": scene.pick(("rumah", *HOSPITALS)),
        "akta-kematian-nomor": f"9901-KM-{date.fromisoformat(died):%d%m%Y}-"
        f"{scene.random.randint(1, 40):04d}",
        "akta-kematian-tanggal": _after(died, 20),
        "pasangan": [{"nama": left.name, "kawin-ke": 1, "keadaan": "Masih hidup"}],
        "ahli-waris": [
            {
                "nama": heir.name,
                "nik": heir.nik,
                "jenis-kelamin": heir.sex,
                "tempat-lahir": heir.birthplace,
                "tanggal-lahir": heir.born.isoformat(),
                "hubungan": relation,
                "alamat": scene.home.address,
            }
            for heir, relation in heirs
        ],
        "saksi": scene.witnesses(),
    }


def dispensasi_nikah(scene: Scene) -> Values:
    """The applicant is one of the couple; the wedding is fewer than ten working days away."""
    partner = scene.people.person(MAN if scene.applicant.woman else WOMAN, 24)
    he, she = (partner, scene.applicant) if scene.applicant.woman else (scene.applicant, partner)
    her_father = scene.family.father.name if scene.applicant.woman else scene.people.name(MAN)
    his_father = scene.people.name(MAN) if scene.applicant.woman else scene.family.father.name
    asked = scene.ago(0, 3)
    return {
        **_spouse("suami", he, "suami-bin", his_father, "Jejaka", scene),
        **_spouse("istri", she, "istri-binti", her_father, "Perawan", scene),
        "wali-nama": her_father,
        "wali-hubungan": "Ayah kandung",
        "kua": "KUA Kecamatan Sukamaju",
        "kua-nomor": scene.number("KUA", asked),
        "kua-tanggal": asked,
        "daftar-tanggal": asked,
        "akad-tanggal": scene.ahead(3, 9),
        "akad-jam": scene.pick(("08:00", "09:00", "10:00")),
        "akad-tempat": scene.pick((f"rumah mempelai wanita, {scene.home.address}", "balai nikah")),
        "alasan": scene.pick(
            (
                "calon suami akan segera bertugas di luar daerah",
                "orang tua mempelai wanita sakit keras",
                "keluarga telah berkumpul dari luar daerah",
            )
        ),
    }


def _spouse(
    prefix: str, person: Person, lineage: str, father: str, status: str, scene: Scene
) -> Values:
    return {
        f"{prefix}-nama": person.name,
        lineage: father,
        f"{prefix}-nik": person.nik,
        f"{prefix}-tempat-lahir": person.birthplace,
        f"{prefix}-tanggal-lahir": person.born.isoformat(),
        f"{prefix}-agama": scene.home.religion,
        f"{prefix}-pekerjaan": person.job,
        f"{prefix}-status": status,
        f"{prefix}-alamat": scene.home.address
        if person is scene.applicant
        else scene.people.home().address,
    }


def susunan_keluarga(scene: Scene) -> Values:
    """The family of a civil servant, in work or retired."""
    office = scene.pick(("Dinas Pendidikan", "Dinas Perhubungan", "Puskesmas Sukamaju"))
    wife, year = scene.family.mother, scene.applicant.born.year
    return {
        "kedudukan": scene.pick(("Pegawai aktif", "Pensiunan")),
        "nomor-pegawai": f"{year}13{scene.applicant.born.day:02d}1992031007",
        "pangkat": scene.pick(("Penata", "Penata Tk. I", "Pembina")),
        "instansi": f"{office} Kabupaten Tirtakencana" if "Dinas" in office else office,
        "keperluan": scene.pick(("pengurusan pensiun", "pengurusan tunjangan keluarga")),
        "pasangan-nama": wife.name,
        "pasangan-tanggal-lahir": wife.born.isoformat(),
        "pasangan-tanggal-kawin": _after(wife.born.isoformat(), 365 * 21),
        "pasangan-pekerjaan": wife.job,
        "anak": [
            {
                "nama": child.name,
                "tanggal-lahir": child.born.isoformat(),
                "status": "Kandung (AK)",
                "sekolah-bekerja": _busy_with(child, scene.day),
                "kawin": "Belum",
            }
            for child in scene.family.children
        ],
    }


def _busy_with(child: Person, day: date) -> str:
    age = age_on(child.born, day)
    return "Belum sekolah" if age < 7 else "Sekolah" if age < 19 else "Bekerja"


def _after(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
