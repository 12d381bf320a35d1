"""Where an office keeps its data. The only module that asks the system for a place."""

import hashlib
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from kecamatan_desk.domain.errors import DeskError, LostDataError, MachineError

VARIABLE = "KECAMATAN_DESK_DATA"
POINTER = "data-dir.txt"  # beside the program: several Windows accounts share one place
FIRST_GENERATION = "gen-000001"

_APP = "kecamatan-desk"
_PRACTICE = "-latihan"
_GENERATION = re.compile(r"gen-\d{6}")


class AlreadyOpenError(DeskError):
    """Another window or writing command holds the place."""


@dataclass(frozen=True, slots=True)
class Place:
    """One data directory. Nothing is made or changed by naming it.

    ``chosen`` tells a technician what decided: --data, the variable, the file, or the default.
    """

    root: Path
    chosen: str

    @property
    def exists(self) -> bool:
        """Whether an office or a practice has been set up here."""
        return self.pointer.is_file()

    @property
    def pointer(self) -> Path:
        """The file that names the generation in use."""
        return self.root / "CURRENT"

    @property
    def current_database(self) -> Path:
        """The database in use; MachineError when CURRENT is missing or names no generation."""
        try:
            name = self.pointer.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise MachineError(
                f"Di {self.root} belum ada data Kecamatan Desk yang dapat dibaca. Tidak ada yang "
                "diubah; pilih folder data yang benar."
            ) from error
        if not _GENERATION.fullmatch(name):
            raise LostDataError(
                f"Berkas CURRENT di {self.root} tidak menunjuk data yang ada. Tidak ada yang "
                "diubah; pulihkan data dari cadangan."
            )
        return self.root / name / "desk.db"

    @property
    def documents(self) -> Path:
        return self.root / "documents"

    @property
    def attachments(self) -> Path:
        return self.root / "attachments"

    @property
    def journal(self) -> Path:
        return self.root / "journal"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def key(self) -> Path:
        """Where the private key lies: alone here, never in a database or a copy."""
        return self.root / "key"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def signal_name(self) -> str:
        """The name by which a second start calls the first window of this place."""
        return f"{_APP}-{hashlib.sha256(str(self.root).encode()).hexdigest()[:16]}"


def office_place(data: Path | None = None) -> Place:
    """Give the place of the office: --data, the variable, the file beside the program, default."""
    if data is not None:
        return Place(_whole(data), "--data")
    if named := os.environ.get(VARIABLE, "").strip():
        return Place(_whole(Path(named)), VARIABLE)
    if written := _pointed_to():
        return Place(written, POINTER)
    return Place(_default(), "default")


def named_place(folder: Path) -> Place:
    """Give the place a command was told to make or use, whatever lies there."""
    return Place(_whole(folder), "--into")


def practice_place(data: Path | None = None) -> Place:
    """Give the place to practise in: a sibling of the office's, never the office's own."""
    office = office_place(data)
    return Place(office.root.with_name(f"{office.root.name}{_PRACTICE}"), office.chosen)


def is_practice(place: Place) -> bool:
    """Tell by its name alone whether a place is the one beside an office to practise in."""
    return place.root.name.endswith(_PRACTICE)


def program_folder() -> Path:
    """Give the folder the program lies in: of the executable, or of the checkout."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parents[1]


def _pointed_to() -> Path | None:
    file = program_folder() / POINTER
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()  # Notepad writes a mark in front
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise MachineError(
            f"{file} tidak dapat dibaca. Tidak ada yang diubah; tulis ulang berkas itu dengan satu "
            "baris: folder data."
        ) from error
    named = next((line.strip() for line in lines if line.strip()), "")
    return _whole(program_folder() / os.path.expandvars(named)) if named else None


def _default() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def _whole(path: Path) -> Path:
    return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - resolve() would follow links
