"""Kantor Hari Ini: what came, who is waited for, and a month by service."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.figures import FiguresScreen, with_sum
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.office_values import ServiceFigures
from tests.builders import SettableClock
from tests.ui.officials import Sitting
from tests.walking import brought_to

DeskOf = Callable[[Role], Desk]


@pytest.fixture
def sitting(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext], desk_of: DeskOf, clock: SettableClock
) -> Sitting[FiguresScreen]:
    """The screen of an office with one file done, two under way, one of them late."""
    brought_to(desk_of, "sktm", "")
    brought_to(desk_of, "ktp", "verifikasi", nama="Yohanes Baptista")
    clock.advance(minutes=30)
    brought_to(desk_of, "belum-menikah", "tanda-tangan")
    context = context_of(Role.CAMAT)
    sitting = Sitting(qtbot, context, FiguresScreen(context, Role.CAMAT, "angka"))
    sitting.until(lambda: sitting.screen.model.rowCount() and sitting.screen.day.text())
    return sitting


def test_today_stands_on_one_page(sitting: Sitting[FiguresScreen]) -> None:
    numbers = {name: label.text() for name, label in sitting.screen.numbers.items()}

    assert numbers == {"masuk": "3", "selesai": "1", "sisa": "2", "terlambat": "1"}
    assert sitting.screen.oldest_name.text() == "Yohanes Baptista"


def test_the_oldest_file_opens_with_f5(sitting: Sitting[FiguresScreen]) -> None:
    sitting.press("F5")

    assert sitting.said.asked == [2]


def test_the_month_lists_every_service_under_its_sum(sitting: Sitting[FiguresScreen]) -> None:
    model = sitting.screen.model
    cells = {
        model.index(row, 0).data(): [model.index(row, column).data() for column in (1, 2, 5)]
        for row in range(model.rowCount())
    }

    assert cells["Semua layanan"] == ["3", "1", "2"]
    assert cells["SKTM"] == ["1", "1", "–"]
    assert len(cells) == 21


def test_another_month_is_chosen_from_the_list(sitting: Sitting[FiguresScreen]) -> None:
    sitting.screen.month.setCurrentIndex(1)

    assert sitting.screen.month.currentText() == "April 2026"
    sitting.until(lambda: sitting.screen.model.index(0, 1).data() == "–")


def test_the_average_of_all_weighs_each_service_by_its_files() -> None:
    lines = (
        ServiceFigures("sktm", 3, 3, 0, 0, 0, 10.0, 3),
        ServiceFigures("ktp", 1, 1, 0, 0, 0, 30.0, 0),
        ServiceFigures("kia", 1, 0, 0, 0, 1, None, 0),
    )

    total = with_sum(lines)[0]

    assert (total.came, total.done, total.average_minutes) == (5, 4, 15.0)
