"""Bringing an older place up to this program: in a new generation, the old one stays as it was.

Backup, copy, one transaction of migrations, checks, and only then CURRENT is flipped. Killed
anywhere the place is old or new; what fails leaves the old generation current, and a program of the
old version goes on with it (reliability 3.8).
"""

import logging
import shutil
from datetime import datetime
from pathlib import Path

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.domain.progress import Gauge, Progress
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.audit import audit
from kecamatan_desk.persistence.audit.plain import PlainProof
from kecamatan_desk.persistence.copying import copy_database
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.generations import (
    DATABASE,
    begin_generation,
    keep_generation,
    mark_replaced,
    need_room,
    point_to,
    set_old_ones_aside,
)
from kecamatan_desk.persistence.schema import HEAD, bring_up_to_date
from kecamatan_desk.usecases.backup_making import make_set
from kecamatan_desk.usecases.backup_values import BEFORE_UPGRADE, UnsoundError
from kecamatan_desk.usecases.restore_sources import left_behind

_log = logging.getLogger(__name__)
_ROOM = 2.5  # times the database: the copy, its rebuilt tables, the backup


def upgrade_place(place: Place, now: datetime, progress: Progress | None = None) -> None:
    """Make a new generation of this program's revision the current one. Under the place's lock.

    Raises:
        UnsoundError: the old data do not pass the check, or the new ones do not.
        MachineError: no room, or the disk refuses. Cancelled: progress said no.
        The old generation is current and untouched after any of them.
    """
    gauge = Gauge(progress)
    old = place.current_database
    need_room(place.root, int(old.stat().st_size * _ROOM))
    if _has_history(old):  # an office nobody has ever set up has nothing to lose, and no name yet
        make_set(place, now, BEFORE_UPGRADE, gauge.stretch(0, 45))
    half = begin_generation(place)
    try:
        new = half / DATABASE
        copy_database(old, new)
        gauge.tell(0.55)
        before = PlainProof(new)
        store = Store(new)
        try:
            bring_up_to_date(store)
        finally:
            store.close()
        gauge.tell(0.7)
        _prove(new, before)
        gauge.tell(0.95)
        kept = keep_generation(place, half)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    point_to(place, kept.name)
    why = f"{now.isoformat()}: diganti {kept.name} saat program dimutakhirkan ke skema {HEAD}"
    mark_replaced(old.parent, why)
    set_old_ones_aside(place)
    _log.info("upgraded to revision %s", HEAD)
    gauge.done()


def _has_history(database: Path) -> bool:
    """Tell whether anything was ever done in a database; one that is damaged has a history."""
    left = left_behind(database, 0)
    return left is None or not left.whole or left.seq > 0


def _prove(database: Path, before: PlainProof) -> None:
    """See that nothing but the tables has changed: the same chain, the same numbers, all sound."""
    after = PlainProof(database)
    if (after.seq, after.head, after.series) != (before.seq, before.head, before.series):
        raise MachineError(
            "Data tidak dapat disesuaikan dengan program ini: riwayatnya tidak sama sesudah "
            "disesuaikan. Data lama tidak berubah; pakai program versi lama dan hubungi teknisi."
        )
    found = audit(database, database.parent, files=False)
    findings = (*before.findings, *after.findings, *found.findings)
    if findings:
        raise UnsoundError(findings, "Data belum disesuaikan dengan program ini")
