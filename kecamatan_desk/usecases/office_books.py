"""Books that are no service's own: letters sent out, letters handed over, files returned (TMS).

Domain facts 3.3. Each is read in windows of bounded size, every one its own short transaction.
"""

import heapq
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select, tuple_

from kecamatan_desk.documents.book_values import (
    HANDED,
    REFUSED,
    VOID,
    WAITING,
    BookForm,
    BookLine,
    Column,
)
from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.domain.numbering import queue_display
from kecamatan_desk.persistence.numbers import MINUTES
from kecamatan_desk.persistence.tables import (
    ContentRecord,
    DocumentRecord,
    EventRecord,
    IssueRecord,
    LineRecord,
    LineStatusRecord,
    RequestRecord,
    table_of,
)
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.book_cells import NUMBER, day_text, field_text, stack
from kecamatan_desk.usecases.booking import HIDDEN, purpose_text
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.errata_letter import erratum_number
from kecamatan_desk.usecases.papers import BLOCK
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.processing.correcting import ERRATUM
from kecamatan_desk.usecases.register_lines import (
    CHUNK,
    Mark,
    RegisterLine,
    lines_by_id,
    statuses_of,
)
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act, Status

OUTGOING, DELIVERY, RETURNED = "surat-keluar", "ekspedisi", "berkas-dikembalikan"
_BEHIND = 10**9  # above any number
WINDOW = 2000  # rows looked through in one short transaction
_LINE, _STATUS, _EVENT, _REQUEST, _CONTENT, _ISSUE, _DOCUMENT = map(
    table_of,
    (
        LineRecord,
        LineStatusRecord,
        EventRecord,
        RequestRecord,
        ContentRecord,
        IssueRecord,
        DocumentRecord,
    ),
)
Reader = Callable[[Desk, Period, Mark], Iterator[BookLine]]


def _form(code: str, title: str, *columns: Column, **more: Any) -> BookForm:
    number = Column("No.", 9, align="c", struck=False) if code != OUTGOING else NUMBER
    return BookForm(code, title, (number, *columns), numbered=False, continues=False, **more)


# --- buku agenda surat keluar --------------------------------------------------------------------

_OUTGOING = _form(
    OUTGOING,
    "Buku Agenda Surat Keluar",
    Column("Nomor Surat", 57, struck=False),
    Column("Tanggal Surat", 17, align="c"),
    Column("Ditujukan Kepada", 46),
    Column("Isi Singkat", 58),
    Column("Tanggal Pengiriman", 19, align="c"),
    Column("Penandatangan", 35),
    Column("Pengolah", 26),
    Column("Keterangan", 30, struck=False),
    unit="surat",
)


def _outgoing(desk: Desk, period: Period, mark: Mark) -> Iterator[BookLine]:
    """Every numbered letter of the office in the order of day and number."""
    merged = heapq.merge(
        _numbered_lines(desk, period, mark), desk.ask(minutes_lines, period, mark), key=_by_day
    )
    for _, line in merged:
        yield line


def _by_day(keyed: tuple[tuple[Any, ...], BookLine]) -> tuple[Any, ...]:
    return keyed[0]


def _numbered_lines(
    desk: Desk, period: Period, mark: Mark
) -> Iterator[tuple[tuple[Any, ...], BookLine]]:
    for year in range(period.first.year, period.last.year + 1):
        last: tuple[Any, ...] | None = None
        while True:
            found, last, more = desk.ask(_outgoing_chunk, period, mark, year, last)
            yield from found
            if not more:
                break


def _outgoing_chunk(
    work: UnitOfWork, period: Period, mark: Mark, year: int, last: tuple[Any, ...] | None
) -> tuple[list[tuple[tuple[Any, ...], BookLine]], tuple[Any, ...] | None, bool]:
    order = (_LINE.c.day, _LINE.c.number, _LINE.c.suffix, _LINE.c.id)
    query = select(_LINE.c.id, *order[:3]).where(
        _LINE.c.period == str(year),
        _LINE.c.day >= period.first.isoformat(),
        _LINE.c.day <= period.last.isoformat(),
        _LINE.c.letter_number.is_not(None),
    )
    if last is not None:
        query = query.where(_LINE.c.day >= last[0], tuple_(*order) > last)
    rows = work.session.execute(query.order_by(*order).limit(CHUNK)).all()
    lines = lines_by_id(work, [row.id for row in rows if row.id <= mark.line], mark)
    keyed = [
        ((row.day, row.number, row.suffix, row.id), sent_line(lines[row.id]))
        for row in rows
        if row.id in lines
    ]
    end = (rows[-1].day, rows[-1].number, rows[-1].suffix, rows[-1].id) if rows else last
    return keyed, end, len(rows) == CHUNK


def sent_line(line: RegisterLine) -> BookLine:
    """Give a numbered line of the register as a line of the letters sent."""
    service = SERVICES[line.service]
    issued = line.state != REFUSED
    known = {field.code for field in service.fields}
    addressed = field_text(line, "ditujukan") if "ditujukan" in known else ""
    return BookLine(
        cells=(
            line.letter_number,
            day_text(line.letter_date or (None if issued else line.registered)),
            stack(line.name, f"untuk {addressed}" if addressed else ""),
            stack(service.letters[0].title, line.purpose),
            day_text(line.handed),
            line.signatory if issued else "",
            line.written_by,
            stack("Nomor sisipan" if line.inserted else "", line.note),
        ),
        day=line.registered,
        number="",
        state=line.state,
        inserted=line.inserted,
        id=line.id,
    )


