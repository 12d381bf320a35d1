"""Printing the stored PDF on the remembered printer, and saving it where there is none."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Slot
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from kecamatan_desk.documents.paper_sizes import (
    Size,
    full_name,
    other_paper,
    paper_words,
    short_name,
)
from kecamatan_desk.documents.pictures import page_sizes
from kecamatan_desk.documents.profiles import Profile, Use
from kecamatan_desk.documents.saving import write_paper
from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.dialogs import print_dialog
from kecamatan_desk.ui.preferences import Preferences
from kecamatan_desk.ui.print_run import MakePrinter, Paper, PrintRun, Step
from kecamatan_desk.ui.screen import Messages, WayOut

_log = logging.getLogger(__name__)
_LEAST_DPI, _MOST_DPI = 300, 600

#: Kind of paper -> whose printer and sheet it shares. Kinds that are not here (the SOP sheet, a
#: report) have a sheet of their own and their printer is remembered for themselves.
USES: dict[str, Use] = {
    "surat": "surat",
    "pengesahan": "surat",
    "tanda-bukti": "surat",
    "ceklis": "surat",
    "buku": "buku",
    "slip": "slip",
    "tanda-terima": "slip",
    "titipan": "slip",
    "pengembalian": "slip",
    "penolakan": "slip",
    "berkas-kembali": "slip",
    "serah-terima": "slip",
    "tiket": "tiket",
}

#: Kind of paper -> what must be done before it is printed, so that it is always asked first.
BEFORE = {"pengesahan": "Masukkan surat desa ke pencetak; blok ini dicetak di atasnya."}

#: Kinds of paper that hold a secret: they go onto paper or nowhere, never into a file.
SECRET = frozenset({"kunci"})
_ONLY_PAPER = (
    "Lembar ini memuat kunci: hanya ke pencetak kertas, tidak disimpan sebagai PDF. Berdirilah di "
    "dekat pencetak dan ambil lembarnya sendiri."
)
_NO_PAPER = (
    "Kunci tidak boleh tertinggal sebagai berkas, dan di komputer ini tidak ada pencetak "
    "kertas{others}. Tidak ada yang dicetak dan tidak ada yang berubah. Pasang pencetak lalu cetak "
    "lagi, atau tekan Tidak jadi, lalu Tulis dengan tangan untuk menyalinnya dari layar."
)
#: Printers that write a file, by the names their makers give them. Source: Windows' own (Microsoft
#: Print to PDF, XPS Document Writer, OneNote, Fax), cups-pdf, and what is commonly installed.
_FILE_PRINTER = re.compile(
    r"pdf|\bxps\b|onenote|\bfax\b|image writer|print to (?:file|image)|evernote|virtual", re.I
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A paper that waits to be printed."""

    pdf: bytes
    kind: str
    title: str
    parent: QWidget
    choose: bool


@dataclass(frozen=True, slots=True)
class _Before:
    """What is known of a paper and of this PC before it is printed; no words: it is damaged."""

    words: str
    printers: tuple[str, ...]
    sizes: tuple[Size, ...] = ()
    others: tuple[str, ...] = ()  # printers left out, since they would write a file


def _look(pdf: bytes, names: Callable[[], list[str]], secret: bool) -> _Before:
    """Measure a paper and look for printers. Runs on the worker."""
    try:
        sizes = page_sizes(pdf)
    except Exception:  # PDFium's own errors: a damaged file must not hold up the others
        _log.exception("a paper cannot be read")
        return _Before("", ())
    found = tuple(names())
    others = tuple(name for name in found if secret and writes_files(name))
    return _Before(paper_words(sizes), tuple(n for n in found if n not in others), sizes, others)


def _named(names: Callable[[], list[str]]) -> tuple[str, ...]:
    return tuple(names())


def printer_names() -> list[str]:
    """Give the printers of this PC, the system's own default first."""
    default = QPrinterInfo.defaultPrinterName()
    names = list(QPrinterInfo.availablePrinterNames())
    return sorted(names, key=lambda name: (name != default, name.lower()))


def writes_files(name: str) -> bool:
    """Tell whether a printer of this PC makes a file instead of paper, as far as its names tell."""
    info = QPrinterInfo.printerInfo(name)
    told = " ".join((name, info.description(), info.makeAndModel(), info.location()))
    return _FILE_PRINTER.search(told) is not None


def system_printer(name: str) -> QPrinter:
    """Give a printer of this PC."""
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setResolution(min(max(printer.resolution(), _LEAST_DPI), _MOST_DPI))
    return printer


