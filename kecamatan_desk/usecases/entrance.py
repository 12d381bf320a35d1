"""The door: an opened place, the people who may come in, and coming in."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from time import monotonic
from typing import TYPE_CHECKING, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import NotAllowedError, RuleError
from kecamatan_desk.domain.indonesian import moment_there
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.files import ByteStore
from kecamatan_desk.persistence.journal import NumberJournal
from kecamatan_desk.persistence.keys import KeyRing
from kecamatan_desk.persistence.tables import EventRecord, InstanceRecord, SettingRecord, UserRecord
from kecamatan_desk.usecases.account_rules import (
    has_admin,
    user_row,
    write_user,
)
from kecamatan_desk.usecases.accounts import announce_user
from kecamatan_desk.usecases.desk import Clock, Desk, UnitOfWork, User, plenty
from kecamatan_desk.usecases.door import Door, Entered, user_of
from kecamatan_desk.usecases.entrance_values import PRACTICE_PASSWORD, RESTORED, Welcome
from kecamatan_desk.usecases.office import announce_profile, default_calendar, write_profile
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.passwords import FIXED, HashCost, store_cost
from kecamatan_desk.usecases.people_values import UserInput, UserRow
from kecamatan_desk.usecases.presence import load_roster
from kecamatan_desk.usecases.settings import load_logo, load_office, store_calendar

if TYPE_CHECKING:
    from kecamatan_desk.usecases.backup_values import BackupState
    from kecamatan_desk.usecases.password_recovery import SealedKey, TwoPersons

OFFICE: Final = "office"
PRACTICE: Final = "practice"


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
        uptime: Callable[[], float] = monotonic,
        room: Callable[[], int] = plenty,
    ) -> None:
        self.practice = practice
        self._store = store
        self._files = files
        self._keys = keys
        self._clock = clock
        self._uptime = uptime
        self._door = Door(store, keys.pins, practice=practice, clock=clock, uptime=uptime)
        self._room = room
        self._release = release
        self._journal = NumberJournal(store.path.parents[1] / "journal")

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
                    user_row(user, today, self._keys.pins),
                    nip="",
                    rank="",
                    held=roster.standings_of(user.id, today),
                )
                for user in found
            )

    def fresh_from_backup(self) -> str:
        """Say that these data were restored and nothing was done since; "" otherwise.

        The end of a restore may never have been seen: the program can be killed right after it.
        """
        wanted = select(EventRecord).order_by(EventRecord.seq.desc()).limit(1)
        with self._store.reading() as session:
            newest = session.scalars(wanted).first()
            if newest is None or newest.act != RESTORED:
                return ""
            made = datetime.fromisoformat(json.loads(newest.payload)["made_at"])
            there = moment_there(made, load_office(session).zone)
            return f"Data dipulihkan dari cadangan {there}; sesudahnya belum ada yang dikerjakan."

    def backup_state(self) -> "BackupState | None":
        """Tell how old the backups are; None for practice data, which can be made anew."""
        if self.practice:
            return None
        from kecamatan_desk.usecases.backups import known_to_office, state_at  # loads much

        now = self._clock()
        place = Place(self._store.path.parents[1], "office")
        with self._store.reading() as session:
            nobody = User(0, "", "", ())
            known = known_to_office(UnitOfWork(session, nobody, now, self.practice))
        return state_at(place, now, known, self._journal.fault)

    def sign_in(self, username: str, password: str) -> Desk:
        """Open the desk of a user by his password; ``desk.welcome`` is what he is to be told.

        NotAllowedError in one wording, whether the user is unknown or the password wrong; after
        five wrong tries it says until when to wait.
        """
        return self._desk(self._door.enter(username, password, by_pin=False))

    def sign_in_pin(self, username: str, pin: str) -> Desk:
        """Open the desk of a user by his PIN, after a sign-in by password on the same day."""
        return self._desk(self._door.enter(username, pin, by_pin=True))

    def recover(self, username: str, proof: "TwoPersons | SealedKey") -> str:
        """Give an administrator who forgot his password a new one; see `password_recovery`."""
        if self.practice:
            raise RuleError(
                "Data latihan memakai satu kata sandi yang tertulis di halaman masuk. Tidak ada "
                "yang berubah; masuklah dengan kata sandi itu."
            )
        from kecamatan_desk.usecases.password_recovery import recover  # rarely: loads much

        now = self._clock()
        return recover(self._store, self._door, self._keys, now, username, proof)

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
            desk = self._desk(Entered(user_of(holder), Welcome()))
            desk.always_proven = True  # nobody is asked here
            return desk

    def first_setup(self, profile: OfficeProfile, admin: UserInput) -> Desk:
        """Set up an empty place: profile, holidays of two years, first administrator."""
        self._door.measure()
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
                self._keys.pins,
                practice=self.practice,
                office=profile,
            )
            user = user_of(record)
            work = UnitOfWork(session, user, self._clock(), self.practice)
            write_profile(work, profile)
            store_calendar(session, default_calendar(work.today))
            work.forget_settings()
            record.password_day, record.last_in = work.today, work.now
            op_id = uuid4().hex
            announce_user(work, op_id, "pengguna-baru", record, changed)
            announce_profile(work, uuid4().hex, "penyiapan")
        self._door.opened(user.id)
        return self._desk(Entered(user, Welcome()))

    def close(self) -> None:
        """Let go of the database and of the place's lock."""
        self._store.close()
        self._release()

    def _today(self, session: Session) -> date:
        return self._clock().astimezone(ZoneInfo(load_office(session).zone)).date()

    def _desk(self, entered: Entered) -> Desk:
        desk = Desk(
            self._store,
            self._files,
            entered.user,
            keys=self._keys,
            practice=self.practice,
            clock=self._clock,
            room=self._room,
            journal=self._journal,
            uptime=self._uptime,
            door=self._door,
        )
        desk.welcome = entered.welcome
        return desk


def begin(session: Session, kind: str, now: datetime, cost: HashCost | None) -> None:
    """Make a new database an office's or a practice's, for ever.

    ``cost`` None: what hashing may cost is measured when the first password is set.
    """
    session.add(InstanceRecord(id=1, kind=kind, created_at=now))
    store_cost(session, cost or HashCost(), FIXED if cost else "")
    if kind == PRACTICE:
        session.add(SettingRecord(name=PRACTICE, value={"password": PRACTICE_PASSWORD}))


def kind_of(store: Store) -> str | None:
    """Give what a database is: office, practice, or None when it has not begun."""
    with store.reading() as session:
        instance = session.get(InstanceRecord, 1)
        return instance.kind if instance else None


def never_used(store: Store) -> bool:
    """Tell whether nobody has ever been entered and nothing ever been done in a database."""
    with store.reading() as session:
        somebody = session.scalar(select(UserRecord.id).limit(1))
        something = session.scalar(select(EventRecord.seq).limit(1))
        return somebody is None and something is None
