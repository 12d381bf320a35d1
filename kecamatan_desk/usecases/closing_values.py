"""What a closing says of a book: frozen, kept with its act, printed on its page.

No data of applicants: numbers, days, codes of files, names of officials and of the staff.
"""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SeriesCount:
    """One series in a period. The states together are all its lines, inserted ones included."""

    series: str
    name: str
    first: str  # "001"; "" when it has given no number
    last: str
    numbers: int  # lines without a suffix
    inserted: int
    done: int = 0
    returned: int = 0
    refused: int = 0
    void: int = 0
    closed: int = 0
    running: int = 0

    @property
    def lines(self) -> int:
        """All lines of the series in the period."""
        return self.numbers + self.inserted


@dataclass(frozen=True, slots=True)
class OtherCount:
    """Numbers that are no lines of the book: file codes, queue, Berita Acara."""

    name: str
    first: str
    last: str
    count: int


@dataclass(frozen=True, slots=True)
class BlockCount:
    """Numbers passed over in one piece: on paper, reserved, lost with a disk."""

    series: str  # as it is called
    kind: str
    first: int
    last: int
    filled: int
    void: int


@dataclass(frozen=True, slots=True)
class OpenNumber:
    """A registered file that has not been handed over. ``waits``: the step's words."""

    number: str
    service: str
    letter: str
    day: str  # ISO
    file_code: str
    waits: str


@dataclass(frozen=True, slots=True)
class VoidNumber:
    """A number that was made void. ``status_id``: where its reason stands in the archive."""

    number: str
    service: str
    day: str
    void_day: str
    status_id: int


@dataclass(frozen=True, slots=True)
class LateLine:
    """A line dated earlier than it was written: inserted, or a letter from outside the program."""

    number: str
    service: str
    day: str
    written: str  # office date, ISO
    by: str


@dataclass(frozen=True, slots=True)
class EarlierDated:
    """A line written on the day of a daily page and dated earlier.

    ``page``: when that day's own page was made last ("20-05-2026 16.05"), or ""; ``lacks``:
    before this line, so that the page does not count it.
    """

    number: str
    service: str
    inserted: bool
    day: str  # ISO, that the letter bears
    by: str
    page: str
    lacks: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done that the closing page shows for signature, by event."""

    seq: int
    at: str  # office time, "12-05-2026 09.14"
    what: str
    file_code: str
    number: str
    who: str  # who decided
    role: str
    by: str = ""  # who recorded it; of an emergency: who agreed
    means: str = ""  # how it was decided when not at the program: on paper, by telephone
    proposal: int = 0  # whose reason the page prints


@dataclass(frozen=True, slots=True)
class PersonCount:
    """How many acts of an official were recorded for him."""

    who: str
    role: str
    count: int


@dataclass(frozen=True, slots=True)
class Signer:
    """A signature place as it was on the day of closing."""

    titles: tuple[tuple[str, str], ...]
    name: str
    rank: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """All that a closing states of its period."""

    period: str
    day: str  # of the closing, ISO
    clock: str  # "16.05 WIB"
    place: str
    series: tuple[SeriesCount, ...]
    other: tuple[OtherCount, ...]
    blocks: tuple[BlockCount, ...]
    open: tuple[OpenNumber, ...]
    voids: tuple[VoidNumber, ...]
    late: tuple[LateLine, ...]
    overrides: tuple[Deed, ...]
    clocks: tuple[Deed, ...]
    recorded: tuple[Deed, ...]  # one by one on a day's page alone
    recorded_for: tuple[PersonCount, ...]
    events: int
    first_event: int
    head_seq: int
    head_hash: str
    mark: tuple[int, int, int]  # newest line, status and event seen
    carried: int  # files that had not ended, of a year
    camat: Signer
    keeper: Signer
    earlier: tuple[EarlierDated, ...] = ()  # of a day's page alone; facts of old pages lack it

    def stored(self) -> dict[str, Any]:
        """Give what is kept with the act."""
        return asdict(self)


def facts_from(stored: dict[str, Any]) -> ClosingFacts:
    """Read what `stored` has kept."""
    values = dict(stored)
    for name, kind in _LISTS.items():
        values[name] = tuple(kind(**one) for one in values.get(name, ()))
    for name in ("camat", "keeper"):
        titles = tuple((prefix, title) for prefix, title in values[name]["titles"])
        values[name] = Signer(**{**values[name], "titles": titles})
    values["mark"] = tuple(values["mark"])
    return ClosingFacts(**values)


_LISTS: dict[str, Any] = {
    "series": SeriesCount,
    "other": OtherCount,
    "blocks": BlockCount,
    "open": OpenNumber,
    "voids": VoidNumber,
    "late": LateLine,
    "earlier": EarlierDated,
    "overrides": Deed,
    "clocks": Deed,
    "recorded": Deed,
    "recorded_for": PersonCount,
}


# --- what screens are told ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a book cannot be closed now, and the way there. ``opens``: kind of a screen, or ""."""

    code: str
    text: str
    opens: str = ""


@dataclass(frozen=True, slots=True)
class ClosingRef:
    """A closing as lists show it."""

    act: int
    period: str
    title: str  # "Penutupan bulan Mei 2026"
    told: str
    paper: str
    printed: bool
    in_force: bool


@dataclass(frozen=True, slots=True)
class MonthState:
    """A month of the register. States: tertutup, dibuka-kembali, terbuka, belum."""

    year: int
    month: int
    name: str  # "Mei 2026"
    state: str
    lines: int
    running: int  # lines not handed over, refused, void or closed
    act: int | None = None  # newest closing
    told: str = ""  # "Ditutup 29-05-2026 16.05 oleh …"
    paper: str = ""  # sha256 of the stored page; "": not drawn yet
    printed: bool = False
    pages: tuple[ClosingRef, ...] = ()  # of all its closings, the oldest first

    @property
    def period(self) -> str:
        """As acts name it."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def closed(self) -> bool:
        """Whether it takes no lines."""
        return self.state == "tertutup"


@dataclass(frozen=True, slots=True)
class DayState:
    """Today's line: what it would state, and the closings made of it already."""

    day: str
    lines: int
    earlier: int  # written today, dated earlier
    events: int
    recorded: int
    closings: tuple[ClosingRef, ...]
    new: bool  # something was written since the newest of them


@dataclass(frozen=True, slots=True)
class Reopening:
    """A proposal to open a month again. ``mine``: the user has made it himself."""

    id: int
    period: str
    reason: str
    proposer: str
    agreed: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class BooksState:
    """The screen Tutup Buku: a year's months, today, the year itself."""

    year: int
    first_year: int
    months: tuple[MonthState, ...]
    today: DayState
    year_closed: bool
    year_act: ClosingRef | None
    obstacles: dict[str, tuple[Obstacle, ...]]  # by period
    reopenings: tuple[Reopening, ...]
    may_close: bool
    left_open: int = 0  # an earlier year that is not closed yet, the first of them; 0: none
