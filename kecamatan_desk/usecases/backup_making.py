"""Making and copying backup sets. Works on a place; needs nobody signed in.

A set is made in the place's own vault ``backups/``, verified there in the open, and copied from
there to other devices: what leaves is what was verified.
"""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kecamatan_desk import __version__
from kecamatan_desk.domain.anchors import anchor_text
from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.domain.progress import Gauge
from kecamatan_desk.domain.retention import Held, kept, outlived
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.audit import Finding, audit
from kecamatan_desk.persistence.audit.plain import PlainProof
from kecamatan_desk.persistence.copying import copy_database
from kecamatan_desk.persistence.database import open_to_read, sqlite_driver
from kecamatan_desk.persistence.generations import (
    DATABASE,
    STAGING,
    need_room,
    remove_generation,
    set_aside,
)
from kecamatan_desk.persistence.manifest import Manifest, papers_needed, unpack_set, write_set
from kecamatan_desk.persistence.rereading import copy_hashed, hash_on_disk
from kecamatan_desk.persistence.schema import HEAD
from kecamatan_desk.persistence.sealing import encrypt_file
from kecamatan_desk.persistence.vault import (
    AGE,
    PLAIN,
    DamagedPaperError,
    Seal,
    Vault,
    is_whole,
    key_tag,
    sha_of,
)
from kecamatan_desk.usecases.backup_values import YEAR_CLOSING, UnsoundError
from kecamatan_desk.usecases.courtesy import counter_first

DEEP_DAYS = 7  # after so many days every paper is read again
LOST = -1  # "size" of a paper that is whole nowhere
_ROOM = 2.2  # times the database: the copy and its zip


