"""Which books are open, what stands in the way of closing them, and which closings there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import bindparam, case, func, select

from kecamatan_desk.domain.indonesian import MONTHS, clock, long_date, short_date
from kecamatan_desk.persistence.tables import (
    BookActRecord,
    EventRecord,
    InstanceRecord,
    LineRecord,
    LineStatusRecord,
    table_of,
)
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.agreements import AGREED, REOPENING, WAITING, proposals
from kecamatan_desk.usecases.blocks import LOST, listed, open_reserved
from kecamatan_desk.usecases.booking import LINE_STATES
from kecamatan_desk.usecases.closed_books import (
    CLOSED,
    CLOSED_DAY,
    CLOSERS,
    READERS,
    REOPENED,
    period_label,
)
from kecamatan_desk.usecases.closing_facts import deeds_of, earlier_dated, span_of
from kecamatan_desk.usecases.closing_values import (
    BooksState,
    ClosingRef,
    DayState,
    MonthState,
    Obstacle,
    Reopening,
)
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.number_values import ReservedNumber
from kecamatan_desk.usecases.series import series_label

#: Kind of the act that names the stored page of a closing; its facts say which closing.
PAGE = "halaman"
PRINTED = "cetak-penutupan"  # the act in the chain when such a page is printed
#: Numbers without a line: no emergency sheet was ever printed for those lost with a disk.
_UNFILLED = (
    "Nomor cadangan {} {} belum diisi; isi dari lembar darurat, atau batalkan yang tidak terpakai."
)
_GONE = (
    "Nomor {} {} hilang bersama cakram; isi ulang dari arsip kertas, atau batalkan yang tidak "
    "ditemukan di sana."
)

_ACT, _LINE, _STATUS, _EVENT = map(
    table_of, (BookActRecord, LineRecord, LineStatusRecord, EventRecord)
)
_PRINTS = select(func.json_extract(_EVENT.c.payload, "$.closing")).where(
    _EVENT.c.act == PRINTED,
    func.json_extract(_EVENT.c.payload, "$.closing").in_(bindparam("acts", expanding=True)),
)


@dataclass(frozen=True, slots=True)
class BookActs:
    """The acts on the books, the oldest first: some hundred rows at most."""

    rows: tuple[tuple[int, str, str], ...]  # id, kind, period

    def newest(self, *periods: str) -> tuple[int, str, str] | None:
        """Give the newest closing or reopening of any of these periods."""
        return next((row for row in reversed(self.rows) if row[2] in periods), None)

    def month_closed(self, year: int, month: int) -> bool:
        """Whether a month takes no lines, by its own closing or its year's."""
        newest = self.newest(f"{year:04d}-{month:02d}", f"{year:04d}")
        return newest is not None and newest[1] == CLOSED

    def year_closed(self, year: int) -> bool:
        """Whether a year is closed and none of its months was opened again since."""
        own = [row for row in self.rows if row[2].startswith(f"{year:04d}")]
        ends = [row for row in own if row[1] == REOPENED or row[2] == str(year)]
        return bool(ends) and ends[-1][1] == CLOSED


def book_acts(work: UnitOfWork) -> BookActs:
    """Read every closing and reopening of a month or year."""
    wanted = (
        select(_ACT.c.id, _ACT.c.kind, _ACT.c.period)
        .where(_ACT.c.kind.in_((CLOSED, REOPENED)))
        .order_by(_ACT.c.id)
    )
    return BookActs(tuple((row.id, row.kind, row.period) for row in work.session.execute(wanted)))


def first_month(work: UnitOfWork) -> date:
    """Give the first day of the first month the register has: the first line, or the set-up."""
    made = work.session.scalar(select(InstanceRecord.created_at))
    days = [work.calendar.local_date(made)] if made else [work.today]
    line = work.session.scalar(select(func.min(_LINE.c.day)))
    if line:
        days.append(date.fromisoformat(line))
    return min(days).replace(day=1)


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    day = first.replace(day=1)
    while day <= last:
        yield day.year, day.month
        day = (day + timedelta(days=32)).replace(day=1)


def months_to_close(work: UnitOfWork, year: int) -> tuple[MonthState, ...]:
    """Give the months of a year that the register has, up to this month."""
    acts, start = book_acts(work), first_month(work)
    months = [m for m in _months(max(start, date(year, 1, 1)), work.today) if m[0] == year]
    counts = _line_counts(work, year)
    refs: dict[str, list[ClosingRef]] = {}
    for ref in closings_of(work, [f"{y:04d}-{m:02d}" for y, m in months]):
        refs.setdefault(ref.period, []).append(ref)
    return tuple(_month_state(acts, month, counts, refs) for month in months)


