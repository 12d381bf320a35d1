"""What waits for whom, one request as a whole, and finding a file."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.numbering import queue_display
from kecamatan_desk.domain.people import digits_only, masked_nik
from kecamatan_desk.domain.proof import (
    PRACTICE,
    SIGNATURE_LETTERS,
    SignedCode,
    looks_like_code,
    read_code,
    tidied,
)
from kecamatan_desk.domain.roles import OFFICIALS, ON_FILES, Role
from kecamatan_desk.persistence.search import find_requests
from kecamatan_desk.persistence.tables import RequestRecord
from kecamatan_desk.usecases.agreements import count_waiting
from kecamatan_desk.usecases.booking import HIDDEN
from kecamatan_desk.usecases.clocks import step_clock
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.line_hits import line_hits
from kecamatan_desk.usecases.moving import place_of
from kecamatan_desk.usecases.people import officials
from kecamatan_desk.usecases.proof import is_ours
from kecamatan_desk.usecases.values import SearchHit, StepClock, WaitingRequest
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status, current_step

__all__ = ["officials"]

MOST_SHOWN = 500
#: Kind of the list of what waits for a second person.
APPROVALS = "persetujuan"
_URGENCY = {"late": 0, "warn": 1, "ok": 2, "rest": 3}
_STOPPED = StepClock("rest", 0.0, 0.0, 0)


def work_list(work: UnitOfWork, role: Role, kind: str) -> tuple[WaitingRequest, ...]:
    """List the open requests of one of a role's lists, the most urgent first.

    ``kind``: masuk, tanda-tangan, siap, tms, draf. Costs the same however many have ended.
    """
    work.require(role)
    found = work.session.scalars(
        select(RequestRecord)
        .where(RequestRecord.waits_for == role.value, RequestRecord.kind == kind)
        .order_by(RequestRecord.arrived_at)
        .limit(MOST_SHOWN)
    )
    rows = [waiting(work, request) for request in found]
    if kind == "draf":
        return tuple(sorted(rows, key=lambda row: row.arrived_at, reverse=True))
    return tuple(sorted(rows, key=_urgency))


def _urgency(row: WaitingRequest) -> tuple[int, float, datetime]:
    return (_URGENCY[row.clock.state], row.clock.norm - row.clock.minutes, row.arrived_at)


def entry_counts(work: UnitOfWork) -> Mapping[tuple[Role, str], int]:
    """Count what waits in every list of the user's roles; a list with nothing is left out."""
    found = work.session.execute(
        select(RequestRecord.waits_for, RequestRecord.kind, func.count())
        .where(RequestRecord.waits_for.in_([role.value for role in work.roles]))
        .group_by(RequestRecord.waits_for, RequestRecord.kind)
    )
    counts = {(Role(str(role)), str(kind)): count for role, kind, count in found}
    for role in work.roles:
        if role in (Role.REGISTER, *OFFICIALS) and (proposed := count_waiting(work)):
            counts[role, APPROVALS] = proposed
    return counts


def officials_waiting(work: UnitOfWork) -> tuple[WaitingRequest, ...]:
    """List the files that wait for Kasi, Sekcam or Camat, for recording what paper says."""
    work.require(Role.REGISTER)
    found = work.session.scalars(
        select(RequestRecord)
        .where(
            RequestRecord.waits_for.in_([role.value for role in OFFICIALS]),
            RequestRecord.kind.in_(("masuk", "tanda-tangan")),
        )
        .order_by(RequestRecord.arrived_at)
        .limit(MOST_SHOWN)
    )
    return tuple(waiting(work, request) for request in found)


def waiting(work: UnitOfWork, request: RequestRecord) -> WaitingRequest:
    """Give one request as a row of a list."""
    service = SERVICES[request.service]
    step = current_step(service, place_of(request))
    running = request.status == Status.RUNNING and step is not None
    draft = request.status == Status.DRAFT
    return WaitingRequest(
        id=request.id,
        version=request.version,
        file_code=request.file_code,
        service=request.service,
        status=Status(request.status),
        step=request.step,
        applicant=shown_name(request),
        nik_masked="" if request.secret else masked_nik(request.nik),
        village=request.village,
        visits=request.visits,
        queue=queue_display(service.family, request.queue_number),
        letter_number=request.letter_number or "",
        arrived_at=request.saved_at if draft else request.arrived_at,
        clock=step_clock(work, request, step) if running and step else _STOPPED,
        saved_note=request.note,
        days_left=_days_left(work, request),
        carried=is_carried(work, request),
    )


