"""Register books on landscape F4, written as a stream.

Lines come from an iterator and go: measure, keep the last two back, draw, forget. What is held
is one open page, two lines, bounded caches of word widths, and the finished (compressed) pages
of the volume in hand.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

from kecamatan_desk.documents.book_appendix import append_changes
from kecamatan_desk.documents.book_closing import Sums, add_up, closing_block, figures_in_text
from kecamatan_desk.documents.book_layout import (
    BAND,
    FOOT,
    LEAD,
    LEAST_ROW,
    LEFT,
    PAGE_SUM,
    RIGHT,
    SIZE,
    SUM,
    Layout,
    Measured,
)
from kecamatan_desk.documents.book_page import Numbering, Volume
from kecamatan_desk.documents.book_values import BookLine, BookValues
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, wrap
from kecamatan_desk.documents.values import Cancelled
from kecamatan_desk.domain.indonesian import MONTHS, grouped

PAGES_PER_VOLUME = 500  # a canvas keeps its pages until it is saved
Progress = Callable[[int], bool]
_EVERY = 200  # lines between two reports of progress
_AIR = 5 * MM  # between the last month's sum and the closing statement
_PAGE_SUMS = ("Jumlah halaman ini", "Jumlah pindahan", "Jumlah s.d. halaman ini")


def write_book(
    target: Path,
    lines: Iterable[BookLine],
    values: BookValues,
    progress: Progress | None = None,
    *,
    changes: Iterable[BookLine] = (),
    pages_per_volume: int = PAGES_PER_VOLUME,
) -> tuple[Path, ...]:
    """Write the lines, in their order, into *target*; give the files written.

    ``changes``: what became of a closed book's lines since, for the appendix behind the closing.

    Above 500 pages the book is written as volumes: F.pdf becomes F-1.pdf, F-2.pdf and so on.
    ``progress`` is told the number of lines written and answers whether to go on; a refusal
    raises Cancelled. However it ends, no half-written file is left, and a file that stood at
    the target before is replaced only by a whole one.
    """
    with ExitStack() as stack:
        book = _Book(target, values, pages_per_volume, changes)
        stack.callback(book.discard)
        book.write(lines, progress)
        return book.publish()


class Writer:
    """Lays lines on pages, and keeps together what belongs together."""

    def __init__(self, values: BookValues) -> None:
        self.values, self.form = values, values.form
        self.layout = Layout(values.form)
        self.volume: Volume | None = None
        self.sums = Sums()
        self.period: tuple[int, int] | None = None
        self.month = Sums()
        self.written = 0
        self.begins = True  # no page of lines was opened yet, now or in an earlier print
        self.brought = [0] * len(self.form.summed)  # sums of the pages before the open one
        self._page: list[int] = []
        self._page_rows = 0
        self._foot = FOOT + len(_PAGE_SUMS) * PAGE_SUM * bool(self.form.summed)

    def next_volume(self) -> Volume:
        """Give the volume that takes the next page."""
        raise NotImplementedError

    def page_began(self, volume: Volume) -> None:
        """Told when a page has been opened."""

    # -- pages

    def open(self) -> Volume:
        """Give the volume in hand with an open page."""
        if self.volume is None or not self.volume.page_open:
            self.volume = self.next_volume()
            self.volume.open_page()
            self._page, self._page_rows = [], 0
            self.page_began(self.volume)
            self._note_paper(self.volume)
        return self.volume

    def _note_paper(self, volume: Volume) -> None:
        """Say in front of the first line which numbers stand in the paper book."""
        if self.values.note and self.begins:
            rows = wrap(self.values.note, REGULAR, SIZE, RIGHT - LEFT - 4 * MM)
            volume.band(self.values.note, BAND + (len(rows) - 1) * LEAD, REGULAR, None)
        self.begins = False

    def room(self) -> float | None:
        """Height left on the open page, sums set aside; None when no page is open."""
        if self.volume is None or not self.volume.page_open:
            return None
        return self.volume.y - self._foot

    def need(self, height: float) -> None:
        """Begin a new page unless the height fits on the open one."""
        room = self.room()
        if room is not None and room < height:
            self.end_page()

    def end_page(self) -> None:
        """Finish the open page, if there is one."""
        if self.volume is not None and self.volume.page_open:
            self.page_sums()
            self.volume.close_page()

    def page_sums(self) -> None:
        """Draw what the page adds up, what came from earlier pages, and both together."""
        if not self.form.summed or not self._page_rows or self.volume is None:
            return
        page = self._page or [0] * len(self.brought)
        together = [a + b for a, b in zip(page, self.brought, strict=True)]
        rows = zip(_PAGE_SUMS, (page, self.brought, together), strict=True)
        self.volume.sums([(label, [grouped(n) for n in counts]) for label, counts in rows])
        self.brought, self._page, self._page_rows = together, [], 0

    # -- lines

    def write(self, lines: Iterable[BookLine], progress: Progress | None) -> None:
        """Write all lines and what ends the book."""
        pending: deque[Measured] = deque()
        for line in lines:
            pending.append(self.layout.measure(self.written + len(pending) + 1, line))
            if len(pending) > 2:
                self.place(pending.popleft(), pending[0].height)
                if progress is not None and self.written % _EVERY == 0:
                    report(progress, self.written)
        self.close(pending)
        if progress is not None:
            report(progress, self.written)

    def close(self, pending: Iterable[Measured]) -> None:
        """The last two lines, the month's sum and the closing statement stand on one page."""
        pending = list(pending)
        after = self.sums.copy()
        for measured in pending:
            after.count(measured.line)
        block = closing_block(self.values, after)
        self.need(self.height_of(pending) + _AIR + block.height)
        for measured in pending:
            self.place(measured)
        if self.period is not None:
            self.month_sum()
        else:
            self.open().band("NIHIL", 10 * MM, BOLD, None)
        self.end_with(block.height, block.draw)

    def end_with(self, height: float, draw: Callable[..., None]) -> None:
        """Draw the closing statement below the last line, and end the file."""
        self.page_sums()
        volume = self.open()
        if volume.y - FOOT < _AIR + height:  # two lines of unheard-of height leave no room
            volume.close_page()
            volume = self.open()
        draw(volume.canvas, volume.y - _AIR)
        volume.close_page()
        self.append(volume)
        volume.save()

    def append(self, volume: Volume) -> None:
        """Add what follows the closing statement."""

    def height_of(self, pending: Sequence[Measured]) -> float:
        """Height of the last lines with the months that begin and end among them."""
        periods = [self.period, *(m.period for m in pending)]
        months = 1 + sum(a != b for a, b in pairwise(periods))
        return sum(m.height for m in pending) + months * (BAND + SUM)

    def place(self, measured: Measured, follows: float = LEAST_ROW) -> None:
        """Draw one line; a month begins with two lines, and a line keeps the month's sum."""
        new_month = measured.period != self.period
        if new_month and self.period is not None:
            self.need(SUM)
            self.month_sum()
        self.need(measured.height + SUM + (BAND + follows if new_month else 0))
        fresh = self.room() is None
        volume = self.open()
        if new_month or fresh:
            year, month = measured.period
            again = "" if new_month else " (lanjutan)"
            volume.band(f"BULAN {MONTHS[month - 1].upper()} {year}{again}", BAND)
        if new_month:
            self.period, self.month = measured.period, Sums()
        volume.row(measured)
        volume.mark(measured.line)
        self.sums.count(measured.line)
        self.month.count(measured.line)
        add_up(self._page, measured.line)
        self._page_rows += 1
        self.written += 1

    def month_sum(self) -> None:
        """Draw how many lines of each state the month has, with a place for the Kasi's paraf."""
        if self.period is None:
            return
        year, month = self.period
        states = self.month.states
        parts = ", ".join(
            f"{label} {states[state]}" for state, label in self.form.states.items() if states[state]
        )
        words = f"Jumlah bulan {MONTHS[month - 1]} {year}: {states.total()} {self.form.unit}"
        words += f" ({parts})" if parts else ""
        if figures := figures_in_text(self.form, self.month.counts):
            words += f"; {figures}"
        checked = (
            "        Diperiksa Kepala Seksi, tanggal ........................   "
            "Paraf ........................"
        )
        self.open().band(
            f"{words}." + ("" if self.values.public else checked),
            SUM,
            REGULAR,
            None,
        )


