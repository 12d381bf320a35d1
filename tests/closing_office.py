"""An office over some months: files of many kinds brought to many ends, and books closed."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import closing, processing
from kecamatan_desk.usecases.clock_guard import confirm_clock
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.values import Receipt
from tests.builders import SettableClock, op
from tests.walking import brought_to, forward, seen

DeskOf = Callable[[Role], Desk]

MAY_END = datetime(2026, 5, 29, 9, 0, tzinfo=UTC)  # Friday, the last working day, 16.00 WIB
JUNE = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)


def at(day: date, hour: int = 2) -> datetime:
    """Give a moment of a day, hours in UTC: 2 is 09.00 WIB."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def closed_may(desk_of: DeskOf, clock: SettableClock) -> int:
    """Close May on its last working day."""
    clock.set(MAY_END)
    return desk_of(Role.REGISTER).call(closing.close_month, op(), 2026, 5)


def closed_year(desk_of: DeskOf, year: int) -> int:
    """Close all months of a year that is over, then the year."""
    desk = desk_of(Role.REGISTER)
    desk.call(confirm_clock, op())  # nothing, unless months without a number lie behind
    closing.close_in_order(desk, op(), year)
    return desk.call(closing.close_year, op(), year)


class History:
    """Random office days. ``counts``: what the book must hold, noted beside the program."""

    KINDS = ("sktm", "skck", "ahli-waris", "ktp")

    def __init__(self, desk_of: DeskOf, clock: SettableClock, seed: int) -> None:
        self.desk_of, self.clock = desk_of, clock
        self.random = random.Random(seed)
        self.waiting: list[Receipt] = []
        self.ends: dict[int, str] = {}  # request -> what became of its line
        self.series: dict[int, str] = {}

    def day(self) -> None:
        """Do some things, and go to the next working day."""
        for _ in range(self.random.randrange(1, 4)):
            receipt = brought_to(self.desk_of, self.random.choice(self.KINDS), "tanda-tangan")
            self.series[receipt.request_id] = receipt.service
            self.ends[receipt.request_id] = "running"
            self.waiting.append(receipt)
            if self.random.random() < 0.7:
                self._end(self.waiting.pop(self.random.randrange(len(self.waiting))))
        self.clock.advance(days=1)
        while self.clock.now.weekday() > 4:
            self.clock.advance(days=1)

    def _end(self, receipt: Receipt) -> None:
        signer = {"ktp": Role.KASI, "ahli-waris": Role.CAMAT}.get(receipt.service, Role.SEKCAM)
        if self.random.random() < 0.3:
            desk = self.desk_of(signer)
            desk.call(processing.refuse, op(), seen(receipt), "Bukan warga")
            self.ends[receipt.request_id] = "refused"
            return
        while receipt.step is not None:
            receipt = forward(self.desk_of, receipt)
        self.ends[receipt.request_id] = "done"


def last_working_day(year: int, month: int) -> date:
    """Give the last weekday of a month without holidays at its end."""
    day = (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day
