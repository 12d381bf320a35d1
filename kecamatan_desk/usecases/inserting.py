"""Nomor sisipan: a letter dated earlier, numbered behind the last number of that day.

Base is the last number of its series used on or before the day in that year (0 where there is
none), then A, B, C …; the counter stays. The register officer asks with a reason, an official
agrees, and the officer's own deed at register writes the line. The letter bears that day, and who
held the office on it. Never under a day of a closed book. Source: domain facts 3.4 and 9.4.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.numbering import agenda_display, next_suffix
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import (
    BlockRecord,
    EventRecord,
    InstanceRecord,
    LineRecord,
    ProposalRecord,
    RequestRecord,
    table_of,
)
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.agreements import INSERTED, OPEN, WAITING, asked_for
from kecamatan_desk.usecases.blocks import ON_PAPER
from kecamatan_desk.usecases.booking import (
    checked_classification,
    compose_letter_number,
    next_number_of,
    refuse_double,
    writes_letter,
)
from kecamatan_desk.usecases.closed_books import is_closed, period_label
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.lost_inserted import lost_suffixes
from kecamatan_desk.usecases.moving import load_seen, receipt_of
from kecamatan_desk.usecases.number_values import NextNumber, WrittenNumber
from kecamatan_desk.usecases.people import signatory, signatory_label
from kecamatan_desk.usecases.proposals import put_proposal
from kecamatan_desk.usecases.series import series_label, series_of
from kecamatan_desk.usecases.values import Receipt, Seen
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Service

PROPOSED_INSERTED = "usul-sisipan"

_LINE, _BLOCK, _EVENT = map(table_of, (LineRecord, BlockRecord, EventRecord))


@dataclass(frozen=True, slots=True)
class InsertedNumber:
    """The number a file would get behind the last one of an earlier day. Nothing is spent."""

    agenda: str  # "006.A"
    base: str  # "006"
    letter_number: str
    day: date
    signatory: str  # who held the office that day, as the book names him
    series: str  # as screens call it
    series_code: str
    state: str = ""  # of what is asked for: menunggu, disetujui; "" while it is only looked at
    classification: str = ""


@command
def propose_inserted(
    work: UnitOfWork, op_id: str, seen: Seen, day: date, reason: str, classification: str = ""
) -> Receipt:
    """Ask for a number dated on an earlier day, for a file that waits at register.

    InputError (field ``tanggal``) for today and later days; RuleError when the day's book is
    closed, the number cannot be written, or one is asked for already.
    """
    work.require(Role.REGISTER)
    work.require_presence()
    request = load_seen(work, seen)
    service = _numbered_service(request)
    if asked_for(work, INSERTED, request.id, *OPEN) is not None:
        raise RuleError(
            "Nomor sisipan untuk berkas ini sudah diusulkan. Tidak ada yang berubah; tunggu "
            "persetujuan, atau tarik usul yang lama pada Persetujuan."
        )
    code = checked_classification(classification)
    _look(work, service, day, code)
    facts = {"day": day.isoformat(), "classification": code}
    put_proposal(work, op_id, INSERTED, Role.REGISTER, reason, facts, request_id=request.id)
    return receipt_of(service, request, PROPOSED_INSERTED)


def inserted_preview(
    work: UnitOfWork, request_id: int, day: date, classification: str = ""
) -> InsertedNumber:
    """Give the number a file would get on an earlier day; refusals as ``propose_inserted``."""
    request = work.session.get_one(RequestRecord, request_id)
    code = checked_classification(classification)
    return _look(work, _numbered_service(request), day, code)


def inserted_of(work: UnitOfWork, record: ProposalRecord) -> InsertedNumber:
    """Give the number a proposal would bring now; RuleError when it can bring none any more."""
    request = work.session.get_one(RequestRecord, record.request_id)
    day, code = asked_day(record)
    seen = _look(work, SERVICES[request.service], day, code)
    return InsertedNumber(
        seen.agenda,
        seen.base,
        seen.letter_number,
        day,
        seen.signatory,
        seen.series,
        seen.series_code,
        record.state,
        code,
    )


def asked_day(record: ProposalRecord) -> tuple[date, str]:
    """Give the day and the classification code a proposal asks for."""
    facts = json.loads(record.facts)
    return date.fromisoformat(facts["day"]), str(facts["classification"])


def coming_of(work: UnitOfWork, request: RequestRecord, classification: str = "") -> NextNumber:
    """Give the number register would write now: inserted, when one is asked for; else the next.

    RuleError when the one asked for can be written no more.
    """
    service = SERVICES[request.service]
    record = None
    if request.line_id is None:
        record = asked_for(work, INSERTED, request.id, *OPEN)
    if record is None:
        return next_number_of(work, service, request, classification)
    found = inserted_of(work, record)
    choices = work.service_choices[service.code]
    return NextNumber(
        int(found.base),
        found.letter_number,
        choices.classification,
        choices.form,
        series=found.series,
        suffix=found.agenda.removeprefix(found.base),
        day=found.day,
        waits=record.state == WAITING,
    )


def agreed_insertion(work: UnitOfWork, request: RequestRecord) -> ProposalRecord | None:
    """Give the agreement a file at register is to be numbered by; None: it gets the next number.

    RuleError while one is asked for and not decided: no other number is spent meanwhile.
    """
    if request.line_id is not None:
        return None
    record = asked_for(work, INSERTED, request.id, *OPEN)  # one at a time is open
    if record is not None and record.state == WAITING:
        raise RuleError(
            "Nomor sisipan untuk berkas ini masih menunggu persetujuan. Belum ada nomor yang "
            "terpakai; tunggu, atau tarik usulnya bila nomor biasa yang dipakai."
        )
    return record


def place_for(work: UnitOfWork, service: Service, day: date, classification: str) -> WrittenNumber:
    """Give the place of an inserted number: its base and its suffix.

    RuleError when the day's book is closed, or was kept on paper that day.
    """
    _check_day(work, day)
    series, period = series_of(work, service, classification, day.year), str(day.year)
    base = _base(work, series, period, day)
    used: Collection[str] = work.session.scalars(
        select(_LINE.c.suffix).where(
            _LINE.c.series == series,
            _LINE.c.period == period,
            _LINE.c.number == base,
            _LINE.c.suffix != "",
        )
    ).all()
    used = {*used, *lost_suffixes(work, series, period, base)}
    return WrittenNumber(series, period, base, day, suffix=next_suffix(used))


def _look(work: UnitOfWork, service: Service, day: date, code: str) -> InsertedNumber:
    place = place_for(work, service, day, code)
    letter = compose_letter_number(work, service, place.number, day, code, place.suffix)
    refuse_double(work, letter, day.year)
    signer = signatory(work, service.letters[0].signing, day)
    return InsertedNumber(
        agenda_display(place.number, place.suffix),
        agenda_display(place.number),
        letter,
        day,
        signatory_label(signer),
        series_label(place.series),
        place.series,
        classification=code,
    )


def _numbered_service(request: RequestRecord) -> Service:
    service = SERVICES[request.service]
    if request.step != "register" or request.line_id is not None or not writes_letter(service):
        raise RuleError(
            "Nomor sisipan hanya untuk berkas yang menunggu nomor agenda pertamanya. Tidak ada "
            "yang berubah; buka lagi dari daftar."
        )
    return service


def _check_day(work: UnitOfWork, day: date) -> None:
    if day >= work.today:
        raise InputError(
            "Nomor sisipan hanya untuk tanggal yang sudah lewat. Tidak ada yang berubah; untuk "
            "hari ini pakai nomor berikutnya.",
            "tanggal",
        )
    if day.year < work.today.year - 1:
        raise InputError(
            f"Tanggal {long_date(day)} terlalu lama. Tidak ada yang berubah; betulkan tahunnya.",
            "tanggal",
        )
    if is_closed(work, day):
        month = period_label(f"{day:%Y-%m}")
        raise RuleError(
            f"Buku {month} sudah ditutup, jadi tidak menerima sisipan. Belum ada yang berubah; "
            "pakai Buka kembali buku dengan persetujuan pejabat, atau pakai nomor berikutnya.",
            "tanggal",
        )


def _base(work: UnitOfWork, series: str, period: str, day: date) -> int:
    """Give the last number of a series used on or before a day of its year; 0 for none.

    RuleError for a day on which numbers stood in a paper book, also before the program was set up:
    nobody here knows the last one.
    """
    line = work.session.scalar(
        select(func.max(_LINE.c.number)).where(
            _LINE.c.series == series,
            _LINE.c.period == period,
            _LINE.c.suffix == "",
            _LINE.c.day <= day.isoformat(),
        )
    )
    base = int(line or 0)
    blocks = work.session.execute(
        select(_BLOCK.c.last, _BLOCK.c.kind, _EVENT.c.at)
        .join(_EVENT, _EVENT.c.seq == _BLOCK.c.event_seq)
        .where(_BLOCK.c.series == series, _BLOCK.c.period == period)
    ).all()
    for block in blocks:
        since = moment(block.at).astimezone(work.zone).date()
        if block.kind == ON_PAPER and day < since:
            raise RuleError(
                f"Pada {long_date(day)} nomor masih ditulis di buku kertas. Tidak ada yang "
                "berubah; beri nomor sisipan di buku kertas itu.",
                "tanggal",
            )
        if since <= day:
            base = max(base, int(block.last))
    if not base:
        began = work.calendar.local_date(work.session.get_one(InstanceRecord, 1).created_at)
        if day < began:
            raise RuleError(
                f"Pada {long_date(day)} program ini belum dipakai (mulai {long_date(began)}), jadi "
                "nomor hari itu ada di buku kertas. Tidak ada yang berubah; beri nomor sisipan di "
                "buku kertas itu.",
                "tanggal",
            )
    return base
