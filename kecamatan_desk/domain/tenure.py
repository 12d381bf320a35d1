"""Who holds which office on which day: terms, appointments, and who signs by them. Pure dates.

Sources: domain facts §2.6 (definitif, Plt., Plh., Pj., a.n., u.b.); rule 1 of the office's reading
of its SOPs (only the lane's official, who acts for him, or a superior in line).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kecamatan_desk.domain.roles import OFFICIALS, Role, superiors

#: Holding an office that is another's: vacant (Plt), its holder away (Plh), appointed head (Pj).
ACTING = ("Plt", "Plh", "Pj")
#: Signing what another signs, from one's own lower office: atas nama, untuk beliau.
ON_BEHALF, FOR_HIM = "a.n", "u.b"
DELEGATED = (ON_BEHALF, FOR_HIM)
#: Doing the work of a colleague of the staff who is away (titip tugas).
STAND_IN = "titip"


def in_office(kind: str, office: str) -> str:
    """Say by which right somebody holds an office: "Plh. Camat", "Petugas Register (titipan)"."""
    if kind == STAND_IN:
        return f"{office} (titipan)"
    return f"{kind}. {office}" if kind else office


@dataclass(frozen=True, slots=True)
class Term:
    """A definitive holding of an office; ``last`` None: until somebody follows."""

    id: int
    user_id: int
    role: Role
    first: date
    last: date | None
    title: str = ""  # as the block prints it; empty: the office's own

    def covers(self, day: date) -> bool:
        """Tell whether the term holds on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Appointment:
    """Somebody holds or signs for the office ``role`` from-to, both days included."""

    id: int
    user_id: int
    role: Role
    kind: str  # one of ACTING and DELEGATED, or STAND_IN
    first: date
    last: date
    for_user: int | None = None  # whose work a stand-in does

    def covers(self, day: date) -> bool:
        """Tell whether the appointment runs on a day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Standing:
    """A person in the office for which he may sign; ``kind`` "" means definitive."""

    user_id: int
    role: Role
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """The office whose title a person's block ends with, and by which right he holds it."""

    role: Role
    kind: str = ""  # Plt, Plh or Pj in front of the title
    for_him: bool = False  # two levels down: the Sekcam's title and u.b. stand between


