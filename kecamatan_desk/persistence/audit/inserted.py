"""Inserted numbers: base there, letters in turn, agreed to; and every agreement made use of once.

Whoever writes a line between others past the program has no agreement to show for it.
"""

import json
from typing import Any

from sqlalchemy import Row, and_, select

from kecamatan_desk.domain.numbering import SUFFIXES
from kecamatan_desk.persistence.audit.reading import EVENT, Audit, fetched
from kecamatan_desk.persistence.tables import (
    BlockRecord,
    BookActRecord,
    IssueRecord,
    LineRecord,
    ProposalRecord,
    table_of,
)

_LINE, _ISSUE, _BLOCK = map(table_of, (LineRecord, IssueRecord, BlockRecord))
_PROPOSAL, _ACT = table_of(ProposalRecord), table_of(BookActRecord)
_LOST = "sisipan-hilang"
_USED = "dipakai"


def check_inserted(audit: Audit) -> None:
    """See that every inserted number stands behind a number that was given, in turn, agreed to."""
    known = _LINE.c.id <= audit.newest["register_line"]
    with audit.reading() as connection:
        lines = fetched(
            connection,
            select(_LINE, EVENT.c.payload)
            .outerjoin(EVENT, EVENT.c.seq == _LINE.c.event_seq)
            .where(_LINE.c.suffix != "", known)
            .order_by(_LINE.c.series, _LINE.c.period, _LINE.c.number, _LINE.c.suffix),
        )
        audit.count("nomor sisipan", len(lines))
        lost = _lost(audit, connection)
        known_here = set(lost)  # letters lost with a disk have no line until one is written again
        known_here |= {(line.series, line.period, line.number, line.suffix) for line in lines}
        for line in lines:
            place = (line.series, line.period, line.number)
            if line.suffix not in SUFFIXES or any(
                (*place, before) not in known_here
                for before in SUFFIXES[: SUFFIXES.index(line.suffix)]
            ):
                _found(audit, line, "Huruf sisipannya tidak berurutan.")
            if line.number and not _is_given(connection, line):
                _found(audit, line, "Nomor sebelum sisipan ini tidak pernah diberi.")
            again = lost.get((*place, line.suffix), line.event_seq) < line.event_seq
            if not again and not _is_agreed(connection, line):
                _found(audit, line, "Sisipan ini tidak mempunyai persetujuan.")


def _lost(audit: Audit, connection: Any) -> dict[tuple[Any, ...], int]:
    """Give the inserted numbers a restore has marked as used on paper, by the event that did."""
    acts = select(_ACT.c.period, _ACT.c.facts, _ACT.c.event_seq).where(
        _ACT.c.kind == _LOST, _ACT.c.id <= audit.newest["book_act"]
    )
    found: dict[tuple[Any, ...], int] = {}
    for act in fetched(connection, acts):
        try:
            told = json.loads(act.facts)
            found[told["series"], act.period, told["number"], told["suffix"]] = act.event_seq
        except (ValueError, KeyError, TypeError):
            continue  # its hash tells that it is damaged
    return found


def check_agreements(audit: Audit) -> None:
    """See that whatever was agreed to was agreed to by another, and made use of by one event."""
    wanted = select(_PROPOSAL.c.id, _PROPOSAL.c.proposed_by, _PROPOSAL.c.decided_by)
    with audit.reading() as connection:
        used = fetched(connection, wanted.where(_PROPOSAL.c.state == _USED))
    audit.count("persetujuan", len(used))
    told = _uses(audit)  # read afterwards: an agreement made use of meanwhile is not missed
    for row in used:
        if row.decided_by is None or row.decided_by == row.proposed_by:
            audit.found("persetujuan", "proposal", row.id, "Tidak disetujui orang kedua.")
        elif told.get(row.id) != [row.decided_by]:
            audit.found("persetujuan", "proposal", row.id, "Tidak ada peristiwa yang memakainya.")


def _uses(audit: Audit) -> dict[int, list[int]]:
    """Give by proposal who agreed to it, as told by every event that made use of it."""
    events = select(EVENT.c.seq, EVENT.c.payload).where(EVENT.c.payload.contains('"agreed_by":'))
    found: dict[int, list[int]] = {}
    for _, chunk in audit.chunks(events, EVENT.c.seq):
        for event in chunk:
            try:
                payload = json.loads(event.payload)
                used = payload.get("override", payload)
                found.setdefault(int(used["proposal"]), []).append(int(used["agreed_by"]))
            except (ValueError, KeyError, TypeError, AttributeError):
                continue  # its hash tells that it is damaged
    return found


def _is_given(connection: Any, line: Row[Any]) -> bool:
    """Tell whether the base of an inserted number was issued, or lies in a block set aside."""
    same = (line.series, line.period)
    issued = select(_ISSUE.c.id).where(
        _ISSUE.c.series == same[0], _ISSUE.c.period == same[1], _ISSUE.c.number == line.number
    )
    block = select(_BLOCK.c.id).where(
        and_(_BLOCK.c.series == same[0], _BLOCK.c.period == same[1]),
        _BLOCK.c.first <= line.number,
        _BLOCK.c.last >= line.number,
    )
    return any(connection.execute(one.limit(1)).first() is not None for one in (issued, block))


def _is_agreed(connection: Any, line: Row[Any]) -> bool:
    """Tell whether the event that wrote an inserted line made use of an agreement for its file."""
    try:
        proposal = json.loads(line.payload)["proposal"]
    except (ValueError, KeyError, TypeError):
        return False
    agreed = select(_PROPOSAL.c.id).where(
        _PROPOSAL.c.id == proposal,
        _PROPOSAL.c.kind == "sisipan",
        _PROPOSAL.c.state == _USED,
        _PROPOSAL.c.request_id == line.request_id,
    )
    return connection.execute(agreed).first() is not None


def _found(audit: Audit, line: Row[Any], message: str) -> None:
    audit.found("nomor", "register_line", line.id, message)
