"""What is chosen and typed for a monthly report: month, covering letter, obstacles."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from kecamatan_desk.documents.report_values import NATURES, ReportCover
from kecamatan_desk.domain.indonesian import MONTHS
from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import col, label, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S3, S4, S5
from kecamatan_desk.usecases.report import ReportTexts

MONTHS_BACK = 24
_WIDTH = 348  # px at 100 %

Month = tuple[int, int]  # year, month


class ReportForm(QWidget):
    """The left side of the report.

    Signals:
        month_chosen: Another month is chosen.
        edited: Something was typed.
    """

    month_chosen = Signal()
    edited = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.month, self.nature = CalmCombo(), CalmCombo()
        self.number = QLineEdit()
        self.recipient, self.notes = QPlainTextEdit(), QPlainTextEdit()
        self._fill(context)
        self._lay_out()
        self.month.currentIndexChanged.connect(self._note_month)
        self.number.textEdited.connect(self._note_typing)
        self.nature.activated.connect(self._note_typing)
        self.recipient.textChanged.connect(self._note_typing)
        self.notes.textChanged.connect(self._note_typing)

    def _fill(self, context: ScreenContext) -> None:
        day = today(context)
        year, month = day.year, day.month
        for _ in range(MONTHS_BACK):
            self.month.addItem(f"{MONTHS[month - 1]} {year}", (year, month))
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        self.nature.addItems(NATURES)
        self.number.setPlaceholderText("kosong: ditulis tangan")
        self.notes.setPlaceholderText("Satu baris satu kendala. Kosong: dicetak garis-garis.")
        for editor, code, name in (
            (self.month, "month", "Bulan laporan"),
            (self.number, "number", "Nomor surat pengantar"),
            (self.nature, "nature", "Sifat surat pengantar"),
            (self.recipient, "recipient", "Tujuan surat pengantar"),
            (self.notes, "notes", "Kendala dan tindak lanjut"),
        ):
            editor.setObjectName(f"report-{code}")
            editor.setAccessibleName(name)
        for text in (self.recipient, self.notes):
            text.setTabChangesFocus(True)
        self.recipient.setFixedHeight(look().px(112))

    def _lay_out(self) -> None:
        notes = col(self.notes)
        notes.setMinimumHeight(look().px(112))
        form = col(
            _labelled("Bulan laporan", self.month),
            "~4",
            label("Surat pengantar", "bodyb"),
            row((_labelled("Nomor", self.number), 1), _labelled("Sifat", self.nature), gap=S3),
            _labelled("Yth. (satu baris satu unsur)", self.recipient),
            "~4",
            label("Kendala dan tindak lanjut", "bodyb"),
            (notes, 1),
            gap=S3,
            pad=(S5, S4, S5, S4),
        )
        form.setProperty("plane", "surface")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll_area(form))
        self.setFixedWidth(look().px(_WIDTH))

    @property
    def chosen(self) -> Month:
        """The chosen year and month."""
        year, month = self.month.currentData()
        return int(year), int(month)

    @property
    def texts(self) -> ReportTexts:
        """What is typed."""
        number, nature = self.number.text(), self.nature.currentText()
        cover = ReportCover(number, nature, self.recipient.toPlainText())
        return ReportTexts(cover, self.notes.toPlainText())

    def show_texts(self, texts: ReportTexts) -> None:
        """Show what is remembered for the month, without telling."""
        blocked = self.blockSignals(True)
        self.number.setText(texts.cover.number)
        self.nature.setCurrentText(texts.cover.nature)
        self.recipient.setPlainText(texts.cover.recipient)
        self.notes.setPlainText(texts.notes)
        self.blockSignals(blocked)

    @Slot()
    def _note_month(self) -> None:
        self.month_chosen.emit()

    @Slot()
    def _note_typing(self) -> None:
        self.edited.emit()


def _labelled(words: str, editor: QWidget) -> QWidget:
    caption = label(words, "caption", "muted")
    caption.setBuddy(editor)
    part = col(caption, (editor, 1), gap=S1)
    # the style sheet would let an editor of several lines shrink to one
    part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return part
