"""Giving numbers: one counter per series and period, in the caller's own transaction.

A rollback gives the number back; nothing else does. Every number is also an archive row, so that
``check`` can prove: counter = highest = count.
"""

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from kecamatan_desk.persistence.chain import Link
from kecamatan_desk.persistence.tables import CounterRecord, IssueRecord, table_of

FILES = "berkas"  # file codes, period = year
QUEUE = "antrian"  # queue numbers of the whole office, period = day
MINUTES = "berita-acara"  # period = year

_COUNTER = table_of(CounterRecord)
_TAKE = (
    insert(_COUNTER)
    .on_conflict_do_update(
        index_elements=[_COUNTER.c.series, _COUNTER.c.period], set_={"last": _COUNTER.c.last + 1}
    )
    .returning(_COUNTER.c.last)
)


def take_number(session: Session, link: Link, series: str, period: str, request_id: int) -> int:
    """Spend the next number of a series in a period; it belongs to the request from now on."""
    first = {"series": series, "period": period, "last": 1}
    number = int(session.execute(_TAKE, first).scalar_one())
    link.add(IssueRecord, series=series, period=period, number=number, request_id=request_id)
    return number


def coming_number(session: Session, series: str, period: str) -> int:
    """Give the number that would be spent next. Nothing is spent."""
    last = session.execute(
        select(CounterRecord.last).where(
            CounterRecord.series == series, CounterRecord.period == period
        )
    ).scalar()
    return (last or 0) + 1