@dataclass(frozen=True, slots=True)
class Made:
    """A set that was made. ``removed``: older ones that went; ``lost``: papers first missed now."""

    seal: Seal
    removed: int
    lost: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a copied database tells of itself. ``office``: the same for every copy of an office."""

    kind: str
    office: str
    name: str
    zone: str
    schema: str


def facts_of(database: Path) -> Facts:
    """Read what a database of any revision is; MachineError when it is none of ours."""
    driver = sqlite_driver()
    try:
        connection = open_to_read(database)
        try:
            schema = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            kind, created = connection.execute("SELECT kind, created_at FROM instance").fetchone()
            first = connection.execute("SELECT hash FROM event WHERE seq = 1").fetchone()
            told = connection.execute("SELECT value FROM setting WHERE name = 'office'").fetchone()
        finally:
            connection.close()
    except (driver.Error, TypeError) as error:
        raise MachineError(
            "Berkas data ini rusak atau bukan data Kecamatan Desk. Tidak ada yang berubah; pakai "
            "cadangan lain."
        ) from error
    profile = json.loads(told[0]) if told else {}
    born = f"{kind}|{created}|{first[0] if first else ''}"
    return Facts(
        kind=str(kind),
        office=hashlib.sha256(born.encode()).hexdigest()[:16],
        name=str(profile.get("name", "")),
        zone=str(profile.get("zone") or "Asia/Jakarta"),
        schema=str(schema),
    )


def make_set(
    place: Place, now: datetime, reason: str, gauge: Gauge, *, deep: bool | None = None
) -> Made:
    """Make a verified set in the place's own vault, then let retention remove what is too old.

    ``deep``: read every paper again; None does so when that was not done for seven days. A paper
    that is whole neither in the place nor in the vault keeps nothing else from being saved: the
    set names it, and does without.

    Raises:
        UnsoundError: the database does not pass the check; nothing counts as a backup then.
        MachineError: the disk refuses. Cancelled: the gauge did. Nothing half-made is left.
    """
    vault = Vault(place.backups)
    with disk_told(place.backups), counter_first():
        need_room(place.root, int(place.current_database.stat().st_size * _ROOM))
        gauge.tell(0)
        born = facts_of(place.current_database)
        vault.claim(born.office, born.kind)
        with vault.locked(), _staged(place.backups) as work:
            vault.clear_unfinished()
            copy = work / DATABASE
            copy_database(place.current_database, copy)
            gauge.tell(0.12)
            facts, sets = facts_of(copy), vault.sealed()
            if deep is None:
                deep = is_deep_due(sets, now)
            papers, lost = _take_papers(vault, place, copy, deep, gauge.stretch(12, 55))
            seal = _seal_set(vault, work, facts, papers, now, reason, deep, gauge.stretch(55, 99))
            known = sets[-1].lost if sets else 0
            removed = prune(vault, now, facts.zone)
            _remove_outlived(place, vault, facts.zone)
    gauge.done()
    return Made(seal, removed, lost if len(lost) > known else ())


def is_deep_due(sets: Iterable[Seal], now: datetime) -> bool:
    """Tell whether no set of the last seven days had every paper read again.

    One that a wrong clock has dated ahead proves nothing of these days.
    """
    return not any(s.deep and abs((now - s.when).days) < DEEP_DAYS for s in sets)


def _take_papers(
    vault: Vault, place: Place, database: Path, deep: bool, gauge: Gauge
) -> tuple[dict[str, int], tuple[Finding, ...]]:
    """Bring every paper the copy names into the vault; give them with their sizes.

    Those that are whole nowhere are `LOST` long, and a finding each.
    """
    needed, lying = papers_needed(database), vault.lying()
    taken: dict[str, int] = {}
    new: list[str] = []
    findings: list[Finding] = []
    for done, (folder, sha256, ending) in enumerate(needed):
        gauge.tell(done, len(needed))
        source = _source(place.root / folder, sha256, ending)
        known = lying.get(sha256)
        name = f"{folder}/{sha256[:2]}/{source.name if source else sha256 + ending}"
        try:
            if known is None or (deep and not is_whole(known)):
                if source is None:
                    raise FileNotFoundError(sha256)
                vault.add_paper(source, sha256, link=True)
                new.append(sha256)
            taken[name] = (vault.blobs / sha256[:2] / sha256).stat().st_size
        except (DamagedPaperError, FileNotFoundError):
            told = "Berkas surat hilang atau berubah sejak dibekukan."
            findings.append(Finding("surat", folder, sha256, told))
            taken[name] = LOST
    vault.sync_papers(new)
    return taken, tuple(findings)


def _source(folder: Path, sha256: str, ending: str) -> Path | None:
    part = folder / sha256[:2]
    named = part / f"{sha256}{ending}"
    if ending or named.is_file():
        return named if named.is_file() else None
    return next((p for p in sorted(part.glob(f"{sha256}.*")) if p.suffix != ".half"), None)


def _seal_set(
    vault: Vault,
    work: Path,
    facts: Facts,
    papers: dict[str, int],
    now: datetime,
    reason: str,
    deep: bool,
    gauge: Gauge,
) -> Seal:
    copy = work / DATABASE
    size = copy.stat().st_size
    proof = PlainProof(copy, immutable=True)
    previous = vault.sealed()[-1:]
    manifest = Manifest(
        program=__version__,
        schema=facts.schema,
        made_at=now.astimezone(UTC).isoformat(),
        zone=facts.zone,
        kind=facts.kind,
        office=facts.office,
        office_name=facts.name,
        reason=reason,
        seq=proof.seq,
        head=proof.head,
        anchor=anchor_text(proof.seq, proof.head, now.astimezone(ZoneInfo(facts.zone)).date()),
        series={"/".join(key): list(told) for key, told in proof.series.items()},
        members={DATABASE: [hash_on_disk(copy), size]},
        papers=papers,
        previous=previous[0].manifest_sha256 if previous else "",
    )
    gauge.tell(0.15)
    base = vault.free_base(now, proof.seq)
    half = vault.sets / f"{base}{PLAIN}.half"
    try:
        written = manifest.written()
        write_set(half, written, copy, _Meter(gauge.stretch(15, 55), size))
        copy.unlink()
        digest = hash_on_disk(half)
        read, manifest_sha256 = unpack_set(half, copy, _Meter(gauge.stretch(55, 70), size))
        if read != manifest:
            raise MachineError("Cadangan terbaca lain dari yang ditulis; cakram ini tidak andal.")
        gauge.tell(0.7)
        _prove(copy, proof, facts.schema)
        gauge.tell(0.98)
        here = {name: size for name, size in papers.items() if size != LOST}
        need = "".join(f"{name}\n" for name in sorted(here)).encode()
        seal = Seal(
            name=f"{base}{PLAIN}",
            sha256=digest,
            size=half.stat().st_size,
            need_sha256=hashlib.sha256(need).hexdigest(),
            manifest_sha256=manifest_sha256,
            made_at=manifest.made_at,
            verified_at=manifest.made_at,
            reason=reason,
            office=facts.office,
            kind=facts.kind,
            schema=facts.schema,
            program=__version__,
            seq=proof.seq,
            head=proof.head,
            papers=len(here),
            paper_bytes=sum(here.values()),
            deep=deep,
            lost=len(papers) - len(here),
        )
        vault.seal(half, seal, need)
    finally:
        half.unlink(missing_ok=True)
    return seal


def _prove(database: Path, before: PlainProof, schema: str) -> None:
    """Check what was read back: the program's own check, or a plain one for an older schema."""
    findings = list(before.findings)
    if schema == HEAD:
        found = audit(database, database.parent, files=False, immutable=True)
        findings += found.findings
    else:
        again = PlainProof(database, immutable=True)
        findings += again.findings
        if (again.seq, again.head, again.series) != (before.seq, before.head, before.series):
            findings.append(Finding("rantai", "event", again.seq, "Terbaca lain dari aslinya."))
    if findings:
        raise UnsoundError(tuple(findings))


