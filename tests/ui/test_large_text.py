"""Text of 150 % on the smallest screen: everything has room, or is scrolled to."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import style, theme
from kecamatan_desk.ui.app import dress
from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.parts import row
from kecamatan_desk.ui.screen import Screen, ScreenContext
from kecamatan_desk.ui.screens.journal import JournalScreen
from kecamatan_desk.ui.screens.register_desk import RegisterScreen
from kecamatan_desk.ui.screens.roles import ENTRIES, OWN
from kecamatan_desk.ui.screens.start_numbers import NumberingScreen
from kecamatan_desk.ui.sign_in import SignInPage
from kecamatan_desk.ui.style import Look
from tests.builders import PROFILE, DeskOf, checked, registered
from tests.ui.screen_tools import settled

WIDTH, HEIGHT = 1252, 568  # px that are left to a screen of 1366 x 768
ContextOf = Callable[[Role], ScreenContext]


@pytest.fixture(autouse=True)
def _large(qapp: QApplication) -> Iterator[None]:
    dress(qapp, 1.5)
    style.use(Look(theme.LIGHT, 1.5, 1366))
    yield
    dress(qapp, 1.0)
    style.use(Look(theme.LIGHT))


def _shown(qtbot: QtBot, screen: Screen) -> None:
    qtbot.addWidget(screen)
    screen.resize(WIDTH, HEIGHT)
    with qtbot.waitExposed(screen):
        screen.show()
    settled(qtbot, screen)


@pytest.mark.parametrize("role", ENTRIES, ids=lambda role: role.value)
def test_no_screen_needs_more_than_there_is(role: Role, context_of: ContextOf) -> None:
    context = context_of(role)
    own = OWN if role is Role.PELAYANAN else ()
    for entry in (*ENTRIES[role], *own):
        screen = entry.screen(context, role, entry.kind)
        assert screen.minimumSizeHint().width() <= WIDTH, entry.title
        screen.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_journal_with_its_day_needs_no_more(qtbot: QtBot, context_of: ContextOf) -> None:
    screen = JournalScreen(context_of(Role.CAMAT), Role.CAMAT, "jurnal")
    _shown(qtbot, screen)
    assert screen.day_words.text()
    assert screen.minimumSizeHint().width() <= WIDTH


def test_the_form_of_a_start_number_is_not_squeezed(qtbot: QtBot, context_of: ContextOf) -> None:
    screen = NumberingScreen(context_of(Role.REGISTER), Role.REGISTER, "penomoran")
    _shown(qtbot, screen)
    form = screen.panel.form
    for code in ("series", "last"):
        editor = form.field(code).editor
        assert editor.isVisible()
        assert editor.height() >= editor.sizeHint().height()
    assert screen.table.height() >= 4 * screen.table.verticalHeader().defaultSectionSize()


def test_the_coming_line_is_seen_beside_its_number(
    qtbot: QtBot, context_of: ContextOf, desk_of: DeskOf
) -> None:
    for _line in range(2):
        registered(desk_of)
    checked(desk_of)
    screen = RegisterScreen(context_of(Role.REGISTER), Role.REGISTER, "masuk")
    _shown(qtbot, screen)
    qtbot.waitUntil(lambda: screen.book.records.rowCount() > 0)
    settled(qtbot, screen)
    book = screen.book
    last = book.visualRect(book.records.index(book.records.rowCount() - 1, 0))
    bottom = book.viewport().mapTo(screen, QPoint(0, last.bottom())).y()
    assert last.bottom() <= book.viewport().height()
    assert bottom <= screen.bar.mapTo(screen, QPoint()).y()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_a_choice_is_as_wide_as_its_words(qtbot: QtBot, qapp: QApplication, scale: float) -> None:
    dress(qapp, scale)
    style.use(Look(theme.LIGHT, scale, 1366))
    years = CalmCombo()
    years.addItems(["2026", "2025"])
    beside = row(None, years)
    qtbot.addWidget(beside)
    beside.resize(600, 80)
    with qtbot.waitExposed(beside):
        beside.show()
    assert years.shown_text() == "2026"


def test_who_is_chosen_by_letter_is_scrolled_to(
    qtbot: QtBot, desk_of: DeskOf, context_of: ContextOf
) -> None:
    from kecamatan_desk.usecases.accounts import users

    page = SignInPage(practice=True)
    qtbot.addWidget(page)
    page.resize(1366, 749)
    with qtbot.waitExposed(page):
        page.show()
    people = desk_of(Role.ADMIN).ask(users)
    page.show_people(PROFILE, people, "latihan")
    names = [one.name for one in people]
    tile = page.people.group.button(names.index("Yusuf Maulana"))
    page.activateWindow()
    qtbot.waitUntil(lambda: page.people.has_focus)
    qtbot.keyClicks(page.focusWidget(), "y")
    qtbot.waitUntil(lambda: page.people.group.checkedButton() is tile)
    qtbot.waitUntil(lambda: tile.mapTo(page, QPoint()).y() + tile.height() <= page.height())
