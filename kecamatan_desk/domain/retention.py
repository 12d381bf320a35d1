"""Which backups are kept (reliability 3.7): pure, so that it can be tried with years of them.

All of today and yesterday; of older ones the newest of each of the last 14 days, 8 weeks and 24
months that have any; every year closing; and always the newest of all. Days without a backup (a
closed office) use up no place, so a holiday never thins the backups out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

DAYS, WEEKS, MONTHS = 14, 8, 24


@dataclass(frozen=True, slots=True)
class Held:
    """A verified backup. ``forever``: a year closing, kept by the archive's own rules."""

    name: str
    made_at: datetime  # aware
    forever: bool = False


def kept(held: Iterable[Held], now: datetime, zone: tzinfo) -> frozenset[str]:
    """Name the backups to keep; the rest may go. Days are those of the office's zone.

    What seems to come from the future (a clock that was wrong) is kept.
    """
    newest_first = sorted(held, key=lambda one: (one.made_at, one.name), reverse=True)
    today = now.astimezone(zone).date()
    keep: set[str] = {one.name for one in newest_first[:1]}
    seen: dict[str, set[object]] = {"day": set(), "week": set(), "month": set()}
    most = {"day": DAYS, "week": WEEKS, "month": MONTHS}
    for one in newest_first:
        day = one.made_at.astimezone(zone).date()
        if one.forever or day >= today - timedelta(days=1):
            keep.add(one.name)
        spans = {"day": day, "week": day.isocalendar()[:2], "month": _month(one.made_at, zone)}
        for kind, span in spans.items():
            if span not in seen[kind] and len(seen[kind]) < most[kind]:
                seen[kind].add(span)
                keep.add(one.name)
    return frozenset(keep)


def outlived(copied_at: datetime, held: Iterable[Held], zone: tzinfo) -> bool:
    """Tell whether a copy of the data that is no backup is older than what is kept of backups.

    So a generation set aside goes when nothing of its month would be kept any more: backups of 24
    later months are there. By their months and not by the clock, which may be wrong, and a closed
    office thins nothing out.
    """
    month = _month(copied_at, zone)
    return len({found for one in held if (found := _month(one.made_at, zone)) > month}) >= MONTHS


def _month(moment: datetime, zone: tzinfo) -> tuple[int, int]:
    day = moment.astimezone(zone).date()
    return day.year, day.month
