"""Applicants: typed once, known afterwards by NIK."""

from sqlalchemy import Select, insert, select

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.people import checked_nik
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import ApplicantRecord, RequestRecord, table_of
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.draft_values import KnownApplicant
from kecamatan_desk.workflows.fields import APPLICANT_CODES


def known_applicant(work: UnitOfWork, nik: str) -> KnownApplicant | None:
    """Give what is remembered under a NIK, or None; an incomplete NIK is simply not known."""
    work.require(Role.PELAYANAN, Role.TIM_TEKNIS)
    try:
        record = work.session.get(ApplicantRecord, checked_nik(nik))
    except InputError:
        return None
    if record is None:
        return None
    return KnownApplicant(record.nik, dict(record.values), record.last_day, record.last_file)


def remember(work: UnitOfWork, request: RequestRecord) -> None:
    """Keep the applicant for his next visit; a hidden reporter is not kept."""
    if not request.nik:
        return
    record = work.session.get(ApplicantRecord, request.nik)
    if request.secret:
        if record is not None and record.last_file == request.file_code:
            _forget_report(work, request, record)
        return
    values = {code: v for code, v in request.data.items() if code in APPLICANT_CODES}
    if record is None:
        work.session.execute(
            insert(table_of(ApplicantRecord)),
            {
                "nik": request.nik,
                "values": values,
                "last_day": work.today,
                "last_file": request.file_code,
            },
        )
        return
    record.values = {**record.values, **values}
    record.last_day, record.last_file = work.today, request.file_code


def forget_mistaken(work: UnitOfWork, request: RequestRecord, nik: str) -> None:
    """Take back what a file had remembered under a NIK that was not its applicant's.

    What the person of that NIK said on other visits is put together again; without any other
    visit nothing is known of the NIK.
    """
    record = work.session.get(ApplicantRecord, nik) if nik else None
    if record is None:
        return
    others = work.session.scalars(_visits(nik, request).order_by(RequestRecord.id)).all()
    if not others:
        work.session.delete(record)
        return
    values: dict[str, object] = {}
    for other in others:
        values |= {code: v for code, v in other.data.items() if code in APPLICANT_CODES}
    record.values = values
    _point_to(work, record, others[-1])


def _visits(nik: str, request: RequestRecord) -> Select[RequestRecord]:
    """Ask for the other visits under a NIK that may be remembered."""
    return select(RequestRecord).where(
        RequestRecord.nik == nik,
        RequestRecord.id != request.id,
        RequestRecord.secret.is_(False),
        RequestRecord.taken_in_at.is_not(None),
    )


def _point_to(work: UnitOfWork, record: ApplicantRecord, visit: RequestRecord) -> None:
    record.last_file = visit.file_code
    record.last_day = work.calendar.local_date(visit.taken_in_at or visit.created_at)


def _forget_report(work: UnitOfWork, request: RequestRecord, record: ApplicantRecord) -> None:
    """Let nothing under a NIK point to a complaint that has been made secret."""
    newest = _visits(request.nik, request).order_by(RequestRecord.id.desc()).limit(1)
    other = work.session.scalars(newest).first()
    if other is None:
        work.session.delete(record)
    else:
        _point_to(work, record, other)
