"""The result of checking the data, in words an official understands."""

from dataclasses import dataclass
from datetime import datetime

from kecamatan_desk.domain.roles import Role

#: Who may check the data and read what was found.
CHECKERS = (Role.ADMIN, Role.CAMAT, Role.SEKCAM, Role.REGISTER)
HEAVY, LIGHT = "berat", "perlu dilihat"


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one kind: what it means, how grave it is, what to do; each as it was found."""

    kind: str
    title: str
    gravity: str  # HEAVY or LIGHT
    meaning: str
    to_do: str
    lines: tuple[str, ...]  # technical: table, number of the row, what was found

    @property
    def is_heavy(self) -> bool:
        """Whether work should stop until somebody has looked."""
        return self.gravity == HEAVY


@dataclass(frozen=True, slots=True)
class DataCheck:
    """One full check. ``checked``: what was looked at and how much of it."""

    at: datetime
    by: str
    checked: tuple[tuple[str, int], ...]
    groups: tuple[FindingGroup, ...]
    not_covered: tuple[str, ...]
    unkept: bool = False  # it could not be written down

    @property
    def ok(self) -> bool:
        """Whether everything still is as it was written."""
        return not self.groups

    @property
    def total(self) -> int:
        """How many findings there are."""
        return sum(len(group.lines) for group in self.groups)


@dataclass(frozen=True, slots=True)
class CheckState:
    """What the screen shows before anybody asks: the last check, and the numbers at the start."""

    last: DataCheck | None
    due: bool  # a week has passed, or there was none
    held: str  # why no number is given now; "" when they are whole
