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
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from kecamatan_desk.documents.paper_sizes import Size, measures, number, paper_of, sheet_for
from kecamatan_desk.documents.pictures import page_band, page_sizes
from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.dialogs.print_dialog import PrintChoice

_log = logging.getLogger(__name__)
_BAND_BYTES = 4 * 2**20  # painting holds Python's lock: 32 MiB stopped the window for 0.1 s
_MM_PER_INCH = 25.4
_EXACT, _NEAR = 0.5, 1.5  # mm between the sheet wanted and one the driver knows
_MM = QPageSize.Unit.Millimeter

MakePrinter = Callable[[str], QPrinter]


class Step(Enum):
    """How far a paper is after a step."""

    MORE = "more"
    DONE = "done"
    REFUSED = "refused"
    OTHER_SHEET = "other-sheet"  # the driver insists on a sheet of its own


class Paper:
    """One paper on its way to a printer. `step` runs on the worker, call after call."""

    def __init__(
        self,
        make: MakePrinter,
        choice: PrintChoice,
        pdf: bytes,
        title: str,
        profile: Profile | None = None,
    ) -> None:
        """``profile`` is what this PC is set to, where the paper goes by a profile."""
        self._make, self._choice, self._pdf, self._title = make, choice, pdf, title
        self._profile = profile
        self._sizes: tuple[Size, ...] = ()
        self._printer: QPrinter | None = None
        self._painter: QPainter | None = None
        self._page, self._top = 0, 0
        self._rounds = 1  # copies to go; 1 where the driver makes them itself

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
        self._rounds = self._choice.copies
        return self._begin_job()

    def _begin_job(self) -> Step:
        """Open the printer for the pages of one size: a driver has one sheet for a whole job."""
        self._printer = printer = self._make(self._choice.printer)
        printer.setDocName(self._title)
        # one side only: signatures and bindings have their margins on the left of every page
        printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
        if printer.supportsMultipleCopies() and len(set(self._sizes)) == 1:
            printer.setCopyCount(self._choice.copies)
            printer.setCollateCopies(True)
            self._rounds = 1
        size = self._sizes[self._page]
        sheet = sheet_for(size, self._profile) if self._profile is not None else size
        if not set_page(printer, sheet):
            return Step.OTHER_SHEET
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
        before = self._sizes[self._page]
        self._page, self._top = self._page + 1, 0
        if self._page == len(self._sizes):
            self._page, self._rounds = 0, self._rounds - 1
            if not self._rounds:
                return Step.DONE if painter.end() else Step.REFUSED
        if self._sizes[self._page] == before:
            return Step.MORE if printer.newPage() else Step.REFUSED
        return self._begin_job() if painter.end() else Step.REFUSED


class PrintRun(QObject):
    """Leads a paper through its steps on the worker.

    Signals:
        finished: The last `Step`: everything has been handed to the system, or why not.
    """

    finished = Signal(object)

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
            self.finished.emit(step)


def set_page(printer: QPrinter, size: Size) -> bool:
    """Give the printer the page's own size: full page, no margin, no scaling.

    False when the driver takes another sheet instead: it would cut the page, or shrink it.
    """
    wide, high = size
    printer.setFullPage(True)
    printer.setPageSize(_sheet(printer, (min(size), max(size))))
    turned = QPageLayout.Orientation.Landscape if wide > high else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(turned)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    taken = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter).size()
    return _apart(taken, size) <= _NEAR


def _sheet(printer: QPrinter, size: Size) -> QPageSize:
    """Give the driver's own sheet of this size, so that it knows the tray; else one by measures.

    What a driver calls F4 is 210 x 330 mm as often as not, so names are not asked: millimetres are.
    """
    paper = paper_of(size)
    name = f"{paper.code} {number(size[0])}x{number(size[1])} mm" if paper else measures(size)
    by_measures = QPageSize(QSizeF(*size), _MM, name, QPageSize.SizeMatchPolicy.ExactMatch)
    info = QPrinterInfo(printer)
    if info.isNull():
        return by_measures
    nearest = min(info.supportedPageSizes(), key=_Distance(size), default=by_measures)
    near = _EXACT if info.supportsCustomPageSizes() else _NEAR
    return nearest if _apart(nearest.size(_MM), size) <= near else by_measures


class _Distance:
    """How far a sheet is from the one wanted, in mm."""

    def __init__(self, size: Size) -> None:
        self._size = size

    def __call__(self, sheet: QPageSize) -> float:
        return _apart(sheet.size(_MM), self._size)


def _apart(one: QSizeF, other: Size) -> float:
    return max(abs(one.width() - other[0]), abs(one.height() - other[1]))
