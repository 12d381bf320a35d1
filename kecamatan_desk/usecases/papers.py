"""Collects, in one reading transaction, what a paper needs; drawing happens elsewhere."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select

from kecamatan_desk.documents.facts import field_facts
from kecamatan_desk.documents.profiles import LETTER, Layout, Profile, layout_from
from kecamatan_desk.documents.values import OfficeHead, SignatureBlock
from kecamatan_desk.domain.errors import NotAllowedError
from kecamatan_desk.domain.numbering import agenda_display
from kecamatan_desk.domain.proof import (
    Claim,
    initials_in_code,
    last_four,
    number_in_code,
)
from kecamatan_desk.domain.roles import STAFF
from kecamatan_desk.persistence.chain import canonical
from kecamatan_desk.persistence.tables import (
    DocumentRecord,
    EventRecord,
    LineRecord,
    RequestRecord,
)
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.booking import HIDDEN
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.differences import data_as_handed_over
from kecamatan_desk.usecases.letter_facts import shared_facts
from kecamatan_desk.usecases.letter_forms import endorsing_word, first_layout, is_drawn
from kecamatan_desk.usecases.paper_parts import office_head, signature_block
from kecamatan_desk.usecases.people import Signatory
from kecamatan_desk.usecases.processing.correcting import ERRATUM
from kecamatan_desk.usecases.secrecy import OF_THE_REPORTER, may_read, refuse_administrator
from kecamatan_desk.usecases.signature import is_named, kept_block, signer_for
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act, Status
from kecamatan_desk.workflows.vocabulary import Letter, Service, Signing

# kept with the data a paper is drawn from: whom it names as signing it, and how it is laid out
BLOCK, LAYOUT = "blok-tanda-tangan", "tata-letak"
_HIDDEN_FACTS = ("nik", "kk", "hp", "alamat", "rt", "rw", "ttl", "alamat-lengkap", "umur")


@dataclass(frozen=True, slots=True)
class LetterJob:
    """A paper that is due and not yet drawn (or to be drawn anew after a correction)."""

    request_id: int
    kind: str
    title: str
    version: int
    number: str
    file_code: str
    head: OfficeHead
    facts: Mapping[str, Any]
    data: Mapping[str, Any]
    signature: SignatureBlock | None
    claim: str  # what its code says; the signature is added where it is drawn
    qr_caption: tuple[str, ...]
    layout: Layout
    endorsed: str


def qr_caption(request: RequestRecord) -> tuple[str, ...]:
    """Give the lines beside the code of a letter."""
    return (
        f"Kode berkas {request.file_code}",
        "Kode ini diperiksa di loket kami.",
        "Bukan tanda tangan elektronik.",
    )


def claim_of(
    work: UnitOfWork, request: RequestRecord, letter: Letter, version: int, data: Mapping[str, Any]
) -> Claim:
    """Give what the code of a letter says that is drawn from these data."""
    service = SERVICES[request.service]
    day = work.calendar.local_date(made(work, request, letter)[0])
    return Claim(
        work.practice,
        request.file_code,
        service.abbreviation,
        number_in_code(letter_number_of(request, letter)),
        day,
        initials_in_code(str(data.get("nama", ""))),
        last_four(str(data.get("nik", ""))),
        service.letters.index(letter) + 1,
        version,
    )


def letter_number_of(request: RequestRecord, letter: Letter) -> str:
    """Give the number a letter bears; the papers an operator prints have none."""
    return (request.letter_number or "") if letter.is_signed else ""


def letters_due(
    work: UnitOfWork, request_id: int, profile: Profile = LETTER
) -> tuple[LetterJob, ...]:
    """Give the papers of a request that should exist by now and do not, as frozen values.

    A first version is laid out by the profile, a later one as the version before it.
    """
    request = work.session.get_one(RequestRecord, request_id)
    service = SERVICES[request.service]
    jobs = []
    for letter in service.letters:
        if _is_due(request, letter) and is_drawn(request, letter):
            newest = newest_of(work, request, letter)
            if newest is None:
                layout = first_layout(work, request, letter, profile)
                jobs.append(letter_job(work, request, service, letter, 1, layout))
            elif _is_outdated(work, request, service, letter, newest):
                version, layout = newest.version + 1, layout_of(newest)
                jobs.append(letter_job(work, request, service, letter, version, layout))
    return tuple(jobs)


def _is_due(request: RequestRecord, letter: Letter) -> bool:
    if request.status in (Status.REFUSED, Status.CANCELLED):
        return False
    match letter.step:
        case "register":
            return request.line_id is not None
        case "keputusan":
            return request.minutes_number is not None
    return request.status == Status.DONE


def newest_of(work: UnitOfWork, request: RequestRecord, letter: Letter) -> DocumentRecord | None:
    """Give the newest version of one of a request's papers, if it was drawn."""
    return work.session.scalars(
        select(DocumentRecord)
        .where(DocumentRecord.request_id == request.id, DocumentRecord.kind == letter.template)
        .order_by(DocumentRecord.version.desc())
        .limit(1)
    ).first()


