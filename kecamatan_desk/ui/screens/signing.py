"""The signing round: the letters of the folder one after another, each as it will be printed."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from kecamatan_desk.domain.indonesian import clock
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.parts import row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.deed_bar import back_words_for
from kecamatan_desk.ui.screens.deeds import allowed, deed_for
from kecamatan_desk.ui.screens.file_list import FileListScreen
from kecamatan_desk.ui.screens.letter_page import LetterPage
from kecamatan_desk.ui.screens.request_panel import LETTER, RequestPanel
from kecamatan_desk.ui.screens.signing_side import SigningSide
from kecamatan_desk.ui.services import service_label
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.lookups import opened_view
from kecamatan_desk.usecases.values import Receipt, RequestView
from kecamatan_desk.workflows.engine import Act

_SIGNING = frozenset({"tanda-tangan", "ajukan-ttd"})
_OVER = (
    "Surat ini memuat nama {}. Bila Anda yang menandatangani sebagai {}, surat dibuat ulang dengan "
    "nama Anda, nomor dan tanggalnya tetap, dan harus dicetak lagi."
)
_OVER_BOOK = (
    "Yang akan menandatangani: {}. Bila Anda yang menandatangani sebagai {}, buku register "
    "menyebut Anda."
)
_OVER_YES = "Ya, saya yang menandatangani"
_BARRED = "Anda memverifikasi berkas ini; atasan yang menandatangani."


class SigningScreen(FileListScreen):
    """Map Tanda Tangan of Kasi, Sekcam or Camat. ↑ ↓ other letters, Space scrolls the letter."""

    TITLE = "Map Tanda Tangan"
    WIDTH = theme.W_LIST_MIDDLE
    ICON = "pen-line"
    EMPTY = (
        "Map tanda tangan kosong",
        "Surat muncul di sini begitu Petugas Register memberi nomor agenda.",
    )

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._view: RequestView | None = None
        self._wanted: int | None = None
        self._shown: tuple[int, int] | None = None
        self._moving: RequestView | None = None  # what the deed under way was done to
        self.letter = LetterPage(context, with_bar=False)
        self.side = SigningSide(context, with_papers=role is not Role.CAMAT)
        self.panel = RequestPanel(context)
        self.panel.set_page_visible(LETTER, False)
        self.round = row((self.letter, 1), self.side, gap=0)
        self.faces = QStackedWidget()
        self.faces.addWidget(self.round)
        self.faces.addWidget(self.panel)
        self.place_work(self.faces)
        self.letter.set_on_screen(True)
        self.empty.add_key("F3", "Cari berkas: nama, NIK, nomor, atau pindai tanda terima.")
        self.letter.shown.connect(self._note_letter)
        self.side.open_button.clicked.connect(self.turn_face)
        self.side.pause_button.clicked.connect(self.ask_pause)
        self.bar.place_button.clicked.connect(self.turn_face)
        self.bar.print_button.clicked.connect(self.letter.print_letter)
        self.panel.head.counter.clicked.connect(self.toggle_list)
        self.pane.list.installEventFilter(self)
        self.letter.pages.installEventFilter(self)

    @property
    def view(self) -> RequestView | None:
        return self._view

    def load_request(self, request_id: int | None) -> None:
        self._wanted = request_id
        if request_id is None:
            self._view = self._shown = None
            return
        self.background.query(self._take, opened_view, request_id)

    def work_widget(self) -> QWidget:
        if self.faces.currentWidget() is self.panel:
            return self.panel.pages
        return self.letter.pages if self.pane.isHidden() else self.pane.list

    def refusal(self, message: str, field: str | None) -> None:
        super().refusal(message, field)
        self.panel.refuse(message, field)

    # The letter

    def _take(self, view: RequestView) -> None:
        if view.id != self._wanted:
            return  # the user has gone on to another letter meanwhile
        self._view = view
        if self._shown != (view.id, view.version):
            if self._shown is None or self._shown[0] != view.id:
                self.faces.setCurrentWidget(self.round)
            self._shown = (view.id, view.version)
            self.take_up()
        if self.faces.currentWidget() is self.panel:
            self.panel.load(view.id)
        self.letter.show_request(view)
        self._show_side(view)
        self.panel.head.counter.set_words(self.counter_words())
        self.turn()
        self.arrive()

    def _show_side(self, view: RequestView) -> None:
        document = self.letter.document
        title = document.title if document else service_label(view.service)
        place = self.pane.list.currentIndex().row() + 1
        self.side.show_request(view, place, len(self.pane.list.requests), title)

    @Slot()
    def _note_letter(self) -> None:
        if self._view is not None:
            self._show_side(self._view)
            self.show_deeds()

    @Slot()
    def turn_face(self) -> None:
        """F5: the whole file, and back to the letter."""
        if self._view is None:
            return
        if self.faces.currentWidget() is self.round:
            self.panel.load(self._view.id)
            self.faces.setCurrentWidget(self.panel)
        else:
            self.faces.setCurrentWidget(self.round)
        self.show_deeds()
        self.focus_work()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.pane.list and event.key() == Qt.Key.Key_Space:
                shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.letter.pages.scroll_on(bool(shift))
                return True
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            if watched is self.letter.pages and event.key() in steps:
                self._go_by(steps[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def _go_by(self, step: int) -> None:
        place = self.pane.list.currentIndex().row() + step
        if 0 <= place < len(self.pane.list.requests):
            self.pane.list.setCurrentIndex(self.pane.list.records.index(place, 0))

    # The deeds

    def show_own_deeds(self, view: RequestView) -> None:
        deed = deed_for(view) if view.step in _SIGNING else None
        self.bar.show_missing("")
        letter = self.faces.currentWidget() is self.round
        self.bar.show_request(view, back_words_for(view, deed), prints=letter)
        self.bar.pause_button.hide()  # it stands beside the clock
        self.bar.print_button.setEnabled(self.letter.document is not None)
        self.bar.show_deed(deed.words if deed else "", deed.glyph if deed else "")
        self.bar.deed_button.setEnabled(self._is_read())
        self.bar.show_hint(self._hint(view, deed is not None) if letter else "")
        self.bar.show_place("" if letter else "Kembali ke surat")

    def _is_read(self) -> bool:
        """Nothing is signed unseen: the letter must be on screen first, where there is one."""
        if self.letter.none_drawn:
            return True  # registered only: the officer has it before him on paper
        return bool(self.letter.document and self.letter.pages.pages)

    def _hint(self, view: RequestView, may_sign: bool) -> str:
        """Say why an officer of this very step finds no F12: he verified the file (rule 7)."""
        barred = not may_sign and allowed(view, Act.SEND_BACK) is not None
        if barred and view.step == "tanda-tangan":
            return _BARRED
        return self.letter.pages.paper

    def deed(self) -> None:
        view = self._view
        if view is None or view.step not in _SIGNING or not self._is_read():
            return
        if deed_for(view) is not None and self._may_sign_over(view):
            self._moving = view
            self.send(self._signed, processing.approve)

    def _may_sign_over(self, view: RequestView) -> bool:
        """Ask once where the paper bears another name: it must be printed again."""
        if not view.signs_over:
            return True
        text = _OVER_BOOK if self.letter.none_drawn else _OVER
        question = text.format(view.named_signer, view.signs_over)
        return confirm.ask(self, "Surat ini memuat nama lain", question, _OVER_YES)

    def _signed(self, receipt: Receipt) -> None:
        view = self._moving
        deed = deed_for(view) if view else None
        done = deed.done if deed else "ditandatangani"
        number = receipt.letter_number or receipt.file_code
        whom = f" Berkas menuju {Role(receipt.next_role).label}" if receipt.next_role else ""
        why = " untuk diserahkan" if receipt.step == "serahkan" else ""
        self.say(
            f"Surat {number} {done}, {clock(self._now())}.{whom}{why}.",
            self.same_file_way(receipt),
        )

    def _now(self) -> datetime:
        return self.background.desk.clock().astimezone(self.context.zone)

    def moved_on(self, receipt: Receipt) -> None:
        super().moved_on(receipt)
        self._go_to_work = True
