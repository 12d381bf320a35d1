"""Printing the stored PDF: its own pages, in their true size, on the remembered printer.

Pages are pictured on the worker in bands of at most 32 MiB, so that an old PC with a 600-dpi
printer does not run out of memory, and painted here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget

from kecamatan_desk.documents.pictures import RawPicture, page_band, page_sizes
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.dialogs import print_dialog
from kecamatan_desk.ui.page_view import paper_words
from kecamatan_desk.ui.preferences import Preferences
from kecamatan_desk.ui.screen import Messages, WayOut

_log = logging.getLogger(__name__)
_LEAST_DPI, _MOST_DPI = 300, 600
_BAND_BYTES = 32 * 2**20
_MM_PER_INCH = 25.4

Sizes = tuple[tuple[float, float], ...]


def _measure(pdf: bytes) -> Sizes:
    return page_sizes(pdf)


def _written(pdf: bytes, file: Path) -> Path:
    file.write_bytes(pdf)
    return file


class PrintRun(QObject):
    """One print-out: page by page, band by band.

    Signals:
        finished: Everything has been handed to the system (True), or it refused (False).
    """

    finished = Signal(bool)

    def __init__(
        self,
        background: Background,
        printer: QPrinter,
        pdf: bytes,
        sizes: Sizes,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background, self._printer = background, printer
        self._pdf, self._sizes = pdf, sizes
        self._painter = QPainter()
        self._page, self._top = 0, 0

    def start(self) -> None:
        """Begin with the first page."""
        _set_page(self._printer, self._sizes[0])
        if not self._painter.begin(self._printer):
            self.finished.emit(False)
            return
        self._ask_for_band()

    def stop(self) -> None:
        """Leave off; the system gets what has been painted so far."""
        if self._painter.isActive():
            self._painter.end()
        self._sizes = ()

    def _width(self) -> int:
        """The page's width in the printer's dots."""
        wide = self._sizes[self._page][0]
        return round(wide / _MM_PER_INCH * self._printer.resolution())

    def _rows(self) -> int:
        return max(_BAND_BYTES // (self._width() * 4), 1)

    def _ask_for_band(self) -> None:
        self._background.run(
            self._paint, page_band, self._pdf, self._page, self._width(), self._top, self._rows()
        )

    def _paint(self, band: RawPicture) -> None:
        if not self._sizes:
            return  # stopped in between
        if band.height:
            image = QImage(
                band.data, band.width, band.height, band.stride, QImage.Format.Format_RGB32
            )
            area = QRectF(0, self._top, self._width(), band.height)
            self._painter.drawImage(area, image)
            self._top += band.height
        if band.height == self._rows():
            self._ask_for_band()
        else:
            self._next_page()

    def _next_page(self) -> None:
        self._page, self._top = self._page + 1, 0
        if self._page == len(self._sizes):
            self.finished.emit(self._painter.end())
            return
        _set_page(self._printer, self._sizes[self._page])
        if self._printer.newPage():
            self._ask_for_band()
        else:
            self._painter.end()
            self.finished.emit(False)


def _set_page(printer: QPrinter, size: tuple[float, float]) -> None:
    """Give the printer the page's own size: full page, no margin, no scaling."""
    wide, high = size
    across = wide > high
    paper = QSizeF(min(size), max(size))
    page = QPageSize(paper, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setFullPage(True)
    printer.setPageSize(page)
    turned = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(turned)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)


def printer_names() -> list[str]:
    """Give the printers of this PC, the system's own default first."""
    default = QPrinterInfo.defaultPrinterName()
    names = list(QPrinterInfo.availablePrinterNames())
    return sorted(names, key=lambda name: (name != default, name.lower()))


def system_printer(name: str) -> QPrinter:
    """Give a printer of this PC."""
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setResolution(min(max(printer.resolution(), _LEAST_DPI), _MOST_DPI))
    return printer


#: Who prints now: a paper goes on although its user has locked the window or signed out.
AT_WORK: set[Printing] = set()