def newest_version(work: UnitOfWork, request_id: int, kind: str) -> int:
    """Give the newest version kept of a request's paper; 0 when none was drawn."""
    versions = select(func.max(DocumentRecord.version)).where(
        DocumentRecord.request_id == request_id, DocumentRecord.kind == kind
    )
    return work.session.scalar(versions) or 0


def replaced_by(work: UnitOfWork, document: DocumentRecord) -> int:
    """Give the version that took a kept paper's place; 0 for none. A ralat replaces no other."""
    newest = newest_version(work, document.request_id, document.kind)
    return 0 if document.kind == ERRATUM or newest == document.version else newest


def layout_of(document: DocumentRecord) -> Layout:
    """Give how a kept paper was laid out."""
    return layout_from(json.loads(document.facts).get(LAYOUT))


def _is_outdated(
    work: UnitOfWork,
    request: RequestRecord,
    service: Service,
    letter: Letter,
    newest: DocumentRecord,
) -> bool:
    """Tell whether the newest version was drawn from other data, or for another signatory."""
    drawn = json.loads(newest.facts)
    drawn.pop(LAYOUT, None)
    if not is_named(work, request, letter, drawn.pop(BLOCK, None)):
        return True  # even after hand-over: the kept paper shows who signed
    same = drawn == _relevant(work, request, service, letter)
    return not same and request.status != Status.DONE


def _relevant(
    work: UnitOfWork, request: RequestRecord, service: Service, letter: Letter
) -> dict[str, Any]:
    """Give the data a paper is drawn from: what was filled in up to its own step.

    Of a reporter who asked for secrecy nothing enters a paper, nor the facts kept with it.
    """
    data = data_as_handed_over(work, request)
    names = {f.code for section in service.sections_until(letter.step) for f in section.fields}
    if request.secret:
        names -= OF_THE_REPORTER
    return {code: value for code, value in data.items() if code in names}


def letter_job(
    work: UnitOfWork,
    request: RequestRecord,
    service: Service,
    letter: Letter,
    version: int,
    layout: Layout,
) -> LetterJob:
    """Collect what one version of a request's paper is drawn from."""
    acted_at, officer = made(work, request, letter)
    day = work.calendar.local_date(acted_at)
    signer = None
    if letter.is_signed:
        signer = signer_for(work, request, letter, day, block_before(work, request, letter))
    data = _relevant(work, request, service, letter)
    number = letter_number_of(request, letter)
    facts = {
        **field_facts(service.fields, data, on=day),
        **common_facts(work, request, data, acted_at, number),
        "petugas": officer,
        "penandatangan": signer.running if signer else "",
        "penandatangan-nama": signer.name if signer else "",
    }
    if request.secret:
        facts.update(dict.fromkeys(_HIDDEN_FACTS, ""), nama=HIDDEN)
    return LetterJob(
        request.id,
        letter.template,
        letter.title,
        version,
        number,
        request.file_code,
        office_head(work),
        facts,
        {**data, **kept_beside(signer, day, layout)},
        _block(work, signer, letter, day),
        claim_of(work, request, letter, version, data).text,
        qr_caption(request),
        layout,
        endorsing_word(service),
    )


