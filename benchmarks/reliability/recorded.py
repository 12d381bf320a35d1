"""Programs that are recorded, each a process of its own: ``recorded NAME ROOT ACKS [WITHOUT]``.

Each works in the place ROOT and tells of finished work in ACKS. WITHOUT takes a guard away in this
process only, so that the recording must turn out bad: the harness is proved alive by it. To have
another part of the program recorded, add a function to ``PROGRAMS``.
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from types import SimpleNamespace

from benchmarks.reliability import keeping
from benchmarks.reliability.places import desks, opened, place_at
from benchmarks.reliability.witness import Acknowledge, work_on
from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence import database, files, space
from kecamatan_desk.usecases.jobs import complete_documents, register_and_draw
from kecamatan_desk.usecases.proof import office_key
from kecamatan_desk.usecases.values import Seen
from tests.builders import PROFILE, QUICK, op, user_input
from tests.walking import brought_to


def letters(root: Path, tell: Acknowledge, count: int = 5) -> None:
    """Register and draw some letters in a place that is there."""
    office = opened(root)
    work_on(desks(office), tell, Random(5), letters=count)
    office.close()


def letter(root: Path, tell: Acknowledge) -> None:
    """Register and draw one letter."""
    letters(root, tell, 1)


def creation(root: Path, tell: Acknowledge) -> None:
    """Make an office from nothing: folders, the first generation, CURRENT, the administrator."""
    office = open_place(place_at(root), create="office", cost=QUICK)
    tell("made")
    office.first_setup(PROFILE, user_input(Role.ADMIN))
    tell("set up")
    office.close()


class KilledError(BaseException):
    """Stands for a kill -9: nothing of the program may catch it."""


def resumed(root: Path, tell: Acknowledge) -> None:
    """Be killed when a letter has got its name and the folder is not synced; start and go on.

    The next start finds the paper in its place, though no disk holds its name yet.
    """
    office = opened(root)
    waiting = brought_to(desks(office), "sktm", "register")
    office_key(desks(office)(Role.REGISTER))
    synced = files.sync_folder

    def killed(folder: Path) -> None:
        if folder.parent.name == "documents":
            raise KilledError
        synced(folder)

    files.sync_folder = killed
    register = desks(office)(Role.REGISTER)
    with suppress(KilledError):
        register_and_draw(register, op(), Seen(waiting.request_id, waiting.version))
    files.sync_folder = synced
    office.close()
    office = opened(root)
    register = desks(office)(Role.REGISTER)
    papers = complete_documents(register, waiting.request_id)
    told = {"letter": waiting.request_id, "sha256": [paper.sha256 for paper in papers]}
    tell(json.dumps(told))
    office.close()


PROGRAMS: dict[str, Callable[[Path, Acknowledge], None]] = {
    "letters": letters,
    "letter": letter,
    "creation": creation,
    "resumed": resumed,
    "scan": keeping.scan,
    "backup": keeping.backup,
    "restore": keeping.restore,
    "upgrade": keeping.upgrade,
}


def _pragmas(**changed: tuple[str, object]) -> None:
    database.PRAGMAS = tuple(
        (name, *changed.get(name, (value, expected)))  # type: ignore[misc]
        for name, value, expected in database.PRAGMAS
    )


def wal_normal() -> None:
    """Write ahead, and do not wait for the disk."""
    _pragmas(journal_mode=("WAL", "wal"), synchronous=("NORMAL", 1))


def delete_full() -> None:
    """SQLite's own default: the journal's removal is never made sure."""
    _pragmas(journal_mode=("DELETE", "delete"), synchronous=("FULL", 2))


def synchronous_off() -> None:
    """Wait for nothing."""
    _pragmas(synchronous=("OFF", 0))


def documents_unsynced() -> None:
    """Store papers without waiting for the disk."""
    names = {name: getattr(os, name) for name in ("name", "O_RDONLY", "getpid", "open", "close")}
    files.os = SimpleNamespace(**names, fsync=lambda _handle: None)  # type: ignore[assignment]


def files_unsynced() -> None:
    """Wait for the disk nowhere but in SQLite."""
    os.fsync = lambda _handle: None  # type: ignore[assignment]


WITHOUT: dict[str, Callable[[], None]] = {
    "wal-normal": wal_normal,
    "delete-full": delete_full,
    "synchronous-off": synchronous_off,
    "documents-unsynced": documents_unsynced,
    "files-unsynced": files_unsynced,
}


def main(name: str, root: str, acks: str, without: str = "") -> None:
    space.RESERVE = 64 << 10  # 32 MB of room kept back are the same 32 MB on every disk
    if without:
        WITHOUT[without]()
    with Path(acks).open("a", buffering=1, encoding="utf-8") as told:
        PROGRAMS[name](Path(root), lambda line: print(line, file=told))


if __name__ == "__main__":
    main(*sys.argv[1:])
