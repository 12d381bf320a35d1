"""Where backups can go and come from now: the removable drives, and the sets that lie there.

Plain functions that look at disks: run them on a worker.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.drives import Drive
from kecamatan_desk.persistence.drives import plugged_in as _plugged_in
from kecamatan_desk.persistence.vault import Vault
from kecamatan_desk.usecases.backup_making import facts_of
from kecamatan_desk.usecases.backup_values import SetInfo
from kecamatan_desk.usecases.backups import FOLDER, info
from kecamatan_desk.usecases.restore_sources import vault_told

#: Lists the removable drives. A test puts its own in place of it.
drives: Callable[[], tuple[Drive, ...]] = _plugged_in


@dataclass(frozen=True, slots=True)
class Medium:
    """A removable drive. ``vault``: where its backups lie, or would; ``sets``: the newest first.

    ``office``: whose backups they are (see `Facts.office`); "" while there are none.
    """

    name: str
    path: Path
    free: int  # bytes
    vault: Path
    office: str = ""
    kind: str = ""
    sets: tuple[SetInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundSet:
    """A set somebody could restore. ``where``: in the user's words."""

    info: SetInfo
    where: str
    office: str

    @property
    def path(self) -> Path:
        return self.info.path


def media() -> tuple[Medium, ...]:
    """List the removable drives with the backups on them."""
    return tuple(_looked_at(drive.name, drive.path, drive.free) for drive in drives())


def own_media(place: Place) -> tuple[Medium, ...]:
    """List the drives that already hold backups of the office in this place."""
    office = facts_of(place.current_database).office
    return tuple(medium for medium in media() if medium.office == office)


def found_sets(place: Place, folder: Path | None = None) -> tuple[FoundSet, ...]:
    """List what a place could be restored from, the newest first.

    Its own vault, where that is left, the removable drives, and ``folder`` where somebody names
    one. Where the place's own vault tells whose it is, only backups of that office.
    """
    own = vault_told(Vault(place.backups))
    places = [_looked_at("Komputer ini", place.backups, 0, place.backups), *media()]
    if folder is not None:
        places.append(_looked_at(str(folder), folder, 0))
    found = {
        one.path: FoundSet(one, medium.name, medium.office)
        for medium in places
        if medium.sets and (own is None or medium.office == own[0])
        for one in medium.sets
    }
    return tuple(sorted(found.values(), key=lambda one: one.info.made_at, reverse=True))


def vault_on(folder: Path) -> Path:
    """Give the folder of a drive or disk in which its backups lie, or are to lie.

    Beside other files they get a folder of their own; on a drive always, where nothing is yet.
    """
    return folder if _holds(folder) else folder / FOLDER


def _looked_at(name: str, path: Path, free: int, vault: Path | None = None) -> Medium:
    folder = vault or vault_on(path)
    try:
        held = Vault(folder)
        told = vault_told(held)
        sets = tuple(info(held, seal) for seal in reversed(held.sealed())) if told else ()
    except OSError:  # pulled out meanwhile
        told, sets = None, ()
    office, kind = told or ("", "")
    return Medium(name, path, free, folder, office, kind, sets)


def _holds(folder: Path) -> bool:
    try:
        return Vault(folder).office() is not None
    except DeskError:
        return True  # its mark cannot be read: nothing else may be laid there
