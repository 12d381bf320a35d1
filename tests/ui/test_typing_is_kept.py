"""Whatever is being typed is there again: with its file, and in the next session."""

from collections.abc import Callable, Iterator
from time import sleep
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.errors import DeskError, MachineError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.field_rows import RowsField
from kecamatan_desk.ui.scratchpad import Scratchpad
from kecamatan_desk.ui.screen import Screen, ScreenContext
from kecamatan_desk.ui.screens.admin_calendar import CalendarScreen
from kecamatan_desk.ui.screens.admin_office import OfficeScreen
from kecamatan_desk.ui.screens.admin_officials import OfficialsScreen
from kecamatan_desk.ui.screens.admin_services import ServicesScreen
from kecamatan_desk.ui.screens.admin_users import UsersScreen
from kecamatan_desk.ui.screens.drafts import DraftsScreen
from kecamatan_desk.ui.screens.handover import HandoverScreen
from kecamatan_desk.ui.screens.new_request import NewRequestScreen, StartFrom
from kecamatan_desk.ui.screens.recorded import RecordedScreen
from kecamatan_desk.ui.screens.report import ReportScreen
from kecamatan_desk.ui.screens.search_results import SearchScreen
from kecamatan_desk.ui.screens.workplace import WorkplaceScreen
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.intake import draft, save_draft
from kecamatan_desk.usecases.scratch import read_scratch
from kecamatan_desk.usecases.worklist import work_list
from kecamatan_desk.workflows.vocabulary import FieldKind
from tests.builders import SKTM, handed_over, op, taken_in
from tests.ui.screen_tools import ContextOf, Heard, settled, shown, type_into
from tests.walking import brought_to

DeskOf = Callable[[Role], Desk]
S = TypeVar("S", bound=Screen)
Open = Callable[[type[S], Role, str], S]


@pytest.fixture
def opened(qtbot: QtBot, context_of: ContextOf) -> Iterator[Open[Any]]:
    """Show a screen in a session of its own, which knows what was typed before."""
    made: list[Screen] = []

    def opened(kind_of: type[S], role: Role, kind: str) -> S:
        context = context_of(role)
        with qtbot.waitSignal(context.pad.loaded):
            context.pad.load()
        screen = kind_of(context, role, kind)
        made.append(screen)
        shown(qtbot, screen)
        settled(qtbot, screen)
        return screen

    yield opened
    for screen in made:
        settled(qtbot, screen)


def until_kept(qtbot: QtBot, screen: Screen) -> None:
    """Wait until the session has nothing more to keep, as half a second later."""
    qtbot.wait(600)
    settled(qtbot, screen)


def typed_in(qtbot: QtBot, form: Any, code: str, text: str) -> None:
    form.focus(code)
    editor: QWidget = form.field(code).editor
    qtbot.keyClicks(editor, text)


# With its file


def test_a_correction_is_there_again_after_another_file_was_looked_at(
    qtbot: QtBot, opened: Open[WorkplaceScreen], desk_of: DeskOf
) -> None:
    first, second = taken_in(desk_of), taken_in(desk_of, nama="Siti Maemunah")
    screen = opened(WorkplaceScreen, Role.KASI, "masuk")
    screen.pane.list.select(first.request_id)
    settled(qtbot, screen)
    data = screen.panel.data
    data.open_form()
    typed_in(qtbot, data.form, "pekerjaan", "Petani")
    type_into(qtbot, data.reason, "sesuai KTP")

    screen.pane.list.select(second.request_id)
    settled(qtbot, screen)
    assert not data.is_editing
    assert screen.panel.tabs.tabText(2) == "Data"
    screen.pane.list.select(first.request_id)
    settled(qtbot, screen)

    assert data.form is not None
    assert data.form.field("pekerjaan").typed() == "Petani"
    assert data.reason.text() == "sesuai KTP"
    assert "belum disimpan" in " ".join(
        screen.panel.tabs.tabText(n) for n in range(screen.panel.tabs.count())
    )


