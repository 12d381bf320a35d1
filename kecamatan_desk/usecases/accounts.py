"""Users of the office, their secrets, and who acts or signs for which official."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.domain.tenure import ACTING, DELEGATED, ON_BEHALF, Appointment
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.chain import canonical
from kecamatan_desk.persistence.tables import ActingRecord, ContentRecord, UserRecord
from kecamatan_desk.usecases.account_rules import user_row, write_secrets, write_user
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, command, is_stored
from kecamatan_desk.usecases.door import MISMATCH
from kecamatan_desk.usecases.passwords import load_cost, matches
from kecamatan_desk.usecases.people_values import ActingRow, UserInput, UserRow

#: How somebody may hold an office that is not his (Plt. vacant, Plh. absent, Pj. appointed), or
#: sign for it from his own (a.n. delegated by the superior, u.b. two levels down).
ACTING_KINDS = (*ACTING, *DELEGATED)
_NOT_OLD = "Kata sandi lama tidak cocok. Tidak ada yang berubah; ketik ulang."


def users(work: UnitOfWork) -> tuple[UserRow, ...]:
    """List everybody who has or had an account, by name."""
    work.require(Role.ADMIN)
    found = work.session.scalars(select(UserRecord).order_by(UserRecord.name))
    return tuple(
        replace(
            user_row(user, work.today, work.pins),
            official=work.roster.is_official(user.id, work.today, date.max),
            held=work.roster.standings_of(user.id, work.today),
        )
        for user in found
    )


@command
def save_user(work: UnitOfWork, op_id: str, typed: UserInput) -> int:
    """Add a user or change one, and give his id. Empty secrets stay as they are.

    InputError at the field; RuleError when the office would have two Camat or no administrator.
    """
    work.require(Role.ADMIN)
    work.require_presence()
    if typed.id is None:
        user = UserRecord(password_hash=None, pin_hash=None, failures=0)
        work.session.add(user)
    else:
        user = work.session.get_one(UserRecord, typed.id)
    changed = write_user(work.session, user, typed, work.pins, practice=work.practice)
    if typed.password and user.id != work.user.id and not work.practice:
        user.must_change = True  # two know it now
    work.forget_roster()
    announce_user(
        work, op_id, "pengguna-baru" if typed.id is None else "pengguna-ubah", user, changed
    )
    return user.id


def announce_user(
    work: UnitOfWork,
    op_id: str,
    act: str,
    user: UserRecord,
    changed: list[str],
    role: Role = Role.ADMIN,
) -> None:
    """Write the event of a change to a user; names stand in a content row beside it."""
    link = work.link()
    known = {"username": user.username, "name": user.name, "nip": user.nip, "rank": user.rank}
    link.add(ContentRecord, kind="pengguna", body=canonical(known))
    payload = {"user": user.id, "changed": changed, "roles": user.roles, "active": user.active}
    work.close_event(link, op_id, act, role, payload=payload)


@command
def unlock_user(work: UnitOfWork, op_id: str, user_id: int) -> None:
    """Let a user try his password again at once; the wrong tries stay to be told to him."""
    work.require(Role.ADMIN)
    work.require_presence()
    user = work.session.get_one(UserRecord, user_id)
    user.failures, user.failed_uptime, user.blocked_until = 0, None, None
    payload = {"user": user.id}
    work.close_event(work.link(), op_id, "pengguna-buka-kunci", Role.ADMIN, payload=payload)


@command
def replace_given_password(
    work: UnitOfWork, op_id: str, new_password: str, new_pin: str = ""
) -> None:
    """Put one's own password in place of one that another has given, and a PIN.

    The given one has just been typed at the door. InputError at its field.
    """
    work.require_presence()
    user = work.session.get_one(UserRecord, work.user.id)
    if not user.must_change or not user.password_hash:
        raise RuleError(
            "Kata sandi Anda sudah milik Anda sendiri. Tidak ada yang berubah; menggantinya ada "
            "pada menu Saya."
        )
    if not new_password:
        raise InputError("Kata sandi baru belum diisi. Belum ada yang berubah.", "new_password")
    if matches(user.password_hash, new_password, load_cost(work.session)):
        raise InputError(
            "Kata sandi baru sama dengan yang diberikan. Belum ada yang berubah; pilih kata sandi "
            "yang hanya Anda ketahui.",
            "new_password",
        )
    changed = write_secrets(
        work.session,
        user,
        new_password,
        new_pin,
        work.pins,
        practice=work.practice,
        prefix="new_",
    )
    user.must_change, user.password_day = False, work.today
    announce_user(work, op_id, "sandi-ubah", user, changed, next(iter(work.roles), Role.PEMOHON))


def change_given_password(desk: Desk, op_id: str, new_password: str, new_pin: str = "") -> None:
    """Let somebody do the one deed that is open to him while his password is another's."""
    with desk.changing_secret():
        desk.call(replace_given_password, op_id, new_password, new_pin)


