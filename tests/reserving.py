"""Numbers set aside and letters outside the program, as tests make them."""

from datetime import date, time
from typing import Any

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.audit import audit
from kecamatan_desk.persistence.numbers import take_block
from kecamatan_desk.usecases.blocks import LOST
from kecamatan_desk.usecases.book_years import open_year
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.draft_values import DraftInput, DraftSaved
from kecamatan_desk.usecases.intake import save_draft
from kecamatan_desk.usecases.late_entry import enter_late, late_people
from kecamatan_desk.usecases.late_values import LateEntry
from kecamatan_desk.usecases.manual_letters import ManualLetter, record_manual
from kecamatan_desk.usecases.number_values import ReservedNumber
from kecamatan_desk.usecases.reserving import numbers_of_blocks, reserve
from kecamatan_desk.usecases.values import Receipt, Seen
from tests.builders import SKTM, DeskOf, op
from tests.walking import drafted


def opened(desk_of: DeskOf, mode: str, year: int = 2026) -> None:
    """Open the book of a year with a way of grouping numbers."""
    desk_of(Role.REGISTER).call(open_year, op(), year, mode)


def set_aside(desk_of: DeskOf, series: str = "sktm", amount: int = 3) -> tuple[ReservedNumber, ...]:
    """Set numbers aside and give them."""
    desk = desk_of(Role.REGISTER)
    return desk.ask(numbers_of_blocks, desk.call(reserve, op(), ((series, amount),)))


def lost_with_the_disk(desk: Desk, series: str, amount: int) -> None:
    """Lay a block over numbers as a restore does: they are on paper, their data are lost."""

    def laid_down(work: UnitOfWork) -> None:
        link = work.link()
        take_block(work.session, link, series, str(work.today.year), amount, LOST, "Data hilang")
        work.close_event(link, op(), "uji", Role.REGISTER)

    desk.call(laid_down)


def draft_of(desk_of: DeskOf, code: str = "sktm", **own: Any) -> DraftSaved:
    """Save a complete draft."""
    if code == "sktm":
        values = {**SKTM, **own}
        return desk_of(Role.PELAYANAN).call(save_draft, op(), DraftInput("sktm", values))
    saved, _ = drafted(desk_of, code, **own)
    return saved


def entry_for(desk_of: DeskOf, number: ReservedNumber, code: str = "sktm", **own: Any) -> LateEntry:
    """Fill in a line of the sheet: written today at nine by who first may, unless told else."""
    people = desk_of(Role.REGISTER).ask(late_people, code)
    columns: dict[str, Any] = {
        "block_id": number.block_id,
        "number": number.number,
        "day": number.day,
        "at": time(9, 0),
        "writer_id": people.writers[0].user_id,
        "decider_id": people.deciders[0].user_id,
        "queue": "P-01",
    }
    return LateEntry(**{**columns, **own})


def entered(desk_of: DeskOf, number: ReservedNumber, code: str = "sktm", **own: Any) -> Receipt:
    """Bring a new draft into the book on a number set aside."""
    saved = draft_of(desk_of, code)
    entry = entry_for(desk_of, number, code, **own)
    return desk_of(Role.REGISTER).call(enter_late, op(), Seen(saved.id, saved.version), entry)


def letter(**own: Any) -> ManualLetter:
    """Give a letter written outside the program."""
    columns: dict[str, Any] = {
        "name": "Dinas Sosial Kabupaten Mekarjaya",
        "purpose": "Undangan rapat koordinasi",
        "letter_day": date(2026, 5, 12),
        "classification": "005",
    }
    return ManualLetter(**{**columns, **own})


def recorded(desk_of: DeskOf, **own: Any) -> int:
    """Record a manual letter; give its line."""
    return desk_of(Role.REGISTER).call(record_manual, op(), letter(**own))


def findings(desk: Desk) -> list[str]:
    """Give what ``check`` finds."""
    root = desk.store.path.parent.parent
    found = audit(desk.store.path, root / "documents")
    return [f"{one.kind} {one.table} {one.id}: {one.message}" for one in found.findings]


def executed(work: UnitOfWork, statement: str) -> None:
    """Run a statement past all use-cases, as another program would."""
    work.session.connection().exec_driver_sql(statement)
