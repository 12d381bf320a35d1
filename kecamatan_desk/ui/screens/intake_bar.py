"""The deeds of the new-request form: F8, Ctrl+T and F12, and when the draft was saved."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kecamatan_desk.ui.parts import Button, action_bar, label, pic, restyle, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import H_ACTIONS

TAKE, TAKE_NEXT = "Terima permohonan – cetak tanda terima", "Terima permohonan – berkas berikutnya"
PASS, FAIL, OPEN = "Berkas lengkap – teruskan", "TMS – kembalikan", "Buka map titipan"


class IntakeBar(QFrame):
    """Where not all has room F12 keeps its words; the others fall back to their keys."""

    def __init__(self) -> None:
        super().__init__()
        self.take_button = Button(TAKE, "F12", "primary", "printer", name="take-in")
        self.fail_button = Button(FAIL, "F8", "plain", "undo-2", name="fail")
        self.further_button = Button("Tambah layanan", "Ctrl+T", "plain", "plus", name="further")
        self.saved = label("", ink="muted")
        self._saved_pic = pic("check", "ok")
        self._saved_row = row(self._saved_pic, self.saved)
        self._kept = True
        self._wants_saved = False
        self._bar = action_bar(
            self._saved_row, None, self.fail_button, self.further_button, self.take_button
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._bar)

    def minimumSizeHint(self) -> QSize:
        """Ask for less than the deeds need: words that change must never widen the window."""
        return QSize(look().px(200), look().px(H_ACTIONS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def show_saved(self, text: str, *, kept: bool = True) -> None:
        """Say which draft is on disk, and since when; empty: none is.

        *kept* false: it is not, and that is said whatever else has no room.
        """
        self._kept = kept
        self.saved.setText(text)
        self._saved_pic.show_icon("check" if kept else "circle-alert", "ok" if kept else "late")
        restyle(self.saved, ink="muted" if kept else "late", type="body" if kept else "bodyb")
        self.fit()

    def show_deeds(self, form: bool, asking: bool, decides: bool, in_folder: bool) -> None:
        """Name the deeds: of the form, of the question for a folder, or none."""
        words, glyph = (PASS, "check") if decides else (TAKE, "printer")
        if in_folder and not decides:
            words, glyph = TAKE_NEXT, "check"
        if asking:
            words, glyph = OPEN, "folder-open"
        self.take_button.set_words(words, glyph)
        self.take_button.setEnabled(form or asking)
        self.take_button.setVisible(form or asking or not look().folded)
        self.fail_button.setVisible(form and decides and not asking)
        self.further_button.setVisible(form and not asking)
        self._wants_saved = form and not asking
        self.fit()

    def fit(self) -> None:
        """Leave words away, the least needed first, until all has room."""
        side = (self.further_button, self.fail_button)
        for button in side:
            _show_words(button, True)
        self._saved_row.setVisible(self._wants_saved and bool(self.saved.text()))
        pieces = (self._saved_row, *side) if self._kept else side
        for piece in pieces:
            for changed in (self.saved, self._saved_row, self._bar):
                changed.updateGeometry()  # words in another type have another width
            if self._bar.sizeHint().width() <= self.width():
                return
            if isinstance(piece, Button):
                _show_words(piece, False)
            else:
                piece.hide()


def _show_words(button: Button, shown: bool) -> None:
    button.words.setHidden(not shown)
    button.setToolTip("" if shown else button.words.text())
    button.updateGeometry()
