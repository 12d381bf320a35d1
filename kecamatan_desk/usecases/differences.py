"""What ralat letters put right after hand-over, read from what was kept beside their events.

The first letter stays as it was handed over; only the request goes on with the corrected data.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from kecamatan_desk.persistence.tables import ContentRecord, EventRecord, RequestRecord
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.processing.correcting import DIFFERENCE, ERRATUM

_Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Erratum:
    """One ralat of a request; ``number`` counts them from 1. Data are those before and after."""

    number: int
    at: datetime  # UTC
    officer: str
    before: _Data
    after: _Data

    @property
    def changed(self) -> tuple[str, ...]:
        """The codes of the fields it changes."""
        codes = {*self.before, *self.after}
        return tuple(c for c in codes if self.before.get(c) != self.after.get(c))


def errata_of(work: UnitOfWork, request: RequestRecord) -> tuple[Erratum, ...]:
    """Give the ralat of a request, the first one first."""
    if request.ended_at is None:
        return ()
    found = work.session.execute(
        select(EventRecord.at, EventRecord.user_name, ContentRecord.body)
        .join(ContentRecord, ContentRecord.event_seq == EventRecord.seq)
        .where(
            EventRecord.request_id == request.id,
            EventRecord.act == ERRATUM,
            ContentRecord.kind == DIFFERENCE,
        )
        .order_by(EventRecord.seq)
    ).all()
    errata: list[Erratum] = []
    after: dict[str, Any] = dict(request.data)
    for number, (at, officer, body) in reversed(list(enumerate(found, 1))):
        before = _undone(after, json.loads(body))
        errata.append(Erratum(number, moment(at), officer, before, after))
        after = before
    return tuple(reversed(errata))


def data_as_handed_over(work: UnitOfWork, request: RequestRecord) -> _Data:
    """Give the data the first letter was drawn from: those before every ralat."""
    errata = errata_of(work, request)
    return errata[0].before if errata else request.data


def _undone(after: _Data, difference: Mapping[str, list[Any]]) -> dict[str, Any]:
    """Give the data before a change; a field that was empty was not there."""
    before = {**after, **{code: old for code, (old, _new) in difference.items()}}
    return {code: value for code, value in before.items() if code not in difference or value != ""}
