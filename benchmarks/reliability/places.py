"""Practice places to work in: made once, copied for every trial."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.cli.practice import make_practice
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office

DeskOf = Callable[[Role], Desk]


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


def opened(root: Path) -> Office:
    """Open a practice place beside whoever else works in it."""
    return open_place(place_at(root), shared=True)


def desks(office: Office) -> DeskOf:
    """Give the desk of whoever holds a role."""
    return cache(office.practice_desk)


def quick_disk() -> Path | None:
    """Give a folder on a disk in memory, where judging thousands of disks waits for none."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None
