"""The register book: the next number, the open book on screen, the lines for print."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, tuple_

from kecamatan_desk.documents.values import BookLine
from kecamatan_desk.domain.numbering import queue_display
from kecamatan_desk.domain.roles import ON_FILES
from kecamatan_desk.persistence.numbers import QUEUE, coming_number
from kecamatan_desk.persistence.tables import LineRecord, LineStatusRecord, RequestRecord
from kecamatan_desk.usecases.booking import (
    LINE_STATES,
    checked_classification,
    line_columns,
    next_number_of,
    series_of,
)
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.signature import SIGNED
from kecamatan_desk.usecases.values import BookPage, BookRow, NextNumber
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Takes

CHUNK = 500  # lines read in one short transaction
_ENDS = frozenset(LINE_STATES.values())
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
    return next_number_of(work, SERVICES[request.service], request, code)


def coming_queue(work: UnitOfWork, request_id: int) -> str:
    """Give the queue number a file would get now, or keeps; "" where its SOP gives none."""
    request = work.session.get_one(RequestRecord, request_id)
    service = SERVICES[request.service]
    if service.first_decision.takes is not Takes.QUEUE:
        return ""
    number = request.queue_number or coming_number(work.session, QUEUE, work.today.isoformat())
    return queue_display(service.family, number)


def books(work: UnitOfWork, year: int) -> tuple[tuple[str, str, int], ...]:
    """List the books of a year: service code, title, number of lines."""
    counted: dict[str, int] = dict(
        work.session.execute(
            select(LineRecord.service, func.count())
            # services named: counted in the index alone
            .where(LineRecord.period == str(year), LineRecord.service.in_(SERVICES))
            .group_by(LineRecord.service)
        ).all()
    )
    return tuple(
        (s.code, f"Buku Register {s.short}", counted.get(s.code, 0)) for s in SERVICES.values()
    )


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
    statuses = _statuses(work, [line.id for line in lines])
    rows = tuple(_row(line, statuses.get(line.id, ())) for line in lines)
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
    number = next_number_of(work, service, request)
    columns = line_columns(service, request)
    return (
        str(number.number),
        number.letter_number,
        f"{work.today:%d-%m-%Y}",
        columns["name"],
        str(json.loads(columns["facts"]).get("pekerjaan", "")),
        columns["address"],
        columns["village"],
        columns["purpose"],
        "akan ditulis",
    )


def _row(line: LineRecord, statuses: Sequence[LineStatusRecord]) -> BookRow:
    shown = _corrected(line, statuses)
    mark = {"batal": "void", "ditolak": "refused", "ditutup": "refused"}.get(_state(statuses), "")
    cells = (
        f"{line.number}{line.suffix}",
        line.letter_number or "–",
        f"{date.fromisoformat(line.day):%d-%m-%Y}",
        shown["name"],
        str(json.loads(shown["facts"]).get("pekerjaan", "")),
        shown["address"],
        shown["village"],
        shown["purpose"],
        _note(statuses) or ("Diserahkan" if _state(statuses) == "diserahkan" else "Menunggu"),
    )
    return BookRow(line.id, line.request_id, line.number, int(line.day[5:7]), cells, mark)


def read_lines(
    desk: Desk, service_code: str | None, year: int, month: int | None
) -> Iterator[BookLine]:
    """Yield the lines of a book for print, chunk by chunk, each its own short transaction."""
    last: tuple[Any, ...] | None = None
    while True:
        chunk, last = desk.ask(_chunk, service_code, year, month, last)
        yield from chunk
        if len(chunk) < CHUNK:
            return


def _chunk(
    work: UnitOfWork,
    service_code: str | None,
    year: int,
    month: int | None,
    last: tuple[Any, ...] | None,
) -> tuple[list[BookLine], tuple[Any, ...] | None]:
    """Give the lines after the place where the chunk before ended, and the place they end at."""
    work.require(*ON_FILES)
    query, order = _lines(service_code, year, month).limit(CHUNK), _order(service_code)
    if last is not None:
        query = query.where(tuple_(*order) > last)
    lines = list(work.session.scalars(query))
    statuses = _statuses(work, [line.id for line in lines])
    ends = tuple(getattr(lines[-1], column.key) for column in order) if lines else None
    return [_book_line(x, statuses.get(x.id, ())) for x in lines], ends


def _lines(service_code: str | None, year: int, month: int | None) -> Select[LineRecord]:
    query = select(LineRecord).where(*_written(service_code, year, month))
    if service_code is not None:  # the series has an index in the order of the book
        query = query.where(LineRecord.series == series_of(SERVICES[service_code]))
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
    columns: tuple[Any, ...] = (LineRecord.number, LineRecord.suffix)
    if service_code is None:
        columns = (LineRecord.day, LineRecord.id)
    return tuple(column.desc() for column in columns) if newest else columns


def _statuses(work: UnitOfWork, ids: Iterable[int]) -> dict[int, list[LineStatusRecord]]:
    found: dict[int, list[LineStatusRecord]] = {}
    for status in work.session.scalars(
        select(LineStatusRecord)
        .where(LineStatusRecord.line_id.in_(list(ids)))
        .order_by(LineStatusRecord.id)
    ):
        found.setdefault(status.line_id, []).append(status)
    return found


def _state(statuses: Sequence[LineStatusRecord]) -> str:
    kinds = [s.kind for s in statuses if s.kind in _ENDS]
    return kinds[-1] if kinds else "belum"


def _corrected(line: LineRecord, statuses: Sequence[LineStatusRecord]) -> Mapping[str, str]:
    """Give the line's columns with later corrections laid over; the line itself never changes."""
    shown = {
        name: getattr(line, name)
        for name in (
            "name",
            "nik",
            "sex",
            "address",
            "village",
            "purpose",
            "village_letter",
            "facts",
            "signatory",
        )
    }
    for status in statuses:
        if status.kind in ("diperbaiki", SIGNED):
            shown.update(json.loads(status.facts))
    return shown


