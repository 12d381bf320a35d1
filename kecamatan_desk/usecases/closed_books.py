"""Whether a book is closed: the newest act of its month or year says so, as in the database.

Read before a number is spent; the database refuses too (guard_closed_book).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.indonesian import MONTHS, long_date
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.persistence.chain import canonical
from kecamatan_desk.persistence.tables import BookActRecord, table_of
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.desk import UnitOfWork

#: Who opens and closes books (domain facts 8.3); the Camat reads.
CLOSERS = (Role.REGISTER, Role.KASI, Role.SEKCAM)
READERS = (Role.REGISTER, *OFFICIALS)
#: Kinds of acts on a book.
CLOSED_DAY, CLOSED, REOPENED = "tutup-hari", "tutup", "buka-kembali"

_ACT = table_of(BookActRecord)
_NEWEST = (
    select(_ACT.c.kind, _ACT.c.period, _ACT.c.created_at)
    .where(
        or_(_ACT.c.kind == CLOSED, _ACT.c.kind == REOPENED),
        or_(_ACT.c.period == bindparam("period"), _ACT.c.period == bindparam("year")),
    )
    .order_by(_ACT.c.id.desc())
    .limit(1)
)


def month_key(day: date) -> str:
    """Give how a day's month is called in acts: "2026-05"."""
    return f"{day.year:04d}-{day.month:02d}"


def period_label(period: str) -> str:
    """Give "tahun 2026", "bulan Mei 2026" or "hari 12 Mei 2026" for running text."""
    match period.split("-"):
        case [year]:
            return f"tahun {year}"
        case [year, month]:
            return f"bulan {MONTHS[int(month) - 1]} {year}"
    return f"hari {long_date(date.fromisoformat(period))}"


def is_closed(work: UnitOfWork, day: date) -> bool:
    """Whether the book of a day refuses new and inserted lines."""
    return closed_by(work.session, month_key(day)) is not None


def closed_by(session: Session, period: str) -> tuple[str, str] | None:
    """Give (period, when) of the act by which a month's book is closed; None when it is open.

    ``period``: the month, which its year's closing closes too; or a year alone.
    """
    newest = session.execute(_NEWEST, {"period": period, "year": period[:4]}).first()
    return (newest.period, newest.created_at) if newest and newest.kind == CLOSED else None


def refuse_closed(work: UnitOfWork, day: date) -> None:
    """Raise RuleError when no line may be written under a day any more; nothing is spent then."""
    closed = closed_by(work.session, month_key(day))
    if closed is None:
        return
    period, at = closed
    when = long_date(moment(at).astimezone(work.zone).date())
    if month_key(day) == month_key(work.today):
        way = (
            "register mulai hari kerja pertama bulan berikutnya, atau minta buku dibuka kembali "
            "pada menu Tutup Buku"
        )
    else:
        way = "pakai tanggal dalam bulan yang masih terbuka, atau minta buku dibuka kembali pada "
        way += "menu Tutup Buku"
    raise RuleError(
        f"Buku {period_label(period)} sudah ditutup pada {when}, jadi tidak menerima nomor baru "
        f"bertanggal {long_date(day)}. Belum ada nomor yang terpakai dan tidak ada yang hilang; "
        f"{way}."
    )


def put_book_act(
    work: UnitOfWork,
    op_id: str,
    role: Role,
    kind: str,
    period: str,
    facts: Mapping[str, Any],
    *,
    sha256: str = "",
    reason: str = "",
    head: tuple[int, str] = (0, ""),
    told: Mapping[str, Any] | None = None,
) -> int:
    """Write an act on a book and its event; give the act's id. ``head``: the chain before it."""
    link = work.link()
    act_id = link.add(
        BookActRecord,
        kind=kind,
        period=period,
        facts=canonical(dict(facts)),
        head_seq=head[0],
        head_hash=head[1],
        sha256=sha256,
        reason=reason,
        user_name=work.user.name,
        created_at=stamp(work.now),
    )
    payload = {"book_act": act_id, "period": period, **(told or {})}
    work.close_event(link, op_id, f"buku-{kind}", role, payload=payload)
    return act_id
