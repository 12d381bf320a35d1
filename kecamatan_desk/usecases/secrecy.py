"""A reporter who asked for secrecy: who may still read who he is, and what tells it."""

import json
from typing import Any

from sqlalchemy import and_, or_, select

from kecamatan_desk.domain.errors import NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import DocumentRecord, EventRecord, RequestRecord, table_of
from kecamatan_desk.persistence.types import stamp
from kecamatan_desk.usecases.booking import HIDDEN
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.reasons import Reason, keep_reason
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act
from kecamatan_desk.workflows.fields import APPLICANT_CODES, KUASA

#: Act of unsealing a reporter.
OPENED = "buka-identitas"
#: Acts of who has the reporter before him and writes him down himself.
_WRITTEN, _CORRECTED, _TAKEN_IN = "ajukan", "perbaiki", "terima"
_EVENT = table_of(EventRecord)

#: Fields that tell who the reporter is; his village alone does not.
OF_THE_REPORTER = {*APPLICANT_CODES, *(field.code for field in KUASA.fields)} - {"desa"}


def refuse_administrator(work: UnitOfWork) -> None:
    """Raise NotAllowedError for who administers the program and works on no file."""
    if not set(work.roles) - {Role.ADMIN}:
        raise NotAllowedError(
            "Administrator tidak membuka berkas pemohon. Masuklah dengan peran layanan."
        )


def readable_request(work: UnitOfWork, request_id: int) -> RequestRecord:
    """Give the request a paper is made of; NotAllowedError for the administrator."""
    refuse_administrator(work)
    return work.session.get_one(RequestRecord, request_id)


def in_lanes(work: UnitOfWork, request: RequestRecord) -> bool:
    """Tell whether the user works in the lanes of a request's service."""
    lanes = {step.officer for step in SERVICES[request.service].steps}
    return bool(set(work.roles) & lanes)


def is_hidden(work: UnitOfWork, request: RequestRecord) -> bool:
    """Tell whether the reporter is hidden from the user.

    He is from everybody but who wrote him down today, and who of the complaint's own lanes has
    opened the identity today (`open_identity`).
    """
    if not request.secret:
        return False
    if not in_lanes(work, request):
        return True
    start, _end = work.calendar.day_bounds(work.today)
    knows = select(_EVENT.c.seq).where(
        _EVENT.c.request_id == request.id,
        _EVENT.c.user_id == work.user.id,
        _EVENT.c.at >= stamp(start),
        or_(
            _EVENT.c.act.in_((OPENED, _WRITTEN, _CORRECTED)),
            and_(_EVENT.c.step == _TAKEN_IN, _EVENT.c.act.in_((Act.ADVANCE, Act.FAIL))),
        ),
    )
    return work.session.execute(knows.limit(1)).first() is None


def visible_data(work: UnitOfWork, request: RequestRecord) -> dict[str, Any]:
    """Give what the file says: without the sealed reporter in his lanes, else nothing at all."""
    if not is_hidden(work, request):
        return dict(request.data)
    if not in_lanes(work, request):
        return {}
    return {code: value for code, value in request.data.items() if code not in OF_THE_REPORTER}


def refuse_sealed(work: UnitOfWork, request: RequestRecord) -> None:
    """Raise NotAllowedError when the deed shows or changes a reporter who is sealed."""
    if is_hidden(work, request):
        raise NotAllowedError(
            "Identitas pelapor aduan ini tersegel. Tidak ada yang dibuka atau berubah; petugas "
            "aduan membukanya dengan Buka identitas pelapor, lalu ulangi."
        )


@command
def open_identity(work: UnitOfWork, op_id: str, request_id: int, reason: Reason) -> None:
    """Unseal a reporter for the user and the day; event ``buka-identitas`` with the reason.

    NotAllowedError for who is not of the complaint's lanes, PresenceError when the user's last
    proof is old, InputError when the reason says nothing.
    """
    request = readable_request(work, request_id)
    if not request.secret:
        raise RuleError(
            "Identitas pelapor ini tidak dirahasiakan. Tidak ada yang berubah; buka lagi berkasnya."
        )
    lanes = dict.fromkeys(step.officer for step in SERVICES[request.service].steps)
    role = work.require(*(one for one in lanes if one is not Role.PEMOHON))
    work.require_presence()
    if not is_hidden(work, request):
        return
    link = work.link()
    step = request.step
    work.close_event(
        link,
        op_id,
        OPENED,
        role,
        request_id=request.id,
        step=None,
        next_step=step,
        status=request.status,
        payload=keep_reason(link, reason),
    )


def shown_person(work: UnitOfWork, request: RequestRecord) -> tuple[str, str]:
    """Give name and NIK of the applicant as the user may read them."""
    return (HIDDEN, "") if is_hidden(work, request) else (request.applicant, request.nik)


def may_read(work: UnitOfWork, request: RequestRecord, document: DocumentRecord) -> bool:
    """Tell whether the user may read a kept paper: one drawn before the secrecy names him."""
    return not is_hidden(work, request) or not set(json.loads(document.facts)) & OF_THE_REPORTER
