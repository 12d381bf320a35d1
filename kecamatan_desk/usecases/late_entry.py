"""Entri susulan: a line written by hand on a printed sheet becomes a request in the book.

The draft passes every step up to and including the book in one transaction and one event, which
names the steps, who decided and who wrote; the engine decides each. From there the file goes on as
any other. Its minutes are unknown, so no average counts it. Source: back-entry (domain facts 8.2),
power-cut kit (peers (c) 8), rules 1, 7 and 8 of the SOP reading.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, select

from kecamatan_desk.domain.errors import InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.roles import OFFICIALS, Role, either
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.tables import PassRecord, RequestRecord, UserRecord, table_of
from kecamatan_desk.usecases.applicants import remember
from kecamatan_desk.usecases.blocks import LOST
from kecamatan_desk.usecases.booking import (
    add_line_status,
    checked_classification,
    write_line,
)
from kecamatan_desk.usecases.desk import ROUND, UnitOfWork, command
from kecamatan_desk.usecases.figures import LATE
from kecamatan_desk.usecases.intake import index_person
from kecamatan_desk.usecases.late_values import LateDraft, LateEntry, LatePeople, LatePerson
from kecamatan_desk.usecases.moving import list_kind, load_seen, place_of, receipt_of
from kecamatan_desk.usecases.number_values import ReservedNumber, WrittenNumber
from kecamatan_desk.usecases.people import acting_kind
from kecamatan_desk.usecases.reserving import reserved_number
from kecamatan_desk.usecases.scratch import forget_scratch_of
from kecamatan_desk.usecases.series import CODE, classification_of, mode_of, series_in, series_label
from kecamatan_desk.usecases.validation import cleaned_values
from kecamatan_desk.usecases.values import Receipt, Seen
from kecamatan_desk.usecases.warnings import stop_the_impossible
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act, Place, Status, current_step, decide, performers
from kecamatan_desk.workflows.vocabulary import Service, Step

MOST_QUEUE = 12

_PASS = insert(table_of(PassRecord))


# --- what the screen offers ----------------------------------------------------------------------


def late_drafts(work: UnitOfWork) -> tuple[LateDraft, ...]:
    """List the drafts that may take a number of a sheet, the newest first."""
    work.require(Role.REGISTER)
    found = work.session.scalars(
        select(RequestRecord)
        .where(RequestRecord.kind == "draf", RequestRecord.waits_for.is_not(None))
        .order_by(RequestRecord.id.desc())
        .limit(200)
    )
    return tuple(
        LateDraft(
            row.id,
            row.version,
            row.file_code,
            row.service,
            "Dirahasiakan" if row.secret else row.applicant,
        )
        for row in found
    )


def late_people(work: UnitOfWork, service_code: str, entry: LateEntry | None = None) -> LatePeople:
    """Give who may have decided and who may have written, on the sheet's day (None: today)."""
    work.require(Role.REGISTER)
    service = SERVICES[service_code]
    day = entry.day if entry else work.today
    step = service.first_decision
    deciders = tuple(_holding(work, performers(service, step, Act.ADVANCE), day))
    writers = tuple(_holding(work, _writers(service), day))
    return LatePeople(deciders, writers, step.activity, step.officer in OFFICIALS)


def _writers(service: Service) -> tuple[Role, ...]:
    """Who keeps the book: the register officer, and whoever books at the counter."""
    return tuple(dict.fromkeys((Role.REGISTER, service.steps[1].officer)))


def _holding(work: UnitOfWork, roles: Iterable[Role], day: object) -> Iterable[LatePerson]:
    seen = set()
    users = work.session.scalars(select(UserRecord).order_by(UserRecord.name)).all()
    for role in roles:
        for user in users:
            if user.id not in seen and role in work.roster.roles_of(user.id, day):  # type: ignore[arg-type]
                seen.add(user.id)
                yield LatePerson(user.id, user.name, role.label)


# --- the deed ------------------------------------------------------------------------------------


