"""Numbers: counter = highest = count, and every line of the book on a number that was given."""

from typing import Any

from sqlalchemy import and_, func, select

from kecamatan_desk.persistence.audit.reading import Audit, fetched
from kecamatan_desk.persistence.numbers import FILES, MINUTES, QUEUE
from kecamatan_desk.persistence.tables import (
    CounterRecord,
    IssueRecord,
    LineRecord,
    RequestRecord,
    table_of,
)

_COUNTER, _ISSUE = table_of(CounterRecord), table_of(IssueRecord)
_LINE, _REQUEST = table_of(LineRecord), table_of(RequestRecord)

_OTHER_SERIES = (FILES, QUEUE, MINUTES)
_TOTALS = select(
    _ISSUE.c.series,
    _ISSUE.c.period,
    func.count().label("amount"),
    func.min(_ISSUE.c.number).label("first"),
    func.max(_ISSUE.c.number).label("last"),
).group_by(_ISSUE.c.series, _ISSUE.c.period)


def check_counters(audit: Audit) -> None:
    """Prove for every series and period that its numbers run from 1 without a gap."""
    with audit.reading() as connection:
        counters: dict[tuple[Any, Any], Any] = {
            (row.series, row.period): row.last for row in fetched(connection, select(_COUNTER))
        }
        issued = {(row.series, row.period): row for row in fetched(connection, _TOTALS)}
    audit.count("counter", len(counters))
    for series, period in sorted({*counters, *issued}, key=str):
        given, last = issued.get((series, period)), counters.get((series, period))
        told = (given.amount, given.first, given.last) if given else (0, 1, 0)
        if last is None or told != (last, 1, last):
            audit.found(
                "nomor",
                "counter",
                f"{series}/{period}",
                f"Pencacah {last}, tercatat {told[0]} nomor dari {told[1]} sampai {told[2]}.",
            )


def check_issues(audit: Audit) -> None:
    """See that every number given belongs to a request, and every agenda number to a line."""
    line = and_(
        _LINE.c.series == _ISSUE.c.series,
        _LINE.c.period == _ISSUE.c.period,
        _LINE.c.number == _ISSUE.c.number,
        _LINE.c.suffix == "",
    )
    rows = (
        select(
            _ISSUE.c.id, _ISSUE.c.series, _REQUEST.c.id.label("request"), _LINE.c.id.label("line")
        )
        .outerjoin(_REQUEST, _REQUEST.c.id == _ISSUE.c.request_id)
        .outerjoin(_LINE, line)
        .where(_ISSUE.c.id <= audit.newest["number_issue"])
    )
    for _, chunk in audit.chunks(rows, _ISSUE.c.id):
        for row in chunk:
            if row.request is None:
                audit.found("nomor", "number_issue", row.id, "Permohonannya tidak ada.")
            if row.line is None and row.series not in _OTHER_SERIES:
                audit.found("nomor", "number_issue", row.id, "Baris bukunya tidak ada.")


def check_lines(audit: Audit) -> None:
    """See that every line of the book stands on a number given to the same request."""
    issue = and_(
        _ISSUE.c.series == _LINE.c.series,
        _ISSUE.c.period == _LINE.c.period,
        _ISSUE.c.number == _LINE.c.number,
        _ISSUE.c.request_id == _LINE.c.request_id,
    )
    rows = (
        select(_LINE.c.id, _LINE.c.suffix, _ISSUE.c.id.label("issue"))
        .outerjoin(_ISSUE, issue)
        .where(_LINE.c.id <= audit.newest["register_line"])
    )
    for _, chunk in audit.chunks(rows, _LINE.c.id):
        for row in chunk:
            if row.issue is None and row.suffix == "":
                audit.found(
                    "nomor", "register_line", row.id, "Nomor agendanya tidak pernah diberi."
                )
