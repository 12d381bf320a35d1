"""Berita Acara Penutupan Buku Register and the day's closing line, on the office's letter paper.

The chain's head stands on it in groups of four and as a code: signed paper that no change of the
database reaches (reliability, 3.5).
"""

from io import BytesIO
from typing import Any

from kecamatan_desk.documents.closing_values import ClosingPage, ClosingTable
from kecamatan_desk.documents.drawing import (
    SHADE,
    box,
    justified,
    lines_of,
    new_canvas,
    practice_mark,
    qr,
    text,
)
from kecamatan_desk.documents.letterhead import letterhead, signature, signature_height
from kecamatan_desk.documents.pages import Placed, Sheet, Unit, paginate, sheet_of
from kecamatan_desk.documents.profiles import LETTER, Profile
from kecamatan_desk.documents.report_table import Column, Grid, gap
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, fit_size, hold, width, wrap

_SIZE, _LEAD = 11.0, 14.5
_SMALL, _SMALL_LEAD = 8.0, 9.8
_ROW, _TALL = 5.0, 9.0  # mm
_FOOT = 13 * MM  # above the band of a practice page
_CODE = 27 * MM  # side of the QR code, with its quiet zone
NO_BREAK = "\u00a0"
_ROOM = 20 * MM  # for the pen
_HEADLESS = 22.0  # mm: text area of A4 less the shares, kept for the widest column


def draw_closing(values: ClosingPage, profile: Profile = LETTER) -> bytes:
    """Draw the page or pages as PDF. The same values give the same bytes.

    InputError for a character that the typeface lacks.
    """
    buffer = BytesIO()
    sheet = sheet_of(profile)
    c = new_canvas(buffer, sheet.size, f"{values.title}: {values.subtitle}", values.head.name)
    pages = paginate(_units(values, sheet, profile, c), sheet)
    for number, page in enumerate(pages, 1):
        if values.head.practice:
            practice_mark(c, *sheet.size)
        _draw_page(c, page)
        _foot(c, sheet, values.foot, f"Halaman {number} dari {len(pages)}")
        c.showPage()
    c.save()
    return buffer.getvalue()


def _draw_page(c: Any, page: list[Placed]) -> None:
    for top, unit in page:
        unit.draw(c, top)


def _foot(c: Any, sheet: Sheet, words: str, number: str) -> None:
    room = sheet.full - width(number, REGULAR, 8) - 6 * MM
    text(c, sheet.left, _FOOT, words, REGULAR, fit_size(words, REGULAR, 7.5, room, 5))
    text(c, sheet.right, _FOOT, number, REGULAR, 8, "r")


def _units(values: ClosingPage, sheet: Sheet, profile: Profile, c: Any) -> list[Unit]:
    units = [] if profile.preprinted else [_kop(values, sheet, c)]
    units += [*_title(values, sheet), *_running(values.statement, sheet), gap(3)]
    for table in values.tables:
        units += [*_table(table, sheet), gap(4)]
    if values.nil:
        units += [*_running(values.nil, sheet), gap(3)]
    return [*units, _chain(values, sheet), _signatures(values, sheet)]


def _kop(values: ClosingPage, sheet: Sheet, c: Any) -> Unit:
    """The letterhead; it is drawn once off the page to learn how high it is."""
    measured = new_canvas(BytesIO(), sheet.size, "", "")
    top = sheet.first_top
    high = top - letterhead(measured, values.head, sheet.left, sheet.right, top) + 7 * MM

    def draw(c: Any, top: float) -> None:
        letterhead(c, values.head, sheet.left, sheet.right, top)

    return Unit(high, draw, glue=True)


def _title(values: ClosingPage, sheet: Sheet) -> list[Unit]:
    rows = [
        (row, size)
        for words, size in ((values.title, 13.0), (values.subtitle, 12.0))
        for row in wrap(words, BOLD, size, sheet.full)
    ]
    number = "Nomor: " + "." * 40 if values.numbered else ""

    def draw(c: Any, top: float) -> None:
        y = top
        for words, size in rows:
            y -= size * 1.3
            text(c, sheet.middle, y, words, BOLD, size, "c")
        if number:
            text(c, sheet.middle, y - 14, number, REGULAR, 10.5, "c")

    high = sum(size * 1.3 for _, size in rows) + (14 if number else 0) + 5 * MM
    return [Unit(high, draw, glue=True)]


