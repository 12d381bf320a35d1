"""What the program does for its backups by itself, once in a while and when a drive is plugged in.

A job for the second worker: the counter goes on. The drive that already holds backups of this
office is remembered by just that: nothing need be chosen anew (reliability 3.7).
"""

from dataclasses import dataclass
from pathlib import Path

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.progress import Cancelled, Gauge, Progress
from kecamatan_desk.persistence.types import stamp
from kecamatan_desk.persistence.vault import Vault
from kecamatan_desk.usecases.backup_media import own_media
from kecamatan_desk.usecases.backup_values import BackupResult, BackupState, SetInfo
from kecamatan_desk.usecases.backups import (
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


@dataclass(frozen=True, slots=True)
class Round:
    """How a round went. ``made``: a new set here; ``copied``: what went to other devices."""

    state: BackupState
    made: SetInfo | None = None
    copied: tuple[SetInfo, ...] = ()
    failed: str = ""  # the sentence for the user
    stopped: bool = False


def keep_backed_up(desk: Desk, progress: Progress | None = None) -> Round:
    """Make the backup that is due, and bring the newest one to the drives that wait for it.

    Never raises for the disk or a check that fails: the round tells. ``progress`` may say no; what
    is half-made goes, and the next round begins anew.
    """
    made: SetInfo | None = None
    copied: tuple[SetInfo, ...] = ()
    failed, stopped = "", False
    try:
        result = back_up_when_due(desk, progress)
        if result is not None:
            made = result.local
            copied = (result.copied,) if result.copied else ()
            failed = result.told
        copied += bring_out(desk, progress)
    except Cancelled:
        stopped = True
    except DeskError as error:
        failed = str(error)
    except OSError as error:  # a device that is being pulled out
        failed = f"Cakram cadangan tidak menjawab ({error.strerror}). Data kantor tidak berubah."
    return Round(state(desk), made, copied, failed, stopped)


def first_round(desk: Desk, progress: Progress | None = None) -> Round:
    """Complete the number journal as well: once, after the first list is shown."""
    bring_journal_up(desk)
    return keep_backed_up(desk, progress)


def bring_out(desk: Desk, progress: Progress | None = None) -> tuple[SetInfo, ...]:
    """Copy the newest set to the plugged-in devices that hold this office's backups, but not it.

    The second folder counts as such a device. A failure is kept for the start screen and raised.
    """
    newest = newest_set(desk)
    recipient = desk.ask(recovery_recipient)
    if newest is None:
        return ()
    copied = []
    folders = {medium.vault: True for medium in own_media(desk.place)}
    second = second_vault(desk)
    if second is not None:
        folders.setdefault(second, must_encrypt(second))
    try:
        for folder, encrypted in folders.items():
            if _has(folder, newest) or (encrypted and not recipient):
                continue
            key = recipient if encrypted else ""
            copied.append(copied_to(desk, newest, folder, key, Gauge(progress)))
            if encrypted:
                note_outside(desk, copied[-1])
    except DeskError as error:
        note_state(desk.place, "failed", {"at": stamp(desk.clock()), "said": str(error), "out": 1})
        raise
    if copied and read_state(desk.place).get("failed", {}).get("out"):
        note_state(desk.place, "failed", {})
    return tuple(copied)


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
