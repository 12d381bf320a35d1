"""Buku agenda surat keluar: every numbered letter of the office by day and number."""

import heapq
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, select, tuple_

from kecamatan_desk.documents.book_values import (
    HANDED,
    REFUSED,
    VOID,
    WAITING,
    BookLine,
    Column,
)
from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.persistence.numbers import MINUTES
from kecamatan_desk.persistence.tables import (
    DocumentRecord,
    EventRecord,
    IssueRecord,
    LineRecord,
    LineStatusRecord,
    RequestRecord,
    table_of,
)
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.book_cells import day_text, field_text, stack
from kecamatan_desk.usecases.booking import HIDDEN, purpose_text
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.errata_letter import erratum_number
from kecamatan_desk.usecases.line_services import LINE_SERVICES, OTHER
from kecamatan_desk.usecases.office_form import OUTGOING, office_form
from kecamatan_desk.usecases.papers import BLOCK
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.processing.correcting import ERRATUM
from kecamatan_desk.usecases.register_lines import (
    CHUNK,
    Mark,
    RegisterLine,
    lines_by_id,
    statuses_of,
)
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status

_BEHIND = 10**9  # above any number
_LINE, _STATUS, _EVENT, _REQUEST, _ISSUE, _DOCUMENT = map(
    table_of,
    (LineRecord, LineStatusRecord, EventRecord, RequestRecord, IssueRecord, DocumentRecord),
)

OUTGOING_FORM = office_form(
    OUTGOING,
    "Buku Agenda Surat Keluar",
    Column("Nomor Surat", 57, struck=False),
    Column("Tanggal Surat", 17, align="c"),
    Column("Ditujukan Kepada", 46),
    Column("Isi Singkat", 58),
    Column("Tanggal Pengiriman", 19, align="c"),
    Column("Penandatangan", 35),
    Column("Pengolah", 26),
    Column("Keterangan", 30, struck=False),
    unit="surat",
)


def outgoing(desk: Desk, period: Period, mark: Mark) -> Iterator[BookLine]:
    """Every numbered letter of the office in the order of day and number."""
    merged = heapq.merge(
        _numbered_lines(desk, period, mark), desk.ask(minutes_lines, period, mark), key=_by_day
    )
    for _, line in merged:
        yield line


def _by_day(keyed: tuple[tuple[Any, ...], BookLine]) -> tuple[Any, ...]:
    return keyed[0]


def _numbered_lines(
    desk: Desk, period: Period, mark: Mark
) -> Iterator[tuple[tuple[Any, ...], BookLine]]:
    for year in range(period.first.year, period.last.year + 1):
        last: tuple[Any, ...] | None = None
        while True:
            found, last, more = desk.ask(_outgoing_chunk, period, mark, year, last)
            yield from found
            if not more:
                break


def _outgoing_chunk(
    work: UnitOfWork, period: Period, mark: Mark, year: int, last: tuple[Any, ...] | None
) -> tuple[list[tuple[tuple[Any, ...], BookLine]], tuple[Any, ...] | None, bool]:
    order = (_LINE.c.day, _LINE.c.number, _LINE.c.suffix, _LINE.c.id)
    query = select(_LINE.c.id, *order[:3]).where(
        _LINE.c.period == str(year),
        _LINE.c.day >= period.first.isoformat(),
        _LINE.c.day <= period.last.isoformat(),
        _LINE.c.letter_number.is_not(None),
    )
    if last is not None:
        query = query.where(_LINE.c.day >= last[0], tuple_(*order) > last)
    rows = work.session.execute(query.order_by(*order).limit(CHUNK)).all()
    lines = lines_by_id(work, [row.id for row in rows if row.id <= mark.line], mark)
    keyed = [
        ((row.day, row.number, row.suffix, row.id), sent_line(lines[row.id]))
        for row in rows
        if row.id in lines
    ]
    end = (rows[-1].day, rows[-1].number, rows[-1].suffix, rows[-1].id) if rows else last
    return keyed, end, len(rows) == CHUNK


def sent_line(line: RegisterLine) -> BookLine:
    """Give a numbered line of the register as a line of the letters sent."""
    service = LINE_SERVICES[line.service]
    issued = line.state != REFUSED
    known = {field.code for field in service.fields}
    addressed = field_text(line, "ditujukan") if "ditujukan" in known else ""
    title = "" if line.service == OTHER else service.letters[0].title
    return BookLine(
        cells=(
            line.letter_number,
            day_text(line.letter_date or (None if issued else line.registered)),
            stack(line.name, f"untuk {addressed}" if addressed else ""),
            stack(title, line.purpose),
            day_text(line.handed),
            line.signatory if issued else "",
            line.written_by,
            stack("Nomor sisipan" if line.inserted else "", line.note),
        ),
        day=line.registered,
        number="",
        state=line.state,
        inserted=line.inserted,
        id=line.id,
    )


