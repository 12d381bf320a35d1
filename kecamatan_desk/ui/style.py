"""The look in use: colours and text scale as Qt objects (pixels, fonts, icons).

The session calls `use` once at start, and again when the system turns dark or light. Widgets
ask `look()` each time they paint, so that a change of colours reaches them without being rebuilt;
a change of the text scale needs the window to be built anew.
"""

from functools import cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from kecamatan_desk.resources import resource
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.sheet import qss

SMALLEST_WIDTH = 1366  # the screen most offices have; the frame is drawn for it at 100 %


class Look:
    """One set of colours at one text scale."""

    def __init__(
        self, colors: theme.Colors, scale: float = 1.0, width: int = SMALLEST_WIDTH
    ) -> None:
        """``width`` of the screen in pixels decides whether large text folds the frame."""
        self.colors = colors
        self.scale = scale
        self._width = width
        self.folded = scale >= 1.5 and width < SMALLEST_WIDTH * scale
        self._icons: dict[tuple[str, str, int, float], QPixmap] = {}

    def px(self, number: float) -> int:
        """Give a distance of the theme in pixels at this text scale."""
        return round(number * self.scale)

    def roomy(self, width: float) -> bool:
        """Tell whether so many pixels of the theme fit side by side on the screen."""
        return self.px(width) <= self._width

    def color(self, ink: str) -> QColor:
        """Give a colour by its token (``"accent"``) or by its value (``"#111111"``)."""
        return QColor(ink if ink.startswith("#") else getattr(self.colors, ink))

    def font(self, kind: str = "body", strike: bool = False) -> QFont:
        """Give a type of the scale in `theme.TYPE`."""
        size, bold = theme.TYPE[kind]
        font = QFont(theme.FAMILY)
        font.setPixelSize(self.px(size))
        font.setBold(bold)
        font.setStrikeOut(strike)
        return font

    def icon(self, name: str, ink: str = "text", size: int = 16) -> QPixmap:
        """Give a line icon in one ink, sharp on this screen."""
        key = (name, self.color(ink).name(), self.px(size), _ratio())
        if key not in self._icons:
            self._icons[key] = _draw(*key)
        return self._icons[key]


class _Current:
    look: Look | None = None


def look() -> Look:
    """Give the look in use."""
    if _Current.look is None:
        _Current.look = Look(theme.LIGHT)
    return _Current.look


def begin(first: Look) -> None:
    """Take a look before there is a window to paint in it."""
    _Current.look = first


def use(new: Look, window: QWidget | None = None) -> None:
    """Paint the window, without one the whole application, in *new* from now on.

    Needs the QApplication. The program paints its one window: a sheet of the application reaches
    each part as soon as it is made, and again whenever the frame it is in is put into another,
    which took a tenth of the start; a window's reaches a page once, when it is put in.
    """
    _Current.look = new
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setPalette(_palette(new.colors))
        painted = window or application
        painted.setStyleSheet(qss(new.colors, new.scale, resource("icons")))


def _palette(colors: theme.Colors) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for part, ink in (
        (role.Window, colors.bg),
        (role.Base, colors.surface),
        (role.AlternateBase, colors.hover),
        (role.Text, colors.text),
        (role.WindowText, colors.text),
        (role.ButtonText, colors.text),
        (role.PlaceholderText, colors.muted),
        (role.Highlight, colors.accent),
        (role.HighlightedText, colors.on_accent),
        (role.Button, colors.surface),
        (role.ToolTipBase, colors.surface),
        (role.ToolTipText, colors.text),
    ):
        palette.setColor(part, QColor(ink))
    return palette


def _ratio() -> float:
    screen = QGuiApplication.primaryScreen()
    return screen.devicePixelRatio() if screen else 1.0


def forget() -> None:
    """Let go of all pictures: they must be gone before the QApplication is."""
    _Current.look = None


@cache
def _drawings() -> dict[str, str]:
    """Read all icons, once at the start: afterwards the window's thread touches no disk."""
    files = resource("icons").glob("*.svg")
    return {file.stem: file.read_text(encoding="utf-8") for file in files}


def _draw(name: str, color: str, size: int, ratio: float) -> QPixmap:
    svg = _drawings()[name]
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.replace("currentColor", color).encode())).render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
