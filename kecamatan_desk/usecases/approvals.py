"""Persetujuan: what waits for a second person, with what he needs to know; and who he may be.

Officials see what others ask for; the register officer what is asked for at all, so that he can
call an official to his PC or enter a signature; everybody what became of his own.
"""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, tuple_

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.indonesian import long_date, short_date
from kecamatan_desk.domain.numbering import agenda_display
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.persistence.tables import (
    LineRecord,
    ProposalRecord,
    RequestRecord,
    UserRecord,
)
from kecamatan_desk.usecases.agreements import (
    AGREED,
    DECLINED,
    EMERGENCY,
    OPEN,
    VOID,
    WAITING,
    Proposal,
    is_current,
    proposals,
)
from kecamatan_desk.usecases.approval_values import Approval, SecondPerson
from kecamatan_desk.usecases.booking import line_columns
from kecamatan_desk.usecases.closed_books import CLOSERS, period_label
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.four_eyes import free_to_sign
from kecamatan_desk.usecases.inserting import InsertedNumber, asked_day, inserted_of
from kecamatan_desk.usecases.line_services import LINE_SERVICES
from kecamatan_desk.usecases.moving import place_of
from kecamatan_desk.usecases.register import COLUMNS, row_of
from kecamatan_desk.usecases.register_lines import corrected, statuses_of
from kecamatan_desk.usecases.secrecy import shown_person
from kecamatan_desk.usecases.values import BookPage
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import current_step

#: Who has the screen: officials decide, the others ask.
READERS = (*OFFICIALS, *(role for role in CLOSERS if role not in OFFICIALS))
_AROUND = 3  # lines shown before and after the one that is meant
_SETTLED = timedelta(days=14)  # for so long a proposer sees what became of his proposals


def approvals(work: UnitOfWork) -> tuple[Approval, ...]:
    """List what waits for a second person, then what was settled of late, the newest first.

    An official who asks for nothing sees what waits; the register officer also what was decided
    in the last two weeks, everybody else of that his own.
    """
    work.require(*READERS)
    waiting = [one for one in proposals(work, *OPEN) if is_current(work, one.kind, one.facts)]
    settled = [
        one
        for one in proposals(work, DECLINED, "ditarik", "dipakai")
        if (one.decided_at or one.proposed_at) >= work.now - _SETTLED and _may_see(work, one)
    ]
    first = [one for one in waiting if one.state == WAITING]
    agreed = [one for one in waiting if one.state == AGREED]
    settled.reverse()
    return tuple(_approval(work, one) for one in (*first, *agreed, *settled))


def second_persons(work: UnitOfWork, proposal_id: int) -> tuple[SecondPerson, ...]:
    """List the officials of today who may agree to a proposal, the lowest office first."""
    work.require(*READERS)
    record = work.session.get_one(ProposalRecord, proposal_id)
    barred = {record.proposed_by}
    if record.kind == EMERGENCY:
        barred.add(int(json.loads(record.facts)["signer"]))
    found = []
    for role in OFFICIALS:
        for standing in work.roster.standings(role, work.today):
            user = work.session.get_one(UserRecord, standing.user_id)
            if user.id in barred:
                continue
            office = f"{standing.kind}. {role.short}" if standing.kind else role.short
            found.append(
                SecondPerson(
                    user.id,
                    user.name,
                    role,
                    office,
                    user.password_hash is not None,
                )
            )
    return tuple({one.user_id: one for one in reversed(found)}.values())[::-1]


def _may_see(work: UnitOfWork, one: Proposal) -> bool:
    return Role.REGISTER in work.roles or work.user.id in (one.proposed_by, one.decided_by)


def _approval(work: UnitOfWork, one: Proposal) -> Approval:
    match one.kind:
        case "batal":
            return _void(work, one)
        case "sisipan":
            return _inserted(work, one)
        case "darurat":
            return _emergency(work, one)
    period = str(one.facts.get("period", ""))
    return _made(
        work,
        one,
        title=f"Buka kembali buku {period_label(period)}",
        subject="Buku register",
        facts=(("Buku", f"Buku {period_label(period)}"),),
        effect="Bulan itu dapat menerima baris baru dan nomor sisipan lagi, sampai ditutup ulang.",
    )


