"""What the screen Persetujuan shows: proposals with all that is needed to decide on them."""

from dataclasses import dataclass
from datetime import datetime

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.agreements import Proposal
from kecamatan_desk.usecases.values import BookPage


@dataclass(frozen=True, slots=True)
class Approval:
    """One proposal as it is decided on."""

    proposal: Proposal
    title: str  # "Batalkan nomor 012"
    subject: str  # second line in a list: whose letter, which month
    facts: tuple[tuple[str, str], ...]  # label, words
    effect: str  # what agreeing to it does
    final: bool  # agreeing does it at once and it cannot be taken back
    book: BookPage | None  # the lines it stands among; None where no book is meant
    mine: bool  # the user has made it
    may_decide: bool  # the user may agree or decline now
    by_phone: bool  # may be agreed to by telephone
    problem: str = ""  # why it could not be carried out any more

    @property
    def id(self) -> int:
        """The proposal's id."""
        return self.proposal.id

    @property
    def waits(self) -> bool:
        """Whether it waits for a second person."""
        return self.proposal.state == "menunggu"


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """An official who may agree at this PC, and how he proves himself."""

    user_id: int
    name: str
    role: Role
    office: str  # as people read it: "Plh. Camat"
    has_password: bool
    pin_open: bool = False  # his PIN is enough: he signed in with his password today


@dataclass(frozen=True, slots=True)
class Consented:
    """What came of an agreement given at this PC or recorded."""

    proposal_id: int
    kind: str
    by: str
    at: datetime
    agenda: str = ""  # the number it has voided
