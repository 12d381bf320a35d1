"""Moves a request from step to step. Knows no clock, no database and no screen."""

from dataclasses import dataclass
from enum import StrEnum

from kecamatan_desk.domain.errors import NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role, either, superiors
from kecamatan_desk.workflows.vocabulary import Family, Service, Step, Takes


class Act(StrEnum):
    """What an officer can do with the request in hand. The values are stored in events."""

    ADVANCE = "lanjut"  # the step's own deed: take in, pass, number, sign, hand over
    FAIL = "tms"  # first decision: back to the applicant, papers named
    COME_BACK = "terima-kembali"  # the applicant has returned with the failed papers
    CLOSE = "tutup"  # first decision: cannot be served here
    EXPIRE = "kedaluwarsa"  # a TMS file nobody returned in time
    SEND_BACK = "kembalikan"  # later decision: to an earlier officer
    REFUSE = "tolak"  # later decision: final, with a reason
    CANCEL = "batal"  # withdrawn; a line already written is marked


class Status(StrEnum):
    """What a request is. Its place is the step; both are stored."""

    DRAFT = "draf"
    RUNNING = "berjalan"
    FAILED = "tms"  # with a step: waits for the applicant; without: closed
    DONE = "selesai"
    REFUSED = "ditolak"
    CANCELLED = "batal"
    EXPIRED = "kedaluwarsa"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request stands: status, and the code of the step it waits at."""

    status: Status
    step: str | None


@dataclass(frozen=True, slots=True)
class Transition:
    """What an act does to a request: a decision, not yet a fact."""

    step: Step | None  # the step the officer acted on
    done: tuple[Step, ...]  # steps this act finishes, in order
    place: Place
    takes: Takes | None = None  # number spent if the request has none of that kind yet
    books: bool = False  # the register line is written if the request has none yet
    numbers_minutes: bool = False  # the Berita Acara number is spent if it has none yet


def current_step(service: Service, place: Place) -> Step | None:
    """Give the row a request waits at; a draft waits to be taken in; None when it has ended."""
    if place.status is Status.DRAFT:
        return service.steps[1]
    return service.step(place.step) if place.step else None


def officers_for(step: Step) -> tuple[Role, ...]:
    """Give the roles that may act on a step: its officer, then the superiors in line (rule 1)."""
    return (step.officer, *superiors(step.officer))


def way_back(service: Service, step: Step) -> tuple[Step, ...]:
    """Give the steps a file may be sent back to from *step*, the default first (rule 3)."""
    first = service.steps.index(service.first_decision)
    if service.family is Family.E:
        targets = [service.step("klasifikasi")]
        return tuple(targets) if service.steps.index(step) > first + 1 else ()
    targets = list(service.steps[first : service.steps.index(step)])
    default = "terima" if service.family is Family.D else "register"
    return tuple(sorted(targets, key=lambda target: target.code != default))


def acts_at(service: Service, place: Place) -> tuple[Act, ...]:
    """Give the acts the SOP knows at a place, whoever performs them."""
    match place.status:
        case Status.DRAFT if service.steps[1].decision:  # D and E decide at the counter
            return (Act.ADVANCE, Act.FAIL, Act.CLOSE, Act.CANCEL)
        case Status.DRAFT:
            return (Act.ADVANCE, Act.CANCEL)
        case Status.FAILED if place.step:
            return (Act.COME_BACK, Act.CLOSE, Act.EXPIRE, Act.CANCEL)
        case Status.RUNNING if place.step:
            step = service.step(place.step)
            if step is service.first_decision:
                return (Act.ADVANCE, Act.FAIL, Act.CLOSE, Act.CANCEL)
            returns = (Act.SEND_BACK,) if step.decision or step.may_return or _judges(step) else ()
            refuses = (Act.REFUSE,) if step.decision or step.may_return or _judges(step) else ()
            return (Act.ADVANCE, *returns, *refuses, Act.CANCEL)
    return ()


def _judges(step: Step) -> bool:
    """Tell whether the SOP lets this officer weigh the file although no diamond is drawn."""
    return step.code in {"pertimbangan", "keputusan"}


def decide(
    service: Service, place: Place, act: Act, role: Role, target: str | None = None
) -> Transition:
    """Decide what *act* by an officer in *role* does to a request that stands at *place*.

    ``target`` is the step a SEND_BACK goes to (None: the SOP's default). Nothing is ignored
    silently: RuleError when the SOP knows no such act here, NotAllowedError when another role
    must perform it. Source: the SOPs; rules 1-4 of the office's reading of them.
    """
    step = current_step(service, place)
    if step is None or act not in acts_at(service, place):
        raise RuleError(_impossible(service, place))
    _require(performers(service, step, act), role, step)
    match act:
        case Act.FAIL:
            return Transition(step, (), Place(Status.FAILED, step.code))
        case Act.COME_BACK:
            return Transition(step, (), Place(Status.RUNNING, step.code))
        case Act.CLOSE:
            return Transition(step, (), Place(Status.FAILED, None))
        case Act.EXPIRE:
            return Transition(step, (), Place(Status.EXPIRED, None))
        case Act.REFUSE:
            return Transition(step, (), Place(Status.REFUSED, None))
        case Act.CANCEL:
            return Transition(step, (), Place(Status.CANCELLED, None))
        case Act.SEND_BACK:
            return Transition(step, (), Place(Status.RUNNING, _target(service, step, target).code))
    return _advance(service, step)


def _advance(service: Service, step: Step) -> Transition:
    done = [step]
    following = service.after(step)
    while following is not None and following.with_previous:
        done.append(following)
        following = service.after(following)
    place = Place(Status.RUNNING, following.code) if following else Place(Status.DONE, None)
    late_book = service.family in {Family.D, Family.E} and step is service.first_decision
    return Transition(
        step,
        tuple(done),
        place,
        takes=step.takes,
        books=step.takes is Takes.AGENDA or late_book,
        numbers_minutes=step.code == "keputusan",
    )


def performers(service: Service, step: Step, act: Act) -> tuple[Role, ...]:
    """Give the roles that may perform *act* on *step*, the proper one first."""
    intake = service.steps[1].officer
    match act:
        case Act.COME_BACK | Act.EXPIRE:
            return (Role.PELAYANAN, intake)
        case Act.CANCEL:
            return (Role.PELAYANAN, Role.REGISTER, intake)
    return officers_for(step)


def _require(allowed: tuple[Role, ...], role: Role, step: Step) -> None:
    if role not in allowed:
        raise NotAllowedError(
            f"Langkah “{step.activity}” hanya untuk {either(allowed)}. Tidak ada yang berubah; "
            "mintalah petugas itu mengerjakannya, atau masuk dengan peran yang sesuai."
        )


def _target(service: Service, step: Step, code: str | None) -> Step:
    targets = way_back(service, step)
    if code is None and targets:
        return targets[0]
    for candidate in targets:
        if candidate.code == code:
            return candidate
    raise RuleError(
        f"Dari langkah “{step.activity}” berkas tidak dapat dikembalikan ke sana. "
        "Tidak ada yang berubah; pilih langkah lain."
    )


def _impossible(service: Service, place: Place) -> str:
    if place.step is None:
        return (
            f"Permohonan {service.label} ini sudah {_ENDED.get(place.status, 'selesai')}. "
            "Tidak ada yang berubah; buka daftar lagi untuk melihat keadaan terakhir."
        )
    return (
        f"Tindakan itu tidak dikenal SOP pada langkah “{service.step(place.step).activity}”. "
        "Tidak ada yang berubah; buka berkas lagi dan pilih tindakan yang ditawarkan di sana."
    )


_ENDED = {
    Status.FAILED: "ditutup (TMS)",
    Status.REFUSED: "ditolak",
    Status.CANCELLED: "batal",
    Status.EXPIRED: "kedaluwarsa",
}