def test_a_correction_that_is_given_up_is_gone(
    qtbot: QtBot, opened: Open[WorkplaceScreen], desk_of: DeskOf
) -> None:
    taken_in(desk_of)
    screen = opened(WorkplaceScreen, Role.KASI, "masuk")
    screen.panel.data.open_form()
    typed_in(qtbot, screen.panel.data.form, "pekerjaan", "Petani")
    qtbot.keyClick(screen.panel.data.reason, Qt.Key.Key_Escape)
    until_kept(qtbot, screen)

    again = opened(WorkplaceScreen, Role.KASI, "masuk")

    assert not again.panel.data.is_editing


def test_a_reason_in_the_drawer_waits_with_its_file_and_takes_no_keyboard(
    qtbot: QtBot, opened: Open[WorkplaceScreen], desk_of: DeskOf
) -> None:
    first, second = taken_in(desk_of), taken_in(desk_of, nama="Siti Maemunah")
    screen = opened(WorkplaceScreen, Role.KASI, "masuk")
    screen.pane.list.select(first.request_id)
    settled(qtbot, screen)
    screen.ask_pause()
    screen.drawer.radios[1].click()
    type_into(qtbot, screen.drawer.text, "listrik pa")

    screen.pane.list.setFocus()
    screen.pane.list.select(second.request_id)
    settled(qtbot, screen)
    assert not screen.drawer.is_open
    screen.pane.list.select(first.request_id)
    settled(qtbot, screen)

    assert screen.drawer.is_open
    assert (screen.drawer.place, screen.drawer.text.text()) == (1, "listrik pa")
    assert not screen.drawer.text.hasFocus()
    screen.drawer.close_up()
    assert screen.context.pad.get("alasan", first.request_id) is None


def test_looking_for_a_reason_on_another_file_keeps_the_first_one(
    qtbot: QtBot, opened: Open[WorkplaceScreen], desk_of: DeskOf
) -> None:
    first, second = taken_in(desk_of), taken_in(desk_of, nama="Siti Maemunah")
    screen = opened(WorkplaceScreen, Role.KASI, "masuk")
    screen.pane.list.select(first.request_id)
    settled(qtbot, screen)
    screen.ask_pause()
    type_into(qtbot, screen.drawer.text, "listrik pa")
    screen.pane.list.select(second.request_id)
    settled(qtbot, screen)

    screen.ask_pause()
    screen.drawer.close_up()  # nothing was written here

    screen.pane.list.select(first.request_id)
    settled(qtbot, screen)
    assert screen.drawer.text.text() == "listrik pa"


# In the next session


def test_who_receives_the_letter(
    qtbot: QtBot, opened: Open[HandoverScreen], desk_of: DeskOf
) -> None:
    brought_to(desk_of, "sktm", "serahkan")
    screen = opened(HandoverScreen, Role.PELAYANAN, "siap")
    editor: Any = screen.form.form.field("penerima").editor
    editor.selectAll()
    type_into(qtbot, editor, "Ibu Dew")
    until_kept(qtbot, screen)

    again = opened(HandoverScreen, Role.PELAYANAN, "siap")

    assert again.form.handover().receiver == "Ibu Dew"


def test_half_a_date_at_a_step(
    qtbot: QtBot, opened: Open[WorkplaceScreen], desk_of: DeskOf
) -> None:
    brought_to(desk_of, "oss", "diterima")
    screen = opened(WorkplaceScreen, Role.PENGOLAH_DATA, "masuk")
    form = screen.form.form
    assert form is not None
    days = [c for c in form.shown if form.field(c).field.kind is FieldKind.DATE]
    typed_in(qtbot, form, days[0], "12-")
    until_kept(qtbot, screen)

    again = opened(WorkplaceScreen, Role.PENGOLAH_DATA, "masuk")

    assert again.form.form is not None
    assert again.form.form.field(days[0]).typed() == "12-"


