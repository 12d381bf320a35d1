"""What a restore would do: a backup is unpacked beside the data, proved, and compared with them.

`plan_restore` says what the backup holds and what would be missing; `discard` forgets it. Both run
under the place's lock and, where an office was open in the place, after it was closed.
"""

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from kecamatan_desk.domain.progress import Gauge, Progress
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.audit import audit
from kecamatan_desk.persistence.audit.plain import PlainProof
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.generations import DATABASE, begin_generation, need_room
from kecamatan_desk.persistence.numbers import FILES, MINUTES, QUEUE
from kecamatan_desk.persistence.rereading import hash_on_disk
from kecamatan_desk.persistence.schema import HEAD, bring_up_to_date, refuse_newer
from kecamatan_desk.persistence.tables import EventRecord
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.persistence.vault import sha_of
from kecamatan_desk.usecases.backup_making import Facts, disk_told, facts_of
from kecamatan_desk.usecases.backup_values import UnsoundError
from kecamatan_desk.usecases.lost_inserted import missing_in
from kecamatan_desk.usecases.restore_places import refuse_other_kind
from kecamatan_desk.usecases.restore_sources import (
    LeftBehind,
    Source,
    Unpacked,
    find_source,
    inserted_on_paper,
    is_good,
    journals,
    left_behind,
    papers_at,
    unpack,
)
from kecamatan_desk.usecases.restore_values import History, RestorePlan, SeriesGap
from kecamatan_desk.usecases.series import series_label

NOT_RESTORED = "Cadangan ini tidak dipulihkan"
_ROOM = 2.5  # times what is unpacked: the database, and a copy brought up to date


def plan_restore(
    place: Place,
    path: Path,
    *,
    now: datetime,
    secret: str = "",
    progress: Progress | None = None,
) -> RestorePlan:
    """Unpack and prove a backup beside the current data, and say what it would bring back.

    ``path``: a set, a vault's folder (its newest set), or a copied data directory.

    Raises:
        InputError: the recovery key is missing, mistyped, or another one.
        RuleError: practice into office, office into practice, or another office's backup.
        MachineError: the file is none of ours, damaged, of a newer program; or no room.
        Cancelled: progress said no. Nothing is left of it after any of these.
    """
    gauge = Gauge(progress)
    source = find_source(path, now)
    fresh = not place.root.exists()
    with disk_told(place.root):
        place.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    stage: Path | None = None
    try:
        with disk_told(place.root):
            need_room(place.root, int(_size(source) * _ROOM))
            stage = begin_generation(place)
            unpacked = unpack(source, stage, secret, gauge.stretch(0, 50))
            return _planned(place, source, stage, unpacked, now, secret, gauge.stretch(50, 100))
    except BaseException:
        clear_stage(place, stage, fresh=fresh)
        raise


def discard(place: Place, plan: RestorePlan) -> None:
    """Forget a plan; a directory made for it alone goes too."""
    clear_stage(place, plan.stage, fresh=True)


def clear_stage(place: Place, stage: Path | None, *, fresh: bool) -> None:
    """Remove what was unpacked; ``fresh``: also a directory that holds nothing else."""
    if stage is not None:
        shutil.rmtree(stage, ignore_errors=True)
    if fresh and place.root.is_dir() and {p.name for p in place.root.iterdir()} <= {"lock"}:
        shutil.rmtree(place.root, ignore_errors=True)


def _size(source: Source) -> int:
    if source.copied is not None:
        return source.copied.current_database.stat().st_size
    return source.path.stat().st_size * 4  # a zip, compressed


