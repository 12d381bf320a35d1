"""Who did what on a day: every event of it, by person and kind, with what is unusual marked.

Read along the index of the moment (``ix_event_at``), a page at a time: how old the office is does
not matter. Source: peers (c) 13, the office's daily supervision (pengawasan melekat).
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, tuple_

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import EventRecord, RequestRecord, UserRecord, table_of
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.event_words import KINDS, MARKS, OUTSIDE, WORDS, marks_of, word_of
from kecamatan_desk.usecases.history import Names, role_of, what_of
from kecamatan_desk.usecases.history_values import (
    DaySummary,
    JournalLine,
    JournalPage,
    PersonCount,
)
from kecamatan_desk.usecases.secrecy import shown_person
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act

READERS = (Role.KASI, Role.SEKCAM, Role.CAMAT, Role.ADMIN)
AT_ONCE = 200  # events of a page
_EVENT, _USER = table_of(EventRecord), table_of(UserRecord)
_UNUSUAL = sorted(act for act, word in WORDS.items() if word.mark)


def day_summary(work: UnitOfWork, day: date) -> DaySummary:
    """Give a day at a glance: how much each did, of what kind, from when to when."""
    work.require(*READERS)
    rows = work.session.execute(
        select(
            _EVENT.c.user_id,
            _EVENT.c.act,
            func.count().label("amount"),
            func.max(_EVENT.c.user_name).label("name"),
            func.min(_EVENT.c.at).label("first"),
            func.max(_EVENT.c.at).label("last"),
        )
        .where(_of_day(work, day))
        .group_by(_EVENT.c.user_id, _EVENT.c.act)
    ).all()
    people = [_person(own[0].user_id, own[0].name, own) for own in _by_user(rows)]
    people.sort(key=lambda one: (-one.total, one.name))
    if rows:
        people.insert(0, _person(None, "Semua orang", rows))
    marked = select(func.count()).where(_of_day(work, day), _unusual(work, day))
    opens, closes = _hours(work, day)
    return DaySummary(
        day=day,
        people=tuple(people),
        marked=work.session.scalar(marked) or 0,
        tries=tuple(_tries(work)) if day == work.today else (),
        open_from=opens,
        open_to=closes,
    )


def day_page(
    work: UnitOfWork,
    day: date,
    before: tuple[str, int] | None = None,
    person: int | None = None,
    *,
    unusual: bool = False,
) -> JournalPage:
    """Give a page of a day's events, the newest first, behind the ``more`` of the page before.

    ``person``: of this user alone; ``unusual``: only what should be looked at.
    """
    work.require(*READERS)
    wanted = [_of_day(work, day)]
    if person is not None:
        wanted.append(_EVENT.c.user_id == person)
    if unusual:
        wanted.append(_unusual(work, day))
    if before is not None:
        wanted.append(tuple_(_EVENT.c.at, _EVENT.c.seq) < tuple_(*before))
    rows = work.session.execute(
        select(_EVENT)
        .where(*wanted)
        .order_by(_EVENT.c.at.desc(), _EVENT.c.seq.desc())
        .limit(AT_ONCE + 1)
    ).all()
    shown = rows[:AT_ONCE]
    more = (str(shown[-1].at), int(shown[-1].seq)) if len(rows) > AT_ONCE else None
    return JournalPage(tuple(_lines(work, day, shown)), more)


def _lines(work: UnitOfWork, day: date, rows: Sequence[Row[Any]]) -> Iterable[JournalLine]:
    ids = {row.request_id for row in rows if row.request_id is not None}
    found = work.session.scalars(select(RequestRecord).where(RequestRecord.id.in_(ids)))
    requests = {request.id: request for request in found}
    named = bool(set(work.roles) - {Role.ADMIN})
    opens, closes = _hours(work, day)
    names = Names(work)
    for row in rows:
        payload = json.loads(row.payload)
        at = moment(row.at)
        request = requests.get(row.request_id)
        service = SERVICES[request.service] if request else None
        marks = marks_of(row.act, payload)
        if opens is None or closes is None or not opens <= at < closes:
            marks = (*marks, OUTSIDE)
        yield JournalLine(
            seq=row.seq,
            at=at,
            what=what_of(work, row, payload, service, names),
            who=row.user_name,
            role=role_of(work, row.role, payload, names),
            glyph=word_of(row.act).glyph,
            marks=marks,
            request_id=row.request_id,
            file_code=request.file_code if request else "",
            applicant=shown_person(work, request)[0] if request and named else "",
            service=service.short if service else "",
        )


def _of_day(work: UnitOfWork, day: date) -> ColumnElement[bool]:
    start, end = work.calendar.day_bounds(day)
    return and_(_EVENT.c.at >= stamp(start), _EVENT.c.at < stamp(end))


def _unusual(work: UnitOfWork, day: date) -> ColumnElement[bool]:
    """What `_lines` marks, as the database sees it."""

    def told(name: str) -> ColumnElement[Any]:
        return func.json_extract(_EVENT.c.payload, f"$.{name}")

    cases: list[ColumnElement[bool]] = [_EVENT.c.act.in_(_UNUSUAL)]
    cases += [told(name).is_not(None) for name in MARKS]
    cases.append(and_(_EVENT.c.act == Act.CANCEL.value, told("agreed_by").is_not(None)))
    cases.append(and_(_EVENT.c.act == "periksa-data", told("findings") > 0))
    cases.append(and_(_EVENT.c.act == "uji-pulih", told("ok") == 0))
    opens, closes = _hours(work, day)
    if opens is None or closes is None:
        return or_(_EVENT.c.seq > 0)
    return or_(*cases, _EVENT.c.at < stamp(opens), _EVENT.c.at >= stamp(closes))


def _hours(work: UnitOfWork, day: date) -> tuple[datetime | None, datetime | None]:
    """Give when the office opens and closes on a day, breaks counted in; None for a day off."""
    if not work.calendar.is_working_day(day):
        return None, None
    _, end = work.calendar.day_bounds(day)
    opens = closes = None
    for start, stop in work.calendar.spans(day):
        if start >= end:
            break
        opens, closes = opens or start, stop
    return opens, closes


def _by_user(rows: Sequence[Row[Any]]) -> Iterable[list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.user_id, []).append(row)
    return found.values()


def _person(user_id: int | None, name: str, rows: Sequence[Row[Any]]) -> PersonCount:
    kinds: Counter[str] = Counter()
    for row in rows:
        kinds[word_of(row.act).kind] += row.amount
    counted = sorted(kinds.items(), key=lambda kind: (-kind[1], KINDS.index(kind[0])))
    return PersonCount(
        user_id,
        name,
        kinds.total(),
        tuple(counted),
        moment(min(row.first for row in rows)),
        moment(max(row.last for row in rows)),
    )


def _tries(work: UnitOfWork) -> Iterable[tuple[str, int]]:
    """Give whose accounts were tried with wrong secrets since they were last told of it."""
    found = work.session.execute(
        select(_USER.c.name, _USER.c.untold_failures)
        .where(_USER.c.untold_failures > 0)
        .order_by(_USER.c.name)
    )
    return ((str(row.name), int(row.untold_failures)) for row in found)
