"""The flow chart of an SOP sheet: one row and one symbol per step, in the lane of who acts.

Arrows can only meet where these rules let them: the way on leaves at the side that faces the
next lane and drops into the next symbol from above; the way back of a decision leaves on the
side of its target and climbs into it from below, and the way on then takes the other side, or
the bottom when both lie on one side. A chart longer than a page goes on through a connector.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import F4_LANDSCAPE, SHADE, THIN, box, lines_of, text
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, fit_size, width, wrap
from kecamatan_desk.workflows.engine import way_back
from kecamatan_desk.workflows.vocabulary import Service, Step

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_WIDE, _HIGH = F4_LANDSCAPE
LEFT, RIGHT = 20 * MM, _WIDE - 12 * MM
_FLOOR, _SUM = 17 * MM, 7 * MM
_W, _H = 17 * MM, 7.6 * MM  # of a symbol; a diamond is higher
_HALF = {"diamond": _H * 0.68, "capsule": _H / 2, "box": _H / 2}
_HEAD = (6.5 * MM, 13.5 * MM, 4.5 * MM)  # title rows and column numbers
_TOP = _HIGH - 20 * MM
_LEAST = 16.5 * MM  # of a row: symbol, its arrow and a word beside it
_GLUED_COMMA = re.compile(r",(?=\w)")  # "register,Dok.": the SOP's own text, breaks after the comma
# widths in mm by number of lanes: Kegiatan, a lane, Kelengkapan, Waktu, Output
_WIDTHS = {
    4: (56, 27, 42, 16, 42),
    5: (49, 25, 35, 16, 39),
    6: (44, 22.5, 34, 15, 38.5),
}
_NO = 9.0


@dataclass(frozen=True, slots=True)
class ChartPage:
    """The rows of one page: number of the first, their wrapped cells and heights."""

    first: int
    cells: tuple[tuple[tuple[str, ...], ...], ...]
    heights: tuple[float, ...]
    size: float
    last: bool


def _edges(service: Service) -> list[float]:
    activity, lane, need, time, out = _WIDTHS[len(service.lanes)]
    edges = [LEFT]
    for mm in (_NO, activity, *[lane] * len(service.lanes), need, time, out):
        edges.append(edges[-1] + mm * MM)
    return [*edges, RIGHT]


def chart_pages(service: Service) -> list[ChartPage]:
    """Set the rows on pages: one page with smaller type if that is enough, else several."""
    edges = _edges(service)
    room = _TOP - sum(_HEAD) - _FLOOR - _SUM
    for size in (9.5, 9.0, 8.5):
        cells = [_wrapped(service, n, edges, size) for n in range(len(service.steps))]
        heights = [_row_height(row, size) for row in cells]
        if sum(heights) <= room:
            spare = min((room - sum(heights)) / len(heights), 4 * MM)
            return [ChartPage(0, tuple(cells), tuple(h + spare for h in heights), size, True)]
    return _split(cells, heights, room, size)


def _split(
    cells: Sequence[tuple[tuple[str, ...], ...]],
    heights: Sequence[float],
    room: float,
    size: float,
) -> list[ChartPage]:
    pages, first, used = [], 0, 0.0
    for n, high in enumerate(heights):
        if used + high > room and n > first:
            pages.append(
                ChartPage(first, tuple(cells[first:n]), tuple(heights[first:n]), size, False)
            )
            first, used = n, 0.0
        used += high
    pages.append(ChartPage(first, tuple(cells[first:]), tuple(heights[first:]), size, True))
    return pages


def _wrapped(
    service: Service, n: int, edges: Sequence[float], size: float
) -> tuple[tuple[str, ...], ...]:
    step = service.steps[n]
    cells = (
        str(n + 1),
        step.activity,
        *[""] * len(service.lanes),
        step.requires,
        f"{step.minutes} menit",
        step.output,
        "",
    )
    return tuple(
        wrap(_GLUED_COMMA.sub(",\n", cell), REGULAR, size, edges[i + 1] - edges[i] - 3 * MM)
        if cell
        else ()
        for i, cell in enumerate(cells)
    )


def _row_height(row: tuple[tuple[str, ...], ...], size: float) -> float:
    return max(_LEAST, max(map(len, row)) * size * 1.18 + 3 * MM)


def draw_chart(c: "Canvas", service: Service, page: ChartPage) -> None:
    """Draw title, table and flow of one page."""
    edges = _edges(service)
    size = fit_size(service.title, BOLD, 12, RIGHT - LEFT, 8)
    text(c, (LEFT + RIGHT) / 2, _HIGH - 16 * MM, service.title, BOLD, size, "c")
    y = _table_head(c, service, edges)
    rows = []
    time = 2 + len(service.lanes) + 1
    for cells, high in zip(page.cells, page.heights, strict=True):
        lead = page.size * 1.18
        for i, part in enumerate(cells):
            left, right = edges[i], edges[i + 1]
            box(c, left, y, right - left, high, THIN)
            centred = i in (0, time)
            x = (left + right) / 2 if centred else left + 1.5 * MM
            start = y - (high - len(part) * lead) / 2
            lines_of(c, x, start, part, REGULAR, page.size, lead, "c" if centred else "l")
        rows.append((y, y - high))
        y -= high
    if page.last:
        box(c, LEFT, y, RIGHT - LEFT, _SUM, THIN, SHADE)
        words = f"{service.total_minutes} menit"
        text(c, edges[time - 1] - 2 * MM, y - 4.7 * MM, "Jumlah waktu", BOLD, 9.5, "r")
        text(c, (edges[time] + edges[time + 1]) / 2, y - 4.7 * MM, words, BOLD, 9.5, "c")
    lanes = {role: (edges[2 + i] + edges[3 + i]) / 2 for i, role in enumerate(service.lanes)}
    at = {
        page.first + n: (lanes[service.steps[page.first + n].actor], (top + low) / 2)
        for n, (top, low) in enumerate(rows)
    }
    _flow(c, service, page.first, at, rows)


def _table_head(c: "Canvas", service: Service, edges: Sequence[float]) -> float:
    h1, h2, h3 = _HEAD
    n = len(service.lanes)

    def head(a: int, b: int, y: float, h: float, words: str) -> None:
        box(c, edges[a], y, edges[b] - edges[a], h, THIN, SHADE)
        size = 9.0
        while (
            len(part := wrap(words, BOLD, size, edges[b] - edges[a] - 1.6 * MM)) * size * 1.16 > h
        ):
            size -= 0.5
        lead = size * 1.16
        start = y - (h - len(part) * lead) / 2
        lines_of(c, (edges[a] + edges[b]) / 2, start, part, BOLD, size, lead, "c")

    head(0, 1, _TOP, h1 + h2, "No")
    head(1, 2, _TOP, h1 + h2, "Kegiatan")
    head(2, 2 + n, _TOP, h1, "Pelaksana")
    head(2 + n, 5 + n, _TOP, h1, "Mutu Baku")
    head(5 + n, 6 + n, _TOP, h1 + h2, "Keterangan")
    names = [role.label for role in service.lanes]
    for i, words in enumerate([*names, "Kelengkapan", "Waktu", "Output"]):
        head(2 + i, 3 + i, _TOP - h1, h2, words)
    y = _TOP - h1 - h2
    for i in range(len(edges) - 1):
        box(c, edges[i], y, edges[i + 1] - edges[i], h3, THIN)
        text(c, (edges[i] + edges[i + 1]) / 2, y - 3.3 * MM, str(i + 1), REGULAR, 7.5, "c")
    return y - h3


Point = tuple[float, float]


def _shape(service: Service, n: int) -> str:
    if service.steps[n].decision:
        return "diamond"
    return "capsule" if n in (0, len(service.steps) - 1) else "box"


def _back_target(service: Service, step: Step) -> int | None:
    """Where a decision's way back leads: to the applicant first, later to the SOP's default."""
    if not step.decision:
        return None
    if step is service.first_decision:
        return 0
    return service.steps.index(way_back(service, step)[0])


def _flow(
    c: "Canvas",
    service: Service,
    first: int,
    at: dict[int, Point],
    rows: Sequence[tuple[float, float]],
) -> None:
    for n, (x, y) in at.items():
        words = {0: "Mulai", len(service.steps) - 1: "Selesai"}.get(n, "")
        _symbol(c, _shape(service, n), x, y, words)
    if first:  # comes from the page before
        x, y = at[first]
        top = y + _HALF[_shape(service, first)]
        _connector(c, x, rows[0][0] - 2.2 * MM)
        _arrow(c, [(x, rows[0][0] - 4.4 * MM), (x, top)])
    for n in at:
        back_side = _way_back(c, service, n, at)
        if n + 1 in at:
            _way_on(c, service, n, at, rows[n - first][1], back_side)
        elif n + 1 < len(service.steps):
            x, y = at[n]
            low = rows[n - first][1]
            bottom = y - _HALF[_shape(service, n)]
            _arrow(c, [(x, bottom), (x, low + 0.2 * MM)])
            _connector(c, x, low - 2.2 * MM)
            if service.steps[n].decision:
                _label(c, x + 1.2 * MM, bottom - 2.1 * MM, _on_word(service, n))


def _way_back(c: "Canvas", service: Service, n: int, at: dict[int, Point]) -> int:
    """Draw a decision's way back; give its side, 0 for none."""
    step = service.steps[n]
    target = _back_target(service, step)
    if target is None:
        return 0
    x, y = at[n]
    word = "TMS" if target == 0 else "Kembali"
    if target not in at:  # on the page before: out at the left, named
        _arrow(c, [(x - _W / 2, y), (x - _W / 2 - 6 * MM, y)])
        _label(c, x - _W / 2 - 1 * MM, y + 1.1 * MM, f"{word} (ke {target + 1})", "r")
        return -1
    tx, ty = at[target]
    side = 1 if tx > x else -1
    low = ty - _HALF[_shape(service, target)]
    if tx == x:  # the same lane: around the left
        around = x - _W / 2 - 2.5 * MM
        _arrow(c, [(x - _W / 2, y), (around, y), (around, ty), (tx - _W / 2, ty)])
    else:
        _arrow(c, [(x + side * _W / 2, y), (tx, y), (tx, low)])
    _label(c, x + side * (_W / 2 + 1 * MM), y + 1.1 * MM, word, "r" if side < 0 else "l")
    return side


