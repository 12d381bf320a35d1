"""The checklist by keys and by mouse."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kecamatan_desk.ui.checklist import Checklist
from kecamatan_desk.ui.checklist_paint import ANSWER, answer_boxes, answer_cell
from kecamatan_desk.usecases.values import Answer, ChecklistLine

LINES = (
    ChecklistLine("pengantar", "Surat pengantar dari desa/kelurahan", "wajib", usual_kind="Asli"),
    ChecklistLine("kk", "Kartu Keluarga lama", "wajib", source="Disdukcapil"),
    ChecklistLine("nikah", "Buku nikah atau kutipan akta perkawinan", "bersyarat"),
)


@pytest.fixture
def checklist(qtbot: QtBot) -> Checklist:
    """A shown checklist of three papers."""
    checklist = Checklist()
    qtbot.addWidget(checklist)
    checklist.resize(800, 400)
    checklist.show_lines(LINES)
    checklist.show()
    checklist.activateWindow()
    qtbot.waitUntil(checklist.isActiveWindow)
    checklist.setFocus()
    return checklist


def _row(checklist: Checklist) -> int:
    return checklist.currentIndex().row()


def test_one_answers_with_the_usual_kind_and_goes_down(qtbot: QtBot, checklist: Checklist) -> None:
    with qtbot.waitSignal(checklist.answered):
        qtbot.keyClick(checklist, Qt.Key.Key_1)

    assert checklist.answers() == (Answer("pengantar", "ada", "Asli", 1),)
    assert _row(checklist) == 1
    assert checklist.progress() == (1, 3)


def test_the_whole_list_is_answered_without_a_mouse(qtbot: QtBot, checklist: Checklist) -> None:
    qtbot.keyClicks(checklist, "113")

    assert [one.answer for one in checklist.answers()] == ["ada", "ada", "tidak-diperlukan"]
    assert checklist.unanswered() == ()


def test_a_letter_says_the_kind_and_a_figure_the_copies(qtbot: QtBot, checklist: Checklist) -> None:
    qtbot.keyClicks(checklist, "f2")

    assert checklist.answers() == (Answer("pengantar", "ada", "Fotokopi", 2),)
    assert _row(checklist) == 1


def test_a_figure_without_a_kind_before_it_is_an_answer(qtbot: QtBot, checklist: Checklist) -> None:
    qtbot.keyClick(checklist, Qt.Key.Key_L)
    qtbot.keyClick(checklist, Qt.Key.Key_Down)
    qtbot.keyClick(checklist, Qt.Key.Key_3)

    assert [one.answer for one in checklist.answers()] == ["ada", "tidak-diperlukan"]


@pytest.mark.qt_log_ignore("This plugin does not support")  # popups, said by `offscreen` alone
def test_a_failing_paper_asks_why_in_its_row_and_where_to_get_it(
    qtbot: QtBot, checklist: Checklist
) -> None:
    qtbot.keyClick(checklist, Qt.Key.Key_Down)
    qtbot.keyClick(checklist, Qt.Key.Key_2)
    assert checklist.editor.isVisible()
    assert checklist.editor.source.text() == "Disdukcapil"

    qtbot.keyClicks(checklist.editor.reason, "Alamat lain")
    qtbot.keyClick(checklist.editor.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(checklist.editor.source.hasFocus)
    qtbot.keyClick(checklist.editor.source, Qt.Key.Key_Return)

    assert not checklist.editor.isVisible()
    assert checklist.answers() == (
        Answer("kk", "tidak-ada", reason="Alamat lain", source="Disdukcapil"),
    )
    assert [line.code for line in checklist.failing()] == ["kk"]
    assert _row(checklist) == 2


def test_going_elsewhere_keeps_the_reason(qtbot: QtBot, checklist: Checklist) -> None:
    qtbot.keyClick(checklist, Qt.Key.Key_2)
    checklist.editor.reason.setText("Tidak terbaca")

    checklist.setFocus()

    qtbot.waitUntil(lambda: not checklist.editor.isVisible())
    assert checklist.answers()[0].reason == "Tidak terbaca"


def test_asking_for_the_answers_takes_the_reason_being_written(
    qtbot: QtBot, checklist: Checklist
) -> None:
    qtbot.keyClick(checklist, Qt.Key.Key_2)
    checklist.editor.reason.setText("Belum\u202e bermeterai")

    assert checklist.answers()[0].reason == "Belum bermeterai"


def test_an_answer_may_be_changed(qtbot: QtBot, checklist: Checklist) -> None:
    qtbot.keyClick(checklist, Qt.Key.Key_2)
    qtbot.keyClick(checklist.editor.reason, Qt.Key.Key_Escape)
    qtbot.keyClick(checklist, Qt.Key.Key_Up)

    qtbot.keyClick(checklist, Qt.Key.Key_1)

    assert checklist.answers()[0] == Answer("pengantar", "ada", "Asli", 1)


def test_a_click_on_a_key_answers(qtbot: QtBot, checklist: Checklist) -> None:
    area = checklist.visualRect(checklist.lines.index(1, ANSWER))
    boxes = dict(answer_boxes(answer_cell(area)))
    left = Qt.MouseButton.LeftButton

    place = boxes["tidak-diperlukan"].center().toPoint()
    qtbot.mouseClick(checklist.viewport(), left, pos=place)

    assert checklist.answers() == (Answer("kk", "tidak-diperlukan"),)


def test_locked_lines_take_no_answer_and_are_passed_over(
    qtbot: QtBot, checklist: Checklist
) -> None:
    locked = replace(LINES[1], answer="ada", kind="Asli", copies=1, locked=True)
    checklist.show_lines((LINES[0], locked, LINES[2]))

    qtbot.keyClick(checklist, Qt.Key.Key_1)
    assert _row(checklist) == 2

    qtbot.keyClick(checklist, Qt.Key.Key_Up)
    qtbot.keyClick(checklist, Qt.Key.Key_2)
    assert checklist.answers()[1] == Answer("kk", "ada", "Asli", 1)


def test_a_list_for_reading_takes_no_answer(qtbot: QtBot, checklist: Checklist) -> None:
    checklist.set_read_only(True)

    qtbot.keyClick(checklist, Qt.Key.Key_1)

    assert checklist.answers() == ()


def test_each_line_says_its_answer_in_words(checklist: Checklist) -> None:
    checklist.answer(0, "ada")

    assert checklist.lines.index(0, ANSWER).data() == "Ada, Asli, 1"
    assert str(checklist.lines.index(1, ANSWER).data()).startswith("belum dijawab")


def test_rows_are_as_tall_as_their_text(checklist: Checklist) -> None:
    long = replace(LINES[0], name="Surat pengantar " * 12)
    checklist.show_lines((long, LINES[1]))

    assert checklist.rowHeight(0) >= 2 * checklist.rowHeight(1)


def test_a_mere_addition_that_is_not_there_holds_nothing_up(
    qtbot: QtBot, checklist: Checklist
) -> None:
    photo = ChecklistLine("foto", "Foto rumah", "tambahan")
    checklist.show_lines((photo, *LINES))

    qtbot.keyClick(checklist, Qt.Key.Key_2)

    assert checklist.failing() == ()
    assert not checklist.editor.isVisible()
    assert _row(checklist) == 1
