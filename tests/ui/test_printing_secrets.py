"""The sheet with the recovery key goes onto paper or nowhere: it must not stay behind as a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.documents.recovery_sheet import groups
from kecamatan_desk.ui import printing, style, theme
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.dialogs import print_dialog
from kecamatan_desk.ui.dialogs.print_dialog import PrintChoice, PrintDialog
from kecamatan_desk.ui.preferences import Preferences
from kecamatan_desk.ui.printing import Printing
from kecamatan_desk.ui.screen import Messages
from kecamatan_desk.ui.style import Look
from tests.ui.backup_tools import sticks
from tests.ui.pdfs import A4, pdf_of
from tests.ui.screen_tools import Printed
from tests.ui.test_backup_screen import Made, admin, make, printed

__all__ = ["admin", "make", "printed", "sticks"]

PDF_PRINTERS = (
    "Microsoft Print to PDF",
    "Microsoft XPS Document Writer",
    "OneNote (Desktop)",
    "Fax",
    "CUPS-PDF",
    "PDFCreator",
    "Foxit Reader PDF Printer",
    "Microsoft Office Document Image Writer",
)
PAPER_PRINTERS = ("EPSON L3110 Series", "HP LaserJet 1020", "Canon iP2770", "Epson LX-310")
Asked = list[tuple[Any, ...]]


@pytest.fixture
def messages() -> Messages:
    """What the message bar would say."""
    return Messages()


@pytest.fixture
def make_printing(
    worker: Background, messages: Messages, tmp_path: Path
) -> Callable[..., Printing]:
    """Give printing onto files of the test, for these printers."""

    def make(name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"{name}.pdf"))
        printer.setResolution(150)
        return printer

    def make_printing(*names: str) -> Printing:
        preferences = Preferences(tmp_path / "window.json")
        return Printing(worker, preferences, messages, lambda: list(names), make)

    return make_printing


def answered(monkeypatch: pytest.MonkeyPatch, choice: PrintChoice | None) -> Asked:
    """Let the dialog answer so; give what it was asked."""
    asked: Asked = []

    def ask(*question: Any) -> PrintChoice | None:
        asked.append(question)
        return choice

    monkeypatch.setattr(print_dialog, "ask", ask)
    return asked


def print_key(qtbot: QtBot, with_: Printing) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    with_.print_pdf(widget, pdf_of(A4), "kunci", "Lembar kunci pemulihan")


@pytest.mark.parametrize("name", PDF_PRINTERS)
def test_printers_that_write_files_are_known(name: str) -> None:
    assert printing.writes_files(name)


@pytest.mark.parametrize("name", PAPER_PRINTERS)
def test_printers_for_paper_are_none_of_them(name: str) -> None:
    assert not printing.writes_files(name)


def test_a_key_is_offered_paper_alone_and_each_time_anew(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    make_printing: Callable[..., Printing],
    messages: Messages,
    tmp_path: Path,
) -> None:
    paper = PAPER_PRINTERS[0]
    asked = answered(monkeypatch, PrintChoice(paper))
    with_ = make_printing(PDF_PRINTERS[0], paper)
    for _ in range(2):
        with qtbot.waitSignal(messages.said) as said:
            print_key(qtbot, with_)
        assert f"dikirim ke pencetak {paper}" in said.args[0]
    for question in asked:
        assert question[3] == (paper,)
        assert "tidak disimpan sebagai PDF" in question[6]
    assert len(asked) == 2
    assert (tmp_path / f"{paper}.pdf").is_file()


@pytest.mark.parametrize("choice", [PrintChoice(""), PrintChoice(PDF_PRINTERS[0]), None])
def test_whatever_is_answered_no_file_is_written(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    make_printing: Callable[..., Printing],
    tmp_path: Path,
    choice: PrintChoice | None,
) -> None:
    asked = answered(monkeypatch, choice)
    monkeypatch.setattr(printing, "ask_file", lambda *_: tmp_path / "kunci.pdf")
    with_ = make_printing(PDF_PRINTERS[0])
    print_key(qtbot, with_)
    qtbot.waitUntil(lambda: with_ not in printing.AT_WORK)
    (question,) = asked
    assert question[3] == ()
    assert "tidak ada pencetak kertas (hanya Microsoft Print to PDF" in question[6]
    assert "Tulis dengan tangan" in question[6]
    assert list(tmp_path.glob("*.pdf")) == []


def test_other_papers_are_saved_as_before(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make_printing: Callable[..., Printing]
) -> None:
    asked = answered(monkeypatch, None)
    with_ = make_printing(PDF_PRINTERS[0])
    widget = QWidget()
    qtbot.addWidget(widget)
    with_.print_pdf(widget, pdf_of(A4), "laporan", "Laporan")
    qtbot.waitUntil(lambda: with_ not in printing.AT_WORK)
    assert asked[0][3] == (PDF_PRINTERS[0],)
    assert len(asked[0]) == 6


@pytest.mark.parametrize("names", [(), PAPER_PRINTERS])
def test_the_dialog_has_no_way_to_a_file(qtbot: QtBot, names: tuple[str, ...]) -> None:
    style.use(Look(theme.LIGHT))
    only = "Lembar ini memuat kunci."
    dialog = PrintDialog(None, "Lembar kunci pemulihan", "A4, 2 halaman", names, "", "", only)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.save_button.isVisible()
    assert dialog.print_button.isEnabled() == bool(names)
    assert only in [part.text() for part in dialog.findChildren(type(dialog.warning))]


def test_without_a_printer_the_key_is_copied_by_hand(
    qtbot: QtBot, make: Made, printed: Printed
) -> None:
    screen = make()
    part = screen.side.key
    part.make_button.click()
    qtbot.waitUntil(lambda: bool(printed.papers))
    assert printed.kinds == ["kunci"]
    secret = part._key.secret  # type: ignore[union-attr]  # noqa: SLF001 - what is to be copied
    assert part.shown.parts == ()
    part.write_button.click()
    assert part.shown.isVisible()
    assert part.shown.parts == groups(secret)
    part.write_button.click()
    assert (part.shown.parts, part.shown.isVisible()) == ((), False)
    part.write_button.click()
    screen.leave()
    assert part.shown.parts == ()
    part.write_button.click()
    part.drop_button.click()
    assert part.shown.parts == ()
