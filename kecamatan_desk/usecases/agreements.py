"""Proposals and agreements as they stand: kinds and states, who decided, found and used up."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.persistence.tables import ProposalRecord, UserRecord
from kecamatan_desk.usecases.desk import UnitOfWork

VOID, INSERTED, REOPENING, EMERGENCY = "batal", "sisipan", "buka-kembali", "darurat"
KINDS = (VOID, INSERTED, REOPENING, EMERGENCY)
WAITING, AGREED, DECLINED, WITHDRAWN, USED = (
    "menunggu",
    "disetujui",
    "ditolak",
    "ditarik",
    "dipakai",
)
OPEN = (WAITING, AGREED)
#: How an official agreed without being at the program: his signature, or his order by telephone,
#: which he signs afterwards on the day's closing page. Only an emergency may be so ordered.
PAPER, PHONE = "kertas", "telepon"

_ASKED_FOR = (
    select(ProposalRecord)
    .where(
        ProposalRecord.kind == bindparam("kind"),
        ProposalRecord.request_id == bindparam("request_id"),
    )
    .order_by(ProposalRecord.id.desc())
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as screens show it. ``facts`` are what its kind asks for."""

    id: int
    kind: str
    request_id: int | None
    line_id: int | None
    facts: Mapping[str, Any]
    reason: str
    state: str
    proposed_by: int
    proposer: str
    proposed_at: datetime
    decided_by: int | None
    decided_role: str
    on_paper: bool
    decider: str = ""
    decided_at: datetime | None = None
    note: str = ""  # why it was declined; of an agreement that was recorded: PAPER or PHONE


@dataclass(frozen=True, slots=True)
class Consent:
    """Who decides on a proposal: in which office, when, and how when not at the program."""

    user_id: int
    name: str
    role: Role
    at: datetime
    means: str = ""  # PAPER or PHONE when the register officer records it

    def told(self) -> dict[str, Any]:
        """Give what an event tells of a decision that was recorded (rule 8)."""
        told = {"user_id": self.user_id, "name": self.name, "role": self.role.value}
        return {"decided": {**told, "at": self.at.isoformat(), "means": self.means}}


def proposals(work: UnitOfWork, *states: str) -> tuple[Proposal, ...]:
    """List the proposals in these states (waiting ones when none is named), oldest first."""
    work.require(Role.REGISTER, Role.PELAYANAN, Role.VERIFIKASI, *OFFICIALS, Role.ADMIN)
    found = work.session.scalars(
        select(ProposalRecord)
        .where(ProposalRecord.state.in_(states or (WAITING,)))
        .order_by(ProposalRecord.id)
    ).all()
    ids = {one for record in found for one in (record.proposed_by, record.decided_by) if one}
    people = select(UserRecord.id, UserRecord.name).where(UserRecord.id.in_(ids))
    names = {row.id: row.name for row in work.session.execute(people)}
    return tuple(_shown(record, names) for record in found)


def is_current(work: UnitOfWork, kind: str, facts: Mapping[str, Any]) -> bool:
    """Tell whether a proposal still counts: an emergency is over with its day."""
    return kind != EMERGENCY or facts["day"] == work.today.isoformat()


def count_waiting(work: UnitOfWork) -> int:
    """Count what waits for the user: what others ask an official, all for the register officer."""
    waiting = select(ProposalRecord).where(ProposalRecord.state == WAITING)
    if Role.REGISTER not in work.roles:
        waiting = waiting.where(ProposalRecord.proposed_by != work.user.id)
    return sum(
        is_current(work, record.kind, json.loads(record.facts))
        for record in work.session.scalars(waiting)
    )


def asked_for(work: UnitOfWork, kind: str, request_id: int, *states: str) -> ProposalRecord | None:
    """Give the newest proposal of a kind for a request in one of these states."""
    found = work.session.scalars(_ASKED_FOR, {"kind": kind, "request_id": request_id})
    return next((record for record in found.all() if record.state in states), None)


def use_up(record: ProposalRecord) -> dict[str, Any]:
    """Make use of an agreement; give what the event of the deed tells of it."""
    record.state = USED
    return {
        "proposal": record.id,
        "proposed_by": record.proposed_by,
        "agreed_by": record.decided_by,
        "agreed_as": record.decided_role,
        "on_paper": record.on_paper,
        "means": record.note,
    }


def _shown(record: ProposalRecord, names: Mapping[int, str]) -> Proposal:
    return Proposal(
        id=record.id,
        kind=record.kind,
        request_id=record.request_id,
        line_id=record.line_id,
        facts=json.loads(record.facts),
        reason=record.reason,
        state=record.state,
        proposed_by=record.proposed_by,
        proposer=names.get(record.proposed_by, ""),
        proposed_at=record.proposed_at,
        decided_by=record.decided_by,
        decided_role=record.decided_role,
        on_paper=record.on_paper,
        decider=names.get(record.decided_by or 0, ""),
        decided_at=record.decided_at,
        note=record.note,
    )
