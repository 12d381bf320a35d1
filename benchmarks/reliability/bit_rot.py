"""P6, P11: single bits turn over on the disk. What does ``check`` notice, what a list of hashes?

``check`` proves what is evidence: events, archive rows, papers. A bit in a draft, a setting or an
unused page it cannot know of. A list of SHA-256 (a backup's manifest) notices every one.
"""

import hashlib
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.reliability.figures import Figure
from benchmarks.reliability.places import desks, make_template, opened, place_at, quick_disk
from benchmarks.reliability.proving import hurry
from benchmarks.reliability.witness import work_on
from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.persistence.tables import ARCHIVE
from kecamatan_desk.usecases.checking import check_place

#: Gives what proves a folder, and tells later whether it still is what it was.
Seal = Callable[[Path], object]

#: Where a bit fell. What is no evidence: drafts, settings, indexes, room that holds nothing.
PAPERS, EVIDENCE, THE_REST = "stored letters", "events and archive rows", "what is no evidence"


@dataclass
class Rot:
    """Flips, what ``check`` noticed of them by where they fell, and what the seal missed."""

    flips: Counter[str] = field(default_factory=Counter)
    noticed: Counter[str] = field(default_factory=Counter)
    sealed: int = 0

    def share(self, where: str) -> str:
        """Say how many flips in a place ``check`` noticed."""
        return f"{self.noticed[where]} of {self.flips[where]}"

    @property
    def proved(self) -> bool:
        """Whether every flip in what ``check`` proves was noticed."""
        return all(self.noticed[where] == self.flips[where] for where in (PAPERS, EVIDENCE))


def sha256_of_all(root: Path) -> object:
    """The plainest seal: the SHA-256 of every file. Backups bring their own manifest."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def run(root: Path, flips: int, seed: int = 1, seal: Seal = sha256_of_all) -> Rot:
    """Turn single bits of the database and of stored papers over, each by itself, then back."""
    random, found = Random(seed), Rot()
    hurry()
    database = place_at(root).current_database
    evidence = _evidence(database)
    stored = sorted(place_at(root).documents.rglob("*.pdf"))
    whole = seal(root)
    for turn in range(flips):
        file = database if turn % 2 == 0 else random.choice(stored)
        at, bit = random.randrange(file.stat().st_size), random.randrange(8)
        _flip(file, at, bit)
        where = PAPERS
        if file == database:
            where = EVIDENCE if _evidence(database) != evidence else THE_REST
        found.flips[where] += 1
        found.noticed[where] += _is_noticed(root)
        found.sealed += seal(root) != whole
        _flip(file, at, bit)
    assert seal(root) == whole
    return found


def _flip(file: Path, at: int, bit: int) -> None:
    with file.open("r+b") as opened_file:
        opened_file.seek(at)
        byte = opened_file.read(1)[0]
        opened_file.seek(at)
        opened_file.write(bytes([byte ^ 1 << bit]))


def _is_noticed(root: Path) -> bool:
    try:
        return not check_place(place_at(root)).ok
    except MachineError:
        return True


def _evidence(database: Path) -> object:
    """Give every event and archive row as the file holds them; what it says where it cannot."""
    with closing(sqlite3.connect(database)) as file:
        file.text_factory = bytes  # a flipped bit need not be text any more
        try:
            return {
                table: file.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall()  # noqa: S608
                for table in ARCHIVE
            }
        except sqlite3.Error as error:
            return str(error)


def make_book(root: Path, letters: int = 12) -> Path:
    """Make a practice place with some letters in its book."""
    make_template(root)
    office = opened(root)
    work_on(desks(office), lambda _line: None, Random(3), letters=letters)
    office.close()
    return root


def measure(flips: int = 400) -> list[Figure]:
    """Give the figures of 400 flips."""
    with tempfile.TemporaryDirectory(dir=quick_disk()) as folder:
        found = run(make_book(Path(folder, "place")), flips)
    flips = sum(found.flips.values())
    return [
        Figure(
            "P11",
            "single bits turned over in stored letters, and in the database where an event or an "
            "archive row then reads otherwise: noticed by `check`",
            "all (PRAGMA integrity_check alone: 22 of 400)",
            f"{PAPERS} {found.share(PAPERS)}, {EVIDENCE} {found.share(EVIDENCE)}",
            found.proved,
            "bit-rot",
        ),
        Figure(
            "P11",
            "the same elsewhere in the database: drafts, settings, indexes, unused room (told)",
            "–",
            f"{found.share(THE_REST)} noticed",
            None,
            "bit-rot",
        ),
        Figure(
            "P6",
            "the same flips against the SHA-256 of every file, as a backup's manifest holds them",
            "400 of 400",
            f"{found.sealed} of {flips}",
            found.sealed == flips and flips >= 400,
            "bit-rot",
        ),
    ]