def _planned(
    place: Place,
    source: Source,
    stage: Path,
    unpacked: Unpacked,
    now: datetime,
    secret: str,
    gauge: Gauge,
) -> RestorePlan:
    database = stage / DATABASE
    facts = facts_of(database)
    refuse_other_kind(place, facts)
    _refuse_newer(database, facts)
    before = PlainProof(database)
    if before.findings:
        raise UnsoundError(tuple(before.findings), NOT_RESTORED)
    gauge.tell(0.3)
    upgraded = _brought_up(database, facts)
    gauge.tell(0.5)
    found = audit(database, stage, files=False)
    if found.findings:
        raise UnsoundError(tuple(found.findings), NOT_RESTORED)
    gauge.tell(0.9)
    behind = left_behind(place.current_database, before.seq) if place.exists else None
    return RestorePlan(
        source=source.path,
        stage=stage,
        name=source.path.name,
        made_at=datetime.fromisoformat(unpacked.made_at) if unpacked.made_at else _newest(database),
        now=now.astimezone(UTC),
        reason=unpacked.reason,
        kind=facts.kind,
        office=facts.office,
        office_name=facts.name,
        zone=facts.zone,
        program=unpacked.program,
        schema=facts.schema,
        upgraded=upgraded,
        seq=before.seq,
        head=before.head,
        encrypted=source.encrypted,
        sealed=unpacked.verified,
        history=_history(place, behind, before),
        old_seq=behind.seq if behind else None,
        old_head=behind.head if behind else "",
        series=_gaps(place, source, facts, before, behind, now),
        papers=unpacked.papers,
        missing_papers=_missing(place, source, unpacked.papers, secret),
        inserted=missing_in(database, inserted_on_paper(place, source, before.seq)),
    )


def _refuse_newer(database: Path, facts: Facts) -> None:
    if facts.schema > HEAD:
        store = Store(database)
        try:
            refuse_newer(store, facts.schema)
        finally:
            store.close()


def _brought_up(database: Path, facts: Facts) -> bool:
    """Upgrade the unpacked copy of an older schema."""
    if facts.schema == HEAD:
        return False
    store = Store(database)
    try:
        bring_up_to_date(store)
    finally:
        store.close()
    return True


def _history(place: Place, behind: LeftBehind | None, proof: PlainProof) -> History:
    if not place.exists:
        return "kosong"
    if behind is None or not behind.whole:
        return "rusak"
    return "lanjut" if behind.at_seq == proof.head else "lain"


def _newest(database: Path) -> datetime:
    store = Store(database)
    try:
        with store.reading() as session:
            at = session.scalar(select(EventRecord.at).order_by(EventRecord.seq.desc()).limit(1))
            return moment(at) if at else datetime.fromtimestamp(0, UTC)
    finally:
        store.close()


def _gaps(
    place: Place,
    source: Source,
    facts: Facts,
    proof: PlainProof,
    behind: LeftBehind | None,
    now: datetime,
) -> tuple[SeriesGap, ...]:
    """List what each series has in the backup and on paper, those first that are asked for."""
    noted = journals(place, source).highest
    here = behind.counters if behind else {}
    today = now.astimezone(ZoneInfo(facts.zone)).date()
    counters = {key: last for key, (last, _) in proof.series.items()}
    keys = {*counters, *noted, *here}
    year = str(today.year)
    keys |= {(series, year) for series, _ in counters if series != QUEUE}  # the new year's book
    keys.add((QUEUE, today.isoformat()))
    years = {year, max((period[:4] for _, period in counters), default=year)}
    gaps = [
        SeriesGap(
            series=series,
            period=period,
            label=series_label(series),
            in_set=counters.get((series, period), 0),
            in_journal=noted.get((series, period)),
            in_damaged=here.get((series, period)),
            ask=period == today.isoformat() if series == QUEUE else period in years,
        )
        for series, period in keys
    ]
    shown = [gap for gap in gaps if gap.ask or gap.missing > 0]
    return tuple(sorted(shown, key=lambda gap: (not gap.ask, *_order(gap))))


def _order(gap: SeriesGap) -> tuple[int, str, str]:
    """Books first, then what else is counted; by period and name."""
    rank = {MINUTES: 1, FILES: 2, QUEUE: 3}.get(gap.series, 0)
    return rank, gap.period, gap.label


def _missing(place: Place, source: Source, papers: Iterable[str], secret: str) -> tuple[str, ...]:
    """Name the papers that are whole neither in the backup nor here."""
    lying = papers_at(source, secret)
    return tuple(
        name
        for name in papers
        if not is_here(place.root / name)
        and not ((found := lying.get(sha_of(name))) and is_good(source, found, sha_of(name)))
    )


def is_here(paper: Path) -> bool:
    """Tell whether a paper lies here, unchanged."""
    return paper.is_file() and hash_on_disk(paper) == sha_of(paper.as_posix())
