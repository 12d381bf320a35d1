"""The Lampiran tab: scans chosen, dropped or pasted, looked at, erased."""

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.request_panel import SCANS, RequestPanel
from kecamatan_desk.usecases.attachments import attachments
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.values import Receipt
from tests.builders import taken_in
from tests.ui.screen_tools import Heard

DeskOf = Callable[[Role], Desk]


@pytest.fixture
def context(context_of: Callable[[Role], ScreenContext]) -> ScreenContext:
    return context_of(Role.PELAYANAN)


@pytest.fixture
def request_(desk_of: DeskOf) -> Receipt:
    return taken_in(desk_of)


@pytest.fixture
def panel(context: ScreenContext, qtbot: QtBot, request_: Receipt) -> Iterator[RequestPanel]:
    panel = RequestPanel(context)
    panel.resize(846, 620)
    panel.show()
    panel.load(request_.request_id)
    qtbot.waitUntil(lambda: panel.view is not None)
    panel.show_page(SCANS)
    yield panel
    shiboken6.delete(panel)


def scan(folder: Path, name: str = "KTP Raden Roro.jpg") -> Path:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(out, "JPEG")
    (folder / name).write_bytes(out.getvalue())
    return folder / name


def labels(panel: RequestPanel) -> list[str]:
    return [record.label for record in panel.scans.model.records]


def pictured(qtbot: QtBot, panel: RequestPanel, *names: str) -> None:
    qtbot.waitUntil(lambda: labels(panel) == list(names))
    qtbot.waitUntil(lambda: panel.scans.pages.pictured == 1)


def test_chosen_files_are_kept_and_shown(
    panel: RequestPanel,
    context: ScreenContext,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    desk_of: DeskOf,
    request_: Receipt,
) -> None:
    heard = Heard(context)
    one, other = scan(tmp_path), scan(tmp_path, "KK.jpg")
    monkeypatch.setattr(
        QFileDialog, "getOpenFileNames", lambda *_args: ([str(one), str(other)], "")
    )
    page = panel.scans
    page.papers.setCurrentIndex(page.papers.findData("pengantar"))
    page.add_button.click()
    pictured(qtbot, panel, "KTP Raden Roro.jpg", "KK.jpg")
    assert heard.said == ["Lampiran KTP Raden Roro.jpg tersimpan.", "Lampiran KK.jpg tersimpan."]
    kept = desk_of(Role.PELAYANAN).ask(attachments, request_.request_id)
    named = {line.code: line.name for line in panel.view.checklist} if panel.view else {}
    assert [row.paper for row in kept] == [named["pengantar"]] * 2
    assert page.shown == kept[1]


def test_what_is_dropped_anywhere_on_the_file_is_added(
    panel: RequestPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    panel.show_page("data")
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(scan(tmp_path)))])
    drop = QDropEvent(
        QPoint(20, 200),
        Qt.DropAction.CopyAction,
        held,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    panel.dropEvent(drop)
    assert panel.page == SCANS
    pictured(qtbot, panel, "KTP Raden Roro.jpg")


def test_a_page_scanned_with_300_dpi_is_pasted_without_holding_up_the_window(
    panel: RequestPanel, qtbot: QtBot
) -> None:
    image = QImage(os.urandom(310 * 438 * 4), 310, 438, QImage.Format.Format_RGB32)
    page = image.scaled(2480, 3508)
    QGuiApplication.clipboard().setImage(page)

    began = perf_counter()
    panel.scans.paste()
    took = perf_counter() - began

    qtbot.waitUntil(lambda: len(labels(panel)) == 1)
    assert took < 0.25  # encoding it takes a second and more: that is the worker's


def test_a_scan_is_added_while_another_is_being_erased(
    panel: RequestPanel, context: ScreenContext, qtbot: QtBot, tmp_path: Path
) -> None:
    heard = Heard(context)
    page = panel.scans
    page.add_paths([scan(tmp_path)])
    pictured(qtbot, panel, "KTP Raden Roro.jpg")
    page.erase_button.click()
    page.reason.setText("Salah orang")
    page.erase_button.click()
    page.add_paths([scan(tmp_path, "KK.jpg")])

    qtbot.waitUntil(lambda: labels(panel) == ["KK.jpg"])
    assert heard.complained == []


def test_a_picture_is_pasted_by_keyboard(panel: RequestPanel, qtbot: QtBot) -> None:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(image)
    panel.scans.list.setFocus()
    qtbot.keyClick(panel.scans.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    pictured(qtbot, panel, "Tempelan.png")


def test_an_empty_clipboard_says_what_to_do(panel: RequestPanel, context: ScreenContext) -> None:
    heard = Heard(context)
    QGuiApplication.clipboard().clear()
    panel.scans.paste_button.click()
    assert "Papan klip tidak berisi" in heard.complained[-1]


def test_one_refused_file_does_not_hold_up_the_next(
    panel: RequestPanel, context: ScreenContext, qtbot: QtBot, tmp_path: Path
) -> None:
    heard = Heard(context)
    bad = tmp_path / "tugas.pdf"
    bad.write_bytes(b"PK\x03\x04 a workbook")
    panel.scans.add_paths([bad, scan(tmp_path)])
    pictured(qtbot, panel, "KTP Raden Roro.jpg")
    assert heard.complained[0].startswith("tugas.pdf: Berkas ini bukan PDF, JPG, atau PNG")


def test_a_scan_is_erased_with_a_reason(
    panel: RequestPanel, context: ScreenContext, qtbot: QtBot, tmp_path: Path
) -> None:
    panel.scans.add_paths([scan(tmp_path)])
    pictured(qtbot, panel, "KTP Raden Roro.jpg")
    page = panel.scans
    page.erase_button.click()
    assert page.reason.isVisible()
    qtbot.keyClicks(page.reason, "Salah orang")
    qtbot.keyClick(page.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: labels(panel) == [])
    assert "Belum ada lampiran" in page.pages.sheets.message
    assert not page.erase_button.isEnabled()


def test_why_a_scan_is_to_be_erased_waits_on_the_pad_until_it_is(
    panel: RequestPanel,
    context: ScreenContext,
    qtbot: QtBot,
    tmp_path: Path,
    request_: Receipt,
) -> None:
    panel.scans.add_paths([scan(tmp_path)])
    pictured(qtbot, panel, "KTP Raden Roro.jpg")
    panel.scans.erase_button.click()
    qtbot.keyClicks(panel.scans.reason, "Salah orang")
    qtbot.wait(300)
    qtbot.waitUntil(lambda: context.background.idle)
    context.__post_init__()  # as after a kill: nothing but what is on disk
    with qtbot.waitSignal(context.pad.loaded):
        context.pad.load()
    again = RequestPanel(context)
    qtbot.addWidget(again)
    again.show()
    again.load(request_.request_id)
    qtbot.waitUntil(lambda: again.view is not None)
    again.show_page(SCANS)
    pictured(qtbot, again, "KTP Raden Roro.jpg")
    page = again.scans

    page.erase_button.click()

    assert page.reason.text() == "Salah orang"
    page.erase_button.click()
    qtbot.waitUntil(lambda: labels(again) == [])
    assert [place for place, _ in context.pad._bodies if "lampiran" in place] == []  # noqa: SLF001
