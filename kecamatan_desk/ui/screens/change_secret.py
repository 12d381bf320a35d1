"""The signed-in user's own password and PIN."""

from __future__ import annotations

from kecamatan_desk.ui.screen import Screen


class ChangeSecretScreen(Screen):
    """Changes the password, the PIN or both, of whoever is signed in."""

    TITLE = "Ganti kata sandi/PIN"
