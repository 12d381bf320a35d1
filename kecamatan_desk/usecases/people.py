"""Officials: who may sign on a day, who is away, and the block the paper prints."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.people import grouped_nip
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.persistence.tables import ActingRecord, UserRecord
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.values import OfficeProfile, Official
from kecamatan_desk.workflows.vocabulary import Signing

_ACTIVE = select(UserRecord).where(UserRecord.active).order_by(UserRecord.name)
_ACTING = (
    select(ActingRecord)
    .join(UserRecord, UserRecord.id == ActingRecord.user_id)
    .where(
        UserRecord.active,
        ActingRecord.role == bindparam("role"),
        ActingRecord.first_day <= bindparam("day"),
        ActingRecord.last_day >= bindparam("day"),
    )
    .order_by(ActingRecord.id.desc())
    .limit(1)
)
_SIGNER = {
    Signing.CAMAT: Role.CAMAT,
    Signing.SEKCAM_AN: Role.SEKCAM,
    Signing.KASI_AN: Role.KASI,
    Signing.PARTIES: Role.CAMAT,
}


@dataclass(frozen=True, slots=True)
class Signatory:
    """The official whose block a paper prints, as he was on that day."""

    user_id: int
    name: str
    rank: str
    nip: str
    titles: tuple[tuple[str, str], ...]  # (prefix hung in front, title)
    running: str  # the office in running text: "Camat Sukamaju"
    brief: str = ""  # the office as the book names it: "Sekcam a.n. Camat"


def active_users(session: Session) -> list[UserRecord]:
    """Give the people who belong to the office now, by name."""
    return list(session.scalars(_ACTIVE))


def acting_on(session: Session, role: Role, day: date) -> ActingRecord | None:
    """Give the appointment that holds an office for another on a day; the newest wins."""
    return session.scalars(_ACTING, {"role": role.value, "day": day}).first()


def acting_kind(session: Session, user_id: int, role: Role, day: date) -> str:
    """Give Plt, Plh or Pj when a user holds a role on a day only for another; "" when his own."""
    user = session.get_one(UserRecord, user_id)
    if role.value in user.roles:
        return ""
    kind = session.scalars(
        select(ActingRecord.kind)
        .where(
            ActingRecord.user_id == user_id,
            ActingRecord.role == role.value,
            ActingRecord.first_day <= day,
            ActingRecord.last_day >= day,
        )
        .order_by(ActingRecord.id.desc())
        .limit(1)
    ).first()
    return kind or ""


def officials(work: UnitOfWork, role: Role, day: date) -> tuple[Official, ...]:
    """List who may decide in an official's role on a day: acting first, then the holders."""
    return _holders(work, role, acting_on(work.session, role, day))


def _holders(
    work: UnitOfWork, role: Role, appointment: ActingRecord | None
) -> tuple[Official, ...]:
    found: list[UserRecord] = []
    if appointment is not None:
        found.append(work.session.get_one(UserRecord, appointment.user_id))
    found += [user for user in active_users(work.session) if role.value in user.roles]
    unique = {user.id: user for user in found if user.active}
    return tuple(
        Official(user.id, user.name, user.rank, user.nip, tuple(Role(r) for r in user.roles))
        for user in unique.values()
    )


def signatory(work: UnitOfWork, signing: Signing, day: date) -> Signatory:
    """Give the signature block valid on *day* for a kind of signing (domain rules of a.n., Plt.).

    RuleError when nobody holds the office on that day.
    """
    role = _SIGNER[signing]
    appointment = acting_on(work.session, role, day)
    holder = _holders(work, role, appointment)
    if not holder:
        raise RuleError(
            f"Belum ada {role.label} yang berwenang menandatangani pada tanggal ini. Belum ada "
            "nomor yang terpakai; mintalah Administrator mengisi pejabat pada menu Pejabat."
        )
    user = holder[0]
    signer = signatory_as(work, user.user_id, role, appointment.kind if appointment else "")
    if signing is Signing.PARTIES:
        return replace(signer, titles=(("", "Mengetahui,"), *signer.titles))
    return signer


def signatory_as(work: UnitOfWork, user_id: int, role: str, acting: str) -> Signatory:
    """Give the block of one person in an official's role; ``acting``: Plt, Plh, Pj or ""."""
    user = work.session.get_one(UserRecord, user_id)
    office, kind = Role(role), f"{acting}. " if acting else ""
    titles, running = _titles(office, kind, work.office)
    brief = office.short if office is Role.CAMAT else f"{office.short} a.n. Camat"
    return Signatory(
        user.id, user.name, user.rank, grouped_nip(user.nip), titles, running, kind + brief
    )


def signatory_label(signer: Signatory) -> str:
    """Give how the book and a kept paper name who signs: "Sekcam a.n. Camat: name"."""
    return f"{signer.brief}: {signer.name}"


def _titles(
    role: Role, kind: str, office: OfficeProfile
) -> tuple[tuple[tuple[str, str], ...], str]:
    camat = f"CAMAT {office.name.upper()},"
    match role:
        case Role.CAMAT:
            return (((kind.strip(), camat),), f"{kind}Camat {office.name}")
        case Role.SEKCAM:
            titles = (("a.n.", camat), (kind.strip(), "SEKRETARIS KECAMATAN,"))
            return (titles, f"{kind}Sekretaris Kecamatan {office.name}")
    titles = (("a.n.", camat), (kind.strip(), "KEPALA SEKSI PELAYANAN DAN PERIZINAN,"))
    return (titles, f"{kind}Kepala Seksi Pelayanan dan Perizinan Kecamatan {office.name}")


def absent_spans(work: UnitOfWork, role: Role, since: datetime) -> list[tuple[datetime, datetime]]:
    """Give the spans in which nobody could act in an official's role (*tidak di tempat*).

    A day counts when all who hold the office are absent, and who acts for them too.
    """
    if role not in OFFICIALS:
        return []
    spans: list[tuple[datetime, datetime]] = []
    for _, left, back in work.presence.absences:
        first = max(left, work.calendar.local_date(since))
        for day in _days(first, min(back, work.today)):
            if work.presence.nobody_for(role, day):
                spans.append(work.calendar.day_bounds(day))
    return spans


def is_absent(work: UnitOfWork, role: Role) -> bool:
    """Tell whether nobody can act in an official's role today."""
    return bool(absent_spans(work, role, work.now))


def _days(first: date, last: date) -> Iterable[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)
