"""Reading the register's lines for paper: chunk by chunk, each its own short transaction.

A line never changes; what became of it stands in its status rows, which are laid over it. Rows
are numbered in the order of writing, so a mark (the newest ids) holds still what a long book
shows while the counter goes on.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, func, select, tuple_

from kecamatan_desk.documents.book_values import REFUSED, WAITING
from kecamatan_desk.domain.calendar import WorkingCalendar
from kecamatan_desk.domain.roles import ON_FILES
from kecamatan_desk.persistence.tables import (
    EventRecord,
    LineRecord,
    LineStatusRecord,
    RequestRecord,
    table_of,
)
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.booking import LATER, LINE_STATES, later_fields
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.processing.correcting import CORRECTED, ERRATUM
from kecamatan_desk.usecases.signature import SIGNED
from kecamatan_desk.workflows.catalog import SERVICES

CHUNK = 250  # lines read in one short transaction
Place = tuple[Any, ...]  # where a line stands in the order of its book

_ENDS = frozenset(LINE_STATES.values())
_LINE, _STATUS, _EVENT, _REQUEST = map(
    table_of, (LineRecord, LineStatusRecord, EventRecord, RequestRecord)
)
_CORRECTABLE = (
    "name",
    "nik",
    "sex",
    "address",
    "village",
    "purpose",
    "village_letter",
    "facts",
    "signatory",
)
_WORDS = {
    "batal": "BATAL",
    "ditolak": "DITOLAK",
    "ditutup": "DITUTUP",
    CORRECTED: "Diperbaiki",
    ERRATUM: "Ralat",
    "susulan": "Entri susulan",
    "manual": "Dicatat manual",
}
_WEDDING = "akad-tanggal"
_WEDDINGS = frozenset(
    code for code, service in SERVICES.items() if any(f.code == _WEDDING for f in service.fields)
)
_LATE = frozenset(code for code, service in SERVICES.items() if later_fields(service))


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest ids at a moment: what was written later is not seen.

    ``closed``: the moment of a closing, so what was typed since is not looked for either.
    """

    line: int
    status: int
    event: int
    closed: bool = False


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line of the register as it stands, its corrections laid over it."""

    id: int
    place: Place
    agenda: str  # "012", "012.A"
    registered: date
    written: time | None  # by the office's clock
    written_by: str
    queue: str
    name: str
    nik: str
    sex: str
    address: str
    village: str
    service: str  # code
    purpose: str
    intro_number: str
    intro_date: date | None
    letter_number: str
    letter_date: date | None
    signatory: str
    handed: date | None
    receiver: str
    handed_by: str
    note: str
    state: str
    inserted: bool
    file_code: str
    facts: Mapping[str, Any]  # the service's own fields
    working_days: int | None = None  # from the entry to the wedding, where there is one
    in_block: bool = False  # on a number that was set aside
    carried: bool = False  # sisa tahun lalu: its file was taken in in an earlier year


def mark_of(work: UnitOfWork) -> Mark:
    """Give the newest ids now; NotAllowedError for who may not read the books."""
    work.require(*ON_FILES)
    line, status, event = (
        work.session.scalar(select(func.max(column))) or 0
        for column in (_LINE.c.id, _STATUS.c.id, _EVENT.c.seq)
    )
    return Mark(line, status, event)


def read_lines(
    desk: Desk,
    service_code: str | None,
    period: Period,
    mark: Mark | None = None,
    after: Place | None = None,
) -> Iterator[RegisterLine]:
    """Yield the lines of a service's book in its order, or of the common register by day.

    ``after``: only lines behind this place.
    """
    mark = mark or desk.ask(mark_of)
    for year in range(period.first.year, period.last.year + 1):
        last = after
        while True:
            raw, last, more = desk.ask(_chunk, service_code, year, period, mark, last)
            yield from raw.lines()  # put together after the transaction, one by one
            if not more:
                break


def lines_by_id(
    work: UnitOfWork, ids: Sequence[int], mark: Mark, *, common: bool = True
) -> dict[int, RegisterLine]:
    """Give lines by their ids, as they stand at the mark, with places of the common register."""
    found = work.session.execute(_columns().where(_LINE.c.id.in_(ids))).all()
    return {line.id: line for line in _raw(work, found, mark, common=common).lines()}


def _chunk(
    work: UnitOfWork,
    service_code: str | None,
    year: int,
    period: Period,
    mark: Mark,
    last: Place | None,
) -> tuple["_Raw", Place | None, bool]:
    """Give the lines behind ``last``, the place the chunk ends at, and whether more may come.

    A service's book is read along the index of its numbers whatever the days asked for, so that
    each transaction reads a bounded number of rows.
    """
    query, order = _columns().where(_LINE.c.period == str(year)), order_of(service_code)
    if service_code is None:
        first, until = period.first.isoformat(), period.last.isoformat()
        query = query.where(_LINE.c.day >= first, _LINE.c.day <= until)
    else:
        query = query.where(_LINE.c.service == service_code)
    if last is not None:
        query = query.where(tuple_(*order) > last)
    found = work.session.execute(query.order_by(*order).limit(CHUNK)).all()
    kept = [
        row
        for row in found
        if row.id <= mark.line
        and service_code in (None, row.service)
        and period.first.isoformat() <= row.day <= period.last.isoformat()
    ]
    end = tuple(getattr(found[-1], column.key) for column in order) if found else last
    return _raw(work, kept, mark, common=service_code is None), end, len(found) == CHUNK


def order_of(service_code: str | None) -> tuple[Any, ...]:
    """Give the columns a service's book, or the common register, goes by.

    The series comes last: where numbers go by classification code, a book may hold one twice.
    """
    if service_code is None:
        return (_LINE.c.day, _LINE.c.id)
    return (_LINE.c.number, _LINE.c.suffix, _LINE.c.series)


def place_in(line: Any, service_code: str | None) -> Place:
    """Give where a line stands in a service's book, or in the common register."""
    if service_code is None:
        return (line.day, line.id)
    return (line.number, line.suffix, line.series)


