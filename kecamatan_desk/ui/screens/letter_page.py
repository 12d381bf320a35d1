"""The papers of a request: the stored PDF itself, drawn first where it is due and missing.

Beside it stand its versions and copies and what may be done with it (`letter_side`); what a deed
asks is asked below the pages (`letter_acts`, `letter_strip`).
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.ui.format import moment_text
from kecamatan_desk.ui.page_view import PageView
from kecamatan_desk.ui.parts import label, pic, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.erratum_form import PLACE, ErratumForm
from kecamatan_desk.ui.screens.letter_acts import LetterActs
from kecamatan_desk.ui.screens.letter_side import LetterSide, Version, versions_of
from kecamatan_desk.ui.screens.letter_strip import LetterStrip
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S4
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.errata_letter import erratum_number
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes
from kecamatan_desk.usecases.letter_deeds import LetterDeeds, letter_deeds
from kecamatan_desk.usecases.processing.correcting import ERRATUM
from kecamatan_desk.usecases.values import DocumentRef, Receipt, RequestView

_LEAST = 140  # px at 100 % of the pages that are worth being seen above the strip
_NOTHING = "Surat dibuat saat nomor agenda diberikan, lalu tampil di sini seperti akan tercetak."
_NONE_DRAWN = "Berkas ini hanya dicatat di buku register; suratnya dibuat di luar program."


def newest_first(documents: tuple[DocumentRef, ...]) -> tuple[DocumentRef, ...]:
    """Give the papers as one looks for them: the latest drawn first."""
    return tuple(sorted(documents, key=_drawn, reverse=True))


def in_force(documents: tuple[DocumentRef, ...]) -> tuple[DocumentRef, ...]:
    """Give the newest version of each paper, and every ralat: what may be printed at all."""
    newest = {document.kind: document for document in sorted(documents, key=_version)}
    return tuple(d for d in documents if d.kind == ERRATUM or newest[d.kind] == d)


def printed_as(document: DocumentRef) -> tuple[str, str]:
    """Give as what a paper is printed: its kind for the printer, and what it is called there."""
    if document.form == "pengesahan":
        return "pengesahan", "Blok pengesahan"
    return "surat", document.title


def _version(document: DocumentRef) -> int:
    return document.version


def _drawn(document: DocumentRef) -> tuple[object, int]:
    return document.created_at, document.id


def _papers(desk: Desk, request_id: int, profile: Profile) -> tuple[int, tuple[DocumentRef, ...]]:
    """Complete the papers, on the worker; give whose they are, for answers may be old."""
    return request_id, complete_documents(desk, request_id, profile)


def _bytes(desk: Desk, document_id: int) -> tuple[int, bytes]:
    return document_id, document_bytes(desk, document_id)


class LetterPage(QWidget):
    """The Surat tab. Asks for nothing until it is on screen.

    Signals:
        shown: The pages of a paper are on screen, or the word that none is drawn here.
    """

    shown = Signal()

    def __init__(self, context: ScreenContext, with_bar: bool = True) -> None:
        """``with_bar`` False: the screen has its own deeds and prints through `print_letter`."""
        super().__init__()
        self._context = context
        self._with_deeds = with_bar
        self._view: RequestView | None = None
        self._on_screen = False
        self._asked: tuple[int, int] | None = None  # request and version whose papers are here
        self._document: DocumentRef | None = None
        self._none_drawn = False
        self._versions: tuple[Version, ...] = ()
        self._deeds: LetterDeeds | None = None
        self.pages = PageView(context.background)
        self.side = LetterSide()
        self.strip = LetterStrip()
        self.erratum = ErratumForm(context)
        self.acts = LetterActs(context, self.strip, self)
        self.banner_text = label("", "bodyb", "warn", wrap=True)
        self._lay_out()
        self._connect()
        self.summary, self.print_button = self.side.summary, self.side.print_button
        self.side.setVisible(with_bar)

    def _lay_out(self) -> None:
        self.banner = row(
            pic("circle-alert", "warn"),
            (self.banner_text, 1),
            gap=S2,
            pad=(S4, S1, S4, S1),
            plane="surface",
            edge="bottom",
        )
        self.banner.hide()
        self.faces = QStackedWidget()
        self.faces.addWidget(self.pages)
        self.faces.addWidget(self.erratum)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self.faces, 1)
        right.addWidget(self.strip)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.side)
        layout.addLayout(right, 1)

    def _connect(self) -> None:
        side, acts = self.side, self.acts
        side.chosen.connect(self._choose)
        side.print_button.clicked.connect(self.print_letter)
        side.print_button.refused.connect(self.print_letter)
        side.copy_button.clicked.connect(acts.ask_copy)
        side.fit_button.clicked.connect(acts.ask_fit)
        side.paper_button.clicked.connect(acts.ask_paper)
        side.signer_button.clicked.connect(acts.ask_signer)
        side.erratum_button.clicked.connect(self.open_erratum)
        acts.redrawn.connect(self._fetch_again)
        self.strip.opened.connect(self._share_room)
        self.strip.closed.connect(self._back_to_pages)
        self.erratum.closed.connect(self._leave_erratum)
        self.erratum.issued.connect(self._note_erratum)
        self.pages.page_changed.connect(self._note_page)

    @property
    def document(self) -> DocumentRef | None:
        """The paper that is shown."""
        return self._document

    @property
    def none_drawn(self) -> bool:
        """Whether the file has its number and the office writes its letter outside the program."""
        return self._none_drawn

    def show_request(self, view: RequestView) -> None:
        """Take over another request, or the same one as it is now."""
        if self._view is None or self._view.id != view.id:
            self.erratum.put_away()
            self.strip.close_up()
            self._empty("Surat sedang dibuka …")
        self._view = view
        self._ask()

    def set_on_screen(self, on_screen: bool) -> None:
        """Tell whether the page is looked at: only then papers are fetched."""
        self._on_screen = on_screen
        self._ask()

    def refuse(self, message: str, field: str | None) -> bool:
        """Show a refusal where it belongs; False when it does not belong here."""
        self.strip.free()
        if self.erratum.is_open:
            return self.erratum.refuse(message, field)
        if self.strip.asked is not None and field == "alasan":
            self.strip.refuse(message)
            return True
        return False

    @Slot()
    def print_letter(self) -> None:
        """Print the paper shown, on the printer remembered for its kind, while it is no copy."""
        document, complained = self._document, self._context.messages.complained
        if document is None or not self.pages.pdf:
            complained.emit("Belum ada surat untuk dicetak.", None)
            return
        version = next(one for one in self._versions if one.document.id == document.id)
        if version.replaced:
            complained.emit(
                f"Versi {document.version} sudah diganti versi {version.newest}. Versi lama hanya "
                f"dapat dibaca; pilih versi {version.newest} di daftar, lalu cetak.",
                None,
            )
        elif not document.first_print:
            complained.emit(
                "Surat ini sudah diserahkan atau batal: cetakannya salinan bernomor. Pakai tombol "
                "Salinan pada tab Surat.",
                None,
            )
        else:
            kind, title = printed_as(document)
            self._context.printing.print_pdf(self, self.pages.pdf, kind, title)

    @Slot()
    def open_erratum(self) -> None:
        """*Ralat*: open the form of the data in place of the pages."""
        view = self._view
        if view is None:
            return
        made = sum(one.document.kind == ERRATUM for one in self._versions)
        self.strip.close_up()
        self._turn_to(self.erratum)
        self.erratum.open_for(view, erratum_number(view.letter_number, made + 1))

    # The papers

    def _ask(self) -> None:
        view = self._view
        if view is None or not self._on_screen or self._asked == (view.id, view.version):
            return
        self._asked = (view.id, view.version)
        profile = self._context.printing.profile("surat")
        self._context.background.job(self._take_papers, _papers, view.id, profile)

    @Slot()
    def _fetch_again(self) -> None:
        self._asked = None
        self._ask()

    def _take_papers(self, answer: tuple[int, tuple[DocumentRef, ...]]) -> None:
        request_id, documents = answer
        if self._view is None or self._view.id != request_id:
            return  # the user has gone on to another file meanwhile
        papers = newest_first(documents)
        zone = self._context.zone
        known = {one.document.id for one in self._versions}
        self._versions = versions_of(papers, zone, today(self._context))
        if not papers:
            numbered = self._view.agenda_number is not None
            self._empty(_NONE_DRAWN if numbered else _NOTHING)
            self._none_drawn = numbered
            self.shown.emit()
            return
        new = {document.id for document in papers} - known
        at = 0
        if self._document is not None and not new:  # nothing new: what is read stays
            at = next((n for n, one in enumerate(papers) if one.id == self._document.id), 0)
        self.side.show_versions(self._versions, at)
        self._choose(papers[at])

    @Slot(object)
    def _choose(self, document: DocumentRef) -> None:
        same = self._document is not None and self._document.id == document.id
        self._document = document
        self._show_banner(document)
        if self._with_deeds:
            self._context.background.query(self._take_deeds, letter_deeds, document.id)
        if not (same and self.pages.pdf):
            self._context.background.job(self._take_bytes, _bytes, document.id)

    def _take_bytes(self, answer: tuple[int, bytes]) -> None:
        document_id, pdf = answer
        if self._document is not None and self._document.id == document_id:
            self.pages.show_pdf(pdf, self._document.title)

    def _take_deeds(self, deeds: LetterDeeds) -> None:
        if self._document is None or self._document.id != deeds.document_id:
            return
        self._deeds = deeds
        self.side.show_deeds(deeds)
        if deeds.copies:
            self._show_copies(deeds)
        self.acts.take(self._view, self._document, deeds)
        self._go_on_with_erratum()

    def _show_copies(self, deeds: LetterDeeds) -> None:
        zone, day = self._context.zone, today(self._context)
        lines = tuple(
            f"Salinan ke-{copy.number}, {moment_text(copy.made_at, zone, day)}, {copy.who}: "
            f"{copy.reason}"
            for copy in deeds.copies
        )
        at = next(n for n, v in enumerate(self._versions) if v.document.id == deeds.document_id)
        versions = list(self._versions)
        versions[at] = replace(versions[at], copies=lines)
        self._versions = tuple(versions)
        self.side.show_versions(self._versions, at)

    def _show_banner(self, document: DocumentRef) -> None:
        version = next((one for one in self._versions if one.document.id == document.id), None)
        replaced = version is not None and version.replaced
        if version is not None and replaced:
            self.banner_text.setText(
                f"Versi {document.version} sudah diganti versi {version.newest}: hanya untuk "
                "dibaca."
            )
        self.banner.setVisible(replaced)

    def _empty(self, words: str) -> None:
        self._document, self._versions, self._asked = None, (), None
        self._none_drawn = False
        self.pages.show_nothing(words)
        self.banner.hide()
        self.side.show_versions((), 0)
        self.side.summary.clear()
        self.side.show_deeds(None)
        self.acts.take(None, None, None)

    @Slot(int, int)
    def _note_page(self, _page: int, _of: int) -> None:
        self.side.summary.setText(self.pages.paper)
        self.shown.emit()

    # The ralat

    def _go_on_with_erratum(self) -> None:
        """A ralat that was being written when the file was left is opened again."""
        view = self._view
        if view is None or self.erratum.is_open or not self.side.erratum_button.isEnabled():
            return
        if self._context.pad.get(PLACE, view.id) is not None:
            self.open_erratum()

    def _turn_to(self, face: QWidget) -> None:
        """The form has the whole width: its narrow fields are read in it."""
        self.faces.setCurrentWidget(face)
        self._share_room()
        self.banner.setVisible(self.banner.isVisible() and face is self.pages)

    @Slot()
    def _leave_erratum(self) -> None:
        self._turn_to(self.pages)
        self.side.erratum_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _note_erratum(self, _receipt: Receipt) -> None:
        self._turn_to(self.pages)
        self._context.messages.said.emit(
            "Surat Ralat diterbitkan. Cetak, mintakan tanda tangan, lalu serahkan.", None
        )
        self._fetch_again()

    # The strip

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the pages. As a focus proxy Tab would skip the deeds beside them."""
        super().focusInEvent(event)
        self.pages.setFocus(event.reason())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    @Slot()
    def _share_room(self) -> None:
        """Where the window is low, the pages make way while something is asked below them."""
        asking = self.strip.asked is not None
        high = self.strip.sizeHint().height() + look().px(_LEAST)
        self.faces.setHidden(asking and self.height() < high)
        beside = not (asking and look().folded) and self.faces.currentWidget() is self.pages
        self.side.setVisible(self._with_deeds and beside)

    @Slot()
    def _back_to_pages(self) -> None:
        self._share_room()
        if self.isVisible():
            self.pages.setFocus(Qt.FocusReason.OtherFocusReason)
