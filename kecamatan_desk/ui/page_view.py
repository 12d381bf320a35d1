"""The stored PDF's own pages, pictured: what is seen is what is printed.

Pages are pictured on the worker, only those in sight, and fit the width. Space scrolls, + and -
change the size, 0 fits the width again, 1 shows the whole page. While the mouse is over the pages
the same is on buttons.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QEnterEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from kecamatan_desk.documents.paper_sizes import Size, paper_words
from kecamatan_desk.documents.pictures import RawPicture, page_part, page_picture, page_sizes
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.page_sheets import Sheets, Wanted
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S4
from kecamatan_desk.ui.zoom_strip import ZoomStrip

_KEPT = 6  # pages kept pictured at most
_WIDEST = 760  # px at 100 %: wider than that a page fits no screen in height
_STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


@dataclass(frozen=True, slots=True)
class _Picture:
    """What comes back from the worker: for which showing, and what was wanted."""

    showing: int
    wanted: Wanted
    raw: RawPicture


def _measure(showing: int, pdf: bytes) -> tuple[int, tuple[Size, ...]]:
    return showing, page_sizes(pdf)


def _picture(showing: int, pdf: bytes, wanted: Wanted) -> _Picture:
    if wanted.part is None:
        return _Picture(showing, wanted, page_picture(pdf, wanted.page, wanted.width))
    return _Picture(showing, wanted, page_part(pdf, wanted.page, wanted.width, wanted.part))


class PageView(QScrollArea):
    """A scroll area with the pages of one PDF.

    Signals:
        page_changed: The page in sight (from 1) and the number of pages.
    """

    page_changed = Signal(int, int)

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._pdf = b""
        self._showing = 0
        self._zoom = 1.0
        self._whole = False  # the whole page is shown, however large the view
        self._asked: set[Wanted] = set()
        self.sheets = Sheets()
        self.setWidget(self.sheets)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAccessibleName("Gambar surat; Spasi menggulung")
        self.setObjectName("page-view")
        self.strip = ZoomStrip(self)
        self.strip.smaller.clicked.connect(self.zoom_out)
        self.strip.larger.clicked.connect(self.zoom_in)
        self.strip.width_button.clicked.connect(self.fit_width)
        self.strip.page_button.clicked.connect(self.fit_page)
        self._settle = QTimer(self)  # a dragged window edge asks once, when it rests
        self._settle.setSingleShot(True)
        self._settle.setInterval(60)
        self._settle.timeout.connect(self._ask_for_pictures)
        self.verticalScrollBar().valueChanged.connect(self._note_scroll)

    @property
    def pdf(self) -> bytes:
        """What is shown; empty when nothing is."""
        return self._pdf

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return len(self.sheets.sizes)

    @property
    def pictured(self) -> int:
        """How many pages are pictured by now."""
        return len(self.sheets.pictures)

    @property
    def paper(self) -> str:
        """`1 halaman, A4` of what is shown."""
        return paper_words(self.sheets.sizes)

    def show_pdf(self, pdf: bytes, title: str = "") -> None:
        """Show a stored PDF from its first page on."""
        if pdf == self._pdf:
            return
        self._begin(pdf)
        self.setAccessibleName(f"Gambar {title or 'surat'}; Spasi menggulung")
        self._background.run(self._show_sizes, _measure, self._showing, pdf)

    def show_nothing(self, message: str) -> None:
        """Show a sentence instead of a paper: why there is none yet."""
        self._begin(b"")
        self.sheets.message = message
        self._fit()

    def _begin(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._showing += 1
        self._asked.clear()
        self.sheets.clear()
        self.strip.hide()

    @Slot()
    def zoom_in(self) -> None:
        self._set_zoom(next((step for step in _STEPS if step > self._zoom), self._zoom))

    @Slot()
    def zoom_out(self) -> None:
        self._set_zoom(next((s for s in reversed(_STEPS) if s < self._zoom), self._zoom))

    @Slot()
    def fit_width(self) -> None:
        self._set_zoom(1.0)

    @Slot()
    def fit_page(self) -> None:
        """Show the page in sight whole."""
        self._whole = True
        page = next(iter(self._in_sight()), 0)
        self._fit()
        if self.pages:
            gap = look().px(S4) // 2
            self.verticalScrollBar().setValue(self.sheets.page_rect(page).top() - gap)

    @property
    def zoom(self) -> float:
        """How large the pages are; 1 fits the width, as far as that is comfortable."""
        return self.sheets.page_width / self._comfortable()

    @property
    def kept_bytes(self) -> int:
        """What the pictures in memory take."""
        return self.sheets.kept_bytes

    def scroll_on(self, back: bool = False) -> None:
        """Go on by most of what is seen (Space)."""
        bar = self.verticalScrollBar()
        step = round(self.viewport().height() * 0.85)
        bar.setValue(bar.value() + (-step if back else step))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Space:
                self.scroll_on(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_0:
                self.fit_width()
            case Qt.Key.Key_1:
                self.fit_page()
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._place_strip()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._place_strip()
        self.strip.setVisible(self.pages > 0)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.strip.hide()

    def _place_strip(self) -> None:
        self.strip.adjustSize()
        room, size, gap = self.viewport().geometry(), self.strip.sizeHint(), look().px(S2)
        corner = QPoint(room.right() - size.width() - gap, room.bottom() - size.height() - gap)
        self.strip.move(corner)
        self.strip.raise_()

    def _set_zoom(self, zoom: float) -> None:
        self._zoom, self._whole = zoom, False
        self._fit()

    def _comfortable(self) -> int:
        """Give the width of a page at zoom 1; the scroll bar has its room, there or not.

        Else a page that just fits without the bar would call it up, and be fitted for ever.
        """
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.maximumViewportSize().width() - bar - 2 * look().px(S4)  # inside the ring
        return max(min(room, look().px(_WIDEST)), 100)

    def _wide(self) -> int:
        """Give the width of the pages as they are to be shown."""
        if self._whole and self.sheets.sizes:
            room = self.viewport().height() - look().px(S4)
            shares = [room * wide / high for wide, high in self.sheets.sizes]
            self._zoom = min(min(shares) / self._comfortable(), 1.0)
        return max(round(self._comfortable() * self._zoom), 100)

    def _fit(self) -> None:
        """Make the pages as wide as the view at this zoom; the place in the text stays."""
        bars = (self.verticalScrollBar(), self.horizontalScrollBar())
        places = [bar.value() / bar.maximum() if bar.maximum() else None for bar in bars]
        self.sheets.page_width = self._wide()
        self.strip.show_zoom(self._zoom)
        needed = self.sheets.needed()
        view = self.viewport().size()
        self.sheets.resize(max(needed.width(), view.width()), max(needed.height(), view.height()))
        self.sheets.update()
        for bar, place, first in zip(bars, places, (0.0, 0.5), strict=True):
            bar.setValue(round((first if place is None else place) * bar.maximum()))
        self._settle.start()

    @Slot(object)
    def _show_sizes(self, answer: tuple[int, tuple[tuple[float, float], ...]]) -> None:
        showing, sizes = answer
        if showing != self._showing:
            return
        self.sheets.sizes = sizes
        self._fit()
        self.verticalScrollBar().setValue(0)
        self._ask_for_pictures()
        self.page_changed.emit(1, len(sizes))

    @Slot(int)
    def _note_scroll(self, _value: int) -> None:
        self._settle.start()
        pages = self._in_sight()
        if pages:
            self.page_changed.emit(pages[0] + 1, self.pages)

    def _area(self) -> QRect:
        """Give the part of the sheets that is in sight."""
        origin = self.sheets.mapFrom(self.viewport(), QPoint(0, 0))
        return QRect(origin, self.viewport().size())

    def _in_sight(self) -> list[int]:
        return self.sheets.in_sight(self._area())

    @Slot()
    def _ask_for_pictures(self) -> None:
        area, ratio = self._area(), self.devicePixelRatioF()
        for page in self._in_sight()[:_KEPT]:
            for wanted in self.sheets.wanted(page, area, ratio):
                if wanted not in self._asked:
                    self._asked.add(wanted)
                    self._background.run(
                        self._show_picture, _picture, self._showing, self._pdf, wanted
                    )

    @Slot(object)
    def _show_picture(self, answer: _Picture) -> None:
        if answer.showing != self._showing:
            return
        sheets, wanted = self.sheets, answer.wanted
        sheets.take(wanted, answer.raw)
        # what this picture replaces, or a part scrolled away from, may be asked for again
        self._asked = {
            asked
            for asked in self._asked
            if asked.page != wanted.page or (asked == wanted and wanted.part is None)
        }
        in_sight = self._in_sight()
        far = [page for page in sheets.pictures if page not in in_sight]
        gone = far[: max(len(sheets.pictures) - _KEPT, 0)]
        sheets.forget(gone)
        for page in [page for page in sheets.parts if page not in in_sight]:
            del sheets.parts[page]
        self._asked = {asked for asked in self._asked if asked.page not in gone}
