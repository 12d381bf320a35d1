"""Surat manual, Lembar cadangan, Penomoran: what a tired clerk does there, and what stands then."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screen import Screen
from kecamatan_desk.ui.screens.manual_letter import ManualScreen
from kecamatan_desk.ui.screens.register_desk import RegisterScreen
from kecamatan_desk.ui.screens.reserve_desk import ReserveScreen
from kecamatan_desk.ui.screens.start_numbers import NumberingScreen
from kecamatan_desk.usecases.manual_letters import manual_letters
from kecamatan_desk.usecases.number_proof import proof_words, prove_numbers
from kecamatan_desk.usecases.reserving import numbering, waiting_numbers
from kecamatan_desk.usecases.series import BY_CODE, FOR_ALL
from tests.builders import DeskOf, checked, registered
from tests.reserving import draft_of, executed, findings, lost_with_the_disk, opened, set_aside
from tests.ui.screen_tools import ContextOf, Heard, Printed, fits, press, settled, shown
from tests.walking import rows

S = TypeVar("S", bound=Screen)


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer every question with yes, and note it."""
    questions: list[str] = []

    def ask(_parent: QWidget | None, title: str, text: str, _yes: str, _no: str = "") -> bool:
        questions.append(f"{title}: {text}")
        return True

    monkeypatch.setattr(confirm, "ask", ask)
    return questions


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    return Printed(monkeypatch)


def made(qtbot: QtBot, screen: S) -> S:
    shown(qtbot, screen)
    settled(qtbot, screen)
    assert fits(screen)
    return screen


@pytest.fixture
def manual(qtbot: QtBot, context_of: ContextOf) -> ManualScreen:
    return made(qtbot, ManualScreen(context_of(Role.REGISTER), Role.REGISTER, "surat-manual"))


def typed(screen: ManualScreen, **values: str) -> None:
    for code, value in values.items():
        screen.form.field(code).set_value(value)
        screen.form.edited.emit(code)


def test_a_manual_letter_gets_its_number_shown_large(
    qtbot: QtBot, desk_of: DeskOf, manual: ManualScreen
) -> None:
    heard = Heard(manual.context)
    typed(manual, name="Dinas Sosial", purpose="Undangan", classification="005")
    qtbot.waitUntil(lambda: manual.coming.text() == "005/001/UMUM/KEC-SKM/V/2026")
    assert manual.series.text() == "Seri Umum, nomor urut 1"
    press(manual, "F12")
    qtbot.waitUntil(lambda: manual.pages.currentWidget() is manual.given)
    assert manual.given.number.text() == "001"
    assert "tercatat di buku" in heard.said[-1]
    press(manual, "F12")  # goes on, and spends nothing
    settled(qtbot, manual)
    assert manual.form.field("name").value() is None
    (line,) = desk_of(Role.REGISTER).ask(manual_letters, 2026)
    assert (line.name, line.state) == ("Dinas Sosial", "diserahkan")
    assert manual.list.records.rowCount() == 1


def test_what_was_typed_before_shows_its_number_again(qtbot: QtBot, manual: ManualScreen) -> None:
    typed(manual, name="Dinas Sosial", purpose="Undangan", classification="005")
    kept = manual.typing()
    manual.show_stored()
    settled(qtbot, manual)
    assert manual.coming.text() == "–"
    assert manual.put_typing(kept)
    qtbot.waitUntil(lambda: manual.coming.text() == "005/001/UMUM/KEC-SKM/V/2026")


def test_what_is_missing_is_said_at_its_field(qtbot: QtBot, manual: ManualScreen) -> None:
    heard = Heard(manual.context)
    assert "Kode klasifikasi harus diisi" in manual.series.text()
    assert heard.refused == []
    typed(manual, name="Dinas Sosial")
    press(manual, "F12")
    settled(qtbot, manual)
    assert "Perihal belum diisi" in heard.complained[-1]
    typed(manual, purpose="Undangan")
    press(manual, "F12")
    settled(qtbot, manual)
    assert heard.refused[-1][1] == "classification"
    assert manual.form.field("name").value() == "Dinas Sosial"


