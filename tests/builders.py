"""Makers of offices, users and requests: invented people, real use-cases, real rows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Integer, func, select

from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.persistence.numbers import take_block
from kecamatan_desk.persistence.tables import ARCHIVE, Base
from kecamatan_desk.usecases.accounts import change_given_password, save_user
from kecamatan_desk.usecases.agreements import proposals
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.intake import save_draft, take_in
from kecamatan_desk.usecases.jobs import register_and_draw
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.passwords import HashCost
from kecamatan_desk.usecases.people_values import UserInput
from kecamatan_desk.usecases.processing import approve, hand_over, pass_check
from kecamatan_desk.usecases.proposals import agree
from kecamatan_desk.usecases.values import Answer, Handover, Receipt, Seen
from kecamatan_desk.usecases.voiding import propose_cancel
from kecamatan_desk.workflows.catalog import SERVICES

DeskOf = Callable[[Role], Desk]

PASSWORD = "tiga kata lucu"
PIN = "284719"
#: What an administrator hands over; its owner changes it at once.
FIRST_PASSWORD = "gula perahu melati 47"
QUICK = HashCost(memory=8, passes=1, lanes=1)
TUESDAY_MORNING = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)  # 09.00 WIB

PROFILE = OfficeProfile(
    name="Sukamaju",
    regency="Kabupaten Mekarjaya",
    province="Jawa Tengah",
    abbreviation="KEC-SKM",
    address="Jalan Raya Sukamaju No. 1",
    contact="Telepon (0271) 555010",
    place="Sukamaju",
    villages=("Sukamaju", "Mekarsari", "Cibodas"),
    region_code="990101",
)
NAMES = {
    Role.PELAYANAN: "Sari Wulandari",
    Role.VERIFIKASI: "Bambang Prakoso",
    Role.REGISTER: "Dewi Anggraini",
    Role.KASI: "Hendra Gunawan, S.Sos.",
    Role.SEKCAM: "Dra. Ratna Kusuma, M.Si.",
    Role.CAMAT: "Drs. Agus Santoso, M.AP.",
    Role.TIM_TEKNIS: "Rudi Hartono",
    Role.PENGOLAH_DATA: "Lina Marlina",
    Role.TIM_PENGADUAN: "Yusuf Maulana",
    Role.ADMIN: "Putri Handayani",
}
RANKS = {Role.KASI: "Penata Tk. I", Role.SEKCAM: "Pembina", Role.CAMAT: "Pembina Tk. I"}


class SettableClock:
    """A clock that stands still until a test moves it.

    ``uptime`` is how long the machine runs: it moves with `advance` alone, as time that passes;
    `set` is somebody turning the clock.
    """

    def __init__(self, now: datetime = TUESDAY_MORNING) -> None:
        self.now = now
        self.run = 10_000.0  # seconds

    def uptime(self) -> float:
        return self.run

    def __call__(self) -> datetime:
        return self.now

    def set(self, now: datetime) -> None:
        self.now = now

    def advance(self, **span: float) -> None:
        """Let time pass: `clock.advance(minutes=5)`."""
        self.now += timedelta(**span)
        self.run += timedelta(**span).total_seconds()


def user_input(role: Role) -> UserInput:
    """Give the one user of a role, his username being the role's code."""
    return UserInput(
        id=None,
        username=role.value,
        name=NAMES[role],
        roles=(role,),
        password=PASSWORD,
        pin=PIN,
        nip=f"19700101199003{1000 + STAFF.index(role)}" if role in RANKS else "",
        rank=RANKS.get(role, ""),
    )


def add_user(office: Office, admin: Desk, typed: UserInput) -> int:
    """Add a user as an office does: he changes the first password for his own. Gives his id."""
    first = replace(typed, password=FIRST_PASSWORD, pin="")
    user_id = admin.call(save_user, op(), first)
    desk = office.sign_in(typed.username, FIRST_PASSWORD)
    change_given_password(desk, op(), typed.password, typed.pin)
    return user_id


