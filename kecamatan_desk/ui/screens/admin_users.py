"""Users of the office: who they are, their roles, their secrets."""

from __future__ import annotations

from kecamatan_desk.ui.screen import Screen


class UsersScreen(Screen):
    """Lists everybody who has or had an account, and the form of one."""

    TITLE = "Pengguna"