def test_a_number_of_the_sheet_may_be_taken(
    qtbot: QtBot, desk_of: DeskOf, manual: ManualScreen
) -> None:
    set_aside(desk_of, "umum", 2)
    manual.reload()
    settled(qtbot, manual)
    typed(manual, name="Dinas Sosial", purpose="Undangan", classification="005")
    typed(manual, number="Nomor 002 dari lembar cadangan, seri Umum")
    qtbot.waitUntil(lambda: "/002/" in manual.coming.text())
    press(manual, "F12")
    qtbot.waitUntil(lambda: manual.pages.currentWidget() is manual.given)
    desk = desk_of(Role.REGISTER)
    assert [one.label for one in desk.ask(waiting_numbers)] == ["001"]


def test_sending_is_noted_later(qtbot: QtBot, desk_of: DeskOf, manual: ManualScreen) -> None:
    typed(manual, name="Dinas", purpose="Undangan", classification="005", sent="tidak")
    press(manual, "F12")
    qtbot.waitUntil(lambda: manual.pages.currentWidget() is manual.given)
    press(manual, "F12")
    settled(qtbot, manual)
    assert manual.sent_button.isEnabled()
    press(manual, "F9")
    settled(qtbot, manual)
    (line,) = desk_of(Role.REGISTER).ask(manual_letters, 2026)
    assert line.state == "diserahkan"
    assert not manual.sent_button.isEnabled()


# --- Lembar cadangan -----------------------------------------------------------------------------


@pytest.fixture
def desk_screen(
    qtbot: QtBot, context_of: ContextOf, printed: Printed
) -> Callable[[], ReserveScreen]:
    def make() -> ReserveScreen:
        return made(qtbot, ReserveScreen(context_of(Role.REGISTER), Role.REGISTER, "cadangan"))

    return make


def test_a_sheet_is_made_printed_and_waits(
    qtbot: QtBot, desk_of: DeskOf, desk_screen: Callable[[], ReserveScreen], printed: Printed
) -> None:
    screen = desk_screen()
    assert not screen.pane.isVisible()
    screen.prepare()
    press(screen, "F12")
    assert "Belum ada seri yang dipilih" in screen.sheet.problem.text()
    screen.sheet.box("sktm").setText("3")
    screen.sheet.box("umum").setText("2")
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(printed.papers))
    settled(qtbot, screen)
    assert printed.titles == ["Lembar padam listrik"]
    waiting = [(one.series, one.number) for one in desk_of(Role.REGISTER).ask(waiting_numbers)]
    assert waiting == [("sktm", 1), ("sktm", 2), ("sktm", 3), ("umum", 1), ("umum", 2)]
    assert screen.list.records.rowCount() == 5
    press(screen, "F7")
    qtbot.waitUntil(lambda: len(printed.papers) == 2)


def test_a_line_of_the_sheet_is_filled_in(
    qtbot: QtBot, desk_of: DeskOf, desk_screen: Callable[[], ReserveScreen]
) -> None:
    set_aside(desk_of, "sktm", 2)
    draft_of(desk_of)
    screen = desk_screen()
    heard = Heard(screen.context)
    press(screen, "F12")
    assert "Draf yang memakai nomor ini belum diisi." in _notes(screen)
    draft = screen.late.form.field("draft")
    draft.set_value(next(iter(screen.late._drafts)))  # noqa: SLF001 - as chosen in the list
    screen.late.form.edited.emit("draft")
    settled(qtbot, screen)
    assert "Hendra Gunawan" in str(screen.late.form.field("decider_id").value())
    screen.late.form.set_values({"at": "08:30", "queue": "P-01"})
    press(screen, "F12")
    settled(qtbot, screen)
    assert "entri susulan" in heard.said[-1]
    desk = desk_of(Role.REGISTER)
    assert [one.label for one in desk.ask(waiting_numbers)] == ["002"]
    (line,) = rows(desk.store.path, "SELECT number, queue FROM register_line")
    assert tuple(line.values()) == (1, "P-01")
    assert screen.title.text() == "Nomor 002, seri SKTM"
    assert findings(desk) == []


