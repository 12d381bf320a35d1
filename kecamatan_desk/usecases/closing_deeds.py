"""Deeds a closing page shows for signature: emergencies, decisions recorded, the clock confirmed.

The same acts as `overrides` lists by days, here by event: each stands on one page of its kind.
Source: rules 7 and 8 of the SOP reading; the clock: reliability, P17.
"""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from kecamatan_desk.domain.indonesian import clock, short_date
from kecamatan_desk.domain.numbering import agenda_display
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import EventRecord, RequestRecord, UserRecord, table_of
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.clock_guard import CONFIRMED
from kecamatan_desk.usecases.closing_values import Deed
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act

_EVENT, _REQUEST = table_of(EventRecord), table_of(RequestRecord)
_ACTS = {
    Act.FAIL.value: "TMS",
    Act.SEND_BACK.value: "dikembalikan",
    Act.REFUSE.value: "ditolak",
    Act.CLOSE.value: "ditutup",
    Act.CANCEL.value: "nomor dibatalkan",
    "usul-setuju": "usul disetujui",
}
_MEANS = {"kertas": "di atas kertas", "telepon": "lewat telepon"}


def told(name: str) -> ColumnElement[bool]:
    """Give the condition on events whose payload tells of something."""
    return func.json_extract(_EVENT.c.payload, f"$.{name}").is_not(None)


def overrides(work: UnitOfWork, deeds: ColumnElement[bool]) -> tuple[Deed, ...]:
    """Give what was signed by who had verified it, in an emergency (rule 7)."""
    return _deeds(work, deeds, told("override"))


def recorded(work: UnitOfWork, deeds: ColumnElement[bool]) -> tuple[Deed, ...]:
    """Give what an official decided on paper and the register officer wrote down (rule 8)."""
    return _deeds(work, deeds, told("decided"))


def clock_deeds(work: UnitOfWork, deeds: ColumnElement[bool]) -> tuple[Deed, ...]:
    """Give the times somebody confirmed a clock that had jumped."""
    return _deeds(work, deeds, _EVENT.c.act == CONFIRMED)


def _deeds(work: UnitOfWork, *conditions: ColumnElement[bool]) -> tuple[Deed, ...]:
    rows = work.session.execute(
        select(
            _EVENT,
            _REQUEST.c.file_code,
            _REQUEST.c.agenda_number,
            _REQUEST.c.agenda_suffix,
            _REQUEST.c.service,
        )
        .outerjoin(_REQUEST, _REQUEST.c.id == _EVENT.c.request_id)
        .where(*conditions)
        .order_by(_EVENT.c.seq)
    )
    return tuple(_deed(work, row) for row in rows)


def _deed(work: UnitOfWork, row: Any) -> Deed:
    payload = json.loads(row.payload)
    decided, override = payload.get("decided") or {}, payload.get("override") or {}
    at = datetime.fromisoformat(decided["at"]) if decided.get("at") else moment(row.at)
    local = at.astimezone(work.zone)
    by = row.user_name if decided else ""
    if override:
        by = _person(work, override["agreed_by"], override["agreed_as"], override.get("means", ""))
    return Deed(
        seq=row.seq,
        at=f"{short_date(local.date())} {clock(local)}",
        what=_what(row),
        file_code=row.file_code or "",
        number=agenda_display(row.agenda_number, row.agenda_suffix or ""),
        who=decided.get("name") or row.user_name,
        role=Role(decided.get("role") or row.role).short,
        by=by,
        means=_MEANS.get(decided.get("means", ""), ""),
        proposal=int(override.get("proposal", 0)),
    )


def _person(work: UnitOfWork, user_id: int, role: str, means: str) -> str:
    user = work.session.get(UserRecord, user_id)
    words = f"{user.name if user else ''} ({Role(role).short})"
    return f"{words}, {_MEANS[means]}" if means in _MEANS else words


def _what(row: Any) -> str:
    if row.act == CONFIRMED:
        return "Jam komputer dinyatakan benar"
    word = ""
    if row.step and row.service in SERVICES:
        step = SERVICES[row.service].step(row.step)
        word = step.word or step.activity
    act = _ACTS.get(row.act, "")
    return ": ".join(part for part in (word, act) if part) or str(row.act)
