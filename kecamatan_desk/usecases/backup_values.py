"""What the screens learn of backups: frozen values."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.persistence.audit import Finding

#: How urgent something is: "" is well.
Level = Literal["", "kuning", "merah"]

AUTOMATIC, ASKED = "otomatis", "diminta"
CLOSING, YEAR_CLOSING = "tutup-buku", "tutup-tahun"
BEFORE_UPGRADE, BEFORE_RESTORE = "sebelum-pemutakhiran", "sebelum-pemulihan"
#: Why a backup was made -> what the screen calls it.
REASONS = {
    AUTOMATIC: "Otomatis",
    ASKED: "Diminta",
    CLOSING: "Tutup buku",
    YEAR_CLOSING: "Tutup tahun",
    BEFORE_UPGRADE: "Sebelum pemutakhiran program",
    BEFORE_RESTORE: "Sebelum pemulihan",
}
YELLOW_DAYS, RED_DAYS = 3, 7
DRILL_DAYS = 31


class UnsoundError(MachineError):
    """What was to be backed up, restored or upgraded does not pass the check: it was not done.

    ``findings``: what the check has found.
    """

    def __init__(self, findings: tuple[Finding, ...], what: str = "Cadangan tidak dibuat") -> None:
        self.findings = findings
        super().__init__(
            f"{what}: pemeriksaan memberi {len(findings)} temuan. Data kantor dan cadangan yang "
            "lama tidak berubah; jangan hapus apa pun, dan mintalah teknisi menjalankan "
            "pemeriksaan (check)."
        )


class PapersLostError(UnsoundError):
    """The backup was made, without papers that are whole nowhere any more. Told once for each."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.args = (
            f"Cadangan sudah dibuat, tetapi tanpa {len(findings)} surat yang hilang atau berubah. "
            "Isi buku dan surat lain lengkap di dalamnya; jangan hapus cadangan lama, dan "
            "pulihkan surat itu dari cakram cadangan yang masih memuatnya.",
        )


@dataclass(frozen=True, slots=True)
class SetInfo:
    """A verified backup set."""

    name: str
    path: Path
    made_at: datetime
    reason: str  # a key of REASONS
    size: int  # bytes of the set alone
    papers: int
    paper_bytes: int
    seq: int  # newest event in it
    schema: str
    encrypted: bool
    deep: bool  # every paper in it was read again
    verified_at: datetime

    @property
    def whole_size(self) -> int:
        """Bytes of the set and of the papers that belong to it: the one figure people are told."""
        return self.size + self.paper_bytes


@dataclass(frozen=True, slots=True)
class BackupResult:
    """A finished backup: the local set, and the one on the other device where one was asked for."""

    local: SetInfo
    copied: SetInfo | None = None
    removed: int = 0  # older sets that retention has removed
    told: str = ""  # papers that were found lost; "" when there are none, or all told before
    outside: bool = True  # what was copied lies on another device than the data
    second_failed: str = ""  # why the second folder did not get it; "" when it did, or is not there


@dataclass(frozen=True, slots=True)
class BackupChoices:
    """What the office has chosen. ``second``: a folder on another device; empty: none."""

    second: str = ""


@dataclass(frozen=True, slots=True)
class BackupState:
    """How old the backups are, for the start screen. None: never yet."""

    now: datetime
    local_at: datetime | None
    outside_at: datetime | None  # on another device: a stick, a second disk
    drill_at: datetime | None
    drill_ok: bool
    has_key: bool  # a recovery key exists: removable backups can be made
    unsaved: bool  # something was done since the newest set
    second: str = ""
    failed: str = ""  # why the last automatic backup failed; "" when it did not
    journal_fault: str = ""

    @property
    def local_level(self) -> Level:
        """Only what was done since counts: an office on holiday needs no new backup."""
        return _level(self.local_at, self.now) if self.unsaved else ""

    @property
    def outside_level(self) -> Level:
        return _level(self.outside_at, self.now)

    @property
    def drill_level(self) -> Level:
        if self.drill_at is None:
            return "kuning"
        if not self.drill_ok:
            return "merah"
        return "kuning" if (self.now - self.drill_at).days > DRILL_DAYS else ""

    @property
    def level(self) -> Level:
        """The worst of all."""
        levels = (self.local_level, self.outside_level, self.drill_level)
        if "merah" in levels or self.failed:
            return "merah"
        return "kuning" if "kuning" in levels or self.journal_fault else ""


def _level(at: datetime | None, now: datetime) -> Level:
    """Yellow from three days on, red from seven; never is red."""
    if at is None:
        return "merah"
    days = (now - at).total_seconds() / 86_400
    return "merah" if days >= RED_DAYS else "kuning" if days >= YELLOW_DAYS else ""
