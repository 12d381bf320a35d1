"""The invented office: its profile, everybody who works in it, who holds and signs for what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.domain.tenure import FOR_HIM, ON_BEHALF
from kecamatan_desk.usecases.accounts import save_acting, save_user
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.entrance_values import PRACTICE_PASSWORD, PRACTICE_PIN
from kecamatan_desk.usecases.office import save_absence
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.people_values import TermInput, UserInput
from kecamatan_desk.usecases.practice.names import VILLAGES
from kecamatan_desk.usecases.terms import save_term

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
        "kesra",
        "Nurhayati Siregar, S.Sos.",
        Role.KASI,
        nip="198013242005012008",
        rank="Penata",
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


@dataclass(frozen=True, slots=True)
class _Tenure:
    """An office held since a day some years ago. Of two Kasi the later one signs letters."""

    role: Role
    years: int
    month: int
    day: int
    number: int  # of the decree
    title: str = ""


_TENURES = {
    "kasi": _Tenure(Role.KASI, 1, 8, 4, 318),
    "kesra": _Tenure(Role.KASI, 3, 2, 1, 57, "Kepala Seksi Kesejahteraan Rakyat"),
    "sekcam": _Tenure(Role.SEKCAM, 2, 5, 6, 171),
    "camat": _Tenure(Role.CAMAT, 1, 1, 6, 9),
}

#: Who does the work of a role in the stories.
WORKERS: Mapping[Role, tuple[str, ...]] = {
    role: tuple(user.username for user in STAFF if role in user.roles)
    for role in Role
    if role is not Role.PEMOHON
}


@dataclass(frozen=True, slots=True)
class Delegation:
    """Days on which somebody signs the Camat's letters from his own office: a.n. or u.b."""

    kind: str
    username: str
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Tell whether it runs on a day."""
        return self.first <= day <= self.last


def delegations(first: tuple[date, date], second: tuple[date, date]) -> tuple[Delegation, ...]:
    """Give the delegations of the office: u.b. on the first days, a.n. on the second."""
    return Delegation(FOR_HIM, "kesra", *first), Delegation(ON_BEHALF, "sekcam", *second)


def set_up(office: Office, profile: OfficeProfile, today: date) -> dict[str, Desk]:
    """Set up the empty place and give the desks of everybody by username."""
    admin = office.first_setup(profile, STAFF[0])
    admin.always_proven = True
    for user in STAFF[1:]:
        user_id = admin.call(save_user, uuid4().hex, user)
        if tenure := _TENURES.get(user.username):  # before another account has the same office
            admin.call(save_term, uuid4().hex, _term(user_id, tenure, today.year))
    return sign_in_all(office)


def _term(user_id: int, tenure: _Tenure, year: int) -> TermInput:
    first = date(year - tenure.years, tenure.month, tenure.day)
    number = f"800.1.3.3/{tenure.number:03d}/BKPSDM/{first.year}"
    decree = f"Keputusan Bupati Tirtakencana Nomor {number}"
    return TermInput(user_id, tenure.role, first, None, tenure.title, decree)


def sign_in_all(office: Office) -> dict[str, Desk]:
    """Give the desks of a practice office's own staff."""
    password = office.practice_password or PRACTICE_PASSWORD
    desks = {user.username: office.sign_in(user.username, password) for user in STAFF}
    for desk in desks.values():
        desk.always_proven = True  # nobody sits there
    return desks


def send_away(desks: Mapping[str, Desk], camat: tuple[date, date], kasi: date) -> None:
    """Let the Camat travel with the Sekcam as Plh.; let no Kasi be there for a day."""
    admin = desks["admin"]
    first, last = camat
    decree = f"Surat Perintah Nomor 800.1.11.1/{first.day:03d}/KEC-SKM/{first.year}"
    admin.call(
        save_acting, uuid4().hex, desks["sekcam"].user.id, Role.CAMAT, "Plh", first, last, decree
    )
    camat_id, kasi_id = desks["camat"].user.id, desks["kasi"].user.id
    kesra_id = desks["kesra"].user.id
    admin.call(save_absence, uuid4().hex, camat_id, first, last, "Dinas luar ke ibu kota kabupaten")
    desks["dewi"].call(save_absence, uuid4().hex, kasi_id, kasi, kasi, "Sakit")
    course = "Bimbingan teknis di ibu kota provinsi"
    desks["dewi"].call(save_absence, uuid4().hex, kesra_id, kasi, kasi, course)


def delegate(desks: Mapping[str, Desk], given: Iterable[Delegation]) -> None:
    """Let others sign the Camat's letters on some days."""
    for number, one in enumerate(given, 1):
        decree = f"Keputusan Camat Sukamaju Nomor 100.3.3.6/{number:03d}/KEC-SKM/{one.first.year}"
        desks["admin"].call(
            save_acting,
            uuid4().hex,
            desks[one.username].user.id,
            Role.CAMAT,
            one.kind,
            one.first,
            one.last,
            decree,
        )
