"""What several delegates paint alike."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from kecamatan_desk.ui import theme
from kecamatan_desk.ui.format import ChipLook
from kecamatan_desk.ui.style import look

MIDDLE = Qt.AlignmentFlag.AlignVCenter
WRAP = Qt.TextFlag.TextWordWrap
State = QStyle.StateFlag


def rect_of(option: QStyleOptionViewItem) -> QRect:
    """Give the rectangle of the item."""
    return QRect(option.rect)


def has_state(option: QStyleOptionViewItem, flag: QStyle.StateFlag) -> bool:
    """Tell whether the item is selected, hovered or focused."""
    return bool(option.state & flag)


def view_of(option: QStyleOptionViewItem) -> QWidget:
    """Give the view that paints."""
    return option.widget


def write(
    painter: QPainter,
    area: QRect,
    text: str,
    *,
    kind: str = "body",
    ink: str = "text",
    flags: int = int(MIDDLE),
    elide: Qt.TextElideMode | None = None,
) -> None:
    """Write *text* into *area*; with ``elide`` on one line, shortened where told."""
    font = look().font(kind)
    painter.setFont(font)
    painter.setPen(look().color(ink))
    if elide is not None:
        text = QFontMetrics(font).elidedText(text, elide, area.width())
    painter.drawText(area, flags, text)


def text_width(text: str, kind: str = "body") -> int:
    """Give the width of one line."""
    return QFontMetrics(look().font(kind)).horizontalAdvance(text)


def text_height(text: str, kind: str, width: int) -> int:
    """Give the height of *text* wrapped to *width*."""
    area = QRect(0, 0, max(width, 1), 9999)
    return QFontMetrics(look().font(kind)).boundingRect(area, int(WRAP), text).height()


def row_ground(painter: QPainter, area: QRect, option: QStyleOptionViewItem) -> bool:
    """Paint the ground of a list row; True when it is the chosen one."""
    px, color = look().px, look().color
    chosen = has_state(option, State.State_Selected)
    ground = "tint" if chosen else "hover" if has_state(option, State.State_MouseOver) else ""
    painter.fillRect(area, color(ground or "surface"))
    if chosen:
        painter.fillRect(QRect(area.left(), area.top(), px(4), area.height()), color("accent"))
    else:
        painter.setPen(color("line"))
        painter.drawLine(area.left() + px(16), area.bottom(), area.right(), area.bottom())
    return chosen


def focus_ring(painter: QPainter, area: QRect, option: QStyleOptionViewItem) -> None:
    """Paint the ring round the item that has the keyboard."""
    if has_state(option, State.State_HasFocus):
        painter.setPen(QPen(look().color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(1, 1, -1, -1))


def chip_width(chip: ChipLook) -> int:
    """Give the width a painted chip takes."""
    return text_width(chip.text, "captionb") + look().px(12 + 4 + 12)


def paint_chip(painter: QPainter, left: int, top: int, chip: ChipLook) -> None:
    """Paint a chip, 22 px high."""
    px, color = look().px, look().color
    area = QRect(left, top, chip_width(chip), px(22))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(chip.state + "_bg"))
    painter.drawRoundedRect(QRectF(area), theme.R_CHIP, theme.R_CHIP)
    glyph = look().icon(chip.glyph, chip.state, 12)
    painter.drawPixmap(area.left() + px(6), area.center().y() - px(6) + 1, glyph)
    write(painter, area.adjusted(px(22), 0, 0, 0), chip.text, kind="captionb", ink=chip.state)
