"""The place where screens lie: one in sight, and with large text scrolled sideways."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget


class Pages(QStackedWidget):
    """The screens. Only the one in sight says how much room is needed."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self._note_page)

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.sizeHint() if page else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page else super().minimumSizeHint()

    @Slot(int)
    def _note_page(self, _place: int) -> None:
        self.updateGeometry()


class WideArea(QScrollArea):
    """Holds screens that large text makes wider than the window.

    They are scrolled sideways only: the deed at the foot always stays in sight.
    """

    def __init__(self, pages: Pages) -> None:
        super().__init__()
        self._pages = pages
        self.setWidget(pages)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        pages.currentChanged.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(0)

    @Slot(int)
    def _fit(self, _place: int) -> None:
        room = self.viewport().size()
        wide = max(room.width(), self._pages.minimumSizeHint().width())
        self._pages.setFixedSize(wide, room.height())
