"""Where to print and how often. Own Indonesian words: Qt ships none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.parts import Button, col, fill, label, pic, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S3, S4, S5

_MOST_COPIES = 20


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """What the user chose. An empty printer means: save the PDF instead."""

    printer: str
    copies: int = 1


class PrintDialog(QDialog):
    """Printers of this PC, copies; saving as PDF is possible unless ``only_paper`` says why not."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        paper: str,
        printers: Sequence[str],
        chosen: str,
        warning: str = "",
        only_paper: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Cetak: {title}")
        self.setModal(True)
        self.saves = False
        self.printers = CalmCombo()
        self.printers.addItems(list(printers))
        self.printers.setAccessibleName("Pencetak")
        self.printers.setCurrentIndex(max(self.printers.findText(chosen), 0))
        self.copies = QLineEdit("1")
        self.copies.setValidator(QIntValidator(1, _MOST_COPIES, self.copies))
        self.copies.setAccessibleName("Rangkap")
        self.copies.setFixedWidth(look().px(72))
        self.print_button = Button("Cetak", "Enter", "primary", "printer", name="print-go")
        self.save_button = Button("Simpan sebagai PDF", "", "plain", "download")
        self.cancel_button = Button("Tidak jadi", "Esc", "plain", name="print-cancel")
        layout = QVBoxLayout(self)
        layout.setSpacing(look().px(S3))
        layout.setContentsMargins(*(look().px(side) for side in (S5, S4, S5, S4)))
        head = row(pic("printer", "accent", 20), (label(title, "head", wrap=True), 1), gap=S3)
        fill(layout, head, label(paper, ink="muted"))
        self.warning = label(warning, ink="warn", wrap=True)
        if warning:
            sign = col(pic("triangle-alert", "warn", 20), None)
            box = row(sign, (self.warning, 1), gap=S3, pad=(S3, S3, S3, S3))
            box.setProperty("chip", "warn")
            fill(layout, box)
        else:
            self.warning.setParent(self)
            self.warning.hide()
        if printers:
            names = label("Pencetak", "caption", "muted")
            names.setBuddy(self.printers)
            number = label("Rangkap", "caption", "muted")
            number.setBuddy(self.copies)
            choice = row(
                (col(names, self.printers, gap=S1), 1), col(number, self.copies, gap=S1), gap=S3
            )
            fill(layout, choice)
            if only_paper:
                fill(layout, label(only_paper, "caption", "muted", wrap=True))
        else:
            self.printers.setParent(self)
            self.printers.hide()
            self.copies.setParent(self)
            self.copies.hide()
            words = only_paper or (
                "Di komputer ini belum ada pencetak. Simpan sebagai PDF, lalu cetak dari komputer "
                "lain; atau pasang pencetak, lalu cetak lagi."
            )
            fill(layout, label(words, wrap=True))
            self.print_button.setEnabled(False)
        deeds = [self.cancel_button, self.save_button, self.print_button]
        if only_paper:
            deeds.remove(self.save_button)
            self.save_button.setParent(self)
            self.save_button.hide()
        buttons = row(None, *deeds, gap=S3)
        fill(layout, "~8", buttons)
        wide = look().px(520)
        self.setMinimumWidth(wide)
        # Qt gives a dialog two thirds of the screen's height: large text would be cut
        self.setMinimumHeight(layout.totalHeightForWidth(wide))
        self.print_button.setDefault(bool(printers))
        self.print_button.clicked.connect(self.accept)
        self.save_button.clicked.connect(self._save)
        self.cancel_button.clicked.connect(self.reject)
        way_out = self.cancel_button if only_paper else self.save_button
        (self.printers if printers else way_out).setFocus()

    @Slot()
    def _save(self) -> None:
        self.saves = True
        self.accept()


def ask(
    parent: QWidget | None,
    title: str,
    paper: str,
    printers: Sequence[str],
    chosen: str,
    warning: str = "",
    only_paper: str = "",
) -> PrintChoice | None:
    """Ask where to print; None when not at all. Tests replace this function.

    ``only_paper``: why this must not become a file, and what to do where nothing prints on paper.
    """
    dialog = PrintDialog(parent, title, paper, printers, chosen, warning, only_paper)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    printer = "" if dialog.saves else dialog.printers.currentText()
    choice = PrintChoice(printer, int(dialog.copies.text() or 1)) if accepted else None
    dialog.deleteLater()
    return choice
