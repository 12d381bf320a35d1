"""P1: two processes at a counter each, killed at random moments. Nothing told may be lost."""

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.reliability.crowd import Worker, killed_at_random, writing
from benchmarks.reliability.figures import Figure
from benchmarks.reliability.places import fresh, make_template
from benchmarks.reliability.proving import Told, faults, hurry

WRITERS = 2
_ROUNDS_A_PLACE = 20  # then a new copy: a long book makes judging slow, not kills worse


@dataclass
class Kills:
    """What came of it. ``bad`` names each broken promise with its round."""

    kills: int = 0
    acts: int = 0
    letters: int = 0
    bad: list[str] = field(default_factory=list)


def run(template: Path, root: Path, rounds: int, seed: int = 1) -> Kills:
    """Kill ``rounds`` pairs of writers in copies of a place, judging it after each pair."""
    random, found = Random(seed), Kills()
    told: list[Told] = []
    hurry()
    for turn in range(rounds):
        if turn % _ROUNDS_A_PLACE == 0:
            fresh(template, root)
            told = []
        workers = [
            Worker(root, writing, random.getrandbits(32), {"letters": None, "given_up": 0.05})
            for _ in range(WRITERS)
        ]
        killed_at_random(workers, random)
        for worker in workers:
            told += worker.told
            found.acts += len(worker.told)
            found.letters += sum("letter" in one for one in worker.told)
            if any(one.get("sha256") == [] for one in worker.told):
                found.bad.append(f"round {turn}: a letter was not drawn though nobody was killed")
        found.kills += WRITERS
        last = turn % _ROUNDS_A_PLACE == _ROUNDS_A_PLACE - 1 or turn == rounds - 1
        found.bad += [f"round {turn}: {said}" for said in faults(root, told, goes_on=last)]
        if len(found.bad) > 20:
            break
    shutil.rmtree(root, ignore_errors=True)
    return found


def measure(rounds: int = 1000) -> list[Figure]:
    """Give the figure of 2,000 kills."""
    with tempfile.TemporaryDirectory() as folder:
        template = make_template(Path(folder, "template"))
        found = run(template, Path(folder, "place"), rounds)
    ours = (
        f"{found.kills:,} kills, {found.acts:,} acts and {found.letters:,} letters acknowledged, "
        f"{len(found.bad)} faults"
    )
    return [
        Figure(
            "P1",
            "kill -9 of two writers at once, who draft, take in, check, register and draw letters; "
            "after each pair the place is opened, checked, and compared with what was acknowledged",
            "2,000 kills, 0 lost, 0 inconsistent (SQLite itself; no desktop anchor tests its own)",
            ours,
            not found.bad and found.kills >= 2000,
            "kills",
        )
    ]
