"""Backups: making them when they are due or asked for, and how old they are.

Plain functions taking the desk (jobs of several transactions): run them on the second worker, so
that the counter goes on. ``progress`` gets percent and answers whether to go on (`Cancelled` when
not).
"""

import json
import logging
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from kecamatan_desk.domain.errors import DeskError, InputError, MachineError, RuleError
from kecamatan_desk.domain.progress import Gauge, Progress
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.rereading import write_synced
from kecamatan_desk.persistence.site import fault_of
from kecamatan_desk.persistence.tables import (
    EventRecord,
    RecoveryKeyRecord,
    SettingRecord,
    table_of,
)
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.persistence.vault import Seal, Vault, newest_of
from kecamatan_desk.usecases.backup_making import (
    Made,
    copy_set,
    disk_told,
    facts_of,
    make_set,
    prune,
)
from kecamatan_desk.usecases.backup_values import (
    ASKED,
    AUTOMATIC,
    CLOSING,
    YEAR_CLOSING,
    BackupChoices,
    BackupResult,
    BackupState,
    PapersLostError,
    SetInfo,
)
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, command
from kecamatan_desk.usecases.exports import EXPORT, record_output
from kecamatan_desk.usecases.journal import complete_journal, journal_fault
from kecamatan_desk.usecases.reasons import Reason

_log = logging.getLogger(__name__)

EVERY = timedelta(hours=2)
CHOICES = "backup"
#: The folder that is made on a stick where other files lie too.
FOLDER = "cadangan-kecamatan-desk"
_STATE = "state.json"
#: Under these the state keeps why the last automatic backup failed: here, and on other devices.
FAILED, FAILED_OUT = "failed", "failed_out"
_EVENT, _KEY = table_of(EventRecord), table_of(RecoveryKeyRecord)
NO_KEY = (
    "Cadangan di cakram cabut selalu disandikan, dan kunci pemulihannya belum dibuat. Tidak ada "
    "yang disalin; Administrator membuat kunci itu sekali pada menu Cadangan, mencetak lembarnya "
    "dua kali, lalu mengetik ulang isinya."
)


def back_up_now(
    desk: Desk,
    target: Path | None = None,
    *,
    encrypt: bool = False,
    reason: str = ASKED,
    progress: Progress | None = None,
) -> BackupResult:
    """Make a verified backup in the place; with a target, copy it there too.

    A target that can be pulled out, or lies on another computer, gets it encrypted to the recovery
    key; on another fixed disk it lies as it is, which only the administrator may ask for.

    Raises:
        RuleError: no recovery key exists yet, or the target holds other files.
        UnsoundError: the data do not pass the check. MachineError: the disk refuses.
        PapersLostError: the backup stands, but papers were found that are whole nowhere.
        Cancelled: progress said no. Nothing half-made is left by any of them.
    """
    if target is None:
        local, made = _made(desk, reason, Gauge(progress))
        _tell_lost(made)
        return BackupResult(local, None, made.removed)
    folder = _outside(desk.place, target)
    Vault(folder).refuse_other(facts_of(desk.place.current_database).office)
    encrypted = encrypt or must_encrypt(folder)
    recipient = desk.ask(recovery_recipient) if encrypted else ""
    if encrypted and not recipient:
        raise RuleError(NO_KEY)
    allowed = STAFF if encrypted else (Role.ADMIN,)
    told = {"what": "cadangan", "encrypted": encrypted}
    if not desk.practice:
        desk.call(record_output, uuid4().hex, EXPORT, allowed, told, reason=Reason("arsip"))
    local, made = _made(desk, reason, Gauge(progress, 0, 55))
    copied = copied_to(desk, local, folder, recipient, Gauge(progress, 55, 100))
    _tell_lost(made)
    elsewhere = _another_device(desk.place, folder)
    return BackupResult(local, copied, made.removed, outside=elsewhere)


def due(desk: Desk) -> bool:
    """Tell whether two hours of change have passed since the newest set. Cheap: ask often."""
    now = desk.clock()
    newest, head = _newest(desk.place, now), desk.ask(head_of)
    if head[0] == 0 or (newest is not None and (newest.seq, newest.head) == head):
        return False
    return newest is None or not timedelta(0) <= now - newest.when < EVERY


def back_up_when_due(desk: Desk, progress: Progress | None = None) -> BackupResult | None:
    """Make the automatic backup when it is due, to the second folder too when that is there.

    None when it is not due. A failure here is kept for the start screen and raised; one of the
    second folder is kept and stands in the result.
    """
    if not due(desk):
        return None
    return _with_second(desk, AUTOMATIC, progress)


def after_closing(
    desk: Desk, *, year: bool = False, progress: Progress | None = None
) -> BackupResult:
    """Make the backup of a closing; that of a year is kept for ever. Call it after the commit.

    MachineError when the second folder did not get it, though it lies here.
    """
    made = _with_second(desk, YEAR_CLOSING if year else CLOSING, progress)
    if made.second_failed:
        raise MachineError(made.second_failed)
    return made


