"""Titip tugas: on some days a colleague does the work of somebody who is away.

For the roles of staff (counter, check, register, teams). Officials have Plt. and Plh., a.n. and
u.b. (`accounts.save_acting`). The colleague acts in the role himself, under his own name; every
event of those days says whose work it was. Source: rule 1 of the SOP reading (dates entered in the
program).
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.roles import OFFICIALS, STAFF, Role
from kecamatan_desk.domain.tenure import STAND_IN
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.tables import ActingRecord, ContentRecord, UserRecord
from kecamatan_desk.usecases.desk import UnitOfWork, command

#: Roles whose work may be left to a colleague.
LENDABLE = tuple(role for role in STAFF if role not in (*OFFICIALS, Role.ADMIN))


@dataclass(frozen=True, slots=True)
class StandInInput:
    """What administration types: ``user_id`` does the work of ``for_user_id`` in ``role``."""

    user_id: int
    role: Role
    for_user_id: int
    first: date
    last: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StandInRow:
    """One handing over of work, as the list shows it."""

    id: int
    user_id: int
    name: str
    role: Role
    for_name: str
    first_day: date
    last_day: date
    reason: str


def stand_ins(work: UnitOfWork) -> tuple[StandInRow, ...]:
    """List who does whose work, the latest first."""
    work.require(Role.ADMIN)
    people = work.session.execute(select(UserRecord.id, UserRecord.name))
    names: dict[int, str] = {row.id: row.name for row in people}
    found = work.session.scalars(
        select(ActingRecord)
        .where(ActingRecord.kind == STAND_IN)
        .order_by(ActingRecord.first_day.desc(), ActingRecord.id.desc())
    )
    return tuple(
        StandInRow(
            row.id,
            row.user_id,
            names[row.user_id],
            Role(row.role),
            names.get(row.for_user_id or 0, ""),
            row.first_day,
            row.last_day,
            row.decree,
        )
        for row in found
    )


@command
def save_stand_in(work: UnitOfWork, op_id: str, typed: StandInInput) -> int:
    """Let a colleague do somebody's work from-to, both days included; give the row's id.

    InputError at the field; RuleError when he does it on some of these days already.
    """
    work.require(Role.ADMIN)
    work.require_presence()
    _check(work, typed)
    row = ActingRecord(
        user_id=typed.user_id,
        role=typed.role.value,
        kind=STAND_IN,
        first_day=typed.first,
        last_day=typed.last,
        decree=checked_text(typed.reason, "Alasan", 120, "reason"),
        for_user_id=typed.for_user_id,
    )
    work.session.add(row)
    work.session.flush()
    work.forget_roster()
    link = work.link()
    if row.decree:
        link.add(ContentRecord, kind="alasan", body=row.decree)
    payload = {
        "acting": row.id,
        "user": row.user_id,
        "role": row.role,
        "for": row.for_user_id,
        "first": row.first_day.isoformat(),
        "last": row.last_day.isoformat(),
    }
    work.close_event(link, op_id, "titip-tugas", Role.ADMIN, payload=payload)
    return row.id


def _check(work: UnitOfWork, typed: StandInInput) -> None:
    if typed.role not in LENDABLE:
        raise InputError(
            "Tugas pejabat dititipkan dengan Plt., Plh., a.n., atau u.b.; tugas Administrator "
            "tidak dititipkan. Tidak ada yang berubah; pilih peran petugas.",
            "role",
        )
    away = work.session.get_one(UserRecord, typed.for_user_id)
    colleague = work.session.get_one(UserRecord, typed.user_id)
    if not away.active or typed.role.value not in away.roles:
        raise InputError(
            f"{away.name} tidak berperan {typed.role.label}, jadi tidak ada tugas itu yang dapat "
            "dititipkan. Tidak ada yang berubah; pilih orang atau peran yang lain.",
            "for_user_id",
        )
    if not colleague.active or colleague.password_hash is None or colleague.id == away.id:
        raise InputError(
            f"{colleague.name} tidak dapat masuk, atau orangnya sama. Tidak ada yang berubah; "
            "pilih petugas lain.",
            "user_id",
        )
    if typed.role.value in colleague.roles:
        raise InputError(
            f"{colleague.name} sudah berperan {typed.role.label}, jadi dapat mengerjakannya tanpa "
            "titipan. Tidak ada yang berubah; pilih petugas atau peran yang lain.",
            "user_id",
        )
    if typed.last < typed.first or typed.last < work.today:
        raise InputError(
            "Hari terakhir tidak boleh sebelum hari pertama atau sebelum hari ini.", "last"
        )
    double = work.session.scalar(
        select(ActingRecord).where(
            ActingRecord.kind == STAND_IN,
            ActingRecord.user_id == typed.user_id,
            ActingRecord.role == typed.role.value,
            ActingRecord.first_day <= typed.last,
            ActingRecord.last_day >= typed.first,
        )
    )
    if double is not None:
        raise RuleError(
            f"{colleague.name} sudah dititipi tugas {typed.role.label} sampai "
            f"{long_date(double.last_day)}. Tidak ada yang berubah; akhiri dulu yang lama.",
            "first",
        )