def test_a_decision_taken_from_paper(
    qtbot: QtBot, opened: Open[RecordedScreen], desk_of: DeskOf
) -> None:
    taken_in(desk_of)
    screen = opened(RecordedScreen, Role.REGISTER, "dicatat")
    last = len(screen.paraf.radios) - 1
    screen.paraf.radios[last].click()
    type_into(qtbot, screen.paraf.reason, "tidak lengk")
    typed_in(qtbot, screen.paraf.when, "jam", "9")
    screen.panel.checklist.answer(0, "ada")
    until_kept(qtbot, screen)

    again = opened(RecordedScreen, Role.REGISTER, "dicatat")

    assert again.paraf.radios[last].isChecked()
    assert again.paraf.reason.text() == "tidak lengk"
    assert again.paraf.when.field("jam").typed() == "9"
    # the file's own answers come with it, after the screen's fields
    qtbot.waitUntil(lambda: [one.answer for one in again.panel.answers()] == ["ada"])


def test_a_ralat_opens_again_with_what_was_written(
    qtbot: QtBot, opened: Open[SearchScreen], desk_of: DeskOf
) -> None:
    request = handed_over(desk_of)

    def at_the_letter() -> SearchScreen:
        screen = opened(SearchScreen, Role.PELAYANAN, "cari")
        screen.show_request(request.request_id)
        settled(qtbot, screen)
        screen.panel.show_page("surat")
        settled(qtbot, screen)
        return screen

    screen = at_the_letter()
    letter = screen.panel.letter
    letter.open_erratum()
    typed_in(qtbot, letter.erratum.form, "keperluan", "x")
    type_into(qtbot, letter.erratum.reason, "salah ket")
    until_kept(qtbot, screen)

    again = at_the_letter()

    qtbot.waitUntil(lambda: again.panel.letter.erratum.is_open)
    assert again.panel.letter.erratum.reason.text() == "salah ket"


def test_notes_of_a_month(qtbot: QtBot, opened: Open[ReportScreen]) -> None:
    screen = opened(ReportScreen, Role.REGISTER, "laporan")
    type_into(qtbot, screen.report.form.notes, "Jaringan sering put")
    qtbot.wait(450)
    settled(qtbot, screen)

    again = opened(ReportScreen, Role.REGISTER, "laporan")

    assert again.report.form.notes.toPlainText() == "Jaringan sering put"


@pytest.mark.parametrize(
    ("screen_of", "code"),
    [(OfficeScreen, "address"), (ServicesScreen, "classification"), (UsersScreen, "name")],
)
def test_forms_of_the_office(
    qtbot: QtBot, opened: Open[Any], screen_of: type[Screen], code: str
) -> None:
    screen = opened(screen_of, Role.ADMIN, "kelola")
    before = screen.form.field(code).typed()
    typed_in(qtbot, screen.form, code, "9")
    typed = screen.form.field(code).typed()
    assert typed != before
    until_kept(qtbot, screen)

    again = opened(screen_of, Role.ADMIN, "kelola")
    assert again.form.field(code).typed() == typed
    assert again.dirty
    again.mark(False)
    again.drop_typing()
    until_kept(qtbot, again)

    assert opened(screen_of, Role.ADMIN, "kelola").form.field(code).typed() == before


def test_hours_and_holidays(qtbot: QtBot, opened: Open[CalendarScreen]) -> None:
    screen = opened(CalendarScreen, Role.ADMIN, "kelola")
    first = screen.grid.lines[0][0]
    first.selectAll()
    type_into(qtbot, first, "7")
    rows = screen.form.field("holidays")
    assert isinstance(rows, RowsField)
    rows.editor.setFocus()
    rows.editor.setCurrentIndex(rows.rows.index(rows.rows.rowCount() - 1, 1))
    line: Any = screen.focusWidget()
    qtbot.keyClicks(line, "Libur des")
    until_kept(qtbot, screen)

    again = opened(CalendarScreen, Role.ADMIN, "kelola")

    assert again.grid.lines[0][0].text() == "07.00"
    assert ["", "Libur des"] in again.form.field("holidays").raw()


