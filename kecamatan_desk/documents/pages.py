"""Flow of small units over pages: what belongs together is never parted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kecamatan_desk.documents.drawing import A4, F4
from kecamatan_desk.documents.typeface import MM

Draw = Callable[[Any, float], None]  # draw(canvas, top)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's paper and its text area, in points."""

    size: tuple[float, float]
    left: float
    right: float
    first_top: float  # of the letterhead
    top: float  # of later pages
    foot: float

    @property
    def full(self) -> float:
        """Width of the text area."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Middle of the text area."""
        return (self.left + self.right) / 2


def _sheet(size: tuple[float, float]) -> Sheet:
    return Sheet(size, 30 * MM, size[0] - 20 * MM, size[1] - 15 * MM, size[1] - 20 * MM, 20 * MM)


SHEETS = {"A4": _sheet(A4), "F4": _sheet(F4)}


@dataclass(slots=True)
class Unit:
    """A line, a table row or a block. ``glue`` ties it to the unit below."""

    height: float
    draw: Draw
    glue: bool = False
    head: "Unit | None" = None  # table header, repeated where a page begins with this unit
    gap: bool = False  # white space: left out at the top of a page


Placed = tuple[float, Unit]


def _chains(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    chain: list[Unit] = []
    for unit in units:
        chain.append(unit)
        if not unit.glue:
            yield chain
            chain = []
    if chain:
        yield chain


def paginate(units: Sequence[Unit], sheet: Sheet) -> list[list[Placed]]:
    """Set units on pages. A glued chain goes down whole; longer than a page, it flows."""
    pages: list[list[Placed]] = [[]]
    y = sheet.first_top
    room = sheet.top - sheet.foot
    for chain in _chains(units):
        need = sum(unit.height for unit in chain)
        if pages[-1] and y - need < sheet.foot and need < room:
            pages.append([])
            y = sheet.top
        for unit in chain:
            if pages[-1] and y - unit.height < sheet.foot:
                pages.append([])
                y = sheet.top
            if not pages[-1]:
                if unit.gap:
                    continue
                if unit.head is not None:
                    pages[-1].append((y, unit.head))
                    y -= unit.head.height
            pages[-1].append((y, unit))
            y -= unit.height
    return pages if pages[-1] else pages[:-1]
