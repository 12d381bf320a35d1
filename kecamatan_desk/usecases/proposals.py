"""What one person asks for and a second one must agree to (four eyes): asking, agreeing, declining.

A proposal is made by whoever works on the file, and agreed to by an official: on his own screen, on
the spot with his own PIN (his desk calls ``agree``), or by his signature on paper, recorded by the
register officer (rule 8 of the SOP reading). Who proposed never agrees; the table holds that too.
The deed itself looks for its agreement and uses it up (``usecases.agreements``); a void is carried
out by the agreement itself, in the same transaction (``usecases.voiding``).
Source: approvals of void, inserted number and reopening by Kasi or Sekcam (domain facts, 8.3).
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from kecamatan_desk.domain.errors import InputError, NotAllowedError, RuleError, StaleError
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.chain import Link, canonical
from kecamatan_desk.persistence.tables import (
    ContentRecord,
    LineRecord,
    ProposalRecord,
    RequestRecord,
    UserRecord,
)
from kecamatan_desk.usecases.agreements import (
    AGREED,
    DECLINED,
    EMERGENCY,
    INSERTED,
    OPEN,
    PAPER,
    PHONE,
    VOID,
    WAITING,
    WITHDRAWN,
    Consent,
)
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.values import Receipt, RecordedDecision

MOST_REASON = 300

#: Acts of the events that tell of proposals; that of making one is ``PROPOSED`` and its kind.
PROPOSED, CONSENTED, REJECTED, TAKEN_BACK = "usul-", "usul-setuju", "usul-tolak", "usul-tarik"

_LATEST = timedelta(days=31)  # a signature on paper is recorded within a month


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
    personal data: days, periods, numbers. A void, an inserted number and an emergency are asked
    for by commands of their own, which look at the line or the file first.
    """
    if kind in (VOID, INSERTED, EMERGENCY):
        raise ValueError(f"{kind} has a command of its own")
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
    work.close_event(link, op_id, PROPOSED + kind, role, payload=told, **_place(work, record))
    return record.id


@command
def agree(work: UnitOfWork, op_id: str, proposal_id: int) -> Receipt | None:
    """Agree, as an official other than the proposer; PresenceError when he must prove himself.

    Gives the receipt of what the agreement itself has done to a request, if it did anything.
    """
    role = work.require(*OFFICIALS)
    work.require_presence()
    consent = Consent(work.user.id, work.user.name, role, work.now)
    return _agree(work, op_id, proposal_id, consent, role)


@command
def decline(work: UnitOfWork, op_id: str, proposal_id: int, note: str) -> None:
    """Decline, with a note the proposer reads."""
    role = work.require(*OFFICIALS)
    said = checked_text(note, "Alasan", MOST_REASON, "note")
    if not said:
        raise InputError(
            "Alasan menolak belum ditulis. Belum ada yang berubah; tulis agar pengusul tahu.",
            "note",
        )
    record = _open(work, proposal_id, (WAITING,))
    _refuse_own(record, work.user.id)
    _settle(record, DECLINED, Consent(work.user.id, work.user.name, role, work.now))
    record.note = said
    link = work.link()
    link.add(ContentRecord, kind="catatan-usul", body=said)
    _close(work, link, op_id, REJECTED, role, record, {})


@command
def record_agreement(
    work: UnitOfWork,
    op_id: str,
    proposal_id: int,
    decision: RecordedDecision,
    means: str = PAPER,
) -> Receipt | None:
    """Record that an official has agreed by his signature on paper (rule 8).

    RuleError for a moment to come, of more than a month ago, or before the number that is to be
    void was in the book.

    ``means`` PHONE: by telephone, for an emergency only; he signs afterwards, on the closing page.
    """
    work.require(Role.REGISTER)
    work.require_presence()
    official = work.session.get(UserRecord, decision.official_id)
    day = work.calendar.local_date(decision.decided_at)
    roles = work.roster.roles_of(decision.official_id, day)
    if official is None or decision.role not in OFFICIALS or decision.role not in roles:
        raise NotAllowedError(
            f"Yang dipilih tidak menjabat {decision.role.label} pada tanggal itu. Tidak ada yang "
            "berubah; pilih pejabat yang membubuhkan tanda tangan."
        )
    if not work.now - _LATEST <= decision.decided_at <= work.now:
        raise RuleError(
            "Waktu persetujuan tidak boleh di masa depan atau lebih dari sebulan yang lalu. Tidak "
            "ada yang berubah; betulkan tanggal dan jamnya.",
            "tanggal",
        )
    record = _open(work, proposal_id, (WAITING,))
    if means == PHONE and record.kind != EMERGENCY:
        raise RuleError(
            "Persetujuan lewat telepon hanya untuk tanda tangan darurat. Tidak ada yang berubah; "
            "mintalah tanda tangannya di kertas."
        )
    line = work.session.get(LineRecord, record.line_id) if record.line_id else None
    if line is not None and day.isoformat() < line.day:
        raise RuleError(
            f"Pada {long_date(day)} nomor itu belum ada di buku. Tidak ada yang berubah; betulkan "
            "tanggal persetujuannya.",
            "tanggal",
        )
    consent = Consent(official.id, official.name, decision.role, decision.decided_at, means)
    return _agree(work, op_id, proposal_id, consent, Role.REGISTER)


