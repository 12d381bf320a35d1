"""The one place where a request moves: every act of every officer passes through ``move``.

It loads and checks what the screen saw, lets the engine decide, spends numbers, writes the book
line and the event, closes the clock of the step and opens the next one: one transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from kecamatan_desk.domain.errors import NotAllowedError, RuleError, StaleError
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.persistence.chain import Link
from kecamatan_desk.persistence.numbers import MINUTES, QUEUE, refuse_held, take_number
from kecamatan_desk.persistence.tables import (
    ContentRecord,
    PassRecord,
    PauseRecord,
    RequestRecord,
    UserRecord,
    table_of,
)
from kecamatan_desk.usecases.booking import minutes_letter_number, write_line, write_line_status
from kecamatan_desk.usecases.clock_guard import require_sure_clock
from kecamatan_desk.usecases.clocks import minutes_spent
from kecamatan_desk.usecases.desk import ROUND, UnitOfWork, why_not
from kecamatan_desk.usecases.four_eyes import SIGNING_STEPS, use_override, verifiers
from kecamatan_desk.usecases.number_values import WrittenNumber
from kecamatan_desk.usecases.people import acting_kind, signatory_as
from kecamatan_desk.usecases.proposals import drop_moot
from kecamatan_desk.usecases.room import require_room
from kecamatan_desk.usecases.scratch import forget_scratch_of
from kecamatan_desk.usecases.signature import SIGNATURE, chosen_role, note_signer
from kecamatan_desk.usecases.values import NOTHING, Receipt, RecordedDecision, Seen
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import (
    Act,
    Place,
    Status,
    Transition,
    current_step,
    decide,
    performers,
)
from kecamatan_desk.workflows.vocabulary import Service, Step, Takes

_NEW_PASS = insert(table_of(PassRecord))

#: Steps whose files lie in a signing folder, and those that end at the counter.
FOLDER_STEPS = frozenset({SIGNATURE, "ajukan-ttd"})
COUNTER_STEPS = frozenset({"serahkan", "rekam", "sampaikan"})


@dataclass(frozen=True, slots=True)
class Agreed:
    """A deed that one person asked for and a second one has agreed to: it is the first one's."""

    user_id: int
    name: str
    role: Role
    own: Role  # role of the user who writes it down: the second person, or who records him
    told: Mapping[str, Any]  # both of them, for the event


@dataclass(frozen=True, slots=True)
class Deed:
    """An act with all that belongs to it. ``texts``: kind -> free text kept beside the event."""

    act: Act
    target: str | None = None
    recorded: RecordedDecision | None = None
    texts: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    payload: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    remark: str = ""  # what the book's status row says
    note: str = ""  # stays with the request until it moves on
    receiver: str = ""
    outcome: str = ""
    agreed: Agreed | None = None  # a booked file is cancelled only so
    written: WrittenNumber | None = None  # inserted behind another number: none is spent


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decided, in which role; on paper it may be another person than the user."""

    user_id: int
    name: str
    role: Role
    acting: str = ""  # Plt, Plh or Pj when he held the role for another


def load_seen(work: UnitOfWork, seen: Seen) -> RequestRecord:
    """Give the request if it still is what the user's screen showed; StaleError otherwise."""
    request = work.session.get(RequestRecord, seen.id)
    if request is None or request.version != seen.version:
        raise StaleError(
            "Permohonan ini sudah diproses orang lain sejak layar ini dibuka. Tidak ada yang "
            "hilang; daftar sudah diperbarui, periksa lagi keadaannya."
        )
    return request


def place_of(request: RequestRecord) -> Place:
    """Give where a stored request stands, as the engine sees it."""
    return Place(Status(request.status), request.step)


def list_kind(place: Place, step: Step | None) -> str | None:
    """Give the list in which an open request is shown; None when it has ended."""
    if step is None or (place.step is None and place.status is not Status.DRAFT):
        return None
    if place.status is Status.DRAFT:
        return "draf"
    if place.status is Status.FAILED:
        return "tms"
    if step.code in FOLDER_STEPS:
        return "tanda-tangan"
    return "siap" if step.code in COUNTER_STEPS else "masuk"


