"""Giving numbers: one counter per series and period, in the caller's own transaction.

A rollback gives the number back; nothing else does. Every number is also an archive row, so that
``check`` can prove: counter = highest = count.
"""

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.persistence.chain import Link
from kecamatan_desk.persistence.database import BROKEN, HELD
from kecamatan_desk.persistence.journal import Spent
from kecamatan_desk.persistence.tables import BlockRecord, CounterRecord, IssueRecord, table_of

FILES = "berkas"  # file codes, period = year
QUEUE = "antrian"  # queue numbers of the whole office, period = day
MINUTES = "berita-acara"  # period = year

#: Where a session keeps what its transaction has spent: a list of `Spent`.
SPENT = "numbers"

_COUNTER = table_of(CounterRecord)
_TAKE = (
    insert(_COUNTER)
    .on_conflict_do_update(
        index_elements=[_COUNTER.c.series, _COUNTER.c.period], set_={"last": _COUNTER.c.last + 1}
    )
    .returning(_COUNTER.c.last)
)


def take_number(
    session: Session, link: Link, series: str, period: str, request_id: int | None
) -> int:
    """Spend the next number of a series in a period; it belongs to the request from now on.

    ``request_id`` None: it belongs to a letter written outside the program.

    RuleError in a series that is not whole. File codes and queue numbers, where these are, go on
    beside a book that is not: people are waiting, and they stand on no letter.
    """
    if series not in (FILES, QUEUE) or series in session.info.get(BROKEN, ()):
        refuse_held(session)
    first = {"series": series, "period": period, "last": 1}
    number = int(session.execute(_TAKE, first).scalar_one())
    link.add(IssueRecord, series=series, period=period, number=number, request_id=request_id)
    _note(session, series, period, number)
    return number


def take_block(
    session: Session, link: Link, series: str, period: str, amount: int, kind: str, reason: str
) -> tuple[int, int]:
    """Move the counter over *amount* numbers in one piece, and give the first and the last.

    What becomes of each is written in lines of its own; see BlockRecord for the kinds.
    """
    first = coming_number(session, series, period)
    last = first + amount - 1
    link.add(
        BlockRecord,
        series=series,
        period=period,
        first=first,
        last=last,
        kind=kind,
        reason=reason,
    )
    counter = {"series": series, "period": period, "last": last}
    if first == 1:  # the guards tell a counter that begins from one that moves
        session.execute(insert(_COUNTER), counter)
    else:
        session.execute(
            update(_COUNTER)
            .where(_COUNTER.c.series == series, _COUNTER.c.period == period)
            .values(last=last)
        )
    _note(session, series, period, last)
    return first, last


def refuse_held(session: Session) -> None:
    """Raise RuleError while the numbers of this place are not proved: none may be given then."""
    if why := session.info.get(HELD):
        raise RuleError(
            f"Nomor tidak dapat diberikan: {why} Tidak ada yang berubah dan tidak ada nomor yang "
            "terpakai; mintalah Administrator menjalankan pemeriksaan data (check) dan jangan "
            "menulis nomor sendiri."
        )


def _note(session: Session, series: str, period: str, number: int) -> None:
    """Remember what this transaction spends, for the journal outside the database."""
    session.info.setdefault(SPENT, []).append(Spent(series, period, number))


def note_inserted(session: Session, series: str, period: str, base: int, suffix: str) -> None:
    """Remember a number inserted behind another, for the journal; the counter stays."""
    session.info.setdefault(SPENT, []).append(Spent(series, period, base, suffix))


def coming_number(session: Session, series: str, period: str) -> int:
    """Give the number that would be spent next. Nothing is spent."""
    last = session.execute(
        select(CounterRecord.last).where(
            CounterRecord.series == series, CounterRecord.period == period
        )
    ).scalar()
    return (last or 0) + 1
