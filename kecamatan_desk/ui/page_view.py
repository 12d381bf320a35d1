"""The stored PDF's own pages, pictured: what is seen is what is printed.

Pages are pictured on the worker, only those in sight, and fit the width. Space scrolls, + and -
change the size, 0 fits the width again.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from kecamatan_desk.documents.paper_sizes import paper_words
from kecamatan_desk.documents.pictures import RawPicture, page_picture, page_sizes
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S4

_KEPT = 8  # pictures kept at most: an A4 page at 900 px is 4.5 MB
_WIDEST = 760  # px at 100 %: wider than that a page fits no screen in height
_STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class _Picture:
    """What comes back from the worker: for which showing, page and width."""

    showing: int
    page: int
    width: int
    raw: RawPicture


def _measure(showing: int, pdf: bytes) -> tuple[int, tuple[tuple[float, float], ...]]:
    return showing, page_sizes(pdf)


def _picture(showing: int, pdf: bytes, page: int, width: int) -> _Picture:
    return _Picture(showing, page, width, page_picture(pdf, page, width))


class _Sheets(QWidget):
    """All pages, one below the other; paints those that are pictured."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: tuple[tuple[float, float], ...] = ()
        self.pictures: dict[int, QImage] = {}
        self.message = ""
        self.page_width = 1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def page_rect(self, page: int) -> QRect:
        """Give where a page lies."""
        gap, top = look().px(S4), look().px(S4)
        for size in self.sizes[:page]:
            top += round(self.page_width * size[1] / size[0]) + gap
        wide, high = self.sizes[page]
        left = max((self.width() - self.page_width) // 2, gap)
        return QRect(left, top, self.page_width, round(self.page_width * high / wide))

    def needed(self) -> QSize:
        """Give the size all pages need."""
        gap = look().px(S4)
        high = self.page_rect(len(self.sizes) - 1).bottom() + gap if self.sizes else 0
        return QSize(self.page_width + 2 * gap, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, color = QPainter(self), look().color
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), color("bg"))
        for page in range(len(self.sizes)):
            area = self.page_rect(page)
            if not area.intersects(event.rect()):
                continue
            painter.fillRect(area, color(theme.PAPER))
            if page in self.pictures:
                painter.drawImage(area, self.pictures[page])
            painter.setPen(color(theme.PAPER_LINE))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        if not self.sizes and self.message:
            painter.setFont(look().font("body"))
            painter.setPen(color("muted"))
            center = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), center, self.message)
        painter.end()


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
        self._asked: set[tuple[int, int]] = set()
        self._sheets = _Sheets()
        self.setWidget(self._sheets)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAccessibleName("Gambar surat; Spasi menggulung")
        self.setObjectName("page-view")
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
        return len(self._sheets.sizes)

    @property
    def pictured(self) -> int:
        """How many pages are pictured by now."""
        return len(self._sheets.pictures)

    @property
    def paper(self) -> str:
        """`1 halaman, A4` of what is shown."""
        return paper_words(self._sheets.sizes)

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
        self._sheets.message = message
        self._fit()

    def _begin(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._showing += 1
        self._asked.clear()
        self._sheets.sizes = ()
        self._sheets.pictures = {}
        self._sheets.message = ""
        self._sheets.update()

    def zoom_in(self) -> None:
        self._set_zoom(next((step for step in _STEPS if step > self._zoom), self._zoom))

    def zoom_out(self) -> None:
        self._set_zoom(next((s for s in reversed(_STEPS) if s < self._zoom), self._zoom))

    def fit_width(self) -> None:
        self._set_zoom(1.0)

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
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _set_zoom(self, zoom: float) -> None:
        self._zoom = zoom
        self._fit()

    def _fit(self) -> None:
        """Make the pages as wide as the view at this zoom; the place in the text stays."""
        room = self.viewport().width() - 2 * look().px(S4)
        bar = self.verticalScrollBar()
        place = bar.value() / max(bar.maximum(), 1)
        self._sheets.page_width = max(round(min(room, look().px(_WIDEST)) * self._zoom), 100)
        needed = self._sheets.needed()
        view = self.viewport().size()
        self._sheets.resize(max(needed.width(), view.width()), max(needed.height(), view.height()))
        self._sheets.update()
        bar.setValue(round(place * bar.maximum()))
        self._settle.start()

    @Slot(object)
    def _show_sizes(self, answer: tuple[int, tuple[tuple[float, float], ...]]) -> None:
        showing, sizes = answer
        if showing != self._showing:
            return
        self._sheets.sizes = sizes
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

    def _in_sight(self) -> list[int]:
        origin = self._sheets.mapFrom(self.viewport(), QPoint(0, 0))
        area = QRect(origin, self.viewport().size())
        return [n for n in range(self.pages) if self._sheets.page_rect(n).intersects(area)]

    @Slot()
    def _ask_for_pictures(self) -> None:
        width = round(self._sheets.page_width * self.devicePixelRatioF())
        for page in self._in_sight()[:_KEPT]:
            if (page, width) not in self._asked:
                self._asked.add((page, width))
                self._background.run(
                    self._show_picture, _picture, self._showing, self._pdf, page, width
                )

    @Slot(object)
    def _show_picture(self, answer: _Picture) -> None:
        if answer.showing != self._showing:
            return
        raw, pictures = answer.raw, self._sheets.pictures
        image = QImage(
            raw.data, raw.width, raw.height, raw.stride, QImage.Format.Format_RGB32
        ).copy()
        pictures[answer.page] = image
        far = [page for page in pictures if page not in self._in_sight()]
        for page in far[: max(len(pictures) - _KEPT, 0)]:
            del pictures[page]
            self._asked = {asked for asked in self._asked if asked[0] != page}
        self._sheets.update()
