"""The chart page of the monthly report. Everything is told apart without colour."""

from collections.abc import Callable, Sequence
from typing import Any

from kecamatan_desk.documents.drawing import HAIR, SHADE, THIN, box, lines_of, rule, text
from kecamatan_desk.documents.pages import Unit
from kecamatan_desk.documents.report_table import FOOT, LEFT, RIGHT, TOP
from kecamatan_desk.documents.report_values import MonthlyReport, MonthPoint
from kecamatan_desk.documents.report_words import count
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, fit_size, width, wrap
from kecamatan_desk.domain.indonesian import MONTHS, grouped
from kecamatan_desk.workflows.catalog import SERVICES

_AXIS = 12 * MM  # room for the scale at the left
_DARK = 0.25  # grey of the bars that came
_BARS_HIGH, _LINES_HIGH = 62 * MM, 50 * MM
_STEPS = 6  # most of an axis
_LABEL, _FIGURE = 6.5, 6.5  # pt


def scale_of(most: int) -> tuple[int, ...]:
    """Give the marks of an axis that reaches *most*: at most seven, by 1, 2 or 5 and noughts."""
    most = max(most, 1)
    steps = (step * 10**power for power in range(9) for step in (1, 2, 5))
    step = next(step for step in steps if step * _STEPS >= most)
    return tuple(range(0, most + step, step))


def chart_unit(report: MonthlyReport) -> Unit:
    """Give both charts as one block that fills the page below its heading."""

    def draw(c: Any, top: float) -> None:
        _bars(c, report, top - 2 * MM)
        _lines(c, report.trend, top - 94 * MM)

    return Unit(TOP - FOOT - 12 * MM, draw)


# Bars: what came and was done, by service


def _bars(c: Any, report: MonthlyReport, top: float) -> None:
    text(c, LEFT, top - 3.5 * MM, f"Masuk dan selesai per layanan, {report.period}", BOLD, 9)
    _legend_box(c, RIGHT - 62 * MM, top - 3.5 * MM, _DARK, "Masuk")
    _legend_box(c, RIGHT - 32 * MM, top - 3.5 * MM, None, "Selesai")
    base = top - 12 * MM - _BARS_HIGH
    rows = report.rows
    marks = scale_of(max(max(row.came, row.done) for row in rows))
    height = _axis(c, base, _BARS_HIGH, marks)
    left = LEFT + _AXIS
    wide = (RIGHT - left) / len(rows)
    bar = 6 * MM
    for place, row in enumerate(rows):
        middle = left + (place + 0.5) * wide
        for x, number, grey in ((middle - bar, row.came, _DARK), (middle, row.done, None)):
            _bar(c, x, base, bar, height(number), grey)
            _figure(c, x, base + height(number) + 1.5, bar, str(number))
        words = wrap(SERVICES[row.service].short, REGULAR, _LABEL, wide - 0.8 * MM)
        lines_of(c, middle, base - 1 * MM, words, REGULAR, _LABEL, 7.6, "c")


def _figure(c: Any, x: float, y: float, room: float, words: str) -> None:
    """Draw a bar's figure; white under it, so that no line of the scale runs through it."""
    size = fit_size(words, REGULAR, _FIGURE, room, 4.5)
    wide = width(words, REGULAR, size)
    c.setFillGray(1)
    c.rect(x + (room - wide) / 2, y - 0.5, wide, size * 0.8, stroke=0, fill=1)
    c.setFillGray(0)
    text(c, x + room / 2, y, words, REGULAR, size, "c")


def _bar(c: Any, x: float, base: float, wide: float, high: float, grey: float | None) -> None:
    if high:
        box(c, x, base + high, wide, high, THIN, grey)
        if grey is None:
            _hatch(c, x, base, wide, high)


def _hatch(c: Any, x: float, base: float, wide: float, high: float) -> None:
    """Slanting lines: told from the dark bar on any photocopier."""
    c.saveState()
    path = c.beginPath()
    path.rect(x, base, wide, high)
    c.clipPath(path, stroke=0, fill=0)
    c.setLineWidth(HAIR)
    step = 1.5 * MM
    y = base - wide
    while y < base + high:
        c.line(x, y, x + wide, y + wide)
        y += step
    c.restoreState()


