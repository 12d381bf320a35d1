"""Collects what the counter papers need: receipt, return slip, checklist, ticket, hand-over.

A reporter who asked for secrecy is named on them to the complaint's own lanes only.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from kecamatan_desk.documents.slip_values import (
    ChecklistValues,
    FolderLine,
    FolderValues,
    HandedPaper,
    HandoverValues,
    PaperLine,
    ReceiptItem,
    ReceiptValues,
    ReturnSlipValues,
    RouteLine,
    Shortage,
    TicketValues,
)
from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.numbering import agenda_display, queue_display
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import (
    BundleRecord,
    ContentRecord,
    EventRecord,
    PassRecord,
    RequestRecord,
)
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.answers import MISSING, NOT_NEEDED, THERE, checklist, is_failing
from kecamatan_desk.usecases.booking import HIDDEN
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.paper_parts import deciding_pass, last_event, office_head, qr_text
from kecamatan_desk.usecases.processing.correcting import ERRATUM
from kecamatan_desk.usecases.secrecy import (
    is_hidden,
    readable_request,
    refuse_administrator,
    shown_person,
)
from kecamatan_desk.usecases.values import ChecklistLine
from kecamatan_desk.usecases.views import documents_of
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act, Status
from kecamatan_desk.workflows.vocabulary import Service, Takes

_STATES = {THERE: "ada", MISSING: "tidak", NOT_NEEDED: "tidak-perlu"}
_KINDS = {"Fotokopi": "FC"}


def receipt_values(work: UnitOfWork, request_id: int) -> ReceiptValues:
    """Tanda terima of one applicant; the requests of his bundle stand on the same sheet."""
    request = readable_request(work, request_id)
    together = [r for r in _together(work, request) if r.taken_in_at and r.nik == request.nik]
    first = together[0] if together else request
    service = SERVICES[first.service]
    name, nik = shown_person(work, first)
    return ReceiptValues(
        head=office_head(work),
        qr=qr_text(work, first.file_code),
        applicant=name,
        nik=nik,
        run_by=HIDDEN if is_hidden(work, first) else _run_by(first),
        items=tuple(_item(work, r) for r in together or [request]),
        received=_local(work, request.taken_in_at or request.created_at),
        zone=work.office.zone_label,
        minutes=max(SERVICES[r.service].total_minutes for r in together or [request]),
        officer=_officer(work, first, service.steps[1].code),
        officer_title=service.steps[1].officer.label,
        queue_note=_queue_note(together or [request]),
    )


def _queue_note(requests: Sequence[RequestRecord]) -> str:
    """Give the queue numbers the files have; before that when they will, if their SOP gives any."""
    given = [
        queue_display(SERVICES[r.service].family, r.queue_number)
        for r in requests
        if r.queue_number
    ]
    coming = [
        r
        for r in requests
        if not r.queue_number and SERVICES[r.service].first_decision.takes is Takes.QUEUE
    ]
    if given:
        return ", ".join(given) + (", lainnya setelah verifikasi" if coming else "")
    return "diberikan setelah verifikasi" if coming else "layanan ini tanpa nomor antrian"


def folder_values(work: UnitOfWork, bundle_id: int) -> FolderValues:
    """One receipt for a village officer's folder, applicant by applicant."""
    refuse_administrator(work)
    bundle = work.session.get_one(BundleRecord, bundle_id)
    requests = work.session.scalars(
        select(RequestRecord)
        .where(RequestRecord.bundle_id == bundle_id, RequestRecord.taken_in_at.is_not(None))
        .order_by(RequestRecord.id)
    ).all()
    if not requests:
        raise RuleError("Belum ada permohonan titipan yang diterima. Terima dahulu satu berkas.")
    code = requests[0].file_code
    return FolderValues(
        head=office_head(work),
        code=code,
        qr=qr_text(work, code),
        bearer=bundle.bearer,
        village=bundle.village,
        received=_local(work, bundle.created_at),
        zone=work.office.zone_label,
        officer=work.user.name,
        lines=tuple(
            FolderLine(
                r.file_code, *shown_person(work, r), SERVICES[r.service].label, _seen(work, r)
            )
            for r in requests
        ),
    )