def _running(words: str, sheet: Sheet) -> list[Unit]:
    """Lines of running text, justified; the first two stay together, and the last two."""
    rows = wrap(hold(words), REGULAR, _SIZE, sheet.full)
    units = []
    for place, row in enumerate(rows):
        last = place == len(rows) - 1

        def draw(c: Any, top: float, row: str = row, last: bool = last) -> None:
            if last:
                text(c, sheet.left, top - _SIZE, row, REGULAR, _SIZE)
            else:
                justified(c, sheet.left, top - _SIZE, row, _SIZE, sheet.full)

        units.append(Unit(_LEAD, draw))
    if len(units) > 1:
        units[0].glue = units[-2].glue = True
    return units


def _table(table: ClosingTable, sheet: Sheet) -> list[Unit]:
    grid = _grid(table, sheet)
    rows = [grid.row(cells) for cells in table.rows] or [grid.nothing(table.nothing)]
    if table.total:
        rows.append(grid.row(table.total, BOLD, SHADE))
    return [_heading(table, sheet), *grid.table(rows)]


def _grid(table: ClosingTable, sheet: Sheet) -> Grid:
    """Lay the columns out over the sheet's own width: the open one takes what is left."""
    full = sheet.full / MM
    fixed = sum(column.share for column in table.columns)
    free = max(full - fixed, _HEADLESS)
    scale = 1.0 if fixed + free <= full else (full - _HEADLESS) / fixed
    columns = tuple(
        Column(column.head, column.share * scale if column.share else free, column.align)
        for column in table.columns
    )
    lines = max(
        len(wrap(column.head, BOLD, 7.5, column.width * MM - 1.2 * MM)) for column in columns
    )
    least = _TALL if table.tall else _ROW
    return Grid(
        columns,
        table.title,
        max(5.5, lines * 3.2 + 1.5),
        least,
        left=sheet.left,
        numbered=table.numbered,
    )


def _heading(table: ClosingTable, sheet: Sheet) -> Unit:
    rows = wrap(hold(table.note), REGULAR, _SMALL, sheet.full) if table.note else ()
    high = 14 + len(rows) * _SMALL_LEAD + 1.5 * MM

    def draw(c: Any, top: float) -> None:
        text(c, sheet.left, top - 10, table.title, BOLD, 10)
        lines_of(c, sheet.left, top - 14, rows, REGULAR, _SMALL, _SMALL_LEAD)

    return Unit(high, draw, glue=True)


def _chain(values: ClosingPage, sheet: Sheet) -> Unit:
    """The chain's head in a frame: code, groups of four, how to check them."""
    room = sheet.full - _CODE - 8 * MM
    told = wrap(hold(values.told), REGULAR, _SMALL + 0.5, room)
    how = (
        "Selama halaman ini disimpan, perubahan pada register sesudah ditutup dapat dibuktikan. "
        "Cara memeriksa: pada pemeriksaan data (perintah check --anchor) ketik "
        f"“{values.anchor.replace(' ', NO_BREAK)}”."
    )
    told_how = wrap(hold(how), REGULAR, _SMALL, room)
    high = max(_CODE + 2 * MM, 17 * MM + len(told) * 10.5 + len(told_how) * _SMALL_LEAD)

    def draw(c: Any, top: float) -> None:
        box(c, sheet.left, top, sheet.full, high, 0.9)
        qr(c, sheet.left + 1 * MM, top - (high - _CODE) / 2, _CODE, values.anchor)
        x, y = sheet.left + _CODE + 4 * MM, top - 6 * MM
        text(c, x, y, "SIDIK RANTAI REGISTER", BOLD, 9)
        size = fit_size(values.groups, BOLD, 17, room, 10)
        text(c, x, y - 7.5 * MM, values.groups, BOLD, size)
        below = lines_of(c, x, y - 9.5 * MM, told, REGULAR, _SMALL + 0.5, 10.5)
        lines_of(c, x, below - 1, told_how, REGULAR, _SMALL, _SMALL_LEAD)

    return Unit(high, draw, glue=True, follows=True)


def _signatures(values: ClosingPage, sheet: Sheet) -> Unit:
    wide = sheet.full / 2 - 4 * MM
    blocks = ((sheet.left, values.left), (sheet.middle + 4 * MM, values.right))
    high = max(signature_height(block, _SIZE, 13, wide, _ROOM) for _, block in blocks)

    def draw(c: Any, top: float) -> None:
        for x, block in blocks:
            signature(c, x, top - 6 * MM, wide, block, _SIZE, 13, _ROOM)

    return Unit(high + 8 * MM, draw, follows=True)
