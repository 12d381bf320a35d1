"""Proving the numbers at the start of the program, beside the first work list.

Series by series, each its own short transaction, so that the counter goes on meanwhile. When a
series is not whole, no number is given until the program starts again and finds it so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

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


@dataclass(frozen=True, slots=True)
class NumberFault:
    """A series of a period that is not whole, in words."""

    series: str
    period: str
    message: str


def prove_numbers(desk: Desk) -> tuple[NumberFault, ...]:
    """Prove every series that may still give numbers; none is given while one of them fails."""
    found: list[NumberFault] = []
    for series, period in desk.ask(_series):
        found += desk.ask(_prove, series, period)
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
    found = {
        tuple(row)
        for table in (_COUNTER, _ISSUE)
        for row in work.session.execute(
            select(table.c.series, table.c.period).where(table.c.period.in_(periods)).distinct()
        )
    }
    return sorted(found)


def _prove(work: UnitOfWork, series: str, period: str) -> list[NumberFault]:
    session = work.session
    own = (_ISSUE.c.series == series, _ISSUE.c.period == period)
    amount, first, last = session.execute(
        select(func.count(), func.min(_ISSUE.c.number), func.max(_ISSUE.c.number)).where(*own)
    ).one()
    blocks = session.execute(
        select(_BLOCK.c.first, _BLOCK.c.last, _BLOCK.c.kind)
        .where(_BLOCK.c.series == series, _BLOCK.c.period == period)
        .order_by(_BLOCK.c.first)
    ).all()
    inside = 0
    if blocks:
        within = or_(*(_ISSUE.c.number.between(one.first, one.last) for one in blocks))
        inside = session.scalar(select(func.count()).where(*own, within)) or 0
    counter = session.scalar(
        select(_COUNTER.c.last).where(_COUNTER.c.series == series, _COUNTER.c.period == period)
    )
    spans = [(one.first, one.last) for one in blocks]
    found = gaps(counter, (amount, first or 0, last or 0), spans, inside)
    if is_of_agenda(series):
        lines = select(func.count()).where(
            _LINE.c.series == series, _LINE.c.period == period, _LINE.c.suffix == ""
        )
        written = session.scalar(lines) or 0
        to_fill = sum(one.last - one.first + 1 for one in blocks if one.kind != ON_PAPER)
        if not amount <= written <= amount + to_fill:
            found.append(f"{amount} nomor, tetapi {written} baris buku.")
    return [NumberFault(series, period, message) for message in found]
