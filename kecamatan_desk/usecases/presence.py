"""Who of the officials is at his place: read once in a transaction, asked of for every file.

Rule 6 of the SOP reading: *pejabat tidak di tempat* is set once per official and pauses every file
that waits for him.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import AbsenceRecord, ActingRecord, UserRecord

Stay = tuple[int, date, date]  # a person, from, to


@dataclass(frozen=True, slots=True)
class Presence:
    """Absences, and who holds the offices: for good, or acting from-to (the newest first)."""

    absences: tuple[Stay, ...]
    holders: dict[str, frozenset[int]]
    acting: dict[str, tuple[Stay, ...]]

    def nobody_for(self, role: Role, day: date) -> bool:
        """Tell whether all who hold an office are absent on a day, and who acts for them too."""
        away = {who for who, first, last in self.absences if first <= day <= last}
        if not away:
            return False
        awaited = set(self.holders.get(role.value, ()))
        awaited |= {who for who, first, last in self._acting(role) if first <= day <= last}
        return bool(awaited) and away.issuperset(awaited)

    def _acting(self, role: Role) -> tuple[Stay, ...]:
        return self.acting.get(role.value, ())


def load_presence(session: Session) -> Presence:
    """Read absences, the people of today and their appointments; some hundred rows at most."""
    away = select(AbsenceRecord.user_id, AbsenceRecord.first_day, AbsenceRecord.last_day)
    absences = tuple((who, first, last) for who, first, last in session.execute(away))
    if not absences:
        return Presence((), {}, {})
    holders: dict[str, frozenset[int]] = {}
    people = session.execute(select(UserRecord.id, UserRecord.roles).where(UserRecord.active)).all()
    for user, roles in people:
        for role in roles:
            holders[role] = holders.get(role, frozenset()) | {user}
    acting: dict[str, tuple[Stay, ...]] = {}
    active = {user for user, _ in people}
    for row in session.scalars(select(ActingRecord).order_by(ActingRecord.id.desc())):
        if row.user_id in active:
            stay = (row.user_id, row.first_day, row.last_day)
            acting[row.role] = (*acting.get(row.role, ()), stay)
    return Presence(absences, holders, acting)
