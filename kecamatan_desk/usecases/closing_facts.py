"""Collecting what a closing states, inside the transaction that closes.

A day is its calendar day. A month and a year take their own lines; of the deeds they take those of
their days, and those done in the period before after its own closing: each stands on one page.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.indonesian import clock, grouped
from kecamatan_desk.domain.numbering import file_code
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.numbers import FILES, MINUTES, QUEUE
from kecamatan_desk.persistence.tables import (
    BlockRecord,
    BookActRecord,
    EventRecord,
    IssueRecord,
    LineRecord,
    LineStatusRecord,
    RequestRecord,
    table_of,
)
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.booking import LINE_STATES
from kecamatan_desk.usecases.closed_books import CLOSED, CLOSED_DAY
from kecamatan_desk.usecases.closing_deeds import clock_deeds, overrides, recorded
from kecamatan_desk.usecases.closing_values import (
    BlockCount,
    ClosingFacts,
    EarlierDated,
    LateLine,
    OpenNumber,
    OtherCount,
    PersonCount,
    SeriesCount,
    Signer,
    VoidNumber,
)
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.line_services import LINE_SERVICES
from kecamatan_desk.usecases.paper_parts import signature_block
from kecamatan_desk.usecases.people import signatory
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.series import series_label
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status
from kecamatan_desk.workflows.vocabulary import Signing

_LINE, _STATUS, _EVENT, _ISSUE, _REQUEST, _BLOCK, _ACT = map(
    table_of,
    (
        LineRecord,
        LineStatusRecord,
        EventRecord,
        IssueRecord,
        RequestRecord,
        BlockRecord,
        BookActRecord,
    ),
)
_ENDS = frozenset(LINE_STATES.values())
#: What an end of a line counts as on the page.
_COUNTED = {"diserahkan": "done", "batal": "void", "ditolak": "refused", "ditutup": "closed"}


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain stands before the closing's own event."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with what has become of it up to now."""

    row: Any
    state: str  # done, void, refused, closed, returned, running
    void: Any  # its newest status row of that kind; None


