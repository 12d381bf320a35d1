"""The facts of business licences (service 19) and complaints (service 20), step by step."""

from dataclasses import dataclass
from datetime import date, timedelta

from kecamatan_desk.usecases.practice.people import MAN
from kecamatan_desk.usecases.practice.scene import Scene, Values

_SHOPS = (
    ("Warung Sembako Berkah", "47112", "Perdagangan eceran makanan dan minuman", 10_000_000),
    ("Keripik Singkong Renyah", "10794", "Industri kerupuk, keripik, peyek", 7_500_000),
    ("Jahit Busana Melati", "14120", "Penjahitan pakaian sesuai pesanan", 12_000_000),
    ("Bengkel Motor Jaya", "45407", "Reparasi dan perawatan sepeda motor", 20_000_000),
    ("Katering Bu Lilis", "56210", "Jasa boga untuk acara tertentu", 15_000_000),
)


def oss(scene: Scene) -> Values:
    """What the applicant tells about the business at the counter."""
    name, _, _, capital = scene.pick(_SHOPS)
    return {
        "usaha-nama": name,
        "bentuk": scene.pick(("Perseorangan", "Perseorangan", "PT perorangan", "CV")),
        "usaha-alamat": scene.home.address,
        "luas": scene.random.randint(9, 80),
        "pos-el": f"{name.split()[0].lower()}{scene.random.randint(10, 99)}@contoh.id",
        "npwp": f"99.{scene.random.randint(100, 999)}.{scene.random.randint(100, 999)}.1-999.000",
        "modal": capital + scene.random.randint(0, 20) * 250_000,
        "tenaga-laki": scene.random.randint(0, 3),
        "tenaga-perempuan": scene.random.randint(0, 4),
    }


def oss_entry(scene: Scene, data: Values) -> Values:
    """What the data officer enters into OSS."""
    known = {name: (code, words) for name, code, words, _ in _SHOPS}
    code, words = known.get(str(data.get("usaha-nama")), _SHOPS[0][1:3])
    return {"kbli": code, "kbli-uraian": words, "skala": "Mikro", "risiko": "Rendah"}


def oss_result(scene: Scene, day: date) -> Values:
    """The numbers OSS has issued."""
    return {
        "nib": f"99{scene.random.randint(0, 10**11 - 1):011d}",
        "nib-tanggal": day.isoformat(),
        "sertifikat-nomor": f"99{scene.random.randint(0, 10**8 - 1):08d}0001",
        "dokumen": scene.pick((["NIB"], ["NIB", "IUM"], ["NIB", "Sertifikat Standar"])),
    }


@dataclass(frozen=True, slots=True)
class Grievance:
    """A complaint from the report to what both sides agreed on."""

    subject: str
    against: str
    story: str
    wish: str
    kind: str
    authority: str
    passed_to: str
    finding: str
    advice: str
    decision: str
    second_party: str  # what the second party is
    terms: tuple[str, ...]


