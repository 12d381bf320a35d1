"""The office's key at work: signing the codes of letters, telling whether a code is its own.

The key pair is made at the first need. Its public half is an archive row (event ``kunci-baru``),
its private half a file (`persistence/keys.py`). When that file is lost or damaged, or belongs to
other data, a new pair is made; what the old one signed goes on being proved by its public half.
"""

import logging
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import select

from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.proof import SignedCode, signed_text
from kecamatan_desk.domain.roles import STAFF
from kecamatan_desk.persistence.keys import OfficeKey, fingerprint, signed_by
from kecamatan_desk.persistence.tables import OfficeKeyRecord
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, command
from kecamatan_desk.usecases.paper_parts import office_head, printed_by

if TYPE_CHECKING:  # drawing is loaded when the notice is drawn
    from kecamatan_desk.documents.notice import NoticeValues

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A public key of the office as people compare it."""

    fingerprint: str  # SHA-256 in groups of four
    public_key: str  # 64 hexadecimal digits
    since: date
    in_use: bool  # signs new letters; older ones only prove


def signed(desk: Desk, claim: str) -> str:
    """Give the whole code of a letter: what it says and the office's signature below it.

    The same words give the same code while the key is the same. Call it outside any transaction.
    MachineError when a new key can't be kept.
    """
    return signed_text(claim, office_key(desk).sign(claim)) if claim else ""


def office_key(desk: Desk) -> OfficeKey:
    """Give the key in use; make one when there is none that belongs to these data."""
    ring = desk.keys
    with ring.lock:
        if ring.current is None:
            known = desk.ask(public_keys)
            found = ring.load()
            if found is not None and found.public not in known:
                _log.warning("the private key fits none of the office's public keys")
                found = None
            if found is None:
                found = ring.make()
                desk.call(keep_key, uuid4().hex, found.public)
                _log.info("new office key")
            ring.current = found
        return ring.current


def public_keys(work: UnitOfWork) -> tuple[str, ...]:
    """Give every public key the office has had, the newest first."""
    return tuple(
        work.session.scalars(select(OfficeKeyRecord.public_key).order_by(OfficeKeyRecord.id.desc()))
    )


@command
def keep_key(work: UnitOfWork, op_id: str, public_key: str) -> None:
    """Enter the public half of a new key."""
    role = work.require(*STAFF)
    link = work.link()
    link.add(OfficeKeyRecord, public_key=public_key, created_at=stamp(work.now))
    what = {"fingerprint": fingerprint(public_key)}
    work.close_event(link, op_id, "kunci-baru", role, payload=what)


def is_ours(work: UnitOfWork, code: SignedCode) -> bool:
    """Tell whether one of the office's keys, old ones included, signed this code."""
    return any(signed_by(key, code.claim.text, code.signature) for key in public_keys(work))


def keys(desk: Desk) -> tuple[KeyRow, ...]:
    """Give the office's keys, the newest first; the first one is made when there is none."""
    in_use = office_key(desk).public
    return desk.ask(_rows, in_use)


def _rows(work: UnitOfWork, in_use: str) -> tuple[KeyRow, ...]:
    work.require(*STAFF)
    found = work.session.scalars(select(OfficeKeyRecord).order_by(OfficeKeyRecord.id.desc()))
    return tuple(
        KeyRow(
            fingerprint(row.public_key),
            row.public_key,
            work.calendar.local_date(moment(row.created_at)),
            row.public_key == in_use,
        )
        for row in found
    )


def notice_pdf(desk: Desk) -> bytes:
    """The notice for the board: how letters are checked, and the print of the key."""
    from kecamatan_desk.documents.notice import draw_notice

    return draw_notice(desk.ask(_notice, keys(desk)))


def _notice(work: UnitOfWork, rows: tuple[KeyRow, ...]) -> "NoticeValues":
    from kecamatan_desk.documents.notice import NoticeValues, OldKey

    used = next(row for row in rows if row.in_use)
    old = tuple(
        OldKey(row.fingerprint, f"Dibuat {long_date(row.since)}") for row in rows if row != used
    )
    since = long_date(used.since)
    return NoticeValues(office_head(work), used.fingerprint, since, old, printed_by(work))
