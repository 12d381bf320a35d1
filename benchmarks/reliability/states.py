"""Every disk a power cut could have left, laid out in a folder and judged.

    def verify(folder: Path, acks: list[str]) -> list[str]:  # a function of a module
        ...  # gives what is wrong; nothing wrong is []

    outcome = judge(tracing.record(command, folder, acks), verify)
    assert not outcome.bad and outcome.states > 1000

The same goes for whatever else a program does with files: what is recorded decides. Prove such a
test alive by recording the same program with its syncs taken away: it must turn bad.
"""

import hashlib
import multiprocessing
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from random import Random

from benchmarks.reliability.disk import Ack, Disk, Sync, Tree
from benchmarks.reliability.places import quick_disk
from benchmarks.reliability.tracing import Trace

#: Gets a folder laid out as a power cut left it, and the acknowledgements; gives what is wrong.
Verify = Callable[[Path, list[str]], list[str]]

#: What is always tried: (what is left of files, of changes of names); see Disk.left().
_ALWAYS = (("all", None), ("none", "none"), ("all", "none"), ("none", None))


@dataclass(frozen=True, slots=True)
class State:
    """One disk: after which operation the power failed, what is left, how much was told by then."""

    step: int
    tree: Tree
    acks: int
    digest: bytes


@dataclass
class Outcome:
    """What became of all states. ``bad``: what is wrong with each bad one, by step."""

    digests: set[bytes] = field(default_factory=set)
    judged: int = 0
    bad: list[str] = field(default_factory=list)
    syncs: int = 0
    acks: int = 0

    @property
    def states(self) -> int:
        """How many different disks there were."""
        return len(self.digests)


def states(
    trace: Trace, *, by_lot: int, often: float, seed: int, share: tuple[int, int] = (0, 1)
) -> Iterator[State]:
    """Give the disks a power cut could have left, each only once for what was told by then.

    Args:
        trace: what happened.
        by_lot: how many disks of every step are drawn by lot, besides the four extreme ones.
        often: the share of steps that are looked at; syncs and acknowledgements always are.
        seed: the lots.
        share: (n, of): only every so-manieth step, for a process of its own.
    """
    disk, acks, seen = Disk(trace.base), 0, set()
    for step, op in enumerate(trace.ops):
        disk.apply(op)
        acks += isinstance(op, Ack)
        random = Random(f"{seed}/{step}")
        looked = isinstance(op, Ack | Sync) or random.random() < often
        if not looked or step % share[1] != share[0]:
            continue
        for files, changes in (*_ALWAYS, *(("mixed", "mixed"),) * by_lot):
            tree = disk.left(files, changes, random)
            digest = _digest(tree)
            if (digest, acks) not in seen:
                seen.add((digest, acks))
                yield State(step, tree, acks, digest)


def judge(
    trace: Trace,
    verify: Verify,
    *,
    by_lot: int = 4,
    often: float = 1.0,
    seed: int = 1,
    processes: int = 2,
    enough: int = 20,
) -> Outcome:
    """Lay out every state and ask ``verify`` about it; stop at ``enough`` bad ones.

    ``verify`` runs in processes of their own, so it must be a function of a module.
    """
    told = [op.text for op in trace.ops if isinstance(op, Ack)]
    found = Outcome(syncs=trace.syncs, acks=len(told))
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as workers:
        parts = [
            workers.submit(_judge, trace, told, verify, by_lot, often, seed, (n, processes), enough)
            for n in range(processes)
        ]
        for part in parts:
            mine = part.result()
            found.digests |= mine.digests
            found.judged += mine.judged
            found.bad += mine.bad
    return found


def _judge(
    trace: Trace,
    told: list[str],
    verify: Verify,
    by_lot: int,
    often: float,
    seed: int,
    share: tuple[int, int],
    enough: int,
) -> Outcome:
    found = Outcome()
    with tempfile.TemporaryDirectory(dir=quick_disk()) as scratch:
        for state in states(trace, by_lot=by_lot, often=often, seed=seed, share=share):
            folder = Path(scratch, "disk")
            lay_out(state.tree, folder)
            wrong = verify(folder, told[: state.acks])
            shutil.rmtree(folder)
            found.digests.add(state.digest)
            found.judged += 1
            if wrong:
                found.bad.append(f"after step {state.step}: {'; '.join(wrong[:3])}")
            if len(found.bad) >= enough:
                break
    return found


def lay_out(tree: Tree, folder: Path) -> None:
    """Write a state into a new folder. The shared memory of a WAL is not on disk."""
    folder.mkdir()
    for name in sorted(tree):
        content = tree[name]
        if content is None:
            (folder / name).mkdir()
        elif not name.endswith("-shm"):
            with (folder / name).open("wb") as file:
                if _is_blank(content):
                    file.truncate(len(content))
                else:
                    file.write(content)


@lru_cache(maxsize=64)
def _is_blank(content: bytes) -> bool:
    """Tell whether a large file holds nothing but zeros: room that is kept back."""
    return len(content) > 1 << 20 and not content.strip(b"\0")


def _digest(tree: Tree) -> bytes:
    whole = hashlib.blake2b(digest_size=16)
    for name in sorted(tree):
        content = tree[name]
        whole.update(name.encode() + b"\0")
        whole.update(b"folder" if content is None else _hashed(content))
    return whole.digest()


@lru_cache(maxsize=64)  # most files stay as they are from one state to the next
def _hashed(content: bytes) -> bytes:
    return hashlib.blake2b(content).digest()
