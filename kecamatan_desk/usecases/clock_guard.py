"""The clock of the machine against what was done before: somebody looks before a number is given.

Order never depends on the clock: events and numbers follow one another by their own counting. But
the year of a book, the day of a letter and of a queue number come from it, and a PC whose battery
is empty wakes up years ago (reliability P17).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from kecamatan_desk.domain.errors import ClockDoubtError
from kecamatan_desk.domain.indonesian import clock as clock_time
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import EventRecord, IssueRecord, table_of
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.desk import UnitOfWork, command

CONFIRMED = "jam-dibenarkan"
BEHIND = timedelta(minutes=5)
OVER_NEW_YEAR = timedelta(days=31)  # an office may be shut so long, and wake up in another year

_ISSUE, _EVENT = table_of(IssueRecord), table_of(EventRecord)
_NEWEST_NUMBER = select(_ISSUE.c.event_seq).order_by(_ISSUE.c.id.desc()).limit(1)
_SINCE = (
    select(_EVENT.c.at, _EVENT.c.act)
    .where(_EVENT.c.seq >= func.coalesce(_NEWEST_NUMBER.scalar_subquery(), 1))
    .order_by(_EVENT.c.seq)
)


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """Why the clock is not believed. ``before``: when something was last done; ``now``: it says."""

    before: datetime
    now: datetime
    behind: bool


def clock_doubt(work: UnitOfWork) -> ClockDoubt | None:
    """Compare the clock with what was done since the last moment somebody could vouch for.

    That is the newest number: none is given while there is a doubt; or a confirmation after it.
    Events since then (signing, handing over) were written by whatever clock there was: they can
    show that it ran ahead, but never that it is right.
    """
    since = _vouched(work)
    if not since:
        return None
    latest = max(since)
    if work.now < latest - BEHIND:
        return ClockDoubt(latest, work.now, behind=True)
    vouched = since[0]
    another_year = vouched.astimezone(work.zone).year != work.today.year
    if another_year and work.now - vouched > OVER_NEW_YEAR:
        return ClockDoubt(vouched, work.now, behind=False)
    return None


def may_erase(work: UnitOfWork) -> bool:
    """Whether the clock may decide that something's time is over and it goes for ever.

    Stricter than `clock_doubt`, since nobody is asked: a number or a confirmation of the last 31
    days must vouch for it. After a longer silence, or a leap, the erasing waits for the next one.
    """
    since = _vouched(work)
    return bool(since) and max(since) - BEHIND <= work.now <= since[0] + OVER_NEW_YEAR


def lower_bound(work: UnitOfWork) -> datetime:
    """Give a moment that has surely come: the clock's, or the newest number's when it is behind.

    What is written on a PC that woke up years ago must not look years old afterwards.
    """
    since = _vouched(work)
    return max(work.now, since[0]) if since else work.now


def _vouched(work: UnitOfWork) -> list[datetime]:
    """Give the moments from the newest number, or a confirmation after it, on; empty: no number."""
    known = work.session.execute(_SINCE).all()
    confirmed = [place for place, event in enumerate(known) if event.act == CONFIRMED]
    return [moment(event.at) for event in known[confirmed[-1] if confirmed else 0 :]]


def require_sure_clock(work: UnitOfWork, *, closing: bool = False) -> None:
    """Raise ClockDoubtError before a number is given, or a book closed, by a clock in doubt.

    The way on is `confirm_clock`, or putting the clock right; then the same deed again.
    """
    doubt = clock_doubt(work)
    if doubt is None:
        return
    now, before = (at.astimezone(work.zone) for at in (doubt.now, doubt.before))
    book = "" if doubt.behind else f" (akan masuk buku tahun {now.year})"
    undone = "Belum ada yang ditutup" if closing else f"Nomor belum terpakai{book}"
    raise ClockDoubtError(
        f"Jam komputer menunjukkan {_told(now)}, pekerjaan terakhir {_told(before)}. {undone}. "
        f"Betulkan jam komputer lalu ulangi, atau tekan Jam sudah benar."
    )


@command
def confirm_clock(work: UnitOfWork, op_id: str) -> None:
    """*Jam sudah benar*: write down who found the clock right, and both times.

    Holds until the clock jumps again; writes nothing when there is no doubt (any more).
    """
    doubt = clock_doubt(work)
    if doubt is None:
        return
    work.close_event(
        work.link(),
        op_id,
        CONFIRMED,
        next(iter(work.roles), Role.PEMOHON),
        payload={"before": stamp(doubt.before), "now": stamp(doubt.now)},
    )


def _told(at: datetime) -> str:
    return f"{long_date(at.date())} pukul {clock_time(at)}"