def move(work: UnitOfWork, op_id: str, request: RequestRecord, deed: Deed) -> Receipt:
    """Perform a deed on a loaded request and give the receipt.

    DeskError when role, SOP or rule 7 (who verified does not sign) forbid it; nothing has
    changed then. Source: SOP step order; rules 1, 3, 4, 6, 7, 8 of the office's reading.
    """
    with work.session.no_autoflush:  # what becomes of the request is written once, at the end
        return _moved(work, op_id, request, deed)


def _moved(work: UnitOfWork, op_id: str, request: RequestRecord, deed: Deed) -> Receipt:
    service = SERVICES[request.service]
    decider = _decider(work, service, request, deed)
    transition = decide(service, place_of(request), deed.act, decider.role, deed.target)
    step = transition.step
    assert step is not None
    if deed.act is Act.CANCEL and request.line_id is not None and deed.agreed is None:
        raise RuleError(
            "Berkas ini sudah bernomor, jadi pembatalannya perlu persetujuan pejabat. Tidak ada "
            "yang berubah; Petugas Register mengusulkan pembatalan nomornya."
        )
    override: Mapping[str, Any] = NOTHING
    if deed.act is Act.ADVANCE and step.code in SIGNING_STEPS | FOLDER_STEPS:
        work.require_presence(ROUND)  # a signature, also one recorded from paper: once a round
    if deed.act is Act.ADVANCE and step.code in SIGNING_STEPS:
        override = _bar_the_verifier(work, request, decider)
    link = work.link()
    code = deed.payload.get("classification", "")
    spent = _spend(work, link, service, request, transition, code, deed.written)
    if deed.act is Act.ADVANCE and step.code == SIGNATURE:
        signer = signatory_as(work, decider.user_id, decider.role, decider.acting)
        note_signer(work, link, request, signer)
    moot: Mapping[str, Any] = NOTHING
    if transition.place.step is None:  # it has ended, one way or another
        write_line_status(work, link, request, transition.place.status, deed.remark)
        moot = drop_moot(work, request.id)
        forget_scratch_of(work, request.id)
    for kind, body in deed.texts.items():
        link.add(ContentRecord, kind=kind, body=body)
    _close_clock(work, request, step, deed, decider)
    _settle(work, service, request, transition, deed, decider)
    work.session.flush()
    work.close_event(
        link,
        op_id,
        deed.act.value,
        _own_role(work, deed, decider),
        request_id=request.id,
        step=step.code,
        next_step=transition.place.step,
        status=transition.place.status.value,
        payload={**_payload(deed, decider, transition, spent), **override, **moot},
    )
    return receipt_of(service, request, deed.act.value, spent)


def may_perform(service: Service, request: RequestRecord, step: Step, act: Act) -> tuple[Role, ...]:
    """Give the roles that may perform an act: a booked file's cancelling is asked by register."""
    if act is Act.CANCEL and request.line_id is not None:
        return (Role.REGISTER,)
    return performers(service, step, act)


def _decider(work: UnitOfWork, service: Service, request: RequestRecord, deed: Deed) -> Decider:
    if deed.agreed is not None:
        return Decider(deed.agreed.user_id, deed.agreed.name, deed.agreed.role)
    step = current_step(service, place_of(request))
    allowed = may_perform(service, request, step, deed.act) if step else tuple(Role)
    if deed.recorded is None:
        role = next((r for r in allowed if r in work.roles), None)
        # decide() words the refusal: give it any role of the user that is not allowed
        role = role or next(iter(work.roles), Role.PEMOHON)
        if role not in allowed:
            work.refuse_lapsed(allowed)
        acting = acting_kind(work, work.user.id, role, work.today)
        return Decider(work.user.id, work.user.name, role, acting)
    return _recorded_decider(work, request, deed.recorded, allowed)


