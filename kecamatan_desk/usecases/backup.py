"""A copy of a whole place, made beside whoever is working in it, and checked afterwards."""

import errno
import shutil
from pathlib import Path

from kecamatan_desk.domain.errors import MachineError, RuleError
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.copying import copy_database
from kecamatan_desk.usecases.checking import CheckReport, check_place

_FULL_DISK = {errno.ENOSPC, errno.EDQUOT}


def back_up(place: Place, target: Path) -> CheckReport:
    """Copy a place into a directory that is missing or empty, and check the copy.

    The database is copied first, in one consistent state; every paper it names lies on disk
    already, since papers are written before their rows. CURRENT comes last: a copy that was cut
    short is no place.

    Raises:
        RuleError: the directory holds something already.
        MachineError: the disk refuses; what was begun is removed.
    """
    folder = target.absolute()
    _refuse_used(place, folder)
    made = not folder.exists()
    try:
        _copy(place, folder)
    except BaseException as error:
        _clear(folder, made)
        if not isinstance(error, OSError):
            raise
        reason = "cakram penuh" if error.errno in _FULL_DISK else "folder tidak dapat ditulis"
        raise MachineError(
            f"Salinan ke {folder} tidak jadi: {reason}. Data kantor tidak berubah; pilih tempat "
            "lain lalu ulangi."
        ) from error
    return check_place(Place(folder, "backup"))


def _refuse_used(place: Place, folder: Path) -> None:
    if (folder.is_dir() and not any(folder.iterdir())) or not folder.exists():
        if not folder.is_relative_to(place.root):
            return
        raise RuleError(
            f"{folder} ada di dalam folder data itu sendiri. Tidak ada yang disalin; pilih tempat "
            "di luar folder data."
        )
    raise RuleError(
        f"{folder} sudah berisi berkas. Tidak ada yang disalin atau ditimpa; pilih folder kosong "
        "atau folder yang belum ada."
    )


def _copy(place: Place, folder: Path) -> None:
    database = place.current_database
    generation = folder / database.parent.name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    generation.mkdir(mode=0o700)
    copy_database(database, generation / database.name)
    (generation / database.name).chmod(0o600)
    for source in (place.documents, place.attachments):
        if source.is_dir():
            shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("*.half"))
    (folder / place.pointer.name).write_text(generation.name + "\n", encoding="ascii")


def _clear(folder: Path, made: bool) -> None:
    """Remove what was begun: the directory was missing or empty before."""
    shutil.rmtree(folder, ignore_errors=True)
    if not made:
        folder.mkdir(mode=0o700, exist_ok=True)
