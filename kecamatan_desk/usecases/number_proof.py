"""Proving the numbers at the start of the program, beside the first work list.

Series by series, each its own short transaction, so that the counter goes on meanwhile. When a
series is not whole, no number is given until the program starts again and finds it so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Table, func, or_, select

from kecamatan_desk.persistence.gapless import gaps, is_of_agenda
from kecamatan_desk.persistence.tables import (
    BlockRecord,
    CounterRecord,
    IssueRecord,
    LineRecord,
    table_of,
)
from kecamatan_desk.usecases.blocks import ON_PAPER
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.series import series_label

_COUNTER, _ISSUE, _BLOCK, _LINE = map(
    table_of, (CounterRecord, IssueRecord, BlockRecord, LineRecord)
)

SPAN = 20_000  # numbers counted in one short transaction


@dataclass(frozen=True, slots=True)
class NumberFault:
    """A series of a period that is not whole, in words."""

    series: str
    period: str
    message: str


def prove_numbers(desk: Desk) -> tuple[NumberFault, ...]:
    """Prove every series that may still give numbers; no letter gets one while one of them fails.

    Many short transactions: the longest counts `SPAN` numbers.
    """
    found: list[NumberFault] = []
    for series, period in desk.ask(_series):
        found += _proved(desk, series, period)
    desk.store.broken = frozenset(fault.series for fault in found)
    desk.store.held = _why(found[0]) if found else ""
    return tuple(found)


def why_held(desk: Desk) -> str:
    """Give why no number may be given now; "" when all is well."""
    return desk.store.held


def proof_words(faults: Sequence[NumberFault]) -> str:
    """Tell who sits at the window what was found, what still works, and what to do."""
    named = "; ".join(
        f"{series_label(one.series)} {one.period}: {one.message.rstrip('.')}" for one in faults[:3]
    )
    return (
        f"Nomor di buku tidak utuh ({named}). Register dihentikan supaya tidak ada nomor yang "
        "ganda; pekerjaan lain berjalan dan tidak ada yang dihapus. Mintalah Administrator "
        "menjalankan pemeriksaan data (check), lalu pulihkan dari cadangan terakhir."
    )


def _why(fault: NumberFault) -> str:
    said = fault.message.rstrip(".")
    return f"nomor seri {series_label(fault.series)} {fault.period} tidak utuh ({said})."


def _series(work: UnitOfWork) -> list[tuple[str, str]]:
    """List the series of this year and the last, which may still be open, and today's queue."""
    periods = (str(work.today.year), str(work.today.year - 1), work.today.isoformat())
    counted = work.session.execute(
        select(_COUNTER.c.series, _COUNTER.c.period).where(_COUNTER.c.period.in_(periods))
    )
    found = {(str(row.series), str(row.period)) for row in counted}
    given, name = func.min(_ISSUE.c.series), ""
    while (  # along the index: a DISTINCT would read every number
        following := work.session.scalar(select(given).where(_ISSUE.c.series > name))
    ) is not None:
        name = following
        found |= {(name, period) for period in periods}
    return sorted(found)


def _proved(desk: Desk, series: str, period: str) -> list[NumberFault]:
    """Prove one series: its sum, and a line for every number."""
    stands = desk.ask(_stands, series, period)
    if stands is None:
        return []
    upto = max(
        stands.highest, stands.counter or 0
    )  # what is given meanwhile belongs to the next proof
    spans = range(0, upto, SPAN)
    amount = sum(desk.ask(_count, _ISSUE, series, period, after, upto) for after in spans)
    given = (amount, stands.first, stands.last)
    found = gaps(stands.counter, given, [block[:2] for block in stands.blocks], stands.inside)
    if is_of_agenda(series):
        written = sum(desk.ask(_count, _LINE, series, period, after, upto) for after in spans)
        to_fill = sum(last - first + 1 for first, last, kind in stands.blocks if kind != ON_PAPER)
        if not amount <= written <= amount + to_fill:
            found.append(f"{amount} nomor, tetapi {written} baris buku.")
    return [NumberFault(series, period, message) for message in found]


@dataclass(frozen=True, slots=True)
class _Stands:
    """What a series says of itself: counter, numbers given, blocks."""

    counter: int | None
    first: int
    last: int
    blocks: tuple[tuple[int, int, str], ...]  # first, last, kind
    inside: int  # numbers given one by one that lie in a block

    @property
    def highest(self) -> int:
        return max([self.last, *(last for _, last, _ in self.blocks)])


def _stands(work: UnitOfWork, series: str, period: str) -> _Stands | None:
    session = work.session
    own = (_ISSUE.c.series == series, _ISSUE.c.period == period)
    first = session.scalar(select(func.min(_ISSUE.c.number)).where(*own))
    last = session.scalar(select(func.max(_ISSUE.c.number)).where(*own))
    blocks = session.execute(
        select(_BLOCK.c.first, _BLOCK.c.last, _BLOCK.c.kind)
        .where(_BLOCK.c.series == series, _BLOCK.c.period == period)
        .order_by(_BLOCK.c.first)
    ).all()
    counter = session.scalar(
        select(_COUNTER.c.last).where(_COUNTER.c.series == series, _COUNTER.c.period == period)
    )
    if counter is None and last is None and not blocks:
        return None
    inside = 0
    if blocks:
        within = or_(*(_ISSUE.c.number.between(one.first, one.last) for one in blocks))
        inside = session.scalar(select(func.count()).where(*own, within)) or 0
    shown = tuple((one.first, one.last, one.kind) for one in blocks)
    return _Stands(counter, first or 0, last or 0, shown, inside)


def _count(work: UnitOfWork, table: Table, series: str, period: str, after: int, upto: int) -> int:
    """Count the numbers of a span that a table holds, inserted ones left out."""
    wanted = [
        table.c.series == series,
        table.c.period == period,
        table.c.number > after,
        table.c.number <= min(after + SPAN, upto),
    ]
    if table is _LINE:
        wanted.append(table.c.suffix == "")
    return work.session.scalar(select(func.count()).select_from(table).where(*wanted)) or 0
