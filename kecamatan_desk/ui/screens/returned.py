"""Dikembalikan (TMS): files that wait for the applicant to bring what was missing."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Pic, card, col, label, pic, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.deeds import allowed
from kecamatan_desk.ui.screens.file_list import FileListScreen
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.screens.request_panel import CHECKLIST, RequestPanel
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4
from kecamatan_desk.usecases.answers import is_failing
from kecamatan_desk.usecases.jobs import return_slip_pdf
from kecamatan_desk.usecases.processing import record_return
from kecamatan_desk.usecases.values import ChecklistLine, Receipt, RequestView
from kecamatan_desk.workflows.engine import Act

LACKING = "kurang"


class LackingPage(QFrame):
    """What was missing, why, and where to get it; and until when the applicant may come."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self.deadline = label("", "bodyb", wrap=True)
        self._deadline_pic: Pic = pic("calendar", "muted")
        self._lines = col(gap=S2)
        body = col(
            row(self._deadline_pic, (self.deadline, 1), gap=S2),
            "~4",
            self._lines,
            None,
            gap=S2,
            pad=(S4, S4, S4, S4),
            plane="surface",
        )
        area = scroll_area(body, "Yang kurang")
        self.setFocusProxy(area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def show_request(self, view: RequestView) -> None:
        """Show what a returned file lacks."""
        self._show_deadline(view)
        layout = self._lines.layout()
        if not isinstance(layout, QVBoxLayout):
            return
        while (item := layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        lacking = [line for line in view.checklist if is_failing(line)]
        for number, line in enumerate(lacking, 1):
            layout.addWidget(_paper(number, line))
        if not lacking:
            layout.addWidget(label(view.returned_note or "Alasannya ada pada riwayat.", wrap=True))

    def _show_deadline(self, view: RequestView) -> None:
        if view.deadline is None:
            self.deadline.setText("Tanpa batas waktu")
            return
        days = (view.deadline - today(self._context)).days
        left = f"sisa {days} hari" if days > 0 else "hari ini" if days == 0 else "sudah lewat"
        visit = f"Kunjungan ke-{view.visits}. " if view.visits else ""
        self.deadline.setText(
            f"{visit}Pemohon kembali paling lambat {long_date(view.deadline)} ({left})."
        )
        ink = "late" if days < 0 else "warn" if days <= 3 else "muted"
        self._deadline_pic.show_icon("calendar", ink)


def _paper(number: int, line: ChecklistLine) -> QFrame:
    source = f"Diurus di: {line.source}" if line.source else ""
    words = col(
        label(f"{number}. {line.name}", "bodyb", wrap=True),
        label(line.reason or "tidak ada", "body", "late", wrap=True),
        label(source, "caption", "muted", wrap=True),
        gap=S1,
    )
    paper = card(row(pic("x", "late"), (words, 1), gap=S3))
    paper.setAccessibleName(f"{line.name}: {line.reason}. {source}")
    return paper


class ReturnedScreen(FileListScreen):
    """The applicant is back (F12), or the file is closed (F6) where that is allowed."""

    TITLE = "Dikembalikan (TMS)"
    ICON = "undo-2"
    EMPTY = (
        "Tidak ada berkas yang dikembalikan",
        "Berkas yang tidak memenuhi syarat menunggu di sini sampai pemohon membawa kelengkapannya.",
    )

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.panel = RequestPanel(context)
        self.lacking = LackingPage(context)
        self._slip_of = ""  # file code of the slip being drawn
        self._shown: tuple[int, int] | None = None
        self.panel.add_page(LACKING, "Yang kurang", self.lacking)
        self.panel.show_page(LACKING)
        self.place_work(self.panel)
        self.panel.loaded.connect(self._show)
        self.panel.head.counter.clicked.connect(self.toggle_list)
        self.bar.print_button.clicked.connect(self.print_slip)
        self.empty.add_key("F3", "Cari berkas: nama, NIK, nomor, atau pindai lembar pengembalian.")

    @property
    def view(self) -> RequestView | None:
        return self.panel.view

    def load_request(self, request_id: int | None) -> None:
        self.panel.load(request_id)
        if request_id is None:
            self._shown = None

    def work_widget(self) -> QWidget:
        return self.lacking if self.panel.page != CHECKLIST else self.panel.checklist

    def refusal(self, message: str, field: str | None) -> None:
        super().refusal(message, field)
        self.panel.refuse(message, field)

    @Slot(object)
    def _show(self, view: RequestView) -> None:
        if self._shown != (view.id, view.version):
            self._shown = (view.id, view.version)
            self.take_up()
            self.panel.show_page(LACKING)
        self.lacking.show_request(view)
        self.panel.head.counter.set_words(self.counter_words())
        self.turn()
        self.arrive()

    def show_own_deeds(self, view: RequestView) -> None:
        self.bar.show_request(view, "", prints=True)
        self.bar.print_button.set_words(
            "Cetak lembar pengembalian" if not look().folded else "Cetak"
        )
        back = allowed(view, Act.COME_BACK) is not None
        self.bar.show_deed("Terima kembali – lanjutkan pemeriksaan" if back else "", "refresh-cw")

    def deed(self) -> None:
        if self.view is not None and allowed(self.view, Act.COME_BACK) is not None:
            self.send(self._came_back, record_return)

    def _came_back(self, receipt: Receipt) -> None:
        whom = f" Berkas menuju {Role(receipt.next_role).label}." if receipt.next_role else ""
        self._go_to_work = True
        self.say(
            f"Berkas {receipt.file_code} diterima kembali.{whom} Hanya yang kurang diperiksa.",
            self.same_file_way(receipt),
        )

    @Slot()
    def print_slip(self) -> None:
        """Print again what is missing."""
        if self.view is not None:
            profile = self.context.printing.profile_for("pengembalian")
            self._slip_of = self.view.file_code
            self.background.job(self._print_slip, return_slip_pdf, self.view.id, profile)

    def _print_slip(self, pdf: bytes) -> None:
        title = f"Lembar pengembalian {self._slip_of}"
        self.context.printing.print_pdf(self, pdf, "pengembalian", title)
