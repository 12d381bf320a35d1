"""The Surat tab: what may be done with a letter, what each deed asks, what comes of it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.documents.pictures import page_sizes
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.parts import Button
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.letter_page import LetterPage
from kecamatan_desk.ui.screens.register_desk import RegisterScreen
from kecamatan_desk.ui.screens.request_panel import LETTER, RequestPanel
from kecamatan_desk.ui.screens.search_results import SearchScreen
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.copies import copies_of
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes, fit_choices
from kecamatan_desk.usecases.lookups import look_up
from kecamatan_desk.usecases.reasons import Reason
from kecamatan_desk.usecases.values import DocumentRef, Receipt
from kecamatan_desk.usecases.views import request_view
from tests.builders import NAMES, op
from tests.proving import words_of
from tests.ui.screen_tools import Heard, Printed, press, settled, shown
from tests.walking import PERSON, brought_to, forward, seen

DeskOf = Callable[[Role], Desk]
LONG = "Raden Roro Kusumawardhani Puspitaningrum Prawirodiningrat"
DEEDS = ("print", "copy", "fit", "paper", "signer", "erratum")


def _come(answers: list[str]) -> bool:
    return bool(answers)


class Tab:
    """The Surat tab of a request on show."""

    def __init__(self, qtbot: QtBot, context: ScreenContext) -> None:
        self.qtbot, self.context = qtbot, context
        self.heard = Heard(context)
        self.panel = RequestPanel(context)
        context.background.refused.connect(self.panel.refuse)
        context.background.changed.connect(self.panel.reload)
        self.panel.resize(846, 620)
        self.panel.show()

    @property
    def page(self) -> LetterPage:
        return self.panel.letter

    def open(self, receipt: Receipt) -> None:
        with self.qtbot.waitSignal(self.panel.loaded):
            self.panel.load(receipt.request_id)
        self.panel.show_page(LETTER)
        self.settle()

    def settle(self) -> None:
        """Wait until the worker has answered everything, also what its answers asked for."""
        for _ in range(6):
            answers: list[str] = []
            self.context.background.run(answers.append, str)
            self.qtbot.waitUntil(partial(_come, answers))

    def button(self, deed: str) -> Button:
        button = getattr(self.page.side, f"{deed}_button")
        assert isinstance(button, Button)
        return button

    def possible(self) -> set[str]:
        """Give the deeds that are on; the others must say why not, in words and aloud."""
        for deed in DEEDS:
            button = self.button(deed)
            assert button.isVisible()
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
            reason = button.accessibleDescription()
            assert bool(reason) is not button.isEnabled()
            assert reason.rstrip(".").lower() in self.page.side.why.text().lower()
        return {deed for deed in DEEDS if self.button(deed).isEnabled()}

    def press(self, deed: str) -> None:
        """Press a deed's button with the keyboard."""
        QTest.keyClick(self.button(deed), Qt.Key.Key_Space)
        self.settle()

    def go(self, words: str = "") -> None:
        """Write the reason, where one is asked for, and do the deed with Enter."""
        strip = self.page.strip
        if words:
            strip.text.setFocus()
            strip.text.setText(words)  # typed, the list of usual reasons would open a window
            QTest.keyClick(strip.text, Qt.Key.Key_Return)
        else:
            QTest.keyClick(strip, Qt.Key.Key_Return)
        self.settle()

    def rows(self) -> list[str]:
        model = self.page.side.model
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def choose(self, row: int) -> None:
        self.page.side.list.setCurrentIndex(self.page.side.model.index(row, 0))
        self.settle()


@pytest.fixture
def tab_of(qtbot: QtBot, context_of: Callable[[Role], ScreenContext]) -> Iterator[Any]:
    made: list[Tab] = []

    def tab_of(role: Role) -> Tab:
        made.append(Tab(qtbot, context_of(role)))
        return made[-1]

    yield tab_of
    for tab in made:
        shiboken6.delete(tab.panel)


@pytest.fixture
def tab(tab_of: Callable[[Role], Tab]) -> Tab:
    return tab_of(Role.PELAYANAN)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    return Printed(monkeypatch)


def papers(desk_of: DeskOf, receipt: Receipt) -> tuple[DocumentRef, ...]:
    return complete_documents(desk_of(Role.PELAYANAN), receipt.request_id)


def handed_over(desk_of: DeskOf, **own: Any) -> Receipt:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan", **own)
    papers(desk_of, receipt)
    while receipt.step:
        receipt = forward(desk_of, receipt)
    return receipt


def heirs(count: int) -> list[dict[str, str]]:
    return [{"nama": f"{LONG} {n}", "hubungan": "Anak kandung"} for n in range(count)]


