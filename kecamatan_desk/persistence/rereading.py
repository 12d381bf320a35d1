"""Writing for a backup and reading back what the disk has, not what memory remembers."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from kecamatan_desk.persistence.files import sync_folder

_CHUNK = 1 << 20
#: Is told how many bytes more are done; raises to stop.
Tell = Callable[[int], None]


def nothing(_: int) -> None:
    """Take no notice of progress."""


def forget_cached(handle: int) -> None:
    """Let the system forget what it remembers of a file, so that the next read asks the disk.

    Only a hint: Windows and a few file systems keep their memory. A stick is verified again when
    it is next plugged in.
    """
    advise = getattr(os, "posix_fadvise", None)
    if advise is not None:
        advise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def hash_on_disk(path: Path, tell: Tell = nothing) -> str:
    """Give the SHA-256 of a file as it lies on the disk."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        forget_cached(file.fileno())
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            tell(len(chunk))
    return digest.hexdigest()


def copy_hashed(source: Path, target: Path, tell: Tell = nothing) -> str:
    """Copy a file, synced, and give the SHA-256 of what was copied. No half file stays behind."""
    digest = hashlib.sha256()
    try:
        with source.open("rb") as read, target.open("wb") as write:
            while chunk := read.read(_CHUNK):
                digest.update(chunk)
                write.write(chunk)
                tell(len(chunk))
            write.flush()
            os.fsync(write.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def write_synced(target: Path, content: bytes) -> None:
    """Write a small file whole or not at all."""
    half = target.with_name(target.name + ".half")
    try:
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    sync_folder(target.parent)
