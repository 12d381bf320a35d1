"""Collects what the papers of an ended request need: refusal notice, papers given back."""

from sqlalchemy import select

from kecamatan_desk.documents.slip_values import (
    PaperLine,
    PapersBackValues,
    RefusalValues,
)
from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.numbering import agenda_display
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import ContentRecord
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.answers import THERE, checklist
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.paper_parts import deciding_pass, last_event, office_head, qr_text
from kecamatan_desk.usecases.secrecy import readable_request, shown_person
from kecamatan_desk.usecases.values import ChecklistLine
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act, Status
from kecamatan_desk.workflows.vocabulary import Service

#: How a request may end without a letter, and what the receipt calls it.
ENDED = {
    Status.REFUSED: "Ditolak",
    Status.CANCELLED: "Dibatalkan pemohon atau kantor",
    Status.FAILED: "Tidak memenuhi syarat, ditutup",
    Status.EXPIRED: "Ditutup, lewat batas waktu",
}


def refusal_values(work: UnitOfWork, request_id: int) -> RefusalValues:
    """Lembar pemberitahuan penolakan. RuleError when the request was not refused."""
    request = readable_request(work, request_id)
    if request.status != Status.REFUSED:
        raise RuleError("Berkas ini tidak ditolak. Tidak ada pemberitahuan untuk dicetak.")
    service = SERVICES[request.service]
    event = last_event(work, request.id, Act.REFUSE)
    assert event is not None  # the status says so
    reason = work.session.scalars(
        select(ContentRecord.body).where(
            ContentRecord.event_seq == event.seq, ContentRecord.kind == "alasan"
        )
    ).one()
    decided = deciding_pass(work, request.id, Act.REFUSE.value)
    role = Role(decided.role)
    name, nik = shown_person(work, request)
    return RefusalValues(
        head=office_head(work),
        file_code=request.file_code,
        qr=qr_text(work, request.file_code),
        applicant=name,
        nik=nik,
        service=service.label,
        refused=moment(event.at).astimezone(work.zone),
        zone=work.office.zone_label,
        reason=reason,
        basis=_basis(service, decided.step),
        agenda=agenda_display(request.agenda_number, request.agenda_suffix),
        signer_title=role.label,
        signer=decided.user_name,
        objection=_above(role),
    )


def _basis(service: Service, code: str) -> str:
    """Name the rule it was refused by: the service's SOP and its step."""
    step = service.step(code)
    place = service.steps.index(step) + 1
    return f"{service.title}, langkah {place}: {step.activity.rstrip('.')}."


def _above(role: Role) -> str:
    """Give whom an objection goes to: nobody judges an objection to his own refusal."""
    return "Camat" if role is Role.SEKCAM else "Sekretaris Kecamatan"


def papers_back_values(work: UnitOfWork, request_id: int) -> PapersBackValues:
    """Tanda terima pengembalian berkas. RuleError while the request is under way or was done."""
    request = readable_request(work, request_id)
    status = Status(request.status)
    if status not in ENDED or request.step is not None:
        raise RuleError(
            "Berkas ini belum berakhir tanpa surat, jadi belum ada berkas untuk dikembalikan. "
            "Cetak tanda terima ini setelah permohonan ditolak, dibatalkan, atau ditutup."
        )
    service = SERVICES[request.service]
    lines = checklist(work, request, service)
    name, nik = shown_person(work, request)
    role = next(r for r in work.roles if r is not Role.ADMIN)
    return PapersBackValues(
        head=office_head(work),
        file_code=request.file_code,
        qr=qr_text(work, request.file_code),
        applicant=name,
        nik=nik,
        service=service.label,
        ended=ENDED[status],
        papers=tuple(_given_back(line) for line in lines if line.answer == THERE),
        returned=work.now.astimezone(work.zone),
        zone=work.office.zone_label,
        officer=work.user.name,
        officer_title=role.label,
    )


def _given_back(line: ChecklistLine) -> PaperLine:
    copies = f"{line.copies} lembar" if line.copies > 1 else ""
    return PaperLine(line.name, line.kind or line.usual_kind, "ada", copies)
