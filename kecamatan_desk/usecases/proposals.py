"""What one person asks for and a second one must agree to (four eyes).

A proposal is made by whoever works on the file, and agreed to by an official: on his own screen, on
the spot with his own PIN (his desk calls ``agree``), or by his signature on paper, recorded by the
register officer (rule 8 of the SOP reading). Who proposed never agrees; the table holds that too.
The deed itself looks for its agreement with ``agreed`` and uses it up with ``use_up``.
Source: approvals of void, inserted number and reopening by Kasi or Sekcam (domain facts, 8.3).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from kecamatan_desk.domain.errors import InputError, NotAllowedError, RuleError, StaleError
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.chain import canonical
from kecamatan_desk.persistence.tables import ContentRecord, ProposalRecord, UserRecord
from kecamatan_desk.usecases.desk import UnitOfWork, command

VOID, INSERTED, REOPENING, EMERGENCY = "batal", "sisipan", "buka-kembali", "darurat"
KINDS = (VOID, INSERTED, REOPENING, EMERGENCY)
WAITING, AGREED, DECLINED, WITHDRAWN, USED = (
    "menunggu",
    "disetujui",
    "ditolak",
    "ditarik",
    "dipakai",
)
MOST_REASON = 300


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


@command
def propose(
    work: UnitOfWork,
    op_id: str,
    kind: str,
    role: Role,
    reason: str,
    facts: Mapping[str, Any],
    request_id: int | None = None,
    line_id: int | None = None,
) -> int:
    """Ask for something a second person must agree to, in one of the user's roles; give its id.

    InputError without a reason; RuleError when the same is asked for already. ``facts`` hold no
    personal data: days, periods, numbers.
    """
    return put_proposal(work, op_id, kind, role, reason, facts, request_id, line_id)


def put_proposal(
    work: UnitOfWork,
    op_id: str,
    kind: str,
    role: Role,
    reason: str,
    facts: Mapping[str, Any],
    request_id: int | None = None,
    line_id: int | None = None,
) -> int:
    """The same inside a command that has looked at more first."""
    work.require(role)
    text = checked_text(reason, "Alasan", MOST_REASON, "reason")
    if not text:
        raise InputError(
            "Alasan harus ditulis, agar yang menyetujui tahu duduknya. Belum ada yang berubah.",
            "reason",
        )
    same = work.session.scalar(
        select(ProposalRecord.id).where(
            ProposalRecord.kind == kind,
            ProposalRecord.request_id == request_id,
            ProposalRecord.line_id == line_id,
            ProposalRecord.facts == canonical(dict(facts)),
            ProposalRecord.state.in_((WAITING, AGREED)),
        )
    )
    if same is not None:
        raise RuleError(
            "Hal ini sudah diusulkan dan belum selesai. Tidak ada yang berubah; tunggu persetujuan "
            "atau tarik usul yang lama."
        )
    record = ProposalRecord(
        kind=kind,
        request_id=request_id,
        line_id=line_id,
        facts=canonical(dict(facts)),
        reason=text,
        state=WAITING,
        proposed_by=work.user.id,
        proposed_at=work.now,
    )
    work.session.add(record)
    work.session.flush()
    link = work.link()
    link.add(ContentRecord, kind="alasan-usul", body=text)
    told = {"proposal": record.id, "kind": kind, "line": line_id, **facts}
    work.close_event(link, op_id, f"usul-{kind}", role, request_id=request_id, payload=told)
    return record.id


@command
def agree(work: UnitOfWork, op_id: str, proposal_id: int) -> None:
    """Agree, as an official other than the proposer."""
    role = work.require(*OFFICIALS)
    _decide(work, op_id, proposal_id, AGREED, work.user.id, role)


@command
def decline(work: UnitOfWork, op_id: str, proposal_id: int, note: str) -> None:
    """Decline, with a note the proposer reads."""
    role = work.require(*OFFICIALS)
    _decide(work, op_id, proposal_id, DECLINED, work.user.id, role, note=note)


@command
def record_agreement(
    work: UnitOfWork, op_id: str, proposal_id: int, official_id: int, role: Role
) -> None:
    """Record that an official has agreed by his signature on paper (rule 8)."""
    work.require(Role.REGISTER)
    official = work.session.get(UserRecord, official_id)
    if official is None or role not in work.roster.roles_of(official_id, work.today):
        raise NotAllowedError(
            f"Yang dipilih tidak menjabat {role.label} hari ini. Tidak ada yang berubah; pilih "
            "pejabat yang membubuhkan tanda tangan."
        )
    _decide(work, op_id, proposal_id, AGREED, official_id, role, on_paper=True)


@command
def withdraw(work: UnitOfWork, op_id: str, proposal_id: int) -> None:
    """Take back one's own proposal, agreed to or not."""
    record = _open(work, proposal_id, (WAITING, AGREED))
    if record.proposed_by != work.user.id:
        raise NotAllowedError(
            "Hanya yang mengusulkan dapat menarik usulnya. Tidak ada yang berubah; pejabat dapat "
            "menolaknya."
        )
    record.state = WITHDRAWN
    role = next(iter(work.roles), Role.PEMOHON)
    told = {"proposal": record.id, "kind": record.kind}
    work.close_event(
        work.link(), op_id, "usul-tarik", role, request_id=record.request_id, payload=told
    )


