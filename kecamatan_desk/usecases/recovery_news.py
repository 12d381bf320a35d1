"""What administrators must be told of a password that was set anew without them."""

from datetime import datetime

from sqlalchemy.orm import Session

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import SettingRecord, UserRecord
from kecamatan_desk.persistence.types import moment, stamp

_NAME = "recovered"
_MOST = 20  # resets that are remembered


def remember_reset(session: Session, at: datetime, sentence: str) -> None:
    """Keep a sentence for every administrator who has not been here since."""
    stored = session.get(SettingRecord, _NAME)
    before = list(stored.value.get("resets", ())) if stored else []
    kept = [*before, {"at": stamp(at), "said": sentence}][-_MOST:]
    session.merge(SettingRecord(name=_NAME, value={"resets": kept}))


def news_for(session: Session, user: UserRecord) -> tuple[str, ...]:
    """Give what has happened since an administrator was last here; nothing for others."""
    if Role.ADMIN.value not in user.roles:
        return ()
    stored = session.get(SettingRecord, _NAME)
    resets = stored.value.get("resets", ()) if stored else ()
    return tuple(
        str(one["said"])
        for one in resets
        if user.last_in is None or moment(str(one["at"])) > user.last_in
    )
