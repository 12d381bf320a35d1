"""Names for sheets of paper, by their measures in mm, and whether two sheets are the same."""

from collections.abc import Sequence

from kecamatan_desk.documents.profiles import PAPERS, Paper, Profile

Size = tuple[float, float]  # width and height in mm

_SHORT = {"FOLIO": "Folio", "LEGAL": "Legal", "F4-2": "Setengah F4"}
_ROLLS = 81.0  # mm: what is not wider comes off a roll, as long as it needs to be
_NAMED = 0.4  # mm: F4 and the driver's folio are 0.9 mm apart and have names of their own
_SAME = 1.5  # mm: nobody can tell such sheets apart in a tray


def paper_of(size: Size) -> Paper | None:
    """Give the known sheet with these measures, upright or turned; None for any other."""
    low, high = sorted(size)
    for paper in PAPERS.values():
        least, most = sorted((paper.width, paper.height))
        if abs(low - least) <= _NAMED and abs(high - most) <= _NAMED:
            return paper
    return None


def short_name(size: Size) -> str:
    """Give `A4`, `F4 mendatar`, `80 mm`; a sheet without a name by its measures."""
    wide, high = size
    if wide <= _ROLLS:
        return f"{number(wide)} mm"
    paper = paper_of(size)
    if paper is None:
        return measures(size)
    name = _SHORT.get(paper.code, paper.code)
    return f"{name} mendatar" if wide > high and paper.height > paper.width else name


def measures(size: Size) -> str:
    """Give width and height: 215 by 330 mm."""
    return f"{number(size[0])} \N{MULTIPLICATION SIGN} {number(size[1])} mm"


def full_name(size: Size) -> str:
    """Give the name and the measures, where the name does not tell them already."""
    name = short_name(size)
    return name if name.endswith(" mm") else f"{name} ({measures(size)})"


def number(value: float) -> str:
    """Give millimetres as they are written here: `215,9`, `210`."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def paper_words(sizes: Sequence[Size]) -> str:
    """Give `1 halaman, A4` or `12 halaman, F4 mendatar` of the pages of a paper."""
    if not sizes:
        return ""
    return f"{len(sizes)} halaman, {short_name(sizes[0])}"


def fits(size: Size, profile: Profile) -> bool:
    """Tell whether a page can come out on the sheet of a profile as it is, upright or turned."""
    sheet = profile.sheet
    if sheet.width <= _ROLLS:  # a roll is cut where the paper ends
        return abs(size[0] - sheet.width) <= _SAME
    pairs = zip(sorted(size), sorted((sheet.width, sheet.height)), strict=True)
    return all(abs(one - other) <= _SAME for one, other in pairs)


def sheet_for(size: Size, profile: Profile) -> Size:
    """Give the sheet a page is printed on: the profile's own where they are alike to a tray.

    So a book drawn for F4 is sent to the driver as the folio it has; nothing is scaled.
    """
    sheet = profile.sheet
    if sheet.width <= _ROLLS or not fits(size, profile):
        return size
    low, high = sorted((sheet.width, sheet.height))
    return (low, high) if size[0] < size[1] else (high, low)


def other_paper(sizes: Sequence[Size], profile: Profile) -> Size | None:
    """Give the first page size that does not belong on the sheet of a profile; None: all do."""
    return next((size for size in sizes if not fits(size, profile)), None)
