"""Proving the numbers at the start of the program, beside the first work list.

What every series says of itself is read in one transaction; its numbers are counted series by
series, each in short ones of their own, so that the counter goes on meanwhile. When a series is not
whole, no number is given until the program starts again and finds it so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, or_, select

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

# Made once: a place has dozens of series, and the first work list waits beside this.
_ISSUED = (_ISSUE.c.series == bindparam("series"), _ISSUE.c.period == bindparam("period"))
_NEXT = select(func.min(_ISSUE.c.series)).where(_ISSUE.c.series > bindparam("before"))
_BLOCKS = (
    select(_BLOCK.c.first, _BLOCK.c.last, _BLOCK.c.kind)
    .where(_BLOCK.c.series == bindparam("series"), _BLOCK.c.period == bindparam("period"))
    .order_by(_BLOCK.c.first)
)
#: Lowest and highest number given one by one (each from the index's end), counter, blocks or none.
_STANDS = select(
    select(func.min(_ISSUE.c.number)).where(*_ISSUED).scalar_subquery().label("first"),
    select(func.max(_ISSUE.c.number)).where(*_ISSUED).scalar_subquery().label("last"),
    select(_COUNTER.c.last)
    .where(_COUNTER.c.series == bindparam("series"), _COUNTER.c.period == bindparam("period"))
    .scalar_subquery()
    .label("counter"),
    _BLOCKS.exists().label("blocks"),
)
_GIVEN = (
    select(func.count())
    .select_from(_ISSUE)
    .where(*_ISSUED, _ISSUE.c.number > bindparam("after"), _ISSUE.c.number <= bindparam("upto"))
)
#: Inserted numbers left out: they are no row of the numbers given.
_WRITTEN = (
    select(func.count())
    .select_from(_LINE)
    .where(
        _LINE.c.series == bindparam("series"),
        _LINE.c.period == bindparam("period"),
        _LINE.c.number > bindparam("after"),
        _LINE.c.number <= bindparam("upto"),
        _LINE.c.suffix == "",
    )
)


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
    for stands in desk.ask(_standing):
        found += _proved(desk, stands)
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


@dataclass(frozen=True, slots=True)
class _Stands:
    """What a series says of itself: counter, numbers given, blocks."""

    series: str
    period: str
    counter: int | None
    first: int
    last: int
    blocks: tuple[tuple[int, int, str], ...]  # first, last, kind
    inside: int  # numbers given one by one that lie in a block

    @property
    def highest(self) -> int:
        return max([self.last, *(last for _, last, _ in self.blocks)])


def _standing(work: UnitOfWork) -> list[_Stands]:
    """Read what the series of this year and the last, and today's queue, say of themselves."""
    read = [_stands(work, series, period) for series, period in _series(work)]
    return [stands for stands in read if stands is not None]


def _series(work: UnitOfWork) -> list[tuple[str, str]]:
    """List the series of this year and the last, which may still be open, and today's queue."""
    periods = (str(work.today.year), str(work.today.year - 1), work.today.isoformat())
    counted = work.session.execute(
        select(_COUNTER.c.series, _COUNTER.c.period).where(_COUNTER.c.period.in_(periods))
    )
    found = {(str(row.series), str(row.period)) for row in counted}
    name = ""
    while (  # along the index: a DISTINCT would read every number
        following := work.session.execute(_NEXT, {"before": name}).scalar()
    ) is not None:
        name = following
        found |= {(name, period) for period in periods}
    return sorted(found)


def _stands(work: UnitOfWork, series: str, period: str) -> _Stands | None:
    own = {"series": series, "period": period}
    read = work.session.execute(_STANDS, own).one()
    if read.counter is None and read.last is None and not read.blocks:
        return None
    blocks = work.session.execute(_BLOCKS, own).all() if read.blocks else []
    inside = 0
    if blocks:
        within = or_(*(_ISSUE.c.number.between(one.first, one.last) for one in blocks))
        given = select(func.count()).where(*_ISSUED, within)
        inside = work.session.execute(given, own).scalar() or 0
    shown = tuple((one.first, one.last, one.kind) for one in blocks)
    return _Stands(series, period, read.counter, read.first or 0, read.last or 0, shown, inside)


def _proved(desk: Desk, stands: _Stands) -> list[NumberFault]:
    """Prove one series: its sum, and a line for every number."""
    upto = max(
        stands.highest, stands.counter or 0
    )  # what is given meanwhile belongs to the next proof
    amount = written = 0
    for after in range(0, upto, SPAN):
        given, lines = desk.ask(_counted, stands, after, min(after + SPAN, upto))
        amount, written = amount + given, written + lines
    given_all = (amount, stands.first, stands.last)
    found = gaps(stands.counter, given_all, [block[:2] for block in stands.blocks], stands.inside)
    if is_of_agenda(stands.series):
        to_fill = sum(last - first + 1 for first, last, kind in stands.blocks if kind != ON_PAPER)
        if not amount <= written <= amount + to_fill:
            found.append(f"{amount} nomor, tetapi {written} baris buku.")
    return [NumberFault(stands.series, stands.period, message) for message in found]


def _counted(work: UnitOfWork, stands: _Stands, after: int, upto: int) -> tuple[int, int]:
    """Count the numbers given one by one in a span, and the lines of the book with its numbers."""
    span = {"series": stands.series, "period": stands.period, "after": after, "upto": upto}
    given = work.session.execute(_GIVEN, span).scalar() or 0
    if not is_of_agenda(stands.series):
        return given, 0
    return given, work.session.execute(_WRITTEN, span).scalar() or 0
