"""Small parts every screen is put together from. Coloured only through the theme.

    body = col(label("Pemohon", "head"), row(one, (two, 1), None), gap=S3, pad=(S5, S4, S5, S3))

In `row`, `col` and `box` a widget is added, ``(widget, n)`` is added with stretch *n*, ``"~16"`` is
a gap of 16 px, and None is a stretch.
"""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kecamatan_desk.ui import theme
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4, S5

Piece = QWidget | tuple[QWidget, int] | str | None
Pad = tuple[int, int, int, int]
NO_PAD: Pad = (0, 0, 0, 0)


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties and let the style sheet notice."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # still being built: the style sheet looks at it before it is first shown
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def label(
    text: str = "", kind: str = "body", ink: str = "text", wrap: bool = False, **properties: object
) -> QLabel:
    """Give a text in a type of the scale and an ink. Plain text always: names may hold a ``<``."""
    widget = QLabel()
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setText(text)
    widget.setWordWrap(wrap)
    widget.setProperty("type", kind)
    widget.setProperty("ink", ink)
    for name, value in properties.items():
        widget.setProperty(name, value)
    return widget


class Pic(QWidget):
    """A line icon in one ink of the theme; it follows light and dark by itself."""

    def __init__(self, name: str, ink: str = "text", size: int = 16) -> None:
        super().__init__()
        self._name, self._ink, self._size = name, ink, size
        self.setFixedSize(look().px(size), look().px(size))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, ink: str) -> None:
        self._name, self._ink = name, ink
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, look().icon(self._name, self._ink, self._size))
        painter.end()


def pic(name: str, ink: str = "text", size: int = 16) -> Pic:
    """Give a line icon."""
    return Pic(name, ink, size)


def key(text: str, on: bool = False) -> QLabel:
    """Give a key cap; ``on`` is for a cap on the accent colour."""
    widget = label(text, "caption", key="on" if on else "true")
    widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
    widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return widget


def box(
    vertical: bool,
    *pieces: Piece,
    gap: int = S2,
    pad: Pad = NO_PAD,
    plane: str = "",
    edge: str = "",
    card: str = "",
) -> QFrame:
    """Give a frame with one layout. ``plane``, ``edge`` and ``card`` are the theme's words."""
    frame = QFrame()
    for name, value in (("plane", plane), ("edge", edge), ("card", card)):
        if value:
            frame.setProperty(name, value)
    layout = QVBoxLayout(frame) if vertical else QHBoxLayout(frame)
    layout.setSpacing(look().px(gap))
    left, top, right, bottom = pad
    layout.setContentsMargins(*(look().px(side) for side in (left, top, right, bottom)))
    fill(layout, *pieces)
    return frame


def fill(layout: QVBoxLayout | QHBoxLayout, *pieces: Piece) -> None:
    """Add pieces to a layout (see the module's text)."""
    for piece in pieces:
        match piece:
            case None:
                layout.addStretch(1)
            case str():
                layout.addSpacing(look().px(int(piece[1:])))
            case tuple():
                layout.addWidget(piece[0], piece[1])
            case _:
                layout.addWidget(piece)


def row(
    *pieces: Piece,
    gap: int = S2,
    pad: Pad = NO_PAD,
    plane: str = "",
    edge: str = "",
    card: str = "",
) -> QFrame:
    """Give pieces side by side."""
    return box(False, *pieces, gap=gap, pad=pad, plane=plane, edge=edge, card=card)


def col(
    *pieces: Piece,
    gap: int = S2,
    pad: Pad = NO_PAD,
    plane: str = "",
    edge: str = "",
    card: str = "",
) -> QFrame:
    """Give pieces one below the other."""
    return box(True, *pieces, gap=gap, pad=pad, plane=plane, edge=edge, card=card)


