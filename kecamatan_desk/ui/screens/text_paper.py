"""The letter as the typed text would print it, for one of the invented people."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout

from kecamatan_desk.ui.page_view import PageView
from kecamatan_desk.ui.parts import label, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.text_work import PEOPLE, Asked, drawn_preview
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S3, S4
from kecamatan_desk.usecases.letter_trial import TextPreview

_WIDE = 400  # px at 100 %: the least width
_HEAD = 52  # px at 100 %: as high as the heading of the text
_WAITS = "Surat tergambar setelah naskahnya betul."


class TextPaper(QFrame):
    """Draws on the worker of papers, one at a time; an answer to an older text is dropped.

    Signals:
        tried: What is wrong with the text that was drawn last (a `TextProblem`), or None.
    """

    tried = Signal(object)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._kind = self._body = ""
        self._busy = self._again = False
        self._drawn = ""  # the kind of the letter in sight
        self._place = 0  # where in it to go on looking
        self.paper = PageView(context.background)
        self.people = QComboBox()
        self.people.setAccessibleName("Orang contoh")
        for _, words in PEOPLE:
            self.people.addItem(words)
        self.note = label("", "caption", "muted")
        head = row((self.people, 1), self.note, gap=S3, pad=(S4, 0, S4, 0), edge="bottom")
        head.setFixedHeight(look().px(_HEAD))
        head.setProperty("plane", "surface")
        self.setProperty("edge", "left")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.paper, 1)
        if not look().folded:
            self.setMinimumWidth(look().px(_WIDE))
        self.people.currentIndexChanged.connect(self._note_person)
        self.paper.page_changed.connect(self._note_page)

    def draw_text(self, kind: str, body: str) -> None:
        """Draw a text as it is typed; what is being drawn is finished first, and not shown."""
        self._kind, self._body = kind, body
        if self._busy:
            self._again = True
            return
        self._busy = True
        person = PEOPLE[self.people.currentIndex()][0]
        profile = self._context.printing.profile("surat")
        asked = Asked(kind, body, person, profile)
        self._context.background.print_job(self._show, drawn_preview, asked)

    def give_up(self) -> None:
        """Forget what was asked: it was refused."""
        self._busy = self._again = False

    @Slot(int)
    def _note_person(self, _place: int) -> None:
        if self._kind:
            self.draw_text(self._kind, self._body)

    def _show(self, answer: tuple[Asked, TextPreview]) -> None:
        asked, shown = answer
        self._busy = False
        if self._again:
            self._again = False
            self.draw_text(self._kind, self._body)
            return
        same = asked.kind == self._drawn
        if shown.problem is None:
            self._place = self.paper.verticalScrollBar().value() if same else 0
            self._drawn = asked.kind
            self.paper.show_pdf(shown.pdf, "contoh surat")
            self.note.setText(self.paper.paper)
        elif same:
            self.note.setText("sebelum kesalahan")
        else:
            self._drawn = ""
            self.paper.show_nothing(_WAITS)
            self.note.setText("")
        self.tried.emit(shown.problem)

    @Slot(int, int)
    def _note_page(self, _page: int, _pages: int) -> None:
        """Keep the place in the letter over a new drawing: one looks at what one writes."""
        place, self._place = self._place, 0
        if place:
            self.paper.verticalScrollBar().setValue(place)
        if self._drawn and not self.note.text().startswith("sebelum"):
            self.note.setText(self.paper.paper)
