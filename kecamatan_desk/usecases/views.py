"""One request as a whole: what the right side of the work place shows."""

from collections.abc import Iterable

from sqlalchemy import func, select

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.numbering import queue_display
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.persistence.tables import (
    DocumentRecord,
    PassRecord,
    ProposalRecord,
    RequestRecord,
    UserRecord,
)
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.agreements import AGREED, EMERGENCY, INSERTED, OPEN, VOID
from kecamatan_desk.usecases.answers import checklist
from kecamatan_desk.usecases.clocks import step_clock
from kecamatan_desk.usecases.copies import copies_made, is_first_print
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.four_eyes import (
    SIGNING_STEPS,
    free_to_sign,
    has_override,
    signing_role,
    verifiers,
)
from kecamatan_desk.usecases.history import file_history
from kecamatan_desk.usecases.moving import may_perform, place_of
from kecamatan_desk.usecases.papers import block_before, layout_of
from kecamatan_desk.usecases.people import Signatory, acting_kind, signatory_as
from kecamatan_desk.usecases.secrecy import (
    in_lanes,
    is_hidden,
    may_read,
    refuse_administrator,
    shown_person,
    visible_data,
)
from kecamatan_desk.usecases.signature import (
    SIGNATURE,
    is_same_office,
    named_signer,
    signatory_from,
)
from kecamatan_desk.usecases.values import (
    AllowedAct,
    DocumentRef,
    RequestView,
    StepClock,
    StepView,
)
from kecamatan_desk.usecases.versions import why_drawn
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import (
    Act,
    Status,
    acts_at,
    current_step,
    officers_for,
    way_back,
)
from kecamatan_desk.workflows.vocabulary import Service, Step

_STOPPED = StepClock("rest", 0.0, 0.0, 0)

#: What an official may have decided on paper, for the register officer to record (rule 8).
_ON_PAPER = frozenset({Act.ADVANCE, Act.FAIL, Act.CLOSE, Act.SEND_BACK, Act.REFUSE})


def request_view(work: UnitOfWork, request_id: int) -> RequestView:
    """Give a request with its clock, steps, checklist, history and what the user may do.

    A reporter who asked for secrecy is sealed (`is_hidden`); only the complaint's own lanes read
    what it is about.
    """
    request = work.session.get(RequestRecord, request_id)
    if request is None:
        raise RuleError("Permohonan tidak ditemukan. Cari lagi dengan F3.")
    service = SERVICES[request.service]
    refuse_administrator(work)
    step = current_step(service, place_of(request))
    hidden = is_hidden(work, request)
    acts = tuple(_acts(work, request, service, step))
    named = _named_signer(work, request, service)
    name, nik = shown_person(work, request)
    running = request.status == Status.RUNNING and step is not None
    clock = step_clock(work, request, step) if running and step else _STOPPED
    return RequestView(
        id=request.id,
        version=request.version,
        file_code=request.file_code,
        service=request.service,
        status=Status(request.status),
        step=request.step,
        applicant=name,
        nik=nik,
        village=request.village,
        created_at=request.created_at,
        taken_in_at=request.taken_in_at,
        promised_at=request.promised_at,
        visits=request.visits,
        queue=queue_display(service.family, request.queue_number),
        agenda_number=request.agenda_number,
        agenda_suffix=request.agenda_suffix,
        letter_number=request.letter_number or "",
        minutes_number=request.minutes_number,
        data=visible_data(work, request),
        clock=clock,
        steps=_steps(work, request, service, step, clock if running else None),
        checklist=checklist(work, request, service),
        history=tuple(file_history(work, request, service)),
        documents=documents_of(work, request.id),
        acts=acts,
        may_correct=not hidden and _may_correct(work, request, step),
        may_pause=_may_pause(work, request, step),
        bundle_id=request.bundle_id,
        bundle_size=_bundle_size(work, request),
        returned_note=request.note,
        deadline=request.deadline if request.status == Status.FAILED else None,
        outcome=request.outcome,
        receiver=request.receiver,
        named_signer=f"{named.name} ({named.brief})" if named else "",
        signs_over=_signs_over(work, acts, named) if named else "",
        asked=tuple(_asked(work, request)),
        emergency=_emergency(work, request, step),
        sealed=hidden and in_lanes(work, request),
    )


def _named_signer(work: UnitOfWork, request: RequestRecord, service: Service) -> Signatory | None:
    """Give whom the letter that waits for its signature names: chosen, or printed on its paper."""
    letter = next((one for one in service.letters if one.is_numbered), None)
    if request.step != SIGNATURE or letter is None:
        return None
    named = named_signer(work, request, letter)
    if named is not None and named.exact:
        return named.signer
    printed = block_before(work, request, letter)
    return signatory_from(printed) if printed else None


def _signs_over(work: UnitOfWork, acts: Iterable[AllowedAct], named: Signatory) -> str:
    """Give the office in which the user would sign, where the paper names another block."""
    role = next((a.role for a in acts if a.act is Act.ADVANCE and not a.recorded), None)
    if role is None:
        return ""
    acting = acting_kind(work, work.user.id, role, work.today)
    own = signatory_as(work, work.user.id, role, acting)
    return "" if is_same_office(own, named) else own.brief


def documents_of(work: UnitOfWork, request_id: int) -> tuple[DocumentRef, ...]:
    """Give the frozen papers the user may read, the newest version of each kind last."""
    request = work.session.get_one(RequestRecord, request_id)
    found = work.session.scalars(
        select(DocumentRecord)
        .where(DocumentRecord.request_id == request_id)
        .order_by(DocumentRecord.kind, DocumentRecord.version)
    ).all()
    return tuple(
        DocumentRef(
            d.id,
            d.kind,
            d.title,
            d.version,
            d.sha256,
            d.pages,
            moment(d.created_at),
            reason=why_drawn(work, earlier, d),
            copies=copies_made(work, d.id),
            form=layout_of(d).form,
            first_print=is_first_print(work, request, d),
        )
        for earlier, d in zip((None, *found), found, strict=False)
        if may_read(work, request, d)
    )


