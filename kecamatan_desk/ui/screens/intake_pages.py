"""Pages of the new-request screen beside the form: start, village folder, what was taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.format import moment_text
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, Piece, box, card, col, label, pic, row
from kecamatan_desk.ui.services import service_label
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4, S5, S6
from kecamatan_desk.usecases.values import Receipt, RequestView, WaitingRequest
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

FOLDER_SECTION = Section(
    "Berkas titipan desa",
    (
        Field("pembawa", "Nama petugas desa yang membawa", span=8, required=True, length=100),
        Field("hp", "Nomor HP", FieldKind.PHONE),
        Field("desa", "Desa/kelurahan", FieldKind.VILLAGE, required=True, span=8),
    ),
)


@dataclass(frozen=True, slots=True)
class Folder:
    """A village officer's folder that is open: requests taken in now belong to it."""

    id: int
    bearer: str
    village: str


def _lay_in_scroll_area(page: QFrame, inner: QFrame) -> None:
    """Let a page scroll where large text leaves it too little room."""
    side = S3 if look().folded else S6
    body = col(row((inner, 4), None), None, pad=(side, side, side, side), plane="bg")
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(scroll_area(body))


class ReceivedCard(QFrame):
    """The request just taken in: its code large, who has it now, when it will be done."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone
        self.receipt: Receipt | None = None
        self._title = label("", "captionb", "on_tint", wrap=True)
        self._code = label("", "number", "on_tint")
        self._name = label("", "bodyb", "on_tint", wrap=True)
        self._next = label("", "body", "on_tint", wrap=True)
        self.print_button = Button(
            "Cetak tanda terima", "F7", "plain", "printer", name="print-again"
        )
        further = "Tambah layanan" + ("" if look().folded else " untuk pemohon ini")
        self.further_button = Button(further, "Ctrl+T", "plain", "plus", name="further-here")
        words = col(self._title, self._code, self._name, self._next, gap=S1)
        stacked = look().folded
        buttons = box(
            stacked, self.print_button, self.further_button, *(() if stacked else (None,)), gap=S3
        )
        self.setProperty("card", "next")
        layout = QVBoxLayout(self)
        layout.setSpacing(look().px(S4))
        layout.setContentsMargins(*(look().px(side) for side in (S5, S4, S5, S4)))
        layout.addWidget(words)
        layout.addWidget(buttons)
        self.hide()

    def show_receipt(self, receipt: Receipt, applicant: str, failed: bool = False) -> None:
        """Show what was just done at the counter."""
        self.receipt = receipt
        what = service_label(receipt.service)
        self._title.setText(f"Dikembalikan (TMS): {what}" if failed else f"Diterima: {what}")
        self._code.setText(receipt.file_code)
        self._name.setText(applicant)
        whom = Role(receipt.next_role).label if receipt.next_role else ""
        going = f"Berkas menuju {whom}." if whom and not failed else ""
        self._next.setText("Menunggu pemohon melengkapi berkas." if failed else going)
        words = "Cetak lembar pengembalian" if failed else "Cetak tanda terima"
        self.print_button.set_words(words)
        self.further_button.setVisible(not failed)
        self.setAccessibleName(f"{self._title.text()}, {receipt.file_code}, {applicant}")
        self.show()

    def show_view(self, view: RequestView, today: date) -> None:
        """Add the promised time once it is known."""
        if self.receipt is None or view.id != self.receipt.request_id or view.promised_at is None:
            return
        promised = moment_text(view.promised_at, self._zone, today)
        if self.receipt.next_role and "selesai" not in self._next.text():
            self._next.setText(f"{self._next.text()} Perkiraan selesai {promised}.")

    def clear(self) -> None:
        """Nothing was taken in yet, or something else has begun."""
        self.receipt = None
        self.hide()


class StartPage(QFrame):
    """Before a service is chosen: what was just done, and what to do now."""

    def __init__(self, received: ReceivedCard, folders: QWidget) -> None:
        """``folders``: the village folders that are open still; it hides itself without any."""
        super().__init__()
        self.received = received
        self._title = label("Pilih layanan", "title", wrap=True)
        self._words = label("", ink="muted", wrap=True)
        steps = (
            ("1", "Ketik nama layanan, lalu Enter. Yang paling sering ada di atas."),
            ("2", "Ketik atau pindai NIK. Yang sudah dikenal terisi sendiri."),
            ("3", "Centang berkas yang dibawa, lalu F12. Yang diketik selalu tersimpan."),
        )
        teach = [
            row(label(number, "head", "accent"), (label(words, wrap=True), 1), gap=S3)
            for number, words in steps
        ]
        self._teach = col(*teach, gap=S3)
        inner = col(
            received,
            "~4",
            pic("file-plus", "muted", 40),
            self._title,
            self._words,
            self._teach,
            "~4",
            folders,
            gap=S3,
        )
        inner.setMaximumWidth(look().px(640))
        _lay_in_scroll_area(self, inner)
        self.show_words()

    def show_words(self, title: str = "Pilih layanan", words: str = "") -> None:
        """Say what the next choice of a service will begin."""
        self._title.setText(title)
        self._words.setText(words)
        self._words.setVisible(bool(words))


class FolderPage(QFrame):
    """Opening a folder of requests a village officer brings."""

    def __init__(self, villages: Sequence[str]) -> None:
        super().__init__()
        self.form = FieldsForm((FOLDER_SECTION,), villages)
        why = label(
            "Satu petugas desa membawa berkas beberapa pemohon. Setiap permohonan diterima "
            "sendiri-sendiri; tanda terimanya satu untuk seluruh map.",
            ink="muted",
            wrap=True,
        )
        inner = col(label("Buka map titipan", "title"), why, "~4", self.form, gap=S3)
        inner.setMaximumWidth(look().px(720))
        _lay_in_scroll_area(self, inner)


class FolderStrip(QFrame):
    """The open folder, above the form: whose, how many, and the one receipt.

    Signals:
        finished: Print the receipt of the whole folder and close it.
    """

    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", "bodyb", wrap=True)
        self._count = label("", "body", "muted")
        if look().folded:
            self._count.hide()
        words = "Cetak tanda terima" + ("" if look().folded else " map")
        self.finish_button = Button(words, "F7", "small", "printer", name="finish-folder")
        whose = row(pic("folder-open", "accent", 20), (self._words, 1), self._count, gap=S3)
        pieces: tuple[Piece, ...] = (whose, self.finish_button)
        if not look().folded:
            pieces = ((whose, 1), self.finish_button)
        line = card(box(look().folded, *pieces, gap=S3), pad=(S4, S2, S3, S2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(look().px(side) for side in (S6, S3, S6, 0)))
        layout.addWidget(line)
        self.finish_button.clicked.connect(self._finish)
        self.hide()

    def show_folder(self, folder: Folder | None) -> None:
        """Show whose folder is open, or nothing."""
        self.setVisible(folder is not None)
        if folder is not None:
            of = f" Desa {folder.village}" if folder.village else ""
            self._words.setText(f"Titipan{of}, dibawa {folder.bearer}")
            self.show_files(())

    def show_files(self, files: Sequence[WaitingRequest]) -> None:
        """Count what was taken in so far; drafts do not count."""
        taken = [one for one in files if one.step is not None]
        self._count.setText(f"{len(taken)} berkas diterima")
        self.finish_button.setEnabled(bool(taken))

    @Slot()
    def _finish(self) -> None:
        self.finished.emit()
