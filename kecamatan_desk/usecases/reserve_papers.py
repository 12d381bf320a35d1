"""Lembar padam listrik: what its sheets say, and setting the numbers aside with it in one job."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import func, select

from kecamatan_desk.documents.reserve_sheets import ReserveLine, ReservePart, ReserveValues
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import BlockRecord, EventRecord, table_of
from kecamatan_desk.persistence.types import stamp
from kecamatan_desk.usecases.blocks import RESERVED
from kecamatan_desk.usecases.booking import compose_letter_number
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.number_values import ReservedNumber
from kecamatan_desk.usecases.paper_parts import office_head, printed_by
from kecamatan_desk.usecases.reserving import numbers_of_blocks, reserve
from kecamatan_desk.usecases.series import CODE, series_label
from kecamatan_desk.workflows.catalog import SERVICES

#: Numbers of the emergency strip begin so; the program's own with the letter of a family.
EMERGENCY = "P"

_BLOCK, _EVENT = table_of(BlockRecord), table_of(EventRecord)


def reserve_and_draw(
    desk: Desk, op_id: str, wanted: Sequence[tuple[str, int]]
) -> tuple[tuple[int, ...], bytes]:
    """Set numbers aside and draw their sheets; give the blocks and the PDF.

    The numbers are set aside before the drawing: a paper that failed is drawn again from them.
    """
    blocks = desk.call(reserve, op_id, wanted)
    return blocks, reserve_sheets_pdf(desk, blocks)


def reserve_sheets_pdf(desk: Desk, blocks: Sequence[int]) -> bytes:
    """Draw the sheets of blocks, with those of their numbers that are still open."""
    from kecamatan_desk.documents.reserve_sheets import draw_reserve_sheets

    return draw_reserve_sheets(desk.ask(reserve_values, tuple(blocks)))


def reserve_values(work: UnitOfWork, blocks: Sequence[int]) -> ReserveValues:
    """Collect what the sheets of some blocks say."""
    work.require(Role.REGISTER)
    numbers = numbers_of_blocks(work, blocks)
    parts = tuple(
        ReservePart(series_label(series), tuple(_line(work, one) for one in own))
        for series, own in groupby(numbers, key=_series)
    )
    first = _given_before(work, min(blocks, default=0)) + 1
    queue = tuple(f"{EMERGENCY}-{first + n:02d}" for n in range(len(numbers)))
    return ReserveValues(
        head=office_head(work),
        day=long_date(work.today),
        parts=parts,
        queue=queue,
        printed=printed_by(work),
    )


def _series(one: ReservedNumber) -> str:
    return one.series


def _line(work: UnitOfWork, one: ReservedNumber) -> ReserveLine:
    """Give a line; its letter number is printed where the series alone says how it is made."""
    service = SERVICES.get(one.series)
    letter = ""
    if service is not None and service.writes_letter:
        letter = compose_letter_number(work, service, one.number, work.today)
    elif one.series.startswith(CODE):
        letter = f"{one.series.removeprefix(CODE)} / {one.label} / \u2026"
    return ReserveLine(one.label, letter)


def _given_before(work: UnitOfWork, block_id: int) -> int:
    """Count the emergency numbers that other sheets of today have taken: none stands twice."""
    start, _ = work.calendar.day_bounds(work.today)
    amount = func.sum(_BLOCK.c.last - _BLOCK.c.first + 1)
    query = (
        select(amount)
        .join(_EVENT, _EVENT.c.seq == _BLOCK.c.event_seq)
        .where(_BLOCK.c.kind == RESERVED, _BLOCK.c.id < block_id, _EVENT.c.at >= stamp(start))
    )
    return int(work.session.scalar(query) or 0)
