"""Stored pages of a book that name a reporter who has asked for secrecy since.

The book on screen and every later page hide him; a page printed before is on the shelf, and its
bytes are for the complaint's own lanes.
"""

import json
from typing import Any

from sqlalchemy import exists, func, select

from kecamatan_desk.domain.errors import NotAllowedError
from kecamatan_desk.persistence.tables import (
    BookPrintRecord,
    LineRecord,
    LineStatusRecord,
    RequestRecord,
    table_of,
)
from kecamatan_desk.usecases.book_forms import REGISTER_BOOKS
from kecamatan_desk.usecases.booking import HIDDEN
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.register_lines import kept_place, place_in
from kecamatan_desk.usecases.secrecy import is_hidden

_PRINT, _LINE, _STATUS = map(table_of, (BookPrintRecord, LineRecord, LineStatusRecord))
_NONE: dict[str, Any] = {"line": 0, "place": ()}


def refuse_named_since(work: UnitOfWork, print_id: int) -> None:
    """Raise NotAllowedError when pages name a reporter who is hidden from the user by now."""
    row = work.session.execute(select(_PRINT).where(_PRINT.c.id == print_id)).one()
    for request_id in _named_since(work, row):
        if is_hidden(work, work.session.get_one(RequestRecord, request_id)):
            raise NotAllowedError(
                "Halaman ini menyebut pelapor yang minta dirahasiakan. Tidak ada yang dibuka; "
                "mintalah petugas aduan, atau cetak bukunya untuk masa itu tanpa lanjutan."
            )


def _named_since(work: UnitOfWork, row: Any) -> list[int]:
    """Give the requests a print shows, as lines or in its supplement, that were hidden later."""
    before = work.session.execute(
        select(_PRINT.c.last_line, _PRINT.c.last_status)
        .where(_PRINT.c.book == row.book, _PRINT.c.period == row.period, _PRINT.c.id < row.id)
        .order_by(_PRINT.c.id.desc())
        .limit(1)
    ).first()
    told = json.loads(row.last_line)
    earlier = json.loads(before.last_line) if before else _NONE
    service = REGISTER_BOOKS[row.book].form.service
    noted = exists().where(
        _STATUS.c.line_id == _LINE.c.id,
        _STATUS.c.id > (before.last_status if before else row.last_status),
        _STATUS.c.id <= row.last_status,
    )
    hidden = select(_STATUS.c.line_id).where(
        _STATUS.c.id > row.last_status, func.json_extract(_STATUS.c.facts, "$.name") == HIDDEN
    )
    lines = select(
        _LINE.c.id,
        _LINE.c.request_id,
        _LINE.c.day,
        _LINE.c.number,
        _LINE.c.suffix,
        _LINE.c.series,
        noted.label("noted"),
    ).where(_LINE.c.id.in_(hidden), _LINE.c.id <= told["line"], _LINE.c.period == row.period)
    if service is not None:
        lines = lines.where(_LINE.c.service == service)
    last, first = kept_place(told["place"], service), kept_place(earlier["place"], service)
    return [
        line.request_id
        for line in work.session.execute(lines)
        if (place := place_in(line, service)) <= last
        and (line.noted or line.id > earlier["line"] or place > first)
    ]
