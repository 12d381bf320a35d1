"""Which role sees which entries, in the order of the rail. The one table of navigation."""

from dataclasses import dataclass

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import Screen


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the rail: what it is called, its icon and key cap, and the screen it opens.

    ``kind`` is handed to the screen and names the count: ``entry_counts()[role, kind]``.
    """

    title: str
    icon: str
    key: str
    screen: type[Screen]
    kind: str


ENTRIES: dict[Role, tuple[Entry, ...]] = {}
