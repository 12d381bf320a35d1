"""The size of the pages on buttons, laid over their lower right corner."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kecamatan_desk.ui.parts import Button, fill, label
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2


class ZoomStrip(QFrame):
    """Smaller, the size in percent, larger, fit the width, show the whole page.

    The keyboard has keys for all of it, so Tab passes by.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.size_words = label("", "captionb")
        self.size_words.setMinimumWidth(look().px(40))
        self.size_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.smaller = Button("Kecilkan", "", "small", "zoom-out", name="zoom-out")
        self.larger = Button("Besarkan", "", "small", "zoom-in", name="zoom-in")
        self.width_button = Button("Lebar", "", "small", name="fit-width")
        self.page_button = Button("Halaman", "", "small", name="fit-page")
        for button, tip in (
            (self.smaller, "Kecilkan (-)"),
            (self.larger, "Besarkan (+)"),
            (self.width_button, "Selebar layar (0)"),
            (self.page_button, "Satu halaman utuh (1)"),
        ):
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for button in (self.smaller, self.larger):
            button.words.hide()
        self.setProperty("card", "true")
        layout = QHBoxLayout(self)
        layout.setSpacing(look().px(S1))
        layout.setContentsMargins(*(look().px(side) for side in (S2, S1, S2, S1)))
        fill(layout, self.smaller, self.size_words, self.larger, "~8")
        fill(layout, self.width_button, self.page_button)
        self.hide()

    def show_zoom(self, zoom: float) -> None:
        """Show the size in percent."""
        self.size_words.setText(f"{round(zoom * 100)}%")