def _made(work: UnitOfWork, one: Proposal, **shown: Any) -> Approval:
    official = any(role in work.roles for role in OFFICIALS)
    own = one.proposed_by == work.user.id
    signer = one.kind == EMERGENCY and one.facts["signer"] == work.user.id
    return Approval(
        proposal=one,
        final=one.kind == VOID,
        book=shown.pop("book", None),
        mine=own,
        may_decide=official and not own and not signer and one.state == WAITING,
        by_phone=one.kind == EMERGENCY,
        **shown,
    )


# --- a number that is to be void -----------------------------------------------------------------


def _void(work: UnitOfWork, one: Proposal) -> Approval:
    line = work.session.get_one(LineRecord, one.line_id)
    statuses = statuses_of(work, [line.id]).get(line.id, ())
    shown = corrected(line, statuses)
    agenda = agenda_display(line.number, line.suffix)
    request = work.session.get(RequestRecord, line.request_id) if line.request_id else None
    facts = [
        ("Nomor agenda", f"{agenda}, ditulis {long_date(date.fromisoformat(line.day))}"),
        ("Nomor surat", line.letter_number or "tanpa surat"),
        ("Layanan", LINE_SERVICES[line.service].label),
        ("Nama", shown["name"]),
        ("Keperluan", shown["purpose"]),
        ("Keadaan sekarang", _standing(request)),
    ]
    return _made(
        work,
        one,
        title=f"Batalkan nomor {agenda}",
        subject=f"{LINE_SERVICES[line.service].short}, {shown['name']}",
        facts=tuple((name, words) for name, words in facts if words),
        effect="Barisnya dicoret beserta alasannya, permohonannya batal, dan nomornya tidak "
        "dipakai lagi."
        if request is not None
        else "Barisnya dicoret beserta alasannya, dan nomornya tidak dipakai lagi.",
        book=_around(work, line),
    )


def _standing(request: RequestRecord | None) -> str:
    if request is None:
        return "Surat manual, tanpa berkas di program"
    step = current_step(SERVICES[request.service], place_of(request))
    if step is None or request.step is None:
        return f"Berkas {request.file_code}, sudah berakhir"
    return f"Berkas {request.file_code} menunggu {step.officer.label}: {step.word or step.code}"


def _around(work: UnitOfWork, line: LineRecord) -> BookPage:
    """Give a line of the book with its neighbours in the series."""
    same = (LineRecord.series == line.series, LineRecord.period == line.period)
    here = (line.number, line.suffix)
    order = (LineRecord.number, LineRecord.suffix)
    before = work.session.scalars(
        select(LineRecord)
        .where(*same, tuple_(*order) < here)
        .order_by(*(column.desc() for column in order))
        .limit(_AROUND)
    ).all()
    after = work.session.scalars(
        select(LineRecord).where(*same, tuple_(*order) > here).order_by(*order).limit(_AROUND)
    ).all()
    return _page(work, (*reversed(before), line, *after), line.period)


# --- a number inserted behind another ------------------------------------------------------------


def _inserted(work: UnitOfWork, one: Proposal) -> Approval:
    record = work.session.get_one(ProposalRecord, one.id)
    request = work.session.get_one(RequestRecord, one.request_id)
    day, _ = asked_day(record)
    coming, problem = _coming(work, record, one)
    name, _ = shown_person(work, request)
    facts = [
        ("Tanggal surat", long_date(day)),
        ("Layanan", SERVICES[request.service].label),
        ("Nama", name),
        ("Berkas", f"{request.file_code}, diterima {_taken_in(work, request)}"),
    ]
    if coming is not None:
        facts[1:1] = [
            ("Nomor sisipan", f"{coming.agenda}, sesudah nomor {coming.base} ({coming.series})"),
            ("Nomor surat", coming.letter_number),
            ("Penandatangan", coming.signatory),
        ]
    elif request.line_id is not None:
        number = agenda_display(request.agenda_number, request.agenda_suffix)
        facts[1:1] = [("Nomor agenda", number), ("Nomor surat", request.letter_number or "")]
    return _made(
        work,
        one,
        title=f"Nomor sisipan {coming.agenda if coming else ''}".strip(),
        subject=f"tanggal {short_date(day)}, {name}",
        facts=tuple(facts),
        effect="Berkas ini dapat diberi nomor sisipan itu; nomor urut berikutnya tetap.",
        book=_behind(work, request, coming) if coming is not None else None,
        problem=problem,
    )


