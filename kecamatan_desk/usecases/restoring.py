"""Restoring a backup into a new generation, so that no number on paper is ever given again.

`carry_out` makes a planned backup (`restore_planning`) the current generation, under the place's
lock. The old generation stays as it was. Killed anywhere the place is old or new (reliability 3.7).
"""

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import DeskError, InputError, MachineError, RuleError
from kecamatan_desk.domain.progress import Gauge, Progress
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.audit import audit
from kecamatan_desk.persistence.chain import HEAD as CHAIN_HEAD
from kecamatan_desk.persistence.chain import Link
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.files import sync_folder
from kecamatan_desk.persistence.generations import (
    DATABASE,
    keep_generation,
    make_folders,
    mark_replaced,
    point_to,
    set_old_ones_aside,
)
from kecamatan_desk.persistence.journal import Highest, Inserted, NumberJournal, Spent
from kecamatan_desk.persistence.manifest import rows_naming
from kecamatan_desk.persistence.numbers import take_block
from kecamatan_desk.persistence.tables import CounterRecord
from kecamatan_desk.persistence.vault import sha_of
from kecamatan_desk.usecases.backup_making import disk_told, make_set
from kecamatan_desk.usecases.backup_values import BEFORE_RESTORE, UnsoundError
from kecamatan_desk.usecases.blocks import LOST
from kecamatan_desk.usecases.entrance_values import RESTORED
from kecamatan_desk.usecases.lost_inserted import LostInserted, mark_lost
from kecamatan_desk.usecases.restore_planning import NOT_RESTORED, is_here
from kecamatan_desk.usecases.restore_sources import (
    Source,
    fetch,
    find_source,
    inserted_on_paper,
    journals,
    left_behind,
    papers_at,
)
from kecamatan_desk.usecases.restore_values import (
    LostBlock,
    Restored,
    RestorePlan,
    Restorer,
)
from kecamatan_desk.usecases.series import series_label
from kecamatan_desk.usecases.taking_back import taken_back

_log = logging.getLogger(__name__)

#: Further above everything known than this, a number typed from the book is a slip of the hand.
MOST_ABOVE = 5_000
_REASON = "Terpakai di kertas, datanya hilang sebelum pemulihan; isi ulang dari arsip kertas"


def carry_out(
    place: Place,
    plan: RestorePlan,
    by: Restorer,
    *,
    answers: Mapping[str, int] | None = None,
    secret: str = "",
    accept_missing: bool = False,
    link: bool = False,
    now: datetime,
    progress: Progress | None = None,
) -> Restored:
    """Make a planned backup the current generation.

    ``answers``: the last number in the paper book by ``SeriesGap.key``. Numbers known to be on
    paper, from there, from the journal or from the old data, become blocks that are never given
    again. ``accept_missing``: go on although papers are lost. ``link``: share the papers of an open
    vault on the same disk instead of copying them, for a trial.

    Raises:
        InputError: an answer that cannot be, by its key as field.
        RuleError: papers are missing and nobody said that it may go on.
        MachineError: the disk refuses, or the result does not pass the check.
        Cancelled: progress said no. The old generation is current after any of these.
    """
    gauge = Gauge(progress)
    source = find_source(plan.source)
    lost = _to_bridge(place, source, plan, answers or {})
    inserted = inserted_on_paper(place, source, plan.seq)
    if plan.missing_papers and not accept_missing:
        raise RuleError(
            f"{len(plan.missing_papers)} surat tidak ada dalam cadangan dan tidak ada di sini. "
            "Tidak ada yang berubah; colokkan cakram dengan folder cadangan yang lengkap, atau "
            "lanjutkan tanpa surat itu."
        )
    with disk_told(place.root), taken_back(place, plan.stage) as begun:
        _back_up_first(place, now, gauge.stretch(0, 15))
        make_folders(place)
        fetching = gauge.stretch(15, 60)
        for paper in _fetched_papers(place, source, plan, secret, link, fetching):
            begun.papers.append(paper)
        blocks, gone, seq, head = _write_event(place, plan, by, lost, inserted, now)
        gauge.tell(0.65)
        missing = _prove(place, plan)
        gauge.tell(0.95)
        old = place.current_database.parent if place.exists else None
        begun.kept = plan.stage.name.removesuffix(".half")
        kept = keep_generation(place, plan.stage)
        point_to(place, kept.name)
    if old is not None:
        why = f"{now.isoformat()}: diganti {kept.name} dengan memulihkan {plan.name}"
        mark_replaced(old, why)
    set_old_ones_aside(place)
    given = [Spent(block.series, block.period, block.last) for block in blocks]
    given += [Spent(one.series, one.period, one.base, one.suffix) for one in gone]
    NumberJournal(place.journal).note(given, head)
    _log.info("restored into %s", kept.name)
    gauge.done()
    return Restored(kept.name, seq, head, blocks, missing, gone)