def change_secret(
    desk: Desk, op_id: str, old_password: str, new_password: str, new_pin: str
) -> None:
    """Change one's own secret as `change_own_secret`, the old password tried as at the door.

    Wrong ones count and wait there: a desk left open is no place to guess at a colleague's.
    """
    if not desk.ask(is_stored, op_id):
        try:
            desk.prove(old_password, by_pin=False)
        except NotAllowedError as error:
            said = _NOT_OLD if str(error) == MISMATCH else str(error)
            raise InputError(said, "old_password") from error
    desk.call(change_own_secret, op_id, old_password, new_password, new_pin)


@command
def change_own_secret(
    work: UnitOfWork, op_id: str, old_password: str, new_password: str, new_pin: str
) -> None:
    """Change the signed-in user's own password, PIN or both; empty stays as it is.

    Windows go through `change_secret`, which counts what is wrong.
    """
    user = work.session.get_one(UserRecord, work.user.id)
    cost = load_cost(work.session)
    if not user.active or not user.password_hash:
        raise NotAllowedError(
            "Akun ini tidak aktif lagi. Tidak ada yang berubah; mintalah "
            "Administrator mengaktifkannya."
        )
    if new_password and new_password == old_password:
        raise InputError(
            "Kata sandi baru sama dengan yang lama. Tidak ada yang berubah; pilih yang lain.",
            "new_password",
        )
    if not matches(user.password_hash, old_password, cost):
        raise InputError(_NOT_OLD, "old_password")
    changed = write_secrets(
        work.session,
        user,
        new_password,
        new_pin,
        work.pins,
        practice=work.practice,
        prefix="new_",
    )
    if not changed:
        raise InputError(
            "Kata sandi dan PIN baru kosong. Tidak ada yang berubah; isi salah satunya.", "new_pin"
        )
    if new_password:
        user.must_change = False
    user.password_day = work.today  # the old password has just been given
    role = next(iter(work.roles), Role.PEMOHON)
    announce_user(work, op_id, "sandi-ubah", user, changed, role)


