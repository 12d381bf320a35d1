"""Who holds the offices and who is at his place: read once in a transaction, asked for every file.

Rule 6 of the SOP reading: *pejabat tidak di tempat* is set once per official and pauses every file
that waits for him.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.domain.tenure import Appointment, Roster, Term
from kecamatan_desk.persistence.tables import (
    AbsenceRecord,
    ActingRecord,
    TermRecord,
    UserRecord,
    table_of,
)

Stay = tuple[int, date, date]  # a person, from, to

_USER, _TERM, _ACTING, _ABSENCE = map(
    table_of, (UserRecord, TermRecord, ActingRecord, AbsenceRecord)
)
_PEOPLE = select(_USER.c.id, _USER.c.roles).where(_USER.c.active).order_by(_USER.c.name)
_TERMS = select(
    _TERM.c.id, _TERM.c.user_id, _TERM.c.role, _TERM.c.first_day, _TERM.c.last_day, _TERM.c.title
)
_APPOINTMENTS = select(
    _ACTING.c.id,
    _ACTING.c.user_id,
    _ACTING.c.role,
    _ACTING.c.kind,
    _ACTING.c.first_day,
    _ACTING.c.last_day,
    _ACTING.c.for_user_id,
)
_AWAY = select(_ABSENCE.c.user_id, _ABSENCE.c.first_day, _ABSENCE.c.last_day)


@dataclass(frozen=True, slots=True)
class Presence:
    """Absences, and who holds the offices."""

    absences: tuple[Stay, ...]
    roster: Roster

    def nobody_for(self, role: Role, day: date) -> bool:
        """Tell whether all who hold an office are absent on a day, and who acts for them too."""
        away = {who for who, first, last in self.absences if first <= day <= last}
        if not away:
            return False
        awaited = {standing.user_id for standing in self.roster.standings(role, day)}
        return bool(awaited) and away.issuperset(awaited)


def load_presence(session: Session, roster: Roster) -> Presence:
    """Read absences; some hundred rows at most."""
    away = tuple((who, first, last) for who, first, last in session.execute(_AWAY))
    return Presence(away, roster)


def load_roster(session: Session) -> Roster:
    """Read who is active, all terms and all appointments; some hundred rows at most."""
    people = {user: tuple(Role(role) for role in roles) for user, roles in session.execute(_PEOPLE)}
    terms = tuple(
        Term(id_, user, Role(role), first, last, title)
        for id_, user, role, first, last, title in session.execute(_TERMS)
    )
    appointments = tuple(
        Appointment(id_, user, Role(role), kind, first, last, whose)
        for id_, user, role, kind, first, last, whose in session.execute(_APPOINTMENTS)
    )
    return Roster(people, terms, appointments)
