"""Buku berkas dikembalikan (TMS): what each returned file lacked, and when it came back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, func, select

from kecamatan_desk.documents.book_values import (
    BookLine,
    Column,
)
from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.domain.numbering import queue_display
from kecamatan_desk.persistence.tables import (
    ContentRecord,
    EventRecord,
    RequestRecord,
    table_of,
)
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.booking import HIDDEN
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.office_form import RETURNED, WINDOW, office_form
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import (
    Mark,
)
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act

_EVENT, _REQUEST, _CONTENT = map(table_of, (EventRecord, RequestRecord, ContentRecord))

_BACK, _OPEN, _SHUT = "kembali", "belum", "ditutup"
RETURNED_FORM = office_form(
    RETURNED,
    "Buku Berkas Dikembalikan (TMS)",
    Column("Tanggal", 18, align="c"),
    Column("No. Antrian", 14, align="c"),
    Column("Kode Berkas", 24, align="c"),
    Column("Nama", 42),
    Column("Layanan", 33),
    Column("Kekurangan", 86),
    Column("Tanggal Kembali Lagi", 20, align="c"),
    Column("Petugas", 27),
    Column("Keterangan", 22),
    unit="pengembalian",
    keeper="PETUGAS PELAYANAN",
    states={_BACK: "sudah kembali", _OPEN: "belum kembali", _SHUT: "ditutup"},
)
RETURNS = (Act.FAIL.value, Act.CLOSE.value)
_AFTER = (Act.COME_BACK.value, Act.CLOSE.value, Act.EXPIRE.value, Act.CANCEL.value)


def returned(desk: Desk, period: Period, mark: Mark) -> Iterator[BookLine]:
    """Every return of a file with what it lacked, in the order in which they happened."""
    first, last = desk.ask(events_of, period, mark)
    for start in range(first - 1, last, WINDOW):
        yield from desk.ask(return_window, mark, start, min(start + WINDOW, last))


def events_of(work: UnitOfWork, period: Period, mark: Mark) -> tuple[int, int]:
    """Give the first and last event of a period; (1, 0) when there is none."""
    begin, _ = work.calendar.day_bounds(period.first)
    _, end = work.calendar.day_bounds(period.last)
    first, last = work.session.execute(
        select(func.min(_EVENT.c.seq), func.max(_EVENT.c.seq)).where(
            _EVENT.c.at >= stamp(begin), _EVENT.c.at < stamp(end)
        )
    ).one()
    return (first, min(last, mark.event)) if first is not None else (1, 0)


def return_window(work: UnitOfWork, mark: Mark, after: int, until: int) -> list[BookLine]:
    """Give the returns among a span of events."""
    query = (
        select(_EVENT.c.seq, _EVENT.c.at, _EVENT.c.act, _EVENT.c.user_name, _REQUEST)
        .join(_REQUEST, _REQUEST.c.id == _EVENT.c.request_id)
        .where(_EVENT.c.seq > after, _EVENT.c.seq <= until, _EVENT.c.act.in_(RETURNS))
        .order_by(_EVENT.c.seq)
    )
    rows = work.session.execute(query).all()
    seqs, requests = [row.seq for row in rows], {row.id for row in rows}
    reasons: dict[int, str] = dict(
        work.session.execute(
            select(_CONTENT.c.event_seq, _CONTENT.c.body).where(
                _CONTENT.c.event_seq.in_(seqs), _CONTENT.c.kind == "alasan"
            )
        ).all()
    )
    later = _what_followed(work, requests, mark)
    return [_return(work, row, reasons.get(row.seq, ""), later.get(row.id, ())) for row in rows]


def _what_followed(work: UnitOfWork, requests: set[int], mark: Mark) -> Mapping[int, Sequence[Any]]:
    found: dict[int, list[Any]] = {}
    query = (
        select(_EVENT.c.request_id, _EVENT.c.seq, _EVENT.c.at, _EVENT.c.act)
        .where(
            _EVENT.c.request_id.in_(requests),
            _EVENT.c.act.in_(_AFTER),
            _EVENT.c.seq <= mark.event,
        )
        .order_by(_EVENT.c.seq)
    )
    for row in work.session.execute(query):
        found.setdefault(row.request_id, []).append(row)
    return found


_NOTES = {
    Act.CLOSE.value: "Ditutup",
    Act.EXPIRE.value: "Kedaluwarsa",
    Act.CANCEL.value: "Batal",
}


def _return(work: UnitOfWork, row: Row[Any], reason: str, later: Sequence[Any]) -> BookLine:
    day = work.calendar.local_date(moment(row.at))
    service = SERVICES[row.service]
    then = next((event for event in later if event.seq > row.seq), None)
    back, note, state = "", "", _OPEN
    if row.act == Act.CLOSE.value:
        note, state = "Ditutup: tidak dapat dilayani di sini", _SHUT
    elif then is not None and then.act == Act.COME_BACK.value:
        back, state = short_date(work.calendar.local_date(moment(then.at))), _BACK
    elif then is not None:
        ended = short_date(work.calendar.local_date(moment(then.at)))
        note, state = f"{_NOTES[then.act]} {ended}", _SHUT
    return BookLine(
        cells=(
            short_date(day),
            queue_display(service.family, row.queue_number),
            row.file_code,
            HIDDEN if row.secret else row.applicant,
            service.short,
            "\n".join(reason.split("; ")),
            back,
            row.user_name,
            note,
        ),
        day=day,
        number="",
        state=state,
        id=row.seq,
    )