def _way_on(
    c: "Canvas", service: Service, n: int, at: dict[int, Point], low: float, back_side: int
) -> None:
    x, y = at[n]
    nx, ny = at[n + 1]
    step, shape = service.steps[n], _shape(service, n)
    side = (nx > x) - (nx < x)
    into = (nx, ny + _HALF[_shape(service, n + 1)])
    bottom = y - _HALF[shape]
    if side == 0:
        _arrow(c, [(x, bottom), into])
    elif side == back_side:  # the way back has this side: go on from the bottom
        turn = low + 1.6 * MM
        _arrow(c, [(x, bottom), (x, turn), (nx, turn), into])
    else:
        _arrow(c, [(x + side * _W / 2, y), (nx, y), into])
    if not step.decision:
        return
    word = _on_word(service, n)
    if side in (0, back_side):
        _label(c, x + 1.2 * MM, bottom - 2.1 * MM, word)
    else:
        at_side = x + side * (_W / 2 + 1 * MM)
        _label(c, at_side, y + 1.1 * MM, word, "l" if side > 0 else "r")


def _on_word(service: Service, n: int) -> str:
    return "MS" if service.steps[n] is service.first_decision else "Setuju"


def _symbol(c: "Canvas", shape: str, x: float, y: float, words: str = "") -> None:
    c.setLineWidth(1)
    if shape == "diamond":
        p = c.beginPath()
        p.moveTo(x - _W / 2, y)
        p.lineTo(x, y + _HALF[shape])
        p.lineTo(x + _W / 2, y)
        p.lineTo(x, y - _HALF[shape])
        p.close()
        c.drawPath(p)
    elif shape == "capsule":
        c.roundRect(x - _W / 2, y - _H / 2, _W, _H, _H / 2)
    else:
        c.rect(x - _W / 2, y - _H / 2, _W, _H)
    text(c, x, y - 2.8, words, REGULAR, 8.5, "c")


