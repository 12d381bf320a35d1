"""Officials: who holds which office, who acts for whom, who is away."""

from __future__ import annotations

from kecamatan_desk.ui.screen import Screen


class OfficialsScreen(Screen):
    """Offices and their holders, appointments and absences."""

    TITLE = "Pejabat"
