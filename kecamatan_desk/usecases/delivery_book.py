"""Buku ekspedisi: letters handed over, with room for the receiver to sign."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from kecamatan_desk.documents.book_values import (
    HANDED,
    BookLine,
    Column,
)
from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.persistence.numbers import MINUTES
from kecamatan_desk.persistence.tables import (
    LineStatusRecord,
    table_of,
)
from kecamatan_desk.usecases.book_cells import day_text, stack
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.line_services import LINE_SERVICES, OTHER
from kecamatan_desk.usecases.office_form import DELIVERY, WINDOW, office_form
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import (
    Mark,
    RegisterLine,
    lines_by_id,
)

_STATUS = table_of(LineStatusRecord)

DELIVERY_FORM = office_form(
    DELIVERY,
    "Buku Ekspedisi",
    Column("Tanggal", 18, align="c"),
    Column("Nomor Surat", 57),
    Column("Tanggal Surat", 17, align="c"),
    Column("Isi Singkat", 61),
    Column("Tujuan", 44),
    Column("Nama Penerima", 38),
    Column("Tanda Tangan Penerima", 25, align="c", signs=True),
    Column("Keterangan", 26),
    unit="surat",
    keeper="PETUGAS PELAYANAN",
    states={},
)


def delivered(desk: Desk, period: Period, mark: Mark) -> Iterator[BookLine]:
    """Letters that were handed over, in the order of hand-over."""
    for start in range(0, mark.status, WINDOW):
        until = min(start + WINDOW, mark.status)
        yield from desk.ask(delivery_window, period, mark, start, until)


def delivery_window(
    work: UnitOfWork, period: Period, mark: Mark, after: int, until: int
) -> list[BookLine]:
    """Give the lines of a span of status rows."""
    query = (
        select(_STATUS.c.line_id, _STATUS.c.day, _STATUS.c.remark, _STATUS.c.facts, _STATUS.c.id)
        .where(
            _STATUS.c.id > after,
            _STATUS.c.id <= until,
            _STATUS.c.kind == HANDED,
            _STATUS.c.day >= period.first.isoformat(),
            _STATUS.c.day <= period.last.isoformat(),
        )
        .order_by(_STATUS.c.id)
    )
    rows = work.session.execute(query).all()
    lines = lines_by_id(work, [row.line_id for row in rows], mark)
    out = []
    for row in rows:
        line = lines[row.line_id]
        number = line.letter_number or str(line.facts.get(MINUTES) or "")
        if number:  # a licence or an e-KTP recording without a letter is no letter
            out.append(_delivery(line, row, number))
    return out


def _delivery(line: RegisterLine, row: Any, number: str) -> BookLine:
    day = date.fromisoformat(row.day)
    title = "" if line.service == OTHER else LINE_SERVICES[line.service].letters[0].title
    receiver = line.name if row.remark == "Sendiri" else row.remark
    return BookLine(
        cells=(
            short_date(day),
            number,
            day_text(line.letter_date),
            stack(title, line.purpose),
            stack(line.name, line.village),
            receiver,
            "",
            "",
        ),
        day=day,
        number="",
        state=HANDED,
        id=row.id,
    )
