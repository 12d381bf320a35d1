"""What scrolls: forms and front pages that are long, and the place where screens lie."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from kecamatan_desk.ui.paint import text_width
from kecamatan_desk.ui.parts import Piece, col, pic, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4, S6


def scroll_area(inside: QWidget | None = None, name: str = "") -> QScrollArea:
    """Give an area in which *inside* scrolls when it is longer than the window.

    Tab passes through to the fields inside, where the focus can be seen. With a *name*, which is
    spoken, the keyboard may rest on the area itself: what is only read is scrolled so.
    """
    area = QScrollArea()
    if inside is not None:
        area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    if name:
        area.setAccessibleName(name)
    else:
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def lay_front_page(
    page: QFrame,
    glyph: str,
    title: QLabel,
    note: QLabel,
    *pieces: Piece,
    deeds: QFrame,
    width: int = 920,
) -> None:
    """Lay out a page outside the desk: heading and *pieces* scroll in one column, *deeds* below.

    The column is at most *width* px wide (at 100 %) and stands in the middle.
    """
    page.setProperty("plane", "bg")
    inside = col(
        row(pic(glyph, "accent", 24), col(title, note, gap=0), None, gap=S3),
        "~4",
        *pieces,
        gap=S2,
        pad=(S6, S4, S6, S4),
        plane="surface",
    )
    inside.setMaximumWidth(look().px(width))
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(scroll_area(row(None, (inside, 20), None, plane="bg")), 1)
    layout.addWidget(deeds)


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


class TabStrip(QTabBar):
    """Tabs with room for their words in bold, which the chosen one wears."""

    def tabSizeHint(self, index: int) -> QSize:
        text = self.tabText(index)
        wider = text_width(text, "bodyb") - text_width(text, "body")
        return super().tabSizeHint(index) + QSize(max(wider, 0), 0)
