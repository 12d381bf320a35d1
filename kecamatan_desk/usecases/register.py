"""The register book on screen: the next number, the last lines of a book."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.numbering import queue_display
from kecamatan_desk.domain.roles import ON_FILES
from kecamatan_desk.persistence.numbers import QUEUE, coming_number
from kecamatan_desk.persistence.tables import LineRecord, LineStatusRecord, RequestRecord
from kecamatan_desk.usecases.blocks import lost_of_series
from kecamatan_desk.usecases.booking import (
    checked_classification,
    line_columns,
    next_number_of,
)
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.inserting import coming_of
from kecamatan_desk.usecases.number_values import NextNumber
from kecamatan_desk.usecases.register_lines import corrected, note_of, state_of, statuses_of
from kecamatan_desk.usecases.series import series_of
from kecamatan_desk.usecases.values import BookPage, BookRow
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Takes

COLUMNS = (
    "No.",
    "Nomor surat",
    "Tanggal",
    "Nama",
    "Pekerjaan",
    "Alamat",
    "Desa",
    "Keperluan",
    "Keterangan",
)


def next_number(work: UnitOfWork, request_id: int, classification: str = "") -> NextNumber:
    """Give the number register would write for this request now. Nothing is spent.

    ``classification`` is the code typed for this letter; "" is the service's own. InputError for
    a code that cannot be printed, RuleError when the number becomes too long.
    """
    request = work.session.get_one(RequestRecord, request_id)
    code = checked_classification(classification)
    coming = coming_of(work, request, code)
    if request.line_id is not None or coming.suffix:
        return coming
    year = work.today.year
    series = series_of(work, SERVICES[request.service], code, year)
    return replace(coming, lost=lost_of_series(work, series, str(year)))


def coming_queue(work: UnitOfWork, request_id: int) -> str:
    """Give the queue number a file would get now, or keeps; "" where its SOP gives none."""
    request = work.session.get_one(RequestRecord, request_id)
    service = SERVICES[request.service]
    if service.first_decision.takes is not Takes.QUEUE:
        return ""
    number = request.queue_number or coming_number(work.session, QUEUE, work.today.isoformat())
    return queue_display(service.family, number)


def book_page(
    work: UnitOfWork,
    service_code: str | None,
    year: int,
    month: int | None,
    request_id: int | None = None,
    limit: int = 60,
) -> BookPage:
    """Give the last lines of a book as they will print, and the line a file will become."""
    work.require(*ON_FILES)
    query = _lines(service_code, year, month)
    written = _written(service_code, year, month)
    total = work.session.scalar(select(func.count(LineRecord.id)).where(*written)) or 0
    newest = query.order_by(None).order_by(*_order(service_code, newest=True)).limit(limit)
    lines = list(reversed(list(work.session.scalars(newest))))
    statuses = statuses_of(work, [line.id for line in lines])
    rows = tuple(row_of(line, statuses.get(line.id, ())) for line in lines)
    line = select(LineRecord.id).where(LineRecord.id == LineStatusRecord.line_id, *written)
    voided = work.session.scalar(
        select(func.count(LineStatusRecord.id)).where(
            LineStatusRecord.kind == "batal", line.exists()
        )
    )
    title = f"Buku Register {SERVICES[service_code].short}" if service_code else "Register Umum"
    coming = _coming(work, request_id) if request_id else ()
    return BookPage(f"{title}, tahun {year}", COLUMNS, rows, total, voided or 0, coming)


def _coming(work: UnitOfWork, request_id: int) -> tuple[str, ...]:
    request = work.session.get_one(RequestRecord, request_id)
    if request.line_id is not None:  # it stands in the book already
        return ()
    service = SERVICES[request.service]
    try:
        number = coming_of(work, request)
    except DeskError:  # what was asked for can be written no more; the card says why
        number = next_number_of(work, service, request)
    columns = line_columns(service, request)
    return (
        number.agenda,
        number.letter_number,
        f"{number.day or work.today:%d-%m-%Y}",
        columns["name"],
        str(json.loads(columns["facts"]).get("pekerjaan", "")),
        columns["address"],
        columns["village"],
        columns["purpose"],
        "Nomor sisipan, akan ditulis" if number.suffix else "akan ditulis",
    )


def row_of(line: LineRecord, statuses: Sequence[Row[Any]]) -> BookRow:
    """Give a line of the book as it will print, what became of it laid over it."""
    shown = corrected(line, statuses)
    mark = {"batal": "void", "ditolak": "refused", "ditutup": "refused"}.get(state_of(statuses), "")
    cells = (
        f"{line.number}{line.suffix}",
        line.letter_number or "–",
        f"{date.fromisoformat(line.day):%d-%m-%Y}",
        shown["name"],
        str(json.loads(shown["facts"]).get("pekerjaan", "")),
        shown["address"],
        shown["village"],
        shown["purpose"],
        note_of(statuses) or ("Diserahkan" if state_of(statuses) == "diserahkan" else "Menunggu"),
    )
    return BookRow(line.id, line.request_id, line.number, int(line.day[5:7]), cells, mark)


def _lines(service_code: str | None, year: int, month: int | None) -> Select[LineRecord]:
    query = select(LineRecord).where(*_written(service_code, year, month))
    return query.order_by(*_order(service_code))


def _written(
    service_code: str | None, year: int, month: int | None
) -> tuple[ColumnElement[bool], ...]:
    """Give what makes a line one of a book."""
    conditions = [LineRecord.period == str(year)]
    if service_code is not None:
        conditions.append(LineRecord.service == service_code)
    if month is not None:
        first = f"{year}-{month:02d}-01"
        conditions += [LineRecord.day >= first, LineRecord.day <= f"{year}-{month:02d}-31"]
    return tuple(conditions)


def _order(service_code: str | None, newest: bool = False) -> tuple[Any, ...]:
    columns: tuple[Any, ...] = (LineRecord.number, LineRecord.suffix, LineRecord.series)
    if service_code is None:
        columns = (LineRecord.day, LineRecord.id)
    return tuple(column.desc() for column in columns) if newest else columns
