"""Opening a file that is not one's work: allowed to who works on files, and written down with why.

A file is somebody's own work while it waits for him, or on the day he did something to it. Any
other is opened once a day and user by the event ``lihat``; before that nothing of it is shown but
what the search tells. Source: reliability of the register, UU 27/2022 (access log of each person's
data).
"""

from collections.abc import Iterable

from sqlalchemy import exists, or_, select

from kecamatan_desk.domain.errors import RuleError, UnopenedError
from kecamatan_desk.domain.roles import OFFICIALS, ON_FILES, Role
from kecamatan_desk.persistence.tables import EventRecord, ProposalRecord, RequestRecord, table_of
from kecamatan_desk.persistence.types import stamp
from kecamatan_desk.usecases.agreements import OPEN
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.exports import standing_still
from kecamatan_desk.usecases.reasons import Reason, keep_reason
from kecamatan_desk.usecases.secrecy import refuse_administrator
from kecamatan_desk.usecases.values import RequestView, SearchHit
from kecamatan_desk.usecases.views import allowed_acts, request_view
from kecamatan_desk.usecases.worklist import hit
from kecamatan_desk.workflows.engine import Act

LOOK = "lihat"
_EVENT = table_of(EventRecord)


def opened_view(work: UnitOfWork, request_id: int) -> RequestView:
    """Give a request as `request_view` does, if it is the user's work or he has opened it today.

    UnopenedError when he must say first why he opens it (`look_up`).
    """
    request = _request(work, request_id)
    refuse_administrator(work)
    if not is_open_to(work, request):
        raise UnopenedError(
            f"Berkas {request.file_code} bukan pekerjaan Anda hari ini. Belum dibuka dan tidak ada "
            "yang berubah; buka dengan menyebut alasannya.",
            request.id,
            request.file_code,
        )
    return request_view(work, request_id)


def view_or_hit(work: UnitOfWork, request_id: int) -> RequestView | SearchHit:
    """Give a request, or what the search tells of one that the user has not opened."""
    try:
        return opened_view(work, request_id)
    except UnopenedError:
        return hit(work, _request(work, request_id))


@command
def look_up(work: UnitOfWork, op_id: str, request_id: int, reason: Reason, where: str) -> None:
    """Write that the user opens a file, why and from where; once a day for each file and user.

    ``where``: kind of the screen. InputError when the reason says nothing.
    """
    refuse_administrator(work)
    role = work.require(*ON_FILES)
    request = _request(work, request_id)
    if is_open_to(work, request):
        return
    link = work.link()
    payload = {**keep_reason(link, reason), "where": where}
    work.close_event(link, op_id, LOOK, role, payload=payload, **standing_still(request))


def is_open_to(work: UnitOfWork, request: RequestRecord) -> bool:
    """Tell whether a file is the user's work now, or he has done something to it today."""
    roles = set(work.roles)
    if request.waits_for in roles or any(
        act.act not in (Act.CANCEL, Act.EXPIRE) for act in allowed_acts(work, request)
    ):
        return True
    return has_done(work, request) or (
        bool(roles & {Role.REGISTER, *OFFICIALS}) and _is_proposed(work, request)
    )


def has_done(work: UnitOfWork, request: RequestRecord, acts: Iterable[str] = ()) -> bool:
    """Tell whether the user has done something (one of ``acts``, if given) to a file today."""
    start, _end = work.calendar.day_bounds(work.today)
    asked = select(_EVENT.c.seq).where(
        _EVENT.c.request_id == request.id,
        _EVENT.c.user_id == work.user.id,
        _EVENT.c.at >= stamp(start),
    )
    if acts := tuple(acts):
        asked = asked.where(_EVENT.c.act.in_(acts))
    return work.session.execute(asked.limit(1)).first() is not None


def _is_proposed(work: UnitOfWork, request: RequestRecord) -> bool:
    """Tell whether something is asked for a file that a second person has to decide on."""
    asked = exists().where(
        or_(
            ProposalRecord.request_id == request.id,
            ProposalRecord.line_id == (request.line_id or 0),
        ),
        ProposalRecord.state.in_(OPEN),
    )
    return bool(work.session.scalar(select(asked)))


def _request(work: UnitOfWork, request_id: int) -> RequestRecord:
    request = work.session.get(RequestRecord, request_id)
    if request is None:
        raise RuleError("Permohonan tidak ditemukan. Cari lagi dengan F3.")
    return request