class Chip(QFrame):
    """Time left: glyph, word and number on the colour of the state (ok, warn, late, rest)."""

    def __init__(self, state: str = "ok", text: str = "", glyph: str = "clock") -> None:
        super().__init__()
        self._pic, self._words = pic(glyph, state, 12), label(text, "captionb", state)
        layout = QHBoxLayout(self)
        layout.setSpacing(look().px(S1))
        layout.setContentsMargins(*(look().px(side) for side in (S2, 3, S2, 3)))
        fill(layout, self._pic, self._words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_chip(state, text, glyph)

    def show_chip(self, state: str, text: str, glyph: str) -> None:
        self._pic.show_icon(glyph, state)
        self._words.setText(text)
        restyle(self._words, ink=state)
        restyle(self, chip=state)
        self.setAccessibleName(text)


def chip(state: str, text: str, glyph: str = "clock") -> Chip:
    """Give a chip."""
    return Chip(state, text, glyph)


def heading(title: str, note: str = "", plane: str = "surface") -> QFrame:
    """Give the 40-px bar over a list: what it is, and a muted note."""
    bar = row(
        label(title, "head"),
        None,
        label(note, "caption", "muted"),
        pad=(S4, 0, S3, 0),
        plane=plane,
        edge="bottom",
    )
    bar.setFixedHeight(look().px(40))
    return bar


def action_bar(*pieces: Piece) -> QFrame:
    """Give the bar of deeds: fixed height, the F12 button last and so bottom right."""
    side, gap = (S3, S2) if look().folded else (S5, S3)
    bar = row(*pieces, gap=gap, pad=(side, S2, side, S2), plane="surface", edge="top")
    bar.setFixedHeight(look().px(theme.H_ACTIONS))
    return bar


def card(*pieces: Piece, gap: int = S2, pad: Pad = (S4, S3, S4, S3)) -> QFrame:
    """Give pieces on a surface with a hairline round it."""
    return col(*pieces, gap=gap, pad=pad, card="true")


def avatar(initials: str, big: bool = False) -> QLabel:
    """Give a person's initials in a circle."""
    widget = label(initials, "head" if big else "captionb", "on_tint")
    widget.setProperty("avatar", "big" if big else "true")
    size = look().px(40 if big else 32)
    widget.setFixedSize(size, size)
    widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return widget


_HEIGHTS = {
    "primary": theme.H_PRIMARY,
    "plain": theme.H_PRIMARY,
    "nav": 32,
    "link": 26,
    "out": 30,
    "tile": theme.H_LIST_ROW,
    "pad": 54,
    "pad-go": 54,
}


class Button(QPushButton):
    """A push button whose face is a layout: glyph, words, key cap, count.

    The words name the deed, the cap the key that presses it: the window presses the visible,
    enabled button of the current screen that wears the cap of the key (see `Screen.deeds`).
    Kinds: primary (the deed, F12), plain, small, link, nav, out, tile, pad, pad-go.

    Signals:
        refused: Its key was pressed while it is off; only where ``explains`` is set.
    """

    refused = Signal()

    def __init__(
        self,
        words: str,
        cap: str = "",
        kind: str = "plain",
        glyph: str = "",
        count: str = "",
        ink: str = "",
        name: str = "",
    ) -> None:
        super().__init__()
        self.cap, self._kind, self._glyph = cap, kind, glyph
        self.explains = False  # pressed by its key while off it says why, by `refused`
        usual = {"primary": "on_accent", "pad-go": "on_accent", "link": "accent"}
        self._ink = ink or usual.get(kind, "text")
        self._pic = pic(glyph) if glyph else None
        self.words = label(words, "bodyb" if kind == "primary" else "body", self._ink)
        self._cap_label = key(cap, kind == "primary") if cap else None
        self._count = label(count, "bodyb")
        self.setProperty("kind", kind)
        self.setObjectName("btn-" + (name or "-".join(words.lower().split()[:4])))
        self._lay_out()
        self.set_words(words)
        self.set_count(count)
        self._color_face()
        if kind != "tile":
            self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        side = look().px({"link": S1, "nav": 10}.get(self._kind, S3))
        layout.setContentsMargins(side, 0, side, 0)
        layout.setSpacing(look().px(S2))
        if self._pic:
            layout.addWidget(self._pic)
        layout.addWidget(self.words)
        if self._kind in {"nav", "wide"}:
            layout.addStretch(1)
        if self._kind in {"pad", "pad-go"}:
            self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if self._cap_label:
            layout.addWidget(self._cap_label)
        layout.addWidget(self._count)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def lend_cap(self, *, lent: bool) -> None:
        """Show no cap while the key does something else: one key is never on two buttons."""
        if self._cap_label is not None and self._cap_label.isHidden() is not lent:
            self._cap_label.setHidden(lent)

    def set_words(self, words: str, glyph: str = "") -> None:
        """Name the deed anew; its place and key stay."""
        self.words.setText(words)
        self.setAccessibleName(words + (f", {self.cap}" if self.cap else ""))
        if glyph and self._pic:
            self._glyph = glyph
        self._color_face()
        self.updateGeometry()

    def wear_cap(self, cap: str) -> None:
        """Wear the cap it was made with, or, with "", leave it to another button."""
        self.cap = cap
        if self._cap_label:
            self._cap_label.setVisible(bool(cap))
        self.set_words(self.words.text())

    def set_count(self, count: str) -> None:
        """Show how many wait (nav buttons); empty hides the figure."""
        self._count.setText(count)
        self._count.setVisible(bool(count))
        nothing = count == "0"
        restyle(
            self._count, type="body" if nothing else "bodyb", ink="muted" if nothing else "text"
        )
        self.updateGeometry()

    @property
    def count(self) -> str:
        """The figure shown, or empty."""
        return self._count.text()

    def set_on(self, on: bool) -> None:
        """Mark a nav button as the place one is at."""
        self.setCheckable(True)
        self.setChecked(on)
        self._color_face()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._color_face()

    def _color_face(self) -> None:
        ink = self._ink if self.isEnabled() else "muted"
        on = self._kind == "nav" and self.isChecked()
        kind = "bodyb" if on or self._kind == "primary" else self.words.property("type")
        restyle(self.words, ink=ink, type="body" if self._kind == "nav" and not on else kind)
        if self._pic:
            glyph_ink = "accent" if on else "muted" if ink == "text" else ink
            self._pic.show_icon(self._glyph, glyph_ink)
        if self._cap_label:
            lit = self._kind == "primary" and self.isEnabled()
            restyle(self._cap_label, key="on" if lit else "true")

    def sizeHint(self) -> QSize:
        height = look().px(_HEIGHTS.get(self._kind, theme.H_BUTTON))
        layout = self.layout()
        return QSize(layout.sizeHint().width() if layout else 0, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
