"""Practice places to work in: made once, copied for every trial."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.cli.practice import make_practice
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from tests.builders import PASSWORD, PROFILE, QUICK, add_user, user_input

DeskOf = Callable[[Role], Desk]

#: The folder of an office is called so here, that of a place to practise in anything else.
OFFICE = "office"


def place_at(root: Path) -> Place:
    """Name a place."""
    return Place(root, "reliability")


def make_template(root: Path) -> Path:
    """Make a practice office with its staff and nothing else; give its folder."""
    make_practice(place_at(root), 0)
    return root


def fresh(template: Path, root: Path) -> Place:
    """Give a new copy of a place at ``root``, whatever lay there."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(template, root)
    return place_at(root)


def make_office(root: Path) -> Path:
    """Make an office with one user for every role; give its folder."""
    office = open_place(place_at(root), create="office", cost=QUICK)
    admin = office.first_setup(PROFILE, user_input(Role.ADMIN))
    for role in STAFF:
        if role is not Role.ADMIN:
            add_user(office, admin, user_input(role))
    office.close()
    return root


def opened(root: Path) -> Office:
    """Open a place: an office (by its folder's name) alone, others beside who else is there."""
    return open_place(place_at(root), shared=root.name != OFFICE)


def desks(office: Office) -> DeskOf:
    """Give the desk of whoever holds a role."""
    if office.practice:
        return cache(office.practice_desk)
    return cache(lambda role: office.sign_in(role.value, PASSWORD))


def quick_disk() -> Path | None:
    """Give a folder on a disk in memory, where judging thousands of disks waits for none."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None
