"""*Ganti penandatangan*: another official signs a numbered letter than its block names.

Who really signs at ``tanda-tangan`` has the last word; see ``signature``.
"""

from collections.abc import Iterator

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.roles import Role, superiors
from kecamatan_desk.domain.tenure import Standing
from kecamatan_desk.persistence.tables import ContentRecord, RequestRecord
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.four_eyes import verifiers
from kecamatan_desk.usecases.moving import load_seen
from kecamatan_desk.usecases.people import SIGNS, Signatory, signatory_label, signatory_of
from kecamatan_desk.usecases.people_values import SignerChoice
from kecamatan_desk.usecases.processing.at_step import needed_text, standing
from kecamatan_desk.usecases.signature import (
    REPLACED,
    SIGNATURE,
    named_in_the_book,
    note_signer,
    told_block,
)
from kecamatan_desk.usecases.values import Receipt, Seen
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status
from kecamatan_desk.workflows.vocabulary import Letter

#: Who may choose another signatory.
REPLACERS = (Role.REGISTER, Role.PELAYANAN, Role.KASI, Role.SEKCAM, Role.CAMAT)


def signer_choices(work: UnitOfWork, request_id: int) -> tuple[SignerChoice, ...]:
    """List who could validly sign a numbered letter today, the expected one first.

    Appointed, definitive, delegates, then the superiors in line; not who verified it (rule 7).
    Nobody where there is no letter that still waits for its signature.
    """
    work.require(*REPLACERS)
    request = work.session.get_one(RequestRecord, request_id)
    letter = _waiting_letter(request)
    if letter is None:
        return ()
    now = named_in_the_book(work, request)
    return tuple(
        SignerChoice(
            one.user_id, signer.name, one.role, signer.brief, signatory_label(signer) == now
        )
        for one, signer in _candidates(work, request, letter)
    )


@command
def replace_signer(
    work: UnitOfWork, op_id: str, seen: Seen, user_id: int, role: Role, reason: str
) -> Receipt:
    """Let another official sign: the letter's next version bears his block as it is today.

    Number and date stay; the book names him. RuleError when the letter does not wait for its
    signature, or when he may not sign it today.
    """
    actor = work.require(*REPLACERS)
    request = load_seen(work, seen)
    text = needed_text(reason, "Alasan ganti penandatangan", "alasan")
    signer = _chosen(work, request, user_id, role)
    link = work.link()
    link.add(ContentRecord, kind="alasan", body=text)
    note_signer(work, link, request, signer)
    if request.step == SIGNATURE:  # it lies in the folder of whom the paper names
        request.waits_for = role.value
    request.version += 1
    work.session.flush()
    work.close_event(
        link,
        op_id,
        REPLACED,
        actor,
        request_id=request.id,
        step=request.step,
        next_step=request.step,
        status=request.status,
        payload={"signer": told_block(signer), "role": role.value},
    )
    return standing(request, REPLACED)


def _chosen(work: UnitOfWork, request: RequestRecord, user_id: int, role: Role) -> Signatory:
    letter = _waiting_letter(request)
    if letter is None:
        raise RuleError(
            "Surat ini tidak sedang menunggu tanda tangan: belum bernomor, sudah ditandatangani, "
            "atau berkasnya sudah selesai. Tidak ada yang berubah; lihat riwayat berkas."
        )
    if user_id in verifiers(work, request):
        raise RuleError(
            "Yang memverifikasi berkas tidak boleh menandatanganinya. Tidak ada yang berubah; "
            "pilih atasan dalam jalur.",
            "penandatangan",
        )
    for one, signer in _candidates(work, request, letter):
        if (one.user_id, one.role) == (user_id, role):
            return signer
    raise RuleError(
        f"Pegawai itu tidak berwenang menandatangani sebagai {role.label} hari ini. Tidak ada yang "
        "berubah; pilih penandatangan dari daftar, atau catat penunjukannya pada menu Pejabat.",
        "penandatangan",
    )


def _waiting_letter(request: RequestRecord) -> Letter | None:
    """Give the numbered letter of a running request that still waits for its signature."""
    service = SERVICES[request.service]
    letter = next((one for one in service.letters if one.is_numbered), None)
    if letter is None or request.line_id is None or request.status != Status.RUNNING:
        return None
    codes = [step.code for step in service.steps]
    before = request.step is not None and codes.index(request.step) <= codes.index(SIGNATURE)
    return letter if before else None


def _candidates(
    work: UnitOfWork, request: RequestRecord, letter: Letter
) -> Iterator[tuple[Standing, Signatory]]:
    role, barred = SIGNS[letter.signing], verifiers(work, request)
    for one in (role, *superiors(role)):
        for found in work.roster.standings(one, work.today):
            if found.user_id not in barred:
                yield found, signatory_of(work, found, work.today)
