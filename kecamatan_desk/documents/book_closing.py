"""What a book adds up, and its closing statement in words with both signatures."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from string import capwords
from typing import Any

from kecamatan_desk.documents.book_layout import LEFT, RIGHT
from kecamatan_desk.documents.book_values import (
    EMPTY_STATES,
    BookForm,
    BookLine,
    BookValues,
    ClosingValues,
)
from kecamatan_desk.documents.drawing import justified, text
from kecamatan_desk.documents.letterhead import signature, signature_height
from kecamatan_desk.documents.typeface import MM, REGULAR, wrap
from kecamatan_desk.documents.values import SignatureBlock
from kecamatan_desk.domain.indonesian import (
    date_in_words,
    day_name,
    grouped,
    in_words,
    join_words,
    rupiah,
)

_SIZE, _LEAD = 10.0, 12.5
_ROW = 13.0
_SIGN_WIDTH, _SIGN_ROOM = 95 * MM, 20 * MM
_MOST_IN_WORDS = 10**15


@dataclass(slots=True)
class Sums:
    """What is counted of lines: their states, inserted ones, and the summed columns.

    A void or refused line is counted as a line; its figures are not added up. ``mixed``: the
    numbers do not rise from line to line, since each service has a series of its own.
    """

    states: Counter[str] = field(default_factory=Counter)
    inserted: int = 0
    first: str = ""
    last: str = ""
    counts: list[int] = field(default_factory=list)
    mixed: bool = False

    def count(self, line: BookLine) -> None:
        """Add one line."""
        self.states[line.state] += 1
        self.inserted += line.inserted
        self.first = self.first or line.number
        self.mixed = self.mixed or _rank(line.number) <= _rank(self.last)
        self.last = line.number
        add_up(self.counts, line)

    def copy(self) -> "Sums":
        """Give an independent copy."""
        counts = [*self.counts]
        return Sums(self.states.copy(), self.inserted, self.first, self.last, counts, self.mixed)


def _rank(number: str) -> tuple[int, str]:
    """Give what a number is ordered by: 012 before 012.A before 013; none before all."""
    whole, _point, suffix = number.partition(".")
    return (int(whole), suffix) if whole.isdecimal() else (-1, "")


def add_up(totals: list[int], line: BookLine) -> None:
    """Add the figures of a line, unless it is void or refused."""
    if not line.counts or line.state in EMPTY_STATES:
        return
    if not totals:
        totals.extend([0] * len(line.counts))
    for n, count in enumerate(line.counts):
        totals[n] += count


def labels(form: BookForm) -> tuple[str, ...]:
    """Give what running text calls the summed columns: "Pengikut L", "P", "Jumlah"."""
    found, before = [], ""
    for place in form.summed:
        column = form.columns[place]
        head = column.head.removesuffix(" (Rp)").replace("/ ", "/")
        bare = column.over in ("", before)
        found.append(head if bare else f"{column.over} {head}")
        before = column.over
    return tuple(found)


def figure(form: BookForm, place: int, count: int) -> str:
    """Write a figure for running text: persons bare, amounts as rupiah."""
    amount = form.columns[form.summed[place]].sums == "amount"
    return rupiah(count) if amount else grouped(count)


def figures_in_text(form: BookForm, counts: Sequence[int]) -> str:
    """Give "Pengikut L 3, P 5" for a month's sum; "" in a book that adds nothing up."""
    counts = counts or [0] * len(form.summed)
    return ", ".join(
        f"{label} {figure(form, n, counts[n])}" for n, label in enumerate(labels(form))
    )


@dataclass(frozen=True, slots=True)
class Block:
    """What stands at the end of a book: its height, and how it is drawn from a top."""

    height: float
    draw: Callable[[Any, float], None]


def closing_block(values: BookValues, sums: Sums) -> Block:
    """Make the end of a book; one still open gets a line that says so."""
    closing = values.closing
    if values.public:
        words = _public_words(values, sums)
    elif closing is None:
        words = _open_words(values.form, sums)
    else:
        words = _closed(values, closing, sums)
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


def _public_words(values: BookValues, sums: Sums) -> str:
    count = sums.states.total()
    return (
        f"{values.public}; {count} ({in_words(count)}) {values.form.unit}. Ini bukan buku register "
        "yang resmi; buku resmi, tanda tangan, dan pernyataan penutupannya ada di kantor."
    )


def _open_words(form: BookForm, sums: Sums) -> str:
    count = sums.states.total()
    if not count:
        return f"Buku ini belum ditutup dan belum berisi {form.unit}."
    if form.numbered and not sums.mixed:
        return f"Buku ini belum ditutup; dicetak sampai dengan nomor {sums.last}."
    return f"Buku ini belum ditutup; dicetak sampai dengan {count} {form.unit}."


def _closed(values: BookValues, closing: ClosingValues, sums: Sums) -> str:
    """Domain rule: the sum of the parts is the number of lines, in figures and in words."""
    form, count = values.form, sums.states.total()
    words = (
        f"Pada hari ini, {day_name(closing.day)} tanggal {date_in_words(closing.day)}, "
        f"{form.title} {capwords(values.head.name)} {_lower_subtitle(values.subtitle)} "
        f"ditutup dengan jumlah {count} ({in_words(count)}) {form.unit}"
    )
    if not count:
        return words + "."
    if form.numbered and sums.mixed:
        words += f", yaitu nomor urut 1 sampai dengan {count}"
    elif form.numbered:
        words += f", yaitu nomor {sums.first} sampai dengan nomor {sums.last}"
    parts = [
        f"{sums.states[state]} ({in_words(sums.states[state])}) {label}"
        for state, label in form.states.items()
        if sums.states[state]
    ]
    if parts:
        words += f", terdiri atas {join_words(parts)}"
    if sums.inserted:
        words += f"; {sums.inserted} ({in_words(sums.inserted)}) di antaranya nomor sisipan"
    return f"{words}.{_totals(form, sums)}"


def _totals(form: BookForm, sums: Sums) -> str:
    if not form.summed:
        return ""
    counts = sums.counts or [0] * len(form.summed)
    parts = [
        f"{label} {figure(form, n, counts[n])}{_worded(form, n, counts[n])}"
        for n, label in enumerate(labels(form))
    ]
    return f" Jumlah seluruhnya, tanpa nomor batal dan ditolak: {join_words(parts)}."


def _worded(form: BookForm, place: int, count: int) -> str:
    if count >= _MOST_IN_WORDS:
        return ""
    amount = form.columns[form.summed[place]].sums == "amount"
    return f" ({in_words(count)}{' rupiah' if amount else ''})"


def _lower_subtitle(subtitle: str) -> str:
    """Give "tahun 2026", "bulan Mei 2026" for running text, from capitals or not."""
    first, _, rest = subtitle.partition(" ")
    kept = " ".join(w if w in ("sampai", "dengan") else capwords(w) for w in rest.split())
    return f"{first.lower()} {kept}".strip()
