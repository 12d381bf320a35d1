"""Inserted numbers (nomor sisipan) that stand on paper and whose data were lost with a disk.

A counter cannot go over them, and no block holds them: a restore writes each as an act on its
year's book. From then on the letter counts as used, and the book shows it open until somebody
writes its line from the paper archive or declares that it cannot be found. Source: reliability 3.7.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.numbering import SUFFIXES, agenda_display
from kecamatan_desk.persistence.chain import Link, canonical
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.journal import Inserted, letters_to
from kecamatan_desk.persistence.tables import BookActRecord, LineRecord, table_of
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.number_values import ReservedNumber, in_its_year
from kecamatan_desk.usecases.series import series_label

#: Kind of the act; its period is the year of the series, its facts say which place of the book.
LOST_INSERTED = "sisipan-hilang"
#: What such a number is called among those set aside: as one lost in a block.
_KIND = "pulih"

_ACT, _LINE = map(table_of, (BookActRecord, LineRecord))


@dataclass(frozen=True, slots=True)
class LostInserted:
    """An inserted number on paper without data; its letter is never given again."""

    series: str
    period: str
    base: int
    suffix: str  # .A

    @property
    def label(self) -> str:
        """The number with its series, as people call it: "SKTM 2026 nomor 012.A"."""
        return f"{series_label(self.series)} {self.period} nomor {self.agenda}"

    @property
    def agenda(self) -> str:
        """The number as the book shows it: 012.A."""
        return agenda_display(self.base, self.suffix)


# --- what a restore makes of them ----------------------------------------------------------------


def missing_in(database: Path, on_paper: Inserted) -> tuple[LostInserted, ...]:
    """List what stands on paper and is neither a line nor marked in a database beside the place."""
    store = Store(database)
    try:
        with store.reading() as session:
            return _missing(session, on_paper)
    finally:
        store.close()


def mark_lost(
    session: Session, link: Link, on_paper: Inserted, user_name: str, reason: str, now: datetime
) -> tuple[LostInserted, ...]:
    """Write an act for each that is on paper and not here, in the restore's own transaction."""
    found = _missing(session, on_paper)
    for one in found:
        told = {"series": one.series, "number": one.base, "suffix": one.suffix}
        link.add(
            BookActRecord,
            kind=LOST_INSERTED,
            period=one.period,
            facts=canonical(told),
            head_seq=0,
            head_hash="",
            sha256="",
            reason=reason,
            user_name=user_name,
            created_at=stamp(now),
        )
    return found


def _missing(session: Session, on_paper: Inserted) -> tuple[LostInserted, ...]:
    here = {(one.series, one.period, one.base, one.suffix) for one in _acts(session)}
    place = (_LINE.c.series, _LINE.c.period, _LINE.c.number, _LINE.c.suffix)
    here |= {tuple(row) for row in session.execute(select(*place).where(_LINE.c.suffix != ""))}
    return tuple(
        LostInserted(series, period, base, suffix)
        for (series, period, base), letters in sorted(on_paper.items())
        for suffix in SUFFIXES[:letters]  # none is given before the one in front of it
        if (series, period, base, suffix) not in here
    )


def united(told: Iterable[Inserted]) -> Inserted:
    """Give the most letters that any source knows behind each base."""
    found: Inserted = {}
    for one in told:
        for place, letters in one.items():
            found[place] = max(letters, found.get(place, 0))
    return found


def inserted_in(rows: Iterable[tuple[Any, ...]]) -> Inserted:
    """Give the same from rows of (series, period, number, suffix)."""
    return united(
        {(str(series), str(period), int(number)): letters_to(str(suffix))}
        for series, period, number, suffix in rows
    )


# --- what the book makes of them afterwards ------------------------------------------------------


def lost_suffixes(work: UnitOfWork, series: str, period: str, base: int) -> list[str]:
    """Give the letters behind a base that are used on paper alone, or were."""
    return [
        one.suffix
        for one in _acts(work.session, period)
        if (one.series, one.base) == (series, base)
    ]


def lost_numbers(
    work: UnitOfWork,
    period: str = "",
    series: str | None = None,
    *,
    act_id: int | None = None,
    newest_line: int | None = None,
    newest_event: int | None = None,
) -> list[ReservedNumber]:
    """Give those that have no line yet as numbers set aside; "": of every year.

    Their ``block_id`` is the act's id below zero, so that one number names one place.
    ``newest_line``, ``newest_event``: what was written later counts as not written.
    """
    wanted = [_ACT.c.kind == LOST_INSERTED]
    if period:
        wanted.append(_ACT.c.period == period)
    if act_id is not None:
        wanted.append(_ACT.c.id == act_id)
    if newest_event is not None:
        wanted.append(_ACT.c.event_seq <= newest_event)
    found = []
    for act in work.session.execute(select(_ACT).where(*wanted).order_by(_ACT.c.id)):
        one = _told(act)
        if series not in (None, one.series) or _has_line(work, one, newest_line):
            continue
        day = in_its_year(moment(act.created_at).astimezone(work.zone).date(), one.period)
        found.append(
            ReservedNumber(-act.id, one.series, one.period, one.base, _KIND, day, one.suffix)
        )
    return found


def _has_line(work: UnitOfWork, one: LostInserted, newest_line: int | None) -> bool:
    line = select(_LINE.c.id).where(
        _LINE.c.series == one.series,
        _LINE.c.period == one.period,
        _LINE.c.number == one.base,
        _LINE.c.suffix == one.suffix,
    )
    if newest_line is not None:
        line = line.where(_LINE.c.id <= newest_line)
    return work.session.execute(line).first() is not None


def _acts(session: Session, period: str = "") -> list[LostInserted]:
    wanted = select(_ACT.c.period, _ACT.c.facts).where(_ACT.c.kind == LOST_INSERTED)
    if period:
        wanted = wanted.where(_ACT.c.period == period)
    return [_told(act) for act in session.execute(wanted)]


def _told(act: Any) -> LostInserted:
    facts = json.loads(act.facts)
    return LostInserted(facts["series"], act.period, int(facts["number"]), facts["suffix"])
