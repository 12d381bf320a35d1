"""Laporan bulanan: a month's PATEN report with what is typed for it, pictured as it will print."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from kecamatan_desk.domain.errors import DeskError, PresenceError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import printing
from kecamatan_desk.ui.dialogs import reason
from kecamatan_desk.ui.page_view import PageView
from kecamatan_desk.ui.parts import Button, action_bar, label, row
from kecamatan_desk.ui.screen import Screen, ScreenContext, new_op_id
from kecamatan_desk.ui.screens.report_form import Month, ReportForm
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S4
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.exports import EXPORT
from kecamatan_desk.usecases.reasons import Reason
from kecamatan_desk.usecases.report import (
    ReportTexts,
    keep_report_texts,
    note_report,
    report_pdf,
    report_texts,
    report_xlsx,
)

_REST = 700  # ms without a key until the report is drawn anew
_KEEP = 350  # ms from a keystroke to its save; further ones do not put it off
_BUSY = "Laporan sedang dibuat …"


def draw(desk: Desk, month: Month, texts: ReportTexts) -> bytes | DeskError:
    """Draw a report on the worker. A refusal comes back as a value: it belongs to this screen."""
    try:
        return report_pdf(desk, *month, texts.notes, texts.cover)
    except DeskError as error:
        return error


@dataclass(frozen=True, slots=True)
class Leaving:
    """A report about to leave the program as it is pictured."""

    month: Month
    name: str
    pdf: bytes
    target: Path | None  # None: the printer
    reason: Reason | None = None  # why it is saved


def noted(desk: Desk, op_id: str, leaving: Leaving) -> Leaving:
    """Write into the chain what leaves, on the worker."""
    desk.call(note_report, op_id, *leaving.month, reason=leaving.reason)
    return leaving


def write_sheet(
    desk: Desk, op_id: str, month: Month, target: Path, notes: str, why: Reason
) -> tuple[Path, str]:
    """Note and write the workbook on the worker; give where, and why it was refused."""
    try:
        desk.call(note_report, op_id, *month, EXPORT, why)
        return report_xlsx(desk, *month, target, notes), ""
    except PresenceError:
        raise  # the window asks who sits there, and sends the same again
    except DeskError as error:
        return target, str(error)


def ask_sheet(parent: QWidget, name: str) -> Path | None:
    """Ask where to save the workbook. Tests replace this function."""
    chosen, _filter = QFileDialog.getSaveFileName(
        parent,
        "Simpan sebagai XLSX",
        str(printing.documents_folder() / f"{name}.xlsx"),
        "XLSX (*.xlsx)",
    )
    return Path(chosen) if chosen else None


class ReportDesk(QWidget):
    """What is typed at the left, the drawn report at the right.

    Signals:
        closed: Back to where it was opened from.
    """

    closed = Signal()

    def __init__(self, context: ScreenContext, way_back: str = "") -> None:
        """With words for the *way_back* there is a button that leads there."""
        super().__init__()
        self.context = context
        self._stored: ReportTexts | None = None  # as remembered; None: not known yet
        self._shown: Month = (0, 0)  # whose texts are shown
        self._asking = 0  # questions for texts that are not answered yet
        self._drawing: tuple[Month, ReportTexts] | None = None
        self._again = False
        self._waiting = ""  # the deed that waits for the drawing: print or save
        self.form = ReportForm(context)
        self.pages = PageView(context.background)
        self.paper = label("", "caption", "muted")
        self.back_button: Button | None = None
        if way_back:
            self.back_button = Button(way_back, "Esc", "plain", "arrow-left", name="close-report")
            self.back_button.clicked.connect(self.close_up)
        self.sheet_button = Button("Simpan XLSX", "F10", "plain", "download", name="save-sheet")
        self.save_button = Button("Simpan PDF", "Ctrl+S", "plain", "download", name="save-report")
        self.print_button = Button("Cetak", "F7", "primary", "printer", name="print-report")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_KEEP)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = row(label("Laporan Bulanan PATEN", "head"), None, self.paper, pad=(S4, 0, S4, 0))
        head.setProperty("plane", "surface")
        head.setProperty("edge", "bottom")
        head.setFixedHeight(look().px(40))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.form)
        middle.addWidget(self.pages, 1)
        back = (self.back_button,) if self.back_button else ()
        deeds = (self.sheet_button, self.save_button, self.print_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addLayout(middle, 1)
        layout.addWidget(action_bar(*back, None, *deeds))

    def _connect(self) -> None:
        self.form.month_chosen.connect(self._choose)
        self.form.edited.connect(self._rest.start)
        self.form.edited.connect(self._note_typing)
        self._keep.timeout.connect(self.keep)
        self._rest.timeout.connect(self.draw_report)
        self.pages.page_changed.connect(self._note_page)
        self.sheet_button.clicked.connect(self.save_sheet)
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print_report)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.back_button is not None:
            self.close_up()
        else:
            super().keyPressEvent(event)

    # The month and its texts

    def choose_month(self, place: int) -> None:
        """Show the month at a place of the list, 0 being this month."""
        if place != self.form.month.currentIndex():
            self.form.month.setCurrentIndex(place)
        else:
            self.refresh()

    def refresh(self) -> None:
        """Draw anew from what is stored now; what is being typed stays."""
        if self._stored is not None:
            self.draw_report()
        elif not self._asking:
            self._ask_texts()

    def _ask_texts(self) -> None:
        self._asking += 1
        self._shown = self.form.chosen
        self.context.background.query(self._take_texts, report_texts, *self._shown)

    @Slot()
    def _choose(self) -> None:
        self.keep()
        self._stored, self._waiting = None, ""
        self._rest.stop()
        self.paper.setText("")
        self.pages.show_nothing(_BUSY)
        self._ask_texts()

    def _take_texts(self, texts: ReportTexts) -> None:
        self._asking -= 1
        if self._asking:
            return  # of a month that was passed over
        self._stored = texts
        self.form.show_texts(texts)
        self.draw_report()

    @Slot()
    def _note_typing(self) -> None:
        if not self._keep.isActive():
            self._keep.start()

    @Slot()
    def keep(self) -> None:
        """Remember what was typed for the month shown."""
        texts = self.form.texts
        if self._stored is not None and texts != self._stored:
            self._stored = texts
            background = self.context.background
            background.keep(
                self._kept, background.tell_refusal, keep_report_texts, *self._shown, texts
            )

    def _kept(self, _nothing: None) -> None:
        """Nothing is told: what was typed is where it was."""

    # Drawing

    @Slot()
    def draw_report(self) -> None:
        """Draw on the second worker; asked again meanwhile, once more afterwards."""
        self._rest.stop()
        if self._drawing is not None:
            self._again = True
            return
        self._drawing = self.form.chosen, self.form.texts
        self.context.background.print_job(self._drawn, draw, *self._drawing)

    def _drawn(self, report: bytes | DeskError) -> None:
        drawn, self._drawing = self._drawing, None
        again, self._again = self._again, False
        if again:
            self.draw_report()
            return
        if drawn != (self.form.chosen, self.form.texts):
            return  # typed on since: the pause after typing draws it
        waiting, self._waiting = self._waiting, ""
        if isinstance(report, DeskError):
            self.paper.setText("")
            self.pages.show_nothing(str(report))
            self.context.messages.complained.emit(str(report), None)
            return
        self.pages.show_pdf(report, self.name)
        if waiting and self.isVisible():  # else he has gone elsewhere: nothing opens there
            self._do(waiting)

    @Slot(int, int)
    def _note_page(self, page: int, of: int) -> None:
        self.paper.setText(f"halaman {page} dari {of}")

    # Deeds

    @property
    def name(self) -> str:
        """What the report is called as a file and at the printer."""
        year, month = self.form.chosen
        return f"Laporan PATEN {year}-{month:02d}"

    @Slot()
    def print_report(self) -> None:
        """F7: print what is pictured; what is still being drawn is waited for."""
        self._after_drawing("print")

    @Slot()
    def save(self) -> None:
        """Ctrl+S: save what is pictured."""
        self._after_drawing("save")

    def _after_drawing(self, deed: str) -> None:
        self.keep()
        if self._rest.isActive() or self._drawing or not self.pages.pdf:
            self._waiting = deed
            self.refresh()
        else:
            self._do(deed)

    def _do(self, deed: str) -> None:
        why = reason.ask_export(self) if deed == "save" else None
        target = printing.ask_file(self, self.name) if why is not None else None
        if deed == "print" or target is not None:
            leaving = Leaving(self.form.chosen, self.name, self.pages.pdf, target, why)
            self.context.background.job(self._let_out, noted, new_op_id(), leaving)

    def _let_out(self, leaving: Leaving) -> None:
        context = self.context
        if leaving.target is None:
            context.printing.print_pdf(self, leaving.pdf, "laporan", leaving.name)
        else:
            context.background.run(self._saved, printing.saved, leaving.pdf, leaving.target)

    @Slot()
    def save_sheet(self) -> None:
        """F10: save the same tables as a workbook."""
        self.keep()
        why = reason.ask_export(self)
        target = ask_sheet(self, self.name) if why is not None else None
        if target is not None and why is not None:
            month, notes = self.form.chosen, self.form.texts.notes
            self.context.background.print_job(
                self._saved, write_sheet, new_op_id(), month, target, notes, why
            )

    def _saved(self, outcome: tuple[Path, str]) -> None:
        target, problem = outcome
        if problem:
            self.context.messages.complained.emit(problem, None)
        else:
            self.context.messages.said.emit(f"Laporan disimpan: {target}", None)

    @Slot()
    def close_up(self) -> None:
        """Esc: keep what was typed and go back."""
        self.keep()
        self.closed.emit()


class ReportScreen(Screen):
    """The report as an entry of the rail, for who has no figures page."""

    TITLE = "Laporan Bulanan"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.report = ReportDesk(context)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.report)

    def reload(self) -> None:
        self.report.refresh()

    def first_focus(self) -> QWidget | None:
        return self.report.form.month

    def leave(self) -> None:
        self.report.keep()
