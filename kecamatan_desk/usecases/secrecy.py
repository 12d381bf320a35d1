"""A reporter who asked for secrecy: who may still read who he is, and what tells it."""

import json

from kecamatan_desk.persistence.tables import DocumentRecord, RequestRecord
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.fields import APPLICANT_CODES, KUASA

#: Fields that tell who the reporter is; his village alone does not.
OF_THE_REPORTER = {*APPLICANT_CODES, *(field.code for field in KUASA.fields)} - {"desa"}


def is_hidden(work: UnitOfWork, request: RequestRecord) -> bool:
    """Tell whether the reporter is hidden from the user: from all but the service's own lanes."""
    lanes = {step.officer for step in SERVICES[request.service].steps}
    return request.secret and not set(work.roles) & lanes


def may_read(work: UnitOfWork, request: RequestRecord, document: DocumentRecord) -> bool:
    """Tell whether the user may read a kept paper: one drawn before the secrecy names him."""
    return not is_hidden(work, request) or not set(json.loads(document.facts)) & OF_THE_REPORTER