def kept_place(told: Sequence[Any], service_code: str | None) -> Place:
    """Give a place as a print has kept it; those kept without a series are of the service's own."""
    if service_code is None or len(told) != 2:
        return tuple(told)
    return (*told, service_code)


def _columns() -> Select[Any]:
    """Every column of a line, and when and by whom it was written."""
    return (
        select(_LINE, _EVENT.c.at, _EVENT.c.user_name, _REQUEST.c.taken_in_at)
        .outerjoin(_EVENT, _EVENT.c.seq == _LINE.c.event_seq)
        .outerjoin(_REQUEST, _REQUEST.c.id == _LINE.c.request_id)
    )


@dataclass(frozen=True, slots=True)
class _Raw:
    """What a chunk of lines is made of, as read: the transaction ends before they are."""

    rows: Sequence[Row[Any]]
    statuses: Mapping[int, Sequence[Row[Any]]]
    running: Mapping[int, Mapping[str, Any]]  # by request
    calendar: WorkingCalendar | None
    common: bool

    def lines(self) -> Iterator[RegisterLine]:
        """Lay what became of each line over it."""
        for row in self.rows:
            statuses, running = self.statuses.get(row.id, ()), self.running.get(row.request_id)
            line = line_of(row, statuses, running, common=self.common)
            if self.calendar is not None and line.facts.get(_WEDDING):
                wedding = date.fromisoformat(str(line.facts[_WEDDING]))
                days = self.calendar.working_days_between(line.registered, wedding)
                line = replace(line, working_days=days)
            yield line


def _raw(work: UnitOfWork, found: Sequence[Row[Any]], mark: Mark, *, common: bool) -> _Raw:
    statuses = statuses_of(work, [row.id for row in found], mark.status)
    running = [
        row.request_id
        for row in found
        if row.service in _LATE
        and not mark.closed
        and state_of(statuses.get(row.id, ())) == WAITING
    ]
    weds = any(row.service in _WEDDINGS for row in found)
    return _Raw(
        rows=found,
        statuses=statuses,
        running=_running_data(work, running) if running else {},
        calendar=work.calendar if weds else None,
        common=common,
    )


