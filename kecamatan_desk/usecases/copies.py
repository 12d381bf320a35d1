"""Counted copies (salinan): which prints are one, their numbers, the reason kept for each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from kecamatan_desk.documents.checks import missing_characters
from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.roles import ON_FILES, Role
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.tables import (
    DocumentCopyRecord,
    DocumentRecord,
    EventRecord,
    RequestRecord,
)
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, command
from kecamatan_desk.usecases.papers import document_sha, layout_of, replaced_by
from kecamatan_desk.usecases.processing.correcting import ERRATUM
from kecamatan_desk.usecases.values import CopyRef
from kecamatan_desk.workflows.engine import Status

#: Most characters of a reason: the line on the copy holds it in two rows.
MOST_REASON = 120
_VOID = frozenset({Status.REFUSED, Status.CANCELLED, Status.EXPIRED})


@dataclass(frozen=True, slots=True)
class CopyLine:
    """What the line on a copy says, and on which pages it is laid."""

    sha256: str
    number: int
    when: datetime  # office time
    zone: str
    who: str
    reason: str
    void: bool
    preprinted: float  # mm of the first page that are the paper's own letterhead


def make_copy(desk: Desk, op_id: str, document_id: int, reason: str) -> bytes:
    """Give a counted copy of a kept paper, its number spent; the same op_id gives the same copy.

    InputError without a reason or with one of more than MOST_REASON characters; RuleError before
    hand-over, when a print is still the letter itself, and for a version that was replaced.
    """
    line = desk.ask(copy_line, desk.call(count_copy, op_id, document_id, reason))
    return copy_bytes(desk, line)


def copy_bytes(desk: Desk, line: CopyLine) -> bytes:
    """Lay the line of a counted copy over the pages as they are kept."""
    from kecamatan_desk.documents.copies import stamp_copy

    return stamp_copy(
        desk.files.get(line.sha256),
        line.number,
        line.when,
        line.zone,
        line.who,
        line.reason,
        void=line.void,
        preprinted=line.preprinted,
    )


@command
def count_copy(work: UnitOfWork, op_id: str, document_id: int, reason: str) -> int:
    """Spend the next copy number of a kept paper and give the copy's id; see make_copy."""
    role = work.require(*ON_FILES)
    document_sha(work, document_id)  # refuses whoever may not read the paper
    document = work.session.get_one(DocumentRecord, document_id)
    request = work.session.get_one(RequestRecord, document.request_id)
    text = checked_reason(reason)
    _refuse_other_prints(work, request, document)
    link = work.link()
    number = copies_made(work, document_id) + 1
    copy_id = link.add(
        DocumentCopyRecord,
        document_id=document_id,
        number=number,
        reason=text,
        user_name=work.user.name,
        created_at=stamp(work.now),
    )
    work.close_event(
        link,
        op_id,
        "salinan",
        role,
        request_id=request.id,
        step=request.step,
        next_step=request.step,
        status=request.status,
        payload={"kind": document.kind, "version": document.version, "copy": number},
    )
    return copy_id


def checked_reason(reason: str) -> str:
    """Give the reason of a copy as it prints; InputError when it cannot."""
    text = checked_text(reason, "Alasan salinan", MOST_REASON, "alasan")
    if not text:
        raise InputError(
            "Alasan salinan belum ditulis. Belum ada salinan yang dihitung; tulis singkat, "
            "misalnya “hilang”.",
            "alasan",
        )
    if missing := missing_characters(text):
        raise InputError(
            f"Alasan memuat huruf yang tidak dapat dicetak: {missing}. Belum ada salinan yang "
            "dihitung; ganti huruf itu.",
            "alasan",
        )
    return text


def copy_line(work: UnitOfWork, copy_id: int) -> CopyLine:
    """Give what a counted copy says; NotAllowedError when the user may not read the paper."""
    copy = work.session.get_one(DocumentCopyRecord, copy_id)
    document = work.session.get_one(DocumentRecord, copy.document_id)
    request = work.session.get_one(RequestRecord, document.request_id)
    profile = layout_of(document).profile
    role = work.session.get_one(EventRecord, copy.event_seq).role
    return CopyLine(
        sha256=document_sha(work, document.id),
        number=copy.number,
        when=moment(copy.created_at).astimezone(work.zone),
        zone=work.office.zone_label,
        who=f"{copy.user_name} ({Role(role).label})",
        reason=copy.reason,
        void=is_void(request),
        preprinted=profile.offset if profile.preprinted else 0.0,
    )


def copies_of(work: UnitOfWork, document_id: int) -> tuple[CopyRef, ...]:
    """List the copies made of a paper, the first one first."""
    document_sha(work, document_id)
    found = work.session.scalars(
        select(DocumentCopyRecord)
        .where(DocumentCopyRecord.document_id == document_id)
        .order_by(DocumentCopyRecord.number)
    )
    return tuple(CopyRef(c.number, moment(c.created_at), c.user_name, c.reason) for c in found)


def copies_made(work: UnitOfWork, document_id: int) -> int:
    """Give how many copies of a paper were made; the next one bears the number after it."""
    made = select(func.max(DocumentCopyRecord.number)).where(
        DocumentCopyRecord.document_id == document_id
    )
    return work.session.scalar(made) or 0


def is_void(request: RequestRecord) -> bool:
    """Tell whether a request's letters count for nothing: refused, cancelled or closed."""
    closed = request.status == Status.FAILED and request.step is None
    return request.status in _VOID or closed


#: Days in which a ralat is signed: nothing says when it is handed over.
_SIGNED_WITHIN = 7


def is_first_print(work: UnitOfWork, request: RequestRecord, document: DocumentRecord) -> bool:
    """Tell whether a print of a paper is still the paper itself and no copy.

    It is until the file ends. What is drawn only then may be printed on its day; a ralat for a
    week, since its signatory may be away.
    """
    if request.status != Status.DONE or is_void(request):
        return not is_void(request)
    if document.version > 1 and document.kind != ERRATUM:
        return False
    ended = work.session.scalar(
        select(func.min(EventRecord.seq)).where(
            EventRecord.request_id == request.id, EventRecord.status == Status.DONE.value
        )
    )
    drawn = work.calendar.local_date(moment(document.created_at))
    days = _SIGNED_WITHIN if document.kind == ERRATUM else 0
    return document.event_seq > (ended or 0) and (work.today - drawn).days <= days


def _refuse_other_prints(
    work: UnitOfWork, request: RequestRecord, document: DocumentRecord
) -> None:
    if newest := replaced_by(work, document):
        raise RuleError(
            f"Versi {document.version} surat ini sudah diganti versi {newest}. Belum ada salinan "
            "yang dihitung; buatlah salinan dari versi yang berlaku."
        )
    if is_first_print(work, request, document):
        raise RuleError(
            "Surat ini belum diserahkan, jadi cetakannya bukan salinan. Belum ada salinan yang "
            "dihitung; cetaklah suratnya sendiri."
        )