def report(progress: Progress, written: int) -> None:
    """Tell how far the book is; raise Cancelled when it is not wanted any more."""
    if not progress(written):
        raise Cancelled


class _Book(Writer):
    """A whole book, in as many files as it takes."""

    def __init__(
        self,
        target: Path,
        values: BookValues,
        pages_per_volume: int,
        changes: Iterable[BookLine],
    ) -> None:
        super().__init__(values)
        self._target, self._most, self._changes = target, pages_per_volume, changes
        self._parts: list[Path] = []

    def next_volume(self) -> Volume:
        if self.volume is not None and self.volume.pages < self._most:
            return self.volume
        if self.volume is not None:
            self.volume.save()
        number = len(self._parts) + 1
        part = self._target.with_name(f"{self._target.name}.{number}.tmp")
        self._parts.append(part)
        return Volume(part, self.values, self.layout, Numbering(number))

    def append(self, volume: Volume) -> None:
        append_changes(volume, self.form, self._changes)

    def publish(self) -> tuple[Path, ...]:
        """Give the finished parts their names."""
        if len(self._parts) == 1:
            names = [self._target]
        else:
            names = [
                self._target.with_name(f"{self._target.stem}-{n}{self._target.suffix}")
                for n in range(1, len(self._parts) + 1)
            ]
        for part, name in zip(self._parts, names, strict=True):
            part.replace(name)
        self._parts = []
        if len(names) > 1:  # what stood there before would pass for this book
            self._target.unlink(missing_ok=True)
        return tuple(names)

    def discard(self) -> None:
        """Remove the parts that were not published."""
        for part in self._parts:
            part.unlink(missing_ok=True)
