"""At the counter: drafts, known applicants, taking in, folders from a village."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.numbering import file_code
from kecamatan_desk.domain.text import printable
from kecamatan_desk.persistence.numbers import FILES, take_number
from kecamatan_desk.persistence.search import index_request
from kecamatan_desk.persistence.tables import (
    BundleRecord,
    RequestRecord,
)
from kecamatan_desk.usecases.answers import (
    failing,
    forget_answers,
    read_answers,
    require_papers,
    settle_answers,
    share_answers,
    write_answers,
)
from kecamatan_desk.usecases.applicants import known_applicant, remember
from kecamatan_desk.usecases.attachments import empty_scans_of
from kecamatan_desk.usecases.clock_guard import require_sure_clock
from kecamatan_desk.usecases.desk import UnitOfWork, command, earlier_answer
from kecamatan_desk.usecases.draft_values import Draft, DraftInput, DraftSaved, ServiceChoice
from kecamatan_desk.usecases.draft_writers import begin_writing, go_on_writing, last_writer
from kecamatan_desk.usecases.folders import open_folder
from kecamatan_desk.usecases.moving import Deed, load_seen, move
from kecamatan_desk.usecases.room import require_room
from kecamatan_desk.usecases.scratch import forget_scratch_of
from kecamatan_desk.usecases.secrecy import refuse_sealed
from kecamatan_desk.usecases.validation import cleaned_values
from kecamatan_desk.usecases.values import Receipt, Seen
from kecamatan_desk.usecases.warnings import check_values, stop_the_impossible
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act, Status
from kecamatan_desk.workflows.fields import APPLICANT_CODES
from kecamatan_desk.workflows.vocabulary import Service

__all__ = ["check_values", "known_applicant", "open_folder"]

MOST_UNREAD = 500  # characters kept of a value that cannot be read yet


def services(work: UnitOfWork) -> tuple[ServiceChoice, ...]:
    """List the services on offer that the user may take in, the most used of this month first."""
    start, _ = work.calendar.day_bounds(work.today.replace(day=1))
    used: dict[str, int] = dict(
        work.session.execute(
            select(RequestRecord.service, func.count())
            .where(RequestRecord.created_at >= start)
            .group_by(RequestRecord.service)
        ).all()
    )
    choices = [
        ServiceChoice(s.code, s.label, s.keywords, used.get(s.code, 0))
        for s in _own_services(work, active=True)
    ]
    return tuple(sorted(choices, key=lambda choice: -choice.used_this_month))


def closed_services(work: UnitOfWork) -> tuple[ServiceChoice, ...]:
    """List the services the user would take in, had the office not switched them off."""
    return tuple(
        ServiceChoice(s.code, s.label, s.keywords, 0) for s in _own_services(work, active=False)
    )


def _own_services(work: UnitOfWork, *, active: bool) -> list[Service]:
    return [
        s
        for s in SERVICES.values()
        if s.steps[1].officer in work.roles and work.service_choices[s.code].active is active
    ]


def save_draft(work: UnitOfWork, op_id: str, draft: DraftInput) -> DraftSaved:
    """Keep what is typed. The first save gives the file code (one event); later ones give none.

    Only what could never be kept is refused (too long, unprintable); holes are allowed. Later
    saves may be repeated without harm, so no receipt is kept of them. A first save that comes
    again goes on with the draft it began, with what was typed since. StaleError when another
    screen has saved the draft since this one (`DraftInput.session`) opened it.
    """
    if draft.id is None:
        begun = earlier_answer(work, op_id, _begin_draft)
        if begun is None:
            return _begin_draft(work, op_id, draft)
        request = work.session.get(RequestRecord, begun.id)
        if request is None or request.status != Status.DRAFT:
            return begun  # it has gone on meanwhile
        draft = replace(draft, id=begun.id)
    return _keep_draft(work, op_id, draft)


@command
def _begin_draft(work: UnitOfWork, op_id: str, draft: DraftInput) -> DraftSaved:
    return _keep_draft(work, op_id, draft)


def _keep_draft(work: UnitOfWork, op_id: str, draft: DraftInput) -> DraftSaved:
    service = _service(draft.service)
    work.require(service.steps[1].officer)
    values = cleaned_values(service, draft.values, "terima", complete=False)
    request = _new(work, op_id, service, draft) if draft.id is None else _own_draft(work, draft.id)
    if draft.id is not None:
        go_on_writing(work, request, draft.session, draft.version)
    if request.service != service.code:
        _change_service(work, request, service)
    _fill(work, request, service, values)
    request.unread = _unread(service, draft.unread)
    write_answers(work, request, service, draft.answers)
    work.session.flush()
    if draft.id is None:
        begin_writing(work, request, draft.session)
    return DraftSaved(request.id, request.version, request.file_code, work.now)


def _unread(service: Service, typed: Mapping[str, str]) -> dict[str, str]:
    """Keep half-typed values of the form as they stand, without what no text may hold."""
    known = {field.code for section in service.sections_at("terima") for field in section.fields}
    return {
        code: printable(text)[:MOST_UNREAD]
        for code, text in typed.items()
        if code.partition(".")[0] in known  # a cell of a table: field.row.column
    }


def draft(work: UnitOfWork, request_id: int) -> Draft:
    """Give a stored draft to go on with."""
    request = _own_draft(work, request_id)
    work.require(SERVICES[request.service].steps[1].officer)
    refuse_sealed(work, request)
    return Draft(
        request.id,
        request.version,
        request.file_code,
        request.service,
        dict(request.data),
        read_answers(work, request.id),
        request.bundle_id,
        dict(request.unread),
        last_writer(work, request),
        request.saved_at,
    )


@command
def discard_draft(work: UnitOfWork, op_id: str, seen: Seen) -> Receipt:
    """Drop a draft: the file code stays used, what was typed is erased."""
    request = load_seen(work, seen)
    if request.status != Status.DRAFT:
        raise RuleError("Ini bukan draf lagi. Tidak ada yang berubah; pakai Batalkan permohonan.")
    receipt = move(work, op_id, request, Deed(Act.CANCEL))
    _fill(work, request, SERVICES[request.service], {})
    forget_answers(work, request.id)
    forget_scratch_of(work, request.id)
    empty_scans_of(work, request.id)
    return receipt


@command
def take_in(work: UnitOfWork, op_id: str, seen: Seen, draft: DraftInput) -> Receipt:
    """Finish ``terima`` of families A, B, C: the receipt may be printed, the file goes on."""
    return _advance_draft(work, op_id, seen, draft, decides=False)


@command
def pass_at_counter(work: UnitOfWork, op_id: str, seen: Seen, draft: DraftInput) -> Receipt:
    """Take in and pass the first decision in one act (families D and E); books the line."""
    return _advance_draft(work, op_id, seen, draft, decides=True)


@command
def fail_at_counter(work: UnitOfWork, op_id: str, seen: Seen, draft: DraftInput) -> Receipt:
    """Return the file to the applicant at the counter (families D and E)."""
    request = load_seen(work, seen)
    service = _complete(work, request, draft, decides=True)
    lines = failing(work, request, service)
    note = "; ".join(f"{line.name}: {line.reason}" for line in lines)
    papers = {"papers": [line.code for line in lines]}
    deed = Deed(Act.FAIL, texts={"alasan": note}, payload=papers, note=note)
    receipt = move(work, op_id, request, deed)
    settle_answers(work, request)
    forget_scratch_of(work, request.id)
    return receipt


@command
def further_service(work: UnitOfWork, op_id: str, request_id: int, service_code: str) -> DraftSaved:
    """Begin another service for the same applicant: data and papers seen are shared."""
    first = work.session.get(RequestRecord, request_id)
    if first is None:
        raise RuleError(
            "Permohonan pertama tidak ditemukan. Tidak ada yang berubah; cari lagi dengan F3."
        )
    service = _service(service_code)
    work.require(service.steps[1].officer)
    if first.secret:
        raise RuleError(
            "Pelapor aduan ini dirahasiakan: layanan lain tidak boleh menunjuk kepadanya. Tidak "
            "ada yang berubah; buat permohonan baru dari awal."
        )
    if first.bundle_id is None:
        first.bundle_id = _bundle_for(work, first)
    known = {field.code for section in service.sections_at("terima") for field in section.fields}
    shared = {c: v for c, v in first.data.items() if c in known and c in _SHARED}
    request = _new(work, op_id, service, DraftInput(service.code, {}, (), None, first.bundle_id))
    _fill(work, request, service, shared)
    share_answers(work, first, SERVICES[first.service], request, service)
    work.session.flush()
    return DraftSaved(request.id, request.version, request.file_code, work.now)


_SHARED = frozenset(
    {*APPLICANT_CODES, "pengantar-desa", "diurus-oleh", "kuasa-nama", "kuasa-hubungan"}
)


def _service(code: str) -> Service:
    if code not in SERVICES:
        raise InputError("Layanan tidak dikenal. Pilih layanan dari daftar.")
    return SERVICES[code]


def _require_offered(work: UnitOfWork, service: Service) -> None:
    """Refuse a new request for a service that is switched off; those that run go on."""
    if not work.service_choices[service.code].active:
        raise RuleError(
            f"{service.label} sedang tidak dibuka di kantor ini. Tidak ada yang berubah; pilih "
            "layanan lain, atau mintalah Administrator membukanya pada menu Layanan."
        )


def _bundle_for(work: UnitOfWork, first: RequestRecord) -> int:
    record = BundleRecord(
        kind="pemohon",
        bearer=first.applicant,
        village=first.village,
        phone=str(first.data.get("hp", "")),
        created_at=work.now,
    )
    work.session.add(record)
    work.session.flush()
    return record.id


def _advance_draft(
    work: UnitOfWork, op_id: str, seen: Seen, draft: DraftInput, *, decides: bool
) -> Receipt:
    request = load_seen(work, seen)
    service = _complete(work, request, draft, decides=decides)
    if decides:
        require_papers(work, request, service)
    receipt = move(work, op_id, request, Deed(Act.ADVANCE))
    remember(work, request)
    forget_scratch_of(work, request.id)
    return receipt


def _complete(
    work: UnitOfWork, request: RequestRecord, draft: DraftInput, *, decides: bool
) -> Service:
    """Check and store the whole form: from here on the request can be worked on.

    ``decides``: whether the first decision falls here; RuleError when the SOP has it otherwise.
    """
    service = _service(draft.service)
    if request.status != Status.DRAFT or request.service != service.code:
        raise RuleError("Permohonan ini bukan draf lagi. Tidak ada yang berubah; buka dari daftar.")
    work.require(service.steps[1].officer)
    if service.steps[1].decision is not decides:
        where = "di loket" if service.steps[1].decision else "oleh pemeriksa, bukan di loket"
        raise RuleError(
            f"Kelengkapan berkas {service.label} diputuskan {where}. Tidak ada yang berubah; "
            "buka lagi berkasnya dan pakai tombol yang ditawarkan."
        )
    values = cleaned_values(service, draft.values, "terima", complete=True)
    stop_the_impossible(work, service, values)
    _fill(work, request, service, values)
    write_answers(work, request, service, draft.answers)
    return service


def _new(work: UnitOfWork, op_id: str, service: Service, draft: DraftInput) -> RequestRecord:
    """Give a draft its file code; ``ajukan`` is recorded here by the role of the next step."""
    _require_offered(work, service)
    require_room(work)
    require_sure_clock(work)
    link = work.link()
    newest = select(RequestRecord.id).order_by(RequestRecord.id.desc()).limit(1)
    request_id = (work.session.scalar(newest) or 0) + 1
    year = work.today.year
    number = take_number(work.session, link, FILES, str(year), request_id)
    officer = service.steps[1].officer
    request = RequestRecord(
        id=request_id,
        file_code=file_code(year, number),
        version=1,
        service=service.code,
        status=Status.DRAFT.value,
        waits_for=officer.value,
        kind="draf",
        created_at=work.now,
        saved_at=work.now,
        arrived_at=work.now,
        bundle_id=draft.bundle_id,
        nik="",
        applicant="",
        village="",
        data={},
    )
    work.session.add(request)
    work.close_event(
        link,
        op_id,
        "ajukan",
        officer,
        request_id=request_id,
        step=service.steps[0].code,
        next_step=service.steps[1].code,
        status=Status.DRAFT.value,
        payload={"number": {"series": FILES, "period": str(year), "number": number}},
    )
    return request


def _own_draft(work: UnitOfWork, request_id: int) -> RequestRecord:
    request = work.session.get(RequestRecord, request_id)
    if request is None or request.status != Status.DRAFT:
        raise RuleError("Draf ini sudah diterima atau dibuang. Buka permohonannya dari daftar.")
    return request


def _change_service(work: UnitOfWork, request: RequestRecord, service: Service) -> None:
    work.require(SERVICES[request.service].steps[1].officer)  # of the draft as it is
    _require_offered(work, service)
    forget_answers(work, request.id)  # the same code may be another paper there
    request.service = service.code
    request.waits_for = service.steps[1].officer.value


def _fill(
    work: UnitOfWork, request: RequestRecord, service: Service, values: Mapping[str, Any]
) -> None:
    request.data, request.unread = dict(values), {}
    request.applicant = str(values.get("nama", ""))
    request.nik = str(values.get("nik", ""))
    request.village = str(values.get("desa", ""))
    request.saved_at = work.now
    guard_secrecy(request)
    index_person(work, request)


def guard_secrecy(request: RequestRecord) -> None:
    """Hide a reporter who asks for it: no bundle ties him to requests that bear a name."""
    request.secret = request.data.get("rahasia") == "ya"
    if request.secret:
        request.bundle_id = None


def index_person(work: UnitOfWork, request: RequestRecord) -> None:
    """Make the request findable; a hidden reporter not by name or NIK."""
    who = () if request.secret else (request.applicant, request.nik)
    index_request(work.session, request.id, request.file_code, request.letter_number or "", *who)
