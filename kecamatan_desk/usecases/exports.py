"""What leaves the program by the command line is written into the chain: who, what, when."""

from collections.abc import Mapping
from typing import Any

from kecamatan_desk.domain.roles import ON_FILES, Role
from kecamatan_desk.usecases.desk import UnitOfWork, command

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
) -> None:
    """Write that something was printed or taken out; NotAllowedError when the user may not.

    PresenceError when data are taken out (EXPORT) and the user's last proof is old.

    ``what`` holds no personal data: the kind of paper, a series, a year.
    """
    role = work.require(*allowed)
    if act == EXPORT:  # data leave as a file; printing at the counter goes on undisturbed
        work.require_presence()
    work.close_event(work.link(), op_id, act, role, request_id=request_id, payload=what)