@command
def withdraw(work: UnitOfWork, op_id: str, proposal_id: int) -> None:
    """Take back one's own proposal, agreed to or not."""
    record = _open(work, proposal_id, OPEN)
    if record.proposed_by != work.user.id:
        raise NotAllowedError(
            "Hanya yang mengusulkan dapat menarik usulnya. Tidak ada yang berubah; pejabat dapat "
            "menolaknya."
        )
    record.state = WITHDRAWN
    role = next(iter(work.roles), Role.PEMOHON)
    _close(work, work.link(), op_id, TAKEN_BACK, role, record, {})


def drop_moot(work: UnitOfWork, request_id: int) -> Mapping[str, Any]:
    """Take back what is still asked for a request that ends, and give what its event tells of it.

    Nothing where nothing was asked. What the ending itself makes use of is no longer open.
    """
    found = work.session.scalars(
        select(ProposalRecord)
        .where(ProposalRecord.request_id == request_id, ProposalRecord.state.in_(OPEN))
        .order_by(ProposalRecord.id)
    )
    told = []
    for record in found:
        if record.state in OPEN:  # as it is in this transaction
            agreed = record.state == AGREED
            told.append({"proposal": record.id, "kind": record.kind, "agreed": agreed})
            record.state = WITHDRAWN
    return {"moot": told} if told else {}


def _agree(
    work: UnitOfWork, op_id: str, proposal_id: int, consent: Consent, own: Role
) -> Receipt | None:
    """Settle a proposal, and do at once what its agreement alone brings about."""
    record = _open(work, proposal_id, (WAITING,))
    _refuse_own(record, consent.user_id)
    if record.kind == VOID:
        from kecamatan_desk.usecases.voiding import void_agreed

        _settle(record, AGREED, consent)
        return void_agreed(work, op_id, record, consent, own)
    if record.kind == EMERGENCY:
        from kecamatan_desk.usecases.four_eyes import check_consent

        check_consent(work, record, consent)
    _settle(record, AGREED, consent)
    _renew(work, record)
    told = consent.told() if consent.means else {}
    _close(work, work.link(), op_id, CONSENTED, own, record, told)
    return None


def _settle(record: ProposalRecord, state: str, consent: Consent) -> None:
    record.state, record.on_paper = state, bool(consent.means)
    record.decided_by, record.decided_at = consent.user_id, consent.at
    record.decided_role, record.note = consent.role.value, consent.means


def _renew(work: UnitOfWork, record: ProposalRecord) -> None:
    """Make screens that show the request stale: its next deed is another one now."""
    request = work.session.get(RequestRecord, record.request_id) if record.request_id else None
    if request is not None:
        request.version += 1


def _refuse_own(record: ProposalRecord, user_id: int) -> None:
    if record.proposed_by == user_id:
        raise RuleError(
            "Yang mengusulkan tidak dapat memutus usulnya sendiri. Tidak ada yang berubah; "
            "mintalah pejabat lain."
        )


def _close(
    work: UnitOfWork,
    link: Link,
    op_id: str,
    act: str,
    role: Role,
    record: ProposalRecord,
    told: Mapping[str, Any],
) -> None:
    work.session.flush()
    payload = {"proposal": record.id, "kind": record.kind, "line": record.line_id, **told}
    work.close_event(link, op_id, act, role, payload=payload, **_place(work, record))


def _place(work: UnitOfWork, record: ProposalRecord) -> dict[str, Any]:
    """Give where the request of a proposal stands: its events move nothing."""
    request = work.session.get(RequestRecord, record.request_id) if record.request_id else None
    if request is None:
        return {}
    return {
        "request_id": request.id,
        "step": request.step,
        "next_step": request.step,
        "status": request.status,
    }


def _open(work: UnitOfWork, proposal_id: int, states: tuple[str, ...]) -> ProposalRecord:
    record = work.session.get(ProposalRecord, proposal_id)
    if record is None or record.state not in states:
        raise StaleError(
            "Usul ini sudah diputus atau ditarik. Tidak ada yang berubah; daftar sudah diperbarui."
        )
    return record
