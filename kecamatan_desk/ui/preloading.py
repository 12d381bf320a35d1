"""Loads at the door what everybody's work begins with, while names are read and a PIN is typed.

Whoever comes in would wait for it otherwise. Module by module, each between two events, so that a
key pressed meanwhile waits for one of them at most.
"""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Slot

#: What each brings along is loaded with it: the order keeps every step short (20 ms and less).
MODULES = (
    "usecases.moving",
    "usecases.intake",
    "usecases.processing",
    "usecases.papers",
    "usecases.views",
    "usecases.lookups",
    "usecases.jobs",
    "ui.print_run",
    "ui.printing",
    "ui.help_page",
    "ui.search_box",
    "ui.returning",
    "ui.shell",
    "ui.fields_form",
    "ui.screens.deed_screen",
    "ui.screens.file_list",
    "ui.screens.request_panel",
)


class Preloading(QObject):
    """Loads `MODULES` once, in the moments in which nothing else is to be done."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = list(MODULES)
        self._timer = QTimer(self)  # no interval: it fires when no event waits
        self._timer.timeout.connect(self._load_next)

    @property
    def is_done(self) -> bool:
        """Whether all is loaded."""
        return not self._left

    @Slot()
    def begin(self) -> None:
        """The people of the place stand on the door: load what comes behind it."""
        if self._left:
            self._timer.start()

    @Slot()
    def _load_next(self) -> None:
        import_module(f"kecamatan_desk.{self._left.pop(0)}")
        if not self._left:
            self._timer.stop()
