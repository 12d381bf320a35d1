"""Requests: their numbers, their line, and where their last event left them."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select

from kecamatan_desk.domain.numbering import file_code
from kecamatan_desk.persistence.audit.reading import EVENT, Audit, fetched
from kecamatan_desk.persistence.numbers import FILES, MINUTES, QUEUE
from kecamatan_desk.persistence.tables import (
    BlockRecord,
    IssueRecord,
    LineRecord,
    RequestRecord,
    table_of,
)
from kecamatan_desk.workflows.engine import Act, Status

_ISSUE, _LINE, _REQUEST, _BLOCK = map(
    table_of, (IssueRecord, LineRecord, RequestRecord, BlockRecord)
)
_WANTED = select(
    _REQUEST.c.id,
    _REQUEST.c.file_code,
    _REQUEST.c.status,
    _REQUEST.c.step,
    _REQUEST.c.queue_number,
    _REQUEST.c.agenda_number,
    _REQUEST.c.agenda_suffix,
    _REQUEST.c.letter_number,
    _REQUEST.c.minutes_number,
    _REQUEST.c.line_id,
    _REQUEST.c.pause_kind,
)
_PAUSED = "jeda"
#: Acts that open or close a pause; others (a paper drawn, a correction) leave it as it is.
_PAUSING = (_PAUSED, "lanjutkan-jeda", *(act.value for act in Act))


def check_requests(audit: Audit) -> None:
    """Compare every request with its numbers, its line and its last event."""
    rows = _WANTED.where(_REQUEST.c.id <= audit.newest["request"])
    for connection, chunk in audit.chunks(rows, _REQUEST.c.id):
        ids = [row.id for row in chunk]
        numbers = _numbers(connection, ids)
        lines = _lines(connection, [row.line_id for row in chunk if row.line_id is not None])
        last = _last_events(connection, ids)
        paused = _paused(connection, [row.id for row in chunk if row.status == Status.RUNNING])
        for row in chunk:
            line = lines.get(row.line_id)
            _check_numbers(audit, row, numbers[row.id], line)
            _check_line(audit, row, line)
            _check_state(audit, row, last.get(row.id))
            if (row.pause_kind is not None) != (row.id in paused):
                _found(audit, row, "Jeda tidak sesuai dengan riwayatnya.")
        audit.count("request", len(chunk))


def _check_numbers(
    audit: Audit,
    row: Row[Any],
    given: dict[str, list[tuple[str, int]]],
    line: Row[Any] | None,
) -> None:
    codes = [_code(period, number) for period, number in given.pop(FILES, [])]
    if codes != [row.file_code]:
        _found(audit, row, "Kode berkas tidak sesuai dengan nomor yang diberikan.")
    for series, kept, what in (
        (QUEUE, row.queue_number, "antrian"),
        (MINUTES, row.minutes_number, "berita acara"),
    ):
        if [number for _, number in given.pop(series, [])] != _listed(kept):
            _found(audit, row, f"Nomor {what} tidak sesuai dengan nomor yang diberikan.")
    agenda = [number for numbers in given.values() for _, number in numbers]
    if not agenda and line is not None and line.set_aside is not None and not line.suffix:
        agenda = [line.number]  # of a block: it was never given one by one
    own = [] if row.agenda_suffix else _listed(row.agenda_number)  # an inserted one spends none
    if agenda != own:
        _found(audit, row, "Nomor agenda tidak sesuai dengan nomor yang diberikan.")


def _check_line(audit: Audit, row: Row[Any], line: Row[Any] | None) -> None:
    if line is None:
        if row.line_id is not None or row.agenda_number is not None:
            _found(audit, row, "Baris bukunya tidak ada.")
        return
    letter = line.letter_number if row.minutes_number is None else row.letter_number
    if (line.request_id, line.number, line.suffix, line.file_code, letter) != (
        row.id,
        row.agenda_number,
        row.agenda_suffix,
        row.file_code,
        row.letter_number,
    ):
        _found(audit, row, "Nomor tidak sesuai dengan baris bukunya.")


def _check_state(audit: Audit, row: Row[Any], last: Row[Any] | None) -> None:
    """A cut tail of the chain shows here: the request stands where no event has put it."""
    if last is None or last.status != row.status:
        _found(audit, row, "Keadaan permohonan tidak sesuai dengan peristiwa terakhirnya.")
    elif row.status != Status.DRAFT and last.next_step != row.step:
        _found(audit, row, "Langkah permohonan tidak sesuai dengan peristiwa terakhirnya.")


def _numbers(connection: Connection, ids: list[int]) -> defaultdict[int, dict[str, Any]]:
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    wanted = select(_ISSUE.c.request_id, _ISSUE.c.series, _ISSUE.c.period, _ISSUE.c.number).where(
        _ISSUE.c.request_id.in_(ids)
    )
    for issue in fetched(connection, wanted):
        found[issue.request_id].setdefault(issue.series, []).append((issue.period, issue.number))
    return found


def _lines(connection: Connection, ids: list[int]) -> dict[int, Row[Any]]:
    block = and_(
        _BLOCK.c.series == _LINE.c.series,
        _BLOCK.c.period == _LINE.c.period,
        _BLOCK.c.first <= _LINE.c.number,
        _BLOCK.c.last >= _LINE.c.number,
        _BLOCK.c.kind != "kertas",
    )
    page = (
        select(
            _LINE.c.id,
            _LINE.c.request_id,
            _LINE.c.number,
            _LINE.c.suffix,
            _LINE.c.file_code,
            _LINE.c.letter_number,
            _BLOCK.c.id.label("set_aside"),
        )
        .outerjoin(_BLOCK, block)
        .where(_LINE.c.id.in_(ids))
    )
    return {line.id: line for line in fetched(connection, page)}


def _last_events(connection: Connection, ids: list[int]) -> dict[int, Row[Any]]:
    newest = (
        select(func.max(EVENT.c.seq))
        .where(EVENT.c.request_id.in_(ids))
        .group_by(EVENT.c.request_id)
    )
    page = select(EVENT.c.request_id, EVENT.c.status, EVENT.c.next_step).where(
        EVENT.c.seq.in_(newest)
    )
    return {event.request_id: event for event in fetched(connection, page)}


def _paused(connection: Connection, ids: list[int]) -> set[int]:
    """Give the requests whose last act on their clock was a pause."""
    page = (
        select(EVENT.c.request_id, EVENT.c.act)
        .where(EVENT.c.request_id.in_(ids), EVENT.c.act.in_(_PAUSING))
        .order_by(EVENT.c.seq)
    )
    last: dict[int, str] = {event.request_id: event.act for event in fetched(connection, page)}
    return {request for request, act in last.items() if act == _PAUSED}


def _code(period: object, number: object) -> str:
    try:
        return file_code(int(str(period)), int(str(number)))
    except ValueError:
        return ""


def _listed(number: object) -> list[object]:
    return [] if number is None else [number]


def _found(audit: Audit, row: Row[Any], message: str) -> None:
    audit.found("permohonan", "request", row.id, message)