def bring_journal_up(desk: Desk) -> int:
    """Complete the number journal, on the second device too; call it after the first list."""
    return complete_journal(desk, _second_journal(desk))


def state(desk: Desk) -> BackupState:
    """Tell how old backups and drill are, for the start screen."""
    return state_at(desk.place, desk.clock(), desk.ask(known_to_office), journal_fault(desk))


def known_to_office(work: UnitOfWork) -> tuple[tuple[int, str], str, str]:
    """Give what the state rests on in the database: chain's head, recovery key, second folder."""
    return head_of(work), recovery_recipient(work), choices(work).second


def state_at(
    place: Place, now: datetime, known: tuple[tuple[int, str], str, str], fault: str = ""
) -> BackupState:
    """Tell the state of a place nobody is signed in to. ``fault``: of the number journal."""
    head, recipient, second = known
    kept, newest = read_state(place), _newest(place, now)
    drill = kept.get("drill", {})
    return BackupState(
        now=now,
        local_at=newest.when if newest else None,
        outside_at=_moment(kept.get("outside", {}).get("at")),
        drill_at=_moment(drill.get("at")),
        drill_ok=bool(drill.get("ok")),
        has_key=bool(recipient),
        unsaved=head[0] > 0 and (newest is None or (newest.seq, newest.head) != head),
        second=second,
        failed=_failed(kept),
        journal_fault=fault,
    )


def _failed(kept: Mapping[str, Mapping[str, Any]]) -> str:
    said = (str(kept.get(name, {}).get("said", "")) for name in (FAILED, FAILED_OUT))
    return " ".join(text for text in said if text)


def backups(desk: Desk, folder: Path | None = None) -> tuple[SetInfo, ...]:
    """List the verified sets of the place, or of a vault elsewhere, the newest first."""
    vault = Vault(vault_in(folder) if folder is not None else desk.place.backups)
    return tuple(info(vault, seal) for seal in reversed(vault.sealed()))


def verify_again(
    desk: Desk, folder: Path | None = None, progress: Progress | None = None
) -> tuple[str, ...]:
    """Read the newest set of a vault again, every paper too; say what is wrong, () when nothing is.

    For a stick that is plugged in again: what was written may be lost since.
    """
    vault = Vault(vault_in(folder) if folder is not None else desk.place.backups)
    seal = newest_of(vault.sealed(), desk.clock())
    if seal is None:
        return ("Tidak ada cadangan yang sudah diperiksa di folder ini.",)
    total, done, gauge = max(seal.size + seal.paper_bytes, 1), 0, Gauge(progress)

    def tell(more: int) -> None:
        nonlocal done
        done += more
        gauge.tell(done, total)

    return tuple(vault.verify(seal, tell=tell))


# Choices and what they rest on


def choices(work: UnitOfWork) -> BackupChoices:
    """Give what the office has chosen."""
    stored = work.session.get(SettingRecord, CHOICES)
    return BackupChoices(second=str(stored.value.get("second", ""))) if stored else BackupChoices()


@command
def save_choices(work: UnitOfWork, op_id: str, chosen: BackupChoices) -> None:
    """Keep the second folder; InputError when it lies in no place for a copy."""
    role = work.require(Role.ADMIN)
    if chosen.second and not Path(chosen.second).is_absolute():
        raise InputError(
            "Folder cadangan kedua harus ditulis lengkap, misalnya E:\\. Belum ada yang berubah; "
            "pilih foldernya dengan tombol.",
            "second",
        )
    work.session.merge(SettingRecord(name=CHOICES, value={"second": chosen.second}))
    told = {"what": "cadangan", "second": bool(chosen.second)}
    work.close_event(work.link(), op_id, "setelan", role, payload=told)


def recovery_recipient(work: UnitOfWork) -> str:
    """Give the public recovery key in use; "" while none was made."""
    newest = select(_KEY.c.recipient).order_by(_KEY.c.id.desc()).limit(1)
    return work.session.scalar(newest) or ""


def head_of(work: UnitOfWork) -> tuple[int, str]:
    """Give the chain's head: number and hash of the newest event; (0, "") when there is none."""
    newest = select(_EVENT.c.seq, _EVENT.c.hash).order_by(_EVENT.c.seq.desc()).limit(1)
    found = work.session.execute(newest).first()
    return (found.seq, found.hash) if found else (0, "")


def must_encrypt(folder: Path) -> bool:
    """Tell whether a backup there may be read by whoever finds it: sticks, shares, clouds."""
    return fault_of(folder) is not None


# Making


def _made(desk: Desk, reason: str, gauge: Gauge) -> tuple[SetInfo, Made]:
    made = make_set(desk.place, desk.clock(), reason, gauge)
    return info(Vault(desk.place.backups), made.seal), made


def _tell_lost(made: Made) -> None:
    if made.lost:
        raise PapersLostError(made.lost)