def test_a_term_of_office(qtbot: QtBot, opened: Open[OfficialsScreen]) -> None:
    screen = opened(OfficialsScreen, Role.ADMIN, "kelola")
    typed_in(qtbot, screen.term_page.form, "decree", "821/11")
    until_kept(qtbot, screen)

    again = opened(OfficialsScreen, Role.ADMIN, "kelola")

    assert again.term_page.form is not None
    assert again.term_page.form.field("decree").typed() == "821/11"


def test_a_password_is_kept_nowhere(
    qtbot: QtBot, opened: Open[UsersScreen], admin_desk: Desk
) -> None:
    screen = opened(UsersScreen, Role.ADMIN, "kelola")
    typed_in(qtbot, screen.form, "password", "rahasia sekali")
    typed_in(qtbot, screen.form, "name", "x")
    until_kept(qtbot, screen)

    kept = [str(one.body) for one in admin_desk.ask(read_scratch)]
    assert kept
    assert not any("rahasia" in body for body in kept)


# Two at one draft


def test_who_writes_second_is_told_and_his_typing_becomes_a_draft_of_its_own(
    qtbot: QtBot, opened: Open[NewRequestScreen], desk_of: DeskOf
) -> None:
    desk = desk_of(Role.PELAYANAN)
    saved = desk.call(save_draft, op(), DraftInput("sktm", SKTM))
    mine, other = (opened(NewRequestScreen, Role.PELAYANAN, "baru") for _ in range(2))
    heard = Heard(mine.context)
    for screen in (mine, other):
        screen.start_with(StartFrom(draft_id=saved.id))
        settled(qtbot, screen)
    typed_in(qtbot, other.form.form, "keperluan", "!")
    qtbot.wait(450)
    settled(qtbot, other)

    typed_in(qtbot, mine.form.form, "alamat", "?")
    qtbot.wait(450)
    settled(qtbot, mine)
    qtbot.waitUntil(lambda: mine.keeper is not None and mine.keeper.stored is not None)

    assert "sudah diubah Anda sendiri di layar lain pukul" in heard.complained[-1]
    assert "draf sendiri" in heard.complained[-1]
    drafts = desk.ask(work_list, Role.PELAYANAN, "draf")
    assert len(drafts) == 2
    assert mine.keeper is not None
    assert mine.keeper.stored is not None
    assert mine.keeper.stored.id != saved.id
    own = desk.ask(draft, mine.keeper.stored.id)
    first = desk.ask(draft, saved.id)
    assert ("!" in first.values["keperluan"], "?" in first.values["alamat"]) == (True, False)
    assert ("!" in own.values["keperluan"], "?" in own.values["alamat"]) == (False, True)


