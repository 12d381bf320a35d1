"""Officials: who signs today, appointments and absences, through the real widgets."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.admin_officials import OfficialsScreen
from kecamatan_desk.usecases.accounts import acting, save_acting, save_user, users
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.office import absences
from kecamatan_desk.usecases.people_values import TermInput, UserInput
from kecamatan_desk.usecases.terms import save_term, terms
from tests.builders import NAMES, op
from tests.ui.screen_tools import Heard, settled

ContextOf = Callable[[Role], ScreenContext]
PLH = "Plh. (pejabat berhalangan)"
KASI, SEKCAM, CAMAT = (NAMES[role] for role in (Role.KASI, Role.SEKCAM, Role.CAMAT))


@pytest.fixture
def screen(qtbot: QtBot, context_of: ContextOf) -> OfficialsScreen:
    screen = OfficialsScreen(context_of(Role.ADMIN), Role.ADMIN, "pejabat")
    qtbot.addWidget(screen)
    screen.resize(1158, 620)
    with qtbot.waitExposed(screen):
        screen.show()
    qtbot.waitUntil(lambda: screen.absence_page.form is not None)
    screen.tabs.setCurrentIndex(screen.lists.index(screen.acting_page))
    return screen


def _fill(qtbot: QtBot, screen: OfficialsScreen, **values: str) -> None:
    assert screen.page.form is not None
    for code, text in values.items():
        editor = screen.page.form.field(code).editor
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, QLineEdit):
            editor.clear()
            qtbot.keyClicks(editor, text)


def _errors(screen: OfficialsScreen) -> dict[str, str]:
    assert screen.page.form is not None
    return {
        code: note.note.message
        for section in screen.page.form.sections
        for code, note in section.notes.items()
    }


def _ids(desk: Desk) -> dict[str, int]:
    return {user.username: user.id for user in desk.ask(users)}


def test_the_holders_of_today_are_shown_with_their_places(
    qtbot: QtBot, screen: OfficialsScreen
) -> None:
    qtbot.waitUntil(lambda: screen.paper.pages == 1)

    shown = [(held.role, held.names, held.standing) for held in screen.model.records]
    assert shown == [
        (Role.CAMAT, (CAMAT,), "definitif"),
        (Role.SEKCAM, (SEKCAM,), "definitif"),
        (Role.KASI, (KASI,), "definitif"),
    ]
    spoken = screen.paper.accessibleDescription()
    assert f"a.n. CAMAT SUKAMAJU, SEKRETARIS KECAMATAN, {SEKCAM}" in spoken


def test_an_appointment_changes_who_signs_today(
    qtbot: QtBot, screen: OfficialsScreen, admin_desk: Desk
) -> None:
    _fill(
        qtbot,
        screen,
        user_id=SEKCAM,
        kind=PLH,
        role="Camat",
        last="15052026",
        decree="800/12/2026, 11 Mei 2026",
    )

    screen.save_button.click()
    qtbot.waitUntil(lambda: screen.model.records[0].standing == "Plh. sampai 15 Mei 2026")

    assert screen.model.records[0].names == (SEKCAM, CAMAT)
    (row,) = admin_desk.ask(acting)
    assert (row.first_day, row.last_day, row.kind) == (
        date(2026, 5, 12),
        date(2026, 5, 15),
        "Plh",
    )
    qtbot.waitUntil(lambda: "Plh. CAMAT SUKAMAJU" in screen.paper.accessibleDescription())
    assert screen.acting_page.form is not None
    assert screen.acting_page.form.values() == {"first": "2026-05-12"}


def test_a_day_before_the_first_is_refused_at_its_field(
    qtbot: QtBot, screen: OfficialsScreen, admin_desk: Desk
) -> None:
    _fill(qtbot, screen, user_id=SEKCAM, kind=PLH, role="Camat", last="01052026", decree="SK 1")

    screen.save_button.click()
    qtbot.waitUntil(lambda: "last" in _errors(screen))

    assert admin_desk.ask(acting) == ()


def test_who_holds_the_office_cannot_act_for_it(qtbot: QtBot, screen: OfficialsScreen) -> None:
    _fill(
        qtbot,
        screen,
        user_id=CAMAT,
        kind="Plt. (jabatan lowong)",
        role="Camat",
        last="15052026",
        decree="SK 1",
    )

    screen.save_button.click()
    qtbot.waitUntil(lambda: "user_id" in _errors(screen))

    assert "sudah menjabat" in _errors(screen)["user_id"]


def test_an_empty_form_says_what_is_missing(screen: OfficialsScreen) -> None:
    screen.deeds()["F12"]()

    assert _errors(screen) == {"user_id": "Pegawai belum diisi."}


def test_an_appointment_is_ended_after_asking(
    qtbot: QtBot,
    screen: OfficialsScreen,
    admin_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    day = date(2026, 5, 12)
    admin_desk.call(
        save_acting, op(), _ids(admin_desk)["sekcam"], Role.CAMAT, "Plh", day, day, "SK 1"
    )
    screen.reload()
    qtbot.waitUntil(screen.end_button.isEnabled)
    asked: list[str] = []

    def yes(*words: object) -> bool:
        asked.append(str(words[2]))
        return True

    monkeypatch.setattr(confirm, "ask", yes)

    screen.deeds()["F6"]()
    qtbot.waitUntil(lambda: not screen.end_button.isEnabled())

    assert asked == [f"{SEKCAM} berhenti sebagai Plh. Camat sekarang juga."]
    assert screen.model.records[0].names == (CAMAT,)
    assert admin_desk.ask(acting)[0].last_day == date(2026, 5, 11)


def test_an_absence_begins_and_ends(
    qtbot: QtBot,
    screen: OfficialsScreen,
    admin_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(confirm, "ask", lambda *_: True)
    screen.tabs.setCurrentIndex(screen.lists.index(screen.absence_page))
    _fill(qtbot, screen, user_id=CAMAT, last="13052026", reason="Rapat di kabupaten")

    screen.save_button.click()
    qtbot.waitUntil(lambda: screen.model.records[0].away)
    qtbot.waitUntil(screen.end_button.isEnabled)
    assert screen.model.records[0].standing == "tidak di tempat"

    screen.end_button.click()
    qtbot.waitUntil(lambda: not screen.model.records[0].away)

    assert [row.last_day for row in admin_desk.ask(absences)] == [date(2026, 5, 11)]


def test_only_officials_are_offered_for_an_absence(screen: OfficialsScreen) -> None:
    assert set(screen.absence_page.people) == {KASI, SEKCAM, CAMAT}
    assert NAMES[Role.PELAYANAN] in screen.acting_page.people


def test_typing_survives_a_change_elsewhere(
    qtbot: QtBot, screen: OfficialsScreen, context_of: ContextOf
) -> None:
    _fill(qtbot, screen, user_id=SEKCAM, decree="SK 1")

    with qtbot.waitSignal(screen.acting_page.chosen):
        screen.context.background.announce()

    assert screen.acting_page.form is not None
    assert screen.acting_page.form.values()["decree"] == "SK 1"


def _choose_terms(screen: OfficialsScreen) -> None:
    screen.tabs.setCurrentIndex(screen.lists.index(screen.term_page))


def test_a_term_with_a_title_of_its_own_is_seen_on_the_block(
    qtbot: QtBot, screen: OfficialsScreen, admin_desk: Desk
) -> None:
    heard = Heard(screen.context)
    _choose_terms(screen)
    _fill(
        qtbot,
        screen,
        user_id=KASI,
        role=Role.KASI.label,
        first="01012026",
        title="Kepala Seksi Kesejahteraan Sosial",
        decree="821.2/7/2026",
    )

    screen.save_button.click()
    spoken = "a.n. CAMAT SUKAMAJU, KEPALA SEKSI KESEJAHTERAAN SOSIAL,"
    qtbot.waitUntil(lambda: spoken in screen.paper.accessibleDescription())

    (row,) = admin_desk.ask(terms)
    assert (row.first_day, row.last_day, row.decree) == (date(2026, 1, 1), None, "821.2/7/2026")
    assert heard.said == [f"{KASI} tercatat menjabat {Role.KASI.label} mulai 1 Januari 2026."]


def test_who_follows_is_told_with_the_end_of_the_one_before(
    qtbot: QtBot, screen: OfficialsScreen, admin_desk: Desk
) -> None:
    heard = Heard(screen.context)
    ids = _ids(admin_desk)
    admin_desk.call(
        save_term, op(), TermInput(ids["camat"], Role.CAMAT, date(2025, 1, 1), None, "", "SK 1")
    )
    screen.reload()
    qtbot.waitUntil(lambda: len(screen.term_page.model.records) == 1)
    _choose_terms(screen)
    _fill(qtbot, screen, user_id=SEKCAM, role="Camat", first="01062026")

    screen.save_button.click()
    qtbot.waitUntil(lambda: len(screen.term_page.model.records) == 2)

    assert f"Masa jabatan {CAMAT} berakhir 31 Mei 2026." in heard.said[0]
    assert screen.model.records[0].names == (CAMAT,)


def test_the_blocks_of_another_day_are_looked_at(
    qtbot: QtBot, screen: OfficialsScreen, admin_desk: Desk
) -> None:
    day = date(2026, 5, 20)
    admin_desk.call(
        save_acting, op(), _ids(admin_desk)["sekcam"], Role.CAMAT, "Plh", day, day, "SK 1"
    )
    assert screen.day.editor.text() == "12-05-2026"
    screen.day.editor.clear()
    qtbot.keyClicks(screen.day.editor, "20052026")
    qtbot.keyClick(screen.day.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.model.records[0].standing == "Plh. sampai 20 Mei 2026")

    qtbot.waitUntil(lambda: "Plh. CAMAT SUKAMAJU" in screen.paper.accessibleDescription())
    assert screen.day.editor.text() == "20-05-2026"

    screen.day.editor.clear()
    qtbot.keyClick(screen.day.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.model.records[0].standing == "definitif")


def test_a_day_that_is_none_changes_nothing(qtbot: QtBot, screen: OfficialsScreen) -> None:
    screen.day.editor.clear()
    qtbot.keyClicks(screen.day.editor, "31022026")
    qtbot.keyClick(screen.day.editor, Qt.Key.Key_Return)

    assert "tidak ada dalam kalender" in screen.day.editor.toolTip()
    assert screen.day.day is None


def test_where_nobody_may_sign_the_reason_is_shown(
    qtbot: QtBot, screen: OfficialsScreen, admin_desk: Desk
) -> None:
    ids = _ids(admin_desk)
    for who in (Role.KASI, Role.CAMAT):
        typed = TermInput(ids[who.value], who, date(2025, 1, 1), date(2026, 5, 11), "", "SK 1")
        admin_desk.call(save_term, op(), typed)
    screen.reload()
    qtbot.waitUntil(lambda: screen.model.records[0].block is None)

    assert "berakhir 11 Mei 2026" in screen.hint.text()
    assert "catatlah masa jabatan atau penunjukan pada menu Pejabat" in screen.hint.text()
    assert "mintalah Administrator" not in screen.hint.text()  # it is he who reads it
    assert screen.model.records[2].standing == "kosong, Sekcam menandatangani"


def test_a_term_is_changed_and_ended(
    qtbot: QtBot,
    screen: OfficialsScreen,
    admin_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(confirm, "ask", lambda *_: True)
    typed = TermInput(_ids(admin_desk)["camat"], Role.CAMAT, date(2025, 1, 1), None, "", "SK 1")
    admin_desk.call(save_term, op(), typed)
    _choose_terms(screen)
    screen.reload()
    qtbot.waitUntil(screen.change_button.isEnabled)

    screen.deeds()["F10"]()
    _fill(qtbot, screen, last="31122026", title="Camat Sukamaju Raya")
    screen.save_button.click()
    qtbot.waitUntil(lambda: screen.term_page.model.records[0].last_day == date(2026, 12, 31))
    assert admin_desk.ask(terms)[0].title == "Camat Sukamaju Raya"

    qtbot.waitUntil(screen.end_button.isEnabled)
    screen.deeds()["F6"]()
    qtbot.waitUntil(lambda: screen.model.records[0].block is None)
    assert admin_desk.ask(terms)[0].last_day == date(2026, 5, 11)


def test_a_delegation_is_told_beside_the_one_it_replaces(
    qtbot: QtBot, screen: OfficialsScreen, admin_desk: Desk
) -> None:
    heard = Heard(screen.context)
    first, last = date(2026, 5, 1), date(2026, 12, 31)
    admin_desk.call(
        save_acting, op(), _ids(admin_desk)["sekcam"], Role.CAMAT, "a.n", first, last, "SK 1"
    )
    screen.reload()
    qtbot.waitUntil(lambda: len(screen.acting_page.model.records) == 1)
    ub = "u.b. (untuk beliau)"
    _fill(qtbot, screen, user_id=KASI, kind=ub, role="Camat", last="31122026", decree="SK 2")

    screen.save_button.click()
    qtbot.waitUntil(lambda: screen.model.records[0].standing == "u.b. sampai 31 Desember 2026")

    assert f"{KASI} tercatat sebagai u.b. Camat" in heard.said[0]
    assert f"Penunjukan {SEKCAM} juga berlaku" in heard.said[0]
    spoken = "a.n. CAMAT SUKAMAJU, SEKRETARIS KECAMATAN u.b. KEPALA SEKSI"
    qtbot.waitUntil(lambda: spoken in screen.paper.accessibleDescription())


def test_tab_goes_from_the_list_through_the_form_to_the_deeds(
    qtbot: QtBot, screen: OfficialsScreen, admin_desk: Desk
) -> None:
    day = date(2026, 5, 12)
    admin_desk.call(
        save_acting, op(), _ids(admin_desk)["sekcam"], Role.CAMAT, "Plh", day, day, "SK 1"
    )
    screen.reload()
    qtbot.waitUntil(screen.acting_page.table.isVisible)
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    form = screen.acting_page.form
    assert form is not None
    screen.acting_page.table.setFocus()
    met = []
    for _press in range(len(form.shown) + 1):
        qtbot.keyClick(screen.focusWidget(), Qt.Key.Key_Tab)
        met.append(screen.focusWidget())

    editors = [form.field(code).editor for code in form.shown]
    assert met[: len(editors)] == editors
    assert not screen.pages.isAncestorOf(met[-1])


def test_the_form_stands_below_the_rows_and_in_sight(
    qtbot: QtBot, screen: OfficialsScreen, admin_desk: Desk
) -> None:
    page = screen.acting_page
    form = page.form
    assert form is not None
    last = form.field("decree").editor
    assert not page.table.isVisible()  # no empty table between the words and the form
    assert _bottom(last, screen) <= screen.save_button.mapTo(screen, QPoint()).y()

    sekcam = _ids(admin_desk)["sekcam"]
    for number in range(6):
        day = date(2026, 5, 12 + number)
        admin_desk.call(save_acting, op(), sekcam, Role.CAMAT, "Plh", day, day, f"SK {number}")
    screen.reload()
    qtbot.waitUntil(lambda: page.model.rowCount() == 6)
    qtbot.waitUntil(page.table.isVisible)
    row_height = page.table.verticalHeader().defaultSectionSize()
    qtbot.waitUntil(lambda: page.table.viewport().height() == 4 * row_height)

    def gap() -> int:
        return form.mapTo(page, QPoint()).y() - _bottom(page.table, page)

    qtbot.waitUntil(lambda: 0 <= gap() < row_height)  # laid out a moment after it is shown


def _bottom(part: QWidget, above: QWidget) -> int:
    return part.mapTo(above, QPoint()).y() + part.height()


def test_who_has_no_rank_is_quietly_told_of_at_the_form(
    qtbot: QtBot, screen: OfficialsScreen, admin_desk: Desk
) -> None:
    rows = {user.username: user for user in admin_desk.ask(users)}
    one = rows[Role.KASI.value]
    admin_desk.call(
        save_user, op(), UserInput(one.id, one.username, one.name, one.roles, nip=one.nip)
    )
    screen.reload()
    settled(qtbot, screen)

    for page in (screen.term_page, screen.acting_page):
        screen.tabs.setCurrentIndex(screen.lists.index(page))
        _fill(qtbot, screen, user_id=SEKCAM)
        assert not page.rank_note.isVisible()
        _fill(qtbot, screen, user_id=KASI)
        assert page.rank_note.isVisible()
        assert "baris pangkat tidak tercetak" in page.rank_note.text()
        page.clear()
        assert not page.rank_note.isVisible()

    screen.tabs.setCurrentIndex(screen.lists.index(screen.absence_page))
    _fill(qtbot, screen, user_id=KASI)
    assert not screen.absence_page.rank_note.isVisible()  # nothing is signed there
