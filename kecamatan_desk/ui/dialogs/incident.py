"""Asks when a breach of data was found, and from which day on to look, for its worksheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.parts import Button, fill, label, pic, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4, S5
from kecamatan_desk.usecases.incident import Incident
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

_WORDS = (
    "Data warga bocor, hilang atau dilihat orang yang tidak berhak? Lembar ini memuat apa yang "
    "harus diberitahukan, kepada siapa dan sampai kapan. Pencetakannya dicatat; yang ditulis "
    "tangan di atasnya tidak disimpan program."
)
_SECTION = Section(
    "Kapan diketahui, dan kegiatan sejak kapan yang dimuat",
    (
        Field("found-day", "Diketahui tanggal", FieldKind.DATE, required=True, span=5),
        Field("found-time", "Jam", FieldKind.TIME, required=True, span=2),
        Field("since", "Kegiatan dimuat sejak", FieldKind.DATE, required=True, span=5),
    ),
)


class IncidentDialog(QDialog):
    """Three fields, filled in; F12 or Enter makes the sheet. It stays until that was done.

    Signals:
        asked: The `Incident`.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None, first: Incident) -> None:
        super().__init__(parent)
        self.setWindowTitle("Lembar insiden data")
        self.setObjectName("incident")
        self.setModal(True)
        px = look().px
        self.form = FieldsForm((_SECTION,))
        self.form.set_values(
            {
                "found-day": first.found_day.isoformat(),
                "found-time": f"{first.found_time:%H:%M}",
                "since": first.since.isoformat(),
            }
        )
        self.problem = label("", "bodyb", "late", wrap=True)
        self.problem.hide()
        self.no_button = Button("Tidak jadi", "Esc", "plain", name="incident-no")
        self.go_button = Button("Cetak lembar", "F12", "primary", "printer", name="incident-go")
        layout = QVBoxLayout(self)
        layout.setSpacing(px(S3))
        layout.setContentsMargins(*(px(side) for side in (S5, S4, S5, S4)))
        sign = pic("triangle-alert", "accent", 20)
        fill(
            layout,
            row(sign, (label("Lembar insiden data", "head"), 1), gap=S3),
            label(_WORDS, wrap=True),
            self.form,
            self.problem,
            row(None, self.no_button, self.go_button, gap=S2),
        )
        self.setMinimumWidth(px(640))
        for button in (self.no_button, self.go_button):
            button.setAutoDefault(False)
        self.no_button.clicked.connect(self.reject)
        self.go_button.clicked.connect(self.go)
        self.form.focus("found-day")

    def event(self, event: QEvent) -> bool:
        """Grow with what is said at a field: a dialog keeps its size and squeezed the field."""
        if event.type() != QEvent.Type.LayoutRequest:
            return super().event(event)
        done, layout = super().event(event), self.layout()
        needed = layout.totalHeightForWidth(self.width()) if layout is not None else 0
        if needed > self.height():
            self.resize(self.width(), needed)
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_F12:
            self.go()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.reject() if focus is self.no_button else self.go()
        else:
            super().keyPressEvent(event)

    @Slot()
    def go(self) -> None:
        """F12: hand over what was typed; what cannot be read is said at its field."""
        self.problem.hide()
        if self.form.check():
            self.go_button.setEnabled(False)
            self.asked.emit(_incident(self.form.values()))

    def show_refusal(self, message: str, field: str | None) -> None:
        """Show why there is no sheet; what was typed stays."""
        self.go_button.setEnabled(True)
        if not self.form.show_error(field or "", message):
            self.problem.setText(message)
            self.problem.show()


def _incident(values: Mapping[str, object]) -> Incident:
    return Incident(
        date.fromisoformat(str(values["found-day"])),
        time.fromisoformat(str(values["found-time"])),
        date.fromisoformat(str(values["since"])),
    )
