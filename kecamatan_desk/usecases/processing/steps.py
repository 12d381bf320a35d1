"""The steps between check and hand-over: number, approve, send back, refuse, cancel."""

from collections.abc import Mapping
from typing import Any

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.tables import ProposalRecord, RequestRecord
from kecamatan_desk.usecases.agreements import use_up
from kecamatan_desk.usecases.answers import (
    reopen_answers,
)
from kecamatan_desk.usecases.booking import checked_classification
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.inserting import agreed_insertion, asked_day, place_for
from kecamatan_desk.usecases.intake import index_person
from kecamatan_desk.usecases.moving import (
    COUNTER_STEPS,
    Deed,
    load_seen,
    move,
)
from kecamatan_desk.usecases.processing.at_step import (
    MOST_TEXT,
    at_step,
    needed_text,
    store_step_values,
)
from kecamatan_desk.usecases.values import (
    NOTHING,
    Receipt,
    RecordedDecision,
    Seen,
)
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act


@command
def give_agenda_number(
    work: UnitOfWork, op_id: str, seen: Seen, classification: str = ""
) -> Receipt:
    """Validate and give the agenda number: one transaction with the book line and the event.

    ``classification`` is the code of this one letter, when it is not the service's: the letter
    number is written with it, and the event tells it. Where an inserted number was agreed to, that
    one is written and none is spent; RuleError while it is asked for and not decided.
    """
    code = checked_classification(classification)
    request, _, step = at_step(work, seen)
    if step.code != "register":
        raise RuleError(
            "Berkas ini tidak menunggu nomor agenda. Tidak ada yang berubah; buka lagi dari daftar."
        )
    agreement = agreed_insertion(work, request)
    if agreement is not None:
        deed = _inserting(work, request, agreement)
    else:
        own = {"classification": code} if code and request.line_id is None else NOTHING
        deed = Deed(Act.ADVANCE, payload=own)
    receipt = move(work, op_id, request, deed)
    index_person(work, request)
    return receipt


def _inserting(work: UnitOfWork, request: RequestRecord, agreement: ProposalRecord) -> Deed:
    """Give the deed that writes a file's line behind the last number of an earlier day."""
    day, code = asked_day(agreement)
    place = place_for(work, SERVICES[request.service], day, code)
    told: dict[str, Any] = {
        **use_up(agreement),
        "inserted": {
            "series": place.series,
            "period": place.period,
            "number": place.number,
            "suffix": place.suffix,
        },
    }
    if code:
        told["classification"] = code
    return Deed(Act.ADVANCE, payload=told, written=place)


@command
def approve(
    work: UnitOfWork,
    op_id: str,
    seen: Seen,
    values: Mapping[str, Any] = NOTHING,
    note: str = "",
    recorded: RecordedDecision | None = None,
) -> Receipt:
    """Finish the officer's step: initial, sign, validate, classify, consider, decide."""
    request, service, step = at_step(work, seen)
    if step is service.first_decision or step.code == "register" or step.code in COUNTER_STEPS:
        raise RuleError(
            "Langkah ini diselesaikan dengan tombolnya sendiri, bukan dengan persetujuan. Tidak "
            "ada yang berubah; buka lagi berkasnya."
        )
    if step.code == "diterima":
        raise RuleError(
            "NIB dan penerimanya belum dicatat. Tidak ada yang berubah; catat dahulu keduanya."
        )
    store_step_values(request, service, step, values)
    text = checked_text(note, "Catatan", MOST_TEXT, "catatan")
    texts = {"catatan": text} if text else {}
    receipt = move(work, op_id, request, Deed(Act.ADVANCE, recorded=recorded, texts=texts))
    index_person(work, request)
    return receipt


@command
def send_back(
    work: UnitOfWork,
    op_id: str,
    seen: Seen,
    target: str | None,
    note: str,
    recorded: RecordedDecision | None = None,
) -> Receipt:
    """*Kembalikan untuk diperbaiki* to an earlier officer, with what is to be mended."""
    request, service, _ = at_step(work, seen)
    text = needed_text(note, "Catatan perbaikan", "catatan")
    deed = Deed(Act.SEND_BACK, target, recorded, texts={"catatan": text}, note=text)
    receipt = move(work, op_id, request, deed)
    if request.step == service.first_decision.code:
        reopen_answers(work, request)
    return receipt


@command
def refuse(
    work: UnitOfWork,
    op_id: str,
    seen: Seen,
    reason: str,
    recorded: RecordedDecision | None = None,
) -> Receipt:
    """*Tolak*: final, with a reason. A line already written is marked, its number stays used."""
    request = load_seen(work, seen)
    text = needed_text(reason, "Alasan penolakan", "alasan")
    deed = Deed(Act.REFUSE, None, recorded, texts={"alasan": text}, remark=text, note=text)
    return move(work, op_id, request, deed)


@command
def cancel(work: UnitOfWork, op_id: str, seen: Seen, reason: str) -> Receipt:
    """Cancel a request that has no line in the book yet.

    RuleError for one that has: its number is voided with a second person (``usecases.voiding``).
    """
    request = load_seen(work, seen)
    text = needed_text(reason, "Alasan pembatalan", "alasan")
    deed = Deed(Act.CANCEL, texts={"alasan": text}, remark=text, note=text)
    return move(work, op_id, request, deed)
