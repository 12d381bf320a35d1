"""The stored page of a closing beside the books: shown, printed, saved; noted before it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.ui import printing
from kecamatan_desk.ui.dialogs import reason
from kecamatan_desk.ui.page_view import PageView
from kecamatan_desk.ui.parts import Button
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.usecases.closing_pages import closing_pdf, note_printed
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.reasons import Reason

_NO_PAGE = "Halaman penutup dibuat saat buku ditutup."


@dataclass(frozen=True, slots=True)
class Drawn:
    """A stored page on its way to the screen."""

    act: int
    pdf: bytes


def page_of_closing(desk: Desk, act: int, profile: Profile) -> Drawn:
    """Give a stored page; a missing one is completed, on the worker."""
    return Drawn(act, closing_pdf(desk, act, profile))


def printed_page(
    desk: Desk, op_id: str, act: int, profile: Profile, why: Reason | None = None
) -> Drawn:
    """Note that a page leaves, as a file with its reason, and give it, on the worker."""
    page = closing_pdf(desk, act, profile)
    desk.call(note_printed, op_id, act, why)
    return Drawn(act, page)


class ClosingPaper(PageView):
    """One stored page, with the buttons that let it out. ``act`` 0: none is shown."""

    def __init__(self, context: ScreenContext, owner: QWidget) -> None:
        super().__init__(context.background)
        self._context = context
        self._title = "Penutupan"
        self._target: Path | None = None
        self.act = 0  # the closing whose page is shown or on its way
        self.save_button = Button("Simpan PDF", "Ctrl+S", "plain", "download", name="save-closing")
        self.print_button = Button("Cetak halaman", "F7", "plain", "printer", name="print-closing")
        self.print_button.clicked.connect(self.print_page)
        self.save_button.clicked.connect(self.save_page)
        QShortcut(QKeySequence("Ctrl+S"), owner).activated.connect(self.save_page)

    @property
    def profile(self) -> Profile:
        """How pages are laid out at this PC."""
        return self._context.printing.profile("surat")

    def show_closing(self, act: int | None, period: str) -> None:
        """Show the page of a closing unless it is shown already; None: there is none yet."""
        self._title = f"Penutupan {period}"
        for button in (self.print_button, self.save_button):
            button.setEnabled(act is not None)
        if act is None:
            self.act = 0
            self.show_nothing(_NO_PAGE)
        elif act != self.act:
            self.fetch(act)

    @Slot(int)
    def fetch(self, act: int) -> None:
        """Bring a stored page, completed if it is missing."""
        self.await_page(act, "dibuka")
        self._context.background.job(self.take, page_of_closing, act, self.profile)

    def await_page(self, act: int, doing: str) -> None:
        """Show that a page is on its way."""
        self.act = act
        self.setVisible(True)
        for button in (self.print_button, self.save_button):
            button.setEnabled(True)
        self.show_nothing(f"Halaman penutup sedang {doing} \u2026")

    def take(self, drawn: Drawn) -> None:
        """Show a page that has come, if it is still the one wanted."""
        if drawn.act == self.act:
            self.show_pdf(drawn.pdf, "Halaman penutup")

    @Slot()
    def print_page(self) -> None:
        """F7: print the stored page, noted in the chain before."""
        if self.act and self.print_button.isEnabled():
            self._context.background.command_job(
                self._print, printed_page, new_op_id(), self.act, self.profile
            )

    def _print(self, drawn: Drawn) -> None:
        self._context.printing.print_pdf(self, drawn.pdf, "laporan", self._title)

    @Slot()
    def save_page(self) -> None:
        """Ctrl+S: save the stored page as PDF; why is noted in the chain before."""
        if not self.act or not self.save_button.isEnabled():
            return
        why = reason.ask_export(self)
        target = printing.ask_file(self, self._title) if why is not None else None
        if target is not None:
            self._target = target
            self._context.background.command_job(
                self._save, printed_page, new_op_id(), self.act, self.profile, why
            )

    def _save(self, drawn: Drawn) -> None:
        if self._target is not None:
            self._context.background.run(self._saved, printing.saved, drawn.pdf, self._target)

    def _saved(self, outcome: tuple[Path, str]) -> None:
        target, problem = outcome
        if problem:
            self._context.messages.complained.emit(problem, None)
        else:
            self._context.messages.said.emit(f"Halaman penutup disimpan: {target}", None)
