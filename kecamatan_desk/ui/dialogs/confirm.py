"""Asks before what cannot be undone."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kecamatan_desk.ui.parts import Button, fill, label, pic, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S3, S4, S5


class ConfirmDialog(QDialog):
    """A question with the deed itself on the button. The way back has the focus."""

    def __init__(self, parent: QWidget | None, title: str, text: str, yes: str, no: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.yes_button = Button(yes, kind="plain", name="confirm-yes")
        self.no_button = Button(no, "Esc", kind="plain", name="confirm-no")
        words = label(text, wrap=True)
        words.setMinimumWidth(look().px(400))
        words.setMaximumWidth(look().px(520))
        layout = QVBoxLayout(self)
        layout.setSpacing(look().px(S3))
        layout.setContentsMargins(*(look().px(side) for side in (S5, S4, S5, S4)))
        head = row(pic("circle-alert", "warn", 20), (label(title, "head", wrap=True), 1), gap=S3)
        fill(layout, head, words, "~8", row(None, self.no_button, self.yes_button, gap=S3))
        self.yes_button.clicked.connect(self.accept)
        self.no_button.clicked.connect(self.reject)
        self.no_button.setDefault(True)
        self.no_button.setFocus()


def ask(parent: QWidget | None, title: str, text: str, yes: str, no: str = "Tidak jadi") -> bool:
    """Ask; True when the user presses *yes*. Esc, Enter and closing mean no.

    *yes* names the deed ("Ya, batalkan nomor"). Tests replace this function.
    """
    dialog = ConfirmDialog(parent, title, text, yes, no)
    answer = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return answer