def _note(statuses: Sequence[LineStatusRecord]) -> str:
    words = {
        "batal": "BATAL",
        "ditolak": "DITOLAK",
        "ditutup": "DITUTUP",
        "diperbaiki": "Diperbaiki",
    }
    return "; ".join(
        f"{words[s.kind]} {date.fromisoformat(s.day):%d-%m-%Y}: {s.remark}"
        for s in statuses
        if s.kind in words
    )


def _book_line(line: LineRecord, statuses: Sequence[LineStatusRecord]) -> BookLine:
    shown, state = _corrected(line, statuses), _state(statuses)
    if state == "ditutup":  # no letter either; the note says which of the two
        state = "ditolak"
    handed = next((s for s in reversed(statuses) if s.kind == "diserahkan"), None)
    intro_number, intro_date = _intro(shown["village_letter"])
    refused = state == "ditolak"
    day = date.fromisoformat(line.day)
    return BookLine(
        year=day.year,
        month=day.month,
        agenda=f"{line.number:03d}{line.suffix}",
        registered=day,
        queue=line.queue,
        name=shown["name"],
        nik=shown["nik"],
        sex=shown["sex"],
        address=shown["address"],
        village=shown["village"],
        service=SERVICES[line.service].short,
        purpose=shown["purpose"],
        intro_number=intro_number,
        intro_date=intro_date,
        letter_number="Tidak diterbitkan" if refused else line.letter_number or "",
        letter_date=date.fromisoformat(line.letter_day)
        if line.letter_day and not refused
        else None,
        signatory=shown["signatory"].partition(":")[0],
        handed=date.fromisoformat(handed.day) if handed else None,
        receiver=handed.remark if handed else "",
        note=_note(statuses),
        state=state,  # type: ignore[arg-type]
        inserted=bool(line.suffix),
    )


def _intro(text: str) -> tuple[str, date | None]:
    """Part the village letter's number from its date, which stands last."""
    number, _, last = text.rpartition(" ")
    try:
        day, month, year = last.split("-")
        return number, date(int(year), int(month), int(day))
    except ValueError:
        return text, None