def span_of(period: str) -> Period:
    """Give the days of "2026", "2026-05" or "2026-05-12"."""
    parts = [int(part) for part in period.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return Period(day, day)
    return Period.of(parts[0], parts[1] if len(parts) == 2 else None)


def head_of_chain(work: UnitOfWork) -> Head:
    """Give number and hash of the newest event."""
    newest = select(_EVENT.c.seq, _EVENT.c.hash).order_by(_EVENT.c.seq.desc()).limit(1)
    seq, digest = work.session.execute(newest).one()
    return Head(seq, digest)


_Place = tuple[str, int, str]  # series, number, suffix: of one line alone


@dataclass(frozen=True, slots=True)
class LinesRead:
    """The lines of some days as they stood, and those of them that were entered later."""

    lines: tuple[_Line, ...]
    late: tuple[tuple[_Place, LateLine], ...]


def lines_read(work: UnitOfWork, span: Period) -> LinesRead:
    """Read the lines dated in a span."""
    lines = _lines(work, span)
    return LinesRead(tuple(lines), _late(work, lines))


def joined(parts: Sequence[LinesRead]) -> LinesRead:
    """Put spans together, in the order of series and number."""
    lines = sorted((line for part in parts for line in part.lines), key=_place_of)
    return LinesRead(tuple(lines), tuple(sorted(one for part in parts for one in part.late)))


def _place_of(line: _Line) -> _Place:
    return (line.row.series, line.row.number, line.row.suffix)


def collect(work: UnitOfWork, period: str, read: LinesRead | None = None) -> ClosingFacts:
    """Give all that a closing of a period would state now.

    ``read``: its lines, where they were read before, at this very head of the chain.
    """
    span, head = span_of(period), head_of_chain(work)
    read = read or lines_read(work, span)
    lines = read.lines
    deeds = deeds_of(work, period)
    one_day = span.first == span.last
    told = recorded(work, deeds)
    return ClosingFacts(
        period=period,
        day=work.today.isoformat(),
        clock=clock_of(work),
        place=work.office.place or work.office.name,
        series=series_counts(lines),
        other=_others(work, deeds, one_day=one_day),
        blocks=_blocks(work, span),
        open=tuple(_open_number(work, line) for line in lines if line.state in _OPEN),
        voids=_voids(work, lines, span),
        late=tuple(one for _, one in read.late),
        overrides=overrides(work, deeds),
        clocks=clock_deeds(work, deeds),
        recorded=told if one_day else (),
        recorded_for=_by_person((deed.who, deed.role) for deed in told),
        events=work.session.scalar(select(func.count()).where(deeds, _known(head))) or 0,
        first_event=work.session.scalar(select(func.min(_EVENT.c.seq)).where(deeds)) or 0,
        head_seq=head.seq,
        head_hash=head.hash,
        mark=_mark(work, head),
        carried=carried_over(work, span.first.year) if span.is_year else 0,
        camat=_camat(work),
        keeper=_keeper(work),
        earlier=earlier_dated(work, span.first) if one_day else (),
    )


def clock_of(work: UnitOfWork) -> str:
    """Give the time of the closing as its page states it: "16.00 WIB"."""
    return f"{clock(work.now.astimezone(work.zone))} {work.office.zone_label}"


def _known(head: Head) -> ColumnElement[bool]:
    return _EVENT.c.seq <= head.seq


def deeds_of(work: UnitOfWork, period: str) -> ColumnElement[bool]:
    """Give the condition on events whose deeds a period's page shows."""
    span = span_of(period)
    start = stamp(work.calendar.day_bounds(span.first)[0])
    end = stamp(work.calendar.day_bounds(span.last)[1])
    own = and_(_EVENT.c.at >= start, _EVENT.c.at < end)
    if span.first == span.last:
        return own
    before = span.first - timedelta(days=1)
    earlier = str(before.year) if span.is_year else f"{before.year:04d}-{before.month:02d}"
    newest = (
        select(_ACT.c.event_seq)
        .where(_ACT.c.kind == CLOSED, _ACT.c.period == earlier)
        .order_by(_ACT.c.id.desc())
        .limit(1)
    )
    closed = work.session.scalar(newest)
    if closed is None:
        return own
    return or_(own, and_(_EVENT.c.at < start, _EVENT.c.seq > closed))


# --- lines ----------------------------------------------------------------------------------------

_OPEN = ("running", "returned")


def _lines(work: UnitOfWork, span: Period) -> list[_Line]:
    """Read the lines dated in a span, in the order of series and number."""
    days = (
        _LINE.c.period.in_([str(year) for year in {span.first.year, span.last.year}]),
        _LINE.c.day >= span.first.isoformat(),
        _LINE.c.day <= span.last.isoformat(),
    )
    found = work.session.execute(
        select(
            _LINE.c.id,
            _LINE.c.series,
            _LINE.c.number,
            _LINE.c.suffix,
            _LINE.c.day,
            _LINE.c.service,
            _LINE.c.letter_number,
            _LINE.c.file_code,
            _LINE.c.request_id,
            _EVENT.c.at,
            _EVENT.c.user_name,
            _REQUEST.c.status,
            _REQUEST.c.step,
        )
        .join(_EVENT, _EVENT.c.seq == _LINE.c.event_seq)
        .outerjoin(_REQUEST, _REQUEST.c.id == _LINE.c.request_id)
        .where(*days)
        .order_by(_LINE.c.series, _LINE.c.number, _LINE.c.suffix)
    ).all()
    statuses: dict[int, list[Any]] = {}
    wanted = (
        select(_STATUS.c.id, _STATUS.c.line_id, _STATUS.c.kind, _STATUS.c.day)
        .join(_LINE, _LINE.c.id == _STATUS.c.line_id)
        .where(*days, _STATUS.c.kind.in_(_ENDS))
        .order_by(_STATUS.c.id)
    )
    for status in work.session.execute(wanted):
        statuses.setdefault(status.line_id, []).append(status)
    return [_with_state(row, statuses.get(row.id, ())) for row in found]


def _with_state(row: Any, statuses: Sequence[Any]) -> _Line:
    if not statuses:
        returned = row.status == Status.FAILED.value
        return _Line(row, "returned" if returned else "running", None)
    newest = statuses[-1]
    return _Line(row, _COUNTED[newest.kind], newest if newest.kind == "batal" else None)


def series_counts(lines: Iterable[_Line]) -> tuple[SeriesCount, ...]:
    """Count lines by series; first and last are main numbers."""
    by_series: dict[str, list[_Line]] = {}
    for line in lines:
        by_series.setdefault(line.row.series, []).append(line)
    order = {code: place for place, code in enumerate(LINE_SERVICES)}
    found = []
    for series in sorted(by_series, key=lambda name: (order.get(name, len(order)), name)):
        own = by_series[series]
        numbers = [line.row.number for line in own if not line.row.suffix]
        states = Counter(line.state for line in own)
        found.append(
            SeriesCount(
                series=series,
                name=series_label(series),
                first=f"{min(numbers):03d}" if numbers else "",
                last=f"{max(numbers):03d}" if numbers else "",
                numbers=len(numbers),
                inserted=len(own) - len(numbers),
                **states,
            )
        )
    return tuple(found)


def _name(row: Any) -> str:
    return f"{row.number:03d}{row.suffix}"


def _service(row: Any) -> str:
    return LINE_SERVICES[row.service].short


def _open_number(work: UnitOfWork, line: _Line) -> OpenNumber:
    row = line.row
    waits = "menunggu pemohon (TMS)" if line.state == "returned" else ""
    if not waits and row.service in SERVICES and row.step:
        waits = SERVICES[row.service].step(row.step).officer.short
    return OpenNumber(
        _name(row), _service(row), row.letter_number or "", row.day, row.file_code, waits
    )


def _voids(work: UnitOfWork, lines: Sequence[_Line], span: Period) -> tuple[VoidNumber, ...]:
    """Give the void lines of a span, and older lines that were made void in it."""
    own = [
        VoidNumber(_name(line.row), _service(line.row), line.row.day, line.void.day, line.void.id)
        for line in lines
        if line.void is not None
    ]
    older = work.session.execute(
        select(
            _LINE.c.number,
            _LINE.c.suffix,
            _LINE.c.service,
            _LINE.c.day,
            _STATUS.c.day.label("void_day"),
            _STATUS.c.id.label("status_id"),
        )
        .join(_LINE, _LINE.c.id == _STATUS.c.line_id)
        .where(
            _STATUS.c.kind == "batal",
            _STATUS.c.day >= span.first.isoformat(),
            _STATUS.c.day <= span.last.isoformat(),
            _LINE.c.day < span.first.isoformat(),
        )
        .order_by(_STATUS.c.id)
    )
    return (
        *own,
        *(VoidNumber(_name(r), _service(r), r.day, r.void_day, r.status_id) for r in older),
    )


_NOON = "14"  # UTC; the next day begins at 15 in the easternmost zone


def _late(work: UnitOfWork, lines: Sequence[_Line]) -> tuple[tuple[_Place, LateLine], ...]:
    found = []
    for line in lines:
        row = line.row
        if row.at[:13] < f"{row.day}T{_NOON}":  # most lines: no zone makes a later day of it
            continue
        written = moment(row.at).astimezone(work.zone).date().isoformat()
        if written > row.day:
            one = LateLine(_name(row), _service(row), row.day, written, row.user_name)
            found.append((_place_of(line), one))
    return tuple(found)


def earlier_dated(work: UnitOfWork, day: date) -> tuple[EarlierDated, ...]:
    """Give the lines written on a day that bear an earlier date: its page counts them apart.

    They belong to the book of their own day, whose page may have been made without them.
    """
    start, end = map(stamp, work.calendar.day_bounds(day))
    rows = work.session.execute(
        select(
            _LINE.c.number,
            _LINE.c.suffix,
            _LINE.c.service,
            _LINE.c.day,
            _EVENT.c.user_name,
            _EVENT.c.seq,
        )
        .join(_EVENT, _EVENT.c.seq == _LINE.c.event_seq)
        .where(_EVENT.c.at >= start, _EVENT.c.at < end, _LINE.c.day < day.isoformat())
        .order_by(_LINE.c.day, _LINE.c.series, _LINE.c.number, _LINE.c.suffix)
    ).all()
    acts = work.session.execute(
        select(_ACT.c.period, _ACT.c.created_at, _ACT.c.event_seq)
        .where(_ACT.c.kind == CLOSED_DAY, _ACT.c.period.in_({row.day for row in rows}))
        .order_by(_ACT.c.id)
    )
    made = {act.period: act for act in acts}  # the newest of each day
    found = []
    for row in rows:
        page = made.get(row.day)
        at = moment(page.created_at).astimezone(work.zone) if page else None
        found.append(
            EarlierDated(
                number=_name(row),
                service=_service(row),
                inserted=bool(row.suffix),
                day=row.day,
                by=row.user_name,
                page=f"{at:%d-%m-%Y %H.%M}" if at else "",
                lacks=page is not None and page.event_seq < row.seq,
            )
        )
    return tuple(found)


def carried_over(work: UnitOfWork, year: int) -> int:
    """Count the files taken in by a year's end that have not ended: *sisa tahun lalu*."""
    until = work.calendar.day_bounds(date(year, 12, 31))[1]
    wanted = select(func.count()).where(
        _REQUEST.c.taken_in_at.is_not(None),
        _REQUEST.c.taken_in_at < until,
        _REQUEST.c.waits_for.is_not(None),
    )
    return work.session.scalar(wanted) or 0


# --- numbers that are no lines --------------------------------------------------------------------


def _others(
    work: UnitOfWork, deeds: ColumnElement[bool], *, one_day: bool
) -> tuple[OtherCount, ...]:
    rows = work.session.execute(
        select(
            _ISSUE.c.series,
            _ISSUE.c.period,
            func.min(_ISSUE.c.number).label("first"),
            func.max(_ISSUE.c.number).label("last"),
            func.count().label("amount"),
        )
        .join(_EVENT, _EVENT.c.seq == _ISSUE.c.event_seq)
        .where(deeds, _ISSUE.c.series.in_((FILES, QUEUE, MINUTES)))
        .group_by(_ISSUE.c.series, _ISSUE.c.period)
        .order_by(_ISSUE.c.series, _ISSUE.c.period)
    ).all()
    found = []
    queue = 0
    for row in rows:
        if row.series == QUEUE:
            queue += row.amount
            if one_day:
                found.append(_other("Nomor antrian", row.first, row.last, row.amount))
        elif row.series == FILES:
            first, last = (file_code(int(row.period), number) for number in (row.first, row.last))
            found.append(OtherCount("Kode berkas", first, last, row.amount))
        else:
            found.append(_other("Berita Acara", row.first, row.last, row.amount))
    if queue and not one_day:
        found.append(OtherCount("Nomor antrian (mulai dari 1 setiap hari)", "", "", queue))
    return tuple(found)


def _other(name: str, first: int, last: int, count: int) -> OtherCount:
    return OtherCount(name, grouped(first), grouped(last), count)


def _blocks(work: UnitOfWork, span: Period) -> tuple[BlockCount, ...]:
    """Give the blocks laid down in a span, and what became of their numbers."""
    rows = work.session.execute(
        select(_BLOCK, _EVENT.c.at)
        .join(_EVENT, _EVENT.c.seq == _BLOCK.c.event_seq)
        .where(_BLOCK.c.period == str(span.first.year))
        .order_by(_BLOCK.c.id)
    ).all()
    found = []
    for row in rows:
        day = moment(row.at).astimezone(work.zone).date()
        if not span.first <= day <= span.last:
            continue
        lines = _in_block(work, row)
        void = sum(1 for kind in lines.values() if kind == "batal")
        found.append(
            BlockCount(
                series_label(row.series), row.kind, row.first, row.last, len(lines) - void, void
            )
        )
    return tuple(found)


def _in_block(work: UnitOfWork, block: Any) -> Mapping[int, str]:
    """Give what became of the numbers of a block that have a line, by line."""
    rows = work.session.execute(
        select(_LINE.c.id, _STATUS.c.kind)
        .outerjoin(_STATUS, and_(_STATUS.c.line_id == _LINE.c.id, _STATUS.c.kind.in_(_ENDS)))
        .where(
            _LINE.c.series == block.series,
            _LINE.c.period == block.period,
            _LINE.c.number.between(block.first, block.last),
            _LINE.c.suffix == "",
        )
        .order_by(_STATUS.c.id)
    )
    return {row.id: row.kind or "" for row in rows}


# --- who, and up to where -------------------------------------------------------------------------


def _by_person(deciders: Iterable[tuple[str, str]]) -> tuple[PersonCount, ...]:
    counts = Counter(deciders)
    return tuple(PersonCount(who, role, n) for (who, role), n in sorted(counts.items()))


def _mark(work: UnitOfWork, head: Head) -> tuple[int, int, int]:
    line, status = (
        work.session.scalar(select(func.max(column))) or 0 for column in (_LINE.c.id, _STATUS.c.id)
    )
    return (line, status, head.seq)


def _camat(work: UnitOfWork) -> Signer:
    """Give the Camat's place; an office without one closes all the same and signs by hand."""
    try:
        signer = signatory(work, Signing.CAMAT, work.today)
    except RuleError:
        return Signer((("", f"CAMAT {work.office.name.upper()},"),), "")
    block = signature_block(work, signer, work.today)
    return Signer(block.titles, block.name, block.rank, block.nip)


def _keeper(work: UnitOfWork) -> Signer:
    name = work.user.name if Role.REGISTER in work.roles else ""
    return Signer((("", "PETUGAS REGISTER,"),), name)


def stored_facts(text: str) -> dict[str, Any]:
    """Read the facts of an act."""
    found: dict[str, Any] = json.loads(text)
    return found