SKTM: dict[str, Any] = {
    "nik": "9901015404910001",
    "nama": "Raden Roro Kusumawardhani",
    "jenis-kelamin": "Perempuan",
    "tempat-lahir": "Mekarjaya",
    "tanggal-lahir": "1991-04-14",
    "alamat": "Kampung Pasir Angin No. 7",
    "rt": "003",
    "rw": "011",
    "desa": "Mekarsari",
    "pengantar-desa": "Mekarsari",
    "pengantar-nomor": "145/12/DS/V/2026",
    "pengantar-tanggal": "2026-05-11",
    "keperluan": "Keringanan biaya sekolah",
    "kepentingan": "Diri sendiri",
}


def op() -> str:
    """Give an op_id as a screen makes one when it shows an act."""
    return uuid4().hex


def seen(receipt: Receipt) -> Seen:
    """Give the request as the screen shows it after an act."""
    return Seen(receipt.request_id, receipt.version)


def taken_in(desk_of: DeskOf, **own: Any) -> Receipt:
    """Take in an SKTM request; `own` are values by field code, `_` for `-`."""
    values = {**SKTM, **{code.replace("_", "-"): value for code, value in own.items()}}
    counter = desk_of(Role.PELAYANAN)
    saved = counter.call(save_draft, op(), DraftInput("sktm", values))
    shown = Seen(saved.id, saved.version)
    return counter.call(take_in, op(), shown, DraftInput("sktm", values, id=saved.id))


def checked(desk_of: DeskOf, request: Receipt | None = None, **own: Any) -> Receipt:
    """Pass the check of a request: it has a queue number and waits for register."""
    request = request or taken_in(desk_of, **own)
    papers = [Answer(r.code, "ada", r.kind, 1) for r in SERVICES["sktm"].requirements]
    return desk_of(Role.KASI).call(pass_check, op(), seen(request), papers)


def registered(desk_of: DeskOf, request: Receipt | None = None, **own: Any) -> Receipt:
    """Bring a checked request into the book: agenda number, line and frozen letter."""
    request = request or checked(desk_of, **own)
    return register_and_draw(desk_of(Role.REGISTER), op(), seen(request))


def handed_over(desk_of: DeskOf, request: Receipt | None = None, **own: Any) -> Receipt:
    """Bring a registered request to its end."""
    request = request or registered(desk_of, **own)
    signed = desk_of(Role.SEKCAM).call(approve, op(), seen(request), note="Sudah diperiksa")
    receiver = Handover("Asep Kurniawan", "Keluarga", "KTP")
    return desk_of(Role.PELAYANAN).call(hand_over, op(), seen(signed), receiver)


def voided(
    desk_of: DeskOf, request: Receipt | None = None, reason: str = "Salah nama", **own: Any
) -> Receipt:
    """Void the number of a request in the book: register asks, the Kasi agrees."""
    request = request or registered(desk_of, **own)
    desk_of(Role.REGISTER).call(propose_cancel, op(), seen(request), reason)
    kasi = desk_of(Role.KASI)
    (proposal,) = (p for p in kasi.ask(proposals) if p.request_id == request.request_id)
    receipt = kasi.call(agree, op(), proposal.id)
    assert receipt is not None
    return receipt


def fill_archives(work: UnitOfWork, op_id: str) -> None:
    """Put a row into each archive table that the walk has left empty."""
    link = work.link()
    take_block(work.session, link, "umum", str(work.today.year), 3, "kertas", "Buku kertas")
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        if table.name not in ARCHIVE or work.session.scalar(
            select(func.count()).select_from(table)
        ):
            continue
        columns = {
            c.name: 1 if isinstance(c.type, Integer) else "x"
            for c in table.columns
            if c.name not in ("id", "event_seq", "salt")
        }
        link.add(mapper.class_, **columns)
    work.close_event(link, op_id, "uji", Role.PELAYANAN)