def _to_bridge(
    place: Place, source: Source, plan: RestorePlan, answers: Mapping[str, int]
) -> Highest:
    """Give the highest number on paper of every series where that is above the backup's.

    Journal and old data are read again: somebody may have worked since the plan was made.
    """
    wanted: Highest = {}
    behind = left_behind(place.current_database, plan.seq) if place.exists else None
    known = {(gap.series, gap.period): gap.known for gap in plan.series}
    for told in (journals(place, source).highest, behind.counters if behind else {}, known):
        for key, number in told.items():
            wanted[key] = max(number, wanted.get(key, 0))
    for name, number in answers.items():
        series, _, period = name.rpartition("/")
        if (series, period) not in known:
            raise InputError(f"Seri {name} tidak ada dalam cadangan ini. Periksa ejaannya.", name)
        above = wanted.get((series, period), 0)
        if not 0 <= number <= above + MOST_ABOVE:
            raise InputError(
                f"Nomor terakhir {number} untuk {series_label(series)} {period} tidak mungkin: "
                f"yang diketahui {above}. Tidak ada yang berubah; periksa bukunya, lalu ketik "
                "ulang.",
                name,
            )
        wanted[series, period] = max(above, number)
    return wanted


def _back_up_first(place: Place, now: datetime, gauge: Gauge) -> None:
    """Keep what lies here once more, as far as it passes the check; it stays in any case."""
    if not place.exists:
        return
    try:
        make_set(place, now, BEFORE_RESTORE, gauge)
    except DeskError:
        _log.warning("the data before the restore do not pass the check: no backup of them")


def _fetched_papers(
    place: Place, source: Source, plan: RestorePlan, secret: str, link: bool, gauge: Gauge
) -> Iterator[Path]:
    """Bring the papers that are missing or damaged here; what is written is proved and synced.

    Yields each that was not here before, once it is whole.
    """
    lying, missing = papers_at(source, secret), set(plan.missing_papers)
    touched: set[Path] = set()
    for done, name in enumerate(plan.papers):
        gauge.tell(done, len(plan.papers))
        target, sha256 = place.root / name, sha_of(name)
        if is_here(target):
            continue
        found = lying.get(sha256)
        if found is None or name in missing:
            continue  # told before, and accepted
        target.parent.mkdir(mode=0o700, exist_ok=True)
        half, new = target.with_name(target.name + ".half"), not target.exists()
        try:
            if not (link and _linked(found, half)):
                fetch(source, found, half, name, secret)
            half.replace(target)
        except MachineError:
            if not target.is_file():
                raise
        finally:
            half.unlink(missing_ok=True)
        touched.add(target.parent)
        if new:
            yield target
    for folder in sorted(touched):
        sync_folder(folder)
    for folder in {path.parent for path in touched}:
        sync_folder(folder)


def _linked(found: Path, half: Path) -> bool:
    if found.name.endswith(".age"):
        return False
    try:
        half.hardlink_to(found)
    except OSError:
        return False
    return True


def _write_event(
    place: Place,
    plan: RestorePlan,
    by: Restorer,
    lost: Highest,
    inserted: Inserted,
    now: datetime,
) -> tuple[tuple[LostBlock, ...], tuple[LostInserted, ...], int, str]:
    """Lay the blocks over the lost numbers and write the restore into the chain."""
    blocks: list[LostBlock] = []
    store = Store(plan.stage / DATABASE)
    try:
        with store.writing() as session:
            link = Link(session, now)
            counters = _counters(session)
            for (series, period), last in sorted(lost.items()):
                amount = last - counters.get((series, period), 0)
                if amount > 0:
                    span = take_block(session, link, series, period, amount, LOST, _REASON)
                    blocks.append(LostBlock(series, period, series_label(series), *span))
            gone = mark_lost(session, link, inserted, by.name, _REASON, now)
            payload = {
                "set": plan.name,
                "made_at": plan.made_at.isoformat(),
                "set_seq": plan.seq,
                "set_head": plan.head,
                "old_seq": plan.old_seq,
                "old_head": plan.old_head,
                "from_generation": place.current_database.parent.name if place.exists else "",
                "by": by.by,
                "blocks": [[b.series, b.period, b.first, b.last] for b in blocks],
                "lost_inserted": [[g.series, g.period, g.base, g.suffix] for g in gone],
                "missing_papers": len(plan.missing_papers),
            }
            seq = link.close(
                op_id=uuid4().hex,
                act=RESTORED,
                request_id=None,
                user_id=by.user_id,
                user_name=by.name,
                role=Role.ADMIN.value,
                payload=payload,
            )
            head = str(session.info[CHAIN_HEAD])
    finally:
        store.close()
    return tuple(blocks), gone, seq, head


def _counters(session: Session) -> Highest:
    found = session.execute(select(CounterRecord.series, CounterRecord.period, CounterRecord.last))
    return {(series, period): last for series, period, last in found}


def _prove(place: Place, plan: RestorePlan) -> int:
    """Check what is about to become current, papers too; give how many of those are lost."""
    found = audit(plan.stage / DATABASE, place.documents)
    gone = {sha_of(name) for name in plan.missing_papers}
    others = [f for f in found.findings if f.kind not in ("surat", "lampiran")]
    papers = len(found.findings) - len(others) + found.unlisted
    if others or (papers and papers > rows_naming(plan.stage / DATABASE, gone)):
        raise UnsoundError(tuple(others or found.findings), NOT_RESTORED)
    return len(gone) if papers else 0
