"""The pages a growing book gets since its last print (lanjutan).

A page once printed is never laid out again: new pages take the numbers after it, and what became
of printed lines stands in a supplement (catatan susulan) in front of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain

from kecamatan_desk.documents.book_closing import Sums, figures_in_text
from kecamatan_desk.documents.book_layout import BAND, FOOT, PAGE_SUM, Layout, Measured
from kecamatan_desk.documents.book_page import Numbering, Volume
from kecamatan_desk.documents.book_values import BookForm, BookLine, BookValues, Column
from kecamatan_desk.documents.books import Progress, Writer, report
from kecamatan_desk.documents.typeface import BOLD

Place = tuple[int | str, ...]
_EVERY = 200  # notes between two reports of progress


@dataclass(frozen=True, slots=True)
class Since:
    """Where the pages printed earlier end, and what their lines add up to now."""

    page: int = 0  # 0: nothing was printed yet
    lines: int = 0  # printed so far, inserted ones in supplements included
    number: str = ""  # of the last line
    period: tuple[int, int] | None = None  # year and month of the last line
    month: Sums = field(default_factory=Sums)  # of that month's lines
    sums: Sums = field(default_factory=Sums)  # of all lines


@dataclass(frozen=True, slots=True)
class Continued:
    """The pages, as bytes, and where the lines stand on them."""

    content: bytes
    first_page: int
    last_page: int
    lines: int  # printed so far, these pages included
    starts: tuple[tuple[int, Place], ...]  # page, place of its first line
    noted: tuple[tuple[int, int], ...]  # page, id of a line inserted by the supplement
    period: tuple[int, int] | None  # year and month of the last line
    number: str  # of the last line
    place: Place  # of the last of these lines; empty: there were only notes


def notes_form(form: BookForm) -> BookForm:
    """Give the form of a book's supplement."""
    return BookForm(
        f"susulan-{form.code}",
        f"Catatan Susulan {form.title}",
        (
            Column("No.", 9, align="c"),
            Column("Halaman", 16, align="c"),
            Column("No. Agenda", 17, align="c"),
            Column("Tanggal Register", 18, align="c"),
            Column("Nama", 54),
            Column("Catatan", 103),
            Column("Tanggal Catatan", 18, align="c"),
            Column("Dicatat Oleh", 38),
            Column("Paraf/ Tanda Tangan", 22, align="c", signs=True),
        ),
        unit="catatan",
        numbered=False,
    )


def continue_book(
    lines: Iterable[BookLine],
    notes: Iterable[BookLine],
    values: BookValues,
    since: Since,
    progress: Progress | None = None,
) -> Continued:
    """Lay the notes, then the new lines, on pages that follow those printed earlier.

    With a closing statement in ``values`` the book ends here. A note whose ``id`` is not 0 is a
    line inserted between printed ones. Cancelled when ``progress`` says no.
    """
    writer = _Continuation(values, since)
    writer.write_notes(notes, progress)
    writer.write(lines, progress)
    return writer.result()


class _Continuation(Writer):
    def __init__(self, values: BookValues, since: Since) -> None:
        super().__init__(values)
        self._since = since
        self._buffer = BytesIO()
        self.written = since.lines
        self.period, self.month, self.sums = since.period, since.month, since.sums
        self._number = since.number
        if self.form.summed:
            self.brought = [*since.sums.counts] or self.brought  # the sums go on counting
        self._starts: list[tuple[int, Place]] = []
        self._noted: list[tuple[int, int]] = []
        self._announced = self.begins = since.page == 0
        self._place: Place = ()

    def next_volume(self) -> Volume:
        if self.volume is None:
            before = self._since.page
            numbering = Numbering(None, before, cover=before == 0)
            return Volume(self._buffer, self.values, self.layout, numbering)
        return self.volume

    def page_began(self, volume: Volume) -> None:
        """Say on the first page of lines that it continues an earlier one."""
        if not self._announced:
            self._announced = True
            last = f", nomor terakhir {self._since.number}" if self._since.number else ""
            volume.band(f"(lanjutan) Sambungan halaman {self._since.page}{last}", BAND)

    # -- notes on lines printed earlier

    def write_notes(self, notes: Iterable[BookLine], progress: Progress | None) -> None:
        """Write the supplement, if there is anything to note."""
        notes = iter(notes)
        first = next(notes, None)
        if first is None:
            return
        layout = Layout(notes_form(self.form))
        volume = self.volume = self.next_volume()
        volume.use(layout)
        total = _total(self.form, self.brought)
        for number, note in enumerate(chain((first,), notes), 1):
            self._note(volume, layout.measure(number, note), PAGE_SUM if total else 0)
            if progress is not None and number % _EVERY == 0:
                report(progress, self.written)
        if total:
            volume.band(total, PAGE_SUM, BOLD, None)
        volume.close_page()
        volume.use(self.layout)

    def _note(self, volume: Volume, measured: Measured, below: float) -> None:
        if volume.page_open and volume.y - FOOT < measured.height + below:
            volume.close_page()
        if not volume.page_open:
            volume.open_page()
            words = (
                f"Atas halaman 1 sampai dengan {self._since.page} yang sudah dicetak: bubuhkan "
                "catatan ini pada barisnya."
            )
            volume.band(words, BAND)
        volume.row(measured)
        if measured.line.id:
            self._noted.append((volume.page, measured.line.id))
            self.written += 1

    # -- new lines

    def place(self, measured: Measured, follows: float = 0) -> None:
        super().place(measured, follows)
        assert self.volume is not None
        self._number, self._place = measured.line.number, measured.line.place
        if not self._starts or self._starts[-1][0] != self.volume.page:
            self._starts.append((self.volume.page, measured.line.place))

    def close(self, pending: Iterable[Measured]) -> None:
        """End the pages; the month's sum comes with the next month, or with the closing."""
        pending = list(pending)
        if self.values.closing is not None:
            super().close(pending)
            return
        for n, measured in enumerate(pending, 1):
            self.place(measured, pending[n].height if n < len(pending) else 0)
        self.end_page()
        assert self.volume is not None
        self.volume.save()

    def result(self) -> Continued:
        """Give the pages and where the lines stand."""
        assert self.volume is not None
        return Continued(
            content=self._buffer.getvalue(),
            first_page=self._since.page + 1,
            last_page=self.volume.page,
            lines=self.written,
            starts=tuple(self._starts),
            noted=tuple(self._noted),
            period=self.period,
            number=self._number,
            place=self._place,
        )


def _total(form: BookForm, counts: list[int]) -> str:
    """Give what a counting book adds up to once the notes are taken in; "" in other books."""
    if not form.summed:
        return ""
    return f"Jumlah pindahan sesudah catatan ini: {figures_in_text(form, counts)}."
