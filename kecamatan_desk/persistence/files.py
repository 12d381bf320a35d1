"""Frozen documents on disk, named by what they hold."""

import errno
import hashlib
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kecamatan_desk.domain.errors import MachineError

_DAY = 24 * 3600.0  # s


class ByteStore:
    """A folder of bytes: ``ab/<sha256>.pdf``. What is once written never changes.

    ``relieve``: called when a write finds no room; True when it has made some.
    """

    def __init__(self, folder: Path, relieve: Callable[[], bool] = lambda: False) -> None:
        self.folder = folder
        self._relieve = relieve

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash lie."""
        return self.folder / sha256[:2] / f"{sha256}.pdf"

    def put(self, content: bytes) -> str:
        """Write and fsync the bytes before anybody refers to them; give their SHA-256."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        if target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() == sha256:
            # whoever put it there may have been killed before its name was safe
            sync_folder(target.parent)
            sync_folder(self.folder)
            return sha256
        try:
            self._write(target, content)
        except OSError as error:
            raise MachineError(
                "Surat belum dapat disimpan: cakram penuh atau folder dokumen tidak dapat ditulis. "
                "Nomor tetap tercatat; surat dibuat saat berkas dibuka lagi."
            ) from error
        return sha256

    def _write(self, target: Path, content: bytes) -> None:
        try:
            self._write_once(target, content)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT) or not self._relieve():
                raise
            self._write_once(target, content)

    def _write_once(self, target: Path, content: bytes) -> None:
        half = target.with_suffix(f".{os.getpid()}-{threading.get_ident()}.half")
        try:
            if not target.parent.is_dir():
                target.parent.mkdir(parents=True, exist_ok=True)
                sync_folder(self.folder)
            with half.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            half.replace(target)
            sync_folder(target.parent)
        except OSError:
            half.unlink(missing_ok=True)
            raise

    def clear_halves(self) -> int:
        """Remove what a kill has left half-written a day ago or earlier; give how many."""
        cleared = 0
        for half in self.folder.glob("[0-9a-f][0-9a-f]/*.half"):
            with suppress(OSError):
                if time.time() - half.stat().st_mtime > _DAY:
                    half.unlink()
                    cleared += 1
        return cleared

    def get(self, sha256: str) -> bytes:
        """Read bytes back, proving that they are still what was frozen."""
        try:
            content = self.path(sha256).read_bytes()
        except OSError as error:
            raise MachineError(
                "Berkas surat tersimpan tidak ditemukan. Data lain utuh; pulihkan folder dokumen "
                "dari salinan cadangan."
            ) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise MachineError(
                "Berkas surat tersimpan telah berubah sejak dibekukan. Jangan dipakai; pulihkan "
                "folder dokumen dari salinan cadangan."
            )
        return content


def make_synced(folder: Path) -> None:
    """Make a folder, and those above it, so that a power cut takes away none of them."""
    made = [path for path in folder.parents if not path.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in (folder, *made):
        with suppress(PermissionError):  # a folder above may be closed to us for reading
            sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name survive a power cut; Windows does that by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