def acting(work: UnitOfWork) -> tuple[ActingRow, ...]:
    """List the appointments and delegations, the latest first."""
    found = work.session.execute(
        select(ActingRecord, UserRecord.name)
        .join(UserRecord, UserRecord.id == ActingRecord.user_id)
        .where(ActingRecord.kind.in_(ACTING_KINDS))
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
    """Appoint somebody to hold or sign for an office from-to, and give the appointment's id.

    ``kind`` is one of ACTING_KINDS; a.n. and u.b. let him sign the office's letters from his own.
    InputError at the field; RuleError when two would hold the office on one day.
    """
    work.require(Role.ADMIN)
    work.require_presence()
    user = work.session.get_one(UserRecord, user_id)
    row = ActingRecord(
        user_id=user.id,
        role=role.value,
        kind=kind,
        first_day=first,
        last_day=last,
        decree=checked_text(decree, "Dasar penunjukan", 150, "decree"),
    )
    _check_acting(work, row, user)
    work.session.add(row)
    work.session.flush()
    _announce_acting(work, op_id, "pejabat-tunjuk", row)
    return row.id


@command
def end_acting(work: UnitOfWork, op_id: str, acting_id: int) -> None:
    """End an appointment now: from this moment the official himself decides again."""
    work.require(Role.ADMIN)
    work.require_presence()
    row = work.session.get_one(ActingRecord, acting_id)
    if row.last_day < work.today:
        raise RuleError(
            "Penunjukan ini sudah berakhir. Tidak ada yang berubah; muat ulang daftar pejabat."
        )
    row.last_day = max(
        min(row.last_day, work.today - timedelta(days=1)), row.first_day - timedelta(days=1)
    )
    work.session.flush()
    _announce_acting(work, op_id, "pejabat-tunjuk-akhir", row)


def _announce_acting(work: UnitOfWork, op_id: str, act: str, row: ActingRecord) -> None:
    work.forget_roster()
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


def _check_acting(work: UnitOfWork, row: ActingRecord, user: UserRecord) -> None:
    if row.kind not in ACTING_KINDS or Role(row.role) not in OFFICIALS:
        raise InputError(
            "Pilih pejabat dan jenis penunjukan (Plt., Plh., Pj., a.n., atau u.b.).", "role"
        )
    if row.last_day < row.first_day:
        raise InputError("Hari terakhir tidak boleh sebelum hari pertama.", "last")
    if not row.decree:
        raise InputError("Dasar penunjukan (nomor dan tanggal surat) harus diisi.", "decree")
    if row.kind in ACTING:
        _check_substitute(work, row, user)
    else:
        _check_delegate(work, row, user)
    _refuse_overlap(work.session, row)


def _check_substitute(work: UnitOfWork, row: ActingRecord, user: UserRecord) -> None:
    """Refuse who holds the office himself, and a vacancy that is none (Plt., Pj.)."""
    role, roster = Role(row.role), work.roster
    terms = [
        term
        for term in roster.terms
        if term.role is role
        and term.first <= row.last_day
        and (term.last is None or row.first_day <= term.last)
    ]
    own = any(term.user_id == user.id for term in terms)
    if not user.active or own or user.id in roster.holders(role, row.first_day):
        raise InputError(
            f"{user.name} tidak aktif atau sudah menjabat {role.label}. Tidak ada yang "
            "berubah; pilih pegawai lain.",
            "user_id",
        )
    if row.kind != "Plh" and terms:
        holder = work.session.get_one(UserRecord, terms[0].user_id).name
        raise RuleError(
            f"{role.label} tidak lowong: masa jabatan {holder} masih berjalan pada hari-hari itu. "
            "Tidak ada yang berubah; pilih Plh., atau akhiri dulu masa jabatannya.",
            "kind",
        )


def _check_delegate(work: UnitOfWork, row: ActingRecord, user: UserRecord) -> None:
    """Refuse a delegation to somebody who holds no office below (domain facts §2.6)."""
    role = Role(row.role)
    if row.kind == ON_BEHALF and role is Role.KASI:
        raise InputError(
            "Di bawah Kasi tidak ada jabatan yang menandatangani atas namanya. Tidak ada yang "
            "berubah; pilih Camat atau Sekretaris Kecamatan.",
            "role",
        )
    one = Appointment(0, user.id, role, row.kind, row.first_day, row.last_day)
    if not work.roster.may_delegate(one, row.first_day):
        below = "Kasi" if row.kind != ON_BEHALF or role is Role.SEKCAM else "Sekcam atau Kasi"
        raise InputError(
            f"{user.name} tidak menjabat {below} pada {long_date(row.first_day)}, jadi tidak dapat "
            f"menandatangani {row.kind}. {role.label}. Tidak ada yang berubah; pilih pejabat lain.",
            "user_id",
        )


def _refuse_overlap(session: Session, row: ActingRecord) -> None:
    """Refuse two who hold an office on one day, and one delegation twice.

    A delegation beside another person's, or beside a Plh., is no clash: the newest one counts.
    """
    same: ColumnElement[bool] = ActingRecord.kind.in_(ACTING)
    if row.kind in DELEGATED:
        same = ActingRecord.kind.in_(DELEGATED) & (ActingRecord.user_id == row.user_id)
    overlapping = session.scalar(
        select(ActingRecord).where(
            same,
            ActingRecord.role == row.role,
            ActingRecord.first_day <= row.last_day,
            ActingRecord.last_day >= row.first_day,
        )
    )
    if overlapping is not None:
        raise RuleError(
            f"Untuk {Role(row.role).label} sudah ada penunjukan {overlapping.kind}. sampai "
            f"{long_date(overlapping.last_day)}. Tidak ada yang berubah; akhiri dulu yang lama.",
            "first",
        )
