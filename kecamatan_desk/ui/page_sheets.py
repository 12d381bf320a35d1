"""The sheets of a paper, one below the other, with the pictures that are there by now.

A page is pictured whole as long as its picture stays small; zoomed in further, only the part in
sight is pictured anew, sharp, over the whole page's coarser picture. So no zoom costs more memory
than the window is large.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kecamatan_desk.documents.paper_sizes import Size
from kecamatan_desk.documents.pictures import RawPicture
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S4

WHOLE = 2_200_000  # pixels of a page pictured whole at most: 8.8 MB


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture to be made: a page so many device pixels wide, and the part of it (None: all)."""

    page: int
    width: int
    part: tuple[int, int, int, int] | None = None  # left, top, width, height


@dataclass(frozen=True, slots=True)
class _Part:
    """A sharp picture of a part of a page."""

    wanted: Wanted
    image: QImage


class Sheets(QWidget):
    """All pages; paints those that are pictured."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: tuple[Size, ...] = ()
        self.pictures: dict[int, QImage] = {}
        self.parts: dict[int, _Part] = {}
        self.message = ""
        self.page_width = 1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def kept_bytes(self) -> int:
        """What all pictures take."""
        images = [*self.pictures.values(), *(part.image for part in self.parts.values())]
        return sum(image.sizeInBytes() for image in images)

    def clear(self) -> None:
        """Let go of the paper."""
        self.sizes, self.pictures, self.parts, self.message = (), {}, {}, ""
        self.update()

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

    def in_sight(self, area: QRect) -> list[int]:
        """Give the pages that are in this part of the widget."""
        return [n for n in range(len(self.sizes)) if self.page_rect(n).intersects(area)]

    def wanted(self, page: int, area: QRect, ratio: float) -> tuple[Wanted, ...]:
        """Give the pictures a page needs while *area* is in sight, the coarse one first."""
        width = round(self.page_width * ratio)
        wide, high = self.sizes[page]
        if width * width * high / wide <= WHOLE:
            self.parts.pop(page, None)
            return (Wanted(page, width),)
        coarse = Wanted(page, int((WHOLE * wide / high) ** 0.5))
        rect = self.page_rect(page)
        margin = area.height() // 4  # so that a little scrolling finds it ready
        near = area.adjusted(-margin, -margin, margin, margin).intersected(rect)
        sharp = near.translated(-rect.topLeft())
        have = self.parts.get(page)
        part = (sharp.left(), sharp.top(), sharp.width(), sharp.height())
        scaled = tuple(round(value * ratio) for value in part)
        if have is not None and have.wanted.width == width and have.wanted.part:
            left, top, across, down = have.wanted.part
            seen = area.intersected(rect).translated(-rect.topLeft())
            held = QRect(left, top, across, down).adjusted(-1, -1, 1, 1)
            inside = QRect(seen.topLeft() * ratio, seen.size() * ratio)
            if held.contains(inside):
                return (coarse,)
        return (coarse, Wanted(page, width, (scaled[0], scaled[1], scaled[2], scaled[3])))

    def take(self, wanted: Wanted, raw: RawPicture) -> None:
        """Keep a picture that has been made."""
        image = QImage(
            raw.data, raw.width, raw.height, raw.stride, QImage.Format.Format_RGB32
        ).copy()
        if wanted.part is None:
            self.pictures[wanted.page] = image
        else:
            self.parts[wanted.page] = _Part(wanted, image)
        self.update()

    def forget(self, pages: list[int]) -> None:
        """Let go of what these pages are pictured by."""
        for page in pages:
            self.pictures.pop(page, None)
            self.parts.pop(page, None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, color = QPainter(self), look().color
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), color("bg"))
        for page in self.in_sight(event.rect()):
            area = self.page_rect(page)
            painter.fillRect(area, color(theme.PAPER))
            if page in self.pictures:
                painter.drawImage(area, self.pictures[page])
            if page in self.parts:
                self._paint_part(painter, area, self.parts[page])
            painter.setPen(color(theme.PAPER_LINE))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        if not self.sizes and self.message:
            painter.setFont(look().font("body"))
            painter.setPen(color("muted"))
            center = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), center, self.message)
        painter.end()

    def _paint_part(self, painter: QPainter, area: QRect, part: _Part) -> None:
        if part.wanted.part is None:
            return
        scale = area.width() / part.wanted.width
        left, top, wide, high = (round(value * scale) for value in part.wanted.part)
        target = QRect(area.left() + left, area.top() + top, wide, high)
        painter.drawImage(target, part.image)
