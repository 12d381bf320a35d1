"""The papers of a request: the stored PDF itself, drawn first where it is due and missing."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.page_view import PageView
from kecamatan_desk.ui.parts import Button, label, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.theme import S2, S3, S4
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes
from kecamatan_desk.usecases.values import DocumentRef, RequestView

_NOTHING = "Surat dibuat saat nomor agenda diberikan, lalu tampil di sini seperti akan tercetak."


def newest_first(documents: tuple[DocumentRef, ...]) -> tuple[DocumentRef, ...]:
    """Give the papers as one looks for them: the latest drawn first."""
    return tuple(sorted(documents, key=_drawn, reverse=True))


def _drawn(document: DocumentRef) -> tuple[object, int]:
    return document.created_at, document.id


class LetterPage(QWidget):
    """The Surat tab. Asks for nothing until it is on screen.

    Signals:
        shown: The pages of a paper are on screen.
    """

    shown = Signal()

    def __init__(self, context: ScreenContext, with_bar: bool = True) -> None:
        """``with_bar`` False: the screen has its own deeds and prints through `print_letter`."""
        super().__init__()
        self._context = context
        self._view: RequestView | None = None
        self._on_screen = False
        self._asked: tuple[int, int] | None = None  # request and version whose papers are here
        self._document: DocumentRef | None = None
        self._documents: tuple[DocumentRef, ...] = ()
        self.pages = PageView(context.background)
        self.chooser = CalmCombo()
        self.chooser.setAccessibleName("Surat yang ditampilkan")
        self.summary = label("", "caption", "muted")
        self.print_button = Button("Cetak", "F7", "small", "printer", name="print-letter")
        bar = row(self.chooser, self.summary, None, self.print_button, gap=S3, pad=(S4, S2, S4, S2))
        bar.setProperty("edge", "top")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.pages, 1)
        layout.addWidget(bar)
        bar.setVisible(with_bar)
        self._bar, self._with_bar = bar, with_bar
        self.chooser.currentIndexChanged.connect(self._choose)
        self.print_button.clicked.connect(self.print_letter)
        self.pages.page_changed.connect(self._note_page)
        self.setFocusProxy(self.pages)

    @property
    def document(self) -> DocumentRef | None:
        """The paper that is shown."""
        return self._document

    def show_request(self, view: RequestView) -> None:
        """Take over another request, or the same one as it is now."""
        if self._view is None or self._view.id != view.id:
            self._empty("Surat sedang dibuka …")
        self._view = view
        self._ask()

    def set_on_screen(self, on_screen: bool) -> None:
        """Tell whether the page is looked at: only then papers are fetched."""
        self._on_screen = on_screen
        self._ask()

    @Slot()
    def print_letter(self) -> None:
        """Print the paper shown, on the printer remembered for its kind."""
        if self._document is None or not self.pages.pdf:
            self._context.messages.complained.emit("Belum ada surat untuk dicetak.", None)
            return
        title = self._document.title
        self._context.printing.print_pdf(self, self.pages.pdf, "surat", title)

    def _ask(self) -> None:
        view = self._view
        if view is None or not self._on_screen or self._asked == (view.id, view.version):
            return
        self._asked = (view.id, view.version)
        self._context.background.job(self._take_documents, complete_documents, view.id)

    def _take_documents(self, documents: tuple[DocumentRef, ...]) -> None:
        self._documents = newest_first(documents)
        blocked = self.chooser.blockSignals(True)
        self.chooser.clear()
        for document in self._documents:
            version = f", versi {document.version}" if document.version > 1 else ""
            self.chooser.addItem(document.title + version)
        self.chooser.blockSignals(blocked)
        self.chooser.setVisible(len(self._documents) > 1)
        if self._documents:
            self._choose(0)
        else:
            self._empty(_NOTHING)

    @Slot(int)
    def _choose(self, place: int) -> None:
        if not 0 <= place < len(self._documents):
            return
        document = self._documents[place]
        if document == self._document and self.pages.pdf:
            return
        self._document = document
        self._context.background.job(self._take_bytes, document_bytes, document.id)

    def _take_bytes(self, pdf: bytes) -> None:
        self.pages.show_pdf(pdf, self._document.title if self._document else "")
        self.print_button.setEnabled(True)

    def _empty(self, words: str) -> None:
        self._document, self._documents, self._asked = None, (), None
        self.pages.show_nothing(words)
        self.summary.clear()
        self.print_button.setEnabled(False)
        self.chooser.hide()

    @Slot(int, int)
    def _note_page(self, _page: int, _of: int) -> None:
        self.summary.setText(self.pages.paper)
        self.shown.emit()
