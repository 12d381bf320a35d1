"""Numbers: counter = highest = numbers given + blocks, and every one of them with its line.

Numbers of a block were never given one by one: those of the paper book (``kertas``) have no line
here, those set aside or lost with a disk get theirs, or a void one, before their year is over.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select

from kecamatan_desk.persistence.audit.reading import EVENT, Audit, fetched
from kecamatan_desk.persistence.gapless import gaps, is_of_agenda
from kecamatan_desk.persistence.tables import (
    BlockRecord,
    BookActRecord,
    CounterRecord,
    IssueRecord,
    LineRecord,
    RequestRecord,
    table_of,
)

_COUNTER, _ISSUE, _BLOCK = table_of(CounterRecord), table_of(IssueRecord), table_of(BlockRecord)
_LINE, _REQUEST, _ACT = table_of(LineRecord), table_of(RequestRecord), table_of(BookActRecord)

_PAPER = "kertas"
_TOTALS = select(
    _ISSUE.c.series,
    _ISSUE.c.period,
    func.count().label("amount"),
    func.min(_ISSUE.c.number).label("first"),
    func.max(_ISSUE.c.number).label("last"),
).group_by(_ISSUE.c.series, _ISSUE.c.period)


def check_counters(audit: Audit) -> None:
    """Prove for every series and period that its numbers run from 1 without a gap or a double."""
    with audit.reading() as connection:
        counters: dict[tuple[Any, Any], Any] = {
            (row.series, row.period): row.last for row in fetched(connection, select(_COUNTER))
        }
        issued = {(row.series, row.period): row for row in fetched(connection, _TOTALS)}
        blocks: dict[tuple[Any, Any], list[Any]] = defaultdict(list)
        for block in fetched(connection, select(_BLOCK).order_by(_BLOCK.c.first)):
            blocks[block.series, block.period].append(block)
        inside = {
            key: connection.scalar(_given_inside(*key, own)) or 0 for key, own in blocks.items()
        }
    audit.count("counter", len(counters))
    audit.count("number_block", sum(len(own) for own in blocks.values()))
    for key in sorted({*counters, *issued, *blocks}, key=str):
        told = issued.get(key)
        given = (told.amount, told.first, told.last) if told else (0, 0, 0)
        own = [(block.first, block.last) for block in blocks.get(key, [])]
        for message in gaps(counters.get(key), given, own, inside.get(key, 0)):
            audit.found("nomor", "counter", "/".join(map(str, key)), message)


def _given_inside(series: Any, period: Any, blocks: list[Any]) -> Any:
    """Count the numbers that were given one by one although they lie in a block."""
    return select(func.count()).where(
        _ISSUE.c.series == series,
        _ISSUE.c.period == period,
        or_(*(_ISSUE.c.number.between(block.first, block.last) for block in blocks)),
    )


def check_issues(audit: Audit) -> None:
    """See that every number given belongs to a request or a letter, and has its line."""
    line = and_(
        _LINE.c.series == _ISSUE.c.series,
        _LINE.c.period == _ISSUE.c.period,
        _LINE.c.number == _ISSUE.c.number,
        _LINE.c.suffix == "",
    )
    rows = (
        select(
            _ISSUE.c.id,
            _ISSUE.c.series,
            _ISSUE.c.request_id,
            _REQUEST.c.id.label("request"),
            _LINE.c.id.label("line"),
        )
        .outerjoin(_REQUEST, _REQUEST.c.id == _ISSUE.c.request_id)
        .outerjoin(_LINE, line)
        .where(_ISSUE.c.id <= audit.newest["number_issue"])
    )
    for _, chunk in audit.chunks(rows, _ISSUE.c.id):
        for row in chunk:
            of_agenda = is_of_agenda(row.series)
            if row.request is None and (row.request_id is not None or not of_agenda):
                audit.found("nomor", "number_issue", row.id, "Permohonannya tidak ada.")
            if row.line is None and of_agenda:
                audit.found("nomor", "number_issue", row.id, "Baris bukunya tidak ada.")


def check_lines(audit: Audit) -> None:
    """See that every line of the book stands on a number given for it, or on one of a block."""
    issue = and_(
        _ISSUE.c.series == _LINE.c.series,
        _ISSUE.c.period == _LINE.c.period,
        _ISSUE.c.number == _LINE.c.number,
        _ISSUE.c.request_id.is_not_distinct_from(_LINE.c.request_id),
    )
    block = and_(
        _BLOCK.c.series == _LINE.c.series,
        _BLOCK.c.period == _LINE.c.period,
        _BLOCK.c.first <= _LINE.c.number,
        _BLOCK.c.last >= _LINE.c.number,
    )
    rows = (
        select(
            _LINE.c.id,
            _LINE.c.suffix,
            _LINE.c.service,
            _LINE.c.series,
            _LINE.c.request_id,
            _LINE.c.event_seq,
            _ISSUE.c.id.label("issue"),
            _BLOCK.c.kind.label("kind"),
            _BLOCK.c.event_seq.label("set_aside"),
        )
        .outerjoin(_ISSUE, issue)
        .outerjoin(_BLOCK, block)
        .where(_LINE.c.id <= audit.newest["register_line"])
    )
    for _, chunk in audit.chunks(rows, _LINE.c.id):
        for row in chunk:
            if row.suffix != "":
                continue
            if row.issue is None and row.kind in (None, _PAPER):
                audit.found(
                    "nomor", "register_line", row.id, "Nomor agendanya tidak pernah diberi."
                )
            elif row.issue is None and row.set_aside >= row.event_seq:
                audit.found(
                    "nomor", "register_line", row.id, "Barisnya mendahului nomor cadangannya."
                )


def check_blocks(audit: Audit) -> None:
    """See that no number set aside was left without a line where its book is closed."""
    with audit.reading() as connection:
        blocks = fetched(
            connection,
            select(_BLOCK, EVENT.c.at)
            .outerjoin(EVENT, EVENT.c.seq == _BLOCK.c.event_seq)
            .where(_BLOCK.c.kind != _PAPER, _BLOCK.c.id <= audit.newest["number_block"]),
        )
        closed = {
            act.period: act.kind
            for act in fetched(
                connection,
                select(_ACT.c.period, _ACT.c.kind)
                .where(_ACT.c.kind.in_(("tutup", "buka-kembali")))
                .order_by(_ACT.c.id),
            )
        }
        for block in blocks:
            if "tutup" not in [closed.get(period) for period in _periods_of(block)]:
                continue
            lines = select(func.count()).where(
                _LINE.c.series == block.series,
                _LINE.c.period == block.period,
                _LINE.c.number.between(block.first, block.last),
                _LINE.c.suffix == "",
            )
            left = block.last - block.first + 1 - (connection.scalar(lines) or 0)
            if left:
                audit.found(
                    "nomor",
                    "number_block",
                    block.id,
                    f"{left} nomor cadangan tanpa baris, padahal bukunya sudah ditutup.",
                )


def _periods_of(block: Any) -> tuple[str, ...]:
    """Give the year of a block, and its month where every Indonesian zone agrees on it."""
    try:
        at = datetime.fromisoformat(str(block.at))
    except ValueError:
        return (block.period,)
    months = {f"{at + timedelta(hours=ahead):%Y-%m}" for ahead in (7, 9)}
    return (block.period, *months) if len(months) == 1 else (block.period,)
