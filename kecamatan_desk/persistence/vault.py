"""A backup vault: a folder of sets, and of the papers they need, each kept once.

    vault.json                     whose backups these are
    sets/<stamp>-<seq>.kdb         zip: manifest.json and desk.db; ``.kdb.age``: encrypted
    sets/<stamp>-<seq>.need        the papers the set needs: one path a line
    sets/<stamp>-<seq>.ok          the seal: what was verified, and when
    blobs/ab/<sha256>              a paper; ``<sha256>-<check>-<key>.age``: encrypted

A set counts when its seal and itself are there. The set's own name comes last, so a power cut
leaves at most parts without a set, which the next backup clears away. ``check`` is the beginning of
the hash of what was written, so that a stick is verified again without the recovery key; ``key``
tells which key it was encrypted to. Names tell nothing of a person. The private letter key is never
in a vault.
"""

import errno
import hashlib
import json
import logging
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kecamatan_desk.domain.errors import MachineError, RuleError
from kecamatan_desk.persistence.files import make_synced, sync_folder
from kecamatan_desk.persistence.generations import OLD, STAGING, TRIAL
from kecamatan_desk.persistence.rereading import (
    Tell,
    copy_hashed,
    hash_on_disk,
    nothing,
    write_synced,
)
from kecamatan_desk.persistence.sealing import DAMAGED, decrypt_file, encrypt_file

_log = logging.getLogger(__name__)

MARK = "vault.json"
SEAL, NEED, PLAIN, AGE = ".ok", ".need", ".kdb", ".kdb.age"
_BASE = re.compile(r"\d{8}T\d{6}Z-\d{6,}(-\d+)?")
#: A paper as a set names it; nothing else is ever read from or written to a place by that name.
PAPER = re.compile(r"(documents|attachments)/[0-9a-f]{2}/([0-9a-f]{64})(\.[a-z]{2,4})?")
_CHECK = 16
_AHEAD = timedelta(hours=2)  # a clock is put right by so much without a set being in doubt
_NO_LINK = {errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.EACCES, errno.ENOSYS}
#: What may lie in a vault's folder before it is one: parts of a place's own backups too.
_OURS = {
    "sets",
    "blobs",
    "lock",
    "journal",
    "state.json",
    STAGING,
    TRIAL,
    OLD,
    MARK,
    f"{MARK}.half",
}