# What may be done when


def test_before_there_is_a_letter_nothing_may_be_done(tab: Tab, desk_of: DeskOf) -> None:
    tab.open(brought_to(desk_of, "sktm", "verifikasi"))
    assert tab.possible() == set()
    assert tab.page.side.why.text() == "Belum ada surat."


def test_before_hand_over_the_letter_may_be_printed_and_changed(
    tab: Tab, desk_of: DeskOf, printed: Printed
) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    tab.open(receipt)
    assert tab.possible() == {"print", "paper", "signer"}
    assert "Muat 1 halaman: sudah 1 halaman." in tab.page.side.why.text()
    tab.press("print")
    (letter,) = papers(desk_of, receipt)
    assert printed.papers == [("surat", document_bytes(desk_of(Role.PELAYANAN), letter.id))]


def test_after_hand_over_only_a_copy_and_a_ralat_are_possible(
    tab: Tab, desk_of: DeskOf, printed: Printed
) -> None:
    tab.open(handed_over(desk_of))
    assert tab.possible() == {"copy", "erratum"}
    tab.page.print_letter()  # as a screen's own button would
    assert printed.papers == []
    assert "salinan" in tab.heard.complained[-1]


def test_who_is_of_no_step_may_read_and_copy_only(
    tab_of: Callable[[Role], Tab], desk_of: DeskOf
) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    papers(desk_of, receipt)
    ended = handed_over(desk_of)
    for file in (receipt, ended):
        reader = desk_of(Role.TIM_TEKNIS)
        reader.call(look_up, op(), file.request_id, Reason("pemeriksaan"), "cari")
    tab = tab_of(Role.TIM_TEKNIS)
    tab.open(receipt)
    assert tab.possible() == {"print"}
    tab.open(ended)
    assert tab.possible() == {"copy"}


def test_one_key_prints_the_letter_or_its_copy_never_both(tab: Tab, desk_of: DeskOf) -> None:
    for receipt in (brought_to(desk_of, "sktm", "serahkan"), handed_over(desk_of)):
        tab.open(receipt)
        capped = [b for b in tab.panel.findChildren(Button) if b.cap == "F7" and b.isVisible()]
        (button,) = capped
        assert button.isEnabled()
        caps = [key.isVisible() for key in button.findChildren(QLabel) if key.text() == "F7"]
        assert caps == [True]


# By keyboard


def tabbed(qtbot: QtBot, start: QWidget, times: int) -> list[QWidget | None]:
    """Press Tab and give where the keyboard goes."""
    start.setFocus()
    qtbot.waitUntil(start.hasFocus)
    went = []
    for _ in range(times):
        QTest.keyClick(QApplication.focusWidget() or start, Qt.Key.Key_Tab)
        went.append(QApplication.focusWidget())
    return went


def test_tab_reaches_the_deeds_before_the_pages(qtbot: QtBot, tab: Tab, desk_of: DeskOf) -> None:
    tab.open(handed_over(desk_of))
    tab.panel.activateWindow()
    side = tab.page.side
    went = tabbed(qtbot, tab.panel.tabs, 4)
    assert went == [side.copy_button, side.erratum_button, side.list, tab.page.pages]
    tab.page.setFocus()
    assert tab.page.pages.hasFocus()


def test_tab_in_the_strip_goes_from_the_choice_to_the_reason_to_the_deed(
    qtbot: QtBot, tab: Tab, desk_of: DeskOf
) -> None:
    tab.open(brought_to(desk_of, "sktm", "tanda-tangan"))
    tab.panel.activateWindow()
    tab.press("signer")
    strip = tab.page.strip
    went = tabbed(qtbot, strip.radios[0], 3)
    assert went == [strip.text, strip.go_button, strip.close_button]


def test_enter_without_a_reason_says_what_is_missing(tab: Tab, desk_of: DeskOf) -> None:
    tab.open(handed_over(desk_of))
    tab.panel.activateWindow()
    tab.press("copy")
    strip = tab.page.strip
    strip.text.setFocus()
    QTest.keyClick(strip.text, Qt.Key.Key_Return)
    assert strip.text.property("state") == "error"
    assert "belum ditulis" in " ".join(one.text() for one in strip.findChildren(QLabel))
    assert tab.page.document is not None
    assert desk_of(Role.PELAYANAN).ask(copies_of, tab.page.document.id) == ()


# Copies


