"""The work list: what is chosen stays chosen, and what is read aloud."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from pytestqt.qtbot import QtBot

from kecamatan_desk.ui import work_list
from kecamatan_desk.ui.format import CARRIED, ChipLook
from kecamatan_desk.ui.paint import MIDDLE, chip_width, text_width
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.work_list import WorkList, WorkPane
from kecamatan_desk.usecases.values import StepClock, WaitingRequest
from kecamatan_desk.workflows.engine import Status

FIRST = WaitingRequest(
    1,
    1,
    "2026-00417-4",
    "perubahan-kk",
    Status.RUNNING,
    "verifikasi",
    "Raden Roro Kusumawardhani Puspitaningrum Prawirodiningrat",
    "9901••••••••0001",
    "Mekarsari",
    1,
    "",
    "",
    datetime(2026, 5, 12, 2, 0, tzinfo=UTC),
    StepClock("ok", 2, 2, 5, running=True),
)
SECOND = replace(FIRST, id=2, applicant="Asep Saepudin", visits=0)
THIRD = replace(FIRST, id=3, applicant="Dewi", visits=0)


@pytest.fixture
def pane(qtbot: QtBot) -> WorkPane:
    """A shown pane of three files."""
    pane = WorkPane("Berkas Masuk")
    qtbot.addWidget(pane)
    pane.resize(312, 500)
    pane.show_requests((FIRST, SECOND, THIRD))
    pane.show()
    return pane


def _current_id(work_list: WorkList) -> int | None:
    return work_list.current.id if work_list.current else None


def test_the_first_file_is_chosen(pane: WorkPane) -> None:
    assert _current_id(pane.list) == 1


def test_moving_down_tells_the_next_file(qtbot: QtBot, pane: WorkPane) -> None:
    with qtbot.waitSignal(pane.list.chosen) as chosen:
        qtbot.keyClick(pane.list, Qt.Key.Key_Down)

    assert chosen.args == [SECOND]


def test_the_chosen_file_stays_chosen_when_the_list_is_loaded_again(pane: WorkPane) -> None:
    pane.list.select(2)

    pane.show_requests((THIRD, replace(SECOND, version=2), FIRST))

    assert pane.list.current == replace(SECOND, version=2)


def test_after_a_deed_the_next_file_is_already_chosen(pane: WorkPane) -> None:
    pane.list.select(2)

    pane.show_requests((FIRST, THIRD))
    assert _current_id(pane.list) == 3

    pane.show_requests((FIRST,))
    assert _current_id(pane.list) == 1


def test_an_empty_list_says_so(qtbot: QtBot, pane: WorkPane) -> None:
    with qtbot.waitSignal(pane.list.chosen) as chosen:
        pane.show_requests(())

    assert chosen.args == [None]
    assert pane.note.text() == "0 berkas"


def test_each_row_reads_name_service_and_time(pane: WorkPane) -> None:
    spoken = pane.list.records.index(0, 0).data()

    assert spoken == f"{FIRST.applicant}, Perubahan KK, TMS ke-1, sisa 3 mnt"


def test_a_shortened_name_is_whole_in_the_tooltip(pane: WorkPane) -> None:
    tip = pane.list.records.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)

    assert FIRST.applicant in tip


def test_a_file_that_is_not_in_the_list_cannot_be_chosen(pane: WorkPane) -> None:
    assert not pane.list.select(99)
    assert _current_id(pane.list) == 1


def test_the_mark_of_last_year_is_whole_beside_the_widest_chip(
    qtbot: QtBot, pane: WorkPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: dict[str, tuple[QRect, str]] = {}
    chips: list[QRect] = []

    def write(_painter: QPainter, area: QRect, text: str, *, kind: str, **_rest: object) -> None:
        written[text] = (QRect(area), kind)

    def paint_chip(_painter: QPainter, left: int, top: int, chip: ChipLook) -> None:
        chips.append(QRect(left, top, chip_width(chip), look().px(22)))

    monkeypatch.setattr(work_list, "write", write)
    monkeypatch.setattr(work_list, "paint_chip", paint_chip)
    clock = StepClock("late", 1800, 1800, 5, running=True)
    old = replace(SECOND, visits=2, letter_number="400.12/1234/Kec.PLB/2026", clock=clock)
    pane.show_requests((replace(old, carried=True),))
    pane.list.viewport().grab()

    line = f"Perubahan KK, TMS ke-2, {CARRIED}"
    for text in (line, old.letter_number):
        area, kind = written[text]
        assert text_width(text, kind) <= area.width(), text
    (chip,) = chips
    ink = QFontMetrics(look().font("caption")).boundingRect(written[line][0], int(MIDDLE), line)
    assert chip.top() > ink.bottom() - look().px(3)  # the line box ends in air below the letters
    assert chip.bottom() < pane.list.visualRect(pane.list.records.index(0, 0)).bottom()
    assert not chip.intersects(written[old.letter_number][0])
    assert pane.list.records.index(0, 0).data().startswith(f"{old.applicant}, {line}")
