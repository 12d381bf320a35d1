"""The door: an opened place, the people who may come in, and coming in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import NotAllowedError, RuleError
from kecamatan_desk.domain.indonesian import clock as clock_time
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.files import ByteStore
from kecamatan_desk.persistence.keys import KeyRing
from kecamatan_desk.persistence.tables import InstanceRecord, SettingRecord, UserRecord
from kecamatan_desk.usecases.account_rules import (
    FREE_TRIES,
    has_admin,
    pin_is_enough,
    user_row,
    write_user,
)
from kecamatan_desk.usecases.accounts import announce_user
from kecamatan_desk.usecases.desk import Clock, Desk, UnitOfWork, User
from kecamatan_desk.usecases.office import announce_profile, default_calendar, write_profile
from kecamatan_desk.usecases.passwords import (
    HashCost,
    hashed,
    load_cost,
    matches,
    outdated,
    store_cost,
)
from kecamatan_desk.usecases.presence import load_roster
from kecamatan_desk.usecases.settings import load_logo, load_office, store_calendar
from kecamatan_desk.usecases.values import OfficeProfile, UserInput, UserRow

OFFICE: Final = "office"
PRACTICE: Final = "practice"
PRACTICE_PASSWORD = "latihan"
LONGEST_WAIT = timedelta(minutes=15)

_MISMATCH = (
    "Nama pengguna dan kata sandi atau PIN tidak cocok. Tidak ada yang berubah; periksa huruf "
    "besar dan kecil, lalu ketik ulang."
)


@dataclass(frozen=True, slots=True)
class _Account:
    """What is known of a user before he has proved himself."""

    id: int
    secret: str | None
    blocked_until: datetime | None
    pin_enough: bool


class Office:
    """An opened place. All of it touches the disk: call it from the worker.

    ``release`` is called by close(), after the database has been let go.
    """

    def __init__(
        self,
        store: Store,
        files: ByteStore,
        keys: KeyRing,
        *,
        practice: bool,
        clock: Clock,
        release: Callable[[], None],
    ) -> None:
        self.practice = practice
        self._store = store
        self._files = files
        self._keys = keys
        self._clock = clock
        self._release = release

    @property
    def needs_setup(self) -> bool:
        """Whether nobody can sign in as administrator yet."""
        with self._store.reading() as session:
            return not has_admin(session)

    @property
    def practice_password(self) -> str | None:
        """The one password of a practice place, for the sign-in screen; None in an office."""
        if not self.practice:
            return None
        with self._store.reading() as session:
            stored = session.get(SettingRecord, PRACTICE)
            return str(stored.value["password"]) if stored else None

    def profile(self) -> OfficeProfile:
        """Give the office profile with its coat of arms."""
        with self._store.reading() as session:
            return replace(load_office(session), logo=load_logo(session))

    def users(self) -> tuple[UserRow, ...]:
        """List who can sign in, by name; only what the tiles need."""
        with self._store.reading() as session:
            today = self._today(session)
            found = session.scalars(
                select(UserRecord)
                .where(UserRecord.active, UserRecord.password_hash.is_not(None))
                .order_by(UserRecord.name)
            )
            roster = load_roster(session)
            return tuple(
                replace(
                    user_row(user, today),
                    nip="",
                    rank="",
                    held=roster.standings_of(user.id, today),
                )
                for user in found
            )

    def sign_in(self, username: str, password: str) -> Desk:
        """Open the desk of a user by his password.

        NotAllowedError in one wording, whether the user is unknown or the password wrong; after
        five wrong tries it says until when to wait.
        """
        account, cost = self._account(username, by_pin=False)
        if account is None or account.secret is None:
            hashed(password[:128], cost)  # takes as long as for a user who exists
            raise NotAllowedError(_MISMATCH, "password")
        right = matches(account.secret, password, cost)
        renewed = hashed(password, cost) if right and outdated(account.secret, cost) else None
        return self._judge(account.id, right, by_pin=False, renewed=renewed)

    def sign_in_pin(self, username: str, pin: str) -> Desk:
        """Open the desk of a user by his PIN, after a sign-in by password on the same day."""
        account, cost = self._account(username, by_pin=True)
        if account is None or account.secret is None or not account.pin_enough:
            raise NotAllowedError(
                "PIN baru berlaku sesudah masuk dengan kata sandi pada hari yang sama. Tidak ada "
                "yang berubah; masuklah dengan kata sandi.",
                "password",
            )
        return self._judge(account.id, matches(account.secret, pin, cost), by_pin=True)

    def practice_desk(self, role: Role) -> Desk:
        """Open the desk of whoever holds a role, without asking: in a practice place only."""
        if not self.practice:
            raise NotAllowedError(
                "Di data kantor tidak ada yang dibuka tanpa masuk. Tidak ada yang berubah; "
                "sebutkan penggunanya dengan --user."
            )
        with self._store.reading() as session:
            found = session.scalars(
                select(UserRecord).where(UserRecord.active).order_by(UserRecord.id)
            )
            holder = next((user for user in found if role.value in user.roles), None)
            if holder is None:
                raise RuleError(f"Di data latihan ini tidak ada {role.label}.")
            return self._desk(_user(holder))

    def first_setup(self, profile: OfficeProfile, admin: UserInput) -> Desk:
        """Set up an empty place: profile, holidays of two years, first administrator."""
        with self._store.writing() as session:
            if has_admin(session):
                raise RuleError(
                    "Kantor ini sudah disiapkan. Tidak ada yang berubah; masuklah sebagai "
                    "Administrator untuk mengubahnya."
                )
            record = UserRecord(password_hash=None, pin_hash=None, failures=0)
            session.add(record)
            roles = tuple(dict.fromkeys((*admin.roles, Role.ADMIN)))
            changed = write_user(
                session,
                record,
                replace(admin, id=None, active=True, roles=roles),
                practice=self.practice,
            )
            user = _user(record)
            work = UnitOfWork(session, user, self._clock(), self.practice)
            write_profile(work, profile)
            store_calendar(session, default_calendar(work.today))
            record.password_day = work.today
            op_id = uuid4().hex
            announce_user(work, op_id, "pengguna-baru", record, changed)
            announce_profile(work, uuid4().hex, "penyiapan")
        return self._desk(user)

    def close(self) -> None:
        """Let go of the database and of the place's lock."""
        self._store.close()
        self._release()

    def _account(self, username: str, *, by_pin: bool) -> tuple[_Account | None, HashCost]:
        with self._store.reading() as session:
            cost = load_cost(session)
            user = session.scalars(
                select(UserRecord).where(
                    UserRecord.username == username.strip().lower(), UserRecord.active
                )
            ).first()
            if user is None:
                return None, cost
            self._refuse_waiting(session, user)
            secret = user.pin_hash if by_pin else user.password_hash
            enough = pin_is_enough(user, self._today(session))
            return _Account(user.id, secret, user.blocked_until, enough), cost

    def _refuse_waiting(self, session: Session, user: UserRecord) -> None:
        now = self._clock().astimezone(UTC)
        # a clock that was once wrong must not lock anybody out for years
        if user.blocked_until and now < user.blocked_until <= now + LONGEST_WAIT:
            raise NotAllowedError(self._wait(session, user.blocked_until), "password")

    def _judge(
        self, user_id: int, right: bool, *, by_pin: bool, renewed: str | None = None
    ) -> Desk:
        """Write down how the try ended, in a transaction of its own, then open or refuse."""
        with self._store.writing() as session:
            user = session.get_one(UserRecord, user_id)
            if right and not by_pin:  # a right PIN forgives no wrong ones: five guesses a password
                user.failures, user.blocked_until = 0, None
                user.password_day = self._today(session)
                user.password_hash = renewed or user.password_hash
            if not right:
                user.failures += 1
                user.blocked_until = self._next_try(user.failures)
            said = self._wait(session, user.blocked_until) if user.blocked_until else _MISMATCH
            held = load_roster(session).roles_of(user.id, self._today(session))
            opened = replace(_user(user), roles=held) if held else _user(user)
        if not right:
            raise NotAllowedError(said, "password")
        return self._desk(opened)

    def _next_try(self, failures: int) -> datetime | None:
        if failures < FREE_TRIES:
            return None
        wait = timedelta(minutes=2 ** min(failures - FREE_TRIES, 10))
        return self._clock().astimezone(UTC) + min(wait, LONGEST_WAIT)

    def _wait(self, session: Session, until: datetime) -> str:
        local = until.astimezone(ZoneInfo(load_office(session).zone))
        return (
            f"Terlalu banyak percobaan yang salah. Coba lagi sesudah pukul {clock_time(local)}, "
            "dengan kata sandi; atau mintalah Administrator memberi kata sandi baru."
        )

    def _today(self, session: Session) -> date:
        return self._clock().astimezone(ZoneInfo(load_office(session).zone)).date()

    def _desk(self, user: User) -> Desk:
        return Desk(
            self._store,
            self._files,
            user,
            keys=self._keys,
            practice=self.practice,
            clock=self._clock,
        )


def begin(session: Session, kind: str, now: datetime, cost: HashCost) -> None:
    """Make a new database an office's or a practice's, for ever."""
    session.add(InstanceRecord(id=1, kind=kind, created_at=now))
    store_cost(session, cost)
    if kind == PRACTICE:
        session.add(SettingRecord(name=PRACTICE, value={"password": PRACTICE_PASSWORD}))


def kind_of(store: Store) -> str | None:
    """Give what a database is: office, practice, or None when it has not begun."""
    with store.reading() as session:
        instance = session.get(InstanceRecord, 1)
        return instance.kind if instance else None


def _user(record: UserRecord) -> User:
    return User(record.id, record.username, record.name, tuple(Role(code) for code in record.roles))
