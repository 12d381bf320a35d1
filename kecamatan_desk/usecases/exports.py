"""What leaves the program is written into the chain: who, what, when; as a file also why."""

from collections.abc import Mapping
from typing import Any

from kecamatan_desk.domain.roles import ON_FILES, Role
from kecamatan_desk.persistence.tables import RequestRecord
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.reasons import Reason, keep_reason

PRINT, EXPORT = "cetak", "ekspor"
#: Who may see the list of requests: it names nobody, so the administrator may too.
STAFF_AND_ADMIN = (*ON_FILES, Role.ADMIN)


def require_reader(work: UnitOfWork) -> None:
    """Refuse whoever may not read letters and books."""
    work.require(*ON_FILES)


@command
def record_output(
    work: UnitOfWork,
    op_id: str,
    act: str,
    allowed: tuple[Role, ...],
    what: Mapping[str, Any],
    request_id: int | None = None,
    reason: Reason | None = None,
) -> None:
    """Write that something was printed or taken out; NotAllowedError when the user may not.

    PresenceError when data are taken out (EXPORT) and the user's last proof is old, InputError
    when they are without a reason. A paper saved as a file has a reason too, one printed has none.

    ``what`` holds no personal data: the kind of paper, a series, a year.
    """
    role = work.require(*allowed)
    link = work.link()
    told = dict(what)
    if act == EXPORT:  # data leave as a file; printing at the counter goes on undisturbed
        work.require_presence()
        told |= keep_reason(link, reason or Reason(""))
    elif reason is not None:
        told |= {**keep_reason(link, reason), "file": True}
    standing: dict[str, Any] = {}
    if request_id is not None:
        standing = standing_still(work.session.get_one(RequestRecord, request_id))
    work.close_event(link, op_id, act, role, payload=told, **standing)


def standing_still(request: RequestRecord) -> dict[str, Any]:
    """Give what an event that moves nothing tells of a request: it stands where it stood."""
    step = request.step
    return {
        "request_id": request.id,
        "step": step,
        "next_step": step,
        "status": request.status,
    }