def _running_data(work: UnitOfWork, requests: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """Give what is known of running requests beyond their lines: fields of later steps."""
    query = select(_REQUEST.c.id, _REQUEST.c.service, _REQUEST.c.data)
    found = work.session.execute(query.where(_REQUEST.c.id.in_(requests)))
    return {
        row.id: {f.code: row.data[f.code] for f in LATER[row.service] if f.code in row.data}
        for row in found
    }


def statuses_of(
    work: UnitOfWork, ids: Iterable[int], newest: int | None = None
) -> dict[int, list[Row[Any]]]:
    """Give the status rows of lines by line, the oldest first, with who wrote each."""
    query = (
        select(_STATUS, _EVENT.c.user_name)
        .outerjoin(_EVENT, _EVENT.c.seq == _STATUS.c.event_seq)
        .where(_STATUS.c.line_id.in_(list(ids)))
        .order_by(_STATUS.c.id)
    )
    if newest is not None:
        query = query.where(_STATUS.c.id <= newest)
    found: dict[int, list[Row[Any]]] = {}
    for row in work.session.execute(query):
        found.setdefault(row.line_id, []).append(row)
    return found


def state_of(statuses: Sequence[Any]) -> str:
    """Give what has become of a line: one of the ends, or "belum"."""
    kinds = [status.kind for status in statuses if status.kind in _ENDS]
    return kinds[-1] if kinds else WAITING


def corrected(line: Any, statuses: Sequence[Any]) -> dict[str, str]:
    """Give the line's columns with later corrections laid over; the line itself never changes."""
    shown = {name: getattr(line, name) for name in _CORRECTABLE}
    for status in statuses:
        if status.kind in (CORRECTED, ERRATUM, SIGNED):
            shown.update(json.loads(status.facts))
    return shown


def facts_of(shown: Mapping[str, str], statuses: Sequence[Any]) -> dict[str, Any]:
    """Give the service's own fields: those of the line, then those filled in after it."""
    facts: dict[str, Any] = json.loads(shown["facts"])
    for status in statuses:
        if status.kind in _ENDS and status.facts != "{}":
            facts.update(json.loads(status.facts).get("later", {}))
    return facts


def note_of(statuses: Sequence[Any]) -> str:
    """Give what stands under Keterangan: void, refused, closed, corrected, ralat; when and why."""
    notes, errata = [], 0
    for status in statuses:
        word = _WORDS.get(status.kind)
        if status.kind == ERRATUM:
            errata += 1
            word = f"{word} ke-{errata}"
        if word:
            said = f": {status.remark}" if status.remark else ""
            notes.append(f"{word} {date.fromisoformat(status.day):%d-%m-%Y}{said}")
    return "; ".join(notes)


def line_of(
    line: Any,
    statuses: Sequence[Any],
    running: Mapping[str, Any] | None = None,
    *,
    common: bool = False,
) -> RegisterLine:
    """Lay what became of a line over it."""
    shown, state = corrected(line, statuses), state_of(statuses)
    if state == "ditutup":  # no letter either; the note says which of the two
        state = REFUSED
    handed = next((s for s in reversed(statuses) if s.kind == "diserahkan"), None)
    intro_number, intro_date = _intro(shown["village_letter"])
    issued = state != REFUSED
    return RegisterLine(
        id=line.id,
        place=place_in(line, None if common else line.service),
        agenda=f"{line.number:03d}{line.suffix}",
        registered=date.fromisoformat(line.day),
        written=moment(line.at).astimezone(ZoneInfo(line.zone)).time() if line.at else None,
        written_by=line.user_name or "",
        queue=line.queue,
        name=shown["name"],
        nik=shown["nik"],
        sex=shown["sex"],
        address=shown["address"],
        village=shown["village"],
        service=line.service,
        purpose=shown["purpose"],
        intro_number=intro_number,
        intro_date=intro_date,
        letter_number=(line.letter_number or "") if issued else "Tidak diterbitkan",
        letter_date=date.fromisoformat(line.letter_day) if line.letter_day and issued else None,
        signatory=shown["signatory"].partition(":")[0],
        handed=date.fromisoformat(handed.day) if handed else None,
        receiver=handed.remark if handed else "",
        handed_by=(handed.user_name or "") if handed else "",
        note=note_of(statuses),
        state=state,
        inserted=bool(line.suffix),
        file_code=line.file_code,
        facts={**facts_of(shown, statuses), **(running or {})},
        carried=_came_earlier(line),
    )


def _came_earlier(line: Any) -> bool:
    """Whether the file was taken in in a year before that of its line, by the line's own clock."""
    came: datetime | None = line.taken_in_at
    return came is not None and came.astimezone(ZoneInfo(line.zone)).year < line.year


def _intro(text: str) -> tuple[str, date | None]:
    """Part the village letter's number from its date, which stands last."""
    number, _, last = text.rpartition(" ")
    try:
        day, month, year = last.split("-")
        return number, date(int(year), int(month), int(day))
    except ValueError:
        return text, None
