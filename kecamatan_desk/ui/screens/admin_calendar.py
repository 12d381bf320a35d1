"""Working hours and holidays."""

from __future__ import annotations

from kecamatan_desk.ui.screen import Screen


class CalendarScreen(Screen):
    """The hours and days every clock is computed with."""

    TITLE = "Kalender kerja"
