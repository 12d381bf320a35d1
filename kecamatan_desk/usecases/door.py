"""Who is at the door: passwords and PINs are tried here, counted, and made to wait.

Wrong passwords: five are free, then a minute, doubling to fifteen: about forty guesses in a
working day. The wait is measured by how long the machine has run (a lower bound of the time that
has passed, also across a restart), so no setting of the clock shortens it; the clock only words
the sentence. It never lasts for ever: a colleague must not be able to shut another one out.

A PIN is enough on this PC after a password of the same office day, for eight hours at most, and
until five wrong ones. Data lie on one PC, so the day of the last password is that mark; a PC
that got the data from a copy lacks the PINs' secret and asks for the password first.
Source: reliability bar 3.9 and P15; ASVS 2.2.1, 7.3.2.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import DiskFullError, MachineError, NotAllowedError
from kecamatan_desk.domain.indonesian import clock as clock_time
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.keys import PinSecret
from kecamatan_desk.persistence.tables import SettingRecord, UserRecord
from kecamatan_desk.usecases.account_rules import FREE_TRIES, pin_is_enough
from kecamatan_desk.usecases.desk import Clock, User
from kecamatan_desk.usecases.entrance_values import Welcome
from kecamatan_desk.usecases.passwords import (
    FIXED,
    HashCost,
    calibrated,
    hashed,
    hashed_pin,
    load_cost,
    matches,
    measured_on,
    outdated,
    pin_matches,
    pin_outdated,
    pin_usable,
    store_cost,
)
from kecamatan_desk.usecases.presence import load_roster
from kecamatan_desk.usecases.recovery_news import news_for
from kecamatan_desk.usecases.settings import load_office

R = TypeVar("R")

LONGEST_WAIT = timedelta(minutes=15)
#: Seconds for which one password lets the PIN be enough.
PASSWORD_LASTS = 8 * 3600.0
_MOST_UNKNOWN = 200  # names that belong to nobody whose tries are remembered
_UNKNOWN = "tries"  # the setting that counts tries at such names

MISMATCH = (
    "Nama pengguna dan kata sandi tidak cocok. Tidak ada yang berubah; periksa huruf "
    "besar dan kecil, lalu ketik ulang."
)
NO_ROOM = (
    "Cakram penuh, jadi kata sandi atau PIN belum dapat diperiksa. Tidak ada yang hilang dan "
    "percobaan ini tidak dihitung; kosongkan cakram, lalu ulangi."
)
WRONG_PIN = (
    "PIN tidak cocok. Tidak ada yang berubah; ketik ulang keenam angkanya, atau masuklah dengan "
    "kata sandi."
)
_NO_PIN = (
    "PIN baru berlaku sesudah masuk dengan kata sandi pada hari yang sama, paling lama 8 jam. "
    "Tidak ada yang berubah; masuklah dengan kata sandi."
)
_PIN_SPENT = (
    f"PIN sudah {FREE_TRIES} kali salah. Tidak ada yang berubah; masuklah dengan kata sandi, "
    "sesudah itu PIN berlaku lagi."
)
_PIN_ELSEWHERE = (
    "PIN ini dibuat di komputer lain dan belum berlaku di sini. Tidak ada yang berubah; masuklah "
    "dengan kata sandi, lalu buat PIN baru pada menu Saya."
)


@dataclass(frozen=True, slots=True)
class Entered:
    """Who came in, and what he is to be told."""

    user: User
    welcome: Welcome


@dataclass(frozen=True, slots=True)
class _Account:
    """What is known of a user before he has proved himself."""

    id: int
    password: str
    pin: str
    failures: int
    failed_uptime: float | None
    pin_refusal: str


class Door:
    """Tries passwords and PINs of one place. Touches the disk: call it from a worker.

    ``uptime`` gives seconds that no clock setting moves, since the machine was started.
    """

    def __init__(
        self,
        store: Store,
        pins: PinSecret,
        *,
        practice: bool,
        clock: Clock,
        uptime: Callable[[], float],
    ) -> None:
        self._store = store
        self._pins = pins
        self._practice = practice
        self._clock = clock
        self._uptime = uptime
        self._lock = threading.Lock()  # one try at a time: none slips in before the count
        self._given: dict[int, float] = {}  # user -> uptime of his last right password
        self._unknown: dict[str, tuple[int, float]] = {}  # name of nobody -> tries, uptime

    def enter(self, username: str, secret: str, *, by_pin: bool) -> Entered:
        """Let a user in, and forget what he is told now. NotAllowedError in one wording."""
        with self._lock:
            user_id = self._tried(self._named(username), username, secret, by_pin=by_pin)
            return self._entered(user_id)

    def prove(self, user_id: int, secret: str, *, by_pin: bool) -> None:
        """See that it is still he who sits there; wrong tries count as at the door."""
        with self._lock:
            self._tried(self._numbered(user_id), "", secret, by_pin=by_pin)

    def pin_enough(self, user_id: int) -> bool:
        """Tell whether a PIN would do now."""
        account = self._numbered(user_id)
        return account is not None and not account.pin_refusal

    def identify(self, username: str, password: str) -> User:
        """Give who owns a password, without letting him in: two persons open for a third."""
        with self._lock:
            user_id = self._tried(self._named(username), username, password, by_pin=False)
            with self._store.reading() as session:
                return self._user(session, session.get_one(UserRecord, user_id))

    def opened(self, user_id: int) -> None:
        """Note that a user has just set his password here: his PIN is enough from now on."""
        self._given[user_id] = self._uptime()

    def measure(self) -> None:
        """See once on every machine what a hash may cost here (about two seconds)."""
        with self._store.reading() as session:
            mark, known = measured_on(session), self._practice
        if known or mark == FIXED:
            return
        try:
            here = self._pins.mark()
        except MachineError:
            return  # nothing names this machine yet: its disk refuses, and people must get in
        if mark == here:
            return
        cost = calibrated()
        self._stored(partial(store_cost, cost=cost, machine=here))

    def _named(self, username: str) -> _Account | None:
        wanted = UserRecord.username == username.strip().lower()
        with self._store.reading() as session:
            return self._account(session, session.scalars(select(UserRecord).where(wanted)).first())

    def _numbered(self, user_id: int) -> _Account | None:
        with self._store.reading() as session:
            return self._account(session, session.get(UserRecord, user_id))

    def _account(self, session: Session, user: UserRecord | None) -> _Account | None:
        if user is None or not user.active or user.password_hash is None:
            return None
        return _Account(
            user.id,
            user.password_hash,
            user.pin_hash or "",
            user.failures,
            user.failed_uptime,
            self._pin_refusal(session, user),
        )

    def _pin_refusal(self, session: Session, user: UserRecord) -> str:
        """Say why a PIN is not enough now; "" when it is."""
        if user.pin_failures >= FREE_TRIES:
            return _PIN_SPENT
        if user.pin_hash and not pin_usable(user.pin_hash, self._pins):
            return _PIN_ELSEWHERE
        lasted = self._uptime() - self._given.get(user.id, self._uptime())
        if not pin_is_enough(user, self.today(session), self._pins) or lasted > PASSWORD_LASTS:
            return _NO_PIN
        return ""

    def _tried(self, account: _Account | None, username: str, secret: str, *, by_pin: bool) -> int:
        """Give the user's id when the secret is right; count and refuse when it is not."""
        if by_pin:
            return self._tried_pin(account, secret)
        cost = self._ready(account, username)
        if account is None:
            hashed(secret[:128], cost)  # takes as long as for a user who exists
            self._count_unknown(username)
            raise NotAllowedError(MISMATCH, "password")
        right = matches(account.password, secret, cost)
        renewed = None
        if right:
            self.measure()
            with self._store.reading() as session:
                cost = load_cost(session)
            renewed = hashed(secret, cost) if outdated(account.password, cost) else None
            self._given[account.id] = self._uptime()

        def noted(session: Session) -> str:
            user = session.get_one(UserRecord, account.id)
            if right:
                user.failures, user.failed_uptime, user.blocked_until = 0, None, None
                user.pin_failures, user.password_day = 0, self.today(session)
                user.password_hash = renewed or user.password_hash
            else:
                user.failures += 1
                user.untold_failures += 1
                user.failed_uptime = self._uptime()
            return self._wait(session, self._left(user.failures, user.failed_uptime))

        said = self._stored(noted)
        if not right:
            raise NotAllowedError(said or MISMATCH, "password")
        return account.id

    def _tried_pin(self, account: _Account | None, pin: str) -> int:
        if account is None or account.pin_refusal:
            raise NotAllowedError(account.pin_refusal if account else _NO_PIN, "password")
        with self._store.reading() as session:
            cost = load_cost(session)
        right = pin_matches(account.pin, pin, cost, self._pins)
        renewed = None
        if right and pin_outdated(account.pin, cost):
            renewed = hashed_pin(pin, cost, self._pins)

        def noted(session: Session) -> bool:
            user = session.get_one(UserRecord, account.id)
            if right:  # it forgives no wrong ones: five guesses between two passwords
                user.pin_hash = renewed or user.pin_hash
            else:
                user.pin_failures += 1
                user.untold_failures += 1
            return user.pin_failures >= FREE_TRIES

        spent = self._stored(noted)
        if not right:
            raise NotAllowedError(_PIN_SPENT if spent else WRONG_PIN, "password")
        return account.id

    def _ready(self, account: _Account | None, username: str) -> HashCost:
        """Give the cost of a guess, or refuse one that has to wait."""
        tries = self._unknown.get(username.strip().lower(), (0, 0.0))
        if account is not None:
            left = self._left(account.failures, account.failed_uptime)
        else:
            left = self._left(*tries)
        with self._store.reading() as session:
            if said := self._wait(session, left):
                raise NotAllowedError(said, "password")
            return load_cost(session)

    def _count_unknown(self, username: str) -> None:
        """Count a try at a name that belongs to nobody: told, made to wait and stored alike."""
        name = username.strip().lower()
        if len(self._unknown) >= _MOST_UNKNOWN:
            self._unknown.pop(next(iter(self._unknown)))
        tries = self._unknown.pop(name, (0, 0.0))[0] + 1
        self._unknown[name] = (tries, self._uptime())

        def noted(session: Session) -> str:
            stored = session.get(SettingRecord, _UNKNOWN)
            before = int(stored.value.get("unknown", 0)) if stored else 0
            session.merge(SettingRecord(name=_UNKNOWN, value={"unknown": before + 1}))
            return self._wait(session, self._left(*self._unknown[name]))

        if said := self._stored(noted):
            raise NotAllowedError(said, "password")

    def _left(self, failures: int, failed_uptime: float | None) -> float:
        """Give the seconds still to wait before the next password.

        What the machine has run since is never more than what has passed: after a restart it
        counts from the restart.
        """
        if failures < FREE_TRIES:
            return 0.0
        doubled = 60.0 * float(2 ** min(failures - FREE_TRIES, 10))
        wait = min(doubled, LONGEST_WAIT.total_seconds())
        now, then = self._uptime(), failed_uptime or 0.0
        return max(wait - (now - then if now >= then else now), 0.0)

    def _wait(self, session: Session, seconds: float) -> str:
        if seconds <= 0:
            return ""
        until = self._clock().astimezone(UTC) + timedelta(seconds=seconds)
        local = until.astimezone(ZoneInfo(load_office(session).zone))
        return (
            f"Terlalu banyak percobaan yang salah. Coba lagi sesudah pukul {clock_time(local)}, "
            "dengan kata sandi; atau mintalah Administrator membuka kuncinya pada menu Pengguna."
        )

    def _entered(self, user_id: int) -> Entered:
        def noted(session: Session) -> Entered:
            user = session.get_one(UserRecord, user_id)
            gone = bool(user.pin_hash) and not pin_usable(user.pin_hash, self._pins)
            welcome = Welcome(
                user.untold_failures,
                user.last_in,
                gone,
                user.must_change,
                news_for(session, user),
            )
            user.untold_failures, user.last_in = 0, self._clock().astimezone(UTC)
            return Entered(self._user(session, user), welcome)

        return self._stored(noted)

    def _stored(self, write: Callable[[Session], R]) -> R:
        """Store what was tried; on a full disk once more with the room that was kept back.

        DiskFullError when there is none at all: nobody comes in whose tries cannot be counted.
        """
        try:
            return self._write(write)
        except DiskFullError as error:
            if not error.relieved:
                raise DiskFullError(NO_ROOM) from error
        try:
            return self._write(write)
        except DiskFullError as error:
            raise DiskFullError(NO_ROOM) from error

    def _write(self, write: Callable[[Session], R]) -> R:
        with self._store.writing() as session:
            return write(session)

    def _user(self, session: Session, user: UserRecord) -> User:
        held = load_roster(session).roles_of(user.id, self.today(session))
        plain = user_of(user)
        return replace(plain, roles=held) if held else plain

    def today(self, session: Session) -> date:
        """The office's calendar date."""
        return self._clock().astimezone(ZoneInfo(load_office(session).zone)).date()


def user_of(record: UserRecord) -> User:
    """Give who a stored user is, with the roles of his account."""
    return User(record.id, record.username, record.name, tuple(Role(code) for code in record.roles))