@dataclass(frozen=True, slots=True)
class Seal:
    """What was verified of a set, and when. ``head``, ``seq``: where the chain stood."""

    name: str
    sha256: str  # of the set as it lies in the vault
    size: int
    need_sha256: str
    manifest_sha256: str
    made_at: str  # UTC, ISO
    verified_at: str
    reason: str
    office: str
    kind: str
    schema: str
    program: str
    seq: int
    head: str
    papers: int
    paper_bytes: int
    deep: bool  # every paper was read again, not only the new ones
    key: str = ""  # which recovery key it is encrypted to; empty: none
    lost: int = 0  # papers that were whole nowhere any more when it was made

    @property
    def encrypted(self) -> bool:
        return self.name.endswith(AGE)

    @property
    def base(self) -> str:
        return self.name.removesuffix(AGE).removesuffix(PLAIN)

    @property
    def when(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


class Vault:
    """One vault. Nothing is made by naming it; writing goes on under its own lock."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sets, self.blobs = root / "sets", root / "blobs"

    # Whose it is

    def office(self) -> str | None:
        """Give the office whose backups lie here; None when this is no vault yet."""
        try:
            told = json.loads((self.root / MARK).read_text(encoding="utf-8"))
            return str(told["office"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise MachineError(
                f"{self.root / MARK} tidak terbaca, jadi tidak jelas cadangan siapa di folder itu. "
                "Tidak ada yang disalin; pilih folder lain."
            ) from error

    def refuse_other(self, office: str) -> None:
        """Raise RuleError when other files or another office's backups lie here."""
        found = self.office()
        if found is not None and found != office:
            raise RuleError(
                f"Di {self.root} tersimpan cadangan kantor lain atau data latihan lain. Tidak ada "
                "yang disalin atau ditimpa; pilih folder lain."
            )
        if found is None and self.root.is_dir() and {p.name for p in self.root.iterdir()} - _OURS:
            raise RuleError(
                f"{self.root} sudah berisi berkas lain. Tidak ada yang disalin atau ditimpa; pilih "
                "folder kosong, folder yang belum ada, atau folder cadangan kantor ini."
            )

    def claim(self, office: str, kind: str) -> None:
        """Make the folder this office's vault; RuleError as `refuse_other`."""
        self.refuse_other(office)
        if self.office() is None:
            make_synced(self.root)
            told = {"format": 1, "office": office, "kind": kind}
            write_synced(self.root / MARK, json.dumps(told, indent=1).encode())
        for folder in (self.sets, self.blobs):
            make_synced(folder)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one process write at a time. MachineError when another one does."""
        import filelock

        lock = filelock.FileLock(self.root / "lock", timeout=2, mode=0o600, thread_local=False)
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise MachineError(
                "Cadangan lain sedang dibuat di folder yang sama. Tidak ada yang hilang; tunggu "
                "sampai selesai, lalu ulangi."
            ) from error
        try:
            yield
        finally:
            lock.release()

    # Sets

    def sealed(self) -> tuple[Seal, ...]:
        """List the sets that count, the oldest first. Reads the seals only."""
        found = []
        if self.sets.is_dir():
            for path in self.sets.glob(f"*{SEAL}"):
                seal = _read_seal(path)
                if seal and (self.sets / seal.name).is_file():
                    found.append(seal)
        return tuple(sorted(found, key=lambda seal: (seal.made_at, seal.name)))

    def free_base(self, made_at: datetime, seq: int) -> str:
        """Give a name that no set here has."""
        base = f"{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{seq:06d}"
        taken = {path.name.split(".")[0] for path in self.sets.iterdir()}
        names = (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)

    def needed(self, seal: Seal) -> tuple[str, ...]:
        """Name the papers a set needs; MachineError when the list is damaged or missing."""
        try:
            content = (self.sets / f"{seal.base}{NEED}").read_bytes()
        except OSError as error:
            raise MachineError(DAMAGED) from error
        if hashlib.sha256(content).hexdigest() != seal.need_sha256:
            raise MachineError(DAMAGED)
        return tuple(content.decode("ascii").split())

    def seal(self, half: Path, seal: Seal, need: bytes) -> None:
        """Let a finished set count: list and seal first, its own name last."""
        write_synced(self.sets / f"{seal.base}{NEED}", need)
        write_synced(self.sets / f"{seal.base}{SEAL}", _written(seal))
        half.replace(self.sets / seal.name)
        sync_folder(self.sets)

    def clear_unfinished(self) -> None:
        """Remove what a backup that never ended has left. Under the vault's lock only.

        A set without a seal may have been carried here by hand: it counts for nothing and stays.
        """
        if not self.sets.is_dir():
            return
        for path in list(self.sets.iterdir()):
            base, ending = path.name.split(".", 1) if "." in path.name else (path.name, "")
            alone = f".{ending}" in (SEAL, NEED) and not any(
                (self.sets / f"{base}{kind}").exists() for kind in (PLAIN, AGE)
            )
            if ending.endswith("half") or (alone and _BASE.fullmatch(base)):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        for path in self.blobs.glob("*/*.half"):
            path.unlink(missing_ok=True)

    def drop(self, names: Iterable[str]) -> int:
        """Remove sets, and the papers that no set left needs; say how many papers went.

        The set goes first: a seal alone counts for nothing.
        """
        gone = set(names)
        for seal in self.sealed():
            if seal.name in gone:
                (self.sets / seal.name).unlink()
                for ending in (SEAL, NEED):
                    (self.sets / f"{seal.base}{ending}").unlink(missing_ok=True)
        return self._drop_papers() if gone else 0

    def _drop_papers(self) -> int:
        wanted: set[tuple[str, str]] = set()
        for seal in self.sealed():
            try:
                wanted.update((sha_of(name), seal.key) for name in self.needed(seal))
            except MachineError:
                return 0  # nobody can tell what it needs: everything stays
        dropped = 0
        for path in self.blobs.glob("*/*"):
            if (path.name[:64], _key_of(path)) not in wanted:
                path.unlink()
                dropped += 1
        return dropped

    def verify_set(self, seal: Seal, tell: Tell = nothing) -> list[str]:
        """Read a set and its list again from the disk; say what is not as it was sealed."""
        path = self.sets / seal.name
        try:
            if path.stat().st_size != seal.size or hash_on_disk(path, tell) != seal.sha256:
                return [f"Berkas cadangan {seal.name} berubah."]
            self.needed(seal)
        except (OSError, MachineError):
            return [f"Daftar surat dari {seal.name} atau berkasnya tidak terbaca."]
        return []

    def verify(self, seal: Seal, *, deep: bool = True, tell: Tell = nothing) -> list[str]:
        """Read a set again from the disk; say what is not as it was sealed, [] when all is well.

        ``deep``: every paper it needs too, else only that it is there.
        """
        if faults := self.verify_set(seal, tell):
            return faults
        need = self.needed(seal)
        lying = self.lying(seal.key)
        for name in need:
            found = lying.get(sha_of(name))
            if found is None:
                faults.append(f"{name} tidak ada dalam cadangan.")
            elif deep and not is_whole(found, tell):
                faults.append(f"{name} berubah dalam cadangan.")
        return faults

    # Papers

    def lying(self, key: str = "") -> dict[str, Path]:
        """Give what papers lie here, encrypted to this key or plain: SHA-256 -> file."""
        if not self.blobs.is_dir():
            return {}
        return {
            path.name[:64]: path
            for path in self.blobs.glob("*/*")
            if len(path.name) >= 64 and not path.name.endswith(".half") and _key_of(path) == key
        }

    def add_paper(
        self, source: Path, sha256: str, recipient: str = "", *, link: bool = False
    ) -> int:
        """Take a paper in; give the bytes it takes on the disk.

        What was written is read again from the disk. ``recipient``: encrypt it to this key.
        ``link``: on the same disk the vault shares the file with the place.

        Raises:
            DamagedPaperError: the source is not what its name says.
            OSError: the disk refuses; nothing half-written is left.
        """
        folder = self.blobs / sha256[:2]
        folder.mkdir(mode=0o700, exist_ok=True)
        if link and not recipient and self._linked(source, folder / sha256, sha256):
            return 0
        half = folder / f"{sha256}.half"
        try:
            found = copy_hashed(source, half) if not recipient else hash_on_disk(source)
            if found != sha256:
                raise DamagedPaperError(sha256)
            name = sha256
            if recipient:
                found = encrypt_file(source, half, recipient)
                name = f"{sha256}-{found[:_CHECK]}-{key_tag(recipient)}.age"
            if hash_on_disk(half) != found:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            size = half.stat().st_size
            half.replace(folder / name)
        finally:
            half.unlink(missing_ok=True)
        return size

    def _linked(self, source: Path, target: Path, sha256: str) -> bool:
        if hash_on_disk(source) != sha256:
            raise DamagedPaperError(sha256)
        target.unlink(missing_ok=True)  # a damaged one
        try:
            target.hardlink_to(source)
        except OSError as error:
            if error.errno in _NO_LINK or os.name == "nt":
                return False
            raise
        return True

    def sync_papers(self, hashes: Iterable[str]) -> None:
        """Make the names of new papers survive a power cut."""
        for part in sorted({sha256[:2] for sha256 in hashes}):
            sync_folder(self.blobs / part)
        sync_folder(self.blobs)

    def fetch_paper(self, found: Path, target: Path, sha256: str, secret: str = "") -> None:
        """Write a paper of the vault to *target*, proved; MachineError when it is damaged."""
        if found.name.endswith(".age"):
            decrypt_file(found, target, secret)
            whole = hash_on_disk(target) == sha256
        else:
            whole = copy_hashed(found, target) == sha256
        if not whole:
            target.unlink(missing_ok=True)
            raise MachineError(DAMAGED)


def newest_of(sets: Iterable[Seal], now: datetime) -> Seal | None:
    """Give the newest of some sets; one that a wrong clock has dated ahead only when all are."""
    ordered = sorted(sets, key=lambda seal: (seal.made_at, seal.name))
    sane = [seal for seal in ordered if seal.when <= now + _AHEAD]
    return (sane or ordered or (None,))[-1]


class DamagedPaperError(Exception):
    """A stored paper is not what it was when it was frozen."""


def sha_of(name: str) -> str:
    """Give the hash in the name of a paper."""
    return name.rpartition("/")[2][:64]


def key_tag(recipient: str) -> str:
    """Give the short name of a recovery key in a vault; "" for none."""
    return hashlib.sha256(recipient.encode()).hexdigest()[:8] if recipient else ""


def _key_of(path: Path) -> str:
    return path.name[-12:-4] if path.name.endswith(".age") else ""


def is_whole(path: Path, tell: Tell = nothing) -> bool:
    """Tell whether a paper of a vault is as it was written, key or no key."""
    try:
        found = hash_on_disk(path, tell)
    except OSError:
        return False
    if path.name.endswith(".age"):
        return path.name[65 : 65 + _CHECK] == found[:_CHECK]
    return path.name == found


def _written(seal: Seal) -> bytes:
    """Give a seal as its file: JSON, then the hash of it on a line of its own."""
    told = json.dumps(asdict(seal), indent=1).encode()
    return told + b"\n" + hashlib.sha256(told).hexdigest().encode() + b"\n"


def _read_seal(path: Path) -> Seal | None:
    try:
        body, _, digest = path.read_bytes().rstrip(b"\n").rpartition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != digest:
            raise ValueError(path.name)
        told: dict[str, Any] = json.loads(body)
        told.setdefault("lost", 0)  # sets made before a lost paper could be told
        seal = Seal(**{field.name: told[field.name] for field in fields(Seal)})
        moment = datetime.fromisoformat(seal.made_at)
    except (OSError, ValueError, KeyError, TypeError):
        _log.warning("a seal is not readable")
        return None
    return seal if moment.tzinfo and path.name == f"{seal.base}{SEAL}" else None
