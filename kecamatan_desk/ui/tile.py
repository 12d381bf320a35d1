"""A large choice: a mark, a name, a line below it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from kecamatan_desk.ui.parts import Button, col, label
from kecamatan_desk.ui.style import look

_LONG_NAME = 28  # letters a tile shows on one line
_VERY_LONG_NAME = 44  # letters on two


class Tile(Button):
    """A choice with a mark, a name and a line below it."""

    def __init__(self, mark: QWidget, name: str, line: str, object_name: str) -> None:
        super().__init__("", kind="tile", name=object_name)
        self.words.hide()
        self.setCheckable(True)
        self.setAccessibleName(f"{name}, {line}")
        self._high = look().px(84 if len(name) > _VERY_LONG_NAME else 64)
        self.setMinimumSize(look().px(300), self._high)
        words = label(name, "bodyb", wrap=len(name) > _LONG_NAME)
        texts = col(None, words, label(line, "caption", "muted"), None, gap=2)
        self.setToolTip(f"{name}, {line}")
        for child in (mark, texts, *texts.findChildren(QWidget)):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(mark)
            layout.addWidget(texts)
        texts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """Give a very long name its third line."""
        size = super().sizeHint()
        return QSize(size.width(), max(size.height(), self._high))