_GRIEVANCES = (
    Grievance(
        "Batas pekarangan digeser tetangga",
        "Pemilik pekarangan sebelah",
        "Sejak dua bulan lalu pagar pekarangan sebelah digeser sekitar satu meter ke dalam tanah "
        "pelapor tanpa pembicaraan lebih dahulu. Pelapor sudah menegur, tetapi tidak ditanggapi.",
        "Batas dikembalikan seperti semula menurut surat tanah.",
        "Pertanahan",
        "Kecamatan",
        "",
        "Hasil pengecekan bersama perangkat desa: pagar berdiri 0,8 meter melewati patok lama.",
        "Kedua pihak bersedia diukur ulang bersama dengan disaksikan perangkat desa.",
        "Batas pekarangan dikembalikan ke patok lama setelah pengukuran bersama.",
        "Petani/pekebun",
        (
            "Pihak Kedua memindahkan pagar ke patok lama.",
            "Biaya pemindahan pagar ditanggung Pihak Kedua.",
            "Kedua pihak tidak akan mengungkit lagi perselisihan ini.",
        ),
    ),
    Grievance(
        "Jalan desa rusak karena truk pasir",
        "Pengelola angkutan pasir",
        "Truk bermuatan pasir lewat setiap hari sejak pagi. Jalan desa berlubang dan berdebu, "
        "anak sekolah terganggu, dan dua pengendara motor jatuh minggu lalu.",
        "Muatan dibatasi dan jalan diperbaiki.",
        "Infrastruktur",
        "Kecamatan",
        "",
        "Peninjauan lapangan: kerusakan sepanjang 300 meter di dua titik.",
        "Pengelola bersedia menimbun lubang dan membatasi jam lewat.",
        "Angkutan pasir hanya lewat di luar jam sekolah dan pengelola menimbun lubang.",
        "Pengelola angkutan",
        (
            "Truk tidak melintas pada pukul 06.00 sampai 08.00.",
            "Pengelola menimbun jalan yang berlubang dan menyiram debu setiap hari.",
        ),
    ),
    Grievance(
        "Pungutan dalam pembagian bantuan beras",
        "Oknum ketua kelompok",
        "Setiap penerima diminta uang sepuluh ribu rupiah saat mengambil beras bantuan. Penerima "
        "takut namanya dicoret bila tidak membayar.",
        "Pungutan dihentikan dan uang dikembalikan.",
        "Sosial",
        "Desa/kelurahan",
        "Kepala Desa setempat",
        "Beberapa penerima membenarkan adanya pungutan untuk ongkos angkut.",
        "Ongkos angkut seharusnya ditanggung desa; pungutan tidak dibenarkan.",
        "Pungutan dihentikan dan uang dikembalikan kepada penerima.",
        "Ketua kelompok penerima",
        (
            "Pihak Kedua mengembalikan seluruh uang yang telah dipungut.",
            "Pembagian berikutnya disaksikan perangkat desa.",
        ),
    ),
    Grievance(
        "Suara hiburan melewati tengah malam",
        "Pengelola tempat hiburan",
        "Hampir setiap akhir pekan suara musik terdengar sampai lewat pukul 01.00. Warga yang "
        "menegur mendapat jawaban kasar.",
        "Kegiatan dibatasi sampai pukul 22.00.",
        "Keamanan",
        "Kecamatan",
        "",
        "Ketua RT dan tiga warga membenarkan; izin keramaian tidak pernah diajukan.",
        "Pengelola diminta mengurus izin dan mematuhi batas waktu.",
        "Kegiatan dibatasi sampai pukul 22.00 dan wajib berizin.",
        "Wiraswasta",
        (
            "Kegiatan berakhir paling lambat pukul 22.00.",
            "Pihak Kedua mengurus izin sebelum mengadakan acara.",
            "Pihak Kedua meminta maaf kepada warga sekitar.",
        ),
    ),
)


def pengaduan(scene: Scene) -> Values:
    """What the reporter tells at the counter."""
    told = scene.pick(_GRIEVANCES)
    return {
        "rahasia": "tidak",
        "media": scene.pick(("Lisan", "Tertulis", "WhatsApp")),
        "terlapor": told.against,
        "pokok": told.subject,
        "kejadian-tempat": f"{scene.home.street}, Desa {scene.home.village}",
        "kejadian-tanggal": scene.ago(2, 15),
        "kejadian-jam": scene.pick(("07:30", "14:00", "21:15")),
        "kronologi": told.story,
        "permintaan": told.wish,
    }


def _grievance(data: Values) -> Grievance:
    return next((one for one in _GRIEVANCES if one.subject == data.get("pokok")), _GRIEVANCES[0])


def classified(data: Values) -> Values:
    """What the complaint team enters."""
    told = _grievance(data)
    return {
        "klasifikasi": told.kind,
        "kewenangan": told.authority,
        "diteruskan": told.passed_to,
    }


def considered(data: Values) -> Values:
    """What the Sekcam found and advises."""
    told = _grievance(data)
    return {"hasil-konfirmasi": told.finding, "pertimbangan": told.advice}


def decided(scene: Scene, data: Values, day: date) -> Values:
    """The agreement both sides sign."""
    told = _grievance(data)
    second = scene.people.person(MAN, 45)
    guest = scene.people.anyone(35, 58)
    village = scene.home.village
    return {
        "keputusan": told.decision,
        "musyawarah-tempat": "Ruang rapat Kantor Kecamatan Sukamaju",
        "pihak-kedua-nama": second.name,
        "pihak-kedua-jabatan": told.second_party,
        "pihak-kedua-alamat": scene.people.home(village).address,
        "butir": [{"isi": term} for term in told.terms],
        "batas": (day + timedelta(days=14)).isoformat(),
        "penanggung-jawab": second.name,
        "ketua-tim": "Yusuf Maulana, S.IP.",
        "rangkap": 3,
        "saksi": scene.witnesses(),
        "peserta": [
            {"nama": guest.name, "jabatan": "Ketua RT", "alamat": f"Desa {village}"},
            {"nama": "Yusuf Maulana, S.IP.", "jabatan": "Tim Pengaduan", "alamat": "Kecamatan"},
        ],
    }


def delivered(scene: Scene) -> Values:
    """How the reporter heard of the result."""
    return {
        "penyampaian-cara": scene.pick(("Langsung", "Telepon", "WhatsApp")),
        "hasil-penyampaian": "Pelapor menerima salinan Berita Acara Kesepakatan dan menyatakan "
        "puas atas penyelesaiannya.",
    }
