"""A field for a length on paper, in mm."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit

from kecamatan_desk.documents.paper_sizes import number
from kecamatan_desk.documents.profiles import BOUNDS
from kecamatan_desk.ui.field_edits import FieldEdit
from kecamatan_desk.workflows.vocabulary import Field


class LengthField(FieldEdit):
    """A length in mm, within what printers and texts allow."""

    editor: QLineEdit

    def __init__(self, code: str, words: str) -> None:
        super().__init__(Field(code, words), QLineEdit())
        self._least, self._most = BOUNDS[code]
        self.editor.setMaxLength(6)
        self.editor.setToolTip(f"{self._least} sampai {self._most} mm")
        self.editor.setAccessibleName(f"{words}, milimeter")
        self.editor.textEdited.connect(self._note_text)
        self.refresh_must()

    def value(self) -> float | None:
        try:
            value = float(self.editor.text().strip().removesuffix("mm").replace(",", "."))
        except ValueError:
            return None
        return round(value, 1) if self._least <= value <= self._most else None

    def problem(self) -> str:
        if self.value() is not None:
            return ""
        return f"{self.field.label}: isi antara {self._least} dan {self._most} mm."

    def show_value(self, value: float) -> None:
        self.editor.setText(number(value))

    @Slot(str)
    def _note_text(self, _text: str) -> None:
        self.set_state("error" if self.problem() else "")
        self._note_edit()
