"""Officials: who may sign on a day, who is away, and the block the paper prints."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.people import grouped_nip
from kecamatan_desk.domain.roles import OFFICIALS, Role, superiors
from kecamatan_desk.domain.tenure import FOR_HIM, Seat, Standing
from kecamatan_desk.persistence.tables import UserRecord
from kecamatan_desk.usecases.desk import UnitOfWork, why_not
from kecamatan_desk.usecases.people_values import Official
from kecamatan_desk.workflows.vocabulary import Signing

_ACTIVE = select(UserRecord).where(UserRecord.active).order_by(UserRecord.name)
#: Whose office the block of a kind of signing names.
SIGNS: dict[Signing, Role] = {
    Signing.CAMAT: Role.CAMAT,
    Signing.SEKCAM_AN: Role.SEKCAM,
    Signing.KASI_AN: Role.KASI,
    Signing.PARTIES: Role.CAMAT,
}
_TITLES = {
    Role.SEKCAM: ("SEKRETARIS KECAMATAN", "Sekretaris Kecamatan"),
    Role.KASI: (
        "KEPALA SEKSI PELAYANAN DAN PERIZINAN",
        "Kepala Seksi Pelayanan dan Perizinan Kecamatan",
    ),
}
_SMALL = frozenset({"dan", "di", "ke", "dari", "untuk", "pada"})


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


def acting_kind(work: UnitOfWork, user_id: int, role: Role, day: date) -> str:
    """Give Plt, Plh, Pj, a.n or u.b: by which right a user holds a role; "" when his own."""
    return work.roster.kind_of(user_id, role, day)


def officials(work: UnitOfWork, role: Role, day: date) -> tuple[Official, ...]:
    """List who may decide in an official's role on a day: appointed first, then the holders."""
    found = []
    for standing in work.roster.standings(role, day):
        user = work.session.get_one(UserRecord, standing.user_id)
        roles = tuple(Role(code) for code in user.roles)
        found.append(Official(user.id, user.name, user.rank, user.nip, roles))
    return tuple(found)


def signatory(work: UnitOfWork, signing: Signing, day: date) -> Signatory:
    """Give the signature block valid on *day* for a kind of signing (domain facts §2.6).

    The newest valid appointment wins, then the definitive holder; where nobody holds the office,
    the superior in line signs as himself. RuleError when nobody at all may sign on that day.
    """
    role = SIGNS[signing]
    standing = work.roster.signer(role, day)
    if standing is None:
        raise RuleError(_nobody(work, role, day))
    signer = signatory_of(work, standing, day)
    return taking_note(signer) if signing is Signing.PARTIES else signer


def taking_note(signer: Signatory) -> Signatory:
    """Give the block of an official who takes note of what the parties have signed."""
    return replace(signer, titles=(("", "Mengetahui,"), *signer.titles))


def _nobody(work: UnitOfWork, role: Role, day: date) -> str:
    """Say that nobody may sign on a day, why, and the way out."""
    line = (role, *superiors(role))
    roster = work.roster
    reasons = [
        f"{user.name}, {one.label}: {why}"
        for one in line
        for user in active_users(work.session)
        if (why := why_not(roster, user.id, one, day))
    ]
    names = [one.short for one in line]
    named = " atau ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    told = f" ({'; '.join(reasons)})" if reasons else ""
    # who keeps these records himself is not sent to somebody else
    way = "catatlah" if Role.ADMIN in work.roles else "mintalah Administrator mencatat"
    return (
        f"Belum ada {named} yang berwenang menandatangani pada {long_date(day)}{told}. Belum ada "
        f"nomor yang terpakai; {way} masa jabatan atau penunjukan pada menu Pejabat."
    )


def signatory_as(
    work: UnitOfWork, user_id: int, role: str, acting: str, day: date | None = None
) -> Signatory:
    """Give the block of one person in an official's role; ``acting``: Plt, Plh, Pj, a.n, u.b or "".

    *day* says which titles count; None is today.
    """
    return signatory_of(work, Standing(user_id, Role(role), acting), day or work.today)


def signatory_of(work: UnitOfWork, standing: Standing, day: date) -> Signatory:
    """Give the block of somebody who signs by a right he holds on a day."""
    user = work.session.get_one(UserRecord, standing.user_id)
    seat = work.roster.seat(standing, day)
    titles, running = _titles(work, seat, user.id, day)
    brief = f"{seat.kind}. " if seat.kind else ""
    brief += seat.role.short
    if seat.for_him:
        brief += " u.b. Sekcam"
    if seat.role is not Role.CAMAT:
        brief += " a.n. Camat"
    return Signatory(user.id, user.name, user.rank, grouped_nip(user.nip), titles, running, brief)


def signatory_label(signer: Signatory) -> str:
    """Give how the book and a kept paper name who signs: "Sekcam a.n. Camat: name"."""
    return f"{signer.brief}: {signer.name}"


def _titles(
    work: UnitOfWork, seat: Seat, user_id: int, day: date
) -> tuple[tuple[tuple[str, str], ...], str]:
    """Give the title lines of a block and the office in running text (domain facts §2.6)."""
    prefix = f"{seat.kind}." if seat.kind else ""
    title, running = _title(work, seat, user_id, day)
    last = (prefix, f"{title},")
    spoken = f"{prefix} {running}".strip()
    if seat.role is Role.CAMAT:
        return (last,), spoken
    camat, _ = _title(work, Seat(Role.CAMAT), None, day)
    head = ("a.n.", f"{camat},")
    if not seat.for_him:
        return (head, last), spoken
    sekcam, _ = _title(work, Seat(Role.SEKCAM), None, day)
    return (head, ("", sekcam), ("", f"{FOR_HIM}."), last), spoken


def _title(work: UnitOfWork, seat: Seat, user_id: int | None, day: date) -> tuple[str, str]:
    """Give an office's title in capitals, and in running text with the sub-district's name."""
    own, name = work.roster.title(seat, user_id, day), work.office.name
    if seat.role is Role.CAMAT:
        return (own.upper(), _spoken(own)) if own else (f"CAMAT {name.upper()}", f"Camat {name}")
    if own:
        return own.upper(), f"{_spoken(own)} Kecamatan {name}"
    title, running = _TITLES[seat.role]
    return title, f"{running} {name}"


def _spoken(title: str) -> str:
    """Give a title as running text has it; one typed in small letters stays as it is."""
    if title != title.upper():
        return title
    words = title.lower().split()
    return " ".join(word if word in _SMALL else word.capitalize() for word in words)


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
