"""The first decision: the checklist, *Memenuhi Syarat* or not, closing, coming back, expiry."""

from collections.abc import Iterable

from sqlalchemy import select

from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.persistence.tables import (
    RequestRecord,
)
from kecamatan_desk.usecases.answers import (
    failing,
    require_papers,
    settle_answers,
    write_answers,
)
from kecamatan_desk.usecases.clock_guard import clock_doubt
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.moving import (
    Deed,
    load_seen,
    move,
)
from kecamatan_desk.usecases.processing.at_step import (
    at_first_decision,
    needed_text,
    require_officer,
    standing,
)
from kecamatan_desk.usecases.values import (
    Answer,
    Receipt,
    RecordedDecision,
    Seen,
)
from kecamatan_desk.workflows.engine import Act


def save_answers(work: UnitOfWork, op_id: str, seen: Seen, answers: Iterable[Answer]) -> Receipt:
    """Keep checklist answers while the officer works; no event, the request does not move.

    May be repeated without harm, so no receipt is kept under the op_id.
    """
    request, service, step = at_first_decision(work, seen)
    on_paper = (Role.REGISTER,) if step.officer in OFFICIALS else ()  # who records it (rule 8)
    require_officer(work, step, *on_paper)
    write_answers(work, request, service, answers)
    return standing(request, "ceklis")


@command
def pass_check(
    work: UnitOfWork,
    op_id: str,
    seen: Seen,
    answers: Iterable[Answer],
    recorded: RecordedDecision | None = None,
) -> Receipt:
    """First decision, *Memenuhi Syarat*: gives the queue number (D, E: writes the book line)."""
    request, service, _ = at_first_decision(work, seen)
    write_answers(work, request, service, answers)
    require_papers(work, request, service)
    return move(work, op_id, request, Deed(Act.ADVANCE, recorded=recorded))


@command
def fail_check(
    work: UnitOfWork,
    op_id: str,
    seen: Seen,
    answers: Iterable[Answer],
    recorded: RecordedDecision | None = None,
) -> Receipt:
    """First decision, *Tidak Memenuhi Syarat*: back to the applicant, every paper named."""
    request, service, _ = at_first_decision(work, seen)
    write_answers(work, request, service, answers)
    lines = failing(work, request, service)
    note = "; ".join(f"{line.name}: {line.reason}" for line in lines)
    deed = Deed(
        Act.FAIL,
        recorded=recorded,
        texts={"alasan": note},
        payload={"papers": [line.code for line in lines]},
        note=note,
    )
    receipt = move(work, op_id, request, deed)
    settle_answers(work, request)
    return receipt


@command
def close_failed(
    work: UnitOfWork,
    op_id: str,
    seen: Seen,
    reason: str,
    recorded: RecordedDecision | None = None,
) -> Receipt:
    """Close a file that cannot be served here, saying where the applicant should go."""
    request = load_seen(work, seen)
    text = needed_text(reason, "Alasan dan tujuan", "alasan")
    deed = Deed(Act.CLOSE, recorded=recorded, texts={"alasan": text}, note=text, remark=text)
    return move(work, op_id, request, deed)


@command
def record_return(work: UnitOfWork, op_id: str, seen: Seen) -> Receipt:
    """*Terima kembali*: the applicant is back; the request resumes at the very same step."""
    return move(work, op_id, load_seen(work, seen), Deed(Act.COME_BACK))


@command
def expire_overdue(work: UnitOfWork, op_id: str) -> int:
    """Close TMS files whose applicant has not come back in time; give how many.

    The counter closes those of every service, the technical team its own. None while the clock is
    in doubt: one that ran ahead would close the files of people who are still expected.
    """
    role = work.require(Role.PELAYANAN, Role.TIM_TEKNIS)
    if clock_doubt(work) is not None:
        return 0
    overdue = select(RequestRecord).where(
        RequestRecord.kind == "tms", RequestRecord.deadline < work.today
    )
    if role is Role.TIM_TEKNIS:
        overdue = overdue.where(RequestRecord.waits_for == role.value)
    else:  # named, so that the index on open requests serves
        overdue = overdue.where(RequestRecord.waits_for.is_not(None))
    found = work.session.scalars(overdue.order_by(RequestRecord.id)).all()
    for request in found:
        move(work, op_id, request, Deed(Act.EXPIRE, remark="Tidak kembali sampai batas waktu"))
    return len(found)
