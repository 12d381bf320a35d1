"""What the monthly report counts, each from the rows of its month alone."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, String, func, select, type_coerce

from kecamatan_desk.documents.report_values import (
    MonthPoint,
    ReportComplaint,
    ReportGroup,
    ReportRow,
    TmsReason,
    VillageRow,
)
from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.domain.text import folded
from kecamatan_desk.persistence.tables import EventRecord, LineRecord, RequestRecord
from kecamatan_desk.persistence.types import stamp
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.figures import (
    FAILED,
    REFUSED,
    Span,
    Times,
    came_in,
    ended_in,
    left_at,
    month_span,
    times_in,
)
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act, Status
from kecamatan_desk.workflows.vocabulary import Family

#: The groups of the report (domain layout of the PATEN report) and the families in them.
GROUPS = (
    ("Kependudukan", (Family.A,)),
    ("Surat Keterangan/Rekomendasi", (Family.B, Family.C)),
    ("Perizinan", (Family.D,)),
    ("Pengaduan", (Family.E,)),
)
ELSEWHERE = "Luar wilayah/tidak diisi"
MOST_REASONS = 10
MONTHS_BACK = 12
_HIDDEN_SUBJECT = "(memuat identitas pelapor yang dirahasiakan; lihat berkasnya)"
_STATES = {
    Status.DONE: "Selesai",
    Status.FAILED: "TMS, ditutup",
    Status.EXPIRED: "TMS, kedaluwarsa",
    Status.REFUSED: "Ditolak",
    Status.CANCELLED: "Batal",
}
_DATA = RequestRecord.data


def service_groups(work: UnitOfWork, year: int, month: int) -> tuple[ReportGroup, ...]:
    """Give every service's row of a month, in the groups of the report."""
    span = month_span(work, year, month)
    carried, left = left_at(work, span[0]), left_at(work, span[1])
    came, ended, times = came_in(work, span), ended_in(work, span), times_in(work, span)
    sexes, registered = _sexes(work, span), _registered(work, year, month)
    notes = _notes(work, span, ended, times)

    def row(code: str) -> ReportRow:
        time = times.get(code)
        return ReportRow(
            service=code,
            label=SERVICES[code].label,
            carried=carried[code],
            came=came[code],
            done=ended[code, Status.DONE],
            failed=sum(ended[code, status] for status in FAILED),
            refused=sum(ended[code, status] for status in REFUSED),
            left=left[code],
            men=sexes[code, "L"],
            women=sexes[code, "P"],
            minutes=time.minutes if time else 0.0,
            gross_minutes=time.gross_minutes if time else 0.0,
            within=time.within if time else 0,
            untimed=ended[code, Status.DONE] - (time.files if time else 0),
            registered=registered[code],
            note=notes.get(code, ""),
        )

    return tuple(
        ReportGroup(name, tuple(row(s.code) for s in SERVICES.values() if s.family in families))
        for name, families in GROUPS
    )


def _came(*columns: Any, span: Span) -> Select[Any]:
    return select(*columns).where(
        RequestRecord.taken_in_at >= span[0], RequestRecord.taken_in_at < span[1]
    )


def _sexes(work: UnitOfWork, span: Span) -> Counter[tuple[str, str]]:
    """Count who came by sex; a reporter who asked for secrecy is not looked at."""
    sex = func.substr(_DATA["jenis-kelamin"].as_string(), 1, 1)
    rows = _came(RequestRecord.service, sex, func.count(), span=span)
    found = work.session.execute(
        rows.where(RequestRecord.secret.is_(False)).group_by(RequestRecord.service, sex)
    )
    return Counter({(service, str(letter)): count for service, letter, count in found})


def _registered(work: UnitOfWork, year: int, month: int) -> Counter[str]:
    """Count the lines of the books by service, as the books themselves choose them."""
    rows = work.session.execute(
        select(LineRecord.service, func.count())
        .where(
            LineRecord.period == str(year),
            LineRecord.day >= f"{year}-{month:02d}-01",
            LineRecord.day <= f"{year}-{month:02d}-31",
        )
        .group_by(LineRecord.service)
    )
    return Counter({row[0]: row[1] for row in rows})


def letters_outside(work: UnitOfWork, year: int, month: int) -> int:
    """Count the letters of a month that were written outside the program and numbered here."""
    count = select(func.count()).where(
        LineRecord.period == str(year),
        LineRecord.day >= f"{year}-{month:02d}-01",
        LineRecord.day <= f"{year}-{month:02d}-31",
        LineRecord.request_id.is_(None),
        LineRecord.letter_number.is_not(None),
    )
    return work.session.scalar(count) or 0


def _notes(
    work: UnitOfWork,
    span: Span,
    ended: Counter[tuple[str, Status]],
    times: Mapping[str, Times],
) -> dict[str, str]:
    """Give the remarks: how recordings ended, who never came back, whose minutes are not known."""
    request = RequestRecord
    outcomes = work.session.execute(
        select(request.outcome, func.count())
        .where(
            request.ended_at >= span[0],
            request.ended_at < span[1],
            request.service == "perekaman-ktp",
            request.status == Status.DONE.value,
            request.outcome != "",
        )
        .group_by(request.outcome)
        .order_by(request.outcome)
    )
    notes = {"perekaman-ktp": [f"{count} {outcome}" for outcome, count in outcomes]}
    for code in SERVICES:
        if expired := ended[code, Status.EXPIRED]:
            notes.setdefault(code, []).append(f"{expired} kedaluwarsa")
        timed = times[code].files if code in times else 0
        if late := ended[code, Status.DONE] - timed:
            notes.setdefault(code, []).append(f"{late} entri susulan, waktu tidak dihitung")
    return {code: ", ".join(parts) for code, parts in notes.items()}


def villages(work: UnitOfWork, span: Span, codes: Iterable[str]) -> tuple[VillageRow, ...]:
    """Count who came by village and service; what is no village of the office stands last."""
    names = {village.casefold(): village for village in work.office.villages}
    counted: Counter[tuple[str, str]] = Counter()
    rows = _came(RequestRecord.village, RequestRecord.service, func.count(), span=span)
    for village, service, count in work.session.execute(
        rows.group_by(RequestRecord.village, RequestRecord.service)
    ):
        counted[names.get(village.strip().casefold(), ELSEWHERE), service] += count
    codes = tuple(codes)
    return tuple(
        VillageRow(name, tuple(counted[name, code] for code in codes))
        for name in (*work.office.villages, ELSEWHERE)
    )


def tms_reasons(work: UnitOfWork, span: Span) -> tuple[tuple[TmsReason, ...], int, int]:
    """Give the papers most often wanting, how often a file was returned, and how many files."""
    counted: dict[str, Counter[str]] = {}
    files: set[int] = set()
    returns = 0
    for request_id, service, payload in work.session.execute(
        select(RequestRecord.id, RequestRecord.service, EventRecord.payload)
        .join(RequestRecord, RequestRecord.id == EventRecord.request_id)
        .where(
            EventRecord.at >= stamp(span[0]),
            EventRecord.at < stamp(span[1]),
            EventRecord.act == Act.FAIL.value,
        )
    ):
        files.add(request_id)
        returns += 1
        names = {paper.code: paper.name for paper in SERVICES[service].requirements}
        for code in json.loads(payload).get("papers", ()):
            counted.setdefault(names.get(code, code), Counter())[SERVICES[service].short] += 1
    most = sorted(counted.items(), key=lambda paper: (-paper[1].total(), paper[0]))
    reasons = tuple(
        TmsReason(name, by.total(), ", ".join(f"{s} {n}" for s, n in by.most_common()))
        for name, by in most[:MOST_REASONS]
    )
    return reasons, returns, len(files)


def complaints(work: UnitOfWork, span: Span) -> tuple[ReportComplaint, ...]:
    """List the complaints that were there or came in the month; reporters are never read out."""
    request = RequestRecord
    # by an expression, as in `left_at`
    taken_in_at = type_coerce(request.taken_in_at, String).concat("")
    here = select(request).where(request.service == "pengaduan", taken_in_at < stamp(span[1]))
    still = here.where(request.waits_for.is_not(None))
    since = here.where(request.ended_at >= span[0])
    found = [*work.session.scalars(still), *work.session.scalars(since)]
    found.sort(key=_order)
    return tuple(_complaint(work, one, span[1]) for one in found)


def _order(request: RequestRecord) -> tuple[datetime, int]:
    assert request.taken_in_at is not None
    return request.taken_in_at, request.id


def _complaint(work: UnitOfWork, request: RequestRecord, end: datetime) -> ReportComplaint:
    state = "Belum selesai"
    if request.ended_at is not None and request.ended_at < end:
        day = work.calendar.local_date(request.ended_at)
        state = f"{_STATES[Status(request.status)]} {short_date(day)}"
    assert request.taken_in_at is not None
    return ReportComplaint(
        number=f"{request.agenda_number:03d}" if request.agenda_number else request.file_code,
        day=work.calendar.local_date(request.taken_in_at),
        subject=_subject(request),
        kind=str(request.data.get("klasifikasi", "") or ""),
        state=state,
    )


def _subject(request: RequestRecord) -> str:
    """Give the subject, unless it tells who a hidden reporter is."""
    subject = str(request.data.get("pokok", "") or "")
    if not request.secret:
        return subject
    words = set(folded(subject).replace(",", " ").replace(".", " ").split())
    name = {word for word in folded(request.applicant).split() if len(word) > 2}
    marks = [str(request.data.get(code, "") or "") for code in ("nik", "kk", "hp")]
    tells = words & name or any(mark and mark in subject for mark in marks)
    return _HIDDEN_SUBJECT if tells else subject


def trend(work: UnitOfWork, year: int, month: int, left: int) -> tuple[MonthPoint, ...]:
    """Give twelve months up to this one, which ends with so many files left.

    Walked backwards: left a month earlier was what is left, less what came, plus what ended.
    """
    points: list[MonthPoint] = []
    for _ in range(MONTHS_BACK):
        span = month_span(work, year, month)
        came, ended = came_in(work, span).total(), ended_in(work, span)
        done = sum(count for (_, status), count in ended.items() if status is Status.DONE)
        points.insert(0, MonthPoint(year, month, came, done, left))
        left += ended.total() - came
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return tuple(points)


def report_day(work: UnitOfWork, year: int, month: int) -> date | None:
    """Give the last day counted when the month is not over; None when it is."""
    return work.today if (year, month) == (work.today.year, work.today.month) else None
