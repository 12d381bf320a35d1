"""Work of several transactions: number, then draw, then store; and every paper as bytes.

They take the Desk itself. Nothing is drawn while a transaction is open. A registered request
without its letter is a legal state: whoever opens it next completes it.
"""

import logging
from dataclasses import replace
from typing import Any
from uuid import uuid4

from kecamatan_desk.documents.profiles import LETTER, SLIP, TICKET, Profile
from kecamatan_desk.documents.values import LetterValues
from kecamatan_desk.domain.errors import RuleError, StaleError
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.errata_letter import errata_due
from kecamatan_desk.usecases.letter_forms import check_own_block
from kecamatan_desk.usecases.letter_texts import text_hash, text_of
from kecamatan_desk.usecases.paper_parts import office_head
from kecamatan_desk.usecases.papers import (
    LAYOUT,
    LetterJob,
    document_sha,
    keep_document,
    letters_due,
)
from kecamatan_desk.usecases.processing import give_agenda_number
from kecamatan_desk.usecases.proof import signed
from kecamatan_desk.usecases.refitting import kept_under, letter_again
from kecamatan_desk.usecases.values import DocumentRef, FitChoice, Receipt, Seen
from kecamatan_desk.usecases.views import documents_of
from kecamatan_desk.workflows.catalog import SERVICES

log = logging.getLogger(__name__)


def register_and_draw(
    desk: Desk, op_id: str, seen: Seen, profile: Profile = LETTER, classification: str = ""
) -> Receipt:
    """Give the agenda number, then draw and freeze the letter on the profile's paper.

    ``classification`` is the code of this one letter, when it is not the service's. InputError
    before a number is spent when the service prints a block that would leave the paper.

    The receipt stands once the number is committed: if drawing fails the number is not lost,
    and the letter is drawn when the file is next opened.
    """
    desk.ask(check_own_block, seen.id, profile)
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
    for job in (*desk.ask(letters_due, request_id, profile), *desk.ask(errata_due, request_id)):
        _draw(desk, job)
    return desk.ask(documents_of, request_id)


def fit_choices(desk: Desk, document_id: int) -> tuple[FitChoice, ...]:
    """Tell how many pages a letter would take on each step of the ladder "muat satu halaman"."""
    from kecamatan_desk.documents.letters import FITS, page_count

    job = desk.ask(letter_again, document_id)
    rungs = [page_count(letter_values(desk, _laid_out(job, fit=step))) for step in range(len(FITS))]
    return tuple(
        FitChoice(step, FITS[step].label, pages, step == job.layout.fit)
        for step, pages in enumerate(rungs)
    )


def fit_letter(desk: Desk, op_id: str, document_id: int) -> DocumentRef:
    """*Muat 1 halaman*: draw version n+1 on the first tighter step that takes one page.

    Number and date stay. RuleError when it is one page already, when even the last step needs
    more, and when the letter may not be changed any more. Nothing is ever fitted unasked.
    """
    from kecamatan_desk.documents.letters import FITS, page_count

    if kept := desk.ask(kept_under, op_id):
        return kept
    job = desk.ask(letter_again, document_id)
    pages = page_count(letter_values(desk, job))
    if pages == 1:
        raise RuleError(
            "Surat ini sudah muat satu halaman. Tidak ada yang berubah; cetak seperti tampil."
        )
    for step in range(job.layout.fit + 1, len(FITS)):
        tighter = _laid_out(job, fit=step)
        pages = page_count(letter_values(desk, tighter))
        if pages == 1:
            return _draw_chosen(desk, op_id, tighter)
    raise RuleError(
        f"Surat ini tetap {pages} halaman dengan {FITS[-1].label.lower()}; tidak diperkecil lagi. "
        f"Tidak ada yang berubah; cetak {pages} halaman, atau persingkat isiannya."
    )


def move_to_paper(desk: Desk, op_id: str, document_id: int, profile: Profile) -> DocumentRef:
    """Draw the same letter on another paper as version n+1; number, date and fit stay.

    RuleError when it lies on that paper already or may not be changed any more; InputError when
    its blok pengesahan would leave the new paper.
    """
    if kept := desk.ask(kept_under, op_id):
        return kept
    job = desk.ask(letter_again, document_id)
    if job.layout.profile == profile:
        raise RuleError(
            f"Surat ini sudah memakai kertas {profile.sheet.label} dengan tepi yang sama. Tidak "
            "ada yang berubah; pilih kertas lain."
        )
    return _draw_chosen(desk, op_id, _laid_out(job, profile=profile))


