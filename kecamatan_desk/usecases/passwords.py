"""Passwords and PINs: what is acceptable, and how they are kept (argon2id)."""

import unicodedata
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.persistence.tables import SettingRecord

if TYPE_CHECKING:  # argon2 comes in when somebody signs in
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 8, 128
COST = "argon2"

#: Guessed first by anybody; compared without digits and marks at the end.
_COMMON = frozenset(
    [
        "password",
        "passw0rd",
        "sandi",
        "katasandi",
        "rahasia",
        "admin",
        "administrator",
        "kecamatan",
        "kelurahan",
        "camat",
        "sekcam",
        "kantor",
        "pelayanan",
        "indonesia",
        "qwerty",
        "qwertyui",
        "asdfghjk",
        "bismillah",
        "sayang",
        "merdeka",
    ]
)


@dataclass(frozen=True, slots=True)
class HashCost:
    """What one guess costs. The default is RFC 9106's second choice: 64 MiB, three passes."""

    memory: int = 65536  # KiB
    passes: int = 3
    lanes: int = 4


def store_cost(session: Session, cost: HashCost) -> None:
    """Keep the cost with which this place hashes from now on."""
    session.merge(SettingRecord(name=COST, value=asdict(cost)))


def load_cost(session: Session) -> HashCost:
    """Give the cost with which this place hashes."""
    stored = session.get(SettingRecord, COST)
    return HashCost(**stored.value) if stored else HashCost()


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


def check_password(password: str, username: str, field: str = "password") -> None:
    """Refuse a password that is too short or the first one anybody tries."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(
            f"Kata sandi harus {SHORTEST} sampai {LONGEST} huruf. Belum ada yang berubah; "
            "pakai misalnya tiga kata yang mudah diingat.",
            field,
        )
    core = password.casefold().rstrip("0123456789!?.@#-_ ")
    if core in _COMMON or core == username.casefold() or len(set(password)) < 4:
        raise InputError(
            "Kata sandi ini terlalu mudah ditebak. Belum ada yang berubah; pakai misalnya "
            "tiga kata yang tidak berhubungan dengan kantor.",
            field,
        )


def check_pin(pin: str, nip: str = "", field: str = "pin") -> None:
    """Refuse a PIN that is not six digits or that a colleague would try first."""
    if len(pin) != 6 or not (pin.isascii() and pin.isdigit()):
        raise InputError("PIN harus tepat 6 angka. Belum ada yang berubah; ketik 6 angka.", field)
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    born = nip[:8]  # YYYYMMDD
    birthday = {born[2:], born[6:] + born[4:6] + born[2:4]} if len(nip) == 18 else set()
    if steps in ({0}, {1}, {-1}) or pin[:3] == pin[3:] or pin in birthday:
        raise InputError(
            "PIN ini terlalu mudah ditebak (angka sama, berurutan, berulang, atau tanggal lahir). "
            "Belum ada yang berubah; pilih 6 angka lain.",
            field,
        )


@lru_cache(maxsize=4)
def _hasher(cost: HashCost) -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory, parallelism=cost.lanes)


def _composed(secret: str) -> str:
    return unicodedata.normalize("NFC", secret)
