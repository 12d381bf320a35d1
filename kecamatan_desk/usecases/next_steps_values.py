"""The steps after the first set-up, as frozen values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NextStep:
    """One step: what it is called, how it stands, and the kind of the entry where it is done."""

    code: str
    title: str
    told: str
    entry: str
    done: bool