def _connector(c: "Canvas", x: float, y: float) -> None:
    """The pentagon of the form: goes on, or comes from, another page."""
    half, high = 2.2 * MM, 2.2 * MM
    c.setLineWidth(1)
    p = c.beginPath()
    p.moveTo(x - half, y + high)
    for px, py in ((half, high), (half, -high * 0.3), (0, -high), (-half, -high * 0.3)):
        p.lineTo(x + px, y + py)
    p.close()
    c.drawPath(p)


def _arrow(c: "Canvas", points: Sequence[Point]) -> None:
    """Draw a line with corners and a filled head."""
    c.setLineWidth(1)
    p = c.beginPath()
    p.moveTo(*points[0])
    for q in points[1:]:
        p.lineTo(*q)
    c.drawPath(p)
    (x0, y0), (x1, y1) = points[-2:]
    dx, dy = (x1 > x0) - (x1 < x0), (y1 > y0) - (y1 < y0)
    a, b = 2.4 * MM, 0.95 * MM
    p = c.beginPath()
    p.moveTo(x1, y1)
    p.lineTo(x1 - a * dx - b * dy, y1 - a * dy - b * dx)
    p.lineTo(x1 - a * dx + b * dy, y1 - a * dy + b * dx)
    p.close()
    c.drawPath(p, stroke=0, fill=1)


def _label(c: "Canvas", x: float, y: float, word: str, align: str = "l") -> None:
    """Draw a word at a branch; white under it, so that no lane line runs through it."""
    w = width(word, BOLD, 8)
    c.setFillGray(1)
    c.rect((x - w if align == "r" else x) - 0.6, y - 1.2, w + 1.2, 8.2, stroke=0, fill=1)
    c.setFillGray(0)
    text(c, x, y, word, BOLD, 8, align)
