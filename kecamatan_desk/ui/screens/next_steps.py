"""Langkah berikutnya: what an office still needs after its first set-up, and the key to each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, box, col, heading, label, pic, row
from kecamatan_desk.ui.screen import Screen, ScreenContext
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S3, S4, S5
from kecamatan_desk.usecases.next_steps import next_steps
from kecamatan_desk.usecases.next_steps_values import NextStep

_WIDTH = 860  # px at 100 %


class StepLine(QFrame):
    """One step: a tick or what is missing, and the button that leads there.

    Signals:
        chosen: The kind of the entry where it is done.
    """

    chosen = Signal(str)

    def __init__(self, number: int, step: NextStep) -> None:
        super().__init__()
        self.step = step
        glyph, ink = ("circle-check", "ok") if step.done else ("circle-alert", "warn")
        word = "Sudah" if step.done else "Belum"
        self.button = Button("Buka", str(number), "small", name=f"step-{step.code}")
        self.button.setAccessibleName(f"{number}. {step.title}: {word.lower()}. {step.told}")
        self.button.clicked.connect(self._choose)
        words = col(
            label(step.title, "bodyb", wrap=True),
            label(step.told, ink="muted", wrap=True),
            gap=S1,
        )
        state = label(word, "captionb", ink)
        self.setProperty("card", "true")
        layout = QHBoxLayout(self)
        side, top = look().px(S4), look().px(S3)
        layout.setContentsMargins(side, top, side, top)
        mark = row(pic(glyph, ink, 20), state, gap=S3)
        mark.setFixedWidth(look().px(96))
        layout.addWidget(box(look().folded, mark, (words, 1), self.button, gap=S3))

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self.step.entry)


class NextStepsScreen(Screen):
    """A list that only shows; every step is done at its own screen."""

    TITLE = "Langkah berikutnya"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.lines: list[StepLine] = []
        self.title = label("", "title", wrap=True)
        self.words = label(
            "Semua dapat dikerjakan bertahap dan halaman ini selalu ada di sini. Tandanya berubah "
            "sendiri begitu langkahnya selesai.",
            ink="muted",
            wrap=True,
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(look().px(S3))
        held = QWidget()
        held.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 0, 0)
        body = col(self.title, self.words, "~8", held, None, gap=S3, pad=(S5, S5, S5, S5))
        body.setMaximumWidth(look().px(_WIDTH))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(heading(self.TITLE))
        layout.addWidget(scroll_area(row((body, 1), plane="bg")), 1)

    def reload(self) -> None:
        chosen = bool(self.context.printing.preferences.printer("surat"))
        self.background.job(self._show, next_steps, printer_chosen=chosen)

    def first_focus(self) -> QWidget | None:
        waiting = [line for line in self.lines if not line.step.done] or self.lines
        return waiting[0].button if waiting else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.text()
        if number.isdigit() and 0 < int(number) <= len(self.lines):
            self.lines[int(number) - 1].button.click()
        else:
            super().keyPressEvent(event)

    def _show(self, steps: Sequence[NextStep]) -> None:
        inside = any(line.button.hasFocus() for line in self.lines) or self.hasFocus()
        for line in self.lines:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [StepLine(number, step) for number, step in enumerate(steps, 1)]
        for line in self.lines:
            line.chosen.connect(self._go)
            self._list.addWidget(line)
        left = sum(not step.done for step in steps)
        self.title.setText(
            f"{left} dari {len(steps)} langkah belum selesai" if left else "Kantor siap dipakai"
        )
        first = self.first_focus()
        if inside and first is not None:
            first.setFocus()

    @Slot(str)
    def _go(self, entry: str) -> None:
        self.open_entry(None, entry)