@command
def enter_late(work: UnitOfWork, op_id: str, seen: Seen, entry: LateEntry) -> Receipt:
    """Let a draft take a number of a sheet: all steps up to the book, in one event.

    InputError at a field of the entry or of the form; RuleError when the number is of another
    series, the day's book is closed, or the moment lies before the sheet or in the future;
    StaleError when the number has its line by now; NotAllowedError when who is named did not hold
    the office that day; PresenceError when the user's last proof is older than a round (it enters
    what another decided, under an earlier moment; source: reliability 3.9, back-dating).
    """
    work.require(Role.REGISTER)
    work.require_presence(ROUND)
    request = load_seen(work, seen)
    service = SERVICES[request.service]
    if request.status != Status.DRAFT:
        raise RuleError(
            "Permohonan ini bukan draf lagi. Tidak ada yang berubah; pilih draf dari daftar."
        )
    number = reserved_number(work, entry.block_id, entry.number)
    at = _moment(work, entry, number)
    code = own_classification(work, service, number, entry.classification)
    _complete(work, request, service)
    decider = _person(
        work,
        entry.decider_id,
        performers(service, service.first_decision, Act.ADVANCE),
        entry,
        "decider_id",
    )
    writer = _person(work, entry.writer_id, _writers(service), entry, "writer_id")
    with work.session.no_autoflush:
        return _entered(work, op_id, request, service, entry, number, at, code, decider, writer)


def _entered(
    work: UnitOfWork,
    op_id: str,
    request: RequestRecord,
    service: Service,
    entry: LateEntry,
    number: ReservedNumber,
    at: datetime,
    code: str,
    decider: tuple[UserRecord, Role],
    writer: tuple[UserRecord, Role],
) -> Receipt:
    settled, passed = _passed(service, request, decider[1])
    link = work.link()
    place = (number.series, number.period, number.number)
    written = WrittenNumber(*place, entry.day, _queue(entry), number.suffix)
    write_line(work, link, service, request, code, written)
    assert request.line_id is not None
    add_line_status(work, link, request.line_id, LATE, _remark(entry, number, writer[0].name))
    for step in passed:
        who, role = decider if step is service.first_decision else (writer[0], step.officer)
        _pass(work, request, step, Act.ADVANCE.value, at, who.name, role)
    _pass(work, request, passed[-1], LATE, at, work.user.name, Role.REGISTER)
    _settle(work, request, service, settled, at)
    work.session.flush()
    work.close_event(
        link,
        op_id,
        Act.ADVANCE.value,
        Role.REGISTER,
        request_id=request.id,
        step=service.first_decision.code,
        next_step=settled.step,
        status=settled.status.value,
        payload=_payload(work, service, entry, number, at, code, passed, decider, writer[0]),
    )
    remember(work, request)
    index_person(work, request)
    forget_scratch_of(work, request.id)
    return receipt_of(service, request, Act.ADVANCE.value, None if number.suffix else place)


def _passed(
    service: Service, request: RequestRecord, decider: Role
) -> tuple[Place, tuple[Step, ...]]:
    """Let the engine take the draft over its steps up to the one that writes the book line."""
    place, passed = place_of(request), []
    while True:
        step = current_step(service, place)
        assert step is not None
        role = decider if step is service.first_decision else step.officer
        transition = decide(service, place, Act.ADVANCE, role)
        passed += list(transition.done)
        place = transition.place
        if transition.books:
            return place, tuple(passed)


def _settle(
    work: UnitOfWork, request: RequestRecord, service: Service, place: Place, at: datetime
) -> None:
    step = current_step(service, place)
    request.taken_in_at = at
    request.status, request.step = place.status.value, place.step
    request.kind = list_kind(place, step)
    request.waits_for = step.officer.value if step is not None else None
    request.arrived_at = work.now
    request.unread = {}
    request.version += 1


def _pass(
    work: UnitOfWork,
    request: RequestRecord,
    step: Step,
    act: str,
    at: datetime,
    name: str,
    role: Role,
) -> None:
    work.session.execute(
        _PASS,
        {
            "request_id": request.id,
            "step": step.code,
            "act": act,
            "arrived_at": at,
            "left_at": at,
            "minutes": 0.0,
            "gross_minutes": 0.0,
            "user_name": name,
            "role": role.value,
        },
    )