def test_a_line_half_typed_is_there_again_with_its_number_and_day(
    qtbot: QtBot, desk_of: DeskOf, desk_screen: Callable[[], ReserveScreen]
) -> None:
    set_aside(desk_of, "sktm", 3)
    draft_of(desk_of)
    screen = desk_screen()
    screen.list.setCurrentIndex(screen.list.records.index(1, 0))
    late = screen.late.form
    late.set_values({"day": "2026-05-11", "at": "08:30", "queue": "P-01"})
    late.field("draft").set_value(next(iter(screen.late._drafts)))  # noqa: SLF001 - as chosen
    late.edited.emit("draft")
    screen.late.unused.set_values({"reason": "Lembar basah"})
    screen.late.unused.edited.emit("reason")
    settled(qtbot, screen)
    qtbot.waitUntil(lambda: screen.context.pad.holds("lembar-cadangan"))

    again = desk_screen()
    with qtbot.waitSignal(again.context.pad.loaded):
        again.context.pad.load()
    again._taken_up = False  # noqa: SLF001 - as at the start of a session
    again.reload()
    settled(qtbot, again)
    assert again.title.text() == "Nomor 002, seri SKTM"
    values = again.late.form.values()
    assert (values["day"], values["at"], values["queue"]) == ("2026-05-11", "08:30", "P-01")
    assert values["draft"]
    assert "Hendra Gunawan" in values["decider_id"]
    assert again.late.reason() == "Lembar basah"


def test_only_drafts_of_the_numbers_own_series_are_offered(
    qtbot: QtBot, desk_of: DeskOf, desk_screen: Callable[[], ReserveScreen]
) -> None:
    set_aside(desk_of, "skck", 1)
    draft_of(desk_of)  # of another service
    screen = desk_screen()
    assert screen.late.form.field("draft").editor.count() == 1  # none
    assert "Belum ada draf SKCK" in _notes(screen)


def _notes(screen: ReserveScreen) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(part.text() for part in screen.late.findChildren(QLabel))


def test_what_nobody_wrote_on_becomes_void_after_asking(
    qtbot: QtBot,
    desk_of: DeskOf,
    desk_screen: Callable[[], ReserveScreen],
    asked: list[str],
) -> None:
    set_aside(desk_of, "sktm", 4)
    set_aside(desk_of, "ktp", 1)
    screen = desk_screen()
    screen.list.choose(2)
    press(screen, "F9")
    settled(qtbot, screen)
    assert [one.number for one in desk_of(Role.REGISTER).ask(waiting_numbers)] == [1, 1, 3, 4]
    screen.list.choose(1)
    press(screen, "F8")
    settled(qtbot, screen)
    left = desk_of(Role.REGISTER).ask(waiting_numbers)
    assert [one.series for one in left] == ["ktp"]
    assert len(asked) == 2
    assert "menjadi baris BATAL" in asked[0]


# --- Penomoran -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.REGISTER, Role.ADMIN])
def test_the_start_number_is_set_once(
    qtbot: QtBot, desk_of: DeskOf, context_of: ContextOf, role: Role, asked: list[str]
) -> None:
    screen = made(qtbot, NumberingScreen(context_of(role), role, "penomoran"))
    heard = Heard(screen.context)
    press(screen, "F12")
    assert heard.said == []
    screen.panel.form.set_values({"series": "SKTM", "last": 486})
    press(screen, "F12")
    settled(qtbot, screen)
    assert "dalam seri SKTM bernomor 487" in asked[-1]
    assert "dalam seri SKTM bernomor 487" in heard.said[-1]
    states = {one.series: one for one in desk_of(role).ask(numbering).series}
    assert (states["sktm"].paper, states["sktm"].coming) == (486, 487)
    chosen = screen.panel.form.field("series")
    assert chosen.value() is None
    assert registered(desk_of).agenda_number == 487


