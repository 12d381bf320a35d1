"""Teks surat: typing, the letter beside it, what is refused where, versions and the way back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kecamatan_desk.documents.known_facts import FactKind
from kecamatan_desk.documents.letter_check import checked_template
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import style, theme
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.admin_texts import FACTS, PAPERS, VERSIONS, TextsScreen
from kecamatan_desk.ui.screens.text_side import written
from kecamatan_desk.ui.screens.text_versions import HELP as LANGUAGE
from kecamatan_desk.ui.screens.text_work import text_in
from kecamatan_desk.ui.style import Look
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.letter_texts import program_text, save_text, text_of, texts, versions
from kecamatan_desk.usecases.letter_trial import facts_of
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import op
from tests.ui.officials import Sitting
from tests.ui.screen_tools import fits

SKTM = program_text("sktm")
KINDS = [letter.template for service in SERVICES.values() for letter in service.letters]
Sit = Sitting[TextsScreen]


@pytest.fixture
def sit(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext]
) -> Callable[[], Sitting[TextsScreen]]:
    """Show the screen: the first letter's text is in the editor, and the letter is drawn."""

    def sit() -> Sitting[TextsScreen]:
        context = context_of(Role.ADMIN)
        here = Sitting(qtbot, context, TextsScreen(context, Role.ADMIN, "naskah"))
        here.until(lambda: here.screen.letter.paper.pages)
        return here

    return sit


@pytest.fixture
def here(sit: Callable[[], Sit]) -> Sit:
    """The screen with the SKTM letter in hand."""
    here = sit()
    choose(here, "sktm")
    return here


def choose(here: Sit, kind: str) -> None:
    """Choose a letter in the list as the arrow keys do."""
    screen = here.screen
    papers = screen.papers.list
    shown = [paper.row.kind for paper in papers.records.records]
    papers.setCurrentIndex(papers.records.index(shown.index(kind), 0))
    here.until(lambda: screen.editor.isEnabled() and screen.history.list.records.records)
    drawn(here)


def drawn(here: Sit) -> None:
    """Wait until the letter shows what is typed: nothing rests, nothing is being drawn."""
    tried: list[object] = []
    here.screen.letter.tried.connect(tried.append)
    here.screen.draw_letter()
    here.until(lambda: tried)


def typed(here: Sit) -> str:
    return text_in(here.screen.editor.document())


def write(here: Sit, line: int, words: str) -> None:
    """Type at the end of a line."""
    here.screen.editor.go_to_line(line)
    QTest.keyClicks(here.screen.editor, words)


def stored(here: Sit, kind: str = "sktm") -> str:
    return here.context.background.desk.ask(text_of, kind)


def saved(here: Sit) -> None:
    before = len(here.said.done)
    here.press("F12")
    here.until(lambda: len(here.said.done) > before)


def agreed(monkeypatch: pytest.MonkeyPatch, answer: bool = True) -> list[str]:
    asked: list[str] = []

    def ask(_parent: object, _title: str, text: str, _yes: str, _no: str = "") -> bool:
        asked.append(text)
        return answer

    monkeypatch.setattr(confirm, "ask", ask)
    return asked


# --- the letters


def test_it_fits_the_smallest_screen(sit: Callable[[], Sit]) -> None:
    assert fits(sit().screen)


def test_every_letter_is_listed_and_found_while_one_types(here: Sit) -> None:
    papers = here.screen.papers
    assert [paper.row.kind for paper in papers.list.records.records] == KINDS

    QTest.keyClicks(papers.search, "menikah belum")
    assert [p.row.kind for p in papers.list.records.records] == ["belum-menikah"]
    assert typed(here) == SKTM  # looking for another letter takes nothing away

    QTest.keyClick(papers.search, Qt.Key.Key_Return)
    here.until(lambda: here.screen.pane.title.text() == "Surat Keterangan Belum Pernah Menikah")
    QTest.keyClicks(papers.search, " xyz")
    assert not papers.list.records.records


