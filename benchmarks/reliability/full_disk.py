"""P5: the disk is full. Every act is refused in the office's words and changes nothing.

Three ways: no file of the process may grow (``RLIMIT_FSIZE``, needs no rights), a disk in memory
that ends behind what lies on it, and a small one for the papers alone (both need root). Afterwards
there is room again, and the next number follows directly. That the program stops by itself long
before, while 200 MB are left, is not asked for its opinion here.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.reliability.crowd import Worker
from benchmarks.reliability.figures import Figure
from benchmarks.reliability.places import DeskOf, desks, fresh, make_template, opened, place_at
from benchmarks.reliability.proving import faults, last_numbers, not_next, read
from benchmarks.reliability.witness import Acknowledge, WitnessDesk
from kecamatan_desk.domain.errors import DeskError, MachineError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.desk import plenty
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.intake import save_draft
from kecamatan_desk.usecases.jobs import complete_documents, register_and_draw
from kecamatan_desk.usecases.processing import give_agenda_number, pass_check
from kecamatan_desk.usecases.values import Receipt, Seen
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import op
from tests.walking import brought_to, dump, filled, papers, started

_WAITING = 4  # requests at each step before the disk is full
_ROOMY = 400_000  # kB
#: What the sentence of a refusal must say, one of them: why, that nothing changed, what to do.
_SAYS = (
    ("penuh", "cakram"),
    ("tidak ada yang berubah", "tidak tersimpan", "belum pasti"),
    ("ulangi", "mengulang"),
)


@dataclass
class Refusals:
    """Failed writes, what was acknowledged meanwhile, the sentences of the refusals, faults."""

    failed: int = 0
    acts: int = 0
    said: set[str] = field(default_factory=set)
    bad: list[str] = field(default_factory=list)


class _Counter:
    """A counter that goes on trying on a disk without room."""

    def __init__(self, root: Path, desk_of: DeskOf, tell: Acknowledge) -> None:
        self._root = root
        self._desks, self._tell = desk_of, tell
        self.found = Refusals()
        self._waiting = {
            "check": [started(desk_of, "sktm") for _ in range(_WAITING)],
            "register": [brought_to(desk_of, "sktm", "register") for _ in range(_WAITING)],
        }

    def _desk_of(self, role: Role) -> WitnessDesk:
        """Give a desk that does not look how much room is left: the disk itself shall refuse."""
        desk = WitnessDesk(self._desks(role), self._tell)
        desk.room = plenty
        return desk

    def try_on(self, failures: int) -> None:
        """Draft, check and register in turn until so many writes have failed."""
        tries: list[Callable[[], Any]] = [self._draft, self._check, self._register]
        turn = 0
        while self.found.failed < failures and turn < 20 * failures:
            before = dump(place_at(self._root).current_database)
            try:
                tries[turn % len(tries)]()
            except DeskError as error:
                self._refused(error)
                if dump(place_at(self._root).current_database) != before:
                    self.found.bad.append(f"turn {turn}: refused, and yet something changed")
            except Exception as error:
                self.found.bad.append(f"turn {turn}: {type(error).__name__}: {error}")
                self.found.failed += 1
            turn += 1

    def _refused(self, error: DeskError) -> None:
        self.found.failed += 1
        said = str(error)
        self.found.said.add(said)
        lower = said.casefold()
        if not isinstance(error, MachineError) or not all(
            any(word in lower for word in words) for words in _SAYS
        ):
            self.found.bad.append(f"refused with: {said}")

    def _draft(self) -> None:
        values = filled(SERVICES["sktm"], "terima")
        self._desk_of(Role.PELAYANAN).call(save_draft, op(), DraftInput("sktm", values))

    def _check(self) -> None:
        if waiting := self._waiting["check"]:
            receipt = waiting[0]
            desk = self._desk_of(Role.KASI)
            desk.call(pass_check, op(), _seen(receipt), papers("sktm"))
            waiting.pop(0)

    def _register(self) -> None:
        if waiting := self._waiting["register"]:
            self._desk_of(Role.REGISTER).call(give_agenda_number, op(), _seen(waiting[0]))
            waiting.pop(0)

    def goes_on(self) -> None:
        """There is room again: the next number follows directly."""
        before = last_numbers(self._root)
        waiting = brought_to(self._desk_of, "sktm", "register")
        receipt = register_and_draw(self._desk_of(Role.REGISTER), op(), _seen(waiting))
        self.found.bad += not_next(receipt, before)


def files_cannot_grow(root: Path, failures: int) -> Refusals:
    """Let a process whose files may not grow try on (``RLIMIT_FSIZE``)."""
    worker = Worker(root, choking, root, failures)
    worker.join()
    told = read(worker.lines)
    found = Refusals(acts=len(told) - 1)
    if not worker.done or "failed" not in told[-1]:
        return Refusals(bad=["the process died of it"])
    result = told.pop()
    found.failed, found.said, found.bad = result["failed"], set(result["said"]), result["bad"]
    found.bad += faults(root, told, goes_on=True)
    return found


def choking(desk_of: DeskOf, tell: Acknowledge, root: Path, failures: int) -> None:
    """Work in a process whose files may not grow beyond the database's size; then be let go."""
    import json
    import resource

    counter = _Counter(root, desk_of, tell)
    size = place_at(root).current_database.stat().st_size
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    counter.try_on(failures)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    counter.goes_on()
    found = counter.found
    tell(json.dumps({"failed": found.failed, "said": sorted(found.said), "bad": found.bad}))


