"""What is being typed at places that store nothing yet, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Scratch:
    """What the user was typing at a place; ``request_id`` 0: it belongs to no request."""

    place: str
    request_id: int
    body: Mapping[str, Any]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class ScratchChange:
    """A place as it is to be kept from now on; ``body`` None: nothing is typed there any more."""

    place: str
    request_id: int
    body: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class OpenFolder:
    """A village officer's folder whose receipt is not printed yet."""

    id: int
    bearer: str
    village: str
    opened_at: datetime
    opened_by: str
    taken: int  # requests taken in for it
    drafts: int  # begun and not taken in