def test_a_row_chosen_in_the_list_fills_in_its_series(qtbot: QtBot, context_of: ContextOf) -> None:
    screen = made(qtbot, NumberingScreen(context_of(Role.ADMIN), Role.ADMIN, "penomoran"))
    rows_by_name = {one.label: n for n, one in enumerate(screen.model.records)}
    screen.table.activated.emit(screen.model.index(rows_by_name["SKTM"], 0))
    assert screen.panel.form.values()["series"] == "SKTM"
    assert screen.focusWidget() is screen.panel.form.field("last").editor


def test_no_start_number_is_set_when_the_question_is_declined(
    qtbot: QtBot, desk_of: DeskOf, context_of: ContextOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = made(qtbot, NumberingScreen(context_of(Role.ADMIN), Role.ADMIN, "penomoran"))
    monkeypatch.setattr(confirm, "ask", lambda *_asked: False)
    screen.panel.form.set_values({"series": "SKTM", "last": 486})
    press(screen, "F12")
    settled(qtbot, screen)
    assert all(one.coming == 1 for one in desk_of(Role.ADMIN).ask(numbering).series)


def test_numbers_lost_with_a_disk_are_counted_apart(
    qtbot: QtBot, desk_of: DeskOf, context_of: ContextOf
) -> None:
    screen = made(qtbot, NumberingScreen(context_of(Role.REGISTER), Role.REGISTER, "penomoran"))
    heads = [column.title for column in screen.model.columns]
    assert screen.table.isColumnHidden(heads.index("Data hilang"))
    set_aside(desk_of, "sktm", 3)
    lost_with_the_disk(desk_of(Role.REGISTER), "sktm", 1)
    screen.reload()
    settled(qtbot, screen)
    assert not screen.table.isColumnHidden(heads.index("Data hilang"))
    row = [one.label for one in screen.model.records].index("SKTM")
    told = {head: screen.model.index(row, n).data() for n, head in enumerate(heads)}
    assert (told["Cadangan"], told["Data hilang"], told["Nomor terakhir"]) == ("3", "1", "004")
    assert fits(screen)


def test_another_code_may_be_started_where_numbers_go_by_code(
    qtbot: QtBot, desk_of: DeskOf, context_of: ContextOf
) -> None:
    opened(desk_of, BY_CODE)
    screen = made(qtbot, NumberingScreen(context_of(Role.REGISTER), Role.REGISTER, "penomoran"))
    assert "per kode klasifikasi" in screen.mode.text()
    screen.panel.form.set_values({"code": "474.3", "last": 12})
    press(screen, "F12")
    settled(qtbot, screen)
    series = {one.series: one.coming for one in desk_of(Role.REGISTER).ask(numbering).series}
    assert series["kode:474.3"] == 13


# --- the register desk and the frame -------------------------------------------------------------


def test_the_register_desk_names_the_series(
    qtbot: QtBot, desk_of: DeskOf, context_of: ContextOf
) -> None:
    opened(desk_of, FOR_ALL)
    checked(desk_of)
    screen = made(qtbot, RegisterScreen(context_of(Role.REGISTER), Role.REGISTER, "masuk"))
    qtbot.waitUntil(lambda: screen.numbers.number.text() in ("1", "001"))
    assert "seri Umum" in screen.numbers._caption.text()  # noqa: SLF001 - what the card says


def test_a_failed_proof_is_told_in_the_offices_words(desk_of: DeskOf) -> None:
    registered(desk_of)
    desk = desk_of(Role.REGISTER)
    desk.call(executed, "DROP TRIGGER guard_number_issue_delete")
    desk.call(executed, "DELETE FROM number_issue WHERE series = 'sktm'")
    words = proof_words(prove_numbers(desk))
    for told in ("SKTM 2026", "Register dihentikan", "tidak ada yang dihapus", "cadangan"):
        assert told in words