def _payload(
    work: UnitOfWork,
    service: Service,
    entry: LateEntry,
    number: ReservedNumber,
    at: datetime,
    code: str,
    passed: tuple[Step, ...],
    decider: tuple[UserRecord, Role],
    writer: UserRecord,
) -> dict[str, object]:
    who, role = decider
    payload: dict[str, object] = {
        "late": {
            "block": number.block_id,
            "kind": number.kind,
            "written_at": at.isoformat(),
            "writer": writer.id,
            "steps": [step.code for step in passed],
        },
        "number": {
            "series": number.series,
            "period": number.period,
            "number": number.number,
            **({"suffix": number.suffix} if number.suffix else {}),
        },
        "with": [step.code for step in passed if step is not service.first_decision],
        "decided": {"user_id": who.id, "name": who.name, "role": role.value, "at": at.isoformat()},
    }
    if acting := acting_kind(work, who.id, role, entry.day):
        payload["acting"] = acting
    if code:
        payload["classification"] = code
    return payload


# --- what is checked -----------------------------------------------------------------------------


def _moment(work: UnitOfWork, entry: LateEntry, number: ReservedNumber) -> datetime:
    """Give when the line was written; RuleError when that cannot be. `write_line` asks the book."""
    at = datetime.combine(entry.day, entry.at, work.zone)
    if at > work.now:
        raise RuleError(
            "Waktu yang tertulis ada di masa depan. Tidak ada yang berubah; betulkan tanggal dan "
            "jamnya menurut lembar cadangan.",
            "at",
        )
    if str(entry.day.year) != number.period:
        raise RuleError(
            f"Nomor ini milik tahun {number.period}, jadi tanggalnya harus dalam tahun itu. Tidak "
            "ada yang berubah; betulkan tanggalnya.",
            "day",
        )
    if number.kind != LOST and entry.day < number.day:
        raise RuleError(
            f"Lembar cadangan ini baru disiapkan {long_date(number.day)}. Tidak ada yang berubah; "
            "betulkan tanggal atau nomornya.",
            "day",
        )
    return at


def own_classification(
    work: UnitOfWork, service: Service, number: ReservedNumber, typed: str
) -> str:
    """Give the code of a letter that takes a number set aside; "" is the service's own.

    RuleError when the number is of a series the letter does not belong to. Where numbers go by
    code, the series names the code.
    """
    code = checked_classification(typed)
    mode = mode_of(work, int(number.period))
    if not code and number.series.startswith(CODE) and service.writes_letter:
        own = number.series.removeprefix(CODE)
        code = "" if own == classification_of(work, service) else own
    expected = series_in(mode, service, code or classification_of(work, service))
    if expected != number.series:
        raise RuleError(
            f"Nomor {number.label} disisihkan untuk seri {series_label(number.series)}, sedangkan "
            f"{service.label} memakai seri {series_label(expected)}. Tidak ada yang berubah; pilih "
            "nomor dari seri itu.",
            "number",
        )
    return code


def _complete(work: UnitOfWork, request: RequestRecord, service: Service) -> None:
    """Raise when the draft's form is not whole: the line is made of it."""
    if request.unread:
        raise InputError(
            "Ada isian draf yang belum terbaca. Nomor belum dipakai; buka drafnya (menu Draf), "
            "betulkan, simpan, lalu ulangi."
        )
    try:
        values = cleaned_values(service, request.data, "terima", complete=True)
        stop_the_impossible(work, service, values)
    except (InputError, RuleError) as error:
        raise RuleError(
            f"Draf {request.file_code} belum lengkap: {error} Nomor belum dipakai dan baris ini "
            f"tetap ada; {service.steps[1].officer.label} melengkapinya (menu Draf), lalu ulangi "
            "di sini.",
            "draft",
        ) from error


def _person(
    work: UnitOfWork, user_id: int, roles: tuple[Role, ...], entry: LateEntry, field: str
) -> tuple[UserRecord, Role]:
    user = work.session.get(UserRecord, user_id)
    held = work.roster.roles_of(user_id, entry.day) if user is not None else ()
    role = next((role for role in roles if role in held), None)
    if user is None or role is None:
        raise NotAllowedError(
            f"Yang dipilih tidak menjabat {either(roles)} pada {long_date(entry.day)}. Tidak "
            "ada yang berubah; pilih nama menurut lembar cadangan.",
            field,
        )
    return user, role


def _queue(entry: LateEntry) -> str:
    return checked_text(entry.queue, "Nomor antrian darurat", MOST_QUEUE, "queue")


def _remark(entry: LateEntry, number: ReservedNumber, writer: str) -> str:
    source = "arsip kertas, " if number.kind == LOST else ""
    return f"{source}ditulis {entry.day:%d-%m-%Y} {entry.at:%H.%M} oleh {writer}"