#: Who prints now: a paper goes on although its user has locked the window or signed out.
AT_WORK: set[Printing] = set()


class Printing(QObject):
    """Prints papers for the screens: `print_pdf(self, pdf, kind, title)`.

    ``kind`` names what is printed (``"surat"``, ``"tiket"``); printer and sheet are remembered for
    each use (see `USES`), because tickets come from another printer than letters. Screens ask
    `profile` before they have something drawn. ``names`` and ``make`` run on the worker; tests
    replace them.
    """

    def __init__(
        self,
        background: Background,
        preferences: Preferences,
        messages: Messages,
        names: Callable[[], list[str]] = printer_names,
        make: MakePrinter = system_printer,
    ) -> None:
        super().__init__()
        self._background, self._preferences, self._messages = background, preferences, messages
        self._names, self._make = names, make
        self._queue: list[_Asked] = []
        self._run: PrintRun | None = None
        self._name = ""  # of the printer in use
        self._again: _Asked | None = None
        self._held = False  # the desk is locked: nothing is asked above the door
        self._waits = False  # the first paper waits with its question until the desk is open

    def print_pdf(
        self, parent: QWidget, pdf: bytes, kind: str, title: str, choose: bool = False
    ) -> None:
        """Print on the printer remembered for this kind; ask when there is none, or ``choose``.

        Several calls are printed one after another.
        """
        self._queue.append(_Asked(pdf, kind, title, parent, choose))
        AT_WORK.add(self)
        if len(self._queue) == 1:
            self._begin()

    def hold(self) -> None:
        """Ask nothing from now on, because the desk is locked; what needs no question goes on."""
        self._held = True

    def go_on(self) -> None:
        """Ask what has waited: the desk is open again."""
        self._held = False
        if self._waits:
            self._waits = False
            self._begin()

    def drop_waiting(self) -> None:
        """Let go of what waits with a question: its user does not come back to this desk."""
        if self._waits:
            self._waits = False
            self._queue.clear()
            AT_WORK.discard(self)

    def profile(self, use: Use) -> Profile:
        """Give how this kind of document is laid on paper at this PC."""
        return self._preferences.profile(use)

    def profile_for(self, kind: str) -> Profile:
        """Give the profile of a kind of paper (see `USES`)."""
        return self.profile(USES[kind])

    @property
    def preferences(self) -> Preferences:
        """What this PC remembers."""
        return self._preferences

    def ask_printers(self, then: Callable[[tuple[str, ...]], object]) -> None:
        """Look for the printers of this PC and give their names, the system's default first."""
        self._background.run(then, _named, self._names)

    def _begin(self) -> None:
        asked = self._queue[0]
        self._background.run(self._choose, _look, asked.pdf, self._names, asked.kind in SECRET)

    def _choose(self, before: _Before) -> None:
        asked = self._queue[0]
        if not before.words:
            self._messages.complained.emit(
                f"{asked.title} rusak, tidak dapat dicetak. Yang lain tetap dicetak; laporkan "
                "kepada teknisi.",
                None,
            )
            self._next()
            return
        if asked.kind in SECRET:
            if not self._has_to_wait(asked):
                self._choose_paper(asked, before)
            return
        remembered = USES.get(asked.kind, asked.kind)
        known = self._preferences.printer(remembered)
        first = BEFORE.get(asked.kind, "")
        warning = " ".join(one for one in (first, self._warning(asked.kind, before.sizes)) if one)
        if known in before.printers and not asked.choose and not warning:
            self._print(print_dialog.PrintChoice(known))
            return
        if self._has_to_wait(asked):
            return
        choice = print_dialog.ask(
            asked.parent, asked.title, before.words, before.printers, known, warning
        )
        if choice is None:
            self._next()
        elif choice.printer:
            self._preferences.set_printer(remembered, choice.printer)
            self._print(choice)
        else:
            self._save(asked.pdf, asked.title, asked.parent)

    def _has_to_wait(self, asked: _Asked) -> bool:
        """A question names the paper, so none is asked above the door or without its desk."""
        if not isValid(asked.parent):
            self._next()
            return True
        self._waits = self._held
        return self._held

    def _choose_paper(self, asked: _Asked, before: _Before) -> None:
        """Ask where a secret goes, each time: to a printer for paper, never to a file."""
        others = (
            f" (hanya {', '.join(before.others)}, yang membuat berkas)" if before.others else ""
        )
        only = _ONLY_PAPER if before.printers else _NO_PAPER.format(others=others)
        choice = print_dialog.ask(
            asked.parent, asked.title, before.words, before.printers, "", "", only
        )
        if choice is None or choice.printer not in before.printers:
            self._next()
        else:
            self._print(choice)

    def _warning(self, kind: str, sizes: tuple[Size, ...]) -> str:
        """Say that a paper needs another sheet than this PC is set to; empty when it does not."""
        use = USES.get(kind)
        if use is None:
            return ""
        sheet = self.profile(use).sheet
        other = other_paper(sizes, self.profile(use))
        if other is None:
            return ""
        return (
            f"Lembar ini dibuat untuk kertas {full_name(other)}, sedangkan komputer ini disetel "
            f"untuk {full_name((sheet.width, sheet.height))}. Pasang kertas {short_name(other)} di "
            "pencetak, lalu cetak; ukurannya tidak diubah."
        )

    def _print(self, choice: print_dialog.PrintChoice) -> None:
        asked, self._name = self._queue[0], choice.printer
        use = USES.get(asked.kind)
        profile = self.profile(use) if use is not None else None
        paper = Paper(self._make, choice, asked.pdf, asked.title, profile)
        self._run = PrintRun(self._background, paper, self)
        # queued: the run is let go of in the slot, and must have returned by then
        self._run.finished.connect(self._note_end, Qt.ConnectionType.QueuedConnection)
        self._run.start()

    @Slot(object)
    def _note_end(self, end: Step) -> None:
        self._again = self._queue[0]
        title = self._again.title
        other = WayOut("Ganti pencetak", "", self._print_again)
        kept = "Kuncinya belum dipakai" if self._again.kind in SECRET else "Surat tetap tersimpan"
        if end is Step.DONE:
            self._messages.said.emit(f"{title} dikirim ke pencetak {self._name}.", other)
        elif end is Step.OTHER_SHEET:
            _log.error("printer %s does not take the sheet", self._name)
            self._messages.complained.emit(
                f"Pencetak {self._name} tidak menerima ukuran kertas {title}, jadi tidak dicetak "
                f"daripada terpotong. {kept}; buat ukuran kertas itu di setelan "
                "pencetak, atau pilih pencetak lain.",
                other,
            )
        else:
            _log.error("printer %s refused a job", self._name)
            self._messages.complained.emit(
                f"Pencetak {self._name} menolak {title}. {kept}; periksa kertas dan "
                "kabel, lalu cetak lagi.",
                other,
            )
        if self._run is not None:
            self._run.deleteLater()
        self._run = None
        self._next()

    def _print_again(self) -> None:
        again = self._again
        if again is not None:
            self.print_pdf(again.parent, again.pdf, again.kind, again.title, choose=True)

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

    def save_pdf(self, parent: QWidget, pdf: bytes, title: str) -> None:
        """Ask where to, and save a paper as PDF; nothing is asked while the desk is locked."""
        if self._held:
            return
        file = ask_file(parent, title)
        if file is not None:
            self._background.run(self._tell_saved, saved, pdf, file)

    def _save(self, pdf: bytes, title: str, parent: QWidget) -> None:
        file = ask_file(parent, title)
        if file is None:
            self._next()
            return
        self._background.run(self._note_saved, saved, pdf, file)

    def _note_saved(self, outcome: tuple[Path, str]) -> None:
        self._tell_saved(outcome)
        self._next()

    def _tell_saved(self, outcome: tuple[Path, str]) -> None:
        file, problem = outcome
        if problem:
            self._messages.complained.emit(problem, None)
        else:
            self._messages.said.emit(f"PDF disimpan: {file}", None)


def saved(pdf: bytes, file: Path) -> tuple[Path, str]:
    """Write a PDF, on the worker; give where, and why it could not be."""
    try:
        write_paper(file, pdf)
    except MachineError as error:
        return file, str(error)
    return file, ""


def documents_folder() -> Path:
    """Give where saved papers are offered a place: the user's documents, else his own folder.

    A PC without a folder of documents would offer the program's own, where nobody looks.
    """
    place = QStandardPaths.StandardLocation
    documents = Path(QStandardPaths.writableLocation(place.DocumentsLocation))
    home = Path(QStandardPaths.writableLocation(place.HomeLocation))
    return documents if documents.is_dir() else home


def ask_file(parent: QWidget, title: str) -> Path | None:
    """Ask where to save a PDF. Tests replace this function."""
    folder = documents_folder()
    name = "".join(mark for mark in title if mark.isalnum() or mark in " .-_").strip() or "surat"
    chosen, _filter = QFileDialog.getSaveFileName(
        parent, "Simpan sebagai PDF", str(folder / f"{name}.pdf"), "PDF (*.pdf)"
    )
    return Path(chosen) if chosen else None
