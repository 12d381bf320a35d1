"""Shared fixtures: an office directory with a user for every role, and a clock that obeys."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.accounts import save_user
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.passwords import HashCost
from kecamatan_desk.usecases.values import OfficeProfile, UserInput

PASSWORD = "tiga kata lucu"
PIN = "284719"
QUICK = HashCost(memory=8, passes=1, lanes=1)
TUESDAY_MORNING = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)  # 09.00 WIB

PROFILE = OfficeProfile(
    name="Sukamaju",
    regency="Kabupaten Mekarjaya",
    province="Jawa Tengah",
    abbreviation="KEC-SKM",
    address="Jalan Raya Sukamaju No. 1",
    contact="Telepon (0271) 555010",
    place="Sukamaju",
    villages=("Sukamaju", "Mekarsari", "Cibodas"),
    region_code="990101",
)
NAMES = {
    Role.PELAYANAN: "Sari Wulandari",
    Role.VERIFIKASI: "Bambang Prakoso",
    Role.REGISTER: "Dewi Anggraini",
    Role.KASI: "Hendra Gunawan, S.Sos.",
    Role.SEKCAM: "Dra. Ratna Kusuma, M.Si.",
    Role.CAMAT: "Drs. Agus Santoso, M.AP.",
    Role.TIM_TEKNIS: "Rudi Hartono",
    Role.PENGOLAH_DATA: "Lina Marlina",
    Role.TIM_PENGADUAN: "Yusuf Maulana",
    Role.ADMIN: "Putri Handayani",
}
RANKS = {Role.KASI: "Penata Tk. I", Role.SEKCAM: "Pembina", Role.CAMAT: "Pembina Tk. I"}


class SettableClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = TUESDAY_MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def set(self, now: datetime) -> None:
        self.now = now

    def advance(self, **span: float) -> None:
        """Let time pass: `clock.advance(minutes=5)`."""
        self.now += timedelta(**span)


def user_input(role: Role) -> UserInput:
    """Give the one user of a role, his username being the role's code."""
    return UserInput(
        id=None,
        username=role.value,
        name=NAMES[role],
        roles=(role,),
        password=PASSWORD,
        pin=PIN,
        nip=f"19700101199003{1000 + STAFF.index(role)}" if role in RANKS else "",
        rank=RANKS.get(role, ""),
    )


@pytest.fixture(scope="session")
def _office_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office set up once; every test gets a copy of its directory."""
    root = tmp_path_factory.mktemp("template") / "data"
    office = open_place(Place(root, "test"), create="office", clock=SettableClock(), cost=QUICK)
    admin = office.first_setup(PROFILE, user_input(Role.ADMIN))
    for role in STAFF:
        if role is not Role.ADMIN:
            admin.call(save_user, uuid4().hex, user_input(role))
    office.close()
    return root


@pytest.fixture
def clock() -> SettableClock:
    """The time of the office: Tuesday 12 May 2026, 09.00 WIB, until moved."""
    return SettableClock()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty place to make an office in."""
    return Place(tmp_path / "data", "test")


@pytest.fixture
def office(place: Place, clock: SettableClock, _office_template: Path) -> Iterator[Office]:
    """An opened office with one user for every role of the staff."""
    shutil.copytree(_office_template, place.root)
    opened = open_place(place, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def desk_of(office: Office) -> Callable[[Role], Desk]:
    """Give the desk of the user of a role: `desk_of(Role.REGISTER)`."""
    desks: dict[Role, Desk] = {}

    def desk_of(role: Role) -> Desk:
        if role not in desks:
            desks[role] = office.sign_in(role.value, PASSWORD)
        return desks[role]

    return desk_of


@pytest.fixture
def admin_desk(desk_of: Callable[[Role], Desk]) -> Desk:
    """The desk of the administrator."""
    return desk_of(Role.ADMIN)
