"""The pages of a paper on screen."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.page_view import PageView
from tests.ui.pdfs import A4, F4, pdf_of


@pytest.fixture
def view(qtbot: QtBot, worker: Background) -> PageView:
    """A shown, empty view."""
    view = PageView(worker)
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    return view


def test_the_stored_page_is_pictured(qtbot: QtBot, view: PageView) -> None:
    view.show_pdf(pdf_of(A4), "Surat Keterangan")

    qtbot.waitUntil(lambda: view.pictured == 1)
    assert view.paper == "1 halaman, A4"
    picture = view.grab().toImage()
    dark = [x for x in range(picture.width()) if picture.pixelColor(x, 80).lightness() < 40]
    assert len(dark) == pytest.approx(view.widget().width() * 20 / 232, rel=0.2)


def test_only_pages_in_sight_are_pictured(qtbot: QtBot, view: PageView) -> None:
    view.show_pdf(pdf_of(*[A4] * 40))
    qtbot.waitUntil(lambda: view.pictured >= 1)

    bar = view.verticalScrollBar()
    with qtbot.waitSignal(view.page_changed, check_params_cb=lambda page, _of: page == 40):
        bar.setValue(bar.maximum())

    qtbot.waitUntil(lambda: view.pictured >= 2)
    assert view.pages == 40
    assert view.pictured < 10


def test_space_scrolls_on_and_shift_space_back(qtbot: QtBot, view: PageView) -> None:
    view.show_pdf(pdf_of(A4))
    qtbot.waitUntil(lambda: view.pictured == 1)
    bar = view.verticalScrollBar()

    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert bar.value() > 0

    qtbot.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() == 0


def test_the_size_changes_and_fits_again(qtbot: QtBot, view: PageView) -> None:
    view.show_pdf(pdf_of(A4))
    qtbot.waitUntil(lambda: view.pictured == 1)
    fits = view.widget().height()

    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.widget().height() > fits

    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.widget().height() == fits


def test_a_later_paper_wins_over_an_earlier_one(qtbot: QtBot, view: PageView) -> None:
    view.show_pdf(pdf_of(*[A4] * 3))
    view.show_pdf(pdf_of(F4))

    qtbot.waitUntil(lambda: view.pictured == 1)
    assert view.paper == "1 halaman, F4"


def test_without_a_paper_the_view_says_why(qtbot: QtBot, view: PageView) -> None:
    view.show_pdf(pdf_of(A4))
    qtbot.waitUntil(lambda: view.pictured == 1)

    view.show_nothing("Surat digambar sesudah nomor agenda diberikan.")

    assert view.pages == 0
    assert view.pdf == b""


def _settled(qtbot: QtBot, worker: Background) -> None:
    """Wait until everything in sight is pictured as it is to be shown."""
    for _ in range(3):
        qtbot.wait(80)  # the view asks when it has rested
        answers: list[str] = []
        worker.run(answers.append, str)
        qtbot.waitUntil(lambda answers=answers: bool(answers))


def _edge_pixels(view: PageView) -> int:
    """Give over how many pixels the edge of the black box fades, in a line through it."""
    picture = view.viewport().grab().toImage()
    levels = [picture.pixelColor(x, 200).lightness() for x in range(picture.width())]
    return sum(1 for level in levels if 40 < level < 220)


def test_the_whole_page_is_shown_when_asked(qtbot: QtBot, view: PageView) -> None:
    view.show_pdf(pdf_of(F4))
    qtbot.waitUntil(lambda: view.pictured == 1)

    qtbot.keyClick(view, Qt.Key.Key_1)

    page = view.sheets.page_rect(0)
    assert page.height() <= view.viewport().height()
    assert page.height() > 0.8 * view.viewport().height()
    view.resize(700, 800)  # it stays whole
    assert view.sheets.page_rect(0).height() > 0.8 * view.viewport().height()
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.sheets.page_rect(0).width() > 0.8 * view.viewport().width()


def test_four_hundred_percent_of_f4_is_sharp_and_takes_no_more_than_the_window_needs(
    qtbot: QtBot, view: PageView, worker: Background
) -> None:
    view.resize(1158, 620)
    view.show_pdf(pdf_of(*[F4] * 6))
    qtbot.waitUntil(lambda: view.pictured >= 1)

    for _ in range(8):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    _settled(qtbot, worker)

    assert view.zoom == pytest.approx(4.0, abs=0.01)
    assert view.sheets.page_width > 2900
    bar, across = view.verticalScrollBar(), view.horizontalScrollBar()
    across.setValue(0)
    bar.setValue(view.sheets.page_rect(0).top())
    _settled(qtbot, worker)
    assert _edge_pixels(view) <= 2  # a coarser picture fades over five
    most = 0
    for _ in range(12):
        bar.setValue(bar.value() + 900)
        _settled(qtbot, worker)
        most = max(most, view.kept_bytes)
    assert most < 80 * 2**20


def test_a_size_gone_back_to_is_pictured_anew(
    qtbot: QtBot, view: PageView, worker: Background
) -> None:
    view.show_pdf(pdf_of(A4))
    qtbot.waitUntil(lambda: view.pictured == 1)
    first = view.sheets.pictures[0].width()

    view.zoom_out()
    view.zoom_out()
    _settled(qtbot, worker)
    assert view.sheets.pictures[0].width() < first
    view.fit_width()
    _settled(qtbot, worker)

    assert view.sheets.pictures[0].width() == first


def test_the_mouse_finds_the_same_on_buttons(qtbot: QtBot, view: PageView) -> None:
    view.show_pdf(pdf_of(A4))
    qtbot.waitUntil(lambda: view.pictured == 1)
    assert not view.strip.isVisible()

    QApplication.sendEvent(view, QEnterEvent(QPointF(9, 9), QPointF(9, 9), QPointF(9, 9)))
    assert view.strip.isVisible()
    assert view.rect().contains(view.strip.geometry())
    fits = view.zoom
    view.strip.larger.click()
    assert view.zoom > fits
    assert view.strip.size_words.text() == "125%"
    view.strip.page_button.click()
    assert view.sheets.page_rect(0).height() <= view.viewport().height()

    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert not view.strip.isVisible()


def test_no_height_makes_the_scroll_bar_come_and_go_for_ever(qtbot: QtBot, view: PageView) -> None:
    view.show_pdf(pdf_of(A4))
    qtbot.waitUntil(lambda: view.pictured == 1)
    view.zoom_out()
    view.zoom_out()

    for high in range(430, 560):
        view.resize(700, high)

    assert view.pages == 1


@pytest.mark.parametrize("width", [420, 700])
def test_the_ring_around_the_pages_calls_up_no_bar_below_them(
    qtbot: QtBot, view: PageView, width: int
) -> None:
    view.resize(width, 400)
    view.show_pdf(pdf_of(A4))
    qtbot.waitUntil(lambda: view.pictured == 1)

    assert view.verticalScrollBar().isVisible()
    assert view.viewport().width() + view.verticalScrollBar().width() < view.width()  # the ring
    assert not view.horizontalScrollBar().isVisible()
