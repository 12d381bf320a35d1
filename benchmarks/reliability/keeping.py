"""P2 for what keeps and moves data: scans, backups, restoring, upgrading.

Programs to be recorded, the places they begin with, and how what a power cut left is judged.
"""

import io
import logging
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from benchmarks.reliability.places import desks, make_office, opened, place_at
from benchmarks.reliability.proving import UNREADABLE, bytes_of, checked, faults, hurry
from benchmarks.reliability.witness import Acknowledge
from kecamatan_desk.bootstrap import held, open_place
from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.schema import HEAD
from kecamatan_desk.persistence.vault import Vault
from kecamatan_desk.usecases.attachments import add_scan, scan_pdf
from kecamatan_desk.usecases.backups import back_up_now, backups
from kecamatan_desk.usecases.restore_planning import plan_restore
from kecamatan_desk.usecases.restore_values import Restorer
from kecamatan_desk.usecases.restoring import carry_out
from kecamatan_desk.usecases.upgrading import upgrade_place
from tests.builders import op, registered, taken_in
from tests.walking import rows

_SCHEMAS = Path(__file__).resolve().parents[2] / "tests" / "fixtures" / "schemas"
_EVERY = 20  # one state in so many is also worked on, or upgraded to its end
_LAST = "SELECT max(last) AS last FROM counter WHERE series NOT IN ('berkas', 'antrian')"
_judged = count()
_verdicts: dict[object, list[str]] = {}


# The places they begin with


def make_backed_up(root: Path) -> Path:
    """Make an office with a letter, a backup of it, and a letter more that no backup has."""
    make_office(root)
    office = opened(root)
    registered(desks(office))
    back_up_now(desks(office)(Role.ADMIN))
    registered(desks(office), nik="9901011206850002", nama="Siti Maimunah")
    office.close()
    return root


def make_older(root: Path) -> Path:
    """Lay out a place as the last program of another schema has left it."""
    older = sorted(path for path in _SCHEMAS.glob("*.zip") if path.stem < HEAD)[-1]
    with zipfile.ZipFile(older) as packed:
        packed.extractall(root)
    return root


# What is recorded


def scan(root: Path, tell: Acknowledge) -> None:
    """Take a request in and add a scan to it."""
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(picture, "PNG")
    office = opened(root)
    request = taken_in(desks(office), nik="9901012301780003", nama="Yohanes Surya")
    counter = desks(office)(Role.PELAYANAN)
    kept = add_scan(counter, op(), request.request_id, "KTP.png", picture.getvalue())
    tell(str(kept))
    office.close()


def backup(root: Path, tell: Acknowledge) -> None:
    """Make a verified backup in the place."""
    office = opened(root)
    tell(back_up_now(desks(office)(Role.ADMIN)).local.name)
    office.close()


def restore(root: Path, tell: Acknowledge) -> None:
    """Restore the only backup over an office that went on since."""
    place, now = place_at(root), datetime.now(UTC)
    office = opened(root)
    path = backups(desks(office)(Role.ADMIN))[0].path
    office.close()
    with held(place):
        plan = plan_restore(place, path, now=now)
        tell(carry_out(place, plan, Restorer(1, "Putri Handayani", "akun"), now=now).generation)


def upgrade(root: Path, tell: Acknowledge) -> None:
    """Bring a place of another schema up to date."""
    with held(place_at(root)):
        upgrade_place(place_at(root), datetime.now(UTC))
    tell("upgraded")


# How it is judged


def whole_with_scan(folder: Path, acks: list[str]) -> list[str]:
    """Judge an office in which a scan was added: the one that was told of can be read."""
    root = _begun(folder)
    wrong = faults(root, [], verdicts=_verdicts)
    if wrong or not acks:
        return wrong
    office = opened(root)
    try:
        if not scan_pdf(desks(office)(Role.PELAYANAN), int(acks[0])).startswith(b"%PDF"):
            return ["the scan is no PDF"]
    except DeskError as error:
        return [f"the scan is gone: {error}"]
    finally:
        office.close()
    return []


def whole_with_backup(folder: Path, acks: list[str]) -> list[str]:
    """Judge an office that was backed up: every set that counts can be trusted."""
    root = _begun(folder)
    wrong = faults(root, [], verdicts=_verdicts)
    vault = Vault(place_at(root).backups)
    sealed = vault.sealed()
    wrong = wrong + [f"{seal.base}: {said}" for seal in sealed for said in vault.verify(seal)]
    if acks and not (vault.sets / acks[0]).is_file():
        wrong.append(f"backup {acks[0]} is gone")
    if len(sealed) < 1 + len(acks):  # the place had one before
        wrong.append(f"{len(sealed)} backups count, {1 + len(acks)} were made")
    return wrong


def old_or_restored(folder: Path, acks: list[str]) -> list[str]:
    """Judge an office that was restored: wholly old or wholly new, and no number is given again."""
    root = _begun(folder)
    worked_on = next(_judged) % _EVERY == 0
    wrong = faults(root, [], goes_on=worked_on, verdicts=_verdicts)
    if wrong:
        return wrong
    place = place_at(root)
    database = place.current_database
    (last,) = rows(database, _LAST)
    is_new = bool(rows(database, "SELECT 1 FROM event WHERE act = 'pulihkan'"))
    if last["last"] < 2:
        return ["a number on paper would be given again"]
    if acks and (not is_new or database.parent.name != acks[0]):
        return [f"{acks[0]} was told, {database.parent.name} is current"]
    return []


def old_or_upgraded(folder: Path, acks: list[str]) -> list[str]:
    """Judge a place that was upgraded: wholly old or wholly new, and the next start succeeds."""
    root = _begun(folder)
    place = place_at(root)
    try:
        database = place.current_database
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as file:
            (found,) = file.execute("SELECT version_num FROM alembic_version").fetchone()
            if file.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return ["the current database is damaged"]
        if acks and found != HEAD:
            return ["it was told to be upgraded"]
        key = (bytes_of(database.parent), found)
        if key in _verdicts and next(_judged) % _EVERY:
            return _verdicts[key]
        open_place(place).close()
        _verdicts[key] = checked(root)
    except (DeskError, sqlite3.Error, OSError, *UNREADABLE) as error:
        return [f"{type(error).__name__}: {error}"]
    return _verdicts[key]


def _begun(folder: Path) -> Path:
    logging.disable()
    hurry()
    return next(path for path in folder.iterdir() if path.is_dir())
