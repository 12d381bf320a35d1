"""A reporter who asked for secrecy: who may still read who he is, and what tells it."""

import json

from kecamatan_desk.domain.errors import NotAllowedError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import DocumentRecord, RequestRecord
from kecamatan_desk.usecases.booking import HIDDEN
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.fields import APPLICANT_CODES, KUASA

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


def is_hidden(work: UnitOfWork, request: RequestRecord) -> bool:
    """Tell whether the reporter is hidden from the user: from all but the service's own lanes."""
    lanes = {step.officer for step in SERVICES[request.service].steps}
    return request.secret and not set(work.roles) & lanes


def shown_person(work: UnitOfWork, request: RequestRecord) -> tuple[str, str]:
    """Give name and NIK of the applicant as the user may read them."""
    return (HIDDEN, "") if is_hidden(work, request) else (request.applicant, request.nik)


def may_read(work: UnitOfWork, request: RequestRecord, document: DocumentRecord) -> bool:
    """Tell whether the user may read a kept paper: one drawn before the secrecy names him."""
    return not is_hidden(work, request) or not set(json.loads(document.facts)) & OF_THE_REPORTER