def _month_state(
    acts: BookActs,
    month: tuple[int, int],
    counts: dict[str, tuple[int, int]],
    refs: dict[str, list[ClosingRef]],
) -> MonthState:
    period = f"{month[0]:04d}-{month[1]:02d}"
    newest = acts.newest(period, str(month[0]))
    state = "terbuka"
    if newest is not None:
        state = "tertutup" if newest[1] == CLOSED else "dibuka-kembali"
    lines, running = counts.get(period, (0, 0))
    pages = tuple(refs.get(period, ()))
    ref = pages[-1] if pages else None
    return MonthState(
        year=month[0],
        month=month[1],
        name=f"{MONTHS[month[1] - 1]} {month[0]}",
        state=state,
        lines=lines,
        running=running,
        act=ref.act if ref else None,
        told=ref.told if ref else "",
        paper=ref.paper if ref else "",
        printed=ref.printed if ref else False,
        pages=pages,
    )


def _line_counts(work: UnitOfWork, year: int) -> dict[str, tuple[int, int]]:
    """Give by month how many lines it has, and how many of them are still under way."""
    ended = (
        select(_STATUS.c.id)
        .where(_STATUS.c.line_id == _LINE.c.id, _STATUS.c.kind.in_(set(LINE_STATES.values())))
        .exists()
    )
    month = func.substr(_LINE.c.day, 1, 7)
    rows = work.session.execute(
        select(month, func.count(), func.sum(case((ended, 0), else_=1)))
        .where(_LINE.c.period == str(year))
        .group_by(month)
    )
    return {period: (lines, int(running or 0)) for period, lines, running in rows}


def closings_of(work: UnitOfWork, periods: Iterable[str]) -> tuple[ClosingRef, ...]:
    """List the closings of periods, the oldest first, each with its stored page."""
    rows = work.session.execute(
        select(_ACT)
        .where(_ACT.c.kind.in_((CLOSED, CLOSED_DAY)), _ACT.c.period.in_(list(periods)))
        .order_by(_ACT.c.id)
    ).all()
    if not rows:
        return ()
    ids = [row.id for row in rows]
    papers = _papers(work, ids)
    printed = set(work.session.scalars(_PRINTS, {"acts": ids}))
    newest = {row.period: row.id for row in rows}
    acts = book_acts(work)
    found = []
    for row in rows:
        at = moment(row.created_at).astimezone(work.zone)
        last = acts.newest(row.period)
        in_force = newest[row.period] == row.id and (last is None or last[1] != REOPENED)
        found.append(
            ClosingRef(
                act=row.id,
                period=row.period,
                title=f"Penutupan {period_label(row.period)}",
                told=f"Ditutup {short_date(at.date())} {clock(at)} oleh {row.user_name}",
                paper=papers.get(row.id, ""),
                printed=row.id in printed,
                in_force=in_force,
            )
        )
    return tuple(found)


def _papers(work: UnitOfWork, acts: list[int]) -> dict[int, str]:
    """Give the stored pages by closing."""
    closing = func.json_extract(_ACT.c.facts, "$.closing")
    rows = work.session.execute(
        select(closing, _ACT.c.sha256).where(_ACT.c.kind == PAGE, closing.in_(acts))
    )
    return {int(act): sha256 for act, sha256 in rows}


def pages_missing(work: UnitOfWork, year: int) -> int:
    """Count the closings of a year's months, and its own, whose page was not printed yet."""
    periods = [f"{year:04d}-{month:02d}" for month in range(1, 13)]
    refs = closings_of(work, [*periods, str(year)])
    return sum(1 for ref in refs if ref.in_force and not ref.printed)


# --- what stands in the way ----------------------------------------------------------------------


def last_working_day(work: UnitOfWork, year: int, month: int) -> date:
    """Give the last day of a month on which the office opens; the month's last without any."""
    last = day = span_of(f"{year:04d}-{month:02d}").last
    while day.month == month and not work.calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day if day.month == month else last


def month_obstacles(work: UnitOfWork, year: int, month: int) -> tuple[Obstacle, ...]:
    """Give why a month cannot be closed now; nothing when it can."""
    period, name = f"{year:04d}-{month:02d}", f"{MONTHS[month - 1]} {year}"
    acts, start = book_acts(work), first_month(work)
    if acts.month_closed(year, month):
        return (Obstacle("tertutup", f"Buku bulan {name} sudah ditutup."),)
    if date(year, month, 1) < start:
        text = f"Buku bulan {name} tidak ada: register ini dimulai {long_date(start)}."
        return (Obstacle("tidak-ada", text),)
    found = []
    last = last_working_day(work, year, month)
    if work.today < last:
        text = f"Hari kerja terakhir bulan {name} adalah {long_date(last)}; sebelum itu belum dapat"
        found.append(Obstacle("belum", f"{text} ditutup."))
    earlier = next(
        (
            (y, m)
            for y, m in _months(start, date(year, month, 1))
            if (y, m) != (year, month) and not acts.month_closed(y, m)
        ),
        None,
    )
    if earlier is not None:
        text = f"Bulan {MONTHS[earlier[1] - 1]} {earlier[0]} masih terbuka; bulan ditutup berurutan"
        found.append(Obstacle("urutan", f"{text}."))
    return (*found, *_reserved(work, period))


