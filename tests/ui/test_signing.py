"""The signing round: nothing is signed unseen, one key signs, the next letter follows."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.signing import SigningScreen
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.processing import pass_check
from kecamatan_desk.usecases.services import save_service, service_rows
from kecamatan_desk.usecases.signers import replace_signer
from kecamatan_desk.usecases.values import Receipt, RequestView
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.engine import Status
from tests.builders import op
from tests.ui.officials import Sitting
from tests.ui.screen_tools import settled
from tests.walking import brought_to, forward, papers, seen

DeskOf = Callable[[Role], Desk]
Open = Callable[[Role], Sitting[SigningScreen]]


@pytest.fixture
def folder(qtbot: QtBot, context_of: Callable[[Role], ScreenContext]) -> Open:
    """Open the signing folder of an official."""

    def folder(role: Role) -> Sitting[SigningScreen]:
        context = context_of(role)
        return Sitting(qtbot, context, SigningScreen(context, role, "tanda-tangan"))

    return folder


def view_of(desk_of: DeskOf, receipt: Receipt) -> RequestView:
    return desk_of(Role.PELAYANAN).ask(request_view, receipt.request_id)


def until_readable(sitting: Sitting[SigningScreen], receipt: Receipt) -> None:
    sitting.until_shown(receipt.request_id)
    sitting.until(lambda: sitting.can_press("F12"))


def test_a_signed_letter_goes_to_the_counter_and_the_next_one_is_shown(
    folder: Open, desk_of: DeskOf
) -> None:
    first = brought_to(desk_of, "belum-menikah", "tanda-tangan")
    second = brought_to(desk_of, "bepergian", "tanda-tangan")
    sitting = folder(Role.CAMAT)
    until_readable(sitting, first)

    sitting.press("F12")

    until_readable(sitting, second)
    assert view_of(desk_of, first).step == "serahkan"
    assert "ditandai sudah ditandatangani, 09.00" in sitting.said.done[-1]
    assert "Petugas Pelayanan untuk diserahkan" in sitting.said.done[-1]


def test_a_letter_not_on_screen_yet_cannot_be_signed(folder: Open, desk_of: DeskOf) -> None:
    first = brought_to(desk_of, "belum-menikah", "tanda-tangan")
    sitting = folder(Role.CAMAT)
    sitting.until_shown(first.request_id)
    sitting.screen.letter.pages.show_nothing("Surat sedang dibuka …")

    sitting.screen.show_deeds()

    assert not sitting.can_press("F12")
    sitting.screen.press()
    assert view_of(desk_of, first).step == "tanda-tangan"


@pytest.mark.parametrize(
    ("step", "role", "after"),
    [("ajukan-ttd", Role.SEKCAM, "tanda-tangan"), ("tanda-tangan", Role.CAMAT, "serahkan")],
)
def test_a_file_that_is_only_registered_goes_on_without_a_letter(
    folder: Open, desk_of: DeskOf, step: str, role: Role, after: str
) -> None:
    """The office writes its letter by hand: the folder must not wait for one to be drawn."""
    admin = desk_of(Role.ADMIN)
    choices = next(
        row.choices for row in admin.ask(service_rows) if row.choices.service == "bepergian"
    )
    admin.call(save_service, op(), replace(choices, form="register"))
    receipt = brought_to(desk_of, "bepergian", step)
    sitting = folder(role)
    until_readable(sitting, receipt)

    sitting.press("F12")
    sitting.until(lambda: bool(sitting.said.done))

    assert view_of(desk_of, receipt).step == after
    assert not sitting.can_press("F7")


def chosen_instead(desk_of: DeskOf, receipt: Receipt, role: Role) -> str:
    """Let the register officer choose who signs; give his name."""
    user = desk_of(role).user
    desk_of(Role.REGISTER).call(replace_signer, op(), seen(receipt), user.id, role, "Kasi cuti")
    return user.name


def test_who_signs_in_the_chosen_ones_place_is_warned_and_asked_once(
    folder: Open, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions: list[str] = []
    answers = [False, True]

    def ask(_parent: object, _title: str, text: str, *_buttons: str) -> bool:
        questions.append(text)
        return answers.pop(0)

    monkeypatch.setattr(confirm, "ask", ask)
    first = brought_to(desk_of, "ktp", "tanda-tangan")
    name = chosen_instead(desk_of, first, Role.SEKCAM)
    sitting = folder(Role.KASI)
    sitting.screen.show_request(first.request_id)
    until_readable(sitting, first)
    assert sitting.screen.pane.list.requests == ()
    assert name in sitting.screen.side.signer.text()
    assert sitting.screen.side.signer.isVisible()
    sitting.context.background.announce()  # another's deed: the lists are asked for again
    settled(sitting.qtbot, sitting.screen)
    until_readable(sitting, first)

    sitting.press("F12")
    assert view_of(desk_of, first).step == "tanda-tangan"
    sitting.press("F12")

    sitting.until(lambda: view_of(desk_of, first).step == "serahkan")
    assert len(questions) == 2
    assert f"{name} (Sekcam a.n. Camat)" in questions[0]
    assert "sebagai Kasi a.n. Camat" in questions[0]
    assert "dicetak lagi" in questions[0]


def test_the_chosen_official_finds_the_letter_in_his_own_folder_and_is_not_asked(
    folder: Open, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_question: object) -> bool:
        raise AssertionError("he is the chosen one")

    monkeypatch.setattr(confirm, "ask", refused)
    first = brought_to(desk_of, "ktp", "tanda-tangan")
    chosen_instead(desk_of, first, Role.SEKCAM)
    sitting = folder(Role.SEKCAM)
    until_readable(sitting, first)
    assert not sitting.screen.side.signer.isVisible()

    sitting.press("F12")

    sitting.until(lambda: view_of(desk_of, first).step == "serahkan")


def test_the_secretary_initials_and_the_letter_goes_on_to_the_camat(
    folder: Open, desk_of: DeskOf
) -> None:
    first = brought_to(desk_of, "belum-menikah", "ajukan-ttd")
    sitting = folder(Role.SEKCAM)
    until_readable(sitting, first)
    assert sitting.screen.bar.deed_button.words.text() == "Paraf – teruskan ke Camat"

    sitting.press("F12")

    sitting.until(lambda: view_of(desk_of, first).step == "tanda-tangan")
    sitting.until(lambda: sitting.screen.empty.isVisible())


def test_a_letter_is_sent_back_to_the_officer_chosen(folder: Open, desk_of: DeskOf) -> None:
    first = brought_to(desk_of, "belum-menikah", "tanda-tangan")
    sitting = folder(Role.CAMAT)
    until_readable(sitting, first)
    sitting.press("F8")
    assert sitting.screen.bar.deed_button.words.text() == "Kembalikan ke Petugas Register"
    sitting.screen.drawer.radios[1].click()
    sitting.type("N", sitting.screen.drawer.radios[1])  # who types means the note
    sitting.type("ama ayah keliru", sitting.screen.drawer.text)

    QTest.keyClick(sitting.screen.drawer.text, Qt.Key.Key_Return)

    sitting.until(lambda: view_of(desk_of, first).step == "verifikasi")
    assert view_of(desk_of, first).returned_note == "Nama ayah keliru"


def test_a_refusal_is_final_and_asked_once_more(
    folder: Open, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions: list[str] = []

    def ask(_parent: object, _title: str, text: str, *_buttons: str) -> bool:
        questions.append(text)
        return True

    monkeypatch.setattr(confirm, "ask", ask)
    first = brought_to(desk_of, "belum-menikah", "tanda-tangan")
    sitting = folder(Role.CAMAT)
    until_readable(sitting, first)
    sitting.press("F6")
    sitting.type("Sudah pernah menikah", sitting.screen.drawer.text)

    sitting.press("F12")

    sitting.until(lambda: view_of(desk_of, first).status is Status.REFUSED)
    assert "Nomor yang sudah terpakai tetap tercatat" in questions[0]


def test_who_verified_the_file_is_told_why_he_cannot_sign_it(folder: Open, desk_of: DeskOf) -> None:
    taken = brought_to(desk_of, "sktm", "verifikasi")
    checked = desk_of(Role.SEKCAM).call(pass_check, op(), seen(taken), papers("sktm"))
    forward(desk_of, checked)
    sitting = folder(Role.SEKCAM)
    sitting.until_shown(taken.request_id)
    sitting.until(lambda: sitting.screen.letter.document)

    assert not sitting.can_press("F12")
    assert "Anda memverifikasi berkas ini" in sitting.screen.bar.hint.text()


def test_space_scrolls_the_letter_and_arrows_change_it(folder: Open, desk_of: DeskOf) -> None:
    first = brought_to(desk_of, "belum-menikah", "tanda-tangan")
    second = brought_to(desk_of, "bepergian", "tanda-tangan")
    sitting = folder(Role.CAMAT)
    until_readable(sitting, first)
    pages = sitting.screen.letter.pages
    before = pages.verticalScrollBar().value()

    QTest.keyClick(sitting.screen.pane.list, Qt.Key.Key_Space)
    assert pages.verticalScrollBar().value() > before
    QTest.keyClick(pages, Qt.Key.Key_Down)

    sitting.until_shown(second.request_id)


def test_f5_opens_the_whole_file_and_comes_back_to_the_letter(
    folder: Open, desk_of: DeskOf
) -> None:
    first = brought_to(desk_of, "belum-menikah", "tanda-tangan")
    sitting = folder(Role.CAMAT)
    until_readable(sitting, first)

    sitting.press("F5")
    sitting.until(lambda: sitting.screen.panel.view is not None)
    assert sitting.screen.panel.isVisible()
    sitting.press("F5")

    assert sitting.screen.letter.isVisible()


def test_beside_the_letter_stands_who_has_passed_it_and_what_was_checked(
    folder: Open, desk_of: DeskOf
) -> None:
    first = brought_to(desk_of, "belum-menikah", "tanda-tangan")
    sitting = folder(Role.CAMAT)
    until_readable(sitting, first)

    spoken = [
        child.accessibleName()
        for child in sitting.screen.side.trail.children()
        if hasattr(child, "accessibleName")
    ]

    assert "Dra. Ratna Kusuma, M.Si. memaraf, 09.00" in spoken
    assert "Dewi Anggraini memberi nomor 001, 09.00" in spoken
