"""Office minutes and promised times: what adds up, what is each other's inverse, what is closed."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecamatan_desk.domain.calendar import DEFAULT_HOURS, WorkingCalendar

WIB, WITA, WIT = (ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura"))
TUESDAY = date(2026, 5, 12)
FRIDAY = date(2026, 5, 15)
SATURDAY = date(2026, 5, 16)

calendars = st.builds(
    WorkingCalendar,
    st.sampled_from((WIB, WITA, WIT)),
    st.just(DEFAULT_HOURS),
    st.frozensets(st.dates(date(2026, 4, 1), date(2026, 7, 1)), max_size=20),
)
moments = st.datetimes(
    datetime(2026, 4, 1), datetime(2026, 6, 30), timezones=st.sampled_from((UTC, WIB, WIT))
)


def at(hour: int, minute: int = 0, day: date = TUESDAY, zone: ZoneInfo = WIB) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)


@given(calendars, moments, moments, moments)
def test_minutes_add_up_wherever_a_span_is_cut(
    calendar: WorkingCalendar, one: datetime, two: datetime, three: datetime
) -> None:
    start, middle, end = sorted((one, two, three))
    whole = calendar.minutes_between(start, end)
    parts = calendar.minutes_between(start, middle) + calendar.minutes_between(middle, end)
    assert parts == pytest.approx(whole, abs=1e-6)
    assert 0 <= whole <= (end - start).total_seconds() / 60


@given(calendars, moments, st.integers(0, 5000))
def test_the_promised_moment_is_exactly_so_many_office_minutes_away(
    calendar: WorkingCalendar, start: datetime, minutes: int
) -> None:
    promised = calendar.promised(start, minutes)
    assert promised >= start
    assert calendar.minutes_between(start, promised) == pytest.approx(minutes, abs=1e-6)


@given(calendars, moments, st.integers(1, 3000))
def test_no_earlier_moment_would_keep_the_promise(
    calendar: WorkingCalendar, start: datetime, minutes: int
) -> None:
    promised = calendar.promised(start, minutes)
    assert calendar.minutes_between(start, promised - timedelta(seconds=1)) < minutes


@given(calendars, moments, moments)
def test_time_never_runs_backwards(calendar: WorkingCalendar, one: datetime, two: datetime) -> None:
    assert calendar.minutes_between(max(one, two), min(one, two)) == 0


@given(calendars, st.lists(moments, min_size=2, max_size=14))
def test_pauses_are_taken_off_once_however_they_overlap(
    calendar: WorkingCalendar, points: list[datetime]
) -> None:
    start, end = min(points[:2]), max(points[:2])
    rest = points[2:]
    pairs = zip(rest[::2], rest[1::2], strict=False)
    pauses = [(min(pair), max(pair)) for pair in pairs]
    # the independent way: cut the span at every edge and count what no pause covers
    edges = sorted({start, end, *(e for p in pauses for e in p if start < e < end)})
    free = sum(
        calendar.minutes_between(left, right)
        for left, right in pairwise(edges)
        if not any(opened <= left and right <= closed for opened, closed in pauses)
    )
    assert calendar.effective_minutes(start, end, pauses) == pytest.approx(free, abs=1e-6)


def test_the_noon_break_is_not_counted() -> None:
    assert WorkingCalendar(WIB).minutes_between(at(11, 50), at(13, 10)) == 20


def test_friday_breaks_longer_and_closes_later() -> None:
    calendar = WorkingCalendar(WIB)
    assert calendar.minutes_between(at(11, day=FRIDAY), at(13, 15, day=FRIDAY)) == 45
    assert calendar.minutes_between(at(16, day=FRIDAY), at(18, day=FRIDAY)) == 30
    assert calendar.minutes_between(at(16), at(18)) == 0


def test_a_file_left_on_friday_evening_waits_without_clock_until_monday() -> None:
    calendar = WorkingCalendar(WIB)
    friday, monday = at(16, 25, day=FRIDAY), at(8, 10, day=date(2026, 5, 18))
    assert calendar.minutes_between(friday, monday) == 15
    assert calendar.promised(friday, 15) == monday


def test_a_holiday_has_no_minutes_and_is_promised_over() -> None:
    calendar = WorkingCalendar(WIB, holidays=frozenset({TUESDAY}))
    assert calendar.minutes_between(at(0), at(23, 59)) == 0
    assert calendar.promised(at(9), 15) == at(8, 15, day=date(2026, 5, 13))
    assert not calendar.is_working_day(TUESDAY)
    assert not calendar.is_working_day(SATURDAY)
    assert calendar.is_working_day(FRIDAY)


def test_the_same_moment_lies_in_another_hour_of_another_zone() -> None:
    moment = datetime(2026, 5, 12, 0, 30, tzinfo=UTC)  # 07.30 WIB, 08.30 WITA, 09.30 WIT
    later = datetime(2026, 5, 12, 1, 30, tzinfo=UTC)
    assert WorkingCalendar(WIB).minutes_between(moment, later) == 30
    assert WorkingCalendar(WITA).minutes_between(moment, later) == 60
    assert WorkingCalendar(WIT).promised(moment, 10) == moment + timedelta(minutes=10)


def test_the_day_changes_at_the_offices_own_midnight() -> None:
    moment = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert WorkingCalendar(WIB).local_date(moment) == date(2026, 12, 31)
    assert WorkingCalendar(WITA).local_date(moment) == date(2027, 1, 1)
    assert WorkingCalendar(WIT).local_date(moment) == date(2027, 1, 1)
    start, end = WorkingCalendar(WIT).day_bounds(date(2027, 1, 1))
    assert start <= moment < end
    assert (end - start) == timedelta(days=1)


def test_an_office_open_over_midnight_counts_both_days() -> None:
    hours = dict.fromkeys(range(7), ((0, 60), (23 * 60, 23 * 60 + 59)))
    calendar = WorkingCalendar(WIB, hours)
    late = at(23, 30)
    assert calendar.minutes_between(late, late + timedelta(hours=1)) == 59


def test_an_office_without_hours_promises_by_the_wall_clock_instead_of_never() -> None:
    closed = WorkingCalendar(WIB, {})
    assert closed.promised(at(9), 15) == at(9, 15)
    assert closed.minutes_between(at(9), at(10)) == 0


def test_working_days_are_counted_after_the_first_up_to_the_last() -> None:
    calendar = WorkingCalendar(WIB, holidays=frozenset({date(2026, 5, 14)}))
    assert calendar.working_days_between(TUESDAY, TUESDAY) == 0
    assert calendar.working_days_between(TUESDAY, date(2026, 5, 13)) == 1
    assert calendar.working_days_between(TUESDAY, date(2026, 5, 18)) == 3  # 13, 15, 18
    assert calendar.working_days_between(FRIDAY, TUESDAY) == 0


def test_an_office_may_stay_open_until_midnight() -> None:
    calendar = WorkingCalendar(WIB, {1: ((8 * 60, 24 * 60),)})
    assert calendar.minutes_between(at(23), at(9, day=date(2026, 5, 13))) == 60
    assert calendar.promised(at(23), 60) == at(0, day=date(2026, 5, 13))
