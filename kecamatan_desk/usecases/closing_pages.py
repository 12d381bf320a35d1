"""The pages of closings: put together from what the act has kept, drawn, stored, printed.

A closing without its page is a legal state, as a number without its letter is: whoever asks for
the page next completes it, and it says what it would have said then.
"""

import logging
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from kecamatan_desk.documents.closing_values import ClosingPage
from kecamatan_desk.documents.profiles import LETTER, Profile
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.persistence.tables import (
    BookActRecord,
    LineStatusRecord,
    ProposalRecord,
    table_of,
)
from kecamatan_desk.usecases.book_states import PAGE, PRINTED
from kecamatan_desk.usecases.closed_books import (
    CLOSED,
    CLOSED_DAY,
    READERS,
    put_book_act,
)
from kecamatan_desk.usecases.closing_facts import stored_facts
from kecamatan_desk.usecases.closing_texts import Reasons, composed
from kecamatan_desk.usecases.closing_values import ClosingFacts, facts_from
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, command
from kecamatan_desk.usecases.paper_parts import office_head
from kecamatan_desk.usecases.reasons import Reason, keep_reason

log = logging.getLogger(__name__)

_ACT, _STATUS, _PROPOSAL = map(table_of, (BookActRecord, LineStatusRecord, ProposalRecord))


@dataclass(frozen=True, slots=True)
class Completed:
    """What became of a closing after its own transaction. ``failed``: in the office's words."""

    act: int
    pdf: bytes
    failed: str = ""


def finish_closing(desk: Desk, act_id: int, profile: Profile = LETTER) -> Completed:
    """Draw and keep the page of a closing, then back everything up.

    The closing stands whatever fails here: it is told, and can be repeated.
    """
    pdf = closing_pdf(desk, act_id, profile)
    try:
        back_up(desk, act_id)
    except Exception as error:
        log.exception("after closing %s", act_id)
        return Completed(act_id, pdf, str(error))
    return Completed(act_id, pdf)


def back_up(desk: Desk, act_id: int) -> None:
    """Make the backup that belongs to a closing; that of a year is kept for ever."""
    from kecamatan_desk.usecases.backups import after_closing

    after_closing(desk, year="-" not in desk.ask(closing_facts, act_id).period)


def closing_pdf(desk: Desk, act_id: int, profile: Profile = LETTER) -> bytes:
    """Give the stored page of a closing, proved unchanged; a missing one is drawn and kept."""
    sha256 = desk.ask(page_of, act_id)
    if sha256:
        return desk.files.get(sha256)
    from kecamatan_desk.documents.closing_page import draw_closing

    content = draw_closing(desk.ask(closing_page, act_id), profile)
    kept = desk.call(keep_page, uuid4().hex, act_id, desk.files.put(content))
    return desk.files.get(kept)


def page_of(work: UnitOfWork, act_id: int) -> str:
    """Give the hash of a closing's stored page; "" when none is kept yet."""
    work.require(*READERS)
    wanted = select(_ACT.c.sha256).where(
        _ACT.c.kind == PAGE, func.json_extract(_ACT.c.facts, "$.closing") == act_id
    )
    return work.session.scalar(wanted.order_by(_ACT.c.id).limit(1)) or ""


@command
def keep_page(work: UnitOfWork, op_id: str, act_id: int, sha256: str) -> str:
    """Note which stored file is the page of a closing; the first one counts; give its hash."""
    if kept := page_of(work, act_id):
        return kept
    role = work.require(*READERS)
    act = _closing(work, act_id)
    told = {"closing": act_id, "sha256": sha256}
    put_book_act(work, op_id, role, PAGE, act.period, {"closing": act_id}, sha256=sha256, told=told)
    return sha256


@command
def note_printed(work: UnitOfWork, op_id: str, act_id: int, reason: Reason | None = None) -> None:
    """Write into the chain that a closing page is printed, or saved and why, before it goes.

    InputError for a reason that says nothing.
    """
    role = work.require(*READERS)
    act, link = _closing(work, act_id), work.link()
    told: dict[str, Any] = {"closing": act_id, "period": act.period}
    if reason is not None:
        told |= {**keep_reason(link, reason), "file": True}
    work.close_event(link, op_id, PRINTED, role, payload=told)


def _closing(work: UnitOfWork, act_id: int) -> Any:
    found = work.session.execute(
        select(_ACT).where(_ACT.c.id == act_id, _ACT.c.kind.in_((CLOSED, CLOSED_DAY)))
    ).first()
    if found is None:
        raise InputError("Penutupan ini tidak ada. Tidak ada yang dicetak; buka lagi Tutup Buku.")
    return found


def closing_facts(work: UnitOfWork, act_id: int) -> ClosingFacts:
    """Give what a closing has stated."""
    return facts_from(stored_facts(_closing(work, act_id).facts))


def closing_page(work: UnitOfWork, act_id: int) -> ClosingPage:
    """Put the page of a closing together from what was kept with it."""
    work.require(*READERS)
    act = _closing(work, act_id)
    facts = facts_from(stored_facts(act.facts))
    reasons = Reasons(
        _texts(work, _STATUS.c.remark, _STATUS.c.id, [one.status_id for one in facts.voids]),
        _texts(work, _PROPOSAL.c.reason, _PROPOSAL.c.id, [d.proposal for d in facts.overrides]),
    )
    return composed(facts, office_head(work), work.office.name, act.event_seq, reasons)


def _texts(work: UnitOfWork, text: Any, key: Any, ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(ids), 500):
        rows = work.session.execute(select(key, text).where(key.in_(ids[start : start + 500])))
        found.update({row[0]: row[1] for row in rows})
    return found
