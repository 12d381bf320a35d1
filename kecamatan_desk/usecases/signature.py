"""Whose block a letter bears: who is expected, who was chosen instead, who has really signed.

The letter is drawn at register for the official who would sign that day. When another is chosen
(*Ganti penandatangan*) or another signs (a superior in line, a Plh. of a later day, another Kasi),
the letter is drawn anew with his block, and a row beside the book line names him; number and date
stay. What a block said is kept with the paper, so that a later version says it again (rule 1).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, or_, select

from kecamatan_desk.persistence.chain import Link, canonical
from kecamatan_desk.persistence.tables import (
    EventRecord,
    LineRecord,
    LineStatusRecord,
    RequestRecord,
    table_of,
)
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.booking import add_line_status
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.people import (
    Signatory,
    signatory,
    signatory_as,
    signatory_label,
    taking_note,
)
from kecamatan_desk.workflows.engine import Act
from kecamatan_desk.workflows.vocabulary import Letter, Signing

#: The step at which a letter that was drawn at register is signed.
SIGNATURE = "tanda-tangan"
#: The act of choosing another signatory, and the kind of the status row that names one.
REPLACED, SIGNED = "ganti-penandatangan", "ditandatangani"
_DAY = "tanggal"  # the letter's date, kept with its block

_EVENT = table_of(EventRecord)
_CHOSEN = (
    select(_EVENT.c.payload)
    .where(_EVENT.c.request_id == bindparam("request_id"), _EVENT.c.act == REPLACED)
    .order_by(_EVENT.c.seq.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Named:
    """Who counts as signing a letter that its first block may not name.

    ``exact``: the block was chosen as it stands; else it is that of the person in his office.
    """

    signer: Signatory
    exact: bool


def named_signer(work: UnitOfWork, request: RequestRecord, letter: Letter) -> Named | None:
    """Give who has signed a letter or was chosen to, whichever came last; None: neither."""
    if not letter.is_signed:
        return None
    step = SIGNATURE if letter.is_numbered else letter.step
    signed = (EventRecord.act == Act.ADVANCE.value) & (EventRecord.step == step)
    event = work.session.scalars(
        select(EventRecord)
        .where(
            EventRecord.request_id == request.id,
            or_(signed, EventRecord.act == REPLACED),
        )
        .order_by(EventRecord.seq.desc())
        .limit(1)
    ).first()
    if event is None:
        return None
    told = json.loads(event.payload)
    if event.act == REPLACED:
        return Named(signatory_from(told["signer"]), exact=True)
    decided = told.get("decided", {"user_id": event.user_id, "role": event.role})
    at = datetime.fromisoformat(decided["at"]) if "at" in decided else moment(event.at)
    day, acting = work.calendar.local_date(at), told.get("acting", "")
    signer = signatory_as(work, decided["user_id"], decided["role"], acting, day)
    if letter.signing is Signing.PARTIES:  # a Berita Acara: who decided it takes note of it
        signer = taking_note(signer)
    return Named(signer, exact=False)


def signer_for(
    work: UnitOfWork,
    request: RequestRecord,
    letter: Letter,
    day: date,
    drawn: Mapping[str, Any] | None,
) -> Signatory:
    """Give the block a letter of this date is to bear now.

    ``drawn`` is the block kept with the version before. While nobody else was chosen or has
    signed it stays: the same official in the same office prints as he was then, whatever became
    of his name, rank, title or account since. RuleError when no version names anybody and nobody
    may sign on that day.
    """
    kept = signatory_from(drawn) if drawn and drawn.get(_DAY) == day.isoformat() else None
    named = named_signer(work, request, letter)
    if named is None:
        return kept or signatory(work, letter.signing, day)
    same = kept is not None and not named.exact and is_same_office(kept, named.signer)
    return kept if kept is not None and same else named.signer


def is_named(
    work: UnitOfWork, request: RequestRecord, letter: Letter, drawn: Mapping[str, Any] | None
) -> bool:
    """Tell whether the block kept with a drawn letter is that of who signed or was chosen."""
    named = named_signer(work, request, letter)
    if named is None:
        return True
    kept = signatory_from(drawn) if drawn else None
    if kept is None:
        return False
    return kept == named.signer if named.exact else is_same_office(kept, named.signer)


def chosen_role(work: UnitOfWork, request: RequestRecord) -> str | None:
    """Give the role in which another was chosen to sign; None: the step's own officer signs."""
    payload = work.session.execute(_CHOSEN, {"request_id": request.id}).scalar()
    role = json.loads(payload).get("role") if payload else None
    return None if role is None else str(role)


def kept_block(signer: Signatory, day: date) -> dict[str, Any]:
    """Give a block as it is kept with the paper that prints it; *day* is the letter's date."""
    return {**asdict(signer), _DAY: day.isoformat()}


def told_block(signer: Signatory) -> dict[str, Any]:
    """Give a block as the event of its choice tells it."""
    return asdict(signer)


def note_signer(work: UnitOfWork, link: Link, request: RequestRecord, signer: Signatory) -> None:
    """Write beside the request's book line who signs, when the book names another."""
    named, label = named_in_the_book(work, request), signatory_label(signer)
    if request.line_id is not None and named and named != label:
        facts = canonical({"signatory": label})
        add_line_status(work, link, request.line_id, SIGNED, "", facts)


def named_in_the_book(work: UnitOfWork, request: RequestRecord) -> str:
    """Give whom the book names as signing: the newest row beside the line, or the line itself."""
    if request.line_id is None:
        return ""
    facts = work.session.scalars(
        select(LineStatusRecord.facts)
        .where(LineStatusRecord.line_id == request.line_id, LineStatusRecord.kind == SIGNED)
        .order_by(LineStatusRecord.id.desc())
        .limit(1)
    ).first()
    if facts:
        return str(json.loads(facts)["signatory"])
    return work.session.get_one(LineRecord, request.line_id).signatory


def is_same_office(one: Signatory, other: Signatory) -> bool:
    """Tell whether two blocks name one person in one office."""
    return (one.user_id, one.brief) == (other.user_id, other.brief)


def signatory_from(stored: Mapping[str, Any]) -> Signatory:
    """Give the block that was kept with a paper or told by an event."""
    values = {name: value for name, value in stored.items() if name != _DAY}
    titles = tuple((prefix, title) for prefix, title in values.pop("titles"))
    return Signatory(titles=titles, **values)
