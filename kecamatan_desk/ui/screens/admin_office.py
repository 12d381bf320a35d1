"""The office itself: profile, letterhead, villages and number pattern."""

from __future__ import annotations

from kecamatan_desk.ui.screen import Screen


class OfficeScreen(Screen):
    """The profile every paper prints."""

    TITLE = "Kantor dan kop surat"
