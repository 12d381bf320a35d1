"""One paper on its way to a printer: the stored PDF's own pages, in their true size.

A printer is opened and painted on by the worker alone: a sleeping printer or a slow print server
must not stop the window. Pages go in bands of at most 4 MiB, so that an old PC with a 600-dpi
printer does not run out of memory, and each band is a piece of work of its own, so that use-cases
come in between.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from kecamatan_desk.documents.pictures import page_band, page_sizes
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.dialogs.print_dialog import PrintChoice

_log = logging.getLogger(__name__)
_BAND_BYTES = 4 * 2**20  # painting holds Python's lock: 32 MiB stopped the window for 0.1 s
_MM_PER_INCH = 25.4

Sizes = tuple[tuple[float, float], ...]
MakePrinter = Callable[[str], QPrinter]


class Step(Enum):
    """How far a paper is after a step."""

    MORE = "more"
    DONE = "done"
    REFUSED = "refused"


class Paper:
    """One paper on its way to a printer. `step` runs on the worker, call after call."""

    def __init__(self, make: MakePrinter, choice: PrintChoice, pdf: bytes, title: str) -> None:
        self._make, self._choice, self._pdf, self._title = make, choice, pdf, title
        self._sizes: Sizes = ()
        self._printer: QPrinter | None = None
        self._painter: QPainter | None = None
        self._page, self._top = 0, 0

    def step(self) -> Step:
        """Print the next band. Whatever goes wrong, the papers behind this one go on."""
        try:
            step = self._next_band() if self._printer is not None else self._begin()
        except Exception:
            _log.exception("a paper could not be printed")
            step = Step.REFUSED
        if step is not Step.MORE:
            self.leave()
        return step

    def leave(self) -> None:
        """Let go of the printer; the system gets what has been painted so far."""
        if self._painter is not None and self._painter.isActive():
            self._painter.end()
        self._painter = self._printer = None

    def _begin(self) -> Step:
        self._sizes = page_sizes(self._pdf)
        self._printer = printer = self._make(self._choice.printer)
        printer.setDocName(self._title)
        printer.setCopyCount(self._choice.copies)
        _set_page(printer, self._sizes[0])
        self._painter = QPainter()
        return Step.MORE if self._painter.begin(printer) else Step.REFUSED

    def _next_band(self) -> Step:
        printer, painter = self._printer, self._painter
        assert printer is not None
        assert painter is not None
        wide = round(self._sizes[self._page][0] / _MM_PER_INCH * printer.resolution())
        rows = max(_BAND_BYTES // (wide * 4), 1)
        band = page_band(self._pdf, self._page, wide, self._top, rows)
        if band.height:
            image = QImage(
                band.data, band.width, band.height, band.stride, QImage.Format.Format_RGB32
            )
            painter.drawImage(QRectF(0, self._top, wide, band.height), image)
            self._top += band.height
        return Step.MORE if band.height == rows else self._next_page(printer, painter)

    def _next_page(self, printer: QPrinter, painter: QPainter) -> Step:
        self._page, self._top = self._page + 1, 0
        if self._page == len(self._sizes):
            return Step.DONE if painter.end() else Step.REFUSED
        _set_page(printer, self._sizes[self._page])
        return Step.MORE if printer.newPage() else Step.REFUSED


class PrintRun(QObject):
    """Leads a paper through its steps on the worker.

    Signals:
        finished: Everything has been handed to the system (True), or it refused (False).
    """

    finished = Signal(bool)

    def __init__(self, background: Background, paper: Paper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background, self._paper = background, paper
        self._stopped = False

    def start(self) -> None:
        """Ask for the next step."""
        self._background.run(self._note_step, self._paper.step)

    def stop(self) -> None:
        """Leave off. The worker must have ended: the paper is its own."""
        self._stopped = True
        self._paper.leave()

    def _note_step(self, step: Step) -> None:
        if self._stopped:
            return
        if step is Step.MORE:
            self.start()
        else:
            self.finished.emit(step is Step.DONE)


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
