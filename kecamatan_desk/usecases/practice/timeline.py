"""The office hours of the past weeks as one line of minutes, and the clock that walks along it."""

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kecamatan_desk.domain.calendar import WorkingCalendar

#: A file that failed the check may stay away so long before it expires; a little more is needed.
EXPIRY_DAYS = 30
REQUESTS_A_DAY = 22
_LEAST_MINUTES = 60  # of office time; with less the line runs through day and night


class Timeline:
    """The opening hours from a first day of this year up to a moment, in minutes from 0.

    ``end`` is the last full hour: two offices made with one seed in the same hour are alike.
    """

    def __init__(self, calendar: WorkingCalendar, now: datetime, requests: int) -> None:
        local = now.astimezone(calendar.zone)
        self.zone: ZoneInfo = calendar.zone
        self.end = max(
            local.replace(minute=0, second=0, microsecond=0), _at(calendar.zone, local.year)
        )
        first = _first_day(calendar, self.end, requests)
        self._spans = _office_spans(calendar, first, self.end)
        if _total(self._spans) < _LEAST_MINUTES:  # the first hours of January
            self.end = local.replace(microsecond=0)
            self._spans = [(_at(calendar.zone, local.year), self.end)]
        self._starts = [0.0]
        for start, end in self._spans:
            self._starts.append(self._starts[-1] + _minutes(start, end))
        self.days: tuple[date, ...] = tuple(dict.fromkeys(start.date() for start, _ in self._spans))

    @property
    def minutes(self) -> float:
        """The length of the line."""
        return self._starts[-1]

    def at(self, minute: float) -> datetime:
        """Give the moment (UTC, whole seconds) of a minute; never after the end of the line."""
        place = max(0.0, min(minute, self.minutes))
        number = min(bisect_right(self._starts, place), len(self._spans)) - 1
        moment = self._spans[number][0] + timedelta(seconds=60 * (place - self._starts[number]))
        return moment.replace(microsecond=0).astimezone(UTC)

    def day_at(self, minute: float) -> date:
        """Give the office's calendar date of a minute."""
        return self.at(minute).astimezone(self.zone).date()

    def opening(self, day: date) -> float:
        """Give the minute at which the office opens on a day, or next after it; else the end."""
        for number, (start, _) in enumerate(self._spans):
            if start.date() >= day:
                return self._starts[number]
        return self.minutes

    def expiry_days(self) -> int:
        """Give a time limit for failed files that can run out before the line ends."""
        span = (self.days[-1] - self.days[0]).days
        return EXPIRY_DAYS if span >= EXPIRY_DAYS + 3 else max(1, span // 2)


class PracticeClock:
    """The clock of the office in the making: it shows what it is set to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def _first_day(calendar: WorkingCalendar, end: datetime, requests: int) -> date:
    """Give the first day: far enough back for the requests and for an expiry, in this year."""
    newest = end.date()
    day = newest - timedelta(days=EXPIRY_DAYS + 12)
    while requests > REQUESTS_A_DAY * calendar.working_days_between(day, newest):
        day -= timedelta(days=7)
        if day.year < newest.year:
            break
    return max(day, date(newest.year, 1, 2))


def _office_spans(
    calendar: WorkingCalendar, first: date, end: datetime
) -> list[tuple[datetime, datetime]]:
    spans: list[tuple[datetime, datetime]] = []
    for opens, closes in calendar.spans(first):
        if opens >= end:
            return spans
        spans.append((opens, min(closes, end)))
    return spans


def _total(spans: list[tuple[datetime, datetime]]) -> float:
    return sum(_minutes(start, end) for start, end in spans)


def _minutes(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 60


def _at(zone: ZoneInfo, year: int) -> datetime:
    return datetime.combine(date(year, 1, 1), time(), zone)
