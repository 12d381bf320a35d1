"""What the book on screen says of closed months: when they were closed, and what changed since.

The screen shows a book as it stands now, since deeds are done on it; paper and workbook show a
closed one as at its closing. So the screen says which months are closed, and which lines are not
as they were.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from kecamatan_desk.documents.book_values import WAITING, BookLine
from kecamatan_desk.domain.indonesian import MONTHS, long_date
from kecamatan_desk.persistence.tables import LineStatusRecord, table_of
from kecamatan_desk.usecases.book_states import book_acts
from kecamatan_desk.usecases.closed_books import period_label
from kecamatan_desk.usecases.closing_marks import closed_book
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.periods import Period

#: What stands under Keterangan of a line that is not as it was when its month was closed.
CHANGED = "Berubah sesudah penutupan"
#: What stands there of a line of an earlier year that is still worked on.
CARRIED = "Belum selesai, sisa tahun lalu"
Month = tuple[int, int]

_STATUS = table_of(LineStatusRecord)


@dataclass(frozen=True, slots=True)
class ClosedMonths:
    """The closed months among the days of a book."""

    words: str  # "" while all of them are open
    marks: Mapping[Month, int]  # the newest status row each closing has seen


#: All months are open.
OPEN = ClosedMonths("", {})


def closed_months(work: UnitOfWork, period: Period) -> ClosedMonths:
    """Give the closed months of a book's days, and how its head tells of them."""
    acts, marks, closed = book_acts(work), {}, []
    for year, month in _months(period):
        if not acts.month_closed(year, month):
            continue
        book = closed_book(work, Period.of_month(year, month))
        if book is not None:
            marks[year, month] = book.mark.status
            closed.append((year, month))
    whole = closed_book(work, period)
    if whole is not None:
        key = str(period.first.year)
        if not period.is_year:
            key = f"{period.first:%Y-%m}"
        when = long_date(date.fromisoformat(whole.facts.day))
        words = (
            f"Buku {period_label(key)} sudah ditutup pada {when}. Di layar keadaan sekarang, baris "
            f"yang lain dari saat ditutup bertanda “{CHANGED}”; cetakan dan XLSX memuat keadaan "
            "saat ditutup."
        )
        return ClosedMonths(words, marks)
    if not closed:
        return OPEN
    words = (
        f"Sudah ditutup: {_named(closed)}. Baris yang lain dari saat bulannya ditutup bertanda "
        f"“{CHANGED}”."
    )
    return ClosedMonths(words, marks)


def changed_lines(
    work: UnitOfWork, lines: Iterable[BookLine], closed: ClosedMonths
) -> frozenset[int]:
    """Give which lines have got a status row since their month was closed, by their ids."""
    days = {line.id: line.day for line in lines if line.id}
    inside = [one for one, day in days.items() if (day.year, day.month) in closed.marks]
    if not inside:
        return frozenset()
    newest = work.session.execute(
        select(_STATUS.c.line_id, func.max(_STATUS.c.id).label("newest"))
        .where(_STATUS.c.line_id.in_(inside))
        .group_by(_STATUS.c.line_id)
    )
    return frozenset(
        row.line_id
        for row in newest
        if row.newest > closed.marks[days[row.line_id].year, days[row.line_id].month]
    )


def carried_lines(work: UnitOfWork, lines: Iterable[BookLine]) -> frozenset[int]:
    """Give the lines of an earlier year whose file has not ended: *sisa tahun lalu*."""
    year = work.today.year
    return frozenset(
        line.id for line in lines if line.id and line.state == WAITING and line.day.year < year
    )


def _months(period: Period) -> Iterable[Month]:
    year, month = period.first.year, period.first.month
    while (year, month) <= (period.last.year, period.last.month):
        last = calendar.monthrange(year, month)[1]
        if date(year, month, last) >= period.first:
            yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _named(months: list[Month]) -> str:
    """Name months in words, runs in one piece: "Januari s.d. April 2026, Juni 2026"."""
    runs: list[list[Month]] = []
    for one in months:
        before = runs[-1][-1] if runs else None
        if before is not None and before[0] == one[0] and before[1] + 1 == one[1]:
            runs[-1].append(one)
        else:
            runs.append([one])
    return ", ".join(
        (f"{MONTHS[run[0][1] - 1]} s.d. " if len(run) > 1 else "")
        + f"{MONTHS[run[-1][1] - 1]} {run[-1][0]}"
        for run in runs
    )
