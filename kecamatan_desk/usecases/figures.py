"""The office in figures: today on one page, and a month by service (rule 2 of the SOP reading).

*Sisa* counts what was taken in and has not ended, files returned as TMS included; *TMS* what
was closed so; *selesai* what was handed over. Drafts are not counted.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, String, case, func, select, type_coerce

from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.persistence.tables import (
    AbsenceRecord,
    PassRecord,
    PauseRecord,
    RequestRecord,
)
from kecamatan_desk.persistence.types import stamp
from kecamatan_desk.usecases.clocks import step_clock
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.moving import place_of
from kecamatan_desk.usecases.office_values import OfficeToday, ServiceFigures
from kecamatan_desk.usecases.worklist import waiting
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status, current_step

#: The act of the pass by which a file entered after a power cut is known.
LATE = "susulan"
FAILED = (Status.FAILED, Status.EXPIRED)
REFUSED = (Status.REFUSED, Status.CANCELLED)
_NORM = case({code: s.total_minutes for code, s in SERVICES.items()}, value=RequestRecord.service)

Span = tuple[datetime, datetime]


def office_today(work: UnitOfWork) -> OfficeToday:
    """Give the office on one page: came, done and left today, what is late, who is waited for."""
    services = _figures(work, work.calendar.day_bounds(work.today))
    running = [RequestRecord.waits_for.is_not(None), RequestRecord.status == Status.RUNNING.value]
    waits = work.session.execute(
        select(RequestRecord.waits_for, func.count())
        .where(*running)
        .group_by(RequestRecord.waits_for)
    )
    waiting_for = sorted(((Role(str(role)), count) for role, count in waits), key=lambda w: -w[1])
    oldest = work.session.scalars(
        select(RequestRecord)
        .where(RequestRecord.waits_for.is_not(None), RequestRecord.kind != "draf")
        # by an expression: else SQLite walks through all that ever ended, the oldest first
        .order_by(type_coerce(RequestRecord.taken_in_at, String).concat(""))
        .limit(1)
    ).first()
    return OfficeToday(
        came=sum(row.came for row in services),
        done=sum(row.done for row in services),
        open=sum(row.open for row in services),
        late=_late(work),
        waiting_for=tuple(waiting_for),
        oldest=waiting(work, oldest) if oldest else None,
        services=tuple(row for row in services if row.came or row.done or row.open),
    )


def month_figures(work: UnitOfWork, year: int, month: int) -> tuple[ServiceFigures, ...]:
    """Give all services of a month in the office's order; *sisa* as it was at the month's end."""
    return _figures(work, month_span(work, year, month))


def month_span(work: UnitOfWork, year: int, month: int) -> Span:
    """Give the first moment of a month and of the next, in the office's zone."""
    following = date(year + month // 12, month % 12 + 1, 1)
    start, _ = work.calendar.day_bounds(date(year, month, 1))
    end, _ = work.calendar.day_bounds(following)
    return start, end


def _figures(work: UnitOfWork, span: Span) -> tuple[ServiceFigures, ...]:
    came, left, ended = came_in(work, span), left_at(work, span[1]), ended_in(work, span)
    times = times_in(work, span)
    return tuple(
        ServiceFigures(
            service=code,
            came=came[code],
            done=ended[code, Status.DONE],
            failed=sum(ended[code, status] for status in FAILED),
            refused=sum(ended[code, status] for status in REFUSED),
            open=left[code],
            average_minutes=times[code].minutes / times[code].files if code in times else None,
            within_norm=times[code].within if code in times else 0,
            untimed=ended[code, Status.DONE] - (times[code].files if code in times else 0),
        )
        for code in SERVICES
    )


def came_in(work: UnitOfWork, span: Span) -> Counter[str]:
    """Count by service what was taken in. Reads only the span, in an index."""
    request = RequestRecord
    return _counted(
        work,
        select(request.service, func.count())
        .where(request.taken_in_at >= span[0], request.taken_in_at < span[1])
        .group_by(request.service),
    )


def left_at(work: UnitOfWork, moment: datetime) -> Counter[str]:
    """Count by service what had been taken in before a moment and had not ended by then.

    What is open now, and what has ended since: the years before are not read.
    """
    request = RequestRecord
    # by an expression: else SQLite goes by the index on taken_in_at, which is the whole history
    taken_in_at = type_coerce(request.taken_in_at, String).concat("")
    here = select(request.service, func.count()).where(taken_in_at < stamp(moment))
    still = here.where(request.waits_for.is_not(None))
    since = here.where(request.ended_at >= moment)
    return _counted(work, still.group_by(request.service)) + _counted(
        work, since.group_by(request.service)
    )


def _counted(work: UnitOfWork, rows: Select[str, int]) -> Counter[str]:
    return Counter({row[0]: row[1] for row in work.session.execute(rows)})


def ended_in(work: UnitOfWork, span: Span) -> Counter[tuple[str, Status]]:
    """Count by service and status what has ended; drafts thrown away are not counted."""
    request = RequestRecord
    rows = (
        select(request.service, request.status, func.count())
        .where(
            request.ended_at >= span[0],
            request.ended_at < span[1],
            request.taken_in_at.is_not(None),
        )
        .group_by(request.service, request.status)
    )
    return Counter(
        {(service, Status(status)): n for service, status, n in work.session.execute(rows)}
    )


@dataclass(frozen=True, slots=True)
class Times:
    """Office minutes of the files of a service that were done, all together."""

    files: int
    minutes: float  # without pauses
    gross_minutes: float
    within: int  # files within the SOP's minutes, pauses left out


def times_in(work: UnitOfWork, span: Span) -> dict[str, Times]:
    """Give by service what the files done in a span have taken; nothing where none was done.

    Files entered after a power cut count as done, but their minutes are not known.
    """
    request = RequestRecord
    each = (
        select(
            request.service.label("service"),
            # kept with two decimals; their sum would otherwise pass the norm by a hair
            func.round(func.sum(PassRecord.minutes), 2).label("minutes"),
            func.round(func.sum(PassRecord.gross_minutes), 2).label("gross"),
            _NORM.label("norm"),
        )
        .join(PassRecord, PassRecord.request_id == request.id)
        .where(
            request.ended_at >= span[0],
            request.ended_at < span[1],
            request.status == Status.DONE.value,
        )
        .group_by(request.id)
        # nobody knows how long a line of a printed sheet has taken
        .having(func.sum(case((PassRecord.act == LATE, 1), else_=0)) == 0)
        .subquery()
    )
    kept = func.sum(case((each.c.minutes <= each.c.norm, 1), else_=0))
    rows = select(
        each.c.service, func.count(), func.sum(each.c.minutes), func.sum(each.c.gross), kept
    ).group_by(each.c.service)
    return {service: Times(*rest) for service, *rest in work.session.execute(rows)}


def _late(work: UnitOfWork) -> int:
    """Count the running requests beyond twice the norm of their step."""
    running = work.session.scalars(
        select(RequestRecord).where(
            RequestRecord.waits_for.is_not(None), RequestRecord.status == Status.RUNNING.value
        )
    ).all()
    paused = set(
        work.session.scalars(
            select(PauseRecord.request_id)
            .join(RequestRecord, RequestRecord.id == PauseRecord.request_id)
            .where(RequestRecord.waits_for.is_not(None))
        )
    )
    absences = work.session.scalar(select(func.count()).select_from(AbsenceRecord))
    late = 0
    for request in running:
        step = current_step(SERVICES[request.service], place_of(request))
        if step is None or not step.minutes:  # no norm, never late
            continue
        gross = work.calendar.minutes_between(request.arrived_at, work.now)
        if gross <= 2 * step.minutes:
            continue
        # pauses are looked up only where there can be some: the page must be quick on a busy day
        stopped = request.id in paused or (absences and step.officer in OFFICIALS)
        late += step_clock(work, request, step).state == "late" if stopped else 1
    return late
