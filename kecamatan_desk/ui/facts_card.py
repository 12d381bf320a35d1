"""Labels and values on a card, one pair a line: what is known of one thing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from kecamatan_desk.ui.parts import label
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4

_LABELS = 168  # px at 100 %: the column of labels


class FactsCard(QFrame):
    """The card; ``values`` holds the label of each value by the name beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._grid = QGridLayout(self)
        side = look().px(S4)
        self._grid.setContentsMargins(side, look().px(S3), side, look().px(S3))
        self._grid.setVerticalSpacing(look().px(S2))
        self._grid.setColumnMinimumWidth(0, look().px(_LABELS))
        self._grid.setColumnStretch(1, 1)
        self.values: dict[str, QLabel] = {}

    def show_facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show these pairs; nothing of the frame when there are none."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.values = {}
        for line, (name, words) in enumerate(pairs):
            self.values[name] = value = label(words, "bodyb", wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            head = label(name, ink="muted")
            self._grid.addWidget(head, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, line, 1)
        self.setVisible(bool(pairs))
