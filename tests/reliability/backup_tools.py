"""Shared by the tests of backup, restore and upgrade: an office in bytes, flips, children."""

import hashlib
import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

#: How much longer than in the suite the killing goes on: KECAMATAN_DESK_KILLS=12 for a release.
LONGER = int(os.environ.get("KECAMATAN_DESK_KILLS", "1"))


def files_of(root: Path) -> dict[str, str]:
    """Give every file below a folder with its hash; the lock says nothing."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def counters(database: Path) -> dict[tuple[str, str], int]:
    """Give the counters of a database, past the program."""
    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
    found = connection.execute("SELECT series, period, last FROM counter").fetchall()
    connection.close()
    return {(series, period): last for series, period, last in found}


def events(database: Path) -> list[tuple[int, str, str]]:
    """Give (seq, act, hash) of every event, past the program."""
    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
    found = connection.execute("SELECT seq, act, hash FROM event ORDER BY seq").fetchall()
    connection.close()
    return found


def flipped(path: Path, luck: random.Random) -> bytes:
    """Change one bit of a file; give what it held before."""
    before = path.read_bytes()
    changed = bytearray(before)
    changed[luck.randrange(len(changed))] ^= 1 << luck.randrange(8)
    path.write_bytes(changed)
    return before


class Stopper:
    """A progress that says no at the n-th time; ``told`` is what it heard."""

    def __init__(self, after: int = 10**9) -> None:
        self.after = after
        self.told: list[int] = []

    def __call__(self, percent: int) -> bool:
        self.told.append(percent)
        return len(self.told) <= self.after


def in_child(script: str, *words: object) -> subprocess.CompletedProcess[str]:
    """Run a script in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )
