"""Lembar insiden data: the worksheet for a breach of personal data, filled in as far as is known.

Nothing that is written on it by hand is kept, and it names nobody whose data are concerned. That it
was printed is an event. Source: UU 27/2022 art. 46.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select

from kecamatan_desk.documents.incident_sheet import IncidentSheet
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.indonesian import (
    clock,
    day_name,
    grouped,
    long_date,
    moment_there,
    short_date,
)
from kecamatan_desk.persistence.tables import (
    ApplicantRecord,
    AttachmentRecord,
    DocumentRecord,
    EventRecord,
    RequestRecord,
    UserRecord,
    table_of,
)
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.backup_values import BackupState
from kecamatan_desk.usecases.backups import state
from kecamatan_desk.usecases.check_values import CHECKERS, DataCheck
from kecamatan_desk.usecases.data_check import last_check
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.event_words import LOOKED, OUT, WORDS
from kecamatan_desk.usecases.exports import PRINT, record_output
from kecamatan_desk.usecases.paper_parts import office_head, printed_by

NOTICE_WITHIN = timedelta(hours=3 * 24)  # UU 27/2022 art. 46 (1), counted by the clock, not by days
LOOKED_BACK = timedelta(days=7)  # what a sheet tells unless another beginning is named
_LONGEST = timedelta(days=366)
_ACTS = sorted(act for act, word in WORDS.items() if word.kind in (LOOKED, OUT))
_EVENT, _REQUEST = table_of(EventRecord), table_of(RequestRecord)


@dataclass(frozen=True, slots=True)
class Incident:
    """What somebody says of a breach: when it was found, and from which day on to look."""

    found_day: date
    found_time: time
    since: date


def suggested(work: UnitOfWork) -> Incident:
    """Give what the sheet is filled in with at first: found now, the week before looked at."""
    work.require(*CHECKERS)
    now = work.now.astimezone(work.zone)
    return Incident(
        now.date(), now.time().replace(second=0, microsecond=0), work.today - LOOKED_BACK
    )


def incident_pdf(desk: Desk, op_id: str, incident: Incident) -> bytes:
    """Note that the sheet is printed, then draw it.

    InputError for days that cannot be; NotAllowedError for others than `CHECKERS`.
    """
    from kecamatan_desk.documents.incident_sheet import draw_incident

    desk.ask(_checked, incident)
    told = {"what": "incident", "from": incident.since.isoformat(), "to": _day(incident)}
    desk.call(record_output, op_id, PRINT, CHECKERS, told)
    return draw_incident(desk.ask(incident_sheet, incident, state(desk)))


def _day(incident: Incident) -> str:
    return incident.found_day.isoformat()


def _checked(work: UnitOfWork, incident: Incident) -> datetime:
    """Give the moment it was found."""
    work.require(*CHECKERS)
    found = datetime.combine(incident.found_day, incident.found_time, work.zone)
    kept = "Tidak ada yang dicetak; perbaiki, lalu ulangi."
    if found > work.now:
        raise InputError(f"Insiden tidak dapat diketahui di masa depan. {kept}", "found-day")
    if work.now - found > _LONGEST:
        raise InputError(f"Sudah lebih dari setahun; periksa tanggalnya. {kept}", "found-day")
    if not found.date() - _LONGEST <= incident.since <= work.today:
        raise InputError(
            f"Masa yang diperiksa mulai paling awal setahun sebelum insiden diketahui. {kept}",
            "since",
        )
    return found


def incident_sheet(work: UnitOfWork, incident: Incident, backup: BackupState) -> IncidentSheet:
    """Collect what the program knows; ``backup``: what is known of the copies beside it."""
    found = _checked(work, incident)
    zone = work.office.zone_label
    until = (found + NOTICE_WITHIN).astimezone(work.zone)
    return IncidentSheet(
        head=office_head(work),
        facts=(
            ("Kantor", f"Kecamatan {work.office.name}, {work.office.regency}"),
            ("Insiden diketahui", _at(found, zone)),
            ("Lembar ini disusun oleh", f"{work.user.name} ({work.roles[0].label})"),
            ("Batas pemberitahuan", f"{_at(until, zone)} (3 x 24 jam)", True),
            ("Ringkasnya apa yang terjadi", "." * 78),
        ),
        held=tuple(_held(work)),
        period=f"{long_date(incident.since)} sampai {long_date(work.today)}",
        uses=tuple(_uses(work, incident.since)),
        state=_state(work, backup, last_check(work)),
        printed=printed_by(work),
    )


def _at(moment_: datetime, zone: str) -> str:
    return f"{day_name(moment_)}, {long_date(moment_)} pukul {clock(moment_)} {zone}"


def _held(work: UnitOfWork) -> Iterator[tuple[str, str]]:
    """Count whose data and how many files the office holds; nobody is named."""
    session = work.session
    people = session.scalar(
        select(func.count(_REQUEST.c.nik.distinct())).where(_REQUEST.c.nik != "")
    )
    files = session.scalar(select(func.count(_REQUEST.c.id)))
    yield "Orang (NIK berbeda)", f"{grouped(people or 0)}, dalam {grouped(files or 0)} berkas"
    letters = session.scalar(select(func.count(DocumentRecord.id))) or 0
    scans = session.scalar(
        select(func.count(AttachmentRecord.id)).where(AttachmentRecord.erased_at.is_(None))
    )
    yield "Surat dan hasil pindai", f"{grouped(letters)} surat, {grouped(scans or 0)} hasil pindai"
    remembered = session.scalar(select(func.count()).select_from(ApplicantRecord)) or 0
    yield "Pemohon yang diingat", grouped(remembered)
    users = session.scalar(select(func.count(UserRecord.id)).where(UserRecord.active)) or 0
    yield "Pengguna yang dapat masuk", grouped(users)


def _uses(work: UnitOfWork, since: date) -> Iterator[tuple[str, str, str, str]]:
    """Yield what was looked at, printed or taken out since a day, by deed and person."""
    start, _end = work.calendar.day_bounds(since)
    found = work.session.execute(
        select(
            _EVENT.c.act,
            func.max(_EVENT.c.user_name).label("name"),
            func.count().label("amount"),
            func.max(_EVENT.c.at).label("last"),
        )
        .where(_EVENT.c.at >= stamp(start), _EVENT.c.act.in_(_ACTS))
        .group_by(_EVENT.c.act, _EVENT.c.user_id)
    ).all()
    order = {word: place for place, word in enumerate(WORDS)}
    for row in sorted(found, key=lambda row: (order[row.act], -row.amount, row.name)):
        there = moment(row.last).astimezone(work.zone)
        last = f"{short_date(there.date())} {clock(there)}"
        yield WORDS[row.act].text, row.name, grouped(row.amount), last


def _state(
    work: UnitOfWork, backup: BackupState, check: DataCheck | None
) -> tuple[tuple[str, str], ...]:
    never, zone = "belum pernah", work.office.zone
    local = moment_there(backup.local_at, zone) if backup.local_at else never
    outside = moment_there(backup.outside_at, zone) if backup.outside_at else never
    checked = never
    if check is not None:
        said = "data utuh" if check.ok else f"{check.total} temuan"
        checked = f"{moment_there(check.at, zone)}, {said}"
    return (
        ("Cadangan terakhir di sini", local),
        ("Cadangan terakhir di luar", f"{outside}; di flashdisk selalu disandikan"),
        ("Pemeriksaan data terakhir", checked),
    )
