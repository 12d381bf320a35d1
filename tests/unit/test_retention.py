"""Which backups are kept: any history of backups, thinned out again and again as time goes on."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kecamatan_desk.domain.retention import DAYS, MONTHS, WEEKS, Held, kept

ZONES = [ZoneInfo(name) for name in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")]
START = datetime(2026, 1, 1, tzinfo=UTC)


@st.composite
def histories(draw: st.DrawFn) -> list[Held]:
    minutes = draw(st.lists(st.integers(0, 3 * 365 * 24 * 60), max_size=60, unique=True))
    return [
        Held(str(n), START + timedelta(minutes=m), draw(st.integers(0, 19)) == 0)
        for n, m in enumerate(sorted(minutes))
    ]


@settings(max_examples=300, deadline=None)
@given(history=histories(), days=st.integers(-30, 1200), zone=st.sampled_from(ZONES))
def test_of_any_history(history: list[Held], days: int, zone: ZoneInfo) -> None:
    now = START + timedelta(days=days)
    keep = kept(history, now, zone)
    held = {one.name: one for one in history}

    assert keep <= set(held)
    assert kept([held[name] for name in keep], now, zone) == keep  # pruning again removes nothing
    if history:
        assert history[-1].name in keep  # the newest, always
    today = now.astimezone(zone).date()
    for one in history:
        day = one.made_at.astimezone(zone).date()
        if one.forever or day >= today - timedelta(days=1):
            assert one.name in keep
    newest_of_day = {one.made_at.astimezone(zone).date(): one.name for one in history}
    for day in sorted(newest_of_day, reverse=True)[:DAYS]:
        assert newest_of_day[day] in keep
    newest_of_month = {one.made_at.astimezone(zone).strftime("%Y-%m"): one.name for one in history}
    for month in sorted(newest_of_month, reverse=True)[:MONTHS]:
        assert newest_of_month[month] in keep
    free = [
        n
        for n in keep
        if not held[n].forever
        and held[n].made_at.astimezone(zone).date() < today - timedelta(days=1)
    ]
    assert len(free) <= DAYS + WEEKS + MONTHS


@pytest.mark.parametrize("zone", ZONES)
def test_three_years_of_office_days(zone: ZoneInfo) -> None:
    """A backup every two hours of every working day, pruned after each, as the program does."""
    held: list[Held] = []
    now = START
    for day in range(3 * 365):
        for hour in (1, 3, 5, 7, 9):
            now = START + timedelta(days=day, hours=hour)
            if now.weekday() < 5:
                held.append(Held(f"{now:%Y-%m-%dT%H}", now, day % 365 == 364 and hour == 9))
                keep = kept(held, now, zone)
                held = [one for one in held if one.name in keep]
    moments = [one.made_at.astimezone(zone) for one in held]
    months = {(m.year, m.month) for m in moments}
    assert len(months) >= MONTHS
    assert len({m.date() for m in moments}) >= DAYS + 4  # weeks reach beyond the days
    assert len(held) <= 10 + DAYS + WEEKS + MONTHS + 3
    last = [m for m in moments if (now - m).days < 14]
    assert len({m.date() for m in last}) == 10  # every working day of the last two weeks


def test_a_holiday_thins_nothing_out() -> None:
    history = [Held(str(n), START + timedelta(days=n)) for n in range(14)]

    assert len(kept(history, START + timedelta(days=300), ZONES[0])) == 14


def test_what_comes_from_the_future_is_kept() -> None:
    future = Held("future", START + timedelta(days=4000))
    history = [future, *(Held(str(n), START + timedelta(hours=n)) for n in range(5))]

    assert "future" in kept(history, START + timedelta(days=1), ZONES[0])
