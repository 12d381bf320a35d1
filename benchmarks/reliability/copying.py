"""A copy of the data folder made by somebody else's hand while the program works.

Not promised, told: the manual says to use the backup button. In this journal mode a copy of the
folder lacks nothing; it may be taken within a commit, and is then rolled back when it is opened.
"""

import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.reliability.crowd import Worker, until_ready, writing
from benchmarks.reliability.figures import Figure
from benchmarks.reliability.places import fresh, make_template
from benchmarks.reliability.proving import faults


@dataclass
class Copies:
    """How many copies, and what is wrong with which."""

    copies: int = 0
    bad: list[str] = field(default_factory=list)


def run(template: Path, folder: Path, copies: int, pause: float = 0.1) -> Copies:
    """Copy a place with ``cp -r`` so many times beside a counter at work.

    What was acknowledged before a copy began must be in it.
    """
    found, random = Copies(), Random(1)
    root, copy = folder / "place", folder / "copy"
    fresh(template, root)
    worker = Worker(root, writing, 1, {"letters": None})
    until_ready([worker])
    while found.copies < copies:
        worker.pipe.poll(random.random() * pause)
        worker.listen()
        told = worker.told
        subprocess.run(["cp", "-r", str(root), str(copy)], check=True)
        found.copies += 1
        if said := faults(copy, told):
            found.bad.append(f"copy {found.copies}: {'; '.join(said[:3])}")
        subprocess.run(["rm", "-rf", str(copy)], check=True)
    worker.kill()
    return found


def measure(copies: int = 60) -> list[Figure]:
    """Give the figure of 60 copies."""
    if sys.platform == "win32":
        raise SystemExit("this part copies with cp")
    with tempfile.TemporaryDirectory() as folder:
        found = run(make_template(Path(folder, "template")), Path(folder), copies)
    for said in found.bad[:20]:
        print(said)
    return [
        Figure(
            "P1",
            "the data folder copied by `cp -r` beside a counter at work: complete, though possibly "
            "taken within a commit (told, not promised)",
            "60 of 60 complete in TRUNCATE mode, 0 of 60 in WAL",
            f"{found.copies - len(found.bad)} of {found.copies} open, check and hold everything "
            "acknowledged before",
            None,
            "copying",
        )
    ]