def is_carried(work: UnitOfWork, request: RequestRecord) -> bool:
    """Whether a file that has not ended was taken in in an earlier year (domain facts 3.4)."""
    came = request.taken_in_at
    return came is not None and work.calendar.local_date(came).year < work.today.year


def _days_left(work: UnitOfWork, request: RequestRecord) -> int | None:
    if request.status != Status.FAILED or request.deadline is None:
        return None
    return (request.deadline - work.today).days


def shown_name(request: RequestRecord) -> str:
    """Give the applicant's name as lists show it; a reporter who asked for secrecy is hidden."""
    return HIDDEN if request.secret else request.applicant


def bundle(work: UnitOfWork, bundle_id: int) -> tuple[WaitingRequest, ...]:
    """List the requests that came together."""
    found = work.session.scalars(
        select(RequestRecord).where(RequestRecord.bundle_id == bundle_id).order_by(RequestRecord.id)
    )
    return tuple(waiting(work, request) for request in found)


def search(work: UnitOfWork, text: str) -> tuple[SearchHit, ...]:
    """Find files by name, NIK, file code or letter number; understands a scanned code.

    Letters without a file (`LineHit`) come behind them, by number, receiver and subject.
    RuleError when a real office scans a paper of the practice mode, or the other way round, and
    for a letter's code that the office did not sign.
    """
    work.require(*ON_FILES)
    typed = _scanned(work, text.strip())
    if not typed:
        return ()
    digits = digits_only(typed)
    words = digits if digits.isdigit() and len(digits) == 16 else typed
    ids = find_requests(work.session, words)
    files = tuple(hit(work, request) for request in _by_ids(work, ids))
    return files + (line_hits(work, typed) if typed == text.strip() else ())


def _scanned(work: UnitOfWork, text: str) -> str:
    """Give the file code a scanned code names, or the text as it is.

    A letter's code counts only with its signature: a changed one opens nothing.
    """
    if not looks_like_code(text):
        return text
    head, *parts = tidied(text).split(":")
    if (head == PRACTICE) is not work.practice:
        where = "latihan" if head == PRACTICE else "kantor yang sesungguhnya"
        raise RuleError(f"Kode ini dari data {where}, bukan dari data yang sedang dibuka.")
    if len(text) > SIGNATURE_LETTERS:
        code = read_code(text)
        if not isinstance(code, SignedCode) or not is_ours(work, code):
            raise RuleError(
                "Kode surat ini tidak benar: ada huruf atau angka yang berubah, atau bukan dari "
                "kantor ini. Tidak ada yang dibuka; pindai sekali lagi, atau pakai Periksa Surat."
            )
    return parts[0]


def _by_ids(work: UnitOfWork, ids: Iterable[int]) -> list[RequestRecord]:
    wanted = list(ids)
    found = work.session.scalars(select(RequestRecord).where(RequestRecord.id.in_(wanted)))
    return sorted(found, key=lambda request: -request.id)


def hit(work: UnitOfWork, request: RequestRecord) -> SearchHit:
    """Give one request as a search result; its day is the office's, not that of UTC."""
    return SearchHit(
        request.id,
        request.file_code,
        request.service,
        shown_name(request),
        "" if request.secret else masked_nik(request.nik),
        Status(request.status),
        request.step,
        request.letter_number or "",
        request.created_at.astimezone(work.zone),
    )


def list_requests(
    work: UnitOfWork, service: str | None, after: int, limit: int = 500
) -> list[dict[str, Any]]:
    """Give a chunk of all requests for the command line, without names, by rising id."""
    query = select(RequestRecord).where(RequestRecord.id > after)
    if service:
        query = query.where(RequestRecord.service == service)
    return [
        {
            "id": r.id,
            "file_code": r.file_code,
            "service": r.service,
            "status": r.status,
            "step": r.step,
            "queue_number": r.queue_number,
            "agenda_number": r.agenda_number,
            "letter_number": r.letter_number,
        }
        for r in work.session.scalars(query.order_by(RequestRecord.id).limit(limit))
    ]
