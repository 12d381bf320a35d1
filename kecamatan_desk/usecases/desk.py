"""The application without its windows: who works, one transaction, when, and under which op_id."""

import dataclasses
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, wraps
from time import monotonic
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Row, bindparam, insert, select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.calendar import WorkingCalendar
from kecamatan_desk.domain.errors import (
    CommitUnknownError,
    DiskFullError,
    MachineError,
    NotAllowedError,
    PresenceError,
    RuleError,
    SessionEndedError,
)
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.roles import Role, either
from kecamatan_desk.domain.tenure import STAND_IN, Roster
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.chain import HEAD, Link
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.files import ByteStore
from kecamatan_desk.persistence.journal import NumberJournal
from kecamatan_desk.persistence.keys import KeyRing, PinSecret
from kecamatan_desk.persistence.numbers import SPENT
from kecamatan_desk.persistence.tables import EventRecord, OperationRecord, UserRecord, table_of
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.draft_values import DraftSaved
from kecamatan_desk.usecases.entrance_values import Welcome
from kecamatan_desk.usecases.office_values import OfficeProfile, ServiceChoices
from kecamatan_desk.usecases.presence import Presence, load_presence, load_roster
from kecamatan_desk.usecases.settings import (
    Stored,
    calendar_of,
    load_settings,
    office_of,
    service_choices_of,
)
from kecamatan_desk.usecases.values import Receipt

_OPERATION = table_of(OperationRecord)
_EARLIER = select(_OPERATION.c.receipt, _OPERATION.c.user_id).where(
    _OPERATION.c.op_id == bindparam("op_id")
)
_DONE = insert(_OPERATION)
_USER = table_of(UserRecord)
_ACCOUNT = select(_USER.c.active, _USER.c.must_change).where(_USER.c.id == bindparam("id"))
_EVENT = table_of(EventRecord)
_NEWEST = select(_EVENT.c.op_id).order_by(_EVENT.c.seq.desc()).limit(100)
_RECEIPT = tuple(field.name for field in dataclasses.fields(Receipt))  # plain values, all
P = ParamSpec("P")
R = TypeVar("R")

#: Seconds for which a proof of presence (password or PIN) counts: for single deeds, for a round.
FRESH, ROUND = 5 * 60.0, 30 * 60.0


@dataclass(frozen=True, slots=True)
class User:
    """Who is signed in. ``roles`` are those of the sign-in; every act reads them again."""

    id: int
    username: str
    name: str
    roles: tuple[Role, ...]


class UnitOfWork:
    """All that a use-case may reach: one open transaction, who asks, the time, the office."""

    def __init__(
        self,
        session: Session,
        user: User,
        now: datetime,
        practice: bool,
        proven_ago: float = 0.0,
    ) -> None:
        """``proven_ago``: seconds since the user has last given his password or PIN."""
        self.session = session
        self.user = user
        self.now = now.astimezone(UTC)
        self.practice = practice
        self._proven_ago = proven_ago
        self.keys: KeyRing | None = None
        self.room: Callable[[], int] = plenty
        self.proof: str | None = None  # an op_id that stands in the file if all of this does

    @property
    def pins(self) -> PinSecret:
        """What goes into the hash of every PIN."""
        if self.keys is None:
            raise RuntimeError("this unit of work was opened without keys")
        return self.keys.pins

    @cached_property
    def _settings(self) -> Stored:
        """Profile, calendar and choices, as they stood at the first look."""
        return load_settings(self.session)

    @cached_property
    def office(self) -> OfficeProfile:
        """The office as it is set up now."""
        return office_of(self._settings)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The office's own time zone: day and year come from it."""
        return ZoneInfo(self.office.zone)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """Working hours and holidays."""
        return calendar_of(self._settings, self.zone)

    @cached_property
    def service_choices(self) -> Mapping[str, ServiceChoices]:
        """How the office runs each service, by code."""
        return service_choices_of(self._settings)

    def forget_settings(self) -> None:
        """Read profile, calendar and choices anew: one of them was stored."""
        read = ("_settings", "office", "zone", "calendar", "service_choices")
        for cached in (*read, "today", "is_open"):
            self.__dict__.pop(cached, None)

    @cached_property
    def presence(self) -> Presence:
        """Who of the officials is away, as it stood at the first look."""
        return load_presence(self.session, self.roster)

    @cached_property
    def roster(self) -> Roster:
        """Who holds which office on which day, as it stood at the first look."""
        return load_roster(self.session)

    def forget_roster(self) -> None:
        """Read the officials anew: an account, a term, an appointment or an absence changed."""
        for cached in ("roster", "presence", "roles"):
            self.__dict__.pop(cached, None)

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
        """The roles the user holds at this moment, terms and appointments included (rule 1)."""
        return self.roster.roles_of(self.user.id, self.today)

    def require(self, *allowed: Role) -> Role:
        """Give the first of the allowed roles the user holds, or raise NotAllowedError."""
        for role in allowed:
            if role in self.roles:
                return role
        self.refuse_lapsed(allowed)
        raise NotAllowedError(
            f"Ini hanya untuk {either(allowed)}. Tidak ada yang berubah; masuklah dengan peran itu "
            "atau mintalah petugasnya."
        )

    def refuse_lapsed(self, allowed: Iterable[Role]) -> None:
        """Raise NotAllowedError when the user held one of these offices, or is yet to hold it."""
        for role in allowed:
            if why := why_not(self.roster, self.user.id, role, self.today):
                raise NotAllowedError(
                    f"Anda tidak menjabat {role.label} hari ini: {why}. Tidak ada yang berubah; "
                    "mintalah Administrator membetulkan masa jabatan pada menu Pejabat, atau "
                    "mintalah pejabat yang sekarang."
                )

    def require_presence(self, within: float = FRESH) -> None:
        """Raise PresenceError unless the user proved himself at most ``within`` seconds ago.

        For deeds nobody may do at a desk left open: voiding, exports, restoring, users (FRESH),
        and signing (ROUND: once for a signing round). Source: ASVS 7.5.3.
        """
        if self._proven_ago > within:
            raise PresenceError(
                "Tindakan ini perlu PIN atau kata sandi Anda sekali lagi. Belum ada yang berubah; "
                "ketik PIN, lalu tindakan diteruskan."
            )

    def link(self) -> Link:
        """Begin an event of this transaction."""
        return Link(self.session, self.now)

    def close_event(self, link: Link, op_id: str, act: str, role: Role, **rest: Any) -> int:
        """Write the event in the user's name; see Link.close for the rest.

        Where he does a colleague's work that day (titip tugas), it tells whose.
        """
        self.proof = op_id
        if "roster" in self.__dict__:  # else no role was asked for
            whose = self.roster.whose_work(self.user.id, role, self.today)
            if whose is not None:
                told = rest.get("payload") or {}
                rest["payload"] = {**told, "acting": STAND_IN, "for": whose}
        return link.close(
            op_id=op_id,
            act=act,
            request_id=rest.pop("request_id", None),
            user_id=self.user.id,
            user_name=self.user.name,
            role=role.value,
            **rest,
        )


