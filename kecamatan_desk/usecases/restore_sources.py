"""What a restore may be made from: a set, a vault, or a directory that an older program copied."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kecamatan_desk.domain.errors import InputError, MachineError
from kecamatan_desk.domain.progress import Gauge
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.copying import copy_database
from kecamatan_desk.persistence.database import open_to_read, sqlite_driver
from kecamatan_desk.persistence.generations import DATABASE
from kecamatan_desk.persistence.journal import Highest, Inserted, Noted, read_noted
from kecamatan_desk.persistence.manifest import FOREIGN, papers_needed, unpack_set
from kecamatan_desk.persistence.rereading import hash_on_disk
from kecamatan_desk.persistence.sealing import DAMAGED, decrypt_file, recipient_of
from kecamatan_desk.persistence.vault import (
    AGE,
    Seal,
    Vault,
    is_whole,
    key_tag,
    newest_of,
    sha_of,
)
from kecamatan_desk.usecases.backups import FOLDER
from kecamatan_desk.usecases.lost_inserted import inserted_in, united


@dataclass(frozen=True, slots=True)
class Source:
    """A set and the vault it lies in, or a copied directory. One of the two is there."""

    path: Path
    vault: Vault | None = None
    seal: Seal | None = None
    copied: Place | None = None

    @property
    def encrypted(self) -> bool:
        return self.path.name.endswith(AGE)


def find_source(path: Path, now: datetime | None = None) -> Source:
    """Tell what a path is: a folder gives its newest verified set, by a clock that shows ``now``.

    MachineError when there is no backup of ours.
    """
    if path.is_dir():
        for folder in (path, path / FOLDER, path.parent):
            vault = Vault(folder)
            if folder.is_dir() and vault.office() is not None:
                newest = newest_of(vault.sealed(), now or datetime.now(UTC))
                if newest is None:
                    raise MachineError(
                        f"Di {path} tidak ada cadangan yang sudah lulus pemeriksaan. Tidak ada "
                        "yang berubah; pilih folder lain, atau sebutkan berkas .kdb-nya."
                    )
                return Source(vault.sets / newest.name, vault, newest)
        copied = Place(path, "restore")
        if copied.exists:
            return Source(path, copied=copied)
        raise MachineError(FOREIGN)
    if not path.is_file():
        raise MachineError(
            f"{path} tidak ada. Tidak ada yang berubah; periksa apakah flashdisk terpasang, lalu "
            "pilih lagi."
        )
    vault = Vault(path.parent.parent)
    if path.parent == vault.sets and vault.office() is not None:
        seal = next((s for s in vault.sealed() if s.name == path.name), None)
        return Source(path, vault, seal)
    return Source(path)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a source says of itself, besides its database."""

    made_at: str
    reason: str
    program: str
    papers: tuple[str, ...]  # as a set names them
    verified: bool  # sealed, and unchanged since


def unpack(source: Source, stage: Path, secret: str, gauge: Gauge) -> Unpacked:
    """Bring the database of a source into *stage*, proved against its manifest and seal.

    InputError without the key that opens it; MachineError when anything is not as it was sealed.
    """
    database = stage / DATABASE
    if source.copied is not None:
        copy_database(source.copied.current_database, database)
        needed = papers_needed(database)
        names = tuple(f"{f}/{sha[:2]}/{sha}{end}" for f, sha, end in needed)
        return Unpacked("", "", "", names, verified=False)
    if (
        source.seal is not None
        and source.vault is not None
        and source.vault.verify_set(source.seal)
    ):
        raise MachineError(DAMAGED)
    gauge.tell(0.3)
    opened = source.path
    if source.encrypted:
        if not secret:
            raise InputError(
                "Cadangan ini disandikan. Tidak ada yang berubah; ketik kunci dari lembar kunci "
                "pemulihan, atau pindai kode kotaknya.",
                "recovery-key",
            )
        opened = stage / "set.kdb"
        decrypt_file(source.path, opened, secret)
    gauge.tell(0.6)
    try:
        manifest, _ = unpack_set(opened, database)
    finally:
        if opened != source.path:
            opened.unlink(missing_ok=True)
    gauge.tell(1)
    return Unpacked(
        manifest.made_at,
        manifest.reason,
        manifest.program,
        tuple(sorted(manifest.papers)),
        verified=source.seal is not None,
    )