def _reserved(work: UnitOfWork, period: str) -> tuple[Obstacle, ...]:
    """Numbers set aside that have neither line nor void would be gaps in a signed book."""
    alike: dict[tuple[str, bool], list[ReservedNumber]] = {}
    for number in open_reserved(work, period):
        alike.setdefault((number.series, number.kind == LOST), []).append(number)
    return tuple(
        Obstacle(
            "cadangan",
            (_GONE if lost else _UNFILLED).format(series_label(series), listed(numbers)),
            "cadangan",
        )
        for (series, lost), numbers in alike.items()
    )


def year_obstacles(work: UnitOfWork, year: int) -> tuple[Obstacle, ...]:
    """Give why a year cannot be closed now; nothing when it can."""
    if book_acts(work).year_closed(year):
        return (Obstacle("tertutup", f"Buku tahun {year} sudah ditutup."),)
    months = months_to_close(work, year)
    if not months:
        return (Obstacle("tidak-ada", f"Register ini tidak memuat tahun {year}."),)
    found = [month.name for month in months if not month.closed]
    if work.today.year == year and months[-1].month < 12:
        last = last_working_day(work, year, 12)
        text = f"Tahun {year} belum selesai: hari kerja terakhirnya {long_date(last)}."
        return (Obstacle("belum", text),)
    if found:
        text = f"Bulan yang masih terbuka: {', '.join(found)}; tutup bulan-bulan itu dahulu."
        return (Obstacle("bulan", text),)
    return _reserved(work, str(year))


def new_on(work: UnitOfWork, day: date) -> bool:
    """Whether something was done on a day since its last closing line, beyond the closing."""
    newest = work.session.scalar(
        select(func.max(_ACT.c.event_seq)).where(
            _ACT.c.kind == CLOSED_DAY, _ACT.c.period == day.isoformat()
        )
    )
    if newest is None:
        return True
    since = select(_EVENT.c.seq).where(
        deeds_of(work, day.isoformat()),
        _EVENT.c.seq > newest,
        _EVENT.c.act.not_in((f"buku-{PAGE}", PRINTED)),
    )
    return work.session.execute(since.limit(1)).first() is not None


def reopenings(work: UnitOfWork) -> tuple[Reopening, ...]:
    """List the proposals to open a month again that are not settled."""
    return tuple(
        Reopening(
            one.id,
            str(one.facts["period"]),
            one.reason,
            one.proposer,
            one.state == AGREED,
            one.proposed_by == work.user.id,
        )
        for one in proposals(work, WAITING, AGREED)
        if one.kind == REOPENING
    )


# --- for the screen ------------------------------------------------------------------------------


def books_state(work: UnitOfWork, year: int) -> BooksState:
    """Give all that the screen Tutup Buku shows of a year. Nothing is written."""
    work.require(*READERS)
    months = months_to_close(work, year)
    acts = book_acts(work)
    obstacles = {
        month.period: month_obstacles(work, year, month.month)
        for month in months
        if not month.closed
    }
    obstacles[str(year)] = year_obstacles(work, year)
    own = closings_of(work, [str(year)])
    return BooksState(
        year=year,
        first_year=first_month(work).year,
        months=months,
        today=today_state(work),
        year_closed=acts.year_closed(year),
        year_act=own[-1] if own else None,
        obstacles=obstacles,
        reopenings=reopenings(work),
        may_close=any(role in work.roles for role in CLOSERS),
        left_open=_left_open(work, acts, year),
    )


def _left_open(work: UnitOfWork, acts: BookActs, year: int) -> int:
    """Give the first year before *year* that has ended and is not closed; 0: there is none."""
    years = range(first_month(work).year, min(year, work.today.year))
    return next((one for one in years if not acts.year_closed(one)), 0)


def today_state(work: UnitOfWork) -> DayState:
    """Give what today's closing line would state, and those made already."""
    day = work.today.isoformat()
    deeds = deeds_of(work, day)
    lines = work.session.scalar(
        select(func.count()).where(_LINE.c.period == day[:4], _LINE.c.day == day)
    )
    decided = func.json_extract(_EVENT.c.payload, "$.decided").is_not(None)
    return DayState(
        day=day,
        lines=lines or 0,
        earlier=len(earlier_dated(work, work.today)),
        events=work.session.scalar(select(func.count(_EVENT.c.seq)).where(deeds)) or 0,
        recorded=work.session.scalar(select(func.count(_EVENT.c.seq)).where(deeds, decided)) or 0,
        closings=closings_of(work, [day]),
        new=new_on(work, work.today),
    )
