"""A line to type in with an icon at its beginning."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QLineEdit

from kecamatan_desk.ui.style import look


class IconField(QLineEdit):
    """Its icon follows light and dark."""

    _mark: QAction | None = None  # Qt tells of changes before it is made

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self._mark = QAction(self)
        self.addAction(self._mark, QLineEdit.ActionPosition.LeadingPosition)
        self._draw()

    @property
    def mark(self) -> QIcon:
        """The icon as it is shown."""
        return self._mark.icon() if self._mark else QIcon()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw()

    def _draw(self) -> None:
        if self._mark is not None:
            self._mark.setIcon(QIcon(look().icon(self._icon, "muted")))