_ENDED = {
    Status.DONE: HANDED,
    Status.REFUSED: REFUSED,
    Status.CANCELLED: VOID,
    Status.FAILED: REFUSED,
    Status.EXPIRED: REFUSED,
}


def minutes_lines(
    work: UnitOfWork, period: Period, mark: Mark
) -> list[tuple[tuple[Any, ...], BookLine]]:
    """Letters beside the lines: Berita Acara, numbered at the decision, and ralat letters."""
    years = [str(year) for year in range(period.first.year, period.last.year + 1)]
    query = (
        select(_ISSUE.c.number, _REQUEST, _EVENT.c.at, _EVENT.c.user_name)
        .join(_REQUEST, _REQUEST.c.id == _ISSUE.c.request_id)
        .join(_EVENT, _EVENT.c.seq == _ISSUE.c.event_seq)
        .where(_ISSUE.c.series == MINUTES, _ISSUE.c.period.in_(years), _EVENT.c.seq <= mark.event)
    )
    found = []
    for row in work.session.execute(query):
        day = work.calendar.local_date(moment(row.at))
        if period.first <= day <= period.last:
            found.append(((day.isoformat(), row.number, "", row.id), _minute(work, row, day)))
    return sorted([*found, *_errata(work, period, mark)], key=_by_day)


def _errata(
    work: UnitOfWork, period: Period, mark: Mark
) -> Iterator[tuple[tuple[Any, ...], BookLine]]:
    within = (
        select(_STATUS.c.line_id)
        .where(
            _STATUS.c.kind == ERRATUM,
            _STATUS.c.day >= period.first.isoformat(),
            _STATUS.c.day <= period.last.isoformat(),
            _STATUS.c.id <= mark.status,
        )
        .distinct()
    )
    ids = list(work.session.scalars(within))
    lines, statuses = lines_by_id(work, ids, mark), statuses_of(work, ids, mark.status)
    signed = _signed_errata(work, ids)
    for line_id, line in lines.items():
        errata = [row for row in statuses[line_id] if row.kind == ERRATUM]
        for count, row in enumerate(errata, 1):
            day = date.fromisoformat(row.day)
            if period.first <= day <= period.last:
                # behind every letter of the day that has a number of its own
                signer = signed.get((line_id, count), "")
                yield (row.day, _BEHIND, "", row.id), _erratum(line, row, day, count, signer)


def _signed_errata(work: UnitOfWork, line_ids: Sequence[int]) -> Mapping[tuple[int, int], str]:
    """Give who signs each drawn ralat, by line and count: its paper keeps the block."""
    query = (
        select(_LINE.c.id, _DOCUMENT.c.version, _DOCUMENT.c.facts)
        .join(_DOCUMENT, _DOCUMENT.c.request_id == _LINE.c.request_id)
        .where(_LINE.c.id.in_(line_ids), _DOCUMENT.c.kind == ERRATUM)
    )
    return {
        (row.id, row.version): str((json.loads(row.facts).get(BLOCK) or {}).get("brief", ""))
        for row in work.session.execute(query)
    }


def _erratum(line: RegisterLine, row: Any, day: date, count: int, signer: str) -> BookLine:
    return BookLine(
        cells=(
            erratum_number(line.letter_number, count),
            short_date(day),
            line.name,
            f"Surat Ralat atas surat nomor {line.letter_number}",
            "",
            signer,
            row.user_name or "",
            row.remark,
        ),
        day=day,
        number="",
        state=WAITING,
        id=row.id,
    )


def _minute(work: UnitOfWork, row: Row[Any], day: date) -> BookLine:
    service = SERVICES[row.service]
    ended = work.calendar.local_date(row.ended_at) if row.ended_at else None
    done = row.status == Status.DONE
    return BookLine(
        cells=(
            row.letter_number or "",
            short_date(day),
            HIDDEN if row.secret else row.applicant,
            stack(service.letters[0].title, purpose_text(service, row.data)),
            day_text(ended if done else None),
            "Para pihak, diketahui Camat",
            row.user_name,
            "",
        ),
        day=day,
        number="",
        state=_ENDED.get(Status(row.status), WAITING),
        id=row.id,
    )