def return_slip_values(work: UnitOfWork, request_id: int) -> ReturnSlipValues:
    """Lembar pengembalian: every paper named, what to do, where, and until when."""
    request = readable_request(work, request_id)
    service = SERVICES[request.service]
    event = last_event(work, request.id, Act.FAIL, Act.CLOSE)
    if event is None or request.status != Status.FAILED:
        raise RuleError("Berkas ini tidak sedang dikembalikan. Tidak ada lembar untuk dicetak.")
    lines = [x for x in checklist(work, request, service) if is_failing(x)]
    closed = event.act == Act.CLOSE
    decided = deciding_pass(work, request.id, event.act)
    name, nik = shown_person(work, request)
    return ReturnSlipValues(
        head=office_head(work),
        file_code=request.file_code,
        qr=qr_text(work, request.file_code),
        applicant=name,
        nik=nik,
        service=service.label,
        visit=request.visits,
        returned=_local(work, moment(event.at)),
        zone=work.office.zone_label,
        shortages=tuple(
            Shortage(x.name, x.reason, "Lengkapi atau perbaiki berkas ini", x.source) for x in lines
        ),
        back_by=None if closed else request.deadline,
        signer_title=Role(decided.role).label,
        signer=decided.user_name,
        directed=_texts(work, event.seq) if closed else "",
    )


def checklist_values(work: UnitOfWork, request_id: int) -> ChecklistValues:
    """Lembar ceklis dan kendali berkas, as far as the file has come."""
    request = readable_request(work, request_id)
    service = SERVICES[request.service]
    passes = work.session.scalars(
        select(PassRecord).where(PassRecord.request_id == request.id).order_by(PassRecord.id)
    ).all()
    check = _last(passes, service.first_decision.code, Act.ADVANCE)
    result = "ms" if check else "tms" if request.status == Status.FAILED else ""
    verified = ""
    if check:
        when = _local(work, check.left_at)
        verified = (
            f"{check.user_name} ({Role(check.role).short}), {when:%d-%m-%Y %H.%M} "
            f"{work.office.zone_label}"
        )
    visit = f"Kunjungan ke-{request.visits + 1}" if request.visits else ""
    name, nik = shown_person(work, request)
    return ChecklistValues(
        head=office_head(work),
        file_code=request.file_code,
        qr=qr_text(work, request.file_code),
        applicant=name,
        nik=nik,
        village=request.village,
        service=service.label,
        received=_local(work, request.taken_in_at or request.created_at),
        zone=work.office.zone_label,
        numbers=_numbers(request, service),
        papers=tuple(_paper(x) for x in checklist(work, request, service)),
        route=tuple(_route(work, service, passes)),
        result=result,  # type: ignore[arg-type]
        verified=verified,
        visit_note=visit,
        printed=f"Dicetak {_local(work, work.now):%d-%m-%Y %H.%M} {work.office.zone_label}.",
    )


def ticket_values(work: UnitOfWork, request_id: int) -> TicketValues:
    """Queue ticket. RuleError before the number exists."""
    request = readable_request(work, request_id)
    service = SERVICES[request.service]
    if request.queue_number is None:
        raise RuleError("Berkas ini belum bernomor antrian. Nomor diberikan setelah verifikasi.")
    return TicketValues(
        head=office_head(work),
        number=queue_display(service.family, request.queue_number),
        service=service.label,
        issued=_local(work, _checked_at(work, request, service)),
        zone=work.office.zone_label,
        file_code=request.file_code,
        qr=qr_text(work, request.file_code),
    )


def _checked_at(work: UnitOfWork, request: RequestRecord, service: Service) -> datetime:
    """Give when the first decision was passed, and with it the queue number given."""
    at = work.session.scalars(
        select(PassRecord.left_at)
        .where(
            PassRecord.request_id == request.id,
            PassRecord.step == service.first_decision.code,
            PassRecord.act == Act.ADVANCE.value,
        )
        .order_by(PassRecord.id)
        .limit(1)
    ).first()
    return at or request.arrived_at


def handover_values(work: UnitOfWork, request_id: int) -> HandoverValues:
    """Bukti serah terima. RuleError before hand-over."""
    request = readable_request(work, request_id)
    if request.status != Status.DONE:
        raise RuleError("Berkas ini belum diserahkan. Catat penerimanya dahulu.")
    service = SERVICES[request.service]
    event = work.session.scalars(
        select(EventRecord)
        .where(EventRecord.request_id == request.id, EventRecord.status == Status.DONE.value)
        .where(EventRecord.act == Act.ADVANCE.value)
        .order_by(EventRecord.seq.desc())
        .limit(1)
    ).one()
    receiver, relation, identity = _receiver(_texts(work, event.seq))
    # a ralat came later: it was not among what this proof is about
    newest = {d.kind: d for d in documents_of(work, request.id) if d.kind != ERRATUM}
    name, nik = shown_person(work, request)
    return HandoverValues(
        head=office_head(work),
        file_code=request.file_code,
        qr=qr_text(work, request.file_code),
        applicant=name,
        nik=nik,
        service=service.label,
        papers=tuple(
            HandedPaper(
                d.title, _printed_number(request, service, d.kind), _day(work, d.created_at)
            )
            for d in newest.values()
        )
        or (HandedPaper(service.label, request.letter_number or ""),),
        receiver=receiver or request.receiver,
        relationship=relation,
        identity=identity,
        handed=_local(work, moment(event.at)),
        zone=work.office.zone_label,
        officer=event.user_name,
        officer_title=Role(event.role).label,
    )


