"""Rules of the machine that the whole suite is watched for, whatever a test is about.

* The live database file is opened by SQLite alone. On Linux any other handle of our own process,
  once closed, drops SQLite's locks: a second writer gets in. SQLite itself passes no audit hook.
* A read transaction is short: with a rollback journal nobody can commit while it lasts. What takes
  time (drawing, wrapping lines, hashing) comes after it.

* Whatever is written into the chain has words: an act that nobody can read is no history.

All are noted here and told by a fixture at the end of the test that broke them.
"""

import gc
import os
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy.orm import Session

from kecamatan_desk.persistence.chain import Link
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.usecases.event_words import WORDS

PROGRAM = str(Path(sys.modules["kecamatan_desk"].__file__ or "").parent) + os.sep

#: Seconds a thread may work while its read transaction is open. Its own working time is counted,
#: not the clock on the wall: a loaded machine makes everything late, but no work longer. Python's
#: collecting is left out: it goes through all that some thousand tests have left in the process.
LONGEST_READ = 0.3
#: Seconds on the wall that no load explains: somebody waits inside a transaction.
LONGEST_WAIT = 10.0

broken: list[str] = []
_watching = False


def watch_files() -> None:
    """Note every open() of a live database file by the program. Stays for the whole process."""
    global _watching
    if not _watching and Path("/proc/self/fd").is_dir():
        sys.addaudithook(_look_at)
        _watching = True


def _look_at(name: str, words: tuple[Any, ...]) -> None:
    if name != "open" or not isinstance(words[0], str | bytes | os.PathLike):
        return
    path = os.fsdecode(words[0])
    if path.endswith((".db", ".db-journal")) and _is_held(path) and _by_program(sys._getframe(1)):  # noqa: SLF001
        broken.append(f"{path} was opened beside SQLite:\n{''.join(traceback.format_stack()[-6:])}")


def _is_held(path: str) -> bool:
    """Tell whether this process has the same file open already."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a path would be slower, and this is called often
    except OSError:
        return False
    for handle in os.listdir("/proc/self/fd"):  # noqa: PTH208
        try:
            held = os.fstat(int(handle))
        except OSError:
            continue
        if (held.st_dev, held.st_ino) == (found.st_dev, found.st_ino):
            return True
    return False


def _by_program(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith(PROGRAM):
            return True
        frame = frame.f_back
    return False


_collecting = threading.local()  # began, spent: seconds of this thread's work


def _note_collecting(phase: str, _told: dict[str, int]) -> None:
    if phase == "start":
        _collecting.began = time.thread_time()
    elif hasattr(_collecting, "began"):
        _collecting.spent = _collected() + time.thread_time() - _collecting.began


def _collected() -> float:
    return float(getattr(_collecting, "spent", 0.0))


gc.callbacks.append(_note_collecting)
_reading = Store.reading


@contextmanager
def timed_reading(self: Store) -> Iterator[Session]:
    """Read as Store.reading does, and note who takes too long."""
    with _reading(self) as session:
        worked, began = time.thread_time() - _collected(), time.monotonic()
        yield session
        worked, lasted = time.thread_time() - _collected() - worked, time.monotonic() - began
    if worked > LONGEST_READ or lasted > LONGEST_WAIT:
        broken.append(
            f"a read transaction took {worked * 1000:.0f} ms of work, {lasted * 1000:.0f} ms in "
            f"all:\n{''.join(traceback.format_stack()[-6:])}"
        )


_closing = Link.close


def named_close(self: Link, **columns: Any) -> int:
    """Close an event as Link.close does, and note an act without words; tests may write `uji`."""
    act = columns["act"]
    if act not in WORDS and not act.startswith("uji"):
        broken.append(f"the act {act!r} has no words in usecases/event_words.py")
    return _closing(self, **columns)
