"""Printing: the stored pages in their true size, on the remembered printer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.documents.pictures import page_picture, page_sizes
from kecamatan_desk.ui import print_run, printing
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.dialogs import print_dialog
from kecamatan_desk.ui.dialogs.print_dialog import PrintChoice, PrintDialog
from kecamatan_desk.ui.preferences import Preferences
from kecamatan_desk.ui.printing import Printing
from kecamatan_desk.ui.screen import Messages
from tests.ui.pdfs import A4, F4, TICKET, pdf_of

MakePrinting = Callable[..., Printing]


@pytest.fixture
def messages() -> Messages:
    """What the message bar would say."""
    return Messages()


@pytest.fixture
def make_printing(worker: Background, messages: Messages, tmp_path: Path) -> MakePrinting:
    """Give printing onto files: each printer writes `<name>.pdf`."""

    def make(name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"{name}.pdf"))
        printer.setResolution(300)
        return printer

    def make_printing(*names: str) -> Printing:
        preferences = Preferences(tmp_path / "window.json")
        return Printing(worker, preferences, messages, lambda: list(names), make)

    return make_printing


def _answer(monkeypatch: pytest.MonkeyPatch, answer: PrintChoice | None) -> list[str]:
    """Let the dialog answer so; give the titles it was asked about."""
    asked: list[str] = []

    def ask(_parent: object, title: str, *_rest: object) -> PrintChoice | None:
        asked.append(title)
        return answer

    monkeypatch.setattr(print_dialog, "ask", ask)
    return asked


def test_pages_are_printed_in_their_true_size(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    make_printing: MakePrinting,
    messages: Messages,
    tmp_path: Path,
) -> None:
    _answer(monkeypatch, PrintChoice("Epson"))
    parent = QWidget()
    qtbot.addWidget(parent)

    with qtbot.waitSignal(messages.said, timeout=20_000) as said:
        make_printing("Epson").print_pdf(parent, pdf_of(A4, F4), "letter", "Surat Keterangan")

    assert said.args[0] == "Surat Keterangan dikirim ke pencetak Epson."
    printed = (tmp_path / "Epson.pdf").read_bytes()
    first, second = page_sizes(printed)
    assert first == pytest.approx(A4, abs=0.5)
    assert second == pytest.approx(F4, abs=1)  # printers know F4 as Folio, 215.9 mm
    picture = page_picture(printed, 0, 210)
    inside, outside = (20 * picture.stride + 20 * 4), (60 * picture.stride + 60 * 4)
    assert picture.data[inside] < 40
    assert picture.data[outside] > 200


def test_the_printer_of_a_kind_is_asked_for_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make_printing: MakePrinting, messages: Messages
) -> None:
    asked = _answer(monkeypatch, PrintChoice("Epson"))
    parent, printer = QWidget(), make_printing("Canon", "Epson")
    qtbot.addWidget(parent)

    for title in ("Tiket A-001", "Tiket A-002"):
        with qtbot.waitSignal(messages.said, timeout=20_000):
            printer.print_pdf(parent, pdf_of(TICKET), "ticket", title)

    assert asked == ["Tiket A-001"]


def test_another_printer_may_be_chosen(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    make_printing: MakePrinting,
    messages: Messages,
    tmp_path: Path,
) -> None:
    parent, printer = QWidget(), make_printing("Canon", "Epson")
    qtbot.addWidget(parent)
    _answer(monkeypatch, PrintChoice("Epson"))
    with qtbot.waitSignal(messages.said, timeout=20_000) as said:
        printer.print_pdf(parent, pdf_of(TICKET), "ticket", "Tiket A-001")
    _answer(monkeypatch, PrintChoice("Canon"))

    with qtbot.waitSignal(messages.said, timeout=20_000):
        said.args[1].act()

    assert (tmp_path / "Canon.pdf").is_file()


def test_a_printer_that_is_gone_is_asked_for_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make_printing: MakePrinting, tmp_path: Path
) -> None:
    Preferences(tmp_path / "window.json").set_printer("ticket", "Lama")
    asked = _answer(monkeypatch, None)
    parent = QWidget()
    qtbot.addWidget(parent)

    make_printing("Epson").print_pdf(parent, pdf_of(TICKET), "ticket", "Tiket A-001")

    qtbot.waitUntil(lambda: asked == ["Tiket A-001"])


def test_a_refused_question_lets_the_next_paper_through(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make_printing: MakePrinting
) -> None:
    asked = _answer(monkeypatch, None)
    parent, printer = QWidget(), make_printing("Epson")
    qtbot.addWidget(parent)

    printer.print_pdf(parent, pdf_of(A4), "letter", "Satu")
    printer.print_pdf(parent, pdf_of(A4), "letter", "Dua")

    qtbot.waitUntil(lambda: asked == ["Satu", "Dua"])


def test_a_damaged_paper_lets_the_next_one_through(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make_printing: MakePrinting, messages: Messages
) -> None:
    asked = _answer(monkeypatch, None)
    parent, printer = QWidget(), make_printing("Epson")
    qtbot.addWidget(parent)

    with qtbot.waitSignal(messages.complained) as complaint:
        printer.print_pdf(parent, b"no PDF at all", "letter", "Berkas satu")
        printer.print_pdf(parent, pdf_of(A4), "letter", "Baik")

    assert complaint.args[0].startswith("Berkas satu rusak")
    qtbot.waitUntil(lambda: asked == ["Baik"])


def test_a_page_that_cannot_be_pictured_lets_the_next_paper_through(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make_printing: MakePrinting, messages: Messages
) -> None:
    asked = _answer(monkeypatch, PrintChoice("Epson"))
    parent, printer = QWidget(), make_printing("Epson")
    qtbot.addWidget(parent)

    def fail(*_where: object) -> None:
        raise MemoryError

    monkeypatch.setattr(print_run, "page_band", fail)

    with qtbot.waitSignal(messages.complained) as complaint:
        printer.print_pdf(parent, pdf_of(A4), "letter", "Satu", choose=True)
        printer.print_pdf(parent, pdf_of(A4), "letter", "Dua", choose=True)

    assert "menolak Satu" in complaint.args[0]
    qtbot.waitUntil(lambda: asked == ["Satu", "Dua"])


def test_without_a_printer_the_paper_is_saved(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    make_printing: MakePrinting,
    messages: Messages,
    tmp_path: Path,
) -> None:
    pdf, file = pdf_of(A4), tmp_path / "surat.pdf"
    _answer(monkeypatch, PrintChoice(""))
    monkeypatch.setattr(printing, "ask_file", lambda _parent, _title: file)
    parent = QWidget()
    qtbot.addWidget(parent)

    with qtbot.waitSignal(messages.said):
        make_printing().print_pdf(parent, pdf, "letter", "Surat")

    assert file.read_bytes() == pdf


def test_a_folder_that_takes_no_file_is_told(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    make_printing: MakePrinting,
    messages: Messages,
    tmp_path: Path,
) -> None:
    _answer(monkeypatch, PrintChoice(""))
    missing = tmp_path / "tidak-ada" / "surat.pdf"
    monkeypatch.setattr(printing, "ask_file", lambda _parent, _title: missing)
    parent = QWidget()
    qtbot.addWidget(parent)

    with qtbot.waitSignal(messages.complained) as complaint:
        make_printing().print_pdf(parent, pdf_of(A4), "letter", "Surat")

    assert "surat.pdf tidak dapat ditulis" in complaint.args[0]


def test_the_dialog_without_printers_offers_to_save_only(qtbot: QtBot) -> None:
    dialog = PrintDialog(None, "Surat", "1 halaman, A4", (), "")
    qtbot.addWidget(dialog)

    assert not dialog.print_button.isEnabled()
    dialog.save_button.click()
    assert dialog.saves


def test_the_dialog_begins_with_the_remembered_printer(qtbot: QtBot) -> None:
    dialog = PrintDialog(None, "Surat", "1 halaman, A4", ("Canon", "Epson"), "Epson")
    qtbot.addWidget(dialog)

    assert dialog.printers.currentText() == "Epson"
