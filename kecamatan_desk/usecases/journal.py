"""Bringing the number journal up to the database: at each start, after the first list is shown."""

from pathlib import Path

from sqlalchemy import select

from kecamatan_desk.persistence.chain import GENESIS
from kecamatan_desk.persistence.journal import Spent, read_highest
from kecamatan_desk.persistence.tables import (
    CounterRecord,
    EventRecord,
    IssueRecord,
    LineRecord,
    table_of,
)
from kecamatan_desk.usecases.desk import Desk, UnitOfWork

_COUNTER, _ISSUE, _EVENT, _LINE = map(
    table_of, (CounterRecord, IssueRecord, EventRecord, LineRecord)
)


def complete_journal(desk: Desk, second: Path | None = None) -> int:
    """Write what a power cut or a full disk has kept out of the journal; say how many lines.

    ``second``: another folder to keep the same lines in from now on. Never raises for the disk:
    `journal_fault` tells.
    """
    journal = desk.journal
    if journal is None:
        return 0
    journal.use_second(second)
    head = desk.ask(_head)
    known = [_known(folder) for folder in journal.folders]
    # what all folders have need not be read from the database
    common = {key: min(k.get(key, 0) for k in known) for key in known[0]}
    given = [*desk.ask(_given_above, common), *desk.ask(_inserted)]
    return journal.complete(given, head)


def journal_fault(desk: Desk) -> str:
    """Give what is to be shown while the journal cannot be written; "" when all is well."""
    return desk.journal.fault if desk.journal is not None else ""


def _known(folder: Path) -> dict[tuple[str, str], int]:
    try:
        return read_highest(folder)
    except OSError:
        return {}


def _head(work: UnitOfWork) -> str:
    newest = select(_EVENT.c.hash).order_by(_EVENT.c.seq.desc()).limit(1)
    return str(work.session.scalar(newest) or GENESIS)


def _given_above(work: UnitOfWork, known: dict[tuple[str, str], int]) -> list[Spent]:
    """List the numbers above those known, series by series; a block shows by its last one."""
    found: list[Spent] = []
    for series, period, last in work.session.execute(select(_COUNTER)).all():
        before = known.get((series, period), 0)
        if last <= before:
            continue
        numbers = work.session.scalars(
            select(_ISSUE.c.number)
            .where(_ISSUE.c.series == series, _ISSUE.c.period == period, _ISSUE.c.number > before)
            .order_by(_ISSUE.c.number)
        )
        listed = [Spent(series, period, number) for number in numbers]
        if not listed or listed[-1].number < last:
            listed.append(Spent(series, period, last))
        found += listed
    return found


def _inserted(work: UnitOfWork) -> list[Spent]:
    """List every inserted number, read along the index of the lines' places alone."""
    place = (_LINE.c.series, _LINE.c.period, _LINE.c.number, _LINE.c.suffix)
    lines = work.session.execute(select(*place).where(_LINE.c.suffix != "").order_by(*place))
    return [Spent(*line) for line in lines]
