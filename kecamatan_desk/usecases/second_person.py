"""The second person at the first one's PC: he proves himself, agrees, and the first one works on.

His own desk agrees, so that the event is his; nobody is signed out. Wrong passwords and PINs count
as at the door.
"""

from dataclasses import replace
from datetime import datetime

from kecamatan_desk.persistence.tables import ProposalRecord, UserRecord
from kecamatan_desk.usecases.approval_values import Consented, SecondPerson
from kecamatan_desk.usecases.approvals import second_persons
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, User
from kecamatan_desk.usecases.proposals import agree, record_agreement
from kecamatan_desk.usecases.values import Receipt, RecordedDecision


def who_may_agree(desk: Desk, proposal_id: int) -> tuple[SecondPerson, ...]:
    """List the officials who may agree to a proposal, and whether the PIN of each is enough."""
    found = desk.ask(second_persons, proposal_id)
    return tuple(replace(one, pin_open=desk.pin_enough(one.user_id)) for one in found)


def agree_on_the_spot(
    desk: Desk, op_id: str, proposal_id: int, user_id: int, secret: str, *, by_pin: bool
) -> Consented:
    """Let another than the signed-in user agree, with his PIN or password.

    NotAllowedError (field ``password``) when it is wrong; otherwise as ``proposals.agree``.
    """
    second = desk.second(desk.ask(_user, user_id), secret, by_pin=by_pin)
    return _told(desk, proposal_id, second.call(agree, op_id, proposal_id))


def record_on_paper(
    desk: Desk, op_id: str, proposal_id: int, decision: RecordedDecision, means: str
) -> Consented:
    """Enter that an official has agreed by signature or telephone; as ``record_agreement``."""
    receipt = desk.call(record_agreement, op_id, proposal_id, decision, means)
    return _told(desk, proposal_id, receipt)


def agree_oneself(desk: Desk, op_id: str, proposal_id: int) -> Consented:
    """Agree at one's own desk; as ``proposals.agree``."""
    return _told(desk, proposal_id, desk.call(agree, op_id, proposal_id))


def _told(desk: Desk, proposal_id: int, receipt: Receipt | None) -> Consented:
    kind, name, at = desk.ask(_decided, proposal_id)
    return Consented(proposal_id, kind, name, at, receipt.agenda if receipt else "")


def _decided(work: UnitOfWork, proposal_id: int) -> tuple[str, str, datetime]:
    record = work.session.get_one(ProposalRecord, proposal_id)
    official = work.session.get_one(UserRecord, record.decided_by)
    return record.kind, official.name, record.decided_at or work.now


def _user(work: UnitOfWork, user_id: int) -> User:
    user = work.session.get_one(UserRecord, user_id)
    return User(user.id, user.username, user.name, work.roster.roles_of(user.id, work.today))
