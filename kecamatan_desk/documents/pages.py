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
    follows: bool = False  # never first on a page: a signature takes what it signs along


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


class _Flow:
    """Pages as they fill up."""

    def __init__(self, sheet: Sheet) -> None:
        self.pages: list[list[Placed]] = [[]]
        self.sheet, self.y = sheet, sheet.first_top

    def fits(self, height: float) -> bool:
        """Tell whether so much fits below what stands on the page; an empty page takes all."""
        return not self.pages[-1] or self.y - height >= self.sheet.foot

    def turn(self) -> None:
        """Begin a page."""
        self.pages.append([])
        self.y = self.sheet.top

    def place(self, unit: Unit) -> None:
        """Set a unit down, on a new page where it must."""
        if unit.gap and not self.fits(unit.height):
            self.y -= unit.height  # what comes next turns the page, and takes along what it must
            return
        if not self.fits(unit.height):
            earlier = self._taken_along() if unit.follows else []
            self.turn()
            for other in earlier:
                self.place(other)
            if not self.fits(unit.height):  # together they are longer than a page
                self.turn()
        page = self.pages[-1]
        if not page:
            if unit.gap:
                return
            if unit.head is not None:
                self._put(unit.head)
        self._put(unit)

    def _put(self, unit: Unit) -> None:
        self.pages[-1].append((self.y, unit))
        self.y -= unit.height

    def _taken_along(self) -> list[Unit]:
        """Take from the page what the next unit follows, unless nothing else stands on it."""
        page = self.pages[-1]
        lines = [n for n, (_, unit) in enumerate(page) if not unit.gap]
        if len(lines) < 2:
            return []
        taken = [unit for _, unit in page[lines[-1] :]]
        del page[lines[-1] :]
        return taken


def paginate(units: Sequence[Unit], sheet: Sheet) -> list[list[Placed]]:
    """Set units on pages. A glued chain goes down whole; longer than a page, it flows."""
    flow = _Flow(sheet)
    for chain in _chains(units):
        need = sum(unit.height for unit in chain)
        if not flow.fits(need) and need < sheet.top - sheet.foot:
            flow.turn()
        for unit in chain:
            flow.place(unit)
    return flow.pages if flow.pages[-1] else flow.pages[:-1]
