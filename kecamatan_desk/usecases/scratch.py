"""What somebody is typing at a place that stores nothing yet: on disk, so that a kill loses none.

Working text of one user. It is no record: no event tells of it, no list changes by it, and it is
erased when the deed it was typed for is done, with its request, and after thirty days.
"""

import json
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, select

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.persistence.tables import RequestRecord, ScratchRecord
from kecamatan_desk.usecases.clock_guard import clock_doubt, lower_bound, may_erase
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.scratch_values import Scratch, ScratchChange
from kecamatan_desk.workflows.engine import Status

KEPT = timedelta(days=30)
MOST_BODY = 400_000  # characters of a body: the longest letter text many times over
#: Places that belong to the counter, not to one user: they are read with `open_folders`.
FOLDER = "titipan"
#: Who saved a draft last, one row for each of its writers: see `draft_writers`.
WRITER = "penulis"
_SHARED = (FOLDER, WRITER)


def keep_scratch(work: UnitOfWork, changes: Iterable[ScratchChange]) -> None:
    """Keep what the user types, place by place; may be repeated without harm.

    InputError when a text is longer than anything that could be meant. The clock is not asked:
    typing is kept also while it is in doubt.
    """
    at = lower_bound(work)
    for change in changes:
        key = (work.user.id, change.place, change.request_id)
        record = work.session.get(ScratchRecord, key)
        if change.body is None:
            if record is not None:
                work.session.delete(record)
            continue
        body = dict(change.body)
        if len(json.dumps(body)) > MOST_BODY:
            raise InputError(
                "Yang diketik terlalu panjang untuk disimpan sementara. Yang tersimpan terakhir "
                "tetap ada; persingkat teksnya."
            )
        if record is None:
            record = ScratchRecord(
                user_id=work.user.id, place=change.place, request_id=change.request_id
            )
            work.session.add(record)
        record.body, record.saved_at = body, at


def read_scratch(work: UnitOfWork) -> tuple[Scratch, ...]:
    """Give all the user was typing in the last thirty days, the latest first.

    By a clock in doubt nothing is too old.
    """
    wanted = select(ScratchRecord).where(
        ScratchRecord.user_id == work.user.id, ScratchRecord.place.not_in(_SHARED)
    )
    if clock_doubt(work) is None:
        wanted = wanted.where(ScratchRecord.saved_at >= work.now - KEPT)
    found = work.session.scalars(wanted.order_by(ScratchRecord.saved_at.desc()))
    return tuple(Scratch(one.place, one.request_id, dict(one.body), one.saved_at) for one in found)


def drop_scratch(work: UnitOfWork, place: str, request_id: int = 0) -> None:
    """Erase what the user was typing at a place."""
    keep_scratch(work, (ScratchChange(place, request_id, None),))


def drop_old_scratch(work: UnitOfWork) -> None:
    """Erase what nobody has touched for thirty days, whoever typed it, by a clock that may."""
    if not may_erase(work):
        return
    work.session.execute(delete(ScratchRecord).where(ScratchRecord.saved_at < work.now - KEPT))


def forget_scratch_of(work: UnitOfWork, request_id: int) -> None:
    """Erase what anybody was typing for a request: it is done with, or its data are erased."""
    work.session.execute(
        delete(ScratchRecord).where(
            ScratchRecord.request_id == request_id, ScratchRecord.place != FOLDER
        )
    )


def standing_of(work: UnitOfWork, request_id: int) -> tuple[int, bool] | None:
    """Give the version of an open request and whether it is a draft; None when it has ended."""
    request = work.session.get(RequestRecord, request_id)
    if request is None or request.kind is None:
        return None
    return request.version, request.status == Status.DRAFT.value