def copied_to(desk: Desk, local: SetInfo, folder: Path, recipient: str, gauge: Gauge) -> SetInfo:
    """Copy a set of the place into a vault elsewhere, verified there; retention follows.

    ``recipient``: the recovery key it is encrypted to; "" leaves it open. See `copy_set` for what
    it raises.
    """
    source, target = Vault(desk.place.backups), Vault(folder)
    seal = next(s for s in source.sealed() if s.name == local.name)
    copied = copy_set(source, seal, target, recipient, desk.clock(), gauge)
    zone = desk.ask(_zone)
    with disk_told(folder), target.locked():
        prune(target, desk.clock(), zone)
    if _another_device(desk.place, folder):
        note_state(desk.place, "outside", {"at": stamp(desk.clock()), "name": copied.name})
    return info(target, copied)


def _with_second(desk: Desk, reason: str, progress: Progress | None) -> BackupResult:
    """Make a local set and copy it to the second folder where that is there; note how it went."""
    try:
        # whatever became of the second device: what lies here is saved first
        local, made = _made(desk, reason, Gauge(progress, 0, 55))
    except DeskError as error:
        _note_failed(desk, FAILED, str(error))
        raise
    told = str(PapersLostError(made.lost)) if made.lost else ""
    _note_failed(desk, FAILED, told)
    copied, failed = None, ""
    try:
        folder = second_vault(desk)
        if folder is not None:
            recipient = desk.ask(recovery_recipient) if must_encrypt(folder) else ""
            if recipient or not must_encrypt(folder):
                copied = copied_to(desk, local, folder, recipient, Gauge(progress, 55, 100))
    except DeskError as error:
        failed = str(error)
        _note_failed(desk, FAILED_OUT, failed)
    Gauge(progress).done()
    return BackupResult(local, copied, made.removed, told, second_failed=failed)


def _note_failed(desk: Desk, name: str, said: str) -> None:
    note_state(desk.place, name, {"at": stamp(desk.clock()), "said": said} if said else {})


def second_vault(desk: Desk) -> Path | None:
    """Give the vault on the second device; None when none is chosen or it is not plugged in.

    MachineError when the device does not answer.
    """
    chosen = desk.ask(choices).second
    if not chosen or not Path(chosen).is_dir():
        return None
    with disk_told(Path(chosen)):
        return vault_in(Path(chosen))


def _second_journal(desk: Desk) -> Path | None:
    try:
        folder = second_vault(desk)
        if folder is None or Vault(folder).office() is None:
            return None  # the first backup makes the vault; until then nothing is to protect
    except DeskError:
        return None  # the device has gone bad: the next backup tells
    return folder / "journal"


def vault_in(folder: Path) -> Path:
    """Give the vault a folder is or holds; where neither, where one would be made."""
    if Vault(folder).office() is not None or not folder.is_dir() or not any(folder.iterdir()):
        return folder
    return folder / FOLDER


def _outside(place: Place, target: Path) -> Path:
    folder = target.absolute()
    if folder.is_relative_to(place.root):
        raise RuleError(
            f"{folder} ada di dalam folder data itu sendiri. Tidak ada yang disalin; pilih tempat "
            "di luar folder data."
        )
    return folder


def _another_device(place: Place, folder: Path) -> bool:
    try:
        return must_encrypt(folder) or os.stat(place.root).st_dev != os.stat(folder).st_dev  # noqa: PTH116
    except OSError:
        return False


def _newest(place: Place, now: datetime) -> Seal | None:
    """Give the newest local set, leaving out what a wrong clock has dated ahead."""
    return newest_of(Vault(place.backups).sealed(), now)


def newest_set(desk: Desk) -> SetInfo | None:
    """Give the newest verified set of the place; None when there is none."""
    newest = _newest(desk.place, desk.clock())
    return info(Vault(desk.place.backups), newest) if newest else None


def info(vault: Vault, seal: Seal) -> SetInfo:
    """Give a set as screens show it."""
    return SetInfo(
        name=seal.name,
        path=vault.sets / seal.name,
        made_at=seal.when,
        reason=seal.reason,
        size=seal.size,
        papers=seal.papers,
        paper_bytes=seal.paper_bytes,
        seq=seal.seq,
        schema=seal.schema,
        encrypted=seal.encrypted,
        deep=seal.deep,
        verified_at=datetime.fromisoformat(seal.verified_at),
    )


def _zone(work: UnitOfWork) -> str:
    return work.office.zone


# What this PC remembers of its backups: not in the database, which a restore would turn back


def read_state(place: Place) -> dict[str, dict[str, Any]]:
    """Give what was noted; nothing when it cannot be read."""
    try:
        told = json.loads((place.backups / _STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def note_state(place: Place, name: str, what: dict[str, Any]) -> None:
    """Note how something went; a disk that refuses costs only the note."""
    kept = {**read_state(place), name: what}
    try:
        write_synced(place.backups / _STATE, json.dumps(kept, ensure_ascii=False).encode())
    except OSError:
        _log.warning("state of the backups not noted")


def _moment(text: object) -> datetime | None:
    try:
        return moment(str(text)) if text else None
    except ValueError:
        return None