@dataclass(frozen=True, slots=True)
class Roster:
    """All terms and appointments, and who is active, by name, with the roles of his account.

    An office that has no term at all is held by those whose account has its role.
    """

    people: Mapping[int, tuple[Role, ...]]
    terms: tuple[Term, ...] = ()
    appointments: tuple[Appointment, ...] = ()

    def has_terms(self, role: Role) -> bool:
        """Tell whether terms, and not the accounts, say who holds an office."""
        return any(term.role is role for term in self.terms)

    def holders(self, role: Role, day: date) -> tuple[int, ...]:
        """Give the definitive holders of an office on a day; of several the latest term first."""
        if not self.has_terms(role):
            return tuple(user for user, roles in self.people.items() if role in roles)
        found = [t for t in self.terms if t.role is role and t.covers(day)]
        found.sort(key=lambda term: (term.first, term.id), reverse=True)
        return tuple(dict.fromkeys(t.user_id for t in found if t.user_id in self.people))

    def appointed(self, role: Role, day: date) -> tuple[Appointment, ...]:
        """Give the appointments that are valid for an office on a day, the newest first.

        A delegation is valid only while its delegate holds a lower office himself.
        """
        found = [a for a in self.appointments if a.role is role and a.covers(day)]
        found.sort(key=lambda one: one.id, reverse=True)
        return tuple(one for one in found if self._is_valid(one, day))

    def standings(self, role: Role, day: date) -> tuple[Standing, ...]:
        """Give all who may sign in an office on a day: the newest appointment first, each once."""
        named = [Standing(a.user_id, role, a.kind) for a in self.appointed(role, day)]
        named += [Standing(user, role) for user in self.holders(role, day)]
        once: dict[int, Standing] = {}
        for standing in named:
            once.setdefault(standing.user_id, standing)
        return tuple(once.values())

    def signer(self, role: Role, day: date) -> Standing | None:
        """Give who signs for an office on a day, or for the next one above; None: nobody at all.

        It never falls to a lower office without a delegation.
        """
        line = (role, *superiors(role))
        return next((found[0] for one in line if (found := self.standings(one, day))), None)

    def roles_of(self, user_id: int, day: date) -> tuple[Role, ...]:
        """Give the roles a user holds on a day: of his account, by terms, by appointments."""
        own = self.people.get(user_id)
        if own is None:
            return ()
        held = [role for role in own if not self.has_terms(role)]
        held += [role for role in OFFICIALS if user_id in self.holders(role, day)]
        held += [
            role
            for role in OFFICIALS
            if any(one.user_id == user_id for one in self.appointed(role, day))
        ]
        held += [
            one.role
            for one in self.appointments
            if (one.user_id, one.kind) == (user_id, STAND_IN)
            and one.covers(day)
            and self._is_valid(one, day)
        ]
        order = {role: place for place, role in enumerate(own)}  # as his account lists them
        return tuple(sorted(dict.fromkeys(held), key=lambda role: order.get(role, len(order))))

    def standings_of(self, user_id: int, day: date) -> tuple[Standing, ...]:
        """Give the roles a user holds on a day, each with the right by which he holds it."""
        return tuple(
            Standing(user_id, role, self.kind_of(user_id, role, day))
            for role in self.roles_of(user_id, day)
        )

    def is_official(self, user_id: int, first: date, last: date) -> bool:
        """Tell whether a user holds or acts in an official's office on some day of a span."""
        own = self.people.get(user_id, ())
        if any(role in own and not self.has_terms(role) for role in OFFICIALS):
            return True
        terms = (t for t in self.terms if t.user_id == user_id and t.first <= last)
        if any(t.last is None or first <= t.last for t in terms):
            return True
        acting = (a for a in self.appointments if a.user_id == user_id and a.kind in ACTING)
        return any(a.first <= last and first <= a.last for a in acting)

    def kind_of(self, user_id: int, role: Role, day: date) -> str:
        """Give by which right a user holds a role on a day: "" when it is his own."""
        mine = [one.kind for one in self.appointed(role, day) if one.user_id == user_id]
        if user_id in self.holders(role, day):  # u.b. says how he signs in an office of his own
            return FOR_HIM if FOR_HIM in mine else ""
        return mine[0] if mine else ""

    def whose_work(self, user_id: int, role: Role, day: date) -> int | None:
        """Give whose work a user does in a role on a day; None when it is his own."""
        if self.kind_of(user_id, role, day) != STAND_IN:
            return None
        return next(a.for_user for a in self.appointed(role, day) if a.user_id == user_id)

    def seat(self, standing: Standing, day: date) -> Seat:
        """Give the office whose title ends the block of somebody who signs on a day."""
        if standing.kind not in DELEGATED:
            return Seat(standing.role, standing.kind)
        held = self._seat_below(standing.user_id, standing.role, standing.kind, day)
        # a delegation that is no longer what it was still prints as a delegation
        lowest = Role.KASI if standing.kind == FOR_HIM or standing.role is not Role.CAMAT else None
        return held or Seat(lowest or Role.SEKCAM, "", standing.kind == FOR_HIM)

    def title(self, seat: Seat, user_id: int | None, day: date) -> str:
        """Give the title an office has on paper on a day; "" for the office's own.

        It is that of the holder's term; who acts for him, of the term that began last.
        """
        begun = [t for t in self.terms if t.role is seat.role and t.first <= day]
        begun.sort(key=lambda term: (term.first, term.id), reverse=True)
        own = [term for term in begun if term.user_id == user_id and term.covers(day)]
        mine = own if own and not seat.kind else begun
        return mine[0].title if mine else ""

    def why_not(self, user_id: int, role: Role, day: date) -> Term | None:
        """Give the term that keeps a user from an office on a day: his last, else his next."""
        mine = [t for t in self.terms if t.role is role and t.user_id == user_id]
        over = [t for t in mine if t.last is not None and t.last < day]
        coming = [t for t in mine if t.first > day]
        if any(t.covers(day) for t in mine):
            return None
        if over:
            return max(over, key=_end)
        return min(coming, key=_beginning) if coming else None

    def may_delegate(self, one: Appointment, day: date) -> bool:
        """Tell whether who is to sign a.n. or u.b. holds the office he would sign from."""
        return self._seat_below(one.user_id, one.role, one.kind, day) is not None

    def _is_valid(self, one: Appointment, day: date) -> bool:
        if one.user_id not in self.people:
            return False
        if one.kind == STAND_IN:  # officials are stood in for by Plt. and Plh.
            return one.role not in OFFICIALS and one.role not in self.people[one.user_id]
        if one.kind in ACTING:  # a holder does not act for himself
            return one.user_id not in self.holders(one.role, day)
        return self.may_delegate(one, day)

    def _seat_below(self, user_id: int, role: Role, kind: str, day: date) -> Seat | None:
        """Give the office from which a delegate signs: u.b. a Kasi's, a.n. the highest below."""
        if kind == FOR_HIM:
            seat = next(self._seats(user_id, (Role.KASI,), day), None)
            return Seat(seat.role, seat.kind, for_him=True) if seat else None
        below = OFFICIALS[: OFFICIALS.index(role)] if role in OFFICIALS else ()
        return next(self._seats(user_id, tuple(reversed(below)), day), None)

    def _seats(self, user_id: int, roles: tuple[Role, ...], day: date) -> Iterator[Seat]:
        """Give the offices of these that a user holds, for good or acting."""
        for role in roles:
            if user_id in self.holders(role, day):
                yield Seat(role)
                continue
            acting = [
                one
                for one in self.appointments
                if (one.user_id, one.role) == (user_id, role)
                and one.kind in ACTING
                and one.covers(day)
            ]
            if acting and user_id in self.people:
                yield Seat(role, max(acting, key=_made).kind)


def _made(one: Appointment) -> int:
    return one.id


def _end(term: Term) -> date:
    return term.last or date.max


def _beginning(term: Term) -> date:
    return term.first
