"""The frame: keys have one meaning each, found files open, messages stand at the foot."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea, QVBoxLayout
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.field_rows import RowsField
from kecamatan_desk.ui.parts import Button
from kecamatan_desk.ui.screen import Screen, ScreenContext, WayOut
from kecamatan_desk.ui.screens import roles
from kecamatan_desk.ui.screens.roles import Entry
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.intake import save_draft
from kecamatan_desk.workflows.vocabulary import Field, FieldKind
from tests.builders import op
from tests.walking import brought_to


class ListScreen(Screen):
    """A list that shows requests and has one deed."""

    TITLE = "Berkas Masuk"
    SHOWS_REQUESTS = True

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.shown: list[int] = []
        self.reloads = 0
        self.left = 0
        self.refusals: list[tuple[str, str | None]] = []
        self.deed_button = Button("Terima berkas", "F12", "primary")
        self.pause_button = Button("Jeda", "F4")
        layout = QVBoxLayout(self)
        layout.addWidget(self.deed_button)
        layout.addWidget(self.pause_button)

    def reload(self) -> None:
        self.reloads += 1

    def show_request(self, request_id: int) -> None:
        self.shown.append(request_id)

    def leave(self) -> None:
        self.left += 1

    def refusal(self, message: str, field: str | None) -> None:
        self.refusals.append((message, field))

    def help_topic(self) -> tuple[str, str]:
        return "sktm", "verifikasi"


class FormScreen(Screen):
    """A form to start with values."""

    TITLE = "Permohonan Baru"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.started: list[object] = []

    def start_with(self, values: object) -> None:
        self.started.append(values)


@pytest.fixture
def shell(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    context_of: Callable[[Role], ScreenContext],
) -> Iterator[Shell]:
    """A shown frame of a clerk with a list and a form."""
    entries = (
        Entry("Berkas Masuk", "inbox", "", ListScreen, "masuk"),
        Entry("Permohonan Baru", "file-plus", "F2", FormScreen, "baru"),
        Entry("Draf", "pen-line", "", ListScreen, "draf"),
    )
    monkeypatch.setitem(roles.ENTRIES, Role.PELAYANAN, entries)
    shell = Shell(context_of(Role.PELAYANAN))
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    return shell


def _list(shell: Shell) -> ListScreen:
    screen = shell.screen_shown
    assert isinstance(screen, ListScreen)
    return screen


def test_a_session_begins_where_work_waits(shell: Shell) -> None:
    assert _list(shell).kind == "masuk"
    assert _list(shell).reloads == 1


def test_a_key_presses_the_button_that_wears_its_cap(qtbot: QtBot, shell: Shell) -> None:
    with qtbot.waitSignal(_list(shell).deed_button.clicked):
        qtbot.keyClick(shell, Qt.Key.Key_F12)


def test_a_key_does_not_press_what_is_disabled(qtbot: QtBot, shell: Shell) -> None:
    _list(shell).deed_button.setEnabled(False)

    with qtbot.assertNotEmitted(_list(shell).deed_button.clicked):
        assert not shell.press("F12")


def test_f2_begins_a_new_request_from_everywhere(qtbot: QtBot, shell: Shell) -> None:
    before = _list(shell)

    qtbot.keyClick(shell, Qt.Key.Key_F2)

    assert isinstance(shell.screen_shown, FormScreen)
    assert before.left == 1


def test_values_are_handed_to_the_new_request(shell: Shell) -> None:
    shell.context.navigator.new_request_asked.emit({"nik": "9901015404910001"})

    assert isinstance(shell.screen_shown, FormScreen)
    assert shell.screen_shown.started == [{"nik": "9901015404910001"}]


def test_a_request_opens_where_requests_are_shown(shell: Shell) -> None:
    shell.press("F2")

    shell.context.navigator.request_asked.emit(7)

    assert _list(shell).shown == [7]


def test_an_entry_is_found_by_its_kind(shell: Shell) -> None:
    shell.context.navigator.entry_asked.emit(None, "draf")

    assert _list(shell).kind == "draf"


def test_f1_shows_the_sop_of_the_step_in_hand_and_goes_back(qtbot: QtBot, shell: Shell) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_F1)
    assert shell.stack.currentWidget() is shell.help_page
    assert shell.help_page.where.text() == "Sekarang langkah 3 dari 7."

    assert not shell.press("F12")
    qtbot.keyClick(shell.help_page, Qt.Key.Key_Escape)
    assert shell.stack.currentWidget() is shell.screen_shown


def test_locking_saves_what_is_being_typed(qtbot: QtBot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.lock_asked):
        qtbot.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert _list(shell).left == 1


def test_a_hidden_screen_reloads_when_it_is_shown_again(shell: Shell) -> None:
    screen = _list(shell)
    shell.press("F2")

    shell.context.background.announce()
    assert screen.reloads == 1

    shell.context.navigator.entry_asked.emit(None, "masuk")
    assert screen.reloads == 2


def test_the_counts_follow_every_change(
    qtbot: QtBot, shell: Shell, desk_of: Callable[[Role], Desk]
) -> None:
    qtbot.waitUntil(lambda: _count(shell, 2) == "0")
    draft = DraftInput("sktm", {"nama": "Siti Nurjanah", "nik": "9901015404910001"})
    desk_of(Role.PELAYANAN).call(save_draft, op(), draft)

    shell.context.background.announce()

    qtbot.waitUntil(lambda: _count(shell, 2) == "1")


def _count(shell: Shell, place: int) -> str:
    return shell.rail.buttons[place].count


def test_a_refusal_stands_at_the_foot_and_reaches_the_screen_in_sight(
    qtbot: QtBot, shell: Shell
) -> None:
    shell.context.background.run(str, _refuse)

    qtbot.waitUntil(lambda: _list(shell).refusals == [("Berkas sudah diputuskan.", "nama")])
    assert shell.message_bar.words.text() == "Berkas sudah diputuskan."
    assert shell.message_bar.accessibleName() == "Pesan: Berkas sudah diputuskan."


def test_a_refusal_does_not_follow_the_user_to_another_screen(qtbot: QtBot, shell: Shell) -> None:
    """What is red there would be read as a word about the screen in sight."""
    _list(shell).complain("Pola nomor tidak dapat dipakai.")
    shell.rail.buttons[1].click()
    assert shell.message_bar.words.text() == ""

    shell.context.messages.said.emit("Nomor agenda 3 tercatat.", None)
    shell.rail.buttons[0].click()
    assert shell.message_bar.words.text() == "Nomor agenda 3 tercatat."


def test_a_long_rail_scrolls_one_way_only(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, context_of: Callable[[Role], ScreenContext]
) -> None:
    entries = tuple(
        Entry("Dikembalikan (TMS) lagi", "inbox", "", ListScreen, "tms") for _ in range(30)
    )
    monkeypatch.setitem(roles.ENTRIES, Role.PELAYANAN, entries)
    shell = Shell(context_of(Role.PELAYANAN))
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    with qtbot.waitExposed(shell):
        shell.show()

    (area,) = shell.rail.findChildren(QScrollArea)
    assert area.verticalScrollBar().isVisible()
    assert not area.horizontalScrollBar().isVisible()


def _refuse() -> None:
    raise RuleError("Berkas sudah diputuskan.", "nama")


def test_the_way_out_of_a_message_has_its_key(qtbot: QtBot, shell: Shell) -> None:
    way_out = WayOut("Lihat berkas", "F5", shell.help_page.back_button.click)
    _list(shell).complain("Nomor sudah dipakai.", way_out)

    with qtbot.waitSignal(shell.help_page.closed):
        qtbot.keyClick(shell, Qt.Key.Key_F5)

    _list(shell).say("Sudah.")
    assert shell.message_bar.way_out is None


def test_searching_opens_the_one_file_found(
    qtbot: QtBot, shell: Shell, desk_of: Callable[[Role], Desk]
) -> None:
    draft = DraftInput("sktm", {"nama": "Siti Nurjanah", "nik": "9901015404910001"})
    saved = desk_of(Role.PELAYANAN).call(save_draft, op(), draft)

    qtbot.keyClick(shell, Qt.Key.Key_F3)
    qtbot.keyClicks(shell.search.field, saved.file_code)
    qtbot.keyClick(shell.search.field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: _list(shell).shown == [saved.id])


def test_searching_for_nobody_says_so(qtbot: QtBot, shell: Shell) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_F3)
    qtbot.keyClicks(shell.search.field, "zzzz")

    qtbot.waitUntil(lambda: shell.search.open)
    assert "zzzz" in shell.search.nothing.text()

    qtbot.keyClick(shell.search.field, Qt.Key.Key_Escape)
    assert not shell.search.open


def test_only_the_current_entry_is_marked(qtbot: QtBot, shell: Shell) -> None:
    shell.rail.buttons[1].click()
    shell.press("F2")
    shell.context.navigator.entry_asked.emit(None, "draf")

    kinds = [button.words.property("type") for button in shell.rail.buttons]
    assert kinds.count("bodyb") == 1
    assert kinds[2] == "bodyb"


def test_everybody_finds_his_own_entries_below_those_of_his_roles(shell: Shell) -> None:
    titles = [entry.title for _role, entry in shell.rail.spots]

    assert titles[3:] == [entry.title for entry in roles.OWN]


def test_every_button_has_an_indonesian_name_and_an_object_name(shell: Shell) -> None:
    for button in shell.findChildren(Button):
        assert button.accessibleName()
        assert button.objectName().startswith("btn-")


def test_nothing_jumps_when_a_message_is_long(qtbot: QtBot, shell: Shell) -> None:
    before = shell.stack.geometry()

    _list(shell).complain("Nomor antrian tidak diberikan. " * 12, WayOut("Lihat", "F5", _refuse))
    qtbot.waitUntil(lambda: shell.message_bar.way_out is not None)

    assert shell.stack.geometry() == before


def test_a_key_takes_over_the_cell_that_is_being_typed(qtbot: QtBot, shell: Shell) -> None:
    field = RowsField(Field("saksi", "Saksi", FieldKind.ROWS, columns=(Field("nama", "Nama"),)))
    screen = shell.screen_shown
    assert screen is not None
    layout = screen.layout()
    assert layout is not None
    layout.addWidget(field)
    field.show()
    field.editor.setFocus()
    field.editor.setCurrentIndex(field.rows.index(0, 0))
    editor = field.editor.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setFocus()
    qtbot.keyClicks(editor, "Budi")

    shell.press("F12")

    assert field.value() == [{"nama": "Budi"}]


def test_a_file_found_opens_in_the_list_where_its_deed_is_done(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext], desk_of: Callable[[Role], Desk]
) -> None:
    receipt = brought_to(desk_of, "pengaduan", "pertimbangan")
    shell = Shell(context_of(Role.SEKCAM))
    qtbot.addWidget(shell)
    shell.show()
    assert shell.screen_shown is not None
    assert shell.screen_shown.kind == "tanda-tangan"

    shell.search.found.emit(receipt.request_id)

    qtbot.waitUntil(lambda: shell.screen_shown is not None and shell.screen_shown.kind == "masuk")


def test_a_file_found_that_waits_elsewhere_opens_with_its_papers_at_cari_berkas(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext], desk_of: Callable[[Role], Desk]
) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    shell = Shell(context_of(Role.REGISTER))
    qtbot.addWidget(shell)
    shell.show()
    assert shell.screen_shown is not None
    assert shell.screen_shown.kind == "masuk"

    shell.search.found.emit(receipt.request_id)

    qtbot.waitUntil(lambda: shell.screen_shown is not None and shell.screen_shown.kind == "cari")

    shell.open_entry(None, "periksa")  # a letter judged there opens with its papers too
    shell.context.navigator.request_asked.emit(receipt.request_id)

    assert shell.screen_shown.kind == "cari"


@pytest.mark.parametrize("waits", [True, False])
def test_the_counter_begins_with_what_can_be_handed_over(
    qtbot: QtBot,
    context_of: Callable[[Role], ScreenContext],
    desk_of: Callable[[Role], Desk],
    waits: bool,
) -> None:
    if waits:
        brought_to(desk_of, "sktm", "serahkan")
    shell = Shell(context_of(Role.PELAYANAN))
    qtbot.addWidget(shell)
    shell.show()

    qtbot.waitUntil(lambda: shell.screen_shown is not None)

    assert shell.screen_shown is not None
    assert shell.screen_shown.kind == ("siap" if waits else "baru")


def test_a_key_of_the_message_bar_stands_on_no_button_of_the_screen(shell: Shell) -> None:
    screen = _list(shell)
    (cap,) = [one for one in screen.pause_button.findChildren(QLabel) if one.text() == "F4"]
    assert cap.isVisible()

    shell.context.messages.said.emit("Usul tercatat.", WayOut("Persetujuan", "F4", screen.reload))
    assert not cap.isVisible()
    assert screen.pause_button.isVisible()

    shell.context.messages.said.emit("Berkas dilanjutkan.", None)
    assert cap.isVisible()
