"""*Uji pulih*: the newest backup is restored beside the data, tried, and removed again.

What a backup is worth shows only when it is restored (reliability P7). The copy is opened, checked,
gives a number and a letter number as the office would, and goes. The office works on meanwhile.
"""

import shutil
from datetime import datetime
from time import perf_counter
from uuid import uuid4

from kecamatan_desk.domain.errors import DeskError, MachineError, RuleError
from kecamatan_desk.domain.progress import Gauge, Progress
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.audit import audit
from kecamatan_desk.persistence.chain import Link
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.generations import TRIAL
from kecamatan_desk.persistence.numbers import coming_number, take_block
from kecamatan_desk.persistence.types import stamp
from kecamatan_desk.persistence.vault import Vault
from kecamatan_desk.usecases.backup_values import SetInfo
from kecamatan_desk.usecases.backups import newest_set, note_state
from kecamatan_desk.usecases.blocks import RESERVED
from kecamatan_desk.usecases.booking import compose_letter_number
from kecamatan_desk.usecases.courtesy import counter_first
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, command
from kecamatan_desk.usecases.restore_planning import plan_restore
from kecamatan_desk.usecases.restore_values import DrillResult, Restorer
from kecamatan_desk.usecases.restoring import carry_out
from kecamatan_desk.usecases.series import series_of
from kecamatan_desk.workflows.catalog import SERVICES

DRILLED = "uji-pulih"


def drill(desk: Desk, progress: Progress | None = None) -> DrillResult:
    """Restore the newest verified backup of this PC into a folder of its own and try it.

    The result is noted in the chain (event ``uji-pulih``) and for the start screen, good or bad.

    Raises:
        RuleError: there is no backup yet. Cancelled: progress said no; nothing is noted then.
    """
    newest = newest_set(desk)
    if newest is None:
        raise RuleError(
            "Belum ada cadangan yang dapat diuji. Tidak ada yang berubah; buat cadangan dahulu."
        )
    began, now = perf_counter(), desk.clock()
    folder = Place(desk.place.backups / TRIAL, "test")
    number, said = "", ""
    try:
        with counter_first():
            number = _tried(desk, newest, folder, now, Gauge(progress, 0, 95))
    except DeskError as error:
        said = str(error)
    finally:
        shutil.rmtree(folder.root, ignore_errors=True)
    result = DrillResult(not said, now, perf_counter() - began, newest.name, number, said)
    told = {"set": result.name, "ok": result.ok, "seconds": round(result.seconds)}
    desk.call(note_drill, uuid4().hex, told)
    note_state(desk.place, "drill", {"at": stamp(now), "ok": result.ok, "said": said})
    Gauge(progress).done()
    return result


@command
def note_drill(work: UnitOfWork, op_id: str, told: dict[str, object]) -> None:
    """Write how a drill went into the chain."""
    role = work.require(*STAFF)
    work.close_event(work.link(), op_id, DRILLED, role, payload=told)


def _tried(desk: Desk, newest: SetInfo, folder: Place, now: datetime, gauge: Gauge) -> str:
    """Restore, check, give a number in the copy, check again; give the letter number."""
    shutil.rmtree(folder.root, ignore_errors=True)  # of a drill that was killed
    plan = plan_restore(folder, newest.path, now=now, progress=_part(gauge, 0, 40))
    sets = Vault(desk.place.backups).sealed()
    lost = next((seal.lost for seal in sets if seal.name == newest.name), 0)
    carry_out(
        folder,
        plan,
        Restorer(desk.user.id, desk.user.name, "akun"),
        accept_missing=len(plan.missing_papers) <= lost,  # told when the backup was made
        now=now,
        link=True,
        progress=_part(gauge, 40, 85),
    )
    store = Store(folder.current_database)
    try:
        number = _number_given(store, desk, now)
    finally:
        store.close()
    gauge.tell(0.9)
    whole = not plan.missing_papers  # those that lie here were read again just now
    if audit(folder.current_database, folder.documents, files=whole).findings:
        raise MachineError("Salinan yang dipulihkan tidak lulus pemeriksaan.")
    gauge.tell(1)
    return number


def _number_given(store: Store, desk: Desk, now: datetime) -> str:
    """Let the copy set the next number aside and write the letter number it yields."""
    with store.writing() as session:
        work = UnitOfWork(session, desk.user, now, desk.practice)
        service = next(s for s in SERVICES.values() if s.writes_letter)
        series = series_of(work, service, "", work.today.year)
        period = str(work.today.year)
        coming = coming_number(session, series, period)
        link = Link(session, now)
        first, _ = take_block(session, link, series, period, 1, RESERVED, "uji pulih")
        if first != coming:
            raise MachineError("Salinan yang dipulihkan memberi nomor yang tidak berurutan.")
        work.close_event(link, uuid4().hex, DRILLED, Role.ADMIN)
        return compose_letter_number(work, service, first, work.today, "")


def _part(gauge: Gauge, first: float, last: float) -> Progress | None:
    if gauge.progress is None:
        return None
    stretch = gauge.stretch(first, last)

    def told(percent: int) -> bool:
        stretch.tell(percent, 100)
        return True

    return told