_ENDED = {
    Status.DONE: HANDED,
    Status.REFUSED: REFUSED,
    Status.CANCELLED: VOID,
    Status.FAILED: REFUSED,
    Status.EXPIRED: REFUSED,
}


def minutes_lines(
    work: UnitOfWork, period: Period, mark: Mark
) -> list[tuple[tuple[Any, ...], BookLine]]:
    """Letters beside the lines: Berita Acara, numbered at the decision, and ralat letters."""
    years = [str(year) for year in range(period.first.year, period.last.year + 1)]
    query = (
        select(_ISSUE.c.number, _REQUEST, _EVENT.c.at, _EVENT.c.user_name)
        .join(_REQUEST, _REQUEST.c.id == _ISSUE.c.request_id)
        .join(_EVENT, _EVENT.c.seq == _ISSUE.c.event_seq)
        .where(_ISSUE.c.series == MINUTES, _ISSUE.c.period.in_(years), _EVENT.c.seq <= mark.event)
    )
    found = []
    for row in work.session.execute(query):
        day = work.calendar.local_date(moment(row.at))
        if period.first <= day <= period.last:
            found.append(((day.isoformat(), row.number, "", row.id), _minute(work, row, day)))
    return sorted([*found, *_errata(work, period, mark)], key=_by_day)


def _errata(
    work: UnitOfWork, period: Period, mark: Mark
) -> Iterator[tuple[tuple[Any, ...], BookLine]]:
    within = (
        select(_STATUS.c.line_id)
        .where(
            _STATUS.c.kind == ERRATUM,
            _STATUS.c.day >= period.first.isoformat(),
            _STATUS.c.day <= period.last.isoformat(),
            _STATUS.c.id <= mark.status,
        )
        .distinct()
    )
    ids = list(work.session.scalars(within))
    lines, statuses = lines_by_id(work, ids, mark), statuses_of(work, ids, mark.status)
    signed = _signed_errata(work, ids)
    for line_id, line in lines.items():
        errata = [row for row in statuses[line_id] if row.kind == ERRATUM]
        for count, row in enumerate(errata, 1):
            day = date.fromisoformat(row.day)
            if period.first <= day <= period.last:
                # behind every letter of the day that has a number of its own
                signer = signed.get((line_id, count), "")
                yield (row.day, _BEHIND, "", row.id), _erratum(line, row, day, count, signer)


def _signed_errata(work: UnitOfWork, line_ids: Sequence[int]) -> Mapping[tuple[int, int], str]:
    """Give who signs each drawn ralat, by line and count: its paper keeps the block."""
    query = (
        select(_LINE.c.id, _DOCUMENT.c.version, _DOCUMENT.c.facts)
        .join(_DOCUMENT, _DOCUMENT.c.request_id == _LINE.c.request_id)
        .where(_LINE.c.id.in_(line_ids), _DOCUMENT.c.kind == ERRATUM)
    )
    return {
        (row.id, row.version): str((json.loads(row.facts).get(BLOCK) or {}).get("brief", ""))
        for row in work.session.execute(query)
    }


def _erratum(line: RegisterLine, row: Any, day: date, count: int, signer: str) -> BookLine:
    return BookLine(
        cells=(
            erratum_number(line.letter_number, count),
            short_date(day),
            line.name,
            f"Surat Ralat atas surat nomor {line.letter_number}",
            "",
            signer,
            row.user_name or "",
            row.remark,
        ),
        day=day,
        number="",
        state=WAITING,
        id=row.id,
    )


def _minute(work: UnitOfWork, row: Row[Any], day: date) -> BookLine:
    service = SERVICES[row.service]
    ended = work.calendar.local_date(row.ended_at) if row.ended_at else None
    done = row.status == Status.DONE
    return BookLine(
        cells=(
            row.letter_number or "",
            short_date(day),
            HIDDEN if row.secret else row.applicant,
            stack(service.letters[0].title, purpose_text(service, row.data)),
            day_text(ended if done else None),
            "Para pihak, diketahui Camat",
            row.user_name,
            "",
        ),
        day=day,
        number="",
        state=_ENDED.get(Status(row.status), WAITING),
        id=row.id,
    )


# --- buku ekspedisi ------------------------------------------------------------------------------

_DELIVERY = _form(
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


def _delivered(desk: Desk, period: Period, mark: Mark) -> Iterator[BookLine]:
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
    receiver = line.name if row.remark == "Sendiri" else row.remark
    return BookLine(
        cells=(
            short_date(day),
            number,
            day_text(line.letter_date),
            stack(SERVICES[line.service].letters[0].title, line.purpose),
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


# --- buku berkas dikembalikan (TMS) --------------------------------------------------------------

_BACK, _OPEN, _SHUT = "kembali", "belum", "ditutup"
_RETURNED = _form(
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


def _returned(desk: Desk, period: Period, mark: Mark) -> Iterator[BookLine]:
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


#: The office's further books by code: the form, and what yields its lines.
OFFICE_BOOKS: dict[str, tuple[BookForm, Reader]] = {
    OUTGOING: (_OUTGOING, _outgoing),
    DELIVERY: (_DELIVERY, _delivered),
    RETURNED: (_RETURNED, _returned),
}
