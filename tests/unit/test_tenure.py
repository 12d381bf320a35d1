"""Who holds an office on a day, judged against the plain words of the rule, on any set of dates."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kecamatan_desk.domain.roles import OFFICIALS, Role, superiors
from kecamatan_desk.domain.tenure import ACTING, DELEGATED, Appointment, Roster, Standing, Term

DAY = date(2026, 5, 12)
_days = st.integers(0, 20).map(lambda days: DAY + timedelta(days=days))
_users = st.integers(1, 5)
_offices = st.sampled_from(OFFICIALS)
_people = st.dictionaries(
    _users,
    st.lists(st.sampled_from((*OFFICIALS, Role.PELAYANAN)), unique=True).map(tuple),
    min_size=1,
)


@st.composite
def _terms(draw: st.DrawFn) -> tuple[Term, ...]:
    found = []
    for place in range(draw(st.integers(0, 5))):
        first = draw(_days)
        days = draw(st.none() | st.integers(0, 9))
        last = None if days is None else first + days * _ONE
        found.append(Term(place + 1, draw(_users), draw(_offices), first, last))
    return tuple(found)


@st.composite
def _appointments(draw: st.DrawFn) -> tuple[Appointment, ...]:
    found = []
    for place in range(draw(st.integers(0, 6))):
        first = draw(_days)
        last = first + draw(st.integers(0, 9)) * _ONE
        kind = draw(st.sampled_from(ACTING + DELEGATED))
        found.append(Appointment(place + 1, draw(_users), draw(_offices), kind, first, last))
    return tuple(found)


_ONE = timedelta(days=1)
_rosters = st.builds(Roster, _people, _terms(), _appointments())


def _definitive(roster: Roster, user: int, role: Role, day: date) -> bool:
    """Read the rule aloud: the account's role, unless terms say who holds the office."""
    if user not in roster.people:
        return False
    terms = [term for term in roster.terms if term.role is role]
    if not terms:
        return role in roster.people[user]
    return any(
        t.user_id == user and t.first <= day and (t.last is None or day <= t.last) for t in terms
    )


def _substitutes(roster: Roster, user: int, role: Role, day: date) -> bool:
    return user in roster.people and any(
        (a.user_id, a.role) == (user, role) and a.kind in ACTING and a.first <= day <= a.last
        for a in roster.appointments
    )


def _may_sign(roster: Roster, one: Standing, day: date) -> bool:
    if one.kind == "":
        return _definitive(roster, one.user_id, one.role, day)
    running = any(
        (a.user_id, a.role, a.kind) == (one.user_id, one.role, one.kind)
        and a.first <= day <= a.last
        for a in roster.appointments
    )
    if one.kind in ACTING:
        return running and _substitutes(roster, one.user_id, one.role, day)
    below = [Role.KASI] if one.kind == "u.b" else OFFICIALS[: OFFICIALS.index(one.role)]
    holds = any(
        _definitive(roster, one.user_id, role, day) or _substitutes(roster, one.user_id, role, day)
        for role in below
    )
    return running and holds


@given(_rosters, _offices, _days)
def test_who_signs_is_valid_on_the_day_or_nobody_is(roster: Roster, role: Role, day: date) -> None:
    signer = roster.signer(role, day)
    if signer is None:
        for one in (role, *superiors(role)):
            for user in roster.people:
                assert not _definitive(roster, user, one, day)
                assert not _substitutes(roster, user, one, day)
        return
    assert signer.user_id in roster.people
    assert _may_sign(roster, signer, day)
    assert signer.role in (role, *superiors(role))
    if signer.role is not role:  # it fell upwards: nobody at all held the office itself
        assert not any(_definitive(roster, user, role, day) for user in roster.people)


@given(_rosters, _users, _days)
def test_rights_agree_with_who_may_sign(roster: Roster, user: int, day: date) -> None:
    held = roster.roles_of(user, day)
    for role in OFFICIALS:
        signs = user in {one.user_id for one in roster.standings(role, day)}
        assert (role in held) == signs
    assert (Role.PELAYANAN in held) == (Role.PELAYANAN in roster.people.get(user, ()))


def test_the_newest_of_two_appointments_wins_and_the_days_after_fall_back() -> None:
    people = {1: (Role.CAMAT,), 2: (Role.SEKCAM,), 3: (Role.KASI,)}
    roster = Roster(
        people,
        (),
        (
            Appointment(1, 2, Role.CAMAT, "a.n", DAY, DAY + 9 * _ONE),
            Appointment(2, 3, Role.CAMAT, "Plh", DAY + _ONE, DAY + 2 * _ONE),
        ),
    )
    found = [roster.signer(Role.CAMAT, DAY + n * _ONE) for n in (-1, 0, 1, 2, 3, 9, 10)]
    assert [(one.user_id, one.kind) for one in found if one] == [
        (1, ""),
        (2, "a.n"),
        (3, "Plh"),
        (3, "Plh"),
        (2, "a.n"),
        (2, "a.n"),
        (1, ""),
    ]


def test_it_falls_upwards_only() -> None:
    roster = Roster({3: (Role.KASI,)})
    assert roster.signer(Role.CAMAT, DAY) is None
    assert roster.signer(Role.SEKCAM, DAY) is None
    alone = Roster({1: (Role.CAMAT,)})
    assert alone.signer(Role.KASI, DAY) == Standing(1, Role.CAMAT)
