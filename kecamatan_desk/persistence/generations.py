"""Generations: a restore or an upgrade builds a new one beside the old and then flips CURRENT.

Whatever happens on the way, CURRENT names a whole generation: the old one or the new one. A folder
named ``….half`` is unfinished and belongs to nobody (reliability 3.6).
"""

import logging
import os
import re
import shutil
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.files import sync_folder

_log = logging.getLogger(__name__)

KEPT = 3
DATABASE = "desk.db"
MARK = "DIGANTI.txt"  # in a generation that was replaced: when, and why
OLD = "generasi-lama"  # in backups/: generations that were set aside
STAGING = "kerja"  # in backups/: the plain copy while it is checked
TRIAL = "uji-pulih"  # in backups/: what a drill restores
_HOUR = 3600.0  # s
_NAME = re.compile(r"gen-(\d{6})")
_ASIDE = re.compile(r"(gen-\d{6})(-\d+)?")


def make_folders(place: Place) -> None:
    """Make the parts of a place that lie beside its generations."""
    place.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in folders_of(place):
        folder.mkdir(mode=0o700, exist_ok=True)


def folders_of(place: Place) -> tuple[Path, ...]:
    """Name what lies beside the generations of a place."""
    return (place.documents, place.attachments, place.journal, place.backups, place.logs)


def generations(place: Place) -> list[str]:
    """Name the whole generations of a place, the oldest first."""
    if not place.root.is_dir():
        return []
    return sorted(p.name for p in place.root.iterdir() if _NAME.fullmatch(p.name))


def begin_generation(place: Place) -> Path:
    """Give an empty folder to build the next generation in; leftovers of earlier tries go."""
    clear_halves(place)
    half = place.root / f"{_next_name(place)}.half"
    half.mkdir(mode=0o700)
    return half


def clear_halves(place: Place) -> None:
    """Remove generations that were never finished. Only under the place's lock."""
    if place.root.is_dir():
        for left in place.root.glob("gen-*.half"):
            shutil.rmtree(left, ignore_errors=True)


def clear_leftovers(place: Place) -> None:
    """Remove whole copies of the data that a killed job has left. Only under the place's lock.

    A backup and a drill of the command line run beside a window: what was touched within the last
    hour stays.
    """
    clear_halves(place)
    for name in (STAGING, TRIAL):
        left = place.backups / name
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _HOUR:
                shutil.rmtree(left, ignore_errors=True)


def keep_generation(place: Place, half: Path) -> Path:
    """Make a finished folder a generation, not yet the current one; give where it lies now.

    Its database must be closed. Contents are synced before the folder has its name.
    """
    database = half / DATABASE
    database.chmod(0o600)
    with database.open("rb+") as file:
        os.fsync(file.fileno())
    sync_folder(half)
    kept = half.with_name(half.name.removesuffix(".half"))
    half.rename(kept)
    sync_folder(place.root)
    return kept


def point_to(place: Place, generation: str) -> None:
    """Make a generation the current one: written beside, synced, then renamed in one step."""
    half = place.pointer.with_suffix(".half")
    try:
        with half.open("w", encoding="ascii") as file:
            file.write(generation + "\n")
            file.flush()
            os.fsync(file.fileno())
        half.replace(place.pointer)
    finally:
        half.unlink(missing_ok=True)
    sync_folder(place.root)


class StillCurrent:
    """Refuses to write into a generation that a restore or an upgrade has replaced meanwhile.

    For whoever writes beside the window: the place's lock keeps the window's own generation as it
    is, and needs no such look. Costs one look at the pointer file, and reads it when that is new.
    """

    def __init__(self, place: Place, database: Path) -> None:
        self._place, self._database = place, database
        self._seen: tuple[int, int] | None = None  # of the pointer file when it named our data

    def __call__(self) -> None:
        """MachineError when the current generation is another one than was opened."""
        try:
            found = self._place.pointer.stat()  # before it is read: what comes after is seen
            seen = (found.st_ino, found.st_mtime_ns)
            if seen != self._seen and self._place.current_database == self._database:
                self._seen = seen
        except (OSError, MachineError):
            seen = None
        if seen is None or seen != self._seen:
            raise MachineError(
                "Sesudah perintah ini dimulai, data di komputer ini dipulihkan dari cadangan atau "
                "disesuaikan dengan program baru. Tindakan ini tidak disimpan, dan tidak ada yang "
                "hilang; jalankan perintahnya sekali lagi."
            )


def mark_replaced(generation: Path, why: str) -> None:
    """Write into a generation that it was replaced; failing to is no fault of the replacing."""
    try:
        (generation / MARK).write_text(why + "\n", encoding="utf-8")
    except OSError:
        _log.warning("old generation not marked")


def set_old_ones_aside(place: Place) -> None:
    """Keep the current generation and the two before it; move older ones into backups/.

    A newer one than the current stays: somebody may have gone back to an older program by hand.
    Failing to move one is no fault: the next time tries again.
    """
    current = place.current_database.parent.name
    older = [name for name in generations(place) if name < current]
    for name in older[: max(len(older) - (KEPT - 1), 0)]:
        target = place.backups / OLD / name
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if target.exists():
                target = target.with_name(f"{name}-{os.getpid()}")
            (place.root / name).rename(target)
        except OSError:
            _log.warning("generation %s not set aside", name)


def set_aside(place: Place) -> dict[Path, datetime]:
    """Give the generations that were set aside, with the moment each was replaced.

    None that is as new as the current one: somebody may have gone back by hand. What is left of one
    whose removing was cut short is as old as can be.
    """
    folder = place.backups / OLD
    if not place.exists or not folder.is_dir():
        return {}
    current = place.current_database.parent.name
    found = {}
    for path in sorted(folder.iterdir()):
        named = _ASIDE.fullmatch(path.name)
        if named and named.group(1) < current and path.is_dir():
            found[path] = _replaced_at(path)
    return found


def remove_generation(generation: Path) -> None:
    """Remove a generation that was set aside; failing to is no fault: the next time tries again."""
    try:
        (generation / DATABASE).unlink(missing_ok=True)  # first: `set_aside` knows the rest by it
        shutil.rmtree(generation)
    except OSError:
        _log.warning("generation %s not removed", generation.name)
    else:
        _log.info("generation %s removed", generation.name)


def _replaced_at(generation: Path) -> datetime:
    if not (generation / DATABASE).is_file():
        return datetime.fromtimestamp(0, UTC)
    try:
        told = (generation / MARK).read_text(encoding="utf-8").partition(": ")[0]
        moment = datetime.fromisoformat(told)
        if moment.tzinfo:
            return moment
    except (OSError, ValueError):
        pass  # it could not be marked: the folder has not been touched since it was set aside
    return datetime.fromtimestamp(generation.stat().st_mtime, UTC)


def need_room(folder: Path, wanted: int) -> None:
    """Raise MachineError unless the disk has *wanted* bytes left; it says how much is missing."""
    free = shutil.disk_usage(folder).free
    if free < wanted:
        more = -(-(wanted - free) // 1_000_000)
        raise MachineError(
            f"Ruang cakram kurang {more} MB untuk pekerjaan ini. Tidak ada data yang berubah; "
            "kosongkan ruang cakram, lalu ulangi."
        )


def _next_name(place: Place) -> str:
    newest = generations(place)[-1:]
    return f"gen-{int(newest[0][4:]) + 1 if newest else 1:06d}"
