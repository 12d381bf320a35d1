"""Who may restore: an administrator signed in, one by his password in the backup, or its key."""

from sqlalchemy import select

from kecamatan_desk.domain.errors import NotAllowedError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.generations import DATABASE
from kecamatan_desk.persistence.tables import UserRecord
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.passwords import load_cost, matches
from kecamatan_desk.usecases.restore_values import RestorePlan, Restorer


def may_restore(work: UnitOfWork) -> Restorer:
    """Give the right of the signed-in administrator; PresenceError unless just proved."""
    work.require(Role.ADMIN)
    work.require_presence()
    return Restorer(work.user.id, work.user.name, "akun")


def by_password(plan: RestorePlan, username: str, password: str) -> Restorer:
    """Give the right of an administrator by his password in the backup itself.

    For a place whose own data cannot be opened any more. NotAllowedError when it does not fit.
    """
    store = Store(plan.stage / DATABASE)
    try:
        with store.reading() as session:
            user = session.scalars(
                select(UserRecord).where(
                    UserRecord.username == username.strip().lower(), UserRecord.active
                )
            ).first()
            secret = user.password_hash if user and Role.ADMIN.value in user.roles else None
            if user and secret and matches(secret, password, load_cost(session)):
                return Restorer(user.id, user.name, "sandi")
    finally:
        store.close()
    raise NotAllowedError(
        "Nama pengguna dan kata sandi tidak cocok dengan seorang Administrator dalam cadangan ini. "
        "Tidak ada yang berubah; pakai kata sandi yang berlaku saat cadangan dibuat.",
        "password",
    )


def by_key(plan: RestorePlan) -> Restorer:
    """Give the right of whoever holds the sealed key that has opened this backup."""
    if not plan.encrypted:
        raise NotAllowedError(
            "Cadangan ini tidak disandikan, jadi kunci pemulihan tidak membuktikan apa-apa. Tidak "
            "ada yang berubah; masuklah sebagai Administrator."
        )
    return Restorer(0, "Pemegang kunci pemulihan", "kunci")
