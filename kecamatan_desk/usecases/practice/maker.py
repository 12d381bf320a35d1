"""Makes the practice office: sets it up and plays the stories in the order of time."""

import heapq
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from random import Random
from uuid import uuid4
from zoneinfo import ZoneInfo

from kecamatan_desk.domain.calendar import WorkingCalendar
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.office import default_calendar, save_profile
from kecamatan_desk.usecases.practice.choices import deeds
from kecamatan_desk.usecases.practice.plan import Begins, Entry, planned
from kecamatan_desk.usecases.practice.players import Players, Story
from kecamatan_desk.usecases.practice.staff import (
    PROFILE,
    delegate,
    delegations,
    send_away,
    set_up,
)
from kecamatan_desk.usecases.practice.timeline import PracticeClock, Timeline

REQUESTS, SEED = 200, 1

#: Gets the part done, from 0 to 1.
Progress = Callable[[float], None]

_DAY = 450.0  # office minutes
_LONGEST = 60.0  # office minutes a file usually takes; stories begin that long before the end


def time_line(now: datetime, requests: int) -> Timeline:
    """Give the office hours a practice office of so many requests lives through."""
    zone = ZoneInfo(PROFILE.zone)
    view = default_calendar(now.astimezone(zone).date())
    calendar = WorkingCalendar(
        zone,
        {day.weekday: day.spans for day in view.hours},
        frozenset(holiday.day for holiday in view.holidays),
    )
    return Timeline(calendar, now, requests)


def fill_office(
    office: Office,
    clock: PracticeClock,
    line: Timeline,
    requests: int = REQUESTS,
    seed: int = SEED,
    progress: Progress | None = None,
) -> None:
    """Fill an empty practice place with staff and so many requests.

    ``clock`` is the one the place was opened with. One seed gives the same people, choices and
    order again; salts, keys and the ids of operations always differ.
    """
    clock.now = line.at(0)
    limit = line.expiry_days()
    desks = set_up(office, replace(PROFILE, tms_days=limit), line.days[0])
    travel, given = _two_days(line, 1 / 2), (_two_days(line, 2 / 3), _two_days(line, 5 / 6))
    players = Players(desks, line, clock, travel, _illness(line), delegations(*given))
    send_away(desks, players.travel, players.illness)
    delegate(desks, players.delegations)
    random = Random(seed)
    entries = planned(requests, random, limit)
    stories = [_begun(players, entry, Random(f"{seed}/{n}")) for n, entry in enumerate(entries)]
    _play(players, stories, list(deeds(players)), progress)
    if limit != PROFILE.tms_days:
        players.go_to(line.minutes)
        desks["admin"].call(save_profile, uuid4().hex, PROFILE)


def _begun(players: Players, entry: Entry, random: Random) -> tuple[float, Story]:
    """Give a story and the minute it begins at."""
    minute = _beginning(players, entry, random)
    return minute, entry.tell(entry.files(players, random))


def _beginning(players: Players, entry: Entry, random: Random) -> float:
    line, share = players.line, random.random()
    end = max(line.minutes - 20, 0.0)
    match entry.begins:
        case Begins.RECENT:  # most of them within the last hours
            return max(end - 2 * _DAY * share**2, 0.0)
        case Begins.LATE:
            return max(end - (3 + 6 * share) * _DAY, 0.0)
        case Begins.EARLY:
            return min(5 + 100 * share, end)
        case Begins.WELL_BEFORE:
            return share * max(end - 10 * _DAY, 0.0)
        case Begins.TRAVEL:
            return line.opening(players.travel[0]) + 20 + 100 * share
        case Begins.FOR_HIM | Begins.ON_BEHALF as kind:
            first = players.delegations[kind is Begins.ON_BEHALF].first
            return line.opening(first) + 20 + 100 * share
        case Begins.ILLNESS:
            return line.opening(players.illness) + (-14 if entry.patient else 20)
    return share * max(line.minutes - _LONGEST, 0.0)


def _two_days(line: Timeline, share: float) -> tuple[date, date]:
    """Give two days at a share of the line; the first day when it is short."""
    if len(line.days) < 6:
        return line.days[0], line.days[0]
    place = int(len(line.days) * share)
    return line.days[place], line.days[min(place + 1, len(line.days) - 1)]


def _illness(line: Timeline) -> date:
    """Give a day before the Camat's travel."""
    return line.days[len(line.days) // 3]


def _play(
    players: Players,
    stories: list[tuple[float, Story]],
    office: list[tuple[float, Story]],
    progress: Progress | None,
) -> None:
    """Let every story go on when its minute comes; only those of requests are progress."""
    started = enumerate((*stories, *office))
    queue = [(minute, number, story) for number, (minute, story) in started]
    heapq.heapify(queue)
    left = len(stories)
    while queue:
        minute, number, story = heapq.heappop(queue)
        players.go_to(minute)
        following = next(story, None)
        if following is not None:
            heapq.heappush(queue, (max(following, minute), number, story))
        elif number < len(stories):
            left -= 1
            if progress is not None:
                progress(1 - left / len(stories))
