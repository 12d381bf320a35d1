"""The pages of a paper on screen."""

import pytest
from PySide6.QtCore import Qt
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
