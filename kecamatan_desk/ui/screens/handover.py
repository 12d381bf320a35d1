"""Siap Diserahkan: letters go out, e-KTP are recorded, results of complaints are delivered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.parts import card, col, label, row
from kecamatan_desk.ui.screen import ScreenContext, WayOut, new_op_id
from kecamatan_desk.ui.screens.file_list import FileListScreen
from kecamatan_desk.ui.screens.handover_form import OUTCOME, TROUBLE, TROUBLE_NOTE, HandoverForm
from kecamatan_desk.ui.screens.letter_page import LetterPage
from kecamatan_desk.ui.screens.request_panel import LETTER, SOP, RequestPanel
from kecamatan_desk.ui.services import service_short
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes, handover_pdf
from kecamatan_desk.usecases.processing import (
    deliver_result,
    fail_recording,
    finish_recording,
    hand_over,
    hand_over_bundle,
)
from kecamatan_desk.usecases.values import (
    DocumentRef,
    Receipt,
    RequestView,
    WaitingRequest,
)
from kecamatan_desk.usecases.worklist import bundle

HAND = "serah"
_SIDE = 340  # px at 100 %: the receiver beside the letter


class BundleCard(QFrame):
    """The other ready files of the same bundle, and whether they go out at once."""

    def __init__(self) -> None:
        super().__init__()
        self.together = QCheckBox("Serahkan semuanya sekaligus")
        self.together.setObjectName("hand-over-together")
        self._files = label("", "caption", wrap=True)
        self._title = label("", "bodyb")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card(self._title, self._files, self.together, gap=S1))
        self.ready: tuple[WaitingRequest, ...] = ()
        self.hide()

    def show_files(self, files: Sequence[WaitingRequest]) -> None:
        """Show which files of a bundle wait to be handed over; one alone needs no card."""
        self.ready = tuple(one for one in files if one.step == "serahkan")
        many = len(self.ready) > 1
        self._title.setText(f"Datang bersama: {len(self.ready)} berkas siap")
        names = [
            f"{n}. {one.applicant}, {service_short(one.service)}"
            for n, one in enumerate(self.ready, 1)
        ]
        self._files.setText("\n".join(names))
        self.together.setChecked(many)
        self.setVisible(many)

    @property
    def count(self) -> int:
        """How many files go out with one deed; 1: only the one in hand."""
        return len(self.ready) if len(self.ready) > 1 and self.together.isChecked() else 1


class HandoverScreen(FileListScreen):
    """The letter on the left as it was printed, on the right who receives it."""

    TITLE = "Siap Diserahkan"
    ICON = "package-check"
    EMPTY = (
        "Belum ada yang siap diserahkan",
        "Surat muncul di sini begitu ditandatangani. Panggil pemohon, lalu catat penerimanya.",
    )

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.panel = RequestPanel(context)
        self.letter = LetterPage(context, with_bar=False)
        self.form = HandoverForm(context)
        self.bundle = BundleCard()
        self._shown: tuple[int, int] | None = None
        self._bundle_op = new_op_id()
        self._lacking = ""  # what F12 said was missing
        self._proof_of: Receipt | None = None  # e-KTP: whose Tanda Bukti is being fetched
        self._slip_of: Receipt | None = None
        self._lay_out()
        self.panel.loaded.connect(self._show)
        self.panel.head.counter.clicked.connect(self.toggle_list)
        self.bar.print_button.clicked.connect(self.letter.print_letter)
        self.bundle.together.toggled.connect(self.show_deeds)
        self.form.edited.connect(self.show_deeds)
        self.form.edited.connect(self._settle_filled)
        self.empty.add_key("F3", "Cari berkas: nama, NIK, nomor, atau pindai tanda terima.")

    def _lay_out(self) -> None:
        side = col((self.form, 1), self.bundle, gap=S2, pad=(S3, 0, S3, S3), plane="surface")
        side.setProperty("edge", "left")
        page = row((self.letter, 1), (side, 1 if look().folded else 0), gap=0)
        self.panel.add_page(HAND, "Serah terima", page)
        self.letter.setHidden(look().folded)  # large text: the letter is on its own tab
        if not look().folded:  # the letter needs the room: the SOP goes behind a tab
            side.setFixedWidth(look().px(_SIDE))
            self.panel.set_page_visible(LETTER, False)
            picture = self.panel.picture.parentWidget()
            if picture is not None:
                self.panel.add_page(SOP, "SOP", picture, first=False)
        self.panel.show_page(HAND)
        self.letter.set_on_screen(True)
        self.place_work(self.panel)

    @property
    def view(self) -> RequestView | None:
        return self.panel.view

    def load_request(self, request_id: int | None) -> None:
        self.form.keep_typing()
        self.panel.load(request_id)
        if request_id is None:
            self._shown = None

    def leave(self) -> None:
        self.keep_typing()

    def keep_typing(self) -> None:
        self.form.keep_typing()

    def work_widget(self) -> QWidget:
        return self.form

    def focus_work(self) -> None:
        if self.view is not None and self.panel.page == HAND:
            self.form.focus_first()
        else:
            super().focus_work()

    def refusal(self, message: str, field: str | None) -> None:
        super().refusal(message, field)
        shown = self.panel.refuse(message, field)
        if field and not shown and self.form.show_error(field, message):
            self.panel.show_page(HAND)

    # The request

    @Slot(object)
    def _show(self, view: RequestView) -> None:
        if self._shown != (view.id, view.version):
            self._shown = (view.id, view.version)
            self._bundle_op = new_op_id()
            self.take_up()
            self.form.show_step(view, with_receiver=view.step in {"serahkan", "rekam"})
            self.bundle.show_files(())
            if view.bundle_id is not None and view.bundle_size > 1 and view.step == "serahkan":
                self.background.query(self._take_bundle, bundle, view.bundle_id)
            self.panel.show_page(HAND)
        self.letter.show_request(view)
        self.panel.head.counter.set_words(self.counter_words())
        self.turn()
        self.arrive()

    def _take_bundle(self, files: tuple[WaitingRequest, ...]) -> None:
        self.bundle.show_files(files)
        self.show_deeds()

    # The deeds

    @property
    def _failed(self) -> bool:
        return bool(self.form.value(OUTCOME) == "Gagal")

    def show_own_deeds(self, view: RequestView) -> None:
        self.bar.show_request(view, "", prints=True)
        self.bar.print_button.set_words("Cetak surat")
        match view.step:
            case "serahkan":
                many = self.bundle.count
                words = f"Serahkan {many} berkas" if many > 1 else "Serahkan"
                self.bar.show_deed(f"{words} – catat penerima", "package-check")
            case "rekam" if self._failed:
                self.bar.show_deed("Perekaman gagal – jeda berkas", "pause")
            case "rekam":
                self.bar.show_deed("Selesai – cetak tanda bukti", "printer")
            case "sampaikan":
                self.bar.show_deed("Hasil disampaikan – selesai", "check")
            case _:
                self.bar.show_deed("")

    def deed(self) -> None:
        view = self.view
        if view is None or view.step not in {"serahkan", "rekam", "sampaikan"}:
            return
        self.panel.show_page(HAND)
        self._lacking = ""
        if view.step == "rekam" and self._failed:
            self._fail_recording()
        elif missing := self.form.check():
            self.complain(missing)
            self._lacking = missing
        elif view.step == "rekam":
            receiver = self.form.handover()
            self.send(self._recorded, finish_recording, self.form.values(), receiver)
        elif view.step == "sampaikan":
            self.send(self._delivered, deliver_result, self.form.values())
        elif self.bundle.count > 1 and view.bundle_id is not None:
            self._hand_over_all(view.bundle_id)
        else:
            self.send(self._handed, hand_over, self.form.handover())

    @Slot()
    def _settle_filled(self) -> None:
        """Take back that a field is not filled in as soon as it is."""
        if self._lacking and self.form.lacking() != self._lacking:
            self._lacking = ""
            self.settle()

    def _fail_recording(self) -> None:
        if not self.form.form.check():
            return
        parts = [*(self.form.value(TROUBLE) or ()), self.form.value(TROUBLE_NOTE) or ""]
        reason = ", ".join(part for part in parts if part)
        if not reason:
            text = "Pilih kendala perekaman, atau tulis catatannya."
            self.form.show_error(TROUBLE, text)
            self.complain(text)
            return
        self.send(self._paused_failed, fail_recording, self.form.values(), reason)

    def _hand_over_all(self, bundle_id: int) -> None:
        if self._pending is not None:
            return
        self._pending = self._handed
        receiver = self.form.handover()
        self.background.command(
            self._handed_all, hand_over_bundle, self._bundle_op, bundle_id, receiver
        )

    # Afterwards

    def _handed(self, receipt: Receipt) -> None:
        who = self.form.handover().receiver
        self.form.forget(receipt.request_id)
        self._slip_of, self._go_to_work = receipt, True
        number = receipt.letter_number or f"berkas {receipt.file_code}"
        self.say(
            f"{number} diserahkan kepada {who}. Permohonan selesai.",
            WayOut("Cetak bukti serah terima", "", self.print_slip),
        )

    def _handed_all(self, receipts: tuple[Receipt, ...]) -> None:
        who = self.form.handover().receiver
        self._pending, self._bundle_op = None, new_op_id()
        self.moved_on(receipts[0])
        for receipt in receipts:
            self.form.forget(receipt.request_id)
        self._slip_of, self._go_to_work = receipts[0], True
        self.say(
            f"{len(receipts)} berkas diserahkan kepada {who}. Semuanya selesai.",
            WayOut("Cetak bukti serah terima", "", self.print_slip),
        )

    def _recorded(self, receipt: Receipt) -> None:
        outcome = "ganda (duplikat)" if self.form.value(OUTCOME) == "Duplikat" else "berhasil"
        self.form.forget(receipt.request_id)
        self._proof_of, self._go_to_work = receipt, True
        self.say(f"Perekaman berkas {receipt.file_code} {outcome}. Permohonan selesai.")
        profile = self.context.printing.profile("surat")
        self.background.job(self._fetch_proof, complete_documents, receipt.request_id, profile)

    def _paused_failed(self, receipt: Receipt) -> None:
        self.form.forget(receipt.request_id)
        self.say(
            f"Perekaman berkas {receipt.file_code} gagal: berkas tetap di sini dan dijeda. "
            "Rekam lagi bila kendalanya sudah teratasi."
        )

    def _delivered(self, receipt: Receipt) -> None:
        self.form.forget(receipt.request_id)
        self._go_to_work = True
        self.say(f"Hasil pengaduan {receipt.file_code} sudah disampaikan. Pengaduan selesai.")

    def _fetch_proof(self, documents: tuple[DocumentRef, ...]) -> None:
        for document in documents:
            if document.kind.endswith("tanda-bukti"):
                self.background.job(self._print_proof, document_bytes, document.id)

    def _print_proof(self, pdf: bytes) -> None:
        self.context.printing.print_pdf(self, pdf, "tanda-bukti", "Tanda Bukti Perekaman")

    @Slot()
    def print_slip(self) -> None:
        """Print who received what was handed over last."""
        if self._slip_of is not None:
            profile = self.context.printing.profile_for("serah-terima")
            self.background.job(self._print_slip, handover_pdf, self._slip_of.request_id, profile)

    def _print_slip(self, pdf: bytes) -> None:
        code = self._slip_of.file_code if self._slip_of else ""
        title = f"Bukti serah terima {code}".strip()
        self.context.printing.print_pdf(self, pdf, "serah-terima", title)
