"""Laporan bulanan on screen: what is pictured is what is printed and saved; texts are kept."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kecamatan_desk.documents.report_values import ReportCover
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import printing
from kecamatan_desk.ui.screens import report as report_module
from kecamatan_desk.ui.screens.figures import FiguresScreen
from kecamatan_desk.ui.screens.report import ReportDesk, ReportScreen
from kecamatan_desk.usecases.report import ReportTexts, keep_report_texts, report_texts
from tests.ui.screen_tools import ContextOf, Heard, Printed, fits, press, settled, shown
from tests.walking import DeskOf, brought_to, rows

Made = Callable[..., ReportScreen]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    return Printed(monkeypatch)


@pytest.fixture
def make(qtbot: QtBot, context_of: ContextOf, printed: Printed) -> Made:
    """Make the screen and wait for its first picture."""

    def make(role: Role = Role.REGISTER) -> ReportScreen:
        screen = shown(qtbot, ReportScreen(context_of(role), role, "laporan"))
        drawn(qtbot, screen.report)
        return screen

    return make


def drawn(qtbot: QtBot, report: ReportDesk) -> None:
    qtbot.waitUntil(lambda: bool(report.pages.pdf) and report.pages.pages > 0)


def test_the_month_is_pictured_at_once(make: Made, desk_of: DeskOf) -> None:
    brought_to(desk_of, "sktm", "")
    screen = make()

    assert screen.report.pages.pages == 6
    assert screen.report.paper.text() == "halaman 1 dari 6"
    assert screen.report.form.recipient.toPlainText().startswith("Bupati Mekarjaya")
    assert fits(screen)


def test_what_is_pictured_is_what_is_printed(
    qtbot: QtBot, make: Made, printed: Printed, desk_of: DeskOf
) -> None:
    screen = make()
    before = screen.report.pages.pdf

    press(screen, "F7")
    qtbot.waitUntil(lambda: printed.papers == [("laporan", before)])

    qtbot.keyClicks(screen.report.form.notes, "Jaringan putus")
    press(screen, "F7")  # typed a moment ago: it must not print without it
    qtbot.waitUntil(lambda: len(printed.papers) == 2)
    assert printed.papers[1][1] == screen.report.pages.pdf != before
    settled(qtbot, screen)
    kept = desk_of(Role.KASI).ask(report_texts, 2026, 5)
    assert kept.notes == "Jaringan putus"


def test_typing_is_pictured_after_a_rest(qtbot: QtBot, make: Made) -> None:
    screen = make()
    before = screen.report.pages.pdf

    qtbot.keyClicks(screen.report.form.number, "100.2.2.5/9/2026")

    qtbot.waitUntil(lambda: screen.report.pages.pdf not in (b"", before))


def test_each_month_has_its_own_texts(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    cover = ReportCover("7", "Segera", "Bupati Mekarjaya")
    desk_of(Role.KASI).call(keep_report_texts, 2026, 4, ReportTexts(cover, "Listrik padam"))
    screen = make()
    form = screen.report.form
    qtbot.keyClicks(form.notes, "Mei")

    form.month.setCurrentIndex(1)
    qtbot.waitUntil(lambda: form.notes.toPlainText() == "Listrik padam")
    drawn(qtbot, screen.report)
    assert (form.number.text(), form.nature.currentText()) == ("7", "Segera")

    form.month.setCurrentIndex(0)
    qtbot.waitUntil(lambda: form.notes.toPlainText() == "Mei")
    drawn(qtbot, screen.report)
    assert form.number.text() == ""


def test_a_month_passed_over_leaves_nothing(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    screen = make()
    texts = ReportTexts(ReportCover(recipient="Bupati Mekarjaya"), "Maret")
    desk_of(Role.KASI).call(keep_report_texts, 2026, 3, texts)

    screen.report.form.month.setCurrentIndex(1)
    screen.report.form.month.setCurrentIndex(2)

    qtbot.waitUntil(lambda: screen.report.form.notes.toPlainText() == "Maret")
    settled(qtbot, screen)
    drawn(qtbot, screen.report)
    assert screen.report.name == "Laporan PATEN 2026-03"
    assert desk_of(Role.KASI).ask(report_texts, 2026, 4).notes == ""


def test_pdf_and_workbook_are_saved(
    qtbot: QtBot, make: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    screen = make()
    heard = Heard(screen.context)
    pdf, sheet = tmp_path / "r.pdf", tmp_path / "r.xlsx"
    monkeypatch.setattr(printing, "ask_file", lambda _parent, _title: pdf)
    monkeypatch.setattr(report_module, "ask_sheet", lambda _parent, _name: sheet)

    qtbot.keyClick(screen, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(heard.said) == 1)
    press(screen, "F10")
    qtbot.waitUntil(lambda: len(heard.said) == 2)

    assert heard.said == [f"Laporan disimpan: {pdf}", f"Laporan disimpan: {sheet}"]
    assert pdf.read_bytes() == screen.report.pages.pdf
    assert "Rekapitulasi" in load_workbook(sheet).sheetnames
    path = screen.context.background.desk.store.path
    events = rows(path, "SELECT act, payload FROM event ORDER BY seq DESC LIMIT 2")
    what = {"what": "report", "year": 2026, "month": 5, "reason": "arsip"}
    told = [(event["act"], json.loads(event["payload"])) for event in reversed(events)]
    assert told == [("cetak", what | {"file": True}), ("ekspor", what)]


@pytest.mark.parametrize("key", ["Ctrl+S", "F10"])
def test_a_folder_that_cannot_be_written_is_told(
    qtbot: QtBot, make: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str
) -> None:
    screen = make()
    heard = Heard(screen.context)
    nowhere = tmp_path / "nowhere" / "r.bin"
    monkeypatch.setattr(printing, "ask_file", lambda _parent, _title: nowhere)
    monkeypatch.setattr(report_module, "ask_sheet", lambda _parent, _name: nowhere)

    press(screen, key)

    qtbot.waitUntil(lambda: bool(heard.complained))
    assert "tidak dapat ditulis" in heard.complained[0]


def test_what_cannot_be_printed_is_said_in_its_place(qtbot: QtBot, make: Made) -> None:
    screen = make()
    heard = Heard(screen.context)

    screen.report.form.recipient.setPlainText("\n".join("abcdefg"))

    qtbot.waitUntil(lambda: bool(heard.complained))
    assert "paling banyak 6 baris" in heard.complained[0]
    assert screen.report.pages.pdf == b""


def test_the_figures_open_the_report_of_their_month(
    qtbot: QtBot, context_of: ContextOf, printed: Printed
) -> None:
    screen = shown(qtbot, FiguresScreen(context_of(Role.KASI), Role.KASI, "angka"))
    screen.month.setCurrentIndex(2)

    press(screen, "F7")

    assert screen.report is not None
    assert screen.report.form.chosen == (2026, 3)
    drawn(qtbot, screen.report)
    qtbot.keyClicks(screen.report.form.notes, "Pemilu")
    qtbot.keyClick(screen.report.form.notes, Qt.Key.Key_Escape)
    assert screen.stack.currentIndex() == 0
    assert "F10" not in screen.deeds()

    press(screen, "F7")
    assert screen.report.form.notes.toPlainText() == "Pemilu"
    settled(qtbot, screen)
    drawn(qtbot, screen.report)
