"""What happened to a file, from its first draft on, in the office's words.

Read from the chain alone: names stand as they were then. What was put right is told field by field
with the numbers of persons masked; of a reporter who is kept secret only that it was.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select

from kecamatan_desk.domain.indonesian import parse_date, rupiah, short_date
from kecamatan_desk.domain.people import masked_nik
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.domain.tenure import STAND_IN, in_office
from kecamatan_desk.persistence.tables import (
    ContentRecord,
    EventRecord,
    RequestRecord,
    UserRecord,
)
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.agreements import PHONE
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.event_words import marks_of, moves, told, word_of
from kecamatan_desk.usecases.history_values import Change, HistoryLine
from kecamatan_desk.usecases.processing.correcting import DIFFERENCE
from kecamatan_desk.usecases.secrecy import is_hidden
from kecamatan_desk.usecases.step_words import sent_back, step_done, steps_in_short
from kecamatan_desk.workflows.engine import Act
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Service

#: What a text beside an event is called; all others are reasons.
_LABELS = {"penerima": "Penerima", "catatan": "Catatan", "catatan-usul": "Catatan"}
_REASON = "Alasan"
_KEPT_SECRET = "(dirahasiakan)"


def file_history(
    work: UnitOfWork, request: RequestRecord, service: Service
) -> Iterator[HistoryLine]:
    """Give every event of a request, the oldest first."""
    events = work.session.scalars(
        select(EventRecord).where(EventRecord.request_id == request.id).order_by(EventRecord.seq)
    ).all()
    texts, differences = _beside(work, [event.seq for event in events])
    hidden = is_hidden(work, request)
    fields = {field.code: field for field in service.fields}
    names = Names(work)
    for event in events:
        payload: dict[str, Any] = json.loads(event.payload)
        beside = texts.get(event.seq, ())
        yield HistoryLine(
            at=moment(event.at),
            what=what_of(work, event, payload, service, names),
            who=event.user_name,
            role=role_of(work, event.role, payload, names),
            note="; ".join(body for _kind, body in beside),
            note_label=_LABELS.get(beside[0][0], _REASON) if beside else "",
            moves=moves(event.act),
            glyph=word_of(event.act).glyph,
            marks=marks_of(event.act, payload),
            changes=tuple(_changes(differences.get(event.seq, {}), fields, hidden=hidden)),
        )


def _beside(
    work: UnitOfWork, seqs: list[int]
) -> tuple[dict[int, list[tuple[str, str]]], dict[int, dict[str, list[Any]]]]:
    """Give what was written beside events: kind and text; fields as they were and are."""
    texts: dict[int, list[tuple[str, str]]] = {}
    differences: dict[int, dict[str, list[Any]]] = {}
    for content in work.session.scalars(
        select(ContentRecord).where(ContentRecord.event_seq.in_(seqs)).order_by(ContentRecord.id)
    ):
        if content.kind == DIFFERENCE:
            differences[content.event_seq] = json.loads(content.body)
        else:
            texts.setdefault(content.event_seq, []).append((content.kind, content.body))
    return texts, differences


class Names:
    """Who somebody is that an event knows by his id; each asked for once."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._known: dict[int, str] = {}

    def __call__(self, user_id: int) -> str:
        if user_id not in self._known:
            self._known[user_id] = self._work.session.get_one(UserRecord, user_id).name
        return self._known[user_id]


class Happened(Protocol):
    """What is read of an event, whether it comes as a record or as a row."""

    act: Any
    user_id: Any
    role: Any
    step: Any
    next_step: Any


def what_of(
    work: UnitOfWork,
    event: Happened,
    payload: Mapping[str, Any],
    service: Service | None,
    names: Names,
) -> str:
    """Give what was done: a deed of the SOP by its step, another by its own words."""
    head, about = "", [_whom(event, payload, names)]
    if late := payload.get("late"):
        head = "Entri susulan dari lembar cadangan"
        about = _late_words(work, late, service)
    elif service is not None and event.act == Act.ADVANCE and event.step:
        head = step_done(service, event.step, event.role, payload)
    elif service is not None and event.act == Act.SEND_BACK:
        head = sent_back(service, event.next_step)
    family = service.family.value if service else ""
    return told(event.act, payload, work.zone, head, about, family)


