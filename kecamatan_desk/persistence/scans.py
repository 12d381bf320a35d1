"""Scans on disk: ``attachments/ab/<sha256>``, synced before their row; they may be erased."""

import time
from collections.abc import Callable, Collection
from pathlib import Path

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.persistence.files import ByteStore, make_synced, sync_folder

_FORGOTTEN = 7 * 24 * 3600  # s after which a file without row is no act in hand any more


class ScanStore(ByteStore):
    """A folder of scans, named by what they hold and by nothing else."""

    def path(self, sha256: str) -> Path:
        """Where the scan with this hash lies."""
        return self.folder / sha256[:2] / sha256

    def keep(self, content: bytes) -> str:
        """Write and fsync a scan before anybody refers to it; give its SHA-256."""
        try:
            if not self.folder.is_dir():  # places of older programs came without it
                make_synced(self.folder)
            return self.put(content)
        except (MachineError, OSError) as error:
            raise MachineError(
                "Lampiran belum tersimpan: cakram penuh atau folder lampiran tidak dapat ditulis. "
                "Permohonan tidak berubah; kosongkan ruang cakram lalu ulangi."
            ) from error

    def read(self, sha256: str) -> bytes:
        """Read a scan back, proving that it is still what was kept."""
        try:
            return self.get(sha256)
        except MachineError as error:
            raise MachineError(
                "Lampiran ini hilang atau berubah di luar program. Data lain utuh; pulihkan folder "
                "lampiran dari salinan cadangan, atau pindai ulang."
            ) from error

    def erase(self, sha256: str) -> None:
        """Take the bytes away. What is gone already is no fault."""
        path = self.path(sha256)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            sync_folder(path.parent)

    def sweep(
        self, known: Callable[[list[str]], Collection[str]], now: Callable[[], float] = time.time
    ) -> int:
        """Take away files that no row names and that are a week old; give how many.

        ``known``: of these hashes, those that a row names.
        """
        before = now() - _FORGOTTEN
        swept = 0
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            old = [file for file in folder.iterdir() if file.stat().st_mtime < before]
            named = set(known([file.name for file in old]))
            for file in old:
                if file.name not in named:
                    file.unlink(missing_ok=True)
                    swept += 1
        return swept
