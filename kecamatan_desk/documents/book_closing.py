"""The closing statement of a register book, in words, with both signatures."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from string import capwords
from typing import Any

from kecamatan_desk.documents.book_page import LEFT, RIGHT
from kecamatan_desk.documents.drawing import justified, text
from kecamatan_desk.documents.letterhead import signature, signature_height
from kecamatan_desk.documents.typeface import MM, REGULAR, wrap
from kecamatan_desk.documents.values import BookLine, BookValues, ClosingValues, SignatureBlock
from kecamatan_desk.domain.indonesian import date_in_words, day_name, in_words, join_words

#: The states of a line in the order of the sums, and what the sums call them.
LABELS = {
    "diserahkan": "diserahkan",
    "belum": "belum diserahkan",
    "ditolak": "ditolak",
    "batal": "batal",
}
_SIZE, _LEAD = 10.0, 12.5
_ROW = 13.0
_SIGN_WIDTH, _SIGN_ROOM = 95 * MM, 20 * MM


@dataclass(slots=True)
class Sums:
    """What the closing statement counts."""

    states: Counter[str] = field(default_factory=Counter)
    inserted: int = 0
    first: str = ""
    last: str = ""

    def count(self, line: BookLine) -> None:
        """Add one line."""
        self.states[line.state] += 1
        self.inserted += line.inserted
        self.first = self.first or line.agenda
        self.last = line.agenda

    def copy(self) -> "Sums":
        """Give an independent copy."""
        return Sums(self.states.copy(), self.inserted, self.first, self.last)


@dataclass(frozen=True, slots=True)
class Block:
    """What stands at the end of a book: its height, and how it is drawn from a top."""

    height: float
    draw: Callable[[Any, float], None]


def closing_block(values: BookValues, sums: Sums) -> Block:
    """Make the end of a book; one still open gets a line that says so."""
    closing = values.closing
    words = _open_words(sums) if closing is None else _closing_words(values, closing, sums)
    rows = wrap(words, REGULAR, _SIZE, RIGHT - LEFT)
    if closing is None:
        return Block(len(rows) * _ROW, lambda c, top: _running(c, top, rows))
    left = _dated(closing.left, "Mengetahui,")
    right = _dated(closing.right, closing.place_date)
    signs = max(
        signature_height(block, _SIZE, _LEAD, _SIGN_WIDTH, _SIGN_ROOM) for block in (left, right)
    )

    def draw(c: Any, top: float) -> None:
        _running(c, top, rows)
        y = top - len(rows) * _ROW - 4 * MM
        for x, block in ((LEFT + 30 * MM, left), (RIGHT - 105 * MM, right)):
            signature(c, x, y, _SIGN_WIDTH, block, _SIZE, _LEAD, _SIGN_ROOM)

    return Block(len(rows) * _ROW + 4 * MM + signs, draw)


def _running(c: Any, top: float, rows: tuple[str, ...]) -> None:
    for i, row in enumerate(rows):
        y = top - _SIZE - i * _ROW
        if i < len(rows) - 1:
            justified(c, LEFT, y, row, _SIZE, RIGHT - LEFT)
        else:
            text(c, LEFT, y, row, REGULAR, _SIZE)


def _dated(block: SignatureBlock, words: str) -> SignatureBlock:
    place_date = block.place_date or words
    return SignatureBlock(place_date, block.titles, block.name, block.rank, block.nip)


def _open_words(sums: Sums) -> str:
    if not sums.states:
        return "Buku ini belum ditutup dan belum berisi nomor."
    return f"Buku ini belum ditutup; dicetak sampai dengan nomor {sums.last}."


def _closing_words(values: BookValues, closing: ClosingValues, sums: Sums) -> str:
    """Domain rule: the sum of the parts is the number of lines, in figures and in words."""
    count = sums.states.total()
    words = (
        f"Pada hari ini, {day_name(closing.day)} tanggal {date_in_words(closing.day)}, "
        f"{values.title} {capwords(values.head.name)} {_lower_subtitle(values.subtitle)} "
        f"ditutup dengan jumlah {count} ({in_words(count)}) nomor"
    )
    if not count:
        return words + "."
    parts = [
        f"{sums.states[state]} ({in_words(sums.states[state])}) {label}"
        for state, label in LABELS.items()
        if sums.states[state]
    ]
    inserted = (
        f"; {sums.inserted} ({in_words(sums.inserted)}) di antaranya nomor sisipan"
        if sums.inserted
        else ""
    )
    return (
        f"{words}, yaitu nomor {sums.first} sampai dengan nomor {sums.last}, "
        f"terdiri atas {join_words(parts)}{inserted}."
    )


def _lower_subtitle(subtitle: str) -> str:
    """Give "tahun 2026", "bulan Mei 2026" for running text, from capitals or not."""
    first, _, rest = subtitle.partition(" ")
    return f"{first.lower()} {capwords(rest)}".strip()
