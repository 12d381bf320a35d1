"""An administrator has forgotten his password: two persons, or the sealed recovery key, open again.

Nobody alone takes over the administration unseen: two passwords of two others are asked, one of
them the Camat's (or who acts for him) or another administrator's; or the key on the sealed sheet.
The new password is random, is shown once and must be changed. It is an event, and every
administrator reads of it at his next sign-in. Source: reliability bar 3.9.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import DeskError, NotAllowedError, RuleError
from kecamatan_desk.domain.indonesian import clock as clock_time
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.keys import KeyRing
from kecamatan_desk.persistence.sealing import recipient_of
from kecamatan_desk.persistence.tables import RecoveryKeyRecord, UserRecord
from kecamatan_desk.usecases.account_rules import write_secrets
from kecamatan_desk.usecases.desk import UnitOfWork, User
from kecamatan_desk.usecases.door import Door, user_of
from kecamatan_desk.usecases.password_rules import first_password
from kecamatan_desk.usecases.recovery import mark_of, secret_from
from kecamatan_desk.usecases.recovery_news import remember_reset


@dataclass(frozen=True, slots=True)
class TwoPersons:
    """User names and passwords of the two who open for a third."""

    first: str
    first_password: str
    second: str
    second_password: str

    def __repr__(self) -> str:
        return f"TwoPersons({self.first}, {self.second})"


@dataclass(frozen=True, slots=True)
class SealedKey:
    """The recovery key as it was typed from its sheet."""

    typed: str

    def __repr__(self) -> str:
        return "SealedKey()"


def recover(
    store: Store,
    door: Door,
    keys: KeyRing,
    now: datetime,
    username: str,
    proof: TwoPersons | SealedKey,
) -> str:
    """Give an administrator a new password, to be handed to him and changed at his sign-in.

    RuleError when he is none, NotAllowedError when the two may not or the key is another,
    InputError when the key is mistyped. Wrong passwords count as at the door.
    """
    with store.reading() as session:
        target = user_of(_administrator(session, username))
    persons = _two(door, target, proof) if isinstance(proof, TwoPersons) else ()
    mark = _key_mark(store, proof) if isinstance(proof, SealedKey) else ""
    made = first_password()
    with store.writing() as session:
        record = _administrator(session, username)
        write_secrets(session, record, made, "", keys.pins, practice=False)
        record.must_change = True
        actor = persons[0] if persons else target
        work = UnitOfWork(session, actor, now, practice=False)
        told = {"user": record.id, "by": [one.id for one in persons], "key": mark}
        role = next((r for r in actor.roles if r in (Role.CAMAT, Role.ADMIN)), Role.ADMIN)
        work.close_event(work.link(), uuid4().hex, "sandi-pulih", role, payload=told)
        how = (
            f"atas persetujuan {persons[0].name} dan {persons[1].name}"
            if persons
            else f"dengan kunci pemulihan {mark}"
        )
        remember_reset(session, work.now, _sentence(work, record.name, how))
    return made


def _administrator(session: Session, username: str) -> UserRecord:
    found = session.scalars(
        select(UserRecord).where(UserRecord.username == username.strip().lower(), UserRecord.active)
    ).first()
    if found is None or Role.ADMIN.value not in found.roles:
        raise RuleError(
            "Cara ini hanya untuk kata sandi Administrator. Tidak ada yang berubah; pengguna lain "
            "mendapat kata sandi baru dari Administrator pada menu Pengguna."
        )
    return found


def _two(door: Door, target: User, proof: TwoPersons) -> tuple[User, User]:
    """Identify both, who vouches with his office first."""
    if len({proof.first.strip().lower(), proof.second.strip().lower(), target.username}) < 3:
        raise RuleError(
            "Keduanya orang yang sama, atau salah satunya Administrator yang lupa itu. Tidak ada "
            "yang berubah; pilih dua orang lain.",
            "second",
        )
    found = []
    for name, username, password in (
        ("first", proof.first, proof.first_password),
        ("second", proof.second, proof.second_password),
    ):
        try:
            found.append(door.identify(username, password))
        except DeskError as error:
            raise type(error)(str(error), f"{name}_password") from error
    found.sort(key=lambda one: not _vouches(one))
    if not _vouches(found[0]):
        raise NotAllowedError(
            "Salah satu dari keduanya harus Camat atau Administrator lain. Tidak ada yang berubah; "
            "mintalah Camat memasukkan kata sandinya, atau pakai kunci pemulihan.",
            "first",
        )
    return found[0], found[1]


def _vouches(user: User) -> bool:
    return Role.CAMAT in user.roles or Role.ADMIN in user.roles


def _key_mark(store: Store, proof: SealedKey) -> str:
    """Give the short name of the key in use when that is what was typed."""
    recipient = recipient_of(secret_from(proof.typed))
    with store.reading() as session:
        newest = session.scalars(
            select(RecoveryKeyRecord.recipient).order_by(RecoveryKeyRecord.id.desc()).limit(1)
        ).first()
    if newest is None:
        raise RuleError(
            "Kantor ini belum punya kunci pemulihan. Tidak ada yang berubah; pakai cara dua orang.",
            "recovery-key",
        )
    if recipient != newest:
        raise NotAllowedError(
            f"Ini bukan kunci pemulihan yang berlaku ({mark_of(newest)}). Tidak ada yang berubah; "
            "ambil lembar kunci yang terbaru dari amplopnya.",
            "recovery-key",
        )
    return mark_of(newest)


def _sentence(work: UnitOfWork, name: str, how: str) -> str:
    local = work.now.astimezone(ZoneInfo(work.office.zone))
    return (
        f"Kata sandi Administrator {name} dibuat baru di pintu pada {long_date(local.date())} "
        f"pukul {clock_time(local)} {how.removesuffix('.')}. Bila ini tidak Anda ketahui, laporkan "
        "kepada Camat."
    )
