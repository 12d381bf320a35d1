"""The application without its windows: who works, one transaction, when, and under which op_id."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.calendar import WorkingCalendar
from kecamatan_desk.domain.errors import NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.chain import Link
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.files import ByteStore
from kecamatan_desk.persistence.tables import ActingRecord, OperationRecord, UserRecord, table_of
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.presence import Presence, load_presence
from kecamatan_desk.usecases.settings import load_calendar, load_office, load_service_choices
from kecamatan_desk.usecases.values import DraftSaved, OfficeProfile, Receipt, ServiceChoices

_OPERATION, _USER, _ACTING = map(table_of, (OperationRecord, UserRecord, ActingRecord))
_EARLIER = select(_OPERATION.c.receipt, _OPERATION.c.user_id).where(
    _OPERATION.c.op_id == bindparam("op_id")
)
_DONE = insert(_OPERATION)
_OWN_ROLES = select(_USER.c.roles).where(_USER.c.id == bindparam("user_id"), _USER.c.active)
_ACTING_ROLES = select(_ACTING.c.role).where(
    _ACTING.c.user_id == bindparam("user_id"),
    _ACTING.c.first_day <= bindparam("day"),
    _ACTING.c.last_day >= bindparam("day"),
)

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class User:
    """Who is signed in. ``roles`` are those of the sign-in; every act reads them again."""

    id: int
    username: str
    name: str
    roles: tuple[Role, ...]


class UnitOfWork:
    """All that a use-case may reach: one open transaction, who asks, the time, the office."""

    def __init__(self, session: Session, user: User, now: datetime, practice: bool) -> None:
        self.session = session
        self.user = user
        self.now = now.astimezone(UTC)
        self.practice = practice

    @cached_property
    def office(self) -> OfficeProfile:
        """The office as it is set up now."""
        return load_office(self.session)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The office's own time zone: day and year come from it."""
        return ZoneInfo(self.office.zone)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """Working hours and holidays."""
        return load_calendar(self.session, self.zone)

    @cached_property
    def service_choices(self) -> dict[str, ServiceChoices]:
        """How the office runs each service, by code."""
        return load_service_choices(self.session)

    @cached_property
    def presence(self) -> Presence:
        """Who of the officials is away, and who acts for whom, as it stood at the first look."""
        return load_presence(self.session)

    @cached_property
    def is_open(self) -> bool:
        """Whether the office's clocks run at this moment."""
        return self.calendar.is_open(self.now)

    @cached_property
    def today(self) -> date:
        """The office's calendar date."""
        return self.now.astimezone(self.zone).date()

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The roles the user holds at this moment, acting appointments included."""
        return roles_on(self.session, self.user.id, self.today)

    def require(self, *allowed: Role) -> Role:
        """Give the first of the allowed roles the user holds, or raise NotAllowedError."""
        for role in allowed:
            if role in self.roles:
                return role
        raise NotAllowedError(
            f"Ini hanya untuk {allowed[0].label}. Tidak ada yang berubah; masuklah dengan peran "
            "itu atau mintalah petugasnya."
        )

    def link(self) -> Link:
        """Begin an event of this transaction."""
        return Link(self.session, self.now)

    def close_event(self, link: Link, op_id: str, act: str, role: Role, **rest: Any) -> int:
        """Write the event in the user's name; see Link.close for the rest."""
        return link.close(
            op_id=op_id,
            act=act,
            request_id=rest.pop("request_id", None),
            user_id=self.user.id,
            user_name=self.user.name,
            role=role.value,
            **rest,
        )


def roles_on(session: Session, user_id: int, day: date) -> tuple[Role, ...]:
    """Give the roles a user holds on a day: his own, then those he acts in (rule 1)."""
    own = session.execute(_OWN_ROLES, {"user_id": user_id}).scalar()
    if own is None:
        return ()
    acting = session.execute(_ACTING_ROLES, {"user_id": user_id, "day": day}).scalars()
    return tuple(dict.fromkeys(Role(code) for code in (*own, *acting)))


class Clock(Protocol):
    """Gives the present moment, aware."""

    def __call__(self) -> datetime: ...


def system_clock() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


class Desk:
    """Runs use-cases for one user: each call is one transaction, committed whole or not at all."""

    def __init__(
        self,
        store: Store,
        files: ByteStore,
        user: User,
        *,
        practice: bool,
        clock: Clock = system_clock,
    ) -> None:
        self.store = store
        self.files = files
        self.user = user
        self.practice = practice
        self.clock = clock

    def call(
        self, usecase: Callable[Concatenate[UnitOfWork, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a use-case that may write."""
        with self.store.writing() as session:
            return usecase(self._work(session), *args, **kwargs)

    def ask(
        self, usecase: Callable[Concatenate[UnitOfWork, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a use-case that only reads."""
        with self.store.reading() as session:
            return usecase(self._work(session), *args, **kwargs)

    def _work(self, session: Session) -> UnitOfWork:
        return UnitOfWork(session, self.user, self.clock(), self.practice)


def command(
    usecase: Callable[Concatenate[UnitOfWork, str, P], R],
) -> Callable[Concatenate[UnitOfWork, str, P], R]:
    """Make a use-case answer the same op_id with its first receipt, however often it comes.

    An op_id belongs to one user and one deed: RuleError when another brings it.
    """

    @wraps(usecase)
    def once(work: UnitOfWork, op_id: str, *args: P.args, **kwargs: P.kwargs) -> R:
        earlier = work.session.execute(_EARLIER, {"op_id": op_id}).first()
        if earlier is not None:
            if (earlier.user_id, earlier.receipt.get("of")) != (work.user.id, usecase.__name__):
                raise RuleError(
                    "Tindakan ini sudah dipakai untuk hal lain. Tidak ada yang berubah; tutup "
                    "layar ini, buka lagi berkasnya, lalu ulangi."
                )
            return _decoded(earlier.receipt)  # type: ignore[no-any-return]
        result = usecase(work, op_id, *args, **kwargs)
        work.session.execute(
            _DONE,
            {
                "op_id": op_id,
                "at": work.now,
                "user_id": work.user.id,
                "receipt": {**_encoded(result), "of": usecase.__name__},
            },
        )
        return result

    return cast("Callable[Concatenate[UnitOfWork, str, P], R]", once)


def _encoded(result: object) -> dict[str, Any]:
    match result:
        case Receipt():
            return {"receipt": dataclasses.asdict(result)}
        case DraftSaved():
            saved = dataclasses.asdict(result)
            return {"draft": {**saved, "saved_at": stamp(result.saved_at)}}
        case tuple():
            return {"many": [_encoded(part) for part in result]}
    return {"plain": result}


def _decoded(stored: dict[str, Any]) -> Any:
    if "receipt" in stored:
        return Receipt(**stored["receipt"])
    if "draft" in stored:
        return DraftSaved(**{**stored["draft"], "saved_at": moment(stored["draft"]["saved_at"])})
    if "many" in stored:
        return tuple(_decoded(part) for part in stored["many"])
    return stored["plain"]
