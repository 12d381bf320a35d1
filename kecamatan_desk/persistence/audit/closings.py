"""Closings against the lines they stated, and anchors from paper against the chain."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, select

from kecamatan_desk.domain.anchors import Anchor, AnchorVerdict, judge
from kecamatan_desk.persistence.audit.reading import EVENT, Audit, fetched
from kecamatan_desk.persistence.tables import BookActRecord, LineRecord, LineStatusRecord, table_of

_ACT, _LINE, _STATUS = map(table_of, (BookActRecord, LineRecord, LineStatusRecord))
_CLOSINGS = ("tutup", "tutup-hari")
_OPENED_AGAIN = "buka-kembali"
#: Ends of a line -> what the closing counts them as.
_COUNTED = {"diserahkan": "done", "batal": "void", "ditolak": "refused", "ditutup": "closed"}
_FIGURES = ("numbers", "inserted", *_COUNTED.values())


def check_closings(audit: Audit) -> None:
    """Count the lines of every closing again, and look for lines written into a closed book."""
    with audit.reading() as connection:
        acts = fetched(
            connection,
            select(_ACT)
            .where(
                _ACT.c.id <= audit.newest["book_act"],
                _ACT.c.kind.in_((*_CLOSINGS, _OPENED_AGAIN)),
            )
            .order_by(_ACT.c.id),
        )
    for place, act in enumerate(acts):
        if act.kind == _OPENED_AGAIN:
            continue
        audit.count("penutupan")
        with audit.reading() as connection:
            _check_head(audit, connection, act)
            _check_counts(audit, connection, act)
            if act.kind == "tutup":
                _check_nothing_since(audit, connection, act, acts[place + 1 :])


def _check_head(audit: Audit, connection: Connection, act: Any) -> None:
    """The chain stated is the one before the closing's own event."""
    found = connection.scalar(select(EVENT.c.hash).where(EVENT.c.seq == act.head_seq))
    if act.head_seq != act.event_seq - 1 or found != act.head_hash:
        audit.found(
            "penutupan", "book_act", act.id, f"Sidik rantai pada penutupan {act.period} berbeda."
        )


def _check_counts(audit: Audit, connection: Connection, act: Any) -> None:
    stated = _stated(act)
    if stated is None:
        audit.found("penutupan", "book_act", act.id, "Isi penutupan ini tidak terbaca.")
        return
    figures, mark = stated
    counted = _counted(connection, str(act.period), *mark)
    for series in sorted({*figures, *counted}):
        if figures.get(series) != counted.get(series):
            audit.found(
                "penutupan",
                "book_act",
                act.id,
                f"Angka penutupan {act.period} untuk {series} tidak sesuai dengan baris bukunya.",
            )


def _stated(act: Any) -> tuple[dict[str, dict[str, Any]], tuple[int, int]] | None:
    """Give what a closing states by series, and the newest line and status it has seen."""
    try:
        facts = json.loads(act.facts)
        line, status, _ = facts["mark"]
        names = ("first", "last", *_FIGURES)
        figures = {one["series"]: {name: one[name] for name in names} for one in facts["series"]}
        return figures, (int(line), int(status))
    except (ValueError, KeyError, TypeError):
        return None


def _counted(
    connection: Connection, period: str, line: int, status: int
) -> dict[str, dict[str, Any]]:
    """Count the lines dated in a period as they stood at a mark, by series."""
    newest = (  # line by line along its index: an office has hundreds of thousands
        select(func.max(_STATUS.c.id))
        .where(
            _STATUS.c.line_id == _LINE.c.id,
            _STATUS.c.id <= status,
            _STATUS.c.kind.in_(_COUNTED),
        )
        .correlate(_LINE)
        .scalar_subquery()
    )
    ends = _STATUS.alias()
    rows = fetched(
        connection,
        select(
            _LINE.c.series,
            _LINE.c.suffix != "",
            ends.c.kind,
            func.count(),
            func.min(_LINE.c.number),
            func.max(_LINE.c.number),
        )
        .select_from(_LINE)
        .outerjoin(ends, ends.c.id == newest)
        .where(
            _LINE.c.id <= line,
            _LINE.c.period == period[:4],
            _LINE.c.day.between(period, period + "~"),
        )
        .group_by(_LINE.c.series, _LINE.c.suffix != "", ends.c.kind),
    )
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        _add(found, *tuple[Any, ...](row))
    return {series: _written(own) for series, own in found.items()}


def _add(
    found: dict[str, dict[str, Any]],
    series: str,
    inserted: int,
    kind: str | None,
    count: int,
    first: int,
    last: int,
) -> None:
    own = found.setdefault(series, {"span": [], **dict.fromkeys(_FIGURES, 0)})
    own["inserted" if inserted else "numbers"] += count
    if not inserted:
        own["span"] += [first, last]
    if kind is not None:
        own[_COUNTED[kind]] += count


def _written(own: Mapping[str, Any]) -> dict[str, Any]:
    span = own["span"]
    ends = (f"{min(span):03d}", f"{max(span):03d}") if span else ("", "")
    return {"first": ends[0], "last": ends[1], **{name: own[name] for name in _FIGURES}}


def _check_nothing_since(
    audit: Audit, connection: Connection, act: Any, later: Sequence[Any]
) -> None:
    """See that no line was written into a closed book before it was opened again, if it was."""
    period = str(act.period)
    until = next(
        (
            one.event_seq
            for one in later
            if one.kind == _OPENED_AGAIN and str(one.period).startswith(period[:7])
        ),
        None,
    )
    since = and_(
        _LINE.c.event_seq > act.event_seq,
        _LINE.c.period == period[:4],
        _LINE.c.day.between(period, period + "~"),  # "2026-05" and all its days
        _LINE.c.id <= audit.newest["register_line"],
    )
    if until is not None:
        since = and_(since, _LINE.c.event_seq < until)
    for row in fetched(connection, select(_LINE.c.id).where(since).order_by(_LINE.c.id)):
        audit.found("penutupan", "register_line", row.id, f"Ditulis sesudah buku {period} ditutup.")


def check_anchors(audit: Audit, anchors: Sequence[Anchor]) -> None:
    """Compare anchors typed from paper with the chain as it is now."""
    with audit.reading() as connection:
        audit.verdicts = compare_anchors(connection, anchors)


def compare_anchors(connection: Connection, anchors: Sequence[Anchor]) -> tuple[AnchorVerdict, ...]:
    """Give what each anchor says of the chain."""
    newest = connection.scalar(select(func.max(EVENT.c.seq))) or 0
    return tuple(_compared(connection, anchor, newest) for anchor in anchors)


def _compared(connection: Connection, anchor: Anchor, newest: int) -> AnchorVerdict:
    found = connection.scalar(select(EVENT.c.hash).where(EVENT.c.seq == anchor.seq))
    owner = None
    if not isinstance(found, str) or not found.startswith(anchor.head):
        same = func.substr(EVENT.c.hash, 1, len(anchor.head)) == anchor.head
        owner = connection.scalar(select(EVENT.c.seq).where(same).limit(1))
    return judge(anchor, newest, found if isinstance(found, str) else None, owner)
