"""Restoring a backup into a new generation, so that no number on paper is ever given again.

`plan_restore` unpacks and proves a backup and says what it holds and what would be missing;
`carry_out` makes it the current generation; `discard` forgets it. All three run under the place's
lock and, where an office was open in the place, after it was closed. The old generation stays as it
was. Killed anywhere the place is old or new (reliability 3.7).
"""

import logging
import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import (
    DeskError,
    InputError,
    MachineError,
    NotAllowedError,
    RuleError,
)
from kecamatan_desk.domain.progress import Gauge, Progress
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place, is_practice
from kecamatan_desk.persistence.audit import audit
from kecamatan_desk.persistence.audit.plain import PlainProof
from kecamatan_desk.persistence.chain import HEAD as CHAIN_HEAD
from kecamatan_desk.persistence.chain import Link
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.files import sync_folder
from kecamatan_desk.persistence.generations import (
    DATABASE,
    begin_generation,
    keep_generation,
    make_folders,
    mark_replaced,
    need_room,
    point_to,
    set_old_ones_aside,
)
from kecamatan_desk.persistence.journal import Highest, NumberJournal
from kecamatan_desk.persistence.numbers import FILES, MINUTES, QUEUE, take_block
from kecamatan_desk.persistence.rereading import hash_on_disk
from kecamatan_desk.persistence.schema import HEAD, bring_up_to_date, refuse_newer
from kecamatan_desk.persistence.tables import CounterRecord, EventRecord, UserRecord
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.persistence.vault import Vault, sha_of
from kecamatan_desk.usecases.backup_making import Facts, disk_told, facts_of, make_set
from kecamatan_desk.usecases.backup_values import BEFORE_RESTORE, UnsoundError
from kecamatan_desk.usecases.blocks import LOST
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.passwords import load_cost, matches
from kecamatan_desk.usecases.restore_sources import (
    LeftBehind,
    Source,
    Unpacked,
    fetch,
    find_source,
    journals,
    left_behind,
    papers_at,
    unpack,
    vault_told,
)
from kecamatan_desk.usecases.restore_values import (
    History,
    LostBlock,
    Restored,
    RestorePlan,
    Restorer,
    SeriesGap,
)
from kecamatan_desk.usecases.series import series_label

_log = logging.getLogger(__name__)

RESTORED = "pulihkan"
#: Further above everything known than this, a number typed from the book is a slip of the hand.
MOST_ABOVE = 5_000
_REASON = "Terpakai di kertas, datanya hilang sebelum pemulihan; isi ulang dari arsip kertas"
_NOT_RESTORED = "Cadangan ini tidak dipulihkan"
_ROOM = 2.5


# Who may


def may_restore(work: UnitOfWork) -> Restorer:
    """Give the right of the signed-in administrator; PresenceError unless just proved."""
    work.require(Role.ADMIN)
    work.require_presence()
    return Restorer(work.user.id, work.user.name, "akun")


def by_password(plan: RestorePlan, username: str, password: str) -> Restorer:
    """Give the right of an administrator by his password in the backup itself.

    For a place whose own data cannot be opened any more. NotAllowedError when it does not fit.
    """
    store = Store(plan.stage / DATABASE)
    try:
        with store.reading() as session:
            user = session.scalars(
                select(UserRecord).where(
                    UserRecord.username == username.strip().lower(), UserRecord.active
                )
            ).first()
            secret = user.password_hash if user and Role.ADMIN.value in user.roles else None
            if user and secret and matches(secret, password, load_cost(session)):
                return Restorer(user.id, user.name, "sandi")
    finally:
        store.close()
    raise NotAllowedError(
        "Nama pengguna dan kata sandi tidak cocok dengan seorang Administrator dalam cadangan ini. "
        "Tidak ada yang berubah; pakai kata sandi yang berlaku saat cadangan dibuat.",
        "password",
    )


def by_key(plan: RestorePlan) -> Restorer:
    """Give the right of whoever holds the sealed key that has opened this backup."""
    if not plan.encrypted:
        raise NotAllowedError(
            "Cadangan ini tidak disandikan, jadi kunci pemulihan tidak membuktikan apa-apa. Tidak "
            "ada yang berubah; masuklah sebagai Administrator."
        )
    return Restorer(0, "Pemegang kunci pemulihan", "kunci")


# What a restore would do


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
    source = find_source(path)
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
        _clear(place, stage, fresh)
        raise


def discard(place: Place, plan: RestorePlan) -> None:
    """Forget a plan; a directory made for it alone goes too."""
    _clear(place, plan.stage, fresh=True)


def _clear(place: Place, stage: Path | None, fresh: bool) -> None:
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
    _refuse_other_kind(place, facts)
    _refuse_newer(database, facts)
    before = PlainProof(database)
    if before.findings:
        raise UnsoundError(tuple(before.findings), _NOT_RESTORED)
    gauge.tell(0.3)
    upgraded = _brought_up(database, facts)
    gauge.tell(0.5)
    found = audit(database, stage, files=False)
    if found.findings:
        raise UnsoundError(tuple(found.findings), _NOT_RESTORED)
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
    )


