"""The checklist: which papers a request needs, and how they were found."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.tables import AnswerRecord, RequestRecord
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.values import Answer, ChecklistLine
from kecamatan_desk.workflows.vocabulary import Need, Requirement, Service

THERE, MISSING, NOT_NEEDED = "ada", "tidak-ada", "tidak-diperlukan"
_ANSWERS = ("", THERE, MISSING, NOT_NEEDED)
_KINDS = ("", "Asli", "Fotokopi", "Legalisir")


def need_of(requirement: Requirement, data: Mapping[str, Any]) -> Need:
    """Give how much a paper is needed for these data: bersyarat becomes wajib when it applies."""
    when = requirement.when
    if requirement.need is Need.BERSYARAT and when and when.holds(data):
        return Need.WAJIB
    return requirement.need


def applies(requirement: Requirement, data: Mapping[str, Any]) -> bool:
    """Tell whether a paper belongs on the checklist of a request with these data."""
    return requirement.when is None or requirement.when.holds(data)


def read_answers(work: UnitOfWork, request_id: int) -> tuple[Answer, ...]:
    """Give the stored answers of a request."""
    return tuple(
        Answer(r.code, r.answer, r.kind, r.copies, r.reason, r.source)
        for r in _records(work, request_id).values()
    )


def checklist(
    work: UnitOfWork, request: RequestRecord, service: Service
) -> tuple[ChecklistLine, ...]:
    """Give the checklist of a request, in the service's order."""
    stored = _records(work, request.id)
    lines = []
    for requirement in service.requirements:
        if not applies(requirement, request.data):
            continue
        found = stored.get(requirement.code)
        lines.append(
            ChecklistLine(
                code=requirement.code,
                name=requirement.name,
                need=need_of(requirement, request.data).value,
                answer=found.answer if found else "",
                kind=found.kind if found else "",
                copies=found.copies if found else 0,
                reason=found.reason if found else "",
                source=(found.source if found else "") or requirement.source,
                locked=bool(found and found.settled),
                usual_kind=requirement.kind,
            )
        )
    return tuple(lines)


def write_answers(
    work: UnitOfWork, request: RequestRecord, service: Service, answers: Iterable[Answer]
) -> None:
    """Store answers. Lines found right on an earlier visit stay as they were (rule 2)."""
    known = {requirement.code for requirement in service.requirements}
    stored = _records(work, request.id)
    for answer in answers:
        if answer.code not in known or answer.answer not in _ANSWERS or answer.kind not in _KINDS:
            raise InputError(
                "Baris ceklis tidak dikenal. Tidak ada yang berubah; buka lagi berkas."
            )
        record = stored.get(answer.code)
        if record is not None and record.settled:
            continue
        if record is None:
            record = AnswerRecord(request_id=request.id, code=answer.code)
            work.session.add(record)
        record.answer, record.kind = answer.answer, answer.kind
        record.copies = max(0, min(answer.copies, 99))
        record.reason = checked_text(answer.reason, "Alasan", 200)
        record.source = checked_text(answer.source, "Diurus di", 100)
    work.session.flush()


def forget_answers(work: UnitOfWork, request_id: int) -> None:
    """Erase the checklist of a draft."""
    for record in _records(work, request_id).values():
        work.session.delete(record)
    work.session.flush()


def share_answers(
    work: UnitOfWork,
    first: RequestRecord,
    papers: Service,
    request: RequestRecord,
    service: Service,
) -> None:
    """Take over what was found there for another service of the same applicant (rule 10).

    Only the very same paper counts: one code may stand for different papers of two services.
    """
    names = {requirement.code: requirement.name for requirement in papers.requirements}
    same = {r.code for r in service.requirements if names.get(r.code) == r.name}
    seen = [a for a in read_answers(work, first.id) if a.code in same and a.answer == THERE]
    write_answers(work, request, service, seen)


def require_papers(work: UnitOfWork, request: RequestRecord, service: Service) -> None:
    """Raise RuleError unless every paper that must be there is answered *ada*."""
    for line in checklist(work, request, service):
        if is_failing(line):
            raise RuleError(
                f"“{line.name}” dijawab tidak ada, jadi berkas belum memenuhi syarat. Belum ada "
                "nomor yang terpakai; kembalikan berkas (TMS) atau ubah jawabannya."
            )
        if line.need == Need.WAJIB and line.answer != THERE:
            raise RuleError(
                f"Berkas wajib “{line.name}” belum dijawab ada. Belum ada nomor yang terpakai; "
                "jawab baris itu dahulu."
            )


def is_failing(line: ChecklistLine) -> bool:
    """Tell whether a paper that is not there holds the file up: a mere addition never does."""
    return line.answer == MISSING and line.need != Need.TAMBAHAN


def failing(work: UnitOfWork, request: RequestRecord, service: Service) -> list[ChecklistLine]:
    """Give the papers that are missing; RuleError when there is none or one has no reason."""
    lines = [x for x in checklist(work, request, service) if is_failing(x)]
    if not lines:
        raise RuleError(
            "Belum ada berkas yang dijawab tidak ada. Tidak ada yang berubah; jawab 2 pada berkas "
            "yang kurang, lalu tulis alasannya."
        )
    for line in lines:
        if not line.reason:
            raise RuleError(
                f"Alasan untuk “{line.name}” belum ditulis. Tidak ada yang berubah; tulis apa yang "
                "kurang, agar pemohon tahu."
            )
    return lines


def settle_answers(work: UnitOfWork, request: RequestRecord) -> None:
    """After a TMS: what was right stays right; only the failed lines are open next time."""
    for record in _records(work, request.id).values():
        record.settled = record.answer in (THERE, NOT_NEEDED)


def reopen_answers(work: UnitOfWork, request: RequestRecord) -> None:
    """When an official sends the file back to the check, everything may be answered again."""
    for record in _records(work, request.id).values():
        record.settled = False


def _records(work: UnitOfWork, request_id: int) -> dict[str, AnswerRecord]:
    found = work.session.scalars(select(AnswerRecord).where(AnswerRecord.request_id == request_id))
    return {record.code: record for record in found}