def _recorded_decider(
    work: UnitOfWork, request: RequestRecord, recorded: RecordedDecision, allowed: tuple[Role, ...]
) -> Decider:
    """Check a decision taken on paper (rule 8): recorder, official, his office, the time."""
    work.require(Role.REGISTER)
    official = work.session.get(UserRecord, recorded.official_id)
    day = work.calendar.local_date(recorded.decided_at)
    if recorded.role not in OFFICIALS or recorded.role not in allowed or official is None:
        raise NotAllowedError(
            "Langkah ini bukan langkah pejabat itu, jadi tidak dapat dicatat atas namanya. "
            "Tidak ada yang berubah; pilih pejabat yang berparaf pada ceklis."
        )
    if recorded.role not in work.roster.roles_of(official.id, day):
        why = why_not(work.roster, official.id, recorded.role, day)
        raise NotAllowedError(
            f"{official.name} tidak menjabat {recorded.role.label} pada tanggal paraf itu"
            f"{f' ({why})' if why else ''}. "
            "Tidak ada yang berubah; periksa ceklis atau data pejabat."
        )
    if recorded.decided_at > work.now or recorded.decided_at < (
        (request.taken_in_at or request.created_at) - timedelta(minutes=1)
    ):
        raise RuleError(
            "Waktu paraf harus sesudah berkas diterima dan tidak di masa depan. Tidak ada yang "
            "berubah; betulkan tanggal dan jamnya."
        )
    acting = acting_kind(work, official.id, recorded.role, day)
    return Decider(official.id, official.name, recorded.role, acting)


def _own_role(work: UnitOfWork, deed: Deed, decider: Decider) -> Role:
    if deed.agreed is not None:
        return deed.agreed.own
    return Role.REGISTER if deed.recorded else decider.role


def _bar_the_verifier(
    work: UnitOfWork, request: RequestRecord, decider: Decider
) -> Mapping[str, Any]:
    """Raise RuleError when who signs has verified the file, though another did after him.

    Unless an emergency was agreed to for today: then give what the event tells of it.
    """
    if decider.user_id not in verifiers(work, request):
        return NOTHING
    override = use_override(work, request, decider.user_id)
    if override is None:
        raise RuleError(
            "Yang memverifikasi berkas tidak boleh menandatanganinya. Tidak ada yang berubah; "
            "atasan dalam jalur dapat menandatangani, atau mintalah izin darurat bila semuanya "
            "tidak di tempat."
        )
    return {"override": override}


def _spend(
    work: UnitOfWork,
    link: Link,
    service: Service,
    request: RequestRecord,
    transition: Transition,
    classification: str,
    written: WrittenNumber | None,
) -> tuple[str, str, int] | None:
    """Spend what this act spends, each number once in a file's life (rule 4)."""
    session, spent = work.session, None
    _stop_before_numbers(work, request, transition)
    if transition.takes is Takes.QUEUE and request.queue_number is None:
        period = work.today.isoformat()
        request.queue_number = take_number(session, link, QUEUE, period, request.id)
        spent = (QUEUE, period, request.queue_number)
    if transition.books and request.line_id is None:
        booked = write_line(work, link, service, request, classification, written)
        spent = None if written else booked
    if transition.numbers_minutes and request.minutes_number is None:
        period = str(work.today.year)
        request.minutes_number = take_number(session, link, MINUTES, period, request.id)
        minutes_letter_number(work, service, request)
        spent = (MINUTES, period, request.minutes_number)
    return spent


def _stop_before_numbers(work: UnitOfWork, request: RequestRecord, transition: Transition) -> None:
    """Refuse while numbers are not proved or the clock is in doubt, or a line would fill the disk.

    File codes are given all the same: typing is never turned away.
    """
    queued = transition.takes is Takes.QUEUE and request.queue_number is None
    booked = transition.books and request.line_id is None
    if booked:
        require_room(work)
    if queued or booked or (transition.numbers_minutes and request.minutes_number is None):
        refuse_held(work.session)
        require_sure_clock(work)


