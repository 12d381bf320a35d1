"""How passwords and PINs are kept: argon2id, its cost measured on this machine.

A PIN has a million values: its hash alone, in a stolen copy of the database, would be guessed in
hours. So what is hashed is the PIN's HMAC with a secret that lies beside the database and in no
copy of it (`persistence.keys.PinSecret`). Source: reliability bar 3.9.
"""

import hmac
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from time import perf_counter
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from kecamatan_desk.persistence.keys import PinSecret
from kecamatan_desk.persistence.tables import SettingRecord
from kecamatan_desk.usecases.password_rules import LONGEST

if TYPE_CHECKING:  # argon2 comes in when somebody signs in
    from argon2 import PasswordHasher

COST = "argon2"
#: What one hash may take, in seconds; the floor is OWASP's: 19 MiB, two passes, one lane.
QUICKEST, SLOWEST = 0.25, 0.7
_LEAST_MEMORY, _LEAST_PASSES, _MOST_PASSES = 19456, 2, 12
#: Marks a cost that was chosen by hand: practice, tests.
FIXED = "fixed"
_MARK = "pin1"  # in front of a PIN's hash that needs the secret beside the database


@dataclass(frozen=True, slots=True)
class HashCost:
    """What one guess costs. The default is RFC 9106's second choice: 64 MiB, three passes."""

    memory: int = 65536  # KiB
    passes: int = 3
    lanes: int = 4


def store_cost(session: Session, cost: HashCost, machine: str = FIXED) -> None:
    """Keep the cost with which this place hashes from now on.

    ``machine``: the mark of the machine it was measured on; FIXED is never measured again.
    """
    session.merge(SettingRecord(name=COST, value={**asdict(cost), "machine": machine}))


def load_cost(session: Session) -> HashCost:
    """Give the cost with which this place hashes."""
    stored = session.get(SettingRecord, COST)
    if stored is None:
        return HashCost()
    return HashCost(**{key: value for key, value in stored.value.items() if key != "machine"})


def measured_on(session: Session) -> str:
    """Give the mark of the machine the cost was measured on; "" when it never was."""
    stored = session.get(SettingRecord, COST)
    return str(stored.value.get("machine", "")) if stored else ""


def calibrated(measure: Callable[["HashCost"], float] | None = None) -> HashCost:
    """Find a cost that takes QUICKEST to SLOWEST on this machine, never below the floor.

    ``measure`` gives the seconds of one hash. Memory stays at 64 MiB where the machine can afford
    it, since that is what makes guessing on other hardware dear; passes are added to slow it.
    """
    seconds = measure or _seconds
    cost = HashCost()
    spent = seconds(cost)
    while spent > SLOWEST and cost.passes > _LEAST_PASSES:
        cost = replace(cost, passes=cost.passes - 1)
        spent = seconds(cost)
    while spent > SLOWEST and cost.memory > _LEAST_MEMORY:
        cost = replace(cost, memory=max(cost.memory // 2, _LEAST_MEMORY))
        spent = seconds(cost)
    while spent < QUICKEST and cost.passes < _MOST_PASSES:
        cost = replace(cost, passes=cost.passes + 1)
        spent = seconds(cost)
    return cost


def _seconds(cost: HashCost) -> float:
    """Measure the quicker of two hashes: a busy moment must not make every later one cheap."""
    spent = []
    for _ in range(2):
        begun = perf_counter()
        hashed("sandi untuk mengukur", cost)
        spent.append(perf_counter() - begun)
    return min(spent)


def hashed(secret: str, cost: HashCost) -> str:
    """Hash a password or PIN; slow on purpose, also to answer for a user who does not exist."""
    return _hasher(cost).hash(_composed(secret))


def matches(stored: str, secret: str, cost: HashCost) -> bool:
    """Tell whether the secret is the one that was hashed."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(secret) > LONGEST:
        return False
    try:
        return _hasher(cost).verify(stored, _composed(secret))
    except (VerificationError, InvalidHashError):
        return False


def outdated(stored: str, cost: HashCost) -> bool:
    """Tell whether a hash was made with another cost than this place uses now."""
    return _hasher(cost).check_needs_rehash(stored)


def hashed_pin(pin: str, cost: HashCost, secret: PinSecret) -> str:
    """Hash a PIN together with this machine's secret, which is made now if there is none."""
    return f"{_MARK}:{secret.mark()}:{hashed(_keyed(pin, secret.get()), cost)}"


def pin_matches(stored: str, pin: str, cost: HashCost, secret: PinSecret) -> bool:
    """Tell whether the PIN is the one that was hashed; False when its secret is not here."""
    mark, _, rest = stored.partition(":")
    if mark != _MARK:
        return matches(stored, pin, cost)  # hashed before there was a secret
    return pin_usable(stored, secret) and matches(
        rest.partition(":")[2], _keyed(pin, secret.get()), cost
    )


def pin_usable(stored: str | None, secret: PinSecret) -> bool:
    """Tell whether a PIN can be checked here: not on a PC that got the data from a copy."""
    if stored is None:
        return False
    mark, _, rest = stored.partition(":")
    return mark != _MARK or rest.partition(":")[0] == secret.known_mark()


def pin_outdated(stored: str, cost: HashCost) -> bool:
    """Tell whether a PIN's hash was made without a secret or with another cost."""
    mark, _, rest = stored.partition(":")
    return mark != _MARK or outdated(rest.partition(":")[2], cost)


def _keyed(pin: str, secret: bytes) -> str:
    return hmac.digest(secret, _composed(pin).encode(), "sha256").hex()


@lru_cache(maxsize=4)
def _hasher(cost: HashCost) -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory, parallelism=cost.lanes)


def _composed(secret: str) -> str:
    return unicodedata.normalize("NFC", secret)
