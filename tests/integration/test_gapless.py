"""Whatever is done, in whatever order and mode: no number twice, none missing, each with its line.

Random sequences of numbers, blocks, manual letters, late entries, unused ones and transactions
that fail halfway; the proof at the start and ``check`` must find nothing, and a count by hand too.
"""

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from random import Random

import pytest

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.gapless import gaps
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.manual_letters import record_manual
from kecamatan_desk.usecases.number_proof import prove_numbers
from kecamatan_desk.usecases.processing import give_agenda_number
from kecamatan_desk.usecases.reserving import declare_unused, numbering, reserve, set_start
from kecamatan_desk.usecases.reserving import waiting_numbers as waiting
from kecamatan_desk.usecases.series import BY_CODE, BY_SERVICE, FOR_ALL
from tests.builders import DeskOf, SettableClock, checked, op, seen
from tests.reserving import entered, findings, letter, opened
from tests.walking import rows

STEPS = 22


class PowerError(Exception):
    """Power fails in the middle of a transaction."""


def halfway(work: UnitOfWork, usecase: Callable[..., object], *arguments: object) -> None:
    """Do a deed and lose it: nothing of it may stay."""
    usecase(work, op(), *arguments)
    raise PowerError


class Office:
    """An office in which things happen at random."""

    def __init__(self, desk_of: DeskOf, random: Random) -> None:
        self.desk_of, self.random = desk_of, random
        self.desk = desk_of(Role.REGISTER)

    def numbered(self) -> None:
        code = self.random.choice(("", "", "474.1"))
        self.desk.call(give_agenda_number, op(), seen(checked(self.desk_of)), code)

    def manual(self) -> None:
        service = self.random.choice(("lain", "sktm"))
        code = self.random.choice(("005", "474.1"))
        self.desk.call(record_manual, op(), letter(service=service, classification=code))

    def set_aside(self) -> None:
        series = [one.series for one in self.desk.ask(numbering).series if one.has_lines]
        wanted = tuple((name, self.random.randint(1, 4)) for name in self.random.sample(series, 2))
        self.desk.call(reserve, op(), wanted)

    def began(self) -> None:
        fresh = [one.series for one in self.desk.ask(numbering).series if one.may_begin]
        if fresh:
            last = self.random.randint(1, 600)
            self.desk.call(set_start, op(), self.random.choice(fresh), last)

    def unused(self) -> None:
        found = self.desk.ask(waiting)
        for one in self.random.sample(found, min(2, len(found))):
            self.desk.call(declare_unused, op(), ((one.block_id, one.number),))

    def late(self) -> None:
        own = [one for one in self.desk.ask(waiting) if one.series in ("sktm", "umum")]
        if own:
            entered(self.desk_of, self.random.choice(own))

    def lost(self) -> None:
        deeds: list[tuple[Callable[..., object], object]] = [
            (record_manual, letter()),
            (reserve, (("pengaduan", 3),)),
        ]
        usecase, argument = self.random.choice(deeds)
        with pytest.raises(PowerError):
            self.desk.call(halfway, usecase, argument)

    def happens(self) -> None:
        deed = self.random.choice(
            (
                self.numbered,
                self.numbered,
                self.manual,
                self.set_aside,
                self.began,
                self.unused,
                self.late,
                self.lost,
            )
        )
        with suppress(DeskError):  # a rule of the office; nothing may have been spent
            deed()


@pytest.mark.parametrize("mode", [BY_SERVICE, FOR_ALL, BY_CODE])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_numbers_are_gapless_whatever_happens(
    desk_of: DeskOf, clock: SettableClock, mode: str, seed: int
) -> None:
    opened(desk_of, mode)
    office = Office(desk_of, Random(f"{mode}-{seed}"))
    for _ in range(STEPS):
        clock.advance(minutes=3)
        office.happens()
    assert prove_numbers(office.desk) == ()
    assert findings(office.desk) == []
    check_by_hand(office)
    left = office.desk.ask(waiting)
    if left:
        chosen = tuple((one.block_id, one.number) for one in left)
        office.desk.call(declare_unused, op(), chosen)
    check_by_hand(office)
    assert findings(office.desk) == []


def check_by_hand(office: Office) -> None:
    """Count again, without the program: lines, paper and what still waits make 1 … last."""
    path = office.desk.store.path
    there: dict[str, list[int]] = defaultdict(list)
    for line in rows(path, "SELECT series, number FROM register_line"):
        there[line["series"]].append(line["number"])
    for block in rows(path, "SELECT * FROM number_block WHERE kind = 'kertas'"):
        there[block["series"]] += range(block["first"], block["last"] + 1)
    for one in office.desk.ask(waiting):
        there[one.series].append(one.number)
    counters = {
        row["series"]: row["last"]
        for row in rows(path, "SELECT series, last FROM counter WHERE length(period) = 4")
        if row["series"] not in ("berkas", "berita-acara")
    }
    there.pop("berita-acara", None)
    assert {name: sorted(numbers) for name, numbers in there.items()} == {
        name: list(range(1, last + 1)) for name, last in counters.items()
    }


def test_the_year_turns_with_a_new_mode_and_numbers_from_one(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    office = Office(desk_of, Random(7))
    first = office.desk.call(give_agenda_number, op(), seen(checked(desk_of)))
    clock.advance(days=220)  # 18 December
    opened(desk_of, FOR_ALL, 2027)
    late = office.desk.call(give_agenda_number, op(), seen(checked(desk_of)))
    clock.advance(days=20)
    new = office.desk.call(give_agenda_number, op(), seen(checked(desk_of)))
    told = [(one.series, one.period, one.agenda_number) for one in (first, late, new)]
    assert told == [("sktm", "2026", 1), ("sktm", "2026", 2), ("umum", "2027", 1)]
    assert findings(office.desk) == []
    with pytest.raises(DeskError, match="sudah berisi nomor"):
        opened(desk_of, BY_CODE, 2027)


@pytest.mark.parametrize(
    ("counter", "given", "blocks", "inside", "wrong"),
    [
        (3, (3, 1, 3), [], 0, 0),
        (None, (0, 0, 0), [], 0, 1),
        (0, (0, 0, 0), [], 0, 0),
        (4, (3, 1, 3), [], 0, 1),
        (3, (2, 1, 3), [], 0, 1),
        (3, (2, 2, 3), [], 0, 1),
        (6, (1, 4, 4), [(1, 3), (5, 6)], 0, 0),
        (6, (2, 1, 4), [(2, 3), (5, 6)], 0, 0),
        (6, (2, 3, 4), [(1, 3), (5, 6)], 1, 2),
        (5, (0, 0, 0), [(1, 3), (3, 5)], 0, 2),
        (5, (1, 6, 6), [(1, 4)], 0, 1),
    ],
)
def test_the_sum_that_proves_a_series(
    counter: int | None,
    given: tuple[int, int, int],
    blocks: list[tuple[int, int]],
    inside: int,
    wrong: int,
) -> None:
    assert len(gaps(counter, given, blocks, inside)) == wrong
