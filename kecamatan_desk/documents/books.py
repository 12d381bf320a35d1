"""Register books on landscape F4, written as a stream.

Lines come from an iterator and go: measure, keep the last two back, draw, forget. What is held
is one open page, two lines, bounded caches of word widths, and the finished (compressed) pages
of the volume in hand.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

from kecamatan_desk.documents.book_closing import LABELS, Sums, closing_block
from kecamatan_desk.documents.book_page import (
    BAND,
    FOOT,
    LEAST_ROW,
    NUMBER,
    SUM,
    Layout,
    Measured,
    Volume,
)
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR
from kecamatan_desk.documents.values import BookLine, BookValues, Cancelled
from kecamatan_desk.domain.indonesian import MONTHS

PAGES_PER_VOLUME = 500  # a canvas keeps its pages until it is saved
_EVERY = 200  # lines between two reports of progress
_AIR = 5 * MM  # between the last month's sum and the closing statement


def write_book(
    target: Path,
    lines: Iterable[BookLine],
    values: BookValues,
    progress: Callable[[int], bool] | None = None,
    *,
    pages_per_volume: int = PAGES_PER_VOLUME,
) -> tuple[Path, ...]:
    """Write the lines, in their order, into *target*; give the files written.

    Above 500 pages the book is written as volumes: F.pdf becomes F-1.pdf, F-2.pdf and so on.
    ``progress`` is told the number of lines written and answers whether to go on; a refusal
    raises Cancelled. However it ends, no half-written file is left, and a file that stood at
    the target before is replaced only by a whole one.
    """
    with ExitStack() as stack:
        book = _Book(target, values, pages_per_volume)
        stack.callback(book.discard)
        book.write(lines, progress)
        return book.publish()


class _Book:
    def __init__(self, target: Path, values: BookValues, pages_per_volume: int) -> None:
        self._target, self._values = target, values
        self._most = pages_per_volume
        self._layout = Layout(values.with_service_column)
        self._parts: list[Path] = []
        self._volume: Volume | None = None
        self._sums = Sums()
        self._period: tuple[int, int] | None = None
        self._month: Counter[str] = Counter()
        self._written = 0

    # -- files

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

    def _open(self) -> Volume:
        """Give the volume in hand with an open page."""
        if self._volume is not None and self._volume.page_open:
            return self._volume
        if self._volume is not None and self._volume.pages >= self._most:
            self._volume.save()
            self._volume = None
        if self._volume is None:
            number = len(self._parts) + 1
            part = self._target.with_name(f"{self._target.name}.{number}.tmp")
            self._parts.append(part)
            self._volume = Volume(part, self._values, self._layout, number)
        self._volume.open_page()
        return self._volume

    def _room(self) -> float | None:
        """Height left on the open page; None when no page is open."""
        if self._volume is None or not self._volume.page_open:
            return None
        return self._volume.y - FOOT

    def _need(self, height: float) -> None:
        """Begin a new page unless the height fits on the open one."""
        room = self._room()
        if room is not None and room < height and self._volume is not None:
            self._volume.close_page()

    # -- lines

    def write(self, lines: Iterable[BookLine], progress: Callable[[int], bool] | None) -> None:
        pending: deque[Measured] = deque()
        for line in lines:
            pending.append(self._layout.measure(self._written + len(pending) + 1, line))
            if len(pending) > 2:
                self._place(pending.popleft(), pending[0].height)
                if progress is not None and self._written % _EVERY == 0:
                    self._report(progress)
        self._close(pending)
        if progress is not None:
            self._report(progress)

    def _report(self, progress: Callable[[int], bool]) -> None:
        if not progress(self._written):
            raise Cancelled

    def _close(self, pending: Iterable[Measured]) -> None:
        """The last two lines, the month's sum and the closing statement stand on one page."""
        pending = list(pending)
        after = self._sums.copy()
        for measured in pending:
            after.count(measured.line)
        block = closing_block(self._values, after)
        periods = [self._period, *(m.period for m in pending)]
        months = 1 + sum(a != b for a, b in pairwise(periods))
        need = sum(m.height for m in pending) + months * (BAND + SUM) + _AIR + block.height
        self._need(need)
        for measured in pending:
            self._place(measured)
        if self._period is not None:
            self._month_sum()
        else:
            self._open().band("NIHIL", 10 * MM, BOLD, None)
        self._need(_AIR + block.height)  # two lines of unheard-of height leave no room for it
        volume = self._open()
        block.draw(volume.canvas, volume.y - _AIR)
        volume.close_page()
        volume.save()

    def _place(self, measured: Measured, follows: float = LEAST_ROW) -> None:
        """Draw one line; a month begins with two lines, and a line keeps the month's sum."""
        new_month = measured.period != self._period
        if new_month and self._period is not None:
            self._need(SUM)
            self._month_sum()
        self._need(measured.height + SUM + (BAND + follows if new_month else 0))
        fresh = self._room() is None
        volume = self._open()
        if new_month or fresh:
            year, month = measured.period
            again = "" if new_month else " (lanjutan)"
            volume.band(f"BULAN {MONTHS[month - 1].upper()} {year}{again}", BAND)
        if new_month:
            self._period, self._month = measured.period, Counter()
        volume.row(measured)
        volume.mark(measured.cells[NUMBER], measured.line.registered)
        self._sums.count(measured.line)
        self._month[measured.line.state] += 1
        self._written += 1

    def _month_sum(self) -> None:
        if self._period is None:
            return
        year, month = self._period
        parts = ", ".join(
            f"{label} {self._month[state]}" for state, label in LABELS.items() if self._month[state]
        )
        self._open().band(
            f"Jumlah bulan {MONTHS[month - 1]} {year}: {self._month.total()} nomor ({parts})."
            "        Diperiksa Kepala Seksi, tanggal ........................   "
            "Paraf ........................",
            SUM,
            REGULAR,
            None,
        )
