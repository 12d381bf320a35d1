"""Room on the disk of a place: how much is left, and 32 MB kept back for the worst day.

A full disk must stop nothing that has begun: the reserve is let go of when a write finds no room,
so that the act in hand and the closing of the day can still be written (reliability P5).
"""

import errno
import logging
import os
import shutil
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic

_log = logging.getLogger(__name__)

RESERVE = 32 << 20  # bytes kept back
WARNING = 1 << 30  # bytes free below which the window asks for room
STOP = 200 << 20  # bytes free below which nothing new is registered

_EVERY = 5.0  # s: the system is not asked more often
_BLOCK = 1 << 20
_LITTLE = 256 << 10


def free_bytes(folder: Path) -> int:
    """Ask the system what an ordinary user may still write there, in bytes."""
    return shutil.disk_usage(folder).free


def can_write(folder: Path) -> bool:
    """Try whether a little (a transaction or two) can be written; a missing folder has no want."""
    probe = folder / "room.half"
    try:
        with probe.open("wb") as file:
            file.write(os.urandom(_LITTLE))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return True
    except OSError as error:
        return error.errno not in (errno.ENOSPC, errno.EDQUOT)
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return True


class Space:
    """The room a place has. All workers may ask it.

    ``keeps``: whether this process makes the reserve; a reader does not.
    """

    def __init__(
        self,
        root: Path,
        *,
        keeps: bool = False,
        free: Callable[[Path], int] = free_bytes,
        time: Callable[[], float] = monotonic,
    ) -> None:
        self.file = root / "reserve"
        self._root = root
        self._keeps = keeps
        self._ask = free
        self._time = time
        self._lock = threading.Lock()
        self._known: int | None = None
        self._asked_at = 0.0

    def free(self) -> int:
        """Give the bytes that are free, at most five seconds old; makes the reserve again.

        A system that does not tell is taken to have room: only a write can prove the opposite.
        """
        with self._lock:
            now = self._time()
            if self._known is None or not 0 <= now - self._asked_at < _EVERY:
                self._known, self._asked_at = self._look(), now
                if self._keeps and self._known >= STOP + RESERVE and self._make():
                    self._known = self._look()
            return self._known

    def release(self) -> bool:
        """Let go of the reserve: a write found no room. True when that gives some."""
        with self._lock:
            self._known = None
            try:
                size = self.file.stat().st_size
                self.file.unlink()
            except OSError:
                return False
            _log.warning("disk full: the reserve of %d bytes was let go of", size)
            return size > 0

    def _look(self) -> int:
        try:
            return self._ask(self._root)
        except OSError as error:
            _log.warning("free room of the disk not known: %s", error.strerror)
            return WARNING

    def _make(self) -> bool:
        """Make the reserve of real blocks, where it is not there whole; True when it was made."""
        half = self.file.with_name("reserve.half")
        try:
            if self.file.exists() and self.file.stat().st_size == RESERVE:
                return False
            try:
                with half.open("wb") as file:
                    _fill(file.fileno())
                half.replace(self.file)
            finally:
                half.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("reserve not made: %s", error.strerror)
            return False
        return True


def _fill(handle: int) -> None:
    """Take the blocks of the reserve; a file that is only long would keep nothing back."""
    if sys.platform == "win32":
        os.ftruncate(handle, RESERVE)  # NTFS takes the clusters at once
        return
    try:
        os.posix_fallocate(handle, 0, RESERVE)
    except OSError as error:
        if error.errno not in (errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS):
            raise
        block = os.urandom(_BLOCK)  # what could be packed would take no room
        for _ in range(-(-RESERVE // _BLOCK)):
            os.write(handle, block)
