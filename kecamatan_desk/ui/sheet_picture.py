"""A sheet of paper drawn small and true to scale: where letterhead, text and a block will lie."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kecamatan_desk.documents.paper_sizes import number
from kecamatan_desk.documents.profiles import LETTER, Profile, Use
from kecamatan_desk.documents.values import BlockPlace
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S4

_WIDEST, _HIGHEST = 330.2, 355.6  # mm: every sheet is drawn in the same scale
_KOP = 26.0  # mm the letterhead takes
_LINE = 7.0  # mm between the drawn lines of text
_EDGE = 4.99  # mm printers do not reach; a rounding short of it
_ROLL = 100.0  # mm: what is narrower comes off a roll


class SheetPicture(QWidget):
    """One sheet with its text area (dashed), its letterhead and its measures.

    With a blok pengesahan it is the village's letter: the block lies on it where it is printed.
    """

    def __init__(self) -> None:
        super().__init__()
        self._profile = LETTER
        self._use: Use = "surat"
        self._block: BlockPlace | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Gambar kertas")

    def sizeHint(self) -> QSize:
        return QSize(look().px(300), look().px(340))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(220), look().px(220))

    def show_profile(self, profile: Profile, use: Use) -> None:
        """Draw another sheet."""
        self._profile, self._use = profile, use
        wide, high = self.sheet
        self.setAccessibleName(f"Gambar kertas {number(wide)} kali {number(high)} milimeter")
        self.update()

    def show_block(self, block: BlockPlace | None) -> None:
        """Lay a blok pengesahan on the sheet, or take it away."""
        self._block = block
        said = "Gambar kertas"
        if block is not None:
            left, top, wide, high = (f"{length:.0f}" for length in block.block)
            said = f"Blok pengesahan {left} mm dari kiri dan {top} mm dari atas kertas, "
            said += f"lebar {wide} mm, tinggi {high} mm"
        self.setAccessibleName(said)
        self.update()

    @property
    def block(self) -> QRectF | None:
        """Where the block lies, in mm from the upper left corner."""
        return QRectF(*self._block.block) if self._block else None

    @property
    def block_fits(self) -> bool:
        """Whether the block stays on the sheet, an edge left that printers do not reach."""
        sheet = QRectF(0, 0, *self.sheet).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        return self.block is None or sheet.contains(self.block)

    @property
    def sheet(self) -> tuple[float, float]:
        """Width and height of the sheet in mm, as it lies: books are turned."""
        paper = self._profile.sheet
        turned = self._use == "buku"
        return (paper.height, paper.width) if turned else (paper.width, paper.height)

    @property
    def text_area(self) -> QRectF:
        """Where text lies, in mm from the upper left corner."""
        profile, (wide, high) = self._profile, self.sheet
        top = profile.offset if self._berkop else profile.top
        size = (wide - profile.left - profile.right, high - top - profile.bottom)
        return QRectF(profile.left, top, *size)

    @property
    def _berkop(self) -> bool:
        return self._use == "surat" and self._profile.preprinted

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, px = QPainter(self), look().px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look().font("caption"))
        room = painter.fontMetrics().height() + px(S2)
        scale = min((self.width() - 2 * room) / _WIDEST, (self.height() - room - px(S4)) / _HIGHEST)
        wide, high = self.sheet
        left = max((self.width() - wide * scale) / 2, room)
        painter.setPen(look().color("muted"))
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        above = QRectF(left - 60, 0, wide * scale + 120, room - 4)
        painter.drawText(above, int(middle), f"{number(wide)} mm")
        painter.save()
        painter.translate(left - 4, room + high * scale / 2)
        painter.rotate(-90)
        beside = QRectF(-90, -room, 180, room)
        painter.drawText(beside, int(middle), f"{number(high)} mm")
        painter.restore()
        painter.translate(left, room)
        painter.scale(scale, scale)  # from here on one unit is a millimetre
        self._draw_sheet(painter)
        painter.end()

    def _draw_sheet(self, painter: QPainter) -> None:
        wide, high = self.sheet
        painter.setPen(_pen(theme.PAPER_LINE, 0.6))
        painter.setBrush(look().color(theme.PAPER))
        painter.drawRect(QRectF(0, 0, wide, high))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for area in self._parts():
            self._draw_text(painter, area)
        self._draw_cuts(painter)
        if self._block is not None:
            self._draw_block(painter, self._block)

    def _draw_block(self, painter: QPainter, place: BlockPlace) -> None:
        """Draw the block, its code, and the two lengths that are typed."""
        block = QRectF(*place.block)
        color = theme.LIGHT.accent if self.block_fits else theme.LIGHT.late
        fill = QColor(color)
        fill.setAlpha(28)
        for part in (block, QRectF(*place.code) if place.code else QRectF()):
            painter.fillRect(part, QColor(theme.PAPER))
            painter.fillRect(part, fill)
        painter.setPen(_pen(color, 0.9, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(0, block.top()), block.topLeft())
        painter.drawLine(QPointF(block.left(), 0), block.topLeft())
        painter.setPen(_pen(color, 1.2))
        painter.drawRect(block)
        if place.code:
            painter.drawRect(QRectF(*place.code))

    def _parts(self) -> list[QRectF]:
        """Give the text areas: a whole sheet carries two slips, or four tickets."""
        wide, high = self.sheet
        if self._use == "tiket" and wide > _ROLL:
            part = (wide / 2 - 14, high / 2 - 14)
            return [
                QRectF(7 + column * wide / 2, 7 + line * high / 2, *part)
                for line in (0, 1)
                for column in (0, 1)
            ]
        if self._use == "slip" and high > wide:
            part = (wide - 24, high / 2 - 24)
            return [QRectF(12, 12 + line * high / 2, *part) for line in (0, 1)]
        return [self.text_area]

    def _draw_cuts(self, painter: QPainter) -> None:
        """Where a sheet of several papers is cut."""
        wide, high = self.sheet
        parts = len(self._parts())
        painter.setPen(_pen(theme.INK, 0.6, Qt.PenStyle.DashDotLine))
        if parts > 1:
            painter.drawLine(QPointF(0, high / 2), QPointF(wide, high / 2))
        if parts > 2:
            painter.drawLine(QPointF(wide / 2, 0), QPointF(wide / 2, high))

    def _draw_text(self, painter: QPainter, area: QRectF) -> None:
        y = area.top()
        if self._use == "surat":
            y = self._draw_kop(painter, area)
        painter.setPen(_pen(theme.PAPER_LINE, 1.2))
        gap = _LINE if area.width() > _ROLL else 4.5
        line, last = 0, area.bottom() - gap
        while y + gap <= last + gap:
            y += gap
            short = 0.55 if line % 6 == 5 else 1.0
            painter.drawLine(
                QPointF(area.left(), y - gap / 3),
                QPointF(area.left() + area.width() * short, y - gap / 3),
            )
            line += 1
        if self._block is None:  # the village's letter keeps no margins of ours
            painter.setPen(_pen(theme.LIGHT.accent, 0.9, Qt.PenStyle.DashLine))
            painter.drawRect(area)

    def _draw_kop(self, painter: QPainter, area: QRectF) -> float:
        """Draw the letterhead: hatched where the paper bears it already. Give the y below it."""
        profile = self._profile
        if self._berkop:
            printed = QRectF(profile.left, 8, area.width(), max(area.top() - 12, 4))
            painter.fillRect(printed, QBrush(QColor(theme.PAPER_LINE), Qt.BrushStyle.BDiagPattern))
            return area.top()
        painter.setPen(_pen(theme.INK, 2.0))
        painter.drawRect(QRectF(area.left() + 2, area.top() + 2, 15, 18))
        for n, part in enumerate((0.5, 0.66, 0.4)):
            y = area.top() + 5 + 6 * n
            middle = area.center().x() + 8
            half = area.width() * part / 2
            painter.drawLine(QPointF(middle - half, y), QPointF(middle + half, y))
        y = area.top() + _KOP - 2
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        return area.top() + _KOP


def _pen(color: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    return QPen(QColor(color), width, style)
