"""What the closing page lists of a span of days: emergencies, recorded acts, voided numbers.

Read from the chain alone, so that the page says what was written, by whom and when. Days are the
office's. Sources: rules 7 and 8 of the SOP reading; reliability 3.3 (void: reason, second person).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import (
    EventRecord,
    LineRecord,
    LineStatusRecord,
    ProposalRecord,
    RequestRecord,
    UserRecord,
    table_of,
)
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.booking import LINE_STATES
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act, Status

_EVENT, _LINE, _STATUS, _REQUEST = map(
    table_of, (EventRecord, LineRecord, LineStatusRecord, RequestRecord)
)
_PROPOSAL, _USER = table_of(ProposalRecord), table_of(UserRecord)
_VOID = LINE_STATES[Status.CANCELLED]
#: Acts in words where no step names them.
_WORDS = {
    Act.FAIL: "TMS",
    Act.CLOSE: "Ditutup",
    Act.SEND_BACK: "Dikembalikan",
    Act.REFUSE: "Ditolak",
    Act.CANCEL: "Nomor dibatalkan",
    "usul-setuju": "Usul disetujui",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the office with the role he acted in; ``means``: kertas, telepon or ""."""

    name: str
    role: Role
    means: str = ""

    @property
    def words(self) -> str:
        """Give "Kasi Hendra Gunawan, S.Sos., di atas kertas"."""
        how = {"kertas": ", di atas kertas", "telepon": ", lewat telepon"}.get(self.means, "")
        return f"{self.role.short} {self.name}{how}"


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody signed a file he had verified, in an emergency a second official agreed to."""

    at: datetime  # office time
    file_code: str
    letter_number: str  # "" where none is written
    signer: Person
    agreed: Person
    reason: str


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """What an official decided on paper and the register officer entered (rule 8)."""

    at: datetime  # office time of the entry
    decided_at: datetime  # office time on the paper
    file_code: str  # "" where no file is meant
    what: str
    official: Person
    recorder: str


@dataclass(frozen=True, slots=True)
class Void:
    """A number of the book that became void. ``agreed`` None: before a second person was asked."""

    at: datetime  # office time
    series: str
    period: str
    number: str  # "012", "012.A"
    letter_number: str
    file_code: str
    service: str  # code
    line_day: date  # of the entry in the book
    reason: str
    proposer: str
    agreed: Person | None


def overrides(work: UnitOfWork, first_day: date, last_day: date) -> tuple[Override, ...]:
    """List the emergencies made use of in a span of days, the earliest first."""
    return tuple(_override(work, row) for row in _events(work, first_day, last_day, '"override"'))


def recorded_acts(work: UnitOfWork, first_day: date, last_day: date) -> tuple[RecordedAct, ...]:
    """List what was entered from paper in a span of days, the earliest first."""
    return tuple(_recorded(work, row) for row in _events(work, first_day, last_day, '"decided"'))


def voids(work: UnitOfWork, first_day: date, last_day: date) -> tuple[Void, ...]:
    """List the numbers voided in a span of days, whatever the day of their lines."""
    rows = work.session.execute(
        select(
            _STATUS.c.remark,
            _EVENT.c.at,
            _EVENT.c.user_name,
            _EVENT.c.payload,
            *(_LINE.c[name] for name in ("series", "period", "number", "suffix", "day")),
            *(_LINE.c[name] for name in ("letter_number", "file_code", "service")),
        )
        .join(_LINE, _LINE.c.id == _STATUS.c.line_id)
        .join(_EVENT, _EVENT.c.seq == _STATUS.c.event_seq)
        .where(
            _STATUS.c.kind == _VOID,
            _STATUS.c.day >= first_day.isoformat(),
            _STATUS.c.day <= last_day.isoformat(),
        )
        .order_by(_STATUS.c.id)
    ).all()
    return tuple(_void(work, row) for row in rows)


def _events(work: UnitOfWork, first: date, last: date, mark: str) -> Iterator[Row[Any]]:
    """Give the events of a span of days whose payload holds a key."""
    since = work.calendar.day_bounds(first)[0]
    until = work.calendar.day_bounds(last + timedelta(days=1))[0]
    yield from work.session.execute(
        select(_EVENT, _REQUEST.c.file_code, _REQUEST.c.letter_number, _REQUEST.c.service)
        .outerjoin(_REQUEST, _REQUEST.c.id == _EVENT.c.request_id)
        .where(
            _EVENT.c.at >= stamp(since),
            _EVENT.c.at < stamp(until),
            _EVENT.c.payload.contains(mark + ":"),
        )
        .order_by(_EVENT.c.seq)
    ).all()


def _override(work: UnitOfWork, row: Row[Any]) -> Override:
    told = json.loads(row.payload)
    decided = told.get("decided", {"name": row.user_name, "role": row.role})
    proposal = told["override"]["proposal"]
    return Override(
        at=moment(row.at).astimezone(work.zone),
        file_code=row.file_code or "",
        letter_number=row.letter_number or "",
        signer=Person(decided["name"], Role(decided["role"]), "kertas" if "at" in decided else ""),
        agreed=_agreed(work, told["override"]),
        reason=str(
            work.session.scalar(select(_PROPOSAL.c.reason).where(_PROPOSAL.c.id == proposal)) or ""
        ),
    )


def _recorded(work: UnitOfWork, row: Row[Any]) -> RecordedAct:
    decided = json.loads(row.payload)["decided"]
    return RecordedAct(
        at=moment(row.at).astimezone(work.zone),
        decided_at=datetime.fromisoformat(decided["at"]).astimezone(work.zone),
        file_code=row.file_code or "",
        what=_what(row),
        official=Person(decided["name"], Role(decided["role"]), decided.get("means", "kertas")),
        recorder=row.user_name,
    )


def _what(row: Row[Any]) -> str:
    if row.act in _WORDS:
        return _WORDS[row.act]
    if row.act == Act.ADVANCE and row.step and row.service in SERVICES:
        step = SERVICES[row.service].step(row.step)
        return step.word or step.activity
    return str(row.act)


def _void(work: UnitOfWork, row: Row[Any]) -> Void:
    told = json.loads(row.payload)
    agreed = _agreed(work, told) if "proposal" in told else None
    return Void(
        at=moment(row.at).astimezone(work.zone),
        series=row.series,
        period=row.period,
        number=f"{row.number:03d}{row.suffix}",
        letter_number=row.letter_number or "",
        file_code=row.file_code,
        service=row.service,
        line_day=date.fromisoformat(row.day),
        reason=row.remark,
        proposer=_name(work, told["proposed_by"]) if agreed else row.user_name,
        agreed=agreed,
    )


def _agreed(work: UnitOfWork, told: Mapping[str, Any]) -> Person:
    """Give who agreed to what an event made use of."""
    return Person(_name(work, told["agreed_by"]), Role(told["agreed_as"]), told["means"])


def _name(work: UnitOfWork, user_id: int) -> str:
    return str(work.session.scalar(select(_USER.c.name).where(_USER.c.id == user_id)) or "")
