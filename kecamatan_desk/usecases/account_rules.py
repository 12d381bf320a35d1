"""What makes a user acceptable: his name, roles and secrets, one Camat, one administrator left."""

import re
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.people import digits_only
from kecamatan_desk.domain.roles import OFFICIALS, STAFF, Role
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.keys import PinSecret
from kecamatan_desk.persistence.tables import TermRecord, UserRecord
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.password_rules import check_password, check_pin
from kecamatan_desk.usecases.passwords import hashed, hashed_pin, load_cost, pin_usable
from kecamatan_desk.usecases.people_values import UserInput, UserRow
from kecamatan_desk.usecases.settings import load_office

#: Offices with one definitive holder; a sub-district may have several Kasi.
SINGLE = (Role.SEKCAM, Role.CAMAT)
#: Wrong tries after which the PIN is no longer enough and every further try has to wait.
FREE_TRIES = 5

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,29}")


def user_row(user: UserRecord, today: date, pins: PinSecret) -> UserRow:
    """Give a user as screens show him, without anything of his secrets."""
    return UserRow(
        id=user.id,
        username=user.username,
        name=user.name,
        roles=tuple(Role(code) for code in user.roles),
        active=user.active,
        has_password=user.password_hash is not None,
        has_pin=user.pin_hash is not None,
        pin_open=pin_is_enough(user, today, pins),
        nip=user.nip,
        rank=user.rank,
        locked=user.failures >= FREE_TRIES,
        must_change=user.must_change,
    )


def pin_is_enough(user: UserRecord, today: date, pins: PinSecret) -> bool:
    """Tell whether the PIN opens today: after a sign-in by password, until it was guessed at."""
    return (
        user.active
        and user.pin_hash is not None
        and user.password_day == today
        and user.pin_failures < FREE_TRIES
        and pin_usable(user.pin_hash, pins)
    )


def write_user(
    session: Session,
    user: UserRecord,
    typed: UserInput,
    pins: PinSecret,
    *,
    practice: bool,
    office: OfficeProfile | None = None,
) -> list[str]:
    """Check what was typed and write it to the record; give the names of what changed.

    ``office``: the one about to be set up; None: the stored one.
    """
    with session.no_autoflush:
        values = _checked(session, typed)
        changed = [name for name, value in values.items() if getattr(user, name) != value]
        for name, value in values.items():
            setattr(user, name, value)
        changed += write_secrets(
            session, user, typed.password, typed.pin, pins, practice=practice, office=office
        )
        _require_password(user)
        _refuse_second_holder(session, user)
    session.flush()
    _require_an_admin(session)
    return changed


def write_secrets(
    session: Session,
    user: UserRecord,
    password: str,
    pin: str,
    pins: PinSecret,
    *,
    practice: bool,
    prefix: str = "",
    office: OfficeProfile | None = None,
) -> list[str]:
    """Hash and keep what was given of password and PIN; give the names of what changed.

    ``prefix`` stands before the field names in refusals.
    """
    changed = []
    cost = load_cost(session)
    if password:
        if not practice:  # there one password is shared and shown
            check_password(
                password,
                user.username,
                name=user.name,
                nip=user.nip,
                office=office or load_office(session),
                field=f"{prefix}password",
            )
        user.password_hash = hashed(password, cost)
        user.failures, user.failed_uptime, user.blocked_until = 0, None, None
        user.pin_failures, user.password_day = 0, None
        changed.append("password")
    if pin:
        check_pin(pin, user.nip, f"{prefix}pin")
        user.pin_hash = hashed_pin(pin, cost, pins)
        changed.append("pin")
    return changed


def _checked(session: Session, typed: UserInput) -> dict[str, object]:
    username = typed.username.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise InputError(
            "Nama pengguna 2 sampai 30 huruf kecil atau angka tanpa spasi, misalnya sari.w. "
            "Isian lain tetap ada.",
            "username",
        )
    taken = session.scalar(
        select(UserRecord.id).where(UserRecord.username == username, UserRecord.id != typed.id)
        if typed.id is not None
        else select(UserRecord.id).where(UserRecord.username == username)
    )
    if taken is not None:
        raise InputError(
            f"Nama pengguna {username} sudah dipakai. Isian lain tetap ada; pilih nama lain.",
            "username",
        )
    name = checked_text(typed.name, "Nama", 100, "name")
    if not name:
        raise InputError("Nama harus diisi, lengkap dengan gelar seperti dicetak.", "name")
    roles = [role.value for role in STAFF if role in typed.roles]
    if not roles or len(roles) != len(set(typed.roles)):
        raise InputError("Pilih sedikitnya satu peran pegawai.", "roles")
    return {
        "username": username,
        "name": name,
        "nip": _checked_nip(typed.nip),
        "rank": checked_text(typed.rank, "Pangkat", 60, "rank"),
        "roles": roles,
        "active": typed.active,
    }


def _checked_nip(typed: str) -> str:
    nip = digits_only(typed)
    if nip and not (len(nip) == 18 and nip.isascii() and nip.isdigit()):
        raise InputError("NIP harus 18 angka, atau kosong untuk yang bukan ASN.", "nip")
    return nip


def _require_password(user: UserRecord) -> None:
    if (
        user.active
        and user.password_hash is None
        and set(user.roles) - {r.value for r in OFFICIALS}
    ):
        raise InputError(
            "Kata sandi harus diisi: hanya pejabat yang memutus di atas kertas boleh tanpa kata "
            "sandi. Isian lain tetap ada.",
            "password",
        )


def _refuse_second_holder(session: Session, user: UserRecord) -> None:
    if not user.active:
        return
    by_term = set(session.scalars(select(TermRecord.role).distinct()))
    others = session.scalars(select(UserRecord).where(UserRecord.active))
    for other in others.all():
        for role in SINGLE:
            if role.value in by_term:
                continue  # its terms say who holds it, and never two on one day
            if other is not user and role.value in user.roles and role.value in other.roles:
                raise RuleError(
                    f"{role.label} sudah dijabat {other.name}. Tidak ada yang berubah; cabut dulu "
                    "peran itu darinya, atau catat sebagai Plt./Plh. pada menu Pejabat.",
                    "roles",
                )


def _require_an_admin(session: Session) -> None:
    if not has_admin(session):
        raise RuleError(
            "Ini administrator terakhir yang aktif. Tidak ada yang berubah; beri dulu peran "
            "Administrator kepada pengguna lain.",
            "roles",
        )


def has_admin(session: Session) -> bool:
    """Tell whether somebody can sign in as administrator."""
    found = session.scalars(
        select(UserRecord).where(UserRecord.active, UserRecord.password_hash.is_not(None))
    )
    return any(Role.ADMIN.value in user.roles for user in found)