def kept_beside(signer: Signatory | None, day: date, layout: Layout) -> dict[str, Any]:
    """Give what is kept with a paper beside its data; *day* is its date."""
    block = {BLOCK: kept_block(signer, day)} if signer else {}
    return {**block, LAYOUT: layout.stored()}


def block_before(
    work: UnitOfWork, request: RequestRecord, letter: Letter
) -> Mapping[str, Any] | None:
    """Give the block kept with the newest version of a paper; None when none was drawn."""
    newest = newest_of(work, request, letter)
    return json.loads(newest.facts).get(BLOCK) if newest else None


def _block(
    work: UnitOfWork, signer: Signatory | None, letter: Letter, day: date
) -> SignatureBlock | None:
    if signer is None:
        return None
    block = signature_block(work, signer, day)
    if letter.signing is Signing.PARTIES:  # the day stands in the first sentence
        return replace(block, place_date="")
    return block


def made(work: UnitOfWork, request: RequestRecord, letter: Letter) -> tuple[datetime, str]:
    """Give when and by whom a paper's step was done first: a new version keeps the date."""
    if letter.step == "register":
        line = work.session.get_one(LineRecord, request.line_id)
        event = work.session.get_one(EventRecord, line.event_seq)
        at = moment(event.at)
        if work.calendar.local_date(at).isoformat() != line.day:  # written by hand before
            at = datetime.combine(date.fromisoformat(line.day), time(12), work.zone)
        return at, event.user_name
    event_found = work.session.scalars(
        select(EventRecord)
        .where(
            EventRecord.request_id == request.id,
            EventRecord.act == Act.ADVANCE.value,
            EventRecord.step == letter.step,
        )
        .order_by(EventRecord.seq)
        .limit(1)
    ).first()
    if event_found is None:
        return work.now, work.user.name
    return moment(event_found.at), event_found.user_name


def common_facts(
    work: UnitOfWork, request: RequestRecord, data: Mapping[str, Any], at: datetime, number: str
) -> dict[str, Any]:
    """Give what every paper may name; ``at`` is when it was made, ``data`` what it is about."""
    return shared_facts(
        work.office,
        data,
        at.astimezone(work.zone),
        number=number,
        agenda=agenda_display(request.agenda_number, request.agenda_suffix),
        file_code=request.file_code,
    )


@command
def keep_document(
    work: UnitOfWork, op_id: str, job: LetterJob, sha256: str, pages: int, template_sha256: str
) -> int:
    """Enter a drawn paper, whose bytes already lie on disk; the first of a version wins."""
    earlier = work.session.scalars(
        select(DocumentRecord.id).where(
            DocumentRecord.request_id == job.request_id,
            DocumentRecord.kind == job.kind,
            DocumentRecord.version == job.version,
        )
    ).first()
    if earlier is not None:
        return earlier
    request = work.session.get_one(RequestRecord, job.request_id)
    link = work.link()
    document_id = link.add(
        DocumentRecord,
        request_id=job.request_id,
        kind=job.kind,
        version=job.version,
        title=job.title,
        sha256=sha256,
        pages=pages,
        template_sha256=template_sha256,
        facts=canonical(dict(job.data)),
        created_at=stamp(work.now),
    )
    role = work.require(*STAFF)
    work.close_event(
        link,
        op_id,
        "surat",
        role,
        request_id=job.request_id,
        step=request.step,
        next_step=request.step,
        status=request.status,
        payload={
            "kind": job.kind,
            "version": job.version,
            "sha256": sha256,
            "layout": job.layout.stored(),
        },
    )
    return document_id


def document_sha(work: UnitOfWork, document_id: int) -> str:
    """Give the hash of a stored paper; NotAllowedError when the user may not read it."""
    refuse_administrator(work)
    document = work.session.get_one(DocumentRecord, document_id)
    request = work.session.get_one(RequestRecord, document.request_id)
    if not may_read(work, request, document):
        raise NotAllowedError(
            "Surat ini menyebut pelapor yang minta dirahasiakan. Buka versi terbarunya, atau "
            "mintalah petugas aduan."
        )
    return document.sha256