def why_no_small_disk() -> str:
    """Say why no small disk can be mounted here; "" when it can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "only root may mount a small disk"
    with tempfile.TemporaryDirectory() as folder:
        try:
            with small_disk(Path(folder), 64):
                return ""
        except subprocess.CalledProcessError:
            return "no disk can be mounted here"


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Callable[[int], None]]:
    """Mount a disk in memory on a folder; gives a function that makes it so many kB large."""

    def mount(*options: str) -> None:
        subprocess.run(
            ["mount", "-t", "tmpfs", *options, "tmpfs", str(folder)],
            check=True,
            capture_output=True,
        )

    mount("-o", f"size={kilobytes}k")
    try:
        yield lambda size: mount("-o", f"remount,size={size}k")
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def disk_is_full(template: Path, folder: Path, failures: int) -> Refusals:
    """Let a disk end right behind what lies on it, and try on there. Needs root."""
    told: list[str] = []
    folder.mkdir()
    with small_disk(folder, _ROOMY) as resize:
        root = folder / "data"
        fresh(template, root)
        office = opened(root)
        counter = _Counter(root, desks(office), told.append)
        resize(shutil.disk_usage(folder).used // 1024 + 4)
        counter.try_on(failures)
        resize(_ROOMY)
        counter.goes_on()
        office.close()
        counter.found.acts = len(told)
        counter.found.bad += faults(root, read(told), goes_on=True)
    return counter.found


def papers_do_not_fit(template: Path, folder: Path, letters: int) -> Refusals:
    """Let only the papers' disk be full: numbers are given, letters drawn at the next opening."""
    root, found = folder / "data", Refusals()
    fresh(template, root)
    documents, lying = place_at(root).documents, folder / "lying"
    documents.rename(lying)
    documents.mkdir()
    with small_disk(documents, _ROOMY) as resize:
        shutil.copytree(lying, documents, dirs_exist_ok=True)
        resize(shutil.disk_usage(documents).used // 1024 + 16)
        office = opened(root)
        desk_of = desks(office)
        register = desk_of(Role.REGISTER)
        receipts = []
        for _ in range(letters):
            waiting = brought_to(desk_of, "sktm", "register")
            receipts.append(register_and_draw(register, op(), _seen(waiting)))
            try:
                complete_documents(register, waiting.request_id)
                found.bad.append("a letter was stored on a full disk")
            except MachineError as error:
                found.failed += 1
                found.said.add(str(error))
        office.close()
        found.bad += faults(root, [])  # registered without a letter is no fault
        resize(_ROOMY)
        found.bad += faults(root, [], goes_on=True)
        office = opened(root)
        register = desks(office)(Role.REGISTER)
        for receipt in receipts:
            if not complete_documents(register, receipt.request_id):
                found.bad.append(f"the letter of number {receipt.number} was never drawn")
        office.close()
        found.bad += faults(root, [])
    numbers = [int(receipt.number or 0) for receipt in receipts]
    if numbers != list(range(numbers[0], numbers[0] + letters)):
        found.bad.append(f"numbers were left out: {numbers}")
    return found


def _seen(receipt: Receipt) -> Seen:
    return Seen(receipt.request_id, receipt.version)


def measure(failures: int = 400) -> list[Figure]:
    """Give the figures of the three ways."""
    with tempfile.TemporaryDirectory() as folder:
        template = make_template(Path(folder, "template"))
        root = Path(folder, "place")
        fresh(template, root)
        ways = {"files may not grow": files_cannot_grow(root, failures)}
        if why := why_no_small_disk():
            print(f"left out: {why}")
        else:
            ways["disk full"] = disk_is_full(template, Path(folder, "disk"), failures)
            ways["papers' disk full"] = papers_do_not_fit(template, Path(folder), 20)
    for said in [said for found in ways.values() for said in found.bad][:20]:
        print(said)
    each = "; ".join(
        f"{name}: {found.failed:,} failed writes, {found.acts:,} acknowledged, "
        f"{len(found.bad)} faults"
        for name, found in ways.items()
    )
    return [
        Figure(
            "P5",
            "drafting, checking and registering on a full disk; after each refusal every row is as "
            "before, and with room again the next number follows",
            "≥ 400 failed writes, 0 acknowledged lost, still readable (KeePassXC lost whole files)",
            each,
            not any(found.bad for found in ways.values())
            and sum(found.failed for found in ways.values()) >= failures,
            "full-disk",
        )
    ]
