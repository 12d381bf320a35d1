"""*Surat ralat*: what a letter got wrong, put right after hand-over by a letter that names it.

The first letter's pages and number stay. The ralat letter itself is collected in `errata_letter`
and drawn by `jobs.complete_documents` like every other paper.
"""

from collections.abc import Mapping
from typing import Any

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.chain import canonical
from kecamatan_desk.persistence.tables import RequestRecord
from kecamatan_desk.usecases.booking import add_line_status, writes_letter
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.differences import Erratum, errata_of
from kecamatan_desk.usecases.errata_letter import printed_fields
from kecamatan_desk.usecases.moving import load_seen
from kecamatan_desk.usecases.people import signatory
from kecamatan_desk.usecases.processing.at_step import needed_text, standing
from kecamatan_desk.usecases.processing.correcting import (
    ERRATUM,
    changed_columns,
    changed_fields,
    corrected_data,
    keep_difference,
    take_data,
)
from kecamatan_desk.usecases.secrecy import refuse_sealed
from kecamatan_desk.usecases.values import Receipt, Seen
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status
from kecamatan_desk.workflows.vocabulary import Section, Service

#: Who may issue a ralat.
ISSUERS = (Role.REGISTER, Role.PELAYANAN)


@command
def issue_erratum(
    work: UnitOfWork, op_id: str, seen: Seen, values: Mapping[str, Any], reason: str
) -> Receipt:
    """Put right what a letter that was handed over got wrong; the ralat letter is due then.

    ``values`` are the fields to change. RuleError when the letter is not handed over yet, when
    none of it is printed on the letter, and when nobody may sign today; InputError as in a
    correction before hand-over.
    """
    role = work.require(*ISSUERS)
    request = load_seen(work, seen)
    service = SERVICES[request.service]
    _require_handed_over(request, service)
    text = needed_text(reason, "Alasan ralat", "alasan")
    refuse_sealed(work, request)
    before = dict(request.data)
    after = corrected_data(work, service, _steps_until_letter(service), before, values)
    changed = changed_fields(before, after)
    number = len(errata_of(work, request)) + 1
    _require_printed(work, request, Erratum(number, work.now, work.user.name, before, after))
    signatory(work, service.letters[0].signing, work.today)  # refuses a letter nobody could sign
    take_data(work, request, after)
    link = work.link()
    keep_difference(link, before, after, text)
    assert request.line_id is not None
    columns = canonical(changed_columns(work, service, request))
    add_line_status(work, link, request.line_id, ERRATUM, text, columns)
    work.session.flush()
    work.close_event(
        link,
        op_id,
        ERRATUM,
        role,
        request_id=request.id,
        step=None,
        next_step=request.step,
        status=request.status,
        payload={"fields": list(changed), "erratum": number},
    )
    return standing(request, ERRATUM)


def erratum_sections(service: Service) -> tuple[Section, ...]:
    """Give the sections whose fields a ralat may correct: those filled in before the letter."""
    reached = _steps_until_letter(service)
    return tuple(section for section in service.sections if section.step in reached)


def why_no_erratum(request: RequestRecord, service: Service) -> str:
    """Say why a request can have no ralat; "" when it can."""
    if not writes_letter(service) or request.letter_number is None:
        return "Tidak ada surat bernomor yang diralat."
    if request.form not in ("", "surat"):
        return "Datanya ada pada surat desa; desa yang meralat."
    if request.status != Status.DONE:
        return "Belum diserahkan; pakai Perbaiki data."
    return ""


def _require_handed_over(request: RequestRecord, service: Service) -> None:
    if why := why_no_erratum(request, service):
        raise RuleError(f"{why} Tidak ada yang berubah; lihat keadaan berkasnya pada Riwayat.")


def _steps_until_letter(service: Service) -> set[str]:
    codes = [step.code for step in service.steps]
    return {*codes[: codes.index(service.letters[0].step) + 1], "terima"}


def _require_printed(work: UnitOfWork, request: RequestRecord, erratum: Erratum) -> None:
    if not printed_fields(work, request, erratum):
        raise RuleError(
            "Isian yang diubah tidak tercetak pada surat, jadi tidak ada yang diralat. Tidak ada "
            "yang berubah; betulkan isian yang salah pada suratnya."
        )
