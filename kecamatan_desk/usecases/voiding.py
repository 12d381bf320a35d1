"""Voiding a number of the book: asked for by the register officer, agreed to by an official.

A number is never used again; the line stays, marked, with its reason. The agreement itself voids,
in its own transaction; the event names who asked and who agreed. A file without a line is cancelled
by its officer alone (``processing.cancel``). Sources: domain facts 3.4 and 8.3 (void: reason,
approval by an official), reliability promises P3 and P12.
"""

from collections.abc import Mapping
from typing import Any

from kecamatan_desk.domain.errors import RuleError, StaleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import (
    ContentRecord,
    LineRecord,
    ProposalRecord,
    RequestRecord,
    UserRecord,
)
from kecamatan_desk.usecases.agreements import VOID, Consent, use_up
from kecamatan_desk.usecases.booking import LINE_STATES, add_line_status
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.moving import Agreed, Deed, load_seen, move, receipt_of
from kecamatan_desk.usecases.proposals import put_proposal
from kecamatan_desk.usecases.values import Receipt, Seen
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act, Status

#: What a receipt of a proposal calls its act; the request itself has not moved.
PROPOSED_VOID = "usul-batal"
_VOID = LINE_STATES[Status.CANCELLED]


@command
def propose_void(work: UnitOfWork, op_id: str, line_id: int, reason: str) -> int:
    """Ask that a line of the book be void; give the proposal's id.

    Also a line without a request (a letter written outside the program). NotAllowedError for who
    is no register officer, PresenceError when he must prove himself, RuleError when the line is
    void already or its file has ended, InputError without a reason.
    """
    work.require(Role.REGISTER)
    work.require_presence()
    line = work.session.get(LineRecord, line_id)
    if line is None:
        raise StaleError("Baris ini tidak ada lagi pada layar. Buka bukunya sekali lagi.")
    _check(work, line)
    return put_proposal(
        work, op_id, VOID, Role.REGISTER, reason, {}, request_id=line.request_id, line_id=line.id
    )


@command
def propose_cancel(work: UnitOfWork, op_id: str, seen: Seen, reason: str) -> Receipt:
    """Ask that a file in the book be cancelled and its number void; see ``propose_void``.

    RuleError for a file without a line: that one is cancelled at once.
    """
    work.require(Role.REGISTER)
    work.require_presence()
    request = load_seen(work, seen)
    line = work.session.get(LineRecord, request.line_id) if request.line_id else None
    if line is None:
        raise RuleError(
            "Berkas ini belum bernomor, jadi langsung dapat dibatalkan. Tidak ada yang berubah; "
            "pakai Batalkan permohonan."
        )
    _check(work, line)
    put_proposal(
        work, op_id, VOID, Role.REGISTER, reason, {}, request_id=request.id, line_id=line.id
    )
    return receipt_of(SERVICES[request.service], request, PROPOSED_VOID)


def void_agreed(
    work: UnitOfWork, op_id: str, record: ProposalRecord, consent: Consent, own: Role
) -> Receipt | None:
    """Void the line of a proposal that was just agreed to; its request is cancelled with it.

    Gives the request's receipt; None for a line without one. RuleError when the line is void by
    now or its file has ended meanwhile. ``own``: role of the user who writes it down.
    """
    line = work.session.get_one(LineRecord, record.line_id)
    _check(work, line)
    told = told_of(work, record, consent)
    if line.request_id is not None:
        request = work.session.get_one(RequestRecord, line.request_id)
        deed = Deed(
            Act.CANCEL,
            texts={"alasan": record.reason},
            remark=record.reason,
            note=record.reason,
            agreed=_agreed(work, record, own, told),
        )
        return move(work, op_id, request, deed)
    link = work.link()
    add_line_status(work, link, line.id, _VOID, record.reason)
    link.add(ContentRecord, kind="alasan", body=record.reason)
    work.session.flush()
    work.close_event(link, op_id, Act.CANCEL.value, own, payload={**told, "line": line.id})
    return None


def told_of(work: UnitOfWork, record: ProposalRecord, consent: Consent) -> Mapping[str, Any]:
    """Give what an event tells of a proposal it makes use of: who asked, who agreed."""
    told = use_up(record)
    return {**told, **consent.told()} if consent.means else told


def _agreed(work: UnitOfWork, record: ProposalRecord, own: Role, told: Mapping[str, Any]) -> Agreed:
    proposer = work.session.get_one(UserRecord, record.proposed_by)
    return Agreed(proposer.id, proposer.name, Role.REGISTER, own, told)


def _check(work: UnitOfWork, line: LineRecord) -> None:
    """Raise RuleError when a line cannot become void (any more)."""
    from kecamatan_desk.usecases.register_lines import state_of, statuses_of  # loads the books

    state = state_of(statuses_of(work, [line.id]).get(line.id, ()))
    number = f"{line.number}{line.suffix}"
    if state == _VOID:
        raise RuleError(
            f"Nomor {number} sudah batal. Tidak ada yang berubah; alasannya ada dalam buku."
        )
    request = work.session.get(RequestRecord, line.request_id) if line.request_id else None
    if request is not None and (request.step is None and request.status != Status.DRAFT):
        raise RuleError(
            f"Berkas nomor {number} sudah berakhir ({ENDED[Status(request.status)]}). Tidak ada "
            "yang berubah; surat yang sudah diserahkan dibetulkan dengan ralat."
        )


#: How a request with a line may have ended, in the office's words.
ENDED = {
    Status.DONE: "sudah diserahkan",
    Status.REFUSED: "ditolak",
    Status.CANCELLED: "batal",
    Status.FAILED: "ditutup",
    Status.EXPIRED: "kedaluwarsa",
}
