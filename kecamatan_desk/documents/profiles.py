"""Print profiles (profil cetak): paper, margins, pre-printed letterhead. All lengths in mm.

Sizes are exact: the Indonesian folio is 215 x 330 mm, the folio of a Windows driver 8.5 x 13
inches. Defaults follow Permendagri 1/2023 (A4) and the customs of the offices.
"""

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

Use = Literal["surat", "buku", "slip", "tiket"]
#: What is printed for a numbered letter: the letter, or a block onto the village's own letter.
Form = Literal["surat", "pengesahan"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, upright; width and height in mm."""

    code: str
    label: str
    width: float
    height: float
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """How one kind of document is laid on paper at this PC. Frozen with what is drawn by it.

    ``offset`` counts only with ``preprinted``: where the text begins on paper that bears the
    letterhead already, measured from the upper edge.
    """

    paper: str = "A4"
    top: float = 15  # of the letterhead
    bottom: float = 20
    left: float = 30
    right: float = 20
    preprinted: bool = False  # kertas berkop: no letterhead is drawn
    offset: float = 55

    @property
    def sheet(self) -> Paper:
        """The paper; KeyError for a code that is not known."""
        return PAPERS[self.paper]

    def stored(self) -> dict[str, Any]:
        """Give the profile as JSON keeps it."""
        return asdict(self)


PAPERS: dict[str, Paper] = {
    paper.code: paper
    for paper in (
        Paper("A4", "A4 (Permendagri 1/2023)", 210, 297, ("surat", "slip", "tiket")),
        Paper("F4", "F4/Folio 215 \u00d7 330 mm", 215, 330, ("surat", "buku", "slip", "tiket")),
        Paper("FOLIO", "Folio driver 8,5 \u00d7 13 inci", 215.9, 330.2, ("surat", "buku", "slip")),
        Paper("LEGAL", "Legal 8,5 \u00d7 14 inci", 215.9, 355.6, ("surat",)),
        Paper("F4-2", "Setengah F4 215 \u00d7 165 mm", 215, 165, ("slip",)),
        Paper("A5", "A5 mendatar 210 \u00d7 148 mm", 210, 148, ("slip",)),
        Paper("T80", "Gulungan tiket 80 mm", 80, 92, ("tiket",)),
        Paper("T58", "Gulungan tiket 58 mm", 58, 92, ("tiket",)),
    )
}

LETTER = Profile()
BOOK = Profile("F4", top=12, bottom=15, left=25, right=10)
SLIP = Profile("F4-2", top=12, bottom=12, left=12, right=12)
TICKET = Profile("T80", top=4, bottom=4, left=4, right=4)
DEFAULTS: dict[Use, Profile] = {"surat": LETTER, "buku": BOOK, "slip": SLIP, "tiket": TICKET}

#: Least and most of each length, in mm; beyond them printers cut or no text has room.
BOUNDS = {
    "top": (5, 60),
    "bottom": (10, 60),
    "left": (5, 60),
    "right": (5, 60),
    "offset": (20, 120),
}


def profile_from(stored: object, use: Use) -> Profile:
    """Give the profile kept as JSON; what is missing, unknown or out of bounds is the default's."""
    base = DEFAULTS[use]
    if not isinstance(stored, dict):
        return base
    values = asdict(base)
    for part in fields(Profile):
        value = stored.get(part.name)
        if part.name == "paper":
            if value in PAPERS and use in PAPERS[value].uses:
                values["paper"] = value
        elif part.name == "preprinted":
            values["preprinted"] = value is True
        elif isinstance(value, int | float) and not isinstance(value, bool):
            least, most = BOUNDS[part.name]
            if least <= value <= most:
                values[part.name] = float(value)
    return Profile(**values)


@dataclass(frozen=True, slots=True)
class Layout:
    """How one letter is laid out: kept with the letter, so that its next version looks alike.

    ``fit`` is the step of the fitting ladder. ``offset`` is where a "pengesahan" block begins,
    in mm from the upper left corner of the sheet.
    """

    profile: Profile = field(default_factory=Profile)
    fit: int = 0
    form: Form = "surat"
    offset: tuple[float, float] = (112, 200)

    def stored(self) -> dict[str, Any]:
        """Give the layout as JSON keeps it."""
        return {
            "profile": self.profile.stored(),
            "fit": self.fit,
            "form": self.form,
            "offset": list(self.offset),
        }


def layout_from(stored: object) -> Layout:
    """Give the layout kept with a letter; a letter of before layouts were kept has the default."""
    if not isinstance(stored, dict):
        return Layout()
    x, y = stored["offset"]
    return Layout(profile_from(stored["profile"], "surat"), stored["fit"], stored["form"], (x, y))
