"""Catatan susulan: what became of lines after their page was printed.

Every status row written since stands there once; a line that was inserted between printed ones
stands there whole.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from kecamatan_desk.documents.book_values import WAITING, BookLine
from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.persistence.tables import LineRecord, LineStatusRecord, table_of
from kecamatan_desk.usecases.blocks import block_of
from kecamatan_desk.usecases.book_cells import RegisterBook, book_line, shown, stack
from kecamatan_desk.usecases.booking import HIDDEN, LATER
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.line_services import LINE_SERVICES
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import (
    Mark,
    Place,
    RegisterLine,
    corrected,
    lines_by_id,
    place_in,
    statuses_of,
)
from kecamatan_desk.workflows.vocabulary import FieldKind

_LINE, _STATUS = table_of(LineRecord), table_of(LineStatusRecord)
NL = "\n"
_WINDOW = 2000  # status rows looked through in one short transaction
_NAMES = {
    "name": "Nama",
    "nik": "NIK",
    "sex": "L/P",
    "address": "Alamat",
    "village": "Desa/kelurahan",
    "purpose": "Keperluan",
    "village_letter": "Pengantar desa",
    "signatory": "Penandatangan",
}
#: Fields that the columns above hold already.
_IN_COLUMNS = {
    "nama",
    "nik",
    "jenis-kelamin",
    "alamat",
    "rt",
    "rw",
    "desa",
    "pengantar-nomor",
    "pengantar-tanggal",
}


@dataclass(frozen=True, slots=True)
class PagesOf:
    """On which page a line was printed."""

    starts: tuple[Place, ...]  # of every page of lines, in their order
    pages: tuple[int, ...]  # their numbers
    noted: Mapping[int, int]  # line id -> page of the supplement that inserted it

    def page(self, line_id: int, place: Place) -> int:
        """Give the page of a line by its id and its place in the book."""
        if line_id in self.noted:
            return self.noted[line_id]
        return self.pages[max(bisect_right(self.starts, place) - 1, 0)]


@dataclass(frozen=True, slots=True)
class Printed:
    """What the pages printed so far show."""

    line: int  # newest line id
    status: int  # newest status id
    place: Place  # of the last line
    pages: PagesOf
    filled: frozenset[int] = frozenset()  # lines on numbers whose row to fill in was printed

    def with_filled(self, filled: Mapping[int, int]) -> "Printed":
        """Give the same with such lines, by the page of their row."""
        pages = replace(self.pages, noted={**self.pages.noted, **filled})
        return replace(self, pages=pages, filled=frozenset(filled))


#: Stands in where no pages are named.
_NOWHERE = Printed(0, 0, (), PagesOf(((),), (0,), {}))


def notes_since(
    desk: Desk, service: str | None, year: int, printed: Printed, mark: Mark
) -> Iterator[BookLine]:
    """Yield a note for every status row since the last print that belongs to a printed line."""
    for start in range(printed.status, mark.status, _WINDOW):
        until = min(start + _WINDOW, mark.status)
        yield from desk.ask(_window, service, year, printed, start, until)


def _window(
    work: UnitOfWork, service: str | None, year: int, printed: Printed, after: int, until: int
) -> list[BookLine]:
    wanted = (
        select(_LINE)
        .join(_STATUS, _STATUS.c.line_id == _LINE.c.id)
        .where(
            _STATUS.c.id > after,
            _STATUS.c.id <= until,
            _LINE.c.id <= printed.line,
            _LINE.c.period == str(year),
        )
        .distinct()
    )
    if service is not None:
        wanted = wanted.where(_LINE.c.service == service)
    lines = [
        line
        for line in work.session.execute(wanted)
        # others are not printed yet: their page will show what became of them
        if place_in(line, service) <= printed.place or line.id in printed.filled
    ]
    return _notes_on(work, lines, service, printed, after, until)


def _notes_on(
    work: UnitOfWork,
    lines: Sequence[Any],
    service: str | None,
    printed: Printed,
    after: int,
    until: int,
) -> list[BookLine]:
    """Give a note for every status row of these lines in a span of ids."""
    statuses = statuses_of(work, [line.id for line in lines], until)
    found: list[tuple[int, BookLine]] = []
    for line in lines:
        rows = statuses[line.id]
        for n, row in enumerate(rows):
            if row.id > after:
                what = _what(line, rows[:n], row, rows)
                name = _printed_name(line, rows[:n], rows)
                found.append((row.id, _note(line, name, row, what, service, printed)))
    return [note for _, note in sorted(found, key=_by_id)]


def changes_since(
    desk: Desk, service: str | None, period: Period, closed: Mark, mark: Mark
) -> Iterator[BookLine]:
    """Yield a note for every status row written since a closing on a line of its book."""
    for start in range(closed.status, mark.status, _WINDOW):
        until = min(start + _WINDOW, mark.status)
        yield from desk.ask(_changed, service, period, closed.line, start, until)


def _changed(
    work: UnitOfWork, service: str | None, period: Period, newest: int, after: int, until: int
) -> list[BookLine]:
    wanted = (
        select(_LINE)
        .join(_STATUS, _STATUS.c.line_id == _LINE.c.id)
        .where(
            _STATUS.c.id > after,
            _STATUS.c.id <= until,
            _LINE.c.id <= newest,
            _LINE.c.period == str(period.first.year),
            _LINE.c.day >= period.first.isoformat(),
            _LINE.c.day <= period.last.isoformat(),
        )
        .distinct()
    )
    if service is not None:
        wanted = wanted.where(_LINE.c.service == service)
    notes = _notes_on(work, work.session.execute(wanted).all(), service, _NOWHERE, after, until)
    return [replace(note, cells=note.cells[1:]) for note in notes]


def _by_id(numbered: tuple[int, BookLine]) -> int:
    return numbered[0]


def _printed_name(line: Any, before: Sequence[Any], rows: Sequence[Any]) -> str:
    """Give the name under which the line is found on its page, unless it is secret by now."""
    now = corrected(line, rows)["name"]
    return now if now == HIDDEN else corrected(line, before)["name"]


def _note(
    line: Any,
    name: str,
    row: Any,
    what: str,
    service: str | None,
    printed: Printed,
) -> BookLine:
    cells = (
        str(printed.pages.page(line.id, place_in(line, service))),
        _number(f"{line.number:03d}{line.suffix}", line.service, service),
        short_date(date.fromisoformat(line.day)),
        name,
        what,
        short_date(date.fromisoformat(row.day)),
        row.user_name or "",
        "",
    )
    return BookLine(cells, date.fromisoformat(line.day), "", WAITING)


def _number(agenda: str, line_service: str, service: str | None) -> str:
    return agenda if service else stack(agenda, LINE_SERVICES[line_service].short)


# --- what happened -------------------------------------------------------------------------------


def _what(line: Any, before: Sequence[Any], row: Any, all_rows: Sequence[Any]) -> str:
    """Say what a status row means for the printed line."""
    match row.kind:
        case "batal":
            return f"BATAL: {row.remark}. Coret baris ini."
        case "ditolak":
            return f"DITOLAK: {row.remark}. Surat tidak diterbitkan."
        case "ditutup":
            return f"DITUTUP: {row.remark}"
        case "diserahkan":
            receiver = "pemohon sendiri" if row.remark == "Sendiri" else row.remark
            return stack(f"Diserahkan kepada {receiver}", _later(line.service, row))
    changes = _changes(line, before, row, all_rows)
    head = {"ditandatangani": "Penandatangan lain"}.get(row.kind, row.kind.capitalize())
    return stack(f"{head}: {row.remark}" if row.remark else head, changes)


def _later(service: str, row: Any) -> str:
    """Give the fields filled in after the line was printed: result, NIB, Berita Acara."""
    later = json.loads(row.facts).get("later", {})
    parts = [
        f"{field.label}: {shown(field, later[field.code])}"
        for field in LATER.get(service, ())
        if later.get(field.code) and field.kind is not FieldKind.ROWS
    ]
    if minutes := later.get("berita-acara"):
        parts.append(f"Nomor Berita Acara: {minutes}")
    return "; ".join(parts)


def _changes(line: Any, before: Sequence[Any], row: Any, all_rows: Sequence[Any]) -> str:
    """Name what a correction changed; nothing of a reporter who is secret by now."""
    if corrected(line, all_rows)["name"] == HIDDEN:
        return "Identitas pelapor dirahasiakan; tutup pada baris ini."
    was = corrected(line, before)
    new: dict[str, str] = json.loads(row.facts)
    parts = [
        f"{label} menjadi {new[name].partition(':')[0] if name == 'signatory' else new[name]}"
        for name, label in _NAMES.items()
        if name in new and new[name] != was[name]
    ]
    if "facts" in new:
        parts += _field_changes(line.service, json.loads(was["facts"]), json.loads(new["facts"]))
    return "; ".join(parts)


def _field_changes(service: str, was: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    purpose = LINE_SERVICES[service].purpose
    parts = []
    for field in LINE_SERVICES[service].fields:
        if field.code in _IN_COLUMNS or field.code == purpose:
            continue
        if was.get(field.code) != new.get(field.code):
            value = shown(field, new.get(field.code))
            rows = field.kind is FieldKind.ROWS
            parts.append(f"{field.label} diubah" if rows else f"{field.label} menjadi {value}")
    return parts


# --- lines inserted between printed ones ---------------------------------------------------------


#: What a line between printed ones is, by whether its number was set aside.
_INSERTED = {False: "Nomor sisipan", True: "Nomor cadangan yang kini terisi"}


def inserted_since(
    desk: Desk, book: RegisterBook, year: int, printed: Printed, mark: Mark
) -> Iterator[BookLine]:
    """Yield the lines written since that stand in front of the last printed one, whole."""
    for line in inserted_lines(desk, book.form.service, year, printed, mark):
        row = book_line(book, line)
        facts = [
            f"{' '.join((column.over + ' ' + column.head).split())}: {' / '.join(cell.split(NL))}"
            for column, cell in zip(book.form.columns[1:], row.cells, strict=True)
            if cell and not column.signs
        ]
        cells = (
            "–",
            _number(line.agenda, line.service, book.form.service),
            short_date(line.registered),
            line.name,
            f"{_INSERTED[line.in_block]}, belum tercetak pada halaman mana pun. {'; '.join(facts)}",
            short_date(line.registered),
            line.written_by,
            "",
        )
        if line.id in printed.filled or (line.in_block and line.place[-1] == book.form.service):
            # its line was printed already, to be filled in: it takes no number of its own now
            page = str(printed.pages.page(line.id, line.place))
            said = f"Isi baris cadangan nomor {line.agenda}. {'; '.join(facts)}"
            cells = (page, *cells[1:4], said, *cells[5:])
            row = replace(row, id=0)
        yield replace(row, cells=cells)


def inserted_lines(
    desk: Desk, service: str | None, year: int, printed: Printed, mark: Mark
) -> Iterator[RegisterLine]:
    """Yield the same as lines of the register."""
    for start in range(printed.line, mark.line, _WINDOW):
        until = min(start + _WINDOW, mark.line)
        yield from desk.ask(_inserted, service, year, printed, mark, start, until)


def _inserted(
    work: UnitOfWork,
    service: str | None,
    year: int,
    printed: Printed,
    mark: Mark,
    after: int,
    until: int,
) -> list[RegisterLine]:
    places = (_LINE.c.id, _LINE.c.series, _LINE.c.number, _LINE.c.suffix, _LINE.c.day)
    wanted = select(*places).where(
        _LINE.c.id > after, _LINE.c.id <= until, _LINE.c.period == str(year)
    )
    if service is not None:
        wanted = wanted.where(_LINE.c.service == service)
    rows = [
        row
        for row in work.session.execute(wanted.order_by(_LINE.c.id))
        if place_in(row, service) <= printed.place or row.id in printed.filled
    ]
    lines = lines_by_id(work, [row.id for row in rows], mark, common=service is None)
    return [replace(lines[row.id], in_block=_was_reserved(work, row, year)) for row in rows]


def _was_reserved(work: UnitOfWork, row: Any, year: int) -> bool:
    return not row.suffix and block_of(work, row.series, str(year), row.number) is not None
