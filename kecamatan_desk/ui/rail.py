"""The rail: the entries of the user's roles, each with what waits."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, label
from kecamatan_desk.ui.screens.roles import ENTRIES, OWN, Entry
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3

Spot = tuple[Role, Entry]


def spots_of(roles: tuple[Role, ...]) -> tuple[Spot, ...]:
    """Give the entries of a user, role by role; an entry two roles share comes once."""
    spots: list[Spot] = []
    seen: set[tuple[type | str, str]] = set()
    for role in roles:
        for entry in ENTRIES.get(role, ()):
            same = (entry.opens, entry.kind)
            if (entry.kind not in COUNTED or entry.kind in ONCE) and same in seen:
                continue
            seen.add(same)
            spots.append((role, entry))
    spots += [(role, entry) for role in roles[:1] for entry in OWN]
    return tuple(spots)


def _group_of(spot: Spot) -> str:
    """Give the heading an entry stands under."""
    role, entry = spot
    return "Saya" if entry in OWN else role.short


class Rail(QFrame):
    """Groups by role. Folded it keeps icons and counts.

    Signals:
        chosen: The place of an entry in `spots`.
        help_asked: The button at the foot.
    """

    chosen = Signal(int)
    help_asked = Signal()

    def __init__(self, spots: tuple[Spot, ...]) -> None:
        super().__init__()
        self.spots = spots
        self.buttons: list[Button] = []
        self._group = QButtonGroup(self)
        px, folded = look().px, look().folded
        self.setProperty("plane", "rail")
        self.setProperty("edge", "right")
        self.setFixedWidth(px(theme.W_RAIL_FOLDED if folded else theme.W_RAIL))
        inside = QWidget()
        inside.setProperty("plane", "rail")
        layout = QVBoxLayout(inside)
        layout.setSpacing(2)
        layout.setContentsMargins(px(S2), px(S3), px(S2), px(S3))
        before = ""
        for place, (role, entry) in enumerate(spots):
            group = _group_of((role, entry))
            if group != before:
                self._begin_group(layout, group, bool(before))
                before = group
            button = Button(
                entry.title,
                "" if folded else entry.key,
                "nav",
                entry.icon,
                name=f"nav-{role.value}-{entry.kind}",
            )
            button.words.setVisible(not folded)
            button.setToolTip(f"{role.label}: {entry.title}")
            self._group.addButton(button, place)
            self.buttons.append(button)
            layout.addWidget(button)
        layout.addStretch(1)
        self.help_button = Button("Bantuan", "F1", "nav", "" if folded else "circle-help")
        self.help_button.words.setVisible(not folded)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, px(S3))
        outside.setSpacing(0)
        entries = scroll_area(inside)
        entries.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outside.addWidget(entries, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(S2), 0, px(S2), 0)
        foot.addWidget(self.help_button)
        outside.addLayout(foot)
        self._group.idClicked.connect(self._choose)
        self.help_button.clicked.connect(self._ask_help)

    def _begin_group(self, layout: QVBoxLayout, heading: str, gap: bool) -> None:
        if gap:
            layout.addSpacing(look().px(S3))
        if not look().folded:
            title = label(heading, "captionb", "muted")
            title.setContentsMargins(look().px(S3), look().px(S2), 0, look().px(S1))
            layout.addWidget(title)

    def show_counts(self, counts: Mapping[tuple[Role, str], int]) -> None:
        """Show how many files wait in each entry that counts any."""
        for (role, entry), button in zip(self.spots, self.buttons, strict=True):
            if entry.kind in COUNTED:
                button.set_count(str(counts.get((role, entry.kind), 0)))

    def mark(self, place: int) -> None:
        """Mark where one is."""
        self.buttons[place].set_on(True)  # first: the group never lets go of its only one
        for button in self.buttons:
            button.set_on(button is self.buttons[place])

    @Slot(int)
    def _choose(self, place: int) -> None:
        self.mark(place)
        self.chosen.emit(place)

    @Slot()
    def _ask_help(self) -> None:
        self.help_asked.emit()


#: Kinds of lists `entry_counts` knows (see usecases.worklist).
COUNTED = frozenset({"masuk", "tanda-tangan", "draf", "tms", "siap", "persetujuan"})
#: Kinds that are counted and yet one list for all roles of a user.
ONCE = frozenset({"persetujuan"})