def _steps(
    work: UnitOfWork,
    request: RequestRecord,
    service: Service,
    now: Step | None,
    clock: StepClock | None,
) -> tuple[StepView, ...]:
    """Give the steps with their minutes; the current one's earlier passes and clock add up."""
    passes: dict[str, list[PassRecord]] = {}
    for record in work.session.scalars(
        select(PassRecord).where(PassRecord.request_id == request.id).order_by(PassRecord.id)
    ):
        passes.setdefault(record.step, []).append(record)
    views = []
    place = service.steps.index(now) if now else len(service.steps)
    for index, step in enumerate(service.steps):
        own = passes.get(step.code, [])
        finished = [p for p in own if p.act == Act.ADVANCE]
        state = _state(request, index, place, bool(finished))
        minutes = sum(p.minutes for p in own) if own else None
        if step.officer is not step.actor and step.with_previous and state == "done":
            minutes = 0.0
        if step is now and clock is not None:
            minutes = (minutes or 0.0) + clock.minutes
        last = finished[-1] if finished else None
        views.append(
            StepView(
                step.code,
                step.word or step.code,
                step.actor,
                step.minutes,
                step.decision,
                state,
                0.0 if index == 0 else minutes,
                last.user_name if last else "",
                last.left_at if last else None,
            )
        )
    return tuple(views)


def _state(request: RequestRecord, index: int, place: int, finished: bool) -> str:
    if index == 0 or request.status == Status.DONE or (index < place and finished):
        return "done"
    if index == place and request.status in (Status.RUNNING, Status.DRAFT, Status.FAILED):
        paused = request.pause_kind or request.status == Status.FAILED
        return "paused" if paused else "now"
    return "next"


def _asked(work: UnitOfWork, request: RequestRecord) -> Iterable[str]:
    """Tell what is asked for a request and waits, or was agreed to and not made use of yet."""
    found = work.session.scalars(
        select(ProposalRecord)
        .where(ProposalRecord.request_id == request.id, ProposalRecord.state.in_(OPEN))
        .order_by(ProposalRecord.id)
    )
    for record in found:
        words = {
            VOID: "Pembatalan nomor",
            INSERTED: "Nomor sisipan",
            EMERGENCY: "Tanda tangan darurat",
        }.get(record.kind, "Usul")
        state = "sudah disetujui" if record.state == AGREED else "menunggu persetujuan pejabat"
        yield f"{words} {state}: {record.reason}"


def _emergency(
    work: UnitOfWork, request: RequestRecord, step: Step | None
) -> tuple[tuple[int, str], ...]:
    """Give the verifiers who may ask to sign this file today: the user, or any for register."""
    if step is None or step.code not in SIGNING_STEPS or request.step is None:
        return ()
    barred = verifiers(work, request)
    if Role.REGISTER not in work.roles:
        barred &= {work.user.id}
    able = [one for one in sorted(barred) if signing_role(work, step, one) is not None]
    able = [one for one in able if not has_override(work, request, one)]
    if not able or free_to_sign(work, request, step):
        return ()
    return tuple((one, work.session.get_one(UserRecord, one).name) for one in able)


def allowed_acts(work: UnitOfWork, request: RequestRecord) -> tuple[AllowedAct, ...]:
    """Give what the user may do with a request now, also in an absent official's place."""
    service = SERVICES[request.service]
    return tuple(_acts(work, request, service, current_step(service, place_of(request))))


def _acts(
    work: UnitOfWork, request: RequestRecord, service: Service, step: Step | None
) -> Iterable[AllowedAct]:
    if step is None:
        return
    for act in acts_at(service, place_of(request)):
        if act is Act.EXPIRE:
            continue
        targets: tuple[tuple[str, str], ...] = ()
        if act is Act.SEND_BACK:
            targets = tuple((t.code, _target_label(t)) for t in way_back(service, step))
        allowed = may_perform(service, request, step, act)
        if mine := _roles(work, allowed):
            if not (act is Act.ADVANCE and _barred(work, request, step)):
                yield AllowedAct(act, mine[0], False, targets)
        elif act in _ON_PAPER and step.officer in OFFICIALS and Role.REGISTER in work.roles:
            yield AllowedAct(act, step.officer, True, targets)


def _barred(work: UnitOfWork, request: RequestRecord, step: Step) -> bool:
    if step.code not in SIGNING_STEPS or work.user.id not in verifiers(work, request):
        return False
    return not has_override(work, request, work.user.id)


def _target_label(step: Step) -> str:
    return f"{step.officer.label}: {step.word or step.code}"


def _roles(work: UnitOfWork, allowed: Iterable[Role]) -> list[Role]:
    return [role for role in allowed if role in work.roles]


def _may_correct(work: UnitOfWork, request: RequestRecord, step: Step | None) -> bool:
    if step is None or request.status != Status.RUNNING:
        return False
    return bool(_roles(work, (*officers_for(step), Role.PELAYANAN)))


def _may_pause(work: UnitOfWork, request: RequestRecord, step: Step | None) -> bool:
    if step is None or request.status != Status.RUNNING:
        return False
    return bool(_roles(work, (*officers_for(step), Role.REGISTER)))


def _bundle_size(work: UnitOfWork, request: RequestRecord) -> int:
    if request.bundle_id is None:
        return 1
    return int(
        work.session.scalar(
            select(func.count())
            .select_from(RequestRecord)
            .where(RequestRecord.bundle_id == request.bundle_id)
        )
        or 1
    )