def test_a_copy_asks_why_and_is_printed_counted_and_listed(
    tab: Tab, desk_of: DeskOf, printed: Printed
) -> None:
    receipt = handed_over(desk_of)
    tab.open(receipt)
    tab.press("copy")
    assert tab.page.strip.title.text() == "Salinan ke-1"
    QTest.keyClick(tab.page.strip.text, Qt.Key.Key_Return)
    assert printed.papers == []
    tab.go("hilang di pasar")
    ((kind, pdf),) = printed.papers
    assert kind == "surat"
    assert "SALINAN ke-1" in words_of(pdf)
    assert "hilang di pasar" in words_of(pdf)
    assert "Salinan ke-1" in tab.heard.said[-1]
    assert not tab.page.strip.isVisible()
    assert f"Salinan ke-1, 09.00, {NAMES[Role.PELAYANAN]}: hilang di pasar" in tab.rows()[0]
    tab.press("copy")
    assert tab.page.strip.title.text() == "Salinan ke-2"


def test_a_reason_that_cannot_be_printed_is_refused_where_it_is_written(
    tab: Tab, desk_of: DeskOf, printed: Printed
) -> None:
    receipt = handed_over(desk_of)
    (letter,) = papers(desk_of, receipt)
    tab.open(receipt)
    tab.press("copy")
    tab.page.strip.text.setText("hilang \u4e2d")
    tab.go()
    assert tab.page.strip.isVisible()
    assert tab.page.strip.text.property("state") == "error"
    assert "tidak dapat dicetak" in tab.heard.refused[-1][0]
    assert desk_of(Role.PELAYANAN).ask(copies_of, letter.id) == ()
    QTest.keyClick(tab.page.strip, Qt.Key.Key_Escape)
    assert not tab.page.strip.isVisible()


# Another layout, another signatory


def running_over(desk_of: DeskOf) -> Receipt:
    """A letter of two pages that a tighter step gets on one."""
    desk = desk_of(Role.PELAYANAN)
    for count in range(5, 9):
        receipt = brought_to(desk_of, "ahli-waris", "tanda-tangan", ahli_waris=heirs(count))
        (letter,) = papers(desk_of, receipt)
        if letter.pages == 2 and fit_choices(desk, letter.id)[-1].pages == 1:
            return receipt
    raise AssertionError("no number of heirs needs a tighter step")


def test_a_letter_that_runs_over_is_fitted_when_asked_and_says_how(
    tab: Tab, desk_of: DeskOf
) -> None:
    receipt = running_over(desk_of)
    tab.open(receipt)
    assert tab.page.summary.text() == "2 halaman, A4"
    tab.press("fit")
    strip = tab.page.strip
    assert "huruf 12 pt, spasi 1,15: 2 halaman (sekarang)" in strip.told.text()
    assert strip.go_button.words.text().startswith("Buat versi 2")
    tab.go()
    first, second = papers(desk_of, receipt)
    assert (first.pages, second.pages, second.version) == (2, 1, 2)
    assert tab.page.document == second
    assert tab.page.summary.text() == "1 halaman, A4"
    assert "Versi 2 dibuat: 1 halaman" in tab.heard.said[-1]
    assert "Dimuat dalam lebih sedikit halaman" in tab.rows()[0]


def test_a_letter_that_no_step_fits_is_left_as_it_is(tab: Tab, desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "ahli-waris", "tanda-tangan", ahli_waris=heirs(20))
    tab.open(receipt)
    tab.press("fit")
    assert "Tidak dapat dimuat dalam 1 halaman" in tab.page.strip.told.text()
    assert not tab.page.strip.go_button.isVisible()
    tab.go()
    assert len(papers(desk_of, receipt)) == 1


