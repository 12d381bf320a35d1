"""The middle of the screen of letter texts: whose text it is, the editor, what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from kecamatan_desk.ui.parts import Button, col, label, pic, restyle, row
from kecamatan_desk.ui.screens.text_edit import LetterTextEdit
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4
from kecamatan_desk.usecases.letter_texts import MOST_NOTE
from kecamatan_desk.usecases.letter_trial import TextProblem

_HEAD = 52  # px at 100 %
_SAID = 68  # px at 100 %: three lines of a refusal, so that nothing jumps
_SAID_FOLDED = 44  # two lines: they are longer where the text stands alone


class TextPane(QFrame):
    """The editor with its heading above, and below it the verdict and the note of the change."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("plane", "surface")
        self.editor = LetterTextEdit()
        self.editor.setEnabled(False)
        self.title = label("", "head")
        self.standing = label("", "caption", "muted")
        self.verdict_pic = pic("circle-check", "ok")
        self.verdict = label("", "caption", "muted", wrap=True)
        self.verdict.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.line_button = Button("Ke baris itu", kind="link", name="go-to-line")
        self.line_button.hide()
        self.note_field = QLineEdit()
        self.note_field.setAccessibleName("Apa yang diubah, boleh kosong")
        self.note_field.setPlaceholderText("Apa yang diubah (boleh kosong)")
        self.note_field.setObjectName("change-note")
        self.note_field.setMaxLength(MOST_NOTE)
        self._lay_out()
        self.line_button.clicked.connect(self.go_to_fault)

    def _lay_out(self) -> None:
        head = col(None, self.title, self.standing, None, gap=0, pad=(S4, 0, S3, 0), edge="bottom")
        head.setFixedHeight(look().px(_HEAD))
        said = row(
            col(self.verdict_pic, None),
            (self.verdict, 1),
            col(self.line_button, None),
            pad=(S4, S2, S3, 0),
        )
        said.setFixedHeight(look().px(_SAID_FOLDED if look().folded else _SAID))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(col((self.editor, 1), pad=(S3, S3, S3, 0)), 1)
        layout.addWidget(said)
        note = row((self.note_field, 1), pad=(S3, 0, S3, S3))
        layout.addWidget(note)
        if look().folded:
            note.hide()  # large text leaves room for what is needed

    def show_standing(self, title: str, standing: str) -> None:
        """Say whose text it is and which version is in force."""
        self.title.setText(title)
        self.title.setToolTip(title)
        self.standing.setText(standing)

    def show_problem(self, problem: TextProblem | None) -> None:
        """Say what is wrong and mark its line; None: nothing is."""
        line = problem.line if problem else 0
        self.editor.mark_faulty(line)
        self.line_button.setVisible(line > 0)
        if problem is None:
            self.verdict_pic.show_icon("circle-check", "ok")
            self.verdict.setText("Naskah betul.")
        else:
            self.verdict_pic.show_icon("circle-alert", "late")
            where = f"Baris {line}: " if line else ""
            self.verdict.setText(where + problem.message)
        self.verdict.setToolTip(self.verdict.text() if problem else "")
        restyle(self.verdict, ink="late" if problem else "muted")

    @Slot()
    def go_to_fault(self) -> None:
        """Put the cursor into the faulty line."""
        self.editor.go_to_line(self.editor.faulty)
