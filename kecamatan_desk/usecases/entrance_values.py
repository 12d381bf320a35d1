"""What somebody is told when he comes in."""

from dataclasses import dataclass
from datetime import datetime

RESTORED = "pulihkan"  # the act a restore is written with
#: What everybody in a practice place comes in with.
PRACTICE_PASSWORD, PRACTICE_PIN = "latihan", "275814"


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the door tells whoever has just come in. Moments are aware, in UTC.

    ``failures``: wrong passwords and PINs since ``last_in``. ``pin_gone``: his PIN was set on
    another machine and must be set anew. ``news``: sentences he must read once.
    """

    failures: int = 0
    last_in: datetime | None = None
    pin_gone: bool = False
    must_change: bool = False
    news: tuple[str, ...] = ()