def proposals(work: UnitOfWork, *states: str) -> tuple[Proposal, ...]:
    """List the proposals in these states (waiting ones when none is named), oldest first."""
    work.require(Role.REGISTER, Role.PELAYANAN, Role.VERIFIKASI, *OFFICIALS, Role.ADMIN)
    found = work.session.execute(
        select(ProposalRecord, UserRecord.name)
        .join(UserRecord, UserRecord.id == ProposalRecord.proposed_by)
        .where(ProposalRecord.state.in_(states or (WAITING,)))
        .order_by(ProposalRecord.id)
    )
    return tuple(_shown(record, name) for record, name in found)


def agreed(
    work: UnitOfWork, kind: str, *, request_id: int | None = None, line_id: int | None = None
) -> ProposalRecord | None:
    """Give the newest unused agreement of this kind for a request or line; None without one."""
    return work.session.scalars(
        select(ProposalRecord)
        .where(
            ProposalRecord.kind == kind,
            ProposalRecord.request_id == request_id,
            ProposalRecord.line_id == line_id,
            ProposalRecord.state == AGREED,
        )
        .order_by(ProposalRecord.id.desc())
    ).first()


def use_up(record: ProposalRecord) -> dict[str, Any]:
    """Make use of an agreement; give what the event of the deed tells of it."""
    record.state = USED
    return {
        "proposal": record.id,
        "agreed_by": record.decided_by,
        "agreed_as": record.decided_role,
        "on_paper": record.on_paper,
    }


def _decide(
    work: UnitOfWork,
    op_id: str,
    proposal_id: int,
    state: str,
    official_id: int,
    role: Role,
    *,
    on_paper: bool = False,
    note: str = "",
) -> None:
    record = _open(work, proposal_id, (WAITING,))
    if record.proposed_by == official_id:
        raise RuleError(
            "Yang mengusulkan tidak dapat menyetujui usulnya sendiri. Tidak ada yang berubah; "
            "mintalah pejabat lain."
        )
    said = checked_text(note, "Catatan", MOST_REASON, "note")
    record.state, record.note, record.on_paper = state, said, on_paper
    record.decided_by, record.decided_at, record.decided_role = official_id, work.now, role.value
    link = work.link()
    if said:
        link.add(ContentRecord, kind="catatan-usul", body=said)
    told: dict[str, Any] = {"proposal": record.id, "kind": record.kind, "line": record.line_id}
    if on_paper:
        told["decided"] = {"user_id": official_id, "role": role.value}
    act = "usul-setuju" if state == AGREED else "usul-tolak"
    own = Role.REGISTER if on_paper else role
    work.close_event(link, op_id, act, own, request_id=record.request_id, payload=told)


def _open(work: UnitOfWork, proposal_id: int, states: tuple[str, ...]) -> ProposalRecord:
    record = work.session.get(ProposalRecord, proposal_id)
    if record is None or record.state not in states:
        raise StaleError(
            "Usul ini sudah diputus atau ditarik. Tidak ada yang berubah; daftar sudah diperbarui."
        )
    return record


def _shown(record: ProposalRecord, proposer: str) -> Proposal:
    return Proposal(
        id=record.id,
        kind=record.kind,
        request_id=record.request_id,
        line_id=record.line_id,
        facts=json.loads(record.facts),
        reason=record.reason,
        state=record.state,
        proposed_by=record.proposed_by,
        proposer=proposer,
        proposed_at=record.proposed_at,
        decided_by=record.decided_by,
        decided_role=record.decided_role,
        on_paper=record.on_paper,
    )
