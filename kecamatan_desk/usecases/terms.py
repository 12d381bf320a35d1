"""Terms of office: who is definitively Kasi, Sekcam or Camat on which days, and by which title.

An office without a term is held by the users whose account has its role, as before there were
terms. From its first term on the terms alone decide; whoever held it by his account until then
gets a term of his own, so that nobody loses his office unnoticed.
"""

from datetime import date, timedelta

from sqlalchemy import select

from kecamatan_desk.documents.checks import missing_characters
from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.chain import canonical
from kecamatan_desk.persistence.tables import (
    ActingRecord,
    ContentRecord,
    InstanceRecord,
    TermRecord,
    UserRecord,
)
from kecamatan_desk.usecases.account_rules import SINGLE
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.people_values import TermInput, TermRow

MOST_TITLE, MOST_DECREE = 80, 150
#: Kinds that hold a vacant office: none is vacant while its holder's term runs.
_VACANT = ("Plt", "Pj")
_DAY = timedelta(days=1)


def terms(work: UnitOfWork) -> tuple[TermRow, ...]:
    """List the terms of office, the latest first."""
    found = work.session.execute(
        select(TermRecord, UserRecord.name)
        .join(UserRecord, UserRecord.id == TermRecord.user_id)
        .order_by(TermRecord.first_day.desc(), TermRecord.id.desc())
    )
    return tuple(
        TermRow(
            row.id,
            row.user_id,
            name,
            Role(row.role),
            row.title,
            row.first_day,
            row.last_day,
            row.decree,
        )
        for row, name in found
    )


@command
def save_term(work: UnitOfWork, op_id: str, typed: TermInput) -> int:
    """Record who holds an office definitively from when until when, and give the term's id.

    The same person's term in the same office from the same day is changed instead. An open term
    of the one before ends on the day before this one begins. InputError at the field; RuleError
    when two would hold an office that has one holder.
    """
    work.require(Role.ADMIN)
    work.require_presence()
    user = work.session.get_one(UserRecord, typed.user_id)
    title, decree = _checked(typed, user)
    earlier = _same(work, typed)
    known = work.session.scalars(
        select(TermRecord).where(TermRecord.role == typed.role.value)
    ).all()
    others = [term for term in known if term is not earlier]
    ended = _follow(typed, user, others, work)
    _refuse_while_acting(work, typed)
    carried = [] if known else _carry_over(work, typed)
    row = earlier or TermRecord(user_id=user.id, role=typed.role.value, first_day=typed.first)
    row.title, row.last_day, row.decree = title, typed.last, decree
    work.session.add_all([*carried, row])
    work.session.flush()
    _announce(work, op_id, "jabatan-ubah" if earlier else "jabatan", row, [*ended, *carried])
    return row.id


@command
def end_term(work: UnitOfWork, op_id: str, term_id: int, last: date) -> None:
    """End a term with a day; RuleError when it has ended before."""
    work.require(Role.ADMIN)
    work.require_presence()
    row = work.session.get_one(TermRecord, term_id)
    if row.last_day is not None and row.last_day <= last:
        raise RuleError(
            "Masa jabatan ini sudah berakhir. Tidak ada yang berubah; muat ulang daftar pejabat."
        )
    row.last_day = max(last, row.first_day - _DAY)
    work.session.flush()
    _announce(work, op_id, "jabatan-akhir", row, [])


def _checked(typed: TermInput, user: UserRecord) -> tuple[str, str]:
    if typed.role not in OFFICIALS:
        raise InputError("Pilih jabatan: Camat, Sekretaris Kecamatan, atau Kasi.", "role")
    if typed.last is not None and typed.last < typed.first:
        raise InputError("Hari terakhir tidak boleh sebelum hari pertama.", "last")
    if not user.active:
        raise InputError(
            f"{user.name} tidak aktif lagi. Tidak ada yang berubah; pilih pegawai lain, atau "
            "aktifkan dulu pada menu Pengguna.",
            "user_id",
        )
    title = checked_text(typed.title, "Nama jabatan pada surat", MOST_TITLE, "title").rstrip(" ,")
    if missing := missing_characters(title.upper()):
        raise InputError(
            f"Nama jabatan memuat huruf yang tidak dapat dicetak: {missing}. Tidak ada yang "
            "berubah; ganti huruf itu.",
            "title",
        )
    return title, checked_text(typed.decree, "Dasar jabatan", MOST_DECREE, "decree")


