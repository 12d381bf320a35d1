"""The door: who is chosen how, and what is given when."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.domain.tenure import Standing
from kecamatan_desk.ui.sign_in import SignInPage
from kecamatan_desk.usecases.people_values import UserRow
from tests.builders import PROFILE


def _user(number: int, name: str, *roles: Role, pin_open: bool = True) -> UserRow:
    held = tuple(Standing(number, role) for role in roles)
    return UserRow(number, f"user{number}", name, roles, True, True, True, pin_open, held=held)


SARI = _user(1, "Sari Wulandari", Role.VERIFIKASI, Role.PELAYANAN)
AHMAD = _user(2, "Drs. H. Ahmad Subarjo, M.Si.", Role.CAMAT)
DEDI = _user(3, "Dedi Kurnia", Role.REGISTER, pin_open=False)


@pytest.fixture
def page(qtbot: QtBot) -> SignInPage:
    """A shown door with three people."""
    page = SignInPage()
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.show_people(PROFILE, (SARI, AHMAD, DEDI), None)
    return page


def test_figures_go_to_the_pin_and_the_sixth_enters(qtbot: QtBot, page: SignInPage) -> None:
    with qtbot.waitSignal(page.pin_given) as given:
        qtbot.keyClicks(page.secret, "284719")

    assert given.args == ["user1", "284719"]


def test_the_pad_types_the_pin(qtbot: QtBot, page: SignInPage) -> None:
    for figure in (2, 8, 4, 7, 1):
        page.pad.figures.button(figure).click()
    page.pad.erase_button.click()

    with qtbot.waitSignal(page.pin_given) as given:
        page.pad.figures.button(1).click()
        page.pad.figures.button(9).click()

    assert given.args == ["user1", "284719"]


def test_a_letter_chooses_the_person_whose_name_begins_so(qtbot: QtBot, page: SignInPage) -> None:
    qtbot.keyClicks(page.secret, "a")

    assert page.name.text() == AHMAD.name
    assert page.secret.text() == ""


def test_without_a_sign_in_today_the_password_is_asked(qtbot: QtBot, page: SignInPage) -> None:
    page.tiles.button(2).click()
    assert not page.pad.isVisible()

    qtbot.keyClicks(page.secret, "tiga kata lucu")
    with qtbot.waitSignal(page.password_given) as given:
        qtbot.keyClick(page.secret, Qt.Key.Key_Return)

    assert given.args == ["user3", "tiga kata lucu"]


def test_the_password_may_be_used_instead_of_the_pin(qtbot: QtBot, page: SignInPage) -> None:
    control = Qt.KeyboardModifier.ControlModifier

    qtbot.keyClick(page, Qt.Key.Key_K, control)

    assert not page.pad.isVisible()
    assert page.secret.accessibleName() == "Kata sandi"


def test_a_refusal_stands_below_the_field_and_the_secret_is_gone(page: SignInPage) -> None:
    page.secret.setText("12345")

    page.show_problem("PIN tidak cocok.")

    assert page.problem.text() == "PIN tidak cocok."
    assert page.secret.text() == ""


def test_nobody_enters_without_a_secret(qtbot: QtBot, page: SignInPage) -> None:
    with qtbot.assertNotEmitted(page.pin_given):
        qtbot.keyClick(page.secret, Qt.Key.Key_Return)


def test_practice_is_chosen_at_the_door(qtbot: QtBot, page: SignInPage) -> None:
    with qtbot.waitSignal(page.place_asked) as asked:
        page.places.button(1).click()

    assert asked.args == [True]


def test_before_the_data_are_open_the_door_says_so(qtbot: QtBot) -> None:
    page = SignInPage()
    qtbot.addWidget(page)

    assert page.waiting.text() == "Membuka data …"


def test_the_practice_password_is_shown(page: SignInPage) -> None:
    page.show_people(PROFILE, (SARI,), "latihan")

    assert "“latihan”" in page.waiting.text()


@pytest.mark.parametrize("way", [Qt.Key.Key_Down, Qt.Key.Key_Up])
def test_arrows_walk_the_tiles(
    qtbot: QtBot, page: SignInPage, way: Qt.Key, request: pytest.FixtureRequest
) -> None:
    start: Callable[[], None] = page.tiles.button(2 if way == Qt.Key.Key_Up else 0).click
    start()
    page.secret.setFocus()

    qtbot.keyClick(page.secret, way)

    assert page.tiles.checkedId() == (0 if way == Qt.Key.Key_Up else 2)


def test_a_large_office_stands_in_three_columns_and_arrows_reach_everybody(
    qtbot: QtBot, page: SignInPage
) -> None:
    many = tuple(_user(n, f"Orang {n}", Role.REGISTER) for n in range(11))
    page.show_people(PROFILE, many, None)
    page.tiles.button(0).click()

    seen = {page.tiles.checkedId()}
    for _ in many:
        qtbot.keyClick(page.secret, Qt.Key.Key_Down)
        seen.add(page.tiles.checkedId())

    assert page.columns == 3
    assert seen == set(range(11))


def test_a_password_typed_where_the_pin_is_asked_enters_nobody_else(
    qtbot: QtBot, page: SignInPage
) -> None:
    page.tiles.button(0).click()  # Sari, by PIN; Dedi would need his password

    with qtbot.assertNotEmitted(page.password_given):
        qtbot.keyClicks(page.secret, "delima")
        qtbot.keyClick(page.secret, Qt.Key.Key_Return)

    assert page.tiles.checkedId() == 0
    assert "Ctrl+K" in page.problem.text()


def test_enter_ends_a_name_so_that_a_password_may_follow_at_once(
    qtbot: QtBot, page: SignInPage
) -> None:
    qtbot.keyClicks(page.secret, "de")
    assert page.name.text() == DEDI.name
    qtbot.keyClick(page.secret, Qt.Key.Key_Return)

    with qtbot.waitSignal(page.password_given) as given:
        qtbot.keyClicks(page.secret, "dedaunan")
        qtbot.keyClick(page.secret, Qt.Key.Key_Return)

    assert given.args == ["user3", "dedaunan"]


def test_several_letters_choose_by_the_beginning_of_the_name(
    qtbot: QtBot, page: SignInPage
) -> None:
    page.show_people(PROFILE, (SARI, AHMAD, _user(4, "Asep", Role.KASI)), None)

    qtbot.keyClicks(page.secret, "as")

    assert page.tiles.checkedId() == 2


def test_the_tiles_show_the_offices_of_the_day_not_those_of_the_account(
    qtbot: QtBot, page: SignInPage
) -> None:
    ended = replace(AHMAD, held=())
    acting = replace(SARI, held=(Standing(1, Role.PELAYANAN), Standing(1, Role.CAMAT, "Plh")))
    page.show_people(PROFILE, (ended, acting, DEDI), None)

    words = [_words_on(button) for button in page.tiles.buttons()]
    assert "tanpa jabatan hari ini" in words[0]
    assert "Camat" not in words[0]
    assert "Pelayanan, Plh. Camat" in words[1]
    page.tiles.button(1).click()
    assert page.roles.text() == "Petugas Pelayanan, Plh. Camat"


def _words_on(tile: QWidget) -> list[str]:
    return [one.text() for one in tile.findChildren(QLabel)]


# The first person of the list needs his password


@pytest.fixture
def at_people(qtbot: QtBot, page: SignInPage) -> SignInPage:
    """The same door where nobody has come in today: a password is asked of everybody."""
    users = tuple(replace(one, pin_open=False) for one in (SARI, AHMAD, DEDI))
    page.show_people(PROFILE, users, None)
    qtbot.waitUntil(lambda: page.focusWidget() is page.tiles.button(0))
    return page


def keyboard(page: SignInPage) -> QWidget:
    found = page.focusWidget()
    assert found is not None
    return found


def spell(qtbot: QtBot, page: SignInPage, text: str) -> None:
    """Type letter by letter, wherever the keyboard is by then."""
    for letter in text:
        qtbot.keyClicks(keyboard(page), letter)


def test_letters_choose_people_also_where_a_password_is_asked(
    qtbot: QtBot, at_people: SignInPage
) -> None:
    page = at_people
    spell(qtbot, page, "de")
    assert page.name.text() == DEDI.name
    assert page.secret.text() == ""
    qtbot.waitUntil(lambda: not page.people.is_naming)  # nothing follows soon: the name ends
    qtbot.keyClicks(keyboard(page), "a")
    assert page.name.text() == AHMAD.name

    qtbot.keyClick(keyboard(page), Qt.Key.Key_Return)
    assert keyboard(page) is page.secret
    with qtbot.waitSignal(page.password_given) as given:
        qtbot.keyClicks(keyboard(page), "dedaunan")
        qtbot.keyClick(keyboard(page), Qt.Key.Key_Return)
    assert given.args == ["user2", "dedaunan"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_tab_and_enter_go_to_the_password(qtbot: QtBot, at_people: SignInPage, key: Qt.Key) -> None:
    qtbot.keyClick(keyboard(at_people), key)

    assert keyboard(at_people) is at_people.secret


def test_a_click_goes_to_the_password(qtbot: QtBot, at_people: SignInPage) -> None:
    qtbot.mouseClick(at_people.tiles.button(2), Qt.MouseButton.LeftButton)

    assert at_people.name.text() == DEDI.name
    assert keyboard(at_people) is at_people.secret


def test_a_figure_begins_the_password_at_once(qtbot: QtBot, at_people: SignInPage) -> None:
    qtbot.keyClicks(keyboard(at_people), "4")
    qtbot.keyClicks(keyboard(at_people), "sekawan")

    assert at_people.secret.text() == "4sekawan"
    assert at_people.name.text() == SARI.name


def test_escape_goes_back_to_the_people(qtbot: QtBot, at_people: SignInPage) -> None:
    qtbot.keyClick(keyboard(at_people), Qt.Key.Key_Return)
    qtbot.keyClick(keyboard(at_people), Qt.Key.Key_Escape)
    spell(qtbot, at_people, "de")

    assert at_people.name.text() == DEDI.name


def test_from_a_pin_a_letter_leads_to_somebody_with_a_password_and_back(
    qtbot: QtBot, page: SignInPage
) -> None:
    spell(qtbot, page, "de")
    assert page.name.text() == DEDI.name
    qtbot.waitUntil(lambda: not page.people.is_naming)
    qtbot.keyClicks(keyboard(page), "s")
    assert page.name.text() == SARI.name

    with qtbot.waitSignal(page.pin_given) as given:
        for figure in "284719":
            qtbot.keyClicks(keyboard(page), figure)
    assert given.args == ["user1", "284719"]


def test_a_password_typed_at_the_people_enters_nobody_and_says_how(
    qtbot: QtBot, at_people: SignInPage
) -> None:
    with qtbot.assertNotEmitted(at_people.password_given):
        for letter in "delima":
            qtbot.keyClicks(keyboard(at_people), letter)

    assert at_people.name.text() == SARI.name
    assert "Enter" in at_people.problem.text()


def test_somebody_alone_types_his_password_at_once(qtbot: QtBot, page: SignInPage) -> None:
    page.show_people(PROFILE, (DEDI,), None)

    assert keyboard(page) is page.secret


# A password typed where letters choose people: nothing of it is lost, nothing of it is tried


@pytest.mark.parametrize("secret", ["delima-77", "sari#2026", "ade1"])
def test_a_whole_password_without_enter_first_is_no_try(
    qtbot: QtBot, at_people: SignInPage, secret: str
) -> None:
    with qtbot.assertNotEmitted(at_people.password_given):
        spell(qtbot, at_people, secret)
        assert at_people.secret.text() == ""
        assert "Enter" in at_people.problem.text()
        assert at_people.name.text() == SARI.name
        qtbot.keyClick(keyboard(at_people), Qt.Key.Key_Return)  # on to the password, still empty

    assert keyboard(at_people) is at_people.secret
    assert "dari awal" in at_people.problem.text()  # until he types it
    with qtbot.waitSignal(at_people.password_given) as given:
        qtbot.keyClicks(at_people.secret, secret)
        qtbot.keyClick(at_people.secret, Qt.Key.Key_Return)
    assert given.args == ["user1", secret]


def test_letters_typed_slowly_are_seen_to_be_a_password(
    qtbot: QtBot, at_people: SignInPage
) -> None:
    for letter in "dada":  # each of them is the beginning of somebody's name
        qtbot.keyClicks(keyboard(at_people), letter)
        qtbot.waitUntil(lambda: not at_people.people.is_naming)  # a pause

    assert "Enter" in at_people.problem.text()
    assert at_people.name.text() == SARI.name


def test_one_letter_again_and_again_goes_from_person_to_person(
    qtbot: QtBot, at_people: SignInPage
) -> None:
    spell(qtbot, at_people, "dddddd")

    assert at_people.name.text() == DEDI.name
    assert at_people.problem.text() == ""


def test_escape_lets_letters_choose_people_again(qtbot: QtBot, at_people: SignInPage) -> None:
    spell(qtbot, at_people, "delima")
    qtbot.keyClick(keyboard(at_people), Qt.Key.Key_Escape)
    assert at_people.problem.text() == ""

    spell(qtbot, at_people, "de")

    assert at_people.name.text() == DEDI.name


def test_figures_of_a_password_typed_at_the_pin_are_no_pin(qtbot: QtBot, page: SignInPage) -> None:
    with qtbot.assertNotEmitted(page.pin_given):
        spell(qtbot, page, "delima123456")

    assert page.secret.text() == ""
    assert "Ctrl+K" in page.problem.text()
    qtbot.keyClick(keyboard(page), Qt.Key.Key_Escape)
    with qtbot.waitSignal(page.pin_given):
        spell(qtbot, page, "284719")
