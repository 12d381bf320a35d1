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
        spans = {"day": day, "week": day.isocalendar()[:2], "month": (day.year, day.month)}
        for kind, span in spans.items():
            if span not in seen[kind] and len(seen[kind]) < most[kind]:
                seen[kind].add(span)
                keep.add(one.name)
    return frozenset(keep)