def test_a_draft_typed_in_meanwhile_can_be_thrown_away_from_the_list(
    qtbot: QtBot, opened: Open[Any], desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = desk_of(Role.PELAYANAN).call(save_draft, op(), DraftInput("sktm", SKTM))
    drafts = opened(DraftsScreen, Role.PELAYANAN, "draf")
    drafts.hide()
    form = opened(NewRequestScreen, Role.PELAYANAN, "baru")
    form.start_with(StartFrom(draft_id=saved.id))
    settled(qtbot, form)
    typed_in(qtbot, form.form.form, "keperluan", "!")
    form.leave()
    settled(qtbot, form)
    heard = Heard(drafts.context)
    monkeypatch.setattr(confirm, "ask", lambda *_words: True)

    drafts.show()
    settled(qtbot, drafts)
    drafts.discard()
    settled(qtbot, drafts)

    assert heard.refused == []
    assert heard.said[-1] == f"Draf {saved.file_code} dibuang."


# A village folder


def test_an_open_folder_is_offered_after_a_restart(
    qtbot: QtBot, opened: Open[NewRequestScreen]
) -> None:
    screen = opened(NewRequestScreen, Role.PELAYANAN, "baru")
    screen.folder_button.click()
    for code, text in (("pembawa", "Ujang Hidayat"), ("desa", "Cibodas")):
        typed_in(qtbot, screen.folder.page.form, code, text)
    screen.take_button.click()
    qtbot.waitUntil(lambda: screen.folder.folder is not None)

    again = opened(NewRequestScreen, Role.PELAYANAN, "baru")
    assert again.folder.waiting.isVisible()
    again.folder.waiting.buttons[0].click()
    settled(qtbot, again)

    assert again.folder.folder == screen.folder.folder
    assert not again.folder.waiting.isVisible()


def test_a_folder_being_asked_for_keeps_its_words(
    qtbot: QtBot, opened: Open[NewRequestScreen]
) -> None:
    screen = opened(NewRequestScreen, Role.PELAYANAN, "baru")
    screen.folder_button.click()
    typed_in(qtbot, screen.folder.page.form, "pembawa", "Ujang Hid")
    until_kept(qtbot, screen)

    again = opened(NewRequestScreen, Role.PELAYANAN, "baru")
    again.folder_button.click()

    assert again.folder.page.form.field("pembawa").typed() == "Ujang Hid"


# The pad itself


def _held(desk: Desk) -> dict[str, Any]:
    return {one.place: dict(one.body) for one in desk.ask(read_scratch)}


def test_leaving_sends_what_was_typed_a_moment_ago(
    qtbot: QtBot, context_of: ContextOf, desk_of: DeskOf
) -> None:
    context = context_of(Role.KASI)
    context.pad.put("a", 1, {"text": "x"})
    context.pad.flush()
    context.pad.put("a", 1, {"text": "xy"})  # while the first is on its way
    context.pad.flush()
    qtbot.waitUntil(lambda: context.background.idle)

    assert _held(desk_of(Role.KASI)) == {"a": {"text": "xy"}}


def test_what_is_asked_after_typing_runs_after_its_save(
    qtbot: QtBot, context_of: ContextOf
) -> None:
    background = context_of(Role.KASI).background
    heard: list[object] = []

    def slow_save(_work: UnitOfWork) -> str:
        sleep(0.3)
        return "kept"

    def look(_work: UnitOfWork) -> str:
        return "asked"

    background.keep(heard.append, heard.append, slow_save)
    background.query(heard.append, look)
    qtbot.waitUntil(lambda: len(heard) == 2)

    assert heard == ["kept", "asked"]


def test_a_refused_save_is_told_once_and_tried_again(
    qtbot: QtBot, context_of: ContextOf, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    context: ScreenContext = context_of(Role.KASI)
    full = MachineError("Cakram penuh.")
    told: list[str] = []
    context.background.refused.connect(lambda text, _field: told.append(text))
    keep = context.background.keep

    def refuse(_then: object, refused: Callable[[DeskError], object], *_rest: object) -> None:
        refused(full)

    monkeypatch.setattr(context.background, "keep", refuse)
    for text in ("x", "xy"):
        context.pad.put("a", 1, {"text": text})
        context.pad.flush()
    assert told == ["Yang baru diketik belum tersimpan, ada di layar ini saja. Cakram penuh."]
    assert context.pad.get("a", 1) == {"text": "xy"}

    monkeypatch.setattr(context.background, "keep", keep)
    context.pad.flush()
    qtbot.waitUntil(lambda: context.background.idle)

    assert _held(desk_of(Role.KASI)) == {"a": {"text": "xy"}}


def test_what_is_unchanged_is_not_written_again(
    qtbot: QtBot, context_of: ContextOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    pad: Scratchpad = context_of(Role.KASI).pad
    pad.put("a", 1, {"text": "x"})
    pad.flush()
    sent: list[object] = []
    monkeypatch.setattr(pad, "_send", lambda: sent.append(1))

    pad.put("a", 1, {"text": "x"})
    pad.flush()

    assert sent == []
