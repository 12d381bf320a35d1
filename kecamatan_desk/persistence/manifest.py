"""What a backup set says of itself, and the zip it lies in."""

import hashlib
import json
import os
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.persistence.database import open_to_read
from kecamatan_desk.persistence.generations import DATABASE
from kecamatan_desk.persistence.rereading import Tell, forget_cached, nothing
from kecamatan_desk.persistence.sealing import DAMAGED
from kecamatan_desk.persistence.vault import PAPER

FORMAT = "kecamatan-desk-backup-1"
NAME = "manifest.json"
FOREIGN = (
    "Berkas ini bukan cadangan Kecamatan Desk. Tidak ada yang berubah; pilih berkas .kdb atau "
    ".kdb.age, atau folder tempat cadangan disimpan."
)
_CHUNK = 1 << 20
_LEVEL = 3  # of zlib: half the time of its default, a tenth larger
_MOST_MANIFEST = 400_000_000  # bytes; a million papers take a quarter of it

#: What keeps papers as files: table, where they lie, how they end, which rows count.
_PAPERS = (
    ("document", "SELECT sha256, '.pdf' FROM document", "documents"),
    ("book_print", "SELECT sha256, '.pdf' FROM book_print", "documents"),
    ("book_act", "SELECT sha256, '.pdf' FROM book_act WHERE sha256 <> ''", "documents"),
    ("attachment", "SELECT sha256, '' FROM attachment WHERE erased_at IS NULL", "attachments"),
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """One backup set. ``series``: "series/period" -> [last of the counter, numbers given]."""

    program: str
    schema: str
    made_at: str  # UTC, ISO
    zone: str
    kind: str  # office or practice
    office: str  # the same for ever, told by the chain's beginning
    office_name: str
    reason: str
    seq: int
    head: str  # hash of event seq
    anchor: str  # the same as it is printed on closing pages
    series: Mapping[str, list[int]]
    members: Mapping[str, list[Any]]  # name -> [SHA-256, bytes]
    papers: Mapping[str, int]  # documents/ab/<sha256>.pdf -> bytes
    previous: str  # SHA-256 of the manifest before this one; empty: the first
    format: str = field(default=FORMAT)

    def written(self) -> bytes:
        """Give it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1).encode()


def read_manifest(content: bytes) -> Manifest:
    """Read a manifest back; MachineError when it is none of ours or names paths it may not."""
    try:
        told = json.loads(content)
        if told["format"] != FORMAT:
            raise MachineError(
                "Cadangan ini dibuat Kecamatan Desk yang lebih baru. Tidak ada yang berubah; "
                "pasang program versi terbaru, lalu ulangi."
                if str(told["format"]).startswith("kecamatan-desk-backup-")
                else FOREIGN
            )
        manifest = Manifest(**{f.name: told[f.name] for f in fields(Manifest)})
        if not all(PAPER.fullmatch(name) for name in manifest.papers):
            raise ValueError(NAME)
        sha256, size = manifest.members[DATABASE]
        if not (isinstance(sha256, str) and isinstance(size, int)):
            raise TypeError(NAME)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MachineError(FOREIGN) from error
    return manifest


def papers_needed(database: Path) -> list[tuple[str, str, str]]:
    """List the papers a database of any revision names: (folder, SHA-256, ending or "")."""
    connection = open_to_read(database)
    try:
        tables = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        found: dict[tuple[str, str], str] = {}
        for table, statement, folder in _PAPERS:
            if table in tables:
                for sha256, ending in connection.execute(statement):
                    found[(folder, str(sha256))] = ending
    finally:
        connection.close()
    return [(folder, sha256, ending) for (folder, sha256), ending in sorted(found.items())]


def rows_naming(database: Path, hashes: Collection[str]) -> int:
    """Count the rows that name one of these papers: two may name the same."""
    connection = open_to_read(database)
    try:
        return sum(
            str(sha256) in hashes
            for _, statement, _ in _PAPERS
            for sha256, _ in connection.execute(statement)
        )
    finally:
        connection.close()


def write_set(target: Path, manifest: bytes, database: Path, tell: Tell = nothing) -> None:
    """Write the zip of a set, synced. No half file stays behind."""
    try:
        with (
            target.open("wb") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as packed,
        ):
            packed.writestr(_entry(NAME), manifest, compresslevel=_LEVEL)
            with (
                database.open("rb") as read,
                packed.open(_entry(DATABASE), "w", force_zip64=True) as write,
            ):
                while chunk := read.read(_CHUNK):
                    write.write(chunk)
                    tell(len(chunk))
        with target.open("rb+") as written:
            os.fsync(written.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def unpack_set(source: Path, database: Path, tell: Tell = nothing) -> tuple[Manifest, str]:
    """Read a set from the disk into *database*, every byte proved; give it and its hash.

    MachineError when the file is no set, is cut, or holds other than its manifest says.
    """
    try:
        with source.open("rb") as file:
            forget_cached(file.fileno())
            with zipfile.ZipFile(file) as packed:
                content = _manifest_bytes(packed)
                manifest = read_manifest(content)
                _unpack(packed, manifest, database, tell)
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        database.unlink(missing_ok=True)
        raise MachineError(FOREIGN if not _began_well(source) else DAMAGED) from error
    except BaseException:
        database.unlink(missing_ok=True)
        raise
    return manifest, hashlib.sha256(content).hexdigest()


def _manifest_bytes(packed: zipfile.ZipFile) -> bytes:
    if set(packed.namelist()) != {NAME, DATABASE}:
        raise MachineError(FOREIGN)
    if packed.getinfo(NAME).file_size > _MOST_MANIFEST:
        raise MachineError(DAMAGED)
    return packed.read(NAME)


def _unpack(packed: zipfile.ZipFile, manifest: Manifest, database: Path, tell: Tell) -> None:
    import zlib

    sha256, size = manifest.members[DATABASE]
    digest, got = hashlib.sha256(), 0
    try:
        with packed.open(DATABASE) as read, database.open("wb") as write:
            while chunk := read.read(_CHUNK):
                got += len(chunk)
                if got > size:
                    break  # more than it says: not written on and on
                digest.update(chunk)
                write.write(chunk)
                tell(len(chunk))
            write.flush()
            os.fsync(write.fileno())
    except zlib.error as error:
        raise MachineError(DAMAGED) from error
    if got != size or digest.hexdigest() != sha256:
        raise MachineError(DAMAGED)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _began_well(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK"
    except OSError:
        return False