def test_a_letter_is_shown_with_its_title_its_version_and_its_text(here: Sit) -> None:
    screen = here.screen

    assert typed(here) == SKTM
    assert screen.pane.title.text() == "Surat Rekomendasi Keterangan Tidak Mampu"
    assert screen.pane.standing.text() == "bawaan program"
    assert screen.pane.verdict.text() == "Naskah betul."
    here.until(lambda: screen.letter.note.text() == "1 halaman, A4")  # measured off the thread
    assert not screen.dirty


# --- typing and saving


def test_what_is_typed_is_drawn_after_a_rest(here: Sit) -> None:
    before = here.screen.letter.paper.pdf

    write(here, 29, " Terima kasih.")

    here.until(lambda: here.screen.letter.paper.pdf != before)
    assert here.screen.dirty


def test_a_text_is_saved_and_used(here: Sit) -> None:
    screen = here.screen
    write(here, 29, " Terima kasih.")
    QTest.keyClicks(screen.pane.note_field, "Ucapan terima kasih")
    saved(here)

    assert stored(here) == typed(here) == SKTM.rstrip("\n") + " Terima kasih.\n"
    assert here.said.done == ["Naskah disimpan sebagai versi 1. Surat berikutnya memakainya."]
    assert not screen.dirty
    assert screen.pane.note_field.text() == ""
    here.until(lambda: screen.pane.standing.text().startswith("versi 1, 12-05-2026"))
    here.until(lambda: len(screen.history.list.records.records) == 2)
    newest = screen.history.list.records.records[0]
    assert (newest.note, newest.in_force) == ("Ucapan terima kasih", True)


