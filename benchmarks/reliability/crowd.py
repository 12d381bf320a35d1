"""Processes that work in one place at once, told of by pipe, killed at any moment.

They are forked from a server that was started anew, has everything imported and has never opened a
database: what is forked with an open connection loses SQLite's locks. Where there is no such
server (Windows) they are spawned.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.reliability.places import desks, opened
from benchmarks.reliability.proving import Told, read
from benchmarks.reliability.witness import work_on

_READY, _DONE = "ready", "done"
_LONGEST = 120.0  # seconds a process may stay silent
_MOST_ACTS = 9  # a letter takes six
_MOMENT = 0.04  # seconds: longer than any act takes

#: What a process does in a place: gets its root, where to tell, and what else was given.
Job = Callable[..., None]


def context() -> ForkServerContext | SpawnContext:
    """Give the way processes are started here."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        server = multiprocessing.get_context("forkserver")
        server.set_forkserver_preload(["benchmarks.reliability.preloaded"])
        return server
    return multiprocessing.get_context("spawn")


class Worker:
    """A process at work in a place. ``told`` holds what it has acknowledged so far."""

    def __init__(self, root: Path, job: Job, *args: Any) -> None:
        started = context()
        self._end, other = started.Pipe(duplex=False)
        self._process = started.Process(target=_run, args=(other, root, job, args), daemon=True)
        self._process.start()
        other.close()
        self.lines: list[str] = []
        self.ready = self.done = False

    @property
    def told(self) -> list[Told]:
        """What was acknowledged."""
        return read(self.lines)

    @property
    def pipe(self) -> Connection:
        """Where it tells."""
        return self._end

    def listen(self) -> bool:
        """Take everything it has told; False when it has ended."""
        try:
            while self._end.poll():
                line = self._end.recv()
                self.ready = self.ready or line == _READY
                self.done = self.done or line == _DONE
                if line not in (_READY, _DONE):
                    self.lines.append(line)
        except (EOFError, OSError):
            return False
        return True

    def kill(self) -> None:
        """Kill it like kill -9 or the task manager, then take what it had told until then."""
        self._process.kill()
        self.join()

    def join(self) -> None:
        """Wait for its end and take what it told."""
        self._process.join()
        self.listen()
        self._end.close()
        self._process.close()


def _run(pipe: Connection, root: Path, job: Job, args: tuple[Any, ...]) -> None:
    office = opened(root)
    pipe.send(_READY)
    job(desks(office), pipe.send, *args)
    office.close()
    pipe.send(_DONE)


def writing(desk_of: Any, tell: Any, seed: int, rest: dict[str, Any]) -> None:
    """Work at a counter; see witness.work_on."""
    work_on(desk_of, tell, Random(seed), **rest)


def killed_at_random(workers: Sequence[Worker], random: Random) -> None:
    """Let each tell of so many acts, then kill it a moment later, wherever it then is.

    Counting acts rather than seconds, a slow machine kills as deep in the work as a quick one.
    """
    until_ready(workers)
    ends = {
        worker: (random.randint(0, _MOST_ACTS), random.random() * _MOMENT) for worker in workers
    }
    due: dict[Worker, float] = {}
    end = time.monotonic() + _LONGEST
    while ends:
        now = time.monotonic()
        for worker, (acts, moment) in list(ends.items()):
            alive = worker.listen()
            if len(worker.lines) >= acts or not alive or now > end:
                due.setdefault(worker, now + moment)
            if due.get(worker, end) <= now:
                worker.kill()
                del ends[worker]
        if ends:
            next_end = min((due[worker] for worker in ends if worker in due), default=end)
            wait([worker.pipe for worker in ends if worker not in due], max(0, next_end - now))


def gathered(workers: Sequence[Worker]) -> None:
    """Listen until all have ended by themselves.

    Raises:
        RuntimeError: one ended without having finished its job.
    """
    alive = list(workers)
    while alive:
        if not wait([worker.pipe for worker in alive], _LONGEST):
            raise RuntimeError("the workers say nothing any more")
        alive = [worker for worker in alive if worker.listen()]
    for worker in workers:
        worker.join()
        if not worker.done:
            raise RuntimeError("a worker did not finish")


def until_ready(workers: Iterable[Worker]) -> None:
    """Wait until each has opened the place.

    Raises:
        RuntimeError: one ended before, or says nothing for two minutes.
    """
    for worker in workers:
        end = time.monotonic() + _LONGEST
        while not worker.ready:
            wait([worker.pipe], 1.0)
            if not worker.listen() or time.monotonic() > end:
                raise RuntimeError("a worker ended before it began")
