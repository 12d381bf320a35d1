"""A place is its owner's alone, and one program's at a time: rights of files, and its lock."""

import errno
import logging
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)


def close_to_others(root: Path, generation: Path | None = None) -> None:
    """Let only the owner read what is made from now on, and mend what others could read.

    Nothing on Windows, where the folder's own list of rights decides. When others can enter the
    place at all, everything in it is mended; else only what a look at its top shows.
    """
    if os.name == "nt":
        return
    os.umask(0o077)
    try:
        was_open = bool(root.stat().st_mode & 0o077)
    except OSError:
        return  # nothing is there yet
    inside = sorted(root.rglob("*")) if was_open else [*root.iterdir()]
    if generation is not None and not was_open and generation.is_dir():
        inside += generation.iterdir()
    for path in (*inside, root):
        _mend(path)


def _mend(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode) or not mode & 0o077:
            return
        path.chmod(stat.S_IMODE(mode) & ~0o077)
    except OSError as error:  # another's file, or a file system without rights: say it, go on
        _log.warning("rights of a file of the place not mended: %s", error.strerror)


def lock_excludes(lock: Path) -> bool:
    """Tell whether a lock held on a file of the place really keeps others out.

    ``lock`` is the place's lock file, held by this process. A second handle stands in for a second
    program: the locks tried here belong to the handle (flock, OFD), not to the process. SQLite's
    own kind of lock is tried too. False where locks are granted to everybody.
    """
    if sys.platform == "win32":
        return _windows_lock_excludes(lock)
    import fcntl

    first = os.open(lock, os.O_RDWR)
    second = os.open(lock, os.O_RDWR)
    try:
        if _taken(fcntl.flock, second, fcntl.LOCK_EX | fcntl.LOCK_NB):
            return False
        if not _taken(fcntl.lockf, first, fcntl.LOCK_EX | fcntl.LOCK_NB):
            return True
        command = getattr(fcntl, "F_OFD_SETLK", None)
        if command is None:
            return True
        import struct

        whole = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
        return not _taken(fcntl.fcntl, second, command, whole)
    finally:
        os.close(second)
        os.close(first)


def _taken(call: Callable[..., Any], *words: Any) -> bool:
    """Tell whether a lock was granted; one that the system does not know is not."""
    try:
        call(*words)
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.EACCES, errno.EINVAL):
            raise
        return False
    return True


def _windows_lock_excludes(lock: Path) -> bool:
    if sys.platform != "win32":
        return True
    import msvcrt

    second = os.open(lock, os.O_RDWR)
    try:
        msvcrt.locking(second, msvcrt.LK_NBLCK, 1)
    except OSError:
        return True  # held by the first handle, as it must be
    else:
        msvcrt.locking(second, msvcrt.LK_UNLCK, 1)
        return False
    finally:
        os.close(second)
