"""P2: the power fails anywhere while the real program works. Nothing told may be lost.

The program is recorded at its work (``recorded``), every disk that a power cut could have left is
laid out (``states``), opened by the program and judged. The same with a guard taken away must turn
out bad: else the simulation proves nothing.
"""

import logging
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.reliability import keeping
from benchmarks.reliability.figures import Figure
from benchmarks.reliability.places import OFFICE, make_office, make_template, place_at
from benchmarks.reliability.proving import UNREADABLE, checked, faults, hurry, read
from benchmarks.reliability.states import Outcome, Verify, judge
from benchmarks.reliability.tracing import Trace, record, why_not_here
from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.errors import DeskError

_GOES_ON = 25  # one state in so many also has its missing letters drawn and its next number given
_judged = count()
_verdicts: dict[Any, list[str]] = {}


def whole_with_letters(folder: Path, acks: list[str]) -> list[str]:
    """Judge a place in which letters were registered."""
    logging.disable()  # a recovered key is worth a warning, not ten thousand
    hurry()
    goes_on = next(_judged) % _GOES_ON == 0
    root = next(folder / name for name in (OFFICE, "data") if (folder / name).exists())
    return faults(root, read(acks), goes_on=goes_on, verdicts=_verdicts)


def whole_when_made(folder: Path, acks: list[str]) -> list[str]:
    """Judge an office that was being made: what was told is there, the rest can be made anew."""
    logging.disable()
    hurry()
    place = place_at(folder / "data")
    try:
        office = open_place(place, create=None if acks else "office")
        needs_setup = office.needs_setup
        office.close()
        if needs_setup and "set up" in acks:
            return ["the first administrator is gone"]
        return checked(place.root)
    except (DeskError, sqlite3.Error, *UNREADABLE) as error:
        return [f"{type(error).__name__}: {error}"]


@dataclass(frozen=True, slots=True)
class Case:
    """A program of ``recorded.PROGRAMS``, how it is judged, and what must turn it bad.

    ``base``: the place it works in, by its name among the templates; "" for none.
    """

    program: str
    verify: Verify
    base: str
    without: tuple[str, ...] = ()


_UNSYNCED = ("files-unsynced",)

#: Places to begin with, by name; see templates().
Templates = Mapping[str, Path]

#: A new part of the program that handles files is entered here, after ``recorded.PROGRAMS``.
CASES: Mapping[str, Case] = {
    "letters": Case("letters", whole_with_letters, "data"),
    "office": Case("letters", whole_with_letters, OFFICE),
    "letter": Case(
        "letter",
        whole_with_letters,
        "data",
        without=("wal-normal", "delete-full", "synchronous-off", "documents-unsynced"),
    ),
    "office letter": Case("letter", whole_with_letters, OFFICE),
    "resumed": Case("resumed", whole_with_letters, "data"),
    "scan": Case("scan", keeping.whole_with_scan, OFFICE, without=_UNSYNCED),
    "backup": Case("backup", keeping.whole_with_backup, "backed-up/office", without=_UNSYNCED),
    "restore": Case("restore", keeping.old_or_restored, "backed-up/office", without=_UNSYNCED),
    "upgrade": Case("upgrade", keeping.old_or_upgraded, "older/office", without=_UNSYNCED),
    "creation": Case("creation", whole_when_made, "", without=("synchronous-off",)),
}


def templates(folder: Path) -> Templates:
    """Make the places to begin with: one to practise in, and offices with their lock and log."""
    return {
        "data": make_template(folder / "data"),
        OFFICE: make_office(folder / OFFICE),
        "backed-up/office": keeping.make_backed_up(folder / "backed-up" / OFFICE),
        "older/office": keeping.make_older(folder / "older" / OFFICE),
    }


def recorded(case: Case, scratch: Path, bases: Templates, without: str = "") -> Trace:
    """Record a case in a folder of its own."""
    with tempfile.TemporaryDirectory(dir=scratch) as made:
        folder, acks = Path(made, "disk"), Path(made, "acks")
        folder.mkdir()
        root = folder / Path(case.base or "data").name
        if case.base:
            shutil.copytree(bases[case.base], root)
        command = [sys.executable, "-m", "benchmarks.reliability.recorded", case.program]
        words = [str(root), str(acks), *([without] if without else [])]
        return record([*command, *words], folder, acks)


def run(name: str, scratch: Path, bases: Templates, **how: float) -> Outcome:
    """Record and judge a case; ``how`` goes to states.judge()."""
    case = CASES[name]
    return judge(recorded(case, scratch, bases), case.verify, **how)  # type: ignore[arg-type]


def turns_bad(name: str, without: str, scratch: Path, bases: Templates, **how: float) -> Outcome:
    """Record and judge a case with a guard taken away; it stops at the first bad state."""
    case = CASES[name]
    trace = recorded(case, scratch, bases, without)
    return judge(trace, case.verify, **{"enough": 1, "processes": 1, **how})  # type: ignore[arg-type]


def _told(name: str, outcome: Outcome) -> Outcome:
    """Print how a case came out: the next one takes minutes."""
    print(f"{name}: {outcome.states:,} states, {len(outcome.bad):,} bad", flush=True)
    return outcome


def measure(by_lot: int = 10) -> list[Figure]:
    """Give the figures of all cases and all controls."""
    if why := why_not_here():
        raise SystemExit(f"power cuts cannot be simulated: {why}")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        bases = templates(scratch)
        outcomes = {
            name: _told(name, run(name, scratch, bases, by_lot=by_lot))
            for name in CASES
            if "letter" not in name.split()  # shorter ones, for controls and for the tests
        }
        controls = {
            f"{name} {without}": _told(
                f"{name} {without}",
                turns_bad(name, without, scratch, bases, enough=10**6, processes=2),
            )
            for name, case in CASES.items()
            for without in case.without
        }
    total = sum(outcome.states for outcome in outcomes.values())
    bad = [said for outcome in outcomes.values() for said in outcome.bad]
    each = ", ".join(f"{name} {outcome.states:,}" for name, outcome in outcomes.items())
    turned = ", ".join(
        f"{name} {len(outcome.bad):,} of {outcome.states:,}" for name, outcome in controls.items()
    )
    for said in bad[:20]:
        print(said)
    return [
        Figure(
            "P2",
            "power cut at every step of the recorded program; each disk that could be left is "
            "opened, checked and compared with what was acknowledged",
            "≥ 10,000 distinct disk states, 0 bad (SQLite's own crash tests; no desktop anchor "
            "tests its own files)",
            f"{total:,} distinct states ({each}), {len(bad)} bad",
            not bad and total >= 10_000,
            "power-cut",
        ),
        Figure(
            "P2",
            "the same with a guard taken away: must turn bad",
            "WAL+NORMAL, DELETE+FULL and unsynced attachments must fail",
            f"bad states: {turned}",
            all(outcome.bad for outcome in controls.values()),
            "power-cut",
        ),
    ]
