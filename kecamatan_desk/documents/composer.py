"""Turns the blocks of a letter into units of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from kecamatan_desk.documents.drawing import justified, lines_of, qr, rule, text
from kecamatan_desk.documents.letter_units import cells, numbered, places_unit, row_unit
from kecamatan_desk.documents.letterhead import (
    hanging,
    letterhead,
    letterhead_height,
    signature,
    signature_height,
    words_width,
)
from kecamatan_desk.documents.pages import Draw, Sheet, Unit
from kecamatan_desk.documents.rendering import (
    Block,
    Copies,
    Heading,
    Identity,
    Item,
    Paragraph,
    Parties,
    Table,
    Title,
)
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, hold, width, wrap
from kecamatan_desk.documents.values import LetterValues, OfficeHead

INDENT = 12.5 * MM
_ITEM = 7.5 * MM  # from the number of an item to its text
_COLON = 46 * MM  # from the label's edge to the colon, at least
_COLON_MOST = 72 * MM  # a longer label wraps
_AFTER_COLON, _VALUE = 3.5 * MM, 40 * MM  # least room for a value: a NIK is never broken
_TITLE_SIZE = 13.0
# a signed code has 49 modules at most (version 8, level M), 57 with its quiet zone: 0.56 mm each
QR_SIDE = 32 * MM
QR_QUIET = 2.2 * MM  # the code's own quiet zone stands outside the text edge
_CAPTION, _CAPTION_LEAD = 7.5, 3.4 * MM
_SHORT = 4  # lines of a value that stay together
_LINES_AFTER_TABLE = 12  # more text below a table needs no row of it on its page
_SINGLE = 1.15  # the face's own single spacing, in sizes
_SIGN, _SIGN_MOST = 74 * MM, 95 * MM  # from the right edge to the signature's words


@dataclass(frozen=True, slots=True)
class Fit:
    """One step of the ladder "muat satu halaman": the clerk climbs it, nothing is silent."""

    label: str
    size: float
    spacing: float  # of running text
    row_spacing: float  # of label and value
    gap: float  # between paragraphs, in lines

    @property
    def lead(self) -> float:
        """From line to line, in points."""
        return self.size * _SINGLE * self.spacing

    @property
    def row_lead(self) -> float:
        """From row to row of labels and values, in points."""
        return self.size * _SINGLE * self.row_spacing


FITS = (
    Fit("Biasa: huruf 12 pt, spasi 1,15", 12, 1.15, 1.05, 0.45),
    Fit("Rapat: huruf 12 pt, spasi 1", 12, 1.0, 1.0, 0.4),
    Fit("Huruf 11 pt, spasi 1", 11, 1.0, 1.0, 0.35),
)


class Composer:
    """Collects the units of one letter in ``units``."""

    def __init__(self, sheet: Sheet, fit: Fit, head: OfficeHead) -> None:
        self.sheet, self.fit, self.head = sheet, fit, head
        self.units: list[Unit] = []
        self._colon = _COLON

    def letter(self, blocks: Sequence[Block], values: LetterValues) -> None:
        """Add the whole letter: kop, titles and number, blocks, signature, copies."""
        labels = [block.label for block in blocks if isinstance(block, Identity)]
        widest = max((width(label, REGULAR, self.fit.size) for label in labels), default=0)
        most = min(_COLON_MOST, self.sheet.full - INDENT - _AFTER_COLON - _VALUE)
        self._colon = min(max(_COLON, widest + 2 * MM), most)
        if not values.profile.preprinted:
            self._kop()
        self._titles([block.text for block in blocks if isinstance(block, Title)], values.number)
        before: Block | None = None
        for i, block in enumerate(blocks):
            if isinstance(block, Title | Copies):
                continue
            following = blocks[i + 1] if i + 1 < len(blocks) else None
            self._block(block, before, following)
            before = block
        self._keep_end()
        self._end(values, signed_by_parties=isinstance(before, Parties))
        for block in blocks:
            if isinstance(block, Copies):
                self._copies(block)

    # -- head

    def _kop(self) -> None:
        sheet, head = self.sheet, self.head
        height = letterhead_height(head, sheet.left, sheet.right) + 2 * MM
        self._add(height, lambda c, top: _drop(letterhead(c, head, sheet.left, sheet.right, top)))
        self.units[-1].glue = True
        self._gap(0.6, glue=True)

    def _titles(self, rows: Sequence[str], number: str) -> None:
        lines = [line for row in rows for line in wrap(row, BOLD, _TITLE_SIZE, self.sheet.full)]
        for i, line in enumerate(lines):
            self._add(_TITLE_SIZE * 1.25, self._title_line(line, i == len(lines) - 1), glue=True)
        size, middle = self.fit.size, self.sheet.middle
        if number:
            lead = self.fit.lead
            rows = wrap(f"Nomor\u00a0:\u00a0{number}", REGULAR, size, self.sheet.full)

            def draw(c: Any, top: float) -> None:
                lines_of(c, middle, top - size * 0.08, rows, REGULAR, size, lead, "c")

            self._add(lead * (len(rows) + 0.1), draw, glue=True)
        self._gap(0.7, glue=True)

    def _title_line(self, line: str, last: bool) -> Draw:
        middle = self.sheet.middle

        def draw(c: Any, top: float) -> None:
            y = top - _TITLE_SIZE * 0.92
            text(c, middle, y, line, BOLD, _TITLE_SIZE, "c")
            if last:  # the rule parts the title from its number
                half = width(line, BOLD, _TITLE_SIZE) / 2
                rule(c, middle - half, y - 2.6, middle + half, y - 2.6, 0.9)

        return draw

    # -- blocks

    def _block(self, block: Block, before: Block | None, following: Block | None) -> None:
        leads = _leads(block, following)
        if before is not None:
            self._gap(self._space(before, block), glue=_leads(before, block))
        match block:
            case Paragraph():
                self._paragraph(block, leads)
            case Identity():
                self._identity(block, before, following)
            case Heading():
                self._line(block.text, BOLD)
            case Item():
                self._item(block, leads)
            case Table():
                self._table(block)
            case Parties():
                self._parties(block)

    def _space(self, before: Block, block: Block) -> float:
        """White lines between two blocks."""
        if isinstance(block, Identity) and isinstance(before, Identity):
            return 0
        if isinstance(block, Item) and isinstance(before, Item):
            return 0.15
        if isinstance(block, Parties):
            return 1.0
        if isinstance(before, Heading) or isinstance(block, Identity | Item | Table):
            return 0.25 if _leads(before, block) else self.fit.gap
        return self.fit.gap

    def _paragraph(self, block: Paragraph, leads: bool) -> None:
        indent = INDENT if block.indented else 0.0
        self._running(hold(block.text), self.sheet.left, indent, leads)

    def _item(self, block: Item, leads: bool) -> None:
        size, left = self.fit.size, self.sheet.left
        first = len(self.units)
        self._running(hold(block.text), left + _ITEM, 0, leads)
        line = self.units[first].draw

        def draw(c: Any, top: float) -> None:
            text(c, left, top - size * 0.92, f"{block.number}.", REGULAR, size)
            line(c, top)

        self.units[first].draw = draw

    def _running(self, words: str, left: float, indent: float, leads: bool) -> None:
        """Justified lines; first and second, last and last but one stay together."""
        size, right = self.fit.size, self.sheet.right
        rows = wrap(words, REGULAR, size, right - left, indent)
        ends = {n for n, part in enumerate(rows) if n + 1 == len(rows)}
        for n, row in enumerate(rows):
            x = left + (indent if n == 0 else 0)
            pair = len(rows) > 1 and n in (0, len(rows) - 2)
            self._add(self.fit.lead, self._justified(row, x, n in ends), glue=pair)
        self.units[-1].glue = leads

    def _justified(self, row: str, x: float, ragged: bool) -> Draw:
        size, right = self.fit.size, self.sheet.right

        def draw(c: Any, top: float) -> None:
            y = top - size * 0.92
            if ragged:
                text(c, x, y, row, REGULAR, size)
            else:
                justified(c, x, y, row, size, right - x)

        return draw

    def _line(self, words: str, font: str) -> None:
        size, left = self.fit.size, self.sheet.left
        rows = wrap(words, font, size, self.sheet.full)
        lead = self.fit.lead
        self._add(
            lead * len(rows), lambda c, top: _drop(lines_of(c, left, top, rows, font, size, lead))
        )
        self.units[-1].glue = True

    def _identity(self, row: Identity, before: Block | None, following: Block | None) -> None:
        """Label, colon on one edge for the whole letter, value wrapped under itself."""
        size, lead, left = self.fit.size, self.fit.row_lead, self.sheet.left + INDENT
        colon = left + self._colon
        value = colon + _AFTER_COLON
        font = BOLD if row.bold else REGULAR
        labels = wrap(row.label, REGULAR, size, self._colon - 2 * MM)
        values = wrap(hold(row.value), font, size, self.sheet.right - value)

        def line(label: str, mark: str, words: str) -> Draw:
            def draw(c: Any, top: float) -> None:
                y = top - size * 0.92
                text(c, left, y, label, REGULAR, size)
                text(c, colon, y, mark, REGULAR, size)
                text(c, value, y, words, font, size)

            return draw

        parts = list(zip_longest(labels, ":", values, fillvalue=""))
        for n, part in enumerate(parts):  # a long value may cross a page, never one line of it
            together = len(parts) <= _SHORT or n in (0, len(parts) - 2)
            self._add(lead, line(*part), glue=together)
        opens = not isinstance(before, Identity) and isinstance(following, Identity)
        self.units[-1].glue = opens

    def _table(self, table: Table) -> None:
        """Ruled table over the whole text width; its header is repeated on each page."""
        scale = self.sheet.full / sum(column.width for column in table.columns)
        edges = [self.sheet.left]
        for column in table.columns:
            edges.append(edges[-1] + column.width * scale)
        head = row_unit([column.head for column in table.columns], edges, None)
        centred = [column.centred for column in table.columns]
        rows = [row_unit(row, edges, centred) for row in cells(table.rows, edges)]
        for row in rows:
            row.head = Unit(head.height, head.draw)
        head.glue = True
        rows[0].glue = len(rows) > 1  # the header never stands over a single row
        if len(rows) > 1:
            rows[-2].glue = True
        self.units += [head, *rows]

    def _parties(self, parties: Parties) -> None:
        """Signature places, two in a row; an odd last one stands in the middle."""
        half = self.sheet.full / 2
        for n in range(0, len(parties.places), 2):
            row = parties.places[n : n + 2]
            if n:
                self._gap(0.8, glue=True)
            middles = [self.sheet.left + half / 2, self.sheet.right - half / 2]
            if len(row) == 1:
                middles = [self.sheet.middle]
            self.units.append(
                places_unit(row, middles, half - 6 * MM, self.fit.size, self.fit.lead)
            )

    # -- end

    def _end(self, values: LetterValues, *, signed_by_parties: bool) -> None:
        """Signature at the right, code at the left; both end on one line and never part."""
        if values.signature is None and not values.qr:
            return
        self._gap(0.8, glue=True)
        if values.signature is None:
            self._own_code(values)
            return
        block, size, lead = values.signature, self.fit.size, self.fit.lead
        left, right = self.sheet.left, self.sheet.right
        hang = hanging(block, size)
        # it moves left for long words, but the lines beside the code stay clear
        body = max(right - _SIGN_MOST, min(right - _SIGN, right - words_width(block, size)))
        x = max(body - hang, left)
        wide = right - x
        beside = not values.qr or x - left >= QR_SIDE
        height = signature_height(block, size, lead, wide)

        def draw(c: Any, top: float) -> None:
            bottom = signature(c, x, top, wide, block, size, lead)
            if beside:
                self._code(c, bottom, values, x - 2 * MM)

        self._add(max(height, QR_SIDE) if beside else height, draw, glue=not beside)
        self.units[-1].follows = True
        if not beside:  # margins so wide that there is no room beside the words
            self._gap(0.4, glue=True)
            self._own_code(values)

    def _own_code(self, values: LetterValues) -> None:
        """Add the code below everything, with its caption beside it."""
        seen = QR_SIDE - 2 * QR_QUIET
        self._add(seen, lambda c, top: self._code(c, top - seen, values, self.sheet.right))

    def _code(self, c: Any, bottom: float, values: LetterValues, edge: float) -> None:
        """Draw the code on a base line, its caption beside it up to an edge, on its middle."""
        if not values.qr:
            return
        left = self.sheet.left - QR_QUIET
        qr(c, left, bottom + QR_SIDE - QR_QUIET, QR_SIDE, values.qr)
        x = left + QR_SIDE + 0.5 * MM
        rows = [
            (row, BOLD if place < 2 else REGULAR)
            for place, words in enumerate(values.qr_caption)
            for row in wrap(words, BOLD, _CAPTION, edge - x)
        ]
        y = bottom + QR_SIDE / 2 - QR_QUIET + (len(rows) / 2 - 0.7) * _CAPTION_LEAD
        for row, font in rows:
            text(c, x, y, row, font, _CAPTION)
            y -= _CAPTION_LEAD

    def _copies(self, copies: Copies) -> None:
        """Tembusan: numbered, at the left below the signature, with which it stays."""
        size, lead, left = 10.0, 12.5, self.sheet.left
        self.units[-1].glue = True
        self._gap(1.0, glue=True)
        self._add(lead, lambda c, top: text(c, left, top - size * 0.92, "Tembusan:", REGULAR, size))
        for n, item in enumerate(copies.items, 1):
            self.units[-1].glue = True
            rows = wrap(hold(item), REGULAR, size, self.sheet.full - 6 * MM)
            self._add(lead * len(rows), numbered(n, rows, left, size, lead))

    def _keep_end(self) -> None:
        """Tie the last sentences to the signature, and two rows of a table that they follow."""
        units = self.units
        lines = [n for n, unit in enumerate(units) if not unit.gap]
        if not lines:  # a text that gave nothing, on paper that bears the letterhead
            return
        start = lines[-2:][0]
        rows = [n for n in lines if units[n].head is not None]
        if rows and len(lines) - lines.index(rows[-1]) <= _LINES_AFTER_TABLE:
            start = min(start, *rows[-2:])
        for unit in units[start:]:
            unit.glue = True

    # -- units

    def _add(self, height: float, draw: Draw, glue: bool = False) -> None:
        self.units.append(Unit(height, draw, glue))

    def _gap(self, lines: float, glue: bool = False) -> None:
        if lines:
            self.units.append(Unit(lines * self.fit.lead, _nothing, glue, gap=True))


def _leads(block: Block, following: Block | None) -> bool:
    """Tell whether a block announces the next: they stay together and stand close."""
    if isinstance(block, Heading):
        return True
    if isinstance(following, Identity | Item | Table) and isinstance(block, Paragraph | Item):
        return block.text.endswith(":")
    return isinstance(following, Parties)


def _nothing(c: Any, top: float) -> None:
    """White space."""


def _drop(result: object) -> None:
    """Let a drawing function that gives its lower edge stand where none is wanted."""
