"""What the program does for its backups by itself, once in a while and when a drive is plugged in.

A job for the second worker: the counter goes on. The drive that already holds backups of this
office is remembered by just that: nothing need be chosen anew (reliability 3.7).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.progress import Cancelled, Gauge, Progress
from kecamatan_desk.persistence.types import stamp
from kecamatan_desk.persistence.vault import Vault
from kecamatan_desk.usecases.backup_media import own_media
from kecamatan_desk.usecases.backup_values import BackupResult, BackupState, SetInfo
from kecamatan_desk.usecases.backups import (
    FAILED_OUT,
    back_up_now,
    back_up_when_due,
    bring_journal_up,
    copied_to,
    must_encrypt,
    newest_set,
    note_state,
    read_state,
    recovery_recipient,
    second_vault,
    state,
)
from kecamatan_desk.usecases.desk import Desk

SECOND = "Folder cadangan kedua"


@dataclass(frozen=True, slots=True)
class BroughtOut:
    """What became of a device that is there: a set was copied, why not, or nothing was to be done.

    ``where``: its name.
    """

    where: str
    copied: SetInfo | None = None
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """How a round went. ``made``: a new set here; ``out``: what became of each other device."""

    state: BackupState
    made: SetInfo | None = None
    out: tuple[BroughtOut, ...] = ()
    failed_here: str = ""  # a sentence for the user; of other devices each has its own
    stopped: bool = False

    @property
    def copied(self) -> tuple[SetInfo, ...]:
        """What went to other devices."""
        return tuple(one.copied for one in self.out if one.copied is not None)

    @property
    def onto(self) -> tuple[str, ...]:
        """The names of the devices that have the newest backup since this round."""
        return tuple(one.where for one in self.out if one.copied is not None)

    @property
    def failed(self) -> str:
        """All that failed, in sentences for the user."""
        return " ".join(part for part in (self.failed_here, _all_failed(self.out)) if part)


def keep_backed_up(
    desk: Desk, progress: Progress | None = None, resting: Collection[str] = ()
) -> Round:
    """Make the backup that is due, and bring the newest one to the drives that wait for it.

    Never raises for the disk or a check that fails: the round tells, and what failed in one place
    keeps no other from its copy. ``resting``: what is left alone, since it has just failed: devices
    by name, "" is this PC. ``progress`` may say no; what is half-made goes, and the next round
    begins anew.
    """
    made: SetInfo | None = None
    out: list[BroughtOut] = []
    failed, stopped = "", False
    try:
        try:
            result = None if "" in resting else back_up_when_due(desk, progress)
            if result is not None:
                made, failed = result.local, result.told
                out += [BroughtOut(SECOND, result.copied)] if result.copied else []
        except (DeskError, OSError) as error:
            failed = _told(error)
        # a second folder that has just failed is tried once more, and told of then
        out += [one for one in bring_out(desk, progress, resting) if one.where not in _named(out)]
    except Cancelled:
        stopped = True
    except (DeskError, OSError) as error:
        failed = " ".join(part for part in (failed, _told(error)) if part)
    return Round(state(desk), made, tuple(out), failed, stopped)


def _named(out: Iterable[BroughtOut]) -> set[str]:
    return {one.where for one in out}


def _all_failed(out: Iterable[BroughtOut]) -> str:
    return " ".join(f"{one.where}: {one.failed}" for one in out if one.failed)


def first_round(
    desk: Desk, progress: Progress | None = None, resting: Collection[str] = ()
) -> Round:
    """Complete the number journal as well: once, after the first list is shown."""
    bring_journal_up(desk)
    return keep_backed_up(desk, progress, resting)


def bring_out(
    desk: Desk, progress: Progress | None = None, resting: Collection[str] = ()
) -> tuple[BroughtOut, ...]:
    """Copy the newest set to the plugged-in devices that hold this office's backups, but not it.

    The second folder counts as such a device. Each is tried on its own but those ``resting``; what
    failed is kept for the start screen too. Tells of every device that is there. Cancelled when
    progress says no: the devices before have their copy.
    """
    newest = newest_set(desk)
    recipient = desk.ask(recovery_recipient)
    if newest is None:
        return ()
    found, folders = _waiting(desk)
    out = [found] if found is not None else []
    for folder, (where, encrypted) in folders.items():
        copied, failed = None, ""
        try:
            wanted = not _has(folder, newest) and bool(recipient or not encrypted)
            if wanted and where not in resting:
                key = recipient if encrypted else ""
                copied = copied_to(desk, newest, folder, key, Gauge(progress))
        except (DeskError, OSError) as error:
            failed = _told(error)
        out.append(BroughtOut(where, copied, failed))
        if copied is not None and encrypted:
            note_outside(desk, copied)
    _note_out(desk, out, resting)
    return tuple(out)


def _note_out(desk: Desk, out: Iterable[BroughtOut], resting: Collection[str]) -> None:
    """Keep what failed for the start screen until a device got its copy and none fails any more."""
    if failed := _all_failed(out):
        note_state(desk.place, FAILED_OUT, {"at": stamp(desk.clock()), "said": failed})
        return
    done = any(one.copied for one in out) and not _named(out) & set(resting)
    if done and read_state(desk.place).get(FAILED_OUT):
        note_state(desk.place, FAILED_OUT, {})


def _waiting(desk: Desk) -> tuple[BroughtOut | None, dict[Path, tuple[str, bool]]]:
    """Give the vaults that are there, each with its name and whether it must be encrypted.

    First what is to be told of the second folder when it does not answer: the drives have theirs.
    """
    folders = {medium.vault: (medium.name, True) for medium in own_media(desk.place)}
    try:
        second = second_vault(desk)
        if second is not None:
            folders.setdefault(second, (SECOND, must_encrypt(second)))
    except (DeskError, OSError) as error:
        return BroughtOut(SECOND, failed=_told(error)), folders
    return None, folders


def _told(error: Exception) -> str:
    if isinstance(error, OSError):  # a device that is being pulled out
        return f"Cakram cadangan tidak menjawab ({error.strerror}). Data kantor tidak berubah."
    return str(error)


def back_up_to(
    desk: Desk, folder: Path, *, encrypt: bool, progress: Progress | None = None
) -> BackupResult:
    """Make a backup and copy it to a removable drive (``encrypt``) or another folder.

    Raises what `back_up_now` does.
    """
    result = back_up_now(desk, folder, encrypt=encrypt, progress=progress)
    if encrypt and result.copied is not None:
        note_outside(desk, result.copied)
    return result


def note_outside(desk: Desk, copied: SetInfo) -> None:
    """Remember that a backup lies on a device of its own now."""
    note_state(desk.place, "outside", {"at": stamp(desk.clock()), "name": copied.name})


def _has(folder: Path, newest: SetInfo) -> bool:
    """Tell whether a device has a set already, whichever key it is encrypted to."""
    base = newest.name.split(".")[0]
    return any(seal.base == base for seal in Vault(folder).sealed())