def _legend_box(c: Any, x: float, y: float, grey: float | None, words: str) -> None:
    _bar(c, x, y - 0.6 * MM, 6 * MM, 3.4 * MM, grey)
    text(c, x + 8 * MM, y, words, REGULAR, 8)


# Lines: twelve months


def _lines(c: Any, trend: Sequence[MonthPoint], top: float) -> None:
    text(c, LEFT, top - 3.5 * MM, "Dua belas bulan: masuk, selesai, dan sisa", BOLD, 9)
    base = top - 10 * MM - _LINES_HIGH
    series: tuple[tuple[str, list[int], tuple[int, ...], str], ...] = (
        ("Masuk", [point.came for point in trend], (), "square"),
        ("Selesai", [point.done for point in trend], (5, 2), "circle"),
        ("Sisa", [point.left for point in trend], (1, 2), "triangle"),
    )
    marks = scale_of(max(max(numbers) for _, numbers, _, _ in series))
    height = _axis(c, base, _LINES_HIGH, marks)
    left = LEFT + _AXIS
    wide = (RIGHT - left) / len(trend)
    for place, (name, numbers, dash, mark) in enumerate(series):
        points = [(left + (n + 0.5) * wide, base + height(v)) for n, v in enumerate(numbers)]
        _polyline(c, points, dash)
        for x, y in points:
            _marker(c, x, y, mark)
        x, y = RIGHT - (92 - 30 * place) * MM, top - 3.5 * MM
        _polyline(c, [(x, y + 1 * MM), (x + 9 * MM, y + 1 * MM)], dash)
        _marker(c, x + 4.5 * MM, y + 1 * MM, mark)
        text(c, x + 11 * MM, y, name, REGULAR, 8)
    _months(c, trend, base, left, wide)


def _months(c: Any, trend: Sequence[MonthPoint], base: float, left: float, wide: float) -> None:
    """The figures below the lines, month by month."""
    high = 4.4 * MM
    rows = (
        ("", [f"{MONTHS[point.month - 1][:3]} {point.year}" for point in trend]),
        ("Masuk", [count(point.came) for point in trend]),
        ("Selesai", [count(point.done) for point in trend]),
        ("Sisa", [count(point.left) for point in trend]),
    )
    y = base - 1.5 * MM
    for place, (name, cells) in enumerate(rows):
        grey = SHADE if place == 0 else None
        box(c, LEFT, y, left - LEFT, high, THIN, grey)
        text(c, LEFT + 1 * MM, y - high + 1.4 * MM, name, REGULAR, 7)
        for n, cell in enumerate(cells):
            box(c, left + n * wide, y, wide, high, THIN, grey)
            font = BOLD if place == 0 else REGULAR
            text(c, left + (n + 0.5) * wide, y - high + 1.4 * MM, cell, font, 7, "c")
        y -= high


def _polyline(c: Any, points: Sequence[tuple[float, float]], dash: tuple[int, ...]) -> None:
    c.setLineWidth(1.1)
    if dash:
        c.setDash(*dash)
    path = c.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    c.drawPath(path)
    c.setDash()


def _marker(c: Any, x: float, y: float, kind: str) -> None:
    half = 1.1 * MM
    c.setLineWidth(THIN)
    if kind == "square":
        c.rect(x - half, y - half, 2 * half, 2 * half, stroke=1, fill=1)
        return
    c.setFillGray(1)
    if kind == "circle":
        c.circle(x, y, half, stroke=1, fill=1)
    else:
        path = c.beginPath()
        path.moveTo(x, y + half * 1.2)
        path.lineTo(x - half * 1.1, y - half * 0.8)
        path.lineTo(x + half * 1.1, y - half * 0.8)
        path.close()
        c.drawPath(path, stroke=1, fill=1)
    c.setFillGray(0)


# The scale


def _axis(c: Any, base: float, high: float, marks: Sequence[int]) -> Callable[[int], float]:
    """Draw the scale and its lines; give how high a number stands."""
    top = marks[-1]
    left = LEFT + _AXIS

    def height(number: int) -> float:
        return high * number / top

    for mark in marks:
        y = base + height(mark)
        rule(c, left, y, RIGHT, y, HAIR if mark else THIN, None if mark == 0 else (1, 3))
        text(c, left - 1.5 * MM, y - 2.3, grouped(mark), REGULAR, 7, "r")
    rule(c, left, base, left, base + high, THIN)
    return height
