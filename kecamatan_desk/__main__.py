"""The start of the program: the command line when a command is named, else the window."""

import time

STARTED = time.perf_counter()  # before all imports: the window tells how long it took to be ready

import gc  # noqa: E402

# Half a million objects are made at the start and stay: looking them through again and again for
# garbage took a twentieth of it.
gc.set_threshold(50_000, 20, 20)

import logging  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable, Iterator, Sequence  # noqa: E402
from contextlib import contextmanager  # noqa: E402
from pathlib import Path  # noqa: E402
from types import TracebackType  # noqa: E402
from typing import TYPE_CHECKING, Literal  # noqa: E402

from kecamatan_desk.domain.errors import DeskError, RuleError  # noqa: E402
from kecamatan_desk.paths import Place, office_place, practice_place  # noqa: E402

if TYPE_CHECKING:
    from kecamatan_desk.usecases.entrance import Office

DONE, REFUSED, FAULT = 0, 1, 3

_log = logging.getLogger("kecamatan_desk")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and give its exit status: 0 done, 1 refused, 2 wrong usage, 3 fault."""
    from kecamatan_desk import cli

    _speak_utf8()
    sys.excepthook = _log_fault
    words = sys.argv[1:] if argv is None else argv
    arguments = cli.parsed(words)
    try:
        if arguments.run is not None:
            status = cli.main(arguments)
            sys.stdout.flush()  # here, where a reader that has gone is expected
            return status
        return _window(arguments.data, arguments.exit_when_ready)
    except DeskError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    except BrokenPipeError:  # `| head`: whoever read has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        _log_fault(type(error), error, error.__traceback__)
        return FAULT


#: The first practice of a window: made while somebody waits.
PRACTICE_REQUESTS = 60

Progress = Callable[[float], None]


def open_for_window(place: Place, progress: Progress | None = None) -> "Office":
    """Open what is there; an empty place becomes an office. Runs on the worker.

    Data of an older program are upgraded first, told by ``progress``. AlreadyOpenError when the
    place's first window is to be raised instead.
    """
    from kecamatan_desk.bootstrap import open_place

    create: Literal["office"] | None = None if place.exists else "office"
    return open_place(place, create=create, progress=_by_percent(progress))


def open_to_practise(place: Place, progress: Progress | None = None) -> "Office":
    """Open the practice place; when it is empty its office is made first, in some seconds."""
    from kecamatan_desk.bootstrap import open_place
    from kecamatan_desk.cli.practice import make_practice

    if not place.exists:
        make_practice(place, PRACTICE_REQUESTS, progress=progress)
    return open_place(place, progress=_by_percent(progress))


def _by_percent(progress: Progress | None) -> Callable[[int], bool] | None:
    """Let work that tells percent tell the window's share; to stop, the window raises."""
    if progress is None:
        return None

    def told(percent: int) -> bool:
        progress(percent / 100)
        return True

    return told


def _window(data: Path | None, exit_when_ready: bool) -> int:
    if exit_when_ready and not office_place(data).exists:
        raise RuleError(
            "Pilihan --exit-when-ready hanya untuk data latihan yang sudah ada. Tidak ada yang "
            "dibuat; buat dahulu dengan perintah practice."
        )
    gc.disable()  # loading makes no garbage; the window looks for it itself (ui/collecting.py)
    # What the worker opens the data with, SQL above all, comes before Qt: once PySide6 is there it
    # reads the source text of every module imported after it, a tenth of the start.
    from kecamatan_desk.bootstrap import held
    from kecamatan_desk.ui.app import run

    practice = practice_place(data)

    def opened(place: Place, progress: Progress) -> "Office":
        opener = open_to_practise if place == practice else open_for_window
        return opener(place, progress)

    status = run(
        office_place(data),
        practice,
        opened,
        STARTED,
        holder=held,
        exit_when_ready=exit_when_ready,
    )
    gc.freeze()  # all is closed: nothing that Python could still collect is worth the wait
    return status


def _log_fault(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log a bug and tell the user; the text of the exception may quote what was typed."""
    if issubclass(kind, KeyboardInterrupt):
        return
    with _seen_by_somebody():
        _log.critical("program fault", exc_info=(kind, error, trace))
    sys.stderr.write(
        f"Maaf, terjadi kesalahan program ({kind.__name__}). Yang belum tersimpan tidak berubah; "
        "laporkan kepada teknisi beserta folder logs.\n"
    )


@contextmanager
def _seen_by_somebody() -> Iterator[None]:
    """Where no place is open that keeps a log, let the fault stand on standard error."""
    if _log.handlers:
        yield
        return
    from kecamatan_desk.bootstrap import PlainFormatter

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlainFormatter("%(message)s"))
    _log.addHandler(handler)
    try:
        yield
    finally:
        _log.removeHandler(handler)


def _speak_utf8() -> None:
    """Write Indonesian to any terminal; a console of Windows may know fewer letters."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
