"""Laying a frozen letter out anew: when that is allowed, and what it is drawn from."""

from kecamatan_desk.domain.errors import NotAllowedError, RuleError, StaleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import DocumentRecord, EventRecord, RequestRecord
from kecamatan_desk.usecases.desk import UnitOfWork, earlier_answer
from kecamatan_desk.usecases.moving import place_of
from kecamatan_desk.usecases.papers import (
    LetterJob,
    keep_document,
    layout_of,
    letter_job,
    newest_of,
)
from kecamatan_desk.usecases.secrecy import may_read
from kecamatan_desk.usecases.values import DocumentRef
from kecamatan_desk.usecases.views import documents_of
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status, current_step, officers_for
from kecamatan_desk.workflows.vocabulary import Step


def letter_again(work: UnitOfWork, document_id: int) -> LetterJob:
    """Collect the next version of a letter, laid out as the newest one.

    Allowed to whom a correction is, and to the register officer who prints it, until hand-over;
    RuleError, NotAllowedError or StaleError otherwise.
    """
    document = work.session.get(DocumentRecord, document_id)
    if document is None:
        raise RuleError("Surat ini tidak ada. Tidak ada yang berubah; buka lagi berkasnya.")
    request = work.session.get_one(RequestRecord, document.request_id)
    service = SERVICES[request.service]
    _require_changeable(work, request, document)
    letter = next((paper for paper in service.letters if paper.template == document.kind), None)
    if letter is None or newest_of(work, request, letter) is not document:
        raise StaleError(
            "Surat ini sudah mempunyai versi yang lebih baru. Tidak ada yang berubah; pilih versi "
            "terbarunya."
        )
    return letter_job(work, request, service, letter, document.version + 1, layout_of(document))


def kept_under(work: UnitOfWork, op_id: str) -> DocumentRef | None:
    """Give the paper that was drawn under this op_id before, if it was.

    None, too, when another PC was faster: the paper that act was answered with is not its own.
    """
    kept = earlier_answer(work, op_id, keep_document)
    if kept is None:
        return None
    document = work.session.get_one(DocumentRecord, kept)
    if work.session.get_one(EventRecord, document.event_seq).op_id != op_id:
        return None
    papers = documents_of(work, document.request_id)
    return next((paper for paper in papers if paper.id == document.id), None)


def who_lays_out(step: Step) -> tuple[Role, ...]:
    """Give who may lay a letter out anew while the file waits at a step."""
    return (*officers_for(step), Role.PELAYANAN, Role.REGISTER)


def _require_changeable(work: UnitOfWork, request: RequestRecord, document: DocumentRecord) -> None:
    step = current_step(SERVICES[request.service], place_of(request))
    if request.status != Status.RUNNING or step is None:
        raise RuleError(
            "Surat ini tidak dapat diubah lagi: berkasnya sudah diserahkan atau berakhir. Tidak "
            "ada yang berubah; cetak surat yang tersimpan."
        )
    work.require(*who_lays_out(step))
    if not may_read(work, request, document):
        raise NotAllowedError(
            "Surat ini menyebut pelapor yang minta dirahasiakan. Tidak ada yang berubah; mintalah "
            "petugas aduan."
        )
