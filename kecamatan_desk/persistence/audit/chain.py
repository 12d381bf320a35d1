"""The event chain, and every archive row against the hash its event announced."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, func, select

from kecamatan_desk.persistence.audit.reading import BOUND, EVENT, Audit, fetched
from kecamatan_desk.persistence.chain import GENESIS, event_hash, row_hash

_EVENTS = select(EVENT)
_NAMES = EVENT.columns.keys()


def check_chain(audit: Audit) -> None:
    """Compute every link again over all its columns; compare the rows it announces."""
    expected, prev = 1, GENESIS
    for connection, events in audit.chunks(_EVENTS.where(EVENT.c.seq <= audit.head), EVENT.c.seq):
        announced: dict[str, dict[int, tuple[str, int]]] = {}
        for row in events:
            columns = dict(zip(_NAMES, row, strict=True))
            if row.seq != expected:
                audit.found(
                    "rantai",
                    "event",
                    expected,
                    f"Peristiwa {expected} sampai {row.seq - 1} hilang.",
                )
            _check_link(audit, columns, prev)
            for table, row_id, digest in _announced(columns["payload"]):
                announced.setdefault(table, {})[row_id] = (digest, row.seq)
            expected, prev = row.seq + 1, str(row.hash)
        audit.count("event", len(events))
        for table, rows in announced.items():
            _check_rows(audit, connection, table, rows)


def check_archive(audit: Audit) -> None:
    """Find archive rows that no event announces; look closer only when the counts differ."""
    for name, table in BOUND.items():
        known = table.c.id <= audit.newest[name]
        with audit.reading() as connection:
            total = connection.scalar(select(func.count()).select_from(table).where(known)) or 0
        audit.count(name, total)
        if total == audit.announced.get(name, 0):
            continue
        rows = select(table.c.id, table.c.event_seq).where(known)
        for connection, chunk in audit.chunks(rows, table.c.id):
            _name_unannounced(audit, connection, name, {row.id: row.event_seq for row in chunk})


def _check_link(audit: Audit, columns: dict[str, Any], prev: str) -> None:
    seq, found_prev, found = columns["seq"], columns.pop("prev"), columns.pop("hash")
    if found_prev != prev:
        audit.found("rantai", "event", seq, "Tidak menyambung pada peristiwa sebelumnya.")
    if _digest(event_hash, prev, columns) != found and (
        _digest(event_hash, found_prev, columns) != found
    ):
        audit.found("rantai", "event", seq, "Isi peristiwa tidak sesuai dengan sidiknya.")


def _check_rows(
    audit: Audit, connection: Connection, name: str, announced: Mapping[int, tuple[str, int]]
) -> None:
    table = BOUND.get(name)
    if table is None:
        audit.found("rantai", name, "", "Peristiwa menyebut tabel yang tidak dikenal.")
        return
    names = table.columns.keys()
    ids = list(announced)
    found: dict[int, Row[Any]] = {}
    for start in range(0, len(ids), 500):
        page = select(table).where(table.c.id.in_(ids[start : start + 500]))
        found.update({row.id: row for row in fetched(connection, page)})
    audit.announced[name] = audit.announced.get(name, 0) + len(found)
    for row_id, (digest, seq) in announced.items():
        row = found.get(row_id)
        if row is None:
            audit.found("arsip", name, row_id, f"Baris yang ditulis peristiwa {seq} hilang.")
        elif (
            row.event_seq != seq
            or _digest(row_hash, name, dict(zip(names, row, strict=True))) != digest
        ):
            audit.found("arsip", name, row_id, f"Isi baris berubah sejak peristiwa {seq}.")


def _name_unannounced(
    audit: Audit, connection: Connection, name: str, events: Mapping[int, int]
) -> None:
    payloads = fetched(
        connection,
        select(EVENT.c.seq, EVENT.c.payload).where(EVENT.c.seq.in_(set(events.values()))),
    )
    announced = {
        (event.seq, row_id)
        for event in payloads
        for table, row_id, _ in _announced(event.payload)
        if table == name
    }
    for row_id, seq in events.items():
        if (seq, row_id) not in announced:
            audit.found("arsip", name, row_id, "Tidak ada peristiwa yang menulis baris ini.")


def _announced(payload: object) -> list[tuple[str, int, str]]:
    """Give (table, id, hash) of the rows a payload announces; nothing from a damaged one."""
    if not isinstance(payload, str) or '"rows"' not in payload:
        return []
    try:
        rows = json.loads(payload)["rows"]
        return [(*_parted(key), str(digest)) for key, digest in rows.items()]
    except (ValueError, KeyError, TypeError, AttributeError):
        return []  # its hash tells that it is damaged


def _parted(key: str) -> tuple[str, int]:
    table, _, row_id = key.rpartition(":")
    return table, int(row_id)


def _digest(hashing: Any, first: Any, columns: dict[str, Any]) -> str | None:
    """Give the hash of a row, or None when it holds what no row of ours ever held."""
    try:
        digest: str = hashing(first, columns)
    except (TypeError, ValueError, AttributeError):
        return None
    return digest
