"""Shared fixtures: an office directory with a user for every role, and a clock that obeys."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence import space
from kecamatan_desk.persistence.chain import Link
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from tests import rules
from tests.builders import (
    PASSWORD,
    PROFILE,
    QUICK,
    TUESDAY_MORNING,
    SettableClock,
    add_user,
    user_input,
)


@pytest.fixture(scope="session", autouse=True)
def _watched() -> Iterator[None]:
    """Watch the whole suite for the rules of the machine."""
    rules.watch_files()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Store, "reading", rules.timed_reading)
        patched.setattr(Link, "close", rules.named_close)
        yield


@pytest.fixture(autouse=True)
def _rules_kept() -> Iterator[None]:
    """Fail the test that has broken a rule of the machine."""
    rules.broken.clear()
    yield
    assert rules.broken == []


@pytest.fixture(scope="session", autouse=True)
def _small_reserve() -> Iterator[None]:
    """Let the many offices of the tests keep back 64 KB each: 32 MB are for a real one."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(space, "RESERVE", 64 << 10)
        yield


@pytest.fixture(scope="session")
def _office_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office set up the day before; every test gets a copy of its directory."""
    root = tmp_path_factory.mktemp("template") / "data"
    clock = SettableClock(TUESDAY_MORNING - timedelta(days=1))
    office = open_place(Place(root, "test"), create="office", clock=clock, cost=QUICK)
    admin = office.first_setup(PROFILE, user_input(Role.ADMIN))
    for role in STAFF:
        if role is not Role.ADMIN:
            add_user(office, admin, user_input(role))
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
