"""Office hours: every minute of a clock and every promised time is computed here.

Times that come in are aware (UTC or any zone); they are laid on the office's own wall clock.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Span = tuple[int, int]  # minutes after midnight, from - to

#: Five-day week of Indonesian government offices; Friday breaks longer for the prayer.
DEFAULT_HOURS: Mapping[int, tuple[Span, ...]] = {
    0: ((480, 720), (780, 960)),
    1: ((480, 720), (780, 960)),
    2: ((480, 720), (780, 960)),
    3: ((480, 720), (780, 960)),
    4: ((480, 690), (780, 990)),
    5: (),
    6: (),
}


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """When the office is open: spans per weekday, minus holidays, in one time zone."""

    zone: ZoneInfo
    hours: Mapping[int, tuple[Span, ...]] = field(default_factory=lambda: DEFAULT_HOURS)
    holidays: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office opens at all on *day*."""
        return day not in self.holidays and bool(self.hours.get(day.weekday()))

    def is_open(self, moment: datetime) -> bool:
        """Tell whether office minutes are running at this moment."""
        return self.minutes_between(moment, moment + timedelta(seconds=1)) > 0

    def spans(self, first: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the opening spans from *first* on, as aware datetimes, day after day."""
        day = first
        while True:
            if day not in self.holidays:
                for start, end in self.hours.get(day.weekday(), ()):
                    yield self._at(day, start), self._at(day, end)
            day += timedelta(days=1)

    def minutes_between(self, start: datetime, end: datetime) -> float:
        """Give the office minutes between two moments; 0 when *end* is not after *start*."""
        if end <= start or not any(self.hours.values()):
            return 0.0
        total = timedelta()
        for opens, closes in self.spans(start.astimezone(self.zone).date()):
            if opens >= end:
                break
            total += max(min(closes, end) - max(opens, start), timedelta())
        return total.total_seconds() / 60

    def effective_minutes(
        self, start: datetime, end: datetime, pauses: Sequence[tuple[datetime, datetime]]
    ) -> float:
        """Give the office minutes between two moments without the pauses, overlaps once."""
        spent = self.minutes_between(start, end)
        reached = start
        for opened, closed in sorted(pauses):
            begin = max(opened, reached)
            finish = min(closed, end)
            if finish > begin:
                spent -= self.minutes_between(begin, finish)
                reached = finish
        return max(spent, 0.0)

    def promised(self, start: datetime, minutes: int) -> datetime:
        """Give the moment when *minutes* of office time have passed since *start*."""
        left = timedelta(minutes=minutes)
        if not any(self.hours.values()):
            return start + left
        for opens, closes in self.spans(start.astimezone(self.zone).date()):
            begin = max(opens, start)
            if closes <= begin:
                continue
            if closes - begin >= left:
                return begin + left
            left -= closes - begin
        raise AssertionError("spans never end")

    def working_days_between(self, first: date, last: date) -> int:
        """Count the working days after *first* up to and including *last*."""
        count, day = 0, first
        while day < last:
            day += timedelta(days=1)
            count += self.is_working_day(day)
        return count

    def local_date(self, moment: datetime) -> date:
        """Give the office's calendar date of a moment."""
        return moment.astimezone(self.zone).date()

    def day_bounds(self, day: date) -> tuple[datetime, datetime]:
        """Give the first moment of *day* and of the day after, in the office's zone."""
        start = datetime.combine(day, time(), self.zone)
        return start, datetime.combine(day + timedelta(days=1), time(), self.zone)

    def _at(self, day: date, minutes: int) -> datetime:
        # added, not combined: an office may close at 24.00
        return datetime.combine(day, time(), self.zone) + timedelta(minutes=minutes)
