"""The bar of deeds: ending, pausing and sending back on the left, the one primary on the right."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kecamatan_desk.ui.parts import Button, action_bar, label, pic, row
from kecamatan_desk.ui.screens.deeds import Deed, allowed, endings
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import H_ACTIONS, S2
from kecamatan_desk.usecases.values import RequestView
from kecamatan_desk.workflows.engine import Act, Status

_END_WORDS = {Act.REFUSE: "Tolak", Act.CLOSE: "Akhiri", Act.CANCEL: "Batalkan"}


def is_paused(view: RequestView) -> bool:
    """Tell whether an officer paused the file (an official's absence pauses it by itself)."""
    return view.status is Status.RUNNING and any(step.state == "paused" for step in view.steps)


class DeedBar(QFrame):
    """F6, F4, F8, then what is still missing, F7 and F12. Buttons that cannot be used are gone."""

    def __init__(self) -> None:
        super().__init__()
        self.end_button = Button("Tolak", "F6", "plain", name="end")
        self.pause_button = Button("Jeda", "F4", "plain", name="pause")
        self.back_button = Button("Kembalikan", "F8", "plain", "undo-2", name="send-back")
        self.place_button = Button("", "F5", "plain", "folder-open", name="to-its-place")
        self.print_button = Button("Cetak", "F7", "plain", "printer", name="print")
        self.deed_button = Button("", "F12", "primary", "check", name="deed")
        self.missing = label("", "bodyb", "late")
        self.hint = label("", "caption", "muted")
        self._missing_row = row(pic("x", "late"), self.missing, gap=S2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._frame = action_bar(
            self.end_button,
            self.pause_button,
            self.back_button,
            self._missing_row,
            None,
            self.hint,
            self.print_button,
            self.place_button,
            self.deed_button,
        )
        layout.addWidget(self._frame)
        self.show_nothing()

    def minimumSizeHint(self) -> QSize:
        """Ask for less than the deeds need: words that change must never widen the window."""
        return QSize(look().px(320), look().px(H_ACTIONS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where not all has room, F12 keeps its words; the others fall back to their keys.

        What decides about the file keeps its words longest: nobody refuses by a bare F6.
        """
        side = (self.print_button, self.pause_button, self.back_button, self.end_button)
        for button in side:
            _show_words(button, True)
        self._missing_row.setVisible(bool(self.missing.text()))
        self.hint.setVisible(bool(self.hint.text()))
        for piece in (self.hint, *side, self._missing_row):
            self._frame.updateGeometry()
            if self._frame.sizeHint().width() <= self.width():
                return
            if isinstance(piece, Button):
                _show_words(piece, False)
            else:
                piece.hide()

    def show_nothing(self) -> None:
        """No file, no deeds."""
        for button in (
            self.end_button,
            self.pause_button,
            self.back_button,
            self.print_button,
            self.place_button,
            self.deed_button,
        ):
            button.hide()
        self.show_missing("")
        self.show_hint("")

    def show_request(self, view: RequestView, back_words: str, prints: bool = False) -> None:
        """Show what may be done with a request besides F12. ``back_words`` empty: no F8."""
        ways = endings(view)
        if ways:
            self.end_button.set_words(_END_WORDS[ways[0].act])
        self.end_button.setVisible(bool(ways))
        self.pause_button.set_words("Lanjutkan" if is_paused(view) else "Jeda")
        self.pause_button.setVisible(view.may_pause)
        self.back_button.set_words(back_words)
        self.back_button.setVisible(bool(back_words))
        self.print_button.setVisible(prints)

    def show_deed(self, words: str, glyph: str = "check") -> None:
        """Name F12; empty takes it away."""
        self.deed_button.set_words(words, glyph)
        self.deed_button.setVisible(bool(words))
        self._fit()

    def show_hint(self, text: str) -> None:
        """Say a quiet word beside F7: how many pages on which paper."""
        self.hint.setText(text)
        self._fit()

    def show_place(self, words: str) -> None:
        """Offer F5, the way to where this file is worked on; empty takes it away."""
        self.place_button.set_words(words)
        self.place_button.setVisible(bool(words))
        self._fit()

    def show_missing(self, text: str) -> None:
        """Say in red what stands in the way of the good end."""
        self.missing.setText(text)
        self._missing_row.setVisible(bool(text))
        self._fit()


def _show_words(button: Button, shown: bool) -> None:
    button.words.setHidden(not shown)
    button.setToolTip("" if shown else button.words.text())
    button.updateGeometry()


def back_words_for(view: RequestView, deed: Deed | None) -> str:
    """Give the words of F8: back to the applicant at the first decision, else to an officer."""
    if allowed(view, Act.SEND_BACK) is not None:
        return "Kembalikan" if look().folded else "Kembalikan untuk diperbaiki"
    if deed is not None and allowed(view, Act.FAIL) is not None:
        return "TMS – kembalikan"
    return ""