def _close_clock(
    work: UnitOfWork, request: RequestRecord, step: Step, deed: Deed, decider: Decider
) -> None:
    # on paper the official acted earlier; writing it down is not his time (rule 6)
    acted = max(deed.recorded.decided_at, request.arrived_at) if deed.recorded else work.now
    minutes = gross = 0.0
    if request.status in (Status.RUNNING, Status.DRAFT):
        minutes, gross = minutes_spent(work, request, step.officer, acted)
    work.session.execute(
        _NEW_PASS,
        {
            "request_id": request.id,
            "step": step.code,
            "act": deed.act.value,
            "arrived_at": request.arrived_at,
            "left_at": acted,
            "minutes": round(minutes, 2),
            "gross_minutes": round(gross, 2),
            "user_name": decider.name,
            "role": decider.role.value,
        },
    )
    end_pause(work, request)


def end_pause(work: UnitOfWork, request: RequestRecord) -> None:
    """Close the open pause of a request, if there is one."""
    if request.pause_kind is None:
        return
    work.session.execute(
        update(PauseRecord)
        .where(PauseRecord.request_id == request.id, PauseRecord.closed_at.is_(None))
        .values(closed_at=work.now)
    )
    request.pause_kind = request.pause_since = None


def _settle(
    work: UnitOfWork,
    service: Service,
    request: RequestRecord,
    transition: Transition,
    deed: Deed,
    decider: Decider,
) -> None:
    """Write where the request stands now."""
    place = transition.place
    step = current_step(service, place)
    if request.status == Status.DRAFT and place.status is not Status.CANCELLED:
        request.taken_in_at = work.now
        request.promised_at = work.calendar.promised(work.now, service.total_minutes)
    if deed.act is Act.FAIL:
        request.visits += 1
        request.deadline = work.today + timedelta(days=work.office.tms_days)
    request.status, request.step = place.status.value, place.step
    request.kind = list_kind(place, step)
    request.waits_for = None
    if request.kind is not None and step is not None:
        request.waits_for = service.steps[1].officer if request.kind == "tms" else step.officer
        if step.code == SIGNATURE:
            request.waits_for = chosen_role(work, request) or step.officer
    request.arrived_at = work.now
    request.ended_at = work.now if request.kind is None else None
    request.note = deed.note
    request.receiver = deed.receiver or request.receiver
    request.outcome = deed.outcome or request.outcome
    request.version += 1


def _payload(
    deed: Deed, decider: Decider, transition: Transition, spent: tuple[str, str, int] | None
) -> dict[str, Any]:
    payload: dict[str, Any] = dict(deed.payload)
    if spent:
        payload["number"] = {"series": spent[0], "period": spent[1], "number": spent[2]}
    if len(transition.done) > 1:
        payload["with"] = [step.code for step in transition.done[1:]]
    if deed.agreed:
        payload.update(deed.agreed.told)
    if decider.acting:
        payload["acting"] = decider.acting
    if deed.recorded:
        payload["decided"] = {
            "user_id": decider.user_id,
            "name": decider.name,
            "role": decider.role.value,
            "at": deed.recorded.decided_at.isoformat(),
        }
    return payload


def _next_role(request: RequestRecord, step: Step | None) -> str | None:
    if step is not None and step.code == SIGNATURE:
        return request.waits_for  # another than the step's officer may have been chosen
    return step.officer.value if step else None


def receipt_of(
    service: Service,
    request: RequestRecord,
    act: str,
    spent: tuple[str, str, int] | None = None,
) -> Receipt:
    """Give the receipt of a deed: where the request stands now, and the number it has spent."""
    step = current_step(service, place_of(request))
    series, period, number = spent or (None, None, None)
    return Receipt(
        act=act,
        request_id=request.id,
        version=request.version,
        file_code=request.file_code,
        service=request.service,
        status=request.status,
        step=request.step,
        next_role=_next_role(request, step),
        queue_number=request.queue_number,
        agenda_number=request.agenda_number,
        letter_number=request.letter_number,
        minutes_number=request.minutes_number,
        series=series,
        period=period,
        number=number,
        bundle_id=request.bundle_id,
        agenda_suffix=request.agenda_suffix or "",
    )
