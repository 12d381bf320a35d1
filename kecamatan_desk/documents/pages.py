"""Flow of small units over pages: what belongs together is never parted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kecamatan_desk.documents.profiles import Profile
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


_BELOW_KOP = 5.0  # mm: a later page begins so much lower than the letterhead of the first


def sheet_of(profile: Profile) -> Sheet:
    """Give the sheet of a profile, to the exact millimetre. KeyError for an unknown paper.

    On paper that bears the letterhead already, the text begins at the profile's offset.
    """
    paper = profile.sheet
    high = paper.height * MM
    return Sheet(
        size=(paper.width * MM, high),
        left=profile.left * MM,
        right=(paper.width - profile.right) * MM,
        first_top=high - (profile.offset if profile.preprinted else profile.top) * MM,
        top=high - (profile.top + _BELOW_KOP) * MM,
        foot=profile.bottom * MM,
    )


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
