"""Requests put away before they could get a file code: on the pad, in no list but this one.

A full disk or a clock in doubt refuses the first save of a draft. What was typed is on the pad
then; it is offered on the start page until it is a draft, or thrown away.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout
from shiboken6 import isValid

from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.parts import Button, col, label, pic, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.draft_keeper import DraftKeeper
from kecamatan_desk.ui.screens.draft_start import PUT_AWAY
from kecamatan_desk.ui.services import service_short
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4

_MOST = 4  # lines; the latest ones
_LATER = "Belum mendapat kode berkas; ketikannya tersimpan."


class _Line(QFrame):
    """One of them: whose, which service, and the ways on.

    Signals:
        chosen, thrown: Go on with this place of the pad, or throw it away.
    """

    chosen = Signal(str)
    thrown = Signal(str)

    def __init__(self, place: str, body: Mapping[str, Any]) -> None:
        super().__init__()
        self._place = place
        who = str(body.get("name", "")) or "Tanpa nama"
        what = service_short(str(body.get("service", "")))
        self.button = Button("Lanjutkan", "", "small", "pen-line", name="go-on-begun")
        self.button.setAccessibleName(f"Lanjutkan permohonan {what}, {who}")
        self.throw_button = Button("Buang", "", "small", "trash-2", name="throw-begun")
        self.throw_button.setAccessibleName(f"Buang permohonan {what}, {who}")
        self.button.clicked.connect(self._choose)
        self.throw_button.clicked.connect(self._throw)
        words = col(label(who, wrap=True), label(what, "caption", "muted", wrap=True), gap=0)
        buttons = (self.button, self.throw_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        if look().folded:
            layout.addWidget(col(words, row(*buttons, None), gap=S2))
        else:
            layout.addWidget(row(pic("pen-line", "accent", 20), (words, 1), *buttons, gap=S3))

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self._place)

    @Slot()
    def _throw(self) -> None:
        self.thrown.emit(self._place)


class BegunDrafts(QFrame):
    """A card with a line for each; hidden without any.

    Signals:
        chosen: Go on with this place of the pad.
    """

    chosen = Signal(str)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._keepers: dict[str, DraftKeeper] = {}  # place -> who still tries to store it
        self._shown: tuple[str, ...] = ()
        self.lines: list[_Line] = []
        self._body: QFrame | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def keep(self, keeper: DraftKeeper, body: Mapping[str, Any]) -> None:
        """Keep one that is put away, until its keeper tells that it is a draft."""
        place = PUT_AWAY + keeper.save_id
        self._keepers[place] = keeper
        self._context.pad.put(place, 0, body)
        if not keeper.on_disk:  # else it is a draft in a moment, and stands in no list twice
            self.reload()

    @Slot(str)
    def note_stored(self, save_id: str) -> None:
        """It has a file code now and stands among the drafts."""
        place = PUT_AWAY + save_id
        self._keepers.pop(place, None)
        self._context.pad.drop(place)
        self.reload()

    def let_go(self, place: str) -> None:
        """Somebody goes on with it: its keeper must not save over him."""
        keeper = self._keepers.pop(place, None)
        if keeper is not None and isValid(keeper):
            keeper.end()

    @Slot()
    def reload(self) -> None:
        """Show what lies on the pad now, the latest first."""
        pad = self._context.pad
        found = tuple(reversed(pad.places(PUT_AWAY)))[:_MOST]
        if found == self._shown:
            return
        self._shown = found
        if self._body is not None:
            self._layout.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self.lines = [self._line(place, pad.get(place) or {}) for place in found]
        self._body = col(
            label("Permohonan yang belum selesai diketik", "bodyb"),
            label(_LATER, "caption", "muted", wrap=True),
            *self.lines,
            gap=S2,
            card="true",
            pad=(S4, S3, S4, S3),
        )
        self._layout.addWidget(self._body)
        self.setVisible(bool(found))

    def _line(self, place: str, body: Mapping[str, Any]) -> _Line:
        line = _Line(place, body)
        line.chosen.connect(self._go_on)
        line.thrown.connect(self._throw)
        return line

    @Slot(str)
    def _go_on(self, place: str) -> None:
        self.chosen.emit(place)
        self.reload()

    @Slot(str)
    def _throw(self, place: str) -> None:
        sure = confirm.ask(
            self.window(),
            "Buang yang diketik?",
            "Permohonan ini belum mendapat kode berkas. Yang diketik dihapus dan tidak dapat "
            "dikembalikan.",
            "Ya, buang",
        )
        if sure:
            self.let_go(place)
            self._context.pad.drop(place)
            self.reload()
