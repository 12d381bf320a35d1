"""Printing: the stored pages in their true size, on the remembered printer."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.documents.pictures import (
    RawPicture,
    page_band,
    page_count,
    page_picture,
    page_sizes,
)
from kecamatan_desk.documents.profiles import PAPERS, Profile
from kecamatan_desk.ui import print_run, printing, style, theme
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.dialogs import print_dialog
from kecamatan_desk.ui.dialogs.print_dialog import PrintChoice, PrintDialog
from kecamatan_desk.ui.preferences import Preferences
from kecamatan_desk.ui.print_run import Step
from kecamatan_desk.ui.printing import Printing
from kecamatan_desk.ui.screen import Messages
from kecamatan_desk.ui.style import Look
from tests.ui.pdfs import A4, F4, TICKET, pdf_of

MakePrinting = Callable[..., Printing]


@pytest.fixture
def messages() -> Messages:
    """What the message bar would say."""
    return Messages()


@pytest.fixture
def make_printing(worker: Background, messages: Messages, tmp_path: Path) -> MakePrinting:
    """Give printing onto files: each job of a printer writes <name>.pdf, then <name>-2.pdf."""
    jobs: Counter[str] = Counter()

    def make(name: str) -> QPrinter:
        jobs[name] += 1
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        file = name if jobs[name] == 1 else f"{name}-{jobs[name]}"
        printer.setOutputFileName(str(tmp_path / f"{file}.pdf"))
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

    with qtbot.waitSignal(messages.said) as said:
        make_printing("Epson").print_pdf(parent, pdf_of(A4, F4), "letter", "Surat Keterangan")

    assert said.args[0] == "Surat Keterangan dikirim ke pencetak Epson."
    printed = (tmp_path / "Epson.pdf").read_bytes()
    assert page_sizes(printed) == (pytest.approx(A4, abs=0.5),)
    # a driver has one sheet for a whole job, so the second page is a job of its own
    assert page_sizes((tmp_path / "Epson-2.pdf").read_bytes()) == (pytest.approx(F4, abs=0.5),)
    picture = page_picture(printed, 0, 210)
    inside, outside = (20 * picture.stride + 20 * 4), (60 * picture.stride + 60 * 4)
    assert picture.data[inside] < 40
    assert picture.data[outside] > 200


SHEETS = [(p.width, p.height) for p in PAPERS.values()] + [(330.0, 215.0), (297.0, 420.0)]


@pytest.mark.parametrize("size", SHEETS)
def test_every_sheet_comes_out_in_its_own_millimetres(
    tmp_path: Path, qapp: QApplication, size: tuple[float, float]
) -> None:
    pdf = _printed_at(72, pdf_of(size), tmp_path)

    assert page_sizes(pdf) == (pytest.approx(size, abs=0.5),)


@pytest.mark.parametrize("size", [F4, (297.0, 420.0)])
def test_no_band_of_a_page_at_600_dpi_is_larger_than_32_mib(
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
    tmp_path: Path,
    size: tuple[float, float],
) -> None:
    bands: list[RawPicture] = []

    def watched(*where: Any) -> RawPicture:
        band = page_band(*where)
        bands.append(replace(band, data=b"", stride=len(band.data)))  # its size is enough
        return band

    monkeypatch.setattr(print_run, "page_band", watched)

    pdf = _printed_at(600, pdf_of(size), tmp_path)

    dots = [round(side / 25.4 * 600) for side in size]
    assert max(band.stride for band in bands) <= 32 * 2**20
    assert sum(band.height for band in bands) == pytest.approx(dots[1], abs=1)
    assert {band.width for band in bands} == {dots[0]}
    assert page_sizes(pdf) == (pytest.approx(size, abs=0.5),)


def test_a_book_goes_on_the_folio_of_the_driver_unscaled(
    tmp_path: Path, qapp: QApplication
) -> None:
    pdf = _printed_at(300, pdf_of((330.0, 215.0)), tmp_path, profile=Profile("FOLIO"))

    assert page_sizes(pdf) == (pytest.approx((330.2, 215.9), abs=0.5),)
    picture = page_picture(pdf, 0, 3302)
    row = picture.data[200 * picture.stride :][: 3302 * 4 : 4]
    dark = [x for x, value in enumerate(row) if value < 100]
    assert dark[0] == pytest.approx(100, abs=4)  # 10 mm from the edge, 20 mm wide, as drawn
    assert dark[-1] - dark[0] == pytest.approx(200, abs=4)


def _printed_at(
    dpi: int, pdf: bytes, folder: Path, copies: int = 1, profile: Profile | None = None
) -> bytes:
    """Print on one PDF printer of this resolution, all jobs into one file."""

    def make(name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(folder / f"{name}.pdf"))
        printer.setResolution(dpi)
        return printer

    paper = print_run.Paper(make, PrintChoice("Epson", copies), pdf, "Surat", profile)
    step = Step.MORE
    while step is Step.MORE:
        step = paper.step()
    assert step is Step.DONE
    return (folder / "Epson.pdf").read_bytes()


def test_copies_the_driver_cannot_make_are_made_page_after_page(
    tmp_path: Path, qapp: QApplication
) -> None:
    pdf = _printed_at(72, pdf_of(A4, A4), tmp_path, copies=3)

    assert page_count(pdf) == 6


def test_a_driver_that_takes_another_sheet_is_not_let_cut_the_page(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    make_printing: MakePrinting,
    messages: Messages,
    tmp_path: Path,
) -> None:
    def only_a4(printer: QPrinter, _sheet: QPageSize) -> bool:
        return _set(printer, QPageSize(QPageSize.PageSizeId.A4))

    _set = QPrinter.setPageSize
    monkeypatch.setattr(QPrinter, "setPageSize", only_a4)
    _answer(monkeypatch, PrintChoice("Epson"))
    parent = QWidget()
    qtbot.addWidget(parent)

    with qtbot.waitSignal(messages.complained) as complaint:
        make_printing("Epson").print_pdf(parent, pdf_of(F4), "letter", "Surat Keterangan")

    assert "tidak menerima ukuran kertas Surat Keterangan" in complaint.args[0]
    assert not (tmp_path / "Epson.pdf").exists()


def test_a_paper_for_another_sheet_than_this_pc_is_set_to_is_said_before_it_is_printed(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    make_printing: MakePrinting,
    messages: Messages,
    tmp_path: Path,
) -> None:
    preferences = Preferences(tmp_path / "window.json")
    preferences.set_printer("surat", "Epson")
    preferences.set_profile("surat", Profile("F4"))
    warnings: list[str] = []

    def ask(*asked: Any) -> PrintChoice | None:
        warnings.append(asked[-1])
        return PrintChoice("Epson")

    monkeypatch.setattr(print_dialog, "ask", ask)
    parent, printer = QWidget(), make_printing("Epson")
    qtbot.addWidget(parent)

    with qtbot.waitSignal(messages.said):
        printer.print_pdf(parent, pdf_of(F4), "surat", "Surat F4")
    assert warnings == []  # on its own sheet: straight to the printer

    with qtbot.waitSignal(messages.said):
        printer.print_pdf(parent, pdf_of(A4), "surat", "Surat A4")
    assert len(warnings) == 1
    assert "dibuat untuk kertas A4 (210 \N{MULTIPLICATION SIGN} 297 mm)" in warnings[0]
    assert "disetel untuk F4 (215 \N{MULTIPLICATION SIGN} 330 mm)" in warnings[0]
    assert page_sizes((tmp_path / "Epson-2.pdf").read_bytes()) == (pytest.approx(A4, abs=0.5),)


def test_a_block_is_printed_only_after_the_village_letter_was_asked_for(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make_printing: MakePrinting, messages: Messages
) -> None:
    warnings: list[str] = []

    def ask(*asked: Any) -> PrintChoice | None:
        warnings.append(asked[-1])
        return PrintChoice("Epson")

    monkeypatch.setattr(print_dialog, "ask", ask)
    parent, printer = QWidget(), make_printing("Epson")
    qtbot.addWidget(parent)
    for kind in ("surat", "pengesahan", "pengesahan"):
        with qtbot.waitSignal(messages.said):
            printer.print_pdf(parent, pdf_of(A4), kind, "Blok")

    assert warnings[0] == ""  # no printer was remembered yet
    assert len(warnings) == 3
    assert all("Masukkan surat desa ke pencetak" in one for one in warnings[1:])


def test_papers_of_the_counter_share_one_printer(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make_printing: MakePrinting, messages: Messages
) -> None:
    asked = _answer(monkeypatch, PrintChoice("Epson"))
    parent, printer = QWidget(), make_printing("Epson")
    qtbot.addWidget(parent)

    for kind in ("tanda-terima", "pengembalian", "serah-terima"):
        with qtbot.waitSignal(messages.said):
            printer.print_pdf(parent, pdf_of((215, 165)), kind, f"Lembar {kind}")

    assert asked == ["Lembar tanda-terima"]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_dialog_shows_all_it_is_told(qtbot: QtBot, scale: float) -> None:
    style.use(Look(theme.LIGHT, scale))
    words = "Lembar ini dibuat untuk kertas A4, sedangkan komputer ini disetel untuk F4. " * 3
    dialog = PrintDialog(None, "Surat", "1 halaman, A4", ("Epson",), "Epson", words)
    qtbot.addWidget(dialog)
    dialog.show()

    assert dialog.warning.isVisible()
    assert dialog.warning.text() == words
    label = dialog.warning
    assert label.height() >= label.heightForWidth(label.width())
    style.use(Look(theme.LIGHT))


def test_the_printer_of_a_kind_is_asked_for_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make_printing: MakePrinting, messages: Messages
) -> None:
    asked = _answer(monkeypatch, PrintChoice("Epson"))
    parent, printer = QWidget(), make_printing("Canon", "Epson")
    qtbot.addWidget(parent)

    for title in ("Tiket A-001", "Tiket A-002"):
        with qtbot.waitSignal(messages.said):
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
    with qtbot.waitSignal(messages.said) as said:
        printer.print_pdf(parent, pdf_of(TICKET), "ticket", "Tiket A-001")
    _answer(monkeypatch, PrintChoice("Canon"))

    with qtbot.waitSignal(messages.said):
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


def test_without_a_folder_of_documents_ones_own_is_offered(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    offered: list[str] = []

    def choose(_parent: QWidget, _title: str, start: str, _filter: str) -> tuple[str, str]:
        offered.append(start)
        return "", ""

    places = {"DocumentsLocation": tmp_path / "Documents", "HomeLocation": tmp_path}
    monkeypatch.setattr(
        "kecamatan_desk.ui.printing.QStandardPaths.writableLocation",
        lambda kind: str(places[kind.name]),
    )
    monkeypatch.setattr("kecamatan_desk.ui.printing.QFileDialog.getSaveFileName", choose)
    assert printing.ask_file(QWidget(), "Surat") is None
    (tmp_path / "Documents").mkdir()
    assert printing.ask_file(QWidget(), "Surat") is None
    assert offered == [str(tmp_path / "Surat.pdf"), str(tmp_path / "Documents" / "Surat.pdf")]


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
