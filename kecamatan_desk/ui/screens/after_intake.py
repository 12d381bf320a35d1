"""After a request was taken in or sent back at the counter: what is said, shown and printed."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Slot

from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import Screen, WayOut
from kecamatan_desk.ui.screens.deeds import first_deed_words, list_of
from kecamatan_desk.ui.screens.intake_pages import ReceivedCard
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.services import service_short
from kecamatan_desk.usecases.counter_papers import requirement_sheet_pdf
from kecamatan_desk.usecases.jobs import bundle_receipt_pdf, receipt_pdf, return_slip_pdf
from kecamatan_desk.usecases.lookups import opened_view
from kecamatan_desk.usecases.values import Receipt, RequestView
from kecamatan_desk.workflows.engine import Status

#: Kind of paper (its printer is remembered under it) -> what it is called.
PAPERS = {
    "tanda-terima": "Tanda terima berkas",
    "pengembalian": "Lembar pengembalian",
    "titipan": "Tanda terima map titipan",
    "persyaratan": "Persyaratan layanan",
}


class AfterIntake(QObject):
    """Keeps the last receipt on screen until the next request begins."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self._kind = "tanda-terima"  # of the paper being drawn
        self._whose = ""  # file code or service it is of
        self._last: Receipt | None = None
        self.card = ReceivedCard(screen.context.zone)
        self.card.print_button.clicked.connect(self.print_paper)

    @property
    def _screen(self) -> Screen:
        """The screen it belongs to; kept by Qt alone, so that a dropped screen is freed."""
        return cast(Screen, self.parent())

    def show_done(
        self, receipt: Receipt, applicant: str, in_folder: bool, marked: str = ""
    ) -> None:
        """Say and show it; a file of a folder has no receipt of its own.

        *marked* is a sentence on papers that have no answer yet.
        """
        failed = receipt.status == Status.FAILED
        self._last = receipt
        self.card.show_receipt(receipt, applicant, failed)
        self.card.print_button.setVisible(failed or not in_folder)
        self._screen.background.query(self._add_promise, opened_view, receipt.request_id)
        if failed:
            self._screen.say(f"Berkas {receipt.file_code} dikembalikan kepada pemohon (TMS).")
            return
        role = Role(receipt.next_role) if receipt.next_role else None
        whom = f" Berkas menuju {role.label}." if role else ""
        whom += f" {marked}" if marked else ""
        text = f"Permohonan {receipt.file_code} diterima: {applicant}.{whom}"
        if role is None or role not in self._screen.context.user.roles:
            self._screen.say(text)
            return
        words = f"Lanjut: {first_deed_words(role, receipt.step)}"
        self._screen.say(text, WayOut(words, "F5", self._go_on))

    def _go_on(self) -> None:
        last = self._last
        if last is None:
            return
        if last.next_role and last.step:
            self._screen.open_entry(Role(last.next_role), list_of(last.step))
        self._screen.open_request(last.request_id)

    def _add_promise(self, view: RequestView) -> None:
        self.card.show_view(view, today(self._screen.context))

    @Slot()
    def print_paper(self) -> None:
        """Print the receipt of what is shown; of a file sent back, the slip that says why."""
        receipt = self.card.receipt
        if receipt is None:
            return
        failed = receipt.status == Status.FAILED
        self._kind = "pengembalian" if failed else "tanda-terima"
        self._whose = receipt.file_code
        job = return_slip_pdf if failed else receipt_pdf
        self._screen.background.job(self._print, job, receipt.request_id, self._profile())

    @Slot(int)
    def print_folder(self, bundle_id: int) -> None:
        """Print the one receipt of a village officer's folder."""
        self._kind, self._whose = "titipan", ""
        self._screen.background.job(self._print, bundle_receipt_pdf, bundle_id, self._profile())

    def print_requirements(self, service: str) -> None:
        """Print what to bring for a service: for who only came to ask."""
        self._kind, self._whose = "persyaratan", service_short(service)
        self._screen.background.job(self._print, requirement_sheet_pdf, service)

    def _profile(self) -> Profile:
        return self._screen.context.printing.profile_for(self._kind)

    def _print(self, pdf: bytes) -> None:
        title = f"{PAPERS[self._kind]} {self._whose}".strip()
        self._screen.context.printing.print_pdf(self._screen, pdf, self._kind, title)
