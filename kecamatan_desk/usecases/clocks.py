"""The clock of a step: office minutes with and without pauses (rule 6 of the SOP reading)."""

from datetime import datetime

from sqlalchemy import bindparam, select

from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.persistence.tables import PauseRecord, RequestRecord, table_of
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.people import absent_spans, is_absent
from kecamatan_desk.usecases.values import StepClock
from kecamatan_desk.workflows.vocabulary import Step

ABSENT = "Pejabat tidak di tempat"

_PAUSE = table_of(PauseRecord)
_PAUSES = select(_PAUSE.c.opened_at, _PAUSE.c.closed_at).where(
    _PAUSE.c.request_id == bindparam("request_id"), _PAUSE.c.opened_at >= bindparam("since")
)


def minutes_spent(
    work: UnitOfWork, request: RequestRecord, role: Role, until: datetime | None = None
) -> tuple[float, float]:
    """Give (effective, gross) office minutes of a request at its current step up to a moment."""
    start, end = request.arrived_at, until or work.now
    gross = work.calendar.minutes_between(start, end)
    if gross == 0:
        return 0.0, 0.0
    pauses = _pauses(work, request, end)
    if role in OFFICIALS:
        pauses += absent_spans(work, role, start)
    return work.calendar.effective_minutes(start, end, pauses), gross


def _pauses(
    work: UnitOfWork, request: RequestRecord, end: datetime
) -> list[tuple[datetime, datetime]]:
    stay = {"request_id": request.id, "since": request.arrived_at}
    found = work.session.execute(_PAUSES, stay)
    return [(opened, closed or end) for opened, closed in found]


def step_clock(work: UnitOfWork, request: RequestRecord, step: Step) -> StepClock:
    """Give the running clock of a request that waits at *step*."""
    effective, gross = minutes_spent(work, request, step.officer)
    pause = request.pause_kind
    if pause is None and step.officer in OFFICIALS and is_absent(work, step.officer):
        pause = ABSENT
    running = pause is None and work.is_open
    return StepClock(
        judged(effective, step.minutes, pause), effective, gross, step.minutes, pause, running
    )


def judged(minutes: float, norm: int, pause: str | None = None) -> str:
    """Name the state of a clock: within the norm, up to twice the norm, beyond, paused."""
    if pause:
        return "rest"
    if minutes <= norm or norm == 0:  # steps of the applicant have no clock
        return "ok"
    return "warn" if minutes <= 2 * norm else "late"
