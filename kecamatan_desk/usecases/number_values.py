"""What screens and papers are told of series, blocks and numbers set aside."""

from dataclasses import dataclass
from datetime import date

from kecamatan_desk.domain.numbering import agenda_display


@dataclass(frozen=True, slots=True)
class ReservedNumber:
    """A number of a block that has no line yet, or an inserted one lost with a disk."""

    block_id: int  # below zero: the act that tells of a lost inserted number
    series: str
    period: str
    number: int
    kind: str  # cadangan, pulih
    day: date  # office date on which it was set aside; see `in_its_year`
    suffix: str = ""  # of an inserted number: .A

    @property
    def label(self) -> str:
        """The number as books and sheets show it: 012, inserted 012.A."""
        return f"{self.number:03d}{self.suffix}"


def in_its_year(day: date, period: str) -> date:
    """Give the day a number set aside belongs to: the last of its year, where it came later.

    A disk restored in January lays down what December has lost; it is December's book that waits.
    """
    return min(day, date(int(period), 12, 31))


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number of a block as it was written on a printed sheet, with what stands beside it."""

    series: str
    period: str
    number: int
    day: date
    queue: str = ""  # of the emergency strip: P-01
    suffix: str = ""  # of a number inserted behind another: .A


@dataclass(frozen=True, slots=True)
class SeriesState:
    """A series of a year as it stands: what it is called, what comes next, what was set aside."""

    series: str
    label: str
    last: int  # 0: no number yet
    paper: int = 0  # numbers 1 to this stand in the paper book
    reserved: int = 0  # set aside for hours without power and not filled yet
    has_lines: bool = True  # its numbers stand in the book; those of Berita Acara do not
    lost: int = 0  # lost with a disk and not written again from the paper archive yet

    @property
    def coming(self) -> int:
        """The number that would be given next."""
        return self.last + 1

    @property
    def may_begin(self) -> bool:
        """Whether a start number may still be set: before the first number only."""
        return self.last == 0


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a year's numbers stand: the mode its book was opened with, and every series."""

    year: int
    mode: str
    series: tuple[SeriesState, ...]


@dataclass(frozen=True, slots=True)
class PaperNumbers:
    """Numbers of a series that stand in the paper book, from before the program."""

    label: str  # of the series
    first: int
    last: int

    @property
    def words(self) -> str:
        """As the book says it."""
        return f"Nomor {self.first} s.d. {self.last} tercatat pada buku kertas"


@dataclass(frozen=True, slots=True)
class NextNumber:
    """The number that *would* be given now; nothing is spent by asking."""

    number: int
    letter_number: str
    classification: str = ""  # the service's own code; empty where no letter is numbered
    form: str = ""  # of the letter that will be drawn: surat, pengesahan, register
    series: str = ""  # what the series is called; empty where the file has its number already
    suffix: str = ""  # of an inserted number: .A
    day: date | None = None  # the earlier day of an inserted number
    waits: bool = False  # an inserted number that nobody has agreed to yet
    lost: str = ""  # numbers of this series that a restore left without a line: "008, 010–012"

    @property
    def agenda(self) -> str:
        """The number as screens show it; an inserted one as papers print it."""
        return agenda_display(self.number, self.suffix) if self.suffix else str(self.number)