def test_a_letter_is_moved_to_another_paper(tab: Tab, desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    tab.open(receipt)
    tab.press("paper")
    radios = tab.page.strip.radios
    assert radios[0].text() == "A4 (Permendagri 1/2023) (sekarang)"
    assert radios[1].isChecked()
    tab.go()
    first, second = papers(desk_of, receipt)
    desk = desk_of(Role.PELAYANAN)
    assert page_sizes(document_bytes(desk, first.id)) == ((210.0, 297.0),)
    assert page_sizes(document_bytes(desk, second.id)) == ((215.0, 330.0),)
    assert tab.page.document == second
    assert "Kertas F4/Folio 215 \N{MULTIPLICATION SIGN} 330 mm" in tab.rows()[0]
    assert receipt.letter_number
    assert receipt.letter_number in words_of(document_bytes(desk, second.id))


def test_another_official_is_chosen_with_a_reason(tab: Tab, desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    tab.open(receipt)
    tab.press("signer")
    (radio,) = tab.page.strip.radios  # who signs now is not offered
    assert NAMES[Role.CAMAT] in radio.text()
    tab.go()
    assert tab.page.strip.isVisible()  # without a reason nothing is done
    tab.go("Sekcam dinas luar")
    _, second = papers(desk_of, receipt)
    text = words_of(document_bytes(desk_of(Role.PELAYANAN), second.id))
    assert NAMES[Role.CAMAT] in text
    assert NAMES[Role.SEKCAM] not in text
    assert tab.page.document == second
    assert "Penandatangan Camat: Sekcam dinas luar" in tab.rows()[0]


# Versions


def test_a_replaced_version_is_read_but_not_printed(
    tab: Tab, desk_of: DeskOf, printed: Printed
) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    papers(desk_of, receipt)
    receipt = desk_of(Role.PELAYANAN).call(
        processing.correct, op(), seen(receipt), {"nama": "Siti Rohmah"}, "Salah ketik"
    )
    tab.open(receipt)
    assert "Versi 2 dari 2" in tab.rows()[0]
    assert "Data diperbaiki: Salah ketik" in tab.rows()[0]
    assert "Versi 1 dari 2, sudah diganti versi 2" in tab.rows()[1]
    assert not tab.page.banner.isVisible()
    tab.choose(1)
    assert PERSON["nama"] in words_of(tab.page.pages.pdf)
    assert tab.page.banner.isVisible()
    assert "sudah diganti versi 2" in tab.page.banner_text.text()
    assert tab.possible() == set()
    tab.page.print_letter()
    assert printed.papers == []
    assert "sudah diganti versi 2" in tab.heard.complained[-1]
    tab.choose(0)
    assert not tab.page.banner.isVisible()


def test_f7_on_a_replaced_version_says_why_and_which_one_to_print(
    qtbot: QtBot,
    context_of: Callable[[Role], ScreenContext],
    desk_of: DeskOf,
    printed: Printed,
) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    papers(desk_of, receipt)
    receipt = desk_of(Role.PELAYANAN).call(
        processing.correct, op(), seen(receipt), {"nama": "Siti Rohmah"}, "Salah ketik"
    )
    screen = SearchScreen(context_of(Role.PELAYANAN), Role.PELAYANAN, "cari")
    heard = Heard(screen.context)
    shown(qtbot, screen)
    screen.show_request(receipt.request_id)
    settled(qtbot, screen)
    screen.panel.show_page(LETTER)
    settled(qtbot, screen)
    side = screen.panel.letter.side
    side.list.setCurrentIndex(side.model.index(1, 0))
    settled(qtbot, screen)

    press(screen, "F7")

    assert printed.papers == []
    assert "Versi 1 sudah diganti versi 2" in heard.complained[-1]
    assert "pilih versi 2 di daftar, lalu cetak" in heard.complained[-1]
    side.list.setCurrentIndex(side.model.index(0, 0))
    settled(qtbot, screen)
    press(screen, "F7")
    assert printed.kinds == ["surat"]


def test_the_version_chosen_is_scrolled_into_view(tab: Tab, desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    papers(desk_of, receipt)
    for name in ("Siti Rohmah", "Siti Rahmah", "Siti Rohmat", "Siti Rahmat"):
        receipt = desk_of(Role.PELAYANAN).call(
            processing.correct, op(), seen(receipt), {"nama": name}, "Salah ketik"
        )
        papers(desk_of, receipt)
    tab.open(receipt)
    side, last = tab.page.side, len(tab.rows()) - 1

    tab.choose(last)
    QTest.qWait(20)

    row = side.list.visualRect(side.model.index(last, 0))
    shown_part = side.list.viewport().visibleRegion().boundingRect()
    assert row.top() >= shown_part.top()
    assert row.bottom() <= shown_part.bottom()


# Ralat


def agree(monkeypatch: pytest.MonkeyPatch, answer: bool = True) -> list[str]:
    questions: list[str] = []

    def ask(_parent: object, _title: str, text: str, *_buttons: str) -> bool:
        questions.append(text)
        return answer

    monkeypatch.setattr(confirm, "ask", ask)
    return questions


def test_a_ralat_is_written_in_a_form_and_its_letter_is_shown_and_printed(
    tab: Tab, desk_of: DeskOf, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = agree(monkeypatch)
    receipt = handed_over(desk_of)
    tab.open(receipt)
    tab.press("erratum")
    form = tab.page.erratum.form
    assert form is not None
    assert form.values()["nama"] == PERSON["nama"]
    assert not tab.page.pages.isVisible()
    tab.page.erratum.save_button.click()
    assert "Belum ada isian yang berubah" in tab.heard.complained[-1]
    form.set_values({"nama": "Siti Rohmah"})
    tab.page.erratum.save_button.click()
    assert "Alasan ralat belum ditulis" in tab.heard.complained[-1]
    QTest.keyClicks(tab.page.erratum.reason, "Sesuai KTP")
    tab.page.erratum.save_button.click()
    tab.settle()
    assert f"{receipt.letter_number}/R1" in questions[0]
    ralat = tab.page.document
    assert ralat is not None
    assert ralat.kind == "ralat"
    assert tab.page.pages.isVisible()
    assert "Siti Rohmah" in words_of(tab.page.pages.pdf)
    assert tab.rows()[0].startswith("Surat Ralat\n")
    tab.press("print")
    assert printed.papers == [("surat", tab.page.pages.pdf)]
    tab.choose(1)
    assert PERSON["nama"] in words_of(tab.page.pages.pdf)


def test_who_says_no_to_the_question_goes_on_writing(
    tab: Tab, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(monkeypatch, answer=False)
    receipt = handed_over(desk_of)
    tab.open(receipt)
    tab.press("erratum")
    form = tab.page.erratum.form
    assert form is not None
    form.set_values({"nama": "Siti Rohmah"})
    tab.page.erratum.reason.setText("Sesuai KTP")
    tab.page.erratum.save_button.click()
    tab.settle()
    assert tab.page.erratum.is_open
    assert len(papers(desk_of, receipt)) == 1
    QTest.keyClick(tab.page.erratum, Qt.Key.Key_Escape)
    assert not tab.page.erratum.is_open
    assert tab.page.pages.isVisible()
    assert tab.page.side.isVisible()


def test_a_ralat_that_cannot_be_kept_is_shown_at_its_field(
    tab: Tab, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(monkeypatch)
    receipt = handed_over(desk_of)
    tab.open(receipt)
    tab.press("erratum")
    form = tab.page.erratum.form
    assert form is not None
    form.set_values({"tanggal-lahir": "2030-01-01"})
    tab.page.erratum.reason.setText("Sesuai KTP")
    tab.page.erratum.save_button.click()
    tab.settle()
    assert form.field("tanggal-lahir").state == "error"
    view = desk_of(Role.PELAYANAN).ask(request_view, receipt.request_id)
    assert view.version == receipt.version


def test_typing_in_a_ralat_survives_a_reload_of_the_same_file(tab: Tab, desk_of: DeskOf) -> None:
    tab.open(handed_over(desk_of))
    tab.press("erratum")
    form = tab.page.erratum.form
    assert form is not None
    form.set_values({"nama": LONG})
    with tab.qtbot.waitSignal(tab.panel.loaded):
        tab.panel.reload()
    tab.settle()
    assert tab.page.erratum.form is form
    assert form.values()["nama"] == LONG
    tab.open(handed_over(desk_of))  # another file closes it
    assert not tab.page.erratum.is_open


def test_the_round_shows_the_letter_alone(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext], desk_of: DeskOf
) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    context = context_of(Role.SEKCAM)
    page = LetterPage(context, with_bar=False)
    page.resize(600, 600)
    page.show()
    page.set_on_screen(True)
    page.show_request(desk_of(Role.SEKCAM).ask(request_view, receipt.request_id))
    qtbot.waitUntil(lambda: page.pages.pages == 1)
    assert not page.side.isVisible()
    shiboken6.delete(page)


def test_the_register_officer_prints_the_version_in_force_alone(
    qtbot: QtBot,
    context_of: Callable[[Role], ScreenContext],
    desk_of: DeskOf,
    printed: Printed,
) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    papers(desk_of, receipt)
    receipt = desk_of(Role.SEKCAM).call(
        processing.send_back, op(), seen(receipt), "register", "Nama keliru"
    )
    receipt = desk_of(Role.PELAYANAN).call(
        processing.correct, op(), seen(receipt), {"nama": "Siti Rohmah"}, "Salah ketik"
    )
    screen = RegisterScreen(context_of(Role.REGISTER), Role.REGISTER, "masuk")
    shown(qtbot, screen)
    qtbot.waitUntil(lambda: "nomor agenda" in screen.bar.deed_button.accessibleName())
    settled(qtbot, screen)
    press(screen, "F12")
    qtbot.waitUntil(lambda: screen.right.currentWidget() is screen.given)
    press(screen, "F7")
    qtbot.waitUntil(lambda: bool(printed.papers))
    settled(qtbot, screen)
    ((_, pdf),) = printed.papers
    assert "Siti Rohmah" in words_of(pdf)