def _late_words(work: UnitOfWork, late: Mapping[str, Any], service: Service | None) -> list[str]:
    """Tell a line of a printed sheet that was entered later: when it was written, what it did."""
    written = datetime.fromisoformat(late["written_at"]).astimezone(work.zone)
    steps = steps_in_short(service, late["steps"])
    return [f"ditulis tangan {written:%d-%m-%Y %H.%M}", f"langkah {steps}"]


def _whom(event: Happened, payload: Mapping[str, Any], names: Names) -> str:
    """Name the colleague whose account, office or work an event is about; "" for one's own."""
    user = payload.get("user")
    if not isinstance(user, int) or isinstance(user, bool):
        return ""
    whose = payload.get("for")
    if isinstance(whose, int):  # titip tugas
        task = Role(payload["role"]).label if payload.get("role") else "tugas"
        return f"{names(user)} menggantikan {names(whose)}, {task}"
    if isinstance(whose, str) and whose:
        office = in_office(str(payload.get("kind") or ""), Role(whose).short)
        return f"{names(user)}, {office}"
    return "" if user == event.user_id else names(user)


def role_of(work: UnitOfWork, role: str, payload: Mapping[str, Any], names: Names) -> str:
    """Say in which office it was done, for whom, and who decided where another wrote it down."""
    acting = payload.get("acting", "")
    acting = acting if isinstance(acting, str) else ""  # an appointment's event holds its id there
    words = Role(role).label
    if decided := payload.get("decided"):
        office = in_office(acting, Role(decided["role"]).label)
        how = "lewat telepon" if decided.get("means") == PHONE else "di atas kertas"
        words += f"; diputuskan {decided['name']} ({office}) {how}"
        if decided.get("at"):
            at = datetime.fromisoformat(decided["at"]).astimezone(work.zone)
            words += f" {at:%d-%m-%Y %H.%M}"
    else:
        words = in_office(acting, words)
        if acting == STAND_IN:
            words += f" menggantikan {names(payload['for'])}"
    return words + _two_persons(payload, names)


def _two_persons(payload: Mapping[str, Any], names: Names) -> str:
    """Name who asked for a deed and who agreed to it, where it took two persons."""
    used = payload.get("override", payload)
    if "agreed_by" not in used:
        return ""
    kind = "tanda tangan darurat, " if "override" in payload else ""
    office = Role(used["agreed_as"]).short
    return (
        f"; {kind}diusulkan {names(used['proposed_by'])}, "
        f"disetujui {names(used['agreed_by'])} ({office})"
    )


def _changes(
    difference: Mapping[str, list[Any]], fields: Mapping[str, Field], *, hidden: bool
) -> Iterable[Change]:
    order = {code: place for place, code in enumerate(fields)}
    for code in sorted(difference, key=lambda code: (order.get(code, len(order)), code)):
        before, after = difference[code]
        field = fields.get(code)
        label = field.label if field else code
        if hidden:
            yield Change(label, _KEPT_SECRET, _KEPT_SECRET)
        else:
            yield Change(label, _read(field, before), _read(field, after))


def _read(field: Field | None, value: Any) -> str:
    """Give a stored value as people read it; who a number belongs to is told by its ends alone."""
    if value in (None, ""):
        return ""
    kind = field.kind if field else FieldKind.TEXT
    if isinstance(value, list):
        if kind is FieldKind.ROWS:
            return f"{len(value)} baris"
        return ", ".join(map(str, value))
    text = str(value)
    match kind:
        case FieldKind.NIK | FieldKind.KK:
            return masked_nik(text)
        case FieldKind.DATE:
            try:
                return short_date(parse_date(text))
            except ValueError:
                return text
        case FieldKind.MONEY if text.isdecimal():
            return rupiah(int(text))
        case FieldKind.YES_NO:
            return {"ya": "Ya", "tidak": "Tidak"}.get(text, text)
        case FieldKind.TIME:
            return text.replace(":", ".")
    return " ".join(text.split())
