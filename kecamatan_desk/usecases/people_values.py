"""Who works here: accounts, terms of office, appointments, absences, who may sign."""

from dataclasses import dataclass
from datetime import date

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.domain.tenure import Standing


@dataclass(frozen=True, slots=True)
class Official:
    """A person who may sign, with what the signature block prints."""

    user_id: int
    name: str  # with titles, as printed
    rank: str
    nip: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class SignerChoice:
    """Somebody who could validly sign a letter today, in the office he would sign in."""

    user_id: int
    name: str
    role: Role  # whose signature it is: hand it back to ``replace_signer``
    office: str  # as the book names it: "Plh. Camat", "Sekcam a.n. Camat"
    named: bool = False  # the book names him now


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user for the sign-in tiles and the administration list."""

    id: int
    username: str
    name: str
    roles: tuple[Role, ...]
    active: bool
    has_password: bool
    has_pin: bool
    pin_open: bool = False  # a password sign-in happened today: the PIN is enough
    nip: str = ""
    rank: str = ""
    official: bool = False  # holds or acts in an official's office, now or later
    held: tuple[Standing, ...] = ()  # what he is today; ``roles`` are his account's
    locked: bool = False  # wrong passwords make every further try wait
    must_change: bool = False  # his password was given by another


@dataclass(frozen=True, slots=True)
class UserInput:
    """A user as administration types him. ``id`` None: new. Empty secrets are left unchanged."""

    id: int | None
    username: str
    name: str
    roles: tuple[Role, ...]
    active: bool = True
    password: str = ""
    pin: str = ""
    nip: str = ""
    rank: str = ""


@dataclass(frozen=True, slots=True)
class TermInput:
    """A term of office as administration types it. ``last`` None: until somebody follows."""

    user_id: int
    role: Role
    first: date
    last: date | None = None
    title: str = ""  # as the block prints it; empty: the office's own
    decree: str = ""


@dataclass(frozen=True, slots=True)
class TermRow:
    """Who holds an office definitively from-to, and the decree."""

    id: int
    user_id: int
    name: str
    role: Role
    title: str
    first_day: date
    last_day: date | None
    decree: str


@dataclass(frozen=True, slots=True)
class ActingRow:
    """Plt., Plh., Pj., a.n., u.b.: who holds or signs for which office from-to, and the decree."""

    id: int
    user_id: int
    name: str
    role: Role
    kind: str  # Plt, Plh, Pj, a.n, u.b
    first_day: date
    last_day: date
    decree: str


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """*Pejabat tidak di tempat*: pauses every file that waits for him."""

    id: int
    user_id: int
    name: str
    first_day: date
    last_day: date
    reason: str