def _printed_number(request: RequestRecord, service: Service, kind: str) -> str:
    """Give the number a paper bears; slips signed at the counter bear none."""
    numbered = {x.template for x in service.letters if x.is_signed}
    return (request.letter_number or "") if kind in numbered else ""


def _receiver(text: str) -> tuple[str, str, str]:
    """Part "Name (Keluarga), KTP-el" as the hand-over wrote it."""
    head, _, identity = text.rpartition("), ")
    name, _, relation = head.rpartition(" (")
    return name, relation, identity


def _together(work: UnitOfWork, request: RequestRecord) -> list[RequestRecord]:
    if request.bundle_id is None:
        return [request]
    return list(
        work.session.scalars(
            select(RequestRecord)
            .where(RequestRecord.bundle_id == request.bundle_id)
            .order_by(RequestRecord.id)
        )
    )


def _item(work: UnitOfWork, request: RequestRecord) -> ReceiptItem:
    service = SERVICES[request.service]
    ready = _local(work, request.promised_at) if request.promised_at else None
    papers = tuple(_paper(line) for line in checklist(work, request, service))
    return ReceiptItem(request.file_code, service.label, ready, papers)


def _paper(line: ChecklistLine) -> PaperLine:
    kind = _KINDS.get(line.kind or line.usual_kind, line.kind or line.usual_kind)
    state = _STATES.get(line.answer, "")
    copies = f"{line.copies} lembar" if line.copies > 1 else ""
    return PaperLine(line.name, kind, state, line.reason or copies, line.need.capitalize())  # type: ignore[arg-type]


def _seen(work: UnitOfWork, request: RequestRecord) -> str:
    lines = checklist(work, request, SERVICES[request.service])
    return f"{sum(x.answer == THERE for x in lines)} dari {len(lines)}"


def _run_by(request: RequestRecord) -> str:
    by = str(request.data.get("diurus-oleh", ""))
    name = str(request.data.get("kuasa-nama", ""))
    if by in ("Keluarga", "Kuasa") and name:
        return f"{name} ({by.lower()})"
    return "sendiri"


def _officer(work: UnitOfWork, request: RequestRecord, step: str) -> str:
    name = work.session.scalars(
        select(PassRecord.user_name)
        .where(PassRecord.request_id == request.id, PassRecord.step == step)
        .order_by(PassRecord.id)
        .limit(1)
    ).first()
    return name or work.user.name


def _numbers(request: RequestRecord, service: Service) -> tuple[tuple[str, str], ...]:
    boxes = []
    for index, step in enumerate(service.steps, 1):
        if step.takes is Takes.QUEUE:
            number = queue_display(service.family, request.queue_number)
            boxes.append((f"No. Antrian (langkah {index})", number))
        if step.takes is Takes.AGENDA:
            number = agenda_display(request.agenda_number, request.agenda_suffix)
            boxes.append((f"No. Agenda (langkah {index})", number))
    return tuple(boxes)


def _route(work: UnitOfWork, service: Service, passes: Sequence[PassRecord]) -> list[RouteLine]:
    lines = []
    for index, step in enumerate(service.steps[1:], 2):
        done = _last(passes, step.code, Act.ADVANCE)
        lines.append(
            RouteLine(
                step=str(index),
                officer=step.actor.label,
                deed=(step.word or step.code).lower(),
                minutes=step.minutes,
                came=_when(work, done.arrived_at) if done else "",
                left=_when(work, done.left_at) if done else "",
                note=done.user_name if done else "",
                decision=step.decision,
            )
        )
    return lines


def _last(passes: Sequence[PassRecord], step: str, act: Act) -> PassRecord | None:
    found = [p for p in passes if p.step == step and p.act == act.value]
    return found[-1] if found else None


def _when(work: UnitOfWork, at: datetime) -> str:
    return f"{_local(work, at):%d-%m  %H.%M}"


def _texts(work: UnitOfWork, event_seq: int) -> str:
    return "; ".join(
        work.session.scalars(select(ContentRecord.body).where(ContentRecord.event_seq == event_seq))
    )


def _day(work: UnitOfWork, at: datetime) -> date:
    return work.calendar.local_date(at)


def _local(work: UnitOfWork, at: datetime) -> datetime:
    return at.astimezone(work.zone)