def _coming(
    work: UnitOfWork, record: ProposalRecord, one: Proposal
) -> tuple[InsertedNumber | None, str]:
    """Give the number a proposal would bring now, or why it can bring none any more."""
    if one.state not in OPEN:
        return None, ""
    try:
        return inserted_of(work, record), ""
    except DeskError as error:
        return None, str(error)


def _behind(work: UnitOfWork, request: RequestRecord, coming: InsertedNumber) -> BookPage:
    """Give the lines up to the place of an inserted number, and the line it would become."""
    lines = work.session.scalars(
        select(LineRecord)
        .where(
            LineRecord.period == str(coming.day.year),
            LineRecord.series == coming.series_code,
            LineRecord.number <= int(coming.base),
        )
        .order_by(LineRecord.number.desc(), LineRecord.suffix.desc())
        .limit(2 * _AROUND)
    ).all()
    service = SERVICES[request.service]
    columns = line_columns(service, request)
    cells = (
        coming.agenda,
        coming.letter_number,
        f"{coming.day:%d-%m-%Y}",
        columns["name"],
        str(json.loads(columns["facts"]).get("pekerjaan", "")),
        columns["address"],
        columns["village"],
        columns["purpose"],
        "Nomor sisipan",
    )
    return _page(work, tuple(reversed(lines)), str(coming.day.year), cells)


def _page(
    work: UnitOfWork, lines: Iterable[LineRecord], period: str, coming: tuple[str, ...] = ()
) -> BookPage:
    lines = tuple(lines)
    statuses = statuses_of(work, [line.id for line in lines])
    rows = tuple(row_of(line, statuses.get(line.id, ())) for line in lines)
    return BookPage(f"Di buku tahun {period}", COLUMNS, rows, len(rows), 0, coming)


def _taken_in(work: UnitOfWork, request: RequestRecord) -> str:
    at = request.taken_in_at or request.created_at
    return long_date(work.calendar.local_date(at))


# --- an emergency --------------------------------------------------------------------------------


def _emergency(work: UnitOfWork, one: Proposal) -> Approval:
    request = work.session.get_one(RequestRecord, one.request_id)
    signer = work.session.get_one(UserRecord, int(one.facts["signer"]))
    service = SERVICES[request.service]
    name, _ = shown_person(work, request)
    step = current_step(service, place_of(request))
    here = free_to_sign(work, request, step) if step and one.state in OPEN else ()
    facts = (
        ("Yang menandatangani", f"{signer.name}, yang juga memverifikasi berkas ini"),
        ("Surat", f"{service.label}, nomor {request.letter_number or request.file_code}"),
        ("Nama", name),
        ("Tidak di tempat", _away(work) or "belum ada yang dicatat"),
    )
    problem = f"{' dan '.join(here)} hari ini di tempat." if here else ""
    return _made(
        work,
        one,
        title="Tanda tangan darurat",
        subject=f"{service.short}, {name}",
        facts=facts,
        effect="Hari ini saja, untuk surat ini saja, yang memverifikasi boleh menandatangani. "
        "Tercatat pada halaman penutup hari.",
        problem=problem,
    )


def _away(work: UnitOfWork) -> str:
    gone = [who for who, first, last in work.presence.absences if first <= work.today <= last]
    found = work.session.scalars(select(UserRecord.name).where(UserRecord.id.in_(gone)))
    return ", ".join(sorted(found))