def why_not(roster: Roster, user_id: int, role: Role, day: date) -> str:
    """Say which term keeps a user from an office on a day, in the office's words; "" for none."""
    if role in roster.roles_of(user_id, day):
        return ""
    term = roster.why_not(user_id, role, day)
    if term is not None and term.first > day:
        return f"masa jabatan baru mulai {long_date(term.first)}"
    if term is not None and term.last is not None:
        return f"masa jabatan berakhir {long_date(term.last)}"
    if roster.has_terms(role) and role in roster.people.get(user_id, ()):
        return "tidak ada masa jabatan yang tercatat"
    return ""


def plenty() -> int:
    """The bytes free on a disk nobody asks about."""
    return sys.maxsize


class Watch(Protocol):
    """Knows the secrets of the users."""

    def prove(self, user_id: int, secret: str, *, by_pin: bool) -> None:
        """See that a secret is the user's; NotAllowedError when it is not."""

    def pin_enough(self, user_id: int) -> bool:
        """Tell whether a PIN would do."""


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
        keys: KeyRing,
        practice: bool,
        clock: Clock = system_clock,
        uptime: Callable[[], float] = monotonic,
        door: Watch | None = None,
        journal: NumberJournal | None = None,
        room: Callable[[], int] = plenty,
    ) -> None:
        """``journal``: where numbers are noted after their commit; None notes them nowhere."""
        self._uptime, self._door = uptime, door
        self.proven_at = uptime()  # turning the clock of the PC does not move it
        self.always_proven = False
        self.welcome = Welcome()
        self._changing = False
        self.store = store
        self.files = files
        self.keys = keys
        self.user = user
        self.practice = practice
        self.clock = clock
        self.room = room  # bytes free on the disk of the place
        self.journal = journal

    @property
    def place(self) -> Place:
        """The data directory this desk works in."""
        return Place(self.store.path.parents[1], "desk")

    def call(
        self, usecase: Callable[Concatenate[UnitOfWork, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a use-case that may write.

        Where the disk fails in the middle of storing, the file is opened anew and the op_id tells
        what has become of the deed: its receipt, or MachineError that says nothing was stored.
        A full disk gets a second try when some room was kept back for it.
        """
        try:
            return self._write(usecase, *args, **kwargs)
        except DiskFullError as error:
            if not error.relieved:
                raise
        return self._write(usecase, *args, **kwargs)

    def _write(
        self, usecase: Callable[Concatenate[UnitOfWork, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        work: UnitOfWork | None = None
        answer: Any = None
        try:
            with self.store.writing() as session:
                work = self._work(session)
                answer = usecase(work, *args, **kwargs)
        except CommitUnknownError as error:
            self._prove_stored(work.proof if work else None, error)
        if work is not None and self.journal is not None:
            info = work.session.info
            self.journal.note(info.get(SPENT, ()), info.get(HEAD, ""))
        return cast("R", answer)

    def _prove_stored(self, op_id: str | None, unknown: CommitUnknownError) -> None:
        """Look for a deed whose end is unknown through handles that have not failed.

        Raises MachineError when it is not there, and the error itself when nothing can tell.
        """
        self.store.renew()
        if op_id is None:
            raise unknown
        try:
            stored = self.ask(is_stored, op_id)
        except MachineError as error:
            raise unknown from error
        if not stored:
            raise MachineError(
                "Cakram gagal saat tindakan ini disimpan. Sudah diperiksa: tindakan ini tidak "
                "tersimpan dan nomor tidak terpakai. Ulangi; bila terjadi lagi, tutup program dan "
                "mintalah teknisi memeriksa cakram."
            ) from unknown

    def ask(
        self, usecase: Callable[Concatenate[UnitOfWork, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a use-case that only reads."""
        with self.store.reading() as session:
            return usecase(self._work(session), *args, **kwargs)

    def prove(self, secret: str, by_pin: bool) -> None:
        """Take a fresh proof of who sits here: PIN or password. Wrong ones count as at the door."""
        if self._door is None:
            raise RuntimeError("this desk was opened without a door")
        self._door.prove(self.user.id, secret, by_pin=by_pin)
        self.proven_at = self._uptime()

    def pin_enough(self, user_id: int | None = None) -> bool:
        """Tell whether somebody's PIN (None: the user's) is enough, or his password is asked."""
        who = self.user.id if user_id is None else user_id
        return self._door is not None and self._door.pin_enough(who)

    def second(self, user: User, secret: str, *, by_pin: bool) -> "Desk":
        """Give the desk of another who proves himself at this PC; nobody is signed out by it."""
        other = Desk(
            self.store,
            self.files,
            user,
            keys=self.keys,
            practice=self.practice,
            clock=self.clock,
            uptime=self._uptime,
            door=self._door,
            journal=self.journal,
            room=self.room,
        )
        other.prove(secret, by_pin)
        return other

    @contextmanager
    def changing_secret(self) -> Iterator[None]:
        """Let a user whose password must be changed do just that."""
        self._changing = True
        try:
            yield
        finally:
            self._changing = False

    def _check_account(self, session: Session) -> None:
        """Refuse at once whoever was shut out meanwhile, or has a password another one knows."""
        account = session.execute(_ACCOUNT, {"id": self.user.id}).first()
        if account is None or not account.active:
            raise SessionEndedError(
                "Akun Anda baru saja dinonaktifkan Administrator. Tindakan terakhir tidak jadi; "
                "yang sudah tersimpan tetap tersimpan. Hubungi Administrator bila ini keliru."
            )
        if account.must_change and not self._changing:
            raise NotAllowedError(
                "Kata sandi Anda dibuat orang lain dan harus diganti dahulu. Tidak ada yang "
                "berubah; masuklah lewat jendela program, ganti kata sandinya, lalu ulangi.",
                "password",
            )

    def _work(self, session: Session) -> UnitOfWork:
        self._check_account(session)
        proven_ago = 0.0 if self.always_proven else self._uptime() - self.proven_at
        work = UnitOfWork(session, self.user, self.clock(), self.practice, proven_ago)
        work.room, work.keys = self.room, self.keys
        return work


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
            if not _is_its_own(earlier, work, usecase):
                raise RuleError(
                    "Tindakan ini sudah dipakai untuk hal lain. Tidak ada yang berubah; tutup "
                    "layar ini, buka lagi berkasnya, lalu ulangi."
                )
            return _decoded(earlier.receipt)  # type: ignore[no-any-return]
        result = usecase(work, op_id, *args, **kwargs)
        work.proof = op_id
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


def earlier_answer(work: UnitOfWork, op_id: str, usecase: Callable[..., R]) -> R | None:
    """Give what a command has answered this op_id of the user before; None when it is new.

    For work of several transactions, whose last one is the command.
    """
    earlier = work.session.execute(_EARLIER, {"op_id": op_id}).first()
    if earlier is None or not _is_its_own(earlier, work, usecase):
        return None
    return cast("R", _decoded(earlier.receipt))


def is_stored(work: UnitOfWork, op_id: str) -> bool:
    """Tell whether a deed just attempted stands in the file: its receipt, or its event."""
    if work.session.execute(_EARLIER, {"op_id": op_id}).first() is not None:
        return True
    return op_id in set(work.session.scalars(_NEWEST))


def _is_its_own(earlier: Row[Any, Any], work: UnitOfWork, usecase: Callable[..., Any]) -> bool:
    return (earlier.user_id, earlier.receipt.get("of")) == (work.user.id, usecase.__name__)


def _encoded(result: object) -> dict[str, Any]:
    match result:
        case Receipt():
            return {"receipt": {name: getattr(result, name) for name in _RECEIPT}}
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