def copy_set(
    source: Vault, seal: Seal, target: Vault, recipient: str, now: datetime, gauge: Gauge
) -> Seal:
    """Copy a verified set and its papers into another vault, encrypted where a key is named.

    What was written is read again from that device before it counts. What stands there already is
    not written again.

    Raises:
        RuleError: another office's backups or other files lie there.
        MachineError: the device refuses. Cancelled: the gauge did. Nothing half-made is left.
    """
    with disk_told(target.root), counter_first():
        target.claim(seal.office, seal.kind)
        with target.locked():
            target.clear_unfinished()
            gauge.tell(0)
            need = source.needed(seal)
            lying, tag = source.lying(seal.key), key_tag(recipient)
            deep = is_deep_due((s for s in target.sealed() if s.key == tag), now)
            _copy_papers(target, need, lying, recipient, deep, gauge.stretch(0, 70))
            ending = AGE if recipient else PLAIN
            copied = replace(
                seal,
                name=f"{seal.base}{ending}",
                verified_at=now.astimezone(UTC).isoformat(),
                deep=deep,
                key=tag,
            )
            if any(
                s.name == copied.name and not target.verify(s, deep=False) for s in target.sealed()
            ):
                return copied
            half = target.sets / f"{copied.name}.half"
            try:
                sha256 = _write_copy(source.sets / seal.name, half, recipient, seal, gauge)
                copied = replace(copied, sha256=sha256, size=half.stat().st_size)
                need_file = "".join(f"{name}\n" for name in need).encode()
                target.seal(half, copied, need_file)
            finally:
                half.unlink(missing_ok=True)
    gauge.done()
    return copied


def _copy_papers(
    target: Vault,
    need: tuple[str, ...],
    lying: dict[str, Path],
    recipient: str,
    deep: bool,
    gauge: Gauge,
) -> None:
    """Write the papers that are not there; ``deep``: those too that a device has spoilt since."""
    there = target.lying(key_tag(recipient))
    new = []
    for done, name in enumerate(need):
        gauge.tell(done, len(need))
        sha256 = sha_of(name)
        old = there.get(sha256)
        if old is None or (deep and not is_whole(old)):
            try:
                target.add_paper(lying[sha256], sha256, recipient)
                if old is not None and old.name != sha256:
                    old.unlink()  # each encryption has a name of its own
            except (DamagedPaperError, KeyError) as error:
                told = "Berkas surat hilang atau berubah dalam cadangan."
                raise UnsoundError((Finding("surat", "backups", sha256, told),)) from error
            new.append(sha256)
    if new:
        target.sync_papers(new)


def _write_copy(source: Path, half: Path, recipient: str, seal: Seal, gauge: Gauge) -> str:
    """Write the set's file and read it back; give its hash."""
    meter = _Meter(gauge.stretch(70, 90), seal.size)
    if recipient:
        if hash_on_disk(source) != seal.sha256:
            raise UnsoundError((Finding("cadangan", "backups", seal.name, "Berkas berubah."),))
        sha256 = encrypt_file(source, half, recipient, meter)
    else:
        sha256 = copy_hashed(source, half, meter)
    if hash_on_disk(half, _Meter(gauge.stretch(90, 99), half.stat().st_size)) != sha256 or (
        not recipient and sha256 != seal.sha256
    ):
        raise MachineError(
            "Cadangan terbaca lain dari yang ditulis; cakram itu tidak andal. Data kantor dan "
            "cadangan lain tidak berubah; pakai cakram lain."
        )
    return sha256


def prune(vault: Vault, now: datetime, zone: str) -> int:
    """Let retention remove sets; say how many went. Only after a backup that was verified."""
    held = _held(vault)
    keep = kept(held, now, ZoneInfo(zone))
    gone = [one.name for one in held if one.name not in keep]
    vault.drop(gone)
    return len(gone)


def _remove_outlived(place: Place, vault: Vault, zone: str) -> None:
    """Remove the generations set aside that are older than what is kept of the place's backups.

    Whom retention or a request has erased does not stay in them for ever. Only after a backup that
    was verified: the current data lie here twice then, and in every later month's backup.
    """
    aside = set_aside(place)
    held = _held(vault) if aside else []  # seldom is anything there: no seal is read again
    for generation, replaced_at in aside.items():
        if outlived(replaced_at, held, ZoneInfo(zone)):
            remove_generation(generation)


def _held(vault: Vault) -> list[Held]:
    return [Held(s.name, s.when, s.reason == YEAR_CLOSING) for s in vault.sealed()]


class _Meter:
    """Turns bytes done into progress."""

    def __init__(self, gauge: Gauge, total: int) -> None:
        self._gauge, self._total, self._done = gauge, total, 0

    def __call__(self, more: int) -> None:
        self._done += more
        self._gauge.tell(self._done, self._total)


@contextmanager
def _staged(backups: Path) -> Iterator[Path]:
    """Give an empty folder for what lies in the open while it is checked. Under the lock only."""
    work = backups / STAGING
    shutil.rmtree(work, ignore_errors=True)  # of a run that was killed
    work.mkdir(mode=0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def disk_told(folder: Path) -> Iterator[None]:
    """Put what the disk refuses into words: MachineError."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        reason = (
            "cakram penuh"
            if full
            else f"folder tidak dapat ditulis ({os.strerror(error.errno or 0)})"
        )
        raise MachineError(
            f"Pekerjaan di {folder} tidak jadi: {reason}. Data kantor dan cadangan yang lama tidak "
            "berubah; kosongkan ruang cakram atau pilih tempat lain, lalu ulangi."
        ) from error
