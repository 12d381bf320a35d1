"""Users of the office, their secrets, and who acts for which official."""

import re
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.people import digits_only
from kecamatan_desk.domain.roles import OFFICIALS, STAFF, Role
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.chain import canonical
from kecamatan_desk.persistence.tables import ActingRecord, ContentRecord, UserRecord
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.passwords import (
    check_password,
    check_pin,
    hashed,
    load_cost,
    matches,
)
from kecamatan_desk.usecases.values import ActingRow, UserInput, UserRow

#: How somebody may hold an office that is not his (Plt. vacant, Plh. absent, Pj. appointed).
ACTING_KINDS = ("Plt", "Plh", "Pj")
#: Offices with one definitive holder; a sub-district may have several Kasi.
SINGLE = (Role.SEKCAM, Role.CAMAT)
#: Wrong tries after which the PIN is no longer enough and every further try has to wait.
FREE_TRIES = 5

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,29}")


def users(work: UnitOfWork) -> tuple[UserRow, ...]:
    """List everybody who has or had an account, by name."""
    work.require(Role.ADMIN)
    found = work.session.scalars(select(UserRecord).order_by(UserRecord.name))
    return tuple(user_row(user, work.today) for user in found)


def user_row(user: UserRecord, today: date) -> UserRow:
    """Give a user as screens show him, without anything of his secrets."""
    return UserRow(
        id=user.id,
        username=user.username,
        name=user.name,
        roles=tuple(Role(code) for code in user.roles),
        active=user.active,
        has_password=user.password_hash is not None,
        has_pin=user.pin_hash is not None,
        pin_open=pin_is_enough(user, today),
        nip=user.nip,
        rank=user.rank,
    )


def pin_is_enough(user: UserRecord, today: date) -> bool:
    """Tell whether the PIN opens today: after a sign-in by password, until it was guessed at."""
    return (
        user.active
        and user.pin_hash is not None
        and user.password_day == today
        and user.failures < FREE_TRIES
    )


@command
def save_user(work: UnitOfWork, op_id: str, typed: UserInput) -> int:
    """Add a user or change one, and give his id. Empty secrets stay as they are.

    InputError at the field; RuleError when the office would have two Camat or no administrator.
    """
    work.require(Role.ADMIN)
    if typed.id is None:
        user = UserRecord(password_hash=None, pin_hash=None, failures=0)
        work.session.add(user)
    else:
        user = work.session.get_one(UserRecord, typed.id)
    changed = write_user(work.session, user, typed, practice=work.practice)
    announce_user(
        work, op_id, "pengguna-baru" if typed.id is None else "pengguna-ubah", user, changed
    )
    return user.id


def write_user(
    session: Session, user: UserRecord, typed: UserInput, *, practice: bool
) -> list[str]:
    """Check what was typed and write it to the record; give the names of what changed."""
    with session.no_autoflush:
        values = _checked(session, typed)
        changed = [name for name, value in values.items() if getattr(user, name) != value]
        for name, value in values.items():
            setattr(user, name, value)
        changed += _write_secrets(session, user, typed.password, typed.pin, practice=practice)
        _require_password(user)
        _refuse_second_holder(session, user)
    session.flush()
    _require_an_admin(session)
    return changed


def announce_user(
    work: UnitOfWork, op_id: str, act: str, user: UserRecord, changed: list[str]
) -> None:
    """Write the event of a change to a user; names stand in a content row beside it."""
    link = work.link()
    known = {"username": user.username, "name": user.name, "nip": user.nip, "rank": user.rank}
    link.add(ContentRecord, kind="pengguna", body=canonical(known))
    payload = {"user": user.id, "changed": changed, "roles": user.roles, "active": user.active}
    work.close_event(link, op_id, act, Role.ADMIN, payload=payload)


@command
def change_own_secret(
    work: UnitOfWork, op_id: str, old_password: str, new_password: str, new_pin: str
) -> None:
    """Change the signed-in user's own password, PIN or both; empty stays as it is."""
    user = work.session.get_one(UserRecord, work.user.id)
    cost = load_cost(work.session)
    if not user.active or not user.password_hash:
        raise NotAllowedError("Akun ini tidak aktif lagi. Tidak ada yang berubah.")
    if not matches(user.password_hash, old_password, cost):
        raise InputError(
            "Kata sandi lama tidak cocok. Tidak ada yang berubah; ketik ulang.", "old_password"
        )
    changed = _write_secrets(
        work.session, user, new_password, new_pin, practice=work.practice, prefix="new_"
    )
    if not changed:
        raise InputError("Isi kata sandi baru atau PIN baru. Tidak ada yang berubah.", "new_pin")
    user.password_day = work.today  # the old password has just been given
    role = next(iter(work.roles), Role.PEMOHON)
    payload = {"user": user.id, "changed": changed}
    work.close_event(work.link(), op_id, "sandi-ubah", role, payload=payload)


