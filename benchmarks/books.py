"""Register books: pages a second against a bare canvas, memory, and the counter meanwhile.

The bare canvas draws the very same strings at the same places in the same embedded font, with
one text object a page; it wraps, measures and rules nothing. Both write compressed files of the
same volumes, from lines that are ready in memory.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter, sleep
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from reportlab.pdfgen import canvas, textobject

from benchmarks.book_lines import YEAR, lines, store_lines, values
from benchmarks.measuring import Result
from benchmarks.offices import desk_of, make_office
from kecamatan_desk.documents.books import PAGES_PER_VOLUME, write_book
from kecamatan_desk.documents.drawing import F4_LANDSCAPE, new_canvas
from kecamatan_desk.documents.typeface import unit_width, wrap
from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.books import export_book, print_book, print_continuation
from kecamatan_desk.usecases.courtesy import counter_first
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.intake import save_draft
from kecamatan_desk.usecases.periods import Period

Drawn = tuple[str, float, float, float, str]  # font, size, x, y, string
LINES, ROUNDS = 10_000, 5
SHORT, LONG = 1_000, 100_000
MEMORY_AIM = 96  # MiB between a short and a long book
DELAY_AIM = 50.0  # ms a commit may be held up while a book prints
COUNTER_LINES, LEAST_COMMITS = 30_000, 300


def measure(lines_count: int = LINES) -> list[Result]:
    """Give the ratio of pages a second, the growth of memory, and the delay of commits."""
    return [_speed(lines_count), *_memory(), *_delays()]


# --- pages a second ------------------------------------------------------------------------------


def _speed(count: int) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "book.pdf")
        ready = list(lines(count))
        pages = _overheard(target, ready)

        def book() -> None:
            wrap.cache_clear()
            unit_width.cache_clear()
            write_book(target, ready, values())

        def bare() -> None:
            for start in range(0, len(pages), PAGES_PER_VOLUME + 1):  # and its cover
                _draw_bare(Path(folder, f"bare-{start}.pdf"), pages[start:][: PAGES_PER_VOLUME + 1])

        own, plain = _best_of(ROUNDS, book, bare)
    strings = sum(map(len, pages)) / len(pages)
    detail = (
        f"book {len(pages) / own:.0f}, bare {len(pages) / plain:.0f} pages/s; "
        f"{len(pages)} pages of {strings:.0f} strings"
    )
    return Result("book: pages/s of bare canvas", plain / own, "x", 0.8, True, detail)


def _best_of(rounds: int, *jobs: Callable[[], None]) -> list[float]:
    """Give the least seconds of each job, the jobs taking turns."""
    least = [float("inf")] * len(jobs)
    for _ in range(rounds):
        for which, job in enumerate(jobs):
            begun = perf_counter()
            job()
            least[which] = min(least[which], perf_counter() - begun)
    return least


def _draw_bare(target: Path, pages: list[list[Drawn]]) -> None:
    c = new_canvas(target, F4_LANDSCAPE, "bare", "bare")
    for page in pages:
        pen, font = c.beginText(), None
        for name, size, x, y, words in page:
            if (name, size) != font:
                font = (name, size)
                pen.setFont(name, size)
            pen.setTextOrigin(x, y)
            pen.textLine(words)  # the cheaper of the two: it measures nothing
        c.drawText(pen)
        c.showPage()
    c.save()


def _overheard(target: Path, ready: list[Any]) -> list[list[Drawn]]:
    """Give the strings of each page of the book: it is written once with its drawing overheard."""
    ear = _Ear()
    with ear.listening():
        write_book(target, ready, values())
    return ear.pages[:-1]


class _Ear:
    """Hears what is drawn on a canvas; what a form holds counts where the form is stamped."""

    def __init__(self) -> None:
        self.pages: list[list[Drawn]] = [[]]
        self._forms: dict[str, list[Drawn]] = {}
        self._form: str | None = None

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen to every canvas in between."""
        ear, kind = self, canvas.Canvas
        begin, end, stamp, show = kind.beginForm, kind.endForm, kind.doForm, kind.showPage

        class Text(textobject.PDFTextObject):  # type: ignore[misc]
            def textOut(self, words: str) -> None:  # noqa: N802 - reportlab's name
                place = (self._fontname, self._fontsize, self._x, self._y, words)
                ear.pages[-1].append(place)

            def textLine(self, words: str = "") -> None:  # noqa: N802
                self.textOut(words)
                self._x, self._y = self._x0, self._y - self._leading

        def draw_string(c: Any, x: float, y: float, words: str, **_: Any) -> None:
            ear.into().append((c._fontname, c._fontsize, x, y, words))  # noqa: SLF001

        def begin_form(c: Any, name: str, *rest: Any, **named: Any) -> None:
            ear._form, ear._forms[name] = name, []
            begin(c, name, *rest, **named)

        def end_form(c: Any, **named: Any) -> None:
            ear._form = None
            end(c, **named)

        def do_form(c: Any, name: str) -> None:
            ear.pages[-1].extend(ear._forms.get(name, ()))
            stamp(c, name)

        def show_page(c: Any) -> None:
            ear.pages.append([])
            show(c)

        heard = {
            "beginText": lambda c, *a, **kw: Text(c, *a, **kw),
            "drawString": draw_string,
            "beginForm": begin_form,
            "endForm": end_form,
            "doForm": do_form,
            "showPage": show_page,
        }
        with ExitStack() as stack:
            for name, method in heard.items():
                stack.enter_context(patch.object(kind, name, method))
            yield

    def into(self) -> list[Drawn]:
        """Give the list that takes what is drawn now."""
        return self.pages[-1] if self._form is None else self._forms[self._form]


