"""What the screen *Cadangan* shows and asks for: jobs for the second worker.

What fails on the way comes back as a value, so that the screen knows which of its jobs it was; only
a missing proof of presence is raised, since the window asks for it and sends the job again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kecamatan_desk.domain.errors import DeskError, PresenceError
from kecamatan_desk.domain.progress import Cancelled, Progress
from kecamatan_desk.usecases.backup_media import Medium, media, vault_on
from kecamatan_desk.usecases.backup_rounds import back_up_to
from kecamatan_desk.usecases.backup_values import BackupResult, BackupState, SetInfo
from kecamatan_desk.usecases.backups import (
    back_up_now,
    backups,
    must_encrypt,
    read_state,
    state,
    verify_again,
)
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.drill import drill
from kecamatan_desk.usecases.recovery import KeyInUse, recovery_keys
from kecamatan_desk.usecases.restore_values import DrillResult

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Overview:
    """All that is shown. ``second``: the sets in the second folder, () when it is not there."""

    state: BackupState
    sets: tuple[SetInfo, ...]
    media: tuple[Medium, ...]
    keys: tuple[KeyInUse, ...]
    second: tuple[SetInfo, ...] = ()
    second_there: bool = False
    drill_said: str = ""  # why the last drill failed


@dataclass(frozen=True, slots=True)
class Verified:
    """A device read again: what is wrong there, () when nothing is."""

    faults: tuple[str, ...]


def overview(desk: Desk) -> Overview:
    """Look at the place, the drives and the second folder."""
    now = state(desk)
    second = Path(now.second) if now.second else None
    there = second is not None and second.is_dir()
    return Overview(
        state=now,
        sets=backups(desk),
        media=media(),
        keys=desk.ask(recovery_keys),
        second=backups(desk, second) if second is not None and there else (),
        second_there=there,
        drill_said=str(read_state(desk.place).get("drill", {}).get("said", "")),
    )


def make_backup(
    desk: Desk, target: Path | None, removable: bool, progress: Progress
) -> BackupResult | DeskError | None:
    """Back up here and, with a target, there: a drive (``removable``) or a folder.

    None when it was stopped.
    """

    def made() -> BackupResult:
        if target is None:
            return back_up_now(desk, progress=progress)
        folder = vault_on(target)
        return back_up_to(
            desk, folder, encrypt=removable or must_encrypt(folder), progress=progress
        )

    return _as_value(made)


def try_out(desk: Desk, progress: Progress) -> DrillResult | DeskError | None:
    """*Uji pulih*; None when it was stopped."""
    return _as_value(lambda: drill(desk, progress))


def read_again(desk: Desk, folder: Path | None, progress: Progress) -> Verified | DeskError | None:
    """Read the newest set of a device again with every paper; None when it was stopped."""
    return _as_value(lambda: Verified(verify_again(desk, folder, progress)))


def _as_value(work: Callable[[], T]) -> T | DeskError | None:
    try:
        return work()
    except Cancelled:
        return None
    except PresenceError:
        raise
    except DeskError as error:
        return error
