"""A day to look at: typed, taken over with Enter or on leaving the field."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from kecamatan_desk.domain.indonesian import parse_date, short_date
from kecamatan_desk.ui.parts import label, restyle
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2

_WIDE = 116  # px at 100 %


class DayField(QWidget):
    """A caption and one date; empty means today.

    Signals:
        chosen: Another day was typed (None: today again).
    """

    chosen = Signal(object)

    def __init__(self, caption: str) -> None:
        super().__init__()
        self.day: date | None = None
        self.editor = QLineEdit()
        self.editor.setPlaceholderText("hh-bb-tttt")
        self.editor.setFixedWidth(look().px(_WIDE))
        self.editor.setAccessibleName(caption)
        words = label(caption, "caption", "muted")
        words.setBuddy(self.editor)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(S2))
        layout.addWidget(words)
        layout.addWidget(self.editor)
        self.setFocusProxy(self.editor)
        self.editor.editingFinished.connect(self._take)
        self.editor.textEdited.connect(self._forgive)

    def show_today(self, today: date) -> None:
        """Show today's date while no other day was chosen."""
        if self.day is None and not self.editor.isModified():
            self.editor.setText(short_date(today))

    def choose(self, day: date) -> None:
        """Go to a day, as if it was typed."""
        self.editor.setText(short_date(day))
        self._take()

    @Slot()
    def _take(self) -> None:
        text = self.editor.text().strip()
        try:
            day = parse_date(text) if text else None
        except ValueError as error:
            restyle(self.editor, state="error")
            self.editor.setToolTip(str(error))
            return
        self._forgive(text)
        self.editor.setModified(False)
        if day is not None:
            self.editor.setText(short_date(day))
        if day != self.day:
            self.day = day
            self.chosen.emit(day)

    @Slot(str)
    def _forgive(self, _text: str) -> None:
        restyle(self.editor, state="")
        self.editor.setToolTip("")
