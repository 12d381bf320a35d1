"""Rule 7 of the SOP reading: who verified a file does not sign it; and its emergency exception.

The superior in line may always sign instead. Where all of those are away (*tidak di tempat* is
entered for today) an emergency may be agreed to: see ``usecases.emergency``. The database holds
the rule too (``guard_four_eyes``): only an event that names the agreement passes it.
"""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import (
    EventRecord,
    ProposalRecord,
    RequestRecord,
    UserRecord,
)
from kecamatan_desk.usecases.agreements import AGREED, EMERGENCY, Consent, asked_for, use_up
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.signature import SIGNATURE
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act, officers_for
from kecamatan_desk.workflows.vocabulary import Step

#: Steps at which a signature is given: whoever passed the first decision is barred.
SIGNING_STEPS = frozenset({SIGNATURE, "keputusan"})


def verifiers(work: UnitOfWork, request: RequestRecord) -> set[int]:
    """Give all who have passed the first decision of a file, on screen or on paper."""
    passed = work.session.execute(
        select(EventRecord.user_id, EventRecord.payload).where(
            EventRecord.request_id == request.id,
            EventRecord.act == Act.ADVANCE.value,
            EventRecord.step == SERVICES[request.service].first_decision.code,
        )
    )
    return {
        json.loads(payload).get("decided", {}).get("user_id", user_id)
        for user_id, payload in passed
    }


def signing_role(work: UnitOfWork, step: Step, user_id: int) -> Role | None:
    """Give the role in which somebody could sign at a step today; None: in none."""
    held = work.roster.roles_of(user_id, work.today)
    return next((role for role in officers_for(step) if role in held), None)


def free_to_sign(work: UnitOfWork, request: RequestRecord, step: Step) -> tuple[str, ...]:
    """Name those who may sign a file today and are at their place: no emergency while one is."""
    away = {who for who, first, last in work.presence.absences if first <= work.today <= last}
    barred = verifiers(work, request) | away
    found = (
        standing.user_id
        for role in officers_for(step)
        for standing in work.roster.standings(role, work.today)
        if standing.user_id not in barred
    )
    return tuple(work.session.get_one(UserRecord, one).name for one in dict.fromkeys(found))


def refuse_while_others_are_here(names: Iterable[str]) -> None:
    """Raise RuleError when somebody else may sign today."""
    if here := " dan ".join(names):
        raise RuleError(
            f"{here} hari ini di tempat dan dapat menandatangani, jadi belum darurat. Tidak ada "
            "yang berubah; mintalah tanda tangannya, atau mintalah Administrator mencatat siapa "
            "yang tidak di tempat pada menu Pejabat."
        )


def use_override(work: UnitOfWork, request: RequestRecord, signer_id: int) -> dict[str, Any] | None:
    """Make use of the emergency agreed to for today, and give what the event tells of it.

    None when there is none for this signer. RuleError when somebody else may sign by now.
    """
    record = asked_for(work, EMERGENCY, request.id, AGREED)
    if record is None or not is_for(record, signer_id, work.today.isoformat()):
        return None
    step = SERVICES[request.service].step(str(request.step))
    refuse_while_others_are_here(free_to_sign(work, request, step))
    return use_up(record)


def has_override(work: UnitOfWork, request: RequestRecord, signer_id: int) -> bool:
    """Tell whether an emergency was agreed to for this signer today."""
    record = asked_for(work, EMERGENCY, request.id, AGREED)
    return record is not None and is_for(record, signer_id, work.today.isoformat())


def is_for(record: ProposalRecord, signer_id: int, day: str) -> bool:
    """Tell whether an emergency is this signer's, on this day."""
    facts = json.loads(record.facts)
    return (facts["signer"], facts["day"]) == (signer_id, day)


def check_consent(work: UnitOfWork, record: ProposalRecord, consent: Consent) -> None:
    """Raise RuleError when an emergency is agreed to by its signer, or on another day.

    Nor does the signer enter himself what another is said to have agreed to: he would be alone.
    """
    facts = json.loads(record.facts)
    if consent.means and facts["signer"] == work.user.id:
        raise RuleError(
            "Yang akan menandatangani tidak dapat mencatat sendiri persetujuan atas izinnya. Tidak "
            "ada yang berubah; mintalah Petugas Register lain mencatatnya, atau pejabat lain "
            "menyetujui di komputer ini."
        )
    if facts["signer"] == consent.user_id:
        raise RuleError(
            "Yang akan menandatangani tidak dapat menyetujui izinnya sendiri. Tidak ada yang "
            "berubah; mintalah pejabat lain, di kertas atau lewat telepon."
        )
    given = work.calendar.local_date(consent.at)
    if not facts["day"] == given.isoformat() == work.today.isoformat():
        raise RuleError(
            "Izin darurat hanya berlaku pada hari diminta. Tidak ada yang berubah; bila masih "
            "perlu, mintalah yang baru."
        )
