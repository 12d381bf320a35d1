"""Named pauses of a step's clock."""

from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.tables import (
    PauseRecord,
    RequestRecord,
)
from kecamatan_desk.usecases.clocks import ABSENT
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.moving import (
    end_pause,
)
from kecamatan_desk.usecases.processing.at_step import (
    MOST_TEXT,
    at_step,
    require_officer,
    standing,
    write_event,
)
from kecamatan_desk.usecases.values import (
    Receipt,
    Seen,
)
from kecamatan_desk.workflows.vocabulary import Step

PAUSES = (
    ABSENT,
    "Listrik padam",
    "Gangguan jaringan",
    "Menunggu pemohon",
    "Istirahat",
)


@command
def pause(work: UnitOfWork, op_id: str, seen: Seen, kind: str, note: str = "") -> Receipt:
    """Open a named pause on the current step; any act closes it."""
    request, _, step = at_step(work, seen)
    require_officer(work, step, Role.REGISTER)
    if kind not in PAUSES:
        raise InputError(
            "Alasan jeda itu tidak ada. Tidak ada yang berubah; pilih dari daftar.", "jeda"
        )
    return open_pause(work, op_id, request, step, kind, checked_text(note, "Catatan", MOST_TEXT))


@command
def resume(work: UnitOfWork, op_id: str, seen: Seen) -> Receipt:
    """Close the open pause: the clock runs on."""
    request, _, step = at_step(work, seen)
    role = require_officer(work, step, Role.REGISTER)
    if request.pause_kind is None:
        raise RuleError(
            "Berkas ini tidak sedang dijeda. Tidak ada yang berubah; waktunya sudah berjalan."
        )
    end_pause(work, request)
    request.version += 1
    write_event(work, op_id, "lanjutkan-jeda", role, request)
    return standing(request, "lanjutkan-jeda")


def open_pause(
    work: UnitOfWork, op_id: str, request: RequestRecord, step: Step, kind: str, note: str
) -> Receipt:
    """Open a named pause on a request's step, closing one that is open."""
    end_pause(work, request)
    work.session.add(
        PauseRecord(request_id=request.id, step=step.code, kind=kind, opened_at=work.now)
    )
    request.pause_kind, request.pause_since = kind, work.now
    request.version += 1
    role = require_officer(work, step, Role.REGISTER)
    write_event(work, op_id, "jeda", role, request, {"kind": kind}, note)
    return standing(request, "jeda")
