"""The closing that is in force for a book, and where it stood then: a closed book prints so."""

import json
from dataclasses import dataclass

from sqlalchemy import select

from kecamatan_desk.persistence.tables import BookActRecord, table_of
from kecamatan_desk.usecases.book_states import book_acts
from kecamatan_desk.usecases.closed_books import CLOSED
from kecamatan_desk.usecases.closing_values import ClosingFacts, facts_from
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import Mark

_ACT = table_of(BookActRecord)


@dataclass(frozen=True, slots=True)
class ClosedBook:
    """A closing in force: what it has stated, and the newest ids it has seen."""

    act: int
    facts: ClosingFacts

    @property
    def mark(self) -> Mark:
        """Where the register stood."""
        line, status, event = self.facts.mark
        return Mark(line, status, event, closed=True)


def closed_book(work: UnitOfWork, period: Period) -> ClosedBook | None:
    """Give the closing in force of a month or a year; None while it is open, and for other spans.

    A month goes by its own closing; without one, by its year's.
    """
    act = _in_force(work, period)
    if act is None:
        return None
    facts = work.session.scalar(select(_ACT.c.facts).where(_ACT.c.id == act))
    return ClosedBook(act, facts_from(json.loads(str(facts))))


def _in_force(work: UnitOfWork, period: Period) -> int | None:
    year, month = period.first.year, period.first.month
    acts = book_acts(work)
    if period.is_year:
        newest = acts.newest(str(year)) if acts.year_closed(year) else None
    elif period == Period.of_month(year, month) and acts.month_closed(year, month):
        own = acts.newest(f"{year:04d}-{month:02d}")
        newest = own if own is not None and own[1] == CLOSED else acts.newest(str(year))
    else:
        return None
    return newest[0] if newest else None