def _same(work: UnitOfWork, typed: TermInput) -> TermRecord | None:
    return work.session.scalars(
        select(TermRecord).where(
            TermRecord.user_id == typed.user_id,
            TermRecord.role == typed.role.value,
            TermRecord.first_day == typed.first,
        )
    ).first()


def _follow(
    typed: TermInput, user: UserRecord, others: list[TermRecord], work: UnitOfWork
) -> list[TermRecord]:
    """End the open term of the one before; RuleError where two terms would overlap."""
    ended = []
    for term in others:
        if typed.role not in SINGLE and term.user_id != user.id:
            continue  # a sub-district may have several Kasi
        if not _overlap(typed.first, typed.last, term.first_day, term.last_day):
            continue
        if term.last_day is not None or term.first_day >= typed.first:
            name = work.session.get_one(UserRecord, term.user_id).name
            until = f"sampai {long_date(term.last_day)}" if term.last_day else "seterusnya"
            raise RuleError(
                f"{name} sudah tercatat sebagai {typed.role.label} dari "
                f"{long_date(term.first_day)} {until}. Tidak ada yang berubah; betulkan tanggalnya "
                "atau akhiri dulu masa jabatan itu.",
                "first",
            )
        term.last_day = typed.first - _DAY
        ended.append(term)
    return ended


def _refuse_while_acting(work: UnitOfWork, typed: TermInput) -> None:
    """Refuse a term while somebody holds the office as vacant (Plt., Pj.)."""
    for row in work.session.scalars(
        select(ActingRecord).where(
            ActingRecord.role == typed.role.value, ActingRecord.kind.in_(_VACANT)
        )
    ):
        if _overlap(typed.first, typed.last, row.first_day, row.last_day):
            name = work.session.get_one(UserRecord, row.user_id).name
            raise RuleError(
                f"{name} tercatat sebagai {row.kind}. {typed.role.label} sampai "
                f"{long_date(row.last_day)}. Tidak ada yang berubah; akhiri dulu penunjukan itu.",
                "first",
            )


def _carry_over(work: UnitOfWork, typed: TermInput) -> list[TermRecord]:
    """Give terms for those who held the office by their accounts until its first term."""
    since = work.calendar.local_date(work.session.get_one(InstanceRecord, 1).created_at)
    found = []
    for holder in work.roster.holders(typed.role, work.today):
        span = _left_of(work, typed, holder, since)
        if span is not None and (span[1] is None or span[0] <= span[1]):
            found.append(
                TermRecord(
                    user_id=holder,
                    role=typed.role.value,
                    title="",
                    first_day=span[0],
                    last_day=span[1],
                    decree="",
                )
            )
    return found


def _left_of(
    work: UnitOfWork, typed: TermInput, holder: int, since: date
) -> tuple[date, date | None] | None:
    """Give the days a holder by account keeps beside the first term; None: all is said by it."""
    if holder == typed.user_id:
        return (since, typed.first - _DAY) if typed.first > work.today else None
    if typed.role not in SINGLE:
        return since, None
    if typed.last is not None and typed.last < work.today:
        return max(since, typed.last + _DAY), None
    return since, typed.first - _DAY


def _overlap(first: date, last: date | None, other: date, other_last: date | None) -> bool:
    return (other_last is None or first <= other_last) and (last is None or other <= last)


def _announce(
    work: UnitOfWork, op_id: str, act: str, row: TermRecord, beside: list[TermRecord]
) -> None:
    work.forget_roster()
    link = work.link()
    link.add(ContentRecord, kind="dasar-jabatan", body=canonical([row.title, row.decree]))
    payload = {**_told(row), "beside": [_told(term) for term in beside]}
    work.close_event(link, op_id, act, Role.ADMIN, payload=payload)


def _told(row: TermRecord) -> dict[str, object]:
    return {
        "term": row.id,
        "user": row.user_id,
        "for": row.role,
        "first": row.first_day.isoformat(),
        "last": row.last_day.isoformat() if row.last_day else None,
    }
