"""Emergency: who verified a file signs it, since nobody else who may is at his place today.

Rule 7 of the SOP reading bars the verifier and names this exception. The office must still serve
where the Kasi has verified and everybody above him is away (entered as *tidak di tempat*): the one
who would sign, or the register officer for him, asks with a reason, and a second official agrees:
on his own screen, by his signature on paper, or by telephone. A telephoned order is entered by the
register officer with name and time, and stands on the day's closing page, where it is signed like
every recorded act (rule 8). The leave is for one file, one signer and the day it was asked for.
"""

from kecamatan_desk.domain.errors import NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import RequestRecord, UserRecord
from kecamatan_desk.usecases.agreements import EMERGENCY, OPEN, WITHDRAWN, asked_for
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.four_eyes import (
    SIGNING_STEPS,
    free_to_sign,
    is_for,
    refuse_while_others_are_here,
    signing_role,
    verifiers,
)
from kecamatan_desk.usecases.moving import load_seen, place_of, receipt_of
from kecamatan_desk.usecases.proposals import put_proposal
from kecamatan_desk.usecases.values import Receipt, Seen
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import current_step
from kecamatan_desk.workflows.vocabulary import Step

PROPOSED_EMERGENCY = "usul-darurat"


@command
def propose_emergency(
    work: UnitOfWork, op_id: str, seen: Seen, signer_id: int, reason: str
) -> Receipt:
    """Ask that a verifier of this file may sign it today.

    By himself, or by the register officer for him. RuleError when the file waits for no signature,
    when he is not barred at all, or while somebody else who may sign is at his place.
    """
    request = load_seen(work, seen)
    step = _signing_step(request)
    signer = work.session.get(UserRecord, signer_id)
    role = signing_role(work, step, signer_id)
    if signer is None or role is None:
        raise NotAllowedError(
            "Yang dipilih tidak berwenang menandatangani berkas ini hari ini. Tidak ada yang "
            "berubah; pilih pejabatnya."
        )
    own = role if signer_id == work.user.id else work.require(Role.REGISTER)
    work.require_presence()
    if signer_id not in verifiers(work, request):
        raise RuleError(
            f"{signer.name} tidak memverifikasi berkas ini, jadi tidak perlu izin. Tidak ada "
            "yang berubah; suratnya dapat langsung ditandatangani."
        )
    refuse_while_others_are_here(free_to_sign(work, request, step))
    day = work.today.isoformat()
    earlier = asked_for(work, EMERGENCY, request.id, *OPEN)
    if earlier is not None and not is_for(earlier, signer_id, day):
        earlier.state = WITHDRAWN  # another day's, or another signer's
    facts = {"signer": signer_id, "day": day}
    put_proposal(work, op_id, EMERGENCY, own, reason, facts, request_id=request.id)
    return receipt_of(SERVICES[request.service], request, PROPOSED_EMERGENCY)


def _signing_step(request: RequestRecord) -> Step:
    """Give the step at which a request waits for a signature; RuleError when it waits for none."""
    step = current_step(SERVICES[request.service], place_of(request))
    if step is None or step.code not in SIGNING_STEPS or request.step is None:
        raise RuleError(
            "Berkas ini tidak sedang menunggu tanda tangan. Tidak ada yang berubah; buka lagi "
            "dari daftar."
        )
    return step
