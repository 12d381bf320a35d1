"""The office's event chain: canonical text, row hashes, appending.

h = SHA-256("kec-ev-v1" 0 prev canonical-JSON of all columns but prev and hash). Archive rows carry
a random salt; their salted hash stands in the payload of their event, so that a row, once erased
by law, leaves the chain whole. Payloads hold no data of applicants.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import CursorResult, Insert, Table, insert, select
from sqlalchemy.orm import Session

from kecamatan_desk.persistence.tables import Base, EventRecord, table_of
from kecamatan_desk.persistence.types import stamp

#: Where a session keeps the hash of its last event: the chain's head when it commits.
HEAD = "head"

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
GENESIS = "0" * 64

# Made once: putting a statement together costs more than running it.
_EVENT = table_of(EventRecord)
_LAST_EVENT = select(_EVENT.c.seq, _EVENT.c.hash).order_by(_EVENT.c.seq.desc()).limit(1)


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


def canonical(value: Any) -> str:
    """Write a value as canonical JSON: sorted keys, no blanks, one spelling per value.

    Texts were composed (NFC) when they were typed; composing them here again would let a change
    of form alone go unseen.
    """
    return _ENCODER.encode(value)


def event_hash(prev: str, columns: Mapping[str, Any]) -> str:
    """Give the hash of one link. ``columns``: every column of the row but prev and hash."""
    body = b"kec-ev-v1\0" + prev.encode() + canonical(columns).encode()
    return hashlib.sha256(body).hexdigest()


def row_hash(table: str, columns: Mapping[str, Any]) -> str:
    """Give the hash of one archive row over all its columns, salt included."""
    body = b"kec-row-v1\0" + table.encode() + b"\0" + canonical(columns).encode()
    return hashlib.sha256(body).hexdigest()


def scan_hash(salt: str, sha256: str) -> str:
    """Give what an event tells of a scan: nothing that points to it once the salt is erased."""
    return row_hash("attachment", {"salt": salt, "sha256": sha256})


class Link:
    """One event in the making: archive rows are added to it, then it is closed into the chain.

    Used inside one writing transaction, which holds the write lock: the sequence number is
    known before the event is written.
    """

    def __init__(self, session: Session, at: datetime) -> None:
        self._session = session
        self._at = stamp(at)
        last = session.execute(_LAST_EVENT).first()
        self.seq = last[0] + 1 if last else 1
        self._prev = last[1] if last else GENESIS
        self._rows: dict[str, str] = {}

    def add(self, record: type[Base], **columns: Any) -> int:
        """Insert an archive row, bind its hash to this event, and give its id."""
        table = table_of(record)
        row = {**columns, "event_seq": self.seq, "salt": secrets.token_hex(16)}
        written = self._session.execute(_insert(table), row)
        row_id = cast("CursorResult[Any]", written).lastrowid  # one above the newest
        self._rows[f"{table.name}:{row_id}"] = row_hash(table.name, {"id": row_id, **row})
        return row_id

    def close(
        self,
        *,
        op_id: str,
        act: str,
        request_id: int | None,
        user_id: int,
        user_name: str,
        role: str,
        step: str | None = None,
        next_step: str | None = None,
        status: str | None = None,
        payload: Mapping[str, Any] | None = None,
    ) -> int:
        """Write the event and give its sequence number."""
        body = dict(payload or {})
        if self._rows:
            body["rows"] = self._rows
        columns: dict[str, Any] = {
            "seq": self.seq,
            "at": self._at,
            "op_id": op_id,
            "act": act,
            "request_id": request_id,
            "user_id": user_id,
            "user_name": user_name,
            "role": role,
            "step": step,
            "next_step": next_step,
            "status": status,
            "payload": canonical(body),
        }
        digest = event_hash(self._prev, columns)
        self._session.execute(_insert(_EVENT), {**columns, "prev": self._prev, "hash": digest})
        self._session.info[HEAD] = digest
        return self.seq
