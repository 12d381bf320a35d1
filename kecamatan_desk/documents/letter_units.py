"""Units of a letter that are built alike wherever they stand: rows, signature places, items."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from kecamatan_desk.documents.drawing import SHADE, THIN, box, lines_of, rule, text
from kecamatan_desk.documents.pages import Draw, Unit
from kecamatan_desk.documents.typeface import (
    BOLD,
    MM,
    REGULAR,
    has_wide_date,
    hold,
    shorten_dates,
    wrap,
)

_TABLE_SIZE = 9.0
_PAD = 1.2 * MM  # of a table cell


def cells(rows: Sequence[Sequence[str]], edges: Sequence[float]) -> list[list[str]]:
    """Fit what stands in a table: an empty cell gets a dash.

    Dates stand in words, or in figures in the whole column where one of them would be too wide.
    """
    columns = []
    for column, (left, right) in zip(zip(*rows, strict=True), pairwise(edges), strict=True):
        limit = right - left - 2 * _PAD
        in_figures = any(has_wide_date(cell, _TABLE_SIZE, limit) for cell in column)
        fitted = shorten_dates if in_figures else hold
        columns.append([fitted(cell) or "\u2013" for cell in column])
    return [list(row) for row in zip(*columns, strict=True)]


def row_unit(cells: Sequence[str], edges: Sequence[float], centred: Sequence[bool] | None) -> Unit:
    """Make a table row; without ``centred`` it is the header row, bold and shaded."""
    size, lead, pad = _TABLE_SIZE, _TABLE_SIZE * 1.18, _PAD
    font = REGULAR if centred is not None else BOLD
    wrapped = [
        wrap(cell, font, size, edges[i + 1] - edges[i] - 2 * pad) for i, cell in enumerate(cells)
    ]
    height = max(map(len, wrapped)) * lead + 2 * pad

    def draw(c: Any, top: float) -> None:
        for i, rows in enumerate(wrapped):
            left, right = edges[i], edges[i + 1]
            box(c, left, top, right - left, height, THIN, SHADE if centred is None else None)
            middle = centred is None or centred[i]
            start = top - (height - len(rows) * lead) / 2 if centred is None else top - pad
            x = (left + right) / 2 if middle else left + pad
            lines_of(c, x, start, rows, font, size, lead, "c" if middle else "l")

    return Unit(height, draw)


def places_unit(
    row: Sequence[tuple[str, str]], middles: Sequence[float], wide: float, size: float, lead: float
) -> Unit:
    """Make one or two places to sign: caption, room for the pen, name."""
    room = 19 * MM
    captions = [wrap(hold(caption), REGULAR, size, wide) for caption, _ in row]
    people = [wrap(name, BOLD, size, wide) if name else () for _, name in row]
    top_lines = max(map(len, captions))
    height = top_lines * lead + room + max(1, *map(len, people)) * lead

    def draw(c: Any, top: float) -> None:
        low = top - top_lines * lead - room
        for middle, caption, name in zip(middles, captions, people, strict=True):
            lines_of(c, middle, top, caption, REGULAR, size, lead, "c")
            if name:
                lines_of(c, middle, low, name, BOLD, size, lead, "c")
            else:  # to be written by hand
                half = min(25 * MM, wide / 2)
                rule(c, middle - half, low - size, middle + half, low - size, dash=(1, 2))

    return Unit(height, draw, glue=True)


def numbered(n: int, rows: Sequence[str], left: float, size: float, lead: float) -> Draw:
    """Make the drawing of a numbered line of the list of copies."""

    def draw(c: Any, top: float) -> None:
        text(c, left, top - size * 0.92, f"{n}.", REGULAR, size)
        lines_of(c, left + 6 * MM, top, rows, REGULAR, size, lead)

    return draw
