"""What is told of events: of one file from its beginning, and of all that was done on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One field that was put right, as people read it; numbers of persons are masked."""

    label: str
    before: str  # "" where it was empty
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event of a request, ready to read.

    ``moves``: it belongs to the file's way (a step, a return, a pause), not to what was done
    beside it. ``marks``: what is unusual about it, in words. ``note_label``: what the note is:
    a reason, a note, who received.
    """

    at: datetime
    what: str
    who: str
    role: str
    note: str = ""
    note_label: str = ""
    moves: bool = False
    glyph: str = ""
    marks: tuple[str, ...] = ()
    changes: Sequence[Change] = ()


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One event of a day, whatever it was about."""

    seq: int
    at: datetime
    what: str
    who: str
    role: str
    glyph: str
    marks: tuple[str, ...] = ()
    request_id: int | None = None
    file_code: str = ""
    applicant: str = ""  # "" for who may not know it
    service: str = ""  # its short name


@dataclass(frozen=True, slots=True)
class PersonCount:
    """How much somebody did on a day. ``user_id`` None: all together."""

    user_id: int | None
    name: str
    total: int
    kinds: tuple[tuple[str, int], ...]  # (what kind of work, how often), the most first
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class DaySummary:
    """A day at a glance. ``tries``: wrong passwords and PINs nobody has been told of yet."""

    day: date
    people: tuple[PersonCount, ...]  # all together first; empty on a day without events
    marked: int  # events that are unusual
    tries: tuple[tuple[str, int], ...] = ()  # (whose account, how often): known for today alone
    open_from: datetime | None = None  # the office's hours of that day; None: it was closed
    open_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Some events of a day, the newest first; ``more``: the seq to go on behind, 0 at the end."""

    lines: tuple[JournalLine, ...]
    more: tuple[str, int] | None
