"""What the screens learn of a restore: frozen values."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from kecamatan_desk.usecases.lost_inserted import LostInserted

#: How the data that lie here now follow the backup: they go on from it, have another history, can't
#: be read, or there are none.
History = Literal["lanjut", "lain", "rusak", "kosong"]


@dataclass(frozen=True, slots=True)
class SeriesGap:
    """A series in the backup beside what is known to stand on paper. None: nothing is known."""

    series: str
    period: str
    label: str  # "SKTM", "Kode berkas"
    in_set: int
    in_journal: int | None = None
    in_damaged: int | None = None  # in the data that lie here now
    ask: bool = False  # the user is asked for the last number in the paper book

    @property
    def key(self) -> str:
        """How the command line and `answers` name it."""
        return f"{self.series}/{self.period}"

    @property
    def known(self) -> int:
        """The highest number known without asking."""
        return max(self.in_set, self.in_journal or 0, self.in_damaged or 0)

    @property
    def missing(self) -> int:
        """How many numbers are known to be on paper and not in the backup."""
        return self.known - self.in_set


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What a restore would bring back and what it would not. Nothing is restored yet.

    ``stage``: where the unpacked data wait; `discard` removes them.
    """

    source: Path
    stage: Path
    name: str  # of the set
    made_at: datetime
    now: datetime
    reason: str
    kind: str  # office or practice
    office: str
    office_name: str
    zone: str  # the office's, IANA name
    program: str
    schema: str
    upgraded: bool  # it was of an older schema and has been brought up to this program
    seq: int
    head: str
    encrypted: bool
    sealed: bool  # it was verified when it was made and has not changed since
    history: History
    old_seq: int | None
    old_head: str
    series: tuple[SeriesGap, ...]
    papers: tuple[str, ...]  # by the names they have in a place
    missing_papers: tuple[str, ...]  # neither in the backup nor here
    inserted: tuple[LostInserted, ...] = ()  # on paper, not in the backup

    @property
    def age(self) -> timedelta:
        """How old the backup is."""
        return self.now - self.made_at

    @property
    def lost_events(self) -> int | None:
        """How many recorded deeds would be missing afterwards; None when nobody can tell."""
        if self.history == "lanjut" and self.old_seq is not None:
            return self.old_seq - self.seq
        return None

    @property
    def asked(self) -> tuple[SeriesGap, ...]:
        """The series whose last number in the book is asked for."""
        return tuple(gap for gap in self.series if gap.ask)


@dataclass(frozen=True, slots=True)
class Restorer:
    """Who restores, and by what right.

    ``akun``: signed in here; ``sandi``: his password in the backup; ``kunci``: the sealed key.
    """

    user_id: int
    name: str
    by: Literal["akun", "sandi", "kunci"]


@dataclass(frozen=True, slots=True)
class LostBlock:
    """Numbers that stand on paper and whose data are lost; none of them is given again."""

    series: str
    period: str
    label: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A finished restore."""

    generation: str
    seq: int
    head: str
    blocks: tuple[LostBlock, ...]
    missing_papers: int
    inserted: tuple[LostInserted, ...] = ()


@dataclass(frozen=True, slots=True)
class DrillResult:
    """How a drill went. ``number``: the letter number that the restored copy gave."""

    ok: bool
    at: datetime
    seconds: float
    name: str  # of the set
    number: str = ""
    said: str = ""  # what went wrong; empty: nothing