def _laid_out(job: LetterJob, **changes: Any) -> LetterJob:
    layout = replace(job.layout, **changes)
    return replace(job, layout=layout, data={**job.data, LAYOUT: layout.stored()})


def _draw_chosen(desk: Desk, op_id: str, job: LetterJob) -> DocumentRef:
    """Draw a version somebody asked for. StaleError when another version came in between."""
    kept_id, sha256 = _draw(desk, job, op_id)
    kept = next(ref for ref in desk.ask(documents_of, job.request_id) if ref.id == kept_id)
    if kept.sha256 != sha256:
        raise StaleError(
            "Surat ini baru saja dibuat ulang orang lain. Tidak ada yang hilang; buka versi "
            "terbarunya, lalu ulangi bila perlu."
        )
    return kept


def _draw(desk: Desk, job: LetterJob, op_id: str = "") -> tuple[int, str]:
    """Draw and freeze one paper; give its id and the hash of what was drawn."""
    from kecamatan_desk.documents.letters import draw_letter
    from kecamatan_desk.documents.pictures import page_count

    values = letter_values(desk, job)
    content = draw_letter(values)
    sha256 = desk.files.put(content)
    text_sha256 = text_hash(values.template)
    op_id = op_id or uuid4().hex
    kept = desk.call(keep_document, op_id, job, sha256, page_count(content), text_sha256)
    return kept, sha256


def letter_values(desk: Desk, job: LetterJob) -> LetterValues:
    """Give what a paper is drawn from: its job and its signed code."""
    return LetterValues(
        head=job.head,
        title=job.title,
        number=job.number,
        template=desk.ask(text_of, job.kind),
        facts=job.facts,
        signature=job.signature,
        file_code=job.file_code,
        qr=signed(desk, job.claim),
        qr_caption=job.qr_caption,
        profile=job.layout.profile,
        fit=job.layout.fit,
        form=job.layout.form,
        offset=job.layout.offset,
        endorsed=job.endorsed,
    )


def document_bytes(desk: Desk, document_id: int) -> bytes:
    """Give a frozen paper, proved unchanged."""
    return desk.files.get(desk.ask(document_sha, document_id))


def receipt_pdf(desk: Desk, request_id: int, profile: Profile = SLIP) -> bytes:
    """Tanda terima berkas."""
    from kecamatan_desk.documents.slips import draw_receipt
    from kecamatan_desk.usecases.slips import receipt_values

    return draw_receipt(desk.ask(receipt_values, request_id), profile)


def bundle_receipt_pdf(desk: Desk, bundle_id: int, profile: Profile = SLIP) -> bytes:
    """Receipt of a village officer's folder."""
    from kecamatan_desk.documents.slips import draw_folder_receipt
    from kecamatan_desk.usecases.slips import folder_values

    return draw_folder_receipt(desk.ask(folder_values, bundle_id), profile)


def return_slip_pdf(desk: Desk, request_id: int, profile: Profile = SLIP) -> bytes:
    """Lembar pengembalian berkas (TMS)."""
    from kecamatan_desk.documents.slips import draw_return_slip
    from kecamatan_desk.usecases.slips import return_slip_values

    return draw_return_slip(desk.ask(return_slip_values, request_id), profile)


def checklist_pdf(desk: Desk, request_id: int, profile: Profile = LETTER) -> bytes:
    """Lembar ceklis dan kendali berkas."""
    from kecamatan_desk.documents.slips import draw_checklist
    from kecamatan_desk.usecases.slips import checklist_values

    return draw_checklist(desk.ask(checklist_values, request_id), profile)


def ticket_pdf(desk: Desk, request_id: int, profile: Profile = TICKET) -> bytes:
    """Queue ticket."""
    from kecamatan_desk.documents.slips import draw_ticket
    from kecamatan_desk.usecases.slips import ticket_values

    return draw_ticket(desk.ask(ticket_values, request_id), profile)


def handover_pdf(desk: Desk, request_id: int, profile: Profile = SLIP) -> bytes:
    """Bukti serah terima."""
    from kecamatan_desk.documents.slips import draw_handover
    from kecamatan_desk.usecases.slips import handover_values

    return draw_handover(desk.ask(handover_values, request_id), profile)


def sop_sheet_pdf(desk: Desk, service_code: str) -> bytes:
    """The SOP sheet of a service, with the office's head."""
    from kecamatan_desk.documents.sop_sheet import draw_sop_sheet

    return draw_sop_sheet(SERVICES[service_code], desk.ask(office_head))
