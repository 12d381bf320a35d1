"""What is typed when a printed sheet is entered after the power has come back."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class LateEntry:
    """A line of the sheet as it was written by hand."""

    block_id: int
    number: int
    day: date
    at: time
    writer_id: int  # who wrote the line
    decider_id: int  # who passed the first decision, by his paraf where an official does
    queue: str = ""  # of the emergency strip: P-01
    classification: str = ""  # of this letter, where it is not the service's own


@dataclass(frozen=True, slots=True)
class LateDraft:
    """A draft that may take a number of a sheet."""

    id: int
    version: int
    file_code: str
    service: str
    applicant: str


@dataclass(frozen=True, slots=True)
class LatePerson:
    """Somebody who may have written or decided on the sheet's day."""

    user_id: int
    name: str
    office: str  # "Kasi Pelayanan", "Petugas Register"


@dataclass(frozen=True, slots=True)
class LatePeople:
    """Who may be named for a service on a day."""

    deciders: tuple[LatePerson, ...]
    writers: tuple[LatePerson, ...]
    decides: str  # what is decided, in the SOP's words
    by_paraf: bool  # an official decides, so his paraf stands on the sheet
