"""Work of several transactions: number, then draw, then store; and every paper as bytes.

They take the Desk itself. Nothing is drawn while a transaction is open. A registered request
without its letter is a legal state: whoever opens it next completes it.
"""

import hashlib
import logging
from uuid import uuid4

from kecamatan_desk.documents.profiles import LETTER, Profile
from kecamatan_desk.resources import resource
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.papers import (
    LetterJob,
    document_sha,
    keep_document,
    letters_due,
    office_head,
)
from kecamatan_desk.usecases.processing import give_agenda_number
from kecamatan_desk.usecases.slips import (
    checklist_values,
    folder_values,
    handover_values,
    receipt_values,
    return_slip_values,
    ticket_values,
)
from kecamatan_desk.usecases.values import DocumentRef, Receipt, Seen
from kecamatan_desk.usecases.views import documents_of
from kecamatan_desk.workflows.catalog import SERVICES

log = logging.getLogger(__name__)


def register_and_draw(
    desk: Desk, op_id: str, seen: Seen, profile: Profile = LETTER, classification: str = ""
) -> Receipt:
    """Give the agenda number, then draw and freeze the letter on the profile's paper.

    ``classification`` is the code of this one letter, when it is not the service's.

    The receipt stands once the number is committed: if drawing fails the number is not lost,
    and the letter is drawn when the file is next opened.
    """
    receipt = desk.call(give_agenda_number, op_id, seen, classification)
    try:
        complete_documents(desk, receipt.request_id, profile)
    except Exception:  # the number is committed: no fault of the drawing may hide it
        log.exception("letter of request %s not drawn yet", receipt.request_id)
    return receipt


def complete_documents(
    desk: Desk, request_id: int, profile: Profile = LETTER
) -> tuple[DocumentRef, ...]:
    """Draw and freeze every paper that is due and missing; give all papers of the request.

    The profile counts for first versions only: a later one keeps what the letter has.
    """
    for job in desk.ask(letters_due, request_id, profile):
        _draw(desk, job)
    return desk.ask(documents_of, request_id)


def _draw(desk: Desk, job: LetterJob) -> None:
    from kecamatan_desk.documents.letters import draw_letter
    from kecamatan_desk.documents.pictures import page_count
    from kecamatan_desk.documents.values import LetterValues

    template = resource("letters", f"{job.kind}.txt").read_text(encoding="utf-8")
    content = draw_letter(
        LetterValues(
            head=job.head,
            title=job.title,
            number=job.number,
            template=template,
            facts=job.facts,
            signature=job.signature,
            file_code=job.file_code,
            qr=job.qr,
            qr_caption=job.qr_caption,
            profile=job.layout.profile,
            fit=job.layout.fit,
            form=job.layout.form,
            offset=job.layout.offset,
        )
    )
    sha256 = desk.files.put(content)
    text_hash = hashlib.sha256(template.encode()).hexdigest()
    desk.call(keep_document, uuid4().hex, job, sha256, page_count(content), text_hash)


def document_bytes(desk: Desk, document_id: int) -> bytes:
    """Give a frozen paper, proved unchanged."""
    return desk.files.get(desk.ask(document_sha, document_id))


def receipt_pdf(desk: Desk, request_id: int) -> bytes:
    """Tanda terima berkas."""
    from kecamatan_desk.documents.slips import draw_receipt

    return draw_receipt(desk.ask(receipt_values, request_id))


def bundle_receipt_pdf(desk: Desk, bundle_id: int) -> bytes:
    """Receipt of a village officer's folder."""
    from kecamatan_desk.documents.slips import draw_folder_receipt

    return draw_folder_receipt(desk.ask(folder_values, bundle_id))


def return_slip_pdf(desk: Desk, request_id: int) -> bytes:
    """Lembar pengembalian berkas (TMS)."""
    from kecamatan_desk.documents.slips import draw_return_slip

    return draw_return_slip(desk.ask(return_slip_values, request_id))


def checklist_pdf(desk: Desk, request_id: int) -> bytes:
    """Lembar ceklis dan kendali berkas."""
    from kecamatan_desk.documents.slips import draw_checklist

    return draw_checklist(desk.ask(checklist_values, request_id))


def ticket_pdf(desk: Desk, request_id: int) -> bytes:
    """Queue ticket."""
    from kecamatan_desk.documents.slips import draw_ticket

    return draw_ticket(desk.ask(ticket_values, request_id))


def handover_pdf(desk: Desk, request_id: int) -> bytes:
    """Bukti serah terima."""
    from kecamatan_desk.documents.slips import draw_handover

    return draw_handover(desk.ask(handover_values, request_id))


def sop_sheet_pdf(desk: Desk, service_code: str) -> bytes:
    """The SOP sheet of a service, with the office's head."""
    from kecamatan_desk.documents.sop_sheet import draw_sop_sheet

    return draw_sop_sheet(SERVICES[service_code], desk.ask(office_head))
