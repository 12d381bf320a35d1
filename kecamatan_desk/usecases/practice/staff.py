"""The invented office: its profile and everybody who works in it."""

from collections.abc import Mapping
from datetime import date
from uuid import uuid4

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.accounts import save_acting, save_user
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import PRACTICE_PASSWORD, Office
from kecamatan_desk.usecases.office import save_absence
from kecamatan_desk.usecases.practice.names import VILLAGES
from kecamatan_desk.usecases.values import OfficeProfile, UserInput

PRACTICE_PIN = "275814"

PROFILE = OfficeProfile(
    name="Sukamaju",
    regency="Kabupaten Tirtakencana",
    province="Nusa Kencana",
    abbreviation="KEC-SKM",
    address="Jalan Raya Sukamaju No. 1, Sukamaju, Kode Pos 99999",
    contact="Telepon (0999) 555010, pos-el kecamatan@sukamaju.contoh.id",
    place="Sukamaju",
    villages=VILLAGES,
    region_code="990101",
)


def _officer(username: str, name: str, *roles: Role, nip: str = "", rank: str = "") -> UserInput:
    return UserInput(
        id=None,
        username=username,
        name=name,
        roles=roles,
        password=PRACTICE_PASSWORD,
        pin=PRACTICE_PIN,
        nip=nip,
        rank=rank,
    )


#: The month 13 in the NIP says that no real civil servant is meant.
STAFF = (
    _officer("admin", "Putri Handayani, S.Kom.", Role.ADMIN, nip="198913072014032001"),
    _officer("sari", "Sari Wulandari", Role.PELAYANAN),
    _officer("dimas", "Dimas Prasetyo", Role.PELAYANAN),
    _officer("bambang", "Bambang Prakoso, S.AP.", Role.VERIFIKASI, nip="198413192009011002"),
    _officer("dewi", "Dewi Anggraini", Role.REGISTER, nip="199013212015032003"),
    _officer("rudi", "Rudi Hartono, S.T.", Role.TIM_TEKNIS),
    _officer("lina", "Lina Marlina, A.Md.", Role.PENGOLAH_DATA),
    _officer("yusuf", "Yusuf Maulana, S.IP.", Role.TIM_PENGADUAN, nip="198713022010011004"),
    _officer(
        "kasi",
        "Hendra Gunawan, S.Sos.",
        Role.KASI,
        nip="197813152003121005",
        rank="Penata Tk. I",
    ),
    _officer(
        "sekcam",
        "Dra. Ratna Kusuma, M.Si.",
        Role.SEKCAM,
        nip="197113281996032006",
        rank="Pembina",
    ),
    _officer(
        "camat",
        "Drs. Agus Santoso, M.AP.",
        Role.CAMAT,
        nip="196913101993031007",
        rank="Pembina Tk. I",
    ),
)

#: Who does the work of a role in the stories.
WORKERS: Mapping[Role, tuple[str, ...]] = {
    role: tuple(user.username for user in STAFF if role in user.roles)
    for role in Role
    if role is not Role.PEMOHON
}


def set_up(office: Office, profile: OfficeProfile) -> dict[str, Desk]:
    """Set up the empty place and give the desks of everybody by username."""
    admin = office.first_setup(profile, STAFF[0])
    for user in STAFF[1:]:
        admin.call(save_user, uuid4().hex, user)
    return sign_in_all(office)


def sign_in_all(office: Office) -> dict[str, Desk]:
    """Give the desks of a practice office's own staff."""
    password = office.practice_password or PRACTICE_PASSWORD
    return {user.username: office.sign_in(user.username, password) for user in STAFF}


def send_away(desks: Mapping[str, Desk], camat: tuple[date, date], kasi: date) -> None:
    """Let the Camat travel with the Sekcam as Plh., and let the Kasi be ill for a day."""
    admin = desks["admin"]
    first, last = camat
    decree = f"Surat Perintah Nomor 800.1.11.1/{first.day:03d}/KEC-SKM/{first.year}"
    admin.call(
        save_acting, uuid4().hex, desks["sekcam"].user.id, Role.CAMAT, "Plh", first, last, decree
    )
    camat_id, kasi_id = desks["camat"].user.id, desks["kasi"].user.id
    admin.call(save_absence, uuid4().hex, camat_id, first, last, "Dinas luar ke ibu kota kabupaten")
    desks["dewi"].call(save_absence, uuid4().hex, kasi_id, kasi, kasi, "Sakit")
