"""Nomor sisipan: the strip in which the register officer asks for a number dated earlier.

Day and reason; what the letter would bear is shown before anything is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.ui.field_edits import LineField
from kecamatan_desk.ui.parts import Button, box, col, label, restyle, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4, S5
from kecamatan_desk.usecases.inserting import InsertedNumber
from kecamatan_desk.usecases.proposals import MOST_REASON
from kecamatan_desk.workflows.vocabulary import Field, FieldKind

_DAY = Field("tanggal", "Tanggal surat", FieldKind.DATE, required=True)
_WIDE, _PATIENCE = 148, 250  # px at 100 %; ms after the last letter of a date


class InsertForm(QFrame):
    """The strip above the deeds; F12 asks for the number while it is open.

    Signals:
        day_given: A day was typed (a date): time to ask what number it would be.
        edited: Something was typed: time to keep it.
        submitted: Enter in the reason: the same as F12.
        closed: It was closed without a deed.
    """

    day_given = Signal(object)
    edited = Signal()
    submitted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_open = False
        self.title = label("Usulkan nomor sisipan: surat bertanggal lebih awal", "bodyb")
        self.close_button = Button("Tidak jadi", "Esc", "link", name="insert-close")
        self.when = LineField(_DAY)
        self.reason = QLineEdit()
        self.reason.setObjectName("insert-reason")
        self.reason.setAccessibleName("Alasan, wajib")
        self.reason.setMaxLength(MOST_REASON)
        self.reason.setPlaceholderText(
            "misalnya: surat sudah ditandatangani tanggal itu, belum dicatat"
        )
        self.preview = label("", "caption", "muted", wrap=True)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE)
        self._lay_out()
        self._wait.timeout.connect(self._tell_day)
        self.close_button.clicked.connect(self.close_up)
        self.when.edited.connect(self._note_day)
        self.reason.returnPressed.connect(self.submitted)
        self.reason.textEdited.connect(self._forgive)
        self.hide()

    def _lay_out(self) -> None:
        px = look().px
        self.setProperty("plane", "surface")
        self.setProperty("edge", "top")
        self.when.setFixedWidth(px(_WIDE))
        caption = label("Alasan", "caption", "muted")
        caption.setBuddy(self.reason)
        self._must = label("wajib", "caption", "accent")
        why = col(row(caption, self._must, None, gap=S2), self.reason, None, gap=S1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(px(side) for side in (S5, S3, S5, S3)))
        layout.setSpacing(px(S2))
        layout.addWidget(row(self.title, None, self.close_button))
        layout.addWidget(box(look().folded, col(self.when, None), (why, 1), gap=S4))
        layout.addWidget(self.preview)

    # What the screen asks

    def ask(self, kept: Mapping[str, Any], *, calmly: bool = False) -> None:
        """Open with what was typed before, the keyboard on the day; ``calmly``: where it is."""
        self.is_open = True
        self.when.show_raw(kept.get("day", ""))
        self.reason.setText(str(kept.get("reason", "")))
        self.say("Nomornya: nomor terakhir pada tanggal itu, ditambah huruf. Nomor urut tetap.")
        if self.day is not None:
            self._wait.start()
        self.show()
        if not calmly:
            self.when.setFocus(Qt.FocusReason.TabFocusReason)

    def typed(self) -> Mapping[str, Any]:
        """Give what is typed, readable or not."""
        return {"day": self.when.raw(), "reason": self.reason.text()}

    @property
    def day(self) -> date | None:
        """The day typed, when it can be read."""
        value = self.when.value()
        return date.fromisoformat(value) if value else None

    def show_preview(self, found: InsertedNumber) -> None:
        """Show what the letter would bear, if the day is still the same."""
        if found.day == self.day:
            self.say(
                f"Akan menjadi {found.agenda} (sesudah {found.base}), nomor surat "
                f"{found.letter_number}, tanggal {long_date(found.day)}. Penandatangan: "
                f"{found.signatory}"
            )

    def answer(self) -> tuple[date, str] | None:
        """Give day and reason; None (and say so here) when one is missing."""
        day = self.day
        if day is None:
            self.when.set_state("error")
            self.say(self.when.problem() or "Tanggal surat belum diisi.", wrong=True)
            self.when.setFocus(Qt.FocusReason.TabFocusReason)
            return None
        reason = self.reason.text().strip()
        if not reason:
            self.say("Alasan belum ditulis.", wrong=True)
            restyle(self.reason, state="error")
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
            return None
        return day, reason

    def refuse(self, message: str, field: str | None) -> None:
        """Show why it cannot be, beside the day; nothing typed is lost."""
        if field == "tanggal":
            self.when.set_state("error")
        self.say(message, wrong=True)

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Show a sentence under the fields."""
        self.preview.setText(words)
        restyle(self.preview, ink="late" if wrong else "muted")

    @Slot()
    def close_up(self) -> None:
        """Close without a deed."""
        if self.is_open:
            self.is_open = False
            self._wait.stop()
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    # Inside

    @Slot(str)
    def _note_day(self, _code: str) -> None:
        self.when.set_state("")
        self._wait.start()
        self.edited.emit()

    @Slot()
    def _tell_day(self) -> None:
        if self.is_open and self.day is not None:
            self.day_given.emit(self.day)

    @Slot(str)
    def _forgive(self, _text: str) -> None:
        restyle(self.reason, state="")
        self.edited.emit()
