"""The SOP as a picture: lanes and steps from the same data the program runs on.

Shape says what a step is (round ends = start and end, pointed = decision, box = step), fill and
glyph say done, now, paused or next, and the minutes below say it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.format import running
from kecamatan_desk.ui.paint import MIDDLE, text_width, write
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S3
from kecamatan_desk.usecases.values import StepView

_LANE, _FOOT, _SIDE, _SIDE_NARROW = 28, 32, 112, 100  # px at 100 %
_MANY = 7  # steps; more than that crowd the picture
_HERE = ("now", "paused")


class _Paints(NamedTuple):
    fill: str
    edge: str
    ink: str
    glyph: str


_PAINTS = {
    "done": _Paints("ok_bg", "ok", "ok", "check"),
    "now": _Paints("accent", "accent", "on_accent", ""),
    "paused": _Paints("rest_bg", "rest", "rest", "pause"),
    "next": _Paints("surface", "edge", "muted", ""),
}


class SopPicture(QWidget):
    """One painted widget. ``strip``: one lane for all, where only the way matters (Register)."""

    def __init__(self, strip: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strip = strip
        self._lanes: tuple[str, ...] = ("Langkah SOP",)
        self._places: tuple[int, ...] = ()
        self._back_to: int | None = None
        self._steps: tuple[StepView, ...] = ()
        self._shown_at = monotonic()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Gambar SOP")
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)

    def show_steps(
        self, lanes: Sequence[Role], steps: Sequence[StepView], running: bool = False
    ) -> None:
        """Show a request's way. ``running``: the minutes of the current step grow by themselves."""
        self._steps = tuple(steps)
        self._shown_at = monotonic()
        if not self._strip:
            self._lanes = tuple(lane.short for lane in lanes)
            self._places = tuple(lanes.index(step.role) for step in steps)
            self._back_to = lanes.index(Role.PEMOHON) if Role.PEMOHON in lanes else None
        else:
            self._places = (0,) * len(self._steps)
        self.setAccessibleDescription("; ".join(_told(step) for step in self._steps))
        if running and any(step.state == "now" for step in self._steps):
            self._timer.start()
        else:
            self._timer.stop()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = look().px
        return QSize(px(640), px(_LANE) * len(self._lanes) + px(_FOOT) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(400), self.sizeHint().height())

    @Slot()
    def _tick(self) -> None:
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._steps:
            for place in range(len(self._steps)):
                if self._cell(place).left() <= event.pos().x() < self._cell(place).right():
                    QToolTip.showText(event.globalPos(), _told(self._now(place)), self)
                    return True
        return super().event(event)

    # Geometry

    def _side(self) -> int:
        """The lane names; a long SOP leaves them less room, so that its words can be read."""
        return look().px(_SIDE if len(self._steps) <= _MANY else _SIDE_NARROW)

    def _cell(self, place: int) -> QRectF:
        side = self._side()
        width = (self.width() - side) / max(len(self._steps), 1)
        height = look().px(_LANE)
        return QRectF(side + place * width, self._places[place] * height + 1, width, height)

    def shape_of(self, place: int) -> QRectF:
        """Give where the shape of a step lies."""
        px, cell = look().px, self._cell(place)
        gap = 14 if len(self._steps) <= _MANY else 12
        width = min(cell.width() - px(gap), px(112))
        middle = cell.center()
        return QRectF(middle.x() - width / 2, middle.y() - px(11), width, px(22))

    def _now(self, place: int) -> StepView:
        step = self._steps[place]
        if step.state != "now" or not self._timer.isActive():
            return step
        return replace(step, minutes=(step.minutes or 0) + (monotonic() - self._shown_at) / 60)

    # Painting, from the ground up

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        here = next((n for n, step in enumerate(self._steps) if step.state in _HERE), None)
        self._paint_lanes(painter, here)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(len(self._steps) - 1):
            self._paint_arrow(painter, place)
        self._paint_way_back(painter)
        for place in range(len(self._steps)):
            self._paint_step(painter, place)
            self._paint_minutes(painter, place)
        painter.end()

    def _paint_lanes(self, painter: QPainter, here: int | None) -> None:
        px, color = look().px, look().color
        high, side = px(_LANE), self._side()
        bottom = high * len(self._lanes) + 1
        for number, name in enumerate(self._lanes):
            own = here is not None and self._places[here] == number
            area = QRect(px(S3), number * high + 1, side - px(S3), high)
            write(
                painter,
                area,
                name,
                kind="captionb" if own else "caption",
                ink="text" if own else "muted",
                elide=Qt.TextElideMode.ElideRight,
            )
            painter.setPen(color("line"))
            painter.drawLine(0, (number + 1) * high, self.width(), (number + 1) * high)
        painter.drawLine(side, 0, side, bottom + px(_FOOT))
        if here is not None:
            column = self._cell(here)
            painter.fillRect(
                QRectF(column.left() + 1, 0, column.width() - 1, bottom + px(_FOOT)), color("tint")
            )
        foot = QRect(px(S3), bottom, side - px(S3), px(_FOOT))
        write(painter, foot, "Menit / norma", kind="caption", ink="muted")

    def _paint_arrow(self, painter: QPainter, place: int) -> None:
        start, end = self.shape_of(place), self.shape_of(place + 1)
        ink = look().color("text" if self._steps[place].state == "done" else "edge")
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        turn = self._cell(place).right()
        reach = end.left() - (4 if self._steps[place + 1].decision else 1)
        path = QPainterPath(QPointF(start.right(), start.center().y()))
        path.lineTo(turn, start.center().y())
        path.lineTo(turn, end.center().y())
        path.lineTo(reach - 3, end.center().y())
        painter.drawPath(path)
        tip = QPointF(reach, end.center().y())
        painter.setBrush(ink)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-5, -3.5), tip + QPointF(-5, 3.5)]))

    def _paint_way_back(self, painter: QPainter) -> None:
        """The first decision may send the papers back to the applicant: TMS."""
        first = next((n for n, step in enumerate(self._steps) if step.decision), None)
        if first is None or self._strip or self._back_to is None:
            return
        if self._places[first] <= self._back_to:
            return
        px, shape, ink = look().px, self.shape_of(first), look().color("warn")
        lane = self._back_to * px(_LANE) + px(_LANE) / 2 + 1
        middle = shape.center().x()
        painter.setPen(QPen(ink, 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(middle, shape.top() - 1), QPointF(middle, lane + px(16)))
        tip = QPointF(middle, lane + px(10))
        painter.setPen(QPen(ink, 1.5))
        painter.drawPolyline([tip + QPointF(-4, 5), tip, tip + QPointF(4, 5)])
        area = QRectF(shape.left() - px(12), lane - px(10), shape.width() + px(24), px(20))
        painter.setFont(look().font("caption"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "TMS: kembali")

    def _paint_step(self, painter: QPainter, place: int) -> None:
        px, color = look().px, look().color
        step, shape = self._steps[place], self.shape_of(place)
        paints = _PAINTS[step.state]
        painter.setPen(QPen(color(paints.edge), 1))
        painter.setBrush(color(paints.fill))
        if step.decision:
            painter.drawPolygon(_diamond(shape, px(9 if len(self._steps) <= _MANY else 6)))
        else:
            end = place in (0, len(self._steps) - 1)
            radius = shape.height() / 2 if end else 4
            painter.drawRoundedRect(shape, radius, radius)
        kind = "captionb" if step.state in _HERE else "caption"
        if text_width(step.word, kind) > shape.width() - px(4):
            kind = "caption"
        glyph = px(14) if paints.glyph else 0
        width = text_width(step.word, kind)
        if width + glyph > shape.width() - px(4):
            glyph = 0  # the fill says done; the word must be read
        left = shape.center().x() - min(width + glyph, shape.width()) / 2
        if glyph:
            mark = QPointF(left - 2, shape.center().y() - px(6))
            painter.drawPixmap(mark, look().icon(paints.glyph, paints.ink, 12))
        area = QRectF(left + glyph, shape.top(), min(width, shape.width()) + 2, shape.height())
        write(
            painter,
            area.toRect(),
            step.word,
            kind=kind,
            ink=paints.ink,
            elide=Qt.TextElideMode.ElideRight,
        )

    def _paint_minutes(self, painter: QPainter, place: int) -> None:
        px, step, cell = look().px, self._now(place), self._cell(place)
        bottom = px(_LANE) * len(self._lanes) + 1
        taken, norm = _minutes(step), f" / {step.norm}"
        known = step.minutes is not None
        over = step.norm > 0 and (step.minutes or 0) > step.norm
        kind = "bodyb" if known else "body"
        wide, narrow = text_width(taken, kind), text_width(norm, "caption")
        left = round(cell.center().x() - (wide + narrow) / 2)
        write(
            painter,
            QRect(left, bottom, wide + 2, px(_FOOT)),
            taken,
            kind=kind,
            ink="warn" if over else "text" if known else "muted",
            flags=int(MIDDLE),
        )
        small = QRect(left + wide, bottom, narrow + 2, px(_FOOT))
        write(painter, small, norm, kind="caption", ink="muted")


def _diamond(shape: QRectF, point: int) -> QPolygonF:
    """A stretched diamond: a box with pointed ends."""
    left, right, middle = shape.left() - 3, shape.right() + 3, shape.center().y()
    return QPolygonF(
        [
            QPointF(left, middle),
            QPointF(left + point, shape.top()),
            QPointF(right - point, shape.top()),
            QPointF(right, middle),
            QPointF(right - point, shape.bottom()),
            QPointF(left + point, shape.bottom()),
        ]
    )


def _minutes(step: StepView) -> str:
    if step.minutes is None:
        return "\N{EN DASH}"
    if step.state in _HERE:
        return running(step.minutes)
    return str(round(step.minutes))


_STATE_WORDS = {"done": "selesai", "now": "sedang berjalan", "paused": "jeda", "next": "belum"}


def _told(step: StepView) -> str:
    taken = "" if step.minutes is None else f" {round(step.minutes)} menit"
    who = f" oleh {step.by}" if step.by else ""
    state = _STATE_WORDS[step.state]
    return f"{step.word} ({step.role.label}), norma {step.norm} menit, {state}{taken}{who}"
