"""P4: an act that is sent again, by whomever and after whatever, is done once."""

import dataclasses
import json
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.reliability.crowd import Worker, gathered
from benchmarks.reliability.figures import Figure
from benchmarks.reliability.places import desks, fresh, make_template, opened, place_at
from benchmarks.reliability.proving import checked, hurry
from benchmarks.reliability.witness import patiently
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.numbers import FILES, QUEUE
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.jobs import register_and_draw
from kecamatan_desk.usecases.values import Receipt, Seen
from tests.builders import op
from tests.walking import brought_to, rows

#: (request, version): what is registered.
_Waiting = tuple[int, int]


@dataclass
class Retries:
    """How often an act was sent, how many processes died between commit and answer, faults."""

    sent: int = 0
    kills: int = 0
    bad: list[str] = field(default_factory=list)


def sent_at_once(root: Path, times: int, processes: int, threads: int) -> Retries:
    """Send one registration ``times`` times: from threads of this program and from others."""
    waiting, op_id = _waiting(root, 1)[0], op()
    here = times // 2
    each = (times - here) // processes
    workers = [Worker(root, sending, waiting, op_id, each) for _ in range(processes)]
    answers: list[str] = []
    office = opened(root)
    register = desks(office)(Role.REGISTER)
    parts = [
        threading.Thread(
            target=sending, args=(lambda _role: register, answers.append, waiting, op_id, n)
        )
        for n in (here // threads + (place < here % threads) for place in range(threads))
    ]
    for part in parts:
        part.start()
    for part in parts:
        part.join()
    gathered(workers)
    office.close()
    for worker in workers:
        answers += worker.lines
    bad = checked(root) + _done_once(root, waiting)
    if len(set(answers)) != 1:
        bad.append(f"{len(set(answers))} different answers")
    if len(answers) != here + each * processes:
        bad.append(f"{len(answers)} answers")
    return Retries(len(answers), 0, bad)


def killed_before_the_answer(root: Path, times: int, seed: int = 1) -> Retries:
    """Kill the program after a commit of the registration, then send the same act again.

    The registration is two commits: the number, then its letter. Every second time the program is
    killed after the first, every second after the last; the answer is told by neither.
    """
    found = Retries()
    hurry()
    every = _waiting(root, times)
    for turn, waiting in enumerate(every):
        op_id = op()
        worker = Worker(root, dying, waiting, op_id, turn % 2 + 1)
        worker.join()
        found.kills += 1
        if worker.lines:
            found.bad.append(f"turn {turn}: answered before it died")
        if not _number_of(root, waiting):
            found.bad.append(f"turn {turn}: died before its commit")
        office = opened(root)
        register = desks(office)(Role.REGISTER)
        receipts = {
            register_and_draw(register, op_id, Seen(*waiting)).number
            for _ in range(1 + Random(seed + turn).randint(1, 2))
        }
        office.close()
        found.sent += 1
        if receipts != _number_of(root, waiting):
            found.bad.append(f"turn {turn}: answered {receipts}")
        found.bad += [f"turn {turn}: {said}" for said in _done_once(root, waiting)]
    found.bad += checked(root)
    return found


def sending(
    desk_of: Callable[[Role], Desk],
    tell: Callable[[str], None],
    waiting: _Waiting,
    op_id: str,
    times: int,
) -> None:
    """Send the same registration so many times, and tell each answer."""
    register = desk_of(Role.REGISTER)
    for _ in range(times):
        receipt: Receipt = patiently(register_and_draw, register, op_id, Seen(*waiting))
        tell(_words(receipt))


def dying(
    desk_of: Callable[[Role], Desk],
    tell: Callable[[str], None],
    waiting: _Waiting,
    op_id: str,
    commits: int,
) -> None:
    """Register and draw, and be killed once so many transactions are committed."""
    register = desk_of(Role.REGISTER)
    done, call = 0, register.call

    def counted(usecase: Any, *args: Any, **more: Any) -> Any:
        nonlocal done
        answer = call(usecase, *args, **more)
        done += usecase.__name__ != "keep_key"
        if done == commits:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    register.call = counted  # type: ignore[method-assign]
    tell(_words(register_and_draw(register, op_id, Seen(*waiting))))


def _words(receipt: Receipt) -> str:
    return json.dumps(dataclasses.asdict(receipt))


def _waiting(root: Path, count: int) -> list[_Waiting]:
    """Bring so many requests to the register officer."""
    office = opened(root)
    desk_of = desks(office)
    found = [brought_to(desk_of, "sktm", "register") for _ in range(count)]
    office.close()
    return [(receipt.request_id, receipt.version) for receipt in found]


def _number_of(root: Path, waiting: _Waiting) -> set[int]:
    database = place_at(root).current_database
    lines = rows(database, "SELECT number FROM register_line WHERE request_id = ?", waiting[0])
    return {line["number"] for line in lines}


def _done_once(root: Path, waiting: _Waiting) -> list[str]:
    """Give what speaks against one number, one line and one letter of a request."""
    ask = partial(rows, place_at(root).current_database)
    counts = {
        "lines": ask("SELECT 1 FROM register_line WHERE request_id = ?", waiting[0]),
        "letters": ask("SELECT 1 FROM document WHERE request_id = ?", waiting[0]),
        "agenda numbers": ask(
            "SELECT 1 FROM number_issue WHERE request_id = ? AND series NOT IN (?, ?)",
            *(waiting[0], FILES, QUEUE),
        ),
    }
    return [f"{len(found)} {what}" for what, found in counts.items() if len(found) != 1]


def measure() -> list[Figure]:
    """Give the figures of 1,000 repetitions and 200 kills."""
    with tempfile.TemporaryDirectory() as folder:
        template = make_template(Path(folder, "template"))
        root = Path(folder, "place")
        fresh(template, root)
        often = sent_at_once(root, 1000, processes=4, threads=4)
        shutil.rmtree(root)
        fresh(template, root)
        killed = killed_before_the_answer(root, 200)
    for said in (often.bad + killed.bad)[:20]:
        print(said)
    return [
        Figure(
            "P4",
            "one registration sent again with the same op_id by 4 threads and 4 other processes",
            "1,000 times: one letter (OpenCRVS: a transactionId per action, no figure)",
            f"{often.sent:,} answers, {len(often.bad)} faults",
            not often.bad and often.sent >= 1000,
            "retries",
        ),
        Figure(
            "P4",
            "killed between commit and answer, then sent again once or twice",
            "200 kills: one letter each",
            f"{killed.kills} kills, {len(killed.bad)} faults",
            not killed.bad and killed.kills >= 200,
            "retries",
        ),
    ]