def acting(work: UnitOfWork) -> tuple[ActingRow, ...]:
    """List the appointments of Plt., Plh. and Pj., the latest first."""
    found = work.session.execute(
        select(ActingRecord, UserRecord.name)
        .join(UserRecord, UserRecord.id == ActingRecord.user_id)
        .order_by(ActingRecord.first_day.desc(), ActingRecord.id.desc())
    )
    return tuple(
        ActingRow(
            row.id,
            row.user_id,
            name,
            Role(row.role),
            row.kind,
            row.first_day,
            row.last_day,
            row.decree,
        )
        for row, name in found
    )


@command
def save_acting(
    work: UnitOfWork,
    op_id: str,
    user_id: int,
    role: Role,
    kind: str,
    first: date,
    last: date,
    decree: str,
) -> int:
    """Appoint somebody to act for an official from-to, and give the appointment's id."""
    work.require(Role.ADMIN)
    user = work.session.get_one(UserRecord, user_id)
    row = ActingRecord(
        user_id=user.id,
        role=role.value,
        kind=kind,
        first_day=first,
        last_day=last,
        decree=checked_text(decree, "Dasar penunjukan", 150, "decree"),
    )
    _check_acting(work.session, row, user)
    work.session.add(row)
    work.session.flush()
    _announce_acting(work, op_id, "pejabat-tunjuk", row)
    return row.id


@command
def end_acting(work: UnitOfWork, op_id: str, acting_id: int) -> None:
    """End an appointment now: from this moment the official himself decides again."""
    work.require(Role.ADMIN)
    row = work.session.get_one(ActingRecord, acting_id)
    if row.last_day < work.today:
        raise RuleError("Penunjukan ini sudah berakhir. Tidak ada yang berubah.")
    row.last_day = max(
        min(row.last_day, work.today - timedelta(days=1)), row.first_day - timedelta(days=1)
    )
    work.session.flush()
    _announce_acting(work, op_id, "pejabat-tunjuk-akhir", row)


def _announce_acting(work: UnitOfWork, op_id: str, act: str, row: ActingRecord) -> None:
    link = work.link()
    link.add(ContentRecord, kind="dasar-penunjukan", body=row.decree)
    payload = {
        "acting": row.id,
        "user": row.user_id,
        "for": row.role,
        "kind": row.kind,
        "first": row.first_day.isoformat(),
        "last": row.last_day.isoformat(),
    }
    work.close_event(link, op_id, act, Role.ADMIN, payload=payload)


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


def _write_secrets(
    session: Session,
    user: UserRecord,
    password: str,
    pin: str,
    *,
    practice: bool,
    prefix: str = "",
) -> list[str]:
    changed = []
    cost = load_cost(session)
    if password:
        if not practice:  # there one password is shared and shown
            check_password(password, user.username, f"{prefix}password")
        user.password_hash = hashed(password, cost)
        user.failures, user.blocked_until, user.password_day = 0, None, None
        changed.append("password")
    if pin:
        check_pin(pin, user.nip, f"{prefix}pin")
        user.pin_hash = hashed(pin, cost)
        changed.append("pin")
    return changed


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
    others = session.scalars(
        select(UserRecord).where(UserRecord.active, UserRecord.id != user.id)
        if user.id is not None
        else select(UserRecord).where(UserRecord.active)
    )
    for other in others.all():
        for role in SINGLE:
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


def _check_acting(session: Session, row: ActingRecord, user: UserRecord) -> None:
    if Role(row.role) not in OFFICIALS or row.kind not in ACTING_KINDS:
        raise InputError("Pilih pejabat dan jenis penunjukan (Plt., Plh., Pj.).", "role")
    if row.last_day < row.first_day:
        raise InputError("Hari terakhir tidak boleh sebelum hari pertama.", "last")
    if not row.decree:
        raise InputError("Dasar penunjukan (nomor dan tanggal surat) harus diisi.", "decree")
    if not user.active or row.role in user.roles:
        raise InputError(
            f"{user.name} tidak aktif atau sudah menjabat {Role(row.role).label}. Tidak ada yang "
            "berubah; pilih pegawai lain.",
            "user_id",
        )
    overlapping = session.scalar(
        select(ActingRecord).where(
            ActingRecord.role == row.role,
            ActingRecord.first_day <= row.last_day,
            ActingRecord.last_day >= row.first_day,
        )
    )
    if overlapping is not None:
        raise RuleError(
            f"Untuk {Role(row.role).label} sudah ada penunjukan sampai "
            f"{long_date(overlapping.last_day)}. Tidak ada yang berubah; akhiri dulu yang lama.",
            "first",
        )