def papers_at(source: Source, secret: str) -> dict[str, Path]:
    """Give where a source's papers lie: SHA-256 -> file."""
    if source.copied is not None:
        root = source.copied.root
        return {
            path.name[:64]: path
            for folder in ("documents", "attachments")
            for path in (root / folder).glob("*/*")
            if len(path.name) >= 64 and path.suffix != ".half"
        }
    if source.vault is None:
        return {}
    tag = key_tag(recipient_of(secret)) if secret and source.encrypted else ""
    return source.vault.lying(tag)


def is_good(source: Source, found: Path, sha256: str) -> bool:
    """Tell whether a paper of a source is as it was written; reads all of it."""
    if source.vault is not None:
        return is_whole(found)
    try:
        return hash_on_disk(found) == sha256
    except OSError:
        return False


def fetch(source: Source, found: Path, target: Path, name: str, secret: str) -> None:
    """Write a paper of a source to *target*, proved; MachineError when it is damaged."""
    vault = source.vault or Vault(found.parent)
    vault.fetch_paper(found, target, sha_of(name), secret)


def journals(place: Place, source: Source) -> Noted:
    """Give the numbers noted here and beside the backup, as far as they can be read."""
    highest: Highest = {}
    inserted: list[Inserted] = []
    folders = [place.journal] + ([source.vault.root / "journal"] if source.vault else [])
    for folder in folders:
        found = read_noted(folder, tolerant=True)
        inserted.append(found.inserted)
        for key, number in found.highest.items():
            highest[key] = max(number, highest.get(key, 0))
    return Noted(highest, united(inserted))


#: Where numbers show that were given: the counters, and the numbers themselves.
_NUMBERS = (
    "SELECT series, period, last FROM counter",
    "SELECT series, period, max(number) FROM number_issue GROUP BY series, period",
)


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What can still be read of the data that lie here now.

    ``at_seq``: hash of the set's event; ``whole``: nothing that was looked for is unreadable.
    """

    seq: int
    head: str
    at_seq: str
    counters: Highest
    inserted: Inserted
    whole: bool


def left_behind(database: Path, seq: int) -> LeftBehind | None:
    """Read what is left of a database that may be damaged; None when nothing can be told.

    Each part by itself: a spoilt page of the book must not hide what the counters still tell.
    """
    driver = sqlite_driver()
    try:
        connection = open_to_read(database)
    except driver.Error:
        return None
    faults = 0

    def rows(statement: str, *values: object) -> list[Any]:
        nonlocal faults
        found: list[Any] = []
        try:
            for row in connection.execute(statement, values):
                found.append(row)  # what came before a fault counts
        except (driver.Error, sqlite3.Error):
            faults += 1
        return found

    try:
        counters: Highest = {}
        for statement in _NUMBERS:
            for series, period, last in rows(statement):
                if isinstance(last, int):
                    key = (str(series), str(period))
                    counters[key] = max(last, counters.get(key, 0))
        lines = rows("SELECT series, period, number, suffix FROM register_line WHERE suffix <> ''")
        newest = rows("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1")
        same = rows("SELECT hash FROM event WHERE seq = ?", seq)
    finally:
        connection.close()
    if faults and not counters and not lines:
        return None
    try:
        inserted = inserted_in(lines)
    except (ValueError, TypeError):
        faults, inserted = faults + 1, {}
    seq_now, head = newest[0] if newest else (0, "")
    at_seq = str(same[0][0]) if same else ""
    return LeftBehind(int(seq_now), str(head), at_seq, counters, inserted, not faults)


def inserted_on_paper(place: Place, source: Source, seq: int) -> Inserted:
    """Give the inserted numbers that journals and old data know: no counter tells of them."""
    behind = left_behind(place.current_database, seq) if place.exists else None
    return united((journals(place, source).inserted, behind.inserted if behind else {}))


def vault_told(vault: Vault) -> tuple[str, str] | None:
    """Give (office, kind) a vault was made for; None when it is none."""
    try:
        told = json.loads((vault.root / "vault.json").read_text(encoding="utf-8"))
        return str(told["office"]), str(told["kind"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
