"""Opening a place for the window, on the worker, and what the door shows of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kecamatan_desk.domain.errors import LostDataError
from kecamatan_desk.paths import AlreadyOpenError, Place
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.people_values import UserRow

if TYPE_CHECKING:  # pages and their tests need no SQL
    from kecamatan_desk.usecases.entrance import Office


@dataclass(frozen=True, slots=True)
class Opened:
    """What the door shows of an opened place; ``held``: another process has it.

    ``lost``: why its data cannot be read any more; a backup can be restored.
    """

    office: Office | None
    held: str = ""
    lost: str = ""
    needs_setup: bool = False
    practice: bool = False
    profile: OfficeProfile = field(default_factory=OfficeProfile)
    users: tuple[UserRow, ...] = ()
    password: str | None = None
    restored: str = ""  # that a backup was brought back, until something is done with it
    pin: str | None = None  # as the password, of a practice place only


#: Opens a place, making it first where nothing is; tells the part done, from 0 to 1.
Opener = Callable[[Place, Callable[[float], None]], "Office"]


def open_data(
    opener: Opener,
    place: Place,
    before: Closing | None,
    progress: Callable[[float], None],
) -> Opened:
    """Close what was open, open a place and read what the door shows. Runs on the worker."""
    if before is not None:
        before()
    try:
        office = opener(place, progress)
        try:
            return look_in(office)
        except BaseException:
            office.close()
            raise
    except AlreadyOpenError as error:
        return Opened(None, held=str(error))
    except LostDataError as error:
        return Opened(None, lost=str(error))


class Closing:
    """Closes an office once the second worker has let go of it. Runs on the worker."""

    def __init__(self, office: Office, papers: Future[None]) -> None:
        """``papers``: done when all that was given to the second worker is done."""
        self._office, self._papers = office, papers

    def __call__(self) -> None:
        wait((self._papers,))
        self._office.close()


def nothing() -> None:
    """Work that only tells that all before it is done."""


def look_in(office: Office) -> Opened:
    """Read what the door shows. Runs on the worker."""
    pin = None
    if office.practice:
        from kecamatan_desk.usecases.practice.staff import PRACTICE_PIN

        pin = PRACTICE_PIN
    return Opened(
        office,
        needs_setup=office.needs_setup,
        practice=office.practice,
        profile=office.profile(),
        users=office.users(),
        password=office.practice_password,
        restored=office.fresh_from_backup(),
        pin=pin,
    )
