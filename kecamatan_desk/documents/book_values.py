"""What a register book is made of: its form, its lines, what surrounds them. Needs no PDF library.

A book is data: a form says which columns it has; a line brings its cells ready as text.
"""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from typing import Literal

from kecamatan_desk.documents.values import OfficeHead, SignatureBlock

WIDTH = 295.0  # mm of all columns together: landscape F4 less 25 for the binding and 10
VOID, REFUSED, HANDED, WAITING = "batal", "ditolak", "diserahkan", "belum"
RESERVED = "cadangan"  # set aside for hours without power, not filled in yet
#: Lines in these states yield nothing: nobody signs for them, no sum holds them.
EMPTY_STATES = frozenset({VOID, REFUSED})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a book; width in mm."""

    head: str
    width: float
    _: KW_ONLY
    align: Literal["l", "c", "r"] = "l"
    struck: bool = True  # in a void line; number, signature and reason stay clear
    over: str = ""  # heading above this column and its neighbours with the same one
    sums: Literal["", "count", "amount"] = ""  # persons, or rupiah
    signs: bool = False  # left empty: who receives signs here by hand
    held: bool = False  # an address: "RT 003" stays on one line


#: What a line has become, in the order of the sums, and what the sums call it.
LINE_STATES = {
    HANDED: "diserahkan",
    WAITING: "belum diserahkan",
    REFUSED: "ditolak",
    VOID: "batal",
    RESERVED: "cadangan",
}


@dataclass(frozen=True, slots=True)
class BookForm:
    """A register book: its code, its title and its columns, the first being the running number."""

    code: str
    title: str  # "Buku Register SKTM"; printed in capitals where it is a heading
    columns: tuple[Column, ...]
    _: KW_ONLY
    service: str | None = None
    unit: str = "nomor"  # what the closing statement counts
    numbered: bool = True  # lines bear agenda numbers, which cover and closing name
    continues: bool = True  # is printed as it grows, page after page
    keeper: str = "PETUGAS REGISTER"
    states: Mapping[str, str] = field(default_factory=lambda: LINE_STATES, hash=False)

    @property
    def summed(self) -> tuple[int, ...]:
        """Places of the columns that are added up."""
        return tuple(n for n, column in enumerate(self.columns) if column.sums)

    @property
    def sign(self) -> int | None:
        """Place of the column in which the receiver signs; None where nobody does."""
        return next((n for n, column in enumerate(self.columns) if column.signs), None)


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of a book. Empty texts stay empty cells."""

    cells: tuple[str, ...]  # of all columns but the first: the book counts its lines itself
    day: date  # decides the month it stands under
    number: str  # as printed: "012", "012.A"; "" in a book without agenda numbers
    state: str  # one of its form's
    inserted: bool = False  # nomor sisipan
    counts: tuple[int, ...] = ()  # what the summed columns add up, in their order
    id: int = 0
    place: tuple[int | str, ...] = ()  # in the order of the book


@dataclass(frozen=True, slots=True)
class ClosingValues:
    """The closing statement. Left: who takes note; right: who kept the book."""

    place_date: str  # "Sukamaju, 31 Desember 2026"
    day: date
    left: SignatureBlock
    right: SignatureBlock


@dataclass(frozen=True, slots=True)
class BookValues:
    """What surrounds the lines of a book."""

    head: OfficeHead
    form: BookForm
    subtitle: str  # "Tahun 2026" or "Bulan Mei 2026"
    printed: str  # "Dicetak 31-12-2026 14.05 WIB oleh …", at the foot of each page
    closing: ClosingValues | None  # None: the book is still open
    begun: str = ""  # date on the cover; empty: the date of the first line
    closed: str = ""  # date on the cover; empty: the date of the last line
    cover: tuple[tuple[str, str], ...] = ()  # further lines: ("Kode klasifikasi", "400.9.14.1")
    note: str = ""  # in front of the first line: which numbers stand in the paper book
    public: str = ""  # at head and foot of a copy for the public, which is not the office's book