# --- memory --------------------------------------------------------------------------------------


def _memory() -> Iterator[Result]:
    if not Path("/proc/self/status").exists():
        return  # other systems tell the peak otherwise
    with tempfile.TemporaryDirectory() as folder:
        for way in ("iterator", "database"):
            peaks = [_peak(way, count, Path(folder)) for count in (SHORT, LONG)]
            detail = f"{peaks[0]:.0f} MiB with {SHORT:,} lines, {peaks[1]:.0f} with {LONG:,}"
            name = f"book: memory above a short one, from {way}"
            yield Result(name, peaks[1] - peaks[0], "MiB", MEMORY_AIM, detail=detail)


def _peak(way: str, count: int, folder: Path) -> float:
    """Give the most memory a process of its own took to print a book."""
    root = folder / f"{way}-{count}"
    root.mkdir()
    if way == "database":
        office = make_office(root / "data")
        store_lines(desk_of(office, Role.REGISTER), count)
        office.close()
    command = [sys.executable, "-m", "benchmarks.book_process", way, str(count), str(root)]
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return float(done.stdout)


# --- the counter goes on ------------------------------------------------------------------------


def _delays() -> Iterator[Result]:
    """Commit at the counter while a worker thread prints, exports or continues a long book.

    The delay is what the longest takes more than the longest alone. Told beside it: a thread that
    only computes, which shows the machine's and the interpreter's share.
    """
    with tempfile.TemporaryDirectory() as folder:
        office = make_office(Path(folder, "data"))
        printer, counter = desk_of(office, Role.REGISTER), desk_of(office, Role.PELAYANAN)
        store_lines(printer, COUNTER_LINES)
        target, year = Path(folder, "book"), Period.of_year(YEAR)
        alone = sorted(_commit(counter) for _ in range(LEAST_COMMITS))
        bare = sorted(_commits_during(_compute, counter))
        jobs: dict[str, Callable[[], object]] = {
            "printing": lambda: print_book(printer, "sktm", year, target),
            "a month of it": lambda: print_book(printer, "sktm", Period.of_month(YEAR, 12), target),
            "XLSX": lambda: export_book(printer, "sktm", year, target),
            "lanjutan": lambda: print_continuation(printer, uuid4().hex, "sktm", YEAR),
        }
        for name, job in jobs.items():
            found = sorted(_commits_during(job, counter))
            detail = (
                f"{len(found)} commits, median and longest {_told(found)} ms; beside a computing "
                f"thread {_told(bare)}; alone {_told(alone)}"
            )
            title = f"longest delay of a commit, {name}"
            delay = max(found[-1] - alone[-1], 0.0) * 1000
            yield Result(title, delay, "ms", DELAY_AIM, detail=detail)
        office.close()


def _told(seconds: list[float]) -> str:
    return f"{seconds[len(seconds) // 2] * 1000:.1f}, {seconds[-1] * 1000:.1f}"


def _compute() -> None:
    with counter_first():
        until = perf_counter() + 4
        while perf_counter() < until:
            sum(range(200))


def _commits_during(job: Callable[[], object], counter: Desk) -> list[float]:
    with ThreadPoolExecutor(1) as worker:
        seconds: list[float] = []
        while len(seconds) < LEAST_COMMITS:
            running = worker.submit(job)
            while not running.done():
                seconds.append(_commit(counter))
                sleep(0.01)
            try:
                running.result()
            except RuleError:  # a continuation has nothing new the second time
                break
    return seconds


def _commit(counter: Desk) -> float:
    """Save a draft, as the counter does; give the seconds."""
    begun = perf_counter()
    counter.call(save_draft, uuid4().hex, DraftInput("sktm", {"nama": "Warga"}))
    return perf_counter() - begun
