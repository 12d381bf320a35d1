"""Numbers set aside in one piece, and which of them have no line yet.

Source: reserved numbers for hours without power (domain facts 3.4, peers (c) 8).
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from kecamatan_desk.persistence.numbers import FILES, MINUTES, QUEUE
from kecamatan_desk.persistence.tables import BlockRecord, EventRecord, LineRecord, table_of
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.lost_inserted import lost_numbers
from kecamatan_desk.usecases.number_values import ReservedNumber, in_its_year

#: Kinds of blocks: given in the paper book before the program, set aside for hours without
#: power, used on paper and lost with a disk.
ON_PAPER, RESERVED, LOST = "kertas", "cadangan", "pulih"
#: Kinds whose every number needs a line of its own.
TO_FILL = (RESERVED, LOST)
#: Series whose numbers never have a line: lost ones are bridged after a restore and that is all.
LINELESS = (FILES, QUEUE, MINUTES)

_BLOCK, _LINE, _EVENT = map(table_of, (BlockRecord, LineRecord, EventRecord))


def open_reserved(work: UnitOfWork, period_prefix: str) -> tuple[ReservedNumber, ...]:
    """Give the numbers set aside in a year, month or day that have neither line nor void.

    ``period_prefix``: "2026", "2026-05" or "2026-05-12", the office date of setting aside (of a
    year that was over by then, its last day). While there are any, their month is not closed.
    """
    year = period_prefix[:4]
    found = [*reserved_numbers(work, _BLOCK.c.period == year), *lost_numbers(work, year)]
    return tuple(one for one in found if one.day.isoformat().startswith(period_prefix))


def reserved_numbers(
    work: UnitOfWork, *wanted: ColumnElement[bool], newest_line: int | None = None
) -> list[ReservedNumber]:
    """Give the unfilled numbers of blocks that meet a condition, by series and number.

    ``newest_line``: lines with higher ids count as not written yet.
    """
    blocks = work.session.execute(
        select(_BLOCK, _EVENT.c.at)
        .join(_EVENT, _EVENT.c.seq == _BLOCK.c.event_seq)
        .where(_BLOCK.c.kind.in_(TO_FILL), _BLOCK.c.series.not_in(LINELESS), *wanted)
        .order_by(_BLOCK.c.period, _BLOCK.c.series, _BLOCK.c.first)
    ).all()
    found = []
    for block in blocks:
        day = in_its_year(moment(block.at).astimezone(work.zone).date(), block.period)
        lines = select(_LINE.c.number).where(
            _LINE.c.series == block.series,
            _LINE.c.period == block.period,
            _LINE.c.number.between(block.first, block.last),
            _LINE.c.suffix == "",
        )
        if newest_line is not None:
            lines = lines.where(_LINE.c.id <= newest_line)
        filled = set(work.session.scalars(lines))
        found += [
            ReservedNumber(block.id, block.series, block.period, number, block.kind, day)
            for number in range(block.first, block.last + 1)
            if number not in filled
        ]
    return found


def lost_of_series(work: UnitOfWork, series: str, period: str) -> str:
    """Name the numbers of a series that were lost with a disk and have no line yet; "": none."""
    wanted = (_BLOCK.c.kind == LOST, _BLOCK.c.series == series, _BLOCK.c.period == period)
    return listed(reserved_numbers(work, *wanted))


def listed(numbers: Sequence[ReservedNumber]) -> str:
    """Name numbers in words, runs in one piece: "004–006, 009"."""
    runs: list[list[int]] = []
    inserted = [one.label for one in numbers if one.suffix]
    for one in numbers:
        if one.suffix:
            continue
        if runs and one.number == runs[-1][1] + 1:
            runs[-1][1] = one.number
        else:
            runs.append([one.number, one.number])
    told = [f"{a:03d}" if a == b else f"{a:03d}–{b:03d}" for a, b in runs]
    return ", ".join(told + inserted)


def block_of(work: UnitOfWork, series: str, period: str, number: int) -> int | None:
    """Give the block to be filled in that a number lies in, by its id; None: in none."""
    found = select(_BLOCK.c.id).where(
        _BLOCK.c.series == series,
        _BLOCK.c.period == period,
        _BLOCK.c.first <= number,
        _BLOCK.c.last >= number,
        _BLOCK.c.kind.in_(TO_FILL),
    )
    return work.session.scalar(found)