def test_ctrl_s_saves(here: Sit) -> None:
    write(here, 29, " Terima kasih.")

    QTest.keyClick(here.screen.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    here.until(lambda: here.said.done)
    assert stored(here).endswith("Terima kasih.\n")


def test_blanks_at_line_ends_do_not_stay_unsaved(here: Sit) -> None:
    write(here, 29, " Terima kasih.   ")
    saved(here)

    here.until(lambda: typed(here) == stored(here))
    assert not here.screen.dirty


def test_typing_goes_on_while_it_is_saved(here: Sit) -> None:
    write(here, 29, " Terima kasih.")
    here.press("F12")
    QTest.keyClicks(here.screen.editor, " Salam.")
    here.until(lambda: here.said.done)

    assert stored(here).endswith("Terima kasih.\n")
    assert typed(here).endswith("Terima kasih. Salam.\n")
    assert here.screen.dirty
    saved(here)
    assert stored(here).endswith("Salam.\n")


def test_a_no_break_space_stays_one(here: Sit) -> None:
    write(here, 29, " RT\u00a0003.")
    saved(here)

    assert stored(here).endswith(" RT\u00a0003.\n")
    assert not here.screen.dirty


# --- what is wrong


def test_a_mistake_is_named_while_one_types_and_its_line_is_marked(here: Sit) -> None:
    screen = here.screen
    before = screen.letter.paper.pdf
    screen.editor.go_to_line(12)
    screen.editor.insertPlainText(" {{agamaa}}")  # at once: what is half typed may be drawn too

    here.until(lambda: screen.editor.faulty == 12)
    assert screen.pane.verdict.text().startswith("Baris 12: ")
    assert "{{agama}}" in screen.pane.verdict.text()
    assert screen.letter.paper.pdf == before
    assert screen.letter.note.text() == "sebelum kesalahan"
    grounds = [mark.format.background().color() for mark in screen.editor.extraSelections()]
    assert grounds == [QColor(theme.LIGHT.late_bg)]

    screen.editor.go_to_line(1)
    screen.pane.line_button.click()
    assert screen.editor.textCursor().blockNumber() == 11
    for _ in range(11):
        QTest.keyClick(screen.editor, Qt.Key.Key_Backspace)
    here.until(lambda: screen.editor.faulty == 0)
    assert screen.pane.verdict.text() == "Naskah betul."
    here.until(lambda: screen.letter.note.text() == "1 halaman, A4")  # its picture comes later


def test_a_broken_text_is_not_saved_and_the_message_names_the_line(here: Sit) -> None:
    screen = here.screen
    write(here, 8, " {{#nik}}")
    here.press("F12")
    here.until(lambda: here.said.refused)

    assert here.said.refused[0].startswith("Naskah baris 8: ")
    assert "Naskah lama tetap dipakai" in here.said.refused[0]
    assert stored(here) == SKTM
    assert screen.dirty
    assert screen.editor.faulty == 8
    assert screen.editor.textCursor().blockNumber() == 7
    # mended, it can be saved
    for _ in range(9):
        QTest.keyClick(screen.editor, Qt.Key.Key_Backspace)
    write(here, 8, " (lengkap)")
    saved(here)
    assert "- NIK | {{nik}} (lengkap)" in stored(here)


def test_a_refusal_that_came_while_another_screen_was_shown_stops_nothing(here: Sit) -> None:
    write(here, 8, " {{#nik}}")
    here.press("F12")
    here.screen.hide()
    here.until(lambda: here.said.refused)
    here.screen.show()
    here.press("F12")

    here.until(lambda: len(here.said.refused) == 2)


def test_an_unchanged_text_is_not_sent(here: Sit) -> None:
    here.press("F12")

    assert here.said.done == ["Belum ada yang diubah. Tidak ada yang perlu disimpan."]


# --- nothing typed is lost


def test_what_is_typed_waits_while_another_letter_is_chosen(here: Sit) -> None:
    screen = here.screen
    write(here, 29, " Terima kasih.")
    QTest.keyClicks(screen.pane.note_field, "Ucapan")
    choose(here, "skck")
    assert (typed(here), screen.dirty) == (program_text("skck"), False)
    assert screen.pane.note_field.text() == ""
    lines = {p.row.kind: screen.papers.list.line_of(p) for p in screen.papers.list.records.records}
    assert lines["sktm"].startswith("belum disimpan")
    assert lines["skck"] == "bawaan program"

    choose(here, "sktm")
    assert typed(here).endswith(" Terima kasih.\n")
    assert screen.pane.note_field.text() == "Ucapan"
    assert screen.dirty
    QTest.keyClick(screen.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert typed(here) == SKTM  # each text keeps its own way back


def test_a_change_elsewhere_takes_nothing_typed_away(here: Sit, admin_desk: Desk) -> None:
    write(here, 29, " Terima kasih.")
    admin_desk.call(save_text, op(), "sktm", SKTM.replace("Demikian", "Dengan demikian"), "")
    here.context.background.announce()

    here.until(lambda: here.said.refused)
    assert "versi 1" in here.said.refused[0]
    assert typed(here).endswith("Terima kasih.\n")
    saved(here)  # he has been told, and goes on
    assert stored(here) == typed(here)


def test_a_change_elsewhere_is_shown_where_nothing_is_typed(here: Sit, admin_desk: Desk) -> None:
    other = SKTM.replace("Demikian", "Dengan demikian")
    admin_desk.call(save_text, op(), "sktm", other, "")
    here.context.background.announce()

    here.until(lambda: typed(here) == other)
    assert not here.screen.dirty


def test_typing_is_thrown_away_only_after_a_question(
    here: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here, 29, " Terima kasih.")
    asked = agreed(monkeypatch, answer=False)
    here.press("F6")
    assert (len(asked), here.screen.dirty) == (1, True)

    agreed(monkeypatch)
    here.press("F6")
    assert (typed(here), here.screen.dirty) == (SKTM, False)


# --- names


def test_names_are_found_by_their_label_and_written_at_the_cursor(here: Sit) -> None:
    screen = here.screen
    screen.editor.go_to_line(12)
    here.press("F10")
    assert screen.tabs.currentIndex() == FACTS
    assert screen.facts.search.hasFocus()

    QTest.keyClicks(screen.facts.search, "status perkawinan")
    QTest.keyClick(screen.facts.search, Qt.Key.Key_Down)
    QTest.keyClick(screen.facts.list, Qt.Key.Key_Return)

    assert typed(here).split("\n")[11] == "- Agama | {{agama}}{{status-kawin}}"
    assert screen.editor.hasFocus()


def test_a_condition_is_written_round_what_is_chosen(here: Sit) -> None:
    screen = here.screen
    screen.editor.go_to_line(12)
    for _ in range(len("{{agama}}")):
        QTest.keyClick(screen.editor, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    here.press("F10")
    QTest.keyClicks(screen.facts.search, "jenis kelamin: perempuan orang")
    screen.facts.insert()

    line = "{{#orang-jenis-kelamin-is-perempuan}}{{agama}}{{/orang-jenis-kelamin-is-perempuan}}"
    assert typed(here).split("\n")[11] == f"- Agama | {line}"


def test_rows_are_written_as_a_table_on_lines_of_their_own(here: Sit) -> None:
    screen = here.screen
    screen.editor.go_to_line(12)
    here.press("F10")
    QTest.keyClicks(screen.facts.search, "anggota keluarga")
    names = [screen.facts.list.line_of(c) for c in screen.facts.list.records.records]
    place = next(n for n, line in enumerate(names) if line.startswith("[tabel keluarga]"))
    screen.facts.list.choose(place)
    screen.facts.insert()

    lines = typed(here).split("\n")
    assert lines[11] == "- Agama | {{agama}}"
    assert lines[12] == "[tabel keluarga]"
    assert lines[15] == "[/tabel]"
    drawn(here)
    assert screen.editor.faulty == 0


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_inserted_is_right(kind: str) -> None:
    facts = facts_of(kind)
    for fact in facts:
        form = written(fact).replace("…", "ada")
        own = fact.kind is FactKind.ROWS
        checked_template(f"= J\n> K.\n{form}\n" if own else f"= J\n> K {form}.\n", facts)


# --- versions


def test_an_earlier_version_comes_into_the_editor_and_is_saved_from_there(
    here: Sit, admin_desk: Desk
) -> None:
    screen = here.screen
    first = SKTM.replace("Demikian", "Dengan demikian")
    second = SKTM.replace("Demikian", "Maka demikian")
    admin_desk.call(save_text, op(), "sktm", first, "Pertama")
    admin_desk.call(save_text, op(), "sktm", second, "Kedua")
    here.context.background.announce()
    here.until(lambda: len(screen.history.list.records.records) == 3)
    screen.tabs.setCurrentIndex(VERSIONS)
    assert not screen.history.back_button.isEnabled()  # the newest is in force

    screen.history.list.setCurrentIndex(screen.history.list.records.index(1, 0))
    assert "Pertama" in screen.history.details.text()
    screen.history.back_button.click()
    assert (typed(here), screen.dirty) == (first, True)
    assert stored(here) == second
    saved(here)
    assert stored(here) == first
    newest = admin_desk.ask(versions, "sktm")[0]
    assert (newest.version, newest.note) == (3, "Kembali ke versi 1")


def test_an_earlier_version_asks_before_it_takes_the_place_of_typing(
    here: Sit, admin_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin_desk.call(save_text, op(), "sktm", SKTM.replace("Demikian", "Maka demikian"), "")
    admin_desk.call(save_text, op(), "sktm", SKTM.replace("Demikian", "Dengan demikian"), "")
    here.context.background.announce()
    here.until(lambda: len(here.screen.history.list.records.records) == 3)
    write(here, 29, " Terima kasih.")
    asked = agreed(monkeypatch, answer=False)
    here.screen.history.list.setCurrentIndex(here.screen.history.list.records.index(1, 0))
    here.screen.history.back_button.click()

    assert len(asked) == 1
    assert typed(here).endswith("Terima kasih.\n")


def test_the_program_s_text_comes_back_after_a_question(
    here: Sit, admin_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = here.screen
    assert not screen.history.program_button.isEnabled()
    write(here, 29, " Terima kasih.")
    saved(here)
    here.until(screen.history.program_button.isEnabled)
    write(here, 29, " Salam.")
    agreed(monkeypatch, answer=False)
    screen.history.program_button.click()
    assert stored(here).endswith("Terima kasih.\n")

    asked = agreed(monkeypatch)
    screen.history.program_button.click()
    here.until(lambda: stored(here) == SKTM)
    assert "dibuang" in asked[0]
    here.until(lambda: typed(here) == SKTM)
    assert not screen.dirty
    here.until(lambda: screen.pane.standing.text().startswith("bawaan program, versi 2"))
    assert [row.own for row in admin_desk.ask(texts) if row.kind == "sktm"] == [False]


# --- the sample people, and getting about


def test_the_letter_is_shown_for_the_longest_and_the_shortest_person(here: Sit) -> None:
    screen = here.screen
    choose(here, "ahli-waris")
    seen = [screen.letter.paper.pdf]
    for place in (1, 2):
        screen.letter.people.setCurrentIndex(place)
        here.until(lambda: screen.letter.paper.pdf not in seen and screen.letter.paper.pages)
        seen.append(screen.letter.paper.pdf)
        if place == 1:
            here.until(lambda: screen.letter.note.text() == "5 halaman, A4")
    assert len(set(seen)) == 3


def test_an_older_answer_is_dropped(here: Sit) -> None:
    screen = here.screen
    tried: list[object] = []
    screen.letter.tried.connect(tried.append)
    screen.letter.draw_text("sktm", SKTM)
    screen.letter.draw_text("sktm", "salah {{")
    screen.letter.draw_text("sktm", SKTM + "> Lagi.\n")

    here.until(lambda: tried)
    here.qtbot.wait(100)
    assert tried == [None]


def test_the_list_and_the_text_are_a_key_apart(here: Sit) -> None:
    screen = here.screen
    screen.editor.setFocus()
    here.press("Ctrl+D")
    assert screen.tabs.currentIndex() == PAPERS
    assert screen.papers.list.hasFocus()
    here.press("Ctrl+D")
    assert screen.editor.hasFocus()
    screen.papers.list.setFocus()
    QTest.keyClick(screen.papers.list, Qt.Key.Key_Return)
    assert screen.editor.hasFocus()


def test_the_help_says_the_whole_language() -> None:
    forms = "\n".join(form for form, _ in LANGUAGE)

    for mark in ("= ", "> ", "- ", "-* ", "## ", "# ", "{{#", "{{^", "{{/", "{{!"):
        assert mark in forms
    for block in ("[tabel", "[tembusan]", "[pihak]"):
        assert block in forms


def test_large_text_shows_one_part_at_a_time(sit: Callable[[], Sit]) -> None:
    style.use(Look(theme.LIGHT, 2.0))
    try:
        screen = sit().screen
        assert [screen.side.isVisible(), screen.pane.isVisible()] == [False, True]
        screen.toggle_list()
        assert [screen.side.isVisible(), screen.pane.isVisible()] == [True, False]
        screen.deeds()["F10"]()
        assert screen.tabs.currentIndex() == FACTS
        screen.facts.insert()
        assert screen.pane.isVisible()
        screen.letter_button.click()
        assert [screen.letter.isVisible(), screen.pane.isVisible()] == [True, False]
        screen.letter_button.click()
        assert screen.pane.isVisible()
    finally:
        style.use(Look(theme.LIGHT))