def _refuse_other_kind(place: Place, facts: Facts) -> None:
    """An office stays an office, a practice a practice, and this office this one."""
    known: tuple[str, str] | None = None
    if place.exists:
        try:
            here = facts_of(place.current_database)
            known = here.office, here.kind
        except DeskError:
            known = vault_told(Vault(place.backups))
    kind = known[1] if known else ""
    if not known and place.chosen not in ("--data", "--into", "test"):
        kind = "practice" if is_practice(place) else "office"
    if kind and kind != facts.kind:
        there = "data kantor" if facts.kind == "office" else "data latihan"
        here_is = "kantor yang sebenarnya" if kind == "office" else "latihan"
        raise RuleError(
            f"Cadangan ini {there}, sedangkan tempat ini untuk {here_is}. Tidak ada yang berubah; "
            "pilih cadangan lain."
        )
    if known and known[0] != facts.office:
        raise RuleError(
            f"Cadangan ini milik kantor lain ({facts.name or 'tanpa nama'}). Tidak ada yang "
            "berubah; pilih cadangan kantor ini, atau pulihkan ke folder data lain."
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
    if behind is None:
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
    noted = journals(place, source)
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
        name for name in papers if sha_of(name) not in lying and not _is_here(place.root / name)
    )


def _is_here(paper: Path) -> bool:
    return paper.is_file() and hash_on_disk(paper) == sha_of(paper.as_posix())


# Restoring


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
    if plan.missing_papers and not accept_missing:
        raise RuleError(
            f"{len(plan.missing_papers)} surat tidak ada dalam cadangan dan tidak ada di sini. "
            "Tidak ada yang berubah; colokkan cakram dengan folder cadangan yang lengkap, atau "
            "lanjutkan tanpa surat itu."
        )
    try:
        with disk_told(place.root):
            _back_up_first(place, now, gauge.stretch(0, 15))
            make_folders(place)
            _fetch_papers(place, source, plan, secret, link, gauge.stretch(15, 60))
            blocks, seq, head = _write_event(place, plan, by, lost, now)
            gauge.tell(0.65)
            missing = _prove(place, plan)
            gauge.tell(0.95)
            old = place.current_database.parent if place.exists else None
            kept = keep_generation(place, plan.stage)
            point_to(place, kept.name)
    except BaseException:
        _clear(place, plan.stage, fresh=False)
        raise
    if old is not None:
        why = f"{now.isoformat()}: diganti {kept.name} dengan memulihkan {plan.name}"
        mark_replaced(old, why)
    set_old_ones_aside(place)
    given = [(block.series, block.period, block.last) for block in blocks]
    NumberJournal(place.journal).note(given, head)
    _log.info("restored into %s", kept.name)
    gauge.done()
    return Restored(kept.name, seq, head, blocks, missing)


def _to_bridge(
    place: Place, source: Source, plan: RestorePlan, answers: Mapping[str, int]
) -> Highest:
    """Give the highest number on paper of every series where that is above the backup's.

    Journal and old data are read again: somebody may have worked since the plan was made.
    """
    wanted: Highest = {}
    behind = left_behind(place.current_database, plan.seq) if place.exists else None
    known = {(gap.series, gap.period): gap.known for gap in plan.series}
    for told in (journals(place, source), behind.counters if behind else {}, known):
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


def _fetch_papers(
    place: Place, source: Source, plan: RestorePlan, secret: str, link: bool, gauge: Gauge
) -> None:
    """Bring the papers that are missing or damaged here; what is written is proved and synced."""
    lying = papers_at(source, secret)
    touched: set[Path] = set()
    for done, name in enumerate(plan.papers):
        gauge.tell(done, len(plan.papers))
        target, sha256 = place.root / name, sha_of(name)
        if _is_here(target):
            continue
        found = lying.get(sha256)
        if found is None:
            continue  # told before, and accepted
        target.parent.mkdir(mode=0o700, exist_ok=True)
        half = target.with_name(target.name + ".half")
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
    place: Place, plan: RestorePlan, by: Restorer, lost: Highest, now: datetime
) -> tuple[tuple[LostBlock, ...], int, str]:
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
    return tuple(blocks), seq, head


def _counters(session: Session) -> Highest:
    found = session.execute(select(CounterRecord.series, CounterRecord.period, CounterRecord.last))
    return {(series, period): last for series, period, last in found}


def _prove(place: Place, plan: RestorePlan) -> int:
    """Check what is about to become current, papers too; give how many of those are lost."""
    found = audit(plan.stage / DATABASE, place.documents)
    gone = {sha_of(name) for name in plan.missing_papers}
    others = [f for f in found.findings if f.kind not in ("surat", "lampiran")]
    papers = len(found.findings) - len(others) + found.unlisted
    if others or papers > len(gone):
        raise UnsoundError(tuple(others or found.findings), _NOT_RESTORED)
    return papers
