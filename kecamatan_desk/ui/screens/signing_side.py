"""Beside the letter: whose it is, who has passed it, what the checklist says, the time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import monotonic

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kecamatan_desk.ui.format import chip_of, moment_text, of_norm, ticked
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, chip, col, key, label, pic, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.deed_bar import is_paused
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S4
from kecamatan_desk.usecases.values import ChecklistLine, RequestView, StepView

WIDTH = 256  # px at 100 %
_TICK = 1000  # ms
_NAMED = (
    "Surat ini memuat nama {}. Bila orang lain yang menandatangani, surat dibuat ulang dengan "
    "namanya dan harus dicetak lagi."
)
_VERBS: Mapping[str, str] = {
    "terima": "menerima berkas",
    "verifikasi": "memverifikasi",
    "register": "memberi nomor",
    "ajukan-ttd": "memaraf",
    "tanda-tangan": "menandatangani",
}
_MARKS = {
    "ada": ("check", "ok"),
    "tidak-ada": ("x", "late"),
    "tidak-diperlukan": ("minus", "muted"),
    "": ("minus", "muted"),
}


def passed(steps: Sequence[StepView]) -> tuple[StepView, ...]:
    """Give the steps an officer has finished."""
    return tuple(step for step in steps if step.state == "done" and step.by)


def summary(lines: Sequence[ChecklistLine]) -> str:
    """Give `6 ada, 1 tidak diperlukan`."""
    there = sum(line.answer == "ada" for line in lines)
    missing = sum(line.answer == "tidak-ada" for line in lines)
    spare = sum(line.answer == "tidak-diperlukan" for line in lines)
    parts = [f"{there} ada"]
    if missing:
        parts.append(f"{missing} tidak ada")
    if spare:
        parts.append(f"{spare} tidak diperlukan")
    return ", ".join(parts)


class SigningSide(QFrame):
    """The side panel of the signing round."""

    def __init__(self, context: ScreenContext, with_papers: bool) -> None:
        """``with_papers``: the checklist line by line, not only its sum (Kasi, Sekcam)."""
        super().__init__()
        self._context = context
        self._with_papers = with_papers
        self._view: RequestView | None = None
        self._shown_at = monotonic()
        self.place = label("", "head")
        self.name = label("", "bodyb", wrap=True)
        self.title = label("", ink="muted", wrap=True)
        self.note = label("", "captionb", "warn", wrap=True)
        self.trail = _Lines()
        self.papers = _Lines()
        self.chip = chip("ok", "")
        self.clock = label("", "caption", "muted", wrap=True)
        self.open_button = Button("Buka berkas", "F5", "link", name="open-file")
        self.pause_button = Button("Jeda", "F4", "link", name="pause-here")
        self.signer = label("", "captionb", "warn", wrap=True)
        self._note_row = row(pic("undo-2", "warn"), (self.note, 1), gap=S2)
        self._signer_row = row(pic("triangle-alert", "warn"), (self.signer, 1), gap=S2)
        body = col(
            self.place,
            self.name,
            self.title,
            self._note_row,
            self._signer_row,
            "~8",
            label("Sudah dilalui", "captionb", "muted"),
            self.trail,
            "~8",
            label("Ceklis", "captionb", "muted"),
            self.papers,
            row(self.open_button, None),
            "~8",
            label("Waktu", "captionb", "muted"),
            row(self.chip, None),
            self.clock,
            row(self.pause_button, None),
            None,
            row(key("Spasi"), label("gulung surat", "caption", "muted"), None, gap=S2),
            row(key("↑"), key("↓"), label("surat lain", "caption", "muted"), None, gap=S2),
            gap=S2,
            pad=(S4, S4, S4, S4),
            plane="surface",
        )
        self.setProperty("plane", "surface")
        self.setProperty("edge", "left")
        self.setFixedWidth(look().px(WIDTH))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll_area(body, "Keterangan surat"))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._tick)

    def show_request(self, view: RequestView, place: int, of: int, title: str) -> None:
        """Show a letter's way; *place* of *of* in the folder (0: it was searched for)."""
        self._view, self._shown_at = view, monotonic()
        self.place.setText(f"Surat {place} dari {of}" if place else "Surat yang dicari")
        self.name.setText(view.applicant)
        self.title.setText(title)
        self.note.setText(view.returned_note)
        self._note_row.setVisible(bool(view.returned_note))
        self.signer.setText(_NAMED.format(view.named_signer))
        self._signer_row.setVisible(bool(view.signs_over))
        self._show_trail(view)
        self._show_papers(view.checklist)
        self.pause_button.set_words("Lanjutkan" if is_paused(view) else "Jeda")
        self.pause_button.setVisible(view.may_pause)
        self._tick()
        if view.clock.running:
            self._timer.start()
        else:
            self._timer.stop()

    def _show_trail(self, view: RequestView) -> None:
        zone, day = self._context.zone, today(self._context)
        self.trail.clear()
        for step in passed(view.steps):
            verb = _VERBS.get(step.code, step.word.lower())
            if step.code == "register" and view.agenda_number is not None:
                verb += f" {view.agenda}"
            when = f", {moment_text(step.at, zone, day)}" if step.at else ""
            self.trail.add("check", "ok", step.by, f"{verb}{when}")

    def _show_papers(self, lines: Sequence[ChecklistLine]) -> None:
        self.papers.clear()
        failing = any(line.answer == "tidak-ada" for line in lines)
        self.papers.add("x" if failing else "check", "late" if failing else "ok", summary(lines))
        if self._with_papers:
            for line in lines:
                glyph, ink = _MARKS[line.answer]
                self.papers.add(glyph, ink, "", line.name)

    @Slot()
    def _tick(self) -> None:
        if self._view is None:
            return
        clock = ticked(self._view.clock, monotonic() - self._shown_at)
        look_now = chip_of(clock)
        if look_now.text != self.chip.accessibleName():
            self.chip.show_chip(*look_now)
        self.clock.setText(of_norm(clock))


class _Lines(QFrame):
    """Lines with a glyph: a bold name, a muted word below, or one of them."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(look().px(S1))

    def clear(self) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def add(self, glyph: str, ink: str, name: str, more: str = "") -> None:
        words = col(gap=0)
        for text, kind, ink_ in ((name, "captionb", "text"), (more, "caption", "muted")):
            layout = words.layout()
            if text and layout is not None:
                layout.addWidget(label(text, kind, ink_, wrap=True))
        line = row(pic(glyph, ink), (words, 1), gap=S2)
        line.setAccessibleName(f"{name} {more}".strip())
        self._layout.addWidget(line)
