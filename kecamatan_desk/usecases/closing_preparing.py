"""Closing a year without holding up the counter: read before, and only written under the lock.

All that a closing states is bound to the head of the chain: whoever has changed anything has moved
it. So the lines of a year are read month by month, each in a short transaction of its own, and the
closing itself looks whether the head is still the same. If somebody was quicker, it is read again;
a counter that never rests is closed the slow way, under the lock.
"""

from dataclasses import dataclass

from kecamatan_desk.usecases.closing_facts import (
    Head,
    collect,
    head_of_chain,
    joined,
    lines_read,
)
from kecamatan_desk.usecases.closing_values import ClosingFacts
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.periods import Period

_TRIES = 4


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a closing would state at a head of the chain."""

    head: Head
    facts: ClosingFacts


def prepare_year(desk: Desk, year: int) -> Prepared | None:
    """Collect what closing a year would state; None when the counter does not rest."""
    for _ in range(_TRIES):
        head = desk.ask(head_of_chain)
        months = (Period.of_month(year, month) for month in range(1, 13))
        read = joined([desk.ask(lines_read, month) for month in months])
        facts = desk.ask(collect, str(year), read)
        if (facts.head_seq, facts.head_hash) == (head.seq, head.hash):
            return Prepared(head, facts)
    return None