class Printing(QObject):
    """Prints papers for the screens: `print_pdf(self, pdf, kind, title)`.

    ``kind`` names what is printed (``"letter"``, ``"ticket"``); the printer is remembered for each
    kind, because tickets come from another printer than letters. Tests replace ``names`` and
    ``make``.
    """

    def __init__(
        self,
        background: Background,
        preferences: Preferences,
        messages: Messages,
        names: Callable[[], list[str]] = printer_names,
        make: Callable[[str], QPrinter] = system_printer,
    ) -> None:
        super().__init__()
        self._background, self._preferences, self._messages = background, preferences, messages
        self._names, self._make = names, make
        self._queue: list[tuple[bytes, str, str, QWidget, bool]] = []
        self._run: PrintRun | None = None
        self._printer: QPrinter | None = None

    def print_pdf(
        self, parent: QWidget, pdf: bytes, kind: str, title: str, choose: bool = False
    ) -> None:
        """Print on the printer remembered for this kind; ask when there is none, or ``choose``.

        Several calls are printed one after another.
        """
        self._queue.append((pdf, kind, title, parent, choose))
        AT_WORK.add(self)
        if len(self._queue) == 1:
            self._begin()

    def _begin(self) -> None:
        self._background.run(self._choose, _measure, self._queue[0][0])

    def _choose(self, sizes: Sizes) -> None:
        pdf, kind, title, parent, choose = self._queue[0]
        names = self._names()
        known = self._preferences.printer(kind)
        if known in names and not choose:
            self._print(print_dialog.PrintChoice(known), sizes)
            return
        choice = print_dialog.ask(parent, title, paper_words(sizes), names, known)
        if choice is None:
            self._next()
        elif choice.printer:
            self._preferences.set_printer(kind, choice.printer)
            self._print(choice, sizes)
        else:
            self._save(pdf, title, parent)

    def _print(self, choice: print_dialog.PrintChoice, sizes: Sizes) -> None:
        self._name = choice.printer
        self._printer = self._make(choice.printer)
        self._printer.setDocName(self._queue[0][2])
        self._printer.setCopyCount(choice.copies)
        self._run = PrintRun(self._background, self._printer, self._queue[0][0], sizes, self)
        # queued: the run is let go of in the slot, and must have returned by then
        self._run.finished.connect(self._note_end, Qt.ConnectionType.QueuedConnection)
        self._run.start()

    @Slot(bool)
    def _note_end(self, good: bool) -> None:
        _pdf, _kind, title, _parent, _choose = self._queue[0]
        self._again = self._queue[0]
        other = WayOut("Ganti pencetak", "", self._print_again)
        if good:
            self._messages.said.emit(f"{title} dikirim ke pencetak {self._name}.", other)
        else:
            _log.error("printer %s refused a job", self._name)
            self._messages.complained.emit(
                f"Pencetak {self._name} menolak {title}. Surat tetap tersimpan; periksa kertas dan "
                "kabel, lalu cetak lagi.",
                other,
            )
        if self._run is not None:
            self._run.deleteLater()
        self._run, self._printer = None, None
        self._next()

    def _print_again(self) -> None:
        pdf, kind, title, parent, _choose = self._again
        self.print_pdf(parent, pdf, kind, title, choose=True)

    def _next(self) -> None:
        self._queue.pop(0)
        if self._queue:
            self._begin()
        else:
            AT_WORK.discard(self)

    def stop(self) -> None:
        """Leave off, because the program ends."""
        if self._run is not None:
            self._run.stop()
        self._queue.clear()
        AT_WORK.discard(self)

    def _save(self, pdf: bytes, title: str, parent: QWidget) -> None:
        file = ask_file(parent, title)
        if file is None:
            self._next()
            return
        self._background.run(self._note_saved, _saved, pdf, file)

    def _note_saved(self, outcome: tuple[Path, str]) -> None:
        file, problem = outcome
        if problem:
            self._messages.complained.emit(
                f"{file.name} tidak dapat ditulis: {problem}. Pilih folder lain.", None
            )
        else:
            self._messages.said.emit(f"PDF disimpan: {file}", None)
        self._next()


def _saved(pdf: bytes, file: Path) -> tuple[Path, str]:
    """Write a PDF, on the worker; give what the system said when it refused."""
    try:
        _written(pdf, file)
    except OSError as error:
        return file, error.strerror or str(error.errno)
    return file, ""


def ask_file(parent: QWidget, title: str) -> Path | None:
    """Ask where to save a PDF. Tests replace this function."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name = "".join(mark for mark in title if mark.isalnum() or mark in " .-_").strip() or "surat"
    chosen, _filter = QFileDialog.getSaveFileName(
        parent, "Simpan sebagai PDF", str(Path(folder) / f"{name}.pdf"), "PDF (*.pdf)"
    )
    return Path(chosen) if chosen else None
