"""P3: many processes take numbers at once, give up and are killed: none twice, none left out."""

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.reliability.crowd import Worker, gathered, until_ready, writing
from benchmarks.reliability.figures import Figure
from benchmarks.reliability.places import fresh, make_template
from benchmarks.reliability.proving import Told, faults

GIVEN_UP = 0.1  # the share of transactions that do everything and are then rolled back


@dataclass
class Numbers:
    """What came of it: numbers acknowledged, processes killed, and what is wrong."""

    numbers: int = 0
    twice: int = 0
    kills: int = 0
    bad: list[str] = field(default_factory=list)


def run(
    template: Path, root: Path, processes: int, letters: int, killed: int = 0, seed: int = 1
) -> Numbers:
    """Let processes take requests in and number them, at once and without drawing.

    Args:
        template: the place to copy.
        root: where the copy goes.
        processes: how many at once.
        letters: how many requests each brings into the book; each takes three numbers.
        killed: how many further processes are killed meanwhile, one after the other.
        seed: of the choices.
    """
    random, found = Random(seed), Numbers()
    fresh(template, root)
    how: dict[str, Any] = {"given_up": GIVEN_UP, "draws": False}
    workers = [
        Worker(root, writing, random.getrandbits(32), {**how, "letters": letters})
        for _ in range(processes)
    ]
    told: list[Told] = []
    until_ready(workers)
    for _ in range(killed):
        told += _killed_at_work(root, random, how, workers)
        found.kills += 1
    gathered(workers)
    for worker in workers:
        told += worker.told
    given: list[object] = [one["draft"]["file_code"] for one in told if "draft" in one]
    given += [
        (receipt["series"], receipt["period"], receipt["number"])
        for receipt in (one.get("receipt") for one in told)
        if receipt and receipt["number"] is not None
    ]
    found.numbers, found.twice = len(given), len(given) - len(set(given))
    found.bad = faults(root, told)
    shutil.rmtree(root, ignore_errors=True)
    return found


def _killed_at_work(
    root: Path, random: Random, how: dict[str, Any], others: list[Worker]
) -> list[Told]:
    """Start one process more, kill it after some acts, and give what it had told."""
    worker = Worker(root, writing, random.getrandbits(32), {**how, "letters": None})
    acts = random.randint(1, 8)
    while worker.listen() and len(worker.lines) < acts:
        for other in others:
            other.listen()
        worker.pipe.poll(0.01)
    worker.kill()
    return worker.told


def measure() -> list[Figure]:
    """Give the figure of 16 processes and 20,000 numbers."""
    with tempfile.TemporaryDirectory() as folder:
        template = make_template(Path(folder, "template"))
        found = run(template, Path(folder, "place"), processes=16, letters=420, killed=60)
    for said in found.bad[:20]:
        print(said)
    return [
        Figure(
            "P3",
            "16 processes take requests in and number them, 10 % of all transactions given up at "
            "their end, 60 further processes killed meanwhile",
            "≥ 20,000 numbers, 0 twice, 0 gaps (Odoo, Tryton: by lock, no figure; PostgreSQL "
            "sequences leave gaps)",
            f"{found.numbers:,} numbers acknowledged, {found.twice} twice, {found.kills} kills, "
            f"{len(found.bad)} faults",
            not found.bad and not found.twice and found.numbers >= 20_000,
            "numbering",
        )
    ]
