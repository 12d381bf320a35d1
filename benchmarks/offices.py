"""Offices to measure in: made by the program itself, then filled up in bulk.

The people are invented: their NIK begins with 99.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select, text

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.numbering import file_code
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import RequestRecord, table_of
from kecamatan_desk.usecases.accounts import change_given_password, save_user
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.intake import save_draft, take_in
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.passwords import HashCost
from kecamatan_desk.usecases.people_values import UserInput
from kecamatan_desk.usecases.processing import pass_check
from kecamatan_desk.usecases.values import Answer, Seen
from kecamatan_desk.workflows.catalog import SERVICES

PASSWORD = "tiga kata lucu"
_GIVEN = "gula perahu melati 47"  # by the administrator; its owner changes it
NOW = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)  # Tuesday, 09.00 WIB
VILLAGES = ("Sukamaju", "Mekarsari", "Cibodas")
_PROFILE = OfficeProfile(
    name="Sukamaju",
    regency="Kabupaten Mekarjaya",
    province="Jawa Tengah",
    abbreviation="KEC-SKM",
    address="Jalan Raya Sukamaju No. 1",
    contact="Telepon (0271) 555010",
    place="Sukamaju",
    villages=VILLAGES,
    region_code="990101",
)
_SKTM: dict[str, Any] = {
    "nik": "9901015404910001",
    "nama": "Raden Roro Kusumawardhani",
    "jenis-kelamin": "Perempuan",
    "tempat-lahir": "Mekarjaya",
    "tanggal-lahir": "1991-04-14",
    "pekerjaan": "Mengurus rumah tangga",
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
_FIRST = ("Siti", "Budi", "Dewi", "Agus", "Sri", "Joko", "Ratna", "Hendra", "Lina", "Yusuf")
_LAST = ("Wulandari", "Santoso", "Lestari", "Prakoso", "Anggraini", "Hartono", "Maulana", "Gunawan")


def make_office(root: Path) -> Office:
    """Make an office with one user for every role, and leave it open."""
    cost = HashCost(memory=8, passes=1, lanes=1)
    office = open_place(Place(root, "benchmark"), create="office", clock=_now, cost=cost)
    admin = office.first_setup(_PROFILE, _user(Role.ADMIN))
    for role in STAFF:
        if role is not Role.ADMIN:
            _add(office, admin, _user(role))
    return office


def _add(office: Office, admin: Desk, user: UserInput) -> None:
    """Add a user, who changes the password he is given for the one everybody has here."""
    admin.call(save_user, uuid4().hex, replace(user, password=_GIVEN, pin=""))
    desk = office.sign_in(user.username, _GIVEN)
    change_given_password(desk, uuid4().hex, user.password, user.pin)


def open_office(root: Path) -> Office:
    """Open an office that was made before; what waits in it has waited for 20 minutes."""
    return open_place(Place(root, "benchmark"), clock=_later)


def desk_of(office: Office, role: Role) -> Desk:
    """Sign in as the user of a role."""
    return office.sign_in(role.value, PASSWORD)


def _now() -> datetime:
    return NOW


def _later() -> datetime:
    return NOW + timedelta(minutes=20)


def _user(role: Role) -> UserInput:
    return UserInput(
        id=None,
        username=role.value,
        name=f"{_FIRST[STAFF.index(role) % 10]} {role.label}",
        roles=(role,),
        password=PASSWORD,
        nip="197001011990031001",
        rank="Pembina",
    )


def waiting_for_register(office: Office) -> Seen:
    """Bring one SKTM request to the register officer, act by act."""
    counter, kasi = desk_of(office, Role.PELAYANAN), desk_of(office, Role.KASI)
    saved = counter.call(save_draft, uuid4().hex, DraftInput("sktm", _SKTM))
    draft = DraftInput("sktm", _SKTM, id=saved.id)
    taken = counter.call(take_in, uuid4().hex, Seen(saved.id, saved.version), draft)
    papers = [Answer(r.code, "ada", r.kind, 1) for r in SERVICES["sktm"].requirements]
    passed = kasi.call(pass_check, uuid4().hex, Seen(saved.id, taken.version), papers)
    return Seen(saved.id, passed.version)


def copy_request(desk: Desk, template: int, count: int, **changes: Any) -> list[Seen]:
    """Multiply a request by plain rows, with its entry in the search index; give the copies."""
    table = table_of(RequestRecord)
    with desk.store.writing() as session:
        row = dict(session.execute(select(table).where(table.c.id == template)).mappings().one())
        first = (session.scalar(select(table.c.id).order_by(table.c.id.desc()).limit(1)) or 0) + 1
        for start in range(first, first + count, 5000):
            rows = [
                {**row, **changes, **_person(row["data"], n), "id": n, "file_code": copied_code(n)}
                for n in range(start, min(start + 5000, first + count))
            ]
            session.execute(insert(table), rows)
            session.execute(
                text("INSERT INTO request_search (rowid, words) VALUES (:id, :words)"),
                [{"id": r["id"], "words": _words(r)} for r in rows],
            )
    return [Seen(n, row["version"]) for n in range(first, first + count)]


def copied_code(n: int) -> str:
    """Give the file code of a copy by its id."""
    return file_code(NOW.year, 100_000 + n)


def copied_nik(n: int) -> str:
    """Give the NIK of a copy by its id: digits as mixed as those of real ones."""
    return f"990101{n * 2654435761 % 10**10:010d}"


def _person(data: dict[str, Any], n: int) -> dict[str, Any]:
    name = f"{_FIRST[n % 10]} {_LAST[n % 8]} {_LAST[n // 8 % 8]}"
    nik, village = copied_nik(n), VILLAGES[n % 3]
    return {
        "applicant": name,
        "nik": nik,
        "village": village,
        "data": {**data, "nama": name, "nik": nik, "desa": village},
    }


def _words(row: dict[str, Any]) -> str:
    return f"{row['file_code']} | {row['applicant']} | {row['nik']}".casefold()
