"""Two clerks at one draft: who has written it last, and whether somebody else did meanwhile.

One's own autosaves follow each other freely; a save by another screen or person moves the draft's
version, so that whoever had it open before is told instead of overwriting.
"""

from datetime import datetime

from sqlalchemy import select

from kecamatan_desk.domain.errors import StaleError
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.persistence.tables import RequestRecord, ScratchRecord, UserRecord
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.scratch import WRITER

#: The field a `StaleError` of a draft names: the screen then keeps the typing as another draft.
DRAFT_FIELD = "draf"


def begin_writing(work: UnitOfWork, request: RequestRecord, session: str) -> None:
    """Note who has begun a draft."""
    if session:
        _note(work, request, session)


def go_on_writing(
    work: UnitOfWork, request: RequestRecord, session: str, opened_at: int | None
) -> None:
    """Let a screen save a draft again, or raise StaleError saying who changed it and when.

    ``session`` names the screen's typing of this draft, ``opened_at`` is the version it was opened
    with. Without a session nothing is asked.
    """
    if not session:
        return
    last = _last(work, request)
    if last is not None and last.body.get("session") == session:
        last.saved_at = work.now
        return
    if opened_at is not None and opened_at != request.version:
        raise StaleError(_told(work, request, last), DRAFT_FIELD)
    request.version += 1  # from now on other screens that have it open are outdated
    _note(work, request, session)


def last_writer(work: UnitOfWork, request: RequestRecord) -> str:
    """Give the name of who saved a draft last; "" when it was not noted."""
    last = _last(work, request)
    user = work.session.get(UserRecord, last.user_id) if last is not None else None
    return user.name if user is not None else ""


def _last(work: UnitOfWork, request: RequestRecord) -> ScratchRecord | None:
    found = work.session.scalars(
        select(ScratchRecord).where(
            ScratchRecord.place == WRITER, ScratchRecord.request_id == request.id
        )
    )
    return next((one for one in found if one.body.get("version") == request.version), None)


def _note(work: UnitOfWork, request: RequestRecord, session: str) -> None:
    record = work.session.get(ScratchRecord, (work.user.id, WRITER, request.id))
    if record is None:
        record = ScratchRecord(user_id=work.user.id, place=WRITER, request_id=request.id)
        work.session.add(record)
    record.body = {"session": session, "version": request.version}
    record.saved_at = work.now


def _told(work: UnitOfWork, request: RequestRecord, last: ScratchRecord | None) -> str:
    who = last_writer(work, request) or "petugas lain"
    if last is not None and last.user_id == work.user.id:
        who = "Anda sendiri di layar lain"
    at = _moment(work, request.saved_at)
    return (
        f"Draf {request.file_code} sudah diubah {who} {at}, sejak dibuka di layar ini. Tidak ada "
        "yang hilang dan tidak ada yang tertimpa."
    )


def _moment(work: UnitOfWork, at: datetime) -> str:
    local = at.astimezone(work.zone)
    hour = f"pukul {local:%H.%M}"
    return hour if local.date() == work.today else f"{long_date(local.date())} {hour}"
